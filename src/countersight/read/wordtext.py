"""The text of WordprocessingML (ECMA-376 part 1, §17), written out block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from xml.etree.ElementTree import Element

from countersight.model import BlockKind, Page
from countersight.read.layout import PageText
from countersight.read.numbering import Numbering
from countersight.read.ooxml import Relation, attribute, child, children, descendants, local, whole

LONG = 2_000_000  # characters after which a document is continued on another page
_CHANGES = {
    "ins": BlockKind.INSERTED,
    "moveTo": BlockKind.INSERTED,
    "del": BlockKind.DELETED,
    "moveFrom": BlockKind.DELETED,
}
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "del", "moveTo", "moveFrom", "hyperlink"})
_PLAIN = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Check boxes and ticks in the picture fonts that forms use; other symbols of such fonts show as a bullet.
SYMBOLS = {
    **dict.fromkeys(("F06F", "F071", "F0A8", "F0A3", "00A3", "00A8", "F072"), "☐"),
    **dict.fromkeys(("F0FE", "F052", "0052", "00FE", "F054", "0054"), "☑"),
    **dict.fromkeys(("F0FD", "F051", "00FD"), "☒"),
    **dict.fromkeys(("F0FC", "F050", "00FC"), "✓"),
    "F0FB": "✗",
    "F0E0": "→",
    "F0B7": "•",
}
_HOLDERS = frozenset({"ruby", "drawing", "pict", "object"})
_GRAPHICS = {"chart": "chart", "relIds": "diagram"}
_PICTURES = {"blip": ("embed", "link"), "imagedata": ("id", "href")}  # attributes that name the relation


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says: its list and level where it has one, and whether it is a heading."""

    heading: bool = False
    list_id: str = ""
    level: int = 0


