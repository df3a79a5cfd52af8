"""One party against all listings, as of its dates: by its own name and identifiers, and through its owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from countersight.match import Index, Match, Query
from countersight.match.entry import BANDS
from countersight.model import Checking, Digest, ListEvent, Period, Regime, codec, periods
from countersight.model.screening import Asked, Body, Edge, OwnershipRule, Result, Screening
from countersight.screening.days import LISTED, answers, outdates, then
from countersight.screening.names import entry, form, identified, is_taken, rank
from countersight.screening.owners import Owners
from countersight.screening.words import DIFFER, ask, notes, on_ownership, over_time
from countersight.text import orgkey

_LIKE = 0.6  # score of a name that is told as similar; below it only the sound is like
_BEFORE = frozenset({Result.NOT_YET_LISTED, Result.ANNOUNCED_NOT_EFFECTIVE, Result.LISTED_AFTER_END})
_MOST = 60  # listings looked at for one name: a body may be on a dozen lists, each told by several files


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What screening rests on: events as known, regimes, ownership rules and stakes.

    ``owners`` say more of the bodies that stakes name than their names do, by that name.
    """

    events: tuple[ListEvent, ...]
    regimes: Mapping[str, Regime]
    rules: tuple[OwnershipRule, ...] = ()
    edges: tuple[Edge, ...] = ()
    owners: Mapping[str, Body] = field(default_factory=dict)


class Screen:
    """All listings, ready to be asked. Making the first answer prepares every listed name; the others are cheap."""

    def __init__(self, known: Knowledge) -> None:
        self.known = replace(known, events=())  # the periods say the same
        self._periods: dict[str, list[Period]] = {}
        unasked = {law.id for law in known.regimes.values() if not law.screened}
        for period in periods(event for event in known.events if event.listing.regime not in unasked):
            self._periods.setdefault(period.listing.id, []).append(period)
        self._owners = Owners(known.edges, known.rules)
        self._met: dict[Body, dict[str, Match]] = {}

    @cached_property
    def _index(self) -> Index:
        return Index(entry(spells) for spells in self._periods.values())

    def prepare(self) -> None:
        """Prepare every listed name now."""
        _ = self._index

    def screen(self, body: Body, asked: Iterable[Asked]) -> tuple[Screening, ...]:
        """All there is to say of a body on these dates, in their order and by regime; often nothing.

        Nothing said is not a clearance.
        """
        found: list[Screening] = []
        for one in asked:
            direct = list(self._direct(body, one))
            held = {row.regime for row in direct if row.result in LISTED}
            found += direct
            found += self._parents(body, one)
            found += (row for row in self._owned(body, one) if row.regime not in held)
            found += self._similar(body, one, {row.regime for row in direct})
        return tuple(found)

    # ── the body itself ──

    def _matches(self, body: Body) -> dict[str, Match]:
        """By listing the best match of any of a body's names and identifiers."""
        if body not in self._met:
            best: dict[str, Match] = {}
            for name in dict.fromkeys((body.name, *body.others)):
                for match in self._index.search(Query(name, identified(body), body.country), _MOST):
                    if match.key not in best or rank(match) < rank(best[match.key]):
                        best[match.key] = match
            self._met[body] = best
        return self._met[body]

    def _same(self, body: Body) -> dict[str, Match]:
        """The listings that are taken for the body's own."""
        found = self._matches(body)
        if not found:
            return {}
        own = orgkey.key(body.name)
        forms = frozenset(filter(None, (form(body.name) for m in found.values() if orgkey.key(m.name.text) == own)))
        return {key: match for key, match in found.items() if is_taken(body, match, forms)}

    def _direct(self, body: Body, asked: Asked, path: tuple[str, ...] = ()) -> Iterator[Screening]:
        """The answers of each regime; where one listing is told of by several lists, by the one that knows most."""
        told: dict[str, list[_Told]] = {}
        for key, match in self._same(body).items():
            for result in dict.fromkeys(answers(self._periods[key], asked)):
                row = self._row(body, asked, result, match, path)
                told.setdefault(row.regime, []).append(_Told(row, then(self._periods[key], asked.last)))
        for regime in sorted(told):
            rows = _surest(told[regime], asked.last)
            why = ask(asked) if asked.partial else DIFFER
            yield from (_noting(row, why) if len(rows) > 1 else row for row in rows)

    def _similar(self, body: Body, asked: Asked, known: set[str]) -> Iterator[Screening]:
        """Listings with a name like the body's that are not taken for it, the nearest of each regime."""
        best: dict[str, Match] = {}
        for match in sorted(self._matches(body).values(), key=rank):
            if match.score >= _LIKE:
                best.setdefault(self._regime(match.key), match)
        for regime in sorted(best.keys() - known):
            row = self._row(body, asked, Result.NAME_SIMILAR_NOT_LISTED, best[regime], ())
            yield _noting(row, f"{body.name} itself was not found on this list.")

    def _parents(self, body: Body, asked: Asked) -> Iterator[Screening]:
        """What is said of the body that a list names as parent of this one."""
        told: dict[str, str] = {}
        for key in self._same(body):
            listing = self._periods[key][-1].listing
            if listing.parent:
                told.setdefault(listing.parent, listing.cite or listing.regime)
        for parent in sorted(told):
            path = f"{parent} is named as parent of {body.name} ({told[parent]}); the stake is not told"
            yield from self._direct(Body(parent), asked, (path,))

    def _regime(self, key: str) -> str:
        return self._periods[key][-1].listing.regime

    # ── its owners ──

    def _owned(self, body: Body, asked: Asked) -> Iterator[Screening]:
        own = self._owners.node_of(body)
        if own is None:
            return
        called = {name: self._owners.called[name] for name in self._owners.above(own)}
        listed = {name: self._same(self.known.owners.get(text) or Body(text)) for name, text in called.items()}
        for regime in sorted({self._regime(key) for matches in listed.values() for key in matches}):
            keys = {name: [key for key in sorted(listed[name]) if self._regime(key) == regime] for name in listed}
            spells = {name: [self._periods[key] for key in found] for name, found in keys.items() if found}
            reached = self._owners.reached(own, asked, regime, spells)
            for result, how in reached.items():
                match = min((listed[how.owner][key] for key in keys[how.owner]), key=self._earliest)
                path = tuple(map(self._owners.written, how.reach.path))
                told = on_ownership(regime, result, how)
                several = (over_time(asked),) if len(reached) > 1 else ()
                yield _noting(self._row(body, asked, result, match, path), *told, *several)

    def _earliest(self, match: Match) -> tuple[int, date, str]:
        """The order of listings of one body: the surest by name, then the one that began first."""
        return rank(match)[0], _begins(self._periods[match.key][0]), match.key

    # ── rows ──

    def _row(self, body: Body, asked: Asked, result: Result, match: Match, path: tuple[str, ...]) -> Screening:
        period = then(self._periods[match.key], asked.last)
        listing = replace(period.listing, effective=period.since, ended=period.until)
        law = self.known.regimes.get(listing.regime)
        named = [asked, listing.id, result, path, body.id or body.name]
        return Screening(
            id=f"screening-{Digest.of(codec.encode(named))[:12]}",
            party=body,
            asked=asked,
            regime=listing.regime,
            result=result,
            listing=listing,
            score=round(match.score, 3),
            band=match.band,
            match=match.words,
            path=path,
            effect=law.effect if law else "",
            not_prohibited=law.not_prohibited if law else "",
            notes=tuple(notes(law, period, match, asked, result)),
            list_digest=period.told_by[-1],
        )


