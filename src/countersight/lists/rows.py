"""What a loader gives for each entry of a list: listings of an organisation, or why there are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from countersight.model import Digest, ListedName, Listing, NameKind

_SPACE = re.compile(r"\s+")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]")
_OTHER_EAST_ASIAN = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_NOTHING = frozenset({"", "-0-", "n/a", "none", "null", "unknown", "-"})


class Why(Enum):
    """Why an entry of a list is no listing here.

    A person is a natural person as the list itself says; ``doubtful`` an entry of a list that does not say, with a name
    that may be one; ``other`` a ship, an aircraft or a class of goods; a fault is an entry that cannot be read.
    """

    PERSON = "natural person"
    DOUBTFUL = "may be a natural person"
    OTHER = "not an organisation"
    FAULT = "cannot be read"


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry not taken in: where it stands, and why. Never what a natural person is called.

    ``cut`` says that it has a beginning and no end, as the last entry of a file that is cut off.
    """

    row: str
    why: Why
    reason: str = ""
    cut: bool = False


Row = tuple[Listing, ...] | Skipped
"""One entry of a list: a listing for each regime it is under, or why there is none."""


def short(row: str, cells: Sequence[str], width: int) -> Skipped:
    """The fault of a row of a table that has not the ``width`` of its header."""
    return Skipped(row, Why.FAULT, f"{len(cells)} fields instead of {width}", cut=1 < len(cells) < width)


def clean(text: object) -> str:
    """A cell on one line; empty for the marks lists write for nothing."""
    line = _SPACE.sub(" ", str(text or "")).strip()
    return "" if line.lower() in _NOTHING else line


def named(text: object, kind: NameKind = NameKind.FULL, language: str | None = None) -> ListedName:
    """A name with its language: as told, else Chinese where it is written in Han characters alone of East Asia."""
    line = clean(text)
    chinese = _HAN.search(line) and not _OTHER_EAST_ASIAN.search(line)
    return ListedName(line, kind, language or ("zh" if chinese else None))


def listing(
    regime: str, key: object, names: Iterable[ListedName], source: Digest, row: str, **facts: Any
) -> tuple[Listing, ...] | Skipped:
    """The listing of an entry; a fault where it has no name. ``key`` is the source's own number for it, or nothing."""
    kept = tuple(_distinct(names))
    if not kept:
        return Skipped(row, Why.FAULT, "no name")
    country = clean(facts.pop("country", None)) or None
    number = clean(key) or Digest.of("\n".join((regime, kept[0].text.casefold(), country or "")).encode())[:16]
    for name in ("identifiers", "addresses"):
        facts[name] = tuple(dict.fromkeys(facts.get(name, ())))
    return (Listing(f"{regime}/{number}", regime, kept, source, row, country=country, **facts),)


def _distinct(names: Iterable[ListedName]) -> Iterator[ListedName]:
    """Each name once, as it was first given; one that is a full name or an alias as well is not weak."""
    first: dict[str, ListedName] = {}
    for name in names:
        before = first.get(name.text)
        if name.text and (before is None or (before.kind is NameKind.WEAK and name.kind is not NameKind.WEAK)):
            first[name.text] = name
    yield from first.values()
