"""The rows of a bill of quantities without rules, below its head or on the page after it.

Columns part where the fewest words of the rows stand, between what the head says of one and of the next. A row is told
by its figures or its number. Lines of print between two of them are of one or the other: rows stand further apart than
lines of a cell, and where they do not, a line goes on that could not take the next word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from countersight.read.glyphs import Glyphs
from countersight.read.grid import Slot
from countersight.read.headed import Columns, Line, Word, heads, lines_of
from countersight.read.sided import forms
from countersight.text.quantity import is_cut

MAY_GO_ON = re.compile(r"(?:\d\S{0,3}(?!\S)[^\x00]*?){3}")
"""What the text of a page has that goes on with a bill: figures at the end of words, more than the page's number."""
MOST_PAGES = 12
"""That a bill goes on over without its head."""

_FAR = 3.0  # times the height of a line: lines further apart are not of one table
_CLOSE = 1.08  # times the distance of two lines of a cell: lines further apart are of two rows
_CELL = 1.3  # times the height of a line: lines of one cell are no further apart, where one row tells nothing better
_ALIGNED = 1.0  # points: words begin at the same place
_SAME = 0.6  # times the height of a line: figures no further apart are of one row
_MARGIN = 80  # characters of what stands at the edges of a page: running heads, page numbers
_WIDE = "\u2e7f"  # East Asian characters lie above: a line may end between any two
_SUM = re.compile(r"[(（]?(?:合\s*计|小\s*计|总\s*计|共\s*计|总\s*价|(?:sub|grand)?[\s-]?total)", re.IGNORECASE)
_COUNT = re.compile(r"[^\d\s]{0,5}\s?\d[\d,.]*\s?\S{0,6}")  # a quantity, and little else

Cells = dict[Slot, list[int]]
Body = list[list[Line]]


@dataclass(frozen=True, slots=True)
class Found:
    """A bill: the height it begins at and the characters of its cells."""

    top: float
    cells: Cells


def bills(glyphs: Glyphs, among: list[int], text: str, before: Columns | None) -> tuple[list[Found], Columns | None]:
    """The bills among some characters of a page, and the columns of the one that may go on over the page's end.

    ``before`` are the columns of the bill that the page before ended with.
    """
    ended, before = before, before if before and before.pages < MOST_PAGES and MAY_GO_ON.search(text) else None
    lines = lines_of(glyphs, among, text)
    found: list[Found] = []
    starts = heads(lines, glyphs.size)
    stops = [*(head.start for head in starts), len(lines)]
    last = -1
    if before:
        last = _below(lines, 0, stops[0], before, glyphs.size, found, [])
    if last < 0 and ended and (alone := _rest(lines[: stops[0]], ended, glyphs.size)):
        found.append(alone)
    columns = replace(before, pages=before.pages + 1) if before else None
    for head, stop in zip(starts, stops[1:], strict=True):
        columns = head.columns
        said = lines[head.start : head.stop]
        last = _below(lines, head.stop, stop, columns, glyphs.size, found, said)
    if not found:
        return [Found(*form) for form in forms(lines, glyphs.size)], None
    rest = "".join(word.text for line in lines[last + 1 :] for word in line.words)
    ends = columns is not None and last >= 0 and len(rest) <= _MARGIN
    return found, replace(columns, lefts=_lefts(lines[: last + 1], columns)) if columns and ends else None


def _lefts(lines: Sequence[Line], columns: Columns) -> tuple[tuple[float, int], ...]:
    """Where the lowest words begin of each column but the first and those of figures."""
    found: dict[int, float] = {}
    for word in (word for line in lines for word in line.words):
        if 0 < word.first == word.last and not columns.is_figure(word.first):
            found[word.first] = word.piece.x0
    return tuple(sorted((x0, column) for column, x0 in found.items()))


def _rest(lines: list[Line], columns: Columns, size: float) -> Found | None:
    """What alone goes on of a row that the page before ends with: words at the top that begin where its own did."""
    start = next((n for n, line in enumerate(lines) if _is_under(line, columns)), len(lines))
    if sum(len(word.text) for line in lines[:start] for word in line.words) > _MARGIN:
        return None
    end = start
    while end < len(lines) and (end == start or lines[end].y - lines[end - 1].y <= _CELL * size):
        if not _is_under(lines[end], columns):
            return None
        end += 1
    own = lines[start:end]
    return Found(_top(own), _cells([], [own])) if own else None


