"""Sides that no word beside a name tells: who writes a record and to whom, who is named beside whom, who joins whom.

A letter, an order or an invoice is of who writes it and of whom it is written to; what the first words of it call it
says which of them sells. Of two bodies that a contract is between, one that is known tells the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from countersight.facts.cues.numbered import CUED
from countersight.facts.names import OFFICE, RECORD, name, names
from countersight.facts.sorts import AGENT, BANK, BARE, FIRM, PUBLIC, sort
from countersight.model import Clue, Page
from countersight.text.normal import HAN

_OPENING = 1_500  # characters in which a record says what it is and to whom it is written
_HEAD, _FOOT = 6, 14  # lines of its head, and of its end
BUYER, SUPPLIER = "buyer", "supplier"
_OTHER = {BUYER: SUPPLIER, SUPPLIER: BUYER}
_WRITTEN_BY = re.compile(  # the first of these says whose record it is
    r"(?P<supplier>投\s*标\s*函|报\s*价\s*[函单书]|响\s*应\s*函|应\s*答\s*函|请\s*款|付款申请|申请支付|催[款收]|对账单|形式发票|送\s*货\s*单"
    r"|(?:我[司方]|我公司)[^。；\n]{0,20}(?:投标|报价|响应)|(?:参加|收到)贵[^。；\n]{0,40}(?:招标|采购|询价)"
    r"|\binvoice\b|(?:form|letter) of (?:bid|tender|offer|quotation)|delivery (?:note|docket)|packing list"
    r"|^\W*quotation\b|(?:application|request) for payment|payment (?:claim|application)"
    r"|\b(?:submission of|submit(?:ting)?|enclos\w+|pleased to (?:offer|quote))\b[^.\n]{0,60}\b(?:bid|tender"
    r"|offer|proposal|quotation|price)"
    r"|\bour (?:bid|tender|offer|proposal|quotation|invoice)\b)"
    r"|(?P<buyer>询\s*价\s*(?:邀\s*请\s*)?(?:函|通\s*知)|(?:现|特|诚)?邀请贵|督促[^。；\n]{0,30}(?:供货|交货|到货|履约|施工)|(?:中\s*标|成\s*交|中\s*选)\s*通\s*知|(?:采\s*购|订\s*[购货])\s*(?:订\s*)?单|开\s*工\s*(?:通\s*知|令)|催\s*货|供货通知"
    r"|(?:贵|你)(?:单位|公司|[司方行])[^。；\n]{0,30}(?:中标|成交|中选)"
    r"|(?:letter|notification|notice) of (?:intent to )?(?:award|acceptance)|notice to proceed"
    r"|\b(?:purchase|work|supply|delivery|service|task) order\b|\byour (?:bid|tender|offer|proposal|quotation)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_TO = re.compile(
    r"[^\S\n]*(?:(?:致|主送|送达)[^\S\n]*[:：]?|(?:to|m/s|messrs|attn|attention|sold to"
    r"|bill(?:ed)? to)\b[^\S\n]*[.,:]*)[^\S\n]*",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\s*(?:[(（][^()（）\n]*[)）])?\s*[:：]?\s*(?:[,，.].*)?"
)  # what may stand behind a name on its line
_DEAR = re.compile(r"\s*(?:Dear\b|Sirs?\b|Gentlem|Madam)")
_FOR = re.compile(r"\s*(?:signed )?(?:for(?: and on behalf of)?|on behalf of)[:\s]\s*", re.IGNORECASE)
_SEAL = re.compile(r"[(（][^()（）\n]*[章印][)）]\s*$")
_DAY = re.compile(r"[^\n]{0,12}(?:\d{4}|二[〇○零])")
_GAP = re.compile(r"\t|[ 　]{3,}")
_ABOVE = 8  # lines above a salutation
_BETWEEN = re.compile(r"\bbetween\b[:\s]+", re.IGNORECASE)
_AND = re.compile(r"\sand\s+(?:the\s)?", re.IGNORECASE)
_WITH = re.compile(r"\s*(?:[(（][^()（）\n]*[)）])?\s*[与和同及]\s*")
_AGREED = re.compile(r"(?:[(（][^()（）\n]*[)）])?[^，。；\n]{0,16}(?:签[订署]|订立|达成|双方|协商)")
_RESOLVED = re.compile(
    r"\b(?:resol(?:ved|ution)|ordained|ordered|enacted|authorized)\b[^.;]{0,40}?\b(?:by|of) (?:the )?\Z", re.IGNORECASE
)
_ASSEMBLY = re.compile(
    r"(?:(?:city|town|village|county|borough|township|municipal) )?(?:council|board of [\w ]{4,24}?|commission|court)"
    r" of (?:the )?(?=(?:city|town|village|county|borough|township|municipality)\b)",
    re.IGNORECASE,
)
_NEAR = 240  # characters in which two bodies are named together

Line = tuple[int, int]


def written(pages: Sequence[Page]) -> Iterator[Clue]:
    """Who writes a letter, an order or an invoice, and to whom."""
    page = pages[0]
    said = _WRITTEN_BY.search(page.text, 0, _OPENING)
    own = said.lastgroup if said else None
    if not said or not own:
        return
    to = _addressee(page)
    by = _heading(page, min(said.start(), to[0] if to else said.start()))
    if by and own == SUPPLIER and not to and not _again(pages, page.text[slice(*by)]):
        by = None  # whose form it is need not be who fills it in
    for found, where, role, label in (
        (by or _foot(pages[-1]), page if by else pages[-1], own, "letterhead"),
        (to, page, _OTHER[own], "addressee"),
    ):
        if found:
            yield from _sided(where, found, role, label)


def _again(pages: Sequence[Page], words: str) -> bool:
    """Whether a name stands more than once in a record."""
    return sum(page.text.lower().count(words.lower()) for page in pages) > 1


def _sided(page: Page, at: Line, role: str, label: str) -> Iterator[Clue]:
    """A clue of a body on a side; an agent of tenders is on none, nor a bank; no office sells."""
    value = name(page.text[slice(*at)])
    kind = sort(value)
    if kind != BANK and (role, kind) != (SUPPLIER, PUBLIC):
        yield Clue(AGENT if kind == AGENT else role, page.number, *at, value, f"{label}#{CUED}", "prose")


def _lines(text: str, end: int) -> list[Line]:
    """The lines of a text up to a place."""
    found, at = [], 0
    while at < min(end, len(text)):
        stop = text.find("\n", at)
        stop = stop if stop >= 0 else len(text)
        found.append((at, stop))
        at = stop + 1
    return found


_TITLED = re.compile(r"\b(?:messrs|m/s)\b\.?", re.IGNORECASE)
_SEAT = re.compile(r",\s[A-Z][\w-]+(?:\s[A-Z][\w-]+){0,2}\s*\Z")  # of an office, that its name gives


def _whole(text: str, start: int, end: int) -> Line | None:
    """The name that a line is, but for its address or a note behind it."""
    comma = text.find(", ", start, end)
    kind = sort(text[start:comma]) if comma > 0 else ""
    seat = kind == PUBLIC and _SEAT.fullmatch(text[comma:end])
    short = next(names(text, start, comma), None) if kind and not seat else None
    found = short if short and not sort(text[comma:end]) else next(names(text, start, end), None)
    if found and not _TITLED.sub("", text[start : found[0]]).strip() and _ENDED.fullmatch(text, found[1], end):
        return found
    return None


def _addressee(page: Page) -> Line | None:
    """The body that a line addresses, or the one named in the lines above a salutation."""
    text = page.text
    lines = _lines(text, _OPENING)
    for n, (start, end) in enumerate(lines):
        lead = _TO.match(text, start, end)
        if lead:
            below = lines[n + 1 : n + 3] if lead.end() == end else []
            for low, high in ((lead.end(), end), *below):
                if found := _whole(text, low, _cut(text, low, high)):
                    return None if _goes_on(text, lines[n + 1 :], found) else found
        elif text[start:end].rstrip()[-1:] in {":", "："} and n > 0 and not text[start:end].isascii():
            if found := _whole(text, start, end):
                return found
        elif _DEAR.match(text, start, end):
            above = [_whole(text, low, _cut(text, low, high)) for low, high in lines[max(2, n - _ABOVE) : n]]
            return next((one for one in reversed(above) if one and sort(text[slice(*one)])), None)
    return None


def _goes_on(text: str, below: Sequence[Line], first: Line) -> bool:
    """Whether a letter is written to several bodies, whose names stand a line each."""
    lines = [line for line in below if line[0] > first[1]][:1]
    return any((other := _whole(text, *line)) and sort(text[slice(*other)]) == FIRM for line in lines)


_POST_BOX = re.compile(r"\sP\.?\s?O\.?\s?Box\b", re.IGNORECASE)


def _cut(text: str, start: int, end: int) -> int:
    """Where the first column of a line ends."""
    begin = start + len(text[start:end]) - len(text[start:end].lstrip())
    return min(
        (found.start() for mark in (_GAP, RECORD, OFFICE, _POST_BOX) if (found := mark.search(text, begin, end))),
        default=end,
    )


def _heading(page: Page, before: int) -> Line | None:
    """The body whose name is a line of the head of a page, above what the record calls itself."""
    text, over = page.text, None
    for start, end in _lines(text, _OPENING)[:_HEAD]:
        if start >= before:
            break
        found = _whole(text, start, _cut(text, start, end))
        if found and text[found[1] : end].strip()[:1] not in {":", "："} and sort(text[slice(*found)]):
            if not BARE.fullmatch(text[slice(*found)]):
                return found
            over = over or found
    return over


def _foot(page: Page) -> Line | None:
    """The body that signs: the last line that is its name, with words for whom, a seal, or the day below it."""
    text = page.text
    lines = [line for line in _lines(text, len(text)) if text[slice(*line)].strip()][-_FOOT:]
    for n in range(len(lines) - 1, -1, -1):
        start, end = lines[n]
        lead, seal = _FOR.match(text, start, end), _SEAL.search(text, start, end)
        below = lines[n + 1] if n + 1 < len(lines) else None
        dated = below is not None and (_DAY.match(text, *below) or _SEAL.search(text, *below))
        if lead or seal or dated:
            low, high = lead.end() if lead else start, seal.start() if seal else end
            found = _whole(text, low, high)
            if found and not _GAP.search(text[low:high].strip()) and sort(text[slice(*found)]):
                return found
    return None


_BID_OF = re.compile(
    r"\b(?:bid|proposal|quotation|offer|tender)\s(?:of|from|by|submitted by|received from)\s(?:the\s)?", re.IGNORECASE
)
_ACCEPTED = re.compile(
    r"[^;]{0,120}?\b(?:accepted|lowest(?: and best|,? responsi\w+)?|awarded|best bid|successful)\b", re.IGNORECASE
)


def accepted(page: Page) -> Iterator[Clue]:
    """Whose bid a resolution accepts: the bid of … is the lowest and best."""
    for bid in _BID_OF.finditer(page.text):
        found = _first(page.text, bid.end(), min(len(page.text), bid.end() + _NEAR))
        said = _ACCEPTED.match(page.text, found[1]) if found else None
        if found and said and not re.search(r"\b(?:not|reject\w*)\b|\.\s+[A-Z]", said[0]):
            value = name(page.text[slice(*found)])
            yield Clue(SUPPLIER, page.number, *found, value, f"bid accepted#{CUED}", "prose")


_AWARDED = re.compile(
    r"\baward(?:s|ed|ing)?\b(?![^.;]{0,60}\b(?:criteria|previous))[^.;]{0,160}?\bto\s(?:the\s)?"
    r"(?:low\w*[\w ,]{0,40}bidder,?\s)?(?:(?:Messrs|M/s)\b\.?\s?)?(?=[A-Z])"
)
_AWARDED_BY = re.compile(r"\bawarded\b[^.;\n]{0,160}?\bby\s(?:the\s)?(?=[A-Z])")
_PAST = re.compile(r"\b(?:previous\w*|prior|former\w*|incumbent|existing|current|expired|not)\b", re.IGNORECASE)


def awarded(page: Page) -> Iterator[Clue]:
    """To whom a sentence awards what: award the contract for … to X."""
    for found in _AWARDED.finditer(page.text):
        said = _first(page.text, found.end(), min(len(page.text), found.end() + _NEAR))
        if said and not _PAST.search(page.text[max(0, found.start() - _WORD) : found.end()]):
            value = name(page.text[slice(*said)])
            if sort(value) not in {PUBLIC, BANK}:
                yield Clue(SUPPLIER, page.number, *said, value, f"awarded to#{CUED}", "prose")


def awarding(page: Page) -> Iterator[Clue]:
    """Which authority awarded something, as who won it says: awarded the … by X."""
    for found in _AWARDED_BY.finditer(page.text):
        said = _first(page.text, found.end(), min(len(page.text), found.end() + _NEAR))
        if said and not _PAST.search(page.text[max(0, found.start() - _WORD) : found.end()]):
            value = name(page.text[slice(*said)])
            if sort(value) == PUBLIC:
                yield Clue(BUYER, page.number, *said, value, f"awarded by#{CUED}", "prose")


_DONE_BY = re.compile(r"(?:承担|承建|承印|承办|供货|供应|负责|实施|中标|提供|完成|安装|施工)")
_BOUGHT = re.compile(r"购置|采购|购买|订购|订货|租赁|租用")
ORGANISES = re.compile(r"(?:具体)?(?:组织(?:实施|招标|采购|公开)|代理|进行(?:公开|国际)?招标|以.{2,8}方式)")
"""What is entrusted to a tender agent, behind its name."""
_NOTE = re.compile(r"[（(][^（）()\n]*[)）]|的")


def acting(page: Page, bodies: Sequence[Clue]) -> Iterator[Clue]:
    """Who is to do the work, and who entrusted another: 由…供货, 受…委托."""
    for one in bodies:
        note = _NOTE.match(page.text, one.end)
        end = note.end() if note else one.end
        before = page.text[max(0, one.start - 1) : one.start]
        if one.page == page.number and page.text.endswith("委托", 0, one.start) and ORGANISES.match(page.text, end):
            yield replace(one, field=AGENT, label=f"委托#{CUED}", grade="prose", group="")
        if one.page == page.number and before in {"由", "受", "向"}:
            role = SUPPLIER if before == "由" and _DONE_BY.match(page.text, end) else ""
            role = SUPPLIER if before == "向" and _BOUGHT.match(page.text, end) else role
            role = BUYER if before == "受" and page.text.startswith("委托", end) else role
            if role and sort(one.value) not in {AGENT, BANK}:
                yield replace(one, field=role, label=f"{before}#{CUED}", grade="prose", group="")


def resolved(page: Page, bodies: Sequence[Clue]) -> Iterator[Clue]:
    """The city or county whose council resolves: RESOLVED by the Council of the City of X."""
    for one in bodies:
        seat = _ASSEMBLY.match(page.text, one.start, one.end) if one.page == page.number else None
        if seat and _RESOLVED.search(page.text[max(0, one.start - 60) : one.start]):
            value = name(page.text[seat.end() : one.end])
            yield Clue(BUYER, page.number, seat.end(), one.end, value, f"resolved by#{CUED}", "prose")


_WON = re.compile(r"[^，。；]{0,40}?(?:是否(?:得标|中标|成交|入围|中选))[\s:：│|]*(?P<said>[是否])")


def outcomes(page: Page, bodies: Sequence[Clue]) -> Iterator[Clue]:
    """Bidders of whom a list says one below another whether they won: 是否得标 是."""
    own = [one for one in bodies if one.page == page.number]
    for one, other in zip(own, [*own[1:], None], strict=False):
        won = _WON.match(page.text, one.end, other.start if other else len(page.text))
        if won and won["said"] == "是":
            yield replace(one, field=SUPPLIER, label=f"是否中标#{CUED}", grade="prose", group="")


_OF_AGENT = re.compile(r"(?:由|委托|通过|经|向)\s*$|(?:代理|招标)[^，。；\n]{0,8}$")
_BY_AGENT = re.compile(r"[^。；\n]{0,24}(?:招标|采购|代理|评审|组织)")


def agents(page: Page, bodies: Sequence[Clue], sides: Mapping[str, str]) -> Iterator[Clue]:
    """The bodies that are agents of tenders by their names, where what stands beside them is of a tender."""
    for one in bodies:
        if one.page == page.number and sort(one.value) == AGENT and one.value not in sides:
            before = page.text[max(0, one.start - _WORD) : one.start]
            if _OF_AGENT.search(before) or _BY_AGENT.match(page.text, one.end):
                yield replace(one, field=AGENT, label=f"agent by name#{CUED + 1}", grade="prose", group="")


def paired(pages: Sequence[Page], bodies: Sequence[Clue], sides: Mapping[str, str]) -> Iterator[Clue]:
    """The sides of two bodies that a contract is between: by that of the other, else by what sort each is of."""
    for page in pages[:2]:
        for one, other in (*_between(page), *_numbered(page), *_joined(page, bodies)):
            values = [name(page.text[slice(*at)]) for at in (one, other)]
            known = [sides.get(value) for value in values]
            if known[0] is None and known[1] is None:
                public = [sort(value) == PUBLIC for value in values]
                if public[0] is not public[1]:
                    known = [BUYER if one else SUPPLIER for one in public]
            else:
                known = [own or (_OTHER[that] if that else None) for own, that in zip(known, known[::-1], strict=True)]
            for at, value, side in zip((one, other), values, known, strict=True):
                if side and value not in sides:
                    yield Clue(side, page.number, *at, value, f"between#{CUED + 1}", "prose")


def _numbered(page: Page) -> Iterator[tuple[Line, Line]]:
    """The two names that the cover of a contract numbers, a line each: (1) X, (2) Y."""
    for found in _ONE_AND_TWO.finditer(page.text, 0, _OPENING):
        one, other = (_whole(page.text, *found.span(n)) for n in (1, 2))
        if one and other:
            yield one, other


_ONE_AND_TWO = re.compile(r"^[^\S\n]*\(1\)\s+([^\n]+)\n(?:\s*(?:and|AND)\s*\n)?\s*\(2\)\s+([^\n]+)", re.MULTILINE)


def _between(page: Page) -> Iterator[tuple[Line, Line]]:
    """Two names of which an English record says that it is between them."""
    text = page.text
    for found in _BETWEEN.finditer(text, 0, _OPENING):
        start, far = found.end(), min(len(text), found.end() + _NEAR)
        for tie in _AND.finditer(text, start, far):
            one = _first(text, start, tie.start())
            other = _first(text, tie.end(), min(len(text), tie.end() + _NEAR))
            if one and other:
                yield one, other
                break


_COMMA = re.compile(r",\s(?!(?:inc|ltd|llc|l\.l\.c|llp|corp|limited|co|plc|gmbh)\b)", re.IGNORECASE)


def _first(text: str, start: int, end: int) -> Line | None:
    """The name that a stretch begins with: up to the first comma, or over commas that are its own."""
    line = text.find("\n", start + 1, end)
    comma = _COMMA.search(text, start, end)
    for stop in (comma.start() if comma else -1, line, end):
        found = next(names(text, start, stop), None) if stop > start else None
        if found and found[0] - start < 5:  # noqa: PLR2004 (M/s)
            return found
    return None


def _joined(page: Page, bodies: Sequence[Clue]) -> Iterator[tuple[Line, Line]]:
    """Two names of which a Chinese record says that they agreed: 甲与乙签订."""
    own = [one for one in bodies if one.page == page.number and one.end < _OPENING]
    for one, other in pairwise(own):
        if _WITH.fullmatch(page.text, one.end, other.start) and _AGREED.match(page.text, other.end):
            yield (one.start, one.end), (other.start, other.end)


_CONSORTIUM = re.compile(
    r"联合体|聯合體|\b(?:consortium|joint venture|JV|jv partner|group of economic operators)\b|lead partner",
    re.IGNORECASE,
)
_LED_BY = re.compile(
    r"(?:[(（]主[)）]|牵头(?:人|方|单位)|\b(?:lead(?:er| partner| member| firm)"
    r"|leading (?:partner|member)))\s*(?:[:：为是]"
    r"|is)?\s*$",
    re.IGNORECASE,
)
_MEMBER = re.compile(
    r"(?:[(（]成[)）]|(?<!牵头)成员(?:方|单位|人)?[一二三四1-5]?"
    r"|(?:^|[;,(]\s*)(?:other )?(?:members?|partners?))\s*[:：为是]?\s*$",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\s*(?:[(（][^()（）\n]{0,12}(?:牵头|主办)[^()（）\n]{0,8}[)）]"
    r"|(?:\([\w ]*\))?\s*[-–,(]\s*(?:as )?(?:the\s)?(?:jv |consortium |group )?"
    r"lead(?:er|ing)?(?=[^\S\n]*(?:[,;)\n]|partner|member|firm|contractor|$))"
    r"|(?:作?为|是|担任)(?:本|该)?(?:联合体)?的?(?:牵头|主办)|\s(?:is|acts as|being) the lead)",
    re.IGNORECASE,
)
_BELONGS = re.compile(
    r"\s*(?:[(（][^()（）\n牵]{0,8}成员[^()（）\n]{0,8}[)）]|(?:作?为|是)(?:本|该)?联合体(?:的)?成员"
    r"|(?:\([\w ]*\))?\s*(?:[-–,(]\s*)?(?:as )?(?:an? |the )?(?:other )?"
    r"(?:jv |consortium )?(?:member|partner)(?=[^\S\n]*(?:[,;.)\n]|$)))",
    re.IGNORECASE,
)
_ALIAS = re.compile(rf"\s*[(（]\s*(?:以下简称|简称)?[“\"]?([{HAN}A-Z]{{2,6}})[”\"]?\s*[)）]")
_FORMS = re.compile(r"(?:自愿|共同)?组成[^，。；]{0,30}联合体")
_OF_GROUP = re.compile(
    r"\b(?:consortium|joint venture|JV)\s(?:of|between|comprising|consisting of|composed of|formed by)\s", re.IGNORECASE
)
_LED = re.compile(r"\b(?:consortium|joint venture|JV)\b[^.\n]{0,30}\bled by\s+(?:M/s\.? )?", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:[(（][^()（）]*[)）])?\s*(?:[、，,与和及/]|and|&|,\s?and|(?:,\s?)?with)\s*", re.IGNORECASE)


def consortium(page: Page, bodies: Sequence[Clue]) -> Iterator[Clue]:
    """Who leads a consortium and who else is in it: by the words beside a name, or in a sentence that lists them."""
    text = page.text
    own = [one for one in bodies if one.page == page.number] if _CONSORTIUM.search(text) else []
    roles: dict[int, str] = {}
    for n, one in enumerate(own):
        before = text[max(0, one.start - _WORD) : one.start]
        if _LED_BY.search(before) or _LEADS.match(text, one.end):
            roles[n] = "leader"
        elif _MEMBER.search(before) or _BELONGS.match(text, one.end):
            roles[n] = "member"
    for led in _LED.finditer(text):
        group = _chain(text, own, [n for n, one in enumerate(own) if one.start >= led.end()], led.end())
        roles |= {n: "member" for n in group[1:] if n not in roles} | dict.fromkeys(group[:1], "leader")
    for group in (*_groups(text, own),):
        roles |= {n: role for n, role in _of_group(text, own, group) if n not in roles}
    leaders = {own[n].value for n, role in roles.items() if role == "leader"}
    for n, role in roles.items() if leaders else ():
        if role == "leader" or own[n].value not in leaders:
            yield replace(own[n], field=role, label=f"consortium#{CUED}", grade="prose", group="")


_WORD = 24  # characters before a name


def _groups(text: str, own: Sequence[Clue]) -> Iterator[list[int]]:
    """The places of the names that a sentence lists as those who form a consortium."""
    for formed in _FORMS.finditer(text):
        yield _chain(text, own, [n for n, one in enumerate(own) if one.end <= formed.start()][::-1], formed.start())
    for formed in _OF_GROUP.finditer(text):
        yield _chain(text, own, [n for n, one in enumerate(own) if one.start >= formed.end()], formed.end())


def _chain(text: str, own: Sequence[Clue], order: Sequence[int], at: int) -> list[int]:
    """The names next to a place, one beside another with nothing but a mark, an “and” or brackets between."""
    found: list[int] = []
    for n in order:
        low, high = sorted((at, own[n].end if own[n].end <= at else own[n].start))
        if (found and not _LISTED.fullmatch(text, low, high)) or high - low > _WORD:
            break
        found.append(n)
        at = own[n].start if own[n].end <= at else own[n].end
    return found if len(found) > 1 else []


def _of_group(text: str, own: Sequence[Clue], group: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The roles in a group of which one is said to lead, by its name or by what the list calls it."""
    called = {alias[1]: n for n in group if (alias := _ALIAS.match(text, own[n].end))}
    for said, n in called.items():
        if re.search(rf"{re.escape(said)}为[^。；\n]{{0,16}}牵头", text):
            yield n, "leader"
            yield from ((other, "member") for other in group if other != n)
            return
    yield from ((n, "member") for n in group)
