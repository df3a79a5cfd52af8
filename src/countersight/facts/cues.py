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

from countersight.facts.entitled import titles
from countersight.facts.numbered import CUED, numbers
from countersight.facts.values import day
from countersight.model import Clue, Money, Page
from countersight.text import money
from countersight.text.dates import dates

_FAR = 60  # characters before a thing within which its cue stands
_TAIL = 24  # characters between the cue and a name
# A longer record has clauses: most of its names, sums and days are theirs (insurance, liability, notices).
_PAGES, _LENGTH = 6, 9_000

_PARTY = re.compile(
    r"(?P<buyer>甲\s*方|采购(?:人|方|单位)|买方|需方|购买?方|定作方|委托方|发包(?:人|方)|招标(?:人|单位)|业主|征集人"
    r"|建设单位|buyer|purchaser|customer|client|employer"
    r"|(?:contracting|procuring|purchasing) (?:entity|authority|agency|officer)"
    r"|(?:bill|ship|invoice|sold) to|on behalf of the (?:president|governor|board|authority))"
    r"|(?P<supplier>乙\s*方|(?:中标|成交|中选|入围)(?:供应商|单位|人)?|供应商|供方|卖方|承包(?:人|方|商)|受托方|承建单位"
    r"|供货(?:单位|商)|销售方|委托(?=[^\S\n]*$)|选定|(?:successful|winning|awarded) (?:bidder|tenderer|offeror|firm)"
    r"|supplier|contractor|vendor|seller|consultant|(?<!\w)m/s\b|awarded to"
    r"|award(?:s|ed)? (?:the|a|this) (?:contract|tender|order) to|remit to|payable to|payee)"
    r"|(?P<agent>代理(?:机构|人)|集中采购机构|procurement agent)"
    r"|(?P<other>抄送|监督|监管|担保|保证人|保险|开户|审计|监理|制造|生产|厂家|品牌|分包|第[二三四]|候选|投标(?:人|单位)|原"
    r"|鉴证|见证|主管|评审|网址|地址|质疑|投诉|guarant|surety|bank|sub-?contract|manufactur|maker|audit|insur|review"
    r"|appeal|witness|previous|incumbent|unsuccessful|rejected|evaluated|bidder|tenderer|offeror|parent|owned|subsidiar"
    r"|brand|publish|cc\b|copy|address|translat|between|partner)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[\s,，]{0,2}(?:(?P<buyer>(?:现|拟|决定|经研究)*(?:委托|采购|就|向.{2,30}(?:采购|购买))"
    r"|(?:is pleased|hereby|has awarded|awards?\b|awarded|intends to|accepts))"
    r"|(?P<supplier>(?:为(?:本|该)?\w{0,6})?(?:中标|成交|中选|承建)|负责(?:提供|承建|实施)"
    r"|(?:has been|was|is|were|are) awarded"
    r"|(?:shall|will|agrees to|undertakes to) (?:supply|provide|deliver|perform|sell|furnish)))",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"(?P<part>\d\s?[%％][^.。;；\n]{0,30})"
    r"|(?P<value>(?:合同|成交|中标|协议|订单|采购|服务|项目|费用)?(?:总?价款?|总?金额|总额|总价|报酬|总费用|总经费)(?!保)"
    r"|[合总共]计|(?:contract|order|award(?:ed)?|purchase|agreed|total|lump)[ -](?:contract |order )?"
    r"(?:sum|price|value|amount|cost)|(?:sum|amount|price|total|value|consideration) of|grand total"
    r"|total(?: amount| price| cost| value)?)"
    r"|(?P<other>保证金|预算|限价|控制价|单价|违约|赔偿|罚|代理|服务费|例|注册|定金|订金|预付|首付|首期|尾款|支付|付款|质保|押金"
    r"|保险|上年|原|投标|报价|补贴|不低于|不超过|以上|以下|税额|税金|deposit|bond|guarant|securit|budget|estimat|ceiling"
    r"|maximum|exceed|up to|liabilit|insur|unit|each|per\b|previous|original|fee|penalt|damage|increase|decrease|change"
    r"|vat|tax|instal|monthly|advance|retention|minimum|subtotal|sub-total|threshold|example|e\.g|option|unfinished"
    r"|balance|remain)",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?P<signed>签订|签署|签定|签约|订立|签字|盖章|signed|signature|executed|entered into|made (?:and|on|this|the))"
    r"|(?P<other>至|起|止|开标|截止|交货|到货|验收|公告|公示|发布|计划|expir|start|commenc|effective|deliver|invoice|tender"
    r"|due|publish|posted|until|before|award|birth|print|revis|version|from|end|period|deadline|clos)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[\s,，]*[(（][^()（）\n]{0,60}[)）]")