def _noting(row: Screening, *told: str) -> Screening:
    return replace(row, notes=tuple(dict.fromkeys((*row.notes, *told))))


@dataclass(frozen=True, slots=True)
class _Told:
    """An answer, and the period it rests on."""

    row: Screening
    period: Period


def _surest(told: Sequence[_Told], day: date) -> list[Screening]:
    """The answers of one regime and date: of the same one the surest.

    One goes where another list knows better by a name as near: an unknown one, one that knows of no grace, one of a
    list that is older than the end another tells of, and one that counts from a later notice (a new edition lists
    bodies again).
    """
    kept = [
        one
        for one in told
        if not any(_knows_better(other, one, day) for other in told if _near(other.row) <= _near(one.row))
    ]
    best: dict[Result, Screening] = {}
    for one in sorted(kept, key=lambda one: _surety(one.row)):
        best.setdefault(one.row.result, one.row)
    return sorted(best.values(), key=lambda row: [one.row.result for one in told].index(row.result))


def _knows_better(other: _Told, one: _Told, day: date) -> bool:
    if one.row.result is Result.UNKNOWN:
        return other.row.result is not Result.UNKNOWN
    if one.row.result is Result.LISTED_AT_DATE and other.row.result is Result.WITHIN_GRACE:
        return one.period.listing.grace_end is None
    if one.row.result in _BEFORE and one.row.listing != other.row.listing:
        return other.row.result is not Result.UNKNOWN and _began_by(other.period) < _begins(one.period)
    return outdates(other.period, one.period, day)


def _begins(period: Period) -> date:
    return period.since.from_ if period.since else date.max


def _began_by(period: Period) -> date:
    """The first day on which it had begun for certain."""
    return period.since.to if period.since else date.max


def _near(row: Screening) -> int:
    return BANDS.index(row.band)


def _surety(row: Screening) -> tuple[int, date, bool, float, str]:
    listing = row.listing
    since = listing.effective.to if listing and listing.effective else date.max
    unchecked = listing is None or listing.status is Checking.UNVERIFIED
    return _near(row), since, unchecked, -row.score, listing.id if listing else ""