def _is_under(line: Line, columns: Columns) -> bool:
    """Whether all words of a line begin where those of a column did, and end before the next; puts them into it."""
    for word in line.words:
        column = next((n for x0, n in columns.lefts if abs(x0 - word.piece.x0) < _ALIGNED), -1)
        beyond = [x0 for x0, n in columns.lefts if n > column]
        if column < 0 or word.piece.x1 > min(beyond, default=float("inf")):
            return False
        word.first = word.last = column
    return True


def _below(  # noqa: PLR0917 (where, and where to)
    lines: list[Line], start: int, stop: int, columns: Columns, size: float, found: list[Found], head: list[Line]
) -> int:
    """Reads the bill from ``start`` on; the number of its last line, -1 for none."""
    last = -1
    for run in _runs(lines, range(start, stop), columns, size):
        own = lines[run.start : run.stop]
        columns = columns if head else _moved(columns, own)
        edges = _edges(columns, own)
        for line in own:
            _place(line, edges, size)
        body, end = _body(own, columns, size, headed=bool(head))
        if body:
            found.append(Found(_top(head or body[0]), _cells(head, body)))
            last, head = run.start + end, []
    return last


def _top(lines: list[Line]) -> float:
    return min(word.piece.y0 for line in lines for word in line.words)


def _runs(lines: list[Line], among: range, columns: Columns, size: float) -> Iterator[range]:
    """Lines as a table has them, cut where they lie far apart and at paragraphs."""
    middles = [(x0 + x1) / 2 for x0, x1 in columns.stretches]
    start = among.start
    for n in among:
        far = n > start and lines[n].y - lines[n - 1].y > _FAR * size
        prose = any(
            sum(word.piece.x0 < x < word.piece.x1 for x in middles) * 2 > len(middles) for word in lines[n].words
        )
        if far or prose:
            yield range(start, n)
            start = n + prose
    yield range(start, among.stop)


# ── columns ──


def _edges(columns: Columns, lines: list[Line]) -> list[float]:
    """Where columns part: between the middles of their words, where the fewest words stand, in the widest gap."""
    full = [line for line in lines if _is_full(line, columns)]
    edges = []
    words = [(word.piece.x0, word.piece.x1) for line in lines for word in line.words]
    for n, (one, other) in enumerate(pairwise(columns.stretches)):
        low, high = sum(one) / 2, sum(other) / 2
        low = max([low, *(line.words[n].centre for line in full)])
        high = min([high, *(line.words[n + 1].centre for line in full)])
        if low >= high:
            low, high = sum(one) / 2, sum(other) / 2
        edges.append(_parting([*words, one, other], low, high))
    return edges


def _moved(columns: Columns, lines: Sequence[Line]) -> Columns:
    """The columns as they lie where the table goes on: as the words of a line that has one for each."""
    for line in lines:
        if len(line.words) == len(columns.stretches) and _COUNT.fullmatch(line.words[columns.counted].text):
            return replace(columns, stretches=tuple((word.piece.x0, word.piece.x1) for word in line.words))
    return columns


def _is_full(line: Line, columns: Columns) -> bool:
    """Whether a line of print has a word for each column, each clear of the heads of the others."""
    if len(line.words) != len(columns.stretches) or not _has_figure(line.words[columns.counted].text):
        return False
    places = range(len(line.words))
    return not any(line.words[n].over(*columns.stretches[m]) for n in places for m in places if n != m)


def _has_figure(text: str) -> bool:
    return any(map(str.isdigit, text))


def _parting(words: list[tuple[float, float]], low: float, high: float) -> float:
    """The middle of the widest of the stretches from ``low`` to ``high`` in which the fewest words stand."""
    near = [(max(x0, low), min(x1, high)) for x0, x1 in words if x0 < high and low < x1]
    stops = sorted({low, high, *(x for word in near for x in word)})
    gaps = [(sum(x0 <= a and b <= x1 for x0, x1 in near), a - b, a, b) for a, b in pairwise(stops)]
    _, _, a, b = min(gaps)
    return (a + b) / 2


def _place(line: Line, edges: list[float], size: float) -> None:
    """Puts each word into its column; one that reaches well into others spans them."""
    for word in line.words:
        reach = min(size / 2, (word.piece.x1 - word.piece.x0) / 2)
        word.first = bisect_right(edges, word.piece.x0 + reach)
        word.last = max(word.first, bisect_right(edges, word.piece.x1 - reach))


# ── rows ──


def _body(lines: list[Line], columns: Columns, size: float, *, headed: bool) -> tuple[Body, int]:
    """The rows of lines of print, and the number of the last line of them. None without a row that has figures."""
    reader = _Rows(lines, columns, size)
    told = [n for n, line in enumerate(lines) if reader.tells(line)]
    if not any(reader.counts(lines[n]) or (not headed and reader.sums(lines[n])) for n in told):
        return [], -1
    start = 0 if headed else reader.begins(next(n for n in told if reader.figured(lines[n])))
    if not reader.is_filled() or not (headed or all(reader.fits(lines[n]) for n in told if reader.counts(lines[n]))):
        return [], -1
    end = reader.ends(max(n for n in told if reader.figured(lines[n])))
    return reader.rows(start, end), end


