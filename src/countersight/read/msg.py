"""Outlook messages (.msg, MS-OXMSG): fields and body as of any mail; attachments as files of their own.

The fields are those the message came with; what they lack (a message never sent has none) is taken from its properties.
The body is the plain text; HTML and rich text are read as the mail reader reads HTML. A message attached to it becomes
an .msg file, as Outlook itself would save it, and an embedded object a compound file: their streams are unchanged.

The container is read through olefile. python-oxmsg, which builds on it, is not used: it gives up a message whose text
is in a code page such as 950 or holds one undecodable byte, and leaves attached messages out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.message import Message
from email.mime.text import MIMEText
from email.parser import BytesParser
from email.policy import compat32
from email.utils import format_datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import olefile

from countersight.errors import ReadError
from countersight.model import Agent, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read import cfb, rtf
from countersight.read.charset import decode
from countersight.read.codepages import label
from countersight.read.headers import values
from countersight.read.lzfu import unpacked
from countersight.read.mail import Walk
from countersight.read.members import allowed
from countersight.read.ole import damage, opened, unwrapped
from countersight.read.rtftext import RtfText
from countersight.read.sniff import media_type as sniffed

MEDIA_TYPE = "application/vnd.ms-outlook"
_AGENT = Agent("msg", f"1+olefile {version('olefile')}")
_MEMORY_PER_BYTE = 8  # of the file, for a stream, its text and what is made of it
_PROPERTIES = "__properties_version1.0"
_NAMES = "__nameid_version1.0"
_HEADER_TOP, _HEADER_INNER, _HEADER_PART = 32, 24, 8  # bytes before the properties (MS-OXMSG §2.4.1)
_PROPERTY = struct.Struct("<HHI8s")
_HEADER = "OLE header"  # faults in fields of it that nothing depends on
_TEXT, _BYTES_OF_TEXT, _BINARY, _OBJECT = 0x001F, 0x001E, 0x0102, 0x000D
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
# Properties by number (MS-OXPROPS).
_CLASS, _SUBJECT, _SENT, _HEADERS, _DELIVERED = 0x001A, 0x0037, 0x0039, 0x007D, 0x0E06
_SENDER, _SENDER_MAIL, _SENDER_SMTP, _ON_BEHALF, _ON_BEHALF_MAIL = 0x0C1A, 0x0C1F, 0x5D01, 0x0042, 0x0065
_KIND, _BODY, _RTF, _HTML = 0x0C15, 0x1000, 0x1009, 0x1013
_NAME, _MAIL, _SMTP = 0x3001, 0x3003, 0x39FE
_DATA, _SHORT_NAME, _LONG_NAME, _PATH, _MIME = 0x3701, 0x3704, 0x3707, 0x370D, 0x370E
_INTERNET_PAGE, _PAGE = 0x3FDE, 0x3FFD
_ROLES = {1: "To", 2: "Cc", 3: "Bcc"}


@dataclass(frozen=True, slots=True)
class MsgReader:
    """Reads one message as one page."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """By how it begins; by its name where that leaves open what is in the container."""
        return MEDIA_TYPE if sniffed(head, name) == MEDIA_TYPE else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Read fields and body, store the rest. Raises ReadError: empty, damaged, too large, not a message."""
        size = path.stat().st_size
        if size * _MEMORY_PER_BYTE > limits.memory:
            raise ReadError("too large for one mail", status="skipped", way_out="allow more memory per item")
        walk = Walk(limits, sink, crlf=True)
        walk.unpacking.left = allowed(size, limits)  # streams may share bytes
        with opened(path) as ole:
            item = _Item(ole, (), _HEADER_TOP)
            if not item.properties and not item.has(_SUBJECT, _BODY, _CLASS):
                raise ReadError("not an Outlook message: no properties in it", status="skipped")
            header = _header(item)
            dated = walk.fields(header)
            with _told("its text", walk):
                _body(item, walk)
            _attached(item, walk)
            walk.notes += _class(item)
            walk.reasons += sorted({f"damaged: {issue}" for _, issue in ole.parsing_issues if _HEADER not in issue})
        reason = "; ".join(dict.fromkeys(walk.reasons))
        return Reading(
            media_type,
            self.agent,
            Status.PARTIAL if reason else Status.READ,
            (walk.out.page(),) if pages is None or 0 in pages else (),
            members=walk.members(),
            notes=tuple(dict.fromkeys(walk.notes)),
            reason=reason,
            title=next((value for value in values(header, "subject") if value), None),
            dated=dated,
        )


