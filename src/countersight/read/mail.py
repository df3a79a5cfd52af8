"""Internet mail (RFC 5322, MIME) and pages saved as MHTML: the message's own words; the rest as files of their own.

The body is the plain text. The HTML version is read where there is no plain one or it is empty, and beside it where
much of what it says is not in the plain one. Attached and enclosed files, forwarded messages and pictures inside the
text are members, numbered in the order they lie in the mail.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.generator import BytesGenerator
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import compat32, default
from io import BytesIO
from pathlib import Path
from platform import python_version
from tempfile import NamedTemporaryFile
from typing import cast

from countersight.errors import ReadError
from countersight.model import Agent, BlockKind, DateSpan, Member, Page, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read import html
from countersight.read.charset import decode, unlabelled
from countersight.read.charset import marked as byte_order_mark
from countersight.read.headers import day, parameters, raw, values
from countersight.read.layout import PageText, counted
from countersight.read.members import Unpacking
from countersight.read.quoted import marked, passages
from countersight.read.sniff import is_text, suffix

MEDIA_TYPE = "message/rfc822"
_AGENT = Agent("mail", f"2+python {python_version()}")
_NAMES = frozenset({".eml", ".emlx", ".mht", ".mhtml"})
_FIELD = re.compile(rb"([!-9;-~]{1,76})[ \t]*:")
_ROUTING = frozenset(
    {b"received", b"message-id", b"mime-version", b"return-path", b"delivered-to", b"content-type", b"dkim-signature"}
)
_WRITTEN = frozenset({b"from", b"to", b"subject", b"date", b"cc", b"sender", b"reply-to"})
_SHOWN = ("Subject", "Date", "From", "Sender", "To", "Cc", "Bcc", "Reply-To", "Organization", "Keywords", "Comments")
_APPLE = re.compile(rb"\s*(\d{1,10})[ \t]*\r?\n")  # .emlx: the message's length, the message, a property list
_MEMORY_PER_BYTE = 8  # of the message, for its lines, parts and their decoded bytes together
_INLINE_PICTURE = re.compile(r"(\bsrc\s*=\s*[\"']?)cid:[^\"'>\s]*", re.IGNORECASE)
_RUN = 4  # letters in a row that are compared
_MISSING = 0.3  # share of the HTML version's runs of letters not in the plain one, from which it is another text
_PREAMBLE = 200  # characters before the parts that only tell old mail programs what MIME is
_HEAD = 4096  # bytes
_BEGINNING = 4  # bytes; of a header in UTF-16 every second one is zero
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_SEALED = "encrypted or sealed (S/MIME): save the message decrypted and audit again"
_UUENCODED = re.compile(r"^begin [0-7]{3,4} (\S[^\n]*)\n((?:[!-`][ -`]*\n)*?)(?:[` ]?\n)?end(?:\n|\Z)", re.MULTILINE)
_SEALED_KINDS = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_BROKEN = {
    "StartBoundaryNotFoundDefect": "damaged: its parts cannot be told apart",
    "NoBoundaryInMultipartDefect": "damaged: its parts cannot be told apart",
}
_ODD = {
    "CloseBoundaryNotFoundDefect": "the mark of its end is missing: it may have been cut off",
    "MissingHeaderBodySeparatorDefect": "no empty line between its header and its text",
}
_SUFFIXES = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "message/rfc822": ".eml",
    "message/delivery-status": ".txt",
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
}


@dataclass(frozen=True, slots=True)
class MailReader:
    """Reads one message as one page."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """By two fields it begins with, one of them of transport; by its name if it is text at all."""
        found = _fields(_unmarked(head))
        if found & _ROUTING and len(found & (_ROUTING | _WRITTEN)) > 1:
            return MEDIA_TYPE
        return MEDIA_TYPE if suffix(name) in _NAMES and is_text(head) else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Read fields and body, store the rest. Raises ReadError: empty, too large, nested beyond reason."""
        size = path.stat().st_size
        if size == 0:
            raise ReadError("empty: 0 bytes", status="skipped")
        if size * _MEMORY_PER_BYTE > limits.memory:
            raise ReadError("too large for one mail", status="skipped", way_out="allow more memory per item")
        data = path.read_bytes()
        walk = Walk(limits, sink, crlf=b"\r\n" in data[:_HEAD])
        try:
            message = _parsed(_message(data))
            dated = walk.fields(message)
            walk.part(message)
        except RecursionError:
            raise ReadError("damaged: its parts are nested too deeply") from None
        except (TypeError, LookupError, AssertionError) as error:  # the parser's own, on fields made to break it
            raise ReadError(f"damaged: its structure cannot be read ({error})") from error
        page = walk.out.page()
        reason = "; ".join(dict.fromkeys(walk.reasons))
        return Reading(
            media_type,
            self.agent,
            Status.PARTIAL if reason else Status.READ,
            (page,) if pages is None or 0 in pages else (),
            members=walk.members(),
            notes=tuple(dict.fromkeys(walk.notes)),
            reason=reason,
            title=next((value for value in values(message, "subject") if value), None),
            dated=dated,
        )


