"""Bodies of a case end to end: exported with citations, judged by reviewers, FollowTheMoney, and that it stands."""
# ruff: noqa: E501 (a case is told on one line)

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from endtoend import audit, here, rows

RECORDS = {
    "contract.txt": "采购合同\n\n甲方：墨玉县公安局\n乙方：杭州海视数字技术股份有限公司（以下简称“海视”）\n"
    "统一社会信用代码：91330000733796106P\n法定代表人：王建国\n\n海视应在30日内交货。\n",
    "note.txt": "海视系统科技有限公司是杭州海视数字技术股份有限公司的全资子公司。\n杭州海视数字技术股份有限公司新疆分公司负责安装。\n",
    "stakes.csv": "owner,owned,percentage,from,to,source\n"
    "杭州海视数字技术股份有限公司,墨玉县海视电子有限公司,90,2017-03-01,2019-06-30,register\n王建国,墨玉县海视电子有限公司,10,,,register\n",
}


@pytest.fixture(scope="module")
def made(warm: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("bodies")
    (place / "records").mkdir()
    for name, text in RECORDS.items():
        (place / "records" / name).write_text(text, encoding="utf-8")
    assert audit(place / "records", place / "case") == 0
    return place / "case"


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "case"))


def table(case: Path, name: str) -> list[dict[str, Any]]:
    out = case.with_name("out")
    shutil.rmtree(out, ignore_errors=True)
    assert here("export", case, "--format", "jsonl", "--out", out) == 0
    return rows(out / f"{name}.jsonl")


def body(case: Path, name: str) -> dict[str, Any]:
    return next(one for one in table(case, "organisations") if name in {each["name"] for each in one["names"]})


def judge(case: Path, *said: str) -> int:
    return here("organisations", case, *said, "--by", "second reader", "--why", "a reason", "--executor", "serial")


def test_names_numbers_and_reasons_are_exported_with_citations_and_no_person(case: Path) -> None:
    found = body(case, "杭州海视数字技术股份有限公司")
    assert {each["name"] for each in found["names"]} == {
        "杭州海视数字技术股份有限公司",
        "杭州海视数字技术股份有限公司新疆分公司",
        "海视",
    }
    assert {"scheme": "USCC", "value": "91330000733796106P"} in found["identifiers"]
    assert "supplier" in found["roles"]
    assert any("short for" in reason or "is short" in reason for reason in found["reasons"])
    for cited in found["citations"]:
        text = RECORDS[cited["name"]]
        if cited["page"] is None and cited["name"].endswith(".txt"):
            assert text[cited["start"] : cited["end"]] == cited["quote"]
    assert "王建国" not in json.dumps(table(case, "organisations"), ensure_ascii=False)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_spreadsheets_take_a_stake_that_ended(case: Path, form: str) -> None:
    out = case.with_name(form)
    assert here("export", case, "--format", form, "--out", out) == 0
    if form == "csv":
        with (out / "ownership.csv").open(encoding="utf-8-sig", newline="") as stream:
            told = {(row["owned"], row["dates.since"], row["dates.until"]) for row in csv.DictReader(stream)}
        assert ("墨玉县海视电子有限公司", "2017-03-01", "2019-06-30") in told


def test_stakes_have_owner_owned_percentage_and_days(case: Path) -> None:
    told = {(one["owned"], one["low"], one["since"]) for one in table(case, "ownership")}
    assert ("墨玉县海视电子有限公司", 90.0, "2017-03-01") in told
    assert ("海视系统科技有限公司", 100.0, None) in told
    assert "王建国" not in json.dumps(table(case, "ownership"), ensure_ascii=False)
    assert all(one["owner_id"] and one["owned_id"] for one in table(case, "ownership"))
    notes = next(one["notes"] for one in table(case, "files") if one["name"] == "stakes.csv")
    assert "1 owners that are no bodies are not in ownership" in notes


def test_a_reviewer_merges_splits_and_undoes_and_the_case_stands(case: Path) -> None:
    one, other = "墨玉县海视电子有限公司", "海视系统科技有限公司"
    assert judge(case, "merge", one, other) == 0
    joined = body(case, one)
    assert {one, other} <= {each["name"] for each in joined["names"]}
    assert any("second reader" in reason for reason in joined["reasons"])
    assert judge(case, "split", joined["id"], other) == 0
    assert body(case, one)["id"] != body(case, other)["id"]
    acts = [
        json.loads(line)["n"] for line in (case / "ledger.jsonl").read_text("utf-8").splitlines() if '"bodies"' in line
    ]
    assert judge(case, "undo", str(acts[-1])) == 0
    assert body(case, one)["id"] == body(case, other)["id"]
    assert here("verify", case, "--executor", "serial") == 0


@pytest.mark.parametrize(
    "said",
    [
        ("merge", "墨玉县公安局", "nobody"),
        ("merge", "墨玉县公安局", "墨玉县公安局"),
        ("split", "墨玉县公安局", "墨玉县公安局"),
        ("undo", "999"),
        ("undo", "x"),
        ("merge", "墨玉县公安局"),
    ],
)
def test_what_cannot_stand_is_refused(case: Path, said: tuple[str, ...]) -> None:
    before = (case / "ledger.jsonl").read_bytes()
    assert judge(case, *said) == 2
    assert (case / "ledger.jsonl").read_bytes() == before


def test_nobody_judges_without_name_and_reason(case: Path) -> None:
    assert here("organisations", case, "merge", "墨玉县公安局", "海视系统科技有限公司", "--executor", "serial") == 2


def test_list_and_show_say_why(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert here("organisations", case, "list") == 0
    assert "墨玉县公安局" in capsys.readouterr().out
    assert here("organisations", case, "show", "杭州海视数字技术股份有限公司") == 0
    said = capsys.readouterr().out
    assert "because" in said
    assert "contract.txt" in said


def test_followthemoney_takes_every_entity(case: Path) -> None:
    out = case.with_name("ftm")
    assert here("export", case, "--format", "ftm", "--out", out) == 0
    entities = rows(out / "entities.ftm.json")
    schemata = {one["id"]: one["schema"] for one in entities}
    assert {"Company", "PublicBody", "Ownership", "Document"} <= set(schemata.values())
    ends = [one["properties"] for one in entities if one["schema"] == "Ownership"]
    assert all(schemata[end["owner"][0]] in _LEGAL and schemata[end["asset"][0]] == "Company" for end in ends)
    model = pytest.importorskip("followthemoney", reason="followthemoney (it needs ICU) is not installed").model
    for one in entities:
        proxy = model.get_proxy(one, cleaned=False)
        kept = proxy.to_dict()["properties"]
        assert {name: sorted(set(values)) for name, values in one["properties"].items()} == {
            name: sorted(values) for name, values in kept.items()
        }
        for prop in proxy.iterprops():
            if prop.range:
                assert all(model.get(schemata[value]).is_a(prop.range) for value in proxy.get(prop))


_LEGAL = {"Company", "PublicBody", "Organization"}
