"""The sampling sheet of the elusion test: drawn pages for a person to read, and the answers read back.

As CSV, to be filled in with any spreadsheet program, and as HTML, to be printed. A person puts a mark into one of the
columns ``relevant``, ``not_relevant`` and ``unreadable`` of a line; the digest and the page of the line say which page
the answer is for, so that lines may be sorted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from countersight.errors import UsageError
from countersight.model import Digest
from countersight.report.checked import FORM, upper
from countersight.report.dossier import render
from countersight.report.tables import defused, writable
from countersight.report.view import Picture
from countersight.sample import Answer, Draw, PageKey, Sample, upper_bound

COLUMNS = ("number", "file", "place", "page", "link", "relevant", "not_relevant", "unreadable", "note", "sha256")
_NEEDED = frozenset({"page", "sha256", *Answer})
_NO = frozenset({"no", "n", "0", "false", "-", "none", "否", "不", "无"})
_WAY_OUT = "mark one of relevant, not_relevant and unreadable in each line; leave the other columns as they are"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page of the sheet: its file's name and locator, its number, where to open it, and its picture if there is one.

    ``label`` is the page's own; ``place`` stands in for its number where it is no page (a sheet, the whole source).
    ``link`` is relative to the sheet, and empty where there is nothing to open.
    """

    page: PageKey
    name: str
    locator: str
    label: str | None = None
    link: str = ""
    picture: Picture | None = None
    place: str = ""

    @property
    def where(self) -> str:
        """The page as it is looked for: ``page 41``, or ``page 37 (41)`` where it is itself numbered otherwise."""
        if self.place:
            return self.place
        number = str(self.page[1])
        return f"page {number}" if self.label in {None, "", number} else f"page {self.label} ({number})"


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


def sheet_html(drawn: Sequence[Drawn], draw: Draw, *, title: str) -> bytes:
    """The sheet as one page to be read on screen and printed; its style is that of the dossier, ``style.css``."""
    bound = upper(upper_bound(len(drawn), 0))
    return render("sheet.html", up="", title=title, drawn=drawn, draw=draw, form=FORM, bound=bound)


def page_html(drawn: Drawn, text: str, *, title: str, number: int, last: int) -> bytes:
    """A drawn page by itself, ``number`` of ``last`` on the sheet: its picture where there is one, and its words."""
    return render("drawn.html", up="../", title=title, drawn=drawn, text=text, number=number, last=last)


def read_answers(data: bytes, drawn: Iterable[PageKey]) -> list[Answered]:
    """The answers of a filled-in CSV, in the order of the draw.

    Commas, semicolons and tabs are understood as they come from spreadsheet programs, in UTF-8, UTF-16 or GB 18030;
    lines may be in any order, and some may lack. Raises UsageError, naming the line, for two marks in one line, a page
    that was not drawn, two different answers to one page, and a file that is no such sheet.
    """
    found: dict[PageKey, Answered | None] = dict.fromkeys(drawn)
    for number, row in _rows(data):
        given = _answered(number, row)
        if given.page not in found:
            raise _wrong(number, "answers for a page that was not drawn")
        earlier = found[given.page]
        if earlier and earlier.answer is not given.answer:
            raise _wrong(number, "answers otherwise than a line before it for the same page")
        found[given.page] = given
    return [given or Answered(page, None) for page, given in found.items()]


def matched(data: bytes, samples: Sequence[Sample]) -> tuple[Sample, list[Answered]]:
    """The sample that a filled-in CSV answers, and its answers: of the draws that have all its pages the shortest.

    Raises UsageError where nothing was drawn or no draw has all its pages, and as :func:`read_answers` does.
    """
    if not samples:
        raise UsageError(
            "no pages were drawn from this case", way_out="draw some: `countersight sample CASE --pages N …`"
        )
    asked = {_answered(number, row).page for number, row in _rows(data)}
    fitting = [sample for sample in samples if asked <= set(sample.draw.pages)]
    chosen = min(reversed(fitting or samples), key=lambda sample: len(sample.draw.pages))
    return chosen, read_answers(data, chosen.draw.pages)


def facts(sample: Sample, answers: Sequence[Answered], by: str) -> dict[str, Any]:
    """What the ledger says of answers: to which draw, by whom, each in the order of the draw, and the notes by page."""
    notes = {f"{digest} {page}": each.note for each in answers for digest, page in [each.page] if each.note}
    return {"draw": sample.draw.n, "by": by, "answers": [each.answer for each in answers], "notes": notes}


def _rows(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines with something in them by their numbers, each by column."""
    head, _, _ = (text := _decoded(data)).partition("\n")
    mark = max(",;\t", key=head.count)
    rows = _parsed(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    _, first = next(rows, (0, []))
    names = [name.strip().lower() for name in first]
    if not set(names) >= _NEEDED:
        raise UsageError(
            f"this is no sampling sheet: it lacks the columns {', '.join(sorted(_NEEDED - set(names)))}",
            way_out="give the CSV that was made for sampling, filled in",
        )
    for number, row in rows:
        if any(cell.strip() for cell in row):
            yield number, {name: cell.strip() for name, cell in zip(names, row, strict=False)}


def _parsed(rows: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV reader by their numbers."""
    try:
        for row in rows:
            yield rows.line_num, row
    except csv.Error as error:
        raise _wrong(rows.line_num, f"is no CSV ({error})") from error


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _answered(number: int, row: dict[str, str]) -> Answered:
    marked = [answer for answer in Answer if row.get(answer.value)]
    for answer in marked:
        if row[answer.value].lower() in _NO:
            raise _wrong(number, f"has “{row[answer.value]}” under {answer}; a mark says yes, whatever it is")
    if len(marked) > 1:
        raise _wrong(number, f"has marks under {' and '.join(marked)}")
    try:
        page = Digest(row.get("sha256", "").lower()), int(row.get("page", ""))
    except ValueError as error:
        raise _wrong(number, f"does not say which page it is for ({error})") from error
    return Answered(page, marked[0] if marked else None, row.get("note", ""))


def _wrong(number: int, what: str) -> UsageError:
    return UsageError(f"line {number} of the sheet {what}", way_out=_WAY_OUT)
