"""Where on the page each character of a line lies: the recogniser says roughly where, the ink around says exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from countersight.read.glyphs import Floats
from countersight.read.ocr.decode import Glyph
from countersight.read.ocr.detect import height_of, strip_of, width_of
from countersight.read.ocr.engine import Pixels

_AROUND = 0.15  # times the line's height: what is looked at beyond the ends of the quadrilateral, where ink may go on,
_ABOVE = 0.15  # and above and below it
_LATE = 0.05  # times the line's height: so much too far on the recogniser answers, on average over 5,000 characters
_INKED = 0.3  # of the strongest ink: what is fainter is paper
_FAINTEST = 10  # levels: ink no darker is the grain of the paper
_STIFF = 1.5  # how dear it is, times the square of line heights, that ink lies off the middle of its character,
_LOST = 0.25  # and so far off it is taken to be where there is none
_NEAR = 0.1  # times the line's height: so far beyond the middles of two characters their parting may lie
_STEPS = 20  # levels of ink that are told apart
_NEVER = 1e6
_REACH = 0.75  # times the line's height: how far a character reaches from its middle at most
_OWN = 0.8  # of a connected stretch of ink between two partings: so much, and all of it is one character's
_TALL, _LONG = 0.95, 2.5  # a rule crosses so much of the strip, or is so many line heights long
_RULE = "|[]Il1丨"  # what a rule is read as
_MARGIN = 0.04  # times the line's height, a pixel at least: left around the ink, as its edges are soft

Mask = NDArray[np.uint8]
Cuts = NDArray[np.intp]  # between columns of pixels


@dataclass(frozen=True, slots=True)
class Fitted:
    """Characters with ``start`` and ``end`` as fractions of the length of ``quad``, which is as high as their places.

    They may lie a little below 0 or above 1.
    """

    quad: Floats
    glyphs: tuple[Glyph, ...]


def fitted(pixels: Pixels, quad: Floats, glyphs: Sequence[Glyph]) -> Fitted:
    """Characters read in a quadrilateral, each as wide as its ink; ``glyphs`` come with the steps they were read at.

    Neighbours part where least ink lies between them. Rules of a table and ink of the lines above and below belong to
    none; a rule that was read as a character at either end is left out. Another character without ink of its own keeps
    the room between its neighbours.
    """
    width, height = width_of(quad), height_of(quad)
    solid = [n for n, glyph in enumerate(glyphs) if glyph.char.strip()]
    if not solid or min(width, height) < 1:
        return Fitted(quad, tuple(glyphs))
    beside, above = round(_AROUND * height), round(_ABOVE * height)
    parts = _stretches(strip_of(pixels, _grown(quad, beside / width, above / height)), above)
    middles = [(glyphs[n].start + glyphs[n].end) / 2 * width - _LATE * height + beside for n in solid]
    extents, inked = _extents(parts, middles, height)
    placed = dict(enumerate(glyphs))
    for n, (x0, x1) in zip(solid, extents, strict=True):
        placed[n] = replace(glyphs[n], start=(x0 - beside) / width, end=(x1 - beside) / width)
    for n, known in ((solid[0], inked[0]), (solid[-1], inked[-1])):
        if not known and glyphs[n].char in _RULE and len(solid) > 1:
            placed.pop(n, None)
    top, bottom = _band(parts, extents, above, height)
    return Fitted(_cut(quad, (top - above) / height, (bottom - above) / height), tuple(placed.values()))


def _grown(quad: Floats, beside: float, above: float) -> Floats:
    """A quadrilateral with so much of its length added at either end, of its height above and below."""
    along = (quad[1] - quad[0] + quad[2] - quad[3]) / 2 * beside
    down = (quad[3] - quad[0] + quad[2] - quad[1]) / 2 * above
    grown: Floats = quad + np.stack([-along - down, along - down, along + down, down - along])
    return grown


def _cut(quad: Floats, top: float, bottom: float) -> Floats:
    """A quadrilateral from one fraction of its height to another."""
    left, right = quad[3] - quad[0], quad[2] - quad[1]
    sides = [quad[0] + left * top, quad[1] + right * top, quad[1] + right * bottom, quad[0] + left * bottom]
    return np.stack(sides).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Ink:
    """The ink of a line: how strong it is (0 to 1) at each pixel, and the connected stretches of it."""

    strength: Floats
    labels: NDArray[np.int32]
    boxes: NDArray[np.int32]  # (n, 4): x0, y0, x1, y1


def _stretches(strip: Pixels, above: int) -> _Ink:
    """The ink of a strip that is neither a rule nor another line's; the line has ``above`` pixels on either side."""
    grey = cv2.cvtColor(strip, cv2.COLOR_RGB2GRAY)
    height = strip.shape[0] - 2 * above
    grey = grey if float(np.median(grey)) >= float(grey.mean()) else 255 - grey  # ink is the darker, or made so
    paper = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((strip.shape[0], max(3, height)), np.uint8))
    darker = cv2.subtract(paper, grey)
    strongest = max(float(np.percentile(darker, 99)), _FAINTEST)
    mask = _without_rules((darker > _INKED * strongest).astype(np.uint8), above)
    count, labels, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    x, y, w, h = stats[:, 0], stats[:, 1], stats[:, 2], stats[:, 3]
    own = (centres[:, 1] >= above) & (centres[:, 1] < above + height) & (np.arange(count) > 0)
    number = np.cumsum(own) * own
    strength = np.where(own[labels], darker / np.float32(strongest), 0).astype(np.float32)
    return _Ink(strength, number[labels].astype(np.int32), np.stack([x, y, x + w, y + h], axis=1)[own])


