"""An empty table has the head that a full one has."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from countersight.report.tables import COLUMNS, header
from endtoend import here


@pytest.fixture(scope="module")
def heads(demo_case: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The heads of the tables of the demo's case that have rows."""
    out = tmp_path_factory.mktemp("heads")
    assert here("export", demo_case, "--format", "csv", "--pages", "--out", out) == 0
    found = {}
    for path in out.iterdir():
        with path.open(encoding="utf-8-sig", newline="") as stream:
            head, *lines = csv.reader(stream)
        if lines:
            found[path.stem] = head
    return found


def test_a_full_table_has_the_columns_an_empty_one_is_given(heads: dict[str, list[str]]) -> None:
    expected = {name: [column for field in COLUMNS[name] for column in header(field)] for name in heads}
    assert heads == expected
    assert {"deals", "families", "items", "components", "organisations", "events"} <= heads.keys()
