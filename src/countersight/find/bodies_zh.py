"""Bodies that Chinese text names: found by their endings, walked back to where the name begins.

A name begins after punctuation, after a word that never stands in one (由, 委托, 采购人 …), or with the first of the places
before its ending. What is left must say which body it is: a place, a level or a word of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest

from ahocorasick_rs import AhoCorasick, MatchKind

from countersight.find.bodytext import Alias, Named, places, words
from countersight.text.normal import same_length

_WINDOW = 48  # characters looked back for the beginning of a name
_SHORTEST = 2
_HAN = "\u3400-\u9fff"
_HARD = re.compile(rf"[^{_HAN}a-z0-9·•・()&\-.█]|\d{{2,4}}年|\d月|\d日|█")
_RANK = "省市县区州盟旗乡镇村"
# After these an ending of one character is another word: 部分, 处理, 科技.
_NOT_BEFORE = {
    "部": "分门署件长位队委落级属将下署头族首",
    "处": "理于置罚分以所在长方境罚",
    "科": "技学目研室长创信大幻",
    "局": "部面长域限端势",
    "委": "托员派任书会外办",
    "办": "理公法事学案结证好税案",
    "署": "名理期",
    "厅": "长级堂",
    "委会": "员",
}
_NOT_AFTER = {
    "公司": ("法", "章程", "债", "治理", "股票", "资质", "员工", "股东", "注册"),
    "集团": (")", "化", "军"),
    "中心": ("点", "思想", "机房", "城", "线", "距"),
    "大学": ("生", "堂", "城", "本科"),
    "银行": ("账", "帐", "卡", "保函", "存款", "转账", "汇票", "业", "家", "贷", "资信", "本票", "回单", "流水", "间", "承兑", "利率", "出具", "同期", "及其"),
    "政府": ("采购", "部门", "机关", "网", "投资", "购买", "指导", "引导", "补贴", "出资", "和社会", "付费", "方"),
    "医院": ("感染",),
    "学校": ("园",),
    "法院": ("判",),
    "地铁": ("站", "口", "线"),
    "油田": ("地",),
}
_FULL = ("有限责任公司", "股份有限公司", "有限公司", "有限责任总公司")
_NEEDS_PLACE = frozenset(
    "中心 实验室 学校 中学 小学 幼儿园 职业高中 高级中学 技工学校 医院 卫生院 党校 图书馆 文化馆 博物馆 分站 地铁 研究中心 设计院 规划院 技术院 工程院 监察所 鉴定所 检测所 学院".split()
)
_SAFE_BEFORE = "人力资源 住房 发展 工业 卫生 文化 网络安全 安全 自然资源 共 饱 中 信息 科学 规划 城乡建设 教育 社会".split()
_SINGLE = (
    r"由(?!田)|与(?!警用)|和(?!田|静|硕|平|县|布克|林|记|泰|信|谐|盛|顺|众|创)|及(?!第)|以及|于(?!田|都|洪)|向(?!阳|上|前)|从(?!化|江|云)(?<!云从)|将(?!军|乐)|"
    r"(?<!华)(?<!有)(?<!作)为(?!民|尔|华|峰)|是|(?<!目)的|(?<!自)(?<!实)(?<!潜)在(?!线|途)|给|让|把|被|等|或|至(?!尊|诚|善)|经(?!济|营|贸|开|纬|典|信|纪|理|天)(?<!财经)(?<!神经)|致(?!远|达|力)|称|"
    r"(?<!体)(?<!关)(?<!联)系(?!统|列)|请|即|按|各|某|该|贵|其(?!乃)|(?<!基)(?<!资)本(?!溪|钢|草|地|源|田|来)|我(?!爱|的家)|若(?!羌|尔盖)|及其|并|且(?!末)|但|而|所(?=委)|均|应(?!急|用|县|城)|须|可(?!信|视|口)|在于|致：|第一名|第二名|第三名"
)
_ENGLISH_END = re.compile("[a-z0-9&.\\-]+")
_BRACKET = re.compile(r"\(([^()]*)\)")
_NUMBERED = re.compile(r"(?:\d+(?:\.\d+)*[.、)]|[(]?[一二三四五六七八九十\d]+[)]|[.\-•·&)]|\d+(?=[^\da-z]{4}))+")


@cache
def _tails() -> tuple[AhoCorasick, list[str], dict[str, str]]:
    lists = words("zh")
    kinds = {tail: kind for kind in ("institution", "office", "branch", "company", "known") for tail in lists[kind]}
    tails = sorted(kinds)
    return AhoCorasick(tails, matchkind=MatchKind.LeftmostLongest), tails, kinds


@cache
def _stop() -> re.Pattern[str]:
    starts = "|".join(words("zh")["name_starts"])
    before = "|".join(sorted(words("zh")["before"], key=lambda word: -len(word)))
    keep = "".join(f"(?<!{word})" for word in _SAFE_BEFORE)
    single = _SINGLE.replace("和(?!", f"{keep}和(?!", 1).replace("与(?!", f"{keep}与(?!", 1).replace("及(?!", f"{keep}及(?!", 1)
    weak = "|".join(words("zh")["weak"])
    led = f"(?:{weak})(?:了|的)?(?={'|'.join(places())}|中国|中共|国家|{'|'.join(words('zh')['known'])})"
    return re.compile(f"(?!{starts})(?:{before}|{single}|{led})")


@cache
def _place() -> re.Pattern[str]:
    return re.compile("|".join(places()))


@cache
def _placed() -> re.Pattern[str]:
    """What stands before the word of an office: places, levels, or the body above it."""
    above = "中共|国家|中国|全国|最高|中央|自治区|公安部|自治州|兵团|中国人民解放军"
    ranked = rf"[{_HAN}]{{1,6}}?(?:自治区|自治州|自治县|地区|街道|社区|师|团场|[{_RANK}])"
    return re.compile(f"(?:{above}|{'|'.join(places())}|{ranked})")


@cache
def _generic() -> re.Pattern[str]:
    lists = words("zh")
    said = "|".join(sorted({*lists["generic"], *lists["institution"], *lists["branch"]}, key=lambda word: -len(word)))
    return re.compile(rf"(?:{said}|第[一二三四五六七八九十\d]+|[一二三四五六七八九十\d()\-.·])*")


def find(text: str) -> list[Named]:
    """The bodies that a text names, in order; they do not overlap."""
    plain = same_length(text)
    automaton, tails, kinds = _tails()
    found: list[Named] = []
    for which, start, end in automaton.find_matches_as_indexes(plain):
        tail = tails[which]
        if not _ends(plain, tail, end):
            continue
        last = found[-1] if found else None
        before = found[-2].end if len(found) > 1 else 0
        if last and start < last.end:
            continue
        named = _longer(plain, before, last, start, end, tail, kinds[tail]) if last else None
        if named and last:
            found[-1] = named
        elif named := _alone(plain, last.end if last else 0, start, end, tail, kinds[tail]):
            found.append(named)
    return [_bracketed(plain, one) for one in found]


def _ends(text: str, tail: str, end: int) -> bool:
    """Whether a tail is not the beginning of another word."""
    if len(tail) == 1 or tail == "委会":
        return end >= len(text) or text[end] not in _NOT_BEFORE.get(tail, "")
    return not (tail in _NOT_AFTER and text.startswith(_NOT_AFTER[tail], end))


def _longer(text: str, floor: int, last: Named, start: int, end: int, tail: str, kind: str) -> Named | None:
    """The last name going on to this tail: a branch, an office below an office, a company named after a body."""
    gap = _BRACKET.sub(_if_place, text[last.end : start])
    if len(gap) > 20 or _HARD.search(gap) or "(" in gap or ")" in gap or _stop().search(gap):  # noqa: PLR2004 (characters)
        return None
    full = text.endswith(_FULL, last.start, last.end)
    if kind == "company":
        if full and tail.endswith("公司"):
            return None
        return Named(min(last.start, _begin(text, max(floor, start - _WINDOW), start)), end, "company")
    if kind == "branch" or not full or tail in {"研究所", "研究院", "设计院", "实验室", "研究中心"}:
        if last.kind in {"office", "institution", "known"} and _ranked(gap) and kind == "office":
            return None
        return Named(last.start, end, last.kind if kind == "branch" else kind)
    return None


def _if_place(bracket: re.Match[str]) -> str:
    """Nothing in place of a place in brackets, which may stand inside a name."""
    return "" if _place().match(bracket[1]) else bracket[0]


def _ranked(gap: str) -> bool:
    """Whether what follows a name begins another place: 和田地区财政局 after 和田地区公安局."""
    found = _placed().match(gap)
    return found is not None and found[0][-1] in _RANK and len(found[0]) > 2  # noqa: PLR2004 (characters)


def _alone(text: str, floor: int, start: int, end: int, tail: str, kind: str) -> Named | None:
    """The name that ends with this tail, nothing before ``floor`` being part of it."""
    if kind == "known":
        begin = _begin(text, max(floor, start - 8), start)
        lead = text[begin:start]
        return Named(begin if lead and _place().fullmatch(lead) else start, end, "known")
    begin = _begin(text, max(floor, start - _WINDOW), start)
    core = text[begin:start]
    if _wrapped(text, begin, core, floor):
        begin = _begin(text, max(floor, begin - 1 - _WINDOW), begin - 1)
        core = text[begin:start].replace("\n", "")
    if not core or not _says_which(core, tail, kind):
        return None
    return Named(begin, end, kind)


def _wrapped(text: str, begin: int, core: str, floor: int) -> bool:
    """Whether a name begins on the line before: what stands on this one does not say which body it is."""
    if begin - 2 < floor or text[begin - 1] != "\n" or not "\u3400" <= text[begin - 2] <= "\u9fff":
        return False
    return _generic().fullmatch(core) is not None


def _begin(text: str, low: int, start: int) -> int:
    """Where the name before ``start`` begins, at ``low`` or later."""
    at = low
    for hard in _HARD.finditer(text, low, start):
        at = hard.end()
    at = _after_brackets(text, at, start)
    for stop in _stop().finditer(text, at, start + 4):  # with the first characters of the tail: 建设局
        if stop.end() <= start and not _inside(text, at, stop.start()):
            at = stop.end()
    if numbered := _NUMBERED.match(text, at, start):
        at = numbered.end()
    led = _place().search(text, at + 1, start) if at + 1 < start else None
    return led.start() if led and _generic().fullmatch(text, at, led.start()) and led.end() < start else at


def _inside(text: str, at: int, where: int) -> bool:
    """Whether a place lies in brackets."""
    return text.rfind("(", at, where) > text.rfind(")", at, where)


def _after_brackets(text: str, at: int, start: int) -> int:
    """After brackets that are not part of a name: not closed, opened before it, or of more than a place or a word."""
    opened = text.rfind("(", at, start)
    if opened >= 0 and text.find(")", opened, start) < 0:
        at = opened + 1
    first = text.find(")", at, start)
    if first >= 0 and text.find("(", at, first) < 0:
        at = first + 1
    for bracket in _BRACKET.finditer(text, at, start):
        inside = bracket[1]
        if bracket.start() == at or not (_place().match(inside) or inside in {"集团", "控股", "中国", "有限合伙"}):
            at = bracket.end()
    return at


def _says_which(core: str, tail: str, kind: str) -> bool:
    """Whether what stands before the tail says which body it is."""
    if _is_placed(core) and (kind != "company" or tail not in _FULL):
        rest = core[_place_end(core) :]
        if kind in {"office", "institution"}:
            return len(tail) > 1 or bool(rest)
        return kind != "branch" and bool(rest)
    if kind in {"office", "branch"} or tail in _NEEDS_PLACE:
        return False
    rest = core[_place_end(core) :]
    if core.startswith("中国") and len(rest) > _SHORTEST:
        return True  # 中国联合网络通信有限公司: a nation's one
    return len(rest) >= _SHORTEST and _generic().fullmatch(rest) is None


def _is_placed(core: str) -> bool:
    """Whether a name begins with a place or a body above; levels alone (市, 各地州) are none."""
    found = _placed().match(core)
    return found is not None and not set(found[0]) <= set("地州市县区乡镇村街道社区师团")


def _place_end(core: str) -> int:
    at = 0
    while (found := _place().match(core, at)) and found.end() > at:
        at = found.end()
        if at < len(core) and core[at] in _RANK:
            at += 1
    return at


def _bracketed(text: str, named: Named) -> Named:
    """The name with the place in brackets behind it: 检验中心（上海）."""
    if named.kind in {"institution", "company"} and text.startswith("(", named.end):
        found = _place().match(text, named.end + 1)
        if found and text.startswith(")", found.end()):
            return Named(named.start, found.end() + 1, named.kind)
    return named


_QUOTES = "\"“”'‘’「」『』《》"
_DEFINED = re.compile(
    rf"\s?[(,]\s?(?:(?:以下|下)?(?:简称|称|统称)(?:为|作)?|股票简称)?[:为]?\s?[{_QUOTES}]([^{_QUOTES}()\n,，。]{{2,14}})[{_QUOTES}]"
    rf"|\s?[(,]\s?(?:(?:以下|下)?(?:简称|统称)(?:为|作)?|以下称)[:为]?\s?([{_HAN}a-z0-9]{{2,10}})(?=[),.。、;\s])"
)
_FORMER = re.compile(rf"(?:曾用名|原名|前身(?:为|是)?|原)[:为]?\s?[{_QUOTES}]?\Z")
_RENAMED = re.compile(rf"[\s{_QUOTES}]?[(,]?\s?(?:\d+年)?(?:\d+月)?(?:\d+日)?\s?(?:后?更名(?:为)?|变更为|现名|改名为|曾用名|原名|前身为|前身是)[:为]?\s?[{_QUOTES}]?\Z")


def aliases(text: str, found: list[Named]) -> Iterator[Alias]:
    """Other names that a text ties to those found in it: short names it defines, former names."""
    plain = same_length(text)
    for one, after in zip_longest(found, found[1:]):
        if defined := _DEFINED.match(plain, one.end):
            which = 1 if defined[1] else 2
            if _is_short(defined[which]):
                yield Alias(*defined.span(which), one, "short")
        if after and after.start - one.end < 20 and _RENAMED.match(plain[one.end : after.start]):  # noqa: PLR2004 (characters)
            yield Alias(after.start, after.end, one, "former")


def _is_short(said: str) -> bool:
    """Whether a defined word names the body, and is no role."""
    return said not in words("zh")["roles"] and not said.endswith(("方", "人", "合同", "协议", "项目", "系统", "平台", "法", "规定", "办法", "条例"))
