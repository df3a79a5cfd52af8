"""Embedded objects (MS-OLEDS, MS-CFB): the file inside its wrapping, where there is one."""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import olefile

from countersight.errors import ReadError
from countersight.read.charset import decode
from countersight.read.sniff import OLE2

# What olefile raises for damaged files: its own error is an OSError.
_DAMAGE = (OSError, ValueError, IndexError, KeyError, struct.error, TypeError, AttributeError, OverflowError)
_EMBEDDED = 2  # the form of an object that holds its data
_WHOLE = ("Package", "CONTENTS", "Contents")  # streams that are the file itself


@contextmanager
def opened(path: Path) -> Iterator[olefile.OleFileIO]:
    """An open compound file. Raises ReadError where it is empty or damaged, also while it is used."""
    if path.stat().st_size == 0:
        raise ReadError("empty: 0 bytes", status="skipped")
    with damage(), olefile.OleFileIO(path) as ole:
        _bound(ole, path.stat().st_size)
        yield ole


def _bound(ole: olefile.OleFileIO, most: int) -> None:
    """No stream or table is longer than its file; of one that runs in circles, olefile would read all it says."""
    for entry in filter(None, ole.direntries):
        entry.size = min(entry.size, most)
    ole.num_mini_fat_sectors = min(ole.num_mini_fat_sectors, most // ole.sector_size + 1)


@contextmanager
def damage() -> Iterator[None]:
    """Turn what olefile raises for damaged files into ReadError; leave errors of the disk alone."""
    try:
        yield
    except _DAMAGE as error:
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise  # of the disk
        raise ReadError(f"damaged: cannot be read ({error})", way_out="get a whole copy of it") from error


def unwrapped(data: bytes) -> tuple[str, bytes]:
    """The name (or nothing) and bytes of the file in an object's data; the data itself where it is no wrapping."""
    if not data.startswith(OLE2):
        return "", data
    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            _bound(ole, len(data))
            if ole.exists("\x01Ole10Native"):
                return _native(ole.openstream("\x01Ole10Native").read()[4:]) or ("", data)
            whole = next((name for name in _WHOLE if ole.exists(name)), "")
            return ("", ole.openstream(whole).read()) if whole else ("", data)
    except _DAMAGE:
        return "", data


def embedded(data: bytes) -> tuple[str, bytes]:
    """The class or name and bytes of an object as RTF holds it (MS-OLEDS §2.2.5); no bytes where it is only a link."""
    form = int.from_bytes(data[4:8], "little")
    name, at = _counted(data, 8)
    for _ in range(2):  # topic and item
        at = _counted(data, at)[1]
    size = int.from_bytes(data[at : at + 4], "little")
    inside = data[at + 4 : at + 4 + size]
    if form != _EMBEDDED or not inside:
        return name, b""
    if name == "Package":
        return _native(inside) or (name, inside)
    named, inside = unwrapped(inside)
    return named or name, inside


def _counted(data: bytes, at: int) -> tuple[str, int]:
    """A text that tells its length, and where it ends."""
    size = int.from_bytes(data[at : at + 4], "little")
    raw = data[at + 4 : at + 4 + size].rstrip(b"\0")
    return decode(raw).text, at + 4 + size


def _native(data: bytes) -> tuple[str, bytes] | None:
    """Name and bytes of a file packed by Windows' Packager; None where it is nothing of the kind."""
    label, _, rest = data[2:].partition(b"\0")
    rest = rest.partition(b"\0")[2]  # the path it came from
    if len(rest) < 12 or rest[2:4] != b"\x03\0":  # noqa: PLR2004 (two words, two lengths)
        return None
    path = int.from_bytes(rest[4:8], "little")
    at = 8 + path
    size = int.from_bytes(rest[at : at + 4], "little")
    inside = rest[at + 4 : at + 4 + size]
    return (decode(label).text, inside) if inside else None
