"""Ruled tables on a picture: the rules, the grid they make, and the cells, also those merged over rows or columns."""

from __future__ import annotations

import cv2
import numpy as np

from countersight.read.grid import Grid, grid_of
from countersight.read.ocr.frame import Mask

_LONG_ACROSS, _LONG_DOWN = 1.5, 0.9  # a rule is longer than a stroke: times the height of a line of text
_NEAR = 0.3  # times the height of a line: rules no further apart are one
_THICK = 0.6  # times the height of a line: no rule is thicker
_DRAWN = 0.8  # of an edge must be drawn to part two cells: strokes of a letter do not reach from rule to rule
_FEWEST = 3  # cells of a table


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
    grid = grid_of(
        xs,
        ys,
        lambda y, start, end: _drawn(across, y, start, end, near),
        lambda x, start, end: _drawn(down.T, x, start, end, near),
    )
    if len(set(grid.slots.values())) < _FEWEST:
        return None
    return Grid(tuple(x + origin[0] for x in grid.xs), tuple(y + origin[1] for y in grid.ys), grid.slots)


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


def _drawn(mask: Mask, at: float, start: float, end: float, near: int) -> bool:
    """Whether a rule lies at height ``at`` of a mask over most of ``[start, end]``."""
    band = mask[max(0, round(at) - near) : round(at) + near + 1, round(start) : round(end)]
    return band.size > 0 and float(band.any(axis=0).mean()) >= _DRAWN
