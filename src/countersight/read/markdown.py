"""The blocks of a Markdown text: headings, list items, paragraphs (CommonMark) and tables (as GitHub has them).

The text is not changed. A cell's ``ref`` is ``T1R2C3``: table, row (its head is row 1), column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from countersight.model import Block, BlockKind

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<words>\S.*?)(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?P<words>\S.*)")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_BELOW_HEAD = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CELL = re.compile(r"(?:\\.|[^|\\])+")


def lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line without its end, with the offset it begins at."""
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def markdown(text: str) -> Iterator[Block]:
    """The blocks of a text, in order."""
    walk = _Walk()
    numbered = list(lines(text))
    for (at, line), (_, following) in zip(numbered, [*numbered[1:], (0, "")], strict=True):
        yield from walk.line(at, line, following)
    yield from walk.close()


class _Walk:
    """Goes through the lines: ``open`` is the paragraph or item not yet ended and how many lines it has."""

    def __init__(self) -> None:
        self.open: Block | None = None
        self.high = 0
        self.fence = ""
        self.table = self.row = 0

    def close(self) -> Iterator[Block]:
        if self.open is not None:
            yield self.open
        self.open = None

    def line(self, at: int, line: str, following: str) -> Iterator[Block]:
        fence = _FENCE.match(line)
        if self.fence or fence:
            self._fenced(fence[1] if fence else "")
            self._extend(at, line)
        elif self.row or ("|" in line and "|" in following and _BELOW_HEAD.fullmatch(following)):
            yield from self._table(at, line)
        elif not line.strip():
            yield from self.close()
        else:
            yield from self._words(at, line)

    def _fenced(self, mark: str) -> None:
        if not self.fence:
            self.fence = mark
        elif mark.startswith(self.fence):
            self.fence = ""

    def _words(self, at: int, line: str) -> Iterator[Block]:
        underlined = self.open is not None and self.high == 1 and self.open.kind is BlockKind.PARAGRAPH
        if self.open is not None and underlined and _UNDERLINE.fullmatch(line):
            yield Block(self.open.start, self.open.end, BlockKind.HEADING)
            self.open = None
        elif match := _HEADING.fullmatch(line):
            yield from self.close()
            yield Block(at + match.start("words"), at + match.end("words"), BlockKind.HEADING)
        elif _RULE.fullmatch(line):
            yield from self.close()
        elif match := _ITEM.fullmatch(line):
            yield from self.close()
            self._extend(at + match.start("words"), match["words"], BlockKind.LIST_ITEM)
        else:
            self._extend(at, line)

    def _extend(self, at: int, line: str, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        if not (words := line.strip()):
            return
        start = at + len(line) - len(line.lstrip())
        opened = self.open or Block(start, start, kind)
        self.high = self.high + 1 if self.open else 1
        self.open = Block(opened.start, start + len(words), opened.kind)

    def _table(self, at: int, line: str) -> Iterator[Block]:
        if not self.row:
            yield from self.close()
            self.table += 1
        if "|" not in line:
            self.row = 0
            yield from self.line(at, line, "")
            return
        self.row += 1
        if self.row == 2:  # noqa: PLR2004 (the line below the head)
            return
        ref = f"T{self.table}R{self.row - (self.row > 1)}"
        cells = list(_cells(at, line, ref, head=self.row == 1))
        if cells:
            yield Block(cells[0].start, cells[-1].end, BlockKind.ROW, ref)
        yield from cells


def _cells(at: int, line: str, ref: str, *, head: bool) -> Iterator[Block]:
    """The cells of a row that hold something; one outside the outer bars is a cell too."""
    begin = len(line) - len(line.lstrip())
    begin += line[begin : begin + 1] == "|"
    number = 1
    while begin < len(line):
        match = _CELL.match(line, begin)
        end = match.end() if match else begin
        content = line[begin:end]
        if words := content.strip():
            start = at + begin + len(content) - len(content.lstrip())
            yield Block(start, start + len(words), BlockKind.CELL, f"{ref}C{number}", head=head)
        begin, number = max(end, begin) + 1, number + 1
