"""What stands on one page: the terms of each concept, masks applied, looked up only as far as something asks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

from countersight.find.groups import Match
from countersight.find.lexicon import Lexicon
from countersight.find.masks import Mask
from countersight.find.matcher import Matcher, longest, outside, standing
from countersight.find.needs import Needs
from countersight.find.nodes import Scope, Terms, Within
from countersight.find.passage import Passage, Spans
from countersight.find.words import Extent, Words
from countersight.model import BlockKind, Term

Caught = list[tuple[int, int, str]]
Placed = TypeVar("Placed", bound=tuple[Any, ...])


class Sight:
    """The terms of one page: all words are found in one pass, their borders looked at where a concept is asked for.

    Nothing it keeps refers to it, so that it is gone as soon as it is let go of.
    """

    def __init__(
        self, passage: Passage, lexicon: Lexicon, masks: Mapping[str, Mask], matcher: Matcher, needs: Needs
    ) -> None:
        self.passage = passage
        self.lexicon = lexicon
        self.memo: dict[tuple[int, int, int], bool] = {}
        self.ruled = any(block.kind is BlockKind.ROW for block in passage.page.blocks)
        self._masks = masks
        self._matcher = matcher
        self._needs = needs
        self._matches = matcher.scan(passage.folded)
        self._raw: dict[str, Spans] = {}
        self._spans: dict[str, Spans] = {}
        self._terms_of: dict[str, Terms] = {}
        self._found: dict[str, tuple[list[int], Terms]] = {}
        self._present: dict[tuple[int, int], int] = {}

    @cached_property
    def rough(self) -> int:
        """The bits of all concepts of which the pass found words."""
        return self._matcher.groups.bits(self._all_groups)

    @cached_property
    def sure(self) -> int:
        """Those of which it found words that are not in doubt."""
        return self._matcher.groups.bits(self._matcher.groups.sure(self._all_groups))

    @cached_property
    def bits(self) -> int:
        """The bits of the concepts that may stand here, borders, exceptions and masks not yet looked at."""
        return self._matcher.groups.bits(self._groups)

    @cached_property
    def _all_groups(self) -> set[int]:
        return self._matcher.groups.found(self._matches)

    @cached_property
    def _groups(self) -> set[int]:
        return self._matcher.groups.present(self._all_groups, self._matches, self.passage)

    def names(self) -> list[str]:
        """The concepts that may stand here."""
        return self._matcher.names(self.bits)

    def may_hold(self, within: Within, start: int, end: int) -> bool:
        """Whether the words may stand in the folded range without which the node cannot hold there."""
        present = self._present.get((start, end))
        if present is None:
            present = self._present[start, end] = self._matcher.bits(self._inside(start, end))
        return self._needs.inside(within).met(present)

    def _inside(self, start: int, end: int) -> list[Match]:
        """What the pass found inside ``[start, end)``."""
        ends = self._ends
        return [
            match for match in self._matches[bisect_right(ends, start) : bisect_right(ends, end)] if match[1] >= start
        ]

    @cached_property
    def _ends(self) -> list[int]:
        return [match[2] for match in self._matches]

    @cached_property
    def _places(self) -> dict[int, Spans]:
        """Where each pattern stands."""
        places: dict[int, Spans] = defaultdict(list)
        for pattern, start, end in self._matches:
            places[pattern].append((start, end))
        return places

    @cached_property
    def words(self) -> Words:
        """Where words stand, as the pass found them."""
        groups = self._matcher.groups
        of, places = groups.of, dict[int, list[Match]]((group, []) for group in self._all_groups)
        for match in self._matches:
            places[of[match[0]]].append(match)

        def find(bits: int) -> Spans:
            having = groups.having(bits)
            found = (match for group in having.keys() & places.keys() for match in places[group] * having[group])
            return [(start, end) for _, start, end in found]

        crossing = [(start, end) for group in groups.crossing & places.keys() for _, start, end in places[group]]
        extent = Extent(self.passage, self._matcher.longest, crossing)
        return Words(self.folded, extent, self.rough, find)

    def counted(self) -> Words:
        """Those that are neither excepted nor covered by a mask without conditions."""

        def find(bits: int) -> Spans:
            spans = [span for name in self._matcher.names(bits & self.bits) for span in self.raw(name)]
            return outside(spans, self._always) if self._always and spans else spans

        return Words(self.folded, self.words.extent, self.bits, find)

    @cached_property
    def _always(self) -> Spans:
        """What masks without conditions cover."""
        masks = self._masks
        return [(a, b) for a, b, name in self._covers if not (masks[name].when or masks[name].unless)]

    def raw(self, name: str) -> Spans:
        """The spans of a concept with forms of its own as they stand, masks not yet applied."""
        if name not in self._raw:
            self._raw[name] = self._sought(name) if self._matcher.bit[name] & self.bits else []
        return self._raw[name]

    def _sought(self, name: str) -> Spans:
        forms, places = self._matcher.forms(name), self._places
        spans: Spans = []
        for pattern in forms.keys() & places.keys():
            for form in forms[pattern]:
                spans += standing(self.passage, form, places[pattern])
        covers = [span for pattern in self._matcher.excepts[name] & places.keys() for span in places[pattern]]
        for cover in (covers, self.passage.furniture) if spans else ():
            spans = outside(spans, cover) if cover else spans
        return longest(spans)

    @cached_property
    def _covers(self) -> Caught:
        """The places of all masks, whether they apply or not."""
        masks, places = self._matcher.masks, self._places
        return [
            (*span, name)
            for pattern in masks.keys() & places.keys()
            for form, name in masks[pattern]
            for span in standing(self.passage, form, places[pattern])
        ]

    @cached_property
    def caught(self) -> Caught:
        """The masks that apply here and hold a term of some concept: what each covers, and its id."""
        return sorted(
            (start, end, name)
            for start, end, name in self._covers
            if self._holds_term(start, end) and self._applies(self._masks[name], start)
        )

    def _holds_term(self, start: int, end: int) -> bool:
        """Whether a term of some concept lies inside ``[start, end)``."""
        bits = self._matcher.bits(self._inside(start, end))
        return any(_holds(self.raw(name), start, end) for name in self._matcher.names(bits))

    def masked(self, start: int, end: int) -> tuple[str, ...]:
        """The masks that caught words inside ``[start, end)``."""
        return tuple(sorted({name for a, b, name in _between(self.caught, start, end) if b <= end}))

    def _applies(self, mask: Mask, at: int) -> bool:
        if not (mask.when or mask.unless):
            return True
        sentence = self.passage.segment("sentence", at)
        when = not mask.when or self._any(mask.when, *sentence)
        return when and not self._any(mask.unless, *sentence)

    def _any(self, names: Iterable[str], start: int, end: int) -> bool:
        leaves = {leaf for name in names for leaf in self.lexicon.leaves[name]}
        return any(_holds(self.raw(leaf), start, end) for leaf in leaves)

    def spans(self, name: str) -> Spans:
        """The spans of a concept with forms of its own that no mask covers."""
        if name not in self._spans:
            raw = self.raw(name)
            covers = [(start, end) for start, end, _ in self.caught] if raw else []
            self._spans[name] = outside(raw, covers) if covers else raw
        return self._spans[name]

    def count(self, name: str) -> int:
        """How often a concept occurs, masks applied."""
        bit, bits = self._matcher.bit, self.bits
        return sum(len(self.spans(leaf)) for leaf in self.lexicon.leaves[name] if bit[leaf] & bits)

    @property
    def page(self) -> Scope:
        """The whole page as a scope."""
        return Scope(self, 0, len(self.folded), "page")

    @property
    def folded(self) -> str:
        """The page's folded text."""
        return self.passage.folded

    def segment(self, kind: str, at: int) -> tuple[int, int]:
        """The folded range of a kind of part around a folded offset."""
        return self.passage.segment(kind, at)

    def terms(self, concept: str, start: int, end: int) -> Terms:
        """The terms of a concept and of those it covers that lie inside ``[start, end)``, in order."""
        found = self._found.get(concept)
        if found is None:
            found = self._found[concept] = self._all(concept)
        starts, terms = found
        if not terms or (start == 0 and end == len(self.passage.folded)):
            return terms
        return tuple([term for term in terms[bisect_left(starts, start) : bisect_left(starts, end)] if term.end <= end])

    def _all(self, concept: str) -> tuple[list[int], Terms]:
        """Where the terms of a concept begin, and the terms, in order; the longer of two that begin together first."""
        bit, bits = self._matcher.bit, self.bits
        lists = [terms for leaf in self.lexicon.leaves[concept] if bit[leaf] & bits and (terms := self._own(leaf))]
        terms = lists[0] if len(lists) == 1 else tuple(sorted(chain.from_iterable(lists), key=_order))
        return [term.start for term in terms], terms

    def _own(self, leaf: str) -> Terms:
        """The terms of a concept with forms of its own, in order."""
        if leaf not in self._terms_of:
            folded = self.passage.folded
            self._terms_of[leaf] = tuple([Term(a, b, leaf, folded[a:b]) for a, b in self.spans(leaf)])
        return self._terms_of[leaf]


def _order(term: Term) -> tuple[int, int, str]:
    return term.start, -term.end, term.concept


def _between(ordered: Sequence[Placed], start: int, end: int) -> Sequence[Placed]:
    """Of items in order of their first member, those that begin in ``[start, end)``."""
    return ordered[bisect_left(ordered, start, key=_begin) : bisect_left(ordered, end, key=_begin)]


def _begin(item: tuple[Any, ...]) -> int:
    return int(item[0])


def _holds(spans: Spans, start: int, end: int) -> bool:
    return any(b <= end for _, b in _between(spans, start, end))
