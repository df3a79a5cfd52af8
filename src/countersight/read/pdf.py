"""PDF with a text layer, through PDFium: text, page labels, and the places of what is cited.

PDFium's text keeps its length here: CR LF becomes space LF and the marker of a broken word becomes a hyphen, so an
offset into the text of a page without tables is one into what PDFium itself returns. Tables are written row by row,
and for each of their characters is known where PDFium has it. Places are not computed for whole pages (it would double
the cost of reading) but on demand, for the ranges that are cited: :func:`places`.
"""

from __future__ import annotations

import ctypes
import logging
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from countersight.errors import ReadError
from countersight.model import Agent, Block, Box, Page, PageFault, Place, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read.arranged import Arranged, arranged
from countersight.read.pdfbeside import Beside, beside
from countersight.read.pdfonward import characters, ended, evened, going_on
from countersight.read.pdfpictures import seen, unwritten
from countersight.read.pdftable import tables
from countersight.text.plausible import garbled

logging.getLogger("pypdfium2").setLevel(logging.ERROR)  # it warns of XFA forms, whose plain form is read all the same
MEDIA_TYPE = "application/pdf"
PAGES_PER_ITEM = 128  # pages read by one work item: some tenths of a second
NEEDS_OCR = "needs OCR"
_UNLOADED = "damaged page: cannot be loaded"
_GREYS = 256
_RENDER_LIMIT = 4_000_000  # pixels of one page image in the dossier
POINTS_PER_INCH = 72
# Characters that no usable text layer holds in number: replacement, private use, control codes, unmapped.
_UNUSABLE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_PICTURE = re.compile(rb"/Image(?![BCI])")
_FEW = 50  # characters below which a page with a large picture counts as a scan
_INSETS = (0.0, 0.1, 0.2, 0.3, 0.38)


AGENT = Agent("pdf", f"1+pdfium {pdfium.PDFIUM_INFO.build}")