@dataclass(slots=True)
class _Rows:
    """Lines of print gathered into rows."""

    lines: list[Line]
    columns: Columns
    size: float
    spaced: bool = True
    cut: frozenset[float] = frozenset()
    """How far down the lines stand that only say the rest of figures above them."""

    def __post_init__(self) -> None:
        self.cut = frozenset(line.y for above, line in pairwise(self.lines) if self._ends_figures(above, line))
        told = [line.y for line in self.lines if self.figured(line)]
        self.spaced = self._lead(0, len(self.lines)) * _CLOSE < min((b - a for a, b in pairwise(told)), default=0.0)

    def counts(self, line: Line) -> bool:
        """Whether a line says a quantity."""
        at = self.columns.counted
        return _has_figure("".join(word.text for word in line.words if word.first == word.last == at))

    def figured(self, line: Line) -> bool:
        """Whether a line has figures in a column of them."""
        return line.y not in self.cut and any(_has_figure(word.text) for word in self._figures(line))

    def _figures(self, line: Line) -> list[Word]:
        return [word for word in line.words if word.first == word.last and self.columns.is_figure(word.first)]

    def _ends_figures(self, above: Line, line: Line) -> bool:
        """Whether the figures of a line are all the rest of those right above: ``567.00`` of ``1,234,``."""
        said = {word.first: word.text for word in self._figures(above)}
        rest = [is_cut(said.get(word.first, ""), word.text) for word in self._figures(line) if _has_figure(word.text)]
        return bool(rest) and all(rest) and line.y - above.y <= 2 * self.size

    def tells(self, line: Line) -> bool:
        """Whether a line is surely of a row of its own: it has figures, a number, or stands over several columns."""
        numbered = not self.spaced and any(self.columns.holds(word.first, "number") for word in line.words)
        spans = any(word.last > word.first for word in line.words)
        return numbered or spans or self.figured(line) or _SUM.match(line.words[0].text) is not None

    def sums(self, line: Line) -> bool:
        """Whether a line says a sum."""
        return _SUM.match(line.words[0].text) is not None and self.figured(line)

    def fits(self, line: Line) -> bool:
        """Whether a line without a head above it has what rows of the bill have: a word a column, a quantity alone."""
        places = [word.first for word in line.words if word.first == word.last]
        apart = len(set(places)) == len(line.words) > 2  # noqa: PLR2004 (words of more than a label and its value)
        at = self.columns.counted
        return apart and all(_COUNT.fullmatch(word.text) for word in line.words if word.first == at)

    def is_filled(self) -> bool:
        """Whether most lines with words in most columns have figures, as those of prose have not."""
        full = [line for line in self.lines if len({word.first for word in line.words}) * 2 > len(self.columns.roles)]
        return sum(map(self.figured, full)) * 2 >= len(full)

    def begins(self, told: int) -> int:
        """The first line of a bill that goes on: those close above its first row, none in the first column."""
        start = told
        while start and self._is_rest(self.lines[start - 1]) and self._apart(start) <= 2 * self.size:
            start -= 1
        return start

    def _is_rest(self, line: Line) -> bool:
        return all(word.first == word.last > 0 for word in line.words)

    def _apart(self, n: int) -> float:
        return self.lines[n].y - self.lines[n - 1].y

    def ends(self, figured: int) -> int:
        """The last line of a bill: those that go on below its last figures."""
        lead = self._lead(0, len(self.lines))
        end = figured
        while end + 1 < len(self.lines) and not self.tells(self.lines[end + 1]):
            if self._apart(end + 1) > _CLOSE * lead or not (self._goes_on(end + 1) or self._within(end + 1)):
                break
            end += 1
        return end

    def _within(self, n: int) -> bool:
        """Whether a line lies less than the height of a line below one in other columns."""
        return self._apart(n) < self.size * 0.9

    def rows(self, start: int, end: int) -> Body:
        """The rows from one line to another."""
        lead = self._lead(start, end + 1)
        cuts = [start, *(n for n in range(start + 1, end + 1) if self._apart(n) > _CLOSE * lead), end + 1]
        top = self._is_top(start, end)
        rows = (row for a, b in pairwise(cuts) for row in self._parted(a, b, top=top))
        return [[self.lines[n] for n in row] for row in rows]

    def _lead(self, start: int, stop: int) -> float:
        """How far apart two lines of one cell are: the least distance of lines of which one tells no row."""
        last: dict[int, int] = {}
        found = []
        for n in range(start, stop):
            for word in self.lines[n].words:
                if word.first in last and not (self.tells(self.lines[n]) and self.tells(self.lines[last[word.first]])):
                    found.append(self.lines[n].y - self.lines[last[word.first]].y)
                last[word.first] = n
        most = _CELL * self.size if sum(map(self.figured, self.lines[start:stop])) < 2 else float("inf")  # noqa: PLR2004
        return min([*found, most])

    def _is_top(self, start: int, end: int) -> bool:
        """Whether cells begin at the top of their rows: what is bought stands beside each quantity."""
        named = {n for n in range(len(self.columns.roles)) if self.columns.holds(n, "description")}
        for n in range(start, end + 1):
            if self.counts(self.lines[n]) and not named <= {word.first for word in self.lines[n].words}:
                return False
        return True

    def _parted(self, start: int, stop: int, *, top: bool) -> Iterator[list[int]]:
        """Lines as close as those of a cell, as rows: one for each that tells one."""
        told = [n for n in range(start, stop) if self.tells(self.lines[n])]
        told = [n for n, m in zip(told, [-1, *told], strict=False) if m < 0 or self._far(m, n)]
        if len(told) < 2:  # noqa: PLR2004
            yield list(range(start, stop))
            return
        row: list[int] = []
        for n in range(start, stop):
            if row and self._begins_row(n, row, told, top=top):
                yield row
                row = []
            row.append(n)
        yield row

    def _far(self, n: int, m: int) -> bool:
        return self.lines[m].y - self.lines[n].y > _SAME * self.size

    def _begins_row(self, n: int, row: list[int], told: list[int], *, top: bool) -> bool:
        """Whether a line is of another row than the lines before it."""
        has = any(m in told for m in row)
        if n in told:
            return has or not any(self._reaches(m) for m in row)
        if has and not top and self.lines[n].y > self._foot(row, told):
            return True
        if self._goes_on(n):
            return False
        heading = len(self.lines[n].words) == 1 and self.columns.holds(
            self.lines[n].words[0].first, "description", "article"
        )
        return has and (not top or heading)

    def _foot(self, row: list[int], told: list[int]) -> float:
        """How far down a row reaches whose figures stand in the middle of it."""
        figures = next(self.lines[n].y for n in row if n in told)
        return 2 * figures - self.lines[row[0]].y + _SAME * self.size

    def _reaches(self, n: int) -> bool:
        """Whether the words of a line go on below it."""
        own = {word.first: word for word in self.lines[n].words}
        for m in range(n + 1, min(n + 3, len(self.lines))):
            for word in self.lines[m].words:
                if word.first in own:
                    return self._is_next(own[word.first], word)
        return True

    def _goes_on(self, n: int) -> bool:
        """Whether words of a line go on with those above them, which could not take the next word."""
        for word in self.lines[n].words:
            above = next(
                (o for m in (n - 1, n - 2) if m >= 0 for o in self.lines[m].words if o.first == word.first), None
            )
            if above and self._is_next(above, word):
                return True
        return False

    def _is_next(self, above: Word, word: Word) -> bool:
        wide = max(
            w.piece.x1 - w.piece.x0 for line in self.lines for w in line.words if w.first == word.first == w.last
        )
        return above.piece.x1 - above.piece.x0 + _first(word) + self.size / 2 > wide


def _first(word: Word) -> float:
    """How wide the first word of words is: one of Chinese is a character."""
    wide = word.piece.x1 - word.piece.x0
    first = 1 if word.text[0] > _WIDE else len(word.text.split(maxsplit=1)[0])
    return wide * first / len(word.text)


# ── cells ──


def _cells(head: Sequence[Line], body: Body) -> Cells:
    """The characters of each cell, rows counted from 0."""
    rows = [*_head_rows(head), *([word for line in row for word in line.words] for row in body)]
    found: Cells = {}
    for n, row in enumerate(rows):
        for word in sorted(row, key=lambda word: (word.first, word.middle, word.piece.x0)):
            found.setdefault(Slot(n, word.first, n, word.last), []).extend(word.piece.glyphs)
    return found


def _head_rows(lines: Sequence[Line]) -> list[list[Word]]:
    """The words of a head as rows: two where words stand over several columns, of which the second is what is below."""
    words = [word for line in lines for word in line.words]
    groups = [word for word in words if word.last > word.first]
    below = [
        word
        for word in words
        if any(one.first <= word.first <= one.last and one.middle < word.middle for one in groups)
    ]
    return [row for row in ([word for word in words if word not in below], below) if row]
