"""The rule language: small frozen nodes that look for themselves in a stretch of a page.

Every node answers three questions: which concepts it cannot do without (``clauses``), whether it holds (``find``: the
terms that make it hold, or None), and what it is in words (``describe``).
"""

# ruff: noqa: D102, ARG002 (Node says what each method gives, and not every node needs the part)

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Protocol

from countersight.find.numbers import quantities
from countersight.model import Term

Clauses = tuple[frozenset[str], ...]
Places = Sequence[tuple[int, int]]
Terms = tuple[Term, ...]

SCOPES = ("clause", "sentence", "row", "window", "list", "table", "section", "page")
"""Kinds of parts of a page, the narrower first."""

_NO_END = 1 << 60  # beyond every page
_PIECES = ("clause", "sentence", "section")  # kinds that leave nothing of a page over and never overlap

WIDE = ("window", "list", "table", "section", "page")
"""Kinds of parts of which no more is cited than the sentences with the words."""

LONGEST = 900
"""Characters: words that stand further apart are not one statement."""

WINDOW = 150
"""Folded characters each side of a window. As a rule's scope it does not cross the border of a row of a table."""

NEARBY = 40
"""Folded characters between a number and what it counts, where a rule gives no distance."""


def between(places: Places, first: int, last: int) -> Places:
    """Of places in order those that begin from ``first`` to ``last``."""
    low = bisect_left(places, (first,))
    return places[low : bisect_right(places, (last, _NO_END), low)]


def merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, those that touch as one."""
    merged: list[tuple[int, int]] = []
    for start, end in ranges:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _touches(ranges: Places, start: int, end: int) -> bool:
    """Whether ``[start, end)`` touches one of some ranges that are in order and apart."""
    at = bisect_left(ranges, (end,)) - 1
    return at >= 0 and start < ranges[at][1]


class Seen(Protocol):
    """What stands on a page. All offsets are into ``folded``.

    ``memo`` holds which nodes hold in parts of the page; ``ruled`` tells whether its reader found rows of tables.
    """

    memo: dict[tuple[int, int, int], bool]
    ruled: bool

    @property
    def folded(self) -> str:
        """The page's folded text."""

    def terms(self, concept: str, start: int, end: int) -> Terms:
        """The unmasked terms of a concept in a range, in order, each under the narrowest concept it stands for."""

    def count(self, concept: str) -> int:
        """Their number on the page."""

    def segment(self, kind: str, at: int) -> tuple[int, int]:
        """The range of a kind of part around an offset."""

    def may_hold(self, within: Within, start: int, end: int) -> bool:
        """Whether the words are in the range without which the node cannot hold there. Quicker than to look."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The folded range ``[start, end)`` of a page that is being searched, and the kind of part it is."""

    on: Seen
    start: int
    end: int
    kind: str

    @property
    def folded(self) -> str:
        """The folded text of the page."""
        return self.on.folded

    def of(self, concept: str) -> Terms:
        """The terms of a concept inside this scope."""
        return self.on.terms(concept, self.start, self.end)

    def parts(self, kind: str, clauses: Clauses, places: Places | None = None) -> list[Scope]:
        """The parts of a kind in which all clauses may stand: the one around this scope, or the fit ones inside it.

        ``places``, in order: only parts that hold one of these.
        """
        if SCOPES.index(kind) >= SCOPES.index(self.kind):
            return [self.around(kind)]
        if not clauses:
            return [self]
        terms = self._fewest(clauses)
        if places is not None and len(places) < len(terms):
            around = merged(sorted(self._reached(kind, *place) for place in places))
            terms = [term for term in terms if _touches(around, term.start, term.end)]
        ranges = sorted({self._holding(kind, term.start, term.end) for term in terms})
        parts = [self._part(kind, max(start, self.start), min(end, self.end)) for start, end in ranges]
        return parts if places is None else [part for part in parts if part.holds(places)]

    def _reached(self, kind: str, start: int, end: int) -> tuple[int, int]:
        """A range that every word touches around which the part of a kind holds ``[start, end)``."""
        if kind == "window":
            return start - WINDOW, end + WINDOW
        if kind in ("page", "list") or (self.on.ruled and kind not in _PIECES):  # such parts may overlap
            return self.start, self.end
        own = self._holding(kind, start, end)
        sentence = own if kind in _PIECES else self._holding("sentence", start, end)
        return min(own[0], sentence[0]), max(own[1], sentence[1])

    def holds(self, places: Places) -> bool:
        """Whether one of the places, which are in order, is inside this part."""
        return any(end <= self.end for _, end in between(places, self.start, self.end))

    def _fewest(self, clauses: Clauses) -> list[Term]:
        """The terms of the clause of which this scope holds fewest."""
        fewest, least = frozenset[str](), None
        for clause in clauses:
            number = sum(map(self._number, clause))
            if not number:
                return []
            if least is None or number < least:
                fewest, least = clause, number
        return [term for name in fewest for term in self.of(name)]

    def _number(self, concept: str) -> int:
        return self.on.count(concept) if self.kind == "page" else len(self.of(concept))

    def around(self, kind: str) -> Scope:
        """The part of a kind, as wide as this scope or wider, that holds it."""
        if kind == self.kind:
            return self
        if kind == "window":  # what stands around a row may stand outside its table
            last = min(len(self.folded), max(self.start, self.end - 1) + WINDOW)
            return self._part(kind, max(0, self.start - WINDOW), last)
        return self._part(kind, *self._holding(kind, self.start, self.end))

    def _holding(self, kind: str, start: int, end: int) -> tuple[int, int]:
        """From where the part begins that holds ``start`` to where the one ends that holds the last character."""
        first, last = self.on.segment(kind, start)
        if kind in _PIECES and end <= last:
            return first, last
        return first, self.on.segment(kind, max(start, end - 1))[1]

    def _part(self, kind: str, start: int, end: int) -> Scope:
        return Scope(self.on, start, end, kind)


