"""What is said of a body through its owners: who is above it, and how listed ones reach it on the days asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from countersight.cascade import Reach, reaches, valid
from countersight.model import Period
from countersight.model.screening import Asked, Body, Edge, OwnershipRule, Result
from countersight.screening.days import DAY, LISTED, on, turns
from countersight.text import orgkey

_PERCENT = {"covered": Result.OWNERSHIP_COVERED, "possible": Result.UNKNOWN, "minority": Result.OWNERSHIP_MINORITY}
_TEXT = {"covered": Result.AFFILIATE_TEXT, "possible": Result.UNKNOWN, "minority": Result.OWNERSHIP_MINORITY}
_NONE = {"none": Result.REGIME_NOT_IN_FORCE, "suspended": Result.REGIME_NOT_IN_FORCE, "unknown": Result.UNKNOWN}

Spells = Mapping[str, Sequence[Sequence[Period]]]
"""By owner the periods of each of its listings under one regime."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How a body is reached on some day: from which listed owner, by what, under which rule.

    ``sure`` is False where it is not known whether the owner was listed on that day.
    """

    owner: str
    reach: Reach
    rule: OwnershipRule | None
    sure: bool = True


class Owners:
    """The stakes of a case and the ownership rules of regimes."""

    def __init__(self, edges: Iterable[Edge], rules: Iterable[OwnershipRule]) -> None:
        known = tuple(edges)
        self._edges = [replace(edge, owner=orgkey.key(edge.owner), owned=orgkey.key(edge.owned)) for edge in known]
        self._rules = tuple(rules)
        self.called = {orgkey.key(name): name for edge in known for name in (edge.owner, edge.owned)}

    def node_of(self, body: Body) -> str | None:
        """The body among those that stakes name, by any of its names."""
        return next((at for name in (body.name, *body.others) if (at := orgkey.key(name)) in self.called), None)

    def above(self, own: str) -> list[str]:
        """All that hold a stake in a body, or in one that does."""
        found: set[str] = set()
        todo = [own]
        while todo:
            at = todo.pop()
            more = {edge.owner for edge in self._edges if edge.owned == at} - found - {own}
            found |= more
            todo += more
        return sorted(found)

    def reached(self, own: str, asked: Asked, regime: str, listings: Spells) -> dict[Result, Reached]:
        """By answer how the body is first reached, over the days asked for."""
        told: dict[Result, Reached] = {}
        for day in self._days(asked, regime, listings):
            rule = next((rule for rule in self._rules if rule.regime == regime and rule.holds_on(day)), None)
            found = self._on(own, day, rule, listings)
            if found:
                told.setdefault(_result(found), found)
        return told

    def _on(self, own: str, day: date, rule: OwnershipRule | None, listings: Spells) -> Reached | None:
        """How it is reached on a day from owners that are listed then, else from those that may be."""
        results = {name: {on(one, day) for one in spells} for name, spells in listings.items()}
        percent = rule is not None and rule.test.startswith(">")
        counted = rule if rule and percent else OwnershipRule("", None, None, ">=50", aggregate=True)
        edges = valid(self._edges, day)
        for wanted, sure in ((LISTED, True), (LISTED | {Result.UNKNOWN}, False)):
            listed = sorted(name for name, found in results.items() if found & wanted)
            reach = reaches(edges, listed, counted).get(own)
            if reach:
                owner = next((edge.owner for edge in reach.path if edge.owner in listed), listed[0])
                return Reached(owner, reach, rule, sure)
        return None

    def written(self, edge: Edge) -> str:
        """A stake in words, with the names as records write them."""
        return replace(edge, owner=self.called[edge.owner], owned=self.called[edge.owned]).told()

    def _days(self, asked: Asked, regime: str, listings: Spells) -> list[date]:
        """The first day asked for, and those after it on which the answer may change."""
        days = {day for spells in listings.values() for one in spells for day in turns(one)}
        for rule in self._rules:
            if rule.regime == regime:
                days |= {day for day in (rule.from_, rule.to and rule.to + DAY) if day}
        for edge in self._edges:
            spans = [span for span in (edge.from_, edge.to, edge.stated) if span]
            days |= {day for span in spans for day in (span.from_, span.to, span.to + DAY)}
        return [asked.date.from_, *sorted(day for day in days if asked.date.from_ < day <= asked.last)]


def _result(found: Reached) -> Result:
    if not found.sure or found.rule is None:
        return Result.UNKNOWN
    test, how = found.rule.test, found.reach.how
    return _PERCENT[how] if test.startswith(">") else _TEXT[how] if test == "text" else _NONE[test]
