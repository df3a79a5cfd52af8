"""The date a document carries itself: on its first or last lines, labelled as such or standing there alone.

Read are 2022年12月5日, 二〇二二年十二月五日, 2022-12-05, 2022/12/5, 2022.12.5, 5.12.2022, 5 December 2022, December 5,
2022, 5-Dec-2022, fifth day of December 2022, 民國111年12月5日, 111年12月5日, 111/12/05; a month or a year alone is an
interval. A day that does not exist is no
date; 05/06/2022, which is two, is not guessed, 25/06/2022 and 06/25/2022 are one each. Where other days of a text show
which of the two comes first, the text says it of all: ``settled`` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from countersight.model import DateSpan

_LINES = 15  # looked at from the top, and as many from the end
_WIDTH = 200  # characters of a line looked at: a date stands near an end of it
_BESIDE_DAY, _BESIDE_MONTH = 30, 4  # characters a line may have beside a day, a month or year, that has no label
_SHORT_YEAR = 60  # 03-May-21
_FIRST_YEAR, _LAST_YEAR = 1949, 2099  # of documents this program is given

_YEAR = re.compile(r"[Tt]wo [Tt]housand|[A-Za-z]-\d\d(?!\d)|[12１２一二][09０９〇零○九]|1[01]\d(?:/|\s?年)|民[國国]")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DIGITS = "〇零○一二三四五六七八九"
_FOLD = str.maketrans("０１２３４５６７８９－／．", "0123456789-/.")
_NUMERAL = "[一二三四五六七八九十廿卅元]"
_ORDINAL = r"(?:\s{0,2}(?:st|nd|rd|t\s?h)\b)?"
_ONES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_TEENS = ("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth")
_ORDINALS = (
    *_ONES,
    *_TEENS,
    "nineteenth",
    "twentieth",
    *(f"twenty-{one}" for one in _ONES[:9]),
    "thirtieth",
    "thirty-first",
)
_NTH = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_NAMES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_UNITS = "|".join(sorted(_NAMES, key=len, reverse=True))
_TENS = {"twenty": 20, "thirty": 30}
_FORMS = re.compile(
    rf"""
      (?P<y1>(?<!\d)\d{{4}}|[{_DIGITS}]{{4}})\s?年
        (?:\s?(?P<m1>\d{{1,2}}|{_NUMERAL}{{1,2}})\s?月(?:\s?(?P<d1>\d{{1,2}}|{_NUMERAL}{{1,3}})\s?[日号號])?)?
    | (?:(?<![\d.\-/])|(?<=[./]\d\d-))(?P<y2>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m2>\d{{1,2}})(?P=sep)(?P<d2>\d{{1,2}})
        (?![\d/]|-(?!(?:19|20)\d\d[./])|\.\d)
    | (?<![\d.\-/])(?P<y3>(?:19|20)\d\d)-(?P<m3>0[1-9]|1[0-2])(?![\d\-/])
    | (?<![\d./])(?:(?P<d4>\d{{1,2}}){_ORDINAL}(?:\s{{1,2}}|-)(?:(?:day\s)?of\s)?)?
        \b{_MONTH.format("m4")}(?:\s?,?\s|-)(?P<y4>(?:19|20)\d\d)(?!\d)
    | (?<![\d./-])(?P<dB>\d{{1,2}})-{_MONTH.format("mB")}-(?P<yB>\d\d)(?!\d)
    | \b(?P<d6>{_NTH})\s(?:(?:day\s)?of\s)?{_MONTH.format("m6")},?\s(?:A\.?D\.?\s)?(?P<y6>(?:19|20)\d\d)(?!\d)
    | (?<![\d./])(?P<dD>\d{{1,2}}){_ORDINAL}\s(?:day\s)?of\s{_MONTH.format("mD")},?\s(?:in\sthe\syear\s)?
        two\sthousand,?(?:\sand)?\s(?P<yD>(?:twenty|thirty)?[\s-]?(?:{_UNITS})?)(?<=[a-z])\b
    | (?<![\d./-])(?P<d7>\d{{1,2}})\.(?P<m7>\d{{1,2}})\.(?P<y7>(?:19|20)\d\d)(?![\d.])
    | (?<![\d./-])(?:(?P<d8>1[3-9]|2\d|3[01])/(?P<m8>0?[1-9]|1[0-2])|(?P<m9>0?[1-9]|1[0-2])/(?P<d9>1[3-9]|2\d|3[01]))
        /(?P<y8>(?:19|20)\d\d)(?![\d/])
    | (?<![\d./])(?:民[國国]\s?(?P<r1>\d{{2,3}})\s?年(?:\s?(?P<m0>\d{{1,2}})\s?月(?:\s?(?P<d0>\d{{1,2}})\s?日)?)?
        |(?P<r2>1[01]\d)/(?P<mA>0[1-9]|1[0-2])/(?P<dA>[0-3]\d)(?![\d/])
        |(?P<r3>1[01]\d)\s?年\s?(?P<mC>\d{{1,2}})\s?月\s?(?P<dC>\d{{1,2}})\s?日)
    | \b{_MONTH.format("m5")}\s(?P<d5>\d{{1,2}}){_ORDINAL},?\s(?P<y5>(?:19|20)\d\d)(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:(?:签\s?[订署约]|签\s?字|订\s?立|合同|成文|印发|发\s?布|发\s?文|公\s?告|公\s?示|编\s?制|落款|出具|报告|填\s?表)?\s?(?:日\s?期|时\s?间)"
    r"|签[订署]于|\b(?:dated?(?:\s(?:of|as\sof|this))?|published(?:\son)?|issued(?:\son)?|signed(?:\son)?|effective\sdate|as\sof))"
    r"[\s：:为是]{0,4}\Z",
    re.IGNORECASE,
)
# Dates that belong to something other than the document, by what stands before them.
_OTHER = re.compile(
    r"(?:截止|开标|投标|交货|交付|竣工|开工|到期|有效|出生|获取|递交|报名|生产|更新|打印|deadline|delivery|expir\w*|birth|until|before|closing)"
    r"[^\n]{0,12}\Z|[至到自从~～—]\s?\Z",
    re.IGNORECASE,
)
_TERM = re.compile(r"\s?(?:至|到|起|止|前|之前|以前|[-—~～]|to\b|until\b)")


