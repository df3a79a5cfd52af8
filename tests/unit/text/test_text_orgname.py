from __future__ import annotations

import pytest

from countersight.text.orgname import NamePart, parse


def texts(parts: tuple[NamePart, ...]) -> list[str]:
    return [part.text for part in parts]


def keys(parts: tuple[NamePart, ...]) -> list[str]:
    return [part.keys[0] for part in parts]


def test_a_chinese_company_is_place_core_trade_form_and_branch_with_their_offsets() -> None:
    name = parse("杭州海康威视数字技术股份有限公司新疆分公司")
    assert texts(name.place) == ["杭州"]
    assert texts(name.core) == ["海康威视"]
    assert texts(name.trade) == ["数字", "技术"]
    assert texts(name.form) == ["股份有限公司"]
    assert texts(name.branch) == ["新疆分公司"]
    assert (name.core[0].start, name.core[0].end) == (2, 6)


def test_the_english_name_has_the_same_keys() -> None:
    han, latin = parse("墨玉县公安局"), parse("Karakax County Public Security Bureau")
    assert han.place[0].keys == latin.place[0].keys == ("karakax",)
    assert han.place[0].rank == latin.place[0].rank == "county"
    assert set(han.trade[0].keys) & set(latin.trade[0].keys)


@pytest.mark.parametrize(
    ("text", "core", "kinds"),
    [
        ("SiemensAG", ["Siemens"], ("stock",)),
        ("Siemens Aktiengeselschaft", ["Siemens"], ()),
        ("FABERLIC EUROPE Sp. z o.o.", ["FABERLIC"], ("limited",)),
        ("OOO Oboronnye Initsiativy", ["Oboronnye", "Initsiativy"], ("limited",)),
        ("ООО «АЯС 2000»", ["АЯС"], ("limited",)),
        ("GA Drilling, a. s.", ["GA", "Drilling"], ("stock",)),
        ("北京旷视科技有限公司", ["旷视"], ("limited",)),
        ("上海立昂技术股份公司", ["立昂"], ("stock",)),
    ],
)
def test_legal_forms_of_many_countries_are_no_part_of_the_core(
    text: str, core: list[str], kinds: tuple[str, ...]
) -> None:
    name = parse(text)
    assert texts(name.core) == core
    assert name.form[0].keys == kinds


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Xi'an Datang Telecom Co., Ltd.", ["xian"]),
        ("海視電子科技(香港)有限公司", ["hong kong"]),
        ("中国移动通信集团新疆有限公司", ["china", "xinjiang"]),
        ("澄迈县人民法院", ["chengmai"]),
        ("拉萨市城市管理局", ["lhasa"]),
        ("Gree Electric Appliances, Inc. of Zhuhai", ["zhuhai"]),
        ("Urumchi Haishi Xin'an Electronic Technology", ["urumqi"]),
    ],
)
def test_places_by_short_forms_brackets_and_exonyms(text: str, places: list[str]) -> None:
    assert keys(parse(text).place) == places


@pytest.mark.parametrize(
    ("text", "branch", "rest"),
    [
        ("乌鲁木齐市公安局天山区分局", "天山区分局", "公安局"),
        ("新疆维吾尔自治区公安厅交警总队", "交警总队", "公安厅"),
        ("中国建设银行新疆分行", "新疆分行", "银行"),
        ("China Construction Bank, Xinjiang Branch", "Branch", "Bank"),
    ],
)
def test_a_branch_stands_apart_from_its_house(text: str, branch: str, rest: str) -> None:
    name = parse(text)
    assert texts(name.branch) == [branch]
    assert texts(name.trade)[-1] == rest


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("中国电子科技集团公司第五十二研究所", "52"),
        ("公安部第一研究所", "1"),
        ("The 52nd Research Institute of CETC", "52"),
        ("Brigade Forty-Four", "44"),
        ("Carlyle Partners VII L.P.", "7"),
        ("三六零安全科技股份有限公司", "360"),
    ],
)
def test_numbers_are_figures_however_written(text: str, number: str) -> None:
    assert keys(parse(text).number) == [number]


def test_what_stands_in_brackets_after_the_legal_form_is_an_alias() -> None:
    assert texts(parse("Hangzhou Hikvision Digital Technology Co., Ltd. (Hikvision)").alias) == ["Hikvision"]
    assert texts(parse("China Electronics Technology Group Corporation (CETC)").alias) == ["CETC"]
    assert not parse("中国平安保险(集团)股份有限公司").alias


def test_trade_words_inside_a_core_stay_in_it() -> None:
    assert texts(parse("东方网力科技股份有限公司").core) == ["东方网力"]
    assert texts(parse("Apple Inc.").core) == ["Apple"]


@pytest.mark.parametrize(
    "text", ["", " ", "()", "有限公司", "Ltd", "·", "第", "第零研究所", "公司公司公司", "((", "𠀀𠀁有限公司"]
)
def test_odd_names_are_parsed_without_complaint(text: str) -> None:
    assert parse(text).text == text
