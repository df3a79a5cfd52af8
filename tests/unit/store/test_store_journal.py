from __future__ import annotations

import json
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from countersight.errors import IntegrityError, StorageError, UsageError
from countersight.ledger import GENESIS
from countersight.store.journal import Journal, now

ACTS: list[tuple[str, dict[str, Any]]] = [
    ("opened", {"format": 1}),
    ("received", {"name": "合同 “一”.pdf", "digest": None, "size": 0}),
    ("received", {"name": "b\\udcff", "size": 1.5}),
]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.jsonl"


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow past ``size`` bytes, as a full disk would."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)


def test_the_given_time_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    assert now() == "2023-11-14T22:13:20Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert now() == "1970-01-01T00:00:00Z"


@pytest.mark.parametrize("unset", [None, ""])
def test_without_one_the_clock_in_utc_is_read(monkeypatch: pytest.MonkeyPatch, unset: str | None) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.setattr("time.time", lambda: 86_399.9)
    if unset is None:
        monkeypatch.delenv("SOURCE_DATE_EPOCH")
    else:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", unset)
    assert now() == "1970-01-01T23:59:59Z"


@pytest.mark.parametrize("bad", ["yesterday", "1e9", "1700000000.5", "9" * 30, "9" * 5000, "-99999999999999", "nan"])
def test_a_bad_time_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch, path: Path, bad: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", bad)
    with pytest.raises(UsageError, match="not a number of seconds") as caught:
        Journal(path).append(ACTS)
    assert "1700000000" in caught.value.way_out
    assert not path.exists()


def test_a_new_journal_is_empty_and_writes_nothing(path: Path) -> None:
    assert Journal(path).entries == []
    assert Journal.resumed(path).entries == []
    assert not path.exists()


def test_what_was_appended_is_read_back_chained(path: Path) -> None:
    assert Journal(path).append(ACTS[:1]) == 1
    assert Journal(path).append(ACTS[1:]) == 2
    entries = Journal(path).entries
    assert [(entry.n, entry.act, entry.facts) for entry in entries] == [
        (number, act, facts) for number, (act, facts) in enumerate(ACTS, 1)
    ]
    assert [entry.previous for entry in entries] == [GENESIS, entries[0].hash, entries[1].hash]
    assert path.read_bytes() == b"".join(entry.line() for entry in entries)


def test_in_one_go_or_in_two_the_bytes_are_the_same(tmp_path: Path) -> None:
    Journal(tmp_path / "one").append(ACTS)
    for act in ACTS:
        Journal(tmp_path / "more").append([act])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "more").read_bytes()


def test_nothing_to_append_changes_nothing(path: Path) -> None:
    journal = Journal(path)
    journal.append(ACTS)
    before = path.read_bytes()
    assert journal.append([]) == 0
    assert path.read_bytes() == before


def test_each_line_is_on_disk_before_the_next_act_is_asked_for(path: Path) -> None:
    journal, seen = Journal(path), []

    def acts() -> Iterator[tuple[str, dict[str, Any]]]:
        for act in ACTS:
            seen.append(path.read_bytes().count(b"\n"))
            yield act

    journal.append(acts())
    assert seen == [0, 1, 2]


def test_an_intake_that_fails_keeps_what_it_had_taken_in(path: Path) -> None:
    def acts() -> Iterator[tuple[str, dict[str, Any]]]:
        yield from ACTS[:2]
        raise StorageError("evidence is full")

    journal = Journal(path)
    with pytest.raises(StorageError):
        journal.append(acts())
    assert Journal(path).entries == journal.entries
    assert len(journal.entries) == 2


@pytest.mark.parametrize("torn", [b"{", b'{"act":"received","at":"2023', b"\x00\x00\x00", b'{"act":"received"}'])
def test_a_torn_last_line_is_an_error_until_writing_is_resumed(path: Path, torn: bytes) -> None:
    Journal(path).append(ACTS[:2])
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    with pytest.raises(IntegrityError, match="line 3"):
        Journal(path)
    assert len(Journal(path, unfinished=True).entries) == 2
    assert path.read_bytes() == whole + torn, "looking changes nothing"
    resumed = Journal.resumed(path)
    assert path.read_bytes() == whole
    resumed.append(ACTS[2:])
    assert len(Journal(path).entries) == 3


