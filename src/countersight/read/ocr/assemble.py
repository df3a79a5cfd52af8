"""Lines read, put together as one text with the places, scores and notes that belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from countersight.model import Box, Place
from countersight.read.glyphs import Floats
from countersight.read.ocr.confusable import WEAK, alternatives
from countersight.read.ocr.decode import Glyph
from countersight.read.ocr.detect import height_of, width_of
from countersight.read.ocr.order import Piece, Row, in_order
from countersight.read.ocr.prepare import Rect, turned_back
from countersight.read.ocr.recognised import Recognised

LEAST = 0.5  # mean score of a piece of text: what is read worse is a picture, a seal or dust
_LEVEL = 0.3  # degrees: less skew is not worth telling
_LONG = 4.0  # width over height of a line whose slope says how the page is skewed
_APART = 0.5  # of the line's height: pieces of one row nearer than this touch, where Chinese stands on one side
_WHITE = 1.0  # of the line's height: white between words that may part two columns,
_NEAR = 0.1  # and how much of it stays with either


@dataclass(frozen=True)
class Line:
    """A piece of text: its quadrilateral on the upright picture, what was read in it, and the band its places fill."""

    quad: Floats
    glyphs: tuple[Glyph, ...]
    band: Floats

    @cached_property
    def words(self) -> tuple[Glyph, ...]:
        """The characters without white space at either end."""
        solid = [k for k, glyph in enumerate(self.glyphs) if glyph.char.strip()]
        return self.glyphs[solid[0] : solid[-1] + 1] if solid else ()

    @cached_property
    def score(self) -> float:
        """Mean of the characters', 0 for none."""
        return float(np.mean([glyph.score for glyph in self.words])) if self.words else 0.0


@dataclass(frozen=True, slots=True)
class View:
    """How the upright picture came from the displayed one, ``width`` by ``height`` pixels, and what was seen on it.

    A ``margin`` was put around it, then it was ``turned`` clockwise by degrees.
    """

    width: int
    height: int
    margin: int = 0
    turned: int = 0
    seals: tuple[Rect, ...] = ()
    faint: bool = False
    shaded: bool = False

    def box(self, corners: Floats) -> Box:
        """The box around points of the upright picture, as fractions of the displayed one."""
        double = 2 * self.margin
        points = turned_back(corners, self.turned, self.width + double, self.height + double) - self.margin
        x, y = np.clip(points[:, 0] / self.width, 0, 1), np.clip(points[:, 1] / self.height, 0, 1)
        return Box(*(round(float(side), 5) for side in (x.min(), y.min(), x.max(), y.max())))

    def sealed(self, box: Box) -> bool:
        """Whether a seal lies over the middle of a box."""
        x, y = (box.x0 + box.x1) / 2 * self.width, (box.y0 + box.y1) / 2 * self.height
        return any(left <= x <= left + w and top <= y <= top + h for left, top, w, h in self.seals)


@dataclass(slots=True)
class _Draft:
    """A text while it is being written."""

    view: View
    text: list[str] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    alternatives: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def space(self, between: str) -> None:
        """White space that is not on the page."""
        self.text.extend(between)
        self.scores.extend(1.0 for _ in between)

    def write(self, line: Line) -> None:
        """The characters of a line."""
        for glyph in line.words:
            at = len(self.text)
            self.text.append(glyph.char)
            self.scores.append(glyph.score)
            if glyph.char.strip():
                self.places.append(Place(at, at + 1, self.view.box(_corners(line.band, glyph))))
            if others := alternatives(glyph):
                self.alternatives[at] = others


def _corners(quad: Floats, glyph: Glyph) -> Floats:
    """The part of a line's quadrilateral that a character takes up."""
    along = np.array([[glyph.start], [glyph.end]], np.float32)
    return np.concatenate([quad[0] + (quad[1] - quad[0]) * along, quad[3] + (quad[2] - quad[3]) * along])