_EACH = re.compile(r"\s*(?:元|圆)?\s*(?:[/／]|per\b|each\b|每)")
# What between a cue and a thing says that it is not the cue of the thing.
_SHUT = re.compile(r"[)）。；;!?]|\.\s|(?:[与和同及、]|\b(?:and|with|or))\s*$")


def cued(numbered: Iterable[int], at: Callable[[int], Page], bodies: Sequence[Clue]) -> Iterator[Clue]:
    """The clues that cues give on the pages of a short record; ``bodies`` are those they name."""
    every = sorted(numbered)
    pages = [at(number) for number in every] if len(every) <= _PAGES else []
    if sum(len(page.text) for page in pages) > _LENGTH:
        return
    named = [(page, [one for one in bodies if one.page == page.number]) for page in pages]
    yield from _most(_parties(named))
    yield from _most(_prices(pages))
    yield from _days(pages)
    yield from _most(numbers(pages))
    yield from titles(pages)


def _most(clues: Iterable[Clue]) -> Iterator[Clue]:
    """The first clue of each field's one value; of several values the one told more often than all others."""
    told: dict[str, dict[str, list[Clue]]] = defaultdict(lambda: defaultdict(list))
    for clue in clues:
        told[clue.field][clue.value].append(clue)
    for by_value in told.values():
        most = max(by_value.values(), key=len)
        if 2 * len(most) > sum(map(len, by_value.values())):
            yield most[0]


def _parties(named: Iterable[tuple[Page, list[Clue]]]) -> Iterator[Clue]:
    for page, bodies in named:
        ends = [one.end for one in bodies]
        for one in bodies:
            cue = _behind(page.text, one.end) or _before(page.text, one.start, _PARTY, _TAIL)
            if cue and cue.lastgroup != "other" and not any(cue.end() < end <= one.start for end in ends):
                yield _clue(page, one.start, one.end, one.value, cue)


def _prices(pages: Iterable[Page]) -> Iterator[Clue]:
    for page in pages:
        for amount in money.amounts(page.text):
            if amount.amount and not _EACH.match(page.text, amount.end):
                cue = _before(page.text, amount.start, _PRICE)
                if cue and cue.lastgroup == "value":
                    value = money.written(Money(amount.amount, amount.currency))
                    yield _clue(page, amount.start, amount.end, value, cue)


def _days(pages: Iterable[Page]) -> Iterator[Clue]:
    for page in pages:
        for start, span in dates(page.text):
            cue = _before(page.text, start, _SIGNED)
            if cue and cue.lastgroup == "signed" and span.from_ == span.to:
                yield _clue(page, start, start + len(span.text or ""), day(span), cue)


def _clue(page: Page, start: int, end: int, value: str, cue: re.Match[str]) -> Clue:
    label = f"{' '.join(cue[0].split())}#{CUED}"
    return Clue(str(cue.lastgroup), page.number, start, end, value, label, "prose")


def _behind(text: str, end: int) -> re.Match[str] | None:
    """The cue in the brackets right behind a name, or the verb of which it is the subject."""
    held = _BRACKETS.match(text, end)
    inside = _PARTY.search(text, end, held.end()) if held else None
    return inside or _BEHIND.match(text, held.end() if held else end)


def _before(text: str, start: int, cues: re.Pattern[str], far: int = _FAR) -> re.Match[str] | None:
    """The last cue before a thing on its line; where nothing stands there, of the line above it."""
    first = text.rfind("\n", 0, start) + 1
    if not re.search(r"\w", text[first:start]):
        first = text.rfind("\n", 0, len(text[:first].rstrip())) + 1
    found = [*cues.finditer(text, max(first, start - _FAR), start)]
    if not found or start - found[-1].end() > far or _SHUT.search(text[found[-1].end() : start]):
        return None
    return found[-1]
