"""All forms of all concepts, found in one pass over a folded page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from itertools import accumulate
from operator import or_

from ahocorasick_rs import AhoCorasick, Implementation

from countersight.find.lexicon import Form, Lexicon
from countersight.find.masks import Mask
from countersight.find.nodes import WINDOW
from countersight.find.shapes import BEYOND_WORDS, shaped, shapes
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
        return Segments(self.page, self.forward)

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

    def forward(self, offset: int) -> int:
        """The first folded offset that comes from ``offset`` of the page's text or from after it."""
        return self.map.forward(offset)


_NAMES = {"list": "listing"}  # scopes that go by another name among the segments
_BEYOND_LATIN = chr(BEYOND_WORDS)
_WHOLE = ("en", "bare")  # kinds of forms that stand as words of their own
_BREAK = re.compile(r"[。!?;\t\n]|\.\s")
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

    A pattern is a shape of a text to look for (see ``shapes``). ``bit`` gives each concept a bit of its own; ``masks``
    says for each pattern of which forms of which masks it is; ``excepts`` gives the patterns of what a concept excepts.
    """

    def __init__(self, lexicon: Lexicon, names: Iterable[str], masks: Iterable[Mask]) -> None:
        ordered = sorted(names)
        owned = [(form, name) for name in ordered for form in lexicon[name].forms]
        masking = [(form, mask.id) for mask in masks for form in mask.forms]
        excepted = [(Form(text, "zh"), name) for name in ordered for text in lexicon[name].excepts]
        patterns = _Patterns(form for form, _ in (*owned, *masking, *excepted))
        self.bit = {name: 1 << place for place, name in enumerate(ordered)}
        self._owned: dict[str, list[tuple[int, Form]]] = {name: [] for name in ordered}
        self._bits = [0] * len(patterns.numbers)
        for form, name in owned:
            for pattern in patterns.of(form):
                self._owned[name].append((pattern, form))
                self._bits[pattern] |= self.bit[name]
        alone = {form.text for form, _ in owned if form.kind == "bare"}
        told = [form for form, _ in owned if form.text in alone]
        self._bare = {number for form in told if form.kind == "bare" for number in patterns.of(form)}
        self._bare -= {number for form in told if form.kind != "bare" for number in patterns.of(form)}
        self._codes = _of_code(patterns, (*owned, *masking, *excepted))
        self.masks: dict[int, list[tuple[Form, str]]] = defaultdict(list)
        for form, name in masking:
            for pattern in patterns.of(form):
                self.masks[pattern].append((form, name))
        self.excepts = {name: set[int]() for name in ordered}
        for form, name in excepted:
            self.excepts[name].update(patterns.of(form))
        self._forms: dict[str, dict[int, list[Form]]] = {}
        self._crossing = {number for number, shape in enumerate(patterns.numbers) if _BREAK.search(shape)}
        self.longest = max(map(len, patterns.numbers), default=0)
        self._automaton = AhoCorasick(list(patterns.numbers), implementation=Implementation.ContiguousNFA)

    def forms(self, name: str) -> dict[int, list[Form]]:
        """The forms of a concept by their patterns."""
        if name not in self._forms:
            forms = self._forms[name] = defaultdict(list)
            for pattern, form in self._owned.pop(name):
                forms[pattern].append(form)
        return self._forms[name]

    def present(self, matches: Sequence[Match], passage: Passage) -> int:
        """The bits of all concepts that may stand in a text: 维 is a character of many words, but asked for alone."""
        found = {match[0] for match in matches}
        if doubtful := found & self._bare:
            for number, start, end in matches:
                if number in doubtful and _alone(passage.folded, start, end):
                    doubtful.discard(number)
            found -= doubtful
        found.difference_update(self.never(found, passage))
        return self.of(found)

    def alone(self, places: Mapping[int, Spans], folded: str) -> dict[int, Spans]:
        """Of forms that are asked for alone where they are."""
        return {one: [span for span in places[one] if _alone(folded, *span)] for one in self._bare & places.keys()}

    def never(self, patterns: Iterable[int], passage: Passage) -> list[int]:
        """Those of some patterns that only words of code have, of which the page writes none letter by letter."""
        codes = self._codes
        return [one for one in codes.keys() & patterns if not any(map(passage.holds, codes[one]))]

    def crosses(self, patterns: Iterable[int]) -> bool:
        """Whether a word of one of the patterns may go over the end of a sentence."""
        return not self._crossing.isdisjoint(patterns)

    def within(self, bits: int, patterns: Iterable[int]) -> list[int]:
        """Those of some patterns that are of concepts of these bits: each once for each concept."""
        own = self._bits
        return [pattern for pattern in patterns if own[pattern] & bits for _ in range((own[pattern] & bits).bit_count())]

    def names(self, matches: Iterable[Match]) -> Iterator[str]:
        """The concepts that may stand there."""
        bits = self.bits(matches)
        return (name for name, bit in self.bit.items() if bit & bits)

    def scan(self, folded: str) -> list[Match]:
        """Every place of every pattern: its number and range in ``folded``; by their ends."""
        return self._automaton.find_matches_as_indexes(shaped(folded), overlapping=True)

    def bits(self, matches: Iterable[Match]) -> int:
        """The bits of all concepts that may stand there: no other does."""
        return self.of({match[0] for match in matches})

    def of(self, patterns: Iterable[int]) -> int:
        """The bits of the concepts of some patterns."""
        return reduce(or_, map(self._bits.__getitem__, patterns), 0)


def _of_code(patterns: _Patterns, forms: Iterable[tuple[Form, str]]) -> dict[int, list[str]]:
    """The patterns of forms of code alone, each with these forms."""
    exact: dict[int, set[str]] = defaultdict(set)
    for form, _ in forms:
        for pattern in patterns.of(form):
            exact[pattern].add(form.exact)
    return {pattern: sorted(texts) for pattern, texts in exact.items() if "" not in texts}


class _Patterns:
    """The patterns of some forms, numbered: the shapes in which each may stand."""

    def __init__(self, forms: Iterable[Form]) -> None:
        texts: dict[bool, dict[str, None]] = {True: {}, False: {}}
        for form in forms:
            texts[form.kind in _WHOLE][form.text] = None
        whole = shapes(texts[True], whole=True)  # each has one shape of its own
        self.numbers = {shape: number for number, (shape,) in enumerate(whole.values())}
        self._whole = dict(zip(whole, zip(range(len(whole))), strict=True))
        self._loose = {
            text: tuple(self.numbers.setdefault(shape, len(self.numbers)) for shape in found)
            for text, found in shapes(texts[False], whole=False).items()
        }

    def of(self, form: Form) -> tuple[int, ...]:
        """The patterns of a form."""
        return (self._whole if form.kind in _WHOLE else self._loose)[form.text]


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
