from __future__ import annotations

from typing import Any

import pytest

from countersight.facts.letters import clues
from countersight.model import Page


def told(text: str) -> set[tuple[str, str]]:
    return {(clue.field, clue.value) for clue in clues(Page(1, text))}


OVERSEAS = (
    "Ref: HBC/44/2021  Date: 4 May 2021\nTo\nOrrin Optics Ltd\n12 High Road\nDear Sirs,\n"
    "The Hartley Borough Council accepts your tender for street cameras at the total price of GBP 42,000.00.\n"
    "You shall lodge a performance bond in the sum of GBP 4,200.00 within ten days.\n"
)


def test_a_letter_of_acceptance_says_for_how_much_and_when() -> None:
    assert told(OVERSEAS) >= {("value", "42000 GBP -"), ("award", "2021-05-04")}
    assert ("value", "4200 GBP -") not in told(OVERSEAS)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        (
            "中标通知书\n晨星科技有限公司：\n请贵单位于十日内与澜溪县公安局签订合同。\n",
            {("buyer", "澜溪县公安局")},
        ),
        ("成 交 通 知 书\n请到采购人处与南麓县水务局洽谈签约事宜。\n", {("buyer", "南麓县水务局")}),
        (
            "澜溪县公安局为加强管理，现委托晨星科技有限公司开发视频联网平台。\n",
            {("buyer", "澜溪县公安局"), ("supplier", "晨星科技有限公司"), ("title", "视频联网平台")},
        ),
        ("The total amount of this order is hereby increased to USD 12,500.00.", {("value", "12500 USD -")}),
    ],
)
def test_sentences_tell_sides_and_sums(text: str, due: set[tuple[str, str]]) -> None:
    assert told(text) >= due


@pytest.mark.parametrize(
    "text",
    [
        "Dear Sirs,\nWe wrote to Orrin Optics Ltd about the lamps.\nYours",
        "澜溪县公安局委托晨星招标代理有限公司采购视频平台。",
    ],
)
def test_what_is_of_an_earlier_contract_or_no_award_tells_nothing(text: Any) -> None:
    assert told(text) == set()
