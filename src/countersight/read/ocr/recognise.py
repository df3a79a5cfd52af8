"""Reads a picture: made ready, turned upright, searched for lines, read line by line, put in reading order."""

from __future__ import annotations

import numpy as np
from PIL import Image

from countersight.read.glyphs import Floats
from countersight.read.ocr import prepare
from countersight.read.ocr.assemble import Line, View, assembled
from countersight.read.ocr.decode import read_line
from countersight.read.ocr.detect import find_lines, is_tall, strip_of
from countersight.read.ocr.engine import Engine, Pixels, engine
from countersight.read.ocr.fit import fitted
from countersight.read.ocr.recognised import Recognised
from countersight.read.ocr.upright import turn_for


def recognise(image: Image.Image) -> Recognised:
    """The text of a picture; places are fractions of the picture as displayed (its EXIF turn applied).

    A blank picture gives an empty text. The same picture gives the same result. Raises CountersightError where the
    models are not installed, and what pillow raises for a picture that cannot be decoded.
    """
    pixels = prepare.pixels_of(image)
    if prepare.is_plain(pixels):
        return Recognised()
    height, width = pixels.shape[:2]
    seals, faint, shaded = prepare.seals(pixels), prepare.is_faint(pixels), prepare.is_shaded(pixels)
    clean = prepare.without_seals(pixels, seals)
    framed, margin = prepare.framed(prepare.evened(clean) if faint else clean)
    upright, degrees, quads = _upright(engine(), framed)
    lines = [_read(engine(), upright, quad) for quad in quads]
    return assembled(View(width, height, margin, degrees, seals, faint, shaded), lines)


def _upright(engine: Engine, pixels: Pixels) -> tuple[Pixels, int, list[Floats]]:
    """The picture turned upright, by how many degrees, and its lines."""
    quads = find_lines(engine, pixels)
    degrees = turn_for(engine, pixels, quads)
    if not degrees:
        return pixels, 0, quads
    upright = prepare.turned(pixels, degrees)
    return upright, degrees, find_lines(engine, upright)


def _read(engine: Engine, pixels: Pixels, quad: Floats) -> Line:
    strip = strip_of(pixels, quad)
    if is_tall(quad):  # read from its top to its foot
        strip, quad = prepare.turned(strip, 270), np.roll(quad, -1, axis=0)
    place = fitted(pixels, quad, read_line(engine, strip))
    return Line(quad, place.glyphs, place.quad)
