"""Tables on a PDF page with a text layer: found by the rules drawn on it, or by columns that its words keep to.

Most pages hold none, and finding that out must cost nearly nothing: a page is looked at closely only where it has paths
(tables with rules) or lines that look like rows (tables without).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from statistics import median

import numpy as np
from pypdfium2 import raw

from countersight.read.arranged import Cell, Table, in_rows
from countersight.read.columns import in_lines
from countersight.read.glyphs import Floats, Glyphs
from countersight.read.grid import Grid, Slot
from countersight.read.pdfrules import grids, paths_at_most, rules, upright

_FEWEST_PATHS = 4  # that rule a table of two columns
_FILLED = 2  # cells with words that a ruled table has at least
_NOWHERE = (-1e6, -1e6, -1e6, -1e6)
_WIDEST = 0xFFFF  # characters beyond it are two units of UTF-16


def tables(page: object, textpage: object, text: str) -> tuple[Table, ...]:
    """The tables of a loaded page, in the order of where they begin. ``text`` is its text as PDFium gives it."""
    if paths_at_most(page, textpage) < _FEWEST_PATHS:
        return ()
    turns = raw.FPDFPage_GetRotation(page)
    across, down = rules(page, turns)
    if len(across) < 2 or len(down) < 1:  # noqa: PLR2004 (rules above and below a row)
        return ()
    glyphs = _glyphs(textpage, text, turns)
    return tuple(table for table in (_ruled(glyphs, grid) for grid in grids(across, down, glyphs.size)) if table)


def _ruled(glyphs: Glyphs, grid: Grid) -> Table:
    """A table with rules; empty where hardly a cell of it holds words."""
    held: dict[Slot, list[int]] = {}
    for n, (x, y) in enumerate(glyphs.centres().tolist()):
        slot = grid.slot(x, y)
        if slot:
            held.setdefault(slot, []).append(n)
    return in_rows(_cell(glyphs, slot, members) for slot, members in held.items()) if len(held) >= _FILLED else ()


def _cell(glyphs: Glyphs, slot: Slot, members: list[int]) -> Cell:
    lines = tuple(tuple(glyphs.at[n] for n in line) for line in in_lines(glyphs, members))
    return Cell(slot.top + 1, slot.left + 1, slot.bottom - slot.top + 1, slot.right - slot.left + 1, lines)


def _glyphs(textpage: object, text: str, turns: int) -> Glyphs:
    """The characters with ink and where each lies on the page as displayed, in points."""
    at, lines, line = [], [], 0
    for n, char in enumerate(text):
        line += char == "\n"
        if not char.isspace():
            at.append(n)
            lines.append(line)
    flat = np.array(list(_boxes(textpage, text, at)), np.float32).reshape(-1, 4)
    box = _turned(flat, turns)
    heights = (box[:, 3] - box[:, 1]).tolist()
    return Glyphs(tuple(at), tuple(lines), box, median(heights) if heights else 1.0)


def _turned(flat: Floats, turns: int) -> Floats:
    """Boxes of page space on the page as displayed."""
    a, b, c, d, _, _ = upright(turns)
    corners = flat.reshape(-1, 2, 2) @ np.array([[a, b], [c, d]], np.float32)
    return np.hstack([corners.min(axis=1), corners.max(axis=1)])


def _boxes(textpage: object, text: str, offsets: list[int]) -> Iterator[tuple[float, float, float, float]]:
    """The box of each character, line height and advance included, in page space."""
    wide = [n for n, char in enumerate(text) if ord(char) > _WIDEST]
    index_of, box_of, rect = raw.FPDFText_GetCharIndexFromTextIndex, raw.FPDFText_GetLooseCharBox, raw.FS_RECTF()
    for offset in offsets:
        units = offset + bisect_left(wide, offset) if wide else offset
        known = box_of(textpage, index_of(textpage, units), rect)
        yield (rect.left, rect.bottom, rect.right, rect.top) if known else _NOWHERE
