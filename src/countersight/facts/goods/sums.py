"""Whether the figures of a bill of quantities agree, line by line and with its sums. Nothing is repaired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from countersight.facts.goods.bill import SLACK, Bill, Cite, Read, Sum, is_product
from countersight.facts.goods.money import Amount
from countersight.model import Question


def questions(bill: Bill, cite: Cite) -> Iterator[Question]:
    """What of a bill does not add up: lines whose price times quantity is not their total, sums, figures cut in two."""
    for read in bill:
        if not read.sum and (asked := _line(read, cite)):
            yield asked
        for place in read.cut:
            yield _cut(place, cite)
    for said, lines in _sums(bill):
        if said.cut and not is_sum(said, lines):
            yield _cut((said.page, said.start, said.end), cite)
        elif asked := _sum(said, lines, cite):
            yield asked


def totals(bill: Bill) -> Iterator[Sum]:
    """The sums of all lines of a bill; those that white space cuts in two only where the lines add up to them."""
    for said, lines in _sums(bill):
        if not said.sub and (not said.cut or is_sum(said, lines)):
            yield said


def _cut(place: tuple[int, int, int], cite: Cite) -> Question:
    cited = cite(*place)
    words = " ".join(cited.quote.split())
    return Question(f"“{words}” may be one figure cut in two, or two; what it says is left open", (cited,))


def _line(read: Read, cite: Cite) -> Question | None:
    """Whether quantity times unit price is the total, within the rounding of the figures as written."""
    price, total, quantity = read.unit_price, read.total, read.facts.get("quantity")
    if not price or not total or quantity is None or not _alike(price, total):
        return None
    if is_product(quantity, price, total):
        return None
    product = quantity * price.money.amount
    what = f"{_shown(quantity)} × {_shown(price.money.amount)} = {_shown(product)}, not {_shown(total.money.amount)}"
    return Question(what, tuple(cite(*read.at[name]) for name in ("quantity", "unit_price", "total")))


def _alike(one: Amount, other: Amount) -> bool:
    """Whether two amounts may be compared: same currency, tax in or out of both."""
    return one.money.currency == other.money.currency and one.money.tax == other.money.tax


def _sums(bill: Bill) -> Iterator[tuple[Sum, Sequence[Read]]]:
    """The sums of a bill, each with the lines above that it should be of."""
    since: list[Read] = []
    all_: list[Read] = []
    for read in bill:
        if not read.sum:
            since.append(read)
            all_.append(read)
            continue
        yield read.sum, since if read.sum.sub else all_
        since = []
        if not read.sum.sub:
            all_ = []


def _ways(said: Sum, lines: Sequence[Read]) -> list[tuple[Decimal, Decimal]]:
    """What the lines add up to, with parts of others and without; none where one says no total to compare."""
    totals = [read.total for read in lines if read.total and _alike(read.total, said.amount)]
    if not lines or len(totals) < len(lines):
        return []  # a line without a total, or in another currency
    ways = [
        lines,
        [read for read in lines if not _has_parts(read, lines)],
        [r for r in lines if not _is_part(r, lines)],
    ]
    return [_added(way) for way in ways]


def is_sum(said: Sum, lines: Sequence[Read]) -> bool:
    """Whether the lines add up to what a sum says."""
    amount = said.amount
    return any(abs(all_ - amount.money.amount) <= off + amount.off + SLACK for all_, off in _ways(said, lines))


def _sum(said: Sum, lines: Sequence[Read], cite: Cite) -> Question | None:
    added = _ways(said, lines)
    if not added or is_sum(said, lines):
        return None
    what = f"the lines add up to {_shown(added[0][0])}, not {_shown(said.amount.money.amount)}"
    cited = [cite(said.page, said.start, said.end), *(cite(*read.at["total"]) for read in lines)]
    return Question(what, tuple(cited))


def _added(lines: Sequence[Read]) -> tuple[Decimal, Decimal]:
    totals = [read.total for read in lines if read.total]
    return sum((one.money.amount for one in totals), Decimal(0)), sum((one.off for one in totals), Decimal(0))


def _has_parts(read: Read, lines: Sequence[Read]) -> bool:
    """Whether other lines are numbered below this one: 1, and 1.1."""
    return any(_below(other, read) for other in lines)


def _is_part(read: Read, lines: Sequence[Read]) -> bool:
    return any(_below(read, other) for other in lines)


def _below(read: Read, other: Read) -> bool:
    number, upper = read.facts.get("number"), other.facts.get("number")
    return bool(number and upper and number != upper and number.startswith(f"{upper}."))


def _shown(figure: Decimal) -> str:
    return f"{figure:,f}"
