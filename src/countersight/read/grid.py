"""The grid that rules make, and its cells, also those merged over rows or columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Drawn = Callable[[float, float, float], bool]
"""Whether a rule lies at a position over most of the stretch from one point to another."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a grid: rows ``top`` to ``bottom`` and columns ``left`` to ``right``, from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the positions of its rules in pixels or points, and the slot each elementary cell belongs to."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: dict[tuple[int, int], Slot]

    def slot(self, x: float, y: float) -> Slot | None:
        """The cell at a point, None outside the table."""
        return self.slots.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))

    def extent(self, slot: Slot) -> tuple[float, float, float, float]:
        """Where a cell lies: x0, y0, x1, y1."""
        return self.xs[slot.left], self.ys[slot.top], self.xs[slot.right + 1], self.ys[slot.bottom + 1]


def grid_of(xs: Sequence[float], ys: Sequence[float], across: Drawn, down: Drawn) -> Grid:
    """The grid of rules at these positions; those that no cell begins at were none, or strokes of letters."""
    slots = _slots(xs, ys, across, down)
    lefts, tops = {slot.left for slot in slots.values()}, {slot.top for slot in slots.values()}
    if len(lefts) < len(xs) - 1 or len(tops) < len(ys) - 1:
        xs, ys = _parting(xs, lefts), _parting(ys, tops)
        slots = _slots(xs, ys, across, down)
    return Grid(tuple(xs), tuple(ys), slots)


def _parting(rules: Sequence[float], begun: set[int]) -> list[float]:
    """The rules that a cell begins at, and the last one."""
    return [at for n, at in enumerate(rules) if n in begun or n == len(rules) - 1]


def _slots(xs: Sequence[float], ys: Sequence[float], across: Drawn, down: Drawn) -> dict[tuple[int, int], Slot]:
    """Elementary cells with no rule drawn between them are one cell: the smallest rectangle around them."""
    owner = {(r, c): (r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)}

    def top(at: tuple[int, int]) -> tuple[int, int]:
        while owner[at] != at:
            at = owner[at]
        return at

    for r, c in list(owner):
        if c and not down(xs[c], ys[r], ys[r + 1]):
            owner[max(top((r, c)), top((r, c - 1)))] = min(top((r, c)), top((r, c - 1)))
        if r and not across(ys[r], xs[c], xs[c + 1]):
            owner[max(top((r, c)), top((r - 1, c)))] = min(top((r, c)), top((r - 1, c)))
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for at in owner:
        members.setdefault(top(at), []).append(at)
    return {at: _around(cells) for cells in members.values() for at in cells}


def _around(cells: list[tuple[int, int]]) -> Slot:
    rows, columns = [r for r, _ in cells], [c for _, c in cells]
    return Slot(min(rows), min(columns), max(rows), max(columns))
