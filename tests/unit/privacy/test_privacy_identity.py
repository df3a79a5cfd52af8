from __future__ import annotations

import pytest

from countersight.privacy.accounts import luhn
from countersight.privacy.identity import resident_number
from countersight.text.identifiers import uscc


@pytest.mark.parametrize("code", ["11010519491231002X", "440524188001010014"])
def test_a_resident_number_has_a_region_a_day_and_a_check_character(code: str) -> None:
    # The first is the example of GB 11643-1999; the second has its check digit right and its year before 1900.
    assert resident_number(code) is (code[6:8] == "19")


@pytest.mark.parametrize("code", ["110105194912310021", "99010519491231002X", "11010519491331002X"])
def test_a_wrong_check_character_region_or_month_is_no_resident_number(code: str) -> None:
    assert not resident_number(code)


def test_the_code_of_a_company_is_told_by_its_check_character() -> None:
    assert uscc("91350100M000100Y43")  # the example of GB 32100-2015
    assert not uscc("91350100M000100Y44")
    assert not uscc("91350100M000100Y4")
    assert not uscc("91350100I000100Y43")  # I is not in its alphabet


def test_a_company_code_that_is_also_a_resident_number_stays_where_it_is_called_one() -> None:
    from countersight.privacy.masks import mask  # noqa: PLC0415 (of this test alone)

    both = next(code for code in _resident_numbers() if uscc(code))
    assert mask(f"统一社会信用代码：{both}")[1] == ()
    assert mask(both)[1] != ()


def _resident_numbers() -> list[str]:
    stems = [f"1101051949{month:02}{day:02}{n:03}" for month in range(1, 13) for day in range(1, 29) for n in range(9)]
    return [stem + check for stem in stems for check in "0123456789" if resident_number(stem + check)]


def test_the_check_digit_of_a_card() -> None:
    assert luhn("79927398713")
    assert not any(luhn(f"7992739871{n}") for n in range(10) if n != 3)
