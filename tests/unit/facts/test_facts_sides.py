from __future__ import annotations

import pytest

from countersight.facts.bidders import BIDS, WON, winners
from countersight.facts.cues import cued
from countersight.facts.fields import field_clues
from countersight.facts.sorts import sort
from countersight.find.bodies import bodies
from countersight.model import Page

SIDES = {"buyer", "supplier", "agent", "leader", "member"}


def told(text: str) -> set[tuple[str, str]]:
    page = Page(1, text)
    found = cued([1], lambda _: page, list(bodies(page)))
    return {(clue.field, clue.value) for clue in found if clue.field in SIDES and clue.label[-2:] != f"#{BIDS}"}


BID = "投 标 函\n致：澜溪县水务局\n我方愿按招标文件供货。\n"
OVERSEAS = (
    "Orrin Optics Ltd\n12 High Road\n4 May 2021\n\nThe Director\nHartley Borough Council\nTown Hall\n\nDear Sirs,\n"
)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        (BID, {("buyer", "澜溪县水务局")}),
        (BID.replace("澜溪县水务局", "晨星招标有限公司"), {("agent", "晨星招标有限公司")}),
        ("中 标 通 知 书\n晨星科技有限公司：\n贵公司中标。\n", {("supplier", "晨星科技有限公司")}),
        ("澜溪縣水務局\n訂 購 單\n致：新順科儀行\n", {("buyer", "澜溪縣水務局"), ("supplier", "新順科儀行")}),
        (
            "晨星科技有限公司\n关于申请支付货款的函\n澜溪县水务局：\n请付款。\n",
            {("supplier", "晨星科技有限公司"), ("buyer", "澜溪县水务局")},
        ),
        (
            OVERSEAS + "We have pleasure in submitting our proposal.\n",
            {("supplier", "Orrin Optics Ltd"), ("buyer", "Hartley Borough Council")},
        ),
        (
            OVERSEAS.replace("Orrin Optics Ltd", "Vale County Council").replace(
                "Hartley Borough Council", "Pell Lamps Ltd"
            )
            + "We accept your tender of 2 May.\n",
            {("buyer", "Vale County Council"), ("supplier", "Pell Lamps Ltd")},
        ),
    ],
)
def test_who_writes_and_to_whom_tells_both_sides(text: str, due: set[tuple[str, str]]) -> None:
    assert told(text) == due


@pytest.mark.parametrize(
    "text",
    [
        OVERSEAS + "We write about the lamps in the park.\n",
        "Vale County Council\nTAX INVOICE\n",  # no office sells
        "Vale Bank Ltd\nINVOICE\nVale Bank Ltd\n",
        "Orrin Optics Ltd\nDELIVERY NOTE\n",  # whose form it is, once, to nobody
    ],
)
def test_a_letter_that_says_nothing_of_an_offer_or_an_order_tells_no_sides(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    ("text", "due"),
    [
        (
            "BE IT RESOLVED BY THE COUNCIL OF THE CITY OF PORT HALE, that the bid of Pell Lamps Ltd is the lowest.",
            {("buyer", "CITY OF PORT HALE"), ("supplier", "Pell Lamps Ltd")},
        ),
        (
            "Motion to award the contract for Lamp Posts to Pell Lamps Ltd, the low bidder.",
            {("supplier", "Pell Lamps Ltd")},
        ),
        ("The bid of Pell Lamps Ltd was rejected as late, the lowest.", set()),
        ("The previous contract was awarded to Pell Lamps Ltd in 2011.", set()),
        ("会议决定由晨星科技有限公司供货。", {("supplier", "晨星科技有限公司")}),
        ("会议由晨星科技有限公司介绍情况。", set()),
        ("受澜溪县水务局委托，我公司组织采购。", {("buyer", "澜溪县水务局")}),
        ("Pell Lamps Ltd has completed the works.", {("supplier", "Pell Lamps Ltd")}),
        ("委托晨星招标有限公司组织公开招标", {("agent", "晨星招标有限公司")}),
        (
            "厂商 晨星科技有限公司\n是否得标 是\n厂商 启明科技有限公司\n是否得标 否",
            {("supplier", "晨星科技有限公司")},
        ),
    ],
)
def test_sentences_that_decide_tell_sides(text: str, due: set[tuple[str, str]]) -> None:
    assert told(text) == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        (
            "由晨星科技有限公司（牵头方）与启明建设有限公司组成的联合体",
            {("leader", "晨星科技有限公司"), ("member", "启明建设有限公司")},
        ),
        (
            "晨星科技有限公司（甲公司）、启明建设有限公司（乙公司）自愿组成联合体。乙公司为联合体牵头人。",
            {("leader", "启明建设有限公司"), ("member", "晨星科技有限公司")},
        ),
        ("晨星科技有限公司、启明建设有限公司自愿组成联合体。", set()),
        (
            "供应商：晨星科技有限公司（联合体牵头人）、启明建设有限公司（联合体成员）",
            {("leader", "晨星科技有限公司"), ("member", "启明建设有限公司")},
        ),
        (
            "我方晨星科技有限公司与启明建设有限公司组成联合体投标，晨星科技有限公司为牵头人",
            {("leader", "晨星科技有限公司"), ("member", "启明建设有限公司")},
        ),
        (
            "a consortium led by Pell Lamps Ltd with Orrin Optics Ltd as member",
            {("leader", "Pell Lamps Ltd"), ("member", "Orrin Optics Ltd")},
        ),
        (
            "Joint venture of Pell Lamps Ltd (lead member) and Orrin Optics Ltd (member)",
            {("leader", "Pell Lamps Ltd"), ("member", "Orrin Optics Ltd")},
        ),
        ("Joint venture: Pell Lamps Ltd - lead partner", {("leader", "Pell Lamps Ltd")}),
        ("Pell Lamps Ltd, lead time six weeks for the joint venture", set()),
    ],
)
def test_who_leads_a_consortium_is_told_where_something_says_who_does(text: str, due: set[tuple[str, str]]) -> None:
    assert {one for one in told(text) if one[0] in {"leader", "member"}} == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        (
            "Contract between the Vale County Council and Pell Lamps Ltd",
            {("buyer", "Vale County Council"), ("supplier", "Pell Lamps Ltd")},
        ),
        ("Contract between Orrin Optics Ltd and Pell Lamps Ltd", set()),
    ],
)
def test_of_two_named_together_the_office_buys_from_the_firm(text: str, due: set[tuple[str, str]]) -> None:
    assert told(text) == due


