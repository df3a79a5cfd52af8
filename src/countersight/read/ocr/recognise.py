"""Reads a picture: made ready, turned upright, searched for lines, read line by line, put in reading order."""

from __future__ import annotations


import numpy as np
from PIL import Image

from countersight.read.ocr import prepare
from countersight.read.ocr.assemble import Line, View, assembled
from countersight.read.ocr.decode import read_line
from countersight.read.ocr.detect import find_lines, is_tall, strip_of
from countersight.read.ocr.engine import Engine, Floats, Pixels, engine
from countersight.read.ocr.recognised import Recognised
from countersight.read.ocr.upright import turn_for

LEAST = 0.5  # mean score of a piece of text: what is read worse is a picture, a seal or dust


def recognise(image: Image.Image) -> Recognised:
    """The text of a picture; places are fractions of the picture as displayed (its EXIF turn applied).

    A blank picture gives an empty text. The same picture gives the same result.
    """
    pixels = prepare.pixels_of(image)
    if prepare.is_plain(pixels):
        return Recognised()
    seals = prepare.seals(pixels)
    ready, margin = prepare.framed(prepare.without_seals(pixels, seals))
    upright, degrees, quads = _upright(engine(), ready)
    lines = [_read(engine(), upright, quad) for quad in quads]
    view = View(pixels.shape[1], pixels.shape[0], margin, degrees, seals, prepare.contrast(pixels) < prepare.FAINT)
    return assembled(view, [line for line in lines if _legible(line)], sum(_doubtful(line) for line in lines))


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
    return Line(quad, read_line(engine, strip))


def _legible(line: Line) -> bool:
    return bool(line.words) and line.score >= LEAST


def _doubtful(line: Line) -> bool:
    return bool(line.words) and line.score < LEAST
