from __future__ import annotations

import pytest

from countersight.match import Match, Name
from countersight.match.entry import Band
from countersight.model.screening import Body
from countersight.screening.names import form, is_taken
from countersight.text.orgkey import key


def met(name: str, band: Band) -> Match:
    return Match("R/1", 0.95, band, Name(name), ())


@pytest.mark.parametrize(
    ("asked", "listed", "band", "taken"),
    [
        ("Dahua Hotel Management", "Dahua Technology", "identifier", True),
        ("Zhejiang Dahua Technology Co., Ltd.", "Zhejiang Dahua Technology Co., Ltd.", "same name", True),
        ("浙江宇视科技有限公司新疆分公司", "Zhejiang Uniview Technologies Co., Ltd.", "strong", True),
        ("Shanghai Dahua Hotel", "Dahua", "strong", False),
        ("Dahua Technology", "Dahua Electronics Corporation", "possible", False),
        ("Dahua", "Dahua Technology Co., Ltd.", "similar", False),
    ],
)
def test_a_listing_is_the_bodys_own_by_number_or_by_a_name_that_says_as_much(
    asked: str, listed: str, band: Band, taken: bool
) -> None:
    assert is_taken(Body(asked), met(listed, band), frozenset()) is taken


def test_another_form_of_company_is_another_body_where_its_very_own_is_listed() -> None:
    inc = Body("SenseTime Group, Inc.")
    assert not is_taken(inc, met("SenseTime Group Limited", "same name"), frozenset({"inc"}))
    assert is_taken(inc, met("SenseTime Group Inc", "same name"), frozenset({"inc"}))


def test_the_form_is_told_by_english_words_alone() -> None:
    assert [form(name) for name in ("A Group Limited", "A Holdings Inc.", "A Works", "示例科技有限公司")] == [
        "ltd",
        "inc",
        "",
        "",
    ]


def test_a_node_of_the_graph_is_the_name_without_marks() -> None:
    assert key("Example Works (Hangzhou) Co., Ltd.") == key("EXAMPLE WORKS（HANGZHOU）CO.,LTD")
