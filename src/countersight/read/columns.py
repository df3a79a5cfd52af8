"""Tables without rules: lines of text whose words keep to the same columns.

A row of print is what lies at one height. Rows with several pieces, far apart, that follow one another are a table
where the gaps between their words fall in line. Text in two columns is no table: its pieces fill their columns.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from countersight.read.glyphs import Glyphs

_APART = 0.9  # times the height of a line: pieces of one line of print this far apart are two
_WORD = 0.28  # times the height of a line: a gap between words
_CUT = 0.15  # times the height of a line: a gap that parts two cells where a column ends
_FEWEST_ROWS, _FEWEST_COLUMNS = 3, 3
_CROSSED = 0.12  # of the rows may have words in the gap between two columns
_GAP = 0.25  # times the height of a line: the narrowest gap between columns,
_USUAL_GAP = 0.6  # and the narrowest it is in half of the rows
_LONG = 11.0  # times the height of a line: columns of nothing shorter are prose
_OVERLAP = 0.45  # of the lower one's height: pieces that share more are on one row of print
_FULL = 0.6  # of a table's width: no piece of it is longer
_ACROSS = 6.0  # times the height of a line: a sum that reaches into the next column is no longer
_NEARLY = 0.7  # of a cell's glyphs that lie in the column it belongs to, though it reaches into another
_FAR = 3.0  # times the height of a line: rows of print further apart are not of one table
_KEYED = 0.5  # of the rows of print with several pieces that fill the column whose words begin a row


Stretch = tuple[float, float]  # from x0 to x1, pixels


@dataclass(slots=True)
class Piece:
    """Glyphs, by index, that stand together on one line of print."""

    glyphs: list[int]
    x0: float
    x1: float
    y0: float
    y1: float


@dataclass(slots=True)
class Band:
    """A row of print: what lies at one height."""

    pieces: list[Piece]
    y0: float = field(init=False)
    y1: float = field(init=False)

    def __post_init__(self) -> None:
        self.y0, self.y1 = min(p.y0 for p in self.pieces), max(p.y1 for p in self.pieces)


@dataclass(frozen=True, slots=True)
class Part:
    """Glyphs, by index in reading order, of one cell: its row, first column and how many columns it spans, from 0."""

    row: int
    column: int
    columns: int
    glyphs: tuple[int, ...]


def open_tables(glyphs: Glyphs, among: list[int], fewest: int = _FEWEST_COLUMNS) -> list[list[Part]]:
    """The tables of ``fewest`` columns and more among some glyphs, from top to bottom."""
    size = glyphs.size
    found = []
    for run in _runs(_bands(pieces(glyphs, among, _APART * size)), size):
        table = _trimmed(glyphs, run, size)
        columns = _columns(glyphs, table, size)
        if len(columns) >= fewest and not _is_prose(glyphs, table, columns, size):
            found.append(_parts(glyphs, table, columns, size))
    return found


def in_lines(glyphs: Glyphs, among: list[int]) -> list[list[int]]:
    """Glyphs of one cell line by line, from top to bottom, each line from left to right."""
    bands = _bands(pieces(glyphs, among, _APART * glyphs.size))
    return [[n for piece in band.pieces for n in piece.glyphs] for band in bands]


def pieces(glyphs: Glyphs, among: list[int], apart: float) -> list[Piece]:
    """The glyphs cut where the text's line ends, where they lie ``apart`` or go back."""
    found: list[list[int]] = []
    for n in among:
        last = found[-1][-1] if found else None
        if last is not None and glyphs.line[last] == glyphs.line[n] and -apart < _gap(glyphs, last, n) < apart:
            found[-1].append(n)
        else:
            found.append([n])
    return [_piece(glyphs, members) for members in found]


def _piece(glyphs: Glyphs, members: list[int]) -> Piece:
    boxes = glyphs.box[members]
    y0, y1 = float(boxes[:, 1].mean()), float(boxes[:, 3].mean())
    return Piece(members, float(boxes[0, 0]), float(boxes[-1, 2]), y0, y1)


def _gap(glyphs: Glyphs, one: int, other: int) -> float:
    return glyphs.box.item(other, 0) - glyphs.box.item(one, 2)


