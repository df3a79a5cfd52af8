"""Whether a short name in Chinese text stands free: no part of another word, and no brand of goods."""

from __future__ import annotations

import re

from countersight.find.bodies.words import among

_WORD = re.compile(r"[\u3400-\u9fffa-z0-9]")
MODEL = re.compile(r"[ ]?[a-z]{1,6}-?(?=[a-z0-9-]*\d)[a-z0-9/-]+|等?(?:品牌|型号|同档次|牌)")
_GOODS = re.compile(r"[ ]?[a-z]|[^。;,\n\t]{0,12}(?:品牌|型号|同档次|同等)")
_BRANDS = re.compile(r"(?:品牌|型号|厂牌|牌号)[^。\n]{0,30}\Z")
_BESIDE = frozenset("与和及、向对由从在给为是被让将等或的公称说已表曾则也还均两三四五六")


def stands_free(text: str, start: int, end: int) -> bool:
    """Whether a short name of a body is no part of another word, and names no goods."""
    before, after = text[start - 1 : start], text[end : end + 1]
    parted = all(not _WORD.match(one) or one in _BESIDE for one in (before, after) if one)
    in_title = before == "《" and after == "》"
    titled = text[start:end] in among("zh", "titled")
    return (
        (in_title if titled else parted)
        and not _GOODS.match(text, end)
        and not _BRANDS.search(text[max(0, start - 40) : start])
    )
