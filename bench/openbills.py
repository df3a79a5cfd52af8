"""Sets bills of quantities as PDFs whose cells have no rules around them, as word processors and programs do.

Each layout says where words stand in their cells, how far columns and rows are apart, what lines are drawn, and what
happens where a page ends. Rows are set line of print by line of print or cell by cell, as programs do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from fpdf import FPDF


class Part(Protocol):
    """A cell: its words and how many columns it covers."""

    @property
    def text(self) -> str: ...  # noqa: D102 (as the class says)
    @property
    def across(self) -> int: ...  # noqa: D102 (as the class says)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table without rules is set; lengths in points.

    ``upright`` and ``level`` place words in a cell (``top``, ``middle``, ``bottom``; ``left``, ``centre``, and
    ``mixed``: figures to the right, heads in the middle). ``between`` rows and ``gutter`` columns are apart; ``lines``
    are those drawn (``head``, ``rows``). ``break_`` is what a page's end does: ``cut`` a row in two, or put it
    ``whole`` on the next page; ``again`` prints the head anew.
    """

    upright: str = "top"
    level: str = "left"
    between: float = 6.0
    gutter: float = 9.0
    lines: str = ""
    height: float = 842.0
    break_: str = "whole"
    again: bool = False
    by_cell: bool = True
    wide: float = 1.0
    shaded: bool = False


LAYOUTS = {
    "mid.pdf": Layout("middle", "mixed", between=8),
    "tight.pdf": Layout("top", "mixed", between=2.5, gutter=6),
    "booktabs.pdf": Layout("bottom", "left", between=5, lines="head", by_cell=False),
    "hlines.pdf": Layout("middle", "centre", between=7, lines="rows"),
    "narrow.pdf": Layout("middle", "mixed", between=6, gutter=7, wide=0.7),
    "shaded.pdf": Layout("top", "left", between=7, shaded=True, wide=0.8),
    "pages.pdf": Layout("top", "mixed", between=6, height=330, again=True),
    "onward.pdf": Layout("middle", "left", between=7, height=330),
    "cut.pdf": Layout("top", "left", between=6, height=330, break_="cut", wide=0.7),
    "cutagain.pdf": Layout("top", "mixed", between=6, height=330, break_="cut", again=True, wide=0.7),
}
_SIZE, _LEAD = 8.5, 11.0
_LEFT, _TOP, _WIDTH = 54.0, 60.0, 487.0
_ORDINARY = 0x2E7F  # East Asian characters lie above


@dataclass(slots=True)
class _Row:
    """The lines of each cell, with their column and how many they cover; a head or not."""

    cells: list[tuple[int, int, list[str]]]
    head: bool = False

    @property
    def deep(self) -> int:
        return max((len(lines) for _, _, lines in self.cells), default=1)


@dataclass(slots=True)
class _Sheet:
    layout: Layout
    pdf: FPDF
    edges: list[float] = field(default_factory=list)
    y: float = 0.0

    def page(self) -> None:
        self.pdf.add_page()
        self.text(_LEFT, 36.0, "BQ-2023/017" if self.pdf.page_no() % 2 else "BQ-2023/017   ")
        self.text(_LEFT + _WIDTH / 2, self.layout.height - 22, f"- {self.pdf.page_no()} -")
        self.y = _TOP

    def text(self, x: float, y: float, words: str) -> None:
        self.pdf.text(x, y, words)

    @property
    def room(self) -> float:
        return self.layout.height - 48 - self.y

    def row(self, row: _Row) -> None:
        """Set one row, from ``y`` on."""
        if self.layout.shaded and row.head:
            self.pdf.set_fill_color(220)
            self.pdf.rect(_LEFT - 2, self.y - _LEAD + 1, _WIDTH, row.deep * _LEAD + 2, style="F")
        placed = [one for cell in row.cells for one in self._lines(cell, row)]
        for x, y, words in placed if self.layout.by_cell else sorted(placed, key=lambda one: (one[1], one[0])):
            self.text(x, y, words)
        self.y += row.deep * _LEAD + self.layout.between
        if self.layout.lines == "rows" or (self.layout.lines == "head" and row.head):
            at = self.y - _LEAD - self.layout.between / 2 + 3
            self.pdf.line(_LEFT, at, _LEFT + _WIDTH, at)

    def _lines(self, cell: tuple[int, int, list[str]], row: _Row) -> Iterator[tuple[float, float, str]]:
        column, across, lines = cell
        free = (row.deep - len(lines)) * _LEAD
        down = {"top": 0.0, "middle": free / 2, "bottom": free}[self.layout.upright]
        left, right = self.edges[column], self.edges[column + across] - self.layout.gutter
        for n, words in enumerate(lines):
            spare = right - left - self.pdf.get_string_width(words)
            share = {"left": 0.0, "centre": 0.5}.get(self.layout.level, 1.0 if _is_figure(words) else 0.5 * row.head)
            yield left + max(spare, 0) * share, self.y + down + n * _LEAD, words

    def wrapped(self, text: str, width: float) -> list[str]:
        """The lines of a cell."""
        lines = [""]
        for word in _words(text):
            if lines[-1] and self.pdf.get_string_width((lines[-1] + word).rstrip()) > width:
                lines.append("")
            lines[-1] += word if lines[-1] else word.lstrip()
        return [line.rstrip() for line in lines]


