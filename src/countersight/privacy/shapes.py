"""What the recognisers share: digits in any width, the gaps people and page layout put between them, and labels."""

from __future__ import annotations

import re
from collections.abc import Iterable

Range = tuple[int, int]

D = "[0-9０-９]"
# Spaces of any kind, zero-width characters included.
SPACE = " \\t\\xa0\\u2000-\\u200d\\u202f\\u3000\\ufeff"
# What stands between the groups of one number: spaces, dashes, dots, brackets.
JOINT = SPACE + "\\-\\u2010-\\u2015\\u2212－.．·()（）"
# A line broken inside a number, by a narrow column or the end of a page's line.
BREAK = f"[{SPACE}]?\\r?\\n[{SPACE}]?"

_FOLD = {0xFF10 + i: ord("0") + i for i in range(10)} | {ord("Ｘ"): "X", ord("ｘ"): "X", ord("x"): "X"}
_NOT_KEPT = re.compile(r"[^0-9X]")

# Written straight before a number, these say that it names a thing and no person.
_THING = re.compile(
    r"(?:编\s?码|编\s?号|项目号|合同号|招标号|标号|批号|订单号?|流水号|序列号|发票号码?|单号|文号|代码|税号|识别号|登记号"
    r"|注册号|许可证号?|证书号码?|专利号|型号|版本号?|备案号|邮编|ISBN|ISSN|EIN|S/N|SN|(?<![\w.])No[.．:])"
    rf"[：:{SPACE}(（]{{0,3}}\Z",
    re.IGNORECASE,
)
_CODE_BEFORE = re.compile(r"(?:[A-Za-z_]|[0-9０-９][-－—–.]|[A-Za-z][-—–])\Z")
_WORD_BEFORE = re.compile(
    r"(?<![A-Za-z])(?:tel|phone|fax|mobile|mob|cell|qq|wechat|vx|id|no|call|at)[-.]?\Z", re.IGNORECASE
)
_NUMBERED_LINE = re.compile(r"(?:\A|\n)\s*[1-9]\d?\.\Z")
_AMOUNT_AFTER = re.compile(r"[.．]\d{1,2}(?!\d)|[%％‰]|\s?(?:元|万元|亿|万|美元|欧元|RMB|CNY|USD)")
_AMOUNT_BEFORE = re.compile(r"(?:[¥￥$€£]|RMB|CNY|USD)\s?\Z")
LOOK_BACK = 32
_PAGE = 1000


def digits(text: str) -> str:
    """The digits of a number in ASCII, with a check letter ``X`` in upper case; gaps dropped."""
    return _NOT_KEPT.sub("", text.translate(_FOLD))


def named_a_thing(text: str, at: int) -> bool:
    """Whether a label straight before says that the number at ``at`` names a project, order or the like."""
    return _THING.search(text, max(0, at - LOOK_BACK), at) is not None


def inside_code(text: str, at: int, floor: int = 0) -> bool:
    """Whether the digits at ``at`` go on a code or a decimal (``DS-2``, ``3.14``), not a label like ``Tel``.

    What stands before ``floor`` is hidden already and is part of no code.
    """
    low = max(floor, at - 12)
    return (
        _CODE_BEFORE.search(text, max(floor, at - 2), at) is not None
        and not _WORD_BEFORE.search(text, low, at)
        and not _NUMBERED_LINE.search(text, low, at)
    )


def amount(text: str, start: int, end: int) -> bool:
    """Whether the number is money, a percentage or a decimal by what stands around it."""
    return bool(_AMOUNT_AFTER.match(text, end) or _AMOUNT_BEFORE.search(text, max(0, start - 4), start))


def nearby(text: str, at: int, words: Iterable[str]) -> bool:
    """Whether one of the words stands on the page, as far as 1,000 characters from ``at``."""
    return any(text.find(word, max(0, at - _PAGE), at + _PAGE) >= 0 for word in words)
