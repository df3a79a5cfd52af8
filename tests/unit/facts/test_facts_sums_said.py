"""What sums are of: words for currencies and scales, and the words that take an amount away from the price."""

from __future__ import annotations

from typing import Any

import pytest

from countersight.facts.cues import cued
from countersight.facts.dollars import clues, currency
from countersight.facts.fields import field_clues
from countersight.facts.labels import labelled
from countersight.model import Page
from countersight.text.money import amounts


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("₹ 8.50 Crore", 85_000_000, "INR"),
        ("Rs. 6.5 lakhs", 650_000, "INR"),
        ("Kshs. 38,417,250.00", 38_417_250, "KES"),
        ("RM 11.4 million", 11_400_000, "MYR"),
        ("R 4,968,000.00", 4_968_000, "ZAR"),
        ("P 7,318,880.00", 7_318_880, None),
        ("$1.5M", 1_500_000, None),
        ("£300k", 300_000, "GBP"),
        ("澳門元貳拾伍萬貳仟伍佰圓正", 252_500, "MOP"),
        ("人民币壹佰元整", 100, "CNY"),
    ],
)
def test_an_amount_with_its_scale_and_currency(text: str, amount: int, currency: Any) -> None:
    assert [(int(one.amount), one.currency) for one in amounts(text)] == [(amount, currency)]


@pytest.mark.parametrize("text", ["5 m cable", "10k items", "page P 12", "r 4,968,000", "3 m of 40 mm pipe"])
def test_letters_alone_are_no_money(text: str) -> None:
    assert not list(amounts(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The total amount of the order is unchanged and remains $2,964,118.50.", "2964118.5 ? -"),
        ("The original Contract Sum was $10,000.00\nThe new Contract Sum with this Change Order will be $12,000.00",
         "12000 ? -"),
        ("应提交履约保函，金额1,000万元，由银行出具。", None),
        ("以电汇形式出具的金额为人民币80,000元的投标保证金。", None),
        ("release of the total amount of $38,400.00 standby claim", None),
        ("Contract sum as let, without alteration ...... $213,774.00", "213774 ? -"),
        ("Total CIF Beirut (Incoterms 2020)\t\tEUR\t504,000.00", "504000 EUR -"),
        ("签约酬金为人民币120万元", "1200000 CNY -"),
    ],
)  # fmt: skip
def test_a_price_is_what_its_cue_owns(text: str, value: Any) -> None:
    page = Page(1, text)
    found = {clue.value for clue in cued([1], lambda _: page, []) if clue.field == "value"}
    assert found == ({value} if value else set())


def test_the_unit_of_a_label_may_stand_behind_it() -> None:
    assert labelled("Tender Value in ₹") == ("budget", 0, "INR")
    assert labelled("Contract price in EUR") == ("value", 0, "EUR")
    assert labelled("Contract value in words") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("序号\t名称\t单价（万元）\t金额（万元）\n1\t服务器\t5.5\t11.0\n合计\t\t\t11.0", "110000 CNY -"),
        ("Item\tUnit price EUR\tAmount EUR\n1\t5.00\t500.00\nTotal\t\t500.00", "500 EUR -"),
        ("项目\t单价（元）\t金额（万元）\n服务器\t5.5\t11.0\n合计\t\t11.0", None),
    ],
)
def test_a_total_is_in_the_unit_of_its_table(text: str, value: Any) -> None:
    found = {clue.value for clue in field_clues(Page(1, text)) if clue.field == "value"}
    assert found == ({value} if value else set())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Municipality of San Roque, Philippines\nContract Amount: P 7,318,880.00", "PHP"),
        ("Eastlake Township, Ohio\nContract Amount: $7,318,880.00", "USD"),
        ("Tbilisi, Georgia\nContract Amount: $7,318,880.00", None),
        ("Eastlake Township, Ohio\nContract Amount: P 7,318,880.00", None),
    ],
)
def test_whose_dollar_or_peso_an_amount_is_in(text: str, code: Any) -> None:
    assert currency(list(clues(Page(1, text))), text.rpartition(": ")[2]) == code


def test_a_row_that_has_not_won_gives_no_price() -> None:
    text = (
        "序号\t成交供应商\t成交金额（元）\n1\t晨星科技有限公司\t863,500.00\n2（未成交）\t北辰电子有限公司\t871,000.00"
    )
    assert {clue.value for clue in field_clues(Page(1, text)) if clue.field == "value"} == {"863500 CNY -"}
