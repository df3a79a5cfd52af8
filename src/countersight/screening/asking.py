"""One party against all listings, as of its dates: by its own name and identifiers, and through its owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from countersight.cascade import Reach, reaches, valid
from countersight.match import Index, Match, Query
from countersight.model import Digest, ListEvent, Period, Regime, codec, periods
from countersight.model.screening import Asked, Body, Edge, OwnershipRule, Result, Screening
from countersight.screening.days import DAY, LISTED, answers, on, then, turns
from countersight.screening.names import entry, form, identified, is_taken, node, rank
from countersight.screening.words import ask, notes, on_ownership

_LIKE = 0.6  # score of a name that is told as similar; below it only the sound is like
_MOST = 60  # listings looked at for one name: a body may be on a dozen lists, each told by several files
_REACHED = {
    "covered": Result.OWNERSHIP_COVERED,
    "possible": Result.UNKNOWN,
    "minority": Result.OWNERSHIP_MINORITY,
}
_RULED = {
    "none": Result.REGIME_NOT_IN_FORCE,
    "suspended": Result.REGIME_NOT_IN_FORCE,
    "unknown": Result.UNKNOWN,
    "text": Result.AFFILIATE_TEXT,
}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What screening rests on: events as known, regimes, ownership rules and stakes."""

    events: tuple[ListEvent, ...]
    regimes: Mapping[str, Regime]
    rules: tuple[OwnershipRule, ...] = ()
    edges: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reached:
    """How a body is reached on some day: from which listed owner, by what, under which rule."""

    owner: str
    reach: Reach
    rule: OwnershipRule | None


class Screen:
    """All listings, ready to be asked. Making the first answer prepares every listed name; the others are cheap."""

    def __init__(self, known: Knowledge) -> None:
        self.known = known
        self._periods: dict[str, list[Period]] = {}
        for period in periods(known.events):
            self._periods.setdefault(period.listing.id, []).append(period)
        self._edges = [replace(edge, owner=node(edge.owner), owned=node(edge.owned)) for edge in known.edges]
        self._called = {node(name): name for edge in known.edges for name in (edge.owner, edge.owned)}
        self._met: dict[Body, dict[str, Match]] = {}

    @cached_property
    def _index(self) -> Index:
        return Index(entry(spells) for spells in self._periods.values())

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
        found, own = self._matches(body), node(body.name)
        forms = frozenset(filter(None, (form(body.name) for m in found.values() if node(m.name.text) == own)))
        return {key: match for key, match in found.items() if is_taken(body, match, forms)}

    def _direct(self, body: Body, asked: Asked, path: tuple[str, ...] = ()) -> Iterator[Screening]:
        rows: dict[str, list[Screening]] = {}
        for key, match in self._same(body).items():
            told = tuple(dict.fromkeys(answers(self._periods[key], asked)))
            for result in told:
                row = self._row(body, asked, result, match, path)
                row = _noting(row, ask(asked)) if len(told) > 1 else row
                rows.setdefault(row.regime, []).append(row)
        for regime in sorted(rows):
            yield from _surest(rows[regime])

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
        own = next((at for name in (body.name, *body.others) if (at := node(name)) in self._called), None)
        if own is None:
            return
        listed = {name: self._same(Body(self._called[name])) for name in self._above(own)}
        for regime in sorted({self._regime(key) for matches in listed.values() for key in matches}):
            owners = {name: [k for k in keys if self._regime(k) == regime] for name, keys in listed.items()}
            reached = self._reached(own, asked, regime, {name: keys for name, keys in owners.items() if keys})
            for result, how in reached.items():
                match = listed[how.owner][owners[how.owner][0]]
                path = tuple(self._written(edge) for edge in how.reach.path)
                told = on_ownership(regime, result, how.reach, how.rule)
                several = (ask(asked),) if len(reached) > 1 else ()
                yield _noting(self._row(body, asked, result, match, path), *told, *several)

    def _above(self, own: str) -> set[str]:
        """All that hold a stake in a body, or in one that does."""
        found: set[str] = set()
        todo = [own]
        while todo:
            at = todo.pop()
            more = {edge.owner for edge in self._edges if edge.owned == at} - found - {own}
            found |= more
            todo += sorted(more)
        return found

    def _reached(
        self, own: str, asked: Asked, regime: str, owners: Mapping[str, Sequence[str]]
    ) -> dict[Result, _Reached]:
        """By answer how the body is first reached, over the days asked for."""
        told: dict[Result, _Reached] = {}
        for day in self._days(asked, regime, owners):
            listed = sorted(
                name for name, keys in owners.items() if any(on(self._periods[key], day) in LISTED for key in keys)
            )
            rule = next((rule for rule in self.known.rules if rule.regime == regime and rule.holds_on(day)), None)
            percent = rule is not None and rule.test.startswith(">")
            counted = rule if rule and percent else OwnershipRule(regime, None, None, ">=50", aggregate=True)
            reach = reaches(valid(self._edges, day), listed, counted).get(own)
            if reach:
                result = _REACHED[reach.how] if percent else _RULED[rule.test if rule else "none"]
                told.setdefault(result, _Reached(listed[0], reach, rule))
        return told

    def _written(self, edge: Edge) -> str:
        return replace(edge, owner=self._called[edge.owner], owned=self._called[edge.owned]).told()

    def _days(self, asked: Asked, regime: str, owners: Mapping[str, Sequence[str]]) -> list[date]:
        """The first day asked for, and those after it on which the answer may change."""
        days = {day for keys in owners.values() for key in keys for day in turns(self._periods[key])}
        for rule in self.known.rules:
            if rule.regime == regime:
                days |= {day for day in (rule.from_, rule.to and rule.to + DAY) if day}
        for edge in self._edges:
            days |= {day for span in (edge.from_, edge.to) if span for day in (span.from_, span.to, span.to + DAY)}
        return [asked.date.from_, *sorted(day for day in days if asked.date.from_ < day <= asked.last)]

    # ── rows ──

    def _row(self, body: Body, asked: Asked, result: Result, match: Match, path: tuple[str, ...]) -> Screening:
        period = then(self._periods[match.key], asked.last)
        listing = period.listing
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


def _surest(rows: Sequence[Screening]) -> list[Screening]:
    """Rows of one regime and date: of the same answer the surest, and none unknown where a name as near is known."""
    best: dict[Result, Screening] = {}
    for row in sorted(rows, key=_surety):
        best.setdefault(row.result, row)
    unknown = best.get(Result.UNKNOWN)
    if unknown and any(row.band == unknown.band for row in best.values() if row is not unknown):
        del best[Result.UNKNOWN]
    return list(best.values())


def _surety(row: Screening) -> tuple[bool, float, str]:
    listing = row.listing
    return listing is None or listing.effective is None, -row.score, listing.id if listing else ""
