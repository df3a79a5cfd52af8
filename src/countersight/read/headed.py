"""The head of a bill of quantities without rules: lines of print whose words name columns.

A head is looked for line by line. Around a line most of whose words name columns stand the other lines of the same
head: each of their words completes the head it lies over or under, or heads a column of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from countersight.facts.goods.heads import LONGEST, role
from countersight.read.columns import Piece, pieces
from countersight.read.glyphs import Glyphs
from countersight.text.normal import fold

MAY_HEAD = re.compile(
    r"[数用]\s?量|工程量|采购量|需求量|[台套件]数|单\s?价|uantit|QUANTIT|Q'?ty|QTY|qty|\bRates?\b|\bCount\b|N(?:umber|o\.)\s+of\b"
    r"|[Uu]nit\s+(?:[Pp]rice|[Rr]ate|[Cc]ost|[Vv]alue)|UNIT\s+(?:PRICE|RATE|COST)|(?:Price|Cost)\s+(?:per|each)"
)
"""What a page says that has the head of a bill."""

_WORD = 0.28  # times the height of a line: words further apart are of two cells
_LEVEL = 0.3  # times the height of a line: words whose middles lie no further apart are on one line of print
_NEAR = 2.2  # times the height of a line: rows of one head are no further apart,
_LEAD = 1.3  # and lines of one of its cells
_HALF = 0.8  # times the height of a line: lines of one cell are further apart
_AROUND = 3  # lines of a head above or below the one that is found first
_FEWEST = 3  # columns with known heads
_SHORT = 16  # characters of a head that says nothing known
_BRACKETED = re.compile(r"[(（\[].{1,12}[)）\]]|[(（]?(?:元|万元|台|套|USD|RMB|EUR|GBP|CNY)[)）]?|/")
_FIGURES = ("quantity", "unit_price", "total")


@dataclass(slots=True)
class Word:
    """Words that stand together on a line of print, and the columns they are of, ``first`` to ``last``."""

    piece: Piece
    text: str
    first: int = -1
    last: int = -1

    @property
    def middle(self) -> float:
        """The middle from top to bottom."""
        return (self.piece.y0 + self.piece.y1) / 2

    @property
    def centre(self) -> float:
        """The middle from left to right."""
        return (self.piece.x0 + self.piece.x1) / 2

    def over(self, x0: float, x1: float) -> bool:
        """Whether the words lie over or under a stretch."""
        return self.piece.x0 < x1 and x0 < self.piece.x1


@dataclass(slots=True)
class Line:
    """The words on one line of print, from left to right, and its height."""

    words: list[Word]
    y: float


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of the columns of a bill: the stretch of each head, what they hold, pages since their head.

    ``lefts`` says where the lowest words in each column of words begin.
    """

    stretches: tuple[tuple[float, float], ...]
    roles: tuple[str | None, ...]
    pages: int = 0
    lefts: tuple[tuple[float, int], ...] = ()

    @property
    def counted(self) -> int:
        """The column of quantities, else that of prices; -1 for none."""
        return next((self.roles.index(name) for name in _FIGURES[:2] if name in self.roles), -1)

    def holds(self, column: int, *roles: str) -> bool:
        """Whether a column holds one of these."""
        return self.roles[column] in roles

    def is_figure(self, column: int) -> bool:
        """Whether a column holds figures."""
        return self.roles[column] in _FIGURES


@dataclass(frozen=True, slots=True)
class Head:
    """A head: its lines of print, from ``start`` to before ``stop``, and its columns."""

    start: int
    stop: int
    columns: Columns


def lines_of(glyphs: Glyphs, among: list[int], text: str) -> list[Line]:
    """The lines of print, from top to bottom."""
    words = [Word(one, _said(glyphs, one, text)) for one in pieces(glyphs, among, _WORD * glyphs.size)]
    found: list[Line] = []
    for word in sorted(words, key=lambda word: (word.middle, word.piece.x0)):
        if found and word.middle - found[-1].y < _LEVEL * glyphs.size:
            found[-1].words.append(word)
        else:
            found.append(Line([word], word.middle))
    for line in found:
        line.words.sort(key=lambda word: word.piece.x0)
    return found


def _said(glyphs: Glyphs, piece: Piece, text: str) -> str:
    """The characters of a piece, and a space where the text has one."""
    at = [glyphs.at[n] for n in piece.glyphs]
    return text[at[0]] + "".join(" " * (other > one + 1) + text[other] for one, other in pairwise(at))


def heads(lines: Sequence[Line], size: float) -> list[Head]:
    """The heads of bills among lines of print, from top to bottom."""
    found: list[Head] = []
    for at, line in enumerate(lines):
        if (found and at < found[-1].stop) or not _may_head(line):
            continue
        least = found[-1].stop if found else 0
        head = _around(lines, at, least, size)
        if _names_bill(lines[head.start : head.stop], head.columns):
            found.append(head)
    return found


def _may_head(line: Line) -> bool:
    known = sum(map(_is_known, line.words))
    return len(line.words) > 1 and len(line.words) <= known * 2 and not any(map(_is_told, line.words))


def _is_known(word: Word) -> bool:
    """Whether words may head a column, or say its unit."""
    return role(word.text) is not None or _BRACKETED.fullmatch(word.text) is not None


