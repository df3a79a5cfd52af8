"""Who is on which list, since when, and who told us so: listings, dated events, and the periods they make up.

Two times are kept apart. The day of law is when a listing was announced, took effect or ended; the day of knowledge is
when the file that tells so came to us. A question is asked for a day of law, and optionally as things were known on a
day: :func:`as_known` leaves only what was known then, so an old question with the old knowledge has the old answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from countersight.model.values import DateSpan, Digest


class NameKind(Enum):
    """How a list gives a name: as the body's own, another name, one too broad to match alone, or one borne before."""

    FULL = "full"
    ALIAS = "alias"
    WEAK = "weak"
    FORMER = "former"


class Checking(Enum):
    """How far a listing was compared with the act that made it; ``unverified`` of the listing says what was not."""

    CHECKED = "checked"
    PART_CHECKED = "part_checked"
    UNVERIFIED = "unverified"


class EventKind(Enum):
    """What happened to a listing; ``seen`` says that a later snapshot holds it unchanged."""

    LISTED = "listed"
    AMENDED = "amended"
    SEEN = "seen"
    DELISTED = "delisted"


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name as the list writes it. ``language`` is ISO 639-1 where the source says it or the script shows it.

    ``from_`` and ``to`` bound the time it was borne, where the list says so.
    """

    text: str
    kind: NameKind = NameKind.FULL
    language: str | None = None
    from_: DateSpan | None = None
    to: DateSpan | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One body under one regime as one source tells it. Never a natural person.

    ``id`` is the same in every snapshot of the list: the regime, a slash, and the source's own number for the entry
    (``US-OFAC-SDN/36``) or, where it has none, a digest of regime, first name and country. ``identifiers`` are pairs
    of scheme and value (``uscc``, ``lei``, ``isin``, ``hk-cr``, ``imo``, ``registration`` …). Dates are None where the
    source does not say them: ``grace_end`` is the last day of a divestment or savings clause, ``ended`` the first day
    off the list. ``programme`` and ``policy`` are the source's words for what applies. ``source`` is the digest of the
    file that tells, ``row`` where in it.
    """

    id: str
    regime: str
    names: tuple[ListedName, ...]
    source: Digest
    row: str
    identifiers: tuple[tuple[str, str], ...] = ()
    country: str | None = None
    addresses: tuple[str, ...] = ()
    programme: str = ""
    policy: str = ""
    announced: DateSpan | None = None
    effective: DateSpan | None = None
    published: DateSpan | None = None
    grace_end: DateSpan | None = None
    ended: DateSpan | None = None
    cite: str = ""
    status: Checking = Checking.CHECKED
    unverified: str = ""
    note: str = ""
    parent: str | None = None

    @property
    def name(self) -> str:
        """The first of its names: the one the list gives first."""
        return self.names[0].text

    def same_as(self, other: Listing) -> bool:
        """Whether both sources tell the same of the body; which file tells it, and where in it, does not count."""
        return replace(self, source=other.source, row=other.row) == other


@dataclass(frozen=True, slots=True)
class ListEvent:
    """A listing came, changed or went.

    The listing is the body as it stands after the event; of a delisting, as it last stood. ``told_by`` is the digest of
    the snapshot or data file, ``known_from`` the day it came to us. ``seen`` is the day the snapshot itself speaks of,
    None for an event told with its own dates. An event found by comparing two snapshots happened on one of the days of
    ``within``: after the older one's day and not later than the newer one's.
    """

    kind: EventKind
    listing: Listing
    told_by: Digest
    known_from: date
    seen: date | None = None
    within: DateSpan | None = None

    @property
    def announced(self) -> DateSpan | None:
        """When a listing was made known; None of another event or where nobody says."""
        return self.listing.announced if self.kind is EventKind.LISTED else None

    @property
    def published(self) -> DateSpan | None:
        """When the notice of a listing was published; None of another event or where nobody says."""
        return self.listing.published if self.kind is EventKind.LISTED else None

    @property
    def grace_end(self) -> DateSpan | None:
        """The last day of the listing's divestment or savings clause."""
        return self.listing.grace_end

    @property
    def effective(self) -> DateSpan | None:
        """When it took effect in law, as far as told: the stated day, else the days between the two snapshots."""
        stated = {EventKind.LISTED: self.listing.effective, EventKind.DELISTED: self.listing.ended}.get(self.kind)
        return stated or self.within