def _is_figure(words: str) -> bool:
    return bool(words) and all(char.isdigit() or char in ",.≥>= " for char in words)


def _words(text: str) -> list[str]:
    """A text cut where a line may end."""
    cut: list[str] = []
    for char in text:
        if cut and ord(char) <= _ORDINARY and ord(cut[-1][-1]) <= _ORDINARY and char != " ":
            cut[-1] += char
        else:
            cut.append(char)
    return cut


def write(  # noqa: PLR0917 (a document)
    path: Path,
    font: Path,
    layout: Layout,
    tables: Sequence[Sequence[Sequence[Part | None]]],
    heads: int,
    around: tuple[Sequence[str], Sequence[str]],
) -> None:
    """Write tables, the first ``heads`` rows of the first being its head, between paragraphs ``around`` them."""
    pdf = FPDF(unit="pt", format=(595.0, layout.height))
    pdf.set_auto_page_break(auto=False)
    pdf.add_font("noto", fname=str(font))
    pdf.set_font("noto", size=_SIZE)
    sheet = _Sheet(layout, pdf)
    sheet.page()
    _prose(sheet, around[0])
    for rows in tables:
        sheet.edges = _edges(sheet, rows)
        told = [_row(sheet, row, n < heads) for n, row in enumerate(rows)]
        for n, row in enumerate(told):
            _set(sheet, row, told[:heads] if n >= heads else [])
        sheet.y += 6
        _prose(sheet, around[1][:1])
        heads = 0
    pdf.output(str(path))


def _prose(sheet: _Sheet, texts: Sequence[str]) -> None:
    for text in texts:
        for line in sheet.wrapped(text, _WIDTH):
            if sheet.room < 0:
                sheet.page()
            sheet.text(_LEFT, sheet.y, line)
            sheet.y += _LEAD + 3
    sheet.y += 6


def _row(sheet: _Sheet, row: Sequence[Part | None], head: bool) -> _Row:
    cells = []
    for n, part in enumerate(row):
        if part:
            width = sheet.edges[n + part.across] - sheet.edges[n] - sheet.layout.gutter
            cells.append((n, part.across, sheet.wrapped(part.text, width)))
    return _Row(cells, head)


def _edges(sheet: _Sheet, rows: Sequence[Sequence[Part | None]]) -> list[float]:
    """Where columns begin: by what stands in them, the widest shrunk to the page, else in smaller type."""
    pdf, wide, least = sheet.pdf, [24.0] * len(rows[0]), [10.0] * len(rows[0])
    for row in rows:
        for n, part in enumerate(row):
            if part and part.across == 1:
                longest = max(map(pdf.get_string_width, map(str.strip, _words(part.text))), default=0)
                wanted = min(pdf.get_string_width(part.text), 150.0 * sheet.layout.wide)
                least[n] = max(least[n], longest + 1)
                wide[n] = max(wide[n], wanted, least[n])
    room = _WIDTH - sheet.layout.gutter * len(wide)
    if sum(least) > room:
        pdf.set_font_size(pdf.font_size_pt * 0.95)
        return _edges(sheet, rows)
    while sum(wide) > room:
        spare = [one - other for one, other in zip(wide, least, strict=True)]
        wide[spare.index(max(spare))] -= min(max(spare), sum(wide) - room, 2.0)
    edges = [_LEFT]
    for width in wide:
        edges.append(edges[-1] + width + sheet.layout.gutter)
    return edges


def _set(sheet: _Sheet, row: _Row, again: Sequence[_Row]) -> None:
    """Set a row, on the next page if need be; cut in two where the layout says so."""
    if sheet.room < row.deep * _LEAD:
        lines = int(sheet.room // _LEAD)
        if sheet.layout.break_ == "cut" and 1 <= lines < row.deep:
            sheet.row(replace(row, cells=[(c, a, part[:lines]) for c, a, part in row.cells]))
            row = replace(row, cells=[(c, a, part[lines:]) for c, a, part in row.cells if part[lines:]])
        sheet.page()
        for head in again if sheet.layout.again else ():
            sheet.row(head)
    sheet.row(row)
