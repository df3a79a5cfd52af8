"""``countersight screen`` from the command line, and what lists say in an audited case."""

from __future__ import annotations

import csv
import json
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import listsmade as made
from countersight.cli import main
from countersight.report.wording import banned
from endtoend import here

HIKVISION = "杭州海康威视数字技术股份有限公司"
INTERFACE = (
    *("organisation", "deal", "date_role", "date", "regime", "result", "listing", "score", "match", "path"),
    *("not_prohibited", "list_digest"),
)
CONTRACT = """视频监控升级改造项目采购合同

合同编号：CMX-2022-118
项目名称：视频监控升级改造项目
甲方（采购人）：澄迈县公安局
乙方（供应商）：杭州海康威视数字技术股份有限公司
统一社会信用代码：91330000733796106P
签订日期：2022年12月5日
合同金额：人民币壹佰贰拾万元整（¥1,200,000.00）
智能分析服务器配置不少于8块NVIDIA Tesla T4显卡。
"""
SUPPLIER = "示例贸易局有限公司"
Screened = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "lists"


@pytest.fixture
def screened(place: Path, capsys: pytest.CaptureFixture[str]) -> Screened:
    def run(*arguments: object) -> list[dict[str, Any]]:
        capsys.readouterr()
        assert here("screen", *arguments, "--json", "--lists", place) == 0
        rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
        return rows

    return run


def on(day: str, *arguments: object) -> int:
    """Run a command on a day."""
    epoch = int(datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).timestamp())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(epoch))
        return main(list(map(str, arguments)))


def un(folder: Path, day: str, name: str) -> Path:
    return made.leave(folder, f"un-{day}.xml", made.UN.replace("2024-05-15", day).replace("示例贸易局", name))


def test_one_name_has_the_shape_of_the_interface(screened: Screened) -> None:
    rows = screened(HIKVISION, "--on", "2022-12-05", "--id", "91330000733796106P")
    row = next(row for row in rows if row["regime"] == "US-BIS-EL")
    assert [name for name in row if name in INTERFACE] == list(INTERFACE)
    assert (row["organisation"], row["deal"], row["date_role"], row["result"]) == (
        HIKVISION,
        None,
        "asked",
        "LISTED_AT_DATE",
    )
    assert row["date"] == {"from": "2022-12-05", "to": "2022-12-05", "text": "2022-12-05"}
    assert row["listing"]["effective"]["from"] == "2019-10-09"
    assert row["listing"]["cite"].startswith("84 FR 54002")
    assert row["match"] == "both bear USCC 91330000733796106P"
    assert "Absence from these lists is not a clearance." in row["notes"]


