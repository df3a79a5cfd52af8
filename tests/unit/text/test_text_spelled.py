from __future__ import annotations

from typing import Any

import pytest

from countersight.text.spelled import number


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("Sixty Three Lakh Forty One Thousand Five Hundred Fifty Six", 6_341_556),
        ("one million two hundred thousand", 1_200_000),
        ("Twenty-five thousand", 25_000),
        ("four hundred and eight", 408),
        ("two crore", 20_000_000),
        ("ninety nine", None),  # too small to be a sum
        ("twenty thirty thousand", None),
        ("two three thousand", None),
        ("one thousand two million", None),
        ("thousand hundred", None),
    ],
)
def test_words_give_the_number_they_are_well_formed_for(words: str, due: Any) -> None:
    assert number(words) == due
