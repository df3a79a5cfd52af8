"""Other names that Chinese text ties to the bodies found in it: short names that it defines, former names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from countersight.find.bodies.words import Alias, Named, among
from countersight.text.normal import same_length

_HAN = "\u3400-\u9fff"
_QUOTES = "\"“”'‘’「」『』《》"
_DEFINED = re.compile(
    rf"\s?[(,]\s?(?:(?:以下|下)?(?:简称|称|统称)(?:为|作)?|股票简称)?[:为]?\s?[{_QUOTES}]([^{_QUOTES}()\n,，。]{{2,14}})[{_QUOTES}]"
    rf"|\s?[(,]\s?(?:(?:以下|下)?(?:简称|统称)(?:为|作)?|以下称)[:为]?\s?([{_HAN}a-z0-9]{{2,10}})(?=[),.。、;\s])"
)
_FORMER = re.compile(rf"(?:曾用名|原名|前身(?:为|是)?|原)[:为]?\s?[{_QUOTES}]?\Z")
_RENAMED = re.compile(
    rf"[\s{_QUOTES}]?[(,]?\s?(?:\d+年)?(?:\d+月)?(?:\d+日)?\s?(?:后?更名(?:为)?|变更为|现名|改名为|曾用名|原名|前身为|前身是)[:为]?\s?[{_QUOTES}]?\Z"
)


def aliases(text: str, found: list[Named]) -> Iterator[Alias]:
    """Other names that a text ties to those found in it: short names it defines, former names."""
    plain = same_length(text) if found else ""
    for one, after in zip_longest(found, found[1:]):
        if defined := _DEFINED.match(plain, one.end):
            which = 1 if defined[1] else 2
            if _is_short(defined[which]):
                yield Alias(*defined.span(which), one, "short")
        if after and after.start - one.end < 20 and _RENAMED.match(plain[one.end : after.start]):  # noqa: PLR2004 (characters)
            yield Alias(after.start, after.end, one, "former")


def _is_short(said: str) -> bool:
    """Whether a defined word names the body, and is no role."""
    return said not in among("zh", "roles") and not said.endswith(
        ("方", "人", "合同", "协议", "项目", "系统", "平台", "法", "规定", "办法", "条例")
    )
