r"""Rich text (RTF): every text the document holds, in document order, with what each stretch of it is.

Order on the page: the body; then headers and footers, notes and comments. Deleted text stays at its place beside
inserted text, each marked. Bytes are read in the encoding of their font, else of the document; ``\u`` goes before both.
A reference to a note shows as ``[1]``, to an endnote as ``[e1]``. Empty cells leave nothing in a row: a cell's ``ref``
(``T1R2C3``, merged columns counted) tells its column; a table within a cell is flattened into it. Hidden text is left
out with a note; authors' names and field codes are left out. A document is partial where a picture may hold words, or
its end is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from platform import python_version

from countersight.errors import ReadError
from countersight.model import Agent, Page, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read.embedded import Pictures
from countersight.read.layout import counted
from countersight.read.members import Unpacking
from countersight.read.rtftext import RtfText
from countersight.read.sniff import signature

MEDIA_TYPE = "application/rtf"
_AGENT = Agent("rtf", f"1+python {python_version()}")
MEMORY_PER_BYTE = 24  # of the source, for its text and blocks together

_METAFILE = ".wmf"  # what a picture is whose bytes do not tell


@dataclass(frozen=True, slots=True)
class RtfReader:
    """Reads one document as one page; one of millions of characters as several, cut between paragraphs."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """By how it begins, whatever its name."""
        del name
        return MEDIA_TYPE if signature(head) == MEDIA_TYPE else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Read all text. Raises ReadError: empty, too large, nested beyond reason."""
        size = path.stat().st_size
        if size == 0:
            raise ReadError("empty: 0 bytes", status="skipped")
        if size * MEMORY_PER_BYTE > limits.memory:
            raise ReadError("too large for one document", status="skipped", way_out="allow more memory per item")
        text = RtfText(path.read_bytes())
        found = text.writer.finished()
        unpacking = Unpacking(limits, sink, limits.unpacked)  # holds no more than itself: no bombs
        pictures = objects(text, unpacking)
        reason = unread(text, pictures)
        return Reading(
            media_type,
            self.agent,
            Status.PARTIAL if reason else Status.READ,
            found if pages is None else tuple(page for page in found if page.number - 1 in pages),
            len(found) if len(found) > 1 else 0,
            tuple(unpacking.members),
            notes=(*notes(text, found), *pictures.notes()),
            reason=reason,
            title=text.title,
        )


def objects(text: RtfText, unpacking: Unpacking) -> Pictures:
    """Store the files embedded in a document, numbered after the members there are, and its pictures."""
    for name, data in text.objects:
        step = ("attachment", f"{len(unpacking.members) + 1} {name or 'object'}")
        unpacking.take(step, len(data), partial(BytesIO, data))
    pictures = Pictures(unpacking)
    for data in text.pictures:
        pictures.add_bytes(data, _METAFILE)
    return pictures


def unread(text: RtfText, pictures: Pictures) -> str:
    """What of the record itself was not read."""
    return "; ".join(filter(None, (text.reason, pictures.unread())))


def notes(text: RtfText, pages: tuple[Page, ...]) -> list[str]:
    """What a user must know of a document's text."""
    changes = [
        (text.writer.insertions, "insertion"),
        (text.writer.deletions, "deletion"),
        (text.writer.comments, "comment"),
    ]
    revision = ", ".join(counted(number, thing) for number, thing in changes)
    found = [
        f"revision: {revision}" if any(number for number, _ in changes) else "",
        f"hidden text left out: {counted(text.hidden, 'character')}" if text.hidden else "",
        f"{counted(text.symbols, 'symbol')} of a picture font shown as \N{BULLET}" if text.symbols else "",
        f"{counted(text.lost, 'place')} could not be decoded and show as \ufffd" if text.lost else "",
        f"{counted(text.links, 'linked object')} not part of the file" if text.links else "",
        f"{counted(len(text.objects), 'embedded file')} read on their own" if text.objects else "",
        "no text in the document" if all(page.blank for page in pages) else "",
    ]
    return [note for note in found if note]
