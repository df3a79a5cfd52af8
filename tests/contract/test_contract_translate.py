"""A person's translation of a quote: where it shows, what is masked, what is refused, and that it stands."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from endtoend import audit, here, rows

CHINESE = "视频监控平台应支持人脸识别，属性包括性别、年龄、民族属性。"


@pytest.fixture(scope="module")
def made(warm: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("translate")
    (place / "records").mkdir()
    for name in ("a.txt", "b.txt"):
        (place / "records" / name).write_text(f"招标文件\n\n{CHINESE}\n\n{name}\n", encoding="utf-8")
    assert audit(place / "records", place / "case") == 0
    return place / "case"


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "case"))


def found(case: Path, table: str = "findings") -> list[dict[str, Any]]:
    out = case.with_name("out")
    shutil.rmtree(out, ignore_errors=True)
    assert here("export", case, "--format", "jsonl", "--out", out) == 0
    return rows(out / f"{table}.jsonl")


def attribute(case: Path) -> dict[str, Any]:
    """A finding on the ethnicity attribute."""
    return next(one for one in found(case) if one["rule"] == "GRP-01")


def translate(case: Path, finding: str, text: str, *more: object) -> int:
    return here("translate", case, finding, "--text", text, "--by", "A", "--executor", "serial", *more)


def dossier(case: Path) -> str:
    return (case / "dossier" / "index.html").read_text(encoding="utf-8")


def test_it_stands_beside_every_place_of_the_words_with_who_made_and_checked_it(case: Path) -> None:
    assert "none entered" in dossier(case)
    assert translate(case, attribute(case)["id"], "the platform … ethnicity", "--checked-by", "B") == 0
    told = [one["translations"] for one in found(case) if one["citations"][0]["quote"] == CHINESE]
    assert len(told) >= 2
    for translations in told:
        assert {(one["text"], one["by"], one["checked_by"]) for one in translations} == {
            ("the platform … ethnicity", "A", "B")
        }
    assert "“the platform … ethnicity”" in dossier(case)
    assert "by A, checked by B" in dossier(case)
    assert here("verify", case, "--executor", "serial") == 0


def test_the_last_one_counts_and_an_empty_one_takes_it_back(case: Path) -> None:
    name = attribute(case)["id"]
    assert translate(case, name, "first") == translate(case, name, "second") == 0
    assert "“second”" in dossier(case)
    assert "“first”" not in dossier(case)
    assert "not checked by a second person yet" in dossier(case)
    assert translate(case, name, "") == 0
    assert attribute(case)["translations"] == []


def test_personal_data_in_it_is_masked(case: Path) -> None:
    assert translate(case, attribute(case)["id"], "call 13812345678 now") == 0
    assert "13812345678" not in dossier(case) + (case / "ledger.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("finding", "more", "message"),
    [
        ("GRP-01-000000000000", (), "has no finding GRP-01-000000000000"),
        (None, ("--place", 9), "with a place 9"),
        (None, ("--checked-by", "A"), "another person as the one who checked it"),
    ],
)
def test_what_is_not_there_or_checked_by_nobody_else_is_refused(
    case: Path, capsys: pytest.CaptureFixture[str], finding: str | None, more: tuple[object, ...], message: str
) -> None:
    name = finding or attribute(case)["id"]
    before = (case / "ledger.jsonl").read_bytes()
    assert translate(case, name, "words", *more) == 2
    assert message in capsys.readouterr().err
    assert (case / "ledger.jsonl").read_bytes() == before


def test_the_dossier_glosses_chinese_and_lists_the_clause_of_both_records_as_a_pattern(case: Path) -> None:
    page = dossier(case)
    assert "A machine’s gloss, word by word. It is no translation." in page
    assert "ethnicity attribute (unverified)" in page
    (pattern,) = [one for one in found(case, "patterns") if "GRP-01" in one["rules"]]
    assert pattern["documents"] == 2
    assert {place["citation"]["name"] for place in pattern["places"]} == {"a.txt", "b.txt"}
    assert f'id="{pattern["id"]}"' in page