@dataclass(frozen=True, slots=True)
class Period:
    """The time a body was on a list without a break.

    ``since`` is when the listing took effect: None where no source says, and then all that is known is that it was
    listed on the days ``seen``, the first and last of the snapshots that hold it. ``until`` is the first day off the
    list, as an interval where it lies between two snapshots; None while no source tells of an end. ``told_by`` are
    the files that tell, in the order they came.
    """

    listing: Listing
    since: DateSpan | None
    until: DateSpan | None
    seen: tuple[date, date] | None
    told_by: tuple[Digest, ...]


@dataclass(frozen=True, slots=True)
class InForce:
    """Whether a regime applies on the days from ``from_`` to ``to`` (None: open): in_force, suspended or unknown."""

    from_: date | None
    to: date | None
    status: str
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Regime:
    """A law or order with a list, what it restricts, and what it does not.

    Without ``intervals`` it is in force whenever a listing is. ``unverified`` says what of this was not compared with
    the acts themselves. A regime with ``screened`` False is no list to hold organisations against.
    """

    id: str
    name: str
    basis: str
    effect: str
    not_prohibited: str
    ownership: str = ""
    formats: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    history: str = ""
    notes: str = ""
    definition: str = ""
    entities: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    intervals: tuple[InForce, ...] = ()
    unverified: str = ""
    screened: bool = True


def as_known(events: Iterable[ListEvent], on: date | None) -> tuple[ListEvent, ...]:
    """The events known on a day, in their order; all of them where no day is given."""
    return tuple(event for event in events if on is None or event.known_from <= on)


def periods(events: Iterable[ListEvent]) -> tuple[Period, ...]:
    """The periods of listing that the events make up, sorted by id of the listing, earlier ones first.

    Events count in the order they are given, which is the order they came to us in. An event that tells of a later
    listing of the same body after its delisting begins a new period.
    """
    spells: dict[str, list[Period]] = {}
    for event in events:
        known = spells.setdefault(event.listing.id, [])
        if known and (event.kind is not EventKind.LISTED or _goes_on(known[-1], event)):
            known[-1] = _continued(known[-1], event)
        else:
            known.append(_begun(event))
    return tuple(_in_order(spells))


def _in_order(spells: dict[str, list[Period]]) -> Iterator[Period]:
    for name in sorted(spells):
        yield from spells[name]


def _goes_on(period: Period, event: ListEvent) -> bool:
    """Whether a listing told again is the one already told: that one never ended, or ended after this one began."""
    begun = event.effective
    if period.until is None or begun is None:
        return period.until is None
    return begun.from_ < period.until.from_


def _begun(event: ListEvent) -> Period:
    ended = event.effective if event.kind is EventKind.DELISTED else event.listing.ended
    since = event.effective if event.kind is EventKind.LISTED else event.listing.effective
    return Period(event.listing, since, ended, _seen(None, event), (event.told_by,))


def _continued(period: Period, event: ListEvent) -> Period:
    gone = event.kind is EventKind.DELISTED
    since = event.listing.effective or period.since
    return Period(
        event.listing,
        since,
        event.effective if gone else event.listing.ended,
        period.seen if gone else _seen(period.seen, event),
        period.told_by if event.told_by in period.told_by else (*period.told_by, event.told_by),
    )


def _seen(before: tuple[date, date] | None, event: ListEvent) -> tuple[date, date] | None:
    """The first and last day of snapshots that hold the listing, this event's included."""
    if event.seen is None or event.kind is EventKind.DELISTED:
        return before
    days = (*(before or ()), event.seen)
    return min(days), max(days)