def _unmarked(data: bytes) -> bytes:
    """The data as bytes that begin with a field: UTF-16 recoded, byte order mark and Apple's length taken off."""
    encoding, mark = byte_order_mark(data)
    if encoding is None and b"\0" in data[:_BEGINNING]:
        encoding = unlabelled(data[:_HEAD])
    if encoding in _WIDE:
        data = data[mark:].decode(encoding, "replace").encode()
    elif mark:
        data = data[mark:]
    apple = _APPLE.match(data)
    return data[apple.end() :] if apple else data.lstrip(b"\r\n")


def _message(data: bytes) -> bytes:
    apple = _APPLE.match(data)
    return data[apple.end() :][: int(apple[1])] if apple else _unmarked(data)


def _fields(head: bytes) -> set[bytes]:
    """The names of the header fields that the data begins with, in lower case."""
    found: set[bytes] = set()
    for line in head.splitlines():
        field = _FIELD.match(line)
        if field:
            found.add(field[1].lower())
        elif not (line.startswith((b" ", b"\t")) and found) and (found or not line.startswith(b"From ")):
            break
    return found


class Walk:
    """Goes through the parts of a message and writes its page; what is not read goes to notes and reasons."""

    def __init__(self, limits: Limits, sink: Sink, *, crlf: bool) -> None:
        self.out = PageText()
        self.notes: list[str] = []
        self.reasons: list[str] = []  # why the message itself was not wholly read
        self._images: list[Member] = []
        self.unpacking = Unpacking(limits, sink, limits.unpacked)  # a mail holds no more than itself: no bombs
        self._policy = default.clone(linesep="\r\n" if crlf else "\n", refold_source="none")

    def fields(self, message: Message) -> DateSpan | None:
        """Write the fields a reader is shown; return the day the message says it was written."""
        for name in _SHOWN:
            for value in filter(None, values(message, name.lower())):
                self._field(name, value)
        dates = [value for value in values(message, "date") if value]
        dated = day(dates[0]) if dates else None
        if dates and not dated:
            self.notes.append(f"no date could be read from its Date field: {dates[0]}")
        return dated

    def _field(self, name: str, value: str) -> None:
        line = self.out.length
        self.out.write(f"{name}: ")
        start = self.out.length
        self.out.write(value)
        self.out.mark(start, BlockKind.FIELD, name)
        self.out.mark(line, BlockKind.PARAGRAPH)
        self.out.write("\n")

    def part(self, part: Message) -> None:
        """Write or store one part and what lies in it."""
        kind, named = _kind(part), parameters(part, "content-type")[1]
        self._defects(part)
        if part.is_multipart() and kind.startswith("message/"):
            self._enclosed(part, kind)
        elif part.is_multipart():
            self._parts(part, kind)
        elif kind in _SEALED_KINDS and named.get("smime-type", "") != "certs-only":
            self.reasons.append(_SEALED)
            self._file(part, kind, self._content(part))
        elif _is_body(part, kind):
            self.body([part])
        else:
            self._file(part, kind, self._content(part))

    def _parts(self, part: Message, kind: str) -> None:
        if kind == "multipart/encrypted":
            self.reasons.append("encrypted (PGP): decrypt it and audit again")
        if len(before := (part.preamble or "").strip()) > _PREAMBLE:
            self.notes.append(f"{counted(len(before), 'character')} before its parts left out")
        if kind == "multipart/alternative":
            self._alternatives(list(_leaves(part)))
        else:
            for child in _children(part):
                self.part(child)
        if after := (part.epilogue or "").strip():
            self._after(part, after)

    def _after(self, part: Message, text: str) -> None:
        """What follows the end mark of the parts: more parts where the mark came too early."""
        boundary = part.get_boundary()
        if boundary and f"--{boundary}\n" in text.replace("\r\n", "\n"):
            header = f'Content-Type: multipart/mixed; boundary="{boundary}"\n\n'
            self.notes.append("its parts go on after the mark of their end")
            self.part(_parsed((header + text).encode("utf-8", "surrogateescape")))
        else:
            self.notes.append(f"{counted(len(text), 'character')} after its parts left out")

    def _alternatives(self, leaves: list[Message]) -> None:
        """Versions of one text: together; the files among them on their own."""
        body = [leaf for leaf in leaves if _is_body(leaf, _kind(leaf)) and not leaf.is_multipart()]
        self.body(body)
        for leaf in leaves:
            if leaf not in body:
                self.part(leaf)

    def body(self, parts: list[Message]) -> None:
        """Write the versions of a text: the plain one, the HTML one where that says more or other things."""
        plain = "\n".join(self._text(part) for part in parts if _kind(part) != html.MEDIA_TYPE)
        plain = _UUENCODED.sub(self._uuencoded, plain)
        if plain.strip():
            self.paragraph()
            start = self.out.length
            self.out.write(plain)
            self.out.blocks += [replace(b, start=start + b.start, end=start + b.end) for b in passages(plain)]
        for part in parts:
            if _kind(part) == html.MEDIA_TYPE:
                self._html(part, plain)

    def _uuencoded(self, found: re.Match[str]) -> str:
        """Store a file written into the text, as mail did before MIME; leave its name in square brackets."""
        name = found[1].strip()
        try:
            data = b"".join(map(binascii.a2b_uu, found[2].splitlines()))
        except (binascii.Error, ValueError):
            self.reasons.append(f"damaged: the file {name} written into its text cannot be decoded")
            return found[0]
        self.store(name, data)
        return f"[{name}]\n"

    def paragraph(self) -> None:
        """Part what follows from what was written."""
        if self.out.length:
            self.out.write("\n")

    def _text(self, part: Message) -> str:
        """A part's text; its notes are kept."""
        found = decode(self._content(part), parameters(part, "content-type")[1].get("charset"))
        if found.note:
            self.notes.append(f"body: {found.note}")
        if "-----BEGIN PGP MESSAGE" in found.text:
            self.reasons.append("encrypted (PGP): decrypt it and audit again")
        return found.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")

    def _html(self, part: Message, plain: str) -> None:
        source = _INLINE_PICTURE.sub(r"\1", self._text(part))  # what the mail brings along is a member
        limits = self.unpacking.limits
        try:
            with NamedTemporaryFile(suffix=".html") as file:
                file.write(source.encode("utf-8-sig", "replace"))
                file.flush()
                path = Path(file.name)
                reading = html.HtmlReader().read(path, html.MEDIA_TYPE, None, limits, self.unpacking.sink)
        except ReadError as error:
            self.reasons.append(f"its HTML was not read: {error.what}")
            return
        self._images += reading.members
        if self.version(reading.pages, plain, "HTML"):
            self.notes += reading.notes
            self.reasons += [reading.reason] if reading.reason else []

    def version(self, pages: tuple[Page, ...], plain: str, kind: str) -> bool:
        """Write another version of the text where that says more or other things than the plain one; tell whether."""
        if plain.strip() and not any(_differs(page.text, plain) for page in pages if not page.blank):
            return False
        if plain.strip():
            self.notes.append(f"the {kind} version of its text differs from the plain one: both were read")
        for page in pages:
            self.paragraph()
            start = self.out.length
            self.out.write(page.text)
            self.out.blocks += [
                replace(b, start=start + b.start, end=start + b.end) for b in marked(page.text, page.blocks)
            ]
        return True

    def _enclosed(self, part: Message, kind: str) -> None:
        """A message in the message: forwarded, returned, a report of its delivery."""
        if kind == "message/partial":
            self.reasons.append("a piece of a message sent in several: the other pieces are needed")
        inner = _children(part)
        coded = inner[0].get_payload() if len(inner) == 1 and not inner[0].keys() else None
        if isinstance(coded, str) and _encoding(part) == "base64":  # forbidden by RFC 2046, done all the same
            data = self._unbase64(coded.encode("ascii", "replace"))
        else:
            data = b"".join(self._flat(message) for message in inner)
        subject = next(iter(values(inner[0], "subject")), "") if inner else ""
        self._file(part, kind, data, subject)

    def _flat(self, message: Message) -> bytes:
        """An enclosed message as bytes again, its fields unchanged."""
        out = BytesIO()
        try:
            BytesGenerator(out, policy=self._policy, mangle_from_=False).flatten(cast(EmailMessage, message))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            self.reasons.append(f"an enclosed message is damaged ({error})")
        return out.getvalue()

    def _file(self, part: Message, kind: str, data: bytes, title: str = "") -> None:
        self.store(_filename(part) or (title or kind.partition("/")[2] or "file") + _SUFFIXES.get(kind, ""), data)

    def members(self) -> tuple[Member, ...]:
        """What it brings along: files first, then the pictures written into its HTML, numbered through."""
        images = enumerate(self._images, 1)
        numbered = (replace(m, step=("image", f"{n}{suffix(m.step[1])}")) for n, m in images)
        return (*self.unpacking.members, *numbered)

    def store(self, name: str, data: bytes) -> None:
        """Store an attached file under the next number."""
        number = len(self.unpacking.members) + 1
        if number > self.unpacking.limits.members:
            self.reasons.append(f"more than {counted(number - 1, 'attached file')}: the rest were not taken")
            return
        self.unpacking.take(("attachment", f"{number} {name}"), len(data), lambda: BytesIO(data))

    def _content(self, part: Message) -> bytes:
        if _encoding(part) == "base64":
            text = part.get_payload()
            return self._unbase64(text.encode("utf-8", "surrogateescape")) if isinstance(text, str) else b""
        data = part.get_payload(decode=True)
        return data if isinstance(data, bytes) else b""

    def _unbase64(self, data: bytes) -> bytes:
        """Base64 up to its end; what is cut off or follows it is told."""
        coded, _, after = data.partition(b"=")
        coded = _NO_BASE64.sub(b"", coded)
        if len(coded) % 4 == 1:
            self.reasons.append("damaged: a part of it was cut off")
            coded = coded[:-1]
        if after.strip(b"= \t\r\n"):
            self.notes.append("text after the end of an encoded part left out")
        return binascii.a2b_base64(coded + b"===")

    def _defects(self, part: Message) -> None:
        for defect in part.defects:
            name = type(defect).__name__
            if name in _BROKEN:
                self.reasons.append(_BROKEN[name])
            elif name in _ODD:
                self.notes.append(_ODD[name])


