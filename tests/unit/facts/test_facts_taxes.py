"""Whether tax is in an amount, by the words around it."""

from __future__ import annotations

import re

import pytest

from countersight.facts.taxes import taxed
from countersight.model import Clue


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("合同总价为人民币1,280,000.00元（大写：壹佰贰拾捌万元整），以上金额不含税，税率为6%。", "excluded"),
        ("合同总价（¥300,000.00），含13%增值税。", "included"),
        ("含税总价为1,000,000元，不含税金额为900,000元", "included"),
        ("合同价1,000,000元，其中不含税价900,000元", "-"),
        ("合同价1,000,000元，税率13%", "-"),
        ("小写\t¥2,356,780.50\n是否含税\t含税", "included"),
        ("小写\t¥2,356,780.50\n是否含税\t否", "excluded"),
        ("合同总价5,000,000元（含一切税费）", "included"),
        ("USD 18,400,000 (eighteen million four hundred thousand), exclusive of value added tax.", "excluded"),
        ("Contract price: RMB 1,250,000.00, tax included\n", "included"),
        ("EUR 1,250,000.00, VAT excluded, and shall not exceed EUR 1,300,000.", "excluded"),
        ("£5,000,000 excl. VAT", "excluded"),
        ("$ 12,000.00 inclusive of all duties and taxes.", "included"),
        ("USD 5,000,000 tax free", "-"),
    ],
)
def test_tax_is_in_or_out_as_the_words_around_an_amount_say(text: str, due: str) -> None:
    found = re.search(r"\d[\d,]*,\d{3}(?:\.\d\d)?元?", text)
    assert found
    clue = Clue("value", 1, found.start(), found.end(), "1 CNY -")
    assert taxed(clue, text).value == f"1 CNY {due}"


def test_only_amounts_of_which_nothing_is_said_are_told() -> None:
    text = "100元，不含税"
    said = Clue("value", 1, 0, 4, "100 CNY included")
    assert taxed(said, text) is said
    other = Clue("title", 1, 0, 4, "100元 -")
    assert taxed(other, text) is other
