"""How the Chinese characters of a name are said by the words of another in Latin letters.

Each word may be said by a stretch of characters: spelled in pinyin, known as the company's own English name,
translated, or sounded out. The stretches must not overlap; what is said of both sides, and how surely, is the value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

import yaml

from countersight.text.meanings import akin, meanings
from countersight.text.orgwords import stem
from countersight.text.sounds import is_pinyin, likeness, likenesses, may_begin, older, readings


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of characters that stands for letters of a word, how surely (0 to 1), and by which way."""

    start: int
    end: int
    letters: int
    sure: float
    words: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """How much is said of the characters and of the letters (0 to 1 each), how surely, and by which ways."""

    han: float
    latin: float
    sure: float
    said: tuple[Said, ...]

    @property
    def value(self) -> float:
        """0 to 1: the side less said weighs three times the other."""
        low, high = sorted((self.han, self.latin))
        return self.sure * (0.75 * low + 0.25 * high)


NONE = Crossing(0.0, 0.0, 0.0, ())


@lru_cache(maxsize=16384)
def cross(han: str, words: tuple[str, ...]) -> Crossing:
    """The best laying of words along characters."""
    if not han or not words or len(words) > _MOST_WORDS or len(han) > _MOST_HAN:
        return NONE
    joined = "".join(words)
    best = _whole(han, words, (*_known(han, joined), *_in_pinyin(han, joined)))
    if best.value < _ENOUGH and len(words) <= _JOINED:
        best = max(best, _whole(han, words, _ways(han, joined)), key=lambda one: one.value)
    if best.value < _ENOUGH and len(words) > 1:
        best = max(best, _crossing(han, words, _lay(han, words)), key=lambda one: one.value)
    return best


def may_say(han: str, words: tuple[str, ...], least: float) -> bool:
    """Whether more than ``least`` of the letters can be said, before it is worked out how: word by word, or in one."""
    letters = sum(map(len, words))
    unsaid = 0
    for word in reversed(words):
        unsaid += 0 if _ways(han, word) else len(word)
        if 1 - unsaid / letters <= least:
            break
    else:
        return True
    joined = "".join(words)
    ways = _ways(han, joined) if len(words) <= _JOINED else chain(_known(han, joined), _in_pinyin(han, joined))
    return any(ways)


def _whole(han: str, words: tuple[str, ...], ways: tuple[Said, ...]) -> Crossing:
    """All the words together, on the stretch that says most."""
    best = max(ways, key=lambda one: (one.sure * (one.end - one.start), -one.start), default=None)
    return _crossing(han, words, (best,)) if best else NONE


def _crossing(han: str, words: tuple[str, ...], said: tuple[Said, ...]) -> Crossing:
    letters = sum(one.letters for one in said)
    if not letters:
        return NONE
    sure = sum(one.sure * one.letters for one in said) / letters
    return Crossing(sum(one.end - one.start for one in said) / len(han), letters / sum(map(len, words)), sure, said)


def _lay(han: str, words: tuple[str, ...]) -> tuple[Said, ...]:
    """The words, each on its own stretch, so that most is said."""
    ways = [_ways(han, word) for word in words]
    if not any(ways):
        return ()

    @cache
    def best(at: int, taken: int) -> tuple[float, tuple[Said, ...]]:
        if at == len(words):
            return 0.0, ()
        found = best(at + 1, taken)
        for way in ways[at]:
            mask = (1 << way.end) - (1 << way.start)
            if not mask & taken:
                rest, said = best(at + 1, taken | mask)
                gain = rest + way.sure * (way.letters / 4 + way.end - way.start)
                if gain > found[0]:
                    found = gain, (way, *said)
        return found

    return best(0, 0)[1]


@lru_cache(maxsize=16384)
def _ways(han: str, word: str) -> tuple[Said, ...]:
    """All the stretches of characters that may stand for a word; asked again with more words of the name."""
    found = (_known, _in_pinyin, _in_older_spelling, _translated, _sounded)
    return tuple(chain.from_iterable(way(han, word) for way in found))


def _known(han: str, word: str) -> Iterator[Said]:
    for brand in brands().get(word, ()):
        if (at := han.find(brand)) >= 0:
            yield Said(at, at + len(brand), len(word), 1.0, f"{brand} calls itself {word}")


def _in_pinyin(han: str, word: str) -> Iterator[Said]:
    for start, char in enumerate(han) if is_pinyin(word) else ():
        for end in sorted(_spelled(word, han, start)) if word.startswith(readings(char)) else ():
            yield Said(
                start, end, len(word), 1.0 if len(word) >= _SHORT_WORD else 0.6, f"{han[start:end]} is {word} in pinyin"
            )


def _in_older_spelling(han: str, word: str) -> Iterator[Said]:
    for start, char in enumerate(han[:-1]) if len(word) >= _TELLING and not is_pinyin(word) else ():
        for end in sorted(_spelled(word, han, start, older_too=True)) if word.startswith(_spellings(char)) else ():
            yield Said(start, end, len(word), 0.95, f"{han[start:end]} is {word} in an older spelling")


def _spelled(word: str, han: str, start: int, *, older_too: bool = False) -> set[int]:
    """The ends of stretches from ``start`` that the whole word spells, in any reading of each character."""
    ends, reach = set(), {(start, 0)}
    while reach:
        at, done = reach.pop()
        if done == len(word):
            ends.add(at)
        elif at < len(han):
            spelt = _spellings(han[at]) if older_too else readings(han[at])
            reach |= {(at + 1, done + len(one)) for one in spelt if word.startswith(one, done)}
    return ends


