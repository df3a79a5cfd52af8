"""Numbers with a unit, as procurement records write them: 不少于8块, 二十一年, minimum of eight GPUs, 8 x T4."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = (
    {c: i for i, c in enumerate("零一二三四五六七八九")}
    | {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
    | dict(zip("肆伍陆柒捌玖", range(4, 10), strict=True))
)
_POWERS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000}
_SCALES = {"万": 10_000, "百万": 10**6, "亿": 10**8, "thousand": 1000, "million": 10**6, "billion": 10**9}
_SMALL = (  # noqa: SIM905 (a list of words reads best as words)
    "zero one two three four five six seven eight nine ten eleven twelve"
    " thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: i for i, word in enumerate(_SMALL)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}

UNITS = {
    "piece": r"块|张|片|颗|枚|台|套|个|只|支|路|pcs|pieces?|units?|nos|sets?"
    r"|cards?|gpus?|cpus?|processors?|disks?|drives?|accelerators?|(?:per|each) (?:node|server)",
    "year": r"周年|年(?!度|级|代|初|末|底|内|\d)|years?|yrs?",
    "month": r"个月|月(?!\d)|months?",
    "person": r"[余多]?(?:居民|村民|群众|男性|名|人|户|份|例|张|条|枚|支|管)"
    r"|(?<!\D[12][09]\d\d )(?:[a-z-]+ )?(?:persons?|people|residents?|villagers?|inhabitants|citizens?|adults?|males?"
    r"|men|women|children|families|households?|travell?ers?|refugees|pilgrims|workers|owners|faces?|portraits?|pictures?"
    r"|photo(?:graph)?s?|images?|irises|samples?|swabs?|tubes?|kits?|profiles?|records?|templates?|voices?|voiceprints?"
    r"|entries|enroll?ments?)",
    "any": "",
}
"""Units that rules may name, each with its ways of writing (folded); a person's picture or sample counts as one.

``any`` is a number whatever it counts, other than a year, a share, a sum of money or a measure.
"""

_ZH_NUMBER = f"[{''.join(_DIGITS)}{''.join(_POWERS)}]{{1,7}}"
_EN_SINGLE = "|".join((*_TENS, *sorted(_SMALL, key=len, reverse=True)))
_EN_NUMBER = rf"(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_SMALL[1:10])})|{_EN_SINGLE}"
_SCALED = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?:\s?(?:{'|'.join(_SCALES)}))?"
_NUMBER = rf"{_SCALED}|{_ZH_NUMBER}|\b(?:{_EN_NUMBER})\b"
_AFTER = {
    unit: re.compile(
        rf"(?<![\d.a-z])({_NUMBER})[\s()（）-]{{0,3}}(?:\(\d+\)\s?)?(?:calendar |full )?(?:{forms})(?!(?<=[a-z])[a-z])"
    )
    for unit, forms in UNITS.items()
    if forms
}
_TIMES = re.compile(
    r"(?<![\w.])(\d+|[一二两三四五六七八九十]+)\s?[x×*](?=\s?[a-z\u4e00-\u9fff])|(?<=[\w)])\s?[x×*]\s?(\d+)(?![\d.])"
)
_NAMED = re.compile(
    rf"(?<![\d.a-z])({_NUMBER})\s(?:[a-z0-9][\w.+/-]*\s){{1,4}}(?:cards|gpus|cpus|processors|disks|drives|accelerators|chips)\b"
)
_ANY = re.compile(
    rf"(?<![\d.,:/a-z$€£¥-])(?!(?:19|20)\d\d(?!\d|,\d))((?>{_SCALED}))"
    r"(?![\d%]|[.,:/-]\d|\s?(?:%|per ?cent|元|yuan|rmb|usd|eur|dollars|euros|[kcm]?m\b|[kmgt]b\b|pixels?|hours?|days?))"
)
_LABELLED = re.compile(r"(?:数量|qty|quantity|number|count)[^\w\n]{0,4}(\d+)(?![\d.])")
_CELL = re.compile(r"(?<=\t)\s?(\d{1,6})\s?(?=\t|$)")
_MORE = re.compile(
    r"(?:minimum of|at least|no fewer than|not less than|no less than|不少于|不低于|至少|≥|>=)\s?"
    rf"({_NUMBER})(?![\d.%a-z])"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number read at ``[start, end)`` of a folded text."""

    start: int
    end: int
    value: float


def quantities(text: str, unit: str) -> list[Quantity]:
    """The numbers of a folded text that carry the unit, in order.

    Pieces are also counted by ``8 x``, ``x8``, ``eight T4 graphics cards``, a quantity label, a cell that holds a
    number alone, and ``at least 8``.
    """
    found = [_quantity(m) for m in (_AFTER.get(unit) or _ANY).finditer(text)]
    if unit == "piece":
        for pattern in (_TIMES, _NAMED, _LABELLED, _CELL, _MORE):
            found += [_quantity(m) for m in pattern.finditer(text)]
    return _merged(sorted(found, key=lambda q: (q.start, q.end)))


def _merged(found: list[Quantity]) -> list[Quantity]:
    """One quantity where two readings of one number overlap: 不少于8 and 8块 are 不少于8块."""
    kept: list[Quantity] = []
    for one in found:
        if kept and one.start < kept[-1].end and one.value == kept[-1].value:
            kept[-1] = Quantity(kept[-1].start, max(one.end, kept[-1].end), one.value)
        else:
            kept.append(one)
    return kept


def _quantity(match: re.Match[str]) -> Quantity:
    return Quantity(match.start(), match.end(), value(match[1] or match[2] if match.re.groups > 1 else match[1]))


def value(word: str) -> float:
    """The value of a number in digits, Chinese numerals or English words (to 99); 2.1 million has a scale."""
    word = word.strip()
    if word[0].isdigit():
        digits = word.rstrip("".join(_SCALES)).rstrip()
        return float(digits.replace(",", "")) * _SCALES.get(word[len(digits) :].strip(), 1)
    if word[0] in _DIGITS or word[0] in _POWERS:
        return float(_chinese(word))
    return float(sum(_WORDS[part] for part in re.split(r"[- ]", word)))


def _chinese(word: str) -> int:
    if not any(c in _POWERS for c in word):
        return int("".join(str(_DIGITS[c]) for c in word))
    total, section, digit = 0, 0, 0
    for character in word:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif _POWERS[character] == _POWERS["万"]:
            total, section, digit = total + (section + digit) * _POWERS["万"], 0, 0
        else:
            section, digit = section + (digit or 1) * _POWERS[character], 0
    return total + section + digit
