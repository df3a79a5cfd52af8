"""The words of organisations' names: places, trades and legal forms, Chinese and English (tables beside this file).

Every term leads to keys that are the same in both languages: ``乌鲁木齐`` and ``Urumchi`` to ``urumqi``, ``公安局`` and
``Public Security Bureau`` to the same trade. Terms in Latin letters are kept as tuples of stems (``stem``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

LINKS = frozenset(
    {"the", "of", "and", "for", "in", "by", "de", "del", "la", "le", "les", "des", "du", "di", "da", "do",
     "dos", "e", "et", "y", "und", "das"}
)  # fmt: skip
"""Words that only tie others together; they count for nothing in a name."""

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What terms mean: ``han`` by Chinese term, of at most ``longest`` characters; ``latin`` by stems.

    ``begun`` gives the most words of a Latin term by its first.
    """

    han: Mapping[str, tuple[str, ...]]
    latin: Mapping[Stems, tuple[str, ...]]
    longest: int
    begun: Mapping[str, int]


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """A word in lower case without accents, apostrophes and dots; Cyrillic in Latin letters."""
    if word.isascii() and word.isalnum():
        return word.lower()
    spelled = "".join(_CYRILLIC.get(c, c) for c in word.lower())
    parts = unicodedata.normalize("NFKD", "".join(_SPECIAL.get(c, c) for c in spelled))
    return "".join(c for c in parts if c.isalnum())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The plain word without a plural's ending: ``technologies`` and ``technology`` are one."""
    word = plain(word)
    if len(word) <= _SHORT or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s")


def stems(phrase: str) -> Stems:
    """The stems of an English term, links left out."""
    return tuple(stem(word) for word in phrase.split() if word not in LINKS)


@cache
def trades() -> Terms:
    """What organisations are and do; the key is the first English word of the line."""
    return _terms((_key(entry), entry) for group in _table("org_trades").values() for entry in group)


@cache
def generic_trades() -> frozenset[str]:
    """Keys of the words that say nothing of who it is: technology, group, international."""
    return frozenset(_key(entry) for entry in _table("org_trades")["generic"])


@cache
def places() -> Terms:
    """Countries, provinces, prefectures, cities and the counties of Xinjiang."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 (slow to import, and most pages need none of it)

    table = _table("org_places")
    named = [*table["countries"].items(), *table["exonyms"].items()]
    spelled = [("".join(lazy_pinyin(zh)), {"zh": zh, "en": ""}) for zh in table["pinyin"].split()]
    return _terms((key, {**entry, "en": f"{key}; {entry['en']}"}) for key, entry in named + spelled)


@cache
def abroad() -> frozenset[str]:
    """Keys of countries and territories other than the mainland of China, and of parts of the world."""
    return frozenset(_table("org_places")["countries"]) - {"china", "east china", "north china", "south china"}


@cache
def ranks() -> Terms:
    """What a place is: province, city, county."""
    return _terms(_table("org_places")["rank"].items())


@cache
def forms() -> Terms:
    """Legal forms; the keys say whether shares may be sold to anyone (``stock``), or not (``limited``), or both."""
    kinds = {"limited_or_stock": ("limited", "stock"), "any": ()}
    han: dict[str, tuple[str, ...]] = {}
    latin: dict[Stems, tuple[str, ...]] = {}
    for kind, written in _table("org_forms").items():
        for term in written.split("; "):
            if term.isascii():
                latin[tuple(term.split())] = kinds.get(kind, (kind,))
            else:
                han[term] = kinds.get(kind, (kind,))
    return Terms(han, latin, max(map(len, han)), _begun(latin))


def _table(name: str) -> dict[str, Any]:
    text = (files("countersight.text") / "data" / f"{name}.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.load(text, _Loader)  # noqa: S506 (the safe loader, in C where there is one)
    return loaded


def _key(entry: Mapping[str, str]) -> str:
    return (entry["en"].split(";")[0] + " " + entry["zh"].split(" ")[0]).strip()


def _terms(entries: Iterable[tuple[str, Mapping[str, str]]]) -> Terms:
    han: dict[str, list[str]] = {}
    latin: dict[Stems, list[str]] = {}
    for key, entry in entries:
        for term in entry["zh"].split():
            _add(han, term, key)
        for term in entry["en"].split(";"):
            if found := stems(term.strip()):
                _add(latin, found, key)
    return Terms(
        {term: tuple(keys) for term, keys in han.items()},
        {term: tuple(keys) for term, keys in latin.items()},
        max(map(len, han)),
        _begun(latin),
    )


def _add(table: dict[Any, list[str]], term: Any, key: str) -> None:
    keys = table.setdefault(term, [])
    if key not in keys:
        keys.append(key)


def _begun(latin: Iterable[Stems]) -> dict[str, int]:
    most: dict[str, int] = {}
    for term in latin:
        most[term[0]] = max(len(term), most.get(term[0], 0))
    return most


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SHORT = 3  # letters: "gas", "bus" keep their s
_SPECIAL = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"}
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch - y - e iu ia i i ie g".replace("-", "").split(
            " "
        ),
        strict=True,
    )
)
