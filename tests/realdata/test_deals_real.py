"""Facts of real contracts and notices, read by eye: floors a little below what is read of each part.

The PDF and DOCX tenders and the long list of notices take too long here; ``bench/facts.py --real`` reads them too.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from bench.facts import real

FOLDER = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/data is absent"),
]
UNDER = ("contracts/", "tenders/cn/html/", "tenders/ocds/", "tenders/ted/")
FLOORS = {  # precision and recall
    ("tuned", "buyer"): (0.96, 0.96),
    ("tuned", "supplier"): (0.93, 0.9),
    ("tuned", "reference"): (0.95, 0.95),
    ("tuned", "value"): (0.93, 0.93),
    ("tuned", "signed"): (0.9, 0.9),
    ("tuned", "title"): (0.96, 0.95),
    ("tuned", "closing"): (0.93, 0.93),
    ("measured", "buyer"): (0.93, 0.82),
    ("measured", "supplier"): (0.88, 0.72),
    ("measured", "reference"): (0.75, 0.75),
    ("measured", "value"): (0.5, 0.5),
    ("measured", "signed"): (0.87, 0.63),
    ("measured", "title"): (0.95, 0.91),
    ("measured", "closing"): (0.66, 0.66),
}


@pytest.fixture(scope="module")
def counts() -> dict[str, dict[str, Counter[str]]]:
    return real(FOLDER, show=False, under=UNDER)


@pytest.mark.parametrize(("part", "field"), FLOORS)
def test_facts_are_read_at_least_as_well_as_they_were(
    counts: dict[str, dict[str, Counter[str]]], part: str, field: str
) -> None:
    own = counts[f"real {part}"][field]
    right, told = own["right"], own["right"] + own["wrong"]
    precision, recall = FLOORS[part, field]
    assert right >= precision * told
    assert right >= recall * (told + own["missed"])
