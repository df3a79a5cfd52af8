from __future__ import annotations

import re

import pytest

from countersight.text.roles import WORDS, pattern


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("buyer", "采购单位"),
        ("buyer", "买 方"),
        ("buyer", "Procuring  Entity".replace("  ", " ")),
        ("supplier", "中标供应商"),
        ("supplier", "contractors"),
        ("agent", "招标代理机构"),
    ],
)
def test_a_word_is_of_its_role_however_it_is_spread(role: str, said: str) -> None:
    assert re.fullmatch(pattern(role), said, re.IGNORECASE)


def test_the_longest_word_is_found_and_english_ones_only_whole() -> None:
    found = re.search(pattern("supplier"), "本次中标供应商为", re.IGNORECASE)
    assert found is not None
    assert found[0] == "中标供应商"
    assert not re.search(pattern("supplier"), "subcontractor", re.IGNORECASE)


def test_no_word_has_two_roles() -> None:
    every = [word for words in WORDS.values() for word in set(words)]
    assert len(every) == len(set(every))
