"""Structured data as text: a line ``path: value`` for each thing that is said, cut into pages of a size to work with.

The value is a FIELD block whose ``ref`` is its full path; the line is a PARAGRAPH block. Nothing is added to a value
and nothing changed but line ends; a value too long for one page goes on under the same path on the next.
"""

from __future__ import annotations

import re
from dataclasses import replace

from countersight.model import BlockKind, Page
from countersight.read.layout import PageText
from countersight.text.language import language

_LONG = 1_000_000  # characters after which the text goes on on another page
_PAGES_PER_ITEM = 16
_SAMPLE = 400  # characters from which a language is told
_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")  # halves of a pair that JSON's escapes may give


class FieldPages:
    """Grows the pages of a work item. ``wanted`` are 0-based; None: the first few. ``total``: pages begun so far."""

    __slots__ = ("_length", "_longest", "_out", "_pages", "_wanted", "_words", "total")

    def __init__(self, wanted: range | None) -> None:
        self._wanted = range(_PAGES_PER_ITEM) if wanted is None else wanted
        self._pages: list[Page] = []
        self._longest = self._words = ""
        self.total = 0
        self._begin()

    def heading(self, text: str) -> None:
        """Begin a record."""
        if self._room(len(text) + 2):
            self._out.write("\n" if self._out.length else "")
            start = self._out.length
            self._out.write(text)
            self._out.mark(start, BlockKind.HEADING)
            self._out.write("\n")

    def field(self, path: str, value: str, ref: str = "") -> None:
        """Write a value under its path within the record; ``ref`` is the path within the whole source."""
        value = _NO_CHARACTER.sub("\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))
        path, ref = _NO_CHARACTER.sub("\ufffd", path), _NO_CHARACTER.sub("\ufffd", ref or path)
        for at in range(0, len(value), _LONG):
            self._line(path, value[at : at + _LONG], ref)

    def raw(self, text: str) -> None:
        """Write text as it stands: what could not be told apart."""
        if self._room(len(text)):
            self._out.write(text.replace("\0", "\ufffd"))

    def _line(self, path: str, value: str, ref: str) -> None:
        if not self._room(len(path) + len(value) + len(": \n")):
            return
        line = self._out.length
        self._out.write(f"{path}: ")
        start = self._out.length
        self._out.write(value)
        self._out.mark(start, BlockKind.FIELD, ref)
        self._out.mark(line, BlockKind.PARAGRAPH)
        self._out.write("\n")
        self._longest = max(self._longest, value, key=len)
        if len(self._words) < _SAMPLE and not value.isascii():
            self._words += f"{value} "

    def _room(self, length: int) -> bool:
        """Make room for so many characters, on a new page if this one is full; whether the page is wanted."""
        if self._length >= _LONG:
            self._keep()
            self._begin()
        self._length += length
        return self.total - 1 in self._wanted

    def _begin(self) -> None:
        self.total += 1
        self._out, self._length = PageText(), 0
        self._longest = self._words = ""

    def _keep(self) -> None:
        if self.total - 1 in self._wanted:
            page = self._out.page(self.total, f"part {self.total}", paged=True)
            # of the values, not of the paths
            self._pages.append(replace(page, language=language(self._longest) or language(self._words)))

    def finished(self) -> tuple[tuple[Page, ...], int]:
        """The pages wanted, and how many there are in all: 0 for a source that needed no cutting."""
        self._keep()
        if self.total > 1:
            return tuple(self._pages), self.total
        return tuple(replace(page, label=None, paged=False) for page in self._pages), 0