def _without_rules(mask: Mask, above: int) -> Mask:
    """Ink without the rules of tables and under words: straight runs from top to foot, long ones at either."""
    high, wide = mask.shape
    height = high - 2 * above
    down = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((max(1, round(_TALL * high)), 1), np.uint8))
    long = max(1, round(min(_LONG * height, _TALL * wide)))
    across = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    across[above + height // 4 : above + height - height // 4] = 0  # a dash
    rules = cv2.dilate(cv2.max(down, across), np.ones((3, 3), np.uint8))
    return np.where(rules > 0, 0, mask).astype(np.uint8)


def _extents(ink: _Ink, middles: list[float], height: float) -> tuple[list[tuple[float, float]], list[bool]]:
    """From where to where each character reaches, pixels of the strip, and whether it has ink."""
    edges = _partings(ink.strength.sum(axis=0), middles, height)
    found = _owned(ink, edges)
    margin, reach = max(1.0, _MARGIN * height), _REACH * height
    extents = []
    for n, middle in enumerate(middles):
        x0, x1 = found[n] or (0, 0)
        room = max(edges[n], middle - reach), min(edges[n + 1], middle + reach)
        extents.append((x0 - margin, x1 + margin) if found[n] else room)
    return extents, [ink is not None for ink in found]


def _partings(columns: Floats, middles: list[float], height: float) -> list[float]:
    """Where characters part, the ends of the strip included: the cheapest way through the valleys of the ink.

    Dear are cutting through ink, and ink whose middle is not where the recogniser saw the character.
    """
    columns = columns / np.float32(max(float(np.percentile(columns, 90)), 1.0))
    first, last = _edges(columns)
    weight = np.append(columns, 0)
    near, valleys, length = _NEAR * height, _valleys(columns), len(columns)
    inner = [_between(columns, valleys, a - near, b + near) for a, b in pairwise(middles)]
    cuts = [np.zeros(1, np.intp), *(np.minimum(cut, length) for cut in inner), np.array([length])]
    costs, came = np.zeros(1), []
    for middle, here, then in zip(middles, cuts, cuts[1:], strict=False):
        x0, x1 = first[here][:, None], last[then]
        empty = x1 <= x0
        centre = np.where(empty, here[:, None] + then, x0 + x1) / 2
        off = np.abs(centre - middle) / height + _LOST * empty
        steps = costs[:, None] + _STIFF * off**2 + _NEVER * (then <= here[:, None])
        came.append(steps.argmin(axis=0))
        costs = steps.min(axis=0) + weight[then]
    chosen = [int(costs.argmin())]
    for back in reversed(came):
        chosen.append(int(back[chosen[-1]]))
    return [float(cut[k]) for cut, k in zip(cuts, reversed(chosen), strict=True)]


def _edges(columns: Floats) -> tuple[Cuts, Cuts]:
    """For each cut between columns where ink first begins behind it, and where it last ended before it."""
    inked, at = columns > 0, np.arange(len(columns) + 1)
    begins = np.where(np.append(inked, True), at, len(columns))
    ends = np.where(np.insert(inked, 0, True), at, 0)
    return np.minimum.accumulate(begins[::-1])[::-1], np.maximum.accumulate(ends)


def _valleys(columns: Floats) -> Cuts:
    """The middles of the stretches that have less ink than what is on either side."""
    steps = np.concatenate([[_STEPS + 1], np.rint(columns * _STEPS), [_STEPS + 1]])
    begin = np.concatenate([[0], np.flatnonzero(np.diff(steps)) + 1])
    level = steps[begin]
    deep = np.flatnonzero((level[1:-1] < level[:-2]) & (level[1:-1] < level[2:])) + 1
    middles: Cuts = (begin[deep] + begin[deep + 1]) // 2 - 1
    return middles


def _between(columns: Floats, valleys: Cuts, start: float, end: float) -> Cuts:
    """The valleys between two places, the first column of least ink, and the middle of both."""
    low, high = max(0, int(start)), min(len(columns), int(end) + 1)
    least = low + int(columns[low:high].argmin()) if low < high else low
    found = valleys[np.searchsorted(valleys, low) : np.searchsorted(valleys, end)]
    return np.append(found, [least, max(0, round((start + end) / 2))])


def _owned(ink: _Ink, edges: list[float]) -> list[tuple[float, float] | None]:
    """From where to where the ink between each two edges reaches; a stretch that is nearly all one's is all its own."""
    found: list[tuple[float, float] | None] = [None] * (len(edges) - 1)
    for number, (x0, y0, x1, y1) in enumerate(ink.boxes.tolist(), 1):
        first, last = (max(0, int(np.searchsorted(edges, x, "right")) - 1) for x in (x0 + 0.5, x1 - 0.5))
        shares = [(first, x0, x1)]
        if last > first:
            part = (ink.labels[y0:y1, x0:x1] == number).sum(axis=0)
            shares = _shared(part, x0, edges, (first, min(last, len(found) - 1)))
        for n, a, b in shares:
            known = found[n] or (a, b)
            found[n] = min(known[0], a), max(known[1], b)
    return found


def _shared(part: NDArray[np.int64], x0: int, edges: list[float], among: tuple[int, int]) -> list[tuple[int, int, int]]:
    """A stretch of ink that lies on both sides of partings: whose it is, from where to where."""
    cuts = [0, *(min(max(round(edges[n]) - x0, 0), len(part)) for n in range(among[0] + 1, among[1] + 1)), len(part)]
    pieces = [(among[0] + k, a, b) for k, (a, b) in enumerate(pairwise(cuts)) if b > a]
    total = int(part.sum())
    for n, a, b in pieces:
        if int(part[a:b].sum()) >= _OWN * total:
            return [(n, x0, x0 + len(part))]
    return [(n, x0 + a, x0 + b) for n, a, b in pieces]


def _band(ink: _Ink, extents: list[tuple[float, float]], above: int, height: float) -> tuple[float, float]:
    """From where to where the line reaches: as high as its quadrilateral, higher where its ink is."""
    margin = max(1.0, _MARGIN * height)
    x0, x1 = extents[0][0], extents[-1][1]
    near = [box for box in ink.boxes.tolist() if box[0] < x1 and box[2] > x0]
    tops, bottoms = [box[1] - margin for box in near], [box[3] + margin for box in near]
    return min([float(above), *tops]), max([above + height, *bottoms])
