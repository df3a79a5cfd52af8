from __future__ import annotations

import time
from datetime import date

import pytest

from countersight.model import DateSpan
from countersight.text.dates import dates, find_date

DAY = date(2022, 12, 5)


@pytest.mark.parametrize(
    "words",
    [
        "2022年12月5日",
        "2022 年 12 月 5 日",
        "２０２２年１２月５日",
        "二〇二二年十二月五日",
        "二○二二年十二月五日",
        "2022-12-05",
        "2022/12/5",
        "2022.12.5",
        "5 December 2022",
        "5th day of December 2022",
        "5 Dec. 2022",
        "December 5, 2022",
        "DECEMBER 5th, 2022",
        "December\xa05,\xa02022",
    ],
)
def test_each_way_to_write_a_day(words: str) -> None:
    assert find_date(f"合同\n{words}\n") == DateSpan(DAY, DAY, words)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2022年12月", date(2022, 12, 1), date(2022, 12, 31)),
        ("2024年2月", date(2024, 2, 1), date(2024, 2, 29)),
        ("二〇一九年十月", date(2019, 10, 1), date(2019, 10, 31)),
        ("2022-12", date(2022, 12, 1), date(2022, 12, 31)),
        ("December 2022", date(2022, 12, 1), date(2022, 12, 31)),
        ("2022年", date(2022, 1, 1), date(2022, 12, 31)),
        ("二〇二二年十二月三十一日", date(2022, 12, 31), date(2022, 12, 31)),
        ("二〇二二年元月廿一日", date(2022, 1, 21), date(2022, 1, 21)),
    ],
)
def test_a_month_or_a_year_is_an_interval(words: str, first: date, last: date) -> None:
    assert find_date(words) == DateSpan(first, last, words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "05/06/2022",
        "日期：05/06/2022",
        "2022年2月30日",
        "2022-13-05",
        "Date: 2022-02-30",
        "February 30, 2022",
        "GB/T 28181-2016",
        "电话 010-2022-12-05",
        "192.168.20.22",
        "1022年12月5日",
        "订货号 12022-12-055",
    ],
)
def test_what_is_no_day_or_two_days_is_not_guessed(text: str) -> None:
    assert find_date(text) is None


def test_a_labelled_date_goes_before_a_bare_one() -> None:
    text = "2023年1月1日\n" + "正文。\n" * 5 + "签订日期：2022年12月5日\n2024年1月1日"
    found = find_date(text)
    assert found is not None
    assert found.from_ == DAY


def test_the_label_may_stand_on_the_line_above() -> None:
    assert find_date("2020-01-01\n发布时间：\n2022-12-05 10:30") == DateSpan(DAY, DAY, "2022-12-05")


@pytest.mark.parametrize(
    "line",
    ["开标时间：2022年12月5日", "有效期至2022年12月5日", "出生日期：1980年1月2日", "2022年12月5日至2023年1月1日"],
)
def test_the_date_of_something_else_is_not_the_date_of_the_document(line: str) -> None:
    assert find_date(line) is None


def test_a_year_in_a_title_and_a_day_inside_a_paragraph_are_not_taken() -> None:
    assert find_date("某县2025年视频系统采购项目招标文件") is None
    assert (
        find_date(
            "甲方已于2022年12月5日向乙方发出中标通知书，双方根据有关法律法规经协商一致，订立本合同，以资共同遵守。"
        )
        is None
    )


def test_the_middle_of_a_long_text_is_not_looked_at() -> None:
    assert find_date("行\n" * 30 + "签订日期：2022年12月5日\n" + "行\n" * 30) is None


@pytest.mark.parametrize("unit", ["20 ", "二", "2022年", "2022-12-", "5 ", "December ", "签订 日期 "])
def test_a_hostile_line_takes_no_time(unit: str) -> None:
    began = time.process_time()
    find_date((unit * 100_000 + "\n") * 3)
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the 15t h day of January 2018", date(2018, 1, 15)),
        ("this second day of April 2013", date(2013, 4, 2)),
        ("the twenty-first day of May, 2001", date(2001, 5, 21)),
        ("16-Mar-2021", date(2021, 3, 16)),
        ("30/11/2021", date(2021, 11, 30)),
        ("02/21/2020", date(2020, 2, 21)),
        ("03.12.2021", date(2021, 12, 3)),
        ("5th of May 2018", date(2018, 5, 5)),
    ],
)
def test_more_ways_to_write_a_day(text: str, day: date) -> None:
    assert [(span.from_, span.to) for _, span in dates(text)] == [(day, day)]


@pytest.mark.parametrize("text", ["05/06/2022", "31.02.2020", "13/13/2020"])
def test_what_may_be_two_days_or_none_is_not_guessed(text: str) -> None:
    assert list(dates(text)) == []
