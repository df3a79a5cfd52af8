"""From the recogniser's probabilities to characters: each with its score, its place along the line, what else it may be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from countersight.read.ocr.engine import Engine, Floats, Pixels

_OTHERS = 5  # candidates kept beside the one read
_LEAST = 0.02  # of a candidate's probability
_STIFF = 0.5  # how dear it is to part two characters away from the middle between them, against cutting through ink
_REACH = 0.75  # of the line's height: how far a character reaches from its middle at most


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character read. ``start`` and ``end`` are fractions of the line's length; ``others`` go from likely to less."""

    char: str
    score: float
    start: float
    end: float
    others: tuple[tuple[str, float], ...] = ()


def read_line(engine: Engine, strip: Pixels) -> tuple[Glyph, ...]:
    """The characters on a strip of one line: at each step the likeliest class; a class that lasts is one character.

    A character's score is the highest probability it had.
    """
    steps = engine.read(strip)
    best = steps.argmax(axis=1)
    cuts = [0, *(np.flatnonzero(np.diff(best)) + 1).tolist(), len(best)]
    runs = [(a, b) for a, b in pairwise(cuts) if best[a] != 0]
    extents = _extents([(a + b) / 2 / len(best) for a, b in runs], strip)
    glyphs = []
    for (a, b), (start, end) in zip(runs, extents, strict=True):
        read = int(best[a])
        peak = steps[a + int(steps[a:b, read].argmax())]
        score = round(float(peak[read]), 4)
        glyphs.append(Glyph(engine.characters[read], score, start, end, _others(peak, read, engine.characters)))
    return tuple(glyphs)


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


def _others(step: Floats, read: int, characters: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    likely = [int(k) for k in np.flatnonzero(step >= _LEAST) if k not in {0, read}]
    likely.sort(key=lambda k: (-float(step[k]), k))
    return tuple((characters[k], round(float(step[k]), 4)) for k in likely[:_OTHERS])
