from __future__ import annotations

import pytest

from countersight.match import compare
from countersight.match.prepared import prepare
from countersight.match.score import COMPARATORS, LEAST, NO_WEIGHTS, Compared, compared

MATCHED = ("same name", "strong", "possible")


def part(one: str, two: str, name: str) -> float:
    return next(part.value for part in compare(one, two).parts if part.name == name)


@pytest.mark.parametrize(
    ("han", "latin"),
    [
        ("洛浦海视鼎新电子技术有限公司", "Luopu Haishi Dingxin Electronic Technology Co., Ltd."),
        ("墨玉海视电子技术有限公司", "Karakax Haishi Electronic Technology Co., Ltd."),
        ("杭州海康威视数字技术股份有限公司", "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD."),
        ("新疆生产建设兵团公安局", "Public Security Bureau of the Xinjiang Production and Construction Corps"),
        (
            "中国电子科技集团公司第五十二研究所",
            "The 52nd Research Institute of China Electronics Technology Group Corporation",
        ),
        ("海視電子科技(香港)有限公司", "Haishi Electronic Technology (Hong Kong) Limited"),
        ("摩托罗拉系统公司", "Motorola Systems Inc."),
        ("黑石集团", "The Blackstone Group"),
        ("通用電氣", "General Electric"),
        ("清华大学", "Tsinghua University"),  # an older spelling
        ("北京航空航天大学", "Beihang University"),  # the first characters of its words
        ("杭州电魂网络科技有限公司", "Hangzhou Electronic Soul Network Technology Co., Ltd."),  # 电 is electric
        ("重庆长河光学有限公司", "Chongqing Changhe Optics Co., Ltd."),
    ],
)
def test_chinese_names_match_their_english_ones(han: str, latin: str) -> None:
    assert compare(han, latin).band in MATCHED


def test_a_word_taken_apart_must_be_said_by_all_of_the_characters() -> None:
    assert compare("天地伟业技术有限公司", "SKY INDUSTRIES LIMITED").band not in MATCHED


def test_place_and_trade_tell_for_words_that_are_only_heard_alike() -> None:
    told, bare = "浙江舜雨光学有限公司", "舜雨有限公司"
    assert part(told, "Zhejiang Sunny Optics Co., Ltd.", "core") > part(bare, "Sunny Co., Ltd.", "core")
    other = part(told, "Zhejiang Sunny Mining Co., Ltd.", "core")
    assert other == part(bare, "Sunny Co., Ltd.", "core")


def test_what_cannot_reach_a_score_is_not_compared_to_its_end() -> None:
    near, far = prepare("Nova Antenna Works"), prepare("Quill Bakery")
    assert compared(near, far, NO_WEIGHTS, LEAST) == Compared(0.0, None, ())
    assert compared(near, near, NO_WEIGHTS, LEAST) == compared(near, near, NO_WEIGHTS)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("DAHUA ELECTRONICS CORPORATION, Flushing", "浙江大华技术股份有限公司"),
        ("Dahua Hotel, Shanghai", "Zhejiang Dahua Technology Co., Ltd."),
        ("杭州海康威视系统技术有限公司", "Hangzhou Hikvision Digital Technology Co., Ltd."),
        ("杭州海康威视系统技术有限公司", "杭州海康威视数字技术股份有限公司"),
        ("喀什市公安局", "Kashgar Prefecture Public Security Bureau"),
        ("公安部第一研究所", "Third Research Institute of the Ministry of Public Security"),
        ("中国建设银行股份有限公司", "Bank of China Limited"),
        ("新疆生产建设兵团", "新疆生产建设兵团公安局"),
        ("Banco Santander Chile S.A.", "Banco Santander México S.A."),
        ("CRYSTALORD SYSTEMS LIMITED", "CRYSTALORD LTD"),
        ("Deutsche Bank GmbH", "Deutsche Bank AG"),
        ("ООО «БАЙ»", "ООО «БАЙКАЛ»"),
        ("APEX LOGISTICS", "APEX"),
        ("海视新安科技有限公司", "Haishi Technology Co., Ltd."),
        ("海视科技有限公司", "Haishi Xin'an Technology Co., Ltd."),
        ("依图科技有限公司", "EAT MACHINE"),
        ("华为技术有限公司", "Kaiwei Technology Ltd"),
    ],
)
def test_the_same_word_in_the_name_of_a_stranger_is_at_most_similar(one: str, two: str) -> None:
    assert compare(one, two).band in ("similar", None)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Technology Co., Ltd.", "Technology Corp."),
        ("科技有限公司", "Technology Co., Ltd."),
        ("Corp", "Corp"),
        ("Group", "集团"),
    ],
)
def test_generic_words_alone_never_match(one: str, two: str) -> None:
    assert compare(one, two).band is None


def test_a_branch_is_its_house_and_a_subsidiary_is_not() -> None:
    house = "中国建设银行股份有限公司"
    assert compare(house + "新疆分行", house).band == "strong"
    assert compare("浙江大华技术股份有限公司", "浙江大华系统工程有限公司").band == "similar"


@pytest.mark.parametrize(
    ("one", "two", "comparator", "value"),
    [
        ("洛浦海视", "Luopu Haishi", "core", 1.0),
        ("Wallmart Inc.", "Walmart Inc.", "core", 0.875),
        ("墨玉县公安局", "Moyu County Public Security Bureau", "office", 1.0),
        ("PLAN", "People's Liberation Army Navy", "initials", 0.85),
        ("Nova Textile Ltd", "Nova Cement Ltd", "trade", 0.0),
        ("Nova (Chile) Ltd", "Nova (Mexico) Ltd", "place", 0.0),
        ("Fund Nova II", "Fund Nova III", "number", 0.0),
        ("Nova GmbH", "Nova AG", "form", 0.0),
        ("Nova Ltd", "Nova GmbH", "form", 1.0),
        ("浙江大华技术股份有限公司新疆分公司", "浙江大华技术股份有限公司", "branch", 0.9),
    ],
)
def test_each_feature_has_its_value(one: str, two: str, comparator: str, value: float) -> None:
    assert part(one, two, comparator) == value


def test_every_part_says_why_in_words() -> None:
    found = compare("洛浦海视鼎新电子技术有限公司", "Luopu Haishi Textile Co., Ltd.")
    assert all(part.words for part in found.parts)
    assert "textile is not 电子" in next(part.words for part in found.parts if part.name == "trade")


def test_every_comparator_is_explained_to_the_reader() -> None:
    assert all(len(comparator.__doc__ or "") > 40 for comparator in COMPARATORS)


def test_spellings_of_one_word_agree() -> None:
    assert compare("Procter & Gamble Co.", "The Procter and Gamble Company").band == "same name"
    assert compare("Société Générale S.A.", "Societe Generale SA").band == "same name"
    assert compare("L.X.C Aviation", "LXC Aviation").band == "same name"
    assert compare("Good Will Company", "Goodwill Company").band == "same name"
    assert compare("海康威視", "海康威视").band == "same name"


@pytest.mark.parametrize("word", ["XPCC", "NORINCO", "生产建设兵团"])
def test_a_word_that_none_else_says_is_a_name(word: str) -> None:
    assert compare(word, word).band == "same name"


@pytest.mark.parametrize("word", ["Technology", "Electronics", "Police", "Corps", "科技", "兵团"])
def test_a_word_that_many_say_is_none(word: str) -> None:
    assert compare(word, word).band is None


def test_a_word_at_the_end_is_no_link() -> None:
    assert compare("CETC", "CETC LES").band != "same name"
    assert compare("Hertz Corporation, The", "Hertz Corporation").band == "same name"
