"""Numbers written out in English words: ``Sixty Three Lakh Forty One Thousand Five Hundred Fifty Six``."""

from __future__ import annotations

import re
from decimal import Decimal

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: n for n, word in enumerate(_ONES.split(), 1)} | {
    word: n * 10 for n, word in enumerate(_TENS.split(), 2)
}
_SCALES = {"thousand": 10**3, "lakh": 10**5, "lakhs": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9}
_WORD = "|".join(sorted((*_SMALL, *_SCALES, "hundred"), key=len, reverse=True))
RUN = rf"\b(?:{'|'.join(sorted(_SMALL, key=len, reverse=True))})\b(?:(?:,?\s+(?:and\s+)?|-)(?:{_WORD})\b)+"
"""The pattern of a number of several words, letters of either case."""


def number(words: str) -> Decimal | None:
    """The number that words give; None where they are no well-formed one or below a hundred."""
    total, section, last = 0, 0, 10**12
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "and":
            continue
        if word == "hundred":
            section *= 100
        elif word in _SCALES:
            if _SCALES[word] >= last or not section:
                return None
            last = _SCALES[word]
            total, section = total + section * last, 0
        elif section % 100 and not (section % 10 == 0 and _SMALL[word] < 10 and section % 100 >= 20):  # noqa: PLR2004
            return None  # two numbers beside each other
        else:
            section += _SMALL[word]
    return Decimal(total + section) if total + section >= 100 and section < last else None  # noqa: PLR2004
