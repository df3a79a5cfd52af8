"""What stands beside a label, in its normal form: names, references, amounts, dates, words. Blanks give nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from countersight.facts.names import name, names
from countersight.facts.procedures import WAY
from countersight.model import DateSpan, Money
from countersight.text import money, terms
from countersight.text.dates import settled
from countersight.text.normal import HAN, HAN_CHARACTER, flatten

Found = tuple[str, int, int, str]
"""A field, the range that says it, and its value in normal form."""

NAMES = frozenset({"buyer", "agent", "supplier", "leader", "member", "party_a", "party_b", "recipient"})
MONEY = frozenset({"value", "budget", "ceiling"})
DATES = frozenset({"published", "tender", "closing", "award", "signed", "start", "end", "document"})
REFERENCES = frozenset({"reference", "contract_no", "notice_no"})
BLANK = "blank"
"""The field of a clue that a label of a party or a number stands before nothing but room to write."""

_FOLD = str.maketrans("０１２３４５６７８９－（）／［］．：　", "0123456789-()/[].: ")
_TOKEN = re.compile(
    rf"(?:[A-Z]{{1,8}}\s)?(?:[A-Za-zÀ-ſ0-9{HAN}〔〕\[\]【】()/\\_.#&+–—:-]|(?<=[A-Za-z0-9)\]-])\s(?=[第(\[])|(?<=-)\n)*\d"
    rf"(?:[A-Za-zÀ-ſ0-9{HAN}〔〕\[\]【】()/\\_.#&+–—-]|\n(?=-\d)|(?<=\d-)\n(?=\d))*"
)
_RUN_ON = re.compile(rf"[.．](?=[{HAN}]{{3}})|(?<=\d)(?=[{HAN}]{{6}})")  # where a number goes over into the next words
_NO_REFERENCE = re.compile(
    r"^\d{4}[年./-]\d{1,2}(?:[月./-]\d{1,2}日?)?$|^\d{1,2}:\d\d|^第?[一二三四五六七八九十\d]+[章节条页包]$|^\d{1,5}$"
    r"|^[\d.,]+(?:万元|元|%)|[年月天]$|^\d+(?:个|家|份)|^[(（]?\d{1,2}[)）]?(?:[(（]\w{1,2}[)）])?$"
)
_MOBILE = re.compile(r"1\d{10}")  # also the form of numbers where no mobile telephone has it
_TELEPHONE = re.compile(r"\+?\d{3,4}-\d{7,8}")  # also the form of numbers of tenders of some agents
_NUMBER_WORD = re.compile(r"^(?:(?:number|no|nr|ref)(?:\.|(?![\w/-]))|#|编号|第)\s*[:：]?\s*", re.IGNORECASE)
_BLANK = re.compile(r"_{2,}|＿|\.{4,}|…{2,}|□|【\s*】|\[\s*\]|\(\s*\)|（\s*）|X{3,}|×{2,}|x{4,}|\*{3,}")
_AGAIN = re.compile(r"(?:合同)?(?:履[约行]|服务|供货|质保|资金)?(?:期限?|来源)(?:[:：]|为(?=[^期]{2}))\s?")
_LENGTH = re.compile(
    r"\d|[一二两三四五六七八九十半壹贰叁肆伍陆柒捌玖拾]\s?(?:个|年|月|日|天|周|季|学)|[至止前]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty|thirty|sixty|ninety|year|month|week|day|immediate|until)",
    re.IGNORECASE,
)  # what says how long or until when
_SLOT = re.compile(r"\s*(?:\[[^\]]*\]|【[^】]*】|<[^>]*>|\{[^}]*\})[。.；;]?\s*")  # where a program was to put a value
_EMPTY = re.compile(r"[\s　/\\—–_.…年月日元无-]*")
_BLANK_ALL = re.compile(rf"(?:{_EMPTY.pattern})$")
_SHORTEST = 4  # characters of a title
_SAID_ELSEWHERE = re.compile(
    r"^(?:详?见|按|参见|同上|另行|待定|如有|根据|as (?:per|set out|specified|stated)|see\b|refer|to be|tbc|tbd"
    r"|n/?a\b|none)",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:项目|采购|服务|响应|投标|招标|技术|商务|合同)?(?:内容|备注|说明|要求|响应|名称|单位|数量|规格|型号|单价|偏离|情况|编号|序号|描述|人|方式|时间|地点)"
    r"|满足|合格|无偏离|响应.*|[系是]?指.*|qty|quantity|remarks?|description|unit|amount|notes?|yes|no|not"
    r" applicable|date|name|\W*",
    re.IGNORECASE | re.DOTALL,
)  # what stands in a column or form instead of a value
_NO_FUND = re.compile(r"或|\b(?:no|net) (?:change|increase|decrease)|见", re.IGNORECASE)  # what may be is not what is
_POSITION = re.compile(
    r"president|director|officer|manager|chief|secretary|partner|member|counsel|chair|treasurer|\b(?:c[efo]o|svp|evp|vp|sevp)\b",
    re.IGNORECASE,
)  # what a signature has after “Title:”
_NEXT = re.compile(
    r"\s+(?=[^\s:：]{2,14}[:：])|\s+(?=[一二三四五六七八九十]{1,3}、)|(?<=\S)-{3,}"
    r"|\s+(?=(?:Reference|Contract|Tender|Project|Lot|Date)\b[\w ]{0,16}:)"
)
_RATE = re.compile(r"\s?(?:/(?!-)|／|每|per\b|a (?:year|month)|annually|起$|以上|以下|以内)|[(（]?\s?每", re.IGNORECASE)
_PARTS = re.compile(
    r"其中|税额|税金|不含税|税率|大写|小写|of which|vat|tax|including|excluding|in words|节约|下浮|质保金|暂列",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"(?:合计|共计|总计|总额|total)[^\d]{0,10}$", re.IGNORECASE)
_LEAST = re.compile(
    r"(?:不少于|不低于|不超过|不高于|至少|超过|大于|小于|低于|高于|at least|not less than|exceed\w*|up to"
    r"|minimum|more than)\s*(?:人民币)?$",
    re.IGNORECASE,
)
_LONGEST = {
    "title": 160,
    "method": 120,
    "term": 160,
    "warranty": 200,
    "place": 120,
    "funding": 80,
    "model": 120,
    "option": 200,
    "region": 40,
}
_DOES = re.compile(r"\b(?:shall|should|must|will|may|is|are)\b")
_CLAUSE = re.compile(r"[，,](?=\D{6})")
_ITEM = re.compile(r"[（(]?\d{1,2}[)）.、]\s*(?=\D)")
_SENTENCE = re.compile(r"[。；;\n\t]|\.\s(?=[A-Z])")


_APART = re.compile(r"[\s.,，、·“”\"'’（）()\-—–_/]+")


def key_of(value: str) -> str:
    """The form in which names, numbers and words are the same."""
    return _APART.sub("", flatten(value))


def values(field: str, text: str, start: int, end: int, unit: str = "") -> Iterator[Found]:
    """What ``[start, end)`` says of a field; ``unit`` is what the label's brackets say."""
    held = text[start:end]
    if _EMPTY.fullmatch(held):
        return
    for kind, read in _READ:
        if field in kind:
            yield from read(field, text, start, end, unit)
            return
    yield from _words(field, text, start, end, unit)


