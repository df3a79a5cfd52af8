"""Tables without rules on a PDF page: where they may be, and which of the candidates convince.

A false table would tear sentences apart, so the evidence must be strong: rows whose words part at the same places, more
of them and further apart where only two columns tell something. Prose in columns, lists, tables of contents, signature
blocks and form lines are none.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from itertools import dropwhile
from statistics import median

from pypdfium2 import raw

from countersight.read import columns
from countersight.read.columns import Part
from countersight.read.glyphs import Glyphs
from countersight.read.grid import Slot
from countersight.read.pdfbare import address, char_index, loose_box

_SHORT, _CELL = 72, 16  # characters of a line that may be a row, and of one that may be a cell
_LONGEST = 140  # characters of a line of a bill of quantities
_FIGURES = re.compile(r"(?:\s\d[\d,.]*){2}\s*$")
_WORDS = re.compile(r"\S(?:[^\n]*\S)?")
_SPACES = re.compile(r"\s+")
_HALF_EM = 0.5  # that characters but East Asian ones are wide, about
_ROWS = 3  # that a table has at least,
_ROWS_OF_TWO = 4  # and one of two columns
_APART, _GAP = 2.0, 1.2  # em that a line with cells is longer than its words, and that cells are apart, at least
_FILLED = 0.6  # of the cells of a table have words,
_FILLED_OF_TWO = 0.85  # and of one of two columns
_GUTTER = 1.2  # em between two columns that are the only ones
_LONG = 14.0  # em: a column of cells longer than this is prose
_MARKER = re.compile(
    r"[（(\[]?(?:\d{1,3}|[ivxlc]{1,5}|[A-Za-z]|[一二三四五六七八九十]{1,3}|[•·●◆■□★▲※*–-])(?:\.\d{1,3})*[)）\].、]?"
)
_LABEL = re.compile(r"[:：]|_{2,}")
_FORM = re.compile(r"/s/|^By\b|签字|盖章|签章|[.…·_]{4,}|…{2,}")  # signatures, blanks, leaders
_NEARLY = 0.7  # of a column's cells
_PAGE = re.compile(r"[-–]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–]?")


_Box = tuple[float, float, float, float]


def stretches(textpage: object, text: str) -> list[range]:
    """Stretches of a page's text that may hold a table without rules: lines whose words lie apart at like places.

    On most pages next to nothing needs to be measured: lines of prose are long, and hold fewer pieces than rows do.
    """
    return [run for run in _runs(text) if _in_pieces(textpage, text, run) and _has_rows(textpage, text, run)]


def _runs(text: str) -> Iterator[range]:
    """Lines in a row that are short and have a space in them, or are so short that they may be a cell; no leaders."""
    start = at = count = 0
    for line in [*text.split("\n"), "." * _SHORT * 2]:
        size = len(line)
        short = size <= _SHORT or (size <= _LONGEST and _is_of_goods(line))
        if size <= _CELL or (short and " " in line[1:-1] and "...." not in line and "……" not in line):
            start = at if not count else start
            count += 1
        else:
            if count >= _ROWS:
                yield range(start, at - 1)
            count = 0
        at += size + 1


def _is_of_goods(line: str) -> bool:
    """Whether a line longer than rows are may be one of a bill of quantities: its head, or ends in two figures."""
    return "uantity" in line or "Qty" in line or (line.rstrip()[-1:].isdigit() and bool(_FIGURES.search(line)))


def _in_pieces(textpage: object, text: str, run: range) -> bool:
    """Whether a run has more pieces of text than lines."""
    pieces = raw.FPDFText_CountRects(textpage, run.start, len(run))
    return bool(pieces >= text.count("\n", run.start, run.stop) + _ROWS + 1)


def _has_rows(textpage: object, text: str, run: range) -> bool:
    """Whether some rows of a run have a wide gap at one place: within a line, or between two that lie on one level."""
    box_of = _Boxes(textpage)
    gaps: list[tuple[float, float]] = []
    before: tuple[tuple[int, int], _Box] | None = None
    for found in _WORDS.finditer(text, run.start, run.stop):
        line, first = found.span(), box_of(found.start())
        if first and before and abs(first[1] - before[1][1]) < (first[3] - first[1]) / 2:
            gaps += _between(box_of, text, before[0], line, first)
        if first and " " in found[0]:
            gaps += _gaps(box_of, text, line, first)
        before = (line, first) if first else None
    return any(sum(x0 <= (a + b) / 2 <= x1 for x0, x1 in gaps) >= _ROWS for a, b in gaps)


def _between(
    box_of: _Boxes, text: str, before: tuple[int, int], line: tuple[int, int], first: _Box
) -> Iterator[tuple[float, float]]:
    """The wide gap between two lines of the text that lie on one level."""
    last = box_of(before[1] - 1)
    apart = last and first[0] - last[2] > _GAP * (first[3] - first[1])
    if last and apart and not _MARKER.fullmatch(text, *before) and not _PAGE.fullmatch(text, *line):
        yield last[2], first[0]


def _gaps(box_of: _Boxes, text: str, line: tuple[int, int], first: _Box) -> Iterator[tuple[float, float]]:
    """The wide gaps of a line longer than its words, those behind a list's marker or before a page number left out."""
    last = box_of(line[1] - 1)
    if not last or last[2] - first[0] <= _natural(text[line[0] : line[1]], first, last):
        return
    for space in _SPACES.finditer(text, *line):
        one, other = box_of(space.start() - 1), box_of(space.end())
        if one and other and other[0] - one[2] > _GAP * (one[3] - one[1]):
            listed = _MARKER.fullmatch(text, line[0], space.start()) or _PAGE.fullmatch(text, space.end(), line[1])
            if not listed:
                yield one[2], other[0]


