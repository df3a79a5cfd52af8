"""Keys that two names of one organisation are likely to share, so that few names need be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from countersight.match.across import branded, long_brands
from countersight.match.prepared import Prepared
from countersight.text.meanings import english, meanings
from countersight.text.orgwords import LINKS, stem
from countersight.text.sounds import phonemes, readings, spelled, split_syllable


def keys(name: Prepared, *, asked: bool = False) -> frozenset[str]:
    """The keys of a name, each with its sort before a colon.

    What a name sounds like is asked for (``asked``) among names of the other script only: they share no spelling.
    """
    script = "han " if name.han != asked else "latin "
    sounds = (script + key for key in _sound_keys(name))
    return frozenset((*_shared_keys(name), *(_han_keys(name) if name.han else _latin_keys(name)), *sounds))


def _shared_keys(name: Prepared) -> Iterator[str]:
    """All the words in one; each place with each trade; where no word names, each trade and number with each other."""
    yield "all:" + name.joined
    trades = sorted({key for unit in name.trade if not unit.generic for key in unit.keys})
    generic = sorted({key for unit in name.trade if unit.generic for key in unit.keys}) if not name.core else []
    yield from (f"at:{place}|{trade}" for place in _places(name) for trade in trades or generic)
    if not name.core:
        both = sorted([*trades, *(unit.text for unit in name.number), *(generic if len(trades) <= 1 else ())])
        yield from (f"two:{one}|{two}" for at, one in enumerate(both) for two in both[at + 1 :])


def _latin_keys(name: Prepared) -> Iterator[str]:
    yield "one:" + name.spelled
    yield from ("one:" + stem(found) for found in long_brands(name.joined))
    yield from ("start:" + name.spelled[:5], "bones:" + bones(name.spelled)) if len(name.spelled) > _SHORT else ()
    for unit in name.core:
        yield "word:" + stem(unit.text)
        if len(unit.text) > _SHORT:
            yield "bones:" + bones(unit.text)
            yield from (f"word:{part}" for part in _compound(unit.text))
    for unit in (*name.trade, *name.place) if not name.core or len(name.core) == 1 else ():
        yield from (f"word:{word}" for word in unit.text.split() if not unit.generic)
    if len(name.core) == 1 and not name.trade and len(name.spelled) <= _INITIALS:
        yield "initials:" + name.spelled
    words = [word for unit in (*name.place, *name.core, *name.trade) for word in unit.text.split() if word not in LINKS]
    if len(words) >= _SHORT:
        yield "initials:" + "".join(sorted(word[0] for word in words))


def _han_keys(name: Prepared) -> Iterator[str]:
    core = "".join(unit.text for unit in name.core)
    described = "".join(unit.text for unit in name.trade)
    yield from (f"{sort}:{stem(word)}" for word in _brand_words(core + described) for sort in ("one", "word"))
    if not core:
        first = "".join(unit.text[0] for unit in (*name.place, *name.trade))
        yield from ("one:" + spelled(first[:size]) for size in range(2, min(len(first), _FEW) + 1))
        yield from ("word:" + spelled(unit.text) for unit in name.trade)
        return
    yield "core:" + core
    yield from ("pair:" + one + two for one, two in pairwise(core))
    for pinyin in {spelled(core), *_readings_of(core)}:
        yield from ("one:" + pinyin, "start:" + pinyin[:5], "bones:" + bones(pinyin))
    stretches = (core[at:end] for at in range(len(core)) for end in range(at + 2, len(core) + 1))
    yield from ("word:" + pinyin for stretch in stretches for pinyin in _readings_of(stretch))
    yield from ("one:" + spelled(core + described[:size]) for size in range(1, min(len(described), _FEW) + 1))
    yield from (
        f"word:{word}"
        for word, spans in meanings(core).items()
        if any(b - a > 1 for a, b in spans) or len(core) <= _FEW
    )


def _readings_of(han: str) -> Iterator[str]:
    """Characters in pinyin as they are read alone, and with any one of them read in another way."""
    first = [readings(char)[0] if readings(char) else char for char in han]
    yield "".join(first)
    for at, char in enumerate(han):
        yield from ("".join((*first[:at], other, *first[at + 1 :])) for other in readings(char)[1:_READ])


@lru_cache(maxsize=65536)
def bones(word: str) -> str:
    """The consonants of a word, alike ones written alike."""
    return re.sub(r"(.)\1+", r"\1", word[:1] + _SOFT.sub("", word[1:].translate(_ALIKE)))


def _sound_keys(name: Prepared) -> Iterator[str]:
    """What the naming words sound like, together and each."""
    if not name.core:
        return
    if name.han:
        whole = _han_sounds("".join(unit.text for unit in name.core))
        words = [whole]
    else:
        each = [_sounds(phonemes(unit.text)) for unit in name.core]
        whole = each[0] + "".join(one.removeprefix("V") for one in each[1:])
        words = [whole, *(one for unit, one in zip(name.core, each, strict=True) if len(unit.text) > _SHORT)]
    yield from (f"from:{place}|{whole[:1]}" for place in _places(name))
    for classes in dict.fromkeys(words):
        yield from _classes(classes)


def _classes(classes: str) -> Iterator[str]:
    """Three classes in a row at the beginning, after the first, and the first two with the last."""
    if len(classes) > 1:
        yield from ("sound:" + classes[:3], "ends:" + classes[:2] + classes[-1:])
    if len(classes) > _SHORT:
        yield "inner:" + classes[1:4]


def _places(name: Prepared) -> list[str]:
    return sorted({key for unit in name.place for key in unit.keys})


@lru_cache(maxsize=65536)
def _compound(word: str) -> tuple[str, ...]:
    """The English words that two parts of a word are: ``blackstone``."""
    known = english()
    for at in range(_SHORT, len(word) - 2):
        if word[:at] in known and word[at:] in known:
            return word[:at], stem(word[at:])
    return ()


@lru_cache(maxsize=65536)
def _sounds(sounds: str) -> str:
    """The classes of a word's consonants, V first if it begins with a vowel; r before a consonant is not heard."""
    heard = re.sub(r"r(?![aeiou])|h", "", sounds)
    return ("V" if heard[:1] in "aeiou" else "") + "".join(_CLASS.get(char, "") for char in heard)


def _han_sounds(core: str) -> str:
    made: list[str] = []
    for char in core:
        initial, final = split_syllable(spelled(char))
        if not initial:
            made.append("L" if final == "er" and made else "V" if not made else "")
        elif initial == "y":
            made.append("V" if not made else "")
        else:
            made.append(
                _CLASS.get({"zh": "J", "ch": "C", "sh": "S", "j": "J", "q": "C", "x": "S"}.get(initial, initial), "")
            )
        made.append("N" if final.endswith(("n", "ng")) else "")
    return "".join(made)


def _brand_words(core: str) -> Iterator[str]:
    of = branded()
    for start in range(len(core)):
        for end in range(start + 1, len(core) + 1):
            yield from of.get(core[start:end], ())


_SHORT = 3
_FEW = 4
_READ = 3  # readings of a character, the commonest first
_INITIALS = 8
_SOFT = re.compile("[aeiouyhw]")
_ALIKE = str.maketrans("ckqzvgdb", "kkksfktp")
_CLASS = {
    char: kind
    for kind, chars in {"P": "bpfvw", "M": "m", "T": "dt", "L": "lr", "N": "n", "K": "gkh", "S": "szcjqxSCJ"}.items()
    for char in chars
}
