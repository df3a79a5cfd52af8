"""What no label and no form of words tells of a record: each name, amount and day in the light of the cue nearest to it.

Bodies, amounts and days are known for what they are wherever they stand. Here each is asked which word of a role or of
a price stands nearest before it, on its line or at the end of the one above it, or in brackets right behind it. A cue
of something else (a guarantor, a deposit, a delivery) that stands nearer takes it away. Where cues lead to several
bodies or amounts, nothing is told. Surer clues always go first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from countersight.facts.values import day
from countersight.model import Clue, Money, Page
from countersight.text import money
from countersight.text.dates import dates

CUED = 8
"""Of clues told by cues: behind all others."""

_FAR = 60  # characters before a thing within which its cue stands
_TAIL = 24  # characters between the cue and a name
_PAGES = 3  # at either end of a document: parties, price and signatures stand there

_PARTY = re.compile(
    r"(?P<buyer>甲\s*方|采购(?:人|方|单位)|买方|需方|购买?方|定作方|委托方|发包(?:人|方)|招标(?:人|单位)|业主|建设单位|征集人"
    r"|buyer|purchaser|customer|client|employer|(?:contracting|procuring|purchasing) (?:entity|authority|agency|officer)"
    r"|(?:bill|ship|invoice|sold) to|on behalf of the (?:president|governor|board|authority))"
    r"|(?P<supplier>乙\s*方|(?:中标|成交|中选|入围)(?:供应商|单位|人)?|供应商|供方|卖方|承包(?:人|方|商)|受托方|承建单位"
    r"|供货(?:单位|商)|销售方|(?:successful|winning|awarded) (?:bidder|tenderer|offeror|firm)|supplier|contractor|vendor"
    r"|seller|consultant|(?<!\w)m/s\b|委托(?=[^\S\n]*$)|选定|awarded to|award(?:s|ed)? (?:the|a|this) (?:contract|tender|order) to|remit to|payable to|payee)"
    r"|(?P<agent>代理(?:机构|人)|集中采购机构|procurement agent)"
    r"|(?P<other>抄送|监督|监管|担保|保证人|保险|开户|审计|监理|制造|生产|厂家|品牌|分包|第[二三四]|候选|投标(?:人|单位)|原|鉴证|见证"
    r"|主管|评审|网址|地址|质疑|投诉|guarant|surety|bank|sub-?contract|manufactur|maker|audit|insur|review|appeal|witness"
    r"|previous|incumbent|unsuccessful|rejected|evaluated|bidder|tenderer|offeror|parent|owned|subsidiar|brand|publish"
    r"|cc\b|copy|address|translat|between|partner)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[\s,，]{0,2}(?:(?P<buyer>(?:现|拟|决定|经研究)*(?:委托|采购|就|向.{2,30}(?:采购|购买))|(?:is pleased|hereby|has awarded|awards?\b"
    r"|awarded|intends to|accepts))"
    r"|(?P<supplier>(?:为(?:本|该)?\w{0,6})?(?:中标|成交|中选|承建)|负责(?:提供|承建|实施)|(?:has been|was|is|were|are) awarded"
    r"|(?:shall|will|agrees to|undertakes to) (?:supply|provide|deliver|perform|sell|furnish)))",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"(?P<part>\d\s?[%％][^.。;；\n]{0,30})|(?P<value>(?:合同|成交|中标|协议|订单|采购|服务|项目|费用)?(?:总?价款?|总?金额|总额|总价|报酬|总费用|总经费)(?!保)|[合总共]计"
    r"|(?:contract|order|award(?:ed)?|purchase|agreed|total|lump)[ -](?:contract |order )?(?:sum|price|value|amount|cost)"
    r"|(?:sum|amount|price|total|value|consideration) of|grand total|total(?: amount| price| cost| value)?)"
    r"|(?P<other>保证金|预算|限价|控制价|单价|违约|赔偿|罚|代理|服务费|例|注册|定金|订金|预付|首付|首期|尾款|支付|付款|质保|押金|保险|上年|原"
    r"|投标|报价|补贴|不低于|不超过|以上|以下|税额|税金|deposit|bond|guarant|securit|budget|estimat|ceiling|maximum|exceed|up to"
    r"|liabilit|insur|unit|each|per\b|previous|original|fee|penalt|damage|increase|decrease|change|vat|tax|instal|monthly"
    r"|advance|retention|minimum|subtotal|sub-total|threshold|example|e\.g|option|unfinished|balance|remain)",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?P<signed>签订|签署|签定|签约|订立|签字|盖章|signed|signature|executed|entered into|made (?:and|on|this|the))"
    r"|(?P<other>至|起|止|开标|截止|交货|到货|验收|公告|公示|发布|计划|expir|start|commenc|effective|deliver|invoice|tender|due|publish"
    r"|posted|until|before|award|birth|print|revis|version|from|end|period|deadline|clos)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[\s,，]*[(（][^()（）\n]{0,60}[)）]")
_EACH = re.compile(r"\s*(?:元|圆)?\s*(?:[/／]|per\b|each\b|每)")
_SHUT = re.compile(r"[)）。；;!?]|\.\s|(?:[与和同及、]|\b(?:and|with|or))\s*$")  # between a cue and what it is not the cue of


def cued(numbers: Iterable[int], at: Callable[[int], Page], bodies: Sequence[Clue]) -> Iterator[Clue]:
    """The clues that cues give on the first and last pages of a record; ``bodies`` are those its pages name."""
    every = sorted(numbers)
    pages = [at(number) for number in dict.fromkeys((*every[:_PAGES], *every[-_PAGES:]))]
    named = [(page, [one for one in bodies if one.page == page.number]) for page in pages]
    yield from _most(_parties(named))
    yield from _most(_prices(pages))
    yield from _days(pages)


def _most(clues: Iterable[Clue]) -> Iterator[Clue]:
    """The first clue of each field's one value; of several values the one told more often than all others."""
    told: dict[str, dict[str, list[Clue]]] = defaultdict(lambda: defaultdict(list))
    for clue in clues:
        told[clue.field][clue.value].append(clue)
    for by_value in told.values():
        (most, found), *rest = sorted(by_value.items(), key=lambda pair: -len(pair[1]))
        del most
        if len(found) > sum(len(others) for _, others in rest):
            yield found[0]


