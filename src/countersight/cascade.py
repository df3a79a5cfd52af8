"""Who is reached through ownership: from listed bodies along the stakes valid on a day, without multiplying them.

The cascade of OFAC's FAQ 401 and of the Affiliates Rule (domain guide, 3.3; FAQ number unverified): a body is covered
where bodies that are covered already hold enough of it. A holds 50 % of B and B 50 % of C: C is covered. A holds
49 % of B, which holds all of C: neither is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from countersight.model.screening import Edge, OwnershipRule

_HALF = Decimal(50)
_ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far listed bodies reach a body: ``covered``, ``possible`` (a stake is not known), ``minority``, and by what.

    ``share`` is what covered bodies are known to hold of it, as the rule counts; ``path`` the stakes from the listed
    bodies on, nearest to them first.
    """

    how: str
    share: Decimal
    path: tuple[Edge, ...]


def valid(edges: Iterable[Edge], day: date) -> list[Edge]:
    """The stakes that may be held on a day; where that is not sure, of unknown size.

    A stake without a first day counts as held all along before its last day, and one without a last day ever since,
    unless the day it was stated on is known: then nothing is known of other days.
    """
    may = [edge for edge in edges if _may_hold(edge, day)]
    return [edge if _holds(edge, day) else replace(edge, low=None, high=None) for edge in may]


def _may_hold(edge: Edge, day: date) -> bool:
    return (edge.from_ is None or edge.from_.from_ <= day) and (edge.to is None or day <= edge.to.to)


def _holds(edge: Edge, day: date) -> bool:
    if edge.stated and edge.stated.from_ <= day <= edge.stated.to:
        return True
    begun = edge.from_.to <= day if edge.from_ else not edge.stated
    going = day <= edge.to.from_ if edge.to else not edge.stated or day <= edge.stated.from_
    return begun and going


def reaches(edges: Sequence[Edge], listed: Iterable[str], rule: OwnershipRule) -> dict[str, Reach]:
    """The bodies that listed ones reach under a rule, by name; the listed ones themselves are not among them.

    ``edges`` are those valid on the day. Computed until nothing changes, so that circles of owners end.
    """
    start = frozenset(listed)
    covered = _spread(edges, start, rule, sure=True)
    possible = _spread(edges, start, rule, sure=False)
    holders = {name: [edge for edge in edges if edge.owned == name] for name in {edge.owned for edge in edges} - start}
    found = {}
    for name, held in holders.items():
        sure = [edge for edge in held if edge.owner in covered]
        maybe = [edge for edge in held if edge.owner in possible]
        share = _held(sure, rule, sure=True)
        if name in covered:
            found[name] = Reach("covered", share, _path(name, edges, covered, start))
        elif name in possible:
            found[name] = Reach("possible", share, _path(name, edges, possible, start))
        elif share or maybe:
            found[name] = Reach("minority", share, _path(name, edges, possible, start))
    return found


def _spread(edges: Sequence[Edge], start: frozenset[str], rule: OwnershipRule, *, sure: bool) -> frozenset[str]:
    """The listed bodies and all that they cover for sure, or may cover."""
    covered = start
    while True:
        reached = {edge.owned for edge in edges if edge.owner in covered} - covered
        more = {name for name in reached if _enough(edges, name, covered, rule, sure=sure)}
        if not more:
            return covered
        covered |= more


def _enough(edges: Sequence[Edge], name: str, covered: frozenset[str], rule: OwnershipRule, *, sure: bool) -> bool:
    share = _held([e for e in edges if e.owned == name and e.owner in covered and e.owner != name], rule, sure=sure)
    return share > _HALF if rule.test == ">50" else share >= _HALF


def _held(edges: Iterable[Edge], rule: OwnershipRule, *, sure: bool) -> Decimal:
    """What these owners hold: together, or the largest of them where the rule does not add stakes up."""
    by_owner: dict[str, Decimal] = {}
    for edge in edges:
        size = (edge.low or Decimal(0)) if sure else (_ALL if edge.high is None else edge.high)
        by_owner[edge.owner] = max(by_owner.get(edge.owner, Decimal(0)), size)  # told by several sources
    shares = by_owner.values()
    return min(_ALL, sum(shares, Decimal(0))) if rule.aggregate else max(shares, default=Decimal(0))


def _path(name: str, edges: Sequence[Edge], among: frozenset[str], start: frozenset[str]) -> tuple[Edge, ...]:
    """The stakes that lead from listed bodies to one, each after those that lead to its owner."""
    found: list[Edge] = []
    seen: set[str] = set()
    todo = [name]
    while todo:
        at = todo.pop(0)
        if at in seen:
            continue
        seen.add(at)
        here = sorted((e for e in edges if e.owned == at and e.owner in among), key=lambda e: (e.owner, e.source))
        found = [edge for edge in here if edge not in found] + found
        todo += [edge.owner for edge in here if edge.owner not in start]
    return tuple(found)
