"""Cells as a person would read them, and the text of a sheet made of them.

Rows stand on lines of their own, their cells apart by a tab. Empty cells leave nothing: a cell's ``ref`` (``C7``) tells
its column, and a row's ``ref`` (``7``) its number. Spaces, tabs and line ends inside a cell become one space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from countersight.model import BlockKind
from countersight.read.layout import PageText

_BREAKS = re.compile(r"(?:[\x00-\x1f\x7f\x85\u2028\u2029]|_x00(?:0[0-8BCEF]|0[9AD]|1[0-9A-F])_)+", re.IGNORECASE)
_PLAIN = range(-9, 21)  # powers of ten a number is written out between; fifteen digits are what spreadsheets keep
_MEMORY_PER_CELL = 400  # of the text's blocks
_MEMORY_PER_CHARACTER = 10  # of the text, while it is written and joined


def shown(value: Any) -> str:
    """A cell's value as text on one line: no ``1.0`` for 1, ISO dates, hours of more than a day as ``30:05:00``."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(value)
    return _duration(value) if isinstance(value, timedelta) else _moment(value)


def one_line(text: str) -> str:
    """Text on one line: control characters, also those XLSX writes as ``_x000D_``, are spaces."""
    return _BREAKS.sub(" ", text).strip()


def _number(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    digits = Decimal(format(value, ".15g"))
    if not digits.is_finite() or (digits and digits.adjusted() not in _PLAIN):
        return format(value, ".15g")
    return format(digits.normalize() + 0, "f")


def _moment(value: date | time) -> str:
    if isinstance(value, datetime):
        at_midnight = value.time() == time()
        return value.date().isoformat() if at_midnight else value.replace(microsecond=0).isoformat(" ")
    return (value.replace(microsecond=0) if isinstance(value, time) else value).isoformat()


def _duration(value: timedelta) -> str:
    seconds = abs(round(value.total_seconds()))
    sign = "-" if value < timedelta() else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


@cache
def column(number: int) -> str:
    """The letters of a column counted from 1: A, Z, AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class Grid:
    """The text of one sheet, written until an allowance of memory (bytes) is used up.

    ``merged`` are the columns and rows that merged cells cover, by the row and column they begin in.
    """

    __slots__ = ("left", "merged", "out")

    def __init__(self, allowance: int) -> None:
        self.out = PageText()
        self.left = allowance
        self.merged: dict[tuple[int, int], tuple[int, int]] = {}

    def row(self, number: int, values: Iterable[Any], first: int = 1) -> bool:
        """Write row ``number``, its values from column ``first`` on; False, with nothing written, if it is too much."""
        cells = [(at, text) for at, value in enumerate(values, first) if value != "" and (text := shown(value))]
        cost = sum(_MEMORY_PER_CELL + len(text) * _MEMORY_PER_CHARACTER for _, text in cells)
        if cost > self.left:
            return False
        if not cells:
            return True
        self.left -= cost
        self._line()
        start = self.out.length
        for n, (at, text) in enumerate(cells):
            self.out.write("\t" if n else "")
            self.out.write(text)
            covers = self.merged.get((number, at), (1, 1))
            self.out.cell(self.out.length - len(text), f"{column(at)}{number}", *covers)
        self.out.mark(start, BlockKind.ROW, str(number))
        return True

    def aside(self, kind: BlockKind, text: str, ref: str = "") -> None:
        """Write what hangs on a sheet outside its cells, on a line of its own."""
        self._line()
        start = self.out.length
        self.out.write(text)
        self.out.mark(start, kind, ref)

    def _line(self) -> None:
        if self.out.length:
            self.out.write("\n")
