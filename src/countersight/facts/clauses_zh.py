"""How long a Chinese contract runs, how long goods are warranted, where it is performed: clauses by their headings.

``第三条 合同期限`` stands on a line of its own; what the first sentence below it says is read. What holds only where
nothing else is agreed is no fact, nor what is still to be filled in, nor a sentence that gives two lengths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from countersight.facts.cues.particulars import LENGTH
from countersight.facts.names import name
from countersight.facts.prose import clue, span_of
from countersight.model import Clue, Page
from countersight.text import terms
from countersight.text.normal import HAN

_NUMBER = (
    r"(?:第[一二三四五六七八九十\d]{1,3}条|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}(?:[.．]\d{1,2}){0,2}[.．、]?)"
)
_OF = (
    r"(?:本|合同|协议|项目|服务|履行|履约|租赁|合作|委托|管理|承包|供货|交货|施工|实施|建设|监理|运维|维护|物业|采购|供应|运营"
    r"|特许经营|技术|工程|的)"
)
_HEAD = re.compile(
    rf"^[ \t　]*{_NUMBER}[ \t　]*(?:(?P<term>{_OF}{{1,4}}(?:期限?|时间|周期|有效期限?)|工期|租期|期限)"
    r"|(?P<warranty>(?:质量)?(?:质保|保修|保证)期限?|缺陷责任期)"
    rf"|(?P<place>{_OF}{{1,3}}(?:地点|场所)))(?:[及、和与]{_OF}{{0,2}}(?:期限?|时间|地点|方式|进度|要求|责任|范围)){{0,2}}"
    r"[ \t　]*$",
    re.MULTILINE,
)
_CLAUSE = 300  # characters below a heading
_NEXT = re.compile(r"\n[ \t　]*(?:第[一二三四五六七八九十\d]{1,3}条|[一二三四五六七八九十]{1,3}、)")
_ITEM = re.compile(rf"[\s　]*(?:{_NUMBER}(?!\s?[年月日个天]))?[\s　]*")
_OPEN = re.compile(r"[_＿□【\[]\s|_{2,}|＿|[×xX]{2,}|另有(?:约定|规定)|以[^。；\n]{1,20}为准|见专用")
_ASIDE = re.compile(
    r"提前|通知|逾期|延长|顺延|续[签约租]|付款|支付|付清|保密|其中|每|以上$|超过$|不可抗力|届满|期满|终止后|[（(][^)）]*$"
)
_AT = re.compile(
    rf"(?:[在于至到]|地点[为是:：]?)\s?(?P<place>[{HAN}A-Za-z0-9（）()—\-、]{{4,40}}?)(?=履行|实施|施工|交[货付]|[，。；\n])"
)


def clues(page: Page) -> Iterator[Clue]:
    """What the clauses of a page that are headed by what they are on say of it."""
    text = page.text
    if "期" not in text and "地点" not in text and "时间" not in text:
        return
    for head in _HEAD.finditer(text):
        field = str(head.lastgroup)
        low = _ITEM.match(text, head.end()).end()  # type: ignore[union-attr]
        following = _NEXT.search(text, head.end(), head.end() + _CLAUSE)
        end = following.start() if following else min(len(text), head.end() + _CLAUSE)
        stop = next((at for mark in "。；" if (at := text.find(mark, low, end)) >= 0), end)
        said = text[low:stop]
        if not said or _OPEN.search(said):
            continue
        if field == "place":
            yield from _place(page, low, stop, head["place"])
        else:
            yield from _length(page, field, (low, stop), head[0].strip())


def _length(page: Page, field: str, at: tuple[int, int], label: str) -> Iterator[Clue]:
    """The one length that a sentence gives, and the days from and to which a term runs."""
    low, stop = at
    found = [
        one
        for one in LENGTH.finditer(page.text, low, stop)
        if not _ASIDE.search(page.text[low : one.start()]) and terms.length(one[0])
    ]
    if len({terms.length(one[0]) for one in found}) == 1:
        yield clue(page, field, found[0].span(), name(found[0][0]), label)
    if field == "term":
        yield from span_of(page, low, stop, label, "prose")


def _place(page: Page, low: int, stop: int, label: str) -> Iterator[Clue]:
    """The place that a sentence says is that of performance."""
    if (found := _AT.search(page.text, low, stop)) and "指定" not in found["place"]:
        yield clue(page, "place", found.span("place"), name(found["place"]), label)
