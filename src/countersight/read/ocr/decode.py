"""From the recogniser's probabilities to characters: their scores, where on the line, and what else they may be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from unicodedata import normalize

import numpy as np

from countersight.read.glyphs import Floats
from countersight.read.ocr.engine import Engine, Pixels

_OTHERS = 5  # candidates kept beside the one read
_LEAST = 0.005  # of a candidate's probability


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character read: from where to where it reaches, as fractions of the line's length, and what else it may be.

    As it is read, it reaches over the steps that say it; where its ink lies is for :func:`fit.fitted` to find.
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
    return tuple(_glyph(steps[a:b], int(best[a]), (a / len(best), b / len(best)), engine.characters) for a, b in runs)


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
