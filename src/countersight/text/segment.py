"""Where a sentence, a row and a section of a page begin and end.

Computed once per page and only for pages on which something was found. All offsets are code points into ``page.text``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property
from itertools import accumulate

from countersight.model import BlockKind, Page
from countersight.text.normal import HAN

_INLINE = (BlockKind.INSERTED, BlockKind.DELETED, BlockKind.FIELD, BlockKind.WORD)
_BREAKING = tuple(kind for kind in BlockKind if kind not in _INLINE)

_CLOSING = "”’」』）)】》\"'"
_ZH_END = re.compile(rf"(?:[。！？；]|(?<=[{HAN}）])[;!?])[{_CLOSING}]*")
_EN_END = re.compile(rf"[.!?][{_CLOSING}]*(?=\s+[\"'“‘(\[]*[A-Z0-9█{HAN}])")
_SURE_END = re.compile(  # one class first: so its places are found quickly
    rf"[。！？；\t\f\n.!?](?:(?<=[。！？；])[{_CLOSING}]*|(?<=[\t\f])|(?<=\n)[ \t\r　]*\n|(?<=[.!?])(?=\s+[A-Z0-9]))"
)
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        "no nos art arts sec fig figs tab para paras vol ed eds p pp ch cl approx est incl e.g i.e eg ie cf vs v etc dr"
        " mr mrs ms prof st inc ltd co corp bros jr sr dept gov gen col al app ref ver max min u.s u.k u.n",
    )
)
_WORD_BEFORE = re.compile(r"[A-Za-z0-9.]+$")

_NUMERALS = "一二三四五六七八九十百零〇"
_MARKER = re.compile(
    rf"""[ \t　]*(?:
      [（(][{_NUMERALS}\dA-Za-z]{{1,3}}[)）]       # (一) (3) (a)
    | [\d{_NUMERALS}]{{1,3}}[)）、]                # 1) 3、 二、
    | \d{{1,2}}(?:\.|(?:\.\d{{1,2}}){{1,4}})\.?[ \t　]+   # 1. 3.2.4
    | \d{{1,2}}\.(?=[{HAN}])                       # 1.投标
    | [①-⑳•·●◆■□★▲※*‣–-][ \t　]?
    | [a-zA-Z][.)][ \t]
    )""",
    re.VERBOSE,
)
_HEADING = re.compile(
    rf"""[ \t　]*(?:
      第[ ]?[{_NUMERALS}\d]{{1,5}}[ ]?[章节節条條款部分篇编編]
    | [{_NUMERALS}]{{1,3}}、
    | [（(][{_NUMERALS}]{{1,3}}[)）][^。；;]{{0,30}}$
    | \d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[ \t　.、{HAN}]
    | (?:Article|Section|Chapter|Part|Annex|Schedule|Appendix)\s+[\dIVXLA-Z]
    | (?:ARTICLE|SECTION|CHAPTER|ANNEX|SCHEDULE|APPENDIX)\s+[\dIVXLA-Z]
    | 附[件录表][ ]?[{_NUMERALS}\dA-Z]{{0,3}}[ :：]?
    )""",
    re.VERBOSE,
)
_CONTINUES = re.compile(r"[、，,：:（(“《/\-—]$|[的和与及或为]$|\b(?:and|or|of|the|to|for|a|in|with|by|at)$")
_CELLS = re.compile(r"\t|\||\S(?: {2,}|　{2,})\S")  # what a line of a table has between its cells
_CLAUSE = re.compile(  # how a numbered clause begins, not a row of a table
    rf"[ \t　]*(?:第[ ]?[{_NUMERALS}\d]{{1,4}}[ ]?[条條]|[{_NUMERALS}]{{1,3}}、|\d{{1,2}}(?:\.\d{{1,2}})*[.、])[ 　]*"
    r"(?=[^\d\s.])(?![^\n]*\t)"
)
_NUMBERED = re.compile(r"[ \t　]*\d{1,2}[ 　]+[^\d\s.](?![^\n]*\t)")
_CLAUSE_WIDTH = 40  # half-width columns of a line that a bare number behind it tells to be a clause, no cell of a list
_GOES_ON = "，、；：,;:"
_LOOSE_LINE = re.compile(  # a label and its value; else words without cells and without a mark at their end
    rf"[^\t|。:：]{{1,16}}[:：][^\t|]*\Z|(?!.*(?:{_CELLS.pattern}))(?!.*[。！？!?.；;：:，,、][{_CLOSING}]*\Z)"
)
_LOOSE = 2  # lines of a form that one statement may go over: headings above it
_LONGEST_WORD = 6  # characters at the end of a line that tell whether it goes on
_MARKS = ("\t", "|", "  ", "　　")  # of which every cell border has one
_WORD = r"(?: (?!(?:and|but|may|shall|must|can|will|is|are|was|were|has|have)\b)[\w-]+)"
# What ends a clause; the comma of a list does not: "no warrant, case number or approval".
_CLAUSE_END = re.compile(
    rf"[，；：;]|:(?=\s)|,(?=\s)(?!{_WORD}{{1,3}},?{_WORD}{{0,3}} n?or\b)"
    r"|(?=但是?|而是|除外|\b(?:but|however|except|unless|whereas)\b)"
)
_LIST_GAP = 2  # lines without a marker that an item of a list may go on for
_SHORT = 0.72  # of the page's usual line width: a shorter line ends its paragraph
_NARROW_CHARACTERS = re.compile("[\u0000-\u2e7f]+")
_NARROW = 30  # half-width columns: below this the page is a table or a list, and a line stands alone


def _width(line: str) -> int:
    """Half-width columns of a line: a Han character takes two."""
    return len(line) if line.isascii() else len(line) + len(_NARROW_CHARACTERS.sub("", line))


def sure_ends(page: Page) -> list[int]:
    """Where sentences of a page end beyond doubt, as offsets into its text, but for places inside a row of a table."""
    text = page.text
    ends = [match.end() for match in _SURE_END.finditer(text) if not _abbreviated(text, match.start())]
    rows = [(block.start, block.end) for block in page.blocks if block.kind is BlockKind.ROW]
    if _is_marked(text):
        rows += [match.span() for match in re.finditer(r"[^\n]+", text)]
    rows.sort()
    furthest = [0, *accumulate((end for _, end in rows), max)]  # by how many rows have begun
    return [end for end in ends if end >= furthest[bisect_left(rows, (end,))]] if rows else ends


def may_hold_rows(page: Page) -> bool:
    """Whether the page may hold a row of a table."""
    return _is_marked(page.text) or any(block.kind is BlockKind.ROW for block in page.blocks)


def _is_marked(text: str) -> bool:
    return any(mark in text for mark in _MARKS)


class Segments:
    """The clauses, sentences, rows, lists, tables and sections of one page.

    Offsets asked for and given are into the page's text; or, with ``forward``, into the text to which it leads.
    """

    def __init__(self, page: Page, forward: Callable[[int], int] = int) -> None:
        self.page = page
        self._forward = forward
        self._starts: dict[str, list[int]] = {}
        self._ranges: dict[str, tuple[list[int], list[int]]] = {}

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence that holds the character at ``at``. Blank lines, cell borders and blocks end a sentence."""
        return self._piece("_sentences", at)

    def row(self, at: int) -> tuple[int, int]:
        """The table row that holds ``at``: the reader's, else a line with cell borders. In prose, the sentence."""
        if found := self._run("_rows", at):
            return found
        starts, ends = self._runs("_lines")
        i = bisect_right(starts, at) - 1
        return (starts[i], ends[i]) if i >= 0 and self._bordered[i] else self.sentence(at)

    def stretch(self, at: int) -> tuple[int, int]:
        """The reader's row that holds ``at``; in prose, all between the rows before and after it."""
        starts, ends = self._runs("_rows")
        i = bisect_right(starts, at) - 1
        if i >= 0 and at < ends[i]:
            return starts[i], ends[i]
        after = starts[i + 1] if i + 1 < len(starts) else self._forward(len(self.page.text))
        return ends[i] if i >= 0 else 0, after

    def clause(self, at: int) -> tuple[int, int]:
        """The part of the sentence between two commas, colons or turning words (but, except, 但) that holds ``at``."""
        return self._piece("_clauses", at)

    def table(self, at: int) -> tuple[int, int]:
        """The rows that follow one another around ``at`` with nothing between them. In prose, the sentence."""
        return self._run("_tables", at) or self.row(at)

    def listing(self, at: int) -> tuple[int, int]:
        """The numbered or bulleted list around ``at`` with the line that leads into it. In prose, the sentence."""
        return self._run("_lists", at) or self.sentence(at)

    def section(self, at: int) -> tuple[int, int]:
        """From the heading-like line above ``at`` to the one below, within the page."""
        return self._piece("_sections", at)

    def is_one(self, start: int, end: int) -> bool:
        """Whether what stands between two offsets of the page's text may be one statement.

        It is none if a numbered clause begins in it after the end of a sentence, or if it goes over several lines of a
        form: lines that are sentences of their own without a mark at their end, cells, or a marker of a list behind.
        """
        text, loose = self.page.text, 0
        first = bisect_right(self._sentences, start)
        for at in self._sentences[first : bisect_left(self._sentences, end)]:
            before = text[:at].rstrip() if text[at - 1] == "\n" else ""
            line = before[before.rfind("\n") + 1 :]
            numbered = _CLAUSE.match(text, at) or (_width(line) >= _CLAUSE_WIDTH and _NUMBERED.match(text, at))
            if line and line[-1] not in _GOES_ON and numbered:
                return False
            loose += bool(line) and not _MARKER.match(text, at) and _LOOSE_LINE.match(line) is not None
        return loose <= _LOOSE

    def _piece(self, kind: str, at: int) -> tuple[int, int]:
        if kind not in self._starts:
            self._starts[kind] = [self._forward(start) for start in (*getattr(self, kind), len(self.page.text))]
        starts = self._starts[kind]
        i = min(bisect_right(starts, at), len(starts) - 1)
        return starts[i - 1], starts[i]

    def _run(self, kind: str, at: int) -> tuple[int, int] | None:
        starts, ends = self._runs(kind)
        i = bisect_right(starts, at) - 1
        return (starts[i], ends[i]) if i >= 0 and at < ends[i] else None

    def _runs(self, kind: str) -> tuple[list[int], list[int]]:
        """Where the runs of a kind begin and end."""
        if kind not in self._ranges:
            runs = getattr(self, kind)
            self._ranges[kind] = [self._forward(a) for a, _ in runs], [self._forward(b) for _, b in runs]
        return self._ranges[kind]

    @cached_property
    def _clauses(self) -> list[int]:
        breaks = (m.end() for m in _CLAUSE_END.finditer(self.page.text))
        return sorted({*self._sentences, *(at for at in breaks if at < len(self.page.text))})

    @cached_property
    def _tables(self) -> list[tuple[int, int]]:
        """Runs of rows: the reader's, or lines with cell borders, of which there must be two."""
        lines = [line for line, bordered in zip(self._lines, self._bordered, strict=True) if bordered]
        ruled = self._joined(self._rows)
        return sorted([*ruled, *(run for run in self._joined(lines, least=2) if not _inside(ruled, run[0]))])

    def _joined(self, rows: list[tuple[int, int]], least: int = 1) -> list[tuple[int, int]]:
        runs: list[list[tuple[int, int]]] = []
        for row in rows:
            if runs and not self.page.text[runs[-1][-1][1] : row[0]].strip():
                runs[-1].append(row)
            else:
                runs.append([row])
        return [(run[0][0], run[-1][1]) for run in runs if len(run) >= least]

    @cached_property
    def _lists(self) -> list[tuple[int, int]]:
        """From the line before the first marked line to the last line of the last item."""
        text = self.page.text
        marked = [i for i, (start, end) in enumerate(self._lines) if _MARKER.match(text, start, end)]
        runs: list[list[int]] = []
        for i in marked:
            if runs and i - runs[-1][-1] <= _LIST_GAP + 1 and "\n\n" not in self._between(runs[-1][-1], i):
                runs[-1].append(i)
            else:
                runs.append([i])
        return [(self._lines[max(0, run[0] - 1)][0], self._lines[run[-1]][1]) for run in runs if len(run) > 1]

    def _between(self, first: int, last: int) -> str:
        return self.page.text[self._lines[first][1] : self._lines[last][0]]

    @cached_property
    def _rows(self) -> list[tuple[int, int]]:
        return sorted((b.start, b.end) for b in self.page.blocks if b.kind is BlockKind.ROW)

    @cached_property
    def _lines(self) -> list[tuple[int, int]]:
        return [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", self.page.text)]

    @cached_property
    def _bordered(self) -> list[bool]:
        """Whether each line has cell borders."""
        text = self.page.text
        if not _is_marked(text):
            return [False] * len(self._lines)
        begin = ((_CLAUSE.match(text, *line), line) for line in self._lines)  # the gap behind a number is no border
        return [_CELLS.search(text, clause.end() if clause else line[0], line[1]) is not None for clause, line in begin]

    @cached_property
    def _usual(self) -> int:
        """The width nine lines in ten stay within."""
        widths = sorted(_width(self.page.text[a:b].strip()) for a, b in self._lines)
        return widths[len(widths) * 9 // 10] if widths else 0

    @cached_property
    def _sentences(self) -> list[int]:
        text = self.page.text
        starts = {0, *(m.end() for m in re.finditer(r"\n[ \t\r　]*\n|\t|\f", text))}
        starts |= {edge for b in self.page.blocks if b.kind in _BREAKING for edge in (b.start, b.end)}
        starts |= {m.end() for m in _ZH_END.finditer(text)}
        starts |= {m.end() for m in _EN_END.finditer(text) if not _abbreviated(text, m.start())}
        starts |= self._line_breaks()
        return sorted(at for at in starts if at < len(text)) or [0]

    def _line_breaks(self) -> set[int]:
        """Starts of lines that begin something new: after a short line, or with a marker or a heading."""
        text, blocks = self.page.text, self._blocks
        return {
            start
            for (before, end), (start, stop) in zip(self._lines, self._lines[1:], strict=False)
            if self._is_new(text[before:end].rstrip(), text[start:stop], inside=_inside(blocks, end))
        }

    def _is_new(self, line: str, following: str, *, inside: bool) -> bool:
        if _MARKER.match(following) or _HEADING.match(following):
            return True
        if inside or _CONTINUES.search(line[-_LONGEST_WORD:]) or following[:1].islower():
            return False
        if _HEADING.match(line) and _width(line) < _NARROW:
            return True
        return self._usual < _NARROW or _width(line) < self._usual * _SHORT

    @cached_property
    def _blocks(self) -> list[tuple[int, int]]:
        kinds = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CELL, BlockKind.FOOTNOTE)
        return sorted((b.start, b.end) for b in self.page.blocks if b.kind in kinds)

    @cached_property
    def _sections(self) -> list[int]:
        text = self.page.text
        starts = {b.start for b in self.page.blocks if b.kind is BlockKind.HEADING}
        starts |= {start for start, end in self._lines if _HEADING.match(text[start:end].rstrip())}
        return sorted({0, *starts})


def _inside(blocks: list[tuple[int, int]], at: int) -> bool:
    """Whether ``at`` lies within one of the blocks, where a line break is only a soft one."""
    i = bisect_right(blocks, at, key=lambda block: block[0]) - 1
    return i >= 0 and at < blocks[i][1]


def _abbreviated(text: str, dot: int) -> bool:
    """Whether the stop at ``dot`` belongs to an abbreviation, an initial or the number of a list item."""
    if text[dot] != ".":
        return False
    found = _WORD_BEFORE.search(text, max(0, dot - 12), dot)
    if found is None:
        return False
    word, start = found[0], found.start()
    if word.isdigit():
        return start == 0 or text[start - 1] in "\n\t"
    return (len(word) == 1 and word.isupper()) or word.lower() in _ABBREVIATIONS