def assembled(view: View, found: list[Line]) -> Recognised:
    """The reading of a picture from the lines found, in whatever order. Lines that cannot be made out are counted."""
    legible = [line for line in found if line.score >= LEAST]
    unread = sum(bool(line.words) for line in found) - len(legible)
    lines = [part for line in legible for part in _parted(line)]
    angle = _skew(lines)
    rows, columns = in_order([_piece(key, line.quad, angle) for key, line in enumerate(lines)])
    draft = _Draft(view)
    for row in rows:
        draft.space("\n" if draft.text else "")
        _write(draft, row, lines)
    read = [score for char, score in zip(draft.text, draft.scores, strict=True) if char.strip()]
    return Recognised(
        "".join(draft.text),
        tuple(draft.places),
        tuple(draft.scores),
        round(float(np.mean(read)), 4) if read else None,
        view.turned,
        tuple(_notes(draft, angle, columns, unread)),
        draft.alternatives,
    )


def _parted(line: Line) -> Iterator[Line]:
    """A line cut where white as wide as it is high stands between words: there it may run across two columns."""
    wide = _WHITE * height_of(line.quad) / max(width_of(line.quad), 1.0)
    words = [glyph for glyph in line.words if glyph.char.strip()]
    gaps = [(one.end, other.start) for one, other in pairwise(words) if other.start - one.end >= wide]
    if not gaps:
        yield line
        return
    near = _NEAR * wide
    starts, ends = [0.0, *(b - near for _, b in gaps)], [*(a + near for a, _ in gaps), 1.0]
    for start, end in zip(starts, ends, strict=True):
        yield Line(_slice(line.quad, start, end), tuple(_within(line, start, end)), _slice(line.band, start, end))


def _slice(quad: Floats, start: float, end: float) -> Floats:
    """A quadrilateral from one fraction of its length to another."""
    upper, lower = quad[1] - quad[0], quad[2] - quad[3]
    sides = [quad[0] + upper * start, quad[0] + upper * end, quad[3] + lower * end, quad[3] + lower * start]
    return np.stack(sides).astype(np.float32)


def _within(line: Line, start: float, end: float) -> Iterator[Glyph]:
    for glyph in line.words:
        if start <= (glyph.start + glyph.end) / 2 <= end:
            along = ((at - start) / (end - start) for at in (glyph.start, glyph.end))
            yield replace(glyph, start=next(along), end=next(along))


def _write(draft: _Draft, row: Row, lines: list[Line]) -> None:
    draft.write(lines[row[0].key])
    for left, right in pairwise(row):
        touch = right.x0 - left.x1 < _APART * min(left.height, right.height)
        ends = lines[left.key].words[-1].char, lines[right.key].words[0].char
        draft.space("" if touch and not all(char.isascii() for char in ends) else " ")
        draft.write(lines[right.key])


def _skew(lines: list[Line]) -> float:
    """By how many degrees the lines fall to the right: the median of the long ones, weighted by their length."""
    quads = [line.quad for line in lines if width_of(line.quad) >= _LONG * height_of(line.quad)]
    slopes = sorted((_slope(quad), width_of(quad)) for quad in quads)
    half = sum(length for _, length in slopes) / 2
    for slope, length in slopes:
        half -= length
        if half <= 0:
            return slope
    return 0.0


def _slope(quad: Floats) -> float:
    dx, dy = (quad[1] - quad[0] + quad[2] - quad[3]).tolist()
    return float(np.degrees(np.arctan2(dy, dx)))


def _piece(key: int, quad: Floats, angle: float) -> Piece:
    """The box of a line once the page's skew is taken out."""
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    straight = quad @ np.array([[cos, -sin], [sin, cos]], np.float32)
    (x0, y0), (x1, y1) = straight.min(axis=0).tolist(), straight.max(axis=0).tolist()
    return Piece(key, x0, y0, x1, y1)


def _notes(draft: _Draft, angle: float, columns: int, unread: int) -> Iterator[str]:
    view = draft.view
    if view.turned:
        yield f"turned by {view.turned} degrees"
    if abs(angle) >= _LEVEL:
        yield f"skewed by {abs(angle):.1f} degrees"
    if view.faint:
        yield "low contrast"
    if view.shaded:
        yield "uneven light"
    if view.seals:
        over = any(view.sealed(place.box) for place in draft.places)
        yield "red seal over text" if over else "red seal, not read"
    if columns > 1:
        yield f"{columns} columns"
    if unread:
        yield f"{unread} pieces of text not legible" if unread > 1 else "1 piece of text not legible"
    weak = sum(draft.scores[place.start] < WEAK for place in draft.places)
    if weak:  # which they are is told beside the masked text: here they might be somebody's number
        yield f"{weak} characters read weakly" if weak > 1 else "1 character read weakly"
