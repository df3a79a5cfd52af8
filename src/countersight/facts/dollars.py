"""Whose dollar a bare ``$`` is: what a document says of it elsewhere, or what shows where the document is from.

A page leaves clues of the field ``dollar``: ``said`` (US$, Canadian dollars), ``law`` (the laws of a State), ``mark``
(a Delaware corporation, a ZIP code, Pty Ltd). Without any, or where they differ, the currency stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from countersight.model import Clue, Page
from countersight.text.hints import Hints

DOLLAR = "dollar"
BARE = re.compile(r"\$|\bdollars?\b|[元圓圆]|^[\d,.]+$|^p\s?\d", re.IGNORECASE)
_PESO = re.compile(r"p\s?\d", re.IGNORECASE)
_PESOS = frozenset({"PHP", "BWP"})
"""Currencies whose sign is a bare ``P``."""

TRADITIONAL = re.compile("[採購標號稱額項門據開關約][^\n]{0,6}[採購標號稱額項門據開關約]")
_YUAN = re.compile("人民|rmb|cny|¥|￥", re.IGNORECASE)

_STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa"
    "|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska"
    "|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania"
    "|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin"
    "|Wyoming"
)
_CODES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA"
    "|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY"
)
_SAID = {
    "USD": "US$|US $|U.S.$|U.S. $|USD|U.S. dollars|U.S. Dollars|US dollars|US Dollars|United States dollars"
    "|United States Dollars"
    "|U.S. currency|US DOLLARS|UNITED STATES DOLLARS",
    "CAD": "CA$|C$|CDN$|CAD|Canadian dollars|Canadian Dollars",
    "AUD": "AU$|A$|AUD|Australian dollars|Australian Dollars",
    "HKD": "HK$|HKD|Hong Kong dollars|Hong Kong Dollars|港币|港元",
    "SGD": "S$|SGD|Singapore dollars|Singapore Dollars",
    "NZD": "NZ$|NZD|New Zealand dollars|New Zealand Dollars",
    "TWD": "NT$|TWD|New Taiwan dollars|New Taiwan Dollars|新台币",
}
_MARKS = {
    "USD": "Securities and Exchange Commission|SAM.gov|FAR 52.|48 CFR|DFARS|Davis-Bacon|Form W-9|FEIN|Federal Tax I"
    "|County Commissioners|COUNTY COMMISSIONERS|County Clerk|COUNTY CLERK|Board of Supervisors|BOARD OF SUPERVISORS"
    "|County Auditor|COUNTY AUDITOR|County Sheriff|COUNTY SHERIFF|ZIP Code|Zip Code",
    "CAD": "Ontario|British Columbia|Alberta|Quebec|Québec|Manitoba|Saskatchewan|Nova Scotia",
    "AUD": "Pty Ltd|Pty Limited|Pty. Ltd|ABN:|ACN:|New South Wales|Queensland|AusTender",
    "HKD": "Hong Kong|香港",
    "SGD": "Singapore",
    "NZD": "New Zealand",
    "TWD": "Taiwan|中华民国|决标|标案",
    "MOP": "Macau|Macao|澳门|澳門",
    "PHP": "Philippines|PHILIPPINES|Pilipinas|PhilGEPS",
    "BWP": "Botswana|BOTSWANA",
}
_BODIES = (
    " corporation",
    " Corporation",
    " limited",
    " Limited",
    " general partnership",
    " statutory trust",
    " non-profit",
)
_OF_STATE = ("laws of the State of ", "laws of the Commonwealth of ", "laws of the state of ")


def _signs() -> dict[str, tuple[str, str]]:
    """The words that tell a dollar, with their kind and its code."""
    states = _STATES.split("|")
    found = {word: ("said", code) for code, words in _SAID.items() for word in words.split("|")}
    found |= {word: ("mark", code) for code, words in _MARKS.items() for word in words.split("|")}
    found |= {f"{state}{body}": ("mark", "USD") for state in states for body in _BODIES}
    found |= {f"{of}{state}": ("mark", "USD") for state in states for of in (", ", "State of ", "Commonwealth of ")}
    found |= {f"STATE OF {state.upper()}": ("mark", "USD") for state in states}
    del found[", Georgia"]  # a country too
    found |= {f" {code} {digit}": ("mark", "USD") for code in (*_CODES.split("|"), *states) for digit in "0123456789"}
    return found | {f"{law}{state}": ("law", "USD") for state in states for law in _OF_STATE}


_SIGNS = tuple(_signs().items())
_HINTS = Hints(word for word, _ in _SIGNS)
_ZIP = re.compile(r" (?:[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?) \d{5}(?:-\d{4})?(?![\d,])")


def is_open(text: str, said: str) -> bool:
    """Whether the yuan of a text in traditional characters may be a dollar."""
    return TRADITIONAL.search(text) is not None and not _YUAN.search(said)


def clues(page: Page) -> Iterator[Clue]:
    """The first sign on a page for each dollar, of each kind."""
    text, seen = page.text.replace("\n", " "), set()
    for which, start, end in _HINTS.find(text):
        word, sign = _SIGNS[which]
        joined = word.isascii() and word[0].isalnum() and text[start - 1 : start].isalnum()
        if sign in seen or joined or not _stands(text, word, start, end):
            continue
        seen.add(sign)
        yield Clue(DOLLAR, page.number, start, end, sign[1], sign[0], "prose")


def _stands(text: str, word: str, start: int, end: int) -> bool:
    """Whether a sign is no part of another word or number."""
    if word[-1].isdigit():
        return _ZIP.match(text, start) is not None
    return not (word[-1].isalpha() and text[end : end + 1].isalnum() and word.isupper())


def currency(clues: Iterable[Clue], said: str = "$") -> str | None:
    """The currency that the signs of a document agree on for what is said, the surest kind of them deciding."""
    peso = _PESO.match(said) is not None
    told = [clue for clue in clues if clue.field == DOLLAR and (clue.value in _PESOS) == peso]
    for kind in ("said", "law", "mark"):
        if codes := {clue.value for clue in told if clue.label == kind}:
            return codes.pop() if len(codes) == 1 else None
    return None