def test_wherever_the_last_line_was_torn_the_journal_goes_on_to_the_same_bytes(path: Path) -> None:
    Journal(path).append(ACTS[:2])
    shorter = path.stat().st_size
    Journal(path).append(ACTS[2:])
    whole = path.read_bytes()
    for cut in range(shorter, len(whole)):
        path.write_bytes(whole[:cut])
        Journal.resumed(path).append(ACTS[2:])
        assert path.read_bytes() == whole, cut


def test_a_journal_that_is_nothing_but_a_torn_line_begins_anew(path: Path) -> None:
    path.write_bytes(b'{"act"')
    assert Journal.resumed(path).entries == []
    assert path.read_bytes() == b""


def test_a_broken_line_before_the_last_is_not_cut_off(path: Path) -> None:
    Journal(path).append(ACTS)
    lines = path.read_bytes().splitlines(keepends=True)
    broken = lines[0] + lines[1][:20] + b"\n" + lines[2]
    path.write_bytes(broken)
    for opened in (Journal, Journal.resumed):
        with pytest.raises(IntegrityError, match="line 2"):
            opened(path)
    assert path.read_bytes() == broken


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_flipped_bit_is_found_and_its_line_named(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "flip.jsonl"
    path.unlink(missing_ok=True)
    Journal(path).append(ACTS)
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 2))  # without its last line end the journal is torn, not changed
    changed = bytes([whole[at] ^ 1 << data.draw(st.integers(0, 7))])
    path.write_bytes(whole[:at] + changed + whole[at + 1 :])
    with pytest.raises(IntegrityError) as caught:
        Journal(path)
    line = whole[:at].count(b"\n") + 1
    assert f"ledger.jsonl line {line} " in caught.value.what
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("edit", ["swap", "drop", "repeat"])
def test_whole_lines_moved_are_found(path: Path, edit: str) -> None:
    Journal(path).append(ACTS)
    a, b, c = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join({"swap": [a, c, b], "drop": [a, c], "repeat": [a, b, b, c]}[edit]))
    with pytest.raises(IntegrityError, match=r"line [23]"):
        Journal(path)


def test_a_line_forged_with_a_fitting_hash_still_breaks_the_chain(path: Path) -> None:
    Journal(path).append(ACTS)
    first, second, third = path.read_bytes().splitlines(keepends=True)
    other = path.with_name("other")
    Journal(other).append([("opened", {"format": 1}), ("received", {"name": "forged", "digest": None, "size": 0})])
    forged = other.read_bytes().splitlines(keepends=True)[1]
    assert json.loads(forged)["previous"] == json.loads(second)["previous"]
    path.write_bytes(first + forged + third)
    with pytest.raises(IntegrityError, match="line 3 does not follow"):
        Journal(path)


def test_a_disk_that_fills_is_said_and_loses_nothing_that_was_written(path: Path) -> None:
    """Room for a part of the last line: a write that is cut short there must not pass for a whole one."""
    journal = Journal(path)
    journal.append(ACTS[:2])
    size = path.stat().st_size
    with room_for(size + 40), pytest.raises(StorageError, match="larger than this disk allows"):
        journal.append(ACTS[2:])
    assert len(journal.entries) == 2
    assert path.stat().st_size == size + 40
    resumed = Journal.resumed(path)
    assert path.stat().st_size == size
    resumed.append(ACTS[2:])
    assert Journal(path).entries[2].facts == ACTS[2][1]


def test_a_journal_that_may_not_be_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(path)

    def refuse(_number: int) -> None:
        raise OSError(5, os.strerror(5))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageError, match="failing"):
        journal.append(ACTS)