@lru_cache(maxsize=16384)
def _spellings(character: str) -> tuple[str, ...]:
    """A character's readings in pinyin and in older spellings."""
    return tuple(sorted(frozenset().union(*({one} | older(one) for one in readings(character)))))


def _translated(han: str, word: str) -> Iterator[Said]:
    """The word, or its end or beginning with the rest sounded out: ``hik|vision``."""
    meant = meanings(han)
    whole = stem(word)
    for start, end in meant.get(whole, ()):
        yield Said(start, end, len(word), 0.95 if end - start > 1 else 0.85, f"{han[start:end]} means {word}")
    if len(word) < _COMPOUND:
        return
    for other, start, end in akin(han).get(whole[:_COMPOUND], ()) if whole not in meant else ():
        if max(len(other), len(whole)) - _COMPOUND <= _ENDING:
            yield Said(start, end, len(word), 0.8, f"{han[start:end]} means {other}, akin to {word}")
    for cut in range(2, len(word) - 1):
        if word[:cut] in meant or word[cut:] in meant:
            yield from _taken_apart(han, word, cut)


def _taken_apart(han: str, word: str, cut: int) -> Iterator[Said]:
    first, last = word[:cut], word[cut:]
    begun = meanings(han).get(first, ()) if cut >= _SHORT_WORD else ()
    for start, end in begun:
        if end < len(han) and (alike := _rest(han[end:], last)) >= _LIKE:
            yield Said(start, len(han), len(word), 0.9 * alike, f"{han[start:]} is {first} and {last}")
    for start, end in meanings(han).get(last, ()):
        if (start, end) in begun:
            yield Said(start, end, len(word), 0.9, f"{han[start:end]} means {first} {last}")
        if start > 0 and (alike := _rest(han[:start], first)) >= _LIKE:
            yield Said(0, end, len(word), 0.9 * alike, f"{han[:end]} is {first} and {last}")


def _rest(han: str, rest: str) -> float:
    """How surely all of the characters stand for the rest of a word."""
    if is_pinyin(rest) and len(han) in _spelled(rest, han, 0):
        return 1.0
    means = (0, len(han)) in meanings(han).get(stem(rest), ())
    return max(0.95 if means else 0.0, likeness(rest, han))


def _sounded(han: str, word: str) -> Iterator[Said]:
    """Stretches of two and more characters that sound like the word; pinyin is spelled, not sounded out."""
    if len(word) < _SHORT_WORD or is_pinyin(word):
        return
    for start, char in enumerate(han[:-1]):
        if not may_begin(word, char):
            continue
        for size, alike in enumerate(likenesses(word, han[start : start + _MOST_SYLLABLES]), 1):
            if size > 1 and alike >= (_LIKE if size > 2 else _LIKE_SHORT):  # noqa: PLR2004 (two characters say little)
                end = start + size
                sure = 0.95 if size > 2 or len(word) >= _TELLING else 0.75  # noqa: PLR2004 (the same)
                yield Said(start, end, len(word), sure * alike, f"{han[start:end]} sounds like {word}")


@cache
def brands() -> dict[str, tuple[str, ...]]:
    """Words in Latin letters, without spaces, to the Chinese cores of the companies that use them of themselves."""
    table = yaml.safe_load((files("countersight.match") / "data" / "brands.yaml").read_text("utf-8"))
    found: dict[str, list[str]] = {}
    for han, latin in table.items():
        for word in str(latin).split(";"):
            found.setdefault("".join(word.split()), []).append(str(han))
    return {word: tuple(sorted(cores, key=len, reverse=True)) for word, cores in found.items()}


@cache
def branded() -> dict[str, tuple[str, ...]]:
    """The same the other way: Chinese cores to the words that their companies use of themselves."""
    found: dict[str, list[str]] = {}
    for word, cores in brands().items():
        for core in cores:
            found.setdefault(core, []).append(word)
    return {core: tuple(words) for core, words in found.items()}


def long_brands(joined: str) -> Iterator[str]:
    """Those in it that are English words, as a rule, or several: parts of them may be taken for place or trade."""
    at, of = 0, _begun()
    while at <= len(joined) - _LONG_BRAND:
        brand = next((one for one in of.get(joined[at : at + _LONG_BRAND], ()) if joined.startswith(one, at)), None)
        if brand:
            yield brand
        at += len(brand or " ")


@cache
def _begun() -> dict[str, list[str]]:
    """Long words of brands by their first letters, the longest first."""
    found: dict[str, list[str]] = {}
    for word in sorted(brands(), key=len, reverse=True):
        if len(word) >= _LONG_BRAND:
            found.setdefault(word[:_LONG_BRAND], []).append(word)
    return found


_ENOUGH = 0.9
_LONG_BRAND = 8  # letters
_JOINED = 3  # words: more are not one word written apart
_MOST_WORDS = 6
_MOST_HAN = 16
_MOST_SYLLABLES = 8
_SHORT_WORD = 3  # letters
_ENDING = 4  # letters, at most, by which two words of one root differ
_COMPOUND = 6  # letters: a shorter word is not taken apart
_TELLING = 6  # letters: a shorter word sounds like many pairs of characters
_LIKE = 0.7
_LIKE_SHORT = 0.8
