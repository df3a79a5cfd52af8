"""Tables on a PDF page with a text layer: found by the rules drawn on it, or by columns that its words keep to.

Most pages hold none, and finding that out must cost nearly nothing: a page is looked at closely only where it has paths
(tables with rules) or lines that look like rows (tables without).
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from itertools import pairwise

import numpy as np
from pypdfium2 import raw

from countersight.read.arranged import Cell, Table, in_rows
from countersight.read.columns import in_lines
from countersight.read.glyphs import Floats, Glyphs
from countersight.read.grid import Grid, Slot
from countersight.read.headed import MAY_HEAD, Columns
from countersight.read.pdfbare import address, char_index, loose_box
from countersight.read.pdfopen import open_tables, stretches
from countersight.read.pdfrules import grids_of, may_be_ruled, upright
from countersight.read.rowed import bills

_FILLED = 2  # cells with words that a ruled table has at least
_WIDE = "\u2e7f"  # East Asian characters lie above
_TOO_HIGH = 2.5  # times the usual height of a line of the page
_NOWHERE = (-1e6, -1e6, -1e6, -1e6)
_WIDEST = 0xFFFF  # characters beyond it are two units of UTF-16


def tables(
    page: object, textpage: object, text: str, before: Columns | None = None
) -> tuple[tuple[Table, ...], Columns | None]:
    """The tables of a loaded page, from top to bottom. ``text`` is its text as PDFium gives it.

    ``before`` are the columns of the bill without rules that the page before ended with; those of the one that this
    page ends with are told beside the tables.
    """
    turns = raw.FPDFPage_GetRotation(page)
    grids = grids_of(page, turns) if may_be_ruled(page, textpage) else []
    bill = before is not None or MAY_HEAD.search(text) is not None
    maybe = stretches(textpage, text) if not turns else []
    if not grids and not maybe and not bill:
        return (), None
    glyphs = _glyphs(textpage, text, turns, [range(len(text))] if grids or bill else maybe)
    left, found = list(range(len(glyphs.at))), list[tuple[float, Table]]()
    for grid in grids:
        held = _held(glyphs, grid, left)
        if len(held) >= _FILLED:
            found.append((grid.ys[0], in_rows(_cell(glyphs, text, slot, members) for slot, members in held.items())))
            taken = {n for members in held.values() for n in members}
            left = [n for n in left if n not in taken]
    told, after = bills(glyphs, left, text, None if grids else before) if bill else ([], None)
    for one in told:
        found.append((one.top, in_rows(_cell(glyphs, text, slot, members) for slot, members in one.cells.items())))
        taken = {n for members in one.cells.values() for n in members}
        left = [n for n in left if n not in taken]
    for run in maybe:
        among = [n for n in left if glyphs.at[n] in run]
        for top, slots in open_tables(glyphs, among, text):
            found.append((top, in_rows(_cell(glyphs, text, slot, members) for slot, members in slots.items())))
    return tuple(table for _, table in sorted(found, key=lambda one: one[0])), after


def _held(glyphs: Glyphs, grid: Grid, among: list[int]) -> dict[Slot, list[int]]:
    """The characters in each cell of a grid that has some."""
    held: dict[Slot, list[int]] = {}
    centres = glyphs.centres().tolist()
    for n in among:
        if slot := grid.slot(*centres[n]):
            held.setdefault(slot, []).append(n)
    return held


def _cell(glyphs: Glyphs, text: str, slot: Slot, members: list[int]) -> Cell:
    lines = in_lines(glyphs, members)
    high, wide = slot.bottom - slot.top + 1, slot.right - slot.left + 1
    written = tuple(tuple(glyphs.at[n] for n in line) for line in lines)
    return Cell(slot.top + 1, slot.left + 1, high, wide, written, breaks=_breaks(glyphs, text, lines))


def _breaks(glyphs: Glyphs, text: str, lines: list[list[int]]) -> frozenset[int]:
    """The lines of a cell that begin a paragraph: their first word would have had room on the line before.

    Lines that are not flush left, as in a cell whose words are centred, tell nothing.
    """
    if len(lines) < 2:  # noqa: PLR2004 (a line and one before)
        return frozenset()
    boxes = glyphs.box
    left = min(float(boxes[line[0], 0]) for line in lines)
    right = max(float(boxes[line[-1], 2]) for line in lines)
    found = set[int]()
    for n, (before, line) in enumerate(pairwise(lines), 1):
        first = _first_word(text, [glyphs.at[m] for m in line])
        needed = float(boxes[line[first - 1], 2] - boxes[line[0], 0]) + glyphs.size / 2
        if float(boxes[before[0], 0]) - left < glyphs.size and right - float(boxes[before[-1], 2]) > needed:
            found.add(n)
    return frozenset(found)


def _first_word(text: str, line: list[int]) -> int:
    """How many characters the first word of a line has: one of Chinese is a character."""
    words = ((one, other) for one, other in pairwise(line) if other != one + 1 or text[other] > _WIDE > text[one])
    end = next((other for _, other in words), None)
    return 1 if text[line[0]] > _WIDE else len(line) if end is None else line.index(end)


def _glyphs(textpage: object, text: str, turns: int, where: list[range]) -> Glyphs:
    """The characters with ink in some stretches of the text, and their places on the page as displayed, in points."""
    at: list[int] = []
    lines: list[int] = []
    for stretch in where:
        line = text.count("\n", 0, stretch.start)
        for n in stretch:
            char = text[n]
            if char == "\n":
                line += 1
            elif not char.isspace():
                at.append(n)
                lines.append(line)
    box = _turned(_boxes(textpage, text, at), turns)
    heights = box[:, 3] - box[:, 1]
    return Glyphs(tuple(at), tuple(lines), box, float(np.median(heights)) if at else 1.0)


def _turned(flat: Floats, turns: int) -> Floats:
    """Boxes of page space on the page as displayed."""
    a, b, c, d, _, _ = upright(turns)
    corners = flat.reshape(-1, 2, 2) @ np.array([[a, b], [c, d]], np.float32)
    return np.hstack([corners.min(axis=1), corners.max(axis=1)])


def _boxes(textpage: object, text: str, offsets: list[int]) -> Floats:
    """The box of each character in page space, line height and advance included: (n, 4)."""
    wide = [n for n, char in enumerate(text) if ord(char) > _WIDEST]
    page, rect = address(textpage), raw.FS_RECTF()
    boxes, indices, at = [], [], ctypes.addressof(rect)
    for offset in offsets:
        indices.append(char_index(page, offset + bisect_left(wide, offset) if wide else offset))
        known = loose_box(page, indices[-1], at)
        boxes.append((rect.left, rect.bottom, rect.right, rect.top) if known else _NOWHERE)
    flat = np.array(boxes, np.float32).reshape(-1, 4)
    heights = flat[:, 3] - flat[:, 1]
    for n in np.flatnonzero(heights > _TOO_HIGH * np.median(heights)).tolist() if boxes else ():
        flat[n] = _tight(textpage, indices[n])
    return flat


def _tight(textpage: object, index: int) -> tuple[float, float, float, float]:
    """The box of a character's ink: where type is scaled oddly, PDFium's box with line height is much too large."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value
