"""The interface other programs rely on: commands, exit codes, what is printed where, and the fields of the export."""

from __future__ import annotations

import csv
import json
import pty
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from os import close, read, set_blocking
from pathlib import Path
from typing import Any

import pytest

import listsmade as made
from countersight.case import Case
from countersight.pipeline.inspect import seals
from countersight.store.db import MIGRATIONS
from countersight.store.seal import Seal
from endtoend import (
    CHINESE,
    CITED,
    PLAIN,
    PROGRAM,
    audit,
    countersight,
    environment,
    here,
    rows,
)

FILE = {
    *("digest", "name", "locator", "parent", "media_type", "kind", "language", "dated", "size", "pages", "status"),
    *("reason", "pages_ocr", "pages_failed", "reader"),
}
FINDING = {
    *("id", "rule", "family", "title", "rung", "strength", "severity", "citations", "explanation", "norms", "review"),
}
CITATION = {"digest", "name", "locator", "page", "page_label", "start", "end", "quote", "boxes"}
PAGE = {"digest", "name", "page", "page_label", "origin", "language", "confidence", "text"}
RUNGS = {"E0", "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "K"}


ROOT = Path(__file__).parent.parent.parent
TABLES = (
    *("files", "findings", "patterns", "relations", "deals", "families", "items", "components"),
    *("organisations", "ownership", "screenings", "events", "pages"),
)


@pytest.fixture
def case(small_case: Path, tmp_path: Path) -> Path:
    """A finished case to do things to."""
    return Path(shutil.copytree(small_case, tmp_path / "case"))


@pytest.fixture
def places(case: Path, small: Path, tmp_path: Path) -> dict[str, Path]:
    """What arguments are made of."""
    return {"case": case, "small": small, "tmp": tmp_path}


@pytest.fixture
def readable(tmp_path: Path) -> Path:
    """A folder of which everything can be read."""
    (tmp_path / "readable").mkdir()
    (tmp_path / "readable" / "a.txt").write_text(PLAIN)
    return tmp_path / "readable"


@pytest.fixture(scope="module")
def exported(small_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out: Path = tmp_path_factory.mktemp("exported") / "tables"
    assert here("export", small_case, "--format", "jsonl", "--pages", "--out", out) == 0
    return out


# ── exit codes ──


def test_0_where_all_was_read_again_where_nothing_is_new_and_on_verify(
    warm: None, readable: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    assert audit(readable, case) == 0
    ledger = (case / "ledger.jsonl").read_bytes()
    assert audit(readable, case) == 0
    assert (case / "ledger.jsonl").read_bytes() == ledger
    assert here("verify", case, "--executor", "serial") == 0
    assert here("export", case, "--format", "csv", "--out", tmp_path / "out") == 0


def test_0_for_the_empty_file_and_the_duplicate_since_nothing_of_them_is_unread(
    warm: None, readable: Path, tmp_path: Path
) -> None:
    (readable / "empty.txt").touch()
    (readable / "copy.txt").write_text(PLAIN)
    assert audit(readable, tmp_path / "case") == 0


def test_1_where_another_process_writes_to_the_case(case: Path, small: Path) -> None:
    with Case(case)._locked():
        done = countersight("audit", small, "--case", case)
        assert done.returncode == 1
        assert "another process is writing to" in done.stderr
        assert "Way out: " in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["audit", "{tmp}/nowhere", "--case", "{tmp}/new"], "no such file or folder"),
        (["audit", "{case}/evidence", "--case", "{case}"], "lies inside the case"),
        (["audit", "{case}", "--case", "{case}"], "lies inside the case"),
        (["audit", "{tmp}", "--case", "{tmp}/file"], "is a file, not a folder"),
        (["audit", "{case}/case.toml", "--case", "{tmp}"], "holds other files and is not a case"),
        (["audit", "{small}", "--case", "{tmp}/new", "--executor", "ray"], "no cluster executor"),
        (["audit", "{small}", "--case", "{tmp}/new", "--ocr", "always"], "never read again"),
        (["audit", "{small}", "--case", "{case}", "--rules", "{tmp}/nowhere"], "nowhere"),
        (["demo", "--case", "{tmp}/new", "--executor", "ray"], "no cluster executor"),
        (["verify", "{case}", "--executor", "ray"], "no cluster executor"),
        (["search", "{tmp}/nowhere", "word"], "is not a case"),
        (["search", "{case}", "("], "the query"),
        (["search", "{case}", "NOT word"], "lacks a word"),
        (["search", "{case}", "road AND"], "lacks a word"),
        (["search", "{case}", "!?"], "nothing can be searched"),
        (["export", "{tmp}/nowhere", "--format", "csv", "--out", "{tmp}/out"], "is not a case"),
        (["export", "{case}", "--format", "csv", "--out", "{case}/evidence/x"], "inside the case"),
        (["verify", "{tmp}/nowhere"], "is not a case"),
        (["rules", "explain"], "explain which rule"),
        (["rules", "explain", "ZZZ-99"], "no rule 'ZZZ-99'"),
    ],
)
def test_2_for_what_cannot_be_carried_out_as_given(
    arguments: list[str], message: str, places: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    case = places["case"]
    (places["tmp"] / "file").touch()
    ledger = (case / "ledger.jsonl").read_bytes()
    code = here(*(part.format(**places) for part in arguments))
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert message in err
    assert "\n  Way out: " in err
    assert (case / "ledger.jsonl").read_bytes() == ledger


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["audit"],
        ["audit", "somewhere"],
        ["audit", "a", "--case", "b", "--workers", "0"],
        ["audit", "a", "--case", "b", "--workers", "many"],
        ["audit", "a", "--case", "b", "--executor", "cloud"],
        ["audit", "a", "--case", "b", "--ocr", "perhaps"],
        ["export", "a", "--format", "pdf", "--out", "b"],
        ["rules", "forget"],
    ],
)
def test_2_for_arguments_that_are_none(
    arguments: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        here(*arguments)
    assert stopped.value.code == 2
    assert "usage: countersight" in capsys.readouterr().err
    assert not any(tmp_path.iterdir())


def test_2_for_a_time_that_is_none_and_for_a_case_whose_audit_was_not_finished(
    readable: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = countersight("audit", readable, "--case", tmp_path / "new", SOURCE_DATE_EPOCH="yesterday")
    assert (done.returncode, "SOURCE_DATE_EPOCH is 'yesterday'" in done.stderr) == (2, True)
    for command in (["search", "{case}", "x"], ["verify", "{case}"], ["export", "{case}", "--format", "csv"]):
        more = ["--out", str(tmp_path / "out")] if command[0] == "export" else []
        assert here(*(part.format(case=tmp_path / "new") for part in command), *more) == 2
        assert "was not finished" in capsys.readouterr().err


def test_2_for_a_broken_case_toml_says_where(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (case / "case.toml").write_text("format = 1\ntitle = [\n")
    assert here("search", case, "road") == 2
    assert "case.toml cannot be read" in capsys.readouterr().err


def test_3_where_something_was_not_read_and_it_is_listed(case: Path, small: Path) -> None:
    done = countersight("audit", small, "--case", case)
    assert done.returncode == 3
    assert "3 files were not wholly read" in done.stdout
    for unread in ("failed: 02 cut off.pdf: damaged", "failed: 03 locked.pdf: encrypted"):
        assert f"  {unread}" in done.stderr
    assert "10 empty.txt" not in done.stderr


@pytest.mark.parametrize("name", ["evidence", "dossier/index.html", "derived/case.db", "ledger.jsonl"])
def test_4_where_a_byte_was_changed(case: Path, name: str) -> None:
    path = case / name
    path = min(path.iterdir()) if path.is_dir() else path
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)
    done = countersight("verify", case)
    assert done.returncode == 4
    assert path.name in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_5_for_a_case_of_a_newer_version(case: Path, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    toml = (case / "case.toml").read_text()
    (case / "case.toml").write_text(toml.replace("format = 1", "format = 2"))
    _seal_again(case)  # as the newer version would have
    for command in (["audit", small, "--case", case], ["search", case, "road"], ["verify", case]):
        assert here(*command) == 5
        assert "is of a newer countersight" in capsys.readouterr().err
    (case / "case.toml").write_text(toml)
    with sqlite3.connect(case / "derived" / "case.db") as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.close()
    (case / "derived" / "SHA256SUMS").unlink()  # as if the newer version were at work
    assert here("audit", small, "--case", case, "--executor", "serial") == 5
    assert "is of a newer countersight" in capsys.readouterr().err


def _seal_again(case: Path) -> None:
    seal = Seal.read(case)
    assert seal
    Seal(seal.origin, seals(case)).write(case)


# ── what is printed, and where ──


def test_progress_goes_to_stderr_in_plain_lines_where_there_is_no_terminal(small: Path, tmp_path: Path) -> None:
    done = countersight("audit", small, "--case", tmp_path / "case", "--workers", 2)
    assert done.stdout.splitlines()[0].startswith("19 files (")
    assert done.stdout.splitlines()[-1] == f"dossier: {tmp_path / 'case' / 'dossier' / 'index.html'}"
    lines = done.stderr.splitlines()
    for stage in ("taking in: 14 of 14", "reading: ", "picturing: 3 of 3"):
        assert any(line.startswith(stage) for line in lines)
    assert any(" pages/s" in line and "s left" in line for line in lines)
    assert not set(done.stderr) & set("\r\x1b")
    assert "taking in" not in done.stdout


def test_progress_is_one_rewritten_line_on_a_terminal(readable: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [PROGRAM, "audit", str(readable), "--case", str(tmp_path / "case"), "--executor", "serial"]
    done = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, stderr=theirs, timeout=60, check=True)
    set_blocking(ours, False)
    shown = read(ours, 1 << 16)
    close(ours)
    close(theirs)
    assert b"\r\x1b[Ktaking in: 1 of 1" in shown
    assert b"reading: 1 of 1" in shown
    assert b"\x1b" not in done.stdout


def test_json_on_every_command_is_one_array_and_stdout_holds_nothing_else(
    case: Path, small: Path, exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def printed(code: int, *arguments: object) -> Any:
        assert here(*arguments, "--json") == code
        return json.loads(capsys.readouterr().out)

    assert printed(3, "audit", small, "--case", case, "--executor", "serial") == rows(exported / "files.jsonl")
    found = printed(0, "search", case, "ethnicity")
    assert found
    assert all(set(place) == CITATION | {"supposed"} for place in found)
    assert {rule["id"] for rule in printed(0, "rules", "list")} >= {"GRP-01", "SUP-01"}
    [card] = printed(0, "rules", "explain", "GRP-01")
    assert card["id"] == "GRP-01"
    assert printed(0, "verify", case, "--executor", "serial") == []
    tables = printed(0, "export", case, "--format", "jsonl", "--out", tmp_path / "out")
    assert sorted(tables) == sorted(str(path) for path in (tmp_path / "out").iterdir())
    (case / "dossier" / "index.html").write_bytes(b"")
    assert printed(4, "verify", case, "--executor", "serial") == ["dossier/index.html: changed"]


@pytest.mark.parametrize("arguments", [["rules", "list"], ["search", "{case}", "page OR 民族"]])
def test_a_broken_pipe_is_quiet(arguments: list[str], small_case: Path) -> None:
    command = [PROGRAM, *(part.format(case=small_case) for part in arguments)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()  # before the program has begun to print
        assert (process.stderr.read(), process.wait(timeout=30)) == (b"", 0)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_a_terminal_that_lacks_characters_stops_no_command(encoding: str, small_case: Path) -> None:
    done = countersight("search", small_case, "民族", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, "")


# ── search ──


@pytest.fixture
def found(small_case: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    def search(*arguments: str) -> list[dict[str, Any]]:
        assert here("search", small_case, *arguments, "--json") == 0
        result: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
        return result

    return search  # type: ignore[return-value]


def test_search_words_phrases_and_operators(found: Any) -> None:
    def pages(query: str) -> set[int]:
        return {cited["page"] for cited in found(query) if cited["name"] == "01 tender.pdf"}

    every = set(range(1, 71))
    assert pages("minutes") == every - {3, 66, 68}
    assert pages("ETHNICITY") == {3, 66, 68}
    assert pages("ethnicity AND tesla") == {3, 66, 68} == pages("ethnicity tesla")
    assert pages("ethnicity AND minutes") == set()
    assert pages("ethnicity OR minutes") == every
    assert pages("platform NOT tesla") == set()
    assert pages('"road lamps"') == every - {3, 66, 68}
    assert pages('"lamps road"') == set()
    assert pages('(minutes OR tesla) NOT "page 5"') == every - {5}
    assert pages("ethnic") == set()  # whole words only


def test_search_two_and_one_chinese_characters_in_simplified_and_traditional(found: Any) -> None:
    for query, quote in (("民族", "民族"), ("族", "族"), ("視頻", "视频"), ("人脸识别", "人脸识别")):
        hits = found(query)
        assert {cited["quote"] for cited in hits} == {quote}, query
        assert {cited["name"] for cited in hits} == {"09 会议/记录.txt", "内.txt", "sheet.xlsx"}, query
    assert found("民视") == []


def test_search_lexicon_widens_to_the_other_language(found: Any) -> None:
    plain, wide = (
        {(cited["locator"], cited["quote"]) for cited in found("ethnicity", *o)} for o in ([], ["--lexicon"])
    )
    assert {quote for _, quote in plain} == {"Ethnicity"}
    assert ("09 会议/记录.txt", "民族属性") in wide or ("09 会议/记录.txt", "民族") in wide
    assert {place for place, _ in plain} < {place for place, _ in wide}


def test_what_search_cites_is_what_the_pages_say(found: Any, exported: Path) -> None:
    text = {(page["digest"], page["page"], page["name"]): page["text"] for page in rows(exported / "pages.jsonl")}
    for query in ("platform", "民族", '"face recognition platform"'):
        for cited in found(query):
            page = next(t for (digest, at, _), t in text.items() if (digest, at) == (cited["digest"], cited["page"]))
            assert page[cited["start"] : cited["end"]] == cited["quote"]


def test_search_prints_place_and_words(small_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert here("search", small_case, "tesla") == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("01 tender.pdf") and "page 66" in line and "NVIDIA Tesla T4" in line for line in lines)
    assert here("search", small_case, "nowhereinthiscase") == 0
    assert capsys.readouterr().out == ""


def test_personal_data_cannot_be_searched(found: Any, exported: Path) -> None:
    assert found("13912345678") == []
    assert "13912345678" not in (exported / "pages.jsonl").read_text()


# ── rules ──


def test_rules_list_explain_and_test(capsys: pytest.CaptureFixture[str]) -> None:
    assert here("rules", "list") == 0
    assert "GRP-01  E2  Ethnicity attribute" in capsys.readouterr().out
    assert here("rules", "explain", "GRP-01") == 0
    card = capsys.readouterr().out
    for part in ("id: GRP-01", "definition: ", "shows: ", "does_not_show: ", "norms: ", "alternatives: "):
        assert part in card
    assert here("rules", "explain", "GRP-01", CHINESE) == 0
    assert capsys.readouterr().out.startswith("✓ GRP-01")
    assert here("rules", "explain", "GRP-01", PLAIN) == 0
    assert "✗" in capsys.readouterr().out


def test_rules_test_runs_every_example(capsys: pytest.CaptureFixture[str]) -> None:
    code = here("rules", "test", "--json")
    out, err = capsys.readouterr()
    tried = json.loads(out)
    assert [one for one in tried if one["expected"] != one["got"]] == [], err
    assert code == 0
    assert len(tried) > 50
    assert {"rule", "text", "expected", "got"} == set(tried[0])


def test_rules_test_fails_with_a_rule_whose_example_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.yaml").write_text("rules: [")
    assert here("rules", "test", "--rules", tmp_path / "mine.yaml") == 2
    assert "mine.yaml" in capsys.readouterr().err


def test_rules_explain_reproduces_every_finding_of_a_case(
    demo_case: Path, demo_export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = [json.loads(line) for line in (demo_export / "findings.jsonl").read_text().splitlines()]
    for finding in findings:
        assert here("rules", "explain", finding["id"], "--case", demo_case, "--json") == 0
        told = json.loads(capsys.readouterr().out)
        assert [one["citation"]["quote"] for one in told] == [cited["quote"] for cited in finding["citations"]]
        assert all(one["reproduced"] and one["reasons"][0].startswith(f"✓ {finding['rule']}") for one in told)


def test_rules_explain_names_a_finding_that_is_not_there(demo_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert here("rules", "explain", "GRP-01-000000000000", "--case", demo_case) == 2
    assert "has no finding GRP-01-000000000000" in capsys.readouterr().err


def test_rules_masked_lists_what_only_a_mask_kept_from_being_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = re.search(
        r"```yaml\n(# my-rules/feed.yaml.*?)```", (ROOT / "docs" / "rules.md").read_text("utf-8"), re.DOTALL
    )
    assert found
    (tmp_path / "feed.yaml").write_text(found[1], encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("A live feed of the match is shown at the police social club.", "utf-8")
    assert here("audit", tmp_path / "in", "--case", tmp_path / "case", "--rules", tmp_path / "feed.yaml") == 0
    capsys.readouterr()
    assert here("rules", "masked", "--case", tmp_path / "case", "--json") == 0
    (one,) = [one for one in json.loads(capsys.readouterr().out) if one["rule"] == "FEED-01"]
    assert one["masks"] == ["FEED-M1"]
    assert "live feed of the match" in one["citation"]["quote"]
    assert here("rules", "masked") == 2
    assert "which case" in capsys.readouterr().err


def test_rules_schema_is_json_and_lint_passes_the_built_in_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert here("rules", "schema") == 0
    assert json.loads(capsys.readouterr().out)["$defs"]["rule"]["required"][0] == "id"
    assert here("rules", "lint", "--json") == 0
    assert not [doubt for doubt in json.loads(capsys.readouterr().out) if "no rule or mask asks" in doubt]


# ── export ──


def test_every_line_has_the_fields_of_the_interface_and_the_order_it_promises(exported: Path) -> None:
    assert {path.name for path in exported.iterdir()} == {
        *(f"{name}.jsonl" for name in TABLES),
    }
    files, findings, pages = (rows(exported / f"{name}.jsonl") for name in ("files", "findings", "pages"))
    assert (len(files), len(pages)) == (19, 79)
    assert all(set(file) >= FILE for file in files)
    assert all(set(finding) >= FINDING for finding in findings)
    assert all(set(page) >= PAGE for page in pages)
    assert [file["locator"] for file in files] == sorted(file["locator"] for file in files)
    assert [finding["id"] for finding in findings] == sorted({finding["id"] for finding in findings})


def test_every_file_says_what_became_of_it(exported: Path) -> None:
    for file in rows(exported / "files.jsonl"):
        assert file["status"] in {"read", "partial", "failed", "skipped", "duplicate"}
        assert bool(file["reason"]) == (file["status"] != "read"), file["locator"]
        assert file["parent"] is None or len(file["parent"]) == 64
        assert isinstance(file["size"], int)
        assert all(set(fault) == {"page", "reason"} for fault in file["pages_failed"])
        assert file["dated"] is None or set(file["dated"]) == {"from", "to", "text"}
    members = {file["locator"]: file["name"] for file in rows(exported / "files.jsonl") if file["parent"]}
    assert members == {
        "04 offer.eml | attachment 1 points.csv": "points.csv",
        "04 offer.eml | attachment 2 sheet.xlsx": "sheet.xlsx",
        "08 all.zip | member again.csv": "again.csv",
        "08 all.zip | member in/inner.zip": "in/inner.zip",
        "08 all.zip | member in/inner.zip | member 内.txt": "内.txt",
    }


def test_every_finding_cites_words_that_stand_on_the_page_it_names(exported: Path) -> None:
    text = {(page["digest"], page["page"]): page["text"] for page in rows(exported / "pages.jsonl")}
    findings = rows(exported / "findings.jsonl")
    assert {"GRP-01", "GRP-03", "SUP-01"} <= {finding["rule"] for finding in findings}
    for finding in findings:
        assert finding["rung"] in RUNGS
        assert finding["strength"] in {"finding", "lead", "exculpatory"}
        assert set(finding["severity"]) == {"scale", "scope", "irremediability"}
        assert set(finding["review"]) == {"status", "by", "at", "why"}
        assert finding["review"]["status"] == "candidate"
        assert finding["citations"]
        for cited in finding["citations"]:
            assert set(cited) == CITATION
            assert text[cited["digest"], cited["page"]][cited["start"] : cited["end"]] == cited["quote"] != ""
            assert all(len(box) == 4 and all(0 <= at <= 1 for at in box) for box in cited["boxes"])
            assert bool(cited["boxes"]) == cited["name"].endswith(".pdf")


def test_an_export_is_entered_in_the_ledger_and_the_same_each_time(case: Path, tmp_path: Path) -> None:
    for out in ("a", "b"):
        assert here("export", case, "--format", "jsonl", "--out", tmp_path / out) == 0
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
    entries = rows(case / "ledger.jsonl")[-2:]
    assert [entry["act"] for entry in entries] == ["exported", "exported"]
    assert entries[0]["facts"] == entries[1]["facts"]
    assert here("verify", case, "--executor", "serial") == 0


def test_csv_opens_in_a_spreadsheet_and_holds_no_formula(small_case: Path, tmp_path: Path) -> None:
    assert here("export", small_case, "--format", "csv", "--pages", "--out", tmp_path) == 0
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.csv" for name in TABLES}
    for path in tmp_path.iterdir():
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as stream:
            head, *lines = csv.reader(stream)
        assert len(set(head)) == len(head)
        assert all(len(line) == len(head) for line in lines)
        assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for line in lines for cell in line)
    with (tmp_path / "findings.csv").open(encoding="utf-8-sig", newline="") as stream:
        quotes = {row["citations.quote"] for row in csv.DictReader(stream)}
    assert CITED in quotes


def test_a_workbook_is_one_file_and_comes_out_the_same(small_case: Path, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        assert here("export", small_case, "--format", "xlsx", "--out", tmp_path / folder) == 0
    (first,), (second,) = (list((tmp_path / folder).iterdir()) for folder in ("a", "b"))
    assert first.name == "countersight.xlsx"
    assert first.read_bytes() == second.read_bytes()


def test_without_pages_no_text_of_a_page_is_exported(small_case: Path, tmp_path: Path) -> None:
    assert here("export", small_case, "--format", "jsonl", "--out", tmp_path) == 0
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.jsonl" for name in TABLES[:-1]}


@pytest.mark.parametrize(
    "words",
    [
        "lists --lists lists add un.xml",
        "lists add --lists lists un.xml",
        "lists add un.xml --lists lists eu.xml",
        "lists -- add un.xml eu.xml",
    ],
)
def test_options_may_stand_anywhere_between_the_words_of_a_command(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made.write(tmp_path, "un.xml", "eu.xml")
    monkeypatch.chdir(tmp_path)
    assert here(*words.split()) == 0
    assert capsys.readouterr().out.count("added: ") == words.count(".xml")


def test_words_that_may_be_left_out_are_taken_after_options_too(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ("rules --json explain GRP-01", "rules explain --json GRP-01", "rules explain GRP-01 --json"):
        assert here(*words.split()) == 0
        assert json.loads(capsys.readouterr().out)[0]["id"] == "GRP-01"
