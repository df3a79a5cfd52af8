"""How Chinese characters sound in pinyin, and whether Latin letters are pinyin."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pypinyin import lazy_pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.pinyin_dict import pinyin_dict


@lru_cache(maxsize=65536)
def spelled(han: str) -> str:
    """Chinese characters in pinyin without tones, in one word: ``海视`` as ``haishi``. Other characters stay."""
    return "".join(lazy_pinyin(han, v_to_u=False)).replace("ü", "v")


@lru_cache(maxsize=16384)
def readings(character: str) -> tuple[str, ...]:
    """All the syllables a character may be read as, without tones, the commonest first."""
    written = pinyin_dict.get(ord(character), "")
    return tuple(dict.fromkeys(to_normal(one).replace("ü", "v") for one in written.split(",") if one))


@cache
def syllables() -> frozenset[str]:
    """The syllables of Mandarin, about 400: those of the characters of GB 2312."""
    common = (bytes([high, low]).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return frozenset(reading for char in common if char for reading in readings(char)[:1])


@lru_cache(maxsize=65536)
def is_pinyin(word: str) -> bool:
    """Whether a word in lower case can be cut into syllables of Mandarin: ``yutian`` can, ``vision`` cannot."""
    known = syllables()
    reach = {0}
    for end in range(1, len(word) + 1):
        if any(end - size in reach and word[end - size : end] in known for size in range(1, min(end, 6) + 1)):
            reach.add(end)
    return bool(word) and len(word) in reach


def likeness(latin: str, han: str) -> float:
    """How well characters spell out the sound of a word in Latin letters, 0 to 1: 西门子 and ``siemens`` score high.

    Each syllable takes a consonant, vowels and perhaps an n or m of the word, in order; what differs in class of sound, or is
    left over, costs. Nothing is learnt: the classes are those by which Chinese writes foreign sounds.
    """
    sounds = phonemes(latin)
    written = _syllables_of(han)
    if not sounds or not written:
        return 0.0
    consonants = sum(sound not in _VOWELS for sound in sounds)
    size = max(len(written), consonants * 0.8, 2)
    return max(0.0, 1 - _cheapest(written, sounds) / size)


@lru_cache(maxsize=65536)
def phonemes(latin: str) -> str:
    """A word in lower case as sounds, one letter each; doubled ones once."""
    word = latin
    for spelling, sound in _SPELLINGS:
        word = spelling.sub(sound, word)
    return "".join(char for at, char in enumerate(word) if at == 0 or char != word[at - 1])


@lru_cache(maxsize=16384)
def _syllables_of(han: str) -> tuple[tuple[str, str], ...]:
    """Initial and final of each character, by its commonest reading."""
    return tuple(split_syllable(found[0]) for char in han if (found := readings(char)))


@lru_cache(maxsize=1024)
def split_syllable(syllable: str) -> tuple[str, str]:
    """A syllable of pinyin as its initial and its final: ``zhang`` as ``zh``, ``ang``."""
    size = 2 if syllable[:2] in ("zh", "ch", "sh") else 1 if syllable[:1] in _INITIALS else 0
    return syllable[:size], syllable[size:]


def _cheapest(written: tuple[tuple[str, str], ...], sounds: str) -> float:
    """The least cost of laying the syllables along the sounds."""
    size = len(sounds)
    row = [0.0] * (size + 1)
    for at in range(size):
        row[at + 1] = row[at] + _left_over(sounds, at)
    for initial, final in written:
        following = [cost + (_SPARE if initial in _SLIGHT else 1.0) for cost in row]
        for start in range(size):
            for end in range(start + 1, min(start + _CHUNK, size) + 1):
                cost = row[start] + _syllable_cost(initial, final, sounds[start:end])
                following[end] = min(following[end], cost)
        for at in range(size):
            following[at + 1] = min(following[at + 1], following[at] + _left_over(sounds, at))
        row = following
    return row[size]


def _left_over(sounds: str, at: int) -> float:
    """What it costs that no syllable takes a sound: little for a vowel, an r or h, an s at the end."""
    sound = sounds[at]
    if sound in _VOWELS:
        return 0.2
    if sound in "hr":
        return 0.15 if sound == "h" else 0.3
    return 0.35 if at == len(sounds) - 1 and sound in "sdtl" else 0.75


@lru_cache(maxsize=262144)
def _syllable_cost(initial: str, final: str, chunk: str) -> float:
    """What it costs that one syllable stands for these sounds."""
    lead = chunk[0] if chunk[0] not in _VOWELS else ""
    body = chunk[len(lead) :]
    vowels = body.rstrip("".join(_CONSONANTS))
    tail = body[len(vowels) :]
    if len(tail) > 1 or any(char in _CONSONANTS for char in vowels):
        return _NEVER
    return _initial_cost(initial, final, lead) + _vowel_cost(final, vowels) + _tail_cost(final, tail)


def _initial_cost(initial: str, final: str, lead: str) -> float:
    if not initial and final == "er":
        return 0.0 if lead in ("l", "r", "") else 0.8
    near, far = _CLASSES.get(initial, ("", ""))
    if lead in near if lead else initial in ("", "y", "w"):
        return 0.0
    return 0.3 if lead and lead in far else 0.9


def _vowel_cost(final: str, vowels: str) -> float:
    if final == "er":
        return 0.0
    if not vowels:
        return 0.05 if final in ("i", "e", "u") else 0.35
    return 0.0 if set(_OPEN.get(final.rstrip("ng") or final, "aeiou")) & set(vowels) else 0.3


def _tail_cost(final: str, tail: str) -> float:
    nasal = final.endswith(("n", "ng"))
    if nasal:
        return 0.0 if tail in ("n", "m") and tail else 0.4
    return 0.0 if not tail else {"r": 0.15, "l": 0.25, "h": 0.05}.get(tail, 0.6)


_VOWELS = frozenset("aeiou")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxyzCSJ")
_INITIALS = frozenset("bpmfdtnlgkhjqxrzcsyw")
_SLIGHT = frozenset({"s", "t", "d", "k", "f"})
_SPARE = 0.6
_CHUNK = 5
_NEVER = 9.0
# Per initial of pinyin, the Latin sounds it stands for, and those it stands for now and then.
_CLASSES = {
    "b": ("bp", "vf"), "p": ("pb", "f"), "m": ("m", "n"), "f": ("fv", "hpw"), "d": ("dt", ""), "t": ("td", ""),
    "n": ("n", "l"), "l": ("lr", "n"), "g": ("gk", "Jhw"), "k": ("kg", "hC"), "h": ("h", "wkgfr"), "j": ("Jgy", "kzCd"),
    "q": ("C", "JktS"), "x": ("sS", "hCz"), "zh": ("JCz", "dtr"), "ch": ("C", "tSJ"), "sh": ("Ss", "C"),
    "r": ("rJ", "lyz"), "z": ("zs", "Jd"), "c": ("sC", "tz"), "s": ("s", "zt"), "y": ("y", "Jhg"), "w": ("wv", "hgf"),
}  # fmt: skip
# The vowels of Latin letters that a final, its nasal left out, may stand for.
_OPEN = {
    "a": "aou", "o": "oua", "e": "eaoiu", "i": "iey", "u": "uo", "v": "uiy", "ai": "aei", "ei": "eia", "ao": "aou",
    "ou": "ou", "ia": "iae", "ie": "iea", "iao": "iaou", "iu": "iuo", "ua": "uao", "uo": "uoa", "uai": "uai", "ui": "uie",
    "ue": "ue", "io": "io",
}  # fmt: skip
_SPELLINGS = tuple(
    (re.compile(spelling), sound)
    for spelling, sound in (
        ("[^a-z]", ""), ("tion", "Sen"), ("sch", "S"), ("tch", "C"), ("ch", "C"), ("sh", "S"), ("ph", "f"), ("th", "s"), ("ck", "k"),
        ("^kn", "n"), ("^wr", "r"), ("wh", "w"), ("qu", "kw"), ("dge", "J"), ("gh(?=t)", ""), ("gh", "g"), ("x", "ks"), ("^ps", "s"),
        ("c(?=[eiy])", "s"), ("[cq]", "k"), ("j", "J"), ("(?<=[^aeiou])y|y$", "i"), ("(?<=[^aeiou])e$", ""),
    )
)  # fmt: skip
