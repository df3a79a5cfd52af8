"""Tables on a page that was read: found by their rules or by their columns, and written out row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from countersight.model import Block, Box, Place
from countersight.read.arranged import Arranged, Cell, Table, arranged, in_rows
from countersight.read.columns import in_lines, open_tables
from countersight.read.glyphs import Floats, Glyphs
from countersight.read.grid import Grid, Slot
from countersight.read.ocr.confusable import alternatives
from countersight.read.ocr.decode import Glyph, read_line
from countersight.read.ocr.detect import strip_of
from countersight.read.ocr.engine import Pixels, engine
from countersight.read.ocr.fit import fitted
from countersight.read.ocr.frame import Frame, Mask, frame_of, tightened
from countersight.read.ocr.missed import Rectangle, missed
from countersight.read.ocr.prepare import pixels_of
from countersight.read.ocr.recognised import Recognised
from countersight.read.ocr.rules import grids

_FILLED = 2  # cells with words that a ruled table has at least
_LEAST = 0.5  # mean score of what is read once more: what is read worse is dust


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as tables are looked for on it: upright, its glyphs, its ink."""

    frame: Frame
    glyphs: Glyphs
    ink: Mask

    @classmethod
    def of(cls, text: str, places: Sequence[Box | None], image: Pixels, turned: int) -> Sheet:
        """The view of a page that was read."""
        frame = frame_of(text, places, image, turned)
        glyphs = frame.glyphs(text, places)
        return cls(frame, glyphs, frame.ink(image, glyphs.size))

    def tables(self) -> tuple[Table, ...]:
        """The tables, from top to bottom."""
        if not self.glyphs.at:
            return ()
        ruled, left = _ruled(self.frame, self.glyphs, self.ink)
        found = [*ruled, *_open(self.frame, tightened(self.glyphs, self.ink), left)]
        return tuple(table for _, table in sorted(found, key=lambda pair: pair[0]))

    def missed(self, found: tuple[Table, ...]) -> list[Rectangle]:
        """Where there is ink in cells without words."""
        index = {at: n for n, at in enumerate(self.glyphs.at)}
        tight = tightened(self.glyphs, self.ink)
        where: list[Rectangle] = []
        for table in found:
            cells = {
                (cell.row, cell.column): (cell.rows, cell.columns, [index[at] for line in cell.lines for at in line])
                for row in table
                for cell in row
            }
            where += missed(tight, self.ink, cells)
        return where


def tables(text: str, places: Sequence[Box | None], image: Pixels, turned: int = 0) -> tuple[Table, ...]:
    """The tables of a page, each as rows of cells with words in them.

    ``places`` has one box or None for each character of ``text``, on the page as displayed. ``image`` shows it (RGB);
    it must be turned clockwise by ``turned`` degrees to stand upright.
    """
    return Sheet.of(text, places, image, turned).tables()


def _ruled(frame: Frame, glyphs: Glyphs, ink: Mask) -> tuple[list[tuple[float, Table]], list[int]]:
    """Ruled tables, each with the height it lies at, and the glyphs in none."""
    found, left = [], list(range(len(glyphs.at)))
    centres = glyphs.centres()
    for grid in grids(ink, glyphs.size):
        held: dict[Slot, list[int]] = {}
        for n in left:
            slot = grid.slot(float(centres[n, 0]), float(centres[n, 1]))
            if slot:
                held.setdefault(slot, []).append(n)
        if len(held) < _FILLED:
            continue
        taken = {n for members in held.values() for n in members}
        left = [n for n in left if n not in taken]
        found.append((grid.ys[0], in_rows([_ruled_cell(frame, glyphs, grid, slot, held[slot]) for slot in held])))
    return found, left


def _ruled_cell(frame: Frame, glyphs: Glyphs, grid: Grid, slot: Slot, members: list[int]) -> Cell:
    spans = slot.bottom - slot.top + 1, slot.right - slot.left + 1
    lines = _offsets(glyphs, in_lines(glyphs, members))
    return Cell(slot.top + 1, slot.left + 1, *spans, lines, frame.box(*grid.extent(slot)))


