"""Archives: ZIP, TAR (plain or packed), GZ, BZ2 and XZ. Their members go to the blob store one by one, in their order.

Names are labels and never paths: nothing is written under them, so ``../`` in a name does no harm. Directories are left
out; links and devices are recorded and not followed.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from io import BufferedReader
from pathlib import Path, PurePosixPath
from platform import python_version
from typing import BinaryIO, cast

from countersight.errors import ReadError
from countersight.model import Agent, Member, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read import ziptail
from countersight.read.charset import decode
from countersight.read.layout import counted
from countersight.read.members import DamagedError, Opened, Unpacking, allowed, names, watched
from countersight.read.sniff import is_office_zip, is_text, media_type, suffix

ZIP, TAR = "application/zip", "application/x-tar"
_AGENT = Agent("archive", f"1+python {python_version()}")
_PACKED = {"application/gzip": gzip.GzipFile, "application/x-bzip2": bz2.BZ2File, "application/x-xz": lzma.LZMAFile}
_TYPES = frozenset({ZIP, TAR, *_PACKED})
_NAMES = {
    ".zip": ZIP,
    ".tar": TAR,
    **dict.fromkeys((".gz", ".tgz"), "application/gzip"),
    **dict.fromkeys((".bz2", ".tbz", ".tbz2"), "application/x-bzip2"),
    **dict.fromkeys((".xz", ".txz"), "application/x-xz"),
}
_BLOCK = 512  # bytes: tar's unit
_HEADER = 1 << 24  # bytes that headers of a tar member may have; more is an attack on memory
_CHUNK = 1 << 20
_ENCRYPTED, _UTF8 = 1, 0x800  # flags of a zip entry
_LOCAL_HEADER = 30  # bytes of a zip entry's local header without its name and extra fields
_UNICODE_PATH = 0x7075  # extra field of a zip entry: its name in UTF-8 (APPNOTE.TXT 4.6.9)
_UNIX, _METHODS = 3, frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})
_GZ_EXTRA, _GZ_NAME = 4, 8  # flags of a gzip header (RFC 1952 §2.3.1)
_NO_NAME = "content"


@dataclass(frozen=True, slots=True)
class ArchiveReader:
    """Takes an archive apart. Its reading has no pages, only members."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """By how it begins, office documents left to others; by its name where that is neither known nor text."""
        found = media_type(head, name)
        if found in _TYPES:
            return None if found == ZIP and is_office_zip(head, name) else found
        if found is None and (_is_tar(head[:_BLOCK]) or not is_text(head)):
            return TAR if _is_tar(head[:_BLOCK]) else _NAMES.get(suffix(name))
        return None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Store the members. Raises ReadError: empty, damaged from the start, made to unpack without end."""
        del pages
        size = path.stat().st_size
        if size == 0:
            raise ReadError("empty: 0 bytes", status="skipped")
        work = _Work(Unpacking(limits, sink, allowed(size, limits)))
        if media_type == ZIP:
            _unzip(path, work)
        elif media_type == TAR:
            with path.open("rb") as stream:
                _untar(stream, work)
        else:
            _unpack(path, media_type, work)
        members = work.named()
        if work.reason and not members:
            raise ReadError(work.reason, way_out="get a whole copy of it")
        notes = (*work.notes, *(() if members else ("an archive of no files",)))
        status = Status.PARTIAL if work.reason else Status.READ
        return Reading(media_type, self.agent, status, members=members, notes=notes, reason=work.reason)


@dataclass(slots=True)
class _Work:
    """One archive being taken apart: its members, their names as they came, and why some of it was not read."""

    unpacking: Unpacking
    names: list[str | bytes] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reason: str = ""

    def room(self, total: int = 0) -> bool:
        """Whether another member may be taken; where not, the reason says so."""
        if self.unpacking.full:
            most = self.unpacking.limits.members
            self.reason = f"holds {total or 'more'} files, of which {most} may be taken: the rest were not read"
        return not self.unpacking.full

    def take(self, name: str | bytes, size: int, stream: Opened) -> None:
        """Store a member."""
        self.names.append(name)
        self.unpacking.take(_step(), size, stream)

    def refuse(self, name: str | bytes, size: int, fault: str) -> None:
        """Record a member that is not taken."""
        self.names.append(name)
        self.unpacking.refuse(_step(), size, fault)

    def named(self) -> tuple[Member, ...]:
        """The members under their names."""
        found = zip(self.unpacking.members, names(self.names), strict=True)
        return tuple(replace(member, step=("member", name)) for member, name in found)