class WordText:
    """Writes a document's text. ``pending`` is the white space and number due before the next text.

    ``relations`` are those of the part being written; ``pictures`` the parts shown as pictures.
    Within a cell or another single block (``inside``), paragraphs make no blocks of their own.
    """

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self.pages = [PageText()]
        self.out = self.pages[0]
        self.pending = ""
        self.inside = False
        self.tables = 0
        self.relations: Mapping[str, Relation] = {}
        self.pictures: dict[str, None] = {}
        self.linked = self.hidden = self.symbols = self.insertions = self.deletions = self.comments = 0
        self.graphics: dict[str, int] = {}
        self._styles = _styles(styles)
        self._numbering = Numbering.of(numbering)
        self._references: dict[str, list[str]] = {"footnotes": [], "endnotes": []}
        self._changing: list[BlockKind] = []
        self._boxes: list[Element] = []
        self._worded: set[tuple[BlockKind, str]] = set()

    def finished(self) -> tuple[Page, ...]:
        """The pages: one, or for a very long document several, labelled ``part N``."""
        if len(self.pages) == 1:
            return (self.out.page(),)
        return tuple(part.page(n, f"part {n}", paged=True) for n, part in enumerate(self.pages, 1))

    def body(self, element: Element) -> None:
        """Write block content: paragraphs, tables and what wraps them."""
        for item in element:
            self._block(item)
            if self.out.length > LONG and not self.inside:
                self.pages.append(PageText())
                self.out = self.pages[-1]

    def _block(self, item: Element) -> None:
        name = local(item.tag)
        if name == "p":
            self._paragraph(item)
        elif name == "tbl":
            self._table(item)
        elif name == "AlternateContent":
            self.body(_choice(item))
        elif name == "altChunk":
            self._imported(item)
        elif name in _WRAPPERS:
            self.body(item)

    def _imported(self, item: Element) -> None:
        """A part of another format that Word would merge in here; one in the package is read on its own."""
        relation = self.relations.get(attribute(item, "id") or "")
        if relation is None or relation.external:
            self._graphic("imported part")

    def flow(self, element: Element, kind: BlockKind, ref: str = "") -> None:
        """Write all that an element holds as one block."""
        if kind == BlockKind.COMMENT:
            self.comments += 1
        start = self.out.length
        self._inside(element)
        if self.out.length > start:
            self.out.mark(start, kind, ref)
            self.out.write("\n")

    def once(self, kind: BlockKind, part: Element) -> None:
        """Write a header or footer, unless one of the same wording was written."""
        wording = kind, "".join(text.text or "" for text in descendants(part, "t"))
        if wording in self._worded:
            self._shapes(part)
            self._boxes.clear()
        else:
            self._worded.add(wording)
            self.flow(part, kind)

    def notes(self, root: Element | None, name: str) -> None:
        """Write footnotes or endnotes in the order of their references, then those nothing refers to."""
        found = children(root, name.removesuffix("s"))
        notes = {attribute(note, "id") or "": note for note in found if attribute(note, "type") in {None, "normal"}}
        order = self._references[name]
        for key in [*order, *(key for key in notes if key not in order)]:
            if key in notes:
                self.flow(notes[key], BlockKind.FOOTNOTE, self._reference(name, key) if key in order else "")

    def _reference(self, name: str, key: str) -> str:
        order = self._references[name]
        if key not in order:
            order.append(key)
        return ("e" if name == "endnotes" else "") + str(order.index(key) + 1)

    def _inside(self, element: Element) -> None:
        """Write block content without blocks, paragraphs parted by line breaks."""
        outer, self.inside = self.inside, True
        self.body(element)
        self.inside = outer
        self.pending = ""

    def put(self, text: str) -> None:
        """Write text after what is due before it."""
        if text:
            self.out.write(self.pending + text)
            self.pending = ""

    def _paragraph(self, paragraph: Element) -> None:
        properties = child(paragraph, "pPr")
        kind, number = self._kind(properties)
        lead = self.pending
        self.pending += number + " " if number and _has_text(paragraph) else ""
        start = self.out.length
        self._inline(paragraph)
        if self.out.length > start and not self.inside:
            self.out.mark(start, kind)
            self.out.write("\n")
        if self.inside:
            self.pending = "\n" if self.out.length > start else lead
        else:
            self.pending = ""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.body(box)

    def _kind(self, properties: Element | None) -> tuple[BlockKind, str]:
        """What a paragraph is, and the number Word shows before it."""
        style = self._styles.get(_value(properties, "pStyle") or "", self._styles.get("", _Style()))
        outline = _value(properties, "outlineLvl")
        heading = style.heading if outline is None else outline != "9"
        direct = child(properties, "numPr")
        list_id = _value(direct, "numId") or style.list_id
        number = self._numbering.next(list_id, whole(_value(direct, "ilvl"), style.level))
        if heading:
            return BlockKind.HEADING, number
        return BlockKind.LIST_ITEM if list_id not in {"", "0"} else BlockKind.PARAGRAPH, number

    def _inline(self, element: Element) -> None:
        for item in element:
            name = local(item.tag)
            if name == "r":
                self._run(item)
            elif name in _CHANGES:
                self._changed(item, _CHANGES[name])
            elif name == "AlternateContent":
                self._inline(_choice(item))
            elif name == "t":  # of a formula
                self.put(item.text or "")
            elif not name.endswith("Pr") and name != "rt":
                self._inline(item)

    def _changed(self, item: Element, kind: BlockKind) -> None:
        """Inserted or deleted text; a change within a change of the same kind is one."""
        if kind in self._changing:
            self._inline(item)
            return
        self.insertions += kind == BlockKind.INSERTED
        self.deletions += kind == BlockKind.DELETED
        self._changing.append(kind)
        start = self.out.length + len(self.pending)
        self._inline(item)
        self.out.mark(start, kind)
        self._changing.pop()

    def _run(self, run: Element) -> None:
        hidden = child(child(run, "rPr"), "vanish")
        if hidden is not None and attribute(hidden, "val") not in {"0", "false", "off"}:
            self.hidden += sum(len(text.text or "") for text in descendants(run, "t"))
            return
        for item in run:
            self._piece(item)

    def _piece(self, item: Element) -> None:
        name = local(item.tag)
        if name in {"t", "delText"}:
            self.put((item.text or "").replace("\xad", ""))
        elif name in _PLAIN:
            self.put(_PLAIN[name]) if self.inside or name != "tab" else self.put("\t")
        elif name == "sym":
            self._symbol(attribute(item, "char") or "")
        elif name in {"footnoteReference", "endnoteReference"} and not attribute(item, "customMarkFollows"):
            notes = name.removesuffix("Reference") + "s"
            self.put(f"[{self._reference(notes, attribute(item, 'id') or '')}]")
        elif name == "fldChar" and child(item, "ffData") is not None:
            self._check_box(item)
        elif name == "AlternateContent":
            for inner in _choice(item):
                self._piece(inner)
        elif name in _HOLDERS:
            self._held(item, name)

    def _held(self, item: Element, name: str) -> None:
        """Text with its reading above it, of which only the text is kept; pictures and text boxes."""
        if name == "ruby":
            for base in children(item, "rubyBase"):
                self._inline(base)
        elif name != "object" or not self._embeds(item):
            self._shapes(item)

    def _embeds(self, item: Element) -> bool:
        """Whether an object's picture only previews a file in the package, which is read on its own."""
        relations = (self.relations.get(attribute(inner, "id") or "") for inner in children(item, "OLEObject"))
        return any(relation and not relation.external for relation in relations)

    def _symbol(self, char: str) -> None:
        code = int(char, 16) if char and all(digit in "0123456789abcdefABCDEF" for digit in char) else 0
        shown = SYMBOLS.get(char.upper()) or (chr(code) if 0x20 < code < 0xD800 else "")  # noqa: PLR2004 (letters)
        self.symbols += not shown
        self.put(shown or "\N{BULLET}")

    def _check_box(self, item: Element) -> None:
        box = next(descendants(item, "checkBox"), None)
        if box is None:
            return
        state = child(box, "checked")
        state = child(box, "default") if state is None else state
        on = state is not None and attribute(state, "val") not in {"0", "false", "off"}
        self.put("☑" if on else "☐")

    def _shapes(self, element: Element) -> None:
        """Text boxes, to be written after the paragraph; pictures and graphics, to be counted."""
        for item in element:
            name = local(item.tag)
            if name == "txbxContent":
                self._boxes.append(item)
            elif name == "AlternateContent":
                self._shapes(_choice(item))
            elif name in _PICTURES:
                self._picture(item, _PICTURES[name])
            elif name in _GRAPHICS:
                self._graphic(_GRAPHICS[name])
            else:
                self._shapes(item)

    def _picture(self, item: Element, names: tuple[str, str]) -> None:
        related = [self.relations.get(attribute(item, name) or "") for name in names]
        for relation in (found for found in related if found):
            if relation.external:
                self.linked += 1
            else:
                self.pictures[relation.target] = None

    def _graphic(self, kind: str) -> None:
        self.graphics[kind] = self.graphics.get(kind, 0) + 1

    def _table(self, table: Element) -> None:
        if self.inside:
            self._flattened(table)
            return
        self.tables += 1
        number = self.tables
        rows = list(_unwrapped(table, "tr"))
        covered = _covered(rows)
        heads = len(list(takewhile(_is_head, rows)))
        for n, row in enumerate(rows):
            self._row(row, f"T{number}R{n + 1}", covered[n], head=n < heads)

    def _flattened(self, table: Element) -> None:
        """A table within a cell: its rows as lines, its cells parted by `` | ``."""
        for row in _unwrapped(table, "tr"):
            lead, start = self.pending, self.out.length
            for cell in _unwrapped(row, "tc"):
                if not _continues(cell):
                    self.pending = " | " if self.out.length > start else lead
                    self._inside(cell)
            self.pending = "\n" if self.out.length > start else lead

    def _row(self, row: Element, ref: str, down: Mapping[int, int], *, head: bool) -> None:
        """A row; ``down`` are the rows that its cells cover, by column, where more than one."""
        cells = list(_unwrapped(row, "tc"))
        filled = [cell for cell in cells if _has_text(cell)]
        if len(filled) == 1 and next(descendants(filled[0], "tbl"), None) is not None:
            self.body(filled[0])
            return
        properties = child(row, "trPr")
        column = 1 + whole(_value(properties, "gridBefore"))
        start, before = self.out.length, len(self.out.blocks)
        for cell in cells:
            wide = _width(cell)
            begun = self._cell(cell, "\t" if self.out.length > start else "")
            self.out.cell(begun, f"{ref}C{column}", wide, down.get(column, 1), head=head)
            column += wide
        if self.out.length == start:
            return
        self.out.mark(start, BlockKind.ROW, ref)
        self._changed_row(properties, start, {block.kind for block in self.out.blocks[before:]})
        self.out.write("\n")

    def _changed_row(self, properties: Element | None, start: int, within: set[BlockKind]) -> None:
        """A row inserted or deleted as a whole; its cells' own changes already say so where they hold text."""
        for name in ("ins", "del"):
            if child(properties, name) is not None and _CHANGES[name] not in within:
                self.insertions += name == "ins"
                self.deletions += name == "del"
                self.out.mark(start, _CHANGES[name])

    def _cell(self, cell: Element, lead: str) -> int:
        """Write a cell, unless it only continues another; the offset where it begins."""
        start = self.out.length + len(lead)
        if not _continues(cell):
            self.pending = lead
            self._inside(cell)
        return start


