from __future__ import annotations

import pytest
from find_small import pack

from countersight.find.assess import assess
from countersight.find.conditions import DocumentFacts
from countersight.find.detector import RuleDetector
from countersight.find.region import Region, region
from countersight.model import Page

TENDER = """第一章 招标公告
项目概况
第三章 采购需求
一、法律依据
执行有关禁止性规定。
二、技术要求
1.1 摄像机
应支持维族告警。
第四章 投标文件格式
4.1 项目人员情况
甲方维族告警。
附件3 技术偏离表
1\t支持维族告警\t支持\t无偏离
"""


def at(words: str, *pages: str) -> Region | None:
    """The part in which the last occurrence of some words stands."""
    number = max(i for i, text in enumerate(pages, 1) if words in text)
    start = pages[number - 1].rindex(words)
    made = {i: Page(i, text) for i, text in enumerate(pages, 1)}
    return region(made.get, number, start, start + len(words))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("禁止性", "statute"),
        ("应支持", "requirement"),
        ("甲方维族", "cv"),
        ("无偏离", "deviation_table"),
        ("项目概况", "tender"),
    ],
)
def test_a_part_goes_on_until_the_next_heading_of_its_level(words: str, kind: str) -> None:
    found = at(words, TENDER)
    assert found is not None
    assert found.kind == kind


def test_a_part_goes_on_over_pages_and_over_one_that_was_not_read() -> None:
    found = at("维族告警", "Annex C: Deviation table\nitems\n", "more items\n", "12\t维族告警\tcomply")
    assert found == Region("deviation_table", "it stands under the heading “Annex C: Deviation table”")
    page = Page(3, "维族告警")
    assert region({1: Page(1, "附件1 技术偏离表\n"), 3: page}.get, 3, 0, 4) == Region(
        "deviation_table", "it stands under the heading “附件1 技术偏离表”"
    )


def test_a_higher_heading_without_a_name_ends_a_part() -> None:
    assert at("维族告警", "第一章 法律依据\n1.1 概述\n第二章 其他\n维族告警") is None


@pytest.mark.parametrize(
    "text",
    [
        "根据《中华人民共和国反恐怖主义法》第三十八条，维族告警",
        "《某自治区去极端化条例》规定：维族告警",
        "Pursuant to Section 4 of the Policing Act the Uyghur alarm is forbidden",
    ],
)
def test_a_quoted_law_is_told_by_its_sentence(text: str) -> None:
    found = at("维族告警" if "维族" in text else "Uyghur", text)
    assert found is not None
    assert found.kind == "statute"


def test_a_reference_to_a_law_elsewhere_on_the_page_quotes_nothing() -> None:
    assert at("维族告警", "根据《政府采购法》第九条招标。\n系统应支持维族告警。") is None


def test_a_table_of_personal_particulars_is_a_cv() -> None:
    found = at("维吾尔", "姓名\t性别\t民族\t学历\t职称\n甲\t女\t维吾尔\t本科\t工程师")
    assert found is not None
    assert found.kind == "cv"


@pytest.mark.parametrize(
    ("kind", "part", "rung", "strength"),
    [
        ("tender", "statute", "E0", "lead"),
        ("contract", "cv", "E0", "lead"),
        ("bid", "deviation_table", "E3", "finding"),
        ("tender", "standard", "E2", "finding"),
        ("contract", "requirement", "E5", "finding"),
        ("contract", None, "E5", "finding"),
        (None, "standard", "E2", "finding"),
        (None, "requirement", "E0", "lead"),
    ],
)
def test_the_part_caps_the_rung_and_says_why(kind: str | None, part: str | None, rung: str, strength: str) -> None:
    rules = pack("[uyghur, alert]")
    hits, signals = RuleDetector(rules).detect(Page(1, "维族告警"))
    stands = Region(part, "it says so") if part else None
    (found,) = assess(rules, DocumentFacts(kind, None, 1, signals, hits, lambda _: stands))
    assert (found.rung, str(found.strength)) == (rung, strength)
    assert any("it says so" in note for note in found.notes) == (part not in (None, "requirement") or kind is None)


def test_a_rule_may_refuse_a_part_and_let_a_kind_carry_more() -> None:
    refusing = pack("[uyghur, alert]", "requires:\n- {not_regions: [cv], else: drop}")
    hits, signals = RuleDetector(refusing).detect(Page(1, "维族告警"))
    assert not assess(refusing, DocumentFacts("tender", None, 1, signals, hits, lambda _: Region("cv", "")))
    carrying = pack("[uyghur, alert]", "carries: {letter: E5}")
    (found,) = assess(carrying, DocumentFacts("letter", None, 1, signals, hits))
    assert found.rung == "E5"