@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("澜溪县公安局", "public"),
        ("Town of Vale", "public"),
        ("Vale Water Board Ltd", "firm"),
        ("晨星招标代理有限公司", "agent"),
        ("澜溪农商银行", "bank"),
        ("Plains Surety Company", "bank"),
        ("后勤保障处", ""),
        ("政府采购网", ""),
        ("STATE OF VALE )", ""),
    ],
)
def test_a_name_says_what_sort_of_body_it_is_of(name: str, due: str) -> None:
    assert sort(name) == due


def test_rows_of_a_table_count_by_what_it_says_of_who_won() -> None:
    scored = {1: "Vendor", 2: "Price", 3: "Score"}
    rows = [{1: "Pell Lamps Ltd", 2: "10", 3: "91"}, {1: "Orrin Optics Ltd", 2: "9", 3: "84"}]
    assert winners(scored, rows, 1) == ([0, 1], BIDS)
    assert winners({**scored, 3: "Result"}, [{**rows[0], 3: "Winner"}, {**rows[1], 3: "-"}], 1) == ([0], WON)
    assert winners({1: "成交供应商", 2: "得分"}, [{1: "甲", 2: "91"}, {1: "乙", 2: "80", 3: "未成交"}], 1) == (
        [0],
        None,
    )
    assert winners({0: "包号", **scored}, rows, 1) == ([0, 1], None)
    assert winners(scored, rows[:1], 1) == ([0], None)


def named(text: str) -> set[tuple[str, str]]:
    return {(clue.field, clue.value) for clue in field_clues(Page(1, text)) if clue.field in SIDES}


@pytest.mark.parametrize(
    ("text", "due"),
    [
        (
            "6. ISSUED BY   CODE  H1      8. NAME OF CONTRACTOR\nVale Harbor Commission       Pell Lamps Inc\n",
            {("buyer", "Vale Harbor Commission"), ("supplier", "Pell Lamps Inc")},
        ),
        ("The Client is\n  Name      Vale County Council\n", {("buyer", "Vale County Council")}),
        ("The Supervisor is\n  Name      Orrin Inspection Ltd\n", set()),
        ("PRO-FORMA\n" * 5 + "Consignee / Buyer: Notify party:\nVale County Council Orrin Shipping Agency\n", set()),
        (
            "监理人：晨星监理有限公司\n监理范围内的全部施工（施工单位：启明建设有限公司）",
            {("supplier", "晨星监理有限公司"), ("supplier", "启明建设有限公司")},
        ),
        ("Organisation Chain: Vale Water Board||Division 2\n", {("buyer", "Vale Water Board")}),
        ("Supplier: Head of Laboratory\nBuyer: Public Procurement Act\n", set()),
    ],
)
def test_names_stand_below_their_captions(text: str, due: set[tuple[str, str]]) -> None:
    assert named(text) == due


def test_a_cover_numbers_the_parties() -> None:
    cover = "DATED 4 May 2021\n(1) HARTLEY BOROUGH COUNCIL\n(2) ORRIN SYSTEMS LIMITED\nAGREEMENT for lamps\n"
    assert told(cover) == {("buyer", "HARTLEY BOROUGH COUNCIL"), ("supplier", "ORRIN SYSTEMS LIMITED")}


def test_who_is_asked_for_prices_beside_others_is_no_side() -> None:
    asked = "询 价 邀 请 函\n致：晨星科技有限公司\n    云岭视安有限公司\n澜溪县看守所邀请贵公司报价。\n"
    assert {role for role, _ in told(asked)} <= {"buyer"}
    assert ("supplier", "晨星科技有限公司") in told(asked.replace("    云岭视安有限公司\n", ""))


def test_who_is_marked_in_a_consortium() -> None:
    row = "联合体\n中标人 (主)晨星建工集团有限公司 (成)云岭设计有限公司\n"
    assert {("leader", "晨星建工集团有限公司"), ("member", "云岭设计有限公司")} <= told(row)