class Node:
    """One node of a rule's tree."""

    __slots__ = ()

    def clauses(self, inside: str = "page") -> Clauses:
        """Sets of concepts of each of which one must stand inside a part of that kind; empty if nothing can be said."""
        return tuple(clause for node in self.children() for clause in node.clauses(inside))

    def find(self, scope: Scope) -> Terms | None:
        """The terms that make it hold in this scope, or None."""
        raise NotImplementedError

    def describe(self) -> str:
        """What it asks for, in words."""
        raise NotImplementedError

    def children(self) -> tuple[Node, ...]:
        """The nodes it is made of."""
        return ()

    def names(self) -> tuple[str, ...]:
        """The concepts it asks for itself."""
        return ()

    def asked(self) -> Iterator[str]:
        """The concepts it and the nodes it is made of ask for."""
        yield from self.names()
        for child in self.children():
            yield from child.asked()


@dataclass(frozen=True, slots=True)
class Concept(Node):
    """A term of the concept occurs."""

    name: str

    def clauses(self, inside: str = "page") -> Clauses:
        return (frozenset((self.name,)),)

    def find(self, scope: Scope) -> Terms | None:
        return scope.of(self.name) or None

    def describe(self) -> str:
        return self.name

    def names(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True)
class Every(Node):
    """All of the nodes hold."""

    nodes: tuple[Node, ...]

    def find(self, scope: Scope) -> Terms | None:
        found: list[Term] = []
        for node in self.nodes:
            terms = node.find(scope)
            if terms is None:
                return None
            found += terms
        return tuple(found)

    def describe(self) -> str:
        return "all of"

    def children(self) -> tuple[Node, ...]:
        return self.nodes


@dataclass(frozen=True, slots=True)
class Either(Node):
    """At least one of the nodes holds."""

    nodes: tuple[Node, ...]

    def clauses(self, inside: str = "page") -> Clauses:
        parts = [node.clauses(inside) for node in self.nodes]
        return (frozenset().union(*(part[0] for part in parts)),) if all(parts) else ()

    def find(self, scope: Scope) -> Terms | None:
        found = [terms for node in self.nodes if (terms := node.find(scope)) is not None]
        return tuple(term for terms in found for term in terms) if found else None

    def describe(self) -> str:
        return "any of"

    def children(self) -> tuple[Node, ...]:
        return self.nodes


@dataclass(frozen=True, slots=True)
class Absent(Node):
    """None of the nodes holds in the scope."""

    nodes: tuple[Node, ...]

    def clauses(self, inside: str = "page") -> Clauses:
        return ()

    def find(self, scope: Scope) -> Terms | None:
        return () if all(node.find(scope) is None for node in self.nodes) else None

    def describe(self) -> str:
        return "none of"

    def children(self) -> tuple[Node, ...]:
        return self.nodes


@dataclass(frozen=True)
class Within(Node):
    """The node holds inside some narrower part of the present scope, or in the wider part around it.

    Words of a wider part are context: they are not among the terms of the hit.
    """

    scope: str
    node: Node

    def clauses(self, inside: str = "page") -> Clauses:
        return self.node.clauses(inside) if SCOPES.index(self.scope) <= SCOPES.index(inside) else ()

    @cached_property
    def needed(self) -> Clauses:
        """The clauses of which each part in which the node holds has a concept."""
        return self.node.clauses(self.scope)

    def find(self, scope: Scope) -> Terms | None:
        if SCOPES.index(self.scope) < SCOPES.index(scope.kind):
            return next((terms for _, terms in self.each(scope)), None)
        if self.scope == scope.kind:
            return self.node.find(scope)
        around = scope.around(self.scope)  # the same for many scopes: looked at once
        key = id(self.node), around.start, around.end
        memo = scope.on.memo
        if key not in memo:
            memo[key] = self.node.find(around) is not None
        return () if memo[key] else None

    def each(self, scope: Scope, places: Places | None = None) -> list[tuple[Scope, Terms]]:
        """Every part in which the node holds, with its terms. ``places``: one of these must lie in the part."""
        parts = scope.parts(self.scope, self.needed, places)
        parts = [part for part in parts if scope.on.may_hold(self, part.start, part.end)]
        tried = [(part, self.node.find(part)) for part in parts]
        return [(part, terms) for part, terms in tried if terms is not None]

    def describe(self) -> str:
        return f"within one {self.scope}"

    def children(self) -> tuple[Node, ...]:
        return (self.node,)


