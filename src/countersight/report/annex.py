"""The screening annex as shown: each party with its answers, what each regime does and does not prohibit, and chips."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from countersight.model.screening import BY_NAME, NO_CLEARANCE, Asked, ListChange, Result, Screening

SHOWN = 200
"""Parties that the annex shows; the export has all."""

WORDS = {
    Result.LISTED_AT_DATE: "listed on the date",
    Result.WITHIN_GRACE: "listed, within the time to divest",
    Result.LISTED_DURING_PERFORMANCE: "listed during performance",
    Result.OWNERSHIP_COVERED: "covered through ownership",
    Result.ANNOUNCED_NOT_EFFECTIVE: "announced, not yet effective",
    Result.OWNERSHIP_MINORITY: "listed minority owner",
    Result.AFFILIATE_TEXT: "reached by the regime’s words on affiliates",
    Result.LISTED_AFTER_END: "listed after the end",
    Result.NOT_YET_LISTED: "not yet listed",
    Result.DELISTED_BEFORE: "taken off before",
    Result.REGIME_NOT_IN_FORCE: "owner listed, no ownership rule in force",
    Result.NAME_SIMILAR_NOT_LISTED: "a similar name is listed",
    Result.UNKNOWN: "unknown",
}
ROLES = {
    "tender": "tender",
    "award": "award",
    "signed": "signature",
    "performance": "performance",
    "document": "date of the record",
    "asked": "date asked",
}
_ORDER = list(WORDS)


@dataclass(frozen=True, slots=True)
class Line:
    """One answer under one regime by one listing, with the dates it holds for; ``row`` is the first of its answers."""

    row: Screening
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A party with its answers, the weightiest first, and what bounds them; ``anchor`` is its place in the annex."""

    name: str
    anchor: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """What the lists say: parties, how many more there are, regimes with their limits, chips by deal and name.

    ``by_name`` says that some are held against lists by their names alone.
    """

    parties: tuple[Held, ...]
    more: int
    limits: tuple[tuple[str, str, str], ...]
    chips: Mapping[tuple[str | None, str], tuple[tuple[str, str], ...]]
    anchors: Mapping[str, str]
    by_name: bool = False
    no_clearance: str = NO_CLEARANCE


def told(rows: Sequence[Screening], changes: Sequence[ListChange] = ()) -> Annex | None:
    """The annex; None where there is nothing to say."""
    if not rows and not changes:
        return None
    by_name = sorted(rows, key=lambda row: (row.party.name, *_weight(row)))
    parties = [_held(name, tuple(group)) for name, group in groupby(by_name, key=lambda row: row.party.name)]
    parties.sort(key=lambda held: (_weight(held.lines[0].row), held.name))
    limits = {row.regime: (row.regime, row.effect, row.not_prohibited) for row in rows}
    return Annex(
        tuple(parties[:SHOWN]),
        max(0, len(parties) - SHOWN),
        tuple(limits[name] for name in sorted(limits)),
        _chips(rows),
        {held.name: held.anchor for held in parties[:SHOWN]},
        any(BY_NAME in row.notes for row in rows),
    )


def _held(name: str, rows: tuple[Screening, ...]) -> Held:
    lines: dict[object, list[Screening]] = {}
    for row in sorted(rows, key=_weight):
        lines.setdefault((row.regime, row.result, row.listing and row.listing.id, row.path), []).append(row)
    notes = dict.fromkeys(note for row in sorted(rows, key=_weight) for note in row.notes if note != BY_NAME)
    told = tuple(Line(same[0], tuple(row.asked for row in same)) for same in lines.values())
    return Held(name, f"party-{rows[0].id}", told, tuple(notes))


def _weight(row: Screening) -> tuple[int, str, str, str]:
    return _ORDER.index(row.result), row.regime, row.asked.date.from_.isoformat(), row.id


def _chips(rows: Iterable[Screening]) -> dict[tuple[str | None, str], tuple[tuple[str, str], ...]]:
    """By deal and name the weightiest answer under each regime: regime, words."""
    found: dict[tuple[str | None, str], dict[str, str]] = {}
    for row in sorted(rows, key=_weight):
        for name in (row.party.name, *row.party.others):
            found.setdefault((row.asked.deal, name), {}).setdefault(row.regime, WORDS[row.result])
    return {key: tuple(sorted(chips.items())) for key, chips in found.items()}
