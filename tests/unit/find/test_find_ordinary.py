"""Ordinary, innocent records: nothing is found in them as what they are, nor as documents of another kind."""

import pytest
from bench.prose import WRITING, Ordinary, ordinary, own_kind, would_be

from countersight.find import RuleDetector, load

RECORDS = [record for record in ordinary() if record.part == WRITING]


@pytest.fixture(scope="module")
def detector() -> RuleDetector:
    return RuleDetector(load())


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_nothing_is_found(detector: RuleDetector, record: Ordinary) -> None:
    assert own_kind(detector, record) == []
    assert would_be(detector, [record.page]) == []
