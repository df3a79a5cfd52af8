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
_ASIDE = re.compile(
    r"\A\s?\([^()\n]{0,80}\)|(?:成立|创立|创建|组建|设立|始建|创办)于\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?[,，]|(?<=[,，])(?:其|公司)(?=前身|原名|曾用名)"
)
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
        if after and _RENAMED.match(_ASIDE.sub("", plain[one.end : after.start])):
            yield Alias(after.start, after.end, one, "former")


_OFFICE = re.compile(
    rf"[{_HAN}]{{2,6}}?((?:自治县|地区|[县市区州旗])[{_HAN}]{{2,10}}(?:局|厅|政府|委员会|法院|检察院))"
)
_LED = re.compile(r"(?:\A|[^\u3400-\u9fff]|[由向和与及对将给经为报送请致])\Z")


def relative(text: str, found: list[Named]) -> Iterator[Alias]:
    """The places where a text says 县公安局 of the one 澜溪县公安局 that it names."""
    owners: dict[str, dict[str, Named]] = {}
    for one in found:
        if one.kind == "office" and (named := _OFFICE.fullmatch(text, one.start, one.end)):
            owners.setdefault(named[1], {}).setdefault(named[0], one)
    for short, bodies in owners.items():
        if len(bodies) == 1:
            for again in re.finditer(re.escape(short), text):
                if _LED.search(text, max(0, again.start() - 1), again.start()):
                    yield Alias(*again.span(), next(iter(bodies.values())), "short")


def _is_short(said: str) -> bool:
    """Whether a defined word names the body, and is no role."""
    return said not in among("zh", "roles") and not said.endswith(
        ("方", "人", "合同", "协议", "项目", "系统", "平台", "法", "规定", "办法", "条例")
    )
