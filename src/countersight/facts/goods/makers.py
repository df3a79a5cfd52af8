"""Makers of parts: their names, the words and model numbers that tell their products (``makers.yaml``)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from countersight.text.quantity import plain
from countersight.text.translating import Translation

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_VERSION = re.compile(r"[vV]?\d[\d.]*")
_NO_BRAND = re.compile(
    r"国产|进口|定制|本地|自有|自定|任意|不限|无|其他|优质|知名|开源|自研|自主研发|local|own|any|other|generic|custom"
    r"|open[ -]source|in-house|oem|n/?a|tba|tbd|[-/—…. ]*",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,3}[省市]?")
_LONGEST = 24  # characters of a brand; a company that makes something may be longer than that
_HAN_FIRST = re.compile(r"(?P<brand>[^\x00-\x7f]{2,8})[\s:：/-]*(?P<model>[A-Za-z0-9].*)")


@dataclass(frozen=True, slots=True)
class Product:
    """A family of products: told by its ``words`` and a ``tail``, or by a ``shape`` behind a word of its maker."""

    kind: str
    tail: re.Pattern[str] | None
    shape: re.Pattern[str] | None
    bare: bool
    near: bool


@dataclass(frozen=True, slots=True)
class Maker:
    """A maker and what it makes; without a name for what nobody sells alone."""

    name: str
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """What a word of the file stands for; ``exact`` where it counts in these letters alone."""

    maker: Maker
    product: Product | None
    exact: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A word of a maker or a product at ``[start, end)`` of a text."""

    start: int
    end: int
    word: Word


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{text})(?=s?(?![A-Za-z0-9]))", re.IGNORECASE | re.ASCII)


def _product(data: dict[str, Any]) -> Product:
    tail = _pattern(data["tail"]) if "words" in data else None
    shape = _pattern(data["shape"]) if "shape" in data else None
    return Product(data["kind"], tail, shape, data.get("bare", False), data.get("near", False))


@cache
def _data() -> Any:
    return yaml.load(resources.files(__package__).joinpath("makers.yaml").read_bytes(), _LOADER)  # noqa: S506 (safe)


@cache
def kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The kinds of products and the words that tell each, in the order in which they are asked."""
    return tuple((name, re.compile(words, re.IGNORECASE | re.ASCII)) for name, words in _data()["kinds"].items())


def kind_of(text: str) -> str | None:
    """The kind of product that a text names; the last word decides: ``存储服务器`` is a server."""
    found = [(match.end(), -at, name) for at, (name, words) in enumerate(kinds()) for match in words.finditer(text)]
    return max(found)[2] if found else None


@cache
def _words() -> tuple[tuple[str, ...], tuple[tuple[Word, ...], ...]]:
    """All words in small letters, and what each stands for."""
    known: dict[str, list[Word]] = defaultdict(list)
    for entry in _data()["makers"]:
        made = [_product(one) for one in entry["products"]]
        maker = Maker(entry["name"] or "", tuple(made))
        for text in entry["words"]:
            known[text.lower()].append(Word(maker, None))
        for text in entry.get("ordinary", ()):
            known[text.lower()].append(Word(maker, None, text))
        for one, product in zip(entry["products"], made, strict=True):
            for text in one.get("words", ()):
                known[text.lower()].append(Word(maker, product, text if product.near else None))
    return tuple(known), tuple(map(tuple, known.values()))


@cache
def _automaton() -> AhoCorasick:
    return AhoCorasick(_words()[0], matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)


def small(text: str) -> str:
    """The text plain and in small letters; every offset stays."""
    return text.lower() if text.isascii() else _small()(text)


@cache
def _small() -> Translation:
    letters = {code: plain(chr(code)).lower() for code in range(0x10000)}
    return Translation({code: ord(low) for code, low in letters.items() if len(low) == 1 and low != chr(code)})


def seen(text: str) -> Iterator[Seen]:
    """The words of makers and products in a text, from left to right."""
    low = small(text)
    for at, start, end in _automaton().find_matches_as_indexes(low):
        if _stands_alone(low, start, end):
            for word in sorted(_words()[1][at], key=lambda word: word.product is None):
                named = word.product is None and text[end - 1 : end].isascii()
                if word.exact in {None, text[start:end]} and not (named and text[end : end + 1].isdecimal()):
                    yield Seen(start, end, word)


def _stands_alone(low: str, start: int, end: int) -> bool:
    """Whether a Latin word is no part of a longer one; digits may follow the name of a product."""
    before, first = low[start - 1 : start], low[start]
    if first.isascii() and first.isalnum() and before.isascii() and before.isalnum():
        return False
    last, after = low[end - 1], low[end : end + 1]
    return not (last.isascii() and last.isalpha() and after.isascii() and after.isalpha())


def maker_of(brand: str) -> str | None:
    """The maker that a brand, as a cell says it, is of."""
    return next((one.word.maker.name for one in seen(brand) if _begins(one, brand) and _is_brand(one, brand)), None)


def _begins(one: Seen, brand: str) -> bool:
    """Whether a brand begins with a word, or a company's name does behind its place: ``杭州海康威视…公司``."""
    if one.start < 2:  # noqa: PLR2004 (a mark before it)
        return True
    is_name = brand.endswith("公司") and one.word.exact is None
    return is_name and _PLACE.fullmatch(brand, 0, one.start) is not None


def _is_brand(one: Seen, brand: str) -> bool:
    """Whether a word is that of a maker, or all a brand says is a product of one: ``中标麒麟``."""
    return one.word.product is None or (one.end == len(brand.strip()) and bool(one.word.maker.name))


def is_brand(text: str) -> bool:
    """Whether what a cell of brands says may be one, known or not."""
    return 0 < len(text) <= _LONGEST and not _NO_BRAND.fullmatch(text) and any(char.isalpha() for char in text)


def parted(text: str) -> tuple[str | None, str | None]:
    """Brand and model out of one text: ``海康威视 DS-2CD3T47``, ``APC/SRT3000``."""
    known = next((one for one in seen(text) if one.start == 0 and one.word.product is None), None)
    if known:
        return text[: known.end], text[known.end :].strip(" /:：,，-—") or None
    brand, slash, model = (part.strip() for part in text.partition("/"))
    if slash and brand and model and not any(char.isdigit() for char in brand):
        return brand, model
    if found := _HAN_FIRST.fullmatch(text):
        return found["brand"].strip(), found["model"].strip()
    first, _, rest = text.partition(" ")
    if _VERSION.fullmatch(rest.strip()) and first.isupper():
        return None, text
    if rest and not any(char.isdigit() for char in first) and any(char.isdigit() for char in rest):
        return first, rest.strip()
    return (None, text) if any(char.isdigit() for char in text) else (text, None)
