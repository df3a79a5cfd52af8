from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from countersight.case import Case
from countersight.run.serial import SerialExecutor
from countersight.store.config import Config

WORDS = "Some plain words about nothing much at all, written down on a day.\n" * 5


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


def kinds(case: Case) -> dict[str, str | None]:
    return {str(file.locator): file.kind for file in case.files()}


def test_the_name_by_which_bytes_were_first_read_does_not_show(warm: None, tmp_path: Path) -> None:
    """An archive and its member's twin come one after the other, or both at once: the twin is read by another name."""
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
    with zipfile.ZipFile(tmp_path / "first" / "a.zip", "w") as archive:
        archive.writestr("会议纪要.txt", WORDS)
    (tmp_path / "second" / "x.txt").write_text(WORDS)
    bit_by_bit, at_once = (Case.create(tmp_path / name, Config()) for name in ("bit by bit", "at once"))
    bit_by_bit.audit([tmp_path / "first"], SerialExecutor())
    bit_by_bit.audit([tmp_path / "second"], SerialExecutor())
    at_once.audit([tmp_path / "first", tmp_path / "second"], SerialExecutor())
    assert kinds(bit_by_bit) == kinds(at_once)
    assert kinds(at_once)["a.zip | member 会议纪要.txt"] == "minutes"
    assert bit_by_bit.verify(SerialExecutor()) == []
    assert (tmp_path / "bit by bit" / "dossier" / "index.html").read_bytes() == (
        tmp_path / "at once" / "dossier" / "index.html"
    ).read_bytes()


def test_a_ledger_torn_by_a_kill_does_not_keep_an_audit_from_going_on(warm: None, tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.txt").write_text(WORDS)
    case = tmp_path / "case"
    Case.create(case, Config()).audit([tmp_path / "records"], SerialExecutor())
    whole = (case / "ledger.jsonl").read_bytes()
    (case / "ledger.jsonl").write_bytes(whole + b'{"act":"recei')
    Case.create(case, Config()).audit([tmp_path / "records"], SerialExecutor())
    assert (case / "ledger.jsonl").read_bytes() == whole
    assert Case(case).verify(SerialExecutor()) == []