def _parties(named: Iterable[tuple[Page, list[Clue]]]) -> Iterator[Clue]:
    for page, bodies in named:
        ends = [one.end for one in bodies]
        for one in bodies:
            cue = _behind(page.text, one.end, _PARTY) or _before(page.text, one.start, _PARTY, _TAIL, ends)
            if cue and cue.lastgroup != "other":
                yield _clue(str(cue.lastgroup), page, one.start, one.end, one.value, cue)


def _prices(pages: Iterable[Page]) -> Iterator[Clue]:
    for page in pages:
        for amount in money.amounts(page.text):
            if amount.amount and not _EACH.match(page.text, amount.end):
                cue = _before(page.text, amount.start, _PRICE, _FAR)
                if cue and cue.lastgroup == "value":
                    yield _clue(
                        "value",
                        page,
                        amount.start,
                        amount.end,
                        money.written(Money(amount.amount, amount.currency)),
                        cue,
                    )


def _days(pages: Iterable[Page]) -> Iterator[Clue]:
    for page in pages:
        for start, span in dates(page.text):
            cue = _before(page.text, start, _SIGNED, _FAR)
            if cue and cue.lastgroup == "signed" and span.from_ == span.to:
                yield _clue("signed", page, start, start + len(span.text or ""), day(span), cue)


def _clue(field: str, page: Page, start: int, end: int, value: str, cue: re.Match[str]) -> Clue:
    return Clue(field, page.number, start, end, value, f"{' '.join(cue[0].split())}#{CUED}", "prose")


def _behind(text: str, end: int, cues: re.Pattern[str]) -> re.Match[str] | None:
    """The cue in the brackets right behind a thing, or the verb of which it is the subject."""
    held = _BRACKETS.match(text, end)
    return (cues.search(text, end, held.end()) if held else None) or _BEHIND.match(text, held.end() if held else end)


def _before(text: str, start: int, cues: re.Pattern[str], far: int, others: Iterable[int] = ()) -> re.Match[str] | None:
    """The last cue before a thing on its line; where nothing stands there, of the line above it."""
    first = text.rfind("\n", 0, start) + 1
    if not re.search(r"\w", text[first:start]):
        first = text.rfind("\n", 0, max(0, len(text[:first].rstrip()))) + 1
    low = max(first, start - _FAR)
    last = None
    for last in cues.finditer(text, low, start):  # noqa: B007 (the last of them)
        pass
    if last is None or start - last.end() > far or _SHUT.search(text[last.end() : start]):
        return None
    return None if any(last.end() < end <= start for end in others) else last
