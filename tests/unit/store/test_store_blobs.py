from __future__ import annotations

import errno
import io
import pickle
import stat
from pathlib import Path

import pytest

from countersight.errors import ReadError, StorageError
from countersight.model import Digest
from countersight.store.blobs import Blobs


class Failing(io.BytesIO):
    """Gives some bytes, then what is raised."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(b"begun")
        self.error = error

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        if not data:
            raise self.error
        return data


def put(blobs: Blobs, data: bytes, limit: int = 1 << 30) -> Digest:
    return blobs(io.BytesIO(data), limit=limit)[0]


@pytest.mark.parametrize("data", [b"", b"x", "合同".encode(), bytes(range(256)) * 8200])
def test_bytes_lie_under_their_digest(tmp_path: Path, data: bytes) -> None:
    blobs = Blobs(tmp_path)
    digest, size = blobs(io.BytesIO(data), limit=len(data))
    assert (digest, size) == (Digest.of(data), len(data))
    assert blobs.path(digest).read_bytes() == data
    assert stat.S_IMODE(blobs.path(digest).stat().st_mode) == 0o444
    assert [path.name for path in tmp_path.iterdir()] == [digest]
    assert list(blobs.damaged()) == []


def test_a_blob_is_never_rewritten(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    digest = put(blobs, b"sealed")
    before = blobs.path(digest).stat()
    assert put(blobs, b"sealed") == digest
    after = blobs.path(digest).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert len(list(tmp_path.iterdir())) == 1


def test_not_even_a_damaged_one(tmp_path: Path) -> None:
    """Evidence that was tampered with is told, not quietly mended."""
    blobs = Blobs(tmp_path)
    digest = put(blobs, b"sealed")
    blobs.path(digest).chmod(0o644)
    blobs.path(digest).write_bytes(b"forged")
    put(blobs, b"sealed")
    assert blobs.path(digest).read_bytes() == b"forged"
    assert list(blobs.damaged()) == [blobs.path(digest)]


@pytest.mark.parametrize("limit", [0, 1, 4, (1 << 20) + 3])
def test_past_the_limit_nothing_is_left(tmp_path: Path, limit: int) -> None:
    with pytest.raises(ReadError, match=f"{limit:,} bytes"):
        put(Blobs(tmp_path), bytes(limit + 1), limit)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [ValueError("bad block"), KeyboardInterrupt(), MemoryError()])
def test_a_stream_that_breaks_leaves_nothing(tmp_path: Path, error: BaseException) -> None:
    with pytest.raises(type(error)):
        Blobs(tmp_path)(Failing(error), limit=100)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="full"):
        Blobs(tmp_path)(Failing(OSError(errno.ENOSPC, "full")), limit=100)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    digest = put(blobs, b"whole")
    for name in (".part-abc", ".part-"):
        (tmp_path / name).write_bytes(b"half")
    assert len(list(blobs.damaged())) == 2
    blobs.sweep()
    assert [path.name for path in tmp_path.iterdir()] == [digest]


def test_damage_is_named_in_order(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    digests = sorted(put(blobs, bytes([number])) for number in range(20))
    for digest in digests[::7]:
        blobs.path(digest).chmod(0o644)
        blobs.path(digest).write_bytes(b"other")
    (tmp_path / "a folder").mkdir()
    (tmp_path / "notes.txt").write_text("mine")
    expected = sorted([*digests[::7], "a folder", "notes.txt"])
    assert [path.name for path in blobs.damaged()] == expected


def test_a_folder_that_is_not_there_holds_nothing_damaged(tmp_path: Path) -> None:
    assert list(Blobs(tmp_path / "gone").damaged()) == []


def test_workers_are_handed_the_store(tmp_path: Path) -> None:
    blobs = pickle.loads(pickle.dumps(Blobs(tmp_path)))  # noqa: S301 (our own bytes)
    assert blobs.path(put(blobs, b"x")).exists()
