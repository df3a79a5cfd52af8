"""Cells of a table that have ink but no reading: the finder of lines passes over digits that stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from countersight.read.glyphs import Glyphs
from countersight.read.ocr.frame import Mask

Rectangle = tuple[int, int, int, int]  # x0, y0, x1, y1 in upright pixels
_LOW, _HIGH = 0.25, 1.1  # times the height of a line: ink lower or higher than this is no line of text
_NARROW = 2  # pixels
_INSET = 0.12  # of a row's height, above and below, where the next row may reach into it
_AROUND = 0.25  # times the height of a line: what is left around the ink


def missed(glyphs: Glyphs, ink: Mask, cells: Mapping[tuple[int, int], tuple[int, int, list[int]]]) -> list[Rectangle]:
    """Where ink stands in a cell that has no words, as high as one line, with some paper around.

    ``cells`` are those with words: by row and column how many of each they span, and their glyphs by index. A row or
    column reaches as far as the words in it.
    """
    covered = {(row + r, column + c) for (row, column), (h, w, _) in cells.items() for r in range(h) for c in range(w)}
    rows = _extents(glyphs, ((row, found[2]) for (row, _), found in cells.items() if found[0] == 1), 1)
    columns = _extents(glyphs, ((column, found[2]) for (_, column), found in cells.items() if found[1] == 1), 0)
    x, y = glyphs.centres().T
    return [
        (x0, y0, x1, y1)
        for x0, y0, x1, y1 in _inked(ink, glyphs.size, rows, columns, covered)
        if not np.any((x0 < x) & (x < x1) & (y0 < y) & (y < y1))  # else it was read, as part of another cell
    ]


def _extents(glyphs: Glyphs, members: Iterable[tuple[int, list[int]]], axis: int) -> dict[int, tuple[int, int]]:
    """From where to where the words of each row (axis 1) or column (axis 0) reach."""
    found: dict[int, tuple[int, int]] = {}
    for key, indices in members:
        low, high = int(glyphs.box[indices, axis].min()), int(np.ceil(glyphs.box[indices, axis + 2].max()))
        before = found.get(key, (low, high))
        found[key] = max(0, min(before[0], low)), max(before[1], high)
    return dict(sorted(found.items()))


def _inked(
    ink: Mask,
    size: float,
    rows: Mapping[int, tuple[int, int]],
    columns: Mapping[int, tuple[int, int]],
    covered: set[tuple[int, int]],
) -> Iterator[Rectangle]:
    around = round(_AROUND * size)
    for row, (y0, y1) in rows.items():
        inset = round((y1 - y0) * _INSET)
        for column, (x0, x1) in columns.items():
            part = ink[y0 + inset : y1 - inset, x0:x1]
            if (row, column) in covered or not part.any():
                continue
            down, across = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
            if _LOW * size <= np.ptp(down) <= _HIGH * size and np.ptp(across) >= _NARROW:
                left, top = x0 + int(across[0]), y0 + inset + int(down[0])
                right, bottom = left + int(np.ptp(across)) + 1, top + int(np.ptp(down)) + 1
                yield max(0, left - around), max(0, top - around), right + around, bottom + around
