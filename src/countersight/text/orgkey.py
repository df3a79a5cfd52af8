"""The key by which names of organisations are taken for one name, and what kind, level and place a name tells."""

from __future__ import annotations

import re
from functools import lru_cache

from countersight.text.normal import flatten
from countersight.text.orgname import OrgName, parse

_HAN = re.compile("[\u3400-\u9fff]")
_NOT_WORD = re.compile(r"[\W_]+")
_FORMS = {"limited": "ltd", "incorporated": "inc", "corporation": "corp", "company": "co", "and": "&", "the": ""}
_DOTS = re.compile(r"(?<=\w)\.(?=\w\b)|['’‘`]")
_AUTHORITY = re.compile(
    r"(?:局|厅|(?<!俱乐)部|署|委|办|处|(?<=[局厅化管制])科|委员会|管委会|办事处|街道办|办公室|政府|法院"
    r"|检察院|海关|支队|总队|大队|中队|派出所|警务站|指挥部|司令部|公署|党委|政法委|网信办|发改委|卫健委|国资委"
    r"|维稳办|村委会|居委会|监狱|看守所|戒毒所|政协|国务院|人大|工信部)$"
    r"|\b(?:ministry|bureau|department|council|authority|commission|agency|administration|police|court|government"
    r"|directorate|procuratorate|constabulary|parliament|senate|congress|inspectorate|prosecutor|customs|border force"
    r"|(?:home|cabinet) office|office of|city of|county of"
    r"|gong['’ ]?an ?(?:ju|ting)|(?:caizheng|jiaoyu|sifa) ?ju|renmin zhengfu)\b",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"(?:大学|学院|研究院|研究所|设计院|规划院|科学院|学校|中学|小学|幼儿园|高中|医院|卫生院|中心|实验室|协会|学会|商会|基金会|联合会|博物馆|图书馆|党校|俱乐部)(?:\(.*\))?$"
    r"|\b(?:university|college|institute|academy|school|hospital|laborator(?:y|ies)|association|foundation|society|federation|cent(?:re|er))\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"(?:公司|集团|合伙企业|经营部|商行|商店|厂|合作社|事务所|银行|分行|支行)$")


@lru_cache(maxsize=4096)
def parsed(name: str) -> OrgName:
    """The parts of a name; parsed once."""
    return parse(name)


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """The same for all ways of writing one name: script, width, case, spaces, brackets, Ltd. or Limited."""
    folded = flatten(name)
    if _HAN.search(folded):
        return _NOT_WORD.sub("", folded)
    words = _NOT_WORD.sub(" ", _DOTS.sub("", folded.replace("&", " and "))).split()
    return " ".join(filter(None, (_FORMS.get(word, word) for word in words)))


_OFFICE = re.compile(
    r"\b(?:ministry|department|bureau|office|directorate|court|secretariat)\s(?:of|for)\b", re.IGNORECASE
)


def is_office(name: str) -> bool:
    """Whether an English name is one that states and towns everywhere give: Ministry of …, Bureau of …, and so on."""
    return _OFFICE.search(name) is not None and not parsed(name).form


def kind(name: str) -> str:
    """``company``, ``authority``, ``institution`` or ``other``, by form and the words of offices."""
    folded = flatten(name).replace(" ", "") if _HAN.search(name) else name
    if _COMPANY.search(folded) or parsed(name).form:
        return "company"
    if _AUTHORITY.search(folded):
        return "authority"
    return "institution" if _INSTITUTION.search(folded) else "other"


_NATIONAL = re.compile("(?:国务院|公安部|国家|中央|最高人民|全国人大|全国政协|海关总署|审计署|中华人民共和国)")
_MINISTRY = re.compile("[\u3400-\u9fff]{2,10}部$")
_RANKED = (
    ("township", re.compile("(?<!城)乡|镇|街道|村民?委|居民?委|社区")),
    (
        "county",
        re.compile(
            "[县旗]|(?<!自治)(?<!地)(?<!景)区(?=公安|人民|财政|教育|民政|卫|司|住|发|城|应|市场|统|审|农|水|商|文|人|政|委|法|检|监|税|街|交)"
        ),
    ),
    ("region", re.compile("省|自治区|厅$")),
    ("prefecture", re.compile("自治州|地区|盟|州(?=公安|人民|财政|教育|党|委|政)")),
)
_CITIES = {
    "region": ("北京市", "上海市", "天津市", "重庆市"),
    "prefecture": ("乌鲁木齐市", "克拉玛依市", "吐鲁番市", "哈密市"),
    "county": tuple(
        f"{city}市"
        for city in [
            "和田",
            "喀什",
            "阿克苏",
            "库车",
            "库尔勒",
            "昌吉",
            "阜康",
            "伊宁",
            "奎屯",
            "霍尔果斯",
            "塔城",
            "乌苏",
            "沙湾",
            "阿勒泰",
            "阿图什",
            "博乐",
            "阿拉山口",
            "石河子",
            "图木舒克",
            "阿拉尔",
            "五家渠",
        ]
    ),
}
_ENGLISH = (
    ("township", re.compile(r"\btown(?:ship)?\b", re.IGNORECASE)),
    ("county", re.compile(r"\b(?:county|district)\b", re.IGNORECASE)),
    ("prefecture", re.compile(r"\bprefectur(?:e|al)\b", re.IGNORECASE)),
    ("region", re.compile(r"\b(?:autonomous region|province|provincial)\b", re.IGNORECASE)),
)


def level(name: str) -> str | None:
    """The level of an authority, where the name tells it: of the last place in it, or of the word of its office.

    A city (市) is of the level that GB/T 2260 gives it; for those not listed here nothing is said.
    """
    if kind(name) != "authority":
        return None
    if not _HAN.search(name):
        return next((told for told, words in _ENGLISH if words.search(name)), None)
    folded = flatten(name)
    where = [part for part in parsed(name).place if part.keys and part.keys[0] != "china"]
    if _NATIONAL.match(folded) and not where and not folded.endswith("海关"):
        return "national"
    low = next((told for told, words in _RANKED[:2] if words.search(folded)), None)
    if low or "市" in folded:
        return low or next((told for told, cities in _CITIES.items() if any(city in folded for city in cities)), None)
    high = next((told for told, words in reversed(_RANKED[2:]) if words.search(folded)), None)
    return high or ("national" if _MINISTRY.fullmatch(folded) and not where else None)


def place(name: str) -> str | None:
    """The keys of the places in a name, the widest first: ``hotan / moyu``."""
    return " / ".join(part.keys[0] for part in parsed(name).place if part.keys) or None
