"""For how much, and with whom: letters of award, orders and agreements that tell it in sentences.

With whom the winner is to sign, buys; an agent writes of what it organised. Sentences say who was awarded what, who
entrusted whom, and what an amount was changed to. What a sentence says of an earlier contract is left out. Who writes
a letter and to whom is told by ``facts.cues.sides``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from countersight.facts.names import chinese, name, names
from countersight.facts.prose import clue, dated, near
from countersight.facts.values import values
from countersight.model import Clue, Money, Page
from countersight.text import money
from countersight.text.normal import HAN, HAN_CHARACTER

_HEAD, _LONG = 1_500, 4_000  # characters of a letter's head, and of a letter
_OFFER = r"(?:bid|offer|tender|proposal|quotation)"
_AWARDS = re.compile(
    rf"\b(?:letter|notification|notice) of (?:award|acceptance|intent)\b|\baccept(?:s|ed|ing|ance of)? your {_OFFER}"
    rf"|\byour {_OFFER}\b[^.]{{0,200}}\b(?:has|have) been (?:accepted|successful|selected|approved)"
    r"|\bplace (?:this|the|an) (?:work |purchase |supply )?order\b"
    r"|\b(?:work|supply|purchase) order\b[^.]{0,80}\bon you\b"
    r"|\bawarded? (?:of )?(?:the|this) (?:contract|work|tender|order) (?:is |has been )?(?:made )?to you\b"
    r"|\byou (?:are|have been) (?:hereby )?(?:awarded|selected)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[;；。，]|\.\s+[A-Z]")  # of what a sentence says of an amount
_NUMBER = re.compile(r"(?:^|\t)\s*(?:Letter |Memo |F\. ?)?(?:No|Ref)\.?\s*:\s*", re.MULTILINE)
_DAY = re.compile(
    r"(?:^|\t| {2}|(?<=[\d)])\s)\s*(?:Date|Dated|DATE|DATED|Dt)\b\.?\s*:?\s*(?=\d|[A-Z][a-z]{2})", re.MULTILINE
)
_SUM = re.compile(
    r"\b(?:at|for|in|is)\s(?:a|the|your)\s(?:total\s|tender\s|bid\s|offered\s|quoted\s|accepted\s|agreed\s|contract\s|all-inclusive\s)*(?:sum|amount|price|value|cost"
    r"|consideration)\s(?:of\s)?(?=[^.;\n]{0,40}\d|(?:[A-Z][a-z]+\s){0,3}[A-Z])"
)
_GUARD = re.compile(
    r"\b(?:security|guarantee|bonds?|deposit|retention|emd|damages|penalt\w+|insurance|option|advance|per\s\w+)\b[^.]*$",
    re.IGNORECASE,
)
_REVISED = re.compile(
    r"\b(?:amount|price|value|sum|ceiling|total)\b[^;\n]{0,60}?\b(?:is|are|was|been|be)\s(?:hereby\s)?(?:increased|decreased"
    r"|reduced|changed|revised|amended|modified|adjusted)\b[^;\n]{0,80}?\bto\s(?=[A-Z]{0,3}[$€£]|[A-Z]{3}\s?\d)"
)
_TOTAL = re.compile(r"\b(?:total|sum|price|value)\b[^\n]*\n?\s*\(?$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"^\s*(?:Contract|Agreement|Purchase Order|Work Order|Order)\s(?:No\.?\s)?"
    r"(?P<number>(?=[A-Z/.-]*\d)[A-Z0-9][A-Z0-9/.-]{4,30})"
    r"\s*\|(?:\s*(?P<owner>[^|\n]{6,80}?)\s*\|)?",
    re.MULTILINE,
)
_ZH_AWARD = re.compile(r"(?:中\s*标|成\s*交|中\s*选|入\s*围)\s*通\s*知\s*书")
_NAME = rf"[{HAN}A-Za-z0-9（）()·]{{4,40}}?"
_SIGNS_WITH = re.compile(rf"[与同和到](?P<buyer>(?![^签订洽]*[与到]){_NAME})(?=签[订署](?![的了过])|订立|洽[谈商])")
_OWN = re.compile(r"我(?:公司|司|中心)(?:受托|代理|组织|接受|受)|我(?:公司|司)组织")
_ENTRUSTED = re.compile(
    rf"(?:^|\n|。)\s*(?P<buyer>{_NAME})(?:（[^（）]*）)?(?:为[^。；\n]{{2,40}}?，)?(?:经[^。；\n]{{2,30}}?，)?(?:现|特|决定|拟)*委托"
    rf"(?P<supplier>{_NAME})(?:（[^（）]*）)?(?:负责|承担|进行)?(?:开发|研制|研发|设计|建设|承建|施工|维护|运维|制作|生产|安装)"
    rf"(?!招标|采购)(?P<title>[{HAN}A-Za-z0-9“”（）]{{4,50}})"
)
_CHOSEN = re.compile(
    rf"(?:确定|选定|评定)(?P<supplier>{_NAME})(?=为[^，。；\n]{{0,14}}(?:中标|成交|中选|供应商|承包|承办))"
)
_AGREED = re.compile(
    r"双方[^。；\n]{0,10}于(?P<date>(?:公元)?[^，。；\n于]{6,20}?日)[^。；\n]{0,24}?(?:协商一致|(?:签[订署]|订立|达成)(?:本|如下|以下))"
)
_SUMMED = re.compile(
    r"(?<![\u4e00-\u9fff]{8})(?:开发|研制|合同|工程|服务|维护|建设|设计|采购|项目|全部)?(?:费用|价款|经费|报酬|货款|款项)"
    r"(?:总计|共计|合计|总额)(?=人民币|[¥￥]|\d|[零壹贰叁肆伍陆柒捌玖])"
)
_SEALED = re.compile(
    r"(?:甲\s*方|委托人|发包人|买\s*方|采购人|需\s*方)[^\n]{0,20}[（(](?:盖?章|公章|签[章字]|盖公章)[^\n]*(?:\n[^\n]*){0,6}\Z"
)
_LAST = re.compile(
    r"\n[\s　]*(?P<date>[12二][0-9〇○零一二三四五六七八九]{3}\s?年[^\n]{1,6}月\s?[^\n]{1,4}日)\s*"
    r"(?P<rest>(?:(?:抄送|抄报|附|联系|地址|主题词|- ?\d+ ?-)[^\n]*\s*)*)\Z"
)


def clues(page: Page) -> Iterator[Clue]:
    """What the sentences of letters and agreements say of sides, sums and days."""
    text = page.text
    if HAN_CHARACTER.search(text):
        yield from _chinese(page)
    if page.number == 1 and (head := _NUMBERED.search(text, 0, _HEAD)):
        yield clue(page, "contract_no", head.span("number"), head["number"], "running head#1")
        yield from _named(page, "buyer", head.span("owner"), "running head#5")
    if page.number == 1 and _may_award(text) and _AWARDS.search(text, 0, _LONG):
        yield from _letter(page)
    for match in near(
        text, ("creased", "educed", "hanged", "evised", "mended", "odified", "djusted"), _REVISED, 90, 100
    ):
        yield from _amount(page, match.end(), "changed to", "ceiling" if "exceed" in match[0] else "value")
    yield from _worded(page)


def _may_award(text: str) -> bool:
    return any(word in text for word in ("ccept", "ward", "WARD", "ACCEPT", "rder on you", "work order", "place th"))


def _letter(page: Page) -> Iterator[Clue]:
    """For how much a letter of award is, when it was written and under what number."""
    text = page.text
    for match in _SUM.finditer(text, 0, _LONG):
        if not _GUARD.search(_sentence(text, match.start())):
            yield from _amount(page, match.end(), "letter")
    if number := _NUMBER.search(text, 0, _HEAD):
        for _, low, high, value in values("reference", text, number.end(), _line_end(text, number.end())):
            yield clue(page, "reference", (low, high), value, "letter#1")
    if day := _DAY.search(text, 0, _HEAD):
        yield from dated(page, "award", (day.end(), day.end() + 24), "letter")


def _chinese(page: Page) -> Iterator[Clue]:
    text = page.text
    if page.number == 1 and _ZH_AWARD.search(text, 0, _HEAD):
        yield from _notified(page)
    for match in near(text, ("委托",), _ENTRUSTED, 90, 100):
        for role in ("buyer", "supplier"):
            yield from _named(page, role, match.span(role), "委托")
        yield clue(page, "title", match.span("title"), name(match["title"]), "委托…开发#4")
    for match in near(text, ("确定", "选定", "评定"), _CHOSEN, 0, 70):
        yield from _named(page, "supplier", match.span("supplier"), "确定为")
    for match in near(text, ("双方",), _AGREED, 0, 60):
        yield from dated(page, "signed", match.span("date"), "双方于")
    for match in near(text, ("总计", "共计", "合计", "总额"), _SUMMED, 10, 20):
        yield from _amount(page, match.end(), f"{match[0]}")
    if (last := _LAST.search(text[-_HEAD:])) and _SEALED.search(text[-_HEAD:][: last.start()]):
        start = max(len(text) - _HEAD, 0)
        yield from dated(page, "signed", (start + last.start("date"), start + last.end("date")), "落款#2")


def _notified(page: Page) -> Iterator[Clue]:
    """With whom the winner is to sign; the agent that signs a letter on what it organised, and its day."""
    text = page.text
    for match in near(text, ("签订", "签署", "订立", "洽谈", "洽商"), _SIGNS_WITH, 44, 4):
        yield from _named(page, "buyer", match.span("buyer"), "与…签订")
    if last := _LAST.search(text):
        yield from dated(page, "award", last.span("date"), "落款")
        above = text.rfind("\n", 0, last.start()) + 1
        if _OWN.search(text):
            yield from _named(page, "agent", (above, last.start()), "落款#1")


def _worded(page: Page) -> Iterator[Clue]:
    """A total that is given in words behind its row: (Rupees Sixty Three Lakh … only)."""
    if "nly" in page.text or "ONLY" in page.text:
        for one in money.in_words(page.text):
            before = page.text[max(0, one.start - 120) : one.start]
            if one.currency and _TOTAL.search(before) and not _GUARD.search(before):
                value = money.written(Money(one.amount, one.currency, None))
                yield clue(page, "value", (one.start, one.end), value, "total in words#1")


def _amount(page: Page, start: int, label: str, what: str = "value") -> Iterator[Clue]:
    """The amount that a sentence goes on with."""
    text = page.text
    end = _ENDS.search(text, start, start + 160)
    stop = end.start() if end else min(len(text), start + 160)
    for field, low, high, value in values(what, text, start, stop):
        if low - start < 20:  # noqa: PLR2004 (RMB, or a currency in words)
            yield clue(page, field, (low, high), value, label)


def _named(page: Page, role: str, at: tuple[int, int], label: str) -> Iterator[Clue]:
    """The body that a stretch of a sentence is the name of."""
    if at[0] >= 0:
        text = page.text
        read = chinese(text, *at) if re.search(f"[{HAN}]", text[slice(*at)]) else next(names(text, *at), None)
        if read and (" " in text[slice(*read)] or not text[slice(*read)].isascii()):
            yield clue(page, role, read, name(text[slice(*read)]), label)


def _sentence(text: str, at: int) -> str:
    """The sentence up to a place."""
    return re.split(r"\.\s+(?=[A-Z])|[。;]", text[max(0, at - 160) : at])[-1]


def _line_end(text: str, start: int) -> int:
    return min((at for mark in "\n\t" if (at := text.find(mark, start)) >= 0), default=len(text))
