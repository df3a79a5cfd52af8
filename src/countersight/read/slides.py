"""Presentations (PPTX, PPTM, PPSX): each slide a page whose label is its number, hidden slides too.

Order on a slide: the title, the other shapes in reading order, footers, the words of diagrams, speaker's notes
(footnotes with the ref ``notes``), comments without their authors. What the slide design itself says (a company's name,
"confidential") stands once, as a header, on the first slide that shows it. A presentation is partial where a picture
may hold words, or charts were not read; embedded files and recordings are files of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from platform import python_version
from xml.etree.ElementTree import Element

from countersight.errors import ReadError
from countersight.model import Agent, BlockKind, Page, PageFault, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read.embedded import Pictures
from countersight.read.layout import counted
from countersight.read.members import Unpacking, allowed
from countersight.read.ooxml import Package, Relation, child, children, descendants, local, opened, whole
from countersight.read.slidetext import Design, SlideText
from countersight.read.sniff import is_text, suffix
from countersight.read.sniff import media_type as sniffed

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
MACRO_TYPE = "application/vnd.ms-powerpoint.presentation.macroEnabled.12"
_AGENT = Agent("slides", f"1+python {python_version()}")
_NAMES = {
    **dict.fromkeys((".pptx", ".ppsx", ".potx"), MEDIA_TYPE),
    **dict.fromkeys((".pptm", ".ppsm", ".potm"), MACRO_TYPE),
}
_CONTAINERS = frozenset({"application/zip", "application/x-ole-storage", MEDIA_TYPE})
_RECORDINGS = frozenset({"audio", "video", "media"})
_HEIGHT = 6_858_000  # of a slide in EMU, where none is stated: 19.05 cm


@dataclass(frozen=True, slots=True)
class SlidesReader:
    """Reads a presentation slide by slide."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """By its name, unless it begins as something else, be it plain text; or by the parts its ZIP begins with."""
        found, named = sniffed(head, name), _NAMES.get(suffix(name))
        if named and (found in _CONTAINERS or (found is None and not (head and is_text(head)))):
            return named
        return MEDIA_TYPE if found == MEDIA_TYPE else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Read all slides. Raises ReadError that tells empty, encrypted and damaged files apart."""
        with opened(path, limits) as package:
            work = _Work(package)
            work.run(package.main_part("ppt/presentation.xml"))
            members = package.members(work.embedded(), sink) if pages is None or 0 in pages else ()
            pictures = Pictures(Unpacking(limits, sink, allowed(path.stat().st_size, limits)))
            if pages is None or 0 in pages:
                pictures.add_parts(package, work.pictures)
            title = package.title()
            reason = "; ".join(filter(None, (pictures.unread(), work.reason())))
        if work.faults and not work.pages:
            raise ReadError(work.faults[0].reason, way_out="repair or re-save it")
        return Reading(
            media_type,
            self.agent,
            Status.PARTIAL if reason else Status.READ,
            tuple(page for page in work.pages if pages is None or page.number - 1 in pages),
            len(work.pages) + len(work.faults),
            (*members, *pictures.unpacking.members),
            tuple(fault for fault in work.faults if pages is None or fault.page - 1 in pages),
            (*work.told(len(members)), *pictures.notes()),
            reason,
            title,
        )


