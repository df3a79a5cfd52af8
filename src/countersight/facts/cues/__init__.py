"""What neither labels nor forms of words tell: each name, amount and day in the light of the cue nearest to it.

Bodies, amounts and days are known for what they are wherever they stand. Here each is asked which word of a role or of
a price stands nearest before it, on its line or at the end of the one above it, or in brackets right behind it. A cue
of something else (a guarantor, a deposit, a delivery) that stands nearer takes it away. Where cues lead to several
bodies or amounts, nothing is told. Surer clues always go first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from countersight.facts.bidders import BIDS
from countersight.facts.cues import sides
from countersight.facts.cues.entitled import titles
from countersight.facts.cues.numbered import CUED, numbers, of_procurement
from countersight.facts.cues.particulars import agreed, particulars
from countersight.facts.cues.phrases import phrases
from countersight.facts.cues.words import EACH
from countersight.facts.dollars import is_open
from countersight.facts.forms import unit
from countersight.facts.labels import labelled
from countersight.facts.names import name, names
from countersight.facts.sorts import AGENT, FIRM, sort
from countersight.facts.values import day
from countersight.model import Clue, DateSpan, Money, Page
from countersight.text import money
from countersight.text.dates import settled
from countersight.text.normal import HAN, simplified
from countersight.text.roles import pattern

_FAR = 60  # characters before a thing within which its cue stands
_TAIL = 24  # characters between the cue and a name
# A longer record has clauses: most of its names, sums and days are theirs (insurance, liability, notices).
_PAGES, _LENGTH = 6, 9_000

PARTY = re.compile(
    rf"(?P<buyer>甲\s*方|参[加与](?:由)?|受(?=[{HAN}（）]{{4,30}}委托)|ship to|satisfaction of"
    rf"|on behalf of the (?:president"
    rf"|governor|board|authority)"
    rf"|{pattern('buyer')})"
    rf"|(?P<supplier>乙\s*方|第一(?:中标|成交|中选)候选(?:人|单位|供应商)?|(?:中标|成交|中选|入围)|委托(?=[^\S\n]*$)|选定|(?<!\w)m/s\b"
    r"|award(?:s|ed|ing)?(?: of)?(?: (?:the|a|an|this)?(?: [\w-]+){0,3} (?:contract|tender|order|bid|agreement))? to"
    r"|(?:agreement|contract|purchase order) with|supplied by|furnished by|purchased? from|remit to|payable to|payee"
    rf"|{pattern('supplier')})"
    rf"|(?P<agent>{pattern('agent')})"
    r"|(?P<other>抄送|监督|监管|担保|保证人|保险|开户|审计|监理|制造|生产|厂家|品牌|分包|第[二三四]|候选|原"
    r"|鉴证|见证|主管|评审|网址|地址|质疑|投诉|guarant|surety|bank|sub-?contract|manufactur|maker|audit|insur|review"
    r"|appeal|witness|previous|incumbent|unsuccessful|rejected|evaluated|parent|owned|subsidiar"
    rf"|brand|publish|cc\b|copy|address|translat|between|partner|consult|{pattern('bidder')})",
    re.IGNORECASE,
)
_NAMED_BY = re.compile(
    rf"(?:甲\s*方|乙\s*方|m/s\b\.?|{pattern('buyer', 'supplier', 'agent')})"
    r"(?:全称|名称|\sname)?(?:\s?[(（][^()（）\n]{1,30}[)）])*\s?(?:[:：|│,]|为|是|is\b|-)?[^\S\n]*\n?[^\S\n]*"
    rf"|受(?=[{HAN}（）]{{4,30}}委托)|由(?=[{HAN}（）]{{4,30}}(?:承担|承建|承印|承办|供货|负责|实施|中标))",
    re.IGNORECASE,
)
_OF_COLUMN = re.compile(r"\b(?:deliver|ship|notify|remit|consign|send)\w*\s(?:to|from)\b[^\n]*", re.IGNORECASE)
_OF_COLUMNS = re.compile(r"\b(?:deliver|ship|notify|bill|remit|consign|send|invoice)\w*\b[^\n]*\n", re.IGNORECASE)
_BIDDER = re.compile(pattern("bidder"), re.IGNORECASE)  # a supplier in its own bid
_COLONS = re.compile("[:：]")
_ENDED = re.compile(r"委托|承担|承建|承印|承办|供货|负责|实施|中标|[\n\t，,。；;|│]|\s{2,}")
_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w.'’/-]*|&|\b(?:of|the|and|de|du|la|for)\b|\d(?=\s[A-Z]))"
_RUN = re.compile(rf"{_WORD}(?:,? {_WORD})*")  # words of a name in Latin letters
_BEHIND = re.compile(
    r"(?:,\s[A-Z][\w. ’'-]{1,30}){0,3}[\s,，]{0,2}(?:(?P<buyer>(?:现|拟|决定|经研究)*"
    r"(?:委托|采购(?!管理|规定|办法|制度|平台|中心|网)|就|向.{2,30}(?:采购|购买))"
    r"|(?:now |hereby )*(?:is pleased|hereby|has awarded|awards?\b"
    r"|awarded\b(?![^.;\n]{0,160}\bby\s(?:the\s)?[A-Z])|intends to|accepts|invites|requests|seeks"
    r"|calls for|is inviting|is seeking))"
    r"|(?P<supplier>(?:has|have) (?:satisfactorily |successfully |duly )?"
    r"(?:completed|supplied|delivered|executed|performed|installed|carried out)|(?:为(?:本|该)?\w{0,6})?(?:中标"
    r"|成交|中选|承建)|负责(?:提供|承建|实施)|承担|承印"
    r"|(?:has been|was|is|were|are) awarded|(?:shall|will|agrees to|undertakes to)"
    r" (?:supply|provide|deliver|perform|sell|furnish)))",
    re.IGNORECASE,
)
_WORTH = (  # behind a word of something else: its amount
    r"(?:的|\s)?(?:(?:合同|协议|采购|中标|项目)*(?:总?价款?|总?金额|总额)"
    r"|(?:(?:contract|award|order|total)\s)*(?:sum|price|value|amount|total|cost))?"
)
PRICE = re.compile(
    r"(?P<capped>\b(?:amount|sum|price|cost) (?:of )?not[- ]to[- ]exceed(?: of)?)"
    rf"|(?P<part>\d\s?[%％](?:[^.。;；，,\n]|,(?![{HAN}])){{0,30}})"
    r"|(?P<offer>投标(?:总[报价]+|报价)(?:总?金?额)?|(?:总报价|报价总[额价])|\b(?:our|its"
    r"|the) (?:total )?(?:tender|bid|offer|quoted|quotation|offered)"
    r" (?:price|sum|amount|total))"
    r"|(?P<changed>(?:变更|调整|修改|增补|补充)后的?(?:合同|协议)?(?:总?价款?|总?金额|总额)"
    r"|\b(?:new|revised|amended|adjusted|updated) (?:total )?(?:contract|agreement|order|award|purchase order"
    r"|subcontract)"
    r" (?:sum|price|value|amount|total)(?:[^.\n\d]{0,60}?\b(?:will be|shall be|is|to|of|becomes))?)"
    r"|(?P<value>(?:合同|成交|中标|协议|订单|采购|服务|项目|费用)(?:总?价款?|总?金额|总额|总价|报酬|总费用|总经费)(?!保)"
    r"|总价款?|总金额|价税合计|报酬|酬金"
    r"|(?:licen[cs]e|total|fixed|lump[- ]sum|project|aggregate) fees? of"
    r"|(?:contract|order|award(?:ed)?|purchase|agreed|lump)[ -](?:contract |order )?"
    r"(?:sum|price|value|amount|cost|total)"
    r"|grand total|total (?:of this order|payable|due|amount due)|shall pay(?: therefor)?|total inclusive"
    r"|offered total)"
    r"|(?P<sum>[合总共]计|总额|金额|(?:sum|amount|price|total|value|consideration) of"
    r"|total(?: amount| price| cost| value)?)"
    r"|(?P<other>(?:预算|限价|控制价|拦标价|estimate|保证金|不得超过|单价|违约|赔偿|罚|代理|服务费(?![共合总]计|总额)|例|注册|定金|订金|预付|首付|首期|尾款|支付|付款|质保|押金"
    r"|保险|保函|担保|抵押|暂列|暂估|节约|结余|上年|原|投标|报价|补贴|不低于|不超过|以上|以下|税额|税金"
    r"|deposit|bond|guarant|securit|budget|ceiling"
    r"|maximum|exceed|up to|liabilit|insur|unit|each|per\b|previous|original|initial (?=contract|order|price|sum"
    r"|amount|value|cost|budget|award)|fee|penalt|damage"
    r"|increase|decrease|(?<!un)change|(?<!inclusive of )(?<!including )(?<!incl )(?<!incl\. )(?<!plus )(?:vat"
    r"|tax)|instal|monthly|advance|retention|minimum|subtotal|sub-?total|threshold|example|e\.g|option|unfinished"
    rf"|register|warrants|payroll|vouchers|additional|plus\b|balance|remain(?:ing|der)|turnover|conting){_WORTH})",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"(?P<signed>(?:合同|contract |date )?(?:签订|signed)|签署|签定|签约|订立"
    r"|签字|盖章|signature|executed|entered into|made (?:and|on|this|the)"
    r"|(?:contract|agreement|(?:purchase |work )?order|l\.?p\.?o\.?)[\s:]+(?:no\.?[\s:]*|number[\s:]+)?"
    r"(?=[A-Z/.-]*\d)[A-Z0-9][\w/.-]{3,30},?\s(?:dated|dt\.?|of)\b"
    r"|(?:p\.?o\.?|order|contract) date\b)"
    r"|(?P<other>定标|passed|adopted|至|起|止|开标|截止|交货|到货|验收|公告|公示|发布|计划|expir|start|commenc|effective|deliver|invoice|tender"
    r"|due|publish|posted|until|before|award|birth|print|revis|version|from|end|period|deadline|clos)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[\s,，]*[(（][^()（）\n]{0,60}[)）]")
_OF_OTHER = re.compile(
    r"[\s元圆整)）]{0,3}(?:(?:作为|的)[^，。；\n]{0,6}(?:保证金|押金|定金|违约金|保函|罚款|赔偿|补贴|押金)"
    r"|\s(?:[a-z-]+\s){0,2}(?:deposit|bond|security|guarantee|claim|credit|discount|allowance|contingency|advance)\b"
    r"|\s(?:was|is|were|has)\b[^.;\n]{0,24}\b(?:not (?:been )?(?:successful|accepted)|unsuccessful|rejected))",
    re.IGNORECASE,
)  # what an amount is of, behind it
# What between a cue and a thing says that it is not the cue of the thing.
_ASIDE = re.compile(
    r"[(（](?:[大小]写|人民币|含税|in (?:words|figures)|[A-Z]{3}|[^()（）\n]{0,4}元)[)）]"
)  # of an amount
_TITLED = re.compile(r"\b(?:messrs|m/s)\b\.?", re.IGNORECASE)  # before the name of a firm
_INSIDE = re.compile(r"[(（][^()（）\n]*[)）]")
_SHUT = re.compile(r"[)）。；;!?]|\.\s|(?:[与和同及、]|\b(?:and|with|or))\s*$")


def cued(numbered: Iterable[int], at: Callable[[int], Page], told: Sequence[Clue]) -> Iterator[Clue]:
    """The clues that cues give on the pages of a short record; ``told`` are those that its pages gave."""
    every = sorted(numbered)
    pages = of_short(every, at)
    if not pages:
        yield from _opened(at(every[0])) if every else ()
        return
    yield from _sides(pages, told)
    yield from _most(_prices(pages))
    yield from _days(pages)
    yield from _most(of_procurement(list(numbers(pages))))
    yield from titles(pages)
    yield from agreed((*particulars(pages), *phrases(pages)))


def of_short(numbered: Sequence[int], at: Callable[[int], Page]) -> list[Page]:
    """The pages of a record that is short enough to have no clauses of its own matter; none of a longer one."""
    pages = [at(number) for number in numbered] if len(numbered) <= _PAGES else []
    return pages if sum(len(page.text) for page in pages) <= _LENGTH else []


def _opened(first: Page) -> Iterator[Clue]:
    """What the first page of a longer record tells of who wrote it to whom, and of whom it awards what."""
    plain = replace(first, text=simplified(first.text))
    for clue in _most((*sides.written([plain]), *sides.accepted(plain), *sides.awarded(plain))):
        yield replace(clue, value=name(first.text[clue.start : clue.end]))


def _sides(pages: Sequence[Page], told: Sequence[Clue]) -> Iterator[Clue]:
    """Who is on which side: by cues, by who writes to whom, of two by the other; agents by their names."""
    bodies = [clue for clue in told if clue.field == "body"]
    plain = [replace(page, text=simplified(page.text)) for page in pages]
    named = [(page, [_trimmed(page.text, one) for one in bodies if one.page == page.number]) for page in plain]
    found = list(_parties(named))
    found += sides.written(plain)
    for page, own in named:
        found += (
            *sides.resolved(page, own),
            *sides.acting(page, own),
            *sides.accepted(page),
            *sides.awarded(page),
            *sides.awarding(page),
            *sides.outcomes(page, own),
        )
    found = list(_most(found))
    sure = [clue for clue in (*told, *found) if clue.field in _SIDES and clue.label[-2:] not in _UNSURE]
    known = {clue.value: _SIDES[clue.field] for clue in sure}
    found += _most(sides.paired(plain, bodies, known))
    for page, own in named:
        found += (*sides.consortium(page, own), *sides.agents(page, own, known))
    texts = {page.number: page.text for page in pages}
    for clue in found:
        yield replace(clue, value=name(texts[clue.page][clue.start : clue.end]))


def _trimmed(text: str, one: Clue) -> Clue:
    """A body without what the label of the next line gave to its name, and without 受 of 受…委托."""
    if text[one.start] == "受" and text.startswith("委托", one.end):
        return replace(one, start=one.start + 1, value=name(text[one.start + 1 : one.end]))
    line = text.find("\n", one.start, one.end)
    if line < 0 or not any(labelled(" ".join(text[line:].split(maxsplit=n)[:n])) for n in range(1, _WORDS)):
        return one
    return replace(one, end=line, value=name(text[one.start : line]))


_WORDS = 7  # of a label


_SIDES = {"buyer": "buyer", "supplier": "supplier", "party_a": "buyer", "party_b": "supplier"}
_UNSURE = frozenset({"#2", "#3", "#4", "#9"})


def _most(clues: Iterable[Clue]) -> Iterator[Clue]:
    """The first clue of each field's one value; of several values the one told more often than all others."""
    told: dict[tuple[str, str], dict[str, list[Clue]]] = defaultdict(lambda: defaultdict(list))
    for clue in clues:
        told[clue.field, clue.label[-1]][clue.value.lower().rstrip(".")].append(clue)
    for by_value in told.values():
        most = max(by_value.values(), key=len)
        if 2 * len(most) > sum(map(len, by_value.values())):
            yield most[0]