def _bands(pieces: list[Piece]) -> list[Band]:
    """Pieces gathered into rows of print, from top to bottom, each row from left to right."""
    bands: list[list[Piece]] = []
    bottom = 0.0
    for piece in sorted(pieces, key=lambda piece: ((piece.y0 + piece.y1) / 2, piece.x0)):
        if bands and bottom - piece.y0 > _OVERLAP * (piece.y1 - piece.y0):
            bands[-1].append(piece)
            bottom = max(bottom, piece.y1)
        else:
            bands.append([piece])
            bottom = piece.y1
    return [Band(sorted(band, key=lambda piece: piece.x0)) for band in bands]


def _runs(bands: list[Band], size: float) -> list[list[Band]]:
    """Rows of print that may make a table: several pieces each, save where a cell goes on alone or a heading stands."""
    runs: list[list[Band]] = []
    run: list[Band] = []
    for band in bands:
        if run and band.y0 - run[-1].y1 > _FAR * size:
            runs.append(run)
            run = []
        if len(band.pieces) > 1 or (run and _within(band.pieces[0], run)):
            run.append(band)
        else:
            runs.append(run)
            run = []
    return [run for run in [*runs, run] if sum(len(band.pieces) > 1 for band in run) >= _FEWEST_ROWS]


def _within(piece: Piece, run: list[Band]) -> bool:
    """Whether a piece that is alone on its row lies below one piece of the table, and in no other's column."""
    first = [p for band in run for p in band.pieces if len(band.pieces) > 1]
    left, right = min(p.x0 for p in first), max(p.x1 for p in first)
    return piece.x1 - piece.x0 < (right - left) / 2 and left - piece.x0 < piece.y1 - piece.y0 and piece.x1 <= right


def _trimmed(glyphs: Glyphs, run: list[Band], size: float) -> list[Band]:
    """The longest stretch of a run with no line that fills most of its width or runs across its columns."""
    width = max(band.pieces[-1].x1 for band in run) - min(band.pieces[0].x0 for band in run)
    run = _longest(run, [any(p.x1 - p.x0 > _FULL * width for p in band.pieces) for band in run])
    columns = _columns(glyphs, run, size)
    return _longest(run, [any(_crosses(glyphs, p, columns, size) for p in band.pieces) for band in run])


def _longest(run: list[Band], broken: list[bool]) -> list[Band]:
    """The longest stretch between the rows of print that break a run, the first of several."""
    ends = [-1, *(n for n, breaks in enumerate(broken) if breaks), len(run)]
    start, end = max(pairwise(ends), key=lambda stretch: stretch[1] - stretch[0])
    return run[start + 1 : end]


def _crosses(glyphs: Glyphs, piece: Piece, columns: list[Stretch], size: float) -> bool:
    """Whether a long stretch of a piece runs across columns."""
    cuts = [members for _, span, members in _cut(glyphs, piece, columns, size) if span > 1]
    return any(float(glyphs.box[cut[-1], 2] - glyphs.box[cut[0], 0]) > _ACROSS * size for cut in cuts)


def _columns(glyphs: Glyphs, run: list[Band], size: float) -> list[Stretch]:
    """The stretches across the page that hold words: between them hardly any row has one."""
    words = [word for band in run for piece in band.pieces for word in _words(glyphs, piece, size)]
    edges = sorted([(x0, 1) for x0, _ in words] + [(x1, -1) for _, x1 in words])
    allowed, depth, columns = _CROSSED * len(run), 0, []
    start: float | None = None
    for x, step in edges:
        depth += step
        if start is None and depth > allowed:
            start = x
        elif start is not None and depth <= allowed:
            columns.append((start, x))
            start = None
    columns = _joined(columns, lambda before, after, _: after[0] - before[1] >= _GAP * size)
    gaps = _gaps(glyphs, run, columns)
    return _joined(columns, lambda _before, _after, n: not 0 < gaps[n] < _USUAL_GAP * size)


def _gaps(glyphs: Glyphs, run: list[Band], columns: list[Stretch]) -> list[float]:
    """How far apart the words on either side of each column's start usually are, in rows that have both."""
    gaps: list[list[float]] = [[] for _ in columns]
    edges = _edges(columns)
    for band in run:
        row = [n for piece in band.pieces for n in piece.glyphs]
        for one, other in pairwise(row):
            before, after = (bisect_right(edges, _middle(glyphs, n)) for n in (one, other))
            if after == before + 1:
                gaps[after].append(_gap(glyphs, one, other))
    return [median(found) if found else 0.0 for found in gaps]


