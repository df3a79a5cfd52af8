"""How Chinese characters sound in pinyin, and whether Latin letters are pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate


@lru_cache(maxsize=65536)
def spelled(han: str) -> str:
    """Chinese characters in pinyin without tones, in one word: ``海视`` as ``haishi``. Other characters stay."""
    from pypinyin.seg.mmseg import seg  # noqa: PLC0415 (slow to import, and most pages need none of it)

    return "".join(map(_spelled_word, seg.cut(han)))


@lru_cache(maxsize=65536)
def _spelled_word(word: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 (as above)

    return "".join(lazy_pinyin(word, v_to_u=False)).replace("ü", "v")


@lru_cache(maxsize=16384)
def readings(character: str) -> tuple[str, ...]:
    """All the syllables a character may be read as, without tones, the commonest first."""
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415 (as above)
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415 (as above)

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
    for start in range(len(word)):
        if start in reach:
            ends = range(start + 1, min(start + _LONGEST, len(word)) + 1)
            reach.update(end for end in ends if word[start:end] in known)
        elif start > max(reach):
            return False
    return bool(word) and len(word) in reach


@lru_cache(maxsize=1024)
def older(syllable: str) -> frozenset[str]:
    """A syllable of pinyin as older spellings write it, without marks: ``qing`` as ``ching`` and ``tsing``.

    Those of Wade and Giles, and of the Chinese post.
    """
    initial, final = split_syllable(syllable)
    initials = _OLD_INITIALS.get(initial, (initial,))
    finals = {final, *(final.replace(new, old) for new, old in _OLD_FINALS if new in final)}
    return frozenset(one + two for one in initials for two in finals)


def likeness(latin: str, han: str) -> float:
    """How well characters spell out the sound of a word in Latin letters, 0 to 1: 西门子 and ``siemens`` score high.

    Each syllable takes a consonant, vowels and perhaps an n or m of the word, in order; what differs in class of sound,
    or is left over, costs. Nothing is learnt: the classes are those by which Chinese writes foreign sounds.
    """
    found = likenesses(latin, han)
    return found[-1] if han and len(found) == len(han) else 0.0


@lru_cache(maxsize=65536)
def likenesses(latin: str, han: str) -> tuple[float, ...]:
    """The likeness of the word to the first character, the first two, and so on, until all further are below 0.65."""
    sounds = phonemes(latin)
    if not may_begin(latin, han[:1]):
        return ()
    least = sum(sound not in _VOWELS for sound in sounds) * 0.8
    limit = (1 - _LEAST) * max(min(len(han), len(sounds)), least, 2)
    row = list(accumulate(_left(sounds), initial=0.0))
    found = []
    for count, char in enumerate(han, 1):
        row = _next_row(row, char, sounds, limit)
        if min(row) > limit:
            break
        found.append(max(0.0, 1 - row[-1] / max(count, least, 2)))
    return tuple(found)


def _next_row(row: list[float], char: str, sounds: str, limit: float) -> list[float]:
    """The least costs of laying one character more along the first sounds, none to all of them, none beyond a limit."""
    costs = _costs(readings(char)[:1])
    spare = costs.spare
    following = [cost + spare for cost in row]
    for cost, chunks in zip(row, _chunks(sounds), strict=False):
        if cost <= limit:
            for end, chunk in chunks:
                if (total := cost + costs[chunk]) < following[end]:
                    following[end] = total
    for at, left in enumerate(_left(sounds)):
        if (total := following[at] + left) < following[at + 1]:
            following[at + 1] = total
    return following


class _Costs(dict[str, float]):
    """What it costs that a syllable stands for sounds, worked out when first asked for; and that it is left out.

    A character without a reading stands for none.
    """

    def __init__(self, read: tuple[str, ...]) -> None:
        super().__init__()
        self._read = read
        self._initial, self._final = split_syllable(read[0] if read else "")
        self.spare = _NEVER if not read else _SPARE if self._initial in _SLIGHT else 1.0

    def __missing__(self, chunk: str) -> float:
        if not self._read:
            return _NEVER
        lead, vowels, tail = chunk.split("|")
        cost = _initial_cost(self._initial, self._final, lead) + _vowel_cost(self._final, vowels)
        self[chunk] = cost = cost + _tail_cost(self._final, tail)
        return cost


_costs = cache(_Costs)


@lru_cache(maxsize=65536)
def _chunks(sounds: str) -> tuple[tuple[tuple[int, str], ...], ...]:
    """By start the stretches of sounds that one syllable may stand for: end, and ``consonant|vowels|consonant``."""
    return tuple(tuple(_chunks_from(sounds, start)) for start in range(len(sounds)))


def _chunks_from(sounds: str, start: int) -> Iterator[tuple[int, str]]:
    lead = "" if sounds[start] in _VOWELS else sounds[start]
    middle = end = start + len(lead)
    while True:
        if end > start:
            yield end, f"{lead}|{sounds[middle:end]}|"
        if end == len(sounds):
            return
        if sounds[end] not in _VOWELS:
            yield end + 1, f"{lead}|{sounds[middle:end]}|{sounds[end]}"
            return
        end += 1


@lru_cache(maxsize=65536)
def phonemes(latin: str) -> str:
    """A word in lower case as sounds, one letter each; doubled ones once."""
    word = latin
    for spelling, sound in _SPELLINGS:
        word = spelling.sub(sound, word)
    return "".join(char for at, char in enumerate(word) if at == 0 or char != word[at - 1])


@lru_cache(maxsize=1024)
def split_syllable(syllable: str) -> tuple[str, str]:
    """A syllable of pinyin as its initial and its final: ``zhang`` as ``zh``, ``ang``."""
    size = 2 if syllable[:2] in ("zh", "ch", "sh") else 1 if syllable[:1] in _INITIALS else 0
    return syllable[:size], syllable[size:]


def may_begin(word: str, character: str) -> bool:
    """Whether by its first sound a word in Latin letters may begin with the character."""
    return phonemes(word)[:1] in _beginnings(character)


@lru_cache(maxsize=16384)
def _beginnings(character: str) -> frozenset[str]:
    """The first sounds of words that may begin with a character."""
    found = readings(character) if character else ()
    if not found:
        return frozenset()
    initial, _ = split_syllable(found[0])
    vowels = _VOWELS if initial in ("", "y", "w") else ()
    return frozenset(("h", *"".join(_CLASSES.get(initial, ())), *vowels))


@lru_cache(maxsize=65536)
def _left(sounds: str) -> tuple[float, ...]:
    """What it costs that no syllable takes a sound: little for a vowel, an r or h, an s at the end."""
    return tuple(_left_over(sound, last=at == len(sounds) - 1) for at, sound in enumerate(sounds))


def _left_over(sound: str, *, last: bool) -> float:
    if sound in _VOWELS:
        return 0.2
    if sound in "hr":
        return 0.15 if sound == "h" else 0.3
    return 0.35 if last and sound in "sdtl" else 0.75


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


_LONGEST = 6  # letters of a syllable
_VOWELS = frozenset("aeiou")
_INITIALS = frozenset("bpmfdtnlgkhjqxrzcsyw")
# Per initial of pinyin what stands for it in older spellings; and what does for parts of finals.
_OLD_INITIALS = {
    "b": ("p",), "d": ("t",), "g": ("k",), "zh": ("ch",), "z": ("ts", "tz"), "c": ("ts", "tz"), "j": ("ch", "ts", "k"),
    "q": ("ch", "ts"), "x": ("hs", "s", "sh"), "r": ("j",),
}  # fmt: skip
_OLD_FINALS = (("ong", "ung"), ("u", "w"), ("uo", "o"), ("ui", "uei"), ("ui", "wei"), ("ian", "ien"), ("ie", "ieh"))
_SLIGHT = frozenset({"s", "t", "d", "k", "f"})
_LEAST = 0.699
_SPARE = 0.6
_NEVER = 1.2
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
    "ou": "ou", "ia": "iae", "ie": "iea", "iao": "iaou", "iu": "iuo", "ua": "uao", "uo": "uoa", "uai": "uai",
    "ui": "uie", "ue": "ue", "io": "io",
}  # fmt: skip
_SPELLINGS = tuple(
    (re.compile(spelling), sound)
    for spelling, sound in (
        ("[^a-z]", ""), ("tion", "Sen"), ("sch", "S"), ("tch", "C"), ("ch", "C"), ("sh", "S"), ("ph", "f"), ("th", "s"),
        ("ck", "k"), ("^kn", "n"), ("^wr", "r"), ("wh", "w"), ("qu", "kw"), ("dge", "J"), ("gh(?=t)", ""), ("gh", "g"),
        ("x", "ks"), ("^ps", "s"),
        ("c(?=[eiy])", "s"), ("[cq]", "k"), ("j", "J"), ("(?<=[^aeiou])y|y$", "i"), ("(?<=[^aeiou])e$", ""),
    )
)  # fmt: skip
