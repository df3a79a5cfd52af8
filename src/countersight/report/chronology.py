"""Dated facts on one axis: what records date of deals, what lists did with bodies that parties are held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from countersight.model import Citation, DateSpan, Deal, Digest, Listing, codec
from countersight.model.screening import Result, Screening
from countersight.report.tables import EVENT, Record, citation_record

SHOWN = 300
"""Facts that the dossier shows; the export has all."""

_DEAL = {
    "tender": "notice",
    "award": "award",
    "signed": "signature",
    "start": "beginning",
    "end": "end",
    "document": "date of the record",
}
_LIST = {
    "announced": "announced",
    "effective": "listed",
    "published": "published",
    "grace_end": "last day to divest",
    "ended": "taken off",
}


@dataclass(frozen=True, slots=True)
class Event:
    """A dated fact: of a deal, cited from its record, or of a list, with its notice and the file that tells.

    ``subject`` is the id of the deal or of the listing. ``kind`` is ``deal.`` or ``list.`` and the date's role.
    """

    id: str
    on: DateSpan
    kind: str
    what: str
    name: str
    subject: str
    citation: Citation | None = None
    cite: str | None = None
    list_digest: Digest | None = None
    regime: str | None = None
    unverified: str | None = None

    @property
    def text(self) -> str:
        """The fact in words."""
        return f"{self.name}: {self.what}"

    @property
    def of_list(self) -> bool:
        """Whether a list tells it."""
        return self.citation is None and self.list_digest is not None


def events(deals: Iterable[Deal], screenings: Iterable[Screening]) -> tuple[Event, ...]:
    """The dated facts of a case, by day; each date of a listing once, whoever is held against it."""
    found = {event.id: event for event in (*_deals(deals), *_lists(screenings))}
    return tuple(sorted(found.values(), key=lambda event: (event.on.from_, event.on.to, event.kind, event.id)))


def _deals(deals: Iterable[Deal]) -> Iterator[Event]:
    for deal in deals:
        name = f"{deal.kind.replace('_', ' ')} {deal.title or deal.reference or deal.id}"
        for role, words in _DEAL.items():
            if when := deal.dates.get(role):
                worked = f" (worked out from “{deal.computed[role]}”)" if role in deal.computed else ""
                kind, cited = f"deal.{role}", deal.citations.get(role)
                yield Event(_id(deal.id, kind, when), when, kind, words + worked, name, deal.id, cited)


def _lists(screenings: Iterable[Screening]) -> Iterator[Event]:
    for row in screenings:
        if row.listing and row.result is not Result.NAME_SIMILAR_NOT_LISTED:
            yield from _listing(row, row.listing)


def _listing(row: Screening, listing: Listing) -> Iterator[Event]:
    for role, words in _LIST.items():
        if when := getattr(listing, role):
            kind = f"list.{role}"
            name = f"{listing.regime}: {listing.name}"
            source = None, listing.cite or None, row.list_digest, listing.regime, listing.unverified or None
            yield Event(_id(listing.id, kind, when), when, kind, words, name, listing.id, *source)


def _id(subject: str, kind: str, when: DateSpan) -> str:
    return f"event-{Digest.of(codec.encode([subject, kind, when]))[:12]}"


def event_record(event: Event) -> Record:
    """A line of ``events``; of a list also the notice, the digest of the file that tells, and what is unverified."""
    told = {name: codec.plain(getattr(event, name)) for name in EVENT if name != "citation"}
    return {name: (told | {"citation": event.citation and citation_record(event.citation)})[name] for name in EVENT}


@dataclass(frozen=True, slots=True)
class Line:
    """What is told of a deal or a listing on one day; ``event`` is the first of its events there."""

    event: Event
    text: str


@dataclass(frozen=True, slots=True)
class Chronology:
    """What the dossier shows: a line for each day of a deal or listing, and how many more the export has."""

    lines: tuple[Line, ...]
    more: int


def told(deals: Sequence[Deal], screenings: Sequence[Screening]) -> Chronology | None:
    """The chronology; None where nothing is dated."""
    by_day: dict[object, list[Event]] = {}
    for event in events(deals, screenings):
        by_day.setdefault((event.on.from_, event.on.to, event.subject), []).append(event)
    lines = [Line(same[0], _joined(same)) for same in by_day.values()]
    return Chronology(tuple(lines[:SHOWN]), max(0, len(lines) - SHOWN)) if lines else None


def _joined(same: Sequence[Event]) -> str:
    """The texts of one day, what they have in common said once."""
    order = [*_DEAL, *_LIST]
    said = sorted(same, key=lambda event: order.index(event.kind.partition(".")[2]))
    return f"{said[0].name}: {', '.join(event.what for event in said)}"
