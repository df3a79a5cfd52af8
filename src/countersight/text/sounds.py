"""How Chinese characters sound in pinyin, and whether Latin letters are pinyin."""

from __future__ import annotations

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
