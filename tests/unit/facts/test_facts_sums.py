from collections.abc import Sequence

from facts_tables import Written, citing, page_of

from countersight.facts.goods.items import items

HEAD = ("序号", "名称", "数量", "单价（元）", "合价（元）")


def asked(*rows: Sequence[Written], head: Sequence[Written] = HEAD) -> list[tuple[str, list[str]]]:
    page = page_of(head, *rows)
    return [(one.what, [cited.quote for cited in one.citations]) for one in items([page], citing(page))[1]]


def test_a_total_that_is_not_price_times_quantity_is_asked_about_and_stays() -> None:
    page = page_of(HEAD, ("1", "摄像机", "3", "100", "310"))
    (item,), questions = items([page], citing(page))
    assert [one.what for one in questions] == ["3 × 100 = 300, not 310"]
    assert item.total is not None
    assert str(item.total.amount) == "310"


def test_what_rounding_explains_is_not_asked_about() -> None:
    assert asked(("1", "摄像机", "3", "33.33", "100.00")) == []  # the price may be 33.333
    assert asked(("1", "摄像机", "3", "33.33", "100.10")) != []
    wan = ("序号", "名称", "数量", "单价（万元）", "合价（万元）")
    assert asked(("1", "摄像机", "3", "0.33", "1.00"), head=wan) == []  # 0.33 may be anything up to 0.335
    assert asked(("1", "摄像机", "3", "0.33", "1.20"), head=wan) != []


def test_sums_are_held_against_the_lines_above() -> None:
    lines = (("1", "甲", "1", "10", "10"), ("2", "乙", "2", "10", "20"))
    assert asked(*lines, [("合计", 4), None, None, None, "30"]) == []
    assert asked(*lines, [("合计", 4), None, None, None, "35"]) == [
        ("the lines add up to 30, not 35", ["35", "10", "20"])
    ]


def test_subtotals_hold_for_the_lines_since_the_last() -> None:
    rows = (
        ("1", "甲", "1", "10", "10"),
        [("小计", 4), None, None, None, "10"],
        ("2", "乙", "1", "5", "5"),
        [("小计", 4), None, None, None, "5"],
        [("合计", 4), None, None, None, "15"],
    )
    assert asked(*rows) == []


def test_a_line_that_sums_up_those_numbered_below_it_is_not_added_twice() -> None:
    rows = (
        ("1", "系统", "1", "30", "30"),
        ("1.1", "甲", "1", "10", "10"),
        ("1.2", "乙", "2", "10", "20"),
        [("合计", 4), None, None, None, "30"],
    )
    assert asked(*rows) == []


def test_nothing_is_asked_where_a_line_says_no_total_or_tax_differs() -> None:
    assert asked(("1", "甲", "1", "10", ""), ("2", "乙", "1", "5", "5"), [("合计", 4), None, None, None, "15"]) == []
    head = ("序号", "名称", "数量", "不含税单价", "含税合价")
    assert asked(("1", "甲", "1", "100", "113"), head=head) == []
