"""Full text: the form pages are indexed in, and the query language.

SQLite's FTS5 cuts words at spaces. Chinese has none, so every Han character is indexed as a word of its own and a run
of Han in a query becomes a phrase: words of two characters, and of one, are found. Pages and queries are folded alike
(:mod:`countersight.text.normal`), so simplified finds traditional and a word broken over two lines is whole.

What a page may say instead, where characters were read weakly, lies in a column of its own: a query finds it, and what
is supposed is told; a NOT looks only at the text as read, so that no page is left out for what it may say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from countersight.errors import UsageError
from countersight.model import Page
from countersight.text.normal import HAN, flatten, fold
from countersight.text.variants import Changes, variants

_HAN_RUN = re.compile(f"[{HAN}]+")
_BEYOND_HAN = 0x40000
_TOKEN = re.compile(r"""[(（]|[)）]|["“”]([^"“”]*)["“”]|(?:AND|OR|NOT)(?=[\s()（）"“”]|$)|[^\s()（）"“”]+""")
_WORD = re.compile(rf"[{HAN}]|[^\W{HAN}_]+", re.UNICODE)
_WAY_OUT = (
    'write words, "exact phrases", AND, OR, NOT and brackets, e.g.: 民族 AND ("face recognition" OR 人脸) NOT 民族路'
)
_BETWEEN = " \ue000 "  # a word that no query holds: phrases do not run from one variant into the next
_DEEPEST = 8  # brackets in brackets: the stack of FTS5's own parser holds 100 symbols

Widen = Callable[[str], Sequence[str]]


def index_form(text: str) -> str:
    """A page's text as the index takes it: folded, each Han character a word."""
    folded = flatten(text)
    if folded.isascii():
        return folded
    codes = np.frombuffer(f"\0{folded}".encode("utf-32-le", "surrogatepass"), "<u4")
    han = _han().take(codes, mode="clip")
    copies = np.ones(len(codes), np.intp)
    copies += han  # a blank behind each
    copies[:-1] += han[1:] & ~han[:-1]  # and before the first of a run
    spaced = np.full(int(copies.sum()), ord(" "), "<u4")
    spaced[np.cumsum(copies) - copies] = codes
    return spaced.tobytes().decode("utf-32-le", "surrogatepass")[1:]


@cache
def _han() -> npt.NDArray[np.bool_]:
    """Of every code point whether it is a Han character; the last stands for all beyond."""
    every = np.zeros(_BEYOND_HAN + 1, np.bool_)
    for match in _HAN_RUN.finditer("".join(map(chr, range(_BEYOND_HAN)))):
        every[match.start() : match.end()] = True
    return every


def supposed_form(page: Page) -> str:
    """What a page may say instead of its text, as the index takes it: the words around each change."""
    return _BETWEEN.join(index_form(variant.text) for variant in variants(page.text, page.weak)[0])


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: the FTS5 expression, and the phrases whose places are quoted (those not under NOT)."""

    match: str
    phrases: tuple[str, ...]

    def found(self, page: Page) -> list[tuple[int, int, Changes]]:
        """Where the phrases stand on a page, in order, and which characters must be others for it: none as read."""
        places: dict[tuple[int, int], Changes] = dict.fromkeys(self.places(page.text), ())
        for variant in variants(page.text, page.weak)[0]:
            for start, end in self.places(variant.text):
                span = start + variant.start, end + variant.start
                changed = variant.touches(*span)
                if changed and not any(a <= span[0] and span[1] <= b for a, b in places):
                    places[span] = changed
        return sorted((*span, changed) for span, changed in places.items())

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where the phrases stand in a text, in order, overlaps joined."""
        folded, back = fold(text)
        spans = sorted(back.back(*m.span()) for phrase in self.phrases for m in _pattern(phrase).finditer(folded))
        joined: list[tuple[int, int]] = []
        for start, end in spans:
            if joined and start < joined[-1][1]:
                joined[-1] = joined[-1][0], max(end, joined[-1][1])
            else:
                joined.append((start, end))
        return joined


def _pattern(phrase: str) -> re.Pattern[str]:
    """The phrase in folded text: its words in order with nothing but separators between, whole words where Latin."""
    words = _WORD.findall(phrase)
    body = r"[\W_]*".join(re.escape(word) for word in words)
    first = "" if re.match(f"[{HAN}]", words[0]) else rf"(?<![^\W{HAN}_])"
    last = "" if re.match(f"[{HAN}]", words[-1]) else rf"(?![^\W{HAN}_])"
    return re.compile(first + body + last)


def _as_written(_word: str) -> Sequence[str]:
    return ()


def parse(text: str, widen: Widen | None = None) -> Query:
    """Parse a query; ``widen`` gives further forms of a word or phrase. Raises UsageError that says what is wrong."""
    parser = _Parser(text, widen or _as_written)
    match = parser.either()
    if parser.rest:
        raise UsageError(f"cannot read the query at {parser.rest[0]!r}", way_out=_WAY_OUT)
    return Query(match, tuple(dict.fromkeys(parser.phrases)))


class _Parser:
    """Recursive descent over tokens: either := both (OR both)*; both := one (AND? NOT? one)*."""

    def __init__(self, text: str, widen: Widen) -> None:
        self.rest = [m[0].replace("（", "(").replace("）", ")") for m in _TOKEN.finditer(text)]
        self.phrases: list[str] = []
        self._widen = widen
        self._under_not = self._depth = 0

    def either(self) -> str:
        parts = [self._both()]
        while self._next("OR"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"

    def _both(self) -> str:
        """All of the first, none of the rest; side by side, for FTS5 nests few expressions."""
        wanted, unwanted = [self._one()], []
        while self.rest and self.rest[0] not in {"OR", ")"}:
            self._next("AND")
            if self._next("NOT"):
                self._under_not += 1
                unwanted.append(f"{{text}} : {self._one()}")
                self._under_not -= 1
            else:
                wanted.append(self._one())
        match = wanted[0] if len(wanted) == 1 else f"({' AND '.join(wanted)})"
        return f"({match} NOT ({' OR '.join(unwanted)}))" if unwanted else match

    def _one(self) -> str:
        if self._next("("):
            return self._bracket()
        if not self.rest or self.rest[0] in {"AND", "OR", "NOT", ")"}:
            what = f"before {self.rest[0]!r}" if self.rest else "at the end"
            raise UsageError(f"the query lacks a word {what}", way_out=_WAY_OUT)
        return self._phrases(self.rest.pop(0).strip('"“”'))

    def _bracket(self) -> str:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UsageError(f"the query nests more than {_DEEPEST} brackets", way_out=_WAY_OUT)
        inner = self.either()
        if not self._next(")"):
            raise UsageError("a bracket of the query is not closed", way_out=_WAY_OUT)
        self._depth -= 1
        return inner

    def _phrases(self, text: str) -> str:
        forms = list(self._forms(text))
        if not forms:
            raise UsageError(f"nothing can be searched in {text!r}", way_out=_WAY_OUT)
        if not self._under_not:
            self.phrases += forms
        quoted = ['"' + " ".join(_WORD.findall(form)) + '"' for form in forms]
        return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"

    def _forms(self, text: str) -> Iterator[str]:
        for form in dict.fromkeys((flatten(text), *(flatten(other) for other in self._widen(text)))):
            if _WORD.search(form):
                yield form

    def _next(self, token: str) -> bool:
        if self.rest and self.rest[0] == token:
            self.rest.pop(0)
            return True
        return False
