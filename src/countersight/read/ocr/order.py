"""Reading order: pieces of lines into rows, rows into columns where a page has them, all read as a person would.

Works on boxes laid straight (the page's skew taken out), x to the right and y downwards, in pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_LEVEL = 0.5  # of the lower piece's height: how much two pieces of one row overlap
_GUTTER = 0.25  # of the median height: the least white between two columns; boxes reach well beyond their words
_HEADING = 2  # rows: on the left only, before a row across the page, so few are what heads that row
_LINES = 4  # pieces on each side of a gutter, at least, for columns
_WIDE = 8.0  # median width over height of a column's pieces: what is shorter is a table's cell
_FULL = 0.6  # median share of the column's width that its pieces fill: cells fill less


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text found: number ``key`` of the caller, between these sides."""

    key: int
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def height(self) -> float:
        """Of the box."""
        return self.y1 - self.y0

    @property
    def width(self) -> float:
        """Of the box."""
        return self.x1 - self.x0


Row = list[Piece]  # from left to right


def in_order(pieces: Sequence[Piece]) -> tuple[list[Row], int]:
    """The rows in reading order, and into how many columns the page was cut at most (1 for none)."""
    return _cut(_rows(pieces))


def _rows(pieces: Sequence[Piece]) -> list[Row]:
    """Pieces level with each other are one row. Each piece is held against its neighbour, so that rows may bend."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda p: (p.y0 + p.y1, p.x0, p.key)):
        row = next((row for row in reversed(rows[-6:]) if _continues(row, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    for row in rows:
        row.sort(key=lambda p: (p.x0, p.key))
    return rows


def _continues(row: Row, piece: Piece) -> bool:
    near = min(row, key=lambda p: max(p.x0 - piece.x1, piece.x0 - p.x1))
    overlap = min(near.y1, piece.y1) - max(near.y0, piece.y0)
    beside = min(near.x1, piece.x1) - max(near.x0, piece.x0) < min(near.width, piece.width) / 2
    return beside and overlap >= _LEVEL * min(near.height, piece.height)


def _cut(rows: list[Row]) -> tuple[list[Row], int]:
    """Rows with columns among them: what stands above, the columns from left to right, what stands below."""
    found = _columns(rows)
    if found is None:
        return rows, 1
    first, last, gutter = found
    inside = [piece for row in rows[first:last] for piece in row]
    parts = [
        _cut(_rows([p for p in inside if p.x1 <= gutter])),
        _cut(_rows([p for p in inside if p.x1 > gutter])),
    ]
    below, most = _cut(rows[last:])
    return [*rows[:first], *parts[0][0], *parts[1][0], *below], max(most, parts[0][1] + parts[1][1])


def _columns(rows: list[Row]) -> tuple[int, int, float] | None:
    """The first longest stretch of rows with one gutter through all of them, as first and last (excluded) row and x."""
    best: tuple[int, int, float] | None = None
    if not rows:
        return None
    gap = _GUTTER * median(piece.height for row in rows for piece in row)
    for gutter in _gutters(rows, gap):
        for first, last in _stretches(rows, gutter, gap):
            if (best is None or last - first > best[1] - best[0]) and _is_text(rows[first:last], gutter):
                best = first, last, gutter
    return best


def _gutters(rows: list[Row], gap: float) -> list[float]:
    """Where a gutter may lie, from left to right: before the left edges of pieces; of near ones, one."""
    before = sorted(piece.x0 - gap for row in rows for piece in row)
    return [x for x, last in zip(before, [float("-inf"), *before], strict=False) if x - last > gap]


def _stretches(rows: list[Row], gutter: float, gap: float) -> list[tuple[int, int]]:
    """Where rows in succession leave the gutter white."""
    crossed = [any(p.x0 < gutter + gap / 2 and p.x1 > gutter for p in row) for row in rows]
    edges = [-1, *(k for k, hit in enumerate(crossed) if hit), len(rows)]
    found = [(a + 1, b - _heading(rows[a + 1 : b], gutter) if b < len(rows) else b) for a, b in pairwise(edges)]
    return [(first, last) for first, last in found if last - first >= _LINES]


def _heading(rows: list[Row], gutter: float) -> int:
    """How many rows at the end head what follows across the page: few, and only on the left."""
    left = next((k for k, row in enumerate(reversed(rows)) if row[-1].x1 > gutter), 0)
    return left if left <= _HEADING else 0


def _is_text(rows: list[Row], gutter: float) -> bool:
    """Whether both sides of the gutter hold lines of running text rather than cells of a table."""
    sides = [[p for row in rows for p in row if (p.x1 <= gutter) is left] for left in (True, False)]
    return all(len(side) >= _LINES and _is_column(side) for side in sides)


def _is_column(side: list[Piece]) -> bool:
    extent = max(p.x1 for p in side) - min(p.x0 for p in side)
    lines = _rows(side)
    filled = median(row[-1].x1 - row[0].x0 for row in lines)
    return filled >= _FULL * extent and median(p.width for p in side) >= _WIDE * median(p.height for p in side)
