"""What is searched, what is asked, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from countersight.text.identifiers import Identifier

Band = Literal["identifier", "same name", "strong", "possible", "similar"]
"""How alike, best first. All but ``similar`` are matches; what each is worth is measured, see bench/screening.py."""

BANDS: tuple[Band, ...] = ("identifier", "same name", "strong", "possible", "similar")

NameKind = Literal["name", "alias", "weak", "former"]


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a listed body.

    ``weak`` is an alias that the list calls too common to stand alone; ``until`` the ISO date a former name ended.
    """

    text: str
    kind: NameKind = "name"
    until: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A listed body: its key in the list, all its names and identifiers, its country as the list writes it."""

    key: str
    names: tuple[Name, ...]
    identifiers: tuple[Identifier, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A name to screen with what else is known."""

    name: str
    identifiers: tuple[Identifier, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One feature compared: its value from 0 (apart) to 1 (agree), and why, in words for the reader of the dossier."""

    name: str
    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Match:
    """A listed body that may be the one asked for; ``name`` is the listed name that came nearest."""

    key: str
    score: float
    band: Band
    name: Name
    parts: tuple[Part, ...]

    @property
    def words(self) -> str:
        """All the parts in one line."""
        return "; ".join(part.words for part in self.parts)