def find_date(text: str) -> DateSpan | None:
    """The date the text gives itself, as an interval of days with the words it was read from; None where it gives none.

    A labelled date goes before one on a short line of its own, the foot of the text before its head (a letter and a
    contract are dated where they are signed), a day before a month or a year.
    """
    labelled: list[DateSpan] = []
    bare: list[DateSpan] = []
    for above, line in _edges(text):
        for start, found in dates(line):
            before = line[:start] if line[:start].strip() else above
            if _OTHER.search(before) or _TERM.match(line, start + len(found.text)):
                continue
            if _LABEL.search(before):
                labelled.append(found)
            elif len(line.strip()) - len(found.text) <= (_BESIDE_DAY if found.from_ == found.to else _BESIDE_MONTH):
                bare.append(found)
    return min(labelled or bare, key=lambda span: span.to - span.from_, default=None)


def _edges(text: str) -> Iterator[tuple[str, str]]:
    """The last lines, from the end, then the first, each with the line above it; blank ones left out."""
    lines = ["", *(line for line in text.splitlines() if line.strip())]
    foot = max(1, len(lines) - _LINES)
    for i in range(len(lines) - 1, foot - 1, -1):
        yield lines[i - 1], lines[i][-_WIDTH:]
    for i in range(1, min(_LINES + 1, foot)):
        yield lines[i - 1], lines[i][:_WIDTH]


