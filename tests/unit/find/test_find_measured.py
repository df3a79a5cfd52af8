from __future__ import annotations

import json

import pytest
from bench.passages import MEASURED, OPEN, WRITING, judge, published, rows

from countersight.find import RuleDetector, load
from countersight.find.involvement import involvement, role
from countersight.find.measured import FILE, Measured


def test_the_published_figures_are_those_of_the_rules_as_they_are() -> None:
    detector = RuleDetector(load())
    judged = [judge(detector, row) for row in rows(MEASURED)]
    now = json.loads(published(judged, {rule.id for rule in detector.pack.rules}))
    assert json.loads(FILE.read_text(encoding="utf-8")) == now, "run bench/accuracy.py --publish"


def test_shares_are_none_where_nothing_was_made_or_due() -> None:
    assert (Measured(3, 1, 2).precision, Measured(3, 1, 2).recall) == (0.75, 0.6)
    assert (Measured(0, 0, 1).precision, Measured(0, 1, 0).recall) == (None, None)


@pytest.mark.parametrize(
    ("family", "rung", "suggested"),
    [
        ("GRP", "E4", "none_shown"),
        ("GRP", "E5", "directly_linked"),
        ("SUP", "E6", "directly_linked"),
        ("CON", "E5", "none_shown"),
    ],
)
def test_involvement_begins_with_a_contract_and_conduct_is_none(family: str, rung: str, suggested: str) -> None:
    assert involvement(role(family), rung)[0] == suggested


def test_who_runs_a_system_contributes_and_nobody_is_called_the_cause() -> None:
    assert load().rule("SYS-07").role == "operator"
    assert involvement("operator", "E5")[0] == "contribute"
    assert involvement("operator", "E4")[0] == "none_shown"


def test_what_is_known_to_be_read_wrongly_is_and_stands_nowhere_else() -> None:
    detector, elsewhere = RuleDetector(load()), {row["id"] for part in (WRITING, MEASURED) for row in rows(part)}
    judged = [judge(detector, row) for row in rows(OPEN)]
    assert [one.row["id"] for one in judged if one.got == one.row["expect"] or one.row["id"] in elsewhere] == []
