"""Which pages hold lines of goods or name parts: so that only these are looked at again with their neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from countersight.facts.feeds.lines import lists_goods
from countersight.facts.goods.aligned import aligned
from countersight.facts.goods.components import names_parts
from countersight.facts.goods.heads import LONGEST, heads, role
from countersight.model import BlockKind, Clue, Page
from countersight.text.hints import Hints

GOODS, GOES_ON, PART, FED = "goods", "goods_on", "part", "goods_fed"
"""Fields of the clues: a bill of quantities begins on the page, may go on from the page before, a part is named, a feed
lists goods."""
MARKS = frozenset({GOODS, GOES_ON, PART, FED})
_COUNTED = (
    "数量",
    "工程量",
    "采购量",
    "需求量",
    "单价",
    "综合单价",
    "uantity",
    "QUANTITY",
    "Qty",
    "QTY",
    "qty",
    "nit price",
    "nit Price",
)
_HINTS = Hints(_COUNTED)
_MARGIN = 300  # characters above a table that goes on from the page before: running heads
_ASKED = {"quantity", "unit_price"}


def goods(page: Page) -> Iterator[Clue]:
    """At most four clues of a page: the first of each kind."""
    if fed := lists_goods(page):
        yield Clue(FED, page.number, fed.start, fed.end, "", grade="cell")
    yield from _bill(page)
    yield from _part(page)


def _bill(page: Page) -> Iterator[Clue]:
    text = page.text
    asked = _HINTS.within(text)
    cells = [block for block in page.blocks if block.kind is BlockKind.CELL]
    if cells and page.paged and page.number > 1 and cells[0].start < _MARGIN:
        yield Clue(GOES_ON, page.number, cells[0].start, cells[0].end, "", grade="cell")
    if not asked:
        return
    if not cells:
        yield from _in_text(page)
        return
    for block in cells:
        said = text[block.start : block.end]
        if len(said) <= LONGEST and any(word in "".join(said.split()) for word in _COUNTED) and role(said) in _ASKED:
            yield Clue(GOODS, page.number, block.start, block.end, "", said, "cell")
            return


def _in_text(page: Page) -> Iterator[Clue]:
    """The head of a bill set with tabs, bars or blanks."""
    if not any(mark in page.text for mark in ("\t", "|", "  ", "\u3000\u3000")):
        return
    for table in aligned(page):
        for at, row in enumerate(table.rows):
            if heads(table.rows, at, {page.number: page.text}):
                yield Clue(GOODS, page.number, row.start, row.end, "", grade="label")
                return


def _part(page: Page) -> Iterator[Clue]:
    if found := names_parts(page.text):
        yield Clue(PART, page.number, *found, page.text[slice(*found)], grade="prose")
