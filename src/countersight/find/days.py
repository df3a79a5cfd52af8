"""Days beside words: one thing dated before another, as a contract signed before its bids were opened."""

# ruff: noqa: D102, ARG002 (Node says what each method gives)

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from countersight.find.nodes import NEARBY, Clauses, Node, Scope, Terms
from countersight.model import DateSpan, Term
from countersight.text.dates import MONTHS, dates, number

_MONTH = r"(?P<{}>" + "|".join(MONTHS) + r")[a-z]{{0,6}}\.?"
# A day or a month without a year, in folded text: 5月3日, 五月三日, 次年5月, 3 May, in May ("may" alone is no month).
_BARE = re.compile(
    r"(?P<next>次年|翌年|第二年)?(?P<last>去年|上年|上一年|前一年)?(?<!\d)(?P<m1>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月"
    r"(?:\s?(?P<d1>\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s?[日号]|(?!\s?[\d日号]))"
    rf"|(?<![\d.])(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?\b{_MONTH.format('m2')}(?![a-z])"
    rf"|\b{_MONTH.format('m3')}\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|\s?%)"
    rf"|\b(?:in|since|during|from|dated|of|early|late|mid)[\s-](?P<before>last\s)?{_MONTH.format('m4')}(?![a-z])"
)
_YEAR = re.compile(r"\b(?:in|since|during|of|by|from|until|dated)\s((?:19|20)\d\d)(?![\d.,/-]\d|\d)")
_ANY_LEAP_YEAR = 2000
_STOP = re.compile(r"[;；。，,]|\.\s")


class _Day(NamedTuple):
    """A day or month at ``[start, end)``, from its first day to its last; in any year where ``year`` is None."""

    start: int
    end: int
    first: date
    last: date
    year: int | None


@dataclass(frozen=True, slots=True)
class Earlier(Node):
    """The day beside a term of ``of`` lies 1 to ``days`` before the day beside a term of ``than``.

    Beside a term is the day behind it in its clause, else the one before it there, at most ``distance`` folded
    characters away. A day without a year is of the year of the one it is held against (次年5月: of the next). A month
    is before what begins after its end; so is a year, where ``days`` is as many as it has.
    """

    of: str
    than: str
    days: int
    distance: int = NEARBY

    def clauses(self, inside: str = "page") -> Clauses:
        return frozenset((self.of,)), frozenset((self.than,))

    def find(self, scope: Scope) -> Terms | None:
        days = sorted(_days(scope.folded[scope.start : scope.end], scope.start))
        later = self._dated(scope, self.than, days)
        for term, day in self._dated(scope, self.of, days):
            for other, end in later:
                if _is_before(day, end, self.days):
                    return term, other
        return None

    def _dated(self, scope: Scope, name: str, days: Sequence[_Day]) -> list[tuple[Term, _Day]]:
        """The terms of a concept that have a day beside them."""
        return [(term, day) for term in scope.of(name) if (day := self._beside(scope.folded, term, days))]

    def _beside(self, text: str, term: Term, days: Sequence[_Day]) -> _Day | None:
        behind = (d for d in days if self._joined(text, term.end, d.start))
        before = (
            d for d in reversed(days) if self._joined(text, d.end, term.start) and "\n" not in text[d.end : term.start]
        )
        return next(behind, None) or next(before, None)

    def _joined(self, text: str, start: int, end: int) -> bool:
        return 0 <= end - start <= self.distance and not _STOP.search(text, start, end)

    def describe(self) -> str:
        return f"{self.of} dated up to {self.days} days before {self.than}"

    def names(self) -> tuple[str, ...]:
        return self.of, self.than


def _days(text: str, at: int) -> Iterator[_Day]:
    """The days and months written in a folded text that begins at an offset."""
    taken: list[range] = []
    for start, span in dates(text):
        end = start + len(span.text or "")
        taken.append(range(start, end))
        yield _Day(at + start, at + end, span.from_, span.to, span.from_.year)
    for match in _YEAR.finditer(text):
        if not any(match.start(1) in one for one in taken):
            whole = DateSpan.of(int(match[1]))
            yield _Day(at + match.start(), at + match.end(), whole.from_, whole.to, whole.from_.year)
    for match in _BARE.finditer(text):
        if not any(match.start() in one or match.end() - 1 in one for one in taken) and (found := _bare(match)):
            yield _Day(at + match.start(), at + match.end(), found.from_, found.to, None)


def _bare(match: re.Match[str]) -> DateSpan | None:
    """A day or month of no year, in some leap year; of the next or the last one in that beside it."""
    groups = {name: value for name, value in match.groupdict().items() if value}
    parts = {name[0]: number(value) for name, value in groups.items() if name[1].isdecimal()}
    year = _ANY_LEAP_YEAR + ("next" in groups) - ("last" in groups or "before" in groups)
    try:
        return DateSpan.of(year, parts["m"], parts.get("d"))
    except ValueError:
        return None


def _is_before(one: _Day, two: _Day, most: int) -> bool:
    """Whether one ends 1 to so many days before the other, neither longer; in one year where either has none."""
    if one.year is None or two.year is None:
        one, two = _yearless(one), _yearless(two)
    return 0 < (two.first - one.last).days <= most and max((day.last - day.first).days for day in (one, two)) <= most


def _yearless(day: _Day) -> _Day:
    if day.year is None:
        return day
    return day._replace(first=day.first.replace(year=_ANY_LEAP_YEAR), last=day.last.replace(year=_ANY_LEAP_YEAR))
