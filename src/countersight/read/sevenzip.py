"""7z archives: methods Copy, LZMA, LZMA2, Deflate and BZip2, with the filters Delta and BCJ. PPMd and BCJ2 are told of.

Written after the format's own description (7zFormat.txt and Methods.txt of the LZMA SDK, public domain); unpacking is
Python's. The checksum of each member is compared, and a member that would break a limit is never unpacked.
"""

from __future__ import annotations

import lzma
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BufferedIOBase, BytesIO
from pathlib import Path
from platform import python_version
from typing import BinaryIO, cast

from countersight.errors import ReadError
from countersight.model import Agent, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read.members import DamagedError, Unpacking, allowed, names, too_much, watched
from countersight.read.sevencodecs import STAGES, dictionary, pieces
from countersight.read.sniff import signature

MEDIA_TYPE = "application/x-7z-compressed"
_AGENT = Agent("7z", f"1+python {python_version()}")
_START = struct.Struct("<6s2xIQQI")  # mark, checksum of the rest; the header's offset, size and checksum
_LARGEST_HEADER = 64_000_000  # bytes
_SHARE = 2  # one part in this many of the memory allowed is for a dictionary
_END, _HEADER, _STREAMS, _FILES, _PACK, _UNPACK, _SUBSTREAMS = 0, 1, 4, 5, 6, 7, 8
_SIZE, _CRC, _FOLDER, _CODER_SIZES, _COUNTS, _EMPTY, _EMPTY_FILE, _NAMES = 9, 10, 11, 12, 13, 14, 15, 17
_ATTRIBUTES, _ENCODED = 21, 23
_AES = b"\x06\xf1\x07\x01"
_MISSING = (0, "damaged: its content is missing", None)
_LINK = 4096  # bytes of a path
_SEALED = "encrypted: needs its password"
_WAY_OUT = "get a whole copy of it, or repack it as .zip"


@dataclass(frozen=True, slots=True)
class SevenZipReader:
    """Takes an archive apart. Its reading has no pages, only members."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """By how it begins."""
        del name
        return MEDIA_TYPE if signature(head) == MEDIA_TYPE else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Store the members. Raises ReadError: damaged, encrypted, a header that no archive needs."""
        del pages
        unpacking = Unpacking(limits, sink, allowed(path.stat().st_size, limits))
        with path.open("rb") as stream:
            try:
                with watched():
                    archive = _Archive.of(stream, limits)
            except (DamagedError, IndexError) as error:
                raise ReadError(f"damaged: its header cannot be read ({error})", way_out=_WAY_OUT) from error
            left = archive.take(stream, unpacking, limits)
        found = zip(unpacking.members, names([entry.name for entry in archive.entries]), strict=False)
        members = tuple(replace(member, step=("member", name)) for member, name in found)
        reason = f"holds {left} more files than may be taken: they were not read" if left else ""
        notes = () if members else ("an archive of no files",)
        return Reading(
            media_type, _AGENT, Status.PARTIAL if reason else Status.READ, members=members, notes=notes, reason=reason
        )