def _step() -> tuple[str, str]:
    return ("member", "")  # names are given at the end, when all of them are known


# ── ZIP ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _unzip(path: Path, work: _Work) -> None:
    try:
        archive = _directory(path)
    except DamagedError as error:
        _unzip_without_directory(path, work, str(error))
        return
    with archive:
        entries = [info for info in archive.infolist() if info.file_size or not info.is_dir()]
        if _overlap(entries):
            raise ReadError("refused: its entries overlap, as in a bomb", status="skipped")
        for info in entries:
            if not work.room(len(entries)):
                break
            _zip_member(archive, info, work)


def _directory(path: Path) -> zipfile.ZipFile:
    """The open archive. Raises DamagedError where its directory is lost.

    Of a file cut off, the directory found may be the last stored zip's in it: then no entry lies where the file begins.
    """
    with watched():
        archive = zipfile.ZipFile(path)
    with path.open("rb") as stream:
        begins = stream.read(4) == b"PK\x03\x04"
    if begins and all(info.header_offset for info in archive.infolist()):
        archive.close()
        raise DamagedError("the one found is of an archive inside")
    return archive


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, work: _Work) -> None:
    name = _zip_name(info)
    if info.create_system == _UNIX and stat.S_ISLNK(info.external_attr >> 16):
        work.refuse(name, info.file_size, "symbolic link: not followed")
    elif fault := _sealed(info.flag_bits, info.compress_type):
        work.refuse(name, info.file_size, fault)
    else:
        work.take(name, info.file_size, lambda: cast(BinaryIO, archive.open(info)))


def _sealed(flags: int, method: int) -> str:
    """Why a zip entry cannot be unpacked; nothing if it can."""
    if flags & _ENCRYPTED:
        return "encrypted: needs its password"
    return "" if method in _METHODS else f"packed by a method (number {method}) that is not known here"


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether entries share bytes, which no archiver does, and by which a few bytes unpack to a great many."""
    end = 0
    for info in sorted(entries, key=lambda info: info.header_offset):
        if info.header_offset < end:
            return True
        end = info.header_offset + _LOCAL_HEADER + info.compress_size
    return False


def _zip_name(info: zipfile.ZipInfo) -> str | bytes:
    """The name where the entry says what it is in, else its bytes."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", "replace")
    return _unicode_path(info.extra, raw) or raw


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The UTF-8 name in the extra field; nothing where there is none or it is another name's."""
    at = 0
    while at + 9 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH and struct.unpack_from("<I", extra, at + 5)[0] == zlib.crc32(raw):
            return extra[at + 9 : at + 4 + length].decode("utf-8", "replace")
        at += 4 + length
    return ""


def _unzip_without_directory(path: Path, work: _Work, why: str) -> None:
    work.reason = f"damaged: its directory cannot be read ({why})"
    with path.open("rb") as file:
        for local, entry in ziptail.entries(file):
            if not work.room():
                return
            if local.name.endswith(b"/") and not local.packed:
                continue
            name = local.name.decode("utf-8", "replace") if local.flags & _UTF8 else local.name
            if fault := _sealed(local.flags, local.method if local.method in _SALVAGED else -1):
                work.refuse(name, local.size, fault)
            else:
                work.take(name, local.size, partial(_buffered, entry))
    if work.names:
        work.reason += f"; {counted(len(work.names), 'file')} found without it"


def _buffered(entry: ziptail.Entry) -> BinaryIO:
    return cast(BinaryIO, BufferedReader(entry))


_SALVAGED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

# ── TAR and packed files ─────────────────────────────────────────────────────────────────────────────────────────────


