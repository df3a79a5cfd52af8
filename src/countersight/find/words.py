"""The words of a page as they were found: what is asked before it is known which of them count."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from countersight.find.matcher import Matcher, Passage, Spans
from countersight.find.nodes import LONGEST, WINDOW
from countersight.text.segment import longest_part

_LIGATURES = "ﬀﬁﬂﬃﬄﬅﬆ"
_LETTERS = 3  # of the longest ligature


class Words:
    """Where each pattern stands on a page. All offsets are into its folded text."""

    def __init__(self, passage: Passage, matcher: Matcher, places: Mapping[int, Spans]) -> None:
        self.folded = passage.folded
        self.bits = matcher.of(places)
        self._page = passage.page
        self._matcher = matcher
        self._patterns = places
        self._places: dict[int, Spans] = {}

    def places(self, bits: int) -> Spans:
        """Where words of the concepts of these bits stand, in order; once for each of the concepts."""
        found = self._places.get(bits)
        if found is None:
            patterns = self._matcher.within(bits, self._patterns)
            found = self._places[bits] = sorted([span for pattern in patterns for span in self._patterns[pattern]])
        return found

    def apart(self, *, wide: bool) -> int:
        """How far apart two words of one part may be at most: of any part, or of narrow ones only."""
        return max(self._narrow, LONGEST * self._letters) if wide else self._narrow

    @cached_property
    def _narrow(self) -> int:
        longest = self._letters * longest_part(self._page)
        if self._matcher.crosses(self._patterns):
            longest = 2 * longest
        return max(longest, 2 * WINDOW) + self._matcher.longest

    @cached_property
    def _letters(self) -> int:
        """How many folded characters may stand for one of the page."""
        return _LETTERS if any(ligature in self._page.text for ligature in _LIGATURES) else 1
