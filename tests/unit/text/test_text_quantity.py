from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersight.text.quantity import counted, is_unit, leading, multiplied, number, plain, trailing, unbroken, whole


@pytest.mark.parametrize(
    ("text", "figure", "unit", "operator"),
    [
        ("12台", "12", "台", None),
        ("≥8块", "8", "块", ">="),
        ("2 sets", "2", "sets", None),
        ("１，２００ 米", "1200", "米", None),
        ("不少于3套", "3", "套", ">="),
        ("not less than 8 GPUs", "8", "GPUs", ">="),
        ("up to 40 pcs", "40", "pcs", "<="),
        ("10路以上", "10", "路", ">="),
        ("壹套", "1", "套", None),
        ("十二路", "12", "路", None),
        ("两台", "2", "台", None),
        ("two (2) units", "2", "units", None),
        ("4台（套）", "4", "台（套）", None),
        ("12（台）", "12", "台", None),
        ("1.2万米", "12000", "米", None),
        ("1批（详见清单）", "1", "批", None),
        ("每校1套，共12套", "12", "套", None),
        ("36 No.", "36", "No.", None),
        ("1,200", "1200", None, None),
        ("5 subscriptions", "5", "subscriptions", None),
        ("约300米", "300", "米", "~"),
    ],
)
def test_a_cell_says_one_quantity(text: str, figure: str, unit: str | None, operator: str | None) -> None:
    found = whole(text)
    assert found is not None
    assert (found.number, found.unit, found.operator) == (Decimal(figure), unit, operator)


@pytest.mark.parametrize(
    "text", ["", "若干", "/", "—", "按需", "2023-05-01", "192.168.1.1", "two (3) units", "3+1年", "5台、8套", "每校2台"]
)
def test_a_cell_that_says_none_or_several_gives_nothing(text: str) -> None:
    assert whole(text) is None


def test_a_range_keeps_both_ends() -> None:
    found = whole("3-5 pcs")
    assert found is not None
    assert (found.number, found.most) == (Decimal(3), Decimal(5))


def test_running_text_gives_each_number_with_a_unit_and_where_it_stands() -> None:
    text = "配置２颗处理器，不少于八块显卡，内存256GB"
    assert [(str(one.number), one.operator, text[one.start : one.end]) for one in counted(text)] == [
        ("2", None, "２颗"),
        ("8", ">=", "不少于八块"),
    ]


def test_a_model_number_or_a_size_is_no_quantity() -> None:
    assert list(counted("型号 DS-2台 与 A4张")) == []
    assert list(multiplied("尺寸400×300×200mm")) == []


@pytest.mark.parametrize(("text", "said"), [("8 × NVIDIA", "8"), ("T4×4", "4"), ("2 x Intel", "2")])
def test_numbers_that_multiply(text: str, said: str | None) -> None:
    assert [str(one.number) for one in multiplied(text)] == [said]


def test_numbers_and_units() -> None:
    assert number("１，２００．５０") == Decimal("1200.50")
    assert number("12台") is None
    assert is_unit("台/套")
    assert not is_unit("摄像机")


class TestPlain:
    """Plain text is as long as the text, and reading it raises nothing."""

    @given(st.text(alphabet="0123456789.,，．０１２台套个≥<x×-~ ()（）万亿twopcs共每\n\t一二十", max_size=24))
    def test_law(self, text: str) -> None:
        assert len(plain(text)) == len(text)
        for found in (whole(text), *counted(text), *multiplied(text)):
            assert found is None or 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    ("text", "whole_text"),
    [
        ("1,234,\n567.00", "1,234,567.00"),
        ("1,234,5\n67.00", "1,234,567.00"),
        ("12345\n.00 元", "12345.00 元"),
        ("12345.\n00", "12345.00"),
        ("1,234\n1,500", "1,234\n1,500"),
        ("10,400.0\n0", "10,400.00"),
        ("1.5\n7", "1.5\n7"),  # another figure, were it joined
        ("123456\n7.00", "123456\n7.00"),
        ("3,\n4", "3,\n4"),
        ("4, 100G", "4, 100G"),
    ],
)
def test_a_figure_that_the_end_of_a_line_cuts_in_two(text: str, whole_text: str) -> None:
    assert unbroken(text) == whole_text


def test_numbers_at_either_end_of_a_text() -> None:
    first, last = leading("≥ 34 switches"), trailing("at least four (4) ")
    assert first
    assert (first.number, first.operator) == (Decimal(34), ">=")
    assert last
    assert (last.number, last.operator) == (Decimal(4), ">=")
    assert trailing("of model A100 ") is None
