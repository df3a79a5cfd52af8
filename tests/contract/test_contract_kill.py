"""Killed at any moment, an audit that is run again ends in the same bytes as one that nobody disturbed.

A doomed audit runs in a process group of its own and is killed whole just before its n-th act on the disk (a write, a
rename, an SQL statement …), in whichever of its processes that act comes: the same n is the same moment each time.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from endtoend import (
    CHINESE,
    CITED,
    PLAIN,
    PROGRAM,
    audit,
    before_acts,
    environment,
    here,
    mail,
    pdf,
    results,
    zipped,
)

ACTS = {
    *("write", "fsync", "execute", "executemany", "executescript", "close"),
    *("rename", "replace", "unlink", "rmdir", "mkdir", "link", "chmod", "truncate"),
}
LAST = 250  # a first audit of these records has about so many acts
RECORDS = {
    "offer.pdf": pdf(PLAIN, CITED),
    "all.zip": zipped(**{"a.txt": CHINESE.encode(), "in.zip": zipped(**{"b.txt": f"{PLAIN} B".encode()})}),
    "mail.eml": mail(CITED, **{"c.txt": f"{PLAIN} C".encode()}),
    "note.txt": PLAIN.encode(),
    "empty.txt": b"",
    "broken.pdf": pdf(PLAIN)[:300],
}


def doomed(moment: int, *arguments: object) -> bool:
    """Run a command and kill it before its ``moment``-th act; whether it came to that."""
    return lived(moment, *arguments) == moment


def lived(moment: int, *arguments: object) -> int:
    """Run a command up to its ``moment``-th act; how many acts its main process came to."""
    context = multiprocessing.get_context("fork")
    acts = context.Value("i", 0)
    process = context.Process(target=_until, args=(moment, acts, arguments))
    process.start()
    process.join(60)
    assert process.exitcode in {0, -signal.SIGKILL}, process.exitcode
    return moment if process.exitcode else acts.value


def _until(moment: int, acts: Any, arguments: tuple[object, ...]) -> None:
    os.setsid()
    count = 0

    def act(called: Any) -> None:
        nonlocal count
        count += 1
        if count == moment:
            os.killpg(0, signal.SIGKILL)

    before_acts(ACTS, act)
    here(*arguments)
    sys.setprofile(None)
    acts.value = count


def command(records: Path, case: Path) -> tuple[object, ...]:
    return "audit", records, "--case", case, "--executor", "serial"


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("kill") / "records"
    folder.mkdir()
    for name, data in RECORDS.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def expected(warm: None, records: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What an undisturbed audit leaves."""
    place: Path = tmp_path_factory.mktemp("expected")
    assert audit(records, place / "case") == 3
    return results(place / "case", place / "out")


