"""Named parts and their makers: in lines of goods, in parameters, in prose."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from countersight.facts.goods.bill import Cite
from countersight.facts.goods.makers import is_brand, kind_of, maker_of
from countersight.facts.goods.naming import named
from countersight.facts.goods.part import OTHER, Part
from countersight.facts.goods.stated import stated
from countersight.model import BlockKind, Component, Item, Page

_NAMING = ("description", "brand", "maker", "model")
_SEVERAL = re.compile(r"[、/,，;；]|或者?|\bor\b")


class _Cell(NamedTuple):
    """A cell ``[start, end)`` that names a good, its line, and the parts that the line is."""

    start: int
    end: int
    item: Item
    own: tuple[Component, ...]


def components(pages: Sequence[Page], items: Sequence[Item], cite: Cite) -> tuple[Component, ...]:
    """The parts that pages name, in order; ``items`` are the lines of goods on them.

    A number is as the record says it: of a part inside a good, how many each has; of a good, how many are bought.
    """
    placed: list[tuple[int, int, Component]] = []
    lines: list[tuple[int, int, Component]] = []
    cells: dict[int, list[_Cell]] = defaultdict(list)
    for item in items:
        own = tuple(_of_item(item))
        lines += [(item.citation.page or 1, item.citation.start, one) for one in own]
        for cited in (item.cells[name] for name in _NAMING if name in item.cells):
            cells[cited.page or 1].append(_Cell(cited.start, cited.end, item, own))
    named_again: set[int] = set()
    for page in pages:
        known = sorted(cells[page.number], key=lambda one: one[:2])
        for part in _parts(page):
            cell = _before(known, part)
            if cell and part.start < cell.end and _said_by_line(part, cell):
                continue
            if cell and (again := [one for one in cell.own if _is_vague(one, cell.item, part)]):
                named_again.update(map(id, again))
            placed.append((page.number, part.start, _component(part, page.number, cell, cite)))
    placed += [line for line in lines if id(line[2]) not in named_again]
    return tuple(component for _, _, component in sorted(placed, key=lambda one: one[:2]))


def _said_by_line(part: Part, cell: _Cell) -> bool:
    """Whether a part in a cell of a line is what the line is of, not something inside it by another maker."""
    return part.maker in {one.maker for one in cell.own}


def _is_vague(one: Component, item: Item, part: Part) -> bool:
    """Whether a line says a maker alone, and a part named in it says what of that maker."""
    return not item.model and one.maker == part.maker


def _before(known: Sequence[_Cell], part: Part) -> _Cell | None:
    """The cell that a part stands in, or behind in one line of goods."""
    at = bisect_left(known, part.end, key=lambda one: one.start) - 1
    cell = known[at] if at >= 0 else None
    return cell if cell and max(cell.end, cell.item.citation.end) > part.start else None


def _component(part: Part, page: int, cell: _Cell | None, cite: Cite) -> Component:
    quantity, operator, alternative = part.quantity, part.operator, part.alternative
    if cell and _is_good(part, cell):
        alternative = alternative or cell.item.alternative
        if quantity is None:
            quantity, operator = cell.item.quantity, cell.item.operator
    cited = cite(page, part.start, part.end)
    return Component(part.name, part.maker, part.kind, quantity, operator, alternative, cited, part.unlisted)


def _is_good(part: Part, cell: _Cell) -> bool:
    """Whether a part is the good of its line, and not one inside: the cell begins with it, or is of the same kind."""
    if part.start == cell.start or any(_is_vague(one, cell.item, part) for one in cell.own):
        return True
    return part.kind != OTHER and kind_of(cell.item.description or "") == part.kind


def _parts(page: Page) -> Iterator[Part]:
    """The parts that a page states label by label, and those it names elsewhere."""
    own = list(stated(page.text))
    yield from own
    last = 0, 0
    for start, end in _scopes(page):
        around = page.text[last[0] : last[1]] if page.text[last[1] : start] == "\t" else ""
        if page.text[start:end] != "\t":
            last = start, end
        for part in named(page.text[start:end], around):
            one = replace(part, start=start + part.start, end=start + part.end)
            if not any(one.start < other.end and other.start < one.end for other in own):
                yield one


def _of_item(item: Item) -> Iterator[Component]:
    """The parts that a line of goods is: of a known maker, or of another with a model beside."""
    brand = item.brand or item.maker or ""
    several = [maker for word in _SEVERAL.split(brand) if (maker := maker_of(word.strip()))]
    maker = maker_of(brand)
    if not maker and not (item.model and is_brand(brand)):
        return
    name = item.model or item.description or brand
    kind = kind_of(item.description or "") or kind_of(item.section or "") or OTHER
    alternative = item.alternative or len(several) > 1
    for one in dict.fromkeys(several if len(several) > 1 else [maker or brand]):
        yield Component(name, one, kind, item.quantity, item.operator, alternative, item.citation, unlisted=not maker)


def _scopes(page: Page) -> Iterator[tuple[int, int]]:
    """The stretches of a page in which what is said belongs together: cells, and the text between."""
    cells = sorted((block.start, block.end) for block in page.blocks if block.kind is BlockKind.CELL)
    at = 0
    for start, end in [*cells, (len(page.text), len(page.text))]:
        if start > at:
            yield at, start
        if end > start:
            yield start, end
        at = max(at, end)


def names_parts(text: str) -> tuple[int, int] | None:
    """Where a text first names a part, as far as can be told without its cells."""
    found = next(stated(text), None) or next(iter(named(text)), None)
    return (found.start, found.end) if found else None