def _parties(named: Iterable[tuple[Page, list[Clue]]]) -> Iterator[Clue]:
    for page, bodies in named:
        text, ends = page.text, [one.end for one in bodies]
        for one in bodies:
            ahead = before(text, one.start, PARTY, _TAIL)
            cue = ahead if ahead and _RELATED.match(ahead[0]) else behind(text, one.end) or ahead
            if cue is None or any(cue.end() < end <= one.start for end in ends) or _astray(text, one, cue):
                continue
            if cue.lastgroup != "other":
                yield _clue(page, one.start, one.end, one.value, cue)
            elif _BIDDER.fullmatch(cue[0]) and not _LOST.search(text[max(0, cue.start() - _TAIL) : cue.start()]):
                yield Clue("supplier", page.number, one.start, one.end, one.value, f"{cue[0]}#{BIDS}", "prose")
        for start, end, cue in _placed(text):
            if not any(start < one.end and one.start < end for one in bodies):
                yield _clue(page, start, end, name(text[start:end]), cue, surely=False)


def _astray(text: str, one: Clue, cue: re.Match[str]) -> bool:
    """Whether a cue is not of the body beside it: of an earlier deal, of two columns, or no label of a tender agent."""
    if cue[0] == "委托" and sides.ORGANISES.match(text, one.end):
        return True
    if cue.lastgroup == "supplier" and text[max(0, cue.start() - 1) : cue.start()] in _FORMER:
        return True
    if cue.lastgroup == "supplier" and _EARLIER.search(text[max(0, cue.start() - _TAIL) : cue.start()]):
        return True
    kind = sort(one.value)
    first = text.rfind("\n", 0, cue.start()) + 1
    below = "\n" in text[cue.end() : one.start] and _OF_COLUMN.search(text, first, cue.start())
    if kind != FIRM and (below or _OF_COLUMNS.search(text, cue.end(), one.start)):
        return True
    return kind == AGENT and not _COLONS.search(text, cue.end(), one.start)


