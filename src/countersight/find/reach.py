"""Where on a page a rule might hold, by the places of its words alone: asked before any sentence or mask is looked at.

Words that must stand in one part of a page are no further from each other than such a part is long. What is found here
is more than what holds: exceptions, masks and the borders of parts only take away from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from countersight.find.needs import Needs
from countersight.find.nodes import (
    SCOPES,
    WIDE,
    WINDOW,
    Absent,
    Concept,
    Count,
    Either,
    Every,
    Near,
    Node,
    Places,
    Within,
    between,
    merged,
)
from countersight.find.words import Words

Look = Callable[[Words], Places | None]

_LONG = 4000  # folded characters of a page, above which most words are in reach of no place that is asked about
_NONE: Places = []


@dataclass(frozen=True, slots=True)
class Reach:
    """Makes the looks of a rule's nodes: the places of words that a part must hold for the node to hold in it.

    A look gives None where a part needs no words. ``narrowest`` is the narrowest kind of part the rule is asked in,
    ``wide`` tells whether it is asked in wide ones, ``around`` which kind of part around these is meant, and no word is
    longer than ``longest``.
    """

    needs: Needs
    narrowest: str
    wide: bool
    longest: int
    around: str = ""

    def of(self, node: Node) -> Look:
        """The look of a node."""
        if self._is_context(node):
            return self._context(node)
        if isinstance(node, Either) and not _leafy(node):
            return self._either(node)
        if isinstance(node, Near):
            return self._near(node)
        if isinstance(node, Count):
            return self._count(node)
        return self._every(node) if isinstance(node, (Every, Within)) else self._words(node)

    def _is_context(self, node: Node) -> bool:
        """Whether what it asks for may stand outside a part, or in it without being told."""
        if not isinstance(node, Within):
            return False
        first = SCOPES.index(self.narrowest) + (self.narrowest not in WIDE)
        return SCOPES.index(node.scope) >= first

    def _context(self, node: Node) -> Look:
        """None of its words need stand in the part; but all of them on the page."""
        _, look = self._around(node)
        return lambda words: _NONE if look(words) == _NONE else None

    def _bits(self, node: Node) -> int:
        return reduce(or_, (self.needs.bits(name) for clause in node.clauses() for name in clause), 0)

    def _words(self, node: Node) -> Look:
        bits = 0 if isinstance(node, Absent) else self._bits(node)
        return (lambda words: words.places(bits)) if bits else lambda _: None

    def _count(self, node: Count) -> Look:
        """The words of which enough follow."""
        bits, least = self._bits(node), node.at_least

        def look(words: Words) -> Places:
            places = words.places(bits)
            ends = [self._in_reach(place, words)[1] for place in places]
            if node.distinct:
                return [one for at, one in enumerate(places) if _wordings(words.folded, places, at, ends[at], least)]
            last = [first for first, _ in places[max(0, least - 1) :]]
            return [one for one, end, first in zip(places, ends, last, strict=False) if first <= end]

        return look if bits else lambda _: None

    def _either(self, node: Either) -> Look:
        choices = [(self.needs.of(one), self.of(one)) for one in node.nodes]

        def look(words: Words) -> Places | None:
            found = [choice(words) for need, choice in choices if need.met(words.bits)]
            known = [places for places in found if places is not None]
            if len(known) < len(found):
                return None
            return known[0] if len(known) == 1 else sorted(place for places in known for place in places)

        return look

    def _every(self, node: Node) -> Look:
        """The places of the rarest words that have one of each of the others in reach, then of those around a part."""
        parts = sorted(node.children(), key=lambda one: (self._is_context(one), self.needs.rarity(one)))
        looks = [(self._around(one), self._is_context(one)) for one in parts]

        def look(words: Words) -> Places | None:
            kept: Places | None = None
            for (reach, one), is_context in looks:
                found = one(words if kept is None else reach.near_by(kept, words))
                if found is None:
                    continue
                if kept is not None:
                    kept = reach.together(kept, found, words)
                elif not is_context:
                    kept = found
                if not (found if kept is None else kept):
                    return _NONE
            return kept

        return look

    def _around(self, node: Node) -> tuple[Reach, Look]:
        """Of what may stand around a part: how far its words are, and where."""
        if isinstance(node, Within) and self._is_context(node):
            reach = replace(self, narrowest=node.scope, around=node.scope)
            return reach, reach.of(node.node)
        return self, self.of(node)

    def _anywhere(self, words: Words) -> bool:
        """Whether the others may stand anywhere on the page."""
        return self.around not in ("", "window") and (self.around != "table" or words.extent.tabular)

    def _in_reach(self, place: tuple[int, int], words: Words) -> tuple[int, int]:
        """From where to where the others may begin."""
        if self._anywhere(words):
            return 0, len(words.folded)
        first, last = words.extent.around(*place, wide=self.wide)
        return (first - WINDOW, last + WINDOW) if self.around == "window" else (first, last)

    def near_by(self, places: Places, words: Words) -> Words:
        """The words that are in reach of some places; on a short page all, which is quicker."""
        if len(words.folded) < _LONG or self._anywhere(words):
            return words
        return words.inside(merged([self._in_reach(place, words) for place in places]))

    def together(self, places: Places, others: Places, words: Words) -> Places:
        """The places that have one of the others in reach."""
        if not others or self._anywhere(words):
            return places if others else _NONE
        return [place for place in places if between(others, *self._in_reach(place, words))]

    def _near(self, node: Near) -> Look:
        looks = [self.of(one) for one in node.nodes]
        order = sorted(range(len(looks)), key=lambda at: self.needs.rarity(node.nodes[at]))
        leafy = all(map(_leafy, node.nodes))

        def look(words: Words) -> Places | None:
            found: dict[int, Places] = {}
            for at in order:
                places = looks[at](words)
                if places is not None:
                    if not places:
                        return _NONE
                    found[at] = places
            if not leafy:
                return next(iter(found.values()), None)
            kept = found[0]
            for at in range(1, len(looks)):
                kept = self._chained(kept, found[at], node)
            return kept

        return look

    def _chained(self, firsts: Places, seconds: Places, node: Near) -> Places:
        """Those of the seconds that are near enough to one of the firsts."""
        far, ordered = node.distance, node.ordered
        if len(seconds) < len(firsts):
            low = far + self.longest
            near = ((b, between(firsts, b[0] - low, b[0] if ordered else b[1] + far)) for b in seconds)
            return [b for b, around in near if any(_meet(a, b, far, ordered) for a in around)]
        low = 0 if ordered else far + self.longest
        near = ((a, between(seconds, a[1] if ordered else a[0] - low, a[1] + far)) for a in firsts)
        return sorted({b for a, around in near for b in around if _meet(a, b, far, ordered)})


def _leafy(node: Node) -> bool:
    """Whether all words of the node are those of its look."""
    return isinstance(node, Concept) or (isinstance(node, Either) and all(map(_leafy, node.nodes)))


def _wordings(folded: str, places: Places, at: int, last: int, least: int) -> bool:
    """Whether the places from the one at ``at`` that begin no later than ``last`` have so many wordings."""
    found: set[str] = set()
    while at < len(places) and places[at][0] <= last and len(found) < least:
        found.add(folded[slice(*places[at])])
        at += 1
    return len(found) >= least


def _meet(one: tuple[int, int], two: tuple[int, int], distance: int, ordered: bool) -> bool:
    return 0 <= two[0] - one[1] <= distance or (not ordered and 0 <= one[0] - two[1] <= distance)
