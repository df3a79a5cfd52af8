"""Tables turned on their side and forms of labels and values: each describes one good, or one good a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from countersight.facts.goods.heads import Layout, Priced, priced, role
from countersight.text.tabular import Cell, Row

_FEWEST = 3  # labels that make a form one of goods
_PROJECT = re.compile(r"^(?:项目|工程|采购项目|合同|标段|包)名?|project|contract|tender")
_STRICT = {"quantity", "unit", "unit_price", "total", "number", "brand", "origin", "maker", "lot"}
"""What is never said by a value: ``网络设备`` may be the name of a good, ``数量`` may not."""
_KNOWN = {"article": "description"}
_TELLING = frozenset({"brand", "model", "branded", "unit_price", "maker", "spec", "origin"})

Good = tuple[Row, dict[str, Cell], Layout]
"""The row in which a good begins, its cells by what they hold, and how its labels say that money is written."""
Labelled = tuple[Row, Cell, Cell]
"""A row, a label in it, and the value beside."""


def on_their_side(rows: Sequence[Row]) -> list[Good]:
    """The goods of a table whose first column (or every other one) says what stands beside it."""
    goods = [good for columns in _columns(rows) for good in _goods(columns)]
    return [good for good in goods if _is_good(good[1])]


def _columns(rows: Sequence[Row]) -> Iterator[list[Labelled]]:
    """What is labelled along each column of values."""
    lines = [[cell for cell in row.own() if cell.words] for row in rows]
    across = max((len(cells) for cells in lines), default=0)
    paired = [(row, said, value) for row, cells in zip(rows, lines, strict=True) for said, value in _pairs(cells)]
    if across == 2 or any(len([1 for cell in cells[::2] if _label(cell)]) > 1 for cells in lines):  # noqa: PLR2004
        yield paired
        return
    for n in range(1, across):
        own = [(row, cells[0], cells[n]) for row, cells in zip(rows, lines, strict=True) if len(cells) > n]
        yield [one for one in own if _label(one[1])]


def _pairs(cells: Sequence[Cell]) -> Iterator[tuple[Cell, Cell]]:
    at = 0
    while at + 1 < len(cells):
        if _label(cells[at]) and _label(cells[at + 1]) not in _STRICT:
            yield cells[at], cells[at + 1]
            at += 1
        at += 1


def _label(cell: Cell) -> str | None:
    """What the value beside a cell is; None for a cell that labels nothing of a good."""
    words = cell.words.rstrip(":")
    if len(words) > 16 or _PROJECT.search(words):  # noqa: PLR2004 (characters of a label)
        return None
    found = role(cell.text)
    return _KNOWN.get(found or "", found)


def _goods(labelled: Sequence[Labelled]) -> Iterator[Good]:
    """A good for each description; labels before the first one belong to it."""
    found: dict[str, tuple[Row, Cell, Cell]] = {}
    for row, label, value in labelled:
        said = _label(label) or ""
        if said == "description" and said in found:
            yield _good(found)
            found = {}
        found.setdefault(said, (row, label, value))
    if found:
        yield _good(found)


def _good(found: dict[str, Labelled]) -> Good:
    paid = [name for name in ("unit_price", "total") if name in found]
    money: dict[str, Priced] = {name: priced([found[name][1].text]) for name in paid}
    first = next(iter(found.values()))[0]
    return first, {name: value for name, (_, _, value) in found.items()}, Layout({}, money)


def _is_good(cells: dict[str, Cell]) -> bool:
    said = cells.keys()
    return "description" in said and "quantity" in said and bool(said & _TELLING) and len(said) >= _FEWEST
