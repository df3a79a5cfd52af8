"""Sources, documents and pages, and the span: the only way to cite."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from countersight.model.values import Agent, Box, DateSpan, Digest, Locator


class Status(StrEnum):
    """What became of a file. Every file received has exactly one."""

    READ = "read"
    PARTIAL = "partial"
    FAILED = "failed"
    SKIPPED = "skipped"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes as received. ``digest`` is None only for a file that could not be opened at all.

    ``note`` is what its container tells of it.
    """

    digest: Digest | None
    size: int
    locator: Locator
    parent: Locator | None = None
    reason: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """The received name: of the file itself, or of the member inside its archive or mail."""
        for kind, name in reversed(self.locator.steps):
            if kind == "member":
                return name
            if kind == "attachment":
                return name.partition(" ")[2] or name  # attachments are numbered
            if kind == "message":
                return f"message {name}.eml"
            if kind == "image":
                return f"image {name}"
        return self.locator.name


class BlockKind(StrEnum):
    """What a stretch of a page's text is. Blocks of one kind do not overlap; a cell lies inside a row.

    On a transcript, the ``ref`` of a paragraph says when it is said (``00:12:04–00:12:11``). A word is one of a
    recording: its ``ref`` gives seconds from the start and how sure speech to text was: ``724.12–724.48 0.93``.
    Furniture is what surrounds the body of a web page; its ``ref`` says what: ``navigation``, ``comments`` …
    """

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    ROW = "row"
    CELL = "cell"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    COMMENT = "comment"
    INSERTED = "inserted"
    DELETED = "deleted"
    FIELD = "field"
    FURNITURE = "furniture"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch ``[start, end)`` of a page's text with its kind and, for a cell, its address (``C7``, ``T1R2C3``).

    ``across`` and ``down`` are the columns and rows that a cell covers, from its address on; ``head`` says that the
    source marks it as the head of its columns.
    """

    start: int
    end: int
    kind: BlockKind
    ref: str = ""
    across: int = 1
    down: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where the stretch ``[start, end)`` lies on the displayed page: one line of it, or one run.

    ``score`` (0 to 1) says how surely it was read; None where it was not recognised but stored as text.
    """

    start: int
    end: int
    box: Box
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Weak:
    """A character that was not read surely: its offset, its score (0 to 1), and what else it may be, likeliest first.

    ``others`` holds one character for each possibility; it is empty where nothing else is known to be likely.
    """

    at: int
    score: float
    others: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Immutable text and where parts of it lie; all offsets are code points into ``text``.

    ``number`` counts from 1. Sources without pages have one Page of number 1 whose ``paged`` is False; a sheet of a
    workbook is a page whose ``label`` is the sheet's name. ``places`` may cover only the stretches that were asked for:
    a reader computes them for what is cited. ``blank`` says there is nothing on the page at all. ``weak`` names, in
    order, the characters that were not read surely; none of them is chosen anew: ``text`` stays as it was read.
    """

    number: int
    text: str
    label: str | None = None
    paged: bool = True
    blocks: tuple[Block, ...] = ()
    places: tuple[Place, ...] = ()
    origin: str = "text"
    language: str | None = None
    confidence: float | None = None
    blank: bool = False
    weak: tuple[Weak, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span ``[start, end)`` of this page. Raises ValueError outside the text."""
        return Span(self, start, end)


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open, non-empty range of one page's text: the only way to cite."""

    page: Page
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.page.text):
            raise ValueError(f"no span [{self.start}, {self.end}) in a page of {len(self.page.text)} characters")

    def quote(self) -> str:
        """The words, exactly."""
        return self.page.text[self.start : self.end]

    def boxes(self) -> tuple[Box, ...]:
        """The places of the words, in reading order; empty where the source has no places."""
        return tuple(p.box for p in self.page.places if p.start < self.end and self.start < p.end)


@dataclass(frozen=True, slots=True)
class PageFault:
    """A page that was not (wholly) read, and why."""

    page: int
    reason: str


