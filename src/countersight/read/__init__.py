"""Readers: one per family of formats. ``choose`` finds the one for a source; ``unsupported`` says why there is none."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from countersight.errors import CountersightError
from countersight.ports import Reader
from countersight.read import compound, legacy
from countersight.read.archive import ArchiveReader
from countersight.read.compound import CompoundReader
from countersight.read.docx import DocxReader
from countersight.read.feeds import FeedReader
from countersight.read.html import HtmlReader
from countersight.read.image import ImageReader
from countersight.read.legacy import LegacyReader
from countersight.read.mail import MailReader
from countersight.read.mbox import MboxReader
from countersight.read.msg import MsgReader
from countersight.read.odt import OdtReader
from countersight.read.pdf import PdfReader
from countersight.read.plain import PlainReader
from countersight.read.recording import RecordingReader
from countersight.read.rtf import RtfReader
from countersight.read.sevenzip import SevenZipReader
from countersight.read.sheet import SheetReader
from countersight.read.slides import SlidesReader
from countersight.read.sniff import system_file, unsupported
from countersight.read.subtitles import SubtitleReader
from countersight.read.warc import WarcReader

__all__ = ["READERS", "THROUGH_PROGRAMS", "choose", "plugins", "unsupported"]

READERS: tuple[Reader, ...] = (
    PdfReader(),
    FeedReader(),
    SubtitleReader(),
    HtmlReader(),
    DocxReader(),
    SheetReader(),
    SlidesReader(),
    OdtReader(),
    RtfReader(),
    MsgReader(),
    LegacyReader(),
    CompoundReader(),  # after those that know what is in the container by its name
    MboxReader(),
    MailReader(),
    WarcReader(),  # before archives: it may be packed
    ArchiveReader(),
    SevenZipReader(),
    ImageReader(),
    RecordingReader(),
    PlainReader(),  # takes whatever is text, so it comes last
)

THROUGH_PROGRAMS = legacy.KINDS | {compound.MEDIA_TYPE}
"""Media types whose readers may start another program (LibreOffice): no other item of work needs to."""


@cache
def plugins() -> tuple[Reader, ...]:
    """Readers of other distributions (entry points of the group ``countersight.readers``), by the entry point's name.

    Each entry point names a class or function that gives a reader without arguments. Raises CountersightError for one
    that cannot be loaded.
    """
    return tuple(_loaded(point) for point in sorted(entry_points(group="countersight.readers"), key=lambda p: p.name))


def _loaded(point: EntryPoint) -> Reader:
    try:
        reader: Reader = point.load()()
    except Exception as error:  # a seam: a plugin may raise anything
        raise CountersightError(
            f"the reader plugin {point.name!r} ({point.value}) cannot be loaded: {error}",
            way_out="update or uninstall the distribution it comes from",
        ) from error
    return reader


def choose(head: bytes, name: str) -> tuple[Reader, str] | None:
    """The reader and media type for a source with these first bytes and name; None: see :func:`unsupported`.

    Plugins are asked first. Of several readers that claim it, one that does so by the content alone goes before one
    that needs the name; the reader of plain text comes last.
    """
    if system_file(head, name):
        return None
    claims = [(reader, reader.claims(head, name)) for reader in (*plugins(), *READERS[:-1])]
    found = [(reader, media_type) for reader, media_type in claims if media_type]
    by_content = [(reader, media_type) for reader, media_type in found if reader.claims(head, "")]
    if by_content or found:
        return (by_content or found)[0]
    media_type = READERS[-1].claims(head, name)
    return (READERS[-1], media_type) if media_type else None
