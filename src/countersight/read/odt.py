"""OpenDocument text, presentations and drawings (ODT, ODP, ODG): every text, with what each stretch of it is.

Order: the body, or the pages one by one; notes and comments; headers and footers, each wording once. Deleted text
stands where it was, marked, as inserted text is. A reference to a note shows as ``[1]``, to an endnote as ``[e1]``. The
date and author of comments are left out, and so are the numbers of lists, which programs count. Empty cells leave
nothing in a row: a cell's ``ref`` tells its column. Embedded documents are files of their own. A document is partial
where a picture may hold words, or charts and formulas were not read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from platform import python_version
from typing import BinaryIO, cast
from xml.etree.ElementTree import Element

from countersight.errors import ReadError
from countersight.model import Agent, BlockKind, Page, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read.embedded import Pictures
from countersight.read.layout import counted, reading_order
from countersight.read.members import Unpacking, allowed
from countersight.read.odtext import OdText
from countersight.read.ooxml import Package, attribute, child, children, descendants, local, needs_password, opened
from countersight.read.sniff import is_text, suffix
from countersight.read.sniff import media_type as sniffed

_OPEN = "application/vnd.oasis.opendocument."
TEXT, SLIDES, DRAWING = f"{_OPEN}text", f"{_OPEN}presentation", f"{_OPEN}graphics"
_AGENT = Agent("odt", f"1+python {python_version()}")
_KINDS = frozenset(
    {TEXT, SLIDES, DRAWING, f"{TEXT}-template", f"{TEXT}-master", f"{SLIDES}-template", f"{DRAWING}-template"}
)
_NAMES = {".odt": TEXT, ".ott": TEXT, ".odp": SLIDES, ".otp": SLIDES, ".odg": DRAWING}
_MARGINS = {
    **dict.fromkeys(("header", "header-left", "header-first"), BlockKind.HEADER),
    **dict.fromkeys(("footer", "footer-left", "footer-first"), BlockKind.FOOTER),
}
_SUFFIXES = {TEXT: ".odt", SLIDES: ".odp", DRAWING: ".odg", f"{_OPEN}spreadsheet": ".ods"}
_GRAPHICS = {f"{_OPEN}chart": "chart", f"{_OPEN}formula": "formula"}
_LENGTH = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]{1,9})?)(cm|mm|in|pt|pc|px)?")
_MILLIMETRES = {"cm": 10.0, "mm": 1.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}
_HEIGHT = 200.0  # of a page of a presentation, in millimetres: enough to tell what lies beside each other
_SAME_DAY = (1980, 1, 1, 0, 0, 0)  # of the entries of an embedded document: nothing depends on the clock


@dataclass(frozen=True, slots=True)
class OdtReader:
    """Reads a text as one page (one of millions of characters as several), a presentation page by page."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """By the media type it states; by its name, unless it begins as something else, be it plain text."""
        found, named = sniffed(head, name), _NAMES.get(suffix(name))
        if found in _KINDS:
            return found
        if named and (found == "application/zip" or (found is None and not (head and is_text(head)))):
            return named
        return None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Read all text. Raises ReadError that tells empty, encrypted and damaged files apart."""
        with opened(path, limits) as package:
            if package.sealed():
                raise needs_password()
            work = _Work(package)
            work.run()
            unpacking = Unpacking(limits, sink, allowed(path.stat().st_size, limits))
            pictures = Pictures(unpacking)
            if pages is None or 0 in pages:
                work.objects(unpacking)
                pictures.add_parts(package, dict.fromkeys(part for text in work.texts for part in text.pictures))
            reason = work.unread(pictures)
            title = _title(package)
        blank = ["no text in the document"] if all(page.blank for page in work.pages) else []
        return Reading(
            media_type,
            self.agent,
            Status.PARTIAL if reason else Status.READ,
            tuple(page for page in work.pages if pages is None or page.number - 1 in pages),
            len(work.pages) if work.pages[0].paged else 0,
            tuple(unpacking.members),
            notes=(*work.notes, *_notes(work, len(unpacking.members) - pictures.taken), *pictures.notes(), *blank),
            reason=reason,
            title=title,
        )


