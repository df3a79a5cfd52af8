"""Clues of fields in English sentences: parties by the roles a contract defines, its date, price, term and number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from countersight.facts import clauses_en, preamble
from countersight.facts.clauses_en import SINCE_MADE, of_contract
from countersight.facts.cues.words import UNPRICED
from countersight.facts.kinds import headed
from countersight.facts.names import name, names
from countersight.facts.prose import clue, dated, near, span_of
from countersight.facts.values import values
from countersight.model import Clue, Page

_OPENING = 12_000  # characters of a page, and pages, in which a contract names its parties
_OPENING_PAGES, _LATEST = 4, 12  # after a cover and a table of contents it is the page that says who made it
_MAKING = ("made", "MADE", "ntered into", "NTERED INTO", "ntered\ninto")

_MADE = re.compile(
    r"\b(?:made|entered\s+into|executed|signed|dated|concluded)\b(?:\s+and\s+(?:entered\s+into|effective|executed))?[^.;\n(]{0,20}?(?:\s+(?:as\s+of|on|this|at|the|is|as))*\s+(?=(?:the\s)?\d|[A-Z][a-z]{2,8}\s\d|[a-z-]{5,14}\sday\sof\s)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[^.;]{0,100}?[,)]\s(?:made\s|dated\s|effective\s)?(?:on|as\sof|dated|effective)\s(?:the\s|this\s)?(?=\d|[A-Z][a-z]{2,8}\s\d)"
)
_WITNESSED = re.compile(
    r"\bin\s+witness\s+whereof\b[^.;]{0,200}?\b(?:on|as\s+of|this)\s+(?:the\s+|this\s+)?(?=\d|[A-Z][a-z]{2,8}\s\d)",
    re.IGNORECASE,
)
_EFFECTIVE = re.compile(
    r"[,\s]*\((?:the\s|hereinafter\s)?[“\"‘'](?:the\s)?(?:effective|commencement)\sdate[”\"’']", re.IGNORECASE
)
# … as of the date noted below (the “Effective Date”)
_SIGNED_BELOW = re.compile(
    r"\bas\sof\sthe\s(?:later\s|last\s)?date\s[^.;()]{0,60}?\b(?:below|signature|signatures|signed|hereof)\b[^.;()]{0,40}"
    r"\((?:the\s)?[“\"‘'](?:the\s)?(?:\w+\s)?(?:effective|commencement)\sdate",
    re.IGNORECASE,
)
_FAR = 160  # characters behind the last party in which the same sentence gives its day
_TITLE_END = 4_000  # characters of an opening in which a contract says what it is called
_TITLED = re.compile(
    r"\b(?:This|THIS)\s(?P<title>(?:[A-Z][\w&,/’'-]*\s+(?:(?:and|of|for|to|the|&)\s+){0,2}){1,9}(?:Agreement|AGREEMENT|Contract|CONTRACT|Lease"
    r"|LEASE))\s*(?:\(|,|is\s|made|entered|dated|No)"
)
# What is in capitals up to where the text begins, over lines too: … AMENDMENT TO THE SUPPLY\nAGREEMENT This Amendment
_CAPITALS = re.compile(
    r"(?<![^\s\d)\]])(?:(?:(?:[A-Z]+\s)?(?:COPY|VERSION|DRAFT)|CONFIDENTIAL(?:\sTREATMENT\sREQUEST\w*)?|EXHIBIT)\s+)*"
    r"(?P<title>(?:(?:[A-Z][A-Z&/'’-]+|[&–-]|A|NO\.\s?\d+)\s+){1,14}(?:AGREEMENT|CONTRACT|LEASE))"
    r"(?=[:\s]+(?:(?:BY\sAND\s)?(?:BETWEEN|Between|AMONG|Among)\b|(?:THIS|This)\s))"
)
_WHOSE = re.compile(  # lines above a title that name whose contract it is
    r"(?:(?:.*\s(?:LTD|LIMITED|INC|LLC|LLP|CORP|CORPORATION|COMPANY|PLC|GMBH)|(?:THE\s)?(?:\w+\s)?(?:CITY|COUNTY|TOWN|STATE"
    r"|REPUBLIC|COMMONWEALTH|PROVINCE|GOVERNMENT|MINISTRY|DEPARTMENT|UNIVERSITY)\sOF\s.*)\s*\n\s*)+"
)
_VIZ = re.compile(r"\bviz\.?,?\s(?P<title>[^.;\[\]_]{6,120}?),?\sand\shas\s(?:accepted|received)")
_THIS = re.compile(r"\bthis\b|^\W*[A-Z \n]*agreement|\bagreement\s*\([^()]{0,40}\)\s*,?\s*$", re.IGNORECASE)
_EARLIER = re.compile(r"\b(?:previously|heretofore)\b|\binto\s+(?:the|that|an?)\s", re.IGNORECASE)  # another contract
_OTHER = re.compile(
    r"\b(?:that certain|pursuant to|under the|to the|of the|supersed\w+ the|replac\w+ the)\s[^.]{0,60}$"
    r"|\b(?:offer|proposal|quotation|quote|letter|tender|bid|invoice|report|memorandum|drawings?)\s*$",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:(?:total |aggregate |full )?(?:contract|purchase|agreed|agreement) (?:price|value|sum|amount)"
    r"|total (?:price|cost|fee|compensation|consideration)s?\s(?:for|of)\s(?:the|this|all))\b(?:(?!\b(?:increas"
    r"|decreas|reduc|adjust))[^.\n$€£\d]){0,60}?"
    r"\b(?:is|shall be|of|amounts to|equals|be)\b(?!\s(?:\w+ed|paid|due|subject)\b)",
    re.IGNORECASE,
)
# … in the sum of USD 4,210 (hereinafter called “the Contract Price”)
_CALLED = re.compile(
    r"(?:sum|amount|price)\sof\s(?P<sum>[^()\n]{4,60}?)\s?\((?:hereinafter\s)?(?:called|referred\sto\sas)?\s?(?:the\s)?[“\"‘']?(?:the\s)?"
    r"(?P<price>(?:Contract|Purchase)\s(?:Price|Sum|Value|Amount))"
)
_HEAD = 1_500  # characters of a first page that say what it is of
_NUMBERED = re.compile(
    r"\b[Tt]his\s(?:[Cc]ontract|[Aa]greement),?\s(?:(?:No|Number)\.?\s)?(?P<number>[A-Z0-9][A-Z0-9/-]{3,20}\d),"
)
_FOR = re.compile(
    r"(?:^|\n)\s*(?:AGREEMENT|CONTRACT|Agreement|Contract)\s(?:FOR|for|RELATING TO|relating to)\s(?:THE\s|the\s)?"
    r"(?P<title>[A-Z][^\n]{8,100})(?=\n)"
)
_INVITED = re.compile(
    r"\b(?:bids?|tenders?|quotations?|proposals?)\s(?:are|is)\s(?:hereby\s)?invited\s(?:from\s[^.\n]{3,80}?\s)?for\s(?:the\s)?"
    r"(?P<title>[^.;\n]{8,110})"
)
_CAPPED = re.compile(
    r"\b(?:contract|agreement|total|compensation|amount)\b[^.;\n]{0,90}?\b(?:shall|will|may)\snot\sexceed\s",
    re.IGNORECASE,
)
_SPANNED = re.compile(r"\b(?:effective|from|commenc\w+|begin\w+)\s(?:on\s|from\s)?(?=[A-Z\d])")
_CALLS = ("sum of", "amount of", "price of")
_PRICES = (
    "rice",
    "otal cost",
    "otal fee",
    "otal compensation",
    "otal consideration",
    "value ",
    "Value ",
    "sum ",
    "Sum ",
    "mount ",
)
_START = re.compile(
    r"\b(?:commenc(?:es?|ing)|(?:takes?|shall take) effect|(?:comes?|enters?) into (?:force|effect)|with effect"
    r"|effective|begin(?:s|ning)?)\s+(?:on|from"
    r"|as of)\b"
    r"(?:\s+and\s+from)?",
    re.IGNORECASE,
)
_ASIDE = re.compile(  # other times than that of the contract, and one that it had
    r"\b(?:option|exercis\w+|maintenance|establishment|warrant\w*|defects?|insur\w+|bonds?|guarantee|valid|was|were)\b[^.;]*$",
    re.IGNORECASE,
)
_NEAR = 60  # characters before a day in which they stand
_STARTS = ("nto force", "nto effect", "ommenc", "effect ", "ffective ", "egins ", "eginning ")
_END = re.compile(
    r"\b(?:expires?|expiring|terminates?|end(?:s|ing)?|until|(?:is|are)\s+(?:hereby\s+)?extended\s+(?:to|through))\s+"
    r"(?:on\s+|and including\s+)?"
    r"(?=\d|[A-Z])",
    re.IGNORECASE,
)
_ENDS = (" ending ", " end on", " ends on", "xpire", "xpiring", "erminates", "erminate on", "until ", "xtended ")
_REFERENCE = re.compile(
    r"(?<![/\w])(?P<label>(?:agreement|contract|purchase order) (?:no|number|ref(?:erence)?))\.?[:\s]\s?(?=[A-Z0-9])",
    re.IGNORECASE,
)
_NUMBERS = (
    "greement No",
    "ontract No",
    "rder No",
    "greement no",
    "ontract no",
    "greement Num",
    "ontract Num",
    "greement num",
    "ontract num",
    "ontract Ref",
    "ontract ref",
    "rder Num",
)


def clues(page: Page) -> Iterator[Clue]:
    """The clues that English sentences of a page give."""
    text = page.text
    if page.number <= _OPENING_PAGES or (page.number <= _LATEST and any(map(text.__contains__, _MAKING))):
        yield from _opening(page, preamble.flowing(text[:_OPENING]))
    if page.number == 1:
        yield from _named(page)
    yield from _sums(page)
    yield from _days(page)
    yield from clauses_en.clues(page)


def _days(page: Page) -> Iterator[Clue]:
    """The first and the last day of a contract, and that of the last of its signatures."""
    text = page.text
    for match in near(text, ("hrough ",), _SPANNED, 60, 60):
        if of_contract(text, match):
            yield from span_of(page, match.end(), match.end() + 60, match[0], "prose")
    for field, anchors, pattern in (("start", _STARTS, _START), ("end", _ENDS, _END)):
        for match in near(text, anchors, pattern, 12, 40):
            if of_contract(text, match) and not _ASIDE.search(text, max(0, match.start() - _NEAR), match.start()):
                yield from dated(page, field, (match.end(), match.end() + 24), match[0])
    for match in near(text, ("WITNESS W", "itness w"), _WITNESSED, 4, 260):
        yield from dated(page, "signed", (match.end(), match.end() + 40), "in witness whereof#1")


def _named(page: Page) -> Iterator[Clue]:
    """The number and the subject that the first words of a contract or notice give."""
    head = page.text[:_HEAD]
    if found := _NUMBERED.search(head):
        yield clue(page, "contract_no", found.span("number"), found["number"], "This contract")
    if found := _FOR.search(head):
        yield clue(page, "title", found.span("title"), name(found["title"]), "contract for#4")


def _sums(page: Page) -> Iterator[Clue]:
    text = page.text
    for match in near(text, ("not exceed",), _CAPPED, 120, 60):
        told = (
            () if UNPRICED.search(match[0]) else values("ceiling", text, match.end(), min(len(text), match.end() + 40))
        )
        for _, low, high, value in told:
            yield clue(page, "ceiling", (low, high), value, "not to exceed")
    for match in near(text, _CALLS, _CALLED, 30, 90):
        for field, low, high, value in values("value", text, match.start("sum"), match.end("sum")):
            yield clue(page, field, (low, high), value, match["price"])
    for match in near(text, _PRICES, _PRICE, 40, 70):
        for field, low, high, value in values("value", text, match.end(), min(len(text), match.end() + 60)):
            yield clue(page, field, (low, high), value, match[0])


def _opening(page: Page, text: str) -> Iterator[Clue]:
    """What the opening of a contract says: who made it, when, and under what number."""
    found = preamble.parties(text)
    if page.number > _OPENING_PAGES and len(found) < 2:  # noqa: PLR2004 (parties)
        return
    for one in found:
        yield clue(page, one.side, (one.start, one.end), name(text[one.start : one.end]), f"“{one.terms[0]}”")
    yield from _made(page, text, found[-1].end if found else None)
    if found and (below := _SIGNED_BELOW.search(text)):
        yield clue(page, SINCE_MADE, below.span(), name(below[0]), "Effective Date")
    yield from _titled(page, text)
    for match in near(text, _NUMBERS, _REFERENCE, 10, 30):
        for _, low, high, value in values("contract_no", text, match.end(), min(len(text), match.end() + 40)):
            yield clue(page, "contract_no", (low, high), value, match["label"])


def awarded(page: Page) -> Iterator[Clue]:
    """To whom a letter of award is written: M/s Deccan Systems Private Limited."""
    text = page.text
    at = text.find("M/s")
    if page.number == 1 and 0 <= at < _OPENING and _AWARD.search(text):
        for low, high in names(text, at + 3 + text.startswith(".", at + 3), min(len(text), at + _FAR)):
            yield clue(page, "supplier", (low, high), name(text[low:high]), "M/s")


_AWARD = re.compile(
    r"\b(?:letter|notification|notice) of (?:award|acceptance|intent)\b|accept your (?:bid|offer|tender)", re.IGNORECASE
)


def invited(page: Page) -> Iterator[Clue]:
    """What bids are invited for, in a notice of a tender."""
    if page.number == 1 and "nvited" in page.text and (found := _INVITED.search(page.text)):
        yield clue(page, "title", found.span("title"), name(found["title"]), "bids are invited for#4")


def _made(page: Page, text: str, parties_end: int | None) -> Iterator[Clue]:
    """When a contract was made: beside the word that says so, or behind the parties in the same sentence."""
    for match in near(text, ("made", "ntered", "NTERED", "MADE", "xecuted", "igned", "ated", "ATED"), _MADE, 3, 60):
        before = text[max(0, match.start() - 160) : match.start()]
        if _THIS.search(before) and not _OTHER.search(before[-70:]) and not _EARLIER.search(before[-30:] + match[0]):
            yield from _day_made(page, match)
            return
    behind = _BEHIND.search(text, parties_end, parties_end + _FAR) if parties_end is not None else None
    if behind:
        yield from _day_made(page, behind)


def _day_made(page: Page, match: re.Match[str]) -> Iterator[Clue]:
    """The day behind words that say when a contract was made; its first day too, where it is called so."""
    for found in dated(page, "signed", (match.end(), match.end() + 40), match[0]):
        yield found
        if _EFFECTIVE.match(page.text, found.end):
            yield replace(found, field="start", label="Effective Date")


def _titled(page: Page, text: str) -> Iterator[Clue]:
    """The name of the contract where its first sentence gives one: This Supply Agreement (the “Agreement”)."""
    if found := _VIZ.search(text):
        yield clue(page, "title", found.span("title"), name(found["title"]), "viz.#4")
    if page.number == 1 and (found := _CAPITALS.search(page.text, 0, _HEAD)) and headed(found["title"]):
        above = _WHOSE.match(found["title"])
        low, high = found.start("title") + (above.end() if above else 0), found.end("title")
        yield Clue("title", 1, low, high, name(page.text[low:high]), "capitals#5")
    if found := _TITLED.search(text, 0, _TITLE_END):
        yield clue(page, "title", found.span("title"), name(found["title"]), "This …#5")
