"""The text of PresentationML (ECMA-376 part 1, §19 and §21), one slide at a time.

Shapes follow each other as eyes do: the title, then from above to below and, beside each other, from left to right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from countersight.model import BlockKind
from countersight.read.layout import PageText, reading_order
from countersight.read.ooxml import Relation, attribute, child, children, descendants, local, whole

_TITLES = frozenset({"title", "ctrTitle"})
_MARGINS = {"ftr": BlockKind.FOOTER, "dt": BlockKind.FOOTER, "sldNum": BlockKind.FOOTER, "hdr": BlockKind.HEADER}
_SHAPES = frozenset({"sp", "pic", "graphicFrame", "cxnSp"})
_ON = frozenset({"1", "true", "on"})
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Frame:
    """How coordinates inside a group become those of the slide."""

    scale: Spot = (1.0, 1.0)
    shift: Spot = (0.0, 0.0)

    def placed(self, at: Spot) -> Spot:
        """A place inside the group, on the slide: down, right."""
        return at[0] * self.scale[0] + self.shift[0], at[1] * self.scale[1] + self.shift[1]

    def inside(self, group: Element) -> _Frame:
        """The frame of a group's own shapes."""
        form = child(child(group, "grpSpPr"), "xfrm")
        off, start = _pair(child(form, "off"), "y", "x"), _pair(child(form, "chOff"), "y", "x")
        size, within = _pair(child(form, "ext"), "cy", "cx"), _pair(child(form, "chExt"), "cy", "cx")
        if off is None or start is None or size is None or within is None:
            return self
        scale = (size[0] / within[0] if within[0] else 1.0, size[1] / within[1] if within[1] else 1.0)
        at = self.placed((off[0] - start[0] * scale[0], off[1] - start[1] * scale[1]))
        return _Frame((self.scale[0] * scale[0], self.scale[1] * scale[1]), at)


def _pair(element: Element | None, first: str, second: str) -> Spot | None:
    if element is None:
        return None
    return _coordinate(element.get(first)), _coordinate(element.get(second))


def _coordinate(text: str | None) -> float:
    number = (text or "").removeprefix("-")
    return float(whole(number)) * (-1 if (text or "").startswith("-") else 1)


@dataclass(slots=True)
class Design:
    """Where the placeholders of a layout and master lie, by type and number; and the texts these themselves show."""

    places: dict[tuple[str, str], Spot] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def add(self, root: Element | None) -> None:
        """Take in a layout or master; what was taken in before goes first."""
        for shape, place in _flat(_tree(root), _Frame()):
            holder = _placeholder(shape)
            if holder is None and not _hidden(shape):
                self.texts.append("\n".join(filter(str.strip, map(_words, descendants(shape, "p")))))
            elif holder is not None and place is not None:
                kind, number = holder.get("type", "body"), holder.get("idx", "")
                for key in ((kind, number), (kind, ""), ("", number) if number else (kind, "")):
                    self.places.setdefault(key, place)

    def place(self, holder: Element | None) -> Spot | None:
        """Where a placeholder lies that does not say so itself."""
        if holder is None:
            return None
        kind, number = holder.get("type", "body"), holder.get("idx", "")
        keys = ((kind, number), ("", number) if number else (kind, ""), (kind, ""))
        return next((self.places[key] for key in keys if key in self.places), None)