class _Header:
    """Reads the header's numbers one after another. Raises ValueError past its end."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, size: int) -> bytes:
        if size > self.left:
            raise ValueError("it ends too early")
        self._at += size
        return self._data[self._at - size : self._at]

    @property
    def left(self) -> int:
        return len(self._data) - self._at

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self) -> int:
        """A number whose first byte tells, by its leading ones, how many bytes follow."""
        first, mask, value = self.byte(), 0x80, 0
        for position in range(8):
            if not first & mask:
                return value + ((first & (mask - 1)) << (8 * position))
            value |= self.byte() << (8 * position)
            mask >>= 1
        return value

    def count(self) -> int:
        """A number of things, each of which takes at least a bit of the header."""
        if (number := self.number()) > 8 * len(self._data):
            raise ValueError("it counts more than it can hold")
        return number

    def bits(self, count: int) -> list[bool]:
        data = self.take((count + 7) // 8)
        return [bool(data[n // 8] & 0x80 >> n % 8) for n in range(count)]

    def defined(self, count: int) -> list[bool]:
        return [True] * count if self.byte() else self.bits(count)

    def checksums(self, count: int) -> list[int | None]:
        return [struct.unpack("<I", self.take(4))[0] if there else None for there in self.defined(count)]

    def expect(self, kind: int) -> None:
        if self.byte() != kind:
            raise ValueError(f"no part of kind {kind} where one is due")


@dataclass(slots=True)
class _Folder:
    """Members packed as one stream: what unpacks it in order, where it lies, and what it holds."""

    coders: list[tuple[bytes, bytes, int]] = field(default_factory=list)  # method, properties, size unpacked
    outputs: int = 1
    order: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    checksums: list[int | None] = field(default_factory=list)
    packed: tuple[int, int] = (0, 0)
    whole: int | None = None
    streams: int = 1  # packed streams it is made of

    @classmethod
    def read(cls, header: _Header) -> _Folder:
        folder, inputs = cls(outputs=0), 0
        for _ in range(header.count()):
            flags = header.byte()
            method = header.take(flags & 0x0F)
            used, made = (header.count(), header.count()) if flags & 0x10 else (1, 1)
            properties = header.take(header.count()) if flags & 0x20 else b""
            folder.coders.append((method, properties, 0))
            inputs, folder.outputs = inputs + used, folder.outputs + made
        bound = {header.count(): header.count() for _ in range(folder.outputs - 1)}  # input: output
        folder.streams = inputs - len(bound)
        first = [header.count() for _ in range(folder.streams)] if folder.streams > 1 else []
        if inputs == folder.outputs == len(folder.coders) and not first:
            follows = {made: used for used, made in bound.items()}
            at: int | None = next((n for n in range(inputs) if n not in bound), None)
            while at is not None and at not in folder.order:
                folder.order.append(at)
                at = follows.get(at)
        return folder

    def fault(self, memory: int) -> str:
        """Why it cannot be unpacked; nothing if it can."""
        methods = [method for method, _, _ in self.coders]
        if _AES in methods:
            return _SEALED
        unknown = [method.hex() for method in methods if method not in STAGES]
        if unknown or not self.order or len(self.order) != len(self.coders):
            return f"packed by a method ({', '.join(unknown) or 'of several streams'}) that is not known here"
        if any(dictionary(method, properties) > memory // _SHARE for method, properties, _ in self.coders):
            return "needs more memory to unpack than is allowed"
        return ""

    def opened(self, stream: BinaryIO) -> Iterator[bytes]:
        """What it holds, in pieces."""
        data = pieces(stream, *self.packed)
        for at in self.order:
            method, properties, size = self.coders[at]
            data = STAGES[method](data, method, properties, size)
        return data


class _Content(BufferedIOBase):
    """One member of a folder's stream. Raises LZMAError at its end where the checksum is another."""

    def __init__(self, pieces: Iterator[bytes], rest: bytearray, size: int, checksum: int | None) -> None:
        self._pieces, self._rest, self.left, self._checksum, self._sum = pieces, rest, size, checksum, 0

    def read(self, size: int | None = -1, /) -> bytes:
        while self.left and not self._rest:
            if (piece := next(self._pieces, None)) is None:
                raise lzma.LZMAError(f"{self.left} bytes of it are missing")
            self._rest += piece
        wanted = min(self.left, len(self._rest), size if size is not None and size >= 0 else self.left)
        data = bytes(self._rest[:wanted])
        del self._rest[:wanted]
        self.left -= wanted
        self._sum = zlib.crc32(data, self._sum)
        if not self.left and self._checksum not in {None, self._sum}:
            raise lzma.LZMAError("its checksum is another")
        return data


@dataclass(slots=True)
class _Entry:
    name: str
    content: bool
    link: bool = False


