"""Patterns in groups: all that stand for the same concepts are alike until it is asked which of their words count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_

from countersight.find.lexicon import Form
from countersight.find.passage import Passage, alone

Match = tuple[int, int, int]
_DOUBTFUL = ("bare", "code")  # kinds of forms that are found in many words and are seldom meant there


class Groups:
    """The groups of some patterns. ``of`` gives the group of each pattern.

    ``owned`` gives the patterns and forms of each concept, ``bit`` the bit of each; ``crossing`` are patterns whose
    words may go over the end of a sentence. A pattern of doubtful forms alone has a group of its own.
    """

    def __init__(
        self,
        patterns: int,
        owned: Mapping[str, Sequence[tuple[int, Form]]],
        bit: Mapping[str, int],
        crossing: Iterable[int],
    ) -> None:
        bits = [0] * patterns
        doubtful: dict[int, list[Form]] = defaultdict(list)
        for name, forms in owned.items():
            for pattern, form in forms:
                bits[pattern] |= bit[name]
                if form.kind in _DOUBTFUL:
                    doubtful[pattern].append(form)
        for forms in owned.values():
            for pattern, form in forms:
                if form.kind not in _DOUBTFUL:
                    doubtful.pop(pattern, None)
        apart = dict.fromkeys(crossing, -1) | {pattern: pattern for pattern in doubtful}
        numbers: dict[tuple[int, int | None], int] = {}
        self.of = [numbers.setdefault((own, apart.get(at)), len(numbers)) for at, own in enumerate(bits)]
        self._bits = [own for own, _ in numbers]
        self._crossing = {self.of[pattern] for pattern in crossing}
        self._doubtful = {self.of[pattern]: forms for pattern, forms in doubtful.items()}

    def bits(self, groups: Iterable[int]) -> int:
        """The bits of the concepts of some groups."""
        return reduce(or_, map(self._bits.__getitem__, groups), 0)

    def within(self, bits: int, groups: Iterable[int]) -> list[tuple[int, int]]:
        """Those of some groups that are of concepts of these bits, each with the number of these concepts."""
        own = self._bits
        return [(group, (own[group] & bits).bit_count()) for group in groups if own[group] & bits]

    def cross(self, groups: Iterable[int]) -> bool:
        """Whether a word of one of the groups may go over the end of a sentence."""
        return not self._crossing.isdisjoint(groups)

    def present(self, matches: Sequence[Match], passage: Passage) -> set[int]:
        """The groups that may stand in a passage: 维 is a character of many words, but asked for alone."""
        of = self.of
        found = {of[match[0]] for match in matches}
        for group in self._doubtful.keys() & found:
            if not self._stands(group, matches, passage):
                found.discard(group)
        return found

    def _stands(self, group: int, matches: Sequence[Match], passage: Passage) -> bool:
        forms = self._doubtful[group]
        if any(form.exact and passage.holds(form.exact) for form in forms):
            return True
        spans = (match[1:] for match in matches if self.of[match[0]] == group)
        return any(not form.exact for form in forms) and any(alone(passage.folded, *span) for span in spans)
