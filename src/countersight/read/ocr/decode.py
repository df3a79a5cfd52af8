"""From the recogniser's probabilities to characters: their scores, places along the line, and what else they may be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from unicodedata import normalize

import cv2
import numpy as np

from countersight.read.glyphs import Floats
from countersight.read.ocr.engine import Engine, Pixels

_OTHERS = 5  # candidates kept beside the one read
_LEAST = 0.005  # of a candidate's probability
_STIFF = 0.5  # how dear it is to part two characters away from the middle between them, against cutting through ink
_REACH = 0.75  # of the line's height: how far a character reaches from its middle at most


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character read: from where to where it reaches, as fractions of the line's length, and what else it may be.

    ``others`` are the recogniser's candidates with their probabilities, the likeliest first.
    """

    char: str
    score: float
    start: float
    end: float
    others: tuple[tuple[str, float], ...] = ()


def read_line(engine: Engine, strip: Pixels) -> tuple[Glyph, ...]:
    """The characters on a strip of one line: at each step the likeliest class; a class that lasts is one character.

    A character's score is the highest probability it had, that of its other forms (full-width, half-width) added.
    """
    steps = engine.read(strip)
    best = steps.argmax(axis=1)
    cuts = [0, *(np.flatnonzero(np.diff(best)) + 1).tolist(), len(best)]
    runs = [(a, b) for a, b in pairwise(cuts) if best[a] != 0]
    extents = _extents([(a + b) / 2 / len(best) for a, b in runs], strip)
    return tuple(
        _glyph(steps[a:b], int(best[a]), extent, engine.characters)
        for (a, b), extent in zip(runs, extents, strict=True)
    )


def _glyph(steps: Floats, read: int, extent: tuple[float, float], characters: tuple[str, ...]) -> Glyph:
    """The character of some steps. One form of it taken for another, as full-width for half-width, is no doubt."""
    peak = steps[int(steps[:, read].argmax())]
    likely = [int(k) for k in np.flatnonzero(peak >= _LEAST) if k not in {0, read}]
    likely.sort(key=lambda k: (-float(peak[k]), k))
    same = [k for k in likely if _folded(characters[k]) == _folded(characters[read])]
    score = min(1.0, float(peak[read]) + sum(float(peak[k]) for k in same))
    others = tuple((characters[k], round(float(peak[k]), 4)) for k in likely if k not in same)
    return Glyph(characters[read], round(score, 4), *extent, others[:_OTHERS])


def _folded(char: str) -> str:
    return normalize("NFKC", char)


def _extents(middles: list[float], strip: Pixels) -> list[tuple[float, float]]:
    """From where to where each character reaches, given its middle: all as fractions of the strip's length.

    Neighbours part where least ink lies between their middles; the outer ones reach to the ends of the strip.
    """
    ink = _ink(strip)
    reach = _REACH * strip.shape[0] / strip.shape[1]
    edges = [0.0, *(_parting(ink, a, b) for a, b in pairwise(middles)), 1.0]
    return [(max(a, m - reach), min(b, m + reach)) for m, (a, b) in zip(middles, pairwise(edges), strict=bool(middles))]


def _ink(strip: Pixels) -> Floats:
    """How much of each column of pixels is not paper, from 0 to about 1."""
    grey = cv2.cvtColor(strip, cv2.COLOR_RGB2GRAY).astype(np.float32)
    off = np.abs(grey - np.median(grey)).sum(axis=0)
    ink: Floats = off / max(float(np.percentile(off, 90)), 1.0)
    return ink


def _parting(ink: Floats, left: float, right: float) -> float:
    """Where, between two middles, the characters part."""
    first, last = int(left * len(ink)), max(int(left * len(ink)) + 1, int(right * len(ink)))
    columns = np.arange(first, last) + 0.5
    middle = (left + right) / 2 * len(ink)
    cost = ink[first:last] + _STIFF * ((columns - middle) / (last - first)) ** 2
    return float(columns[int(cost.argmin())]) / len(ink)