def _names(field: str, text: str, start: int, end: int, unit: str) -> Iterator[Found]:
    del unit
    for low, high in names(text, start, end):
        yield field, low, high, name(text[low:high])


_TWO = re.compile(r"\S*\d\S*(?=\s/\s+\S*\d)")  # of two numbers, each of its own, the first


def _reference(field: str, text: str, start: int, end: int, unit: str) -> Iterator[Found]:
    del unit
    held = text[start:end].translate(_FOLD)
    lead = len(held) - len(held.lstrip())
    if number := _NUMBER_WORD.match(held, lead):
        lead = number.end() if number[0] != "第" else lead
    if two := _TWO.match(held, lead):
        held = held[: two.end()]
    found = _TOKEN.match(held, lead)
    if found and found[0][-1] in "-—–_" and not found[0].endswith("--"):
        return  # a number that was to be gone on with
    if not found or _BLANK.search(found[0]) or "█" in held[: found.end() + 1]:
        return
    token = _balanced(found[0].rstrip(".:-—–,;)（(】") if not _opens(found[0]) else found[0].rstrip(".:-—–,;"))
    if _TELEPHONE.fullmatch(token) and not text[:start].rstrip(" \t:：│|").endswith("号"):
        return
    if len(token) < 3 or len(token) > 60 or _NO_REFERENCE.search(token) or _is_prose(token):  # noqa: PLR2004
        return
    if _MOBILE.fullmatch(token) and HAN_CHARACTER.search(text):
        return
    token = _RUN_ON.split(token, maxsplit=1)[0]
    low = start + found.start()
    yield field, low, low + len(token), text[low : low + len(token)].translate(_FOLD).replace("\n", "")


