"""The words of a page, and how far apart those of one part may stand: what is asked before any part is made."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from countersight.find.nodes import LONGEST, WINDOW
from countersight.find.passage import Passage, Spans
from countersight.text.segment import longest_part, may_hold_rows

_LIGATURES = "ﬀﬁﬂﬃﬄﬅﬆ"
_LETTERS = 3  # of the longest ligature


class Extent:
    """How long the parts of a page may be, in folded characters.

    ``word`` is the length of the longest word; ``crossed`` tells whether a word may go over the end of a sentence.
    """

    def __init__(self, passage: Passage, word: int, *, crossed: bool) -> None:
        self.length = len(passage.folded)
        self._page = passage.page
        self._word = word
        self._sentences = 2 if crossed else 1

    def apart(self, *, wide: bool) -> int:
        """How far apart two words of one part may be at most: of any part, or of narrow ones only."""
        return self._wide if wide else self._narrow

    @cached_property
    def _wide(self) -> int:
        return self._apart(LONGEST) if self.length > LONGEST else LONGEST

    @cached_property
    def _narrow(self) -> int:
        return self._apart(2 * WINDOW)

    def _apart(self, least: int) -> int:
        """``least``, or how long a sentence or row of the page may be, if that is more."""
        letters = _LETTERS if any(ligature in self._page.text for ligature in _LIGATURES) else 1
        return max(least, longest_part(self._page, least)) * letters * self._sentences + self._word

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

    def places(self, bits: int) -> Spans:
        """Where words of the concepts of these bits stand, in order; once for each of the concepts."""
        found = self._places.get(bits)
        if found is None:
            found = self._places[bits] = sorted(self._find(bits))
        return found
