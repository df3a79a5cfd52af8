"""Where to cut a page's picture so that a quote is seen with a few lines around it, and where its marks go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from countersight.model import Box
from countersight.report.view import Picture

# Fractions of the page. An A4 page of 12 pt text has about 45 lines: three of them are 0.06 of its height.
_ABOVE_AND_BELOW = 0.06
_BESIDE = 0.04
_LEAST_WIDTH = 0.84
_LEAST_HEIGHT = 0.11
_AROUND_A_MARK = 0.0025


@dataclass(frozen=True, slots=True)
class Crop:
    """A window on a page's picture. ``window`` is in fractions of the page, ``marks`` in fractions of the window."""

    picture: Picture
    window: Box
    marks: tuple[Box, ...]

    @property
    def ratio(self) -> float:
        """Width of the window over its height, in pixels of the picture."""
        window = self.window
        return (window.x1 - window.x0) * self.picture.width / ((window.y1 - window.y0) * self.picture.height)


def crop(picture: Picture, boxes: Sequence[Box]) -> Crop:
    """The window that shows all ``boxes`` (at least one) with margins, never beyond the page."""
    x0, x1 = _stretch(min(b.x0 for b in boxes), max(b.x1 for b in boxes), _BESIDE, _LEAST_WIDTH)
    y0, y1 = _stretch(min(b.y0 for b in boxes), max(b.y1 for b in boxes), _ABOVE_AND_BELOW, _LEAST_HEIGHT)
    window = Box(x0, y0, x1, y1)
    return Crop(picture, window, tuple(_inside(window, mark) for mark in marks(boxes)))


def marks(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """The boxes a hair wider than the words, in fractions of the page."""
    return tuple(
        Box(
            *(_clamp(at - _AROUND_A_MARK) for at in (b.x0, b.y0)), *(_clamp(at + _AROUND_A_MARK) for at in (b.x1, b.y1))
        )
        for b in boxes
    )


def _stretch(low: float, high: float, margin: float, least: float) -> tuple[float, float]:
    low, high = low - margin, high + margin
    missing = max(0.0, least - (high - low)) / 2
    low, high = low - missing, high + missing
    if low < 0:
        low, high = 0.0, high - low
    elif high > 1:
        low, high = low - (high - 1), 1.0
    return max(0.0, low), min(1.0, high)


def _inside(window: Box, mark: Box) -> Box:
    width, height = window.x1 - window.x0, window.y1 - window.y0
    across = (_clamp((x - window.x0) / width) for x in (mark.x0, mark.x1))
    down = (_clamp((y - window.y0) / height) for y in (mark.y0, mark.y1))
    x0, x1 = across
    y0, y1 = down
    return Box(x0, y0, x1, y1)


def _clamp(value: float) -> float:
    return min(1.0, max(0.0, value))
