"""The words of a page as they were found: what is asked before it is known which of them count."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from countersight.find.groups import Groups
from countersight.find.nodes import LONGEST, WINDOW
from countersight.find.passage import Passage, Spans
from countersight.text.segment import longest_part, may_hold_rows

_LIGATURES = "ﬀﬁﬂﬃﬄﬅﬆ"
_LETTERS = 3  # of the longest ligature


class Words:
    """Where the words of each group of patterns stand on a page. All offsets are into its folded text."""

    def __init__(self, passage: Passage, groups: Groups, longest: int, places: Mapping[int, Spans]) -> None:
        self.folded = passage.folded
        self._page = passage.page
        self._groups = groups
        self._longest = longest
        self._standing = places
        self._places: dict[int, Spans] = {}

    def places(self, bits: int) -> Spans:
        """Where words of the concepts of these bits stand, in order; once for each of the concepts."""
        found = self._places.get(bits)
        if found is None:
            spans: Spans = []
            concepts = self._groups.having(bits)
            for group in concepts.keys() & self._standing.keys():
                spans += self._standing[group] * concepts[group]
            found = self._places[bits] = sorted(spans)
        return found

    def apart(self, *, wide: bool) -> int:
        """How far apart two words of one part may be at most: of any part, or of narrow ones only."""
        return self._wide if wide else self._narrow

    @cached_property
    def _wide(self) -> int:
        return self._apart(LONGEST) if len(self.folded) > LONGEST else LONGEST

    @cached_property
    def _narrow(self) -> int:
        return self._apart(2 * WINDOW)

    def _apart(self, least: int) -> int:
        """``least``, or how long a sentence or row of the page may be, if that is more."""
        longest = max(least, longest_part(self._page, least)) * self._letters
        return longest * (2 if self._groups.cross(self._standing) else 1) + self._longest

    @cached_property
    def tabular(self) -> bool:
        """Whether the page may hold tables: without, what is asked of a table is asked of the sentence."""
        return may_hold_rows(self._page)

    @cached_property
    def bits(self) -> int:
        """The bits of the concepts that may stand on the page."""
        return self._groups.bits(self._standing)

    @cached_property
    def _letters(self) -> int:
        """How many folded characters may stand for one of the page."""
        return _LETTERS if any(ligature in self._page.text for ligature in _LIGATURES) else 1
