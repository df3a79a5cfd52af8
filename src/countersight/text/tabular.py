"""Tables of a document as rows, joined over its pages: what rules and contract facts read.

Readers leave rows and cells as blocks of a page. Here they become tables, a merged cell in
every row it covers, each time with its one span. A table that goes on over pages is one table;
its head, printed again, is no row of it. Nothing is written anew: a cell is a span of its page's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, takewhile

from countersight.model import Block, BlockKind, Page
from countersight.text.normal import fold

_ADDRESS = re.compile(r"T(?P<table>\d+)R(?P<row>\d+)C(?P<column>\d+)|(?P<letters>[A-Z]{1,3})(?P<line>\d+)")
_CONTINUED = re.compile(r"续表|\(续\)|（续）|接上[表页]|\bcontinued\b|\bcont['’]?d\b", re.IGNORECASE)
_CAPTION = re.compile(r"表\s*[一二三四五六七八九十\d]+|\btable\s+\d", re.IGNORECASE)
_NUMBER = re.compile(r"[¥￥$€£]?\s*[-+(]?\d[\d,.\s]*[)%％万元]*|[-—/]+")
# What heads of columns say in tenders, contracts, bills of quantities and forms.
_HEADING = re.compile(
    r"序号|编号|条款号|包号|名称|品名|内容|项目|规格|型号|参数|品牌|数量|单位|单价|合价|金额|总价|报价|小计|备注|说明|要求|日期|时间"
    r"|字段|类型|长度|属性|标签|指标|因素|标准|分值|得分|姓名|性别|民族|年龄|籍贯|职务|职称|电话|地址"
    r"|\b(?:no|nr|s/n|item|description|name|model|part|specification|brand|qty|quantity|unit|price|rate|amount|total"
    r"|remarks?|date|type|value)\b",
    re.IGNORECASE,
)
_LONGEST = 30  # characters of a cell that heads a column
_AROUND = 80  # characters between a table and the page's edge: running heads, page numbers, a caption
_MOST_COLUMNS = 1_000
_MOST_ROWS = 70_000  # that a cell covers: HTML allows 65,534


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with words: their page and their range in its text, its row and column (from 1) and how many it covers."""

    page: int
    start: int
    end: int
    text: str
    row: int
    column: int
    across: int = 1
    down: int = 1
    head: bool = False

    @property
    def words(self) -> str:
        """The text folded as for search, without white space: the form in which labels are compared."""
        return _folded(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its page, its range in the page's text, its number in the source, and its cells from left to right.

    Cells merged from rows above are among them.
    """

    page: int
    start: int
    end: int
    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell | None:
        """The cell that covers a column (from 1)."""
        return next((cell for cell in self.cells if cell.column <= column < cell.column + cell.across), None)

    def own(self) -> tuple[Cell, ...]:
        """The cells that begin in this row."""
        return tuple(cell for cell in self.cells if cell.row == self.number)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the rows that name its columns, and the others; ``title`` are rows of one cell above the head."""

    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    title: tuple[Row, ...] = ()

    @property
    def columns(self) -> tuple[int, ...]:
        """The numbers (from 1) of the columns in which a cell begins."""
        return tuple(sorted(_columns((*self.head, *self.rows))))

    def headed(self, column: int) -> tuple[Cell, ...]:
        """The cells that name a column, from above to below: ``投标报价``, ``大写``."""
        return tuple(dict.fromkeys(cell for row in self.head if (cell := row.at(column))))


@lru_cache(maxsize=4096)  # heads and labels are asked for again and again
def _folded(text: str) -> str:
    return "".join(fold(text)[0].split())


def tables(pages: Sequence[Page]) -> tuple[Table, ...]:
    """The tables of consecutive pages of one document, in order; one that goes on over pages is joined."""
    found: list[Table] = []
    last: Page | None = None  # the page on which the last table goes on to the end
    for page in pages:
        here = list(_on(page))
        for n, rows in enumerate(here):
            table = _headed(rows)
            joined = _joined(found[-1], table, last, page) if n == 0 and last and found else None
            if joined:
                found[-1] = joined
            else:
                found.append(table)
        last = page if here and _only_margin(page.text[here[-1][-1].end :]) else None
    return tuple(found)


def _on(page: Page) -> Iterator[list[Row]]:
    """The rows of each table of a page."""
    cells = sorted((cell for block in page.blocks if (cell := _cell(page, block))), key=lambda one: one[0])
    for _, members in groupby(cells, key=lambda one: one[0]):
        yield list(_rows([cell for _, cell in members]))


def _cell(page: Page, block: Block) -> tuple[int, Cell] | None:
    """The number of the table a block is a cell of, and the cell."""
    found = _ADDRESS.fullmatch(block.ref) if block.kind is BlockKind.CELL else None
    if not found:
        return None
    row = int(found["row"] or found["line"])
    column = int(found["column"]) if found["column"] else _number(found["letters"])
    text = page.text[block.start : block.end]
    covers = min(block.across, _MOST_COLUMNS), min(block.down, _MOST_ROWS)
    cell = Cell(page.number, block.start, block.end, text, row, column, *covers, block.head)
    return int(found["table"] or 0), cell


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _rows(cells: list[Cell]) -> Iterator[Row]:
    """Cells of one table as rows, a merged cell in each that it covers."""
    still: list[Cell] = []
    for number, members in groupby(sorted(cells, key=lambda cell: (cell.row, cell.column)), key=lambda cell: cell.row):
        own = list(members)
        still = [cell for cell in still if cell.row + cell.down > number]
        start, end = min(cell.start for cell in own), max(cell.end for cell in own)
        yield Row(own[0].page, start, end, number, tuple(sorted((*still, *own), key=lambda cell: cell.column)))
        still += [cell for cell in own if cell.down > 1]


def _headed(rows: list[Row]) -> Table:
    """Rows as a table: those that the source marks as its head, else those that look like one."""
    marked = list(takewhile(lambda row: all(cell.head for cell in row.own()), rows))
    if marked and len(marked) < len(rows):
        return Table(tuple(marked), tuple(rows[len(marked) :]))
    titles = len(list(takewhile(lambda row: len(row.cells) == 1, rows)))
    body = rows[titles:]
    if not body or not _is_head(body):
        return Table((), tuple(rows))
    last = body[0].number + max(cell.down for cell in body[0].own()) - 1
    deep = len(list(takewhile(lambda row: row.number <= last, body)))
    return Table(tuple(body[:deep]), tuple(body[deep:]), tuple(rows[:titles]))


def _is_head(rows: list[Row]) -> bool:
    """Whether the first row names columns: short words throughout, of a kind heads are, or above numbers."""
    cells = rows[0].cells
    used = _columns(rows)
    covered = sum(rows[0].at(column) is not None for column in used)
    if len(cells) < 2 or covered * 3 < len(used) * 2:  # noqa: PLR2004 (one cell is a title; two thirds are named)
        return False
    if any(len(cell.words) > _LONGEST or _is_number(cell) or cell.words.endswith(":") for cell in cells):
        return False
    known = sum(_HEADING.search(cell.text) is not None or _HEADING.search(cell.words) is not None for cell in cells)
    if covered == 2:  # noqa: PLR2004 (a label and its value look like a head)
        return known == len(cells)
    return known > 0 or any(_is_number(cell) for row in rows[1:] for cell in row.cells)


def _is_number(cell: Cell) -> bool:
    return _NUMBER.fullmatch(cell.words) is not None


def _columns(rows: Iterable[Row]) -> set[int]:
    """The columns in which a cell begins."""
    return {cell.column for row in rows for cell in row.cells}


def _only_margin(text: str) -> bool:
    return len("".join(text.split())) <= _AROUND


def _joined(before: Table, table: Table, last: Page, page: Page) -> Table | None:
    """Both as one table, if the second goes on where the first ended on the page before; its head again is no row."""
    rows = (*table.title, *table.head, *table.rows)
    repeated = _repeats(before, rows)
    above = page.text[: rows[0].start]
    if page.number != last.number + 1 or not (page.paged and last.paged):
        return None
    other = not _only_margin(above) or _CAPTION.search(above) or (table.head and not repeated)
    if other and not _CONTINUED.search(above):
        return None
    known, new = set(before.columns), _columns(rows)
    if not repeated and not (new <= known or (known <= new and not before.head)):
        return None  # a column that is empty throughout a page does not show there
    return replace(before, rows=(*before.rows, *rows[repeated:]))


def _repeats(before: Table, rows: Sequence[Row]) -> int:
    """How many of the first rows say again what the head of the table before said."""
    said = [[cell.words for cell in row.cells] for row in before.head]
    again = [[cell.words for cell in row.cells] for row in rows[: len(said)]]
    return len(said) if said and said == again else 0