@pytest.fixture(scope="module")
def acts(warm: None, records: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many acts on the disk the main process of an undisturbed audit has."""
    return lived(1 << 30, *command(records, tmp_path_factory.mktemp("acts") / "case"))


@pytest.mark.parametrize("share", [*range(0, 90, 6), *range(90, 101, 2)])
def test_killed_at_any_moment_an_audit_run_again_ends_in_the_same_bytes(
    share: int, acts: int, records: Path, expected: dict[str, str], tmp_path: Path
) -> None:
    """``share`` percent of the way through; the end is the publishing of the dossier and the seal."""
    assert doomed(max(acts * share // 100, 1), *command(records, tmp_path / "case"))
    assert audit(records, tmp_path / "case") == 3
    assert results(tmp_path / "case", tmp_path / "out") == expected


def test_what_a_kill_left_half_written_is_swept_and_never_sealed(
    records: Path, expected: dict[str, str], tmp_path: Path
) -> None:
    case = tmp_path / "case"
    assert audit(records, case) == 3
    (case / "derived" / "SHA256SUMS").rename(case / "derived" / ".SHA256SUMS.4711.part")
    shutil.copytree(case / "dossier", case / ".dossier.new")
    (case / "dossier").rename(case / ".dossier.old")
    for name in (".case.toml.4711.part", "evidence/.part-x", "derived/members/.part-x", "derived/images/.x.png.1.part"):
        (case / name).write_bytes(b"half")
    assert audit(records, case) == 3
    assert results(case, tmp_path / "out") == expected
    assert here("verify", case, "--executor", "serial") == 0


def test_killed_again_and_again_it_still_comes_to_its_end(
    records: Path, expected: dict[str, str], tmp_path: Path
) -> None:
    """Each attempt lives a little longer, so that each meets what the one before has left half done."""
    moments = iter(range(3, 10 * LAST, 17))
    while doomed(next(moments), *command(records, tmp_path / "case")):
        pass
    assert results(tmp_path / "case", tmp_path / "out") == expected


@pytest.mark.parametrize("moment", [1, 3, 5, 7])
def test_a_killed_export_harms_nothing(moment: int, records: Path, expected: dict[str, str], tmp_path: Path) -> None:
    assert audit(records, tmp_path / "case") == 3
    assert doomed(moment, "export", tmp_path / "case", "--format", "csv", "--out", tmp_path / "tables")
    assert here("verify", tmp_path / "case", "--executor", "serial") == 0
    found = results(tmp_path / "case", tmp_path / "out")
    assert {n: d for n, d in found.items() if n != "ledger.jsonl"} == {
        n: d for n, d in expected.items() if n != "ledger.jsonl"
    }


@pytest.mark.parametrize("share", [1, 5, 20, 60, 90, 97])
def test_a_killed_correction_is_finished_by_the_same_command(
    share: int, records: Path, corrected: tuple[dict[str, str], int], tmp_path: Path
) -> None:
    case, text = tmp_path / "case", tmp_path / "text"
    assert audit(records, case) == 3
    text.write_text(PLAIN)
    command = ("correct", case, "offer.pdf", "2", "--text", text, "--by", "A", "--why", "B", "--executor", "serial")
    expected, acts = corrected
    assert doomed(max(acts * share // 100, 1), *command)
    assert here(*command) == 0
    assert results(case, tmp_path / "out") == expected
    assert here("verify", case, "--executor", "serial") == 0


@pytest.fixture(scope="module")
def corrected(records: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], int]:
    """What a correction nobody disturbed leaves, and how many acts on the disk it has."""
    place: Path = tmp_path_factory.mktemp("corrected")
    (place / "text").write_text(PLAIN)
    counts = []
    for name in ("case", "counted"):
        assert audit(records, place / name) == 3
        command = ("correct", place / name, "offer.pdf", "2", "--text", place / "text", "--by", "A", "--why", "B")
        counts.append(lived(1 << 30, *command, "--executor", "serial"))
    assert counts[0] == counts[1]
    return results(place / "case", place / "out"), counts[0]


@pytest.mark.parametrize("cut", [1, 2, 40, 300, 600])
def test_a_ledger_whose_last_lines_were_never_written_is_continued(
    cut: int, records: Path, expected: dict[str, str], tmp_path: Path
) -> None:
    assert audit(records, tmp_path / "case") == 3
    ledger = tmp_path / "case" / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes()[:-cut])
    assert audit(records, tmp_path / "case") == 3
    assert results(tmp_path / "case", tmp_path / "out") == expected


# ── the pool, by the clock ──


@pytest.mark.parametrize("kill", [os.killpg, os.kill], ids=["the group", "the parent alone"])
@pytest.mark.parametrize("delay", [0.7, 1.3])
def test_a_pool_killed_by_the_clock_leaves_no_process_and_the_case_goes_on(
    kill: Callable[[int, int], None], delay: float, small: Path, small_results: dict[str, str], tmp_path: Path
) -> None:
    arguments = [PROGRAM, "audit", str(small), "--case", str(tmp_path / "case"), "--workers", "2"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(arguments, env=environment(), start_new_session=True, **quiet) as process:  # type: ignore[call-overload]
        time.sleep(delay)
        with suppress(ProcessLookupError):
            kill(process.pid, signal.SIGKILL)
    _all_gone(process.pid)
    assert audit(small, tmp_path / "case") == 3
    assert results(tmp_path / "case", tmp_path / "out") == small_results


def _all_gone(session: int) -> None:
    """Wait until no process of a session is alive."""
    deadline = time.monotonic() + 20
    while left := _alive(session):
        assert time.monotonic() < deadline, f"still alive: {left}"
        time.sleep(0.05)


def _alive(session: int) -> list[str]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            text = stat.read_text()
            state, _, _, its_session = text.rpartition(")")[2].split()[:4]
            if int(its_session) == session and state != "Z":
                found.append(text)
    return found


# ── any history ──


class History(RuleBasedStateMachine):
    """Records come, change and go; audits are killed or left alone.

    Law: the case ends like a fresh one that received, undisturbed, the same records in the same portions; and a line
    of the ledger, once whole, is never changed or lost.
    """

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="countersight-history-"))
        self.records, self.case = self.place / "records", self.place / "case"
        self.known: dict[str, bytes] = {}
        self.portions: list[list[tuple[str, bytes]]] = []
        self.ledger = b""

    @initialize()
    def begin(self) -> None:
        self.records.mkdir()

    @rule(name=st.sampled_from(["a.pdf", "b.txt", "c", "民.zip"]), data=st.sampled_from(list(RECORDS.values())))
    def add_or_change(self, name: str, data: bytes) -> None:
        self.known[_digest(data)] = data
        (self.records / name).write_bytes(data)

    @rule(name=st.sampled_from(["a.pdf", "b.txt"]))
    def take_away(self, name: str) -> None:
        (self.records / name).unlink(missing_ok=True)

    @rule(moment=st.integers(1, LAST))
    def audit_and_kill(self, moment: int) -> None:
        doomed(moment, *command(self.records, self.case))
        self._portion()

    @precondition(lambda self: self.known)
    @rule()
    def audit_in_peace(self) -> None:
        assert audit(self.records, self.case) in {0, 3}
        self._portion()

    def _portion(self) -> None:
        """Note what this audit received, by the ledger's whole lines."""
        before = len(_received(self.ledger))
        path = self.case / "ledger.jsonl"
        now = path.read_bytes() if path.exists() else b""
        now = now[: now.rfind(b"\n") + 1]
        assert now.startswith(self.ledger)
        self.ledger = now
        taken = [(re.sub(r" \(\d+\)$", "", name), self.known[digest]) for name, digest in _received(now)[before:]]
        self.portions += [taken] if taken else []

    @invariant()
    def no_record_is_received_twice(self) -> None:
        received = _received(self.ledger)
        assert len(received) == len(set(received))

    def teardown(self) -> None:
        try:
            self.audit_in_peace()
            assert results(self.case, self.place / "out") == self._undisturbed()
        finally:
            shutil.rmtree(self.place)

    def _undisturbed(self) -> dict[str, str]:
        case = self.place / "undisturbed"
        for number, portion in enumerate(self.portions or [[]]):
            folder = self.place / f"portion {number}"
            folder.mkdir()
            for name, data in portion:
                (folder / name).write_bytes(data)
            assert audit(folder, case) in {0, 3}
        return results(case, self.place / "out of the undisturbed")


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _received(ledger: bytes) -> list[tuple[str, str]]:
    entries = [json.loads(line) for line in ledger.splitlines()]
    return [(e["facts"]["name"], e["facts"]["digest"]) for e in entries if e["act"] == "received"]


def test_any_history_of_records_and_kills_ends_as_an_undisturbed_one(warm: None) -> None:
    """Twenty histories of up to ten steps, about half a second each."""
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=20, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