@dataclass(frozen=True)
class _Item:
    """A message, recipient or attachment: a storage of the container and its properties."""

    ole: olefile.OleFileIO
    path: tuple[str, ...]
    header: int

    @cached_property
    def properties(self) -> dict[int, bytes]:
        """Values of eight bytes by number: whole for numbers and times."""
        name = (*self.path, _PROPERTIES)
        data = self.ole.openstream(name).read()[self.header :] if self.ole.exists(name) else b""
        rows = _PROPERTY.iter_unpack(data[: len(data) // _PROPERTY.size * _PROPERTY.size])
        return {number: value for _, number, _, value in rows}

    def stream(self, number: int, kind: int) -> tuple[str, ...]:
        """The path of a property of variable length."""
        return (*self.path, f"__substg1.0_{number:04X}{kind:04X}")

    def has(self, *numbers: int) -> bool:
        """Whether it has any of these properties as text."""
        return any(self.ole.exists(self.stream(n, kind)) for n in numbers for kind in (_TEXT, _BYTES_OF_TEXT))

    def bytes(self, number: int, kind: int = _BINARY) -> bytes:
        """A property's bytes; none where there is none."""
        name = self.stream(number, kind)
        return bytes(self.ole.openstream(name).read()) if self.ole.exists(name) else b""

    def number(self, number: int) -> int:
        """A property that is a number; 0 where there is none."""
        return int.from_bytes(self.properties.get(number, b"")[:4], "little")

    def text(self, number: int, page: int = 0) -> str:
        """A property that is text; ``page`` is the code page of one in bytes, where the message states none."""
        if wide := self.bytes(number, _TEXT):
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        data = self.bytes(number, _BYTES_OF_TEXT).rstrip(b"\0")
        stated = self.number(_PAGE) or page
        return decode(data, label(stated) if stated else None).text if data else ""

    def first(self, *numbers: int) -> str:
        """The first of these properties that has any text."""
        return next(filter(None, (self.text(number).strip() for number in numbers)), "")

    def parts(self, kind: str, header: int) -> Iterator[_Item]:
        """The recipients or attachments, in their order."""
        found = {entry[len(self.path)] for entry in self.ole.listdir(streams=False, storages=True) if self._has(entry)}
        return (
            _Item(self.ole, (*self.path, n), header) for n in sorted(found) if n.startswith(f"__{kind}_version1.0_")
        )

    def _has(self, entry: list[str]) -> bool:
        return len(entry) == len(self.path) + 1 and tuple(entry[:-1]) == self.path


@contextmanager
def _told(what: str, walk: Walk) -> Iterator[None]:
    """Tell of damage to a part of the message, and go on with the next."""
    try:
        with damage():
            yield
    except ReadError as error:
        walk.reasons.append(f"{what} is {error.what}")


def _class(item: _Item) -> list[str]:
    kind = item.text(_CLASS)
    mail = not kind or kind.upper().startswith("IPM.NOTE")
    kind = kind if kind.isprintable() else "(unreadable)"
    return [] if mail else [f"an Outlook item of the class {kind}: what is peculiar to it was not read"]


def _header(item: _Item) -> Message:
    """The fields of the message: as they came, what is not among them from its properties."""
    came = item.bytes(_HEADERS, _BYTES_OF_TEXT) or item.text(_HEADERS).encode("utf-8", "replace")
    header: Message = BytesParser(policy=compat32).parsebytes(came.lstrip(b"\r\n"), headersonly=True)
    header.set_payload("")
    for name, value in _fields(item):
        if value and not any(values(header, name.lower())):
            del header[name]
            header[name] = Header(value, "utf-8").encode(linesep="")
    return header


def _fields(item: _Item) -> Iterator[tuple[str, str]]:
    yield "Subject", item.text(_SUBJECT).strip()
    moment = item.properties.get(_SENT) or item.properties.get(_DELIVERED) or b""
    yield "Date", _moment(int.from_bytes(moment, "little"))
    sender = item.first(_SENDER, _ON_BEHALF), item.first(_SENDER_SMTP, _SENDER_MAIL, _ON_BEHALF_MAIL)
    yield "From", _address(*sender)
    people = list(item.parts("recip", _HEADER_PART))
    page = item.number(_PAGE)
    for role, name in _ROLES.items():
        named = [
            _address(one.text(_NAME, page), one.text(_SMTP, page) or one.text(_MAIL, page))
            for one in people
            if one.number(_KIND) == role
        ]
        yield name, ", ".join(filter(None, named))


def _moment(ticks: int) -> str:
    """A time in tenths of microseconds since 1601, as a field has it; nothing for none."""
    try:
        return format_datetime(_EPOCH + timedelta(microseconds=ticks // 10)) if ticks else ""
    except OverflowError:
        return ""


def _address(name: str, mail: str) -> str:
    """A name and address; addresses that only mean something inside an Exchange server are left out."""
    name, mail = name.strip().strip("'"), mail.strip()
    if "@" not in mail or mail == name:
        return name or (mail if "@" in mail else "")
    return f"{name} <{mail}>" if name else mail


def _body(item: _Item, walk: Walk) -> None:
    plain = item.text(_BODY, item.number(_INTERNET_PAGE))
    page = item.number(_INTERNET_PAGE) or item.number(_PAGE)
    html = decode(item.bytes(_HTML), label(page) if page else None).text or item.text(_HTML, page)
    rich = _rich(item, walk) if not html else None
    html = html or (rich.wrapped.text if rich and rich.wrapped else "")
    versions = [(plain, "plain"), (html, "html")]
    walk.body([_part(text, kind) for text, kind in versions if text.strip()])
    if rich and not html:
        pages = rich.writer.finished()
        if any(not found.blank for found in pages) and walk.version(pages, plain, "rich text"):
            pictures = rtf.objects(rich, walk.unpacking)
            walk.notes += [*rtf.notes(rich, pages), *pictures.notes()]
            walk.reasons += filter(None, [rtf.unread(rich, pictures)])


def _part(text: str, kind: str) -> MIMEText:
    return MIMEText(text.encode("utf-8", "replace").decode(), kind, "utf-8")


def _rich(item: _Item, walk: Walk) -> RtfText | None:
    """The body in rich text, where there is one that can be read."""
    data = item.bytes(_RTF)
    if not data:
        return None
    try:
        text = unpacked(data)
        if len(text) * rtf.MEMORY_PER_BYTE <= walk.unpacking.limits.memory:
            return RtfText(text, html=True)
        why = "too large"
    except (ValueError, ReadError) as error:
        why = str(error)
    walk.reasons.append(f"its rich text was not read: {why}")
    return None


def _attached(item: _Item, walk: Walk) -> None:
    page = item.number(_PAGE)
    for part in item.parts("attach", _HEADER_PART):
        with _told("an attached file", walk):
            _take(item, part, page, walk)


def _take(item: _Item, part: _Item, page: int, walk: Walk) -> None:
    named = part.text(_LONG_NAME, page) or part.text(_SHORT_NAME, page) or part.text(_NAME, page)
    name = "".join(c for c in named if c.isprintable()).strip()
    inside = part.stream(_DATA, _OBJECT)
    if item.ole.exists(part.stream(_DATA, _BINARY)):
        walk.store(_mail_name(name, part.text(_MIME, page)), part.bytes(_DATA))
    elif item.ole.exists(inside):
        _object(item.ole, inside, name, walk)
    else:
        where = part.text(_PATH, page)
        step = ("attachment", f"{len(walk.unpacking.members) + 1} {name or where or 'file'}")
        walk.unpacking.refuse(step, 0, "not in the message: only a link to it")


def _mail_name(name: str, kind: str) -> str:
    """The name of an attached file; of a signed message kept whole, one that says it is mail."""
    if kind.lower().startswith("multipart/signed"):
        return f"{name or 'signed'}.eml"
    return name or "file"


def _object(ole: olefile.OleFileIO, path: tuple[str, ...], name: str, walk: Walk) -> None:
    """An attached message or embedded object, as a file."""
    inner = _Item(ole, path, _HEADER_INNER)
    found = {
        tuple(entry[len(path) :]): ole.openstream(entry).read()
        for entry in ole.listdir()
        if tuple(entry[: len(path)]) == path
    }
    if (_PROPERTIES,) in found:
        own = found[(_PROPERTIES,)]
        found[(_PROPERTIES,)] = own[:_HEADER_INNER].ljust(_HEADER_TOP, b"\0") + own[_HEADER_INNER:]
        found |= {tuple(entry): ole.openstream(entry).read() for entry in ole.listdir() if entry[0] == _NAMES}
        walk.store((inner.text(_SUBJECT).strip() or name or "message") + ".msg", cfb.packed(found))
    else:
        named, data = unwrapped(cfb.packed(found))
        walk.store(named or name or "object", data)
