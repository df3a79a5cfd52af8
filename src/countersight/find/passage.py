"""A page being searched: its folded text, and what leads from there back to the page."""

from __future__ import annotations

import re
from functools import cached_property

from countersight.find.nodes import WINDOW
from countersight.model import BlockKind, Page
from countersight.text.normal import carried, flatten, fold
from countersight.text.segment import Segments
from countersight.text.spanmap import SpanMap
from countersight.text.translating import Translation

Spans = list[tuple[int, int]]

_NAMES = {"list": "listing"}  # scopes that go by another name among the segments
_FULL_WIDTH = re.compile("[！-～]")
_plain_width = Translation({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})  # ！ to ～


class Passage:
    """A page being searched: its folded text at once, the map back and the segments when something asks for them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.folded = flatten(page.text)
        self._held: dict[str, bool] = {}

    @cached_property
    def map(self) -> SpanMap:
        """From the folded text back to the page's."""
        return fold(self.page.text)[1]

    @cached_property
    def plain(self) -> str:
        """The page's text with full-width letters and digits as plain ones; every offset stays."""
        text = self.page.text
        return _plain_width(text) if not text.isascii() and _FULL_WIDTH.search(text) else text

    def holds(self, text: str) -> bool:
        """Whether the plain text holds these characters anywhere."""
        if text not in self._held:
            self._held[text] = text in self.plain
        return self._held[text]

    @cached_property
    def furniture(self) -> Spans:
        """The folded ranges of what surrounds the body of a web page: nothing there is said by the document."""
        blocks = [block for block in self.page.blocks if block.kind is BlockKind.FURNITURE]
        return [(self.forward(block.start), self.forward(block.end)) for block in blocks]

    @cached_property
    def segments(self) -> Segments:
        """Sentences, rows and sections of the page."""
        return Segments(self.page, self.map.forward)

    def segment(self, scope: str, at: int) -> tuple[int, int]:
        """The folded range of the ``scope`` (one of ``nodes.SCOPES``) around the folded offset ``at``."""
        if scope == "page":
            return 0, len(self.folded)
        if scope == "window":
            first, last = self.segments.stretch(at)
            return max(first, at - WINDOW), min(last, at + WINDOW)
        found: tuple[int, int] = getattr(self.segments, _NAMES.get(scope, scope))(at)
        return found

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The page's own range for a folded one, without white space at its ends."""
        first, last = self.map.back(start, end)
        words = self.page.text[first:last]
        return first + len(words) - len(words.lstrip()), last - len(words) + len(words.rstrip())

    def carried(self, offsets: list[int]) -> list[int]:
        """Folded offsets for some of the page's text, in order: none lies in a word of which it is the border there."""
        found = carried(self.page.text, offsets)
        return [*map(self.forward, offsets)] if found is None else found

    def forward(self, offset: int) -> int:
        """The first folded offset that comes from ``offset`` of the page's text or from after it."""
        return self.map.forward(offset)


def alone(text: str, start: int, end: int) -> bool:
    """Whether no letter of any script, nor a mark of masked data, touches ``[start, end)``."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return not any(character.isalnum() or character == "█" for character in around)
