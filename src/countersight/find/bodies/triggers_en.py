"""The words that names of bodies have in English text, where they stand alone, each with its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from countersight.find.bodies.words import words

_KINDS = ("tail", "form", "head", "known", "world", "dateline", "papers", "prefix")
_CAPITALS = ("tail", "head", "world")  # that count in capitals too
_EAST = "\u2e80"  # writing without spaces between words


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word of names at ``[start, end)``: of the kind that its list is named by."""

    start: int
    end: int
    kind: str


@cache
def _automaton() -> tuple[AhoCorasick, tuple[tuple[str, str], ...]]:
    lists = words("en")
    kinds = {word: kind for kind in _KINDS for word in lists[kind]}
    for kind in _CAPITALS:
        for word in lists[kind]:
            kinds.setdefault(word.upper(), kind)
    for word in lists["head"]:  # Agence Nationale de
        kinds.setdefault(" ".join(w if w in lists["links"] else w[0].upper() + w[1:] for w in word.split()), "head")
    return AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest), tuple(kinds.items())


def triggers(text: str) -> Iterator[Trigger]:
    """The words that names of bodies have, where they stand alone in a text."""
    automaton, kinds = _automaton()
    for which, start, end in automaton.find_matches_as_indexes(text):
        after = text[end : end + 1]
        if after == "_" or (after.isalnum() and after < _EAST) or (after == "-" and text[end + 1 : end + 2].islower()):
            continue
        before = text[start - 1 : start]
        if before and (before in "_@.-" or (before.isalnum() and before < _EAST)):
            continue
        yield Trigger(start, end, kinds[which][1])


@cache
def forms() -> str:
    """The legal forms as alternatives of a pattern, the longest first."""
    return "|".join(map(re.escape, sorted(words("en")["form"], key=lambda word: -len(word))))