@dataclass(frozen=True, slots=True)
class PdfReader:
    """Reads the text layer page by page. A page with something on it but no text is a fault: needs OCR."""

    agent: Agent = AGENT
    pages_per_item: int = PAGES_PER_ITEM

    def claims(self, head: bytes, name: str) -> str | None:
        """PDF by its header anywhere in the first 1,024 bytes, or by its name if the header is lost."""
        if b"%PDF-" in head[:1024] or (name.lower().endswith(".pdf") and not head.startswith(b"PK")):
            return MEDIA_TYPE
        return None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Read a range of pages; without one, the first ``PAGES_PER_ITEM``.

        Raises ReadError: empty, encrypted, damaged.
        """
        del limits, sink  # nothing unpacks and the executor holds the clock
        document = _opened(path)
        total = min(len(document), path.stat().st_size)  # a page takes a byte; a broken file may state a million
        if total == 0:
            raise ReadError("damaged: the PDF has no pages")
        wanted = range(min(total, PAGES_PER_ITEM)) if pages is None else range(pages.start, min(pages.stop, total))
        read: list[Page] = []
        faults: list[PageFault] = []
        notes: list[str] = []
        pictured = _pictured(path)
        for index in wanted:
            try:
                page, fault, note = _page(document, index, pictured=pictured)
            except pdfium.PdfiumError:  # loaded once, but not again
                page, fault, note = None, _UNLOADED, ""
            if page:
                read.append(page)
            if fault:
                faults.append(PageFault(index + 1, fault))
            if note:
                notes.append(f"page {index + 1}: {note}")
        title = _title(document) if pages is None else None
        if any(fault.reason == _UNLOADED for fault in faults):
            _let_go()  # how PDFium mends a damaged file depends on what was asked before
        status = Status.PARTIAL if faults else Status.READ
        return Reading(
            media_type, self.agent, status, tuple(read), total, faults=tuple(faults), notes=tuple(notes), title=title
        )


def _title(document: pdfium.PdfDocument) -> str | None:
    try:
        title = str(document.get_metadata_value("Title")).strip()
    except UnicodeDecodeError:  # half a character
        return None
    return None if not title or _UNUSABLE.search(title) else title


_held: dict[tuple[str, int, int, int], pdfium.PdfDocument] = {}


def _opened(path: Path) -> pdfium.PdfDocument:
    """An open document; a process keeps the last one, since the next work item is often of the same file.

    Raises ReadError that tells empty, encrypted and damaged files apart.
    """
    status = path.stat()
    if status.st_size == 0:
        raise ReadError("empty: 0 bytes", status="skipped")
    key = (str(path), status.st_ino, status.st_mtime_ns, status.st_size)
    if key not in _held:
        _let_go()
        _held[key] = _document(path)
    return _held[key]


def _let_go() -> None:
    ended.clear()
    while _held:
        _held.popitem()[1].close()


def _document(path: Path) -> pdfium.PdfDocument:
    with suppress(pdfium.PdfiumError):
        pdfium.PdfDocument(b"-")  # PDFium names the last error it met, which may be another file's: now it is "no PDF"
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise _unopened(str(error)) from error
    document.init_forms()
    return document


def _unopened(message: str) -> ReadError:
    if "password" in message.lower():
        return ReadError(
            "encrypted: needs its password", way_out="save a copy without password beside it and audit again"
        )
    if "security" in message.lower():
        return ReadError("encrypted: with a scheme that cannot be opened", way_out="save a copy without protection")
    return ReadError("damaged: cannot be opened as PDF", way_out="repair or re-save it")


def _page(document: pdfium.PdfDocument, index: int, *, pictured: bool = True) -> tuple[Page | None, str, str]:
    """One page: the page, why it is not (wholly) read, and what a user must know about it.

    ``pictured`` False says that there are no pictures to look for. Bare handles, not pypdfium2's objects: those take a
    twentieth of the time of reading a page.
    """
    loaded = raw.FPDF_LoadPage(document, index)
    if not loaded:
        return None, _UNLOADED, ""
    try:
        textpage = raw.FPDFText_LoadPage(loaded)
        if not textpage:
            return None, "damaged page: its text cannot be loaded", ""
        try:
            written, note = _text(document, index, loaded, textpage)
        finally:
            raw.FPDFText_ClosePage(textpage)
        annotated = raw.FPDFPage_GetAnnotCount(loaded) > 0
        why = seen(loaded).why if pictured and written.text else ""
    finally:
        raw.FPDF_ClosePage(loaded)
    text, blocks = written.text, written.blocks
    if annotated:
        with closing(document[index]) as page:
            text, more = _with(text, beside(document, page))
            blocks += more
    label = document.get_page_label(index) or None
    visible = len(text) - text.count(" ") - text.count("\n")
    fault, blank = ("", False) if visible >= _FEW else _sparse(document, index, visible)
    if not fault and (why := garbled(text) or why):
        fault = f"{NEEDS_OCR}: {why}"
    return Page(index + 1, text, label, blocks=blocks, blank=blank), fault, note


def _pictured(path: Path) -> bool:
    """Whether the file may hold pictures: their dictionaries are never packed or encrypted.

    /ImageB, /ImageC and /ImageI are what old programs name beside every page: procedures of PostScript.
    """
    try:
        with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as data:
            return _PICTURE.search(data) is not None
    except OSError:  # no room left to map it
        return True


def again(path: Path, number: int) -> tuple[Page | None, str]:
    """Page ``number`` (from 1) and why it is not (wholly) read, as :meth:`PdfReader.read` told."""
    page, fault, _ = _page(_opened(path), number - 1)
    return page, fault


def pictures(path: Path, number: int) -> tuple[Box, ...]:
    """Where pictures of some size lie on page ``number`` (from 1)."""
    with closing(_opened(path)[number - 1]) as page:
        found = (_View.of(page).box(_Rect(*rect)) for rect in seen(page).pictures)
        return tuple(box for box in found if box)


def _text(document: pdfium.PdfDocument, index: int, page: object, textpage: object) -> tuple[Arranged, str]:
    """The page's text with its tables row by row, and a note where some of it lies outside the visible page.

    Where there is no table, the text has no order: its offsets are PDFium's own.
    """
    text = characters(textpage)
    if not text:
        return Arranged("", (), ()), ""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    units = raw.FPDFText_GetBoundedText(textpage, box.left, box.top, box.right, box.bottom, None, 0)
    hidden = len(text) - units
    note = f"{hidden} characters lie outside the visible page" if hidden > 0 else ""
    text = evened(text)
    found_tables, ended[index] = tables(page, textpage, text, going_on(document, index))
    return arranged(text, found_tables) if found_tables else Arranged(text, (), ()), note


def _with(text: str, more: Sequence[Beside]) -> tuple[str, tuple[Block, ...]]:
    """The text followed by what lies beside it, a line each, and the blocks of those lines."""
    blocks = []
    for one in more:
        text += "\n" if text else ""
        blocks.append(Block(len(text), len(text) + len(one.text), one.kind))
        text += one.text
    return text, tuple(blocks)


def _sparse(document: pdfium.PdfDocument, index: int, visible: int) -> tuple[str, bool]:
    """Why a page with next to no text is unread, and whether there is nothing on it at all."""
    with closing(document[index]) as page:
        objects = list(page.get_objects(max_depth=3))
        if not objects:
            return "", visible == 0
        if visible == 0:
            return NEEDS_OCR, False
        left, bottom, right, top = page.get_bbox()
        area = (right - left) * (top - bottom) or 1.0
        pictures = [o.get_bounds() for o in objects if o.type == raw.FPDF_PAGEOBJ_IMAGE]
    covered = max(((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in pictures), default=0.0)
    return (f"{NEEDS_OCR}: mostly a picture", False) if covered > area / 2 else ("", False)


# ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def places(path: Path, number: int, ranges: Sequence[tuple[int, int]]) -> tuple[tuple[Place, ...], ...]:
    """The places of each text range of a page (numbered from 1): one per line of the range.

    The boxes of a range, read back with PDFium, give its words; where they cannot (overprinted or off-page text) the
    range has the closest boxes found, or none at all if nothing of it is visible. Raises ReadError as reading does.
    """
    document = _opened(path)
    with closing(document[number - 1]) as page, closing(page.get_textpage()) as textpage:
        written = _text(document, number - 1, page, textpage)[0]
        glyphs = _Glyphs(page, textpage, written, beside(document, page))
        return tuple(tuple(glyphs.places(start, end)) for start, end in ranges)


@dataclass(slots=True)
class _Rect:
    """A rectangle in page space (points, y upwards)."""

    left: float
    bottom: float
    right: float
    top: float

    def joined(self, other: _Rect) -> _Rect:
        return _Rect(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )


@dataclass(slots=True)
class _Run:
    """A stretch of text on one line: text offsets, glyph rectangles."""

    start: int
    end: int
    rect: _Rect
    first: _Rect
    last: _Rect

    def takes(self, glyph: _Rect) -> bool:
        """Whether the glyph continues this line: beside it, level with it, without a wide gap."""
        if glyph == self.last:  # a ligature: its second letter stands where the first does
            return True
        height = max(self.rect.top - self.rect.bottom, glyph.top - glyph.bottom, 1.0)
        level = min(self.rect.top, glyph.top) - max(self.rect.bottom, glyph.bottom)
        shorter = min(self.rect.top - self.rect.bottom, glyph.top - glyph.bottom)
        gap = glyph.left - self.rect.right
        centre = (glyph.top + glyph.bottom) / 2
        inside = self.rect.bottom - height / 2 <= centre <= self.rect.top + height / 2
        return (level >= shorter / 2 or (inside and shorter < height / 2)) and -height / 2 <= gap <= height * 1.5


class _Glyphs:
    """The characters of one loaded page, by offset of its text."""

    def __init__(
        self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, written: Arranged, more: Sequence[Beside]
    ) -> None:
        self._page, self._text = page, textpage
        self._length = len(written.text)
        self._order = written.order or range(self._length)
        self._beside = tuple(zip(_with(written.text, more)[1], more, strict=True))
        self._view = _View.of(page)
        self._raw = textpage.get_text_range()
        self._wide = [i for i, c in enumerate(self._raw) if ord(c) > 0xFFFF]  # noqa: PLR2004 (beyond UTF-16)

    def places(self, start: int, end: int) -> Iterator[Place]:
        """Places of the range, one per run of glyphs; white space at either end of a line has none."""
        for run in self._runs(start, min(end, self._length)):
            box = self._view.box(self._tight(run))
            if box:
                yield Place(run.start, run.end, box)
        for block, one in self._beside:
            box = self._view.box(_Rect(*one.rect))
            if box and block.start < end and start < block.end:
                yield Place(block.start, block.end, box)

    def _runs(self, start: int, end: int) -> Iterator[_Run]:
        run: _Run | None = None
        for offset in range(start, end):
            rect = self._rect(offset)
            if rect is None:
                continue
            if run and run.takes(rect):
                run.end, run.rect, run.last = offset + 1, run.rect.joined(rect), rect
                continue
            if run:
                yield run
            run = _Run(offset, offset + 1, rect, rect, rect)
        if run:
            yield run

    def _rect(self, offset: int) -> _Rect | None:
        """The rectangle of the glyph at a text offset; None for characters without ink (spaces, generated)."""
        at = self._order[offset]
        if at < 0:
            return None
        units = at + bisect_left(self._wide, at)  # PDFium counts UTF-16 units
        index = raw.FPDFText_GetCharIndexFromTextIndex(self._text, units)
        if index < 0 or chr(raw.FPDFText_GetUnicode(self._text, index)).isspace():
            return None
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        if not raw.FPDFText_GetCharBox(self._text, index, left, right, bottom, top):
            return None
        rect = _Rect(left.value, bottom.value, right.value, top.value)
        return rect if self._view.shows(rect) else None

    def _tight(self, run: _Run) -> _Rect:
        """The run's rectangle, drawn in as little as needed so that PDFium reads exactly the run's words in it."""
        wanted = self._squeezed("".join(self._raw[at] for at in self._order[run.start : run.end] if at >= 0))
        best, best_excess = run.rect, 1 << 30
        for share in _INSETS:
            rect = _inset(run, share)
            got = self._squeezed(self._text.get_text_bounded(rect.left, rect.bottom, rect.right, rect.top))
            if got == wanted:
                return rect
            excess = abs(len(got) - len(wanted)) + (0 if wanted in got else len(wanted))
            if excess < best_excess:
                best, best_excess = rect, excess
        return best

    @staticmethod
    def _squeezed(text: str) -> str:
        return "".join(text.split())


def _inset(run: _Run, share: float) -> _Rect:
    height = run.rect.top - run.rect.bottom
    left = share * (run.first.right - run.first.left)
    right = share * (run.last.right - run.last.left)
    return _Rect(
        run.rect.left + left, run.rect.bottom + share * height, run.rect.right - right, run.rect.top - share * height
    )


@dataclass(frozen=True, slots=True)
class _View:
    """What of page space is displayed, and how it is turned (clockwise quarter turns)."""

    left: float
    bottom: float
    width: float
    height: float
    turns: int

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> _View:
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, (right - left) or 1.0, (top - bottom) or 1.0, page.get_rotation() // 90)

    def shows(self, rect: _Rect) -> bool:
        """Whether the middle of the rectangle is on the displayed page."""
        x, y = (rect.left + rect.right) / 2 - self.left, (rect.bottom + rect.top) / 2 - self.bottom
        return 0 <= x <= self.width and 0 <= y <= self.height

    def box(self, rect: _Rect) -> Box | None:
        """The rectangle as fractions of the displayed page, None where nothing of it is displayed."""
        x0, x1 = (rect.left - self.left) / self.width, (rect.right - self.left) / self.width
        y0, y1 = (rect.bottom - self.bottom) / self.height, (rect.top - self.bottom) / self.height
        turned = (
            (x0, 1 - y1, x1, 1 - y0),
            (y0, x0, y1, x1),
            (1 - x1, y0, 1 - x0, y1),
            (1 - y1, 1 - x1, 1 - y0, 1 - x0),
        )[self.turns % 4]
        a, b, c, d = (round(min(max(value, 0.0), 1.0), 6) for value in turned)
        return Box(a, b, c, d) if a < c and b < d else None


# ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as PNG, personal data painted over; width and height in pixels."""

    png: bytes
    width: int
    height: int