def _opens(token: str) -> bool:
    return any(one in token for one in "([（【〔")


def _balanced(token: str) -> str:
    """The token up to the first bracket that it does not open or close, and without a note in brackets at its end."""
    depth = 0
    for at, c in enumerate(token):
        depth += (c in "([【〔") - (c in ")]】〕")
        if depth < 0:
            return token[:at]
    token = token if depth == 0 else token[: max(token.rfind(c) for c in "([【〔")]
    return re.sub(rf"\((?!\d)[{HAN}]{{2,}}[^()]*\)$", "", token)


def _is_prose(token: str) -> bool:
    han = sum("\u3400" <= c <= "\u9fff" for c in token)
    return han * 2 > len(token) and not re.search(r"[号字第〔\[]", token)


_UNIT = re.compile(
    rf"(?:人民币|[百千]?[万亿]|美|欧|港)?元|[万亿]|\b(?:{'|'.join(money.CODES)})\b", re.IGNORECASE
)  # in the brackets of a label


def _money(field: str, text: str, start: int, end: int, unit: str) -> Iterator[Found]:
    held = text[start:end]
    if _SAID_ELSEWHERE.match(held.strip()):
        return
    bare = _UNIT.search(unit)
    found = list(money.amounts(held, bare[0].upper() if bare else "", chinese=HAN_CHARACTER.search(text) is not None))
    figures = [one for one in found if not one.capitals]
    told = money.tax(held) or money.tax(unit)
    first = _one(held, figures)
    if figures and not first:
        return
    capitals = [
        one
        for one in found
        if one.capitals and (not first or not held[one.start].isascii() or one.amount == first.amount)
    ]  # English words beside figures may be of another amount
    for one in ([first] if first else []) + capitals[:1]:
        low, high = _stripped(text, start + one.start, start + one.end)
        amount = Money(one.amount, one.currency, told)
        yield field + ("_capitals" if one.capitals and first else ""), low, high, money.written(amount)


def _one(held: str, figures: list[money.Amount]) -> money.Amount | None:
    """The one amount that a value gives: its only one, its total, or the first where the others are parts of it."""
    if not figures:
        return None
    total = [one for one in figures if _WHOLE.search(held[: one.start])]
    first = total[0] if total and len({one.amount for one in total}) == 1 else figures[0]
    if _RATE.match(held, first.end) or _LEAST.search(held[: first.start]) or first.amount == 0:
        return None
    others = {one.amount for one in figures if one is not first} - {first.amount}
    return (
        first if not others or total or _PARTS.search(held[first.end :]) or _PARTS.search(held[: first.start]) else None
    )