def test_in_words_it_says_what_is_not_prohibited_and_never_a_word_it_should_not(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert here("screen", HIKVISION, "--on", "2022", "--lists", place) == 0
    out = capsys.readouterr().out
    assert "does not prohibit: buying from the listed party" in out
    assert "one brand may be borne by several legal persons" in out
    assert banned(out) == []
    assert here("screen", "Nobody At All Works", "--on", "2022", "--lists", place) == 0
    assert capsys.readouterr().out == "0 answers on 1 name. Absence from these lists is not a clearance.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "screen one NAME, or a table"),
        (["x", "--batch", "y.csv"], "screen one NAME, or a table"),
        (["x"], "as of which date"),
        (["x", "--on", "2022", "--until", "2021"], "cannot end on"),
        (["--batch", "{tmp}/none.csv"], "No such file"),
        (["--batch", "{tmp}/bad.csv"], "needs the columns name and date"),
        (["--batch", "{tmp}/day.csv"], "day.csv:3: '2022-13' is no day"),
        (["--batch", "{tmp}/blank.csv"], "blank.csv:2: no name"),
        (["--batch", "{tmp}/latin.csv"], "not a CSV in UTF-8"),
    ],
)
def test_what_cannot_be_asked_is_told(
    tmp_path: Path, place: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    made.leave(tmp_path, "bad.csv", "a,b\n1,2\n")
    made.leave(tmp_path, "day.csv", "name,date\nX,2022\nY,2022-13\n")
    made.leave(tmp_path, "blank.csv", "name,date\n,2022\n")
    made.leave(tmp_path, "latin.csv", b"name,date\n" + b"\xe9t\xe9,2022\n")
    assert here("screen", *(word.format(tmp=tmp_path) for word in arguments), "--lists", place) == 2
    assert said in capsys.readouterr().err


def test_a_table_is_answered_as_csv_and_as_a_workbook(tmp_path: Path, place: Path) -> None:
    table = made.leave(
        tmp_path,
        "names.csv",
        f"name,date,end,id\n{HIKVISION},2022-12-05,,91330000733796106P\n"
        "墨玉海视电子技术有限公司,2018-01-01,2024-12-13,\nNobody At All Works,2020,,\n",
    )
    for name in ("out.csv", "out.xlsx"):
        assert here("screen", "--batch", table, "--out", tmp_path / name, "--lists", place) == 0
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = {(row["name"], row["regime"]): row["result"] for row in rows}
    assert found[HIKVISION, "US-BIS-EL"] == "LISTED_AT_DATE"
    assert found["墨玉海视电子技术有限公司", "US-BIS-EL"] == "LISTED_DURING_PERFORMANCE"
    (sheet,) = load_workbook(tmp_path / "out.xlsx").worksheets
    assert sheet.max_row == len(rows) + 1


def test_an_old_question_with_the_old_knowledge_has_the_old_answer(
    tmp_path: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def asked(*more: str) -> str:
        capsys.readouterr()
        assert here("screen", "另一示例贸易局", "--on", "2024-06-01", "--lists", place, "--json", *more) == 0
        return capsys.readouterr().out

    assert on("2024-01-10", "lists", "add", un(tmp_path, "2024-01-01", "另一示例贸易局"), "--lists", place) == 0
    before = asked("--known", "2024-02-01")
    (row,) = json.loads(before)
    assert (row["result"], row["regime"]) == ("LISTED_AT_DATE", "UN-SC")
    assert any("The last list seen is of 2024-01-01" in note for note in row["notes"])
    gone = made.leave(
        tmp_path,
        "gone.xml",
        made.UN.replace("2024-05-15", "2024-05-01").replace("113233", "7").replace("示例贸易局", "别的局"),
    )
    assert on("2024-05-20", "lists", "add", gone, "--lists", place) == 0
    (now,) = [row for row in json.loads(asked()) if row["result"] != "NAME_SIMILAR_NOT_LISTED"]
    assert now["result"] == "DELISTED_BEFORE"
    assert now["listing"]["ended"]["text"] == "between the lists of 2024-01-01 and 2024-05-01"
    assert asked("--known", "2024-02-01") == before
    assert json.loads(asked("--known", "2024-01-09")) == []


def test_where_no_lists_are_kept_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert here("screen", "Dahua Technology", "--on", "2020-01-01") == 0
    assert "US-BIS-EL" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_ready_is_trusted_only_as_it_was_written(
    tmp_path: Path, place: Path, screened: Screened, capsys: pytest.CaptureFixture[str]
) -> None:
    assert here("lists", "add", un(tmp_path, "2023-01-01", "另一示例贸易局"), "--lists", place) == 0
    first = screened("另一示例贸易局", "--on", "2023-06-01")
    (kept,) = (place / ".ready").iterdir()
    whole = kept.read_bytes()
    assert screened("另一示例贸易局", "--on", "2023-06-01") == first
    hostile = pickle.dumps(print, protocol=5)
    for data in (whole[:-9], whole[:40] + b"x" + whole[41:], sha256(hostile).digest() + hostile, b""):
        kept.write_bytes(data)
        assert screened("另一示例贸易局", "--on", "2023-06-01") == first
        assert kept.read_bytes()[32:] not in {hostile, b""}
    (snapshot,) = (place / "snapshots").iterdir()
    snapshot.chmod(0o644)
    snapshot.write_bytes(snapshot.read_bytes() + b" ")
    assert here("screen", "x", "--on", "2022", "--lists", place) == 4
    assert "was changed" in capsys.readouterr().err


@pytest.fixture
def case(tmp_path: Path) -> Path:
    made.leave(tmp_path / "records", "contract.txt", CONTRACT)
    deal = (
        CONTRACT.replace("杭州海康威视数字技术股份有限公司", SUPPLIER)
        .replace("91330000733796106P", "")
        .replace("CMX", "TMX")
    )
    made.leave(tmp_path / "records", "other.txt", deal)
    made.write(tmp_path / "lists", "eu.xml")
    case = tmp_path / "case"
    given = ("--case", case, "--lists", tmp_path / "lists", "--executor", "serial")
    assert here("audit", tmp_path / "records", *given) == 0
    return case


def tables(case: Path, out: Path) -> dict[str, list[dict[str, Any]]]:
    assert here("export", case, "--format", "jsonl", "--out", out) == 0
    return {path.stem: list(map(json.loads, path.read_text("utf-8").splitlines())) for path in out.glob("*.jsonl")}


def test_a_case_says_who_was_listed_when_and_stands(case: Path, tmp_path: Path) -> None:
    found = tables(case, tmp_path / "out")
    (deal,) = [row["id"] for row in found["deals"] if row["supplier"] == HIKVISION]
    rows = [row for row in found["screenings"] if row["deal"] == deal and row["regime"] == "US-BIS-EL"]
    assert {(row["name"], row["date_role"], row["result"]) for row in rows} == {(HIKVISION, "signed", "LISTED_AT_DATE")}
    (finding,) = [row for row in found["findings"] if row["rule"] == "SUP-02"]
    assert finding["strength"] == "finding"
    assert "NVIDIA Tesla T4" in finding["explanation"]
    events = [(row["on"]["from"], row["kind"], row["cite"]) for row in found["events"]]
    assert ("2019-10-09", "list.effective", "84 FR 54002 (FR Doc. 2019-22210)") in events
    signed = [row for row in found["events"] if row["kind"] == "deal.signed"]
    assert {row["citation"]["quote"] for row in signed} == {"2022年12月5日"}
    assert events == sorted(events, key=lambda event: event[0])
    page = (case / "dossier" / "index.html").read_text("utf-8")
    assert "Absence from these lists is not a clearance." in page
    assert 'id="chronology"' in page
    assert here("verify", case, "--executor", "serial") == 0


def test_a_finding_that_joins_facts_is_explained_by_them(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (finding,) = [row["id"] for row in tables(case, tmp_path / "out")["findings"] if row["rule"] == "SUP-02"]
    capsys.readouterr()
    assert here("rules", "explain", finding, "--case", case) == 0
    out = capsys.readouterr().out
    assert f"met: {HIKVISION}: listed at date (signed 2022-12-05), US-BIS-EL as Hikvision since 2019-10-09" in out
    assert "met: parts named: NVIDIA Tesla T4" in out
    assert "note: " in out


def test_a_list_that_comes_later_tells_what_it_changes(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert here("lists", "add", un(tmp_path, "2022-11-01", SUPPLIER), "--case", case) == 0
    err = capsys.readouterr().err
    assert f"came: {SUPPLIER}, signed 2022年12月5日, UN-SC: nothing → LISTED_AT_DATE" in err
    found = tables(case, tmp_path / "out")["list_changes"]
    assert {(row["kind"], row["regime"], tuple(row["after"])) for row in found} == {
        ("came", "UN-SC", ("LISTED_AT_DATE",))
    }
    (snapshot,) = {digest for row in found for digest in row["snapshots"]}
    assert snapshot[:12] in (case / "dossier" / "index.html").read_text("utf-8")
    assert here("verify", case, "--executor", "serial") == 0
