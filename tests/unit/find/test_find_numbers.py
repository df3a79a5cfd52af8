from __future__ import annotations

import pytest

from countersight.find.numbers import quantities, value


@pytest.mark.parametrize(
    ("text", "unit", "values"),
    [
        ("不少于8块", "piece", [8]),
        ("显卡16张", "piece", [16]),
        ("12万张", "piece", [120_000]),
        ("今日采样3,110人份，漏采212人", "person", [212, 3110]),
        ("照片三百一十万条，另有二百余户", "person", [200, 3_100_000]),
        ("14,200 male villagers", "person", [14_200]),
        ("2.1 million residents and 15 thousand swabs", "person", [15_000, 2_100_000]),
        ("in 2018 people were counted", "person", []),
        ("likenesses on file: 512,000, up 9,300", "any", [9_300, 512_000]),
        ("人像3.1万张，累计2.1 million", "any", [31_000, 2_100_000]),
        ("in 2017, 95% of 1.2亿元, 18,400 yuan, 1920x1080 at 10.0.0.1 on 2019-05-03", "any", []),
        ("八块gpu", "piece", [8]),
        ("二十一年", "year", [21]),
        ("壹佰贰拾台", "piece", [120]),
        ("1,200 units", "piece", [1200]),
        ("minimum of eight nvidia t4", "piece", [8]),
        ("twenty-one years", "year", [21]),
        ("twenty one (21) years", "year", [21]),
        ("a 12-year term", "year", [12]),
        ("8 x t4", "piece", [8]),
        ("t4 x8", "piece", [8]),
        ("数量：16", "piece", [16]),
        ("a100\t16\t张", "piece", [16]),
        ("36个月", "month", [36]),
        ("36-month warranty", "month", [36]),
        ("2017年3月", "year", []),
        ("2017年度", "year", []),
        ("t4", "piece", []),
        ("第三期", "year", []),
        ("", "piece", []),
        ("no number of years", "year", []),
        ("5%", "piece", []),
    ],
)
def test_numbers_with_a_unit(text: str, unit: str, values: list[int]) -> None:
    assert sorted({q.value for q in quantities(text, unit)}) == values


def test_a_quantity_knows_its_place() -> None:
    (found,) = quantities("gpu卡8块", "piece")
    assert "gpu卡8块"[found.start : found.end] == "8块"


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("零", 0),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("二〇二二", 2022),
        ("一万二千", 12000),
        ("ninety-nine", 99),
        ("3.5", 3.5),
        ("两", 2),
        ("叁佰", 300),
    ],
)
def test_values(word: str, number: float) -> None:
    assert value(word) == number
