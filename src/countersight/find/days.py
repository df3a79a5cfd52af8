"""Days beside words: one thing dated before another, as a contract signed before its bids were opened."""

# ruff: noqa: D102, ARG002 (Node says what each method gives)

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from countersight.find.nodes import NEARBY, Clauses, Node, Scope, Terms
from countersight.model import Term
from countersight.text.dates import MONTHS, dates

_MONTH = r"(?P<{}>" + "|".join(MONTHS) + r")[a-z]{{0,6}}\.?"
# A day without a year, in folded text.
_BARE = re.compile(
    r"(?<!\d)(?P<m1>1[0-2]|0?[1-9])\s?月\s?(?P<d1>\d{1,2})\s?[日号]"
    rf"|(?<![\d.])(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?\b{_MONTH.format('m2')}(?![a-z])"
    rf"|\b{_MONTH.format('m3')}\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|\s?%)"
)
_ANY_LEAP_YEAR = 2000
_STOP = re.compile(r"[;；。，,]|\.\s")


class _Day(NamedTuple):
    """A day at ``[start, end)``; ``on`` is in any year where ``year`` is None."""

    start: int
    end: int
    on: date
    year: int | None


@dataclass(frozen=True, slots=True)
class Earlier(Node):
    """The day beside a term of ``of`` lies 1 to ``days`` before the day beside a term of ``than``.

    Beside a term is the day behind it in its clause, else the one before it there, at most ``distance`` folded
    characters away. A day without a year is of the year of the one it is held against.
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
                if 0 < _apart(day, end) <= self.days:
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
    """The days written in a folded text that begins at an offset."""
    taken: list[range] = []
    for start, span in dates(text):
        end = start + len(span.text or "")
        taken.append(range(start, end))
        if span.from_ == span.to:
            yield _Day(at + start, at + end, span.from_, span.from_.year)
    for match in _BARE.finditer(text):
        month, day = (value for _, value in sorted(match.groupdict().items(), reverse=True) if value)
        if not any(match.start() in one for one in taken) and (on := _day(month, day)):
            yield _Day(at + match.start(), at + match.end(), on, None)


def _day(month: str, day: str) -> date | None:
    try:
        return date(_ANY_LEAP_YEAR, int(month) if month.isdecimal() else MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None


def _apart(first: _Day, last: _Day) -> int:
    """Days from one to the other, in one year where either has none."""
    if first.year is None or last.year is None:
        return (last.on.replace(year=_ANY_LEAP_YEAR) - first.on.replace(year=_ANY_LEAP_YEAR)).days
    return (last.on - first.on).days
