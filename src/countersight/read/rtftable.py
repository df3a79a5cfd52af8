"""Tables of RTF: rows that each tell where their cells end, in twips from the margin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from countersight.model import Block, BlockKind
from countersight.read.layout import PageText

_MOST = 1000  # cells of a row; programs write up to 63
_SAME = 30  # twips (half a millimetre) by which edges of one column may differ from row to row


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's extent and its cells with text: their extent and their number in the row; and the edges of all cells."""

    start: int
    end: int
    cells: tuple[tuple[int, int, int], ...]
    edges: tuple[int, ...]


class Table:
    """Writes one table after the other. ``open`` says that a row is being written, ``rows`` that a table is.

    A cell's column is known at the end of its table, when all edges are: a merged cell counts as many as it covers.
    """

    def __init__(self, out: PageText) -> None:
        self.open = False
        self.rows: list[_Row] = []
        self._out = out
        self._number = 0
        self._left, self._edges = 0, list[int]()
        self._defined: tuple[int, ...] | None = None  # one for all rows that share a definition
        self._definitions: list[tuple[int, ...]] = []
        self._start = self._count = 0
        self._cells: list[tuple[int, int, int]] = []

    def define(self) -> None:
        """A row's definition begins."""
        self._left, self._edges, self._defined = 0, [], None

    def edge(self, twips: int, *, first: bool) -> None:
        """The right edge of the next cell, or the left edge of the first."""
        self._defined = None
        if first:
            self._left = twips
        elif len(self._edges) < _MOST:
            self._edges.append(twips)

    def begin(self, number: int, start: int | None = None) -> None:
        """A row of table ``number`` begins, here or with the text that began at ``start``."""
        self.open, self._number = True, number
        self._start, self._count, self._cells = self._out.length if start is None else start, 0, []

    def lead(self) -> str:
        """What parts the next cell from the one before it."""
        return "\t" if self._cells else ""

    def cell(self, start: int | None) -> None:
        """A cell ends; its text, if any, began at ``start``."""
        if start is not None:
            self._cells.append((start, self._out.length, self._count))
        self._count += 1

    def end_row(self) -> None:
        """A row ends."""
        if not self.open:
            return
        if self._defined is None:
            self._defined = (self._left, *self._edges)
        if not self._definitions or self._definitions[-1] is not self._defined:
            self._definitions.append(self._defined)
        self.rows.append(_Row(self._start, self._out.length, tuple(self._cells), self._defined))
        if self._cells:
            self._out.write("\n")
        self.open = False

    def finish(self) -> None:
        """The table ends: its blocks are made."""
        self.end_row()
        columns = _columns(edge for edges in self._definitions for edge in edges)
        for n, row in enumerate(self.rows, 1):
            ref = f"T{self._number}R{n}"
            if row.cells:
                self._out.blocks.append(Block(row.start, row.end, BlockKind.ROW, ref))
            for start, end, index in row.cells:
                column = columns[row.edges[index]] if index < len(row.edges) - 1 else index + 1
                self._out.blocks.append(Block(start, end, BlockKind.CELL, f"{ref}C{column}"))
        self.rows, self._definitions = [], []


def _columns(edges: Iterable[int]) -> dict[int, int]:
    """The column that begins at each edge, from 1."""
    found: dict[int, int] = {}
    column, before = 0, None
    for edge in sorted(set(edges)):
        column += before is None or edge - before > _SAME
        found[edge], before = column, edge
    return found
