"""All forms of all concepts, found in one pass over a folded page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, reduce
from itertools import accumulate
from operator import or_

from ahocorasick_rs import AhoCorasick, Implementation

from countersight.find.lexicon import Form, Lexicon
from countersight.find.masks import Mask
from countersight.find.nodes import WINDOW
from countersight.model import BlockKind, Page, Term
from countersight.text.normal import flatten, fold
from countersight.text.segment import Segments
from countersight.text.spanmap import SpanMap

Spans = list[tuple[int, int]]
Match = tuple[int, int, int]


class Passage:
    """A page being searched: its folded text at once, the map back and the segments when something asks for them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.folded = flatten(page.text)
        self._held: dict[str, bool] = {}
        self._parts: dict[tuple[str, int], tuple[int, int]] = {}

    @cached_property
    def map(self) -> SpanMap:
        """From the folded text back to the page's."""
        return fold(self.page.text)[1]

    @cached_property
    def plain(self) -> str:
        """The page's text with full-width letters and digits as plain ones; every offset stays."""
        text = self.page.text
        return text.translate(_PLAIN_WIDTH) if not text.isascii() and _FULL_WIDTH.search(text) else text

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
        return Segments(self.page)

    def segment(self, scope: str, at: int) -> tuple[int, int]:
        """The folded range of the ``scope`` (one of ``nodes.SCOPES``) around the folded offset ``at``."""
        found = self._parts.get((scope, at))
        if found is None:
            found = self._parts[scope, at] = self._part(scope, at)
        return found

    def _part(self, scope: str, at: int) -> tuple[int, int]:
        if scope == "page":
            return 0, len(self.folded)
        if scope == "window":
            return max(0, at - WINDOW), min(len(self.folded), at + WINDOW)
        start, end = getattr(self.segments, _NAMES.get(scope, scope))(self.map.back(at, at + 1)[0])
        return self.forward(start), self.forward(end)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The page's own range for a folded one, without white space at its ends."""
        first, last = self.map.back(start, end)
        words = self.page.text[first:last]
        return first + len(words) - len(words.lstrip()), last - len(words) + len(words.rstrip())

    def forward(self, offset: int) -> int:
        """The first folded offset that comes from ``offset`` of the page's text or from after it."""
        return self.map.forward(offset)


_NAMES = {"list": "listing"}  # scopes that go by another name among the segments
_BEYOND_LATIN = "\u2e80"
_FULL_WIDTH = re.compile("[！-～]")
_PLAIN_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # ！ to ～


def _letter(character: str) -> bool:
    return character < _BEYOND_LATIN and character.isalnum()


def bordered(text: str, start: int, end: int) -> bool:
    """Whether no Latin letter or digit touches ``[start, end)``: Han characters and ``_`` are borders."""
    if start and (before := text[start - 1]) < _BEYOND_LATIN and before.isalnum():
        return False
    return end == len(text) or (after := text[end]) >= _BEYOND_LATIN or not after.isalnum()


def _alone(text: str, start: int, end: int) -> bool:
    """Whether no letter of any script, nor a mark of masked data, touches ``[start, end)``."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return not any(character.isalnum() or character == "█" for character in around)


def _exact(passage: Passage, form: Form, start: int, end: int) -> bool:
    """Whether the page writes the code form letter by letter, as a word or as a hump of a camel-case one."""
    text = passage.plain
    a, b = passage.map.back(start, end)
    if text[a:b] != form.exact:
        return False
    left = a == 0 or not _letter(text[a - 1]) or (text[a - 1].islower() and text[a].isupper())
    right = b == len(text) or not _letter(text[b]) or (text[b].isupper() and text[b - 1].islower())
    return left and right


class Matcher:
    """One automaton over the forms of some concepts and of all masks: which patterns stand where.

    A pattern is a text to look for; it may be a form of several concepts, its ``names``. ``bit`` gives each concept a
    bit of its own; ``forms`` and ``excepts`` say for each concept, ``masks`` for all masks, what a pattern is to it.
    """

    def __init__(self, lexicon: Lexicon, names: Iterable[str], masks: Iterable[Mask]) -> None:
        ordered = sorted(names)
        numbers: dict[str, int] = {}  # of the patterns, as they come
        self.bit = {name: 1 << place for place, name in enumerate(ordered)}
        self.forms = {name: _by_pattern(numbers, lexicon[name].forms) for name in ordered}
        self.excepts = {name: {_number(numbers, text) for text in lexicon[name].excepts} for name in ordered}
        self.masks: dict[int, list[tuple[Form, str]]] = defaultdict(list)
        for mask in masks:
            for form in mask.forms:
                self.masks[_number(numbers, form.text)].append((form, mask.id))
        self.names: list[list[str]] = [[] for _ in numbers]
        for name in ordered:
            for pattern in self.forms[name]:
                self.names[pattern].append(name)
        self._bits = [sum(self.bit[name] for name in names) for names in self.names]
        self._automaton = AhoCorasick(list(numbers), implementation=Implementation.ContiguousNFA)

    def scan(self, folded: str) -> list[Match]:
        """Every place of every pattern, borders not looked at: its number and range in ``folded``; by their ends."""
        return self._automaton.find_matches_as_indexes(folded, overlapping=True)

    def bits(self, matches: Iterable[Match]) -> int:
        """The bits of all concepts that may stand there: no other does."""
        return reduce(or_, map(self._bits.__getitem__, {match[0] for match in matches}), 0)


def _number(numbers: dict[str, int], text: str) -> int:
    return numbers.setdefault(text, len(numbers))


def _by_pattern(numbers: dict[str, int], forms: Iterable[Form]) -> dict[int, list[Form]]:
    found: dict[int, list[Form]] = defaultdict(list)
    for form in forms:
        found[_number(numbers, form.text)].append(form)
    return dict(found)


def standing(passage: Passage, form: Form, spans: Spans) -> Spans:
    """Of the folded ranges of a form's text those where it stands as a word of its own, if its kind asks for that."""
    if form.kind == "zh":
        return spans
    if form.kind == "code":
        return [span for span in spans if _exact(passage, form, *span)] if passage.holds(form.exact) else []
    whole = _alone if form.kind == "bare" else bordered
    return [span for span in spans if whole(passage.folded, *span)]


def outside(spans: Spans, covers: Iterable[tuple[int, int]]) -> Spans:
    """The spans that lie inside none of ``covers``."""
    ordered = sorted(covers)
    furthest = [0, *accumulate((end for _, end in ordered), max)]  # by how many covers have begun
    starts = [start for start, _ in ordered]
    return [(a, b) for a, b in spans if furthest[bisect_right(starts, a)] < b]


def longest(spans: Spans) -> Spans:
    """The spans without those that lie inside another, in order."""
    if len(spans) <= 1:
        return spans
    kept: Spans = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def original(passage: Passage, concept: str, start: int, end: int) -> Term:
    """The term on the page itself for a folded range."""
    a, b = passage.map.back(start, end)
    return Term(a, b, concept, passage.page.text[a:b])
