"""Old workbooks (XLS: MS-XLS in MS-CFB) that must not be given to calamine: they would make it take all memory."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import olefile

from countersight.errors import ReadError
from countersight.read.ole import opened
from countersight.read.workbook import check_extent

_STREAMS = ("Workbook", "Book")
_BEGINS = 0x0809  # the record BOF, with which each sheet begins (MS-XLS §2.4.21)
# Records that begin with a cell's row and column: Formula, MulRk, LabelSst, Number, Label, BoolErr, RK.
_CELLS = frozenset({0x0006, 0x00BD, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
_LAST_COLUMN = 255


def check(path: Path, memory: int) -> None:
    """Raises ReadError: damaged, or cells that lie too far apart for ``memory`` bytes."""
    with opened(path) as found:
        starts = (found.first_dir_sector, found.first_mini_fat_sector, found.root.isectStart)
        if not all(_ends(found.fat, start) for start in starts):
            raise ReadError("damaged: its sectors run in circles", way_out="repair or re-save it")
        data = _stream(found)
    for _, cells in groupby(_cells(data), lambda cell: cell[0]):
        places = [(row, column) for _, row, column in cells]
        rows, columns = [row for row, _ in places], [column for _, column in places]
        if max(columns) > _LAST_COLUMN:
            raise ReadError("damaged: a cell beyond the last column", way_out="repair or re-save it")
        check_extent(max(rows) - min(rows) + 1, max(columns) - min(columns) + 1, memory)


def _ends(following: Sequence[int], sector: int) -> bool:
    """Whether a chain of sectors ends."""
    for _ in range(len(following) + 1):
        if sector >= len(following):
            return True
        sector = following[sector]
    return False


def _stream(found: olefile.OleFileIO) -> bytes:
    name = next(filter(found.exists, _STREAMS), "")
    return found.openstream(name).read() if name else b""


def _cells(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Number of the sheet, row and column of each cell, from 0."""
    at = sheet = 0
    while at + 8 <= len(data):
        kind, length, row, column = struct.unpack_from("<4H", data, at)
        sheet += kind == _BEGINS
        if kind in _CELLS:
            yield sheet, row, column
        at += 4 + length
