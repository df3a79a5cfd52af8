from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from countersight.errors import StorageError
from countersight.store import disk


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "quota"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "failing"),
        (errno.EACCES, "no permission"),
        (errno.EFBIG, "larger than this disk allows"),
    ],
)
def test_what_the_disk_refuses_names_the_place_and_the_way_out(tmp_path: Path, number: int, words: str) -> None:
    with pytest.raises(StorageError, match=words) as caught, disk.guarded(tmp_path):
        raise OSError(number, os.strerror(number))
    assert str(tmp_path) in caught.value.what
    assert "make room" in caught.value.way_out


def test_a_missing_file_is_not_the_disks_fault(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), disk.guarded(tmp_path):
        (tmp_path / "absent").read_bytes()


@pytest.mark.parametrize(
    "message", ["database or disk is full", "attempt to write a readonly database", "disk I/O error"]
)
def test_sqlite_says_the_same_in_other_words(tmp_path: Path, message: str) -> None:
    with pytest.raises(StorageError, match=message), disk.guarded(tmp_path):
        raise sqlite3.OperationalError(message)


def test_a_wrong_statement_is_a_bug_and_stays_one(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError), disk.guarded(tmp_path):
        raise sqlite3.OperationalError("no such table: x")


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    disk.replace(path, b"old")
    disk.replace(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_refused_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "case.toml"
    disk.replace(path, b"old")

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as out:
            out.write(data[:1])
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StorageError):
        disk.replace(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_left_half_written_is_swept_and_nothing_else(tmp_path: Path) -> None:
    disk.replace(tmp_path / "case.toml", b"whole")
    for name in (".case.toml.4711.part", ".SHA256SUMS.1.part"):
        (tmp_path / name).write_bytes(b"half")
    for name in (".lock", "a.part", ".hidden"):
        (tmp_path / name).touch()
    disk.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".hidden", ".lock", "a.part", "case.toml"]