def _choice(alternatives: Element) -> Element:
    """The content Word would take: the first choice, else the fallback, else nothing."""
    for name in ("Choice", "Fallback"):
        found = child(alternatives, name)
        if found is not None:
            return found
    return Element("nothing")


def _unwrapped(element: Element, name: str) -> Iterator[Element]:
    """Rows or cells, also those inside content controls and the like."""
    for item in element:
        if local(item.tag) == name:
            yield item
        elif local(item.tag) in _WRAPPERS:
            yield from _unwrapped(item, name)


def _continues(cell: Element, *names: str) -> bool:
    """Whether a cell only continues a merged cell above or to its left."""
    properties = child(cell, "tcPr")
    merges = [child(properties, name) for name in names or ("vMerge", "hMerge")]
    return any(merge is not None and attribute(merge, "val") != "restart" for merge in merges)


def _width(cell: Element) -> int:
    """The columns of the grid that a cell covers."""
    return max(whole(_value(child(cell, "tcPr"), "gridSpan"), 1), 1)


def _is_head(row: Element) -> bool:
    """Whether Word repeats a row on top of each page."""
    mark = child(child(row, "trPr"), "tblHeader")
    return mark is not None and attribute(mark, "val") not in {"0", "false", "off"}


def _covered(rows: list[Element]) -> list[dict[int, int]]:
    """For each row, how many rows its merged cells cover, by column."""
    covered: list[dict[int, int]] = []
    open_cells: dict[int, int] = {}  # the row in which the merged cell of each column began
    for n, row in enumerate(rows):
        covered.append({})
        column, still = 1 + whole(_value(child(row, "trPr"), "gridBefore")), dict[int, int]()
        for cell in _unwrapped(row, "tc"):
            if _continues(cell, "vMerge") and column in open_cells:
                still[column] = open_cells[column]
                covered[still[column]][column] = n - still[column] + 1
            elif child(child(cell, "tcPr"), "vMerge") is not None:
                still[column] = n
            column += _width(cell)
        open_cells = still
    return covered