_RELATED = re.compile(r"parent|subsidiar|owned|guarant|surety|担保|保证人|分包", re.IGNORECASE)  # what is of another
_EARLIER = re.compile(r"\b(?:previous|prior|former|existing|expired|earlier)\b[^.;:\n]*$", re.IGNORECASE)
_FORMER = frozenset("原前")
_LOST = re.compile(r"(?:un|not |落|未|其他|other |losing |rejected )\w*\W*$", re.IGNORECASE)


def _placed(text: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """The bodies that only their place behind the word of a role tells: 由…承担, Supplier: Kestrel Optics."""
    for word in _NAMED_BY.finditer(text):
        at = word.end()
        ended = _ENDED.search(text, at)
        line = text.find("\n", at)
        latin = _RUN.match(text, at, line if line >= 0 else len(text))
        stop = latin.end() if latin else ended.start() if ended else len(text)
        ahead = before(text, word.start(), PARTY, _BESIDE)
        for low, high in names(text, at, stop):
            cue = PARTY.search(text, word.start(), at) or behind(text, high)
            if cue and cue.lastgroup != "other" and not (ahead and ahead.lastgroup == "other"):
                yield low, high, cue


_BESIDE = 4  # characters between the word of a role and one before it that makes it that of another


def _prices(pages: Iterable[Page]) -> Iterator[Clue]:
    for page in pages:
        text = simplified(page.text)
        for amount in amounts(text):
            cue = before(text, amount.start, PRICE)
            if cue is None or cue.lastgroup in {"other", "part"} or not amount.amount:
                continue
            if EACH.match(text, amount.end) or _OF_OTHER.match(text, amount.end):
                continue
            currency = amount.currency
            if currency == "CNY" and is_open(page.text, page.text[amount.start : amount.end]):
                currency = None
            value = money.written(Money(amount.amount, currency))
            yield _clue(page, amount.start, amount.end, value, cue)


def amounts(text: str) -> Iterator[money.Amount]:
    """The amounts of a page; bare figures right behind the word of a price are in the one currency of all others."""
    told = list(money.amounts(text))
    yield from told
    said = {one.currency for one in told if one.currency}
    other = said.pop() if len(said) == 1 else ""
    for figure in _BARE.finditer(text):
        if not any(one.start < figure.end() and figure.start() < one.end for one in told):
            cue = before(text, figure.start(), PRICE)
            code = _CODE.search(text, cue.end(), figure.start()) if cue else None
            if cue and _GAP.fullmatch(_ASIDE.sub("", text[cue.end() : figure.start()])):
                named = code[0] if code else unit(text, figure.start()) or other
                for one in money.amounts(figure[0], named or "元"):
                    yield replace(one, start=figure.start(), end=figure.end(), currency=one.currency if named else None)


_BARE = re.compile(r"(?<![\w.,/-])(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{3,}\.\d{2})(?![\d,%％/-]|\.\d)")
_GAP = re.compile(rf"[\s:：|│.·…-]*(?:{'|'.join(money.CODES)})?[\s:：|│.·…-]*")
_CODE = re.compile(rf"\b(?:{'|'.join(money.CODES)})\b|万元")


def _days(pages: Sequence[Page]) -> Iterator[Clue]:
    for page in pages[-1:]:
        yield from _last_day(page)
    for page in pages:
        yield from _captioned(page)
        for line in _DATED.finditer(page.text):
            known = _alone(line["day"])
            for at, span in known if len(known) == 1 else ():
                low = line.start("day") + at
                high = low + len(span.text or "")
                yield Clue("document", page.number, low, high, day(span), f"Date#{CUED}", "prose")
        for start, span in settled(page.text, page.text):
            cue = before(page.text, start, SIGNED)
            if cue and cue.lastgroup != "other" and span.from_ == span.to:
                yield _clue(page, start, start + len(span.text or ""), day(span), cue)


_WORTHS = frozenset({"sum", "offer", "changed", "capped"})


def _last_day(page: Page) -> Iterator[Clue]:
    """The one day among the last lines of a record that has a line of its own: that of the record."""
    foot = [line for line in _LINE.finditer(page.text) if line[0].strip()][-_FOOT:]
    found = [(line.start() + at, span) for line in foot for at, span in _alone(line[0])]
    if len({span.from_ for _, span in found}) == 1:
        at, span = found[-1]
        yield Clue("document", page.number, at, at + len(span.text or ""), day(span), f"落款#{CUED}", "prose")


def _alone(line: str) -> list[tuple[int, DateSpan]]:
    """The days of a line that has nothing but days and room to sign."""
    known = [(at, span) for at, span in settled(line, line) if span.from_ == span.to]
    rest = line
    for _, span in known:
        rest = rest.replace(span.text or "", "", 1)
    return known if not re.search(r"\w", _SIGNS.sub("", rest)) else []


def _captioned(page: Page) -> Iterator[Clue]:
    """The days in a line of their own above or below as many captions that say they are of a signature."""
    lines = [line for line in _LINE.finditer(page.text) if line[0].strip()]
    for above, below in pairwise(lines):
        for held, captions in ((above, _CAPTION.fullmatch(below[0])), (below, _DATE_SIGNED.search(above[0]))):
            known = _alone(held[0]) if captions else []
            count = len(_DATE.findall(below[0])) if held is above else len(_DATE_SIGNED.findall(above[0]))
            if known and len(known) == count:
                for at, span in known:
                    low = held.start() + at
                    yield Clue(
                        "signed",
                        page.number,
                        low,
                        low + len(span.text or ""),
                        day(span),
                        f"date signed#{CUED}",
                        "prose",
                    )


_LINE = re.compile(r"^[^\n]+$", re.MULTILINE)
_DATED = re.compile(r"^[^\S\n]*dated?[^\S\n]+(?:the |this )?(?P<day>[^\n]{6,40})$", re.IGNORECASE | re.MULTILINE)
_FOOT = 10  # lines at the end of a record in which its day may stand
_SIGNS = re.compile(r"/s/|公元|日期|签章|盖章", re.IGNORECASE)
_DATE = re.compile(r"date", re.IGNORECASE)
_CAPTION = re.compile(r"[\s|_()]*(?:date(?: signed)?[\s|_()]*)+", re.IGNORECASE)
_DATE_SIGNED = re.compile(r"date signed|signature date|签[字署]日期", re.IGNORECASE)


def _clue(page: Page, start: int, end: int, value: str, cue: re.Match[str], *, surely: bool = True) -> Clue:
    part = cue.lastgroup == "sum"
    label = f"{' '.join(cue[0].split())}#{CUED + (part or not surely)}"
    return Clue(
        "value" if cue.lastgroup in _WORTHS else str(cue.lastgroup), page.number, start, end, value, label, "prose"
    )


def behind(text: str, end: int) -> re.Match[str] | None:
    """The cue in the brackets right behind a name, or the verb of which it is the subject."""
    held = _BRACKETS.match(text, end)
    inside = PARTY.search(text, end, held.end()) if held else None
    return inside or _BEHIND.match(text, held.end() if held else end)


def before(text: str, start: int, cues: re.Pattern[str], far: int = _FAR) -> re.Match[str] | None:
    """The last cue before a thing on its line; where nothing stands there, of the line above it.

    Of a line that is nothing but cues, the thing that begins the line below has the first.
    """
    first = text.rfind("\n", 0, start) + 1
    begins = not re.search(r"\w", text[first:start])
    if begins:
        first = text.rfind("\n", 0, len(text[:first].rstrip())) + 1
    found = [*cues.finditer(text, max(first, start - _FAR - _LONG), start)]
    if begins and len(found) > 1 and not re.search(r"\w", cues.sub("", _INSIDE.sub("", text[first:start]))):
        return found[0]
    if len(found) > 1 and found[-1].lastgroup == "sum" and found[-2].lastgroup in {"other", "part"}:
        between = text[found[-2].end() : found[-1].start()]
        if len(between) < _OWNED and not _ENDED_OR.search(between):
            return found[-2]  # 履约保函，金额1,000万元
    between = _TITLED.sub("", _ASIDE.sub("", text[found[-1].end() : start])) if found else ""
    if cues is PRICE:
        between = _LEADERS.sub("", _INSIDE.sub("", between))
    return found[-1] if found and len(between) <= far and not _SHUT.search(between) else None


_LONG = 30  # characters of a cue
_LEADERS = re.compile(r"\.{3,}")
_OWNED = 6  # characters between a word and “amount” where that is its own
_ENDED_OR = re.compile(r"[。；;!?\n\t]|\.\s")
