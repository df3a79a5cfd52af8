"""Tables found on a page by where its characters lie, and the page's text with them laid out row by row.

The text of a table is laid out as that of every other reader: rows on lines of their own, cells apart by a tab, empty
cells leaving nothing. A cell's ``ref`` is ``T1R2C3``: table, row and column from 1; a merged cell has those of its top
left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from countersight.model import Block, BlockKind, Box
from countersight.read.layout import PageText

_WIDE = 0x2E7F  # East Asian characters lie above: their lines are joined with nothing between


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: ``row`` and ``column`` from 1, how many of each it spans, its words and where it lies.

    ``lines`` are offsets into the text as read, line by line in reading order; ``box``, where it was asked for, is that
    of the ruled cell, or where there are no rules of the words, on the page as displayed. ``breaks`` are the lines that
    begin a paragraph.
    """

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[tuple[int, ...], ...]
    box: Box | None = None
    breaks: frozenset[int] = frozenset()


Row = tuple[Cell, ...]
Table = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Arranged:
    """A page's text with its tables laid out. ``order[i]`` is where ``text[i]`` stood, -1 for what was put between."""

    text: str
    order: tuple[int, ...]
    blocks: tuple[Block, ...]


def in_rows(cells: Iterable[Cell]) -> Table:
    """Cells gathered into rows, each from left to right."""
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    return tuple(tuple(row) for _, row in groupby(ordered, key=lambda cell: cell.row))


def arranged(text: str, found: tuple[Table, ...]) -> Arranged:
    """A page's text with its tables laid out where each began; all else stays as it is.

    No character that is not white space is lost or added, and none changes.
    """
    cells = ((n, cell) for n, table in enumerate(found) for row in table for cell in row)
    return _Writer(text, found, {at: n for n, cell in cells for line in cell.lines for at in line}).write()


class _Writer:
    """Writes lines of text and tables, keeping for each character where it stood."""

    def __init__(self, text: str, found: tuple[Table, ...], owner: dict[int, int]) -> None:
        self._text, self._found, self._owner = text, found, owner
        self._out, self._order = PageText(), list[int]()
        self._numbers: dict[int, int] = {}

    def write(self) -> Arranged:
        start = 0
        for line in self._text.split("\n"):
            self._line(range(start, start + len(line)))
            start += len(line) + 1
        page = self._out.page()
        return Arranged(page.text, tuple(self._order), page.blocks)

    def _line(self, line: range) -> None:
        """One line of the text as read: what of it is in no table, before the tables that begin in it."""
        rest = [at for at in line if at not in self._owner]
        if len(rest) == len(line):
            self._break()
            self._copy(line)
        elif any(not self._text[at].isspace() for at in rest):
            self._break()
            self._copy(_trimmed(self._text, rest))
        for at in line:
            if at in self._owner and self._owner[at] not in self._numbers:
                self._numbers[self._owner[at]] = len(self._numbers) + 1
                self._table(self._owner[at])

    def _table(self, n: int) -> None:
        for row in self._found[n]:
            self._break()
            start = self._out.length
            ref = f"T{self._numbers[n]}R{row[0].row}"
            for cell in row:
                self._put("\t" if self._out.length > start else "")
                at = self._out.length
                self._cell(cell)
                self._out.cell(at, f"{ref}C{cell.column}", cell.columns, cell.rows)
            self._out.mark(start, BlockKind.ROW, ref)

    def _cell(self, cell: Cell) -> None:
        for n, line in enumerate(cell.lines):
            if n:
                soft = _between(self._text[cell.lines[n - 1][-1]], self._text[line[0]])
                self._put("\n" if n in cell.breaks else soft)
            self._words(line)

    def _words(self, line: tuple[int, ...]) -> None:
        """The characters of a line and the spaces between them; what was read as several lines is joined."""
        self._copy(line[:1])
        for one, other in pairwise(line):
            between = self._text[one + 1 : other]
            if between.isspace() and "\n" not in between:
                self._copy(range(one + 1, other))
            elif other != one + 1:
                self._put(_between(self._text[one], self._text[other]))
            self._copy((other,))

    def _break(self) -> None:
        self._put("\n" if self._out.length else "")

    def _put(self, text: str) -> None:
        self._out.write(text)
        self._order += [-1] * len(text)

    def _copy(self, offsets: Sequence[int]) -> None:
        self._out.write("".join(self._text[at] for at in offsets))
        self._order += offsets


def _trimmed(text: str, offsets: list[int]) -> list[int]:
    """The offsets without white space at either end."""
    kept = [n for n, at in enumerate(offsets) if not text[at].isspace()]
    return offsets[kept[0] : kept[-1] + 1]


def _between(last: str, first: str) -> str:
    """What stands between two lines of a cell: nothing where Chinese goes on, else a space."""
    return "" if ord(last) > _WIDE or ord(first) > _WIDE else " "