def _open(frame: Frame, glyphs: Glyphs, left: list[int]) -> list[tuple[float, Table]]:
    found = []
    for parts in open_tables(glyphs, left):
        cells = []
        for part in parts:
            boxes = glyphs.box[list(part.glyphs)]
            box = frame.box(*(float(v) for v in (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0))))
            lines = _offsets(glyphs, in_lines(glyphs, list(part.glyphs)))
            cells.append(Cell(part.row + 1, part.column + 1, 1, part.columns, lines, box))
        found.append((min(float(glyphs.box[n, 1]) for part in parts for n in part.glyphs), in_rows(cells)))
    return found


def _offsets(glyphs: Glyphs, lines: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(glyphs.at[n] for n in line) for line in lines)


def laid_out(recognised: Recognised, image: Image.Image) -> tuple[Recognised, tuple[Block, ...]]:
    """A reading with its tables written out row by row, and their rows and cells. ``image`` is what was read.

    Places, scores and alternatives go with their characters. Cells that have ink but no words are read once more.
    """
    if not recognised.places:
        return recognised, ()
    pixels = pixels_of(image)
    sheet = Sheet.of(recognised.text, _boxes(recognised), pixels, recognised.turned)
    found = sheet.tables()
    again = _read_again(recognised, sheet, pixels, sheet.missed(found))
    if again is not recognised:
        recognised = again
        found = Sheet.of(recognised.text, _boxes(recognised), pixels, recognised.turned).tables()
    return _moved(recognised, arranged(recognised.text, found)) if found else (recognised, ())


def _boxes(recognised: Recognised) -> list[Box | None]:
    """The place of each character."""
    boxes: list[Box | None] = [None] * len(recognised.text)
    for place in recognised.places:
        boxes[place.start : place.end] = [place.box] * (place.end - place.start)
    return boxes


def _moved(recognised: Recognised, found: Arranged) -> tuple[Recognised, tuple[Block, ...]]:
    """A reading arranged anew."""
    boxes = _boxes(recognised)
    moved = {at: n for n, at in enumerate(found.order) if at >= 0}
    changed = replace(
        recognised,
        text=found.text,
        places=tuple(Place(n, n + 1, box) for n, at in enumerate(found.order) if at >= 0 and (box := boxes[at])),
        scores=tuple(recognised.scores[at] if at >= 0 else 1.0 for at in found.order),
        alternatives={moved[at]: others for at, others in recognised.alternatives.items() if at in moved},
    )
    return changed, found.blocks


def _read_again(recognised: Recognised, sheet: Sheet, pixels: Pixels, where: list[Rectangle]) -> Recognised:
    """The reading with what stands in some places added at its end, a line each; itself where nothing legible does."""
    text, places, scores = recognised.text, list(recognised.places), list(recognised.scores)
    others = dict(recognised.alternatives)
    upright = sheet.frame.pixels(pixels) if where else pixels
    for x0, y0, x1, y1 in where:
        quad = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)
        read = [glyph for glyph in _fitted(upright, quad) if glyph.char.strip()]
        if not read or sum(glyph.score for glyph in read) < _LEAST * len(read):
            continue
        text += "\n"
        scores.append(1.0)
        for glyph in read:
            left, right = (x0 + (x1 - x0) * along for along in (glyph.start, glyph.end))
            places.append(Place(len(text), len(text) + 1, sheet.frame.box(left, y0, right, y1)))
            if found := alternatives(glyph):
                others[len(text)] = found
            text += glyph.char
            scores.append(glyph.score)
    if text == recognised.text:
        return recognised
    return replace(recognised, text=text, places=tuple(places), scores=tuple(scores), alternatives=others)


def _fitted(upright: Pixels, quad: Floats) -> tuple[Glyph, ...]:
    """What is read in a rectangle."""
    return fitted(upright, quad, read_line(engine(), strip_of(upright, quad))).glyphs
