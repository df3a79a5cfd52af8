"""A name made ready to compare: its parts as units with weights, worked out once."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from countersight.text.orgname import NamePart, OrgName, parse
from countersight.text.orgwords import generic_trades, plain

UnitKind = Literal["core", "trade", "place", "number"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a name that counts: ``text`` folded (Latin words joined by spaces), ``keys`` all it may mean."""

    kind: UnitKind
    text: str
    keys: frozenset[str]
    rank: str = ""
    generic: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """The units of a name. ``core`` are its naming words, ``joined`` all its words without spaces and legal form."""

    text: str
    han: bool
    core: tuple[Unit, ...]
    trade: tuple[Unit, ...]
    place: tuple[Unit, ...]
    number: tuple[Unit, ...]
    forms: frozenset[str]
    branch: str
    joined: str

    @property
    def spelled(self) -> str:
        """The naming words in one word."""
        return "".join(unit.text for unit in self.core)


class Weights:
    """How much a word tells, by how rare it is among the listed names: 1 for one that no other bears, towards 0."""

    def __init__(self, names: Iterable[Prepared] = ()) -> None:
        seen = Counter(unit.text for name in names for unit in {*name.core, *name.trade})
        most = math.log(max(_FEW, seen.total()))
        self._told = {text: max(0.05, 1 - math.log(1 + count) / most) for text, count in seen.items()}

    def __call__(self, unit: Unit) -> float:
        """The weight of a unit, 0.05 to 1."""
        return self._told.get(unit.text, 1.0)


@lru_cache(maxsize=4096)
def prepare(text: str) -> Prepared:
    """A name's units."""
    return _prepared(parse(text))


def _prepared(name: OrgName) -> Prepared:
    core, trade = _units("core", name.core), _units("trade", name.trade)
    place, number = _units("place", name.place), _units("number", name.number)
    order = sorted([*name.core, *name.trade, *name.place, *name.number], key=lambda part: part.start)
    return Prepared(
        text=name.text,
        han=name.script == "han",
        core=core,
        trade=trade,
        place=place,
        number=number,
        forms=_forms(name.form),
        branch=" ".join(part.text for part in name.branch),
        joined="".join(part.keys[0] if part in name.number else _unspaced(part.text) for part in order),
    )


def _forms(parts: tuple[NamePart, ...]) -> frozenset[str]:
    """The kinds of body the legal form leaves open; empty where it tells nothing."""
    told = [frozenset(part.keys) for part in parts if part.keys]
    return frozenset.intersection(*told) or told[-1] if told else frozenset()


def _units(kind: UnitKind, parts: tuple[NamePart, ...]) -> tuple[Unit, ...]:
    return tuple(
        _unit(kind, part.keys[0] if kind in ("core", "number") else part.text, part.keys, part.rank) for part in parts
    )


@lru_cache(maxsize=65536)
def _unit(kind: UnitKind, text: str, keys: tuple[str, ...], rank: str) -> Unit:
    words = text if kind in ("core", "number") else " ".join(filter(None, map(plain, text.split())))
    return Unit(kind, words, frozenset(keys), rank, kind == "trade" and generic_trades().issuperset(keys))


def _unspaced(text: str) -> str:
    return "".join(map(plain, text.split()))


_FEW = 1000  # words: so few names tell little of how common a word is
