"""Answers of screening as records of the export and as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from countersight.model import DateSpan, codec
from countersight.model.screening import NO_CLEARANCE, Screening

Record = dict[str, Any]

SCREENING = (
    *("id", "organisation", "deal", "date_role", "date", "regime", "result", "listing", "score", "match", "path"),
    *("not_prohibited", "list_digest", "name", "until", "band", "effect", "notes"),
)
LISTING = (
    *("name", "announced", "effective", "published", "ended", "cite", "id", "names", "grace_end", "status"),
    "unverified",
)


def screening_record(row: Screening) -> Record:
    """A line of ``screenings``; also the name asked for, the band, what the regime does, and what bounds the answer.

    ``organisation`` is the body's id in the case, and its name where it has none; ``until`` the end of a performance.
    """
    asked, body = row.asked, row.party
    told = {
        "id": row.id,
        "organisation": body.id or body.name,
        "deal": asked.deal,
        "date_role": asked.role,
        "date": codec.plain(asked.date),
        "regime": row.regime,
        "result": row.result.value,
        "listing": _listing(row),
        "score": row.score,
        "match": row.match,
        "path": list(row.path),
        "not_prohibited": row.not_prohibited,
        "list_digest": row.list_digest,
        "name": body.name,
        "until": codec.plain(asked.end),
        "band": row.band,
        "effect": row.effect,
        "notes": [*row.notes, NO_CLEARANCE],
    }
    return {name: told[name] for name in SCREENING}


def _listing(row: Screening) -> Record | None:
    listing = row.listing
    if listing is None:
        return None
    told = {name: codec.plain(getattr(listing, name)) for name in LISTING if name not in {"names", "name"}}
    names = [name.text for name in listing.names]
    return {name: ({"name": listing.name, "names": names} | told)[name] for name in LISTING}


def told_of(row: Screening) -> str:
    """An answer in one sentence: who was on which list on which day, by which notice."""
    asked = row.asked
    said = row.result.value.lower().replace("_", " ")
    until = f" until {_days(asked.end)}" if asked.end else ""
    return f"{row.party.name}: {said} ({asked.role} {_days(asked.date)}{until}), {listed_of(row)}"


def listed_of(row: Screening) -> str:
    """The listing of an answer: on which list, as whom, since when and by which notice."""
    listing = row.listing
    cite = f", {listing.cite}" if listing and listing.cite else ""
    listed = f" as {listing.name}" if listing else ""
    since = f" since {_days(listing.effective)}" if listing and listing.effective else ""
    return f"{row.regime}{listed}{since}{cite}"


def lines(row: Screening) -> Iterator[str]:
    """An answer as lines for reading: what, by which listing, how the name is met, and its bounds."""
    listing = row.listing
    yield f"{row.regime}  {row.result.value}  {_days(row.asked.date)}  {row.party.name}"
    if listing:
        dates = ", ".join(
            f"{name.replace('_', ' ')} {_days(when)}"
            for name in ("announced", "effective", "published", "grace_end", "ended")
            if (when := getattr(listing, name))
        )
        yield f"  listed as {listing.name}{f' ({dates})' if dates else ''}{f'; {listing.cite}' if listing.cite else ''}"
    yield f"  name: {row.band}, {row.match}"
    yield from (f"  path: {step}" for step in row.path)
    yield f"  restricts: {row.effect}"
    yield f"  does not prohibit: {row.not_prohibited}"
    yield from (f"  note: {note}" for note in row.notes)


def _days(span: DateSpan) -> str:
    first, last = span.from_.isoformat(), span.to.isoformat()
    return first if first == last else f"{first} to {last}"