def labelled(path: Path, number: int) -> tuple[int, str | None]:
    """How many pages there are, and the label of page ``number`` (from 1)."""
    document = _opened(path)
    return len(document), document.get_page_label(number - 1) or None


def drawn(path: Path, number: int, scale: float, most: int = _RENDER_LIMIT, *, text: bool = True) -> Image.Image:
    """Page ``number`` (from 1) as displayed, or without text, at ``scale`` × 72 dots per inch and ``most`` pixels."""
    with closing(_opened(path)[number - 1]) as page:
        if not text:
            unwritten(page)
        width, height = page.get_size()
        scale = min(scale, (most / max(width * height, 1.0)) ** 0.5)
        image: Image.Image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
        return image


def picture(path: Path, number: int, painted: Sequence[Box], *, scale: float = 1.6) -> PageImage:
    """Page ``number`` (from 1) for the dossier, the ``painted`` boxes blacked out."""
    return encoded(drawn(path, number, scale), painted)


def encoded(image: Image.Image, painted: Sequence[Box]) -> PageImage:
    """A picture as PNG, in grey where it holds no colour, the ``painted`` boxes blacked out."""
    for box in painted:
        margin = 2
        corner = (
            max(int(box.x0 * image.width) - margin, 0),
            max(int(box.y0 * image.height) - margin, 0),
            min(int(box.x1 * image.width) + margin, image.width),
            min(int(box.y1 * image.height) + margin, image.height),
        )
        image.paste((32, 32, 32), corner)
    colours: Any = image.getcolors(_GREYS)
    if colours and all(red == green == blue for _, (red, green, blue) in colours):
        image = image.convert("L")
    out = BytesIO()
    image.save(out, "PNG", compress_level=3)  # on pages of text smaller and faster than the default
    return PageImage(out.getvalue(), image.width, image.height)