def _parsed(data: bytes) -> Message:
    return BytesParser(policy=compat32).parsebytes(data)


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _leaves(part: Message) -> Iterator[Message]:
    """The parts inside, those of parts of parts included, but not what an enclosed message holds."""
    for child in _children(part):
        if child.get_content_maintype() == "multipart" and child.is_multipart():
            yield from _leaves(child)
        else:
            yield child


def _kind(part: Message) -> str:
    kind = parameters(part, "content-type")[0]
    if part.is_multipart() or "/" not in kind:
        return part.get_content_type()
    return "text/plain" if kind.startswith("multipart/") else kind


def _encoding(part: Message) -> str:
    return next(iter(raw(part, "content-transfer-encoding")), "").lower().strip("\"'; ")


def _filename(part: Message) -> str:
    """The name a part gives itself; control characters and line ends taken out."""
    name = parameters(part, "content-disposition")[1].get("filename") or parameters(part, "content-type")[1].get("name")
    return "".join(character for character in name or "" if character.isprintable() or character == " ").strip()


def _is_body(part: Message, kind: str) -> bool:
    attached = parameters(part, "content-disposition")[0] == "attachment" or bool(_filename(part))
    return kind in {"text/plain", html.MEDIA_TYPE} and not attached


def _differs(text: str, plain: str) -> bool:
    """Whether much of a text is not in the plain version of it, however either is wrapped and spaced."""
    runs, known = _runs(text), _runs(plain)
    return len(runs - known) > _MISSING * len(runs)


def _runs(text: str) -> set[str]:
    letters = "".join(filter(str.isalnum, text.lower()))
    return {letters[i : i + _RUN] for i in range(max(len(letters) - _RUN, 0) + 1)}
