"""From clues to deals: the surest clue counts, what differs is asked about, nothing is repaired."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from countersight.facts.deal import deals
from countersight.facts.fields import field_clues
from countersight.model import Citation, Clue, Digest, FileRow, Locator, Money, Page, Status
from countersight.model.facts import WEIGHED

DIGEST = Digest("1" * 64)


def row(kind: Any, reason: Any = None, name: Any = "x.txt") -> Any:
    return FileRow(
        DIGEST,
        name,
        Locator(name),
        None,
        None,
        "text/plain",
        kind,
        reason,
        None,
        None,
        1,
        None,
        Status.READ,
        None,
        0,
        0,
        (),
        None,
    )


def deal(text: Any, kind: Any = "contract", name: Any = "x.txt") -> Any:
    found = list(told(text, kind, name))
    assert len(found) == 1
    return found[0]


def told(text: Any, kind: Any = "contract", name: Any = "x.txt") -> Any:
    page = Page(1, text, paged=False)

    def cite(clue: Any) -> Any:
        return Citation(DIGEST, name, Locator(name), None, None, clue.start, clue.end, text[clue.start : clue.end])

    return deals(row(kind, name=name), list(field_clues(page)), cite)


CONTRACT = """合同编号：ABCD-2022-118-HT
项目编号：ABCD-2022-118
甲方：澜溪县公安局
乙方：云岭视安科技股份有限公司
合同总金额：12,680,000.00元（大写：壹仟贰佰陆拾捌万元整），含税
签订日期：2022年12月8日
供货期：自合同签订之日起三个月内
"""


def test_a_contract() -> None:
    found = deal(CONTRACT)
    assert (found.kind, found.reference, found.references) == (
        "contract",
        "ABCD-2022-118-HT",
        ("ABCD-2022-118-HT", "ABCD-2022-118"),
    )
    assert [(party.role, party.name) for party in found.parties] == [
        ("buyer", "澜溪县公安局"),
        ("supplier", "云岭视安科技股份有限公司"),
    ]
    assert found.value == Money(Decimal(12680000), "CNY", "included")
    assert found.dates["signed"].from_ == found.dates["signed"].to == date(2022, 12, 8)
    assert found.dates["end"].to == date(2023, 3, 8)
    assert found.computed == {"end": "自合同签订之日起三个月内"}
    assert found.citations["value"].quote == "12,680,000.00元"
    assert found.questions == ()


def test_figures_that_capitals_do_not_repeat_are_asked_about() -> None:
    found = deal(CONTRACT.replace("陆拾捌万", "陆拾玖万"))
    assert found.value is None
    assert [question.what.partition(":")[0] for question in found.questions] == ["value"]
    assert [citation.quote for citation in found.questions[0].citations] == ["12,680,000.00元", "壹仟贰佰陆拾玖万元整"]


def test_values_that_differ_leave_the_field_open() -> None:
    found = deal(CONTRACT + "签订日期：2022年12月9日\n")
    assert "signed" not in found.dates
    assert "end" not in found.dates
    assert [len(question.citations) for question in found.questions] == [2]


def test_a_value_that_only_says_more_is_no_other() -> None:
    found = deal(CONTRACT.replace("签订日期：2022年12月8日", "签订日期：2022年12月\n签订日期：2022年12月8日"))
    assert found.dates["signed"].from_ == found.dates["signed"].to == date(2022, 12, 8)
    assert found.questions == ()


def test_what_a_tender_cannot_know_is_not_taken_from_its_forms() -> None:
    found = deal(
        "项目编号：ABCD-2022-118\n采购人：澜溪县公安局\n预算金额：1300万元\n乙方：甲乙电子有限公司\n合同金额：5万元",
        "tender",
    )
    assert found.party("supplier") is None
    assert (found.value, found.budget) == (None, Money(Decimal(13000000), "CNY"))


@pytest.mark.parametrize(
    ("kind", "name", "made"),
    [
        ("contract", "补充协议.docx", "supplement"),
        ("tender", "更正公告.html", "clarification"),
        (None, "x.txt", "contract"),
    ],
)
def test_finer_kinds(kind: Any, name: Any, made: Any) -> None:
    assert deal(CONTRACT, kind, name).kind == made


@pytest.mark.parametrize("kind", ["statute", "press", "brochure", "sdk"])
def test_other_records_are_no_deals(kind: Any) -> None:
    assert list(told(CONTRACT, kind)) == []


def test_working_days_are_not_computed() -> None:
    found = deal(CONTRACT.replace("三个月内", "10个工作日内"))
    assert found.term == "自合同签订之日起10个工作日内"
    assert "end" not in found.dates


def test_a_consortium() -> None:
    text = "发包人：澜溪县公安局\n承包人：甲乙电子有限公司（联合体牵头人）、丙丁软件有限公司（联合体成员）\n合同编号：AB-2022-07"  # noqa: E501
    suppliers = [party.name for party in deal(text).parties if party.role == "supplier"]
    assert suppliers == ["甲乙电子有限公司", "丙丁软件有限公司"]


def test_ids_come_from_content() -> None:
    assert deal(CONTRACT).id == deal(CONTRACT).id


def test_nobody_both_buys_and_sells() -> None:
    found = deal("合同编号：LX-1\n采购人：澜溪县公安局\n甲方：澜溪信达电子有限公司\n乙方：澜溪县公安局\n")
    assert [(one.role, one.name) for one in found.parties] == [("buyer", "澜溪县公安局")]


SIGNED = (
    'Supply Agreement between Orrin Optics Ltd ("Supplier") and Hartley, Inc. ("Buyer"){}\n\n'
    "By: /s/ A. Orrin        By: /s/ B. Hart\n\nDate: {}       Date: June 2, 2014\n"
)


@pytest.mark.parametrize(
    ("made", "first", "day"),
    [
        ("", "May 6, 2014", date(2014, 6, 2)),
        ("", "July 1, 2014", date(2014, 7, 1)),
        (", dated April 30, 2014", "May 6, 2014", date(2014, 4, 30)),
    ],
)
def test_who_signs_last_makes_a_contract_that_gives_no_day_of_its_own(made: str, first: str, day: date) -> None:
    assert deal(SIGNED.format(made, first)).dates["signed"].from_ == day


def test_what_is_to_be_spent_in_a_tender_is_its_budget() -> None:
    text = "项目编号：LX-2024-7\n采购金额：197.4万元\n"
    assert deal(text, "tender").budget == Money(Decimal(1974000), "CNY")
    assert deal(text, "award").budget is None


def test_a_model_of_tender_documents_is_a_template() -> None:
    text = "标准监理招标文件\n项目名称：监理招标\n（招标编号：        ）\n招标人：       （盖单位章）\n  年   月   日"
    assert deal(text, "tender").kind == "template"


@pytest.mark.parametrize("blank", ["________", "        （盖单位章）", "[由采购人填写]", ""])
def test_a_form_without_parties_is_a_template(blank: Any) -> None:
    form = f"项目名称：澜溪县道路养护\n合同编号：{blank}\n甲方（采购人）：{blank}\n乙方：{blank}\n合同金额：{blank}\n"
    found = deal(form)
    assert (found.kind, found.parties, found.value) == ("template", (), None)
    assert deal(form.replace(f"（采购人）：{blank}", "（采购人）：澜溪县公路局")).kind == "contract"


def test_an_amendment_whose_title_goes_over_lines_is_a_supplement() -> None:
    text = SIGNED.format("", "May 6, 2014").replace("Supply", "AMENDMENT TO THE LENS\nSUPPLY AGREEMENT\nThis Supply")
    assert deal(text).kind == "supplement"


def test_a_preamble_names_a_party_more_surely_than_a_form_behind_it() -> None:
    found = deal(SIGNED.format("", "May 6, 2014") + "\nCLIENT\nCompany Name: Hartley Corp.\n")
    assert [(party.role, party.name) for party in found.parties] == [
        ("buyer", "Hartley, Inc."),
        ("supplier", "Orrin Optics Ltd"),
    ]


def test_the_number_of_the_agent_goes_before_that_of_the_plan() -> None:
    text = "中标供应商：甲乙电子有限公司\n采购计划编号：澜财采计[2018]35号；\n委托代理编号：LXGZ[2018]-028；\n"
    assert deal(text, "award").reference == "LXGZ[2018]-028"


@pytest.mark.parametrize(
    ("term", "start"),
    [("for two (2) years from the date hereof", date(2018, 5, 29)), ("for two (2) years from delivery", None)],
)
def test_what_runs_from_the_date_of_a_contract_starts_on_it(term: str, start: date | None) -> None:
    made = deal(
        "This SUPPLY AGREEMENT is made as of May 29, 2018 by and between Tarrant Optics, Inc., a Nevada corporation"
        f' ("Supplier") and Hollins Corp., a Delaware corporation ("Buyer").\n3. Term. It is {term}.'
    )
    assert (made.dates["start"].from_ if "start" in made.dates else None) == start


def test_what_is_weighed_settles_nothing_that_labels_leave_open() -> None:
    text = "合同编号：AB-2022-1\n合同总价：100.00元\n合同总价：200.00元\n合同总价：200.00元"
    page = Page(1, text, paged=False)
    clues = list(field_clues(page))
    price = next(clue for clue in clues if clue.field == "value" and clue.value.startswith("200"))
    weighed = replace(price, label="0.90 by near=价#9", grade=WEIGHED)

    def cite(clue: Any) -> Any:
        return Citation(DIGEST, "x", Locator("x"), None, None, clue.start, clue.end, text[clue.start : clue.end])

    (made,) = deals(row("contract"), [*clues, weighed], cite)
    assert made.value is None
    assert made.questions


def test_a_kind_that_was_weighed_is_named_so() -> None:
    page = Page(1, "甲方：澜溪县公安局\n乙方：云岭视安科技股份有限公司", paged=False)
    clues = [*field_clues(page), Clue("kind", 1, 0, 2, "contract", "0.90 by all its words#9", WEIGHED)]

    def cite(clue: Any) -> Any:
        return Citation(DIGEST, "x", Locator("x"), None, None, clue.start, clue.end, page.text[clue.start : clue.end])

    (made,) = deals(row("letter"), clues, cite)
    assert (made.kind, made.weighed) == ("contract", {"kind": "0.90 by all its words"})


def test_a_table_of_the_deals_of_several_buyers_is_of_no_deal() -> None:
    rows = (
        "项目名称\t采购人\t中标供应商\t金额（万元）\n冷链冰箱\t{}\t晨星医疗有限公司\t71.20\n"
        "无人机\t澜溪县林业局\t云岭航空有限公司\t129.00\n"
    )
    assert list(told(rows.format("澜溪县疾病预防控制中心"), "award")) == []
    assert {p.role for p in deal(rows.format("澜溪县林业局"), "award").parties} == {"buyer", "supplier"}
    own = deal("甲方：澜溪县公安局\n乙方：晨星科技有限公司\n" + rows.format("澜溪县疾病预防控制中心"))
    assert {(p.role, p.name) for p in own.parties} == {("buyer", "澜溪县公安局"), ("supplier", "晨星科技有限公司")}


def test_who_alone_can_supply_is_told_before_the_award() -> None:
    text = "采购方式：单一来源采购\n采购人：澜溪县公安局\n二、拟定供应商信息\n名称：晨星科技有限公司\n"
    assert [p.name for p in deal(text, "tender").parties if p.role == "supplier"] == ["晨星科技有限公司"]
    assert not [p for p in deal(text.replace("单一来源", "公开招标"), "tender").parties if p.role == "supplier"]


def test_a_supplement_is_of_its_own_day_and_both_sides_sign_by_the_later() -> None:
    signed = "Deed of variation\nContract date: 1 June 2020\nDate: 22 June 2021        Date: 17 June 2021\n"
    made = deal("Purchaser: Hartley County Council\nContract No. AB-2020-7\n" + signed, "supplement")
    assert made.dates["signed"].from_ == date(2021, 6, 22)
    made = deal("Purchaser: Hartley County Council\nContract No. AB-2020-7\nContract date: 1 June 2020", "supplement")
    assert made.dates["signed"].from_ == date(2020, 6, 1)
