"""A reviewer corrects the text of a page: what is kept, what follows, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from countersight.case import Case
from endtoend import CITED, PLAIN, audit, files, here, pdf, rows, tree, zipped

MISREAD = "视频监控平台应支持人脸识别，属性包括性别、年龄、民旅属性。"
TRUE = MISREAD.replace("旅", "族")
PHONE = "Call 13812345678."


@pytest.fixture(scope="module")
def made(warm: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("correct")
    (place / "records").mkdir()
    (place / "records" / "tender.pdf").write_bytes(pdf(PLAIN, f"{CITED} {PHONE}", PLAIN))
    (place / "records" / "in.zip").write_bytes(zipped(**{"note.txt": MISREAD.encode()}))
    assert audit(place / "records", place / "case") == 0
    return place


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "case", tmp_path / "case"))


def correct(case: Path, file: str, page: int, text: str, *more: object) -> int:
    given = case.with_name("given.txt")
    given.write_text(text, encoding="utf-8")
    return here(
        *("correct", case, file, page, "--text", given, "--by", "R. Viewer", "--why", "misread"),
        *("--executor", "serial", *more),
    )


def withdraw(case: Path, file: str, page: int) -> int:
    return here(
        "correct", case, file, page, "--withdraw", "--by", "R. Viewer", "--why", "in error", "--executor", "serial"
    )


def exported(case: Path) -> dict[str, list[dict[str, Any]]]:
    out = case.with_name("out")
    shutil.rmtree(out, ignore_errors=True)
    assert here("export", case, "--format", "jsonl", "--pages", "--out", out) == 0
    return {path.stem: rows(path) for path in out.iterdir()}


def verified(case: Path) -> bool:
    return here("verify", case, "--executor", "serial") == 0


def shown(case: Path, file: str, page: int, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert here("correct", case, file, page, "--show") == 0
    return capsys.readouterr().out.removesuffix("\n")


def test_a_finding_comes_by_a_correction_and_cites_both_readings(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert correct(case, "note.txt", 1, TRUE, "--json") == 0
    (told,) = json.loads(capsys.readouterr().out)
    tables = exported(case)
    came = [f for f in tables["findings"] if f["citations"][0]["name"] == "note.txt"]
    assert sorted(told["came"]) == [f["id"] for f in came]
    finding = next(f for f in came if f["rule"] == "GRP-01")
    assert finding["citations"][0]["quote"] == TRUE
    assert "text corrected by R. Viewer on 2023-11-14: read “旅”, corrected to “族”" in finding["notes"]
    (page,) = [p for p in tables["pages"] if p["name"] == "note.txt"]
    assert page["text"] == TRUE
    assert page["corrected"] == {
        "by": "R. Viewer",
        "why": "misread",
        "at": "2023-11-14T22:13:20Z",
        "original": MISREAD,
    }
    assert [p["corrected"] for p in tables["pages"] if p["name"] != "note.txt"] == [None] * 3
    assert tables["corrections"] == [told]
    dossier = (case / "dossier" / "index.html").read_text(encoding="utf-8")
    assert "<del>旅</del><ins>族</ins>" in dossier
    assert "Came by the correction" in dossier
    assert verified(case)


def test_a_finding_that_goes_by_a_correction_is_listed_as_withdrawn(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert {f["citations"][0]["page"] for f in exported(case)["findings"]} == {2}
    before = exported(case)["findings"]
    text = shown(case, "tender.pdf", 2, capsys)
    assert "13812345678" not in text
    assert correct(case, "tender.pdf", 2, text.replace("Ethnicity", "Residence").replace("Uyghur", "urban")) == 0
    tables = exported(case)
    assert tables["findings"] == []
    (told,) = tables["corrections"]
    assert {(f["id"], f["rule"]) for f in told["went"]} == {(f["id"], f["rule"]) for f in before}
    assert told["went"][0]["citations"][0]["quote"] == CITED
    assert [(c["read"], c["corrected"]) for c in told["changes"]] == [
        *(("Ethnicity", "Residence"), ("Uyghur", "urban"), ("Uyghur", "urban")),
    ]
    dossier = (case / "dossier" / "index.html").read_text(encoding="utf-8")
    assert "Withdrawn by the correction" in dossier
    assert f"<del>{CITED}</del>" in dossier
    assert verified(case)


def test_the_quote_lies_where_it_lay_before_words_ahead_of_it_were_corrected(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def first() -> dict[str, Any]:
        cited: dict[str, Any] = exported(case)["findings"][0]["citations"][0]
        return cited

    before = first()
    text = shown(case, "tender.pdf", 2, capsys).replace("unknown", "not known at all")
    assert correct(case, "tender.pdf", 2, text) == 0
    after = first()
    assert after["quote"] == CITED.replace("unknown", "not known at all")
    assert after["boxes"] == before["boxes"] != []
    assert exported(case)["corrections"][0]["went"] == exported(case)["corrections"][0]["came"] == []


def test_masked_data_stays_masked_on_the_page_and_in_its_picture(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = next((case / "derived" / "images").iterdir())
    before = picture.read_bytes()
    text = shown(case, "tender.pdf", 2, capsys)
    assert correct(case, "tender.pdf", 2, text.replace("█" * 11, "13812345678")) == 2
    assert "masked personal data" in capsys.readouterr().err
    assert correct(case, "tender.pdf", 2, text.replace("Call", "Phone")) == 0
    assert picture.read_bytes() == before


def test_search_finds_the_corrected_text_and_no_longer_the_original(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert correct(case, "note.txt", 1, TRUE) == 0
    assert [m.citation.quote for m in Case(case).search("民族属性")] == ["民族属性"]
    assert list(Case(case).search("民旅属性")) == []


def test_a_later_correction_supersedes_and_a_withdrawal_goes_back_to_the_same_bytes(case: Path) -> None:
    before = tree(case / "dossier")
    assert correct(case, "note.txt", 1, TRUE) == 0
    assert correct(case, "note.txt", 1, TRUE.replace("性别", "姓别")) == 0
    (stands,) = exported(case)["corrections"]
    assert [change["corrected"] for change in stands["changes"]] == ["姓", "族"]
    assert verified(case)
    assert withdraw(case, "note.txt", 1) == 0
    tables = exported(case)
    assert "corrections" not in tables
    assert next(p for p in tables["pages"] if p["name"] == "note.txt")["text"] == MISREAD
    assert tree(case / "dossier") == before
    assert verified(case)
    assert len([e for e in Case(case).journal.entries if e.act == "corrected"]) == 3


def test_the_same_correction_again_is_no_second_act_another_reviewers_is(case: Path) -> None:
    def acts() -> int:
        return sum(entry.act == "corrected" for entry in Case(case).journal.entries)

    assert (correct(case, "note.txt", 1, TRUE), correct(case, "note.txt", 1, TRUE)) == (0, 0)
    assert acts() == 1
    assert correct(case, "note.txt", 1, TRUE, "--by", "Second") == 0
    assert acts() == 2
    assert exported(case)["corrections"][0]["by"] == "Second"


def test_both_texts_are_evidence_and_a_change_to_either_is_a_fault(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert correct(case, "note.txt", 1, TRUE) == 0
    (told,) = exported(case)["corrections"]
    kept = [(case / "evidence" / told[name]) for name in ("original", "text")]
    assert [path.read_text(encoding="utf-8") for path in kept] == [MISREAD, TRUE]
    kept[1].chmod(0o644)
    kept[1].write_text("x")
    assert here("verify", case, "--executor", "serial") == 4
    assert told["text"] in capsys.readouterr().out


def test_a_case_from_scratch_is_the_same(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All that is derived can be deleted."""
    assert correct(case, "note.txt", 1, TRUE) == 0
    dossier, tables = tree(case / "dossier"), exported(case)
    for folder in ("derived", "dossier"):
        shutil.rmtree(case / folder)
    records = case.with_name("none")
    records.mkdir()
    assert audit(records, case) == 0
    assert (tree(case / "dossier"), exported(case)) == (dossier, tables)


def test_the_account_of_files_says_who_corrected_what(case: Path) -> None:
    assert correct(case, "tender.pdf", 3, PLAIN.replace("winter", "spring")) == 0
    assert files(case)["tender.pdf"].notes == ("page 3: text corrected by R. Viewer on 2023-11-14: misread",)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("note.txt", 2, "--text", "-"), "page 2 of in.zip"),
        (("nothing.txt", 1, "--text", "-"), "no file 'nothing.txt'"),
        (("note.txt", 1, "--text", "/nowhere/text"), "/nowhere/text"),
        (("note.txt", 1, "--withdraw"), "no correction of page 1"),
        (("note.txt", 9, "--show"), "page 9"),
    ],
)
def test_what_cannot_be_corrected_is_said_and_nothing_is_written(
    arguments: tuple[object, ...],
    why: str,
    case: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("countersight.cli_correct._given", lambda name: TRUE) if "-" in arguments else None
    before = (case / "ledger.jsonl").read_bytes()
    assert here("correct", case, *arguments, "--by", "A", "--why", "B", "--executor", "serial") == 2
    assert why in capsys.readouterr().err
    assert (case / "ledger.jsonl").read_bytes() == before
    assert verified(case)
