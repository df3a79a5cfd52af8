"""The upright view of a page that was read: its glyphs and its ink turned and straightened, so that rows are level."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from countersight.model import Box
from countersight.read.glyphs import Floats, Glyphs
from countersight.read.ocr.engine import Pixels

Mask = NDArray[np.uint8]  # 1 where there is ink
_LONGEST = 1800  # pixels of the longer side that rules are looked for in: 150 dpi of A4
_FEWEST = 4  # characters of a line that tells a slope
_LONG = 3.0  # times its height a line must be long to tell a slope
_STEEPEST = 0.2  # of a slope that is skew: 11 degrees
_DARKER, _LEAST = 0.25, 6  # of the page's contrast that ink is darker than the paper around it; grey levels, at least
_AROUND = 1.5  # times the height of a line: the paper around
_MARGIN = 0.2  # of a place's height, above and below, where a glyph of the next line may reach into it
_HALF = 0.4  # times the height of a line: no glyph reaches further from its middle
_SPECK = 2  # pixels of a column that are ink before it is no longer white


@dataclass(frozen=True, slots=True)
class Frame:
    """Takes a page as displayed to a page that stands upright and level, and back."""

    forward: Floats  # (2, 3): from displayed to upright pixels
    width: int
    height: int
    displayed: tuple[int, int]  # width and height, pixels

    def glyphs(self, text: str, places: Sequence[Box | None]) -> Glyphs:
        """The characters that have a place."""
        return _glyphs(text, places, self.displayed, self.forward)

    def pixels(self, image: Pixels) -> Pixels:
        """The picture, upright and level."""
        size = (self.width, self.height)
        return cv2.warpAffine(image, self.forward, size, borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)

    def ink(self, image: Pixels, size: float) -> Mask:
        """Where the picture, upright and level, has dark ink; ``size`` is the height of a line of text.

        It is looked for in the brightest channel, in which a red or blue stamp is paper.
        """
        red, green, blue = cv2.split(image)
        brightest = cv2.max(cv2.max(red, green), blue)
        upright = cv2.warpAffine(brightest, self.forward, (self.width, self.height), borderMode=cv2.BORDER_REPLICATE)
        dark, light = np.percentile(upright[::4, ::4], (1, 50))
        darker = max(_LEAST, _DARKER * float(light - dark))
        around = max(3, 2 * round(_AROUND * size / 2) + 1)
        method, kind = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
        return cv2.adaptiveThreshold(upright.astype(np.uint8), 1, method, kind, around, darker).astype(np.uint8)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box on the displayed page that holds a rectangle of the upright one."""
        back = cv2.invertAffineTransform(self.forward)
        corners = back @ np.array([[x0, x1, x1, x0], [y0, y0, y1, y1], [1, 1, 1, 1]])
        x, y = (np.clip(corners[n] / self.displayed[n], 0, 1) for n in (0, 1))
        return Box(*(round(float(v), 5) for v in (x.min(), y.min(), x.max(), y.max())))


def frame_of(text: str, places: Sequence[Box | None], image: Pixels, turned: int) -> Frame:
    """The view of a page that must be turned clockwise by ``turned`` degrees (0, 90, 180, 270) to stand upright.

    The slope that is left is that of the lines of text, by the middles of their characters.
    """
    height, width = image.shape[:2]
    scale = min(1.0, _LONGEST / max(width, height))
    turn = _turn(turned % 360, width, height) * scale
    wide, high = (width, height) if turned % 180 == 0 else (height, width)
    slope = _slope(_glyphs(text, places, (width, height), turn))
    size = round(wide * scale), round(high * scale)
    level = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), math.degrees(math.atan(slope)), 1.0)
    forward = (np.vstack([level, [0, 0, 1]]) @ np.vstack([turn, [0, 0, 1]]))[:2].astype(np.float32)
    return Frame(forward, *size, (width, height))


def tightened(glyphs: Glyphs, ink: Mask) -> Glyphs:
    """The glyphs, each no wider than its ink: neighbours on a line part at the widest white between their middles."""
    box, middles = glyphs.box.copy(), glyphs.centres()[:, 0]
    for n, (one, other) in enumerate(pairwise(glyphs.line)):
        if one != other or middles[n] >= middles[n + 1]:
            continue
        top, bottom = float(glyphs.box[n : n + 2, 1].min()), float(glyphs.box[n : n + 2, 3].max())
        trim, left = _MARGIN * (bottom - top), int(middles[n])
        white = _widest(ink[max(0, round(top + trim)) : round(bottom - trim), left : int(middles[n + 1]) + 1])
        box[n, 2], box[n + 1, 0] = left + white[0], left + white[1]
    box[:, 0] = np.maximum(box[:, 0], middles - _HALF * glyphs.size)
    box[:, 2] = np.minimum(box[:, 2], middles + _HALF * glyphs.size)
    return replace(glyphs, box=box)


def _widest(ink: Mask) -> tuple[int, int]:
    """Where the longest stretch of columns without ink begins and ends; the middle, twice, where there is none."""
    inked = np.flatnonzero(ink.sum(axis=0) >= _SPECK)
    edges = [-1, *inked.tolist(), ink.shape[1]]
    start, end = max(pairwise(edges), key=lambda gap: gap[1] - gap[0])
    return (start + 1, end) if end - start > 1 else (ink.shape[1] // 2, ink.shape[1] // 2)


def _turn(degrees: int, width: int, height: int) -> Floats:
    """From displayed to upright pixels, (2, 3)."""
    turns = {
        0: [[1, 0, 0], [0, 1, 0]],
        90: [[0, -1, height], [1, 0, 0]],
        180: [[-1, 0, width], [0, -1, height]],
        270: [[0, 1, 0], [-1, 0, width]],
    }
    return np.array(turns[degrees], np.float32)


def _glyphs(text: str, places: Sequence[Box | None], size: tuple[int, int], matrix: Floats) -> Glyphs:
    at, lines, boxes, line = [], [], [], 0
    for n, (char, place) in enumerate(zip(text, places, strict=True)):
        line += char == "\n"
        if place is not None and not char.isspace():
            at.append(n)
            lines.append(line)
            boxes.append((place.x0, place.y0, place.x1, place.y1))
    flat = np.array(boxes, np.float32).reshape(-1, 4) * np.array([*size, *size], np.float32)
    one, other = (np.column_stack([flat[:, i : i + 2], np.ones(len(flat))]) @ matrix.T for i in (0, 2))
    box = np.hstack([np.minimum(one, other), np.maximum(one, other)]).astype(np.float32)
    heights = box[:, 3] - box[:, 1]
    return Glyphs(tuple(at), tuple(lines), box, float(np.median(heights)) if len(box) else 0.0)


def _slope(glyphs: Glyphs) -> float:
    """Rise over run of the lines, the median weighted by length; 0 where no line tells."""
    slopes: list[tuple[float, float]] = []
    lines, centres = np.array(glyphs.line), glyphs.centres()
    for line in sorted(set(glyphs.line)):
        mine = centres[lines == line]
        length = float(np.ptp(mine[:, 0]))
        if len(mine) >= _FEWEST and length > _LONG * glyphs.size:
            rise = float(np.polyfit(mine[:, 0], mine[:, 1], 1)[0])
            slopes += [(rise, length)] if abs(rise) <= _STEEPEST else []
    slopes.sort()
    half, passed = sum(length for _, length in slopes) / 2, 0.0
    for rise, length in slopes:
        passed += length
        if passed >= half:
            return rise
    return 0.0
