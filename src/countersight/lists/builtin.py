"""What is known without any file: the regimes, and dated events with their citations and how far they were checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import yaml

from countersight.lists.days import day
from countersight.lists.rows import Skipped, listing, named
from countersight.model import Checking, Digest, EventKind, InForce, ListEvent, Listing, NameKind, Regime
from countersight.model.screening import OwnershipRule

_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DATES = ("announced", "effective", "published", "grace_end", "ended")
_TEXTS = ("cite", "unverified", "note")


@cache
def _data(name: str) -> tuple[dict[str, Any], Digest]:
    data = (resources.files("countersight.lists") / "data" / name).read_bytes()
    return yaml.load(data, _SAFE), Digest.of(data)  # noqa: S506 (it is a safe loader)


@cache
def regimes() -> dict[str, Regime]:
    """The regimes by id, in the order of the file."""
    return {entry["id"]: _regime(entry) for entry in _data("regimes.yaml")[0]["regimes"]}


def _regime(entry: dict[str, Any]) -> Regime:
    facts: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    return Regime(intervals=tuple(map(_in_force, facts.pop("in_force", ()))), **facts)


def _in_force(entry: dict[str, Any]) -> InForce:
    first, last = _open(entry["from"]), _open(entry["to"])
    return InForce(first, last, entry["status"], entry.get("by", ""), entry.get("note", ""))


@cache
def events() -> tuple[ListEvent, ...]:
    """The dated events, in the order of the file: listings, and for those that ended their end.

    ``told_by`` is the digest of the data file, ``known_from`` the day its facts were gathered.
    """
    return tuple(
        event for entry in _data("events.yaml")[0]["events"] if "category" not in entry for event in _told(entry)
    )


@cache
def categories() -> tuple[Listing, ...]:
    """What lists name that is a class of equipment and no body: for telling, never for screening."""
    entries = [entry for entry in _data("events.yaml")[0]["events"] if "category" in entry]
    return tuple(_listing(entry) for entry in entries)


def _told(entry: dict[str, Any]) -> list[ListEvent]:
    data, digest = _data("events.yaml")
    whole, known = _listing(entry), date.fromisoformat(data["as_of"])
    listed = ListEvent(EventKind.LISTED, replace(whole, ended=None), digest, known)
    return [listed] if whole.ended is None else [listed, ListEvent(EventKind.DELISTED, whole, digest, known)]


def _listing(entry: dict[str, Any]) -> Listing:
    data, digest = _data("events.yaml")
    names = [named(text) for text in entry["full"]]
    names += (named(text, NameKind.ALIAS) for text in entry.get("alias", ()))
    made = listing(
        entry["regime"],
        None,
        names,
        digest,
        f"entry {data['events'].index(entry) + 1}",
        identifiers=tuple(entry.get("identifiers", {}).items()),
        status=Checking(entry["status"]),
        parent=entry.get("parent"),
        **{name: day(entry.get(name, "")) for name in _DATES},
        **{name: entry.get(name, "") for name in _TEXTS},
    )
    if isinstance(made, Skipped):
        raise TypeError(f"events.yaml: {made.row} has no name")
    return made[0]


@cache
def ownership() -> tuple[OwnershipRule, ...]:
    """What regimes say of bodies that listed ones own, by regime and day."""
    return tuple(
        OwnershipRule(**entry | {"from_": _open(entry.pop("from")), "to": _open(entry["to"])})
        for entry in map(dict, _data("ownership.yaml")[0]["ownership"])
    )


def _open(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
