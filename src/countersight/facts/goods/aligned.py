"""Tables in plain text: cells parted by tabs, by ``|``, or by two blanks and more so that they stand in columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from unicodedata import east_asian_width

from countersight.model import BlockKind, Page
from countersight.text.tabular import Cell, Row, Table

_PARTS = {"tab": re.compile(r"[^\t]+"), "pipe": re.compile(r"[^|]+"), "blank": re.compile(r"\S+(?:[ \u3000]\S+)*")}
_LINE = re.compile(r"^.*$", re.MULTILINE)
_RULE = re.compile(r"[\s|:+\-=—─┼├┤]+")
_FEWEST = 3  # rows, and columns of the widest row

Part = tuple[int, int]
"""Where the words of a cell stand in the page's text."""


def aligned(page: Page) -> Iterator[Table]:
    """The tables of a page that has no cells of its own."""
    if any(block.kind is BlockKind.CELL for block in page.blocks):
        return
    lines = [match.span() for match in _LINE.finditer(page.text)]
    for style, group in groupby(lines, key=lambda line: _style(page.text[slice(*line)])):
        run = [line for line in group if not _RULE.fullmatch(page.text[slice(*line)])]
        if style != "none" and len(run) >= _FEWEST:
            rows = _table(page, [_parts(page.text, line, style) for line in run], style)
            if rows:
                yield Table((), rows)


def _style(line: str) -> str:
    """How the cells of a line are parted; a line of one cell goes with those that are parted by blanks."""
    if not line.strip():
        return "none"
    return "tab" if "\t" in line else "pipe" if line.count("|") > 1 else "blank"


def _parts(text: str, line: Part, style: str) -> list[tuple[int, Part]]:
    """The cells of a line with words, each with its number from 1."""
    found = []
    start = line[0] + (style == "pipe" and text[line[0]] == "|")
    if style == "blank":
        matches = [(match.start(), match.end()) for match in _PARTS[style].finditer(text, *line)]
    else:
        mark = "\t" if style == "tab" else "|"
        cuts = [start - 1, *(at for at in range(start, line[1]) if text[at] == mark), line[1]]
        matches = [(a + 1, b) for a, b in pairwise(cuts)]
    for n, (a, b) in enumerate(matches, 1):
        words = text[a:b]
        if words.strip():
            found.append((n, (a + len(words) - len(words.lstrip()), b - len(words) + len(words.rstrip()))))
    return found


def _table(page: Page, lines: Sequence[list[tuple[int, Part]]], style: str) -> tuple[Row, ...]:
    widest = max(len(parts) for parts in lines)
    if widest < _FEWEST and style == "blank":
        return ()
    if style == "blank":
        lines = _in_columns(page.text, lines)
    return tuple(_row(page, n, parts, widest, style) for n, parts in enumerate(lines, 1) if parts)


def _row(page: Page, number: int, parts: list[tuple[int, Part]], widest: int, style: str) -> Row:
    alone = len(parts) == 1 and (style == "blank" and parts[0][0] == 1)
    cells = tuple(
        Cell(page.number, *at, page.text[slice(*at)], number, column, widest if alone else 1) for column, at in parts
    )
    return Row(page.number, cells[0].start, cells[-1].end, number, cells)


def _in_columns(text: str, lines: Sequence[list[tuple[int, Part]]]) -> list[list[tuple[int, Part]]]:
    """The cells of each line with the column that they stand in: columns are parted by blanks all the way down.

    Cells that reach over several cells of another line, as those of sums and of groups of columns do, part nothing.
    """
    placed = [[(_across(text, at), at) for _, at in parts] for parts in lines]
    fullest = max(placed, key=len)
    covered: list[tuple[int, int]] = []
    for stretch in sorted(one for line in placed if len(line) > 1 for one, _ in line if not _bridges(one, fullest)):
        if covered and stretch[0] <= covered[-1][1]:
            covered[-1] = covered[-1][0], max(covered[-1][1], stretch[1])
        else:
            covered.append(stretch)
    return [[(_column(stretch, covered), at) for stretch, at in line] for line in placed]


def _bridges(stretch: tuple[int, int], line: Sequence[tuple[tuple[int, int], Part]]) -> bool:
    return sum(start < stretch[1] and stretch[0] < end for (start, end), _ in line) > 1


def _column(stretch: tuple[int, int], columns: Sequence[tuple[int, int]]) -> int:
    """The number, from 1, of the column in which a stretch begins, or before which it stands."""
    return next((n for n, (_, end) in enumerate(columns, 1) if stretch[0] < end), len(columns))


def _across(text: str, at: Part) -> tuple[int, int]:
    """The columns of a terminal that a cell takes: Han characters are two wide."""
    begin = text.rfind("\n", 0, at[0]) + 1
    left = _width(text[begin : at[0]])
    return left, left + _width(text[slice(*at)])


def _width(line: str) -> int:
    return len(line) + (0 if line.isascii() else sum(east_asian_width(char) in "WF" for char in line))
