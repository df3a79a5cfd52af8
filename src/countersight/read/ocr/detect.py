"""Where the lines of text are: quadrilaterals around stretches of text, and the strips of pixels inside them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from countersight.read.glyphs import Floats
from countersight.read.ocr.engine import Engine, Pixels

LONGEST = 1120  # pixels of the longer side of the picture in which lines are looked for: at 736 digits alone in a cell
# are missed, at 2016 it takes three times as long and no more is found
LARGEST = 2016
_ENLARGED = 2  # times, at most, that a small picture is enlarged at first
_SMALL = 11.0  # pixels: lines lower than this in the picture searched are searched for again, larger
_GOOD = 16.0
_CELL = 32  # pixels: the finder takes sides that are multiples of this
_TEXT = 0.3  # of a pixel to belong to text, and
_LINE = 0.5  # of a stretch on average to be a line: as the models were trained
_GROW = 1.6  # a stretch is found shrunk; area times this over perimeter is what it lacks on each side
_THIN = 3.0  # pixels: a stretch lower than this is dust
TALL = 1.5  # height over width of a strip from which it is a line that runs downwards


def find_lines(engine: Engine, pixels: Pixels) -> list[Floats]:
    """Quadrilaterals ``(4, 2)`` of x, y in ``pixels``: top left, top right, bottom right, bottom left of each line."""
    longer = max(pixels.shape[:2])
    size = min(LONGEST, _ENLARGED * longer)
    quads = _search(engine, pixels, size)
    low = float(np.median([short_side(quad) for quad in quads])) * size / longer if quads else _GOOD
    if low < _SMALL:
        return _search(engine, pixels, min(LARGEST, round(size * _GOOD / low)))
    return quads


def _search(engine: Engine, pixels: Pixels, size: int) -> list[Floats]:
    height, width = pixels.shape[:2]
    scale = size / max(height, width)
    wide, high = (max(_CELL, round(side * scale / _CELL) * _CELL) for side in (width, height))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    found = engine.text_map(cv2.resize(pixels, (wide, high), interpolation=method).astype(np.uint8))
    back = np.array([width / wide, height / high], np.float32)
    return [quad * back for quad in _quads(found)]


def _quads(found: Floats) -> list[Floats]:
    """A stretch of likely pixels is a line where it is likely enough as a whole."""
    mask = cv2.dilate((found > _TEXT).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    quads = []
    for outline in outlines:
        centre, (w, h), angle = cv2.minAreaRect(outline)
        if min(w, h) < _THIN or _mean_inside(found, _corners(centre, w, h, angle)) < _LINE:
            continue
        grow = w * h * _GROW / (w + h)  # on both sides: twice the area over twice the half perimeter
        quads.append(_ordered(_corners(centre, w + grow, h + grow, angle)))
    return quads


def _corners(centre: Sequence[float], width: float, height: float, angle: float) -> Floats:
    return cv2.boxPoints((centre, (width, height), angle)).astype(np.float32)


def _mean_inside(found: Floats, corners: Floats) -> float:
    x, y, w, h = cv2.boundingRect(corners)
    x0, y0 = max(x, 0), max(y, 0)
    part = found[y0 : y + h, x0 : x + w]
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(mask, [np.round(corners - (x0, y0)).astype(np.int32)], 1)
    return float(cv2.mean(part, mask)[0])


def _ordered(corners: Floats) -> Floats:
    """The corners, clockwise, from the one whose next edge runs most to the right: the top left one."""
    edges = np.roll(corners, -1, axis=0) - corners
    return np.roll(corners, -int(np.argmax(edges[:, 0] / np.hypot(edges[:, 0], edges[:, 1]))), axis=0)


def width_of(quad: Floats) -> float:
    """The length of the upper edge, pixels."""
    return float(np.hypot(*(quad[1] - quad[0])))


def height_of(quad: Floats) -> float:
    """The length of the left edge, pixels."""
    return float(np.hypot(*(quad[3] - quad[0])))


def short_side(quad: Floats) -> float:
    """The height of the line inside, pixels, whichever way it runs."""
    return min(width_of(quad), height_of(quad))


def is_tall(quad: Floats) -> bool:
    """Whether the line inside runs downwards."""
    return height_of(quad) >= TALL * width_of(quad)


def strip_of(pixels: Pixels, quad: Floats) -> Pixels:
    """The pixels inside a quadrilateral, laid straight."""
    wide, high = max(1, round(width_of(quad))), max(1, round(height_of(quad)))
    target = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.ascontiguousarray(quad, np.float32), target)
    strip = cv2.warpPerspective(pixels, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return strip.astype(np.uint8)
