"""What stands on one page: the terms of each concept, masks applied, looked up only as far as something asks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from countersight.find.lexicon import Lexicon
from countersight.find.masks import Mask
from countersight.find.matcher import Matcher, Passage, Spans, outside
from countersight.find.nodes import Scope, Terms
from countersight.model import Term

Caught = list[tuple[int, int, str]]
Placed = TypeVar("Placed", bound=tuple[Any, ...])


class Sight:
    """The terms of one page. ``common`` concepts are sought at once, ``local`` ones when first needed."""

    def __init__(
        self, passage: Passage, lexicon: Lexicon, masks: Mapping[str, Mask], common: Matcher, local: Matcher
    ) -> None:
        self.passage = passage
        self.lexicon = lexicon
        self._masks = masks
        self._local = local
        self.common, self._covers = common.scan(passage)
        self._found: dict[str, list[tuple[int, int, str, Term]]] = {}

    @cached_property
    def _raw(self) -> dict[str, Spans]:
        """Every concept's spans as they stand, masks not yet applied."""
        return self.common | self._local.scan(self.passage)[0]

    @cached_property
    def caught(self) -> Caught:
        """The masks that apply here and hold a term of some concept: what each covers, and its id."""
        if not self._covers:
            return []
        terms = sorted(span for spans in self._raw.values() for span in spans)
        return sorted(
            (start, end, name)
            for start, end, name in self._covers
            if _inside(terms, start, end) and self._applies(self._masks[name], start)
        )

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
        return any(_inside(self._raw.get(leaf, []), start, end) for leaf in leaves)

    @cached_property
    def spans(self) -> dict[str, Spans]:
        """Every concept's spans that no mask covers; concepts that do not occur are not in it."""
        return self._unmasked(self._raw)

    @cached_property
    def _seen(self) -> dict[str, Spans]:
        """The common concepts' spans that no mask covers; local ones are not looked for unless a mask covers some."""
        terms = sorted(span for spans in self.common.values() for span in spans)
        covered = any(_inside(terms, start, end) for start, end, _ in self._covers)
        return self._unmasked(self.common) if covered else self.common

    def count(self, name: str) -> int:
        """How often a concept that is not local occurs, masks applied."""
        return sum(len(self._seen.get(leaf, ())) for leaf in self.lexicon.leaves[name])

    def _unmasked(self, found: dict[str, Spans]) -> dict[str, Spans]:
        covers = [(start, end) for start, end, _ in self.caught]
        left = {name: outside(spans, covers) if covers else spans for name, spans in found.items()}
        return {name: spans for name, spans in left.items() if spans}

    @cached_property
    def page(self) -> Scope:
        """The whole page as a scope."""
        return Scope(self.passage.folded, 0, len(self.passage.folded), "page", self._terms, self.passage.segment)

    def _terms(self, concept: str, start: int, end: int) -> Terms:
        """The terms of a concept and of those it covers that lie inside ``[start, end)``, in order."""
        if concept not in self._found:
            self._found[concept] = self._all(concept)
        return tuple(term for *_, term in _between(self._found[concept], start, end) if term.end <= end)

    def _all(self, concept: str) -> list[tuple[int, int, str, Term]]:
        """All terms of a concept on the page, each with what orders it: its place, the longer one first."""
        return sorted(
            (a, -b, leaf, Term(a, b, leaf, self.passage.folded[a:b]))
            for leaf in self.lexicon.leaves[concept]
            for a, b in self.spans.get(leaf, ())
        )


def _between(ordered: Sequence[Placed], start: int, end: int) -> Sequence[Placed]:
    """Of items in order of their first member, those that begin in ``[start, end)``."""
    return ordered[bisect_left(ordered, start, key=_begin) : bisect_left(ordered, end, key=_begin)]


def _begin(item: tuple[Any, ...]) -> int:
    return int(item[0])


def _inside(spans: Spans, start: int, end: int) -> bool:
    return any(b <= end for _, b in _between(spans, start, end))