def _joined(columns: list[Stretch], apart: Callable[[Stretch, Stretch, int], bool]) -> list[Stretch]:
    """Columns, each that is not apart from the one before joined to it; ``apart`` is told both and which it is."""
    joined: list[Stretch] = []
    for n, column in enumerate(columns):
        if joined and not apart(joined[-1], column, n):
            joined[-1] = (joined[-1][0], column[1])
        else:
            joined.append(column)
    return joined


def _words(glyphs: Glyphs, piece: Piece, size: float) -> list[Stretch]:
    """The stretches of a piece without a gap between words."""
    words: list[Stretch] = []
    for n in piece.glyphs:
        x0, x1 = glyphs.box.item(n, 0), glyphs.box.item(n, 2)
        if words and x0 - words[-1][1] < _WORD * size:
            words[-1] = (words[-1][0], x1)
        else:
            words.append((x0, x1))
    return words


def _is_prose(glyphs: Glyphs, run: list[Band], columns: list[Stretch], size: float) -> bool:
    """Whether every column holds nothing but long lines."""
    widths: dict[int, list[float]] = {}
    edges = _edges(columns)
    for piece in (piece for band in run for piece in band.pieces):
        widths.setdefault(bisect_right(edges, _middle(glyphs, piece.glyphs[0])), []).append(piece.x1 - piece.x0)
    return all(median(found) > _LONG * size for found in widths.values())


def _middle(glyphs: Glyphs, n: int) -> float:
    return (glyphs.box.item(n, 0) + glyphs.box.item(n, 2)) / 2


def _edges(columns: list[Stretch]) -> list[float]:
    """The middles between columns: ``bisect_right`` tells the column a point lies in or nearest to."""
    return [(one[1] + other[0]) / 2 for one, other in pairwise(columns)]


def _parts(glyphs: Glyphs, run: list[Band], columns: list[Stretch], size: float) -> list[Part]:
    rows = [[_cut(glyphs, piece, columns, size) for piece in band.pieces] for band in run]
    filled = [[cut for cuts in row for cut in cuts] for row in rows]
    key = _key([{column for column, _, _ in row} for row in filled])
    cells: dict[tuple[int, int], tuple[int, list[int]]] = {}
    number, before = -1, set[int]()
    for row in filled:
        here = {column for column, _, _ in row}
        if number < 0 or not _goes_on(here, before, key):
            number += 1
            before = here
        for column, span, members in row:
            known = cells.setdefault((number, column), (span, []))
            known[1].extend(members)
    return [Part(row, column, span, tuple(members)) for (row, column), (span, members) in sorted(cells.items())]


def _key(rows: list[set[int]]) -> int:
    """The first column that most rows fill: words in it begin a row."""
    several = [row for row in rows if len(row) > 1]
    counts = [(sum(column in row for row in several), column) for column in sorted(set().union(*several))]
    return next((column for count, column in counts if count >= _KEYED * len(several)), 0)


def _goes_on(here: set[int], before: set[int], key: int) -> bool:
    """Whether a row of print continues the one before: nothing in the key column, half the cells, all below others."""
    return key not in here and min(here) > key and here <= before and 2 * len(here) <= len(before)


def _cut(glyphs: Glyphs, piece: Piece, columns: list[Stretch], size: float) -> list[tuple[int, int, list[int]]]:
    """A piece cut at the columns' edges where there is a gap: first column, columns spanned, glyphs."""
    cuts: list[list[int]] = []
    edges = _edges(columns)
    for n in piece.glyphs:
        last = cuts[-1][-1] if cuts else None
        same = last is not None and bisect_right(edges, _middle(glyphs, last)) == bisect_right(
            edges, _middle(glyphs, n)
        )
        if last is not None and (same or _gap(glyphs, last, n) < _CUT * size):
            cuts[-1].append(n)
        else:
            cuts.append([n])
    return [(*_spanned([bisect_right(edges, _middle(glyphs, n)) for n in cut]), cut) for cut in cuts]


def _spanned(columns: list[int]) -> tuple[int, int]:
    """First column and number of columns of glyphs in these columns; one where nearly all lie in it."""
    most = max(sorted(set(columns)), key=columns.count)
    if columns.count(most) >= _NEARLY * len(columns):
        return most, 1
    return columns[0], columns[-1] - columns[0] + 1