def _date(field: str, text: str, start: int, end: int, unit: str) -> Iterator[Found]:
    del unit
    held = text[start:end]
    found = [
        (at, span)
        for at, span in settled(held, text)
        if not re.match(r"\s*[月日_]|\s{2,}[月日]", held[at + len(span.text) :])
    ]
    rest = re.sub("|".join(re.escape(span.text) for _, span in found), "", held) if found else held
    both = field == "signed" and not re.search(r"\w", rest)  # those of both sides
    for low, span in found if both else found[:1]:
        if len(held[:low].strip()) > 12 and not both:  # noqa: PLR2004 (a date deep inside prose is of something else)
            return
        yield field, start + low, start + low + len(span.text), day(span)
    if not found and (compact := _COMPACT.match(held)):
        try:
            span = DateSpan.of(*map(int, compact.groups()))
        except ValueError:
            return
        yield field, start + compact.start(1), start + compact.end(), day(span)


_COMPACT = re.compile(r"\s*((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")  # 20240730


def day(span: DateSpan) -> str:
    """A date as one line: ``2022-12-08``, or two days with a slash between them."""
    first, last = span.from_.isoformat(), span.to.isoformat()
    return first if first == last else f"{first}/{last}"


def _words(field: str, text: str, start: int, end: int, unit: str) -> Iterator[Found]:
    stop = _stop(field, text, start, end)
    low, high = _stripped(text, start, stop)
    if field == "method" and not WAY.search(text, low, high):
        sentence = _SENTENCE.search(text, high, end)
        way = WAY.search(text, high, sentence.start() if sentence else end)
        low, high = way.span() if way else (low, high)  # 经批准，采用单一来源方式采购
    for again in (_ITEM, _AGAIN):  # a number before it, the label once more
        found = again.match(text, low, high)
        low = found.end() if found else low
    held = text[low:high]
    if field in _LASTING and not unit and _NUMBER.fullmatch(held):
        return  # of days or of months
    if _says(field, held) and not _SLOT.fullmatch(text, start, stop):
        yield field, low, high, name(held)


def _stop(field: str, text: str, start: int, end: int) -> int:
    """Where words end that say something of a field."""
    stop = next((m.start() for m in _SENTENCE.finditer(text, start, end) if text[start : m.start()].strip()), end)
    if field in {"title", "place"}:
        stop = end if not re.search(r"[。；]", text[start:end]) else stop
    if field == "place" and stop - start > _LONGEST[field] and (comma := _CLAUSE.search(text, start, stop)):
        stop = comma.start()
    if field in _LASTING and (comma := _CLAUSE.search(text, start, stop)):
        stop = comma.start() if terms.length(text[start : comma.start()]) else stop
    if field in {"method", "region"}:
        mark = re.search(r"[，,。（(]|(?<=\S)\s{2,}", text[start:stop])
        stop = start + mark.start() if mark else stop
    if field == "title" and (other := _NEXT.search(text, start + 1, stop)) and text[start : other.start()].strip():
        stop = other.start()
    return stop


_LASTING = frozenset({"term", "warranty"})
_NUMBER = re.compile(r"[\d.]+")


def _says(field: str, held: str) -> bool:
    """Whether words say something of a field, and are no blank, head of a column or reference to another place."""
    if not held or "█" in held or any(said.match(held) for said in (_BLANK_ALL, _SAID_ELSEWHERE)):
        return False
    if _HEAD.fullmatch(name(held)) or _BLANK.search(held) or len(held) > _LONGEST.get(field, 120):
        return False
    if field == "funding" and _NO_FUND.search(held):
        return False
    if field == "method" and _DOES.search(held):
        return False  # how something is to be done
    if field in _LASTING:
        return _LENGTH.search(held) is not None and not re.fullmatch(r"\d+(?:\.\d+)+\W*", held)
    return field != "title" or (len(held) >= _SHORTEST and not (held.isascii() and _POSITION.search(held)))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in ' \t\n　:：“”"《「*':
        start += 1
    while end > start and text[end - 1] in ' \t\n　。.；;，,:：“”"》」*':
        end -= 1
    return start, end


_READ: tuple[tuple[frozenset[str], Callable[[str, str, int, int, str], Iterator[Found]]], ...] = (
    (NAMES, _names),
    (REFERENCES, _reference),
    (MONEY, _money),
    (DATES, _date),
)
