"""What the readers of bodies share: the word lists, and what they say of a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from countersight.text import orgwords

Lists = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Named:
    """A body named at ``[start, end)`` of a text; ``kind`` is ``company``, ``office``, ``institution`` or ``known``."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name at ``[start, end)`` of the body named at ``of``; ``how``: ``short``, ``former`` or ``pair``."""

    start: int
    end: int
    of: Named
    how: str


@cache
def words(language: str) -> Lists:
    """The word lists of a language, by name."""
    text = (files("countersight.text") / "data" / "bodies.yaml").read_text(encoding="utf-8")
    separator = "|" if language == "en" else None
    lists = yaml.safe_load(text)[language]
    return {name: tuple(dict.fromkeys(w.strip() for w in said.split(separator))) for name, said in lists.items()}


@cache
def among(language: str, name: str) -> frozenset[str]:
    """A word list as a set."""
    return frozenset(words(language)[name])


@cache
def places() -> tuple[str, ...]:
    """The Chinese names of places that names of bodies begin with, the longest first."""
    return tuple(sorted(orgwords.places().han, key=lambda name: (-len(name), name)))


_BRAND = re.compile(r"\s*(?:brands?|make|推荐品牌|品\s*牌|厂\s*牌)(?![a-z])[^\n]{0,12}\Z", re.IGNORECASE)
_ASKED = ("Brand", "BRAND", "brand", "Make\t", "MAKE\t", "品牌", "厂牌", "品 牌")


def without_brands(text: str, found: list[Named]) -> list[Named]:
    """The bodies without known names that are of goods: in a column of brands."""
    cells = _brand_cells(text) if any(one.kind == "known" for one in found) else ()
    return [one for one in found if one.kind != "known" or not any(a <= one.start < b for a, b in cells)]


@lru_cache(maxsize=2)
def _brand_cells(text: str) -> tuple[tuple[int, int], ...]:
    """The cells of columns headed as brands: names there are of goods."""
    if "\t" not in text or not any(word in text for word in _ASKED):
        return ()
    found: list[tuple[int, int]] = []
    columns: set[int] = set()
    at = 0
    for line in text.split("\n"):
        cells = line.split("\t")
        headed = {n for n, cell in enumerate(cells) if len(cells) > 1 and _BRAND.match(cell)}
        columns = headed or (columns if line.strip() else set())
        for n, cell in enumerate(cells):
            if n in columns and len(cells) > 1:
                found.append((at, at + len(cell)))
            at += len(cell) + 1
    return tuple(found)
