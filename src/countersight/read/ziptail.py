"""A ZIP that has lost its end, where its directory stood: entries found by their local headers (APPNOTE.TXT 4.3.7)."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import RawIOBase
from typing import BinaryIO

_HEADER = struct.Struct("<4s2xHH4xIIIHH")
_MARK = b"PK\x03\x04"
_DESCRIPTOR = b"PK\x07\x08"
_LATER = 8  # flag: checksum and sizes follow the data
_UNKNOWN = 0xFFFFFFFF
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Local:
    """An entry by its local header: its bytes begin at ``data``; ``packed`` is how many, -1 where only they tell."""

    name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    data: int


class Entry(RawIOBase):
    """An entry's bytes, unpacked and checked. ``end`` is where the packed bytes end, once all was read.

    Reading raises EOFError where the file ends before the entry, BadZipFile where its checksum differs.
    """

    def __init__(self, file: BinaryIO, local: Local) -> None:
        self._file, self._local = file, local
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS) if local.method == zipfile.ZIP_DEFLATED else None
        self._checksum, self._left = 0, local.packed if local.packed >= 0 else 1 << 62
        self._rest = b""
        self.end = -1
        file.seek(local.data)

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # all it needs of a buffer
        """Fill the buffer; 0 at the end."""
        while self.end < 0:
            packed = self._rest or self._file.read(min(_CHUNK, self._left))
            self._left -= 0 if self._rest else len(packed)
            data = self._unpacked(packed, len(buffer))
            self._checksum = zlib.crc32(data, self._checksum)
            if self._inflate.eof if self._inflate else not self._left and not self._rest:
                self._finish()
            elif not packed and not data:
                raise EOFError("cut off")
            if data:
                buffer[: len(data)] = data
                return len(data)
        return 0

    def _unpacked(self, packed: bytes, most: int) -> bytes:
        if self._inflate:
            data = self._inflate.decompress(packed, most)
            self._rest = self._inflate.unconsumed_tail
            return data
        self._rest = packed[most:]
        return packed[:most]

    def _finish(self) -> None:
        self.end = self._file.tell() - (len(self._inflate.unused_data) if self._inflate else 0)
        stated = self._local.checksum
        if self._local.flags & _LATER:
            self._file.seek(self.end)
            descriptor = self._file.read(8).removeprefix(_DESCRIPTOR)[:4]
            stated = int.from_bytes(descriptor, "little") if len(descriptor) == 4 else stated  # noqa: PLR2004 (CRC-32)
        if stated != self._checksum:
            raise zipfile.BadZipFile("bad checksum")


def entries(file: BinaryIO) -> Iterator[tuple[Local, Entry]]:
    """The entries from the start, each with its bytes, which are to be read (or given up) before the next is asked for.

    Ends early where only the bytes of an entry could tell where it ends, and they were not read to their end.
    """
    at = 0
    while (at := _next(file, at)) >= 0:
        file.seek(at)
        fixed = file.read(_HEADER.size)
        if len(fixed) < _HEADER.size:
            return
        _, flags, method, checksum, packed, size, name_length, extra_length = _HEADER.unpack(fixed)
        name = file.read(name_length)
        data = at + _HEADER.size + name_length + extra_length
        told = packed != _UNKNOWN and (packed > 0 or not flags & _LATER)
        local = Local(name, flags, method, checksum, packed if told else -1, size, data)
        entry = Entry(file, local)
        yield local, entry
        at = data + packed if told else entry.end
        if at < 0:
            return


def _next(file: BinaryIO, at: int) -> int:
    """The offset of the next local header from ``at`` on, or -1."""
    file.seek(at)
    before = b""
    while chunk := file.read(_CHUNK):
        found = (before + chunk).find(_MARK)
        if found >= 0:
            return at - len(before) + found
        before = (before + chunk)[-len(_MARK) + 1 :]
        at = file.tell()
    return -1