@dataclass(frozen=True, slots=True)
class Member:
    """A file found inside an archive or mail; its bytes lie in the blob store under ``digest``.

    ``step`` is the locator's step into it, e.g. ``("member", "docs/a.pdf")`` or ``("attachment", "2 offer.pdf")``
    or ``("image", "3.png")``.
    A step without a name stands for the container's own. ``fault`` says why the bytes were not taken (a bomb, a
    password); then ``digest`` is None. ``note`` is what its container tells of it.
    """

    step: tuple[str, str]
    digest: Digest | None
    size: int
    fault: str = ""
    status: Status = Status.FAILED
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader got from one source, or from the page range ``[first, first + len(pages) + …)`` of it.

    ``total`` is the number of pages of the whole source (0 for one without pages). ``notes`` are things a user must
    know (what was skipped, guessed or odd); a note makes nothing partial by itself, ``status`` does.
    """

    media_type: str
    agent: Agent
    status: Status
    pages: tuple[Page, ...] = ()
    total: int = 0
    members: tuple[Member, ...] = ()
    faults: tuple[PageFault, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str = ""
    title: str | None = None
    dated: DateSpan | None = None


@dataclass(frozen=True, slots=True)
class PageReading:
    """How one page was read: its number from 1, its origin (``text``, ``ocr``, ``transcript``), its language.

    ``confidence`` is the mean of its characters, from 0 to 1, and None where nothing was recognised but read as stored;
    ``weak`` counts the characters that were not read surely.
    """

    number: int
    origin: str
    language: str | None = None
    confidence: float | None = None
    blank: bool = False
    weak: int = 0


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure recognition was of a file's pages, 0 to 1: mean over pages, the least sure page's, and its number."""

    mean: float
    lowest: float
    page: int


@dataclass(frozen=True, slots=True)
class Relative:
    """Another record that tells the same: id of the relation, what the file is to it, its digest and place.

    ``what`` is ``same_bytes``, ``same_text``, ``version``, ``contains``, ``contained_in`` or ``near_duplicate``.
    """

    relation: str
    what: str
    digest: Digest
    locator: Locator


@dataclass(frozen=True, slots=True)
class FileRow:
    """What became of one file received, members of archives and mails included: a line of ``files`` in the export.

    ``parent`` is the digest of the archive or mail it came in and ``parent_locator`` its place. ``pages`` is None for a
    source without pages; ``pages_ocr`` counts pages read by OCR, ``pages_blank`` pages with nothing on them.
    ``pages_by_origin`` and ``pages_by_language`` count the pages read that are not blank (``und``: a language not
    known), ``ocr_confidence`` tells how sure OCR was of those it read, ``related`` which other records tell the same.
    ``sandbox`` says what confined every process that read it, and is empty where none did.
    """

    digest: Digest | None
    name: str
    locator: Locator
    parent: Digest | None
    parent_locator: Locator | None
    media_type: str | None
    kind: str | None
    kind_reason: str | None
    language: str | None
    dated: DateSpan | None
    size: int
    pages: int | None
    status: Status
    reason: str | None
    pages_ocr: int
    pages_blank: int
    pages_failed: tuple[PageFault, ...]
    reader: str | None
    title: str | None = None
    notes: tuple[str, ...] = ()
    members: tuple[Locator, ...] = ()
    pages_by_origin: dict[str, int] = field(default_factory=dict)
    pages_by_language: dict[str, int] = field(default_factory=dict)
    ocr_confidence: Confidence | None = None
    related: tuple[Relative, ...] = ()
    sandbox: tuple[str, ...] = ()

    @property
    def unread(self) -> bool:
        """Whether something of it was not read. An empty file has nothing to read; a duplicate was read elsewhere."""
        empty = self.status is Status.SKIPPED and self.size == 0 and self.digest is not None
        return self.status in {Status.PARTIAL, Status.FAILED, Status.SKIPPED} and not empty