def _natural(words: str, first: _Box, last: _Box) -> float:
    """How long words would be without gaps, and a little more."""
    em = first[3] - first[1]
    wide = (len(words.encode(errors="replace")) - len(words)) // 2  # Chinese takes three bytes
    narrow = em * _HALF_EM if wide else max(em * _HALF_EM, min(first[2] - first[0], last[2] - last[0]))
    return em * wide + (len(words) - wide) * narrow + _APART * em


class _Boxes:
    """Gives the box of a character in page space by its offset, line height included; None for one without."""

    def __init__(self, textpage: object) -> None:
        self._page, self._rect = address(textpage), raw.FS_RECTF()
        self._at = ctypes.addressof(self._rect)

    def __call__(self, offset: int) -> _Box | None:
        rect = self._rect
        if not loose_box(self._page, char_index(self._page, offset), self._at) or rect.top <= rect.bottom:
            return None
        return rect.left, rect.bottom, rect.right, rect.top


def open_tables(glyphs: Glyphs, among: list[int], text: str) -> Iterator[tuple[float, dict[Slot, list[int]]]]:
    """The tables among some characters, each with the height it begins at and the characters of its cells."""
    for parts in columns.open_tables(glyphs, among, 2):
        words = {part: "".join(text[glyphs.at[n]] for n in part.glyphs) for part in parts}
        if _convinces(glyphs, parts, words):
            top = min(float(glyphs.box[n, 1]) for part in parts for n in part.glyphs)
            yield top, {_slot(part): list(part.glyphs) for part in parts}


def _slot(part: Part) -> Slot:
    return Slot(part.row, part.column, part.row, part.column + part.columns - 1)


def _convinces(glyphs: Glyphs, parts: list[Part], words: dict[Part, str]) -> bool:
    """Whether rows and columns are filled as those of a table are."""
    rows, wide = max(part.row for part in parts) + 1, max(part.column + part.columns for part in parts)
    filled = sum(part.columns for part in parts) / (rows * wide)
    by_column = [[part for part in parts if part.column == n] for n in range(wide)]
    telling = list(dropwhile(lambda column: _all(_MARKER, column, words), filter(None, by_column)))
    labels = sum(_LABEL.search(said) is not None for said in words.values())
    if len(telling) < 2 or labels * 3 > len(parts) or any(map(_FORM.search, words.values())):  # noqa: PLR2004
        return False  # a list is its markers and one column
    if max(median(_length(glyphs, part) for part in column) for column in telling) > _LONG * glyphs.size:
        return False
    if len(telling) > 2:  # noqa: PLR2004 (columns that are few)
        return rows >= _ROWS and filled >= _FILLED
    apart = _gutter(glyphs, telling) >= _GUTTER * glyphs.size
    return rows >= _ROWS_OF_TWO and filled >= _FILLED_OF_TWO and apart and not _all(_PAGE, telling[1], words)


def _all(pattern: re.Pattern[str], column: list[Part], words: dict[Part, str]) -> bool:
    """Whether nearly all cells of a column are of a kind."""
    return sum(pattern.fullmatch(words[part]) is not None for part in column) >= _NEARLY * len(column)


def _gutter(glyphs: Glyphs, by_column: list[list[Part]]) -> float:
    """How far apart two columns are at their nearest."""
    right = max(float(glyphs.box[n, 2]) for part in by_column[0] for n in part.glyphs)
    return min(float(glyphs.box[n, 0]) for part in by_column[1] for n in part.glyphs) - right


def _length(glyphs: Glyphs, part: Part) -> float:
    """How long a cell's words are on one line."""
    return float(sum(glyphs.box[n, 2] - glyphs.box[n, 0] for n in part.glyphs))
