"""What two texts have in common and where they differ, in linear time and whatever the order of their parts.

Every shingle of one text is linked to an occurrence of the same shingle in the other, the one that continues the run
before it where there is one, and each occurrence once: a row that stands five times here and four times there differs
once. Tokens under a linked shingle are shared; the runs between them are gaps, paired by the links on both sides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from countersight.text.shingles import LENGTH

PARALLEL = 600  # characters up to which the two sides of a gap are compared character by character
ALIKE = 0.6  # of the characters in common, from which one side of a gap is a changed form of the other
_MISREAD = 0.3  # of the digits of a gap that may be misread
_LONG = 12  # links in a run that stand for moved text wherever it leads
_DRIFT = 8  # tokens that errors of reading shift a place by
_STRETCH, _SLACK = 3, 40  # how much longer, in tokens, one side of a gap may be than the other


@dataclass(frozen=True, slots=True)
class Gap:
    """Tokens ``[a0, a1)`` and ``[b0, b1)`` at the same place of two texts that differ; the characters they share.

    ``words`` are the tokens of each side, joined by spaces.
    """

    a0: int
    a1: int
    b0: int
    b1: int
    words: tuple[str, str]
    shared: int

    @property
    def numbers(self) -> bool:
        """Whether the digits differ."""
        return _digits(self.words[0]) != _digits(self.words[1])

    @property
    def slight(self) -> bool:
        """Whether it may be an error of reading: few of its characters, fewer of its digits."""
        one, other = map(_squeezed, self.words)
        longer, digits = max(len(one), len(other)), max(map(len, map(_digits, self.words)))
        misread = digits - _ordered(*map(_digits, self.words))
        return misread <= max(1, _MISREAD * digits) and longer - _ordered(one, other) <= max(3, (1 - ALIKE) * longer)


def _squeezed(words: str) -> str:
    return words.replace(" ", "")


def _digits(words: str) -> str:
    """The digits of its numbers; a digit in a word of letters is a misread letter."""
    found = (("".join(filter(str.isdigit, word)), word) for word in words.split(" "))
    return "".join(digits for digits, word in found if 2 * len(digits) >= len(word))


class Comparison:
    """Two texts as tokens, compared."""

    def __init__(self, a: Sequence[str], b: Sequence[str]) -> None:
        self._a, self._b = a, b
        self._to_b, self._to_a = _links(_shingles(a), _shingles(b))
        self._seen_a, self._seen_b = _covered(self._to_b, len(a)), _covered(self._to_a, len(b))

    @cached_property
    def shared(self) -> tuple[int, int]:
        """The characters of each text that the other has too, those in gaps included."""
        changed = sum(gap.shared for gap in self._all)
        return _weight(self._a, self._seen_a) + changed, _weight(self._b, self._seen_b) + changed

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Where they differ, in the order of the first text, then what only the second has."""
        return tuple(gap for gap in self._all if _squeezed(gap.words[0]) != _squeezed(gap.words[1]))

    @cached_property
    def _all(self) -> list[Gap]:
        """The same, and places where the same characters are cut into other tokens (a number over two lines)."""
        found = [(*run, *self._unshared(*_across(run, self._to_b, len(self._b)))) for run in _runs(self._seen_a)]
        paired = {i for _, _, b0, b1 in found for i in range(b0, b1)}
        rest = [run for run in _runs(self._seen_b) if paired.isdisjoint(range(*run))]
        found += [(*_across(run, self._to_a, len(self._a), insertion=True), *run) for run in rest]
        return [self._gap(*each) for each in found]

    def _unshared(self, b0: int, b1: int) -> tuple[int, int]:
        """A range of the second text, from its first to its last token that is not shared with another place."""
        run = [i for i in range(b0, b1) if not self._seen_b[i]]
        return (run[0], run[-1] + 1) if run else (b0, b0)

    def _gap(self, a0: int, a1: int, b0: int, b1: int) -> Gap:
        """The gap, without the tokens that both sides begin or end with: too few for a shingle."""
        a, b = self._a, self._b
        shared = _in_common("".join(a[a0:a1]), "".join(b[b0:b1]))
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            a0, b0 = a0 + 1, b0 + 1
        while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
        return Gap(a0, a1, b0, b1, (" ".join(a[a0:a1]), " ".join(b[b0:b1])), shared)


def _shingles(tokens: Sequence[str]) -> list[str]:
    return [" ".join(tokens[i : i + LENGTH]) for i in range(len(tokens) - LENGTH + 1)]


