"""Invented identifiers must satisfy the published checksums, or masks would rightly leave them alone."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from scripts.demo_records import ids


def test_the_standards_own_examples_come_out() -> None:
    assert ids.id_number("11010519491231002") == "11010519491231002X"  # GB 11643-1999, 4.3
    assert ids.uscc("91350100", "M000100Y") == "91350100M000100Y43"  # GB 32100-2015, annex
    assert ids.card_number("453957876362148") == "4539578763621486"


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        (12_680_000, "壹仟贰佰陆拾捌万元整"),
        (486_200, "肆拾捌万陆仟贰佰元整"),
        (10_005, "壹万零伍元整"),
        (100_100, "壹拾万零壹佰元整"),
        (20_305_060, "贰仟零叁拾万伍仟零陆拾元整"),
        (7, "柒元整"),
    ],
)
def test_amounts_in_capitals(yuan: int, words: str) -> None:
    assert ids.capitals(yuan) == words
