"""Keys that two names of one organisation are likely to share, so that few names need be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from countersight.match.across import brands
from countersight.match.prepared import Prepared
from countersight.text.meanings import meanings
from countersight.text.orgwords import LINKS, stem
from countersight.text.sounds import phonemes, spelled, split_syllable


def keys(name: Prepared) -> frozenset[str]:
    """The keys of a name, each with its sort before a colon."""
    return frozenset(_han_keys(name) if name.han else _latin_keys(name)) | frozenset(_shared_keys(name))


def _shared_keys(name: Prepared) -> Iterator[str]:
    """All the words in one; and where no word names, each place and trade with each other."""
    yield "all:" + name.joined
    if not name.core:
        places = sorted({key for unit in name.place for key in unit.keys})
        trades = sorted({key for unit in name.trade if not unit.generic for key in unit.keys})
        generic = sorted({key for unit in name.trade if unit.generic for key in unit.keys})
        yield from (f"at:{place}|{trade}" for place in places for trade in trades or generic)
        yield from (f"two:{one}|{two}" for at, one in enumerate(trades) for two in trades[at + 1 :])


def _latin_keys(name: Prepared) -> Iterator[str]:
    yield "one:" + name.spelled
    yield from ("start:" + name.spelled[:5], "bones:" + bones(name.spelled)) if len(name.spelled) > _SHORT else ()
    for unit in name.core:
        yield "word:" + stem(unit.text)
        if len(unit.text) > _SHORT:
            yield "bones:" + bones(unit.text)
            yield "sound:" + _sounds(phonemes(unit.text))
    for unit in (*name.trade, *name.place) if not name.core or len(name.core) == 1 else ():
        yield from (f"word:{word}" for word in unit.text.split() if not unit.generic)
    if len(name.core) == 1 and not name.trade and len(name.spelled) <= _INITIALS:
        yield "initials:" + name.spelled
    if (
        len(
            words := [w for unit in (*name.place, *name.core, *name.trade) for w in unit.text.split() if w not in LINKS]
        )
        > 2
    ):
        yield "initials:" + "".join(sorted(word[0] for word in words))
    if name.core:
        yield "sound:" + _sounds(phonemes(name.spelled))


def _han_keys(name: Prepared) -> Iterator[str]:
    core = "".join(unit.text for unit in name.core)
    if not core:
        return
    yield "core:" + core
    yield from ("pair:" + one + two for one, two in pairwise(core))
    pinyin = spelled(core)
    yield from ("one:" + pinyin, "start:" + pinyin[:5], "bones:" + bones(pinyin))
    yield from ("word:" + spelled(core[at:end]) for at in range(len(core)) for end in range(at + 2, len(core) + 1))
    yield from (f"word:{word}" for word in _brand_words(core))
    yield from (
        f"word:{word}"
        for word, spans in meanings(core).items()
        if any(b - a > 1 for a, b in spans) or len(core) <= _FEW
    )
    for at in range(min(len(core) - 1, 3)):
        yield "sound:" + _han_sounds(core[at:])


@lru_cache(maxsize=65536)
def bones(word: str) -> str:
    """The consonants of a word, alike ones written alike."""
    return re.sub(r"(.)\1+", r"\1", word[:1] + _SOFT.sub("", word[1:].translate(_ALIKE)))


def _sounds(sounds: str) -> str:
    """The first three classes of consonants of a word's sounds."""
    return "".join(kind for char in sounds if (kind := _CLASS.get(char, "")))[:3]


def _han_sounds(core: str) -> str:
    made = []
    for char in core:
        initial, final = split_syllable(spelled(char))
        made.append(
            "L"
            if final == "er" and not initial
            else _CLASS.get({"zh": "J", "ch": "C", "sh": "S", "j": "J", "q": "C", "x": "S"}.get(initial, initial), "")
        )
        made.append("N" if final.endswith(("n", "ng")) else "")
    return "".join(made)[:3]


@lru_cache(maxsize=16384)
def _brand_words(core: str) -> tuple[str, ...]:
    return tuple(sorted(word for word, cores in brands().items() if any(one in core for one in cores)))


_SHORT = 3
_FEW = 4
_INITIALS = 8
_SOFT = re.compile("[aeiouyhw]")
_ALIKE = str.maketrans("ckqzvgdb", "kkksfktp")
_CLASS = {
    char: kind
    for kind, chars in {"P": "bpfv", "M": "m", "T": "dt", "L": "lr", "N": "n", "K": "gkh", "S": "szcjqxSCJ"}.items()
    for char in chars
}
