"""The rules drawn on a PDF page, and the grids they make. Points on the page as displayed, from its top left corner.

A rule is a line, a thin filled rectangle, or a side of a stroked one, of whatever colour: white rules part cells too.
Collinear pieces, as programs draw them cell by cell, are one rule.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

from countersight.read.grid import Grid, grid_of
from countersight.read.pdfobjects import address, in_form, kind_of, on_page

_THIN = 3.0  # points: what is no thicker is a rule,
_SHORT = 5.0  # and what is no longer is none
_NEAR = 2.5  # points: rules no further apart are one, and ends no further from a rule touch it
_BEYOND = 10.0  # points: a table that is open at a side goes on beyond its outermost rule by a character and more
_DRAWN = 0.8  # of an edge must be drawn to part two cells
_FEWEST = 3  # cells of a table
_MOST_SEGMENTS = 20_000  # of a page's paths: more are a drawing or a map
_MOST_RULES = 600  # of a page in one direction, pieces joined: more are a drawing
_FEWEST_PATHS = 4  # that rule a table of two columns
_MANY, _FEW = 130, 8  # objects of a page that are not all looked at; of a form that may be forms
_RECTANGLE = 5  # segments of a path that is one
_DEEPEST = 8  # forms within forms

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Rule = tuple[float, float, float]
"""Where a rule lies, and from where to where it goes."""

_UPRIGHT: tuple[Matrix, ...] = ((1, 0, 0, -1, 0, 0), (0, 1, 1, 0, 0, 0), (-1, 0, 0, 1, 0, 0), (0, -1, -1, 0, 0, 0))


def upright(turns: int) -> Matrix:
    """Takes page space to the page as displayed, turned clockwise by so many quarters, up to where its corner lies."""
    return _UPRIGHT[turns % 4]


def moved(matrix: Matrix, x: float, y: float) -> Point:
    """A point taken through a matrix (PDF 32000-1 §8.3.3)."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _after(first: Matrix, then: Matrix) -> Matrix:
    (a, b), (c, d) = (moved((*then[:4], 0, 0), *first[i : i + 2]) for i in (0, 2))
    return (a, b, c, d, *moved(then, *first[4:]))


