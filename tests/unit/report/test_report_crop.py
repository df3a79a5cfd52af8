from __future__ import annotations

import pytest

from countersight.model import Box
from countersight.report.crop import crop, marks
from countersight.report.view import Picture

PAGE = Picture("p.png", 1000, 1400)
WIDE = Picture("p.png", 1600, 900)
LINE = Box(0.2, 0.5, 0.7, 0.52)


def on_page(window: Box, mark: Box) -> Box:
    """A mark in fractions of a window, back in fractions of the page."""
    width, height = window.x1 - window.x0, window.y1 - window.y0
    return Box(
        window.x0 + mark.x0 * width,
        window.y0 + mark.y0 * height,
        window.x0 + mark.x1 * width,
        window.y0 + mark.y1 * height,
    )


@pytest.mark.parametrize("picture", [PAGE, WIDE])
@pytest.mark.parametrize(
    "boxes",
    [
        [LINE],
        [Box(0, 0, 0.1, 0.01)],
        [Box(0.95, 0.99, 1, 1)],
        [Box(0, 0, 1, 1)],
        [Box(0.4, 0.4, 0.4, 0.4)],
        [Box(0.1, 0.1, 0.9, 0.12), Box(0.1, 0.13, 0.3, 0.15)],
        [Box(0.9, 0.05, 0.95, 0.07), Box(0.05, 0.9, 0.2, 0.92)],
    ],
)
def test_the_window_holds_every_mark_stays_on_the_page_and_marks_lie_on_their_words(
    picture: Picture, boxes: list[Box]
) -> None:
    found = crop(picture, boxes)
    assert found.ratio > 0
    assert len(found.marks) == len(boxes)
    for box, mark in zip(boxes, found.marks, strict=True):
        back = on_page(found.window, mark)
        assert back.x0 <= box.x0 + 1e-9
        assert back.y0 <= box.y0 + 1e-9
        assert back.x1 >= box.x1 - 1e-9
        assert back.y1 >= box.y1 - 1e-9
        assert back.x1 - back.x0 <= box.x1 - box.x0 + 0.01


def test_a_short_quote_is_shown_with_lines_above_and_below_it() -> None:
    window = crop(PAGE, [LINE]).window
    assert window.y0 < LINE.y0 - 0.04
    assert window.y1 > LINE.y1 + 0.04
    assert window.x1 - window.x0 > 0.8


def test_the_ratio_is_that_of_the_pixels_cut_out() -> None:
    found = crop(Picture("p.png", 200, 100), [Box(0, 0, 1, 1)])
    assert found.ratio == pytest.approx(2.0)


def test_marks_reach_a_hair_beyond_the_words_but_not_beyond_the_page() -> None:
    (inner, outer) = marks([LINE, Box(0, 0, 1, 1)])
    assert inner.x0 < LINE.x0 < LINE.x1 < inner.x1
    assert outer == Box(0, 0, 1, 1)
