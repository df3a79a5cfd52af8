"""Bodies that Chinese text names: found by their endings, walked back to where the name begins.

A name begins after punctuation, after a word that never stands in one (由, 委托, 采购人 …), or with the first of the
places before its ending. What is left must say which body it is: a place, a level or a word of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from countersight.find.bodies.free_zh import MODEL, stands_free
from countersight.find.bodies.which_zh import (
    NATION,
    RANK,
    SHORTEST,
    Tail,
    generic,
    is_placed,
    place,
    place_end,
    placed,
    says_which,
)
from countersight.find.bodies.words import Named, among, places, without_brands, words
from countersight.text import orgwords
from countersight.text.normal import same_length

_WINDOW = 48  # characters looked back for the beginning of a name
_HAN = "\u3400-\u9fff"
_HARD = re.compile(rf"[^{_HAN}a-z0-9·•・()&\-.█]|\d{{2,4}}年|\d月|\d日|\d[号楼层室栋幢]|█")
# An ending of one character is one where a word follows that is not part of another: 公安部等, not 部分, 处理, 科技.
_FOLLOWS = (
    "与和及的向将在对为由等印发有按应可已拟以负组要关承主申出提会同是于信从给实使牵认决接到收回邮并须副党局指交国责转"
)
_NOT_BEHIND = {
    "部": "乐全内外底顶上下东西南北头面尾大干根腹胸背腰颈腿臂脸眼胯细",
    "处": "到之好用益坏深远何此随四各该出住惩查",
    "委": "原推编部",
    "局": "布格结开当时大棋残僵骗",
    "厅": "大客餐展前业票歌舞",
    "办": "主承举协经代督创开筹申补兴",
    "科": "学百本专学",
    "署": "签部连",
}
_NOT_AFTER = {
    "公司": ("法", "章程", "债", "治理", "股票", "资质", "员工", "股东", "注册"),
    "集团": (")", "化", "军"),
    "中心": ("点", "思想", "机房", "城", "线", "距"),
    "大学": ("生", "堂", "城", "本科", "校"),
    "银行": (
        "账",
        "帐",
        "卡",
        "保函",
        "存款",
        "转账",
        "汇票",
        "业",
        "家",
        "贷",
        "资信",
        "本票",
        "回单",
        "流水",
        "间",
        "承兑",
        "利率",
        "出具",
        "同期",
        "及其",
    ),
    "党委": ("委", "书", "副", "成", "常", "班"),
    "政府": ("采购", "部门", "机关", "网", "投资", "购买", "指导", "引导", "补贴", "出资", "和社会", "付费", "方"),
    "医院": ("感染",),
    "学校": ("园",),
    "法院": ("判",),
    "地铁": ("站", "口", "线"),
    "油田": ("地",),
}
_SINGLE = (
    r"由(?!田)|与(?!警用)|和(?!田|静|硕|平|县|布克|林|记|泰|信|谐|盛|顺|众|创)|及(?!第)|以及|于(?!田|都|洪)|向(?!阳|上|前)|从(?!化|江|云)(?<!云从)|将(?!军|乐)|"
    r"(?<!华)(?<!有)(?<!作)为(?!民|尔|华|峰)|是|(?<!目)的|(?<!自)(?<!实)(?<!潜)在(?!线|途)|给|让|把|被|等|或|至(?!尊|诚|善)|经(?!济|营|贸|开|纬|典|信|纪|理|天)(?<!财经)(?<!神经)|致(?!远|达|力)|称(?!多)|"
    r"(?<!体)(?<!关)(?<!联)系(?!统|列)|请|即|按|各|某|该|贵方?|其(?!乃)|(?<!基)(?<!资)本(?!溪|钢|草|地|源|田|来)|占(?!美)|对(?!外|冲|接|讲|口|开|公)|指(?!挥|南|定|标|纹|导)|我(?!爱|的家)方?|若(?!羌|尔盖)|及其|并|且(?!末)|但|而|所(?=委)|均|应(?!急|用|县|城)|须|可(?!信|视|口|克达拉)|在于|致：|第一名|第二名|第三名"
)
_ENGLISH_END = re.compile("[a-z0-9&.\\-]+")
_ACTED = re.compile(
    "(?:采购(?!中心|招标|集团|管理|服务|代理)|安装(?!工程)|支付|交付|提供|设立|访问|考察|购置|引入|对接)(?=[\u3400-\u9fff]{4})"
)
_BRACKET = re.compile(r"\(([^()]*)\)")
_NUMBERED = re.compile(r"(?:\d+(?:\.\d+)*[.、)]|[(]?[一二三四五六七八九十\d]+[)]|年|[.\-•·&)]|\d+(?=[^\da-z]{4}))+")


@cache
def _tails() -> tuple[AhoCorasick, list[str], dict[str, str]]:
    lists = words("zh")
    kinds = {tail: kind for kind in ("institution", "office", "branch", "company", "known") for tail in lists[kind]}
    kinds |= dict.fromkeys(lists["world"], "known") | {brief: kinds.get(brief, "brief") for brief in lists["brief"]}
    tails = sorted(kinds)
    return AhoCorasick(tails, matchkind=MatchKind.LeftmostLongest), tails, kinds


@cache
def _single() -> re.Pattern[str]:
    keep = "".join(f"(?<!{word})" for word in among("zh", "safe_before"))
    single = _SINGLE
    for character in "和与及":
        single = single.replace(f"{character}(?!", f"{keep}{character}(?!", 1)
    return re.compile(single)


_FIRST = re.compile(
    "[占对指由与和及以于向从将为是的在给让把被等或至经致称系请即按各某该贵其本我若并且但而所均应须可第]"
)


@cache
def _automaton(of: str) -> tuple[AhoCorasick, tuple[str, ...]]:
    """The words before names, those of weak ones that must stand before a place, or the places."""
    said = places() if of == "places" else words("zh")[of]
    return AhoCorasick(list(said), matchkind=MatchKind.LeftmostLongest), said


def _stop(text: str) -> int | None:
    """Where the last word that stands before names ends in a text, its last characters being of the tail: 建设|局."""
    last = None
    for _, start, end in _automaton("before")[0].find_matches_as_indexes(text):
        if not _keeps(text, start) and not _inside(text, 0, start):
            last = end
    for first in _FIRST.finditer(text, last or 0):
        stop = _single().match(text, first.start())
        begins = stop and (_keeps(text, first.start()) or place().match(text, first.start()))  # 贵阳, 即墨
        if stop and not begins and not _ties(text, *stop.span()):
            last = stop.end() if not _inside(text, 0, first.start()) else last
    for _, start, end in _automaton("weak")[0].find_matches_as_indexes(text[last or 0 :]):
        at = (last or 0) + end
        if (place().match(text, at) or NATION.match(text, at)) and not _keeps(text, at - end + start):
            last = at
            break
    return last


_NATIONAL = re.compile("(?<![(])(?:中国|中共|国家|公安部)")


def _ties(text: str, start: int, end: int) -> bool:
    """Whether "and" stands between two words of what one body does: 软件与技术服务."""
    trades = orgwords.trades().han
    return text[start:end] in {"与", "和", "及"} and text[start - 2 : start] in trades and text[end : end + 2] in trades


def _keeps(text: str, at: int) -> bool:
    return text.startswith(words("zh")["name_starts"], at)


def _found(text: str) -> Iterator[Tail]:
    automaton, tails, kinds = _tails()
    for which, start, end in automaton.find_matches_as_indexes(text):
        if _ends(text, tails[which], end):
            yield Tail(start, end, tails[which], kinds[tails[which]])


def find(text: str) -> list[Named]:
    """The bodies that a text names, in order; they do not overlap."""
    plain = _SET_APART.sub(lambda one: one[0].replace(" ", "·") if _is_own(one[1]) else one[0], same_length(text))
    found: list[Named] = []
    for tail in _found(plain):
        last = found[-1] if found else None
        if last and tail.start < last.end:
            continue
        if last and _goes_on(plain, last, tail):
            floor = found[-2].end if len(found) > 1 else 0
            found[-1] = _longer(plain, floor, last, tail)
        elif named := _alone(plain, last.end if last else 0, tail):
            found.append(named)
    return [Named(one.start, _bracketed(plain, one), one.kind) for one in without_brands(text, found)]


_SET_APART = re.compile(rf"(?<=[{_HAN}]) ?\(([{_HAN}]{{2,8}})\) ?(?=[{_HAN}])")  # 某某科技 (香港) 有限公司


def _is_own(inside: str) -> bool:
    """Whether what stands in brackets may be part of a name: a place, or a word that names have there."""
    return inside in _INSIDE or place_end(inside) == len(inside)


def _ends(text: str, tail: str, end: int) -> bool:
    """Whether a tail is not the beginning of another word."""
    if len(tail) == 1:
        if text[end - 2 : end - 1] in _NOT_BEHIND.get(tail, "") or end < 2:  # noqa: PLR2004 (with one character before it)
            return False
        after = text[end : end + 1]
        if tail in "局厅":
            return after not in "部面长域限端势级堂" or not after
        return not "\u3400" <= after <= "\u9fff" or after in _FOLLOWS
    if tail[-1] == "部" and text.startswith("门", end):
        return False
    if tail == "小学" and text[end - 3 : end - 2] == "中":
        return False
    return not (tail in _NOT_AFTER and text[end : end + _AFTER].replace(" ", "").startswith(_NOT_AFTER[tail]))


_AFTER = 6  # characters looked at behind a tail, those of a layout's spaces included


def _goes_on(text: str, last: Named, tail: Tail) -> bool:
    """Whether a name goes on to this tail: a branch, an office below an office, a company named after a body."""
    gap = _BRACKET.sub(_if_place, text[last.end : tail.start])
    if "\n" in gap and _broken(gap, tail):
        gap = gap.replace("\n", "")
    if len(gap) > _GAP or _HARD.search(gap) or _FILE.search(gap) or "(" in gap or ")" in gap or _stop(gap) is not None:
        return False
    if tail.kind == "branch":
        return True
    part = text.endswith(words("zh")["branches"], last.start, last.end)
    if part or tail.kind in {"known", "brief"} or NATION.match(gap):
        return False
    full = text.endswith(words("zh")["full"], last.start, last.end)
    if tail.kind == "company":
        own = tail.word == "公司" and place_end(gap) > 0  # 有限公司新疆电力公司
        return (own or not (full and tail.word.endswith("公司"))) and not (tail.word == "银行" and gap in _ACCOUNTS)
    if full:
        return tail.word in _INSIDE_COMPANIES
    unit = tail.word in _UNITS and text[last.end - 1] == "局"
    return unit or not (tail.kind == "office" and last.kind != "company" and _ranked(gap))


_UNITS = frozenset(("总队", "支队", "大队", "中队", "派出所", "交警支队", "看守所"))


def _broken(gap: str, tail: Tail) -> bool:
    """Whether a name goes on over the end of a line: amid its words, or to a unit of it that is not placed."""
    before, _, after = gap.partition("\n")
    if "\n" in after or not generic().fullmatch(after) or (after and placed().match(after)):
        return False
    return bool(before) or tail.word in _UNITS or tail.kind == "branch"


_FILE = re.compile(r"\d{3}")  # of a reference number, which stands in no name
_GAP = 20  # characters between the parts of one name
_ACCOUNTS = frozenset(("开户", "收款", "付款", "代理"))
_INSIDE_COMPANIES = frozenset(("研究所", "研究院", "设计院", "实验室", "研究中心"))


def _longer(text: str, floor: int, last: Named, tail: Tail) -> Named:
    """The last name going on to this tail; nothing before ``floor`` is part of it."""
    if tail.kind == "company":
        begin = _begin(text, max(floor, tail.start - _WINDOW), tail.start)
        return Named(min(last.start, begin), tail.end, "company")
    return Named(last.start, tail.end, last.kind if tail.kind == "branch" else tail.kind)


def _if_place(bracket: re.Match[str]) -> str:
    """Nothing in place of a place in brackets, which may stand inside a name."""
    return "" if bracket[1] in _PARTNERS or place().match(bracket[1]) else bracket[0]


def _ranked(gap: str) -> bool:
    """Whether what follows a name begins another place: 和田地区财政局 after 和田地区公安局."""
    at = place_end(gap)
    found = placed().match(gap)
    end = at or (found.end() if found else 0)
    return end > SHORTEST and gap[end - 1] in RANK


def _alone(text: str, floor: int, tail: Tail) -> Named | None:
    """The name that ends with this tail, nothing before ``floor`` being part of it."""
    start = tail.start
    if tail.kind in {"known", "brief"}:
        begin = _begin(text, max(floor, start - _LEAD), start)
        begin = begin if place_end(text[begin:start]) == start - begin else start
        goods = MODEL.match(text, tail.end) if tail.kind == "known" else not stands_free(text, begin, tail.end)
        return None if goods else Named(begin, tail.end, "known")
    begin = _begin(text, max(floor, start - _WINDOW), start)
    core = text[begin:start]
    if text[begin - 1 : begin] == "某":
        return None  # 某科技有限公司: nobody is named
    if edge := _wrapped(text, begin, core, floor):
        begin = _begin(text, max(floor, edge - _WINDOW), edge)
        core = "".join(text[begin:start].split())
    if not _BRACKET.sub("", core).strip("·"):
        return None
    if tail.word == "集团" and len(core) <= _SHORT_GROUP and not stands_free(text, begin, tail.end):
        return None
    return Named(begin, tail.end, tail.kind) if core and says_which(core, tail) else None


_SHORT_GROUP = 3  # characters of a name that only 集团 ends: it counts where nothing else touches it


_LEAD = 8  # characters of a place before a known name


def _wrapped(text: str, begin: int, core: str, floor: int) -> int:
    """The end of the line before that a name begins on: what stands on this one does not say which body it is.

    In prose, whose lines are full, it need only not begin with a place. 0 where the name begins here.
    """
    edge = begin - 1
    if edge < 0 or text[edge] != "\n":
        return 0
    while edge > floor and text[edge - 1] == " ":
        edge -= 1
    if edge - 1 < floor or not "\u3400" <= text[edge - 1] <= "\u9fff":
        return 0
    full = edge - text.rfind("\n", 0, edge) > _FULL and not is_placed(core)
    return edge if full or generic().fullmatch(core) or _split_place(text, begin, edge) else 0


_FULL = 34  # characters of a line of prose


def _split_place(text: str, begin: int, end: int) -> bool:
    """Whether a place stands over the end of a line at ``end`` and the beginning of the next: 图木舒|克市."""
    low = max(0, end - _LONGEST_PLACE)
    joined, edge = text[low:end] + text[begin : begin + _LONGEST_PLACE], end - low
    return any(start < edge < end for _, start, end in _automaton("places")[0].find_matches_as_indexes(joined))


_LONGEST_PLACE = 8  # characters


def _begin(text: str, low: int, start: int) -> int:
    """Where the name before ``start`` begins, at ``low`` or later."""
    at = low
    for hard in _HARD.finditer(text, low, start):
        at = hard.end()
    at = _after_brackets(text, at, start)
    if stop := _stop_before(text, at, start):
        at = stop
    if acted := _ACTED.match(text, at, start):
        at = acted.end()
    if numbered := _NUMBERED.match(text, at, start):
        at = numbered.end()
    return _anchored(text, at, start)


def _anchored(text: str, at: int, start: int) -> int:
    """Where the first place or nation before ``start`` begins, unless the words before it may begin a name."""
    if NATION.match(text, at) or place().match(text, at) or text.startswith(words("zh")["before_places"], at):
        return at
    found = [at + where for _, where, _ in _automaton("places")[0].find_matches_as_indexes(text[at:start])]
    if (ranked := placed().match(text, at, start)) and ranked.end() in found:
        return at
    if text[at:start].isascii() or text[at : at + 2].isascii():
        return at
    nation = _NATIONAL.search(text, at, start)
    led = [one for one in found if _strong(text, one)] + ([nation.start()] if nation else [])
    return min(led, default=at)


def _strong(text: str, at: int) -> bool:
    """Whether a place is one beyond doubt: with its rank, or a name that is no other word."""
    found = place().match(text, at)
    return found is not None and (
        text[found.end()] in RANK or (found[0] not in among("zh", "also_words") and text[at - 1] not in "(大新中")
    )


def _stop_before(text: str, at: int, start: int) -> int | None:
    """Where the last word that stands before names ends between ``at`` and ``start``."""
    window = text[at : start + 4]
    while (stop := _stop(window)) is not None:
        if stop <= start - at:
            return at + stop
        window = window[: stop - 1]  # it is part of the tail
    return None


def _inside(text: str, at: int, where: int) -> bool:
    """Whether a place lies in brackets."""
    return text.rfind("(", at, where) > text.rfind(")", at, where)


_INSIDE = frozenset(("集团", "控股", "中国", "国际", "國際", "有限合伙", "开发区", "园区", "新区", "工业园", "保税区"))


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
        if bracket.start() == at or not (place().match(inside) or inside in _INSIDE):
            at = bracket.end()
    return at


_PARTNERS = ("特殊普通合伙", "普通合伙", "有限合伙", "集团", "控股", "总部")


def _bracketed(text: str, named: Named) -> int:
    """Where the name ends with what is its own in brackets behind it: 检验中心（上海）, 事务所（特殊普通合伙）."""
    if named.kind in {"institution", "company"} and text.startswith("(", named.end):
        inside = named.end + 1
        found = place().match(text, inside)
        end = found.end() if found else inside + next((len(o) for o in _PARTNERS if text.startswith(o, inside)), 0)
        if end > inside and text.startswith(")", end):
            return end + 1
    return named.end