def _has_text(element: Element) -> bool:
    return any((item.text or "").strip() for item in element.iter() if local(item.tag) in {"t", "delText"})


def _value(parent: Element | None, name: str) -> str | None:
    found = child(parent, name)
    return attribute(found, "val") if found is not None else None


def _styles(root: Element | None) -> dict[str, _Style]:
    """The paragraph styles by id, with what they inherit; the default one also under the empty id."""
    elements = {
        attribute(style, "styleId") or "": style
        for style in children(root, "style")
        if attribute(style, "type") in {None, "paragraph"}
    }
    styles = {key: _style(key, elements) for key in elements}
    default = next((key for key, item in elements.items() if attribute(item, "default") in {"1", "true", "on"}), None)
    return styles | ({"": styles[default]} if default else {})


def _style(key: str, elements: dict[str, Element]) -> _Style:
    heading: bool | None = None
    list_id, level, seen = "", "", set()
    while key in elements and key not in seen:
        seen.add(key)
        element = elements[key]
        properties = child(element, "pPr")
        name = (_value(element, "name") or "").lower()
        outline = _value(properties, "outlineLvl")
        if heading is None and (name.startswith("heading ") or name == "title" or outline is not None):
            heading = outline != "9"
        direct = child(properties, "numPr")
        list_id = list_id or _value(direct, "numId") or ""
        level = level or _value(direct, "ilvl") or ""
        key = _value(element, "basedOn") or ""
    return _Style(bool(heading), list_id, whole(level))
