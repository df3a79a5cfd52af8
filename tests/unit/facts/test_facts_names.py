"""Names of organisations: where they begin and end beside numbers, notes, addresses and other columns."""

from __future__ import annotations

import pytest

from countersight.facts.names import name, names
from countersight.facts.sorts import PUBLIC, sort


def told(text: str) -> list[str]:
    return [name(text[start:end]) for start, end in names(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("M/s. Orrin Optics Private Limited", "Orrin Optics Private Limited"),
        ("Messrs Orrin Optics Ltd", "Orrin Optics Ltd"),
        ("Orrin Optics PLC, Addis Ababa", "Orrin Optics PLC"),
        ("Orrin Optics, Inc., Grand Harbor", "Orrin Optics, Inc."),
        ("Orrin Optics Ltd, London Branch", "Orrin Optics Ltd, London Branch"),
        ("Orrin Cooling Company PJSC P.O. Box 9461", "Orrin Cooling Company PJSC"),
        ("Orrin Bros. Structures (1994) Inc. in the amount", "Orrin Bros. Structures (1994) Inc."),
        ("Orrin Optics Ltd (630114)", "Orrin Optics Ltd"),
        ("Orrin Optics Sdn Bhd (Co. No. 2011-18)", "Orrin Optics Sdn Bhd"),
        ("Orrin Est SAS (group leader)", "Orrin Est SAS"),
        ("My Ref. No. HC/PU/22/03 HARTLEY MUNICIPAL ASSEMBLY", "HARTLEY MUNICIPAL ASSEMBLY"),
        (
            "COUNTY GOVERNMENT OF HARTLEY – DEPARTMENT OF HEALTH",
            "COUNTY GOVERNMENT OF HARTLEY – DEPARTMENT OF HEALTH",
        ),
        ("Orrin Optics Ltd – Manager", "Orrin Optics Ltd"),
        ("Orrin Works – Pell Joint Venture", "Orrin Works – Pell Joint Venture"),
        ("DEPARTMENT OF RURAL WORKS: HARTLEY", "DEPARTMENT OF RURAL WORKS: HARTLEY"),
        ("HARTLEY NAGARPALIKA", "HARTLEY NAGARPALIKA"),
        ("澜溪县第三小学（澜溪县教育局主管）", "澜溪县第三小学"),
        ("澜溪县公安局（警务保障室）", "澜溪县公安局"),
        ("澜溪大学（用户单位：材料学院）", "澜溪大学"),
        ("澜溪县烟草专卖局（公司）", "澜溪县烟草专卖局（公司）"),
        ("晨星智能计量（辽宁）有限公司", "晨星智能计量（辽宁）有限公司"),
        ("10027741 晨星科技有限公司", "晨星科技有限公司"),
        ("云岭音响工程部", "云岭音响工程部"),
    ],
)
def test_a_name_ends_where_what_stands_beside_it_begins(text: str, due: str) -> None:
    assert told(text) == [due]


@pytest.mark.parametrize(
    "text",
    [
        "Unit 12, Hartley Enterprise Centre",
        "Plot 44 Hartley Industries Area",
        "Municipal Chief Executive",
        "STATE",
        "军警事业部",
        "销售二部",
        "澜溪县公安局委托晨星招标代理有限公司以询价方式采购工作站",
    ],
)
def test_addresses_posts_departments_and_sentences_are_no_names(text: str) -> None:
    assert told(text) == []


def test_a_list_goes_on_behind_the_notes_on_its_members() -> None:
    assert told("晨星科技有限公司（施工，15%）；云岭视安有限公司（20%）") == ["晨星科技有限公司", "云岭视安有限公司"]


@pytest.mark.parametrize("text", ["Hartley Nagarpalika", "Shire of Hartley", "澜溪县烟草专卖局（公司）"])
def test_bodies_of_towns_are_public(text: str) -> None:
    assert sort(text) == PUBLIC
