"""Web captures (WARC, ISO 28500; packed or not): every page and file captured is a member, numbered by its record.

The container's own text has, for each record, what kind it is, the address, the time of capture and what the server
said; so a member ``7 https://…`` is dated by record 7. Of a request its first line is told, and what was sent with it
is a member; its other fields may hold passwords and are left out. A revisit holds no content and tells where it is.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from countersight.errors import ReadError
from countersight.model import Agent, PageFault, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read.fieldtext import FieldPages
from countersight.read.headers import day
from countersight.read.httpbody import Message, header
from countersight.read.layout import counted
from countersight.read.members import Unpacking, allowed

MEDIA_TYPE = "application/warc"
_AGENT = Agent("warc", "1")
_GZIP = b"\x1f\x8b"
_BEGIN = re.compile(rb"WARC/\d")
_CHUNK = 1 << 16  # bytes
_LINE = 1 << 16  # bytes of a line
_FIELDS = 1 << 18  # bytes of a record of fields that are shown
_NAME = 1000  # characters of an address in a member's name
_SHOWN = ("target-uri", "date", "ip-address", "refers-to-target-uri", "refers-to-date", "profile", "truncated")
_ANSWER = ("content-type", "last-modified", "location", "content-disposition")
_PRINTED = {"target-uri": "WARC-Target-URI", "ip-address": "WARC-IP-Address"}
_PRINTED |= {"refers-to-target-uri": "WARC-Refers-To-Target-URI"}
_SHA1 = partial(hashlib.sha1, usedforsecurity=False)
_HASHES: dict[str, Callable[[], hashlib._Hash]] = {
    "sha1": _SHA1,
    "sha-1": _SHA1,
    "sha256": hashlib.sha256,
    "sha-256": hashlib.sha256,
}
_DATE = re.compile(r"\d{4}[-\dT:.]{0,36}Z?")  # a record's, as in ISO 8601
_LISTED = 20  # numbers of records named in a note
_PLURAL = {"warcinfo": "warcinfo", "metadata": "metadata"}


@dataclass(frozen=True, slots=True)
class WarcReader:
    """Takes a web capture apart. Its text tells of each record; what was captured is read as members."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """By its first record, also where that is packed by gzip."""
        del name
        return MEDIA_TYPE if _BEGIN.match(_unpacked(head) if head.startswith(_GZIP) else head) else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Store what was captured (unless only later pages are asked for). Raises ReadError: empty, nothing in it."""
        size = path.stat().st_size
        if size == 0:
            raise ReadError("empty: 0 bytes", status="skipped")
        unpacking = Unpacking(limits, sink, allowed(size, limits))
        with path.open("rb") as file:
            packed = file.read(len(_GZIP)) == _GZIP
            file.seek(0)
            stream = gzip.GzipFile(fileobj=file) if packed else file
            walk = _Walk(FieldPages(pages), unpacking, _Source(cast(BinaryIO, stream)), taking=pages is None)
            walk.records()
        reason = walk.reason()
        if not walk.kinds:
            raise ReadError(reason or "holds no record", way_out="get a whole copy of it")
        read, total = walk.out.finished()
        return Reading(
            media_type,
            self.agent,
            Status.PARTIAL if reason else Status.READ,
            read,
            total,
            tuple(unpacking.members),
            (PageFault(total or 1, reason),) if reason else (),
            tuple(walk.notes()),
            reason,
            dated=day(walk.begun) if walk.begun else None,
        )


