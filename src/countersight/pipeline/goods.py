"""What a source says of goods: lines of bills of quantities, named parts, and figures that do not agree."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from countersight.facts.family import against
from countersight.facts.goods.components import components
from countersight.facts.goods.items import listed
from countersight.find.goods import GOES_ON, GOODS, PART
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
_LISTED, _CONTRACT = "goods", "contract"


@dataclass(frozen=True, slots=True)
class Goods:
    """What a source says of goods; ``totals`` are the sums of whole bills, as it writes them."""

    items: tuple[Item, ...] = ()
    components: tuple[Component, ...] = ()
    questions: tuple[Question, ...] = ()
    totals: tuple[tuple[Money, Citation], ...] = ()


def goods(file: FileRow, clues: Sequence[Clue], page: Callable[[int], Page]) -> Goods:
    """The goods of a source, from those of its pages that a clue says are worth it; ``page`` gives a page."""
    lines: list[Item] = []
    parts: list[Component] = []
    asked: list[Question] = []
    sums: list[tuple[Money, Citation]] = []
    for run in _runs(clues):
        pages = {number: page(number) for number in run}
        citing = _citing(file, pages)
        found, questions, totals = listed(list(pages.values()), citing)
        room = _MOST - len(lines)
        if len(found) > room:
            asked.append(Question(f"{len(found) - room} lines of goods more are not listed", (found[room].citation,)))
        lines += found[:room]
        parts += components(list(pages.values()), found[:room], citing)
        asked += questions
        sums += totals
    return Goods(tuple(lines), tuple(parts), tuple(asked), tuple(sums))


def _runs(clues: Sequence[Clue]) -> Iterator[list[int]]:
    """The pages to look at, those that follow one another together."""
    wanted = {clue.page for clue in clues if clue.field in {GOODS, PART}}
    bill = {clue.page for clue in clues if clue.field == GOODS}
    for number in sorted({clue.page for clue in clues if clue.field == GOES_ON}):
        if number - 1 in bill:
            bill.add(number)
    run: list[int] = []
    for number in sorted(wanted | bill):
        if run and (number != run[-1] + 1 or len(run) == _RUN):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _citing(file: FileRow, pages: dict[int, Page]) -> Callable[[int, int, int], Citation]:
    """Cites ranges of pages; each is shown no more of its page's cells than those it touches: a sheet has many."""

    @lru_cache(maxsize=_RUN)
    def cells(number: int) -> tuple[list[int], list[Block]]:
        found = sorted((one for one in pages[number].blocks if one.kind is BlockKind.CELL), key=lambda one: one.end)
        return [one.end for one in found], found

    def cited(number: int, start: int, end: int) -> Citation:
        ends, known = cells(number)
        near = []
        for at in range(bisect_left(ends, start), len(known)):
            if known[at].start >= end:
                break
            near.append(known[at])
        others = () if known else pages[number].blocks
        return cite(file, replace(pages[number], blocks=(*near, *others)), start, end)

    return cited


def attached(deals: tuple[Deal, ...], file: FileRow, found: Goods) -> tuple[Deal, ...]:
    """The deals of a source with its goods: on its one deal, else on a record of its own where there are several."""
    if file.digest is None or not (found.items or found.components):
        return deals
    if len(deals) != 1:
        name = Digest.of(codec.encode(["goods", file.digest]))[:12]
        own = Deal(f"D-{name}", _LISTED, file.digest, title=file.title)
        return (*deals, *attached((own,), file, found))
    asked = (*deals[0].questions, *found.questions, *_against(deals[0], found))
    deal = replace(deals[0], items=found.items, components=found.components, questions=asked)
    if total := _sum(found):
        deal = replace(deal, bill_total=total[0], citations=deal.citations | {"bill_total": total[1]})
    return (deal,)


def _sum(found: Goods) -> tuple[Money, Citation] | None:
    """The one sum of all that a source lists; None where bills have several."""
    return found.totals[0] if len({money.amount for money, _ in found.totals}) == 1 else None


def _against(deal: Deal, found: Goods) -> Iterator[Question]:
    """Whether the one sum of all that a contract lists is its value."""
    cited, total = deal.citations.get("value"), _sum(found)
    if deal.kind == _CONTRACT and deal.value and cited and total:
        yield from against(total, (deal.value, cited))