def dates(line: str) -> Iterator[tuple[int, DateSpan]]:
    """The dates in a text, each with where it begins and the words it was read from."""
    if not _YEAR.search(line):
        return
    for match in _FORMS.finditer(line.translate(_FOLD)):
        groups = {name[0]: value for name, value in match.groupdict().items() if value and name != "sep"}
        year, month, day = (number(groups[part]) if part in groups else None for part in "ymd")
        year = 1911 + number(groups["r"]) if "r" in groups else year  # of the Republic, in Taiwan
        if year is not None and year < _SHORT_YEAR:
            year += 2000
        if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
            continue
        try:
            yield match.start(), DateSpan.of(year, month, day, text=line[match.start() : match.end()])
        except ValueError:
            continue


_EITHER = re.compile(r"(?<![\d./-])(\d{1,2})([/-])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?![\d/-])")


@lru_cache(maxsize=4)
def day_first(text: str) -> bool | None:
    """Whether the days of a text that are written as 25/06/2022 begin with the day; None: nothing shows, or both.

    Where no day shows it, the money and the postcodes of a country do that writes them in one way.
    """
    shown = {
        int(one) > _MONTHS_OF_YEAR for one, _, other, _ in _EITHER.findall(text) if max(int(one), int(other)) in _DAYS
    }
    if not shown and _EITHER.search(text):
        shown = {first for first, marks in ((True, _BY_DAY), (False, _BY_MONTH)) if marks.search(text)}
    return shown.pop() if len(shown) == 1 else None


_BY_DAY = re.compile(
    r"£\s?\d|\b(?:GBP|HKD|INR|KES|ZAR|EUR)\b|HK\$|港[币幣元]|₹|€|\bRs\.? ?\d|\bKshs?\b|\bPty\b|\bNZ\$|\bS\$"
)
_BY_MONTH = re.compile(
    r"\b(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY])"
    r" \d{5}(?:-\d{4})?\b|\bFAR\b|\bUnited States of America\b|\bCounty (?:Clerk|Commissioners|Auditor)\b"
)


def settled(line: str, text: str) -> Iterator[tuple[int, DateSpan]]:
    """The dates in a line of a text; those that are two by themselves as the other days of the text are written."""
    found = dict(dates(line))
    for at, span in _by_order(line, text):
        found.setdefault(at, span)
    yield from sorted(found.items())


def _by_order(line: str, text: str) -> Iterator[tuple[int, DateSpan]]:
    for match in _EITHER.finditer(line.translate(_FOLD)):
        first = day_first(text)
        if first is None:
            return
        day, month = (int(match[1 if first else 3]), int(match[3 if first else 1]))
        year = int(match[4]) + (0 if len(match[4]) == 4 else 2000)  # noqa: PLR2004 (figures of a year)
        try:
            yield match.start(), DateSpan.of(year, month, day, text=line[match.start() : match.end()])
        except ValueError:
            continue


_MONTHS_OF_YEAR = 12
_DAYS = range(13, 32)  # what is no month


def number(text: str) -> int:
    """A year, month or day in figures, Chinese numerals or the English name of a month."""
    if text.isdecimal():
        return int(text)
    if text.lower() in _ORDINALS:
        return _ORDINALS.index(text.lower()) + 1
    if words := re.fullmatch(rf"(twenty|thirty)?[\s-]?({_UNITS})?", text.lower()):
        return 2000 + _TENS.get(words[1] or "", 0) + (_NAMES.index(words[2]) + 1 if words[2] else 0)
    if text[:3].lower() in MONTHS:
        return MONTHS.index(text[:3].lower()) + 1
    if len(text) == 4:  # noqa: PLR2004 (a year, digit by digit)
        return int("".join(str(_digit(c)) for c in text))
    total = 0
    for c in text.replace("廿", "二十").replace("卅", "三十"):
        total = max(total, 1) * 10 if c == "十" else total + (1 if c == "元" else _digit(c))
    return total


def _digit(character: str) -> int:
    return max(0, _DIGITS.index(character) - 2)