def _links(a: Sequence[str], b: Sequence[str]) -> tuple[list[int], list[int]]:
    """For each shingle of each text the index of its partner in the other, -1 for none.

    Shingles that each text has once are linked first, then runs grow from them, then what is left finds the next free
    partner.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for j, shingle in enumerate(b):
        places[shingle].append(j)
    links = [-1] * len(a), [-1] * len(b)
    often = Counter(a)
    for i, shingle in enumerate(a):
        if often[shingle] == 1 and len(places.get(shingle, ())) == 1:
            _link(links, i, places[shingle][0])
    _grow(links, a, b, range(1, len(a)), 1)
    _grow(links, a, b, range(len(a) - 2, -1, -1), -1)
    at = 0
    for i, shingle in enumerate(a):
        if links[0][i] < 0:
            partner = _free(places.get(shingle, []), at, links[1])
            if partner >= 0:
                _link(links, i, partner)
        at = max(at, links[0][i]) if links[0][i] < 0 else links[0][i] + 1
    _unlink_strays(links)
    return links


def _unlink_strays(links: tuple[list[int], list[int]]) -> None:
    """Undo short runs of links that lead elsewhere than the long runs around them: common words, not moved text."""
    runs = list(_linked_runs(links[0]))
    before = -1
    after = [-1] * len(runs)
    for n in range(len(runs) - 2, -1, -1):
        after[n] = n + 1 if _length(runs[n + 1]) >= _LONG else after[n + 1]
    for n, run in enumerate(runs):
        if _length(run) >= _LONG:
            before = n
        elif not any(_near(run, runs[other]) for other in (before, after[n]) if other >= 0):
            for i in range(run[0], run[1]):
                links[1][links[0][i]] = links[0][i] = -1


def _linked_runs(to_b: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The runs ``[start, end)`` of links to consecutive places, each with the place its start leads to."""
    start = 0
    for i in range(1, len(to_b) + 1):
        if i == len(to_b) or to_b[i] != to_b[i - 1] + 1 or to_b[i - 1] < 0:
            if to_b[start] >= 0:
                yield start, i, to_b[start]
            start = i


def _length(run: tuple[int, int, int]) -> int:
    return run[1] - run[0]


def _near(run: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return abs((run[2] - run[0]) - (other[2] - other[0])) <= _DRIFT


def _link(links: tuple[list[int], list[int]], i: int, j: int) -> None:
    links[0][i], links[1][j] = j, i


def _grow(links: tuple[list[int], list[int]], a: Sequence[str], b: Sequence[str], order: range, step: int) -> None:
    """Link what follows (``step`` 1) or comes before (-1) linked shingles while it is the same."""
    to_b, to_a = links
    for i in order:
        j = to_b[i - step] + step if to_b[i - step] >= 0 else -1
        if to_b[i] < 0 and 0 <= j < len(b) and to_a[j] < 0 and a[i] == b[j]:
            _link(links, i, j)


def _free(places: list[int], wanted: int, to_a: Sequence[int]) -> int:
    """The first free place at or after the wanted one, else the first free one, else -1. Taken ones are forgotten."""
    at = bisect_left(places, wanted)
    while at < len(places) and to_a[places[at]] >= 0:
        del places[at]
    while at == len(places) and places and to_a[places[0]] >= 0:
        del places[0]
        at = len(places)
    if at < len(places):
        return places.pop(at)
    return places.pop(0) if places else -1


def _covered(links: Sequence[int], length: int) -> bytearray:
    seen = bytearray(length)
    for i, link in enumerate(links):
        if link >= 0:
            seen[i : i + LENGTH] = b"\x01" * LENGTH
    return seen


def _weight(tokens: Sequence[str], seen: bytearray) -> int:
    return sum(len(token) for token, is_seen in zip(tokens, seen, strict=True) if is_seen)


def _runs(seen: bytearray) -> Iterator[tuple[int, int]]:
    """The runs of tokens that are not shared."""
    start = seen.find(0)
    while start >= 0:
        end = seen.find(1, start)
        end = len(seen) if end < 0 else end
        yield start, end
        start = seen.find(0, end)


def _across(run: tuple[int, int], links: Sequence[int], length: int, *, insertion: bool = False) -> tuple[int, int]:
    """The place in the other text between the partners of the shingles before and after a run."""
    start, end = run
    low = links[start - LENGTH] + LENGTH if start else 0
    high = links[end] if end < len(links) else length
    fits = not insertion and low <= high <= low + _STRETCH * (end - start) + _SLACK
    return (low, high) if fits else (min(low, length), min(low, length))


def _in_common(one: str, other: str) -> int:
    """The characters two short passages have in common and in order, 0 where they are not alike."""
    longer = max(len(one), len(other))
    shared = _ordered(one, other)
    return shared if shared >= ALIKE * longer else 0


def _ordered(one: str, other: str) -> int:
    """The characters two passages have in common and in order; 0 for long ones."""
    if max(len(one), len(other)) > PARALLEL:
        return 0
    return sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