@dataclass(slots=True)
class _Archive:
    folders: list[_Folder] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)

    @classmethod
    def of(cls, stream: BinaryIO, limits: Limits) -> _Archive:
        """The archive as its header tells. Raises ReadError where that is sealed, ValueError where it is damaged."""
        start = stream.read(_START.size)
        _, checksum, offset, size, header_sum = _START.unpack(start)
        if zlib.crc32(start[12:]) != checksum:
            raise ValueError("the checksum of its beginning is another")
        most = min(_LARGEST_HEADER, limits.memory // 8)
        data = b"".join(pieces(stream, _START.size + offset, min(size, most))) if size else b""
        archive = cls()
        if len(data) < min(size, most):
            raise ValueError("it is missing")
        while data:
            if len(data) >= most:
                raise ReadError("too large: its header", status="skipped", way_out=_WAY_OUT)
            if zlib.crc32(data) != header_sum:
                raise ValueError("its checksum is another")
            header = _Header(data)
            if (kind := header.byte()) == _HEADER:
                archive._header(header)
                break
            if kind != _ENCODED:
                raise ValueError(f"unknown kind {kind}")
            (folder,) = _folders(header)
            if fault := folder.fault(limits.memory):
                raise ReadError(fault, status="failed" if fault == _SEALED else "skipped", way_out=_WAY_OUT)
            total = min(sum(folder.sizes), most)
            content = _Content(folder.opened(stream), bytearray(), total, None)
            data = b"".join(iter(content.read, b""))
            header_sum = folder.whole if folder.whole is not None else zlib.crc32(data)
        return archive

    def _header(self, header: _Header) -> None:
        while (kind := header.byte()) != _END:
            if kind == _STREAMS:
                self.folders = _folders(header)
            elif kind == _FILES:
                self._files(header)
            else:
                raise ValueError(f"unknown part {kind}")

    def _files(self, header: _Header) -> None:
        count = header.count()
        named, links = [""] * count, [False] * count
        empty, files = [False] * count, [False] * count
        while (kind := header.byte()) != _END:
            part = _Header(header.take(header.number()))
            if kind == _EMPTY:
                empty = part.bits(count)
            elif kind == _EMPTY_FILE:
                bits = iter(part.bits(sum(empty)))
                files = [none and next(bits) for none in empty]
            elif kind == _NAMES and not part.byte():
                text = part.take(part.left).decode("utf-16-le", "replace")
                named = [*text.split("\0")[:count], *named][:count]
            elif kind == _ATTRIBUTES:
                there = part.defined(count)
                part.byte()
                links = [is_there and stat.S_ISLNK(struct.unpack("<I", part.take(4))[0] >> 16) for is_there in there]
        found = zip(named, empty, files, links, strict=True)
        self.entries = [_Entry(name, not none, link) for name, none, file, link in found if not none or file]

    def take(self, stream: BinaryIO, unpacking: Unpacking, limits: Limits) -> int:
        """Store the members in their order; how many were left because there are more than allowed."""
        contents = self._contents(stream, limits)
        for number, entry in enumerate(self.entries):
            if unpacking.full:
                return len(self.entries) - number
            step = ("member", "")
            size, fault, content = next(contents, _MISSING) if entry.content else (0, "", BytesIO())
            if fault or content is None:
                unpacking.refuse(
                    step, size, fault, Status.SKIPPED if not fault.startswith("damaged") else Status.FAILED
                )
            elif entry.link:
                unpacking.refuse(step, size, "symbolic link: not followed")
                content.read(_LINK)  # what it points to, so that the next member is read from its beginning
            else:
                unpacking.take(step, size, lambda content=content: cast(BinaryIO, content))  # type: ignore[misc]
        return 0

    def _contents(self, stream: BinaryIO, limits: Limits) -> Iterator[tuple[int, str, _Content | None]]:
        """Of each member that holds something: its size, why it cannot be read, and its content."""
        for folder in self.folders:
            fault = folder.fault(limits.memory)
            unpacked, rest = iter(()) if fault else folder.opened(stream), bytearray()
            for size, checksum in zip(folder.sizes, folder.checksums, strict=True):
                content = None if fault else _Content(unpacked, rest, size, checksum)
                yield size, fault, content
                if content is not None and content.left:
                    fault = too_much(size) if content.left == size else "damaged: the one packed before it is"


def _folders(header: _Header) -> list[_Folder]:
    """The folders, where they lie and what they hold."""
    position, packed = 0, list[int]()
    folders: list[_Folder] = []
    split = False
    while (kind := header.byte()) != _END:
        if kind == _PACK:
            position, packed = header.number(), _packed_sizes(header)
        elif kind == _UNPACK:
            folders = _unpacked(header)
        elif kind == _SUBSTREAMS:
            split = True
            _substreams(header, folders)
        else:
            raise ValueError(f"unknown part {kind}")
    at = _START.size + position
    for folder in folders:
        if not split:
            folder.sizes, folder.checksums = [folder.sizes[-1]], [folder.whole]
        own, packed = packed[: folder.streams], packed[folder.streams :]
        folder.packed = at, own[0]
        at += sum(own)
    return folders


def _packed_sizes(header: _Header) -> list[int]:
    count, sizes = header.count(), list[int]()
    while (kind := header.byte()) != _END:
        if kind == _SIZE:
            sizes = [header.number() for _ in range(count)]
        elif kind == _CRC:
            header.checksums(count)
        else:
            raise ValueError(f"unknown part {kind}")
    return sizes


def _unpacked(header: _Header) -> list[_Folder]:
    header.expect(_FOLDER)
    count = header.count()
    if header.byte():
        raise ValueError("its folders lie elsewhere")
    folders = [_Folder.read(header) for _ in range(count)]
    header.expect(_CODER_SIZES)
    for folder in folders:
        sizes = [header.number() for _ in range(folder.outputs)]
        if folder.order:
            folder.coders = [(*coder[:2], size) for coder, size in zip(folder.coders, sizes, strict=True)]
        folder.sizes = [sizes[folder.order[-1]] if folder.order else max(sizes)]
    while (kind := header.byte()) != _END:
        if kind != _CRC:
            raise ValueError(f"unknown part {kind}")
        for folder, checksum in zip(folders, header.checksums(count), strict=True):
            folder.whole = checksum
    return folders


def _substreams(header: _Header, folders: list[_Folder]) -> None:
    counts = [1] * len(folders)
    kind = header.byte()
    if kind == _COUNTS:
        counts = [header.count() for _ in folders]
        kind = header.byte()
    for folder, count in zip(folders, counts, strict=True):
        first = [header.number() for _ in range(count - 1)] if kind == _SIZE else []
        folder.sizes = [*first, folder.sizes[0] - sum(first)] if count else []
        if any(size < 0 for size in folder.sizes) or len(folder.sizes) != count:
            raise ValueError("members larger than what holds them")
        folder.checksums = [folder.whole] if count == 1 else [None] * count
    if kind == _SIZE:
        kind = header.byte()
    if kind == _CRC:
        unknown = [f for f in folders if f.checksums != [f.whole] or f.whole is None]
        found = iter(header.checksums(sum(len(f.sizes) for f in unknown)))
        for folder in unknown:
            folder.checksums = [next(found) for _ in folder.sizes]
        kind = header.byte()
    if kind != _END:
        raise ValueError(f"unknown part {kind}")
