"""Dated screening: the test vectors of the domain guide (3.6), on the events and rules that are built in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from countersight.lists import builtin
from countersight.model import DateSpan, EventKind, ListedName, ListEvent
from countersight.model.screening import Asked, Body, Edge, Screening
from countersight.screening import Knowledge, Screen

VECTORS = yaml.safe_load(Path(__file__).with_name("vectors.yaml").read_text("utf-8"))["vectors"]


def day(text: str) -> DateSpan:
    return DateSpan.of(*map(int, text.split("-")), text=text)


def listed(regime: str, name: str) -> ListEvent:
    first = builtin.events()[0]
    none: dict[str, Any] = dict.fromkeys(("announced", "published", "grace_end", "ended", "parent"))
    facts = none | {"id": f"{regime}/{name}", "regime": regime, "names": (ListedName(name),), "identifiers": ()}
    listing = replace(first.listing, effective=day("2010-01-01"), **facts)
    return ListEvent(EventKind.LISTED, listing, first.told_by, first.known_from)


@cache
def screen(listings: tuple[tuple[str, str], ...], edges: tuple[Edge, ...]) -> Screen:
    events = (*builtin.events(), *(listed(*one) for one in listings))
    return Screen(Knowledge(events, builtin.regimes(), builtin.ownership(), edges))


def asked(vector: dict[str, Any]) -> tuple[Body, tuple[Screening, ...]]:
    given = vector["party"]
    party = Body(
        given["name"],
        tuple(given.get("others", ())),
        tuple(given.get("identifiers", {}).items()),
        given.get("country", ""),
    )
    stakes = vector.get("stakes", {}).items()
    edges = tuple(Edge(owner, party.name, Decimal(share), Decimal(share)) for owner, share in stakes)
    listings = tuple((regime, name) for regime, names in vector.get("listed", {}).items() for name in names)
    until = vector.get("until")
    when = Asked("performance" if until else "signed", day(vector["day"]), day(until) if until else None)
    return party, screen(listings, edges).screen(party, [when])


def results(rows: list[Screening], regime: str) -> list[str]:
    return [row.result.value for row in rows if row.regime == regime]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_the_answer_is_that_of_the_guide(vector: dict[str, Any]) -> None:
    party, rows = asked(vector)
    own = [row for row in rows if row.party == party]
    for regime, expected in vector["expect"].items():
        assert results(own, regime) == expected
    if vector.get("only"):
        assert {row.regime for row in rows} == set(vector["expect"])
    for regime, words in vector.get("notes", {}).items():
        assert any(words in note for row in own if row.regime == regime for note in row.notes)
    for regime, words in vector.get("not_prohibited", {}).items():
        assert all(words in row.not_prohibited for row in own if row.regime == regime)
    for regime, since in vector.get("effective", {}).items():
        assert {row.listing.effective.from_.isoformat() for row in own if row.regime == regime} == {since}  # type: ignore[union-attr]
    if parent := vector.get("parent"):
        above = [row for row in rows if row.party.name == parent["name"]]
        for regime, expected in parent["expect"].items():
            assert results(above, regime) == expected
            assert all(row.path for row in above)


def test_every_answer_carries_its_limits_and_the_file_that_tells() -> None:
    for vector in VECTORS:
        for row in asked(vector)[1]:
            assert row.not_prohibited
            assert row.effect
            assert row.list_digest
            assert row.match
