"""Administrative places of China in names and addresses, down to the county; other names of a place lead to the same.

``data/places.csv`` holds the provinces and the prefectures and counties of Xinjiang with the names under which records
in English and other romanisations know them (Karakax, Qaraqash and Moyu are 墨玉县), by the codes of GB/T 2260. ``~``
marks a name that others share: it counts only beside the name of a place above it. Elsewhere places are told by the
words that end their names.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

from countersight.text.normal import HAN

_FILE = Path(__file__).parent / "data" / "places.csv"
_PROVINCE = rf"(?P<province>[{HAN}]{{2,8}}?(?:省|自治区))?"
_CITY = rf"(?P<city>[{HAN}]{{2,8}}?(?:市|自治州|地区|盟))?"
_COUNTY = rf"(?P<county>[{HAN}]{{1,8}}?(?:自治县|县|自治旗|旗|区|市))?"
_PARTS = re.compile(_PROVINCE + _CITY + _COUNTY)
_NO_COUNTY = re.compile(
    r".*(?:开发|产业|工业|保税|合作|示范|试验|服务|园|景|校|院|库|厂|小|社|辖|片)区|(?:城|郊|市|全|各|本|该|新|老|矿|林|地|山)[区县市]"
)


def district(words: str) -> str | None:
    """The place that words name, from the province down as known, with its code: ``… 和田地区 墨玉县 (653222)``."""
    codes = _known(words)
    return (_path(codes[0]) if len(codes) == 1 else None) if codes else _told(words)


@lru_cache(maxsize=1024)
def _known(words: str) -> tuple[str, ...]:
    """The codes of the places named, without those that others lie in."""
    names, pattern = _names()
    found = [names[match[0].lower()] for match in pattern.finditer(words)]
    codes = {code for code, shared in found if not shared}
    codes |= {code for code, shared in found if shared and any(_is_in(code, above) for above in codes)}
    deepest = [code for code in codes if not any(other != code and _is_in(other, code) for other in codes)]
    return tuple(sorted(deepest))


def _is_in(code: str, above: str) -> bool:
    """Whether a place lies in another, or is it."""
    while code:
        if code == above:
            return True
        code = _places()[code][1]
    return False


def _path(code: str) -> str:
    parts, at = [], code
    while at:
        name, at = _places()[at]
        parts.append(name)
    return f"{' '.join(reversed(parts))} ({code})"


@cache
def _places() -> dict[str, tuple[str, str]]:
    """Name and the code of what a place lies in, by code."""
    return {row["code"]: (row["name"], row["within"]) for row in _rows()}


@cache
def _names() -> tuple[dict[str, tuple[str, bool]], re.Pattern[str]]:
    """Code by name in lower case, and whether other places share the name; the pattern of all names."""
    names: dict[str, tuple[str, bool]] = {}
    for row in _rows():
        if not row["code"].endswith("0000") or row["code"] == "650000":
            names.setdefault(row["name"], (row["code"], False))
        for other in filter(None, row["others"].split(";")):
            names.setdefault(other.lstrip("~").lower(), (row["code"], other.startswith("~")))
    words = sorted(names, key=lambda name: (-len(name), name))
    ascii_ = "|".join(re.escape(word) for word in words if word[0] < "\u0250")
    han = "|".join(word for word in words if word[0] > "\u2e80")
    return names, re.compile(rf"\b(?:{ascii_})\b|{han}", re.IGNORECASE)


@cache
def _rows() -> list[dict[str, str]]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _told(words: str) -> str | None:
    """The place at the beginning of words, by how names of places end; at least its county or city."""
    found = _PARTS.match(words.strip())
    parts = [part for part in found.groups() if part and not _NO_COUNTY.fullmatch(part)] if found else []
    return " ".join(parts) if parts and found and (found["city"] or found["county"]) else None
