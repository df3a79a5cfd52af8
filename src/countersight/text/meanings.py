"""What the characters of a Chinese name mean in English words: the trade glossary and CC-CEDICT, without its names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from countersight.text.gloss import all_senses, senses
from countersight.text.orgwords import stem, trades

Spans = tuple[tuple[int, int], ...]


@lru_cache(maxsize=16384)
def meanings(han: str, *, proper: bool = True) -> Mapping[str, Spans]:
    """English stems that stretches of the characters may mean, with those stretches. ``proper``: names count too."""
    found: dict[str, list[tuple[int, int]]] = {}
    for start in range(len(han)):
        for end in range(start + 1, min(len(han), start + _LONGEST) + 1):
            for word in _words(han[start:end], proper):
                found.setdefault(word, []).append((start, end))
    return {word: tuple(spans) for word, spans in found.items()}


@lru_cache(maxsize=16384)
def akin(han: str) -> Mapping[str, tuple[tuple[str, int, int], ...]]:
    """By the first six letters of a long word that is meant: the word and its stretch. ``electric``, ``electronic``."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for word, spans in meanings(han).items():
        if len(word) >= _LONG:
            found.setdefault(word[:_LONG], []).extend((word, *span) for span in spans)
    return {begun: tuple(words) for begun, words in found.items()}


@lru_cache(maxsize=16384)
def _words(term: str, proper: bool) -> frozenset[str]:
    said = []
    for sense in senses(term):
        words = _WORD.findall(_ASIDE.sub("", sense))
        named = _NAME.search(sense)
        said += [word for word in words if not named or (proper and word[:1].isupper())]
    traded = [word for key in trades().han.get(term, ()) for word in _WORD.findall(key)]
    return frozenset(found for word in said + traded if len(found := stem(word)) >= _SHORTEST and found not in _SAID)


@cache
def english() -> frozenset[str]:
    """Stems of the common English words by which CC-CEDICT explains Chinese ones."""
    return frozenset(map(stem, set(_SMALL.findall("\n".join(all_senses())))))


_LONGEST = 4  # characters of a word
_SHORTEST = 3  # letters
_LONG = 6  # letters that two words of one root share
_SMALL = re.compile(r"\b[a-z]+\b")
_WORD = re.compile(r"[A-Za-z]+")
_ASIDE = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_NAME = re.compile(r"^[A-Z]|\b(?:surname|company|brand|corporation)\b")
_SAID = frozenset(
    {"the", "and", "for", "one", "with", "from", "see", "also", "used", "variant", "old", "abbr", "etc", "who",
     "that", "not", "have", "make", "very", "into", "out", "type", "kind", "classifier"}
)  # fmt: skip
