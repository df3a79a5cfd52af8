"""Amounts in figures and capital numerals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersight.model import Money
from countersight.text.money import amounts, capitals, in_capitals, read, tax, written


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("12,680,000.00元", "12680000", "CNY"),
        ("人民币1268万元", "12680000", "CNY"),
        ("￥3.5亿元", "350000000", "CNY"),
        ("１，２００．５０元", "1200.5", "CNY"),
        ("746.0365（万元）", "7460365", "CNY"),
        ("5万美元", "50000", "USD"),
        ("RMB 12.5 million", "12500000", "CNY"),
        ("US$ 3,500", "3500", "USD"),
        ("EUR 1.250.000,00", "1250000", "EUR"),
        ("N118,642,750.40", "118642750.4", "NGN"),
        ("K864,000.00", "864000", None),
        ("Tk. 2,18,75,432", "21875432", "BDT"),
        ("J$99,036,000", "99036000", "JMD"),
        ("1 250 000,50 EUR", "1250000.5", "EUR"),
        ("3 million US dollars", "3000000", "USD"),
        ("$192,000.00", "192000", None),
        ("¥500", "500", None),
    ],
)
def test_amounts_in_figures(text: Any, amount: Any, currency: Any) -> None:
    found = list(amounts(text))
    assert [(one.amount, one.currency) for one in found] == [(Decimal(amount), currency)]
    assert text[found[0].start : found[0].end].strip("(（）)")


@pytest.mark.parametrize("text", ["99%", "2023年1月", "第12条", "12台", "10.5", "佰拾万元", "   万元", "0.5‰"])
def test_what_is_no_amount(text: Any) -> None:
    assert not list(amounts(text))


def test_the_unit_of_a_label_counts_for_bare_numbers() -> None:
    assert [one.amount for one in amounts("1,268.5", "万元")] == [Decimal(12685000)]
    assert [one.currency for one in amounts("12", "USD")] == ["USD"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("壹仟贰佰陆拾捌万元整", "12680000"),
        ("伍拾万零叁佰元整", "500300"),
        ("贰亿零壹万元", "200010000"),
        ("叁拾贰元零伍分", "32.05"),
        ("拾元整", "10"),
    ],
)
def test_capital_numerals(text: Any, amount: Any) -> None:
    assert capitals(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "壹贰元", "佰元", "万元", "拾佰元", "元整"])
def test_capitals_that_are_no_number(text: Any) -> None:
    assert capitals(text) in (None, Decimal(0))
    assert not [one for one in amounts(text) if one.amount]


class TestCapitals:
    """What is written in capital numerals reads as the same amount."""

    @given(st.integers(min_value=100, max_value=10**14 - 1))
    def test_round_trip(self, cents: Any) -> None:
        amount = Decimal(cents) / 100
        assert capitals(in_capitals(amount)) == amount

    def test_beyond(self) -> None:
        with pytest.raises(ValueError, match="not an amount"):
            in_capitals(Decimal(10) ** 12)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("含税", "included"),
        ("不含税价", "excluded"),
        ("exclusive of VAT", "excluded"),
        ("incl. VAT", "included"),
        ("元", None),
    ],
)
def test_tax(text: Any, told: Any) -> None:
    assert tax(text) == told


@given(
    st.decimals(min_value=0, max_value=10**12, places=2),
    st.sampled_from(["CNY", None]),
    st.sampled_from(["included", None]),
)
def test_money_as_a_line_reads_back(amount: Any, currency: Any, taxed: Any) -> None:
    money = Money(amount, currency, taxed)
    again = read(written(money))
    assert (again.amount, again.currency, again.tax) == (amount, currency, taxed)


@pytest.mark.parametrize(
    ("text", "unit", "due"),
    [
        ("INR 8,46,75,000 incl.", "", [("84675000", "INR")]),
        ("$644,600.00", "AUD", [("644600.00", "AUD")]),
        ("8 450 000,00 DKK", "", [("8450000.00", "DKK")]),
        ("EUR 31,6 million", "", [("31600000.0", "EUR")]),
        ("KES 48,250,000.00", "", [("48250000.00", "KES")]),
        ("try 500 times, cop 5", "", []),
    ],
)
def test_more_currencies_in_capitals_and_groups_of_two(text: str, unit: str, due: list[tuple[str, str]]) -> None:
    assert [(str(one.amount), one.currency) for one in amounts(text, unit)] == due
