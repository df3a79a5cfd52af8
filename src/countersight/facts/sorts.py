"""What sort of body a name is of, by its words alone: an authority or institution, a firm, a tender agent, a bank."""

from __future__ import annotations

import re

AGENT, BANK, PUBLIC, FIRM = "agent", "bank", "public", "firm"
_NO_FIRM = r"^(?!.*\b(?:ltd|limited|inc|llc|plc|company|co|gmbh)\b)"
_SORTS = (  # in this order: the first that holds
    (AGENT, re.compile(r"招标|招投标|招采|采购代理|(?:政府|集中)采购中心|集采中心|\b(?:tendering"
    r"|procurement) (?:co|agency)\b", re.IGNORECASE)),
    (
        BANK,
        re.compile(
            r"银行|[支分]行|信用社|农商行|保险|担保|\b(?:bank|banque|banco|insurance|assurance|surety|guarantee|indemnity)\b",
            re.IGNORECASE,
        ),
    ),
    (FIRM, re.compile(r"(?:公司|集团|经营部|商行|厂|店|事务所|联社|合作社|工作室)$|公司.{0,14}(?:分公司|分部)$")),
    (
        PUBLIC,
        re.compile(
            r"(?:局|厅|委|委员会|政府|办公室|支队|总队|大队|中心|学校|大学|学院|中学|小学|院|署|处|所|海关|监狱|管理站|图书馆"
            r"|博物馆|幼儿园|部队)$"
            rf"|{_NO_FIRM}.*(?:\b(?:ministry|department|council|authority|commission(?:er|ers)?|agency|university|college|hospital"
            r"|police|board|city of|county of|county|municipal\w*|bureau|directorate|administration|government|schools?"
            r"|district|trustees|clinic|village|township|borough|parish|nations|shire|majlis|\w*palika|panchayat|parishad"
            r"|institutes? of|\w+valitsus)\b|^(?:the )?(?:town|village"
            r"|state|office) of\b)",
            re.IGNORECASE,
        ),
    ),
    (
        FIRM,
        re.compile(
            r"\b(?:ltd|limited|inc|incorporated|llc|llp|plc|corp|corporation|company|co|gmbh|ag|s\.?a\.?|sarl|b\.?v|n\.?v"
            r"|s\.?p\.?a|s\.?r\.?l|a/s|oy|ab|pty|pte|pvt|sdn|bhd|sons|bros|brothers|enterprises?|traders?|trading|contractors?"
            r"|contracting|supplies|suppliers|stationers|systems|technologies|solutions|engineering|construction)\b",
            re.IGNORECASE,
        ),
    ),
)  # fmt: skip
_UNIT = re.compile(
    r"^(?:后勤|财务|采购|办公|资产|设备|总务|基建|国有资产|招标|计划|综合|行政|人事|信息|装备|物资|党政|项目)[^省市县区州]{0,8}$"
)  # an office of a body that it does not name
_PORTAL = re.compile(
    r"门户|采购网|交易(?:平台|中心)|\b(?:portal|gazette|opportunit\w+|e-?procurement|e-?tender\w*|tender(?:s"
    r"|ing)? service|procurement system)\b",
    re.IGNORECASE,
)  # where records are published


_ASIDE = re.compile(r"(?<=[局院校])[（(][^()（）]*[)）]$")  # …局（公司）


BARE = re.compile(
    r"(?:the )?(?:state|republic|government|commonwealth|province|kingdom|union) of\b.*"
    r"|office of the [a-z ]+(?:\([a-z ]+\))?",
    re.IGNORECASE,
)
"""What stands over the name of an office at the head of a record: a state, or the post of who holds the office."""


def sort(name: str) -> str:
    """``agent``, ``bank``, ``firm`` or ``public``; empty where the words of a name do not say."""
    name = _ASIDE.sub("", name)
    if _PORTAL.search(name) or _UNIT.search(name) or name.count(")") != name.count("("):
        return ""
    return next((kind for kind, words in _SORTS if words.search(name)), "")
