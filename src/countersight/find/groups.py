"""Patterns in groups: all that stand for the same concepts are alike until it is asked which of their words count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_

from countersight.find.lexicon import Form
from countersight.find.passage import Passage, alone

Match = tuple[int, int, int]
_DOUBTFUL = ("bare", "code")  # kinds of forms that are found in many words and are seldom meant there


class Groups:
    """The groups of some patterns. ``of`` gives the group of each, ``crossing`` those that may cross a sentence's end.

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
        self._of_bit = {one: [at for at, own in enumerate(self._bits) if own & one] for one in bit.values()}
        self._having: dict[int, Counter[int]] = {}
        self.crossing = {self.of[pattern] for pattern in crossing}
        self._doubtful = {self.of[one]: [form.exact for form in forms if form.exact] for one, forms in doubtful.items()}
        self._bare = {self.of[pattern] for pattern, forms in doubtful.items() if any(not form.exact for form in forms)}

    def bits(self, groups: Iterable[int]) -> int:
        """The bits of the concepts of some groups."""
        return reduce(or_, map(self._bits.__getitem__, groups), 0)

    def having(self, bits: int) -> dict[int, int]:
        """The groups that are of concepts of these bits, each with the number of these concepts."""
        found = self._having.get(bits)
        if found is None:
            found = self._having[bits] = Counter(
                group for bit, groups in self._of_bit.items() if bit & bits for group in groups
            )
        return found

    def found(self, matches: Iterable[Match]) -> set[int]:
        """The groups of what was found."""
        of = self.of
        return {of[match[0]] for match in matches}

    def sure(self, found: set[int]) -> set[int]:
        """Those of doubtful forms alone left out."""
        return found - self._doubtful.keys()

    def present(self, found: set[int], matches: Sequence[Match], passage: Passage) -> set[int]:
        """Those that may stand in a passage: 维 is a character of many words, but asked for alone."""
        doubtful = self._doubtful.keys() & found
        never = {group for group in doubtful if not any(map(passage.holds, self._doubtful[group]))}
        if bare := never & self._bare:
            of, folded = self.of, passage.folded
            never -= {of[at] for at, start, end in matches if of[at] in bare and alone(folded, start, end)}
        return found - never
