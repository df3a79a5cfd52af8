"""Whether the figures of a bill of quantities agree, line by line and with its sums. Nothing is repaired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from countersight.facts.goods.bill import Bill, Cite, Read, Sum
from countersight.facts.goods.money import Amount
from countersight.model import Question

_SLACK = Decimal("0.005")  # half a cent: totals may themselves be rounded


def questions(bill: Bill, cite: Cite) -> Iterator[Question]:
    """What of a bill does not add up: lines whose price times quantity is not their total, and sums."""
    for read in bill:
        if not read.sum and (asked := _line(read, cite)):
            yield asked
    yield from _sums(bill, cite)


def _line(read: Read, cite: Cite) -> Question | None:
    """Whether quantity times unit price is the total, within the rounding of the figures as written."""
    price, total, quantity = read.unit_price, read.total, read.facts.get("quantity")
    if not price or not total or quantity is None or not _alike(price, total):
        return None
    product = quantity * price.money.amount
    if abs(product - total.money.amount) <= quantity * price.off + total.off + _SLACK:
        return None
    what = f"{_shown(quantity)} × {_shown(price.money.amount)} = {_shown(product)}, not {_shown(total.money.amount)}"
    return Question(what, tuple(cite(*read.at[name]) for name in ("quantity", "unit_price", "total")))


def _alike(one: Amount, other: Amount) -> bool:
    """Whether two amounts may be compared: same currency, tax in or out of both."""
    return one.money.currency == other.money.currency and one.money.tax == other.money.tax


def _sums(bill: Bill, cite: Cite) -> Iterator[Question]:
    """Sums that are not those of the lines above them, where all of these say their totals."""
    since: list[Read] = []
    all_: list[Read] = []
    for read in bill:
        if not read.sum:
            since.append(read)
            all_.append(read)
            continue
        among = since if read.sum.sub else all_
        if among and (asked := _sum(read.sum, among, cite)):
            yield asked
        since = []
        if not read.sum.sub:
            all_ = []


def _sum(said: Sum, lines: Sequence[Read], cite: Cite) -> Question | None:
    totals = [read.total for read in lines if read.total and _alike(read.total, said.amount)]
    if len(totals) < len(lines):
        return None  # a line without a total, or in another currency
    ways = [
        lines,
        [read for read in lines if not _has_parts(read, lines)],
        [r for r in lines if not _is_part(r, lines)],
    ]
    added = [_added(way) for way in ways]
    if any(abs(whole - said.amount.money.amount) <= off + said.amount.off + _SLACK for whole, off in added):
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
