"""Whether the words before an ending of Chinese names say which body it is, or only what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from countersight.find.bodies.words import among, places, words
from countersight.text import orgwords

_HAN = "\u3400-\u9fff"
SHORTEST = 2  # characters that say which body it is
RANK = "省市县区州盟旗乡镇村"
RANKED = re.compile(f"特别行政区|地区|自治[区州县]|[{RANK}]")
_ABROAD = re.compile(
    "[a-z0-9]{2,}|英伟达|英特尔|苹果|谷歌|微软|亚马逊|甲骨文|三星|索尼|松下|西门子|博世|安讯士|霍尼韦尔|思科|希捷|西部数据|赛灵思|安霸|高通|联发科|塔里木油田"
)
NATION = re.compile("中国|中共|国家|公安部")


@cache
def place() -> re.Pattern[str]:
    """The places that names of bodies begin with."""
    return re.compile("|".join(places()))


@cache
def placed() -> re.Pattern[str]:
    """What stands before the word of an office: places, levels, or the body above it."""
    above = "中共|国家|中国|全国|最高|中央|自治区|公安部|自治州|兵团|中国人民解放军|武警|国立"
    division = rf"师(?=[{_HAN}]{{2,8}}[市团])"  # of the Production and Construction Corps
    ranks = rf"自治区|自治州|自治县|地区|街道|社区|{division}|团场|市(?![场政民值价])|[{RANK.replace('市', '')}]"
    ranked = rf"[{_HAN}]{{1,6}}?(?:{ranks})"
    return re.compile(f"(?:{above}|{'|'.join(places())}|{ranked})")


@cache
def generic() -> re.Pattern[str]:
    """Words that say what a body is and not which."""
    lists = words("zh")
    known = {*lists["generic"], *lists["institution"], *lists["branch"], *orgwords.trades().han}
    said = "|".join(sorted(known | {*lists["weak"]}, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?:{said}|第[一二三四五六七八九十\d]+|[一二三四五六七八九十\d()\-.·])*")


@dataclass(frozen=True, slots=True)
class Tail:
    """An ending of names where it stands in a text."""

    start: int
    end: int
    word: str
    kind: str


def says_which(core: str, tail: Tail) -> bool:
    """Whether what stands before the tail says which body it is."""
    rest = core[place_end(core) :]
    if core.startswith("公司") or any(form in rest for form in among("zh", "full")):
        return False
    if tail.word in among("zh", "full"):
        return _describes_one(core, rest)
    if is_placed(core):
        return _placed_one(core, rest, tail)
    if tail.kind in {"office", "branch"} or tail.word in among("zh", "needs_place"):
        return False
    if tail.word in _BARE:
        return _bare(core, tail.word)
    return _describes_one(core, rest)


def _describes_one(core: str, rest: str) -> bool:
    """Whether the words of a company say which: a word of its own, or words that only describe after a place."""
    if len(rest) < SHORTEST or rest.endswith("银行"):
        return core in among("zh", "also_words") or (core.endswith("银行") and len(core) > len("银行"))
    return len(rest) < len(core) or generic().fullmatch(rest) is None


def _placed_one(core: str, rest: str, tail: Tail) -> bool:
    """Whether a name that begins with a place or a body above is one."""
    if tail.word in among("zh", "needs_place") and NATION.fullmatch(core[: len(core) - len(rest)] or core[:2]):
        return len(rest) > _LONG or generic().fullmatch(rest) is None
    if rest.startswith(("境内", "境外")) or (core.startswith("全国") and generic().fullmatch(core[2:])):
        return False  # 中华人民共和国境内数据中心: wherever they are
    if tail.kind == "institution" and core[-1] in RANK and (not rest or placed().fullmatch(core)):
        return tail.word not in _NEVER_OF_A_COUNTY or (tail.word == "小学" and core[-1] in "乡镇村")
    if tail.kind in {"office", "institution"}:
        return len(tail.word) > 1 or bool(rest)
    if tail.kind == "branch":
        return tail.word == "供电公司" or rest.endswith(words("zh")["trades"])
    return rest not in _KIN if rest else tail.word == "银行"


_KIN = frozenset(("子", "母", "总", "分", "全资子", "控股子"))  # what a company is to another
_LONG = 5  # characters that only describe, and all the same name a body of the nation
_NEVER_OF_A_COUNTY = frozenset(("大学", "学校", "中学", "小学", "中心"))
_BARE = frozenset(("银行", "公司", "集团"))
_LONGEST_ABROAD = 5  # characters


def _bare(core: str, tail: str) -> bool:
    """Whether a name that only 公司, 集团 or 银行 ends, and no place begins, is one."""
    if tail == "银行":
        return False
    if generic().fullmatch(core):
        return False
    if tail == "公司":
        return _ABROAD.match(core) is not None and len(core) <= _LONGEST_ABROAD
    return not core.endswith(words("zh")["gangs"])


_NOWHERE = frozenset("地州市县区乡镇村街道社师团辖全片园校小城郊各某该本")


def is_placed(core: str) -> bool:
    """Whether a name begins with a place or a body above; levels alone (市, 各地州) are none."""
    found = placed().match(core)
    return found is not None and not (
        set(found[0]) <= _NOWHERE
        or (found[0][-1] in RANK and (found[0][:-1] in among("zh", "generic") or _STREET.fullmatch(found[0][:-1])))
    )


# Before an office that a county's address names.
_STREET = re.compile(".*(?:[路街巷侧旁]|(?:交叉|路|街|巷|岔)口|附近|对面|以[东南西北])")


def place_end(core: str) -> int:
    """Where the places end that a text begins with."""
    at = 0
    while (found := place().match(core, at)) and found.end() > at:
        at = found.end()
        if ranked := RANKED.match(core, at):
            at = ranked.end()
    return at
