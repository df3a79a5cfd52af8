from __future__ import annotations

from typing import Any

import pytest

from countersight.facts.bidders import BIDS
from countersight.facts.cues import cued
from countersight.facts.cues.numbered import CUED
from countersight.find.bodies import BODY, bodies
from countersight.model import Page


def told(text: str) -> dict[str, str]:
    page = Page(1, text)
    named = [clue for clue in bodies(page) if clue.field == BODY]
    found = list(cued([1], lambda _: page, named))
    found = [clue for clue in found if clue.label[-2:] != f"#{BIDS}"]  # counts in bids alone
    assert all(clue.label.endswith((f"#{CUED}", f"#{CUED + 1}")) for clue in found)
    assert all(page.text[clue.start : clue.end].strip() for clue in found)
    return {clue.field: clue.value for clue in sorted(found, key=lambda clue: clue.label[-1], reverse=True)}


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("The order is placed with you as our chosen supplier, Orrin Optics Ltd", {"supplier": "Orrin Optics Ltd"}),
        ("Sold to\nHartley County Council\n12 High Road", {"buyer": "Hartley County Council"}),
        ("The lamps go to Hartley County Council (the “Purchaser”).", {"buyer": "Hartley County Council"}),
        ("Hartley County Council is pleased to place this order.", {"buyer": "Hartley County Council"}),
        ("澜溪县公安局决定委托晨星科技有限公司开发系统。", {"buyer": "澜溪县公安局", "supplier": "晨星科技有限公司"}),
        ("经评审，晨星科技有限公司为本项目中标单位。", {"supplier": "晨星科技有限公司"}),
        ("The Hartley Water Authority now invites sealed bids.", {"buyer": "Hartley Water Authority"}),
        ("VENDOR: SHIP TO:\nOrrin Optics Ltd\n", {"supplier": "Orrin Optics Ltd"}),
    ],
)
def test_a_body_has_the_role_of_the_cue_nearest_to_it(text: str, due: dict[str, str]) -> None:
    assert told(text) == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Supplier: Orrin Optics\n", {"supplier": "Orrin Optics"}),
        ("found in order by the contractor, Pell & Sons Excavating.", {"supplier": "Pell & Sons Excavating"}),
        ("会议决定由澜溪彩钢构件厂承担，即日生效", {"supplier": "澜溪彩钢构件厂"}),
        ("受石坪职业技术学院委托，现对所提问题澄清如下", {"buyer": "石坪职业技术学院"}),
        ("Supplier: John Harding\n", {}),
        ("Contractor: Project Manager\n", {}),
        ("供应商：王建国\n", {}),
        ("Supplier: Treated Road Salt\n", {}),
    ],
)
def test_a_body_without_a_legal_form_is_told_by_its_place_and_trade_and_a_person_never(
    text: str, due: dict[str, str]
) -> None:
    assert told(text) == due


@pytest.mark.parametrize(
    "text",
    [
        "Supplier's guarantor: Northern Trust Bank Ltd",
        "The buyer and Orrin Optics Ltd met.",
        "甲方与晨星科技有限公司2011年的合同已终止。",
        "供应商提供的产品，其生产厂家为晨星科技有限公司。",
        "Unsuccessful bidder: Orrin Optics Ltd",
        "Supplier: Orrin Optics Ltd\nSupplier: Vale Cameras Ltd\n",
    ],
)
def test_a_nearer_cue_of_something_else_and_two_bodies_of_one_role_tell_nothing(text: str) -> None:
    assert told(text) == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Fee for the lump sum of USD 42,000.00 net", "42000 USD -"),
        ("Grand Total  EUR 1,250.00", "1250 EUR -"),
        ("开发费用总计人民币肆拾捌万伍仟圆整，分三次付清", "485000 CNY -"),
        ("a security deposit of 5% of the contract sum, USD 60,300", None),
        ("合同价款的5%即人民币319,200元作为保证金", None),
        ("total price of USD 35 per unit", None),
        ("Grand total USD 10; grand total USD 12", None),
        ("PO TOTAL (USD)\t90,890.00", "90890 USD -"),
        ("All amounts in KES\nORDER TOTAL 262,740", "262740 KES -"),
        ("合计人民币（大写）陆万肆仟元整，小写￥64,000.00，含税", "64000 CNY -"),
        ("原合同价款人民币1,482,600.00元，合同总价调整为人民币1,387,450.00元", "1387450 CNY -"),
        ("上述合计55400元,按优惠率92%计,合同金额为人民币50968元", "50968 CNY -"),
        ("Sub-total 226,500.00 KES", None),
        ("Contract security 90,890.00 USD", None),
    ],
)
def test_an_amount_is_the_price_where_its_nearest_cue_says_so(text: str, value: Any) -> None:
    assert told(text).get("value") == value


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("本项目预算420万元", "budget", "4200000 CNY -"),
        ("Engineer's estimate: USD 655,000", "budget", "655000 USD -"),
        ("招标控制价为318万元", "ceiling", "3180000 CNY -"),
        ("PASSED AND ADOPTED this 13th day of June, 2017", "award", "2017-06-13"),
        ("made the second day of May, A.D. 1996", "signed", "1996-05-02"),
        ("PO DATE 09/14/2023", "signed", "2023-09-14"),
    ],
)
def test_a_cue_may_be_of_a_budget_a_ceiling_or_an_award(text: str, field: str, value: str) -> None:
    assert told(text).get(field) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("双方于2015年12月30日签订。\n签订于2015年12月30日", "2015-12-30"),
        ("Executed by both sides on 4 May 2021", "2021-05-04"),
        ("Signed for delivery on 4 May 2021", None),
        ("签订后至2021年5月4日止", None),
    ],
)
def test_a_day_is_that_of_signing_where_its_nearest_cue_says_so(text: str, day: Any) -> None:
    assert told(text).get("signed") == day


def test_a_long_record_is_left_alone() -> None:
    assert told("Sold to\nHartley County Council\n" + "The parties shall keep the peace. " * 400) == {}


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("同意以紧急采购方式向晨星装备有限公司购置物资", {"supplier": "晨星装备有限公司"}),
        ("委托晨星工程管理有限公司组织实施", {"agent": "晨星工程管理有限公司"}),
        ("原承建单位为晨星科技有限公司", {}),
        ("按照晨星能源集团有限公司采购管理规定", {}),
        ("Orrin Ltd awarded the Pipeline – Stage 2 by Hartley Water Authority", {"buyer": "Hartley Water Authority"}),
        ("Customer Services Department\nThe roads are closed.", {}),
    ],
)
def test_verbs_and_words_behind_say_whose_role_it_is(text: str, due: dict[str, str]) -> None:
    assert told(text) == due
