"""The labelled records: how well their fields are read, and that every citation holds its value."""

from __future__ import annotations

from typing import Any

import pytest
from bench.facts import AIMED, measure


@pytest.fixture(scope="module")
def measured(tmp_path_factory: Any) -> Any:
    return measure(tmp_path_factory.mktemp("records"), show=False)


def test_every_citation_crops_to_text_that_holds_the_value(measured: Any) -> None:
    _, cited, unheld = measured
    assert cited > 500
    assert unheld == []


@pytest.mark.parametrize("field", AIMED)
@pytest.mark.parametrize("part", ["tuned", "measured"])
def test_the_fields_aimed_at(measured: Any, part: Any, field: Any) -> None:
    own = measured[0][part][field]
    assert own["right"] / (own["right"] + own["wrong"]) >= 0.94
    assert own["right"] / own.total() >= 0.87


@pytest.mark.parametrize(
    ("field", "least"), [("buyer", 0.80), ("supplier", 0.88), ("reference", 0.75), ("value", 0.85), ("signed", 0.9)]
)
def test_the_fields_aimed_at_in_records_of_many_offices(measured: Any, field: Any, least: Any) -> None:
    own = measured[0]["marked measured"][field]
    assert own["right"] / (own["right"] + own["wrong"]) >= 0.94
    assert own["right"] / own.total() >= least


def test_sixty_documents_and_both_parts(measured: Any) -> None:
    counts = measured[0]
    assert sum(counts[part]["kind"].total() for part in ("tuned", "measured")) >= 60
    wrong = {part: own["kind"]["wrong"] for part, own in counts.items() if own["kind"]["wrong"]}
    # a work order; layouts that no reader was written for
    most = {
        "marked fw": 1,
        "marked fw measured": 3,
        "marked fx measured": 4,
        "marked fy": 2,
        "marked fy measured": 3,
        "marked fz": 12,
        "marked ga": 20,
        "marked ga measured": 24,
    }
    assert {part for part, count in wrong.items() if count > most.get(part, 0)} == set()
