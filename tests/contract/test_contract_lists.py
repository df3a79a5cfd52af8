"""``countersight lists`` from the command line, and lists in a case."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import listsmade as made
from countersight.ledger import check
from endtoend import here


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "lists"


def test_add_says_what_was_taken_in_and_what_was_not(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = made.leave(tmp_path, "csl.csv", made.CSL_2019 + made.CSL_ROWS + "/,1\n")
    assert here("lists", "add", path, "--lists", place) == 3
    out, err = capsys.readouterr()
    assert "2 organisations: US-BIS-EL 1, US-OFAC-SDN 1" in out
    assert "1 natural persons, 1 that may be, 1 that are no body, 1 that cannot be read" in out
    assert "not read: line 7: cannot be read: 2 fields instead of 17" in err
    assert "JANE" not in out + err


def test_status_tells_age_counts_digest_and_source(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    un = made.leave(tmp_path, "un.xml", made.UN.replace("2024-05-15", "2023-11-11"))
    assert here("lists", "add", un, "--lists", place) == 0
    made.leave(place, "left.csv", made.SDN)
    capsys.readouterr()
    assert here("lists", "status", "--lists", place) == 0
    out = capsys.readouterr().out
    assert "built in: 85 dated listings under 7 regimes" in out
    assert "\n3 days old: UN Security Council consolidated list (un-xml/UN-SC), of 2023-11-11 (as the file says)" in out
    assert f"not added yet: {place / 'left.csv'}" in out
    assert here("lists", "status", "--lists", place, "--json") == 0
    built_in, first, left = json.loads(capsys.readouterr().out)
    assert built_in["list"] == "built-in"
    assert (first["age_days"], first["regimes"], first["files"][0]["name"]) == (3, {"UN-SC": 1}, "un.xml")
    assert left["files"] == [{"name": "left.csv"}]


def test_the_folder_of_lists_comes_from_the_environment_where_none_is_named(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERSIGHT_LISTS", str(place))
    assert here("lists", "add", made.leave(tmp_path, "un.xml", made.UN)) == 0
    assert (place / "ledger.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["add"], 2, "add which list?"),
        (["add", "{tmp}/nothing.xml"], 3, "no such file"),
        (["add", "{tmp}/page.xml"], 3, "a web page, not a list"),
        (["add", "{tmp}/un.xml", "--case", "{tmp}"], 2, "is not a case"),
        (["add", "{tmp}/un.xml", "--case", "{tmp}", "--lists", "{tmp}"], 2, "either --case or --lists"),
        (["add", "{tmp}/un.xml", "{tmp}/eu.xml", "--list", "x"], 2, "--list is for one list"),
        (["update", "nothing"], 2, "no source 'nothing'"),
    ],
)
def test_what_cannot_be_done_is_told_with_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    made.leave(tmp_path, "page.xml", "<!doctype html><p>no")
    made.write(tmp_path, "un.xml", "eu.xml")
    given = [word.format(tmp=tmp_path) for word in arguments]
    more = [] if "--case" in given else ["--lists", str(tmp_path / "lists")]
    assert here("lists", *given, *more) == code
    err = capsys.readouterr().err
    assert said in err
    assert "Way out" in err


@pytest.fixture
def case(small_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_made, tmp_path / "case"))


def test_a_list_in_a_case_is_entered_in_its_ledger_and_verified(
    case: Path, small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert here("lists", "add", made.leave(tmp_path, "un.xml", made.UN), "--case", case) == 0
    entry = list(check((case / "ledger.jsonl").read_bytes().splitlines(keepends=True)))[-1]
    assert (entry.act, entry.facts["counts"]["organisations"]) == ("list", 1)
    assert (case / "lists" / entry.facts["snapshot"]).exists()
    assert here("audit", small, "--case", case, "--executor", "serial") == 3
    assert here("verify", case, "--executor", "serial") == 0
    kept = case / "lists" / entry.facts["snapshot"]
    kept.chmod(0o644)
    kept.write_bytes(kept.read_bytes() + b" ")
    capsys.readouterr()
    assert here("verify", case, "--executor", "serial") == 4
    assert "its bytes are not those of its name" in capsys.readouterr().out


def test_audit_takes_in_a_folder_of_lists(case: Path, small: Path, tmp_path: Path, place: Path) -> None:
    made.write(place, "un.xml", "eu.xml")
    for _ in range(2):
        assert here("audit", small, "--case", case, "--lists", place, "--executor", "serial") == 3
    assert len(list((case / "lists").iterdir())) == 2