@dataclass(slots=True)
class _Work:
    """The slides read so far, and what to tell of them."""

    package: Package
    pages: list[Page] = field(default_factory=list)
    faults: list[PageFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pictures: dict[str, None] = field(default_factory=dict)
    graphics: dict[str, int] = field(default_factory=dict)
    recordings: dict[str, None] = field(default_factory=dict)
    hidden: int = 0
    comments: int = 0
    linked: int = 0
    _shown: set[str] = field(default_factory=set)
    _designs: dict[str, Design] = field(default_factory=dict)
    _read: set[str] = field(default_factory=set)

    def run(self, main: str) -> None:
        """Read every slide, each once. Raises ReadError where there is no presentation."""
        root = self.package.tree(main)
        if root is None:
            raise ReadError(f"damaged: no presentation in it ({main} is missing)", way_out="repair or re-save it")
        size = child(root, "sldSz")
        height = whole(size.get("cy") if size is not None else None, _HEIGHT) or _HEIGHT
        related = self.package.relations(main)
        keys = [value for item in descendants(root, "sldId") for key, value in item.items() if _is_relation(key)]
        parts = dict.fromkeys(related[key].target if key in related else key for key in keys)
        for number, part in enumerate(parts, 1):
            try:
                self._slide(number, part, height)
            except ReadError as error:
                self.faults.append(PageFault(number, error.what))
            except RecursionError:
                self.faults.append(PageFault(number, "damaged: its shapes are nested too deeply"))

    def _slide(self, number: int, part: str, height: int) -> None:
        root = self.package.tree(part)
        if root is None:
            raise ReadError(f"damaged: the slide is missing ({part})")
        related = self.package.relations(part)
        design = self._design(related)
        text = SlideText(related, design, height)
        text.slide(root)
        for diagram in text.diagrams:
            self._diagram(diagram, text)
        for words in design.texts:
            if words not in self._shown:
                self._shown.add(words)
                text.line(words, BlockKind.HEADER)
        self._beside(related, text)
        self._tell(number, root, text, related)
        self.pages.append(text.out.page(number, str(number), paged=True))

    def _design(self, related: dict[str, Relation]) -> Design:
        """The layout and master behind a slide."""
        layout = _target(related, "slideLayout")
        if layout not in self._designs:
            master = _target(self.package.relations(layout), "slideMaster")
            self._designs[layout] = Design()
            for part in (layout, master):
                self._designs[layout].add(self.package.tree(part))
        return self._designs[layout]

    def _once(self, part: str) -> Element | None:
        """A part that belongs to one slide, on whichever names it first."""
        if part in self._read:
            return None
        self._read.add(part)
        return self.package.tree(part)

    def _diagram(self, part: str, text: SlideText) -> None:
        root = self._once(part)
        for point in descendants(root, "pt") if root is not None else ():
            text.aside(children(child(point, "t"), "p"), BlockKind.LIST_ITEM)

    def _beside(self, related: dict[str, Relation], text: SlideText) -> None:
        """Speaker's notes and comments."""
        for relation in related.values():
            if relation.external or relation.kind not in {"notesSlide", "comments"}:
                continue
            root = self._once(relation.target)
            if root is None:
                continue
            if relation.kind == "notesSlide":
                text.aside(_notes(root), BlockKind.FOOTNOTE, "notes")
            else:
                self._comments(root, text)

    def _comments(self, root: Element, text: SlideText) -> None:
        for item in root.iter():
            if local(item.tag) in {"cm", "reply"}:
                self.comments += 1
                plain = child(item, "text")
                text.line((plain.text or "") if plain is not None else "", BlockKind.COMMENT)
                text.aside(children(child(item, "txBody"), "p"), BlockKind.COMMENT)

    def _tell(self, number: int, root: Element, text: SlideText, related: dict[str, Relation]) -> None:
        if root.get("show") in {"0", "false"}:
            self.notes.append(f"slide {number}: hidden, read all the same")
        for part in text.pictures:
            self.pictures[part] = None
        for kind, count in text.graphics.items():
            self.graphics[kind] = self.graphics.get(kind, 0) + count
        self.hidden += text.hidden
        self.linked += text.linked
        kept = (r.target for r in related.values() if r.kind in _RECORDINGS and not r.external)
        self.recordings |= dict.fromkeys(kept)

    def embedded(self) -> list[str]:
        """The parts that are files of their own."""
        names = set(self.package.names())
        return [*self.package.names("ppt/embeddings/"), *(part for part in self.recordings if part in names)]

    def reason(self) -> str:
        """What of the record itself was not read."""
        unread = [f"{counted(count, kind)} not read" for kind, count in self.graphics.items()]
        return "; ".join([*unread, *(f"slide {fault.page}: {fault.reason}" for fault in self.faults)])

    def told(self, members: int) -> Iterator[str]:
        """What else a user must know."""
        yield from self.notes
        if self.comments:
            yield f"revision: {counted(self.comments, 'comment')}"
        if self.hidden:
            yield f"hidden text left out: {counted(self.hidden, 'character')}"
        if self.linked:
            yield f"{counted(self.linked, 'linked image')} not part of the file"
        if any(name.endswith("vbaProject.bin") for name in self.package.names()):
            yield "macros present, never run"
        if members:
            yield f"{counted(members, 'embedded file')} read on their own"
        if all(page.blank for page in self.pages):
            yield "no text in the presentation"


def _is_relation(key: str) -> bool:
    """Whether a slide's attribute is its relation's id, which differs from its own only by its namespace."""
    return key.startswith("{") and local(key) == "id"


def _target(related: dict[str, Relation], kind: str) -> str:
    return next((r.target for r in related.values() if r.kind == kind and not r.external), "")


def _notes(root: Element) -> Iterator[Element]:
    """The paragraphs a speaker wrote, not the slide's picture, number and date beside them."""
    for shape in descendants(root, "sp"):
        holder = next(descendants(shape, "ph"), None)
        if holder is None or holder.get("type", "body") == "body":
            yield from children(child(shape, "txBody"), "p")