def _unpacked(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(head, len(head))
    except zlib.error:
        return b""


class _Source:
    """The stream of records. Where it is damaged, it ends there, and ``damage`` says so."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.damage = ""

    def read(self, size: int, /) -> bytes:
        return self._tried(self._stream.read, size)

    def readline(self, size: int, /) -> bytes:
        return self._tried(self._stream.readline, size)

    def _tried(self, act: Callable[[int], bytes], size: int) -> bytes:
        try:
            return b"" if self.damage else act(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            self.damage = f"its packing is damaged ({str(error).strip().rstrip('.')})"
            return b""


class _Block:
    """What a record holds: as many bytes as it says, hashed as they go by. ``left`` says how many are still to come."""

    def __init__(self, source: _Source, size: int, digest: str) -> None:
        self._source, self.left = source, size
        name, _, stated = digest.partition(":")
        self._stated = stated.strip()
        self._hash = _HASHES[name.strip().lower()]() if name.strip().lower() in _HASHES else None

    def read(self, size: int, /) -> bytes:
        return self._passed(self._source.read(min(size, self.left)))

    def readline(self, size: int, /) -> bytes:
        return self._passed(self._source.readline(min(size, self.left)))

    def _passed(self, data: bytes) -> bytes:
        self.left -= len(data)
        if self._hash:
            self._hash.update(data)
        return data

    def drain(self) -> None:
        """Go to the end."""
        while self.left and self.read(_CHUNK):
            pass

    def fits(self) -> bool:
        """Whether the bytes are those of which the record states the digest, in hexadecimal or in base 32."""
        if not self._hash or self.left:
            return True
        if self._stated.lower() == self._hash.hexdigest():
            return True
        try:
            return base64.b32decode(self._stated.upper()) == self._hash.digest()
        except (binascii.Error, ValueError):
            return False


@dataclass(slots=True)
class _Record:
    """A record: its number from 1, its fields without ``warc-``, and what it holds."""

    number: int
    fields: dict[str, str]
    block: _Block
    faults: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.fields.get("type", "").lower() or "record of no type"

    @property
    def url(self) -> str:
        return self.fields.get("target-uri", "").strip().strip("<>")

    @property
    def content(self) -> str:
        return self.fields.get("content-type", "").lower()


@dataclass(slots=True)
class _Walk:
    """Goes through the records, writes what is told of each and stores what was captured."""

    out: FieldPages
    unpacking: Unpacking
    source: _Source
    taking: bool
    kinds: Counter[str] = field(default_factory=Counter)
    begun: str = ""
    numbers: dict[str, int] = field(default_factory=dict)
    partners: dict[str, int] = field(default_factory=dict)
    captured: set[tuple[str, str]] = field(default_factory=set)
    elsewhere: int = 0
    strange: int = 0
    reasons: list[str] = field(default_factory=list)
    unfit: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)

    def records(self) -> None:
        """Read to the end."""
        for record in self._records():
            self.kinds[record.kind] += 1
            self.begun = self.begun or record.fields.get("date", "")
            self._told(record)
            record.block.drain()
            self._checked(record)

    def _records(self) -> Iterator[_Record]:
        number = 0
        while line := self.source.readline(_LINE):
            if not _BEGIN.match(line):
                self.strange += len(line.strip())
                continue
            number += 1
            fields = {name.removeprefix("warc-"): value for name, value in reversed(list(header(self.source)))}
            size = fields.get("content-length", "")
            if not size.isdecimal() or len(size) > len(str(1 << 60)):
                self.reasons.append(f"record {number} does not say how long it is")
                size = "0"
            yield _Record(number, fields, _Block(self.source, int(size), fields.get("block-digest", "")))

    def _told(self, record: _Record) -> None:
        self.out.heading(f"{record.number} {record.kind} {record.url}".rstrip())
        for name in _SHOWN:
            if name in record.fields:
                self.out.field(_PRINTED.get(name, f"WARC-{name.title()}"), record.fields[name])
        self._linked(record)
        if record.kind in {"warcinfo", "metadata"} and "warc-fields" in record.content and record.block.left < _FIELDS:
            self._fields(record)
        elif record.kind == "revisit":
            self._revisit(record)
        elif record.content.startswith("application/http") and record.kind in {"response", "request"}:
            self._http(record)
        elif record.block.left:
            self._stored(record, lambda: Message("", {}).body(record.block))
        if record.fields.get("segment-number"):
            self.reasons.append(f"record {record.number} is a piece of one cut in several, which are not joined")
        self.captured.add((record.url, record.fields.get("date", "")))

    def _linked(self, record: _Record) -> None:
        """Tell which request and response belong together."""
        own, other = record.fields.get("record-id", ""), record.fields.get("concurrent-to", "")
        partner = self.numbers.get(other) or self.partners.get(own)
        if own:
            self.numbers[own] = record.number
        if other:
            self.partners[other] = record.number
        if partner:
            self.out.field("Belongs-To", f"record {partner}")

    def _fields(self, record: _Record) -> None:
        links = 0
        for name, value in header(record.block):
            links += name == "outlink"
            if name != "outlink":
                self.out.field(name, value)
        if links:
            self.out.field("outlinks", f"{links} not listed")

    def _revisit(self, record: _Record) -> None:
        original = (record.fields.get("refers-to-target-uri", ""), record.fields.get("refers-to-date", ""))
        here = self.numbers.get(record.fields.get("refers-to", ""))
        self.elsewhere += not here and original not in self.captured
        if here:
            self.out.field("Content", f"record {here}")
        if record.content.startswith("application/http"):
            self._answer(Message.of(record.block))

    def _http(self, record: _Record) -> None:
        message = Message.of(record.block)
        if record.kind == "request":
            self.out.field("Request", " ".join(message.start.split()[:1]))
        else:
            self._answer(message)
        if record.block.left or record.kind == "response":
            self._stored(record, lambda: message.body(record.block))
        record.faults += message.faults

    def _answer(self, message: Message) -> None:
        self.out.field("HTTP-Status", message.start.partition(" ")[2])
        for name in _ANSWER:
            if name in message.fields:
                self.out.field(name.title(), message.fields[name])

    def _stored(self, record: _Record, opened: Callable[[], BinaryIO]) -> None:
        if not self.taking:
            return
        if self.unpacking.full:
            most = self.unpacking.limits.members
            self.reasons.append(f"holds more than the {most} files that may be taken: the rest were not read")
            return
        kind = "" if record.kind in {"response", "resource"} else f"{record.kind} "
        name = f"{record.number} {kind}{record.url[:_NAME]}".rstrip()
        self.unpacking.take(("member", name), 0, lambda: nullcontext(opened()))
        if date := _DATE.fullmatch(record.fields.get("date", "").strip()):
            self.unpacking.members[-1] = replace(self.unpacking.members[-1], note=f"captured {date[0]}")

    def _checked(self, record: _Record) -> None:
        if record.block.left:
            self.reasons.append(f"ends inside record {record.number}: {record.block.left:,} bytes of it are missing")
        self.reasons += [f"record {record.number}: {fault}" for fault in record.faults]
        if record.fields.get("truncated"):
            self.cut.append(record.number)
        if not record.block.fits():
            self.unfit.append(record.number)

    def reason(self) -> str:
        """Why not all of it was read; nothing where all was."""
        damage = [f"damaged: {self.source.damage}"] if self.source.damage else []
        strange = [f"damaged: {self.strange:,} bytes between its records are no record"] if self.strange else []
        return "; ".join(dict.fromkeys([*damage, *strange, *self._few(self.reasons)]))

    @staticmethod
    def _few(reasons: list[str]) -> list[str]:
        more = len(reasons) - _LISTED
        return [*reasons[:_LISTED], f"and {more:,} more of the kind"] if more > 0 else reasons

    def notes(self) -> Iterator[str]:
        """What a user must know of it."""
        yield "web capture, " + ", ".join(
            f"{number} {kind}" if kind in _PLURAL else counted(number, kind)
            for kind, number in sorted(self.kinds.items())
        )
        if self.cut:
            yield f"cut off when captured (WARC-Truncated): {_numbers(self.cut)}"
        if self.unfit:
            yield f"bytes that do not fit the digest stated when captured: {_numbers(self.unfit)}"
        if self.elsewhere:
            yield f"{counted(self.elsewhere, 'revisit')} of content captured before, which is not in this file"


def _numbers(numbers: list[int]) -> str:
    more = f" and {len(numbers) - _LISTED:,} more" if len(numbers) > _LISTED else ""
    return f"{'record' if len(numbers) == 1 else 'records'} {', '.join(map(str, numbers[:_LISTED]))}{more}"
