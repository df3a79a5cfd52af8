from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest
from bench.passages import GUILTY, MEASURED, WRITING, Row, rows

from countersight.find.rules import KIND_RUNGS

FAMILIES = {"GRP": 8, "REL": 3, "DET": 4, "SYS": 7, "BIO": 8, "SUP": 5, "OWN": 4, "CON": 7, "GOV": 5, "OVR": 8}
FLAGS = [f"{family}-{n:02}" for family, count in FAMILIES.items() for n in range(1, count + 1)]
CORE = {"GRP", "REL", "DET", "SYS", "BIO", "OVR"}
WAITING = {"SUP-02", "CON-01", "CON-02", "OWN-03"}
EXPECTED = {"finding", "lead", "exculpatory", "none"}
PASSAGES = rows(MEASURED)
BY_FLAG = {flag: [row for row in PASSAGES if row["flag"] == flag] for flag in ["", *FLAGS]}


def guilty(row: Row) -> bool:
    return row["expect"] in GUILTY


def shingles(text: str) -> set[tuple[str, ...]]:
    """Runs of four English words or eight Chinese characters."""
    words = re.findall(r"[a-z0-9]+|[\u4e00-\u9fff]", text.lower())
    size = 8 if len(re.findall(r"[\u4e00-\u9fff]", text)) > len(text) / 5 else 4
    return {tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1))}


def alike(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    return 0 if one.isdisjoint(other) else len(one & other) / min(len(one), len(other))


def test_every_line_is_well_formed() -> None:
    for number, row in enumerate(PASSAGES, 1):
        assert row["id"] == f"M{number:03}"
        assert row["flag"] in BY_FLAG
        assert row["lang"] in {"zh", "en"}
        assert row["kind"] in KIND_RUNGS
        assert row["expect"] in EXPECTED
        assert row["text"].strip() == row["text"]
        assert set(row.get("also", ())) <= set(FLAGS)
        assert row.get("waits", False) == (row["flag"] in WAITING)
        assert row.keys() <= {"id", "flag", "lang", "kind", "expect", "text", "why", "also", "waits"}


def test_a_passage_is_in_the_language_it_says() -> None:
    assert [
        row["id"] for row in PASSAGES if bool(re.search(r"[\u4e00-\u9fff]", row["text"])) != (row["lang"] == "zh")
    ] == []


@pytest.mark.parametrize("flag", FLAGS)
def test_every_flag_has_passages_for_and_against_it_in_both_languages(flag: str) -> None:
    passages = BY_FLAG[flag]
    least = 4 if flag[:3] in CORE or flag == "SUP-01" else 3
    assert min(Counter(map(guilty, passages))[side] for side in (True, False)) >= least
    assert min(Counter(row["lang"] for row in passages)[language] for language in ("zh", "en")) >= len(passages) / 3


def test_what_waits_for_other_parts_is_never_a_finding() -> None:
    assert {row["expect"] for row in PASSAGES if row.get("waits")} == {"lead", "none"}


def test_half_is_innocent_and_much_of_that_ordinary() -> None:
    assert len(PASSAGES) >= 480
    assert 0.45 <= sum(not guilty(row) for row in PASSAGES) / len(PASSAGES) <= 0.6
    assert len(BY_FLAG[""]) >= 60
    assert {row["expect"] for row in BY_FLAG[""]} == {"none"}


def test_no_passage_repeats_another_nor_one_the_rules_were_written_with() -> None:
    measured = [(row["id"], shingles(row["text"])) for row in PASSAGES]
    writing = [(row["id"], shingles(row["text"])) for row in rows(WRITING)]
    pairs = [*combinations(measured, 2), *((one, other) for one in measured for other in writing)]
    assert [(one[0], other[0]) for one, other in pairs if alike(one[1], other[1]) > 0.25] == []
