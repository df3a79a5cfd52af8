"""Relative terms: ``自合同签订之日起90日历天``, ``within 90 days of signature``; and the day they give.

Working days are no such term: which days are worked is not known.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from countersight.model import DateSpan

_NUMERALS = (
    {c: n for n, c in enumerate("零一二三四五六七八九")}
    | {"两": 2, "〇": 0}
    | {c: n for n, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
)
_WORDS = {
    **{
        word: n
        for n, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
    },
    "twelve": 12,
    "fifteen": 15,
    "eighteen": 18,
    "twenty": 20,
    "twenty-four": 24,
    "thirty": 30,
    "thirty-six": 36,
    "forty-five": 45,
    "forty-eight": 48,
    "sixty": 60,
    "ninety": 90,
}
_NUMBER = (
    rf"(?P<number>\d{{1,4}}|[{''.join(_NUMERALS)}十百拾佰]{{1,5}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
)
_UNITS = {"day": "日历天|日历日|天|日", "month": "个日历月|个月|月", "week": "周|个星期", "year": "个年度|周年|年"}
_ZH_UNIT = "|".join(f"(?P<{name}>{forms})" for name, forms in _UNITS.items())
_LENGTH = re.compile(
    rf"(?<![\d.年月第]){_NUMBER}\s?(?:[(（][^()（）]{{1,8}}[)）]\s?)?"
    rf"(?:(?P<working>个工作日|工作日|\b(?:working|business)\s+days?)|(?P<en>(?:calendar\s+|consecutive\s+)?(?:day|month|week|year)s?\b)|{_ZH_UNIT})",
    re.IGNORECASE,
)
_YEAR = 1900  # a number from here on before 年 is a year
_ANCHORS = (
    ("acceptance", r"验收|初验|终验|质保|acceptance|commissioning"),
    ("award", r"中标通知书|成交通知书|发出中标|letter of award|notice of award|award of (?:the )?contract"),
    ("start", r"开工|进场|commencement|start date|effective date"),
    (
        "signed",
        (
            r"签[订署约字]|订立|生效|盖章|signature|signing|signed|execution"
            r"|(?:date of|conclusion of) th(?:is|e) (?:agreement|contract)"
        ),
    ),
)
_ANCHOR = tuple((role, re.compile(words, re.IGNORECASE)) for role, words in _ANCHORS)


@dataclass(frozen=True, slots=True)
class Length:
    """So many days, weeks, months or years, from ``signed``, ``award``, ``start`` or ``acceptance`` or None."""

    number: int
    unit: str
    anchor: str | None


def length(words: str) -> Length | None:
    """The one length that words give; None where they give none, several, or one in working days."""
    found = {
        (match["number"], _unit(match)) for match in _LENGTH.finditer(words) if 0 < _number(match["number"]) < _YEAR
    }
    if len(found) != 1 or "" in {unit for _, unit in found}:
        return None
    number, unit = found.pop()
    anchor = next((role for role, pattern in _ANCHOR if pattern.search(words)), None)
    return Length(_number(number), unit, anchor)


def _unit(match: re.Match[str]) -> str:
    if match["working"]:
        return ""
    if match["en"]:
        return match["en"].split()[-1].lower().rstrip("s")
    return next(name for name in _UNITS if match[name])


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    total = digit = 0
    for c in text:
        if c in "十百拾佰":
            total, digit = total + (digit or 1) * (10 if c in "十拾" else 100), 0
        else:
            digit = _NUMERALS[c]
    return total + digit


def after(base: DateSpan, span: Length, words: str) -> DateSpan:
    """The last day of a length that begins on a day; an interval where that day is one."""
    return DateSpan(_later(base.from_, span), _later(base.to, span), words)


def _later(day: date, span: Length) -> date:
    if span.unit in {"day", "week"}:
        return day + timedelta(days=span.number * (7 if span.unit == "week" else 1))
    months = day.month - 1 + span.number * (12 if span.unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
