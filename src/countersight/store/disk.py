"""Writing so that a full disk, a crash or a kill leaves the old file or the new one, and a clear error."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from countersight.errors import LockedError, StorageError

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EIO: "the disk is failing",
    errno.EACCES: "no permission to write",
    errno.EPERM: "no permission to write",
    errno.EFBIG: "the file is larger than this disk allows",
}
_WAY_OUT = "make room or choose another disk and run the same command again: what was done is kept"


@contextmanager
def guarded(where: Path) -> Iterator[None]:
    """Turn what the disk refuses into a StorageError that names the place and the way out."""
    try:
        yield
    except OSError as error:
        if error.errno not in _REASONS:
            raise
        raise StorageError(f"cannot write in {where}: {_REASONS[error.errno]}", way_out=_WAY_OUT) from error
    except sqlite3.OperationalError as error:
        if not any(word in str(error) for word in ("full", "readonly", "disk I/O")):
            raise
        raise StorageError(f"cannot write in {where}: {error}", way_out=_WAY_OUT) from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Be the only one who writes in a folder. Raises LockedError where another process does."""
    with guarded(folder), (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockedError(
                f"another process is writing to {folder}", way_out="wait until it ends, then run the command again"
            ) from error
        yield


def replace(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    with guarded(path.parent):
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            part.write_bytes(data)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what killed processes left half-written in a folder by :func:`replace`."""
    for part in folder.glob(".*.part"):
        part.unlink(missing_ok=True)
