"""Places, whatever name a record gives them."""

from __future__ import annotations

from typing import Any

import pytest

from countersight.text.places import district

MOYU = "新疆维吾尔自治区 和田地区 墨玉县 (653222)"


@pytest.mark.parametrize(
    "words", ["墨玉县公安局", "Karakax County, Hotan", "Qaraqash", "Moyu County", "新疆和田地区墨玉县"]
)
def test_names_of_one_county(words: Any) -> None:
    assert district(words) == MOYU


def test_a_shared_name_needs_its_prefecture() -> None:
    assert district("Yutian County") is None
    assert district("Yutian County, Hotan Prefecture") == "新疆维吾尔自治区 和田地区 于田县 (653226)"


def test_two_counties_are_no_one_place() -> None:
    assert district("墨玉县、皮山县") is None


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("广东省阳江市江城区豪江路2号", "广东省 阳江市 江城区"),
        ("澜溪县教育局", "澜溪县"),
        ("甲方实训楼", None),
        ("某高新技术产业开发区", None),
    ],
)
def test_places_by_how_their_names_end(words: Any, place: Any) -> None:
    assert district(words) == place
