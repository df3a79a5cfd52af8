"""Tables on a page that was read: found by their rules or by their columns, and written out row by row.

The text of a table is laid out as that of every other reader: rows on lines of their own, cells apart by a tab, empty
cells leaving nothing. A cell's ``ref`` is ``T1R2C3``: table, row and column from 1; a merged cell has those of its top
left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np
from PIL import Image

from countersight.model import Block, BlockKind, Box, Place
from countersight.read.layout import PageText
from countersight.read.ocr.columns import in_lines, open_tables
from countersight.read.ocr.confusable import alternatives
from countersight.read.ocr.decode import Glyph, read_line
from countersight.read.ocr.detect import strip_of
from countersight.read.ocr.engine import Floats, Pixels, engine
from countersight.read.ocr.fit import fitted
from countersight.read.ocr.frame import Frame, Glyphs, Mask, frame_of, tightened
from countersight.read.ocr.missed import Rectangle, missed
from countersight.read.ocr.prepare import pixels_of
from countersight.read.ocr.recognised import Recognised
from countersight.read.ocr.rules import Grid, Slot, grids

_FILLED = 2  # cells with words that a ruled table has at least
_LEAST = 0.5  # mean score of what is read once more: what is read worse is dust
_WIDE = 0x2E7F  # East Asian characters lie above: their lines are joined with nothing between


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: ``row`` and ``column`` from 1, how many of each it spans, its words and where it lies.

    ``lines`` are offsets into the text as read, line by line in reading order; ``box`` is that of the ruled cell, or
    where there are no rules of the words, on the page as displayed.
    """

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[tuple[int, ...], ...]
    box: Box


Row = tuple[Cell, ...]
Table = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Arranged:
    """A page's text with its tables laid out. ``order[i]`` is where ``text[i]`` stood, -1 for what was put between."""

    text: str
    order: tuple[int, ...]
    blocks: tuple[Block, ...]


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
        found.append((grid.ys[0], _rows([_ruled_cell(frame, glyphs, grid, slot, held[slot]) for slot in held])))
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
        found.append((min(float(glyphs.box[n, 1]) for part in parts for n in part.glyphs), _rows(cells)))
    return found


def _offsets(glyphs: Glyphs, lines: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(glyphs.at[n] for n in line) for line in lines)


def _rows(cells: list[Cell]) -> Table:
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    return tuple(tuple(row) for _, row in groupby(ordered, key=lambda cell: cell.row))


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


def arranged(text: str, found: tuple[Table, ...]) -> Arranged:
    """A page's text with its tables laid out where each began; all else stays as it is.

    No character that is not white space is lost or added, and none changes.
    """
    cells = ((n, cell) for n, table in enumerate(found) for row in table for cell in row)
    return _Writer(text, found, {at: n for n, cell in cells for line in cell.lines for at in line}).write()


class _Writer:
    """Writes lines of text and tables, keeping for each character where it stood."""

    def __init__(self, text: str, found: tuple[Table, ...], owner: dict[int, int]) -> None:
        self._text, self._found, self._owner = text, found, owner
        self._out, self._order = PageText(), list[int]()
        self._numbers: dict[int, int] = {}

    def write(self) -> Arranged:
        start = 0
        for line in self._text.split("\n"):
            self._line(range(start, start + len(line)))
            start += len(line) + 1
        page = self._out.page()
        return Arranged(page.text, tuple(self._order), page.blocks)

    def _line(self, line: range) -> None:
        """One line of the text as read: what of it is in no table, before the tables that begin in it."""
        rest = [at for at in line if at not in self._owner]
        if any(not self._text[at].isspace() for at in rest):
            self._break()
            self._copy(_trimmed(self._text, rest))
        elif not line:
            self._break()
        for at in line:
            if at in self._owner and self._owner[at] not in self._numbers:
                self._numbers[self._owner[at]] = len(self._numbers) + 1
                self._table(self._owner[at])

    def _table(self, n: int) -> None:
        for row in self._found[n]:
            self._break()
            start = self._out.length
            ref = f"T{self._numbers[n]}R{row[0].row}"
            for cell in row:
                self._put("\t" if self._out.length > start else "")
                at = self._out.length
                self._cell(cell)
                self._out.mark(at, BlockKind.CELL, f"{ref}C{cell.column}")
            self._out.mark(start, BlockKind.ROW, ref)

    def _cell(self, cell: Cell) -> None:
        for n, line in enumerate(cell.lines):
            if n:
                self._put(_between(self._text[cell.lines[n - 1][-1]], self._text[line[0]]))
            self._words(line)

    def _words(self, line: tuple[int, ...]) -> None:
        """The characters of a line and the spaces between them; what was read as several lines is joined."""
        self._copy(line[:1])
        for one, other in pairwise(line):
            between = self._text[one + 1 : other]
            if between.isspace() and "\n" not in between:
                self._copy(range(one + 1, other))
            elif other != one + 1:
                self._put(_between(self._text[one], self._text[other]))
            self._copy((other,))

    def _break(self) -> None:
        self._put("\n" if self._out.length else "")

    def _put(self, text: str) -> None:
        self._out.write(text)
        self._order += [-1] * len(text)

    def _copy(self, offsets: Sequence[int]) -> None:
        self._out.write("".join(self._text[at] for at in offsets))
        self._order += offsets


def _trimmed(text: str, offsets: list[int]) -> list[int]:
    """The offsets without white space at either end."""
    kept = [n for n, at in enumerate(offsets) if not text[at].isspace()]
    return offsets[kept[0] : kept[-1] + 1]


def _between(last: str, first: str) -> str:
    """What stands between two lines of a cell: nothing where Chinese goes on, else a space."""
    return "" if ord(last) > _WIDE or ord(first) > _WIDE else " "
