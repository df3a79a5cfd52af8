"""What an audit lets its readers do, and what it says of it."""

from __future__ import annotations

import socket
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest

from countersight import read
from countersight.case import Case
from countersight.model import Agent, FileRow, Page, Reading, Status
from countersight.ports import Limits, Sink
from countersight.run.pool import PoolExecutor
from countersight.run.serial import SerialExecutor
from countersight.store.config import Config

AGENT = Agent("hostile", "1")
KIND = "application/x-hostile"
WORDS = "Some plain words about nothing much at all, written down on a day.\n" * 5


@dataclass(frozen=True)
class HostileReader:
    """Tries to write beside the file it reads and to open a connection; its page tells what came of it."""

    agent: Agent = AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        return KIND if head.startswith(b"hostile") else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        with path.open("rb") as stream:
            sink(stream, limit=100)  # the folder of members is open to it
        found = []
        for attempt in (lambda: (path.parent / "new").write_bytes(b""), socket.socket):
            try:
                attempt()
                found.append("done")
            except OSError as error:
                found.append(type(error).__name__)
        return Reading(media_type, self.agent, Status.READ, (Page(1, " ".join(found)),))


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


def audited(root: Path, executor: SerialExecutor | PoolExecutor, **records: str) -> tuple[Case, list[FileRow]]:
    folder = root / "records"
    folder.mkdir(parents=True)
    for name, text in records.items():
        (folder / f"{name}.txt").write_text(text)
    case = Case.create(root / "case", Config())
    case.audit([folder], executor)
    return case, case.files()


def test_a_reader_can_neither_write_beside_the_evidence_nor_call_home(
    warm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "READERS", (HostileReader(), *read.READERS))
    case, (file,) = audited(tmp_path, SerialExecutor(), a="hostile")
    if not {"no network (seccomp)"} & set(file.sandbox) or not any("Landlock" in held for held in file.sandbox):
        pytest.skip("this kernel has no seccomp or no Landlock")
    assert len(list(case.search("PermissionError"))) == 2
    assert not list(case.search("done"))
    assert [path.name for path in (case.root / "evidence").iterdir()] == [file.digest]


def test_each_file_says_what_held_alike_for_all_executors(warm: None, tmp_path: Path) -> None:
    records = {"a": WORDS, "again": WORDS, "empty": ""}
    one, other = (audited(tmp_path / e.name, e, **records)[1] for e in (SerialExecutor(), PoolExecutor(2)))
    assert one == other
    read_, duplicate, empty = one
    assert any("rlimits" in held for held in read_.sandbox)
    assert duplicate.sandbox == empty.sandbox == ()


def test_a_case_read_on_another_kernel_stands(warm: None, tmp_path: Path) -> None:
    case, _ = audited(tmp_path, SerialExecutor(), a=WORDS)
    elsewhere = tmp_path / "elsewhere"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("countersight.run.sandbox.shut", lambda *_, **__: None)
        twin = Case.create(elsewhere, Config())
        twin.audit([tmp_path / "records"], SerialExecutor())
        assert len(twin.files()[0].sandbox) < len(case.files()[0].sandbox)
    assert twin.verify(SerialExecutor()) == []


def test_nothing_temporary_is_left_not_even_by_an_audit_that_was_killed(warm: None, tmp_path: Path) -> None:
    case, _ = audited(tmp_path, SerialExecutor(), a=WORDS)
    assert not (case.root / ".scratch").exists()
    (case.root / ".scratch" / "countersight-old").mkdir(parents=True)
    (tmp_path / "records" / "b.txt").write_text("more")
    case.audit([tmp_path / "records"], SerialExecutor())
    assert not (case.root / ".scratch").exists()


def test_what_held_is_kept_with_the_outcome(warm: None, tmp_path: Path) -> None:
    case, (file,) = audited(tmp_path, SerialExecutor(), a=WORDS)
    with sqlite3.connect(case.root / "derived" / "case.db") as db:
        (held,) = db.execute("SELECT held FROM outcome").fetchone()
    assert all(measure in held for measure in file.sandbox)
