"""The words for who buys, who sells and who acts for them, from which the readers of records build their patterns.

Each reader adds what is its own: labels their levels, patterns what may stand beside a word. 甲方 and 乙方, which are
sides and no roles, are left to them.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product


def _made(stems: str, ends: str, gap: str = "") -> tuple[str, ...]:
    """Each stem with each end: 采购 and 人, contracting and authority."""
    split = "|" if gap else None
    return tuple(gap.join(pair) for pair in product(stems.split(split), ends.split(split)))


def _listed(zh: str, en: str = "") -> tuple[str, ...]:
    return (*zh.split(), *filter(None, en.split("|")))


WORDS: dict[str, tuple[str, ...]] = {
    "buyer": (
        *_made(
            "采购 招标 发包 委托 建设 购买 购货 订购 订货 定作 承租 需求 询价 比选 遴选 磋商 谈判",
            "人 方 单位 机关 部门",
        ),
        *_listed(
            "买方 需方 购方 买受人 采购组织 业主 业主单位 项目业主 项目法人 采购主体 采购实体 实施机构",
            "buyer|purchaser|customer|client|employer|bill to|sold to|invoice to|invoiced to|ordered by|ordered for",
        ),
        *_made(
            "buying|contracting|procuring|purchasing|ordering|awarding|implementing|executing",
            "authority|entity|agency|organisation|organization|body|office|party|department|activity",
            " ",
        ),
    ),
    "supplier": (
        *_made(
            "中标 成交 中选 得标 决标 供应 供货 承包 承建 承揽 受托 施工 销售 销货 出租 出卖",
            "人 方 单位 商 者 企业 公司 厂商 供应商 承办商 承包商",
        ),
        *_listed(
            "卖方 供方 承办商 承办公司 服务商 服务方 服务单位 服务公司 总承包人 总承包单位 服务提供方 社会资本方",
            "supplier|contractor|vendor|seller|consultant|service provider|awardee|awarded to|contract awarded to",
        ),
        *_made(
            "awarded|winning|successful|selected|best evaluated",
            "bidder|tenderer|supplier|contractor|vendor|firm|company|consultant|offeror|proposer",
            " ",
        ),
    ),
    "agent": (
        *_made("代理 采购代理 招标代理 集采 集中采购 政府集中采购", "机构"),
        *_made("代理 采购代理 招标代理", "单位 公司"),
        *_made("procurement|purchasing|procuring|tender|tendering", "agent", " "),
        *_listed("采购代理人 招标代理人", "central purchasing body"),
    ),
    "member": (
        *_made("联合体", "成员 成员单位 成员方 牵头人 牵头单位 牵头方 主体"),
        *_listed(
            "牵头人 牵头单位 牵头方 成员单位 成员方",
            "consortium member|consortium members|consortium leader|lead member|joint venture partner|jv partner",
        ),
    ),
    "bidder": (
        *_made("投标 报价 响应 比价 竞价", "人 方 单位 供应商"),
        *_listed("", "bidder|tenderer|offeror|proposer"),
    ),
}
"""The words by role, Chinese and English in lower case; ``bidder`` has not won yet."""


@cache
def pattern(*roles: str) -> str:
    """The alternatives for the words of roles, the longest first; 买 方 may be spread, English is whole words."""
    words = sorted({word for role in roles for word in WORDS[role]}, key=lambda word: (-len(word), word))
    han = (
        (r"\s?".join(word) if len(word) == 2 else word) + "(?![式案法面])" * word.endswith("方")  # noqa: PLR2004 (spread)
        for word in words
        if not word.isascii()
    )
    latin = "|".join(re.escape(word) for word in words if word.isascii()).replace(r"\ ", r"\s")
    return "|".join((*han, rf"(?<![a-z])(?:{latin})s?(?![a-z])(?! (?:services?|care|relations|support)\b)"))
