"""What a source says of goods: lines of bills of quantities, named parts, and figures that do not agree."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from countersight.facts.deal import name_of
from countersight.facts.family import against
from countersight.facts.feeds.lines import lines as feed_lines
from countersight.facts.goods.components import components
from countersight.facts.goods.items import listed
from countersight.find.goods import FED, GOES_ON, GOODS, PART
from countersight.model import (
    Block,
    BlockKind,
    Citation,
    Clue,
    Component,
    Deal,
    Digest,
    FileRow,
    Item,
    Money,
    Page,
    Question,
    codec,
)
from countersight.pipeline.assemble import cite

_RUN = 200  # pages that are looked at together
_MOST = 5_000  # lines of one source; a list of more is a catalogue
_PLACES = frozenset({BlockKind.CELL, BlockKind.FIELD})
_LISTED, _CONTRACT = "goods", "contract"


@dataclass(frozen=True, slots=True)
class Goods:
    """What a source says of goods; ``totals`` are the sums of whole bills, as it writes them.

    ``fed`` are lines of a feed, each with the path of its record.
    """

    items: tuple[Item, ...] = ()
    components: tuple[Component, ...] = ()
    questions: tuple[Question, ...] = ()
    totals: tuple[tuple[Money, Citation], ...] = ()
    fed: tuple[tuple[str, Item], ...] = ()


def goods(file: FileRow, clues: Sequence[Clue], page: Callable[[int], Page]) -> Goods:
    """The goods of a source, from those of its pages that a clue says are worth it; ``page`` gives a page."""
    lines: list[Item] = []
    parts: list[Component] = []
    asked: list[Question] = []
    sums: list[tuple[Money, Citation]] = []
    for run in _runs(clues):
        pages = {number: page(number) for number in run}
        citing = _citing(file, pages.__getitem__)
        found, questions, totals = listed(list(pages.values()), citing)
        room = _MOST - len(lines)
        if len(found) > room:
            asked.append(Question(f"{len(found) - room} lines of goods more are not listed", (found[room].citation,)))
        lines += found[:room]
        parts += components(list(pages.values()), found[:room], citing)
        asked += questions
        sums += totals
    fed = islice(feed_lines(map(page, _pages(clues, FED)), _citing(file, page)), _MOST + 1)
    return Goods(tuple(lines), tuple(parts), tuple(asked), tuple(sums), tuple(fed))


def _pages(clues: Sequence[Clue], *fields: str) -> list[int]:
    return sorted({clue.page for clue in clues if clue.field in fields})


def _runs(clues: Sequence[Clue]) -> Iterator[list[int]]:
    """The pages to look at, those that follow one another together."""
    bill = set(_pages(clues, GOODS))
    for number in _pages(clues, GOES_ON):
        if number - 1 in bill:
            bill.add(number)
    run: list[int] = []
    for number in sorted({*_pages(clues, PART), *bill}):
        if run and (number != run[-1] + 1 or len(run) == _RUN):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _citing(file: FileRow, page: Callable[[int], Page]) -> Callable[[int, int, int], Citation]:
    """Cites ranges of pages; each is shown no more of its page's cells than those it touches: a sheet has many."""

    @lru_cache(maxsize=_RUN)
    def cells(number: int) -> tuple[list[int], list[Block]]:
        found = sorted((one for one in page(number).blocks if one.kind in _PLACES), key=lambda one: one.end)
        return [one.end for one in found], found

    def cited(number: int, start: int, end: int) -> Citation:
        ends, known = cells(number)
        near = []
        for at in range(bisect_left(ends, start), len(known)):
            if known[at].start >= end:
                break
            near.append(known[at])
        others = () if known else page(number).blocks
        return cite(file, replace(page(number), blocks=(*near, *others)), start, end)

    return cited


def attached(deals: tuple[Deal, ...], file: FileRow, found: Goods) -> tuple[Deal, ...]:
    """The deals of a source with its goods: on its one deal, else on a record of its own where there are several."""
    deals = _fed(deals, file, found)
    if file.digest is None or not (found.items or found.components):
        return deals
    if len(deals) != 1:
        name = Digest.of(codec.encode(["goods", file.digest]))[:12]
        own = Deal(f"D-{name}", _LISTED, file.digest, title=file.title)
        return (*deals, *attached((own,), file, found))
    asked = (*deals[0].questions, *found.questions, *_against(deals[0], found))
    deal = replace(deals[0], items=(*deals[0].items, *found.items), components=found.components, questions=asked)
    if total := _sum(found):
        deal = replace(deal, bill_total=total[0], citations=deal.citations | {"bill_total": total[1]})
    return (deal,)


def _fed(deals: tuple[Deal, ...], file: FileRow, found: Goods) -> tuple[Deal, ...]:
    """The deals of a feed, each with the lines of goods of its record."""
    if file.digest is None:
        return deals
    lines: dict[str, list[Item]] = {}
    for record, item in found.fed[:_MOST]:
        lines.setdefault(name_of(file.digest, record), []).append(item)
    more = {
        name_of(file.digest, record): Question("lines of goods from this one on are not listed", (item.citation,))
        for record, item in found.fed[_MOST:]
    }
    return tuple(
        replace(
            deal,
            items=tuple(lines.get(deal.id, ())),
            questions=(*deal.questions, more[deal.id]) if deal.id in more else deal.questions,
        )
        for deal in deals
    )


def _sum(found: Goods) -> tuple[Money, Citation] | None:
    """The one sum of all that a source lists; None where bills have several."""
    return found.totals[0] if len({money.amount for money, _ in found.totals}) == 1 else None


def _against(deal: Deal, found: Goods) -> Iterator[Question]:
    """Whether the one sum of all that a contract lists is its value."""
    cited, total = deal.citations.get("value"), _sum(found)
    if deal.kind == _CONTRACT and deal.value and cited and total:
        yield from against(total, (deal.value, cited))
