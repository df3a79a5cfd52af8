"""Same evidence, ledger and version: the same bytes, whoever does the work and wherever."""

from __future__ import annotations

from pathlib import Path

import pytest

from endtoend import EPOCH, audit, countersight, results, tree

HERE = {"PYTHONHASHSEED": "1", "TZ": "Asia/Urumqi", "LC_ALL": "C"}
THERE = {"PYTHONHASHSEED": "4242", "TZ": "America/New_York", "LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}


def test_it_compares_something(small_results: dict[str, str]) -> None:
    assert {"ledger.jsonl", "case.toml", "dossier/index.html", "export findings.jsonl"} <= set(small_results)
    for folder, count in (("evidence", 13), ("derived/images", 3), ("derived/members", 4), ("dossier/pages", 3)):
        assert len([name for name in small_results if name.startswith(f"{folder}/")]) == count, folder


@pytest.mark.parametrize(
    ("executor", "elsewhere"),
    [
        (["--executor", "serial"], HERE),
        (["--executor", "pool", "--workers", "1"], THERE),
        (["--executor", "pool", "--workers", "4"], HERE),
    ],
    ids=["serial", "pool of 1", "pool of 4"],
)
def test_executor_workers_hash_seed_time_zone_language_and_place_do_not_show(
    executor: list[str], elsewhere: dict[str, str], small_results: dict[str, str], small: Path, tmp_path: Path
) -> None:
    case = tmp_path / "another place" / "case"
    done = countersight("audit", small, "--case", case, *executor, **elsewhere)
    assert done.returncode == 3, done.stderr
    assert results(case, tmp_path / "out") == small_results


def test_of_the_time_only_the_day_shows_and_only_in_ledger_and_dossier(
    small_results: dict[str, str], small: Path, tmp_path: Path
) -> None:
    later = str(int(EPOCH) + 86400)
    done = countersight("audit", small, "--case", tmp_path / "case", "--executor", "serial", SOURCE_DATE_EPOCH=later)
    assert done.returncode == 3
    found = results(tmp_path / "case", tmp_path / "out")
    assert set(found) == set(small_results)
    pages = {name for name in small_results if name.startswith("dossier/pages/")}
    assert {n for n in small_results if small_results[n] != found[n]} == {"ledger.jsonl", "dossier/index.html", *pages}
    assert "2023-11-15" in (tmp_path / "case" / "dossier" / "index.html").read_text(encoding="utf-8")


def test_the_order_in_which_a_folder_lists_its_files_does_not_show(
    warm: None, small_results: dict[str, str], small: Path, tmp_path: Path
) -> None:
    """The same records written in another order and reached through a link."""
    for path in sorted(small.rglob("*"), reverse=True):
        if path.is_file():
            target = tmp_path / "copy" / path.relative_to(small)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (tmp_path / "link").symlink_to(tmp_path / "copy")
    assert audit(tmp_path / "link", tmp_path / "case") == 3
    assert results(tmp_path / "case", tmp_path / "out") == small_results


def test_records_that_came_in_two_deliveries_give_what_they_give_in_one(
    warm: None, small_results: dict[str, str], small: Path, tmp_path: Path
) -> None:
    part, case = tmp_path / "part", tmp_path / "case"
    part.mkdir()
    for path in small.iterdir():
        if path.is_file() and path.name < "06":
            (part / path.name).write_bytes(path.read_bytes())
    assert audit(part, case) == 3
    assert audit(small, case) == 3
    assert results(case, tmp_path / "out") == small_results


def test_an_audit_with_nothing_new_writes_nothing(warm: None, small: Path, small_case: Path) -> None:
    before = tree(small_case)
    assert audit(small, small_case) == 3
    assert tree(small_case) == before
