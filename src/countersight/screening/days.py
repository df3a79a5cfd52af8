"""What the periods of one listing say of a day, of a date known in part, and of a performance from day to day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from countersight.model import Period
from countersight.model.screening import Asked, Result

DAY = timedelta(days=1)
LISTED = frozenset({Result.LISTED_AT_DATE, Result.WITHIN_GRACE})


def on(spells: Sequence[Period], day: date) -> Result:
    """What the periods of one listing say of one day."""
    period = then(spells, day)
    return _begun(period, day) or _going(period, day)


def then(spells: Sequence[Period], day: date) -> Period:
    """The last period that had begun by a day; the first where none had.

    One last seen before another ended is the same as that: an older list does not know of the end.
    """
    begun = [period for period in spells if _begun(period, day) is None]
    known = [period for period in begun if not any(outdates(other, period, day) for other in begun)]
    return known[-1] if known else begun[-1] if begun else spells[0]


def is_old(period: Period, day: date) -> bool:
    """Whether nothing but lists of earlier days say that it is listed on a day."""
    return period.until is None and period.seen is not None and period.seen[1] < day


def outdates(other: Period, period: Period, day: date) -> bool:
    """Whether ``other`` tells of an end, by that day, that came after this one was last seen."""
    return (
        other.until is not None
        and period.seen is not None
        and is_old(period, day)
        and (period.seen[1] < other.until.to and other.until.from_ <= day)
    )


def _begun(period: Period, day: date) -> Result | None:
    """What is said of a day before the listing took effect; None from then on."""
    since, listing = period.since, period.listing
    if since is None:
        return Result.UNKNOWN if period.seen is None or day < period.seen[0] else None
    if since.to <= day:
        return None
    if since.from_ <= day:
        return Result.UNKNOWN
    announced = listing.announced
    return Result.ANNOUNCED_NOT_EFFECTIVE if announced and announced.to <= day else Result.NOT_YET_LISTED


def _going(period: Period, day: date) -> Result:
    if period.until and period.until.from_ <= day:
        return Result.DELISTED_BEFORE if period.until.to <= day else Result.UNKNOWN
    grace = period.listing.grace_end
    return Result.WITHIN_GRACE if grace and day <= grace.to else Result.LISTED_AT_DATE


def turns(spells: Iterable[Period]) -> set[date]:
    """The days on which what the periods say may change."""
    days: set[date] = set()
    for period in spells:
        listing = period.listing
        for span in (listing.announced, period.since, period.until):
            days |= {span.from_, span.to} if span else set()
        days |= {listing.grace_end.to + DAY} if listing.grace_end else set()
        days |= {period.seen[0]} if period.seen else set()
    return days


def answers(spells: Sequence[Period], asked: Asked) -> Iterator[Result]:
    """What is said of the days asked for, in their order."""
    if asked.end is not None:
        yield _during(spells, asked.date.from_, asked.end.to)
        yield _during(spells, asked.date.to, max(asked.date.to, asked.end.from_))
        return
    yield from _over(spells, asked.date.from_, asked.date.to)


def _over(spells: Sequence[Period], first: date, last: date) -> Iterator[Result]:
    yield on(spells, first)
    yield from (on(spells, day) for day in sorted(turns(spells)) if first < day <= last)


def _during(spells: Sequence[Period], first: date, last: date) -> Result:
    """What is said of a performance: of its first day where it was listed then, else of what came later."""
    found = list(_over(spells, first, last))
    if found[0] in LISTED:
        return found[0]
    if LISTED & set(found):
        return Result.LISTED_DURING_PERFORMANCE
    for result in (Result.UNKNOWN, Result.DELISTED_BEFORE):
        if result in found:
            return result
    return Result.LISTED_AFTER_END if any(p.since and last < p.since.from_ for p in spells) else found[-1]
