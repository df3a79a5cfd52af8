"""All forms of all concepts, found in one pass over a folded page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation

from countersight.find.groups import Groups, Match
from countersight.find.lexicon import Form, Lexicon
from countersight.find.masks import Mask
from countersight.find.passage import Passage, Spans, alone
from countersight.find.shapes import BEYOND_WORDS, SHAPED, shaped, shapes
from countersight.find.straddled import LENGTH, straddles
from countersight.model import Term

_BEYOND_LATIN = chr(BEYOND_WORDS)
_WHOLE = ("en", "bare")  # kinds of forms that stand as words of their own
_MORE = re.compile(r"(?!s(?![a-z]))[a-z]")
_BREAK = re.compile(r"[。!?;\t\n]|\.\s")


def _letter(character: str) -> bool:
    return character < _BEYOND_LATIN and character.isalnum()


def bordered(text: str, start: int, end: int) -> bool:
    """Whether no Latin letter or digit touches ``[start, end)``: Han characters and ``_`` are borders."""
    if start and (before := text[start - 1]) < _BEYOND_LATIN and before.isalnum():
        return False
    return end == len(text) or (after := text[end]) >= _BEYOND_LATIN or not after.isalnum()


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
        self._ordered = ordered
        self.bit = {name: 1 << place for place, name in enumerate(ordered)}
        self._owned: dict[str, list[tuple[int, Form]]] = {name: [] for name in ordered}
        for form, name in owned:
            for pattern in patterns.of(form):
                self._owned[name].append((pattern, form))
        self.masks: dict[int, list[tuple[Form, str]]] = defaultdict(list)
        for form, name in masking:
            for pattern in patterns.of(form):
                self.masks[pattern].append((form, name))
        self.excepts = {name: set[int]() for name in ordered}
        for form, name in excepted:
            self.excepts[name].update(patterns.of(form))
        self._forms: dict[str, dict[int, list[Form]]] = {}
        crossing = {number for number, shape in enumerate(patterns.numbers) if _BREAK.search(shape)}
        self.groups = Groups(len(patterns.numbers), self._owned, self.bit, crossing)
        self.longest = max(map(len, patterns.numbers), default=0)
        self._automaton = AhoCorasick(list(patterns.numbers), implementation=Implementation.ContiguousNFA)

    def forms(self, name: str) -> dict[int, list[Form]]:
        """The forms of a concept by their patterns."""
        if name not in self._forms:
            forms = self._forms[name] = defaultdict(list)
            for pattern, form in self._owned.pop(name):
                forms[pattern].append(form)
        return self._forms[name]

    def names(self, bits: int) -> list[str]:
        """The concepts of some bits."""
        names = []
        while bits:
            names.append(self._ordered[(bits & -bits).bit_length() - 1])
            bits &= bits - 1
        return names

    def scan(self, folded: str) -> list[Match]:
        """Every place of every pattern: its number and range in ``folded``; by their ends."""
        return self._automaton.find_matches_as_indexes(shaped(folded), overlapping=True)

    def bits(self, matches: Iterable[Match]) -> int:
        """The bits of all concepts that may stand there: no other does."""
        return self.groups.bits(self.groups.found(matches))


class _Patterns:
    """The patterns of some forms, numbered: the shapes in which each may stand."""

    def __init__(self, forms: Iterable[Form]) -> None:
        texts: dict[bool, dict[str, None]] = {True: {}, False: {}}
        for form in forms:
            texts[form.kind in _WHOLE][form.text] = None
        self.numbers: dict[str, int] = {}
        self._of = {
            whole: {
                text: tuple(self.numbers.setdefault(shape, len(self.numbers)) for shape in found)
                for text, found in shapes(some, whole=whole).items()
            }
            for whole, some in texts.items()
        }

    def of(self, form: Form) -> tuple[int, ...]:
        """The patterns of a form."""
        return self._of[form.kind in _WHOLE][form.text]


def standing(passage: Passage, form: Form, spans: Spans) -> Spans:
    """Of the folded ranges of a form's text those where it stands as a word of its own, if its kind asks for that."""
    if form.kind == "zh":
        if form.text[0].isascii() or form.text[-1].isascii():
            spans = [span for span in spans if not _runs_on(passage.folded, *span)]
        return [span for span in spans if not straddles(passage.folded, *span)] if len(form.text) == LENGTH else spans
    if form.kind == "en" and form.text[0] in SHAPED and form.text[-1] in SHAPED:
        return spans
    if form.kind == "code":
        return [span for span in spans if _exact(passage, form, *span)] if passage.holds(form.exact) else []
    whole = alone if form.kind == "bare" else bordered
    return [span for span in spans if whole(passage.folded, *span)]


def _runs_on(folded: str, start: int, end: int) -> bool:
    """Whether a Latin word runs on outside the range, as MAC does in machine; GPUs are GPU."""
    before = start and _latin(folded[start]) and _latin(folded[start - 1])
    return bool(before or (_latin(folded[end - 1]) and _MORE.match(folded, end)))


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


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
