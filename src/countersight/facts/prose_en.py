"""Clues of fields in English sentences: parties by the roles a contract defines, its date, price, term and number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from countersight.facts.names import name, names
from countersight.facts.prose import clue, dated, near
from countersight.facts.values import values
from countersight.model import Clue, Page

_OPENING = 12_000  # characters of a page, and pages, in which a contract names its parties
_OPENING_PAGES = 4

_DEFINED = re.compile(
    r"\(\s?(?:(?:hereinafter|hereafter|herein|referred|to|as|called|known|the|each|an?|also|be|individually|collectively"
    r"|together)[\s,:]*)*[“\"‘'”]+(?:the\s)?(?P<role>[A-Z][A-Za-z ]{2,28}?)[,.]?[”\"’'“]+"
)
_CALLED = re.compile(
    r"here(?:inafter|after)\s(?:referred\sto\sas|called|known\sas)\s(?:the\s)?[“\"‘']?(?P<role>[A-Z][A-Za-z]{2,20})"
)
_BUYERS = (
    "buyer purchaser customer client employer authority owner lessee licensee council procuring entity user subscriber"
    " principal"
)
_SELLERS = (
    "seller supplier vendor contractor consultant provider manufacturer developer licensor lessor publisher host"
    " concessionaire operator"
)
_SIDES = {
    **dict.fromkeys(_BUYERS.split(), "buyer"),
    **dict.fromkeys(_SELLERS.split(), "supplier"),
    "service provider": "supplier",
    "procuring entity": "buyer",
    "contracting authority": "buyer",
}
_NO_PARTY = frozenset(
    (
        *(
            "agreement",
            "this agreement",
            "contract",
            "effective date",
            "commencement date",
            "execution date",
            "parties",
            "party",
        ),
        *(
            "act",
            "exchange act",
            "closing",
            "merger agreement",
            "project",
            "services",
            "goods",
            "products",
            "term",
            "works",
        ),
        *("equipment", "system", "software", "territory", "trademarks", "confidentiality"),
    )
)
_MADE = re.compile(
    r"\b(?:made|entered\s+into|executed|signed|dated|concluded)\b(?:\s+and\s+(?:entered\s+into|effective|executed))?[^.;\n(]{0,20}?(?:\s+(?:as\s+of|on|this|at|the|is|as))*\s+(?=(?:the\s)?\d|[A-Z][a-z]{2,8}\s\d)",
    re.IGNORECASE,
)
_THIS = re.compile(r"\bthis\b|^\W*[A-Z \n]*agreement", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:that certain|pursuant to|under the|to the|of the)\s[^.]{0,60}$", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:by\s+and\s+)?(?:between|among)\b:?|\bBETWEEN\b:?|\bPARTIES\b:?|\bAND\b:\s|\bAND\b:?\s*\n|\(\d\)\s|\band\b(?=\s+[A-Z])|:\s*\n",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:total |aggregate |full )?(?:contract|purchase|agreed|agreement) (?:price|value|sum"
    r"|amount)\b[^.\n$€£\d]{0,60}?"
    r"\b(?:is|shall be|of|amounts to|equals|be)\b",
    re.IGNORECASE,
)
_PRICES = ("rice", "value ", "Value ", "sum ", "Sum ", "mount ")
_START = re.compile(
    r"\b(?:commenc(?:es?|ing)|(?:takes?|shall take) effect|with effect|effective|begin(?:s|ning)?)\s+(?:on|from"
    r"|as of)\b"
    r"(?:\s+and\s+from)?",
    re.IGNORECASE,
)
_STARTS = ("ommenc", "effect ", "ffective ", "egins ", "eginning ")
_END = re.compile(r"\b(?:expires?|expiring|terminates?|until)\s+(?:on\s+|and including\s+)?(?=\d|[A-Z])", re.IGNORECASE)
_ENDS = ("xpire", "xpiring", "erminates", "until ")
_OF_CONTRACT = re.compile(r"\b(?:agreement|contract|term)\b", re.IGNORECASE)
_NEARBY = 120  # characters before a date within which a sentence says that it is the contract's
_TERM = re.compile(
    r"\b(?:initial term(?: of this agreement)?|term of (?:this|the) (?:agreement|contract)|contract period"
    r"|(?:agreement|contract)\b[^.\n]{0,60}?\bfor a (?:term|period))\b[^.\n]{0,30}?\b(?:of|is|be)\s+"
    r"(?P<term>[\w-]+\s?(?:\(\d+\)\s)?(?:calendar\s)?(?:years?|months?|weeks?|days?)\b)",
    re.IGNORECASE,
)
_TERMS = ("nitial term", "nitial Term", "erm of th", "for a term", "for a period", "ontract period", "ontract Period")
_REFERENCE = re.compile(
    r"\b(?P<label>(?:agreement|contract|purchase order) (?:no|number|ref(?:erence)?))\.?[:\s]\s?(?=[A-Z0-9])",
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
    if page.number <= _OPENING_PAGES:
        yield from _opening(page, text[:_OPENING])
    for match in near(text, _PRICES, _PRICE, 40, 70):
        for field, low, high, value in values("value", text, match.end(), min(len(text), match.end() + 60)):
            yield clue(page, field, (low, high), value, match[0])
    for field, anchors, pattern in (("start", _STARTS, _START), ("end", _ENDS, _END)):
        for match in near(text, anchors, pattern, 12, 40):
            if _OF_CONTRACT.search(text, max(0, match.start() - _NEARBY), match.start()):
                yield from dated(page, field, (match.end(), match.end() + 24), match[0])
    for match in near(text, _TERMS, _TERM, 80, 90):
        yield clue(page, "term", match.span("term"), name(match["term"]), "term of")


def _opening(page: Page, text: str) -> Iterator[Clue]:
    """What the opening of a contract says: who made it, when, and under what number."""
    yield from _parties(page, text)
    for match in near(text, ("made", "ntered", "NTERED", "MADE", "xecuted", "igned", "ated"), _MADE, 3, 60):
        before = text[max(0, match.start() - 160) : match.start()]
        if _THIS.search(before) and not _OTHER.search(before[-70:]):
            yield from dated(page, "signed", (match.end(), match.end() + 40), match[0])
            break
    for match in near(text, _NUMBERS, _REFERENCE, 10, 30):
        for _, low, high, value in values("contract_no", text, match.end(), min(len(text), match.end() + 40)):
            yield clue(page, "contract_no", (low, high), value, match["label"])


def _parties(page: Page, text: str) -> Iterator[Clue]:
    """The parties of a prose contract by the roles it defines: ``… Ltd (the "Supplier")``.

    Where it has two parties and one of them is called by a name of its own, that one has the other's counter-role.
    """
    told: list[tuple[str | None, tuple[int, int], str]] = []
    for match in sorted((*_DEFINED.finditer(text), *_CALLED.finditer(text)), key=lambda match: match.start()):
        role = match["role"].strip()
        found = None if role.lower() in _NO_PARTY else _before(text, match.start())
        if found and all(found != other for _, other, _ in told):
            told.append((_SIDES.get(role.lower()) or _SIDES.get(role.lower().split()[-1]), found, role))
        if len(told) == 2:  # noqa: PLR2004
            break
    sides = {side for side, _, _ in told if side}
    if len(told) == 2 and len(sides) == 1:  # noqa: PLR2004
        counter = "supplier" if "buyer" in sides else "buyer"
        told = [(side or counter, found, role) for side, found, role in told]
    for side, found, role in told:
        if side:
            yield clue(page, side, found, name(text[slice(*found)]), f"“{role}”")


def _before(text: str, at: int) -> tuple[int, int] | None:
    """The range of the name that stands before the definition of its role."""
    begin = max(0, at - 420)
    floor = max([begin + match.end() for match in re.finditer(r"[”\"’']\s?\)", text[begin:at])], default=begin)
    starts = [match.end() for match in _BETWEEN.finditer(text, floor, at)] or [floor]
    return next((found for start in starts for found in names(text, start, at)), None)