def _is_told(word: Word) -> bool:
    """Whether words have figures, as those of heads have not."""
    return any(map(str.isdigit, word.text)) and not _is_known(word)


def _around(lines: Sequence[Line], at: int, least: int, size: float) -> Head:
    """The lines of a head around one of them: those below are taken first."""
    start, stop = at, at + 1
    columns = _columns(lines[at:stop])
    for n in range(stop, min(stop + _AROUND, len(lines))):
        if not _belongs(lines, n, n - 1, at, columns, size):
            break
        stop = n + 1
        columns = _columns(lines[start:stop])
    for n in range(at - 1, max(least, at - _AROUND) - 1, -1):
        if not _belongs(lines, n, n + 1, at, columns, size):
            break
        start = n
        columns = _columns(lines[start:stop])
    return Head(start, stop, columns)


def _belongs(  # noqa: PLR0917 (a line and what it may belong to)
    lines: Sequence[Line], n: int, known: int, seed: int, columns: Columns, size: float
) -> bool:
    """Whether line ``n``, next to the ``known`` line of a head, is of it too."""
    line, apart = lines[n], abs(lines[n].y - lines[known].y) / size
    if any(_is_told(word) or len(word.text) > LONGEST or ":" in fold(word.text)[0] for word in line.words):
        return False
    if _is_beside(line, lines[seed], size):
        return True
    under = [[n for n, stretch in enumerate(columns.stretches) if word.over(*stretch)] for word in line.words]
    if n < known:
        titled = any(len(over) > 1 and over[0] == 0 for over in under)
        all_known = all(_is_known(word) and 0 not in over for word, over in zip(line.words, under, strict=True))
        return not titled and (apart <= _LEAD if len(line.words) > 1 else all_known) and apart <= _NEAR
    fits = sum(_goes_on(word, over, line, columns) for word, over in zip(line.words, under, strict=True))
    spans = any(len(over) > 1 for over in under)
    return not spans and fits * 2 >= len(line.words) and apart <= (_NEAR if len(line.words) > 1 else _LEAD)


def _is_beside(line: Line, seed: Line, size: float) -> bool:
    """Whether words stand beside others, nearer than lines of one cell are: in cells of more lines than theirs."""
    apart = not any(word.over(o.piece.x0, o.piece.x1) for word in line.words for o in seed.words)
    return abs(line.y - seed.y) < _HALF * size and apart and all(len(word.text) <= _SHORT for word in line.words)


def _goes_on(word: Word, under: list[int], line: Line, columns: Columns) -> bool:
    """Whether a word below a head goes on with it, or heads one of several columns under it."""
    if not under:
        return len(word.text) <= _SHORT and role(word.text) is not None
    if _BRACKETED.fullmatch(word.text) or word.text[0].islower():
        return True
    beside = sum(other.over(*columns.stretches[under[0]]) for other in line.words) > 1
    known = role(word.text) is not None and not columns.holds(under[0], "description", "article")
    return len(word.text) <= _SHORT and (columns.roles[under[0]] is None or beside or known)


def _columns(lines: Sequence[Line]) -> Columns:
    """The columns that lines of a head name; sets those that each word stands over."""
    words = [word for line in lines for word in line.words]
    groups = [word for word in words if _is_group(word, lines)]
    stretches: list[tuple[float, float]] = []
    for word in sorted((word for word in words if word not in groups), key=lambda word: word.piece.x0):
        if stretches and word.over(*stretches[-1]):
            stretches[-1] = stretches[-1][0], max(stretches[-1][1], word.piece.x1)
        else:
            stretches.append((word.piece.x0, word.piece.x1))
    for word in words:
        near = sorted(range(len(stretches)), key=lambda n: abs(sum(stretches[n]) / 2 - word.centre))
        over = [n for n, stretch in enumerate(stretches) if word.over(*stretch)] or sorted(near[:2])
        word.first, word.last = over[0], over[-1]
    _widen(lines, len(stretches))
    said = [[word.text for word in words if word.first <= n <= word.last] for n in range(len(stretches))]
    return Columns(tuple(stretches), tuple(map(_role, said)))


def _widen(lines: Sequence[Line], columns: int) -> None:
    """Lets words over the first of several heads reach over those that no other words stand over."""
    low = {word.first for word in lines[-1].words}
    above = [word for line in lines[:-1] for word in line.words]
    if len(low) < columns:
        for word in above:
            while word.last in low and word.last + 1 in low and not any(o.first == word.last + 1 for o in above):
                word.last += 1


def _is_group(word: Word, lines: Sequence[Line]) -> bool:
    """Whether words head several columns: two words of a line below lie under them, or close on either side."""
    for line in lines:
        if line.y > word.middle:
            under = [other for other in line.words if word.over(other.piece.x0, other.piece.x1)]
            if len(under) > 1:
                return True
    return False


def _role(said: list[str]) -> str | None:
    """What a column holds whose heads, from above to below, say this."""
    return next(filter(None, map(role, reversed(said))), None) or role("".join(said))


def _names_bill(lines: Sequence[Line], columns: Columns) -> bool:
    words = [word for line in lines for word in line.words]
    if any(len(word.text) > LONGEST or word.text[-1] in "。；：:;" for word in words):
        return False
    known = [one for one in columns.roles if one]
    return columns.counted >= 0 and len(known) >= _FEWEST and len(known) * 2 >= len(columns.roles)
