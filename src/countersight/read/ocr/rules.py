"""Ruled tables on a picture: the rules, the grid they make, and the cells, also those merged over rows or columns."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import cv2
import numpy as np

from countersight.read.ocr.frame import Mask

_LONG_ACROSS, _LONG_DOWN = 1.5, 0.9  # a rule is longer than a stroke: times the height of a line of text
_NEAR = 0.3  # times the height of a line: rules no further apart are one
_THICK = 0.6  # times the height of a line: no rule is thicker
_DRAWN = 0.8  # of an edge must be drawn to part two cells: strokes of a letter do not reach from rule to rule
_FEWEST = 3  # cells of a table


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a grid: rows ``top`` to ``bottom`` and columns ``left`` to ``right``, from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the positions of its rules in pixels, and the slot that each elementary cell belongs to."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: dict[tuple[int, int], Slot]

    def slot(self, x: float, y: float) -> Slot | None:
        """The cell at a point, None outside the table."""
        return self.slots.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))

    def extent(self, slot: Slot) -> tuple[float, float, float, float]:
        """Where a cell lies: x0, y0, x1, y1."""
        return self.xs[slot.left], self.ys[slot.top], self.xs[slot.right + 1], self.ys[slot.bottom + 1]


def grids(ink: Mask, size: float) -> list[Grid]:
    """The ruled tables of an upright, level page whose lines of text are ``size`` pixels high, from top to bottom."""
    across = _opened(ink, round(_LONG_ACROSS * size), 1, _THICK * size)
    down = _opened(ink, 1, round(_LONG_DOWN * size), _THICK * size)
    joined = cv2.dilate(across | down, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    found = []
    for n in range(1, count):
        x, y, w, h = (int(v) for v in stats[n][:4])
        if min(w, h) < size:
            continue
        here = labels[y : y + h, x : x + w] == n
        parts = (across[y : y + h, x : x + w] * here, down[y : y + h, x : x + w] * here)
        grid = _grid(parts[0].astype(np.uint8), parts[1].astype(np.uint8), (x, y), size)
        found += [grid] if grid else []
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _opened(ink: Mask, wide: int, high: int, thickest: float) -> Mask:
    """What is left of the ink where only straight runs of this length stay: thin ones."""
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((min(high, 3) or 1, min(wide, 3) or 1), np.uint8))
    runs = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((high, wide), np.uint8)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs)
    sides = stats[:, cv2.CC_STAT_HEIGHT if wide > high else cv2.CC_STAT_WIDTH]
    keep = np.array([n > 0 and sides[n] <= thickest for n in range(count)], np.uint8)
    kept: Mask = keep[labels]
    return kept


def _grid(across: Mask, down: Mask, origin: tuple[int, int], size: float) -> Grid | None:
    """The grid of a stretch of crossing rules; None where it makes no table."""
    near = max(2, round(_NEAR * size))
    ys = _positions(across, 0, near)
    xs = _positions(down, 1, near)
    ys, xs = _closed(ys, down.max(axis=1), size), _closed(xs, across.max(axis=0), size)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) < _FEWEST:  # noqa: PLR2004 - two ends
        return None
    slots = _slots(across, down, xs, ys, near)
    parting = _parting(xs, {slot.left for slot in slots.values()}), _parting(ys, {slot.top for slot in slots.values()})
    if parting != (xs, ys):
        xs, ys = parting
        slots = _slots(across, down, xs, ys, near)
    if len(set(slots.values())) < _FEWEST:
        return None
    return Grid(tuple(x + origin[0] for x in xs), tuple(y + origin[1] for y in ys), slots)


def _parting(rules: list[float], begun: set[int]) -> list[float]:
    """The rules that a cell begins at, and the last one: the others were strokes of letters."""
    return [at for n, at in enumerate(rules) if n in begun or n == len(rules) - 1]


def _positions(mask: Mask, axis: int, near: int) -> list[float]:
    """Where the rules of a mask lie along an axis; those no further than ``near`` apart are one."""
    count, _, stats, centres = cv2.connectedComponentsWithStats(mask)
    length = stats[:, cv2.CC_STAT_WIDTH if axis == 0 else cv2.CC_STAT_HEIGHT]
    rules = sorted((float(centres[n][1 - axis]), float(length[n])) for n in range(1, count))
    groups: list[list[tuple[float, float]]] = []
    for rule in rules:
        if groups and rule[0] - groups[-1][-1][0] <= near:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return [sum(at * weight for at, weight in group) / sum(weight for _, weight in group) for group in groups]


def _closed(rules: list[float], crossed: Mask, size: float) -> list[float]:
    """The rules, with an edge where the rules that cross them go on beyond the outermost one."""
    at = np.flatnonzero(crossed)
    if not rules or not len(at):
        return rules
    before = [float(at[0])] if rules[0] - at[0] > size else []
    after = [float(at[-1])] if at[-1] - rules[-1] > size else []
    return [*before, *rules, *after]


def _slots(across: Mask, down: Mask, xs: list[float], ys: list[float], near: int) -> dict[tuple[int, int], Slot]:
    """Elementary cells with no rule drawn between them are one cell: the smallest rectangle around them."""
    rows, columns = range(len(ys) - 1), range(len(xs) - 1)
    owner = {(r, c): (r, c) for r in rows for c in columns}

    def top(at: tuple[int, int]) -> tuple[int, int]:
        while owner[at] != at:
            at = owner[at]
        return at

    for r, c in list(owner):
        if c and not _drawn(down.T, xs[c], ys[r], ys[r + 1], near):
            owner[max(top((r, c)), top((r, c - 1)))] = min(top((r, c)), top((r, c - 1)))
        if r and not _drawn(across, ys[r], xs[c], xs[c + 1], near):
            owner[max(top((r, c)), top((r - 1, c)))] = min(top((r, c)), top((r - 1, c)))
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for at in owner:
        members.setdefault(top(at), []).append(at)
    return {at: _around(cells) for cells in members.values() for at in cells}


def _around(cells: list[tuple[int, int]]) -> Slot:
    rows, columns = [r for r, _ in cells], [c for _, c in cells]
    return Slot(min(rows), min(columns), max(rows), max(columns))


def _drawn(mask: Mask, at: float, start: float, end: float, near: int) -> bool:
    """Whether a rule lies at height ``at`` of a mask over most of ``[start, end]``."""
    band = mask[max(0, round(at) - near) : round(at) + near + 1, round(start) : round(end)]
    return band.size > 0 and float(band.any(axis=0).mean()) >= _DRAWN