class SlideText:
    """Writes one slide. ``pictures`` are the parts shown as pictures, ``diagrams`` those that hold diagrams' words."""

    def __init__(self, relations: Mapping[str, Relation], design: Design, height: int) -> None:
        self.out = PageText()
        self.pictures: dict[str, None] = {}
        self.hidden = self.linked = self.comments = 0
        self.graphics: dict[str, int] = {}
        self.diagrams: dict[str, None] = {}
        self._relations, self._design, self._height = relations, design, height
        self._tables = 0

    def slide(self, root: Element) -> None:
        """Write the slide's own shapes."""
        shapes = list(_flat(_tree(root), _Frame()))
        self._pictures(child(child(root, "cSld"), "bg"))
        for shape in self._ordered(shapes):
            self._shape(shape)

    def aside(self, paragraphs: Iterable[Element], kind: BlockKind, ref: str = "") -> None:
        """Write paragraphs as one block."""
        self.line("\n".join(filter(str.strip, map(_words, paragraphs))), kind, ref)

    def line(self, text: str, kind: BlockKind, ref: str = "") -> None:
        """Write a block and end its line; nothing for white space."""
        if not text.strip():
            return
        start = self.out.length
        self.out.write(text)
        self.out.mark(start, kind, ref)
        self.out.write("\n")

    def _ordered(self, shapes: list[tuple[Element, Spot | None]]) -> list[Element]:
        last: Spot = (0.0, 0.0)
        placed = []
        for shape, place in shapes:
            last = place or self._design.place(_placeholder(shape)) or last
            placed.append(last)
        ordered = [shapes[n][0] for n in reading_order(placed, self._height)]
        return sorted(ordered, key=lambda shape: (_kind(shape) not in _TITLES, _kind(shape) in _MARGINS))

    def _shape(self, shape: Element) -> None:
        if _hidden(shape):
            self.hidden += sum(len(text.text or "") for text in descendants(shape, "t"))
        elif local(shape.tag) == "graphicFrame":
            self._graphic(shape)
        else:
            self._pictures(shape)
            kind = _kind(shape)
            for paragraph in children(child(shape, "txBody"), "p"):
                self.line(_words(paragraph), _MARGINS.get(kind) or _paragraph_kind(kind, paragraph))

    def _graphic(self, frame: Element) -> None:
        data = child(child(frame, "graphic"), "graphicData")
        for item in data if data is not None else ():
            name = local(item.tag)
            if name == "AlternateContent":
                item = next(iter(_choice(item)), item)  # noqa: PLW2901 (what it stands for)
                name = local(item.tag)
            if name == "tbl":
                self._table(item)
            elif name == "relIds" and (part := self._target(item, "dm")):
                self.diagrams[part] = None
            elif name == "oleObj":
                self._object(item)
            else:
                self.graphics[name] = self.graphics.get(name, 0) + 1

    def _object(self, item: Element) -> None:
        """An object's picture, unless it only previews a file in the package, which is read on its own."""
        if not self._target(item, "id"):
            self._pictures(item)

    def _table(self, table: Element) -> None:
        self._tables += 1
        look = child(table, "tblPr")
        headed = look is not None and look.get("firstRow") in _ON
        for n, row in enumerate(children(table, "tr"), 1):
            start = self.out.length
            for column, cell in enumerate(children(row, "tc"), 1):
                begun = self._cell(cell, "\t" if self.out.length > start else "")
                covers = whole(cell.get("gridSpan"), 1), whole(cell.get("rowSpan"), 1)
                self.out.cell(begun, f"T{self._tables}R{n}C{column}", *covers, head=headed and n == 1)
            self.out.mark(start, BlockKind.ROW, f"T{self._tables}R{n}")
            self.out.write("\n" if self.out.length > start else "")

    def _cell(self, cell: Element, lead: str) -> int:
        """Write a cell, unless it is empty or only continues another; the offset where it begins."""
        words = "\n".join(filter(str.strip, map(_words, children(child(cell, "txBody"), "p")))).strip()
        if words and not _ON & {cell.get("hMerge", ""), cell.get("vMerge", "")}:
            self.out.write(lead + words)
            return self.out.length - len(words)
        return self.out.length

    def _pictures(self, element: Element | None) -> None:
        for blip in descendants(element, "blip") if element is not None else ():
            if part := self._target(blip, "embed"):
                self.pictures[part] = None
            elif attribute(blip, "link"):
                self.linked += 1

    def _target(self, element: Element, name: str) -> str:
        """The part that an attribute's relation names; nothing for none and for what lies outside."""
        relation = self._relations.get(attribute(element, name) or "")
        return relation.target if relation and not relation.external else ""


def _tree(root: Element | None) -> Element | None:
    return child(child(root, "cSld"), "spTree")


def _flat(tree: Element | None, frame: _Frame) -> Iterator[tuple[Element, Spot | None]]:
    """The shapes in their order, those of groups too, each with its place on the slide where it says one."""
    for item in tree if tree is not None else ():
        name = local(item.tag)
        if name == "grpSp" and not _hidden(item):
            yield from _flat(item, frame.inside(item))
        elif name == "AlternateContent":
            yield from _flat(_choice(item), frame)
        elif name in _SHAPES or name == "grpSp":
            properties = child(item, "spPr")
            form = child(item, "xfrm") if properties is None else child(properties, "xfrm")
            at = _pair(child(form, "off"), "y", "x")
            yield item, frame.placed(at) if at else None


def _choice(alternatives: Element) -> Element:
    """The content a program would take: the first choice, else the fallback, else nothing."""
    found = [child(alternatives, name) for name in ("Choice", "Fallback")]
    return next((item for item in found if item is not None), Element("nothing"))


def _private(shape: Element) -> Element | None:
    """The properties of a shape that are not drawn."""
    return next((item for item in shape if local(item.tag).startswith("nv")), None)


def _hidden(shape: Element) -> bool:
    properties = child(_private(shape), "cNvPr")
    return properties is not None and properties.get("hidden") in _ON


def _placeholder(shape: Element) -> Element | None:
    return child(child(_private(shape), "nvPr"), "ph")


def _kind(shape: Element) -> str:
    holder = _placeholder(shape)
    return holder.get("type", "body") if holder is not None else ""


def _paragraph_kind(kind: str, paragraph: Element) -> BlockKind:
    if kind in _TITLES:
        return BlockKind.HEADING
    properties = child(paragraph, "pPr")
    listed = any(child(properties, name) is not None for name in ("buChar", "buAutoNum", "buBlip"))
    return BlockKind.LIST_ITEM if listed else BlockKind.PARAGRAPH


def _words(paragraph: Element) -> str:
    """The text of a paragraph, its line breaks kept."""
    parts = []
    for item in paragraph:
        name = local(item.tag)
        if name == "br":
            parts.append("\n")
        elif name != "pPr":
            source = _choice(item) if name == "AlternateContent" else item
            parts += [text.text or "" for text in descendants(source, "t")]
    return "".join(parts).replace("\v", "\n").replace("\xad", "")
