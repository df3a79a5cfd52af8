"""The words of a page, and how far apart those of one part may stand: what is asked before any part is made."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property

from countersight.find.nodes import LONGEST, WINDOW, between
from countersight.find.passage import Passage, Spans
from countersight.text.segment import may_hold_rows, sure_ends


class Extent:
    """How far the parts of a page go, in folded characters.

    ``word`` is the length of the longest word; ``crossing`` are the words that may go over the end of a sentence.
    """

    def __init__(self, passage: Passage, word: int, crossing: Spans) -> None:
        self._passage = passage
        self._page = passage.page
        self._word = word
        self._crossing = crossing

    def around(self, start: int, end: int, *, wide: bool) -> tuple[int, int]:
        """From where to where words may stand in one part, ``wide`` or not, with the word at ``[start, end)``."""
        least, length = (LONGEST if wide else 2 * WINDOW) + self._word, len(self._passage.folded)
        if length <= least:
            return 0, length
        ends = self._ends
        first, last = ends[bisect_right(ends, start) - 1], ends[min(bisect_left(ends, end), len(ends) - 1)]
        return min(start - least, first), max(end + least, last)

    @cached_property
    def _ends(self) -> list[int]:
        """Where no sentence or row goes on, the borders of the page among them."""
        ends = sorted({0, *self._passage.carried(sure_ends(self._page)), len(self._passage.folded)})
        for start, end in self._crossing:
            del ends[bisect_right(ends, start) : bisect_left(ends, end)]
        return ends

    @cached_property
    def tabular(self) -> bool:
        """Whether the page may hold tables: without, what is asked of a table is asked of the sentence."""
        return may_hold_rows(self._page)


class Words:
    """Where words stand on a page: ``bits`` are those of their concepts, ``find`` gives the places for some bits."""

    def __init__(self, folded: str, extent: Extent, bits: int, find: Callable[[int], Spans]) -> None:
        self.folded = folded
        self.extent = extent
        self.bits = bits
        self._find = find
        self._places: dict[int, Spans] = {}

    def inside(self, ranges: Spans) -> Words:
        """Those of the words that begin in one of some ranges, which are in order and apart."""

        def find(bits: int) -> Spans:
            return [place for first, last in ranges for place in between(self.places(bits), first, last)]

        return Words(self.folded, self.extent, self.bits, find)

    def places(self, bits: int) -> Spans:
        """Where words of the concepts of these bits stand, in order; once for each of the concepts."""
        found = self._places.get(bits)
        if found is None:
            found = self._places[bits] = sorted(self._find(bits))
        return found
