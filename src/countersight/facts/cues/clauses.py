"""Where the cue of a thing may stand: its clause, the head of its column, the label or the question above it.

A thing that is changed away (``由…改为``, ``is deleted``, the column of what was before) has no cue, nor has one that a
question asks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from countersight.text.normal import simplified

_FULL = 45  # characters of a line that may go on on the next
_CLOSED = re.compile(r"[.;:。；：!?！？|]\s*$")
_LABELLED = re.compile(r"\s*(?:[^:：\s]{1,14}[:：]|[^:：]{1,30}:|[（(]?\d{1,2}[.)、）．]|[•·*\-—–])")
_STOP = re.compile(
    r"[。；;！!？?\n]|(?<!\b[Nn]o)(?<!\bNos)(?<!\bLtd)(?<!\bInc)(?<!\bCo)(?<!\bSt)(?<!Messrs)\.\s+(?=[A-Z\"“'])"
)
_OPENER = re.compile(r"[\s（(]*(?:答|A)\s?\d*\s?[.:：、]")
_ASKS = re.compile(r"[？?]\s*$")
_OLD_BEFORE = re.compile(
    r"(?:原(?:定|为|来)?[的于在为]?|\b(?:deleted?|in (?:place|lieu) of|instead of|rather than|previously"
    r"|formerly))\W*$",
    re.IGNORECASE,
)
_OLD_BEHIND = re.compile(
    r"[\s”\"'」)\w:]{0,12}?(?:[更改修变调][更改正为整动]?[为至到成]|(?:推迟|顺延|提前|延[长期]|增加?|减少?)[为至到]"
    r"|(?:is|are|be|was)?\s?(?:hereby\s)?(?:deleted|struck|replaced|superseded))",
    re.IGNORECASE,
)
_OLD_COLUMN = re.compile(
    r"(?:更正|变更|修改|调整|更改)(?:之)?前|^原|\b(?:before|previous|original|old|delete)\b", re.IGNORECASE
)


class Clauses:
    """A page whose lines flow where only its width broke them, in simplified characters; places stay as they are."""

    def __init__(self, text: str) -> None:
        lines = simplified(text).split("\n")
        self.text = "".join(a + (" " if _goes_on(a, b) else "\n") for a, b in pairwise(lines)) + lines[-1]

    def before(self, start: int) -> Iterator[str]:
        """The words in which the cue of what begins at ``start`` may stand, the nearest first."""
        line = self.text.rfind("\n", 0, start) + 1
        begin = max((stop.end() for stop in _STOP.finditer(self.text, max(line - 1, 0), start)), default=line)
        if "\t" in self.text[line:start]:
            begin = line
        yield self.text[begin:start]
        yield self._column(line, start)
        if not re.search(r"\w{3}", self.text[line:start]) or _OPENER.match(self.text, line, start):
            above = self.text[:line].rstrip().rpartition("\n")[2]
            yield above if "\t" not in above and not re.search(r"[。；;.]\s*$", above) else ""

    def behind(self, end: int) -> str:
        """What the clause goes on with behind ``end``."""
        stop = _STOP.search(self.text, end)
        return self.text[end : stop.start() if stop else len(self.text)].partition("\t")[0]

    def stands(self, start: int, end: int) -> bool:
        """Whether a thing is neither asked for nor changed away."""
        line, stop = self.text.rfind("\n", 0, start) + 1, self.text.find("\n", end)
        asked = _ASKS.search(self.text[line : stop if stop >= 0 else len(self.text)])
        old = _OLD_BEFORE.search(self.text[line:start]) or _OLD_BEHIND.match(self.behind(end))
        return not (asked or old or is_old(self._column(line, start)))

    def _column(self, line: int, start: int) -> str:
        """The head of the column of a cell: what stands in its place in the first of the rows above it."""
        place, first = self.text.count("\t", line, start), line
        while place and "\t" in (above := self.text[: max(first - 1, 0)].rpartition("\n")[2]):
            first -= len(above) + 1
        cells = self.text[first : self.text.find("\n", first)].split("\t")
        return cells[place] if place < len(cells) and first < line else ""


def is_old(head: str) -> bool:
    """Whether a column is of what held before a change."""
    return _OLD_COLUMN.search(head) is not None


def _goes_on(line: str, after: str) -> bool:
    full = len(line.strip()) >= _FULL and not _CLOSED.search(line) and "\t" not in line + after
    return full and bool(after.strip()) and not _LABELLED.match(after)