@dataclass(slots=True)
class _Work:
    """The pages read so far, and the writers that read them."""

    package: Package
    pages: list[Page] = field(default_factory=list)
    texts: list[OdText] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Read everything. Raises ReadError where there is no document, or one nested without end."""
        root = self.package.tree("content.xml")
        holder = child(root, "body")
        if root is None or holder is None or not len(holder):
            raise ReadError("damaged: no document in it (content.xml is missing)", way_out="repair or re-save it")
        body = holder[0]
        styles = self.package.tree("styles.xml")
        try:
            drawn = list(children(body, "page"))
            for number, page in enumerate(drawn, 1):
                self._page(number, page, root, body)
            if not drawn:
                self._text(body, styles)
        except RecursionError:
            raise ReadError("damaged: its parts are nested too deeply", way_out="re-save it") from None

    def _text(self, body: Element, styles: Element | None) -> None:
        text = OdText()
        self.texts.append(text)
        text.body(body)
        found = [(item, _MARGINS[local(item.tag)]) for page in _masters(styles) for item in page if _is_margin(item)]
        for item, kind in sorted(found, key=lambda margin: margin[1] != BlockKind.HEADER):
            text.once(kind, item)
        text.asides()
        self.pages += text.finished()

    def _page(self, number: int, page: Element, root: Element, body: Element) -> None:
        text = OdText()
        self.texts.append(text)
        ordered = list(page)
        places = [(_length(attribute(item, "y")), _length(attribute(item, "x"))) for item in ordered]
        found = [ordered[n] for n in reading_order(places, _HEIGHT)]
        for item in sorted(found, key=lambda shape: attribute(shape, "class") != "title"):
            holder = Element("holder")
            holder.append(item)
            title = attribute(item, "class") == "title"
            text.blocks(holder, BlockKind.HEADING if title else BlockKind.PARAGRAPH)
        used = attribute(page, "use-footer-name")
        for footer in children(body, "footer-decl"):
            if attribute(footer, "name") == used:
                text.flow(_paragraph(footer), BlockKind.FOOTER)
        for notes in children(page, "notes"):
            text.flow(notes, BlockKind.FOOTNOTE, "notes")
        text.asides()
        self.pages.append(text.out.page(number, str(number), paged=True))
        if _is_hidden(root, attribute(page, "style-name") or ""):
            self.notes.append(f"page {number}: hidden, read all the same")

    def unread(self, pictures: Pictures) -> str:
        """What of the record itself was not read."""
        graphics: dict[str, int] = {}
        for kind in filter(None, (_GRAPHICS.get(kind) for _, kind in self._embedded())):
            graphics[kind] = graphics.get(kind, 0) + 1
        found = [pictures.unread(), *(f"{counted(number, kind)} not read" for kind, number in graphics.items())]
        return "; ".join(filter(None, found))

    def objects(self, unpacking: Unpacking) -> None:
        """Store the embedded documents and objects, numbered from 1."""
        for name, kind in self._embedded():
            if kind in _GRAPHICS:
                continue
            step = ("attachment", f"{len(unpacking.members) + 1} {name}{_SUFFIXES.get(kind, '')}")
            inside = self.package.names(f"{name}/")
            if inside:
                size = sum(self.package.archive.getinfo(part).file_size for part in inside)
                unpacking.take(step, size, partial(_repacked, self.package, name, inside, kind))
            elif name in self.package.archive.NameToInfo:
                size = self.package.archive.getinfo(name).file_size
                unpacking.take(step, size, partial(_stream, self.package, name))

    def _embedded(self) -> list[tuple[str, str]]:
        """The names of the embedded objects that the text shows, each with its media type as the manifest tells it."""
        manifest = self.package.tree("META-INF/manifest.xml")
        kinds = {
            (attribute(entry, "full-path") or "").rstrip("/"): attribute(entry, "media-type") or ""
            for entry in children(manifest, "file-entry")
        }
        names = dict.fromkeys(name.rstrip("/") for text in self.texts for name in text.objects)
        return [(name, kinds.get(name, "")) for name in names]


def _stream(package: Package, part: str) -> BinaryIO:
    return cast(BinaryIO, package.archive.open(part))


def _repacked(package: Package, folder: str, parts: list[str], kind: str) -> BinaryIO:
    """An embedded document as a package of its own: the same parts, the same bytes always."""
    if sum(package.archive.getinfo(part).file_size for part in parts) > package.limits.memory // 2:
        raise ReadError("too large: an embedded document", way_out="allow more memory per item")
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as inner:
        inner.writestr(zipfile.ZipInfo("mimetype", _SAME_DAY), kind)
        for part in parts:
            inner.writestr(zipfile.ZipInfo(part.removeprefix(f"{folder}/"), _SAME_DAY), package.archive.read(part))
    out.seek(0)
    return out


def _masters(styles: Element | None) -> Iterator[Element]:
    return children(child(styles, "master-styles"), "master-page")


def _is_margin(item: Element) -> bool:
    return local(item.tag) in _MARGINS and attribute(item, "display") != "false"


def _paragraph(element: Element) -> Element:
    """An element of plain text as a block that holds a paragraph."""
    holder, paragraph = Element("holder"), Element("p")
    paragraph.text = "".join(element.itertext())
    holder.append(paragraph)
    return holder


def _length(text: str | None) -> float:
    """A length in millimetres; 0 for none."""
    found = _LENGTH.fullmatch(text or "")
    return float(found[1]) * _MILLIMETRES[found[2] or "mm"] if found else 0.0


def _is_hidden(root: Element, style: str) -> bool:
    return any(
        attribute(properties, "visibility") == "hidden"
        for item in children(child(root, "automatic-styles"), "style")
        if attribute(item, "name") == style
        for properties in children(item, "drawing-page-properties")
    )


def _title(package: Package) -> str | None:
    root = package.tree("meta.xml")
    title = next(descendants(root, "title"), None) if root is not None else None
    return " ".join((title.text or "").split()) or None if title is not None else None


def _notes(work: _Work, members: int) -> Iterator[str]:
    texts = work.texts
    changes = [("insertion", "insertions"), ("deletion", "deletions"), ("comment", "comments")]
    counts = [(sum(getattr(text, name) for text in texts), thing) for thing, name in changes]
    if any(number for number, _ in counts):
        yield "revision: " + ", ".join(counted(number, thing) for number, thing in counts)
    if hidden := sum(text.hidden for text in texts):
        yield f"hidden text left out: {counted(hidden, 'character')}"
    if linked := sum(text.linked for text in texts):
        yield f"{counted(linked, 'linked image')} not part of the file"
    if any(text.listed for text in texts):
        yield "the numbers of lists and headings are not part of its text"
    if work.package.names("Basic/"):
        yield "macros present, never run"
    if members:
        yield f"{counted(members, 'embedded file')} read on their own"
