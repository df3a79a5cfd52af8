"""The text of OpenDocument (ODF 1.3 part 3), written out block by block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from countersight.model import BlockKind, Page
from countersight.read.layout import PageText
from countersight.read.ooxml import attribute, child, children, descendants, local, whole
from countersight.read.wordtext import LONG

_SPACE = re.compile(r"[ \t\r\n]+")
_LEFT_OUT = frozenset(
    {"tracked-changes", "note-citation", "ruby-text", "script", "forms", "event-listeners", "title", "desc", "notes"}
    | {"creator", "creator-initials", "date-string", "sequence-decls", "variable-decls", "user-field-decls"}
    | {"change-info", "header-decl", "footer-decl", "date-time-decl", "annotation-end", "table-of-content-source"}
)
_SHAPES = frozenset(
    {"frame", "g", "custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon", "path", "connector"}
    | {"caption", "measure", "regular-polygon", "page-thumbnail", "control"}
)
_ROW_GROUPS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_MOST_REPEATED = 1000  # of a repeated cell or row with text


class OdText:
    """Writes a document's text. ``pending`` parts what comes next from what there is.

    ``pictures`` are the parts shown as pictures, ``objects`` the names of embedded ones. Within a cell or another
    single block, paragraphs make no blocks of their own.
    """

    def __init__(self) -> None:
        self.pages = [PageText()]
        self.pictures: dict[str, None] = {}
        self.objects: dict[str, None] = {}
        self.hidden = self.linked = self.insertions = self.deletions = self.comments = 0
        self.listed = False
        self._pending = ""
        self._inside = 0
        self._tables = 0
        self._asides: list[tuple[BlockKind, str, Element]] = []
        self._boxes: list[tuple[Element, BlockKind]] = []
        self._notes = {"": 0, "e": 0}
        self._changes: dict[str, Element] = {}
        self._inserting: set[str] = set()
        self._insertion = 0
        self._worded: set[tuple[BlockKind, str]] = set()

    @property
    def out(self) -> PageText:
        """The page being written."""
        return self.pages[-1]

    def finished(self) -> tuple[Page, ...]:
        """The pages: one, or for a very long document several, labelled ``part N``."""
        if len(self.pages) == 1:
            return (self.out.page(),)
        return tuple(part.page(n, f"part {n}", paged=True) for n, part in enumerate(self.pages, 1))

    def body(self, element: Element) -> None:
        """Write block content, then the notes and comments met."""
        for region in descendants(element, "changed-region"):
            self._changes[attribute(region, "id") or ""] = region
        self.blocks(element)
        self.asides()

    def asides(self) -> None:
        """Write the notes and comments met since."""
        for wanted in (BlockKind.FOOTNOTE, BlockKind.COMMENT):
            found = [aside for aside in self._asides if aside[0] == wanted]
            for kind, ref, aside in found:
                self.flow(aside, kind, ref)
        self._asides.clear()

    def flow(self, element: Element, kind: BlockKind, ref: str = "") -> None:
        """Write all that an element holds as one block."""
        start = self.out.length
        self._within(element)
        self._pending = ""
        if self.out.length > start:
            self.out.mark(start, kind, ref)
            self.out.write("\n")
        self._write_boxes()

    def once(self, kind: BlockKind, element: Element) -> None:
        """Write a header or footer, unless one of the same wording was written."""
        wording = kind, "".join(element.itertext()).strip()
        if wording not in self._worded:
            self._worded.add(wording)
            self.flow(element, kind)

    def blocks(self, element: Element, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Write block content: paragraphs, lists, tables and what wraps them."""
        for item in element:
            name = local(item.tag)
            if name in {"p", "h"}:
                self._paragraph(item, BlockKind.HEADING if name == "h" else kind)
            elif name == "list":
                self._list(item)
            elif name == "table":
                self._table(item)
            elif name in _SHAPES:
                self._shape(item, kind)
                self._write_boxes()
            elif name in {"annotation", "change", "change-start", "change-end"}:
                self._piece(item)
            elif name == "section" and attribute(item, "display") == "none":
                self.hidden += len("".join(item.itertext()))
            elif name not in _LEFT_OUT:
                self.blocks(item, kind)
            self._turn()

    def _turn(self) -> None:
        if self.out.length > LONG and not self._inside:
            self.pages.append(PageText())

    def _list(self, element: Element) -> None:
        self.listed = True
        for item in element:
            if local(item.tag) in {"list-item", "list-header"}:
                self.blocks(item, BlockKind.LIST_ITEM)

    def _within(self, element: Element) -> None:
        """Write block content without blocks, paragraphs parted by line breaks."""
        self._inside += 1
        self.blocks(element)
        self._inside -= 1

    def _paragraph(self, paragraph: Element, kind: BlockKind) -> None:
        lead, start = self._pending, self.out.length
        outer, self._insertion = self._insertion, start + len(lead)
        self._inline(paragraph)
        self._inserted()
        self._insertion = outer
        written = self.out.length > start
        if self._inside:
            self._pending = "\n" if written else lead
        else:
            self._pending = ""
            self.out.mark(start, kind)
            self.out.write("\n" if written else "")
            self._write_boxes()

    def _write_boxes(self) -> None:
        """The text boxes met, after what they hang on."""
        boxes, self._boxes = self._boxes, []
        for box, kind in boxes:
            self.blocks(box, kind)

    def _put(self, text: str) -> None:
        if text:
            self.out.write(self._pending + text)
            self._pending = ""

    def _inline(self, element: Element) -> None:
        self._put(_SPACE.sub(" ", element.text or "").replace("\xad", ""))
        for item in element:
            self._piece(item)
            self._put(_SPACE.sub(" ", item.tail or "").replace("\xad", ""))

    def _piece(self, item: Element) -> None:
        name = local(item.tag)
        if name == "s":
            self._put(" " * min(whole(attribute(item, "c"), 1), _MOST_REPEATED))
        elif name == "tab":
            self._put(" " if self._inside else "\t")
        elif name == "line-break":
            self._put("\n")
        elif name == "note":
            self._note(item)
        elif name == "annotation":
            self.comments += 1
            self._asides.append((BlockKind.COMMENT, "", item))
        elif name in {"change", "change-start", "change-end"}:
            self._change(item, name)
        elif name in _SHAPES:
            self._shape(item)
        elif name not in _LEFT_OUT:
            self._inline(item)

    def _note(self, note: Element) -> None:
        series = "e" if attribute(note, "note-class") == "endnote" else ""
        self._notes[series] += 1
        ref = f"{series}{self._notes[series]}"
        self._put(f"[{ref}]")
        if (body := child(note, "note-body")) is not None:
            self._asides.append((BlockKind.FOOTNOTE, ref, body))

    # ── Tracked changes ──────────────────────────────────────────────────────────────────────────────────────────────

    def _change(self, item: Element, name: str) -> None:
        key = attribute(item, "change-id") or ""
        region = self._changes.get(key)
        deletion, insertion = child(region, "deletion"), child(region, "insertion")
        if name == "change" and deletion is not None:
            self.deletions += 1
            del self._changes[key]  # it was deleted once, however often it is said
            start = self.out.length + len(self._pending)
            self._within(deletion)
            self._pending = ""
            self.out.mark(start, BlockKind.DELETED)
        elif name == "change-start" and insertion is not None:
            self.insertions += 1
            self._inserted()
            self._inserting.add(key)
            self._insertion = self.out.length + len(self._pending)
        elif name == "change-end" and key in self._inserting:
            self._inserted()
            self._inserting.discard(key)
            self._insertion = self.out.length

    def _inserted(self) -> None:
        """What was inserted up to here, in this paragraph, is a block."""
        if self._inserting:
            self.out.mark(self._insertion, BlockKind.INSERTED)

    # ── Tables ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _table(self, table: Element) -> None:
        if self._inside:
            self._flattened(table)
            return
        self._tables += 1
        number, row = self._tables, 1
        heads = {id(item) for group in children(table, "table-header-rows") for item in _rows(group)}
        for item in _rows(table):
            repeated = max(whole(attribute(item, "number-rows-repeated"), 1), 1)
            self._row(item, f"T{number}R{row}", head=id(item) in heads)
            row += repeated

    def _row(self, row: Element, ref: str, *, head: bool) -> None:
        start, column = self.out.length, 1
        for cell in row:
            if local(cell.tag) == "table-cell":
                lead = "\t" if self.out.length > start else ""
                self._pending, begun = lead, self.out.length + len(lead)
                self._within(cell)
                wide, high = (whole(attribute(cell, f"number-{which}-spanned"), 1) for which in ("columns", "rows"))
                self.out.cell(begun, f"{ref}C{column}", wide, high, head=head)
            column += max(whole(attribute(cell, "number-columns-repeated"), 1), 1)
        self._pending = ""
        if self.out.length > start:
            self.out.mark(start, BlockKind.ROW, ref)
            self.out.write("\n")
        self._write_boxes()

    def _flattened(self, table: Element) -> None:
        """A table within a cell: its rows as lines, its cells parted by `` | ``."""
        for row in _rows(table):
            lead, start = self._pending, self.out.length
            for cell in children(row, "table-cell"):
                self._pending = " | " if self.out.length > start else lead
                self._within(cell)
            self._pending = "\n" if self.out.length > start else lead

    # ── Shapes ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _shape(self, shape: Element, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Text boxes, to be written after the paragraph; pictures and embedded objects."""
        if any(local(item.tag) in {"p", "list", "table"} for item in shape):
            self._boxes.append((shape, kind))
            return
        previewed = False  # by a picture beside it, or by the same picture in another format
        for item in shape:
            name = local(item.tag)
            if name == "text-box":
                self._boxes.append((item, kind))
            elif name in {"object", "object-ole", "image"}:
                if not previewed:
                    self._refer(item, self.pictures if name == "image" else self.objects)
                previewed = True
            elif name in _SHAPES:
                self._shape(item, kind)

    def _refer(self, item: Element, kept: dict[str, None]) -> None:
        target = (attribute(item, "href") or "").removeprefix("./")
        if "://" in target or target.startswith("../"):
            self.linked += 1
        elif target:
            kept[target] = None


def _rows(table: Element) -> Iterator[Element]:
    for item in table:
        if local(item.tag) == "table-row":
            yield item
        elif local(item.tag) in _ROW_GROUPS:
            yield from _rows(item)
