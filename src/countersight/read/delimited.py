"""Tables as text: CSV, TSV and the like (RFC 4180 where it is kept).

A cell's address is where a spreadsheet would show it.
"""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import Literal

from countersight.model import Page, PageFault
from countersight.read.cells import Grid

_SAMPLE = 1 << 16  # characters, and
_ROWS = 100  # rows, from which the delimiter is told
_DELIMITERS = {"\t": "tabs", ";": "semicolons", "|": "bars", ",": "commas"}  # of equals, the rarer in prose
_NAMED = {"text/csv": ",", "text/tab-separated-values": "\t"}
_CELLS_PER_PART = 400_000
_END = "\ue000"
_EVEN = 0.5  # share of rows that must be of one width


def delimiter_of(text: str) -> str | None:
    """What stands between the columns: the character that cuts most rows into equally many fields, or None."""
    scores = {mark: _evenness(text[:_SAMPLE], mark, whole=len(text) <= _SAMPLE) for mark in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda mark: scores[mark])
    return best if scores[best] > _EVEN else None


def _evenness(sample: str, mark: str, *, whole: bool) -> float:
    rows = list(islice(_records(sample, mark, csv.QUOTE_MINIMAL), _ROWS))
    if not whole and len(rows) < _ROWS:
        rows = rows[:-1]
    widths = Counter(len(row) for row in rows if any(row))
    several = {width: number for width, number in widths.items() if width > 1}
    return round(max(several.values(), default=0) / max(widths.total(), 1), 1)


@dataclass(slots=True)
class Parts:
    """What was written of a table: the pages wanted, how many there are in all, what to tell, and what is missing."""

    pages: list[Page]
    total: int
    notes: list[str]
    faults: list[PageFault]


def parts(text: str, media_type: str, wanted: range | None, allowance: int) -> Parts:
    """The table in parts of about ``_CELLS_PER_PART`` cells, nearly always one; unasked, the first of them only."""
    text, mark, notes = _dialect(text, media_type)
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL
    if not _closed(text, mark):
        notes.append("a quotation mark is never closed; quotation marks read as ordinary characters")
        quoting = csv.QUOTE_NONE
    wanted = range(1) if wanted is None else wanted
    grids = {0: Grid(allowance)} if 0 in wanted else {}
    full: dict[int, int] = {}
    part = cells = 0
    for number, row in enumerate(_records(text, mark, quoting), 1):
        if cells >= _CELLS_PER_PART:
            part, cells = part + 1, 0
        cells += len(row)
        if part in wanted and part not in full:
            left = grids[part - 1].left if part - 1 in grids else allowance
            if not grids.setdefault(part, Grid(left)).row(number, row):
                full[part] = number
    several = part > 0
    pages = [
        grid.out.page(n + 1, f"part {n + 1}" if several else None, paged=several) for n, grid in sorted(grids.items())
    ]
    faults = [PageFault(n + 1, f"too large: not read from row {row:,} on") for n, row in sorted(full.items())]
    return Parts(pages, part + 1 if several else 0, notes, faults)


def _dialect(text: str, media_type: str) -> tuple[str, str, list[str]]:
    """The text of the table, what stands between its columns, and what to tell of that."""
    named = _NAMED.get(media_type, ",")
    first, _, rest = text.partition("\n")
    if first[:4].lower() == "sep=" and len(first) == len("sep=;"):  # spreadsheets read this line and do not show it
        return rest, first[4], []
    mark = delimiter_of(text) or named
    return text, mark, [] if mark == named else [f"columns taken to be separated by {_DELIMITERS[mark]}"]


def _records(text: str, mark: str, quoting: Literal[0, 3]) -> Iterator[list[str]]:
    csv.field_size_limit(max(len(text), csv.field_size_limit()))
    return csv.reader(StringIO(text, newline=""), delimiter=mark, quoting=quoting)


def _closed(text: str, mark: str) -> bool:
    """Whether the last quoted field ends: if not, it would swallow a line put after the text."""
    if text.count('"') % 2 == 0:
        return True
    (last,) = deque(_records(f"{text}\n{_END}", mark, csv.QUOTE_MINIMAL), maxlen=1)
    return last == [_END]
