"""What a page may say instead, where characters were read weakly: texts of the same length, so that offsets stay.

Nothing here chooses: the text as read stands, and whoever uses a variant says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from countersight.model import Weak

MOST = 240  # variants of one page: rules and masks go over each, a millisecond a time
_NEAR = 10  # characters: weak ones no further apart may stand in one word or number
_TOGETHER = 3  # likeliest alternatives of each of two neighbours that are tried at once
_AROUND = 40  # characters kept on either side of what is changed, for words and phrases it is part of

Changes = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """``text`` stands in place of ``[start, end)`` of the page; ``changes`` are the offsets and characters changed."""

    start: int
    end: int
    text: str
    changes: Changes

    def within(self, whole: str) -> str:
        """The page's text with the variant in its place."""
        return whole[: self.start] + self.text + whole[self.end :]

    def touches(self, start: int, end: int) -> Changes:
        """The changes inside ``[start, end)`` of the page."""
        return tuple((at, char) for at, char in self.changes if start <= at < end)


def variants(text: str, weak: Sequence[Weak]) -> tuple[tuple[Variant, ...], int]:
    """The variants of a page, those with the likeliest and the fewest changes first, and how many were left out.

    Tried are each alternative of each weak character by itself, the likelier ones of neighbours in pairs, and for each
    run of weak characters near each other the likeliest of all at once; at most ``MOST`` in all. One that changes all
    that another does, and more, comes after it.
    """
    ranked = [made for run in _runs([one for one in weak if one.others]) for made in _ranked(run)]
    tried = sorted(set(ranked), key=lambda made: (made[0], len(made[1]), made[1]))
    return tuple(_variant(text, changes) for _, changes in tried[:MOST]), max(0, len(tried) - MOST)


def _runs(weak: list[Weak]) -> list[list[Weak]]:
    """Weak characters near each other."""
    runs: list[list[Weak]] = []
    for one in weak:
        if runs and one.at - runs[-1][-1].at <= _NEAR:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _ranked(run: list[Weak]) -> Iterator[tuple[int, Changes]]:
    """Sets of changes of a run, each with its turn: later for a less likely alternative, and for more than one."""
    for one in run:
        yield from ((rank, ((one.at, char),)) for rank, char in enumerate(one.others))
    for first, second in pairwise(run):
        for (m, a), (n, b) in product(enumerate(first.others[:_TOGETHER]), enumerate(second.others[:_TOGETHER])):
            yield 2 * max(m, n) + 1, ((first.at, a), (second.at, b))
    if len(run) > 1:
        yield 1, tuple((one.at, one.others[0]) for one in run)


def _variant(text: str, changes: Changes) -> Variant:
    start, end = max(0, changes[0][0] - _AROUND), min(len(text), changes[-1][0] + _AROUND + 1)
    changed = list(text[start:end])
    for at, char in changes:
        changed[at - start] = char
    return Variant(start, end, "".join(changed), changes)