class _Bounded:
    """A stream for :mod:`tarfile`: forwards only, no more than allowed, no header of a monstrous size.

    ``last`` is what was read last: at the end of the members, the block that ended them.
    """

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream, self._most = stream, most
        self._at = 0
        self.last = b""

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes. Raises ReadError past what is allowed."""
        if not 0 <= size <= _HEADER:
            raise tarfile.ReadError(f"a header of {size} bytes")
        self.last = self._stream.read(size)
        self._moved(len(self.last))
        return self.last

    def _moved(self, by: int) -> None:
        self._at += by
        if self._at > self._most:
            raise ReadError("unpacks to more than allowed", status="skipped")

    def seek(self, to: int) -> int:
        """Skip forwards."""
        if to < self._at:
            raise tarfile.ReadError("a member that lies before its header")
        while self._at < to and (skipped := self._stream.read(min(_CHUNK, to - self._at))):
            self._moved(len(skipped))
        return self._at

    def tell(self) -> int:
        """The offset reached."""
        return self._at

    def rest(self) -> Iterator[bytes]:
        """What follows, in pieces."""
        while chunk := self.read(_CHUNK):
            yield chunk


def _untar(stream: BinaryIO, work: _Work) -> None:
    bounded = _Bounded(stream, work.unpacking.left)
    try:
        with watched():
            _tar_members(bounded, work)
    except ReadError as error:
        work.reason = error.what
    except DamagedError as error:
        work.reason = f"damaged: cannot be read to its end ({error})"


def _tar_members(bounded: _Bounded, work: _Work) -> None:
    stream = cast(BinaryIO, bounded)
    with tarfile.TarFile(fileobj=stream, encoding="utf-8", errors="surrogateescape") as archive:
        while (info := archive.next()) is not None:
            if not work.room():
                return
            _tar_member(archive, info, work)
            if work.unpacking.damage:
                raise tarfile.ReadError(work.unpacking.damage)
        if not bounded.last:
            work.notes.append("no mark of its end: it may have been cut off")
        elif bounded.last.strip(b"\0") or len(bounded.last) != _BLOCK:
            raise tarfile.ReadError("a member's header is broken")
        elif any(chunk.strip(b"\0") for chunk in bounded.rest()):
            work.reason = "what follows the mark of its end was not read"


_LONE = re.compile("[\ud800-\udfff]")  # a byte that is not UTF-8


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo, work: _Work) -> None:
    raw = info.name.encode("utf-8", "surrogateescape")
    name = raw if _LONE.search(info.name) else info.name
    if info.size < 0:
        raise tarfile.ReadError("a member of negative size")
    if info.isdir():
        return
    if info.issym() or info.islnk():
        work.refuse(name, 0, f"{'symbolic' if info.issym() else 'hard'} link: not followed")
    elif not info.isfile():
        work.refuse(name, 0, "a device or pipe, not a file")
    else:
        work.take(name, info.size, lambda: cast(BinaryIO, archive.extractfile(info)))


def _is_tar(block: bytes) -> bool:
    """Whether a block is a tar member's header: its checksum says so in every dialect."""
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.TarError:
        return False
    return True


def _packed(path: Path, media_type: str) -> BinaryIO:
    return cast(BinaryIO, _PACKED[media_type](path))


def _unpack(path: Path, media_type: str, work: _Work) -> None:
    """A packed file: a tar, or any one file."""
    try:
        with watched(), _packed(path, media_type) as stream:
            start = stream.read(_BLOCK)
    except DamagedError as error:
        raise ReadError(f"damaged: cannot be unpacked ({error})", way_out="get a whole copy of it") from error
    with _packed(path, media_type) as stream:
        if _is_tar(start):
            _untar(stream, work)
        else:
            work.take(_stated_name(path), 0, lambda: nullcontext(stream))
            work.reason = f"damaged: {work.unpacking.damage}" if work.unpacking.damage else ""


def _stated_name(path: Path) -> str:
    """The name in a gzip's header; nothing where there is none."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head[:2] != b"\x1f\x8b" or not head[3] & _GZ_NAME:
        return ""
    at = 12 + int.from_bytes(head[10:12], "little") if head[3] & _GZ_EXTRA else 10
    return decode(head[at:].partition(b"\0")[0]).text


def inner_name(outer: str) -> str:
    """What to call a member without a name: as its container without the ending, ``notes.txt`` in ``notes.txt.gz``."""
    ending = suffix(outer)
    name = PurePosixPath(outer).name[: -len(ending)] if ending in _NAMES else ""
    return name + (".tar" if ending.startswith(".t") else "") if name else _NO_NAME
