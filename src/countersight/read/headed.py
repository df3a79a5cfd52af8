"""Bills of quantities without rules: the words of their head tell where columns are, their quantities what a row is.

A head is a line of print, or several, most of whose words name columns of a bill. Below it, words keep to the column of
the head that they lie under. A row has one quantity; what is printed as close to it as lines of one cell are belongs to
it, above and below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from countersight.facts.heads import LONGEST, role
from countersight.read.columns import Piece, pieces
from countersight.read.glyphs import Glyphs
from countersight.read.grid import Slot

MAY_HEAD = re.compile(
    r"数\s?量|工程量|采购量|需求量|单\s?价|uantity|QUANTITY|Qty|QTY|qty|[Uu]nit\s+[Pp]rice|UNIT\s+PRICE"
)
"""What a page says that has the head of a bill."""

_WORD = 0.28  # times the height of a line: words further apart are of two cells
_LEVEL = 0.3  # times the height of a line: words whose middles lie no further apart are on one line of print
_HEAD = 1.3  # times the height of a line: lines of one head are no further apart,
_GROUPED = 2.2  # save those of a head in two rows
_LINE = 0.95  # and a line in the first column alone is no title
_FAR = 3.0  # times the height of a line: lines further apart are not of one table
_CLOSE = 1.12  # times the distance of two lines of a cell: no line of it is further from the next
_HALF = 0.8  # of that distance: lines that are nearer stand in cells of one row, in the middle of each
_FEWEST = 3  # words of a head
_END = 16  # characters of a line of a head that says nothing by itself
_BIT = 3  # and of one that stands alone on its line of print
_ROWS = 2  # with quantities
_LINES = 3  # of print, in one of which a cell that goes on below has words
_PENDING = 6  # lines of print that may stand in a row without being rows
_PROSE = 44  # characters
_ENDS = re.compile(r"[。；：:;.]\s*$")
_BRACKETED = re.compile(r"[(（\[].{1,12}[)）\]]|[(（]?(?:元|万元|台|套|USD|RMB|EUR|GBP|CNY)[)）]?|/")
_SUM = re.compile(r"[(（]?(?:合\s*计|小\s*计|总\s*计|共\s*计|总\s*价|(?:sub|grand)?[\s-]?total)", re.IGNORECASE)


@dataclass(slots=True)
class _Word:
    """Words that stand together, and the columns they are of, ``first`` to ``last``, -1 while not known."""

    piece: Piece
    text: str
    first: int = -1
    last: int = -1

    @property
    def middle(self) -> float:
        return (self.piece.y0 + self.piece.y1) / 2

    @property
    def spans(self) -> bool:
        return self.last > self.first


@dataclass(slots=True)
class _Level:
    """Words on one line of print."""

    words: list[_Word]
    y: float

    def filled(self, column: int) -> bool:
        return any(word.first == word.last == column for word in self.words)


@dataclass(slots=True)
class _Head:
    """A head: its lines of print, the stretch of each column, and the column of quantities."""

    levels: list[_Level]
    columns: list[list[float]] = field(default_factory=list)
    counted: int = -1

    def counts(self, level: _Level) -> bool:
        """Whether a line of print says a quantity."""
        said = (word.text for word in level.words if word.first == word.last == self.counted)
        return any(map(str.isdigit, "".join(said)))


def headed_tables(glyphs: Glyphs, among: list[int], text: str) -> Iterator[tuple[float, dict[Slot, list[int]]]]:
    """The bills among some characters, each with the height it begins at and the characters of its cells."""
    levels = _levels(glyphs, among, text)
    at = 0
    while at < len(levels):
        head = _head(levels, at, glyphs.size)
        if head is None:
            at += 1
            continue
        start = 1 + next(n for n in range(at, len(levels)) if levels[n] is head.levels[-1])
        stop = next((n for n in range(start, len(levels)) if _head(levels, n, glyphs.size)), len(levels))
        before: list[_Level] = head.levels
        for body in _bodies(levels[start:stop], head, glyphs.size):
            yield _top(before or body), _slots(before, body, head)
            before = []
        at = stop


def _top(levels: list[_Level]) -> float:
    return min(word.piece.y0 for level in levels for word in level.words)


def _levels(glyphs: Glyphs, among: list[int], text: str) -> list[_Level]:
    """The lines of print, from top to bottom."""
    words = [_Word(one, _said(glyphs, one, text)) for one in pieces(glyphs, among, _WORD * glyphs.size)]
    found: list[_Level] = []
    for word in sorted(words, key=lambda word: (word.middle, word.piece.x0)):
        if found and word.middle - found[-1].y < _LEVEL * glyphs.size:
            found[-1].words.append(word)
        else:
            found.append(_Level([word], word.middle))
    for level in found:
        level.words.sort(key=lambda word: word.piece.x0)
    return found


def _said(glyphs: Glyphs, piece: Piece, text: str) -> str:
    """The characters of a piece, and a space where the text has one."""
    at = [glyphs.at[n] for n in piece.glyphs]
    spaced = (" " * (other > one + 1) + text[other] for one, other in pairwise(at))
    return text[at[0]] + "".join(spaced)


# ── heads ──


def _head(levels: list[_Level], at: int, size: float) -> _Head | None:
    """The head that begins at a line of print."""
    taken = [levels[at]]
    if sum(map(_heads, taken[0].words)) * 3 < len(taken[0].words) * 2 or any(map(_is_told, taken[0].words)):
        return None
    for level in reversed(levels[max(0, at - 3) : at]):
        if not _is_above(level, taken[0], size):
            break
        taken.insert(0, level)
    for level in levels[at + 1 : at + 4]:
        apart = level.y - taken[-1].y
        known = all(map(_heads, level.words))
        near = _HEAD if len(level.words) == 1 or not known else _GROUPED
        if apart > near * size or any(map(_is_told, level.words)) or _is_heading(level, taken):
            break
        if sum(map(_heads, level.words)) * 2 < len(level.words) and not _are_ends(level, taken, size):
            break
        taken.append(level)
    if len(taken) > 1 and _is_title(taken[0], taken[1], size):
        return None
    return _named(taken)


def _named(taken: list[_Level]) -> _Head | None:
    """The head of these lines of print, if it is that of a bill."""
    words = [word for level in taken for word in level.words]
    if len(words) < _FEWEST or any(len(word.text) > LONGEST or word.text[-1:] in "。；：:" for word in words):
        return None
    head = _Head(taken)
    _divide(head)
    return head if _names_bill(head) else None


def _is_title(level: _Level, below: _Level, size: float) -> bool:
    """Whether a line of print stands above a head and is none of it."""
    if len(level.words) >= len(below.words):
        return False
    first, apart = level.words[0].piece, below.y - level.y
    left = first.x0 < below.words[0].piece.x1 and len(level.words) == 1
    wide = left and first.x1 > below.words[1].piece.x0
    return wide or apart > (_LINE if left else _HEAD if len(level.words) == 1 else _GROUPED) * size


def _heads(word: _Word) -> bool:
    """Whether words may head a column, or say its unit."""
    return role(word.text) is not None or _BRACKETED.fullmatch(word.text) is not None


def _is_told(word: _Word) -> bool:
    """Whether words have figures, as those of heads have not."""
    return any(map(str.isdigit, word.text)) and not _heads(word)


def _is_above(level: _Level, below: _Level, size: float) -> bool:
    """Whether words stand half a line above others, beside them: first lines of cells of two in the middle of a row."""
    beside = (not _shares(word.piece, [o.piece.x0, o.piece.x1]) for word in level.words for o in below.words)
    short = all(len(word.text) <= _END and not _is_told(word) for word in level.words)
    return below.y - level.y <= _HALF * size and short and all(beside)


def _is_heading(level: _Level, above: list[_Level]) -> bool:
    """Whether a line of print is the heading of the rows below: words from the left edge, or under several heads."""
    word = level.words[0]
    heads = sorted((one.piece.x0, one.piece.x1) for row in above for one in row.words)
    over = {x0 for x0, x1 in heads if _shares(word.piece, [x0, x1])}
    return len(level.words) == 1 and len(word.text) > _BIT and (len(over) > 1 or word.piece.x0 <= heads[0][1])


def _are_ends(level: _Level, above: list[_Level], size: float) -> bool:
    """Whether all words go on below words of a head, each below one."""
    most = _END if len(level.words) > 1 or level.y - above[-1].y <= _LINE * size else _BIT
    known = [word for one in above for word in one.words]
    spans = [[word.piece.x0, word.piece.x1] for word in known]
    return all(len(word.text) <= most and any(_shares(word.piece, span) for span in spans) for word in level.words)


def _divide(head: _Head) -> None:
    """The columns of a head: its lowest words, and those above that lie over one of them or none."""
    columns: list[list[float]] = []
    for level in reversed(head.levels):
        for word in level.words:
            over = [column for column in columns if _shares(word.piece, column)]
            if not over:
                columns.append([word.piece.x0, word.piece.x1])
            elif len(over) == 1:
                _widen(over[0], word.piece)
    head.columns = sorted(columns)
    for level in head.levels:
        for word in level.words:
            _place(word, head)
    if len(head.levels) > 1:
        _group(head.levels[0], head.levels[-1], len(columns))


def _group(upper: _Level, lower: _Level, columns: int) -> None:
    """Lets words over one of a group of columns reach over all of it, where other heads stand beside them alone."""
    above, below = ([level.filled(n) for n in range(columns)] for level in (upper, lower))
    if any(a and not b for a, b in zip(above, below, strict=True)):
        for word in (word for word in upper.words if not word.spans and below[word.first]):
            while word.last + 1 < columns and below[word.last + 1] and not above[word.last + 1]:
                word.last += 1
            while word.first and below[word.first - 1] and not above[word.first - 1]:
                word.first -= 1


def _shares(piece: Piece, column: list[float]) -> bool:
    return piece.x0 < column[1] and column[0] < piece.x1


def _widen(column: list[float], piece: Piece) -> None:
    column[:] = min(column[0], piece.x0), max(column[1], piece.x1)


def _place(word: _Word, head: _Head) -> None:
    over = [n for n, column in enumerate(head.columns) if _shares(word.piece, column)]
    word.first, word.last = (over[0], over[-1]) if over else (-1, -1)


def _names_bill(head: _Head) -> bool:
    """Whether the columns are those of a bill; sets the columns that tell rows."""
    roles = []
    for n in range(len(head.columns)):
        said = [word.text for level in head.levels for word in level.words if word.first <= n <= word.last]
        roles.append(role("".join(said[-2:])) or next(filter(None, map(role, reversed(said))), None))
    counted = [n for n, one in enumerate(roles) if one == "quantity"]
    counted += [n for n, one in enumerate(roles) if one == "unit_price"]
    head.counted = counted[0] if counted else -1
    known = [one for one in roles if one]
    return bool(counted) and len(known) >= _FEWEST and len(known) * 3 >= len(roles) * 2


# ── rows ──


def _bodies(levels: list[_Level], head: _Head, size: float) -> Iterator[list[_Level]]:
    """The lines of print below a head; those behind a paragraph, where they go on as before it, by themselves."""
    _assign(levels, head)
    body: list[_Level] = []
    pending: list[_Level] = []
    y = head.levels[-1].y
    for n, level in enumerate(levels):
        if level.y - y > _FAR * size:
            break
        y = level.y
        if _is_row(level, head):
            body += [*pending, level]
            pending = []
        elif _is_prose(level) and body:
            yield from _bodies(levels[n + 1 :], _moved(head, level, levels[n + 1 : n + 2]), size)
            break
        elif body and not pending and _continues(level, body[-_LINES:], size):
            body.append(level)
        else:
            pending.append(level)
            if len(pending) > _PENDING:
                break
    if _told(body, head):
        yield body


def _moved(head: _Head, prose: _Level, below: list[_Level]) -> _Head:
    """The head as it holds below a paragraph, where columns may be otherwise wide."""
    words = [word.piece for level in below for word in level.words]
    told = len(words) == len(head.columns)
    columns = [[one.x0, one.x1] for one in words] if told else [list(one) for one in head.columns]
    return _Head([prose], columns, head.counted)


def _told(body: list[_Level], head: _Head) -> bool:
    rows = sum(map(head.counts, body))
    strong = len(head.columns) > _FEWEST + 1 and any(_is_row(level, head) for level in body)
    return rows >= _ROWS or strong or any(head.counts(level) and len(level.words) > _FEWEST for level in body)


def _assign(levels: list[_Level], head: _Head) -> None:
    """Puts each word into the column under whose head it lies, or below whose words in rows of goods."""
    full = [level for level in levels if _is_full(level, head)]
    for level in full:
        for n, word in enumerate(level.words):
            word.first = word.last = n
        _widened(level, head)
    others = [level for level in levels if level not in full]
    for widening in (True, False):
        for level in others:
            for word in level.words:
                _place(word, head)
            told = len(level.words) >= _FEWEST and head.counts(level)
            if widening and told and not any(word.spans for word in level.words):
                _widened(level, head)
    for level in others:
        for word in level.words:
            if word.first < 0:
                _beside(word, level, head)


def _is_full(level: _Level, head: _Head) -> bool:
    """Whether a line of print has a word for each column, each clear of the heads of its neighbours."""
    if len(level.words) != len(head.columns) or not any(map(str.isdigit, level.words[head.counted].text)):
        return False
    pairs = ((n, m) for n in range(len(head.columns)) for m in range(len(head.columns)) if n != m)
    return not any(_shares(level.words[n].piece, head.columns[m]) for n, m in pairs)


def _widened(level: _Level, head: _Head) -> None:
    for word in level.words:
        if word.first >= 0:
            _widen(head.columns[word.first], word.piece)


def _beside(word: _Word, level: _Level, head: _Head) -> None:
    """A word under no head is of the nearer column beside it that its line of print leaves free."""
    x = (word.piece.x0 + word.piece.x1) / 2
    near = sorted((abs((one[0] + one[1]) / 2 - x), n) for n, one in enumerate(head.columns) if not level.filled(n))
    if near and head.columns[0][0] - word.piece.x1 < 0:
        word.first = word.last = near[0][1]


def _is_row(level: _Level, head: _Head) -> bool:
    """Whether a line of print is surely of the table: its words are parted as columns are, and one is a quantity."""
    own = [word for word in level.words if word.first >= 0]
    spanning = sum(word.spans for word in own)
    if len(own) < 2 or spanning > 1:  # noqa: PLR2004 (words of two cells)
        return False
    return head.counts(level) or bool(_SUM.match(own[0].text)) or (not spanning and len(own) > 2)  # noqa: PLR2004


def _is_prose(level: _Level) -> bool:
    said = "".join(word.text for word in level.words)
    return len(said) > _PROSE or (any(word.spans for word in level.words) and bool(_ENDS.search(said)))


def _continues(level: _Level, before: list[_Level], size: float) -> bool:
    """Whether a line of print goes on with cells of those before."""
    filled = {word.first for one in before for word in one.words}
    own = {word.first for word in level.words}
    return level.y - before[-1].y <= _HEAD * size and own <= filled and not any(word.spans for word in level.words)


def _slots(head: list[_Level], body: list[_Level], own: _Head) -> dict[Slot, list[int]]:
    """The characters of each cell, rows counted from 0."""
    rows = [*_head_rows(head), *([word for level in row for word in level.words] for row in _rows(body, own))]
    found: dict[Slot, list[int]] = {}
    for n, row in enumerate(rows):
        for word in sorted((word for word in row if word.first >= 0), key=_by_place):
            found.setdefault(Slot(n, word.first, n, word.last), []).extend(word.piece.glyphs)
    return found


def _by_place(word: _Word) -> tuple[int, float, float]:
    return word.first, word.middle, word.piece.x0


def _head_rows(levels: list[_Level]) -> list[list[_Word]]:
    """The words of a head as rows: two where words stand over several columns, of which the second is what is below."""
    words = [word for level in levels for word in level.words]
    groups = [word for word in words if word.spans]
    below = [
        word
        for word in words
        if any(one.first <= word.first <= one.last and one.middle < word.middle for one in groups)
    ]
    return [row for row in ([word for word in words if word not in below], below) if row]


def _rows(body: list[_Level], head: _Head) -> list[list[_Level]]:
    """Lines of print gathered into rows."""
    anchors = [level.y for level in body if head.counts(level)]
    pitch = min((b - a for a, b in pairwise(anchors)), default=0.0)
    lead = min(_distances(body), default=pitch)
    wraps = lead < 0.9 * pitch
    rows: list[list[_Level]] = []
    for level in body:
        if rows and _goes_on(rows[-1], level, head, lead, wraps=wraps):
            rows[-1].append(level)
        else:
            rows.append([level])
    return rows


def _distances(body: list[_Level]) -> Iterator[float]:
    """How far apart lines of one column are."""
    last: dict[int, float] = {}
    for level in body:
        for word in level.words:
            if word.first in last and not word.spans:
                yield level.y - last[word.first]
            last[word.first] = level.y


def _goes_on(row: list[_Level], level: _Level, head: _Head, lead: float, *, wraps: bool) -> bool:
    """Whether a line of print is of the row above it."""
    if head.counts(level) and any(map(head.counts, row)):
        return False
    if level.y - row[-1].y < _HALF * lead:
        return True
    if not wraps or any(word.spans for word in level.words) or _SUM.match(level.words[0].text):
        return False
    last = {word.first: one.y for one in row for word in one.words}
    return any(word.first in last and level.y - last[word.first] <= _CLOSE * lead for word in level.words)
