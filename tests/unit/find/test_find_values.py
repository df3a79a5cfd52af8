from __future__ import annotations

import pytest
from find_small import words

SET = "{values: {one: ethnonym, rest: rest, least: 2, most: 4}}"


@pytest.mark.parametrize(
    "text",
    [
        "“未知”“非少数民族”“维族”",
        "未知、非少数民族、维族",
        "UNKNOWN=0（未知），HAN=1（汉），UYGUR=2（维吾尔族）",
        "0\t未知\n1\t汉族\n2\t维吾尔族",
        "one of three values: unknown, not a minority, Uighur",
        "{ RACE_UNKNOWN = 0, RACE_OTHER = 1, RACE_UYGUR = 2 }",
        "Han / Tibetan / other",
        "汉、维、其他",
        "U (unknown), R (Uyghur) and O (others)",
    ],
)
def test_a_list_that_singles_out_one_group(text: str) -> None:
    assert len(words(SET, text, "scope: section")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "未知、汉族",
        "维族",
        "汉族、藏族、维族、其他",
        "汉族居民以及长期在本地居住生活工作学习的其他人员与维族居民",
        "维族居民。其他",
        "未知█████████████████████████████████维族",
        "",
    ],
)
def test_what_singles_out_nobody(text: str) -> None:
    assert words(SET, text, "scope: section") == []


def test_too_many_values_are_a_list_of_everybody() -> None:
    assert words("{values: {one: ethnonym, rest: rest, least: 2, most: 3}}", "未知、汉族、其他、维族") == []


def test_two_wordings_of_one_value_count_once() -> None:
    assert words("{values: {one: ethnonym, rest: rest, least: 3, most: 3}}", "维族（Uyghur）、汉族（Han）") == []
