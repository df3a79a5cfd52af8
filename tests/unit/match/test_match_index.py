from __future__ import annotations

import gc
from itertools import permutations

import pytest

from countersight.match import Entry, Index, Match, Name, Query
from countersight.text.identifiers import Identifier

HIKVISION = Entry(
    "hikvision",
    (Name("Hangzhou Hikvision Digital Technology Co., Ltd."), Name("Hikvision", "alias")),
    (Identifier("USCC", "91330000733796106P"),),
)
DAHUA_NY = Entry("dahua-ny", (Name("DAHUA ELECTRONICS CORPORATION"),))
DAHUA = Entry("dahua", (Name("Zhejiang Dahua Technology Co., Ltd."),))
PICO = Entry(
    "sdic", (Name("国投智能（厦门）信息股份有限公司"), Name("厦门市美亚柏科信息股份有限公司", "former", "2023-12-01"))
)
WEAK = Entry("sky", (Name("Northern Antenna Plant JSC"), Name("Vostok Kometa", "weak")))
ALL = (HIKVISION, DAHUA_NY, DAHUA, PICO, WEAK)


def search(name: str, *identifiers: Identifier) -> list[Match]:
    return Index(ALL).search(Query(name, identifiers))


def test_an_identifier_goes_before_any_name() -> None:
    best = search("Dahua Technology", Identifier("USCC", "91330000733796106P"))[0]
    assert (best.key, best.band) == ("hikvision", "identifier")
    assert "91330000733796106P" in best.words


def test_the_best_name_of_an_entry_answers_for_it() -> None:
    (best,) = search("杭州海康威视数字技术股份有限公司")
    assert (best.key, best.band, best.name.kind) == ("hikvision", "same name", "name")


def test_a_stranger_of_the_same_word_comes_after_and_apart() -> None:
    found = search("浙江大华技术股份有限公司")
    assert [(match.key, match.band) for match in found] == [("dahua", "same name"), ("dahua-ny", "similar")]


def test_a_former_name_says_until_when() -> None:
    (best,) = search("Xiamen Meiya Pico Information Co., Ltd.")
    assert best.key == "sdic"
    assert "former name until 2023-12-01" in best.words


def test_a_weak_alias_is_never_more_than_possible() -> None:
    (best,) = search("Vostok Kometa")
    assert best.band == "possible"
    assert "weak alias" in best.words


def test_a_full_name_in_brackets_is_searched_as_a_name() -> None:
    index = Index([Entry("st", (Name("Sense Time (Beijing SenseTime Technology Development Co., Ltd.)"),))])
    assert index.search(Query("北京市商汤科技开发有限公司"))[0].band == "same name"


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("曙光信息产业股份有限公司", "Dawning Information Industry Co., Ltd."),
        ("神州数码集团股份有限公司", "Digital China Group Co., Ltd."),  # China and digital are no naming words
        ("浙江水晶光电科技股份有限公司", "Zhejiang Crystal Optech Co., Ltd."),  # 光电 is a trade
        ("北京航空航天大学", "Beihang University"),
        ("长河光学有限公司", "Zhanghe Optics Co., Ltd."),  # the other reading
    ],
)
def test_a_name_is_found_among_many_by_what_it_is_called_in_english(asked: str, listed: str) -> None:
    others = [Entry(word, (Name(f"{word} Information Optics Group"),)) for word in ("Abc", "Def", "Ghi")]
    found = Index([*ALL, *others, Entry("right", (Name(listed),))]).search(Query(asked))
    assert found[0].key == "right"
    assert found[0].band in ("same name", "strong", "possible")


@pytest.mark.parametrize(
    ("listed", "asked", "found"),
    [
        ("Xinjiang Production and Construction Corps (XPCC)", "XPCC", "same name"),
        ("North China Industries Corp. (NORINCO)", "Norinco", "same name"),
        ("20th Research Institute of China Electronics Technology Group Corporation (CETC)", "CETC", None),
        ("Ghazanfar Trading Company (PVT)", "PVT", None),
        ("Orient Harbour Shipping (UAE)", "UAE", None),
    ],
)
def test_an_acronym_in_brackets_is_an_alias_where_it_is_one_of_the_whole_name(
    listed: str, asked: str, found: str | None
) -> None:
    matches = Index([Entry("a", (Name(listed),))]).search(Query(asked))
    assert [(match.band, match.name.kind) for match in matches] == ([(found, "alias")] if found else [])


@pytest.mark.parametrize("asked", ["华为技术有限公司", "Huawei Technologies Company"])
def test_a_house_is_found_among_all_that_bear_its_brand(asked: str) -> None:
    towns = ("Lima", "Quito", "Turin", "Leeds", "Dakar", "Hanoi", "Minsk", "Perth", "Milan", "Sofia")
    others = [
        Entry(f"{town} {kind}", (Name(f"Huawei {kind} {town} Ltd"),))
        for town in towns
        for kind in ("Cloud", "Services")
    ]
    rare = [Entry(word, (Name(f"{word} Limited"),)) for word in ("Action", "Impact", "Because", "Take", "Flower")]
    index = Index([*others, *rare, Entry("z", (Name("Huawei Technologies Co., Ltd."),))])
    assert [match.key for match in index.search(Query(asked)) if match.band == "same name"] == ["z"]


def test_the_collector_runs_again_after_an_index_is_built() -> None:
    Index(ALL)
    assert gc.isenabled()


def test_the_order_of_entries_does_not_matter() -> None:
    answers = {tuple(Index(order).search(Query("Dahua Technology Company"))) for order in permutations(ALL)}
    assert len(answers) == 1


def test_another_country_makes_a_match_possible_at_most() -> None:
    index = Index([Entry("us", (Name("Nova Antenna Works Inc."),), (), "United States")])
    name = "Nova Antenna Works Inc."
    assert [index.search(Query(name, (), country))[0].band for country in ("", "美国", "Chile")] == [
        "same name",
        "same name",
        "possible",
    ]


def test_limit_and_nothing_found() -> None:
    assert len(Index(ALL).search(Query("大华"), limit=1)) <= 1
    assert search("完全无关的名字") == []
    assert Index([]).search(Query("Hikvision")) == []