@dataclass(slots=True)
class _Pen:
    """Gathers the rules of a page."""

    across: list[Rule]
    down: list[Rule]
    left: int = _MOST_SEGMENTS

    def rectangle(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """Take in a thin rectangle, or a dot of a dotted rule; whether it was thin."""
        if y1 - y0 <= _THIN:
            self.across.append(((y0 + y1) / 2, x0, x1))
        if x1 - x0 <= _THIN:
            self.down.append(((x0 + x1) / 2, y0, y1))
        return min(y1 - y0, x1 - x0) <= _THIN

    def side(self, one: Point, other: Point) -> None:
        """Take in a stroke, if it is level or upright."""
        (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        if min(x1 - x0, y1 - y0) <= 1:
            self.rectangle(x0, y0, x1, y1)

    def path(self, path: object, matrix: Matrix) -> None:
        """Take in what a path draws."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        if not (fill.value or stroke.value):
            return
        count = raw.FPDFPath_CountSegments(path)
        self.left -= count
        own = raw.FS_MATRIX()
        if count <= 1 or self.left < 0 or not raw.FPDFPageObj_GetMatrix(path, own):
            return
        whole = _after((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        for points in _strokes(path, count):
            corners = [moved(whole, *point) for point in points]
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            if not self.rectangle(min(xs), min(ys), max(xs), max(ys)) and stroke.value:
                for one, other in pairwise(corners):
                    self.side(one, other)


def _strokes(path: object, count: int) -> Iterator[list[Point]]:
    """The corners of each part of a path that has no curves."""
    points: list[Point] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, n)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        points.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points


def may_be_ruled(page: object, textpage: object) -> bool:
    """Whether a page may hold upright rules. Costs next to nothing where it has no paths, and little where it has.

    Objects that hold no readable text are no fewer than paths. Of many objects every third is looked at: the rules of a
    table lie together, or each beside the words of its cell.
    """
    return _others(page, textpage) >= _FEWEST_PATHS and _has_upright(
        page, raw.FPDFPage_CountObjects(page), raw.FPDFPage_GetObject, 0
    )


def _others(page: object, textpage: object) -> int:
    """How many objects of a page hold no text that can be read."""
    objects = raw.FPDFPage_CountObjects(page)
    texts = raw.FPDFText_CountRects(textpage, 0, -1)
    if objects < texts:  # forms hold more
        objects = sum(_size(raw.FPDFPage_GetObject(page, n), 0) for n in range(objects))
    return int(objects - texts)


def _size(item: object, depth: int) -> int:
    if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM or depth > _DEEPEST:
        return 1
    inside = int(raw.FPDFFormObj_CountObjects(item))
    if inside > _FEW:  # what is drawn, not forms that hold forms
        return inside
    return sum(_size(raw.FPDFFormObj_GetObject(item, n), depth + 1) for n in range(inside))


def _has_upright(container: Any, count: int, get: Callable[[object, int], object], depth: int) -> bool:
    quick, holder = in_form if depth else on_page, address(container)
    path, form = raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM
    for n in range(0, count, 1 if count <= _MANY else 3):
        kind = kind_of(quick(holder, n))
        if kind == path and _is_upright(get(container, n)):
            return True
        if kind == form and depth < _DEEPEST:
            item = get(container, n)
            inside = raw.FPDFFormObj_CountObjects(item)
            if _has_upright(item, inside, raw.FPDFFormObj_GetObject, depth + 1):
                return True
    return False


def _is_upright(path: object) -> bool:
    """Whether a path is an upright rule, or may hold some: a stroked or compound one."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(path, left, bottom, right, top)
    if top.value - bottom.value <= _THIN:
        return False
    if right.value - left.value <= _THIN or raw.FPDFPath_CountSegments(path) > _RECTANGLE:
        return True
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(stroke.value)


def grids_of(page: object, turns: int) -> list[Grid]:
    """The ruled tables of a page turned clockwise by so many quarters, from top to bottom."""
    across, down = _rules(page, turns)
    found = [_grid(level, tall) for level, tall in _crossing(across, down)]
    return sorted((grid for grid in found if grid), key=lambda grid: (grid.ys[0], grid.xs[0]))


def _rules(page: object, turns: int) -> tuple[list[Rule], list[Rule]]:
    """The rules of a page: level ones by their height, upright ones by their distance from the left; pieces joined."""
    pen = _Pen([], [])
    items = (raw.FPDFPage_GetObject(page, n) for n in range(raw.FPDFPage_CountObjects(page)))
    _draw(items, upright(turns), pen, 0)
    across, down = _joined(pen.across), _joined(pen.down)
    return (across, down) if max(len(across), len(down)) <= _MOST_RULES and pen.left >= 0 else ([], [])


def _draw(items: Iterable[object], matrix: Matrix, pen: _Pen, depth: int) -> None:
    kind_of, path, form = raw.FPDFPageObj_GetType, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM
    for item in items:
        kind = kind_of(item)
        if kind == path:
            pen.path(item, matrix)
        elif kind == form and depth < _DEEPEST:
            own = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(item, own)
            inside = (raw.FPDFFormObj_GetObject(item, n) for n in range(raw.FPDFFormObj_CountObjects(item)))
            _draw(inside, _after((own.a, own.b, own.c, own.d, own.e, own.f), matrix), pen, depth + 1)


def _joined(pieces: list[Rule]) -> list[Rule]:
    """Pieces at one position that touch are one rule."""
    found: list[Rule] = []
    for group in _groups(sorted(pieces)):
        at = sum(piece[0] for piece in group) / len(group)
        start, end = None, 0.0
        for _, x0, x1 in sorted(group, key=lambda piece: piece[1:]):
            if start is None or x0 > end + _NEAR:
                found += [(at, start, end)] if start is not None and end - start >= _SHORT else []
                start, end = x0, x1
            end = max(end, x1)
        found += [(at, start, end)] if start is not None and end - start >= _SHORT else []
    return found


def _groups(ordered: Iterable[Rule]) -> Iterator[list[Rule]]:
    """Rules in order, those together that lie no further apart than near."""
    group: list[Rule] = []
    for rule in ordered:
        if group and rule[0] - group[0][0] > _NEAR:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _crossing(across: list[Rule], down: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Rules that cross or touch, and those that cross these, and so on, set by set."""
    heights = [rule[0] for rule in across]
    left = set(range(len(across)))
    unseen = list(range(len(down)))
    while unseen:
        level, tall, todo = set[int](), set[int](), [unseen[0]]
        while todo:
            new = [n for n in todo if n not in tall]
            tall.update(new)
            met = {m for n in new for m in _met(down[n], across, heights) if m in left}
            left -= met
            level |= met
            todo = [n for n in unseen if n not in tall and any(_touch(across[m], down[n]) for m in met)]
        unseen = [n for n in unseen if n not in tall]
        yield [across[m] for m in sorted(level)], [down[n] for n in sorted(tall)]


def _met(rule: Rule, across: list[Rule], heights: list[float]) -> Iterator[int]:
    first, last = bisect_left(heights, rule[1] - _NEAR), bisect_right(heights, rule[2] + _NEAR)
    return (m for m in range(first, last) if _touch(across[m], rule))


def _touch(level: Rule, tall: Rule) -> bool:
    (y, x0, x1), (x, y0, y1) = level, tall
    return x0 - _NEAR <= x <= x1 + _NEAR and y0 - _NEAR <= y <= y1 + _NEAR


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    """The grid of rules that cross; None where it makes no table of two columns and more."""
    ys = _closed(_positions(across), down)
    xs = _closed(_positions(down), across)
    if len(xs) < 3 or len(ys) < 2:  # noqa: PLR2004 (rules on either side of two columns and of one row)
        return None
    grid = grid_of(
        xs,
        ys,
        lambda y, x0, x1: _is_drawn(across, y, x0, x1),
        lambda x, y0, y1: _is_drawn(down, x, y0, y1),
    )
    several = len(set(grid.slots.values())) >= _FEWEST and len(grid.xs) > 2  # noqa: PLR2004 (rules of one column)
    return grid if several else None


def _positions(ordered: list[Rule]) -> list[float]:
    groups = [sorted(rule[0] for rule in group) for group in _groups(sorted(ordered))]
    return [sum(group) / len(group) for group in groups]


def _closed(rules: list[float], crossing: list[Rule]) -> list[float]:
    """The rules, with an edge where most of those that cross them go on beyond the outermost one."""
    if not rules or not crossing:
        return rules
    starts, ends = sorted(rule[1] for rule in crossing), sorted(rule[2] for rule in crossing)
    before = [starts[0]] if rules[0] - starts[0] > _BEYOND else []
    after = [ends[-1]] if ends[-1] - rules[-1] > _BEYOND else []
    return [*before, *rules, *after]


def _is_drawn(rules: list[Rule], at: float, start: float, end: float) -> bool:
    covered = sum(max(0.0, min(end, x1) - max(start, x0)) for where, x0, x1 in rules if abs(where - at) <= _NEAR)
    return covered >= _DRAWN * (end - start)
