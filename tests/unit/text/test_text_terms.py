"""Relative terms and the day they give."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from countersight.model import DateSpan
from countersight.text.terms import Length, after, length


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("自合同签订之日起90日历天", Length(90, "day", "signed")),
        ("合同签订后三个月内", Length(3, "month", "signed")),
        ("自开工之日起45日历天", Length(45, "day", "start")),
        ("within ninety (90) days of signature", Length(90, "day", "signed")),
        ("twenty-four (24) months", Length(24, "month", None)),
        ("within 6 weeks after the Commencement Date", Length(6, "week", "start")),
        ("验收合格之日起两年", Length(2, "year", "acceptance")),
    ],
)
def test_lengths(words: Any, told: Any) -> None:
    assert length(words) == told


@pytest.mark.parametrize(
    "words", ["合同签订后10个工作日内", "within 5 business days", "21年，其中建设期1年", "按招标文件", "2023年"]
)
def test_what_gives_no_length(words: Any) -> None:
    assert length(words) is None


@pytest.mark.parametrize(
    ("span", "last"),
    [
        (Length(90, "day", None), date(2023, 2, 28)),
        (Length(3, "month", None), date(2023, 2, 28)),
        (Length(1, "year", None), date(2023, 11, 30)),
        (Length(2, "week", None), date(2022, 12, 14)),
    ],
)
def test_the_last_day(span: Any, last: Any) -> None:
    assert after(DateSpan.of(2022, 11, 30), span, "x").to == last
