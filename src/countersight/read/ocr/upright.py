"""Which way up a page is: the longest lines are read each way, and the way that reads best wins."""

from __future__ import annotations

import numpy as np

from countersight.read.glyphs import Floats
from countersight.read.ocr.decode import read_line
from countersight.read.ocr.detect import height_of, is_tall, strip_of, width_of
from countersight.read.ocr.engine import Engine, Pixels
from countersight.read.ocr.prepare import turned

_SAMPLE = 5  # lines
_SURE = 0.9  # mean score of an upright sample: upside down, print scores about 0.5
_BETTER = 0.05  # by which another way must score higher than the way the page lies


def turn_for(engine: Engine, pixels: Pixels, quads: list[Floats]) -> int:
    """By how many degrees clockwise (0, 90, 180, 270) the page must be turned to stand upright."""
    tall = [quad for quad in quads if is_tall(quad)]
    across = sum(_length(quad) for quad in tall) <= sum(_length(quad) for quad in quads) / 2
    sample = sorted((q for q in quads if is_tall(q) is not across), key=_length, reverse=True)[:_SAMPLE]
    strips = [strip_of(pixels, quad) for quad in sample]
    first, second = (0, 180) if across else (270, 90)
    scored = _score(engine, strips, first)
    if not strips or scored >= _SURE or scored + _BETTER >= _score(engine, strips, second):
        return first if strips else 0
    return second


def _length(quad: Floats) -> float:
    return max(width_of(quad), height_of(quad))


def _score(engine: Engine, strips: list[Pixels], degrees: int) -> float:
    """The mean score of the characters, all strips together."""
    scores = [glyph.score for strip in strips for glyph in read_line(engine, turned(strip, degrees))]
    return float(np.mean(scores)) if scores else 0.0
