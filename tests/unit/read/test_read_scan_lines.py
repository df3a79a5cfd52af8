from __future__ import annotations

from countersight.model import Box, Page, Place
from countersight.read.scan import lines


def page(boxes: list[Box]) -> Page:
    places = tuple(Place(n, n + 1, box) for n, box in enumerate(boxes))
    return Page(1, "字" * len(boxes), places=places)


def row(count: int, top: float, slope: float = 0.0) -> list[Box]:
    return [Box(0.1 + 0.02 * n, top + slope * n, 0.118 + 0.02 * n, top + slope * n + 0.02) for n in range(count)]


def test_a_level_line_is_one_box() -> None:
    assert lines(page(row(30, 0.3)), 2, 12) == (Box(0.1 + 0.02 * 2, 0.3, 0.118 + 0.02 * 11, 0.32),)


def test_two_lines_are_two_boxes() -> None:
    assert len(lines(page([*row(5, 0.3), *row(5, 0.34)]), 0, 10)) == 2


def test_a_sloping_line_is_boxes_that_keep_off_the_next_lines() -> None:
    boxes = row(30, 0.3, slope=0.002)  # falls by three line heights
    found = lines(page(boxes), 0, 30)
    assert len(found) > 3
    assert all(box.y1 - box.y0 < 0.026 for box in found)
    assert all(any(f.x0 <= b.x0 and f.y0 <= b.y0 and b.x1 <= f.x1 and b.y1 <= f.y1 for f in found) for b in boxes)