class _Row:
    """The terms of a node in order of the text, to find those near another."""

    __slots__ = ("_longest", "_ordered", "_starts")

    def __init__(self, terms: Terms) -> None:
        self._ordered = sorted(enumerate(terms), key=lambda pair: pair[1].start)
        self._starts = [term.start for _, term in self._ordered]
        self._longest = max(term.end - term.start for term in terms)

    def near(self, term: Term, distance: int, *, after: bool) -> Iterator[tuple[int, Term]]:
        """Those at most ``distance`` from a term that do not overlap it, each with its place among the node's terms.

        ``after`` asks for those behind it only.
        """
        low = term.end if after else term.start - distance - self._longest
        first, last = bisect_left(self._starts, low), bisect_right(self._starts, term.end + distance)
        for pair in self._ordered[first:last]:
            other = pair[1]
            if 0 <= other.start - term.end <= distance or (not after and 0 <= term.start - other.end <= distance):
                yield pair


@dataclass(frozen=True, slots=True)
class Near(Node):
    """A term of each node, each at most ``distance`` folded characters from the one before; maybe in this order."""

    nodes: tuple[Node, ...]
    distance: int
    ordered: bool = False

    def find(self, scope: Scope) -> Terms | None:
        found: list[Terms] = []
        for node in self.nodes:
            terms = node.find(scope)
            if not terms:
                return None
            found.append(terms)
        rows = [_Row(terms) for terms in found[1:]]
        return next((chain for first in found[0] if (chain := self._chain(first, rows))), None)

    def _chain(self, first: Term, rows: Iterable[_Row]) -> Terms | None:
        """The term, the nearest to it of the next row, and so on."""
        chain = [first]
        for row in rows:
            last = chain[-1]
            near = row.near(last, self.distance, after=self.ordered)
            _, found = min(near, key=lambda pair: (abs(pair[1].start - last.start), pair[0]), default=(0, None))
            if found is None:
                return None
            chain.append(found)
        return tuple(chain)

    def describe(self) -> str:
        return f"within {self.distance} characters{', in this order' if self.ordered else ''}"

    def children(self) -> tuple[Node, ...]:
        return self.nodes


@dataclass(frozen=True, slots=True)
class Count(Node):
    """The concept occurs between ``at_least`` and ``at_most`` times; each wording counts once where ``distinct``."""

    name: str
    at_least: int
    at_most: int | None = None
    distinct: bool = False

    def clauses(self, inside: str = "page") -> Clauses:
        return (frozenset((self.name,)),) if self.at_least else ()

    def find(self, scope: Scope) -> Terms | None:
        terms = scope.of(self.name)
        number = len({t.text for t in terms}) if self.distinct else len(terms)
        return terms if self.at_least <= number and (self.at_most is None or number <= self.at_most) else None

    def describe(self) -> str:
        most = f" and at most {self.at_most}" if self.at_most is not None else ""
        return f"at least {self.at_least}{most} of {self.name}{', each wording counted once' if self.distinct else ''}"

    def names(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number with the unit, between ``at_least`` and ``at_most``; near the concept ``by``, where one is named."""

    unit: str
    at_least: int
    at_most: int | None = None
    by: str | None = None
    distance: int = NEARBY

    concept: ClassVar[str] = "number"

    def clauses(self, inside: str = "page") -> Clauses:
        return (frozenset((self.by,)),) if self.by else ()

    def find(self, scope: Scope) -> Terms | None:
        found = tuple(
            Term(
                scope.start + q.start,
                scope.start + q.end,
                self.concept,
                scope.folded[scope.start + q.start : scope.start + q.end],
            )
            for q in quantities(scope.folded[scope.start : scope.end], self.unit)
            if self.at_least <= q.value and (self.at_most is None or q.value <= self.at_most)
        )
        if self.by is None:
            return found or None
        anchors = scope.of(self.by)
        near = [(a, n) for a in anchors for n in found if max(a.start, n.start) - min(a.end, n.end) <= self.distance]
        return near[0] if near else None

    def describe(self) -> str:
        most = f" to {self.at_most}" if self.at_most is not None else " or more"
        return f"a number of {self.at_least}{most} ({self.unit}){f' near {self.by}' if self.by else ''}"

    def names(self) -> tuple[str, ...]:
        return (self.by,) if self.by else ()
