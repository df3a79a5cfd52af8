"""From snapshots to events: what a list told on the days we have it of, and what changed between two of them.

What is known on a day is worked out from the snapshots that had come by then and from nothing else. A snapshot that
comes later, of whatever day, therefore never changes what was known before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from countersight.model import DateSpan, Digest, EventKind, ListEvent, Listing

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """A snapshot in time: of which list, of which day, since when it is here. ``digest`` names it."""

    list_: str
    digest: Digest
    day: date
    known_from: date


def events(
    snapshots: Iterable[Told], listings: Callable[[Told], Sequence[Listing]], known: date | None = None
) -> Iterator[ListEvent]:
    """The events the snapshots tell of, as known on a day: list by list, snapshot after snapshot by their day.

    Snapshots are compared with the one before of the same list, so at most two are held at a time.
    """
    by_list: dict[str, list[Told]] = {}
    for told in snapshots:
        if known is None or told.known_from <= known:
            by_list.setdefault(told.list_, []).append(told)
    for name in sorted(by_list):
        in_order = sorted(by_list[name], key=lambda told: (told.day, told.known_from, told.digest))
        yield from _history(in_order, listings)


def _history(snapshots: Sequence[Told], listings: Callable[[Told], Sequence[Listing]]) -> Iterator[ListEvent]:
    before: tuple[Told, Mapping[str, Listing]] | None = None
    for told in snapshots:
        now = {one.id: one for one in listings(told)}
        if before is None:
            for one in now.values():
                yield ListEvent(EventKind.LISTED, one, told.digest, told.known_from, told.day)
        else:
            yield from changes(before, (told, now))
        before = told, now


def changes(
    older: tuple[Told, Mapping[str, Listing]], newer: tuple[Told, Mapping[str, Listing]]
) -> Iterator[ListEvent]:
    """What came, changed, stayed and went between two snapshots of a list.

    It happened after the older one's day and not later than the newer one's. That an entry stayed as it was is told as
    well: it was still listed on the newer day. A list may lag behind the law.
    """
    (then, before), (now, after) = older, newer
    known = max(then.known_from, now.known_from)
    within = _between(then.day, now.day)
    for name, one in after.items():
        if name in before and before[name].same_as(one):
            yield ListEvent(EventKind.SEEN, one, now.digest, known, now.day)
        else:
            kind = EventKind.AMENDED if name in before else EventKind.LISTED
            yield ListEvent(kind, one, now.digest, known, now.day, within)
    for name, one in before.items():
        if name not in after:
            yield ListEvent(EventKind.DELISTED, one, now.digest, known, now.day, within)


def _between(then: date, now: date) -> DateSpan:
    first = min(then + _DAY, now)
    return DateSpan(first, now, f"between the lists of {then.isoformat()} and {now.isoformat()}")
