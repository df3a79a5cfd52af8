"""The sampling sheet of the elusion test: drawn pages for a person to read, and the answers read back.

As CSV, to be filled in with any spreadsheet program, and as HTML, to be printed. A person puts a mark into one of the
columns ``relevant``, ``not_relevant`` and ``unreadable`` of a line; the digest and the page of the line say which page
the answer is for, so that lines may be sorted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from countersight.errors import UsageError
from countersight.model import Digest
from countersight.report.dossier import rendered
from countersight.report.tables import defused, writable
from countersight.report.view import Picture
from countersight.sample import Answer, PageKey

COLUMNS = ("number", "file", "place", "page", "link", "relevant", "not_relevant", "unreadable", "note", "sha256")
_WAY_OUT = "mark one of relevant, not_relevant and unreadable in each line; leave the other columns as they are"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page of the sheet: its file's name and locator, its number, where to open it, and its picture if there is one.

    ``link`` is relative to the sheet, and empty where there is nothing to open.
    """

    page: PageKey
    name: str
    locator: str
    label: str | None = None
    link: str = ""
    picture: Picture | None = None

    @property
    def where(self) -> str:
        """The page as a reader looks for it: ``37 (PDF page 41)`` is ``37 (41st in the file)`` here: ``37 (41)``."""
        number = str(self.page[1])
        return number if self.label in {None, "", number} else f"{self.label} ({number})"


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to one line of a sheet, None where there is none yet, and the person's note."""

    page: PageKey
    answer: Answer | None
    note: str = ""


def sheet_csv(drawn: Iterable[Drawn]) -> bytes:
    """The sheet as CSV with a byte order mark, in the order of the draw; text that is no formula to a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for number, line in enumerate(drawn, 1):
        digest, page = line.page
        told = (number, line.name, line.locator, page, line.link, "", "", "", "", digest)
        writer.writerow([defused(writable(value)) if isinstance(value, str) else value for value in told])
    return out.getvalue().encode("utf-8-sig")


def sheet_html(drawn: Sequence[Drawn], *, title: str, seed: Digest, population: int) -> bytes:
    """The sheet as one page to be read on screen and printed; ``population`` is how many pages were drawn from.

    ``seed`` is the evidence root that the lot was drawn with. The style is that of the dossier, ``style.css`` beside.
    """
    return rendered("sheet.html", title=title, drawn=drawn, seed=seed, population=population)


def read_answers(data: bytes, drawn: Iterable[PageKey]) -> list[Answered]:
    """The answers of a filled-in CSV, in the order of the draw.

    Commas, semicolons and tabs are understood as they come from spreadsheet programs, in UTF-8 or UTF-16; lines may be
    in any order and lack. Raises UsageError, naming the line, for two marks in one line, a page that was not drawn,
    two different answers to one page, and a file that is no such sheet.
    """
    asked = list(drawn)
    found: dict[PageKey, Answered] = {}
    for number, row in _rows(data):
        answered = _answered(number, row)
        if answered.page not in asked_set(asked):
            raise UsageError(f"line {number} of the sheet answers for a page that was not drawn", way_out=_WAY_OUT)
        earlier = found.setdefault(answered.page, answered)
        if earlier.answer is not answered.answer:
            raise UsageError(f"line {number} of the sheet answers otherwise than a line before it", way_out=_WAY_OUT)
    return [found.get(page, Answered(page, None)) for page in asked]
