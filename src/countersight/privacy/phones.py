"""Telephone and fax numbers: Chinese mobiles and landlines, international ones, and whatever a label calls a number."""

from __future__ import annotations

import re

from countersight.privacy.shapes import (
    BREAK,
    JOINT,
    LOOK_BACK,
    SPACE,
    D,
    Range,
    amount,
    digits,
    named_a_thing,
    nearby,
)

_END = "(?![0-9０-９]|[A-Za-z]{1,6}-?[0-9０-９])"
_86 = f"(?:(?:00)?(?:86|８６)[{JOINT}]{{0,3}})?"
_MOBILE = re.compile(
    f"{_86}[0０]?[1１][3-9３-９](?:{D}{{9}}|{D}[{JOINT}]{{1,2}}{D}{{4}}[{JOINT}]{{1,2}}{D}{{4}}"
    f"|{D}{{2}}[{JOINT}]{{1,2}}{D}{{3}}[{JOINT}]{{1,2}}{D}{{4}}|{D}[{JOINT}]{{1,2}}{D}{{3}}[{JOINT}]{{1,2}}{D}{{5}}){_END}"
)
_MOBILE_BROKEN = re.compile(f"{_86}[1１][3-9３-９]{D}{{5,8}}{BREAK}{D}{{1,4}}{_END}")
_DASH = f"[{SPACE}\\-\\u2010-\\u2015\\u2212－]"
_AREA = "[0０](?:[1１][0０]|[2２][0-57-9０-５７-９]|[3-9３-９][0-9０-９]{2})"
_LOCAL = f"[2-9２-９]{D}{{2,3}}{_DASH}?{D}{{4}}"
_EXTENSION = rf"(?:[{SPACE}]?(?:{_DASH}|转|分机|ext\.?|[xX])[{SPACE}]?{D}{{1,6}}{_END})?"
_ALSO = f"[{SPACE}]?[/、，,;；或和][{SPACE}]?(?:{_LOCAL}|[48]00{D}{{7}}){_END}{_EXTENSION}"
_MORE = f"(?:{_ALSO}|/{D}{{1,4}}{_END}(?![.年月日%]))*"
_LANDLINE = re.compile(
    f"(?:{_86}{_AREA}|(?:00)?86{_DASH}(?:10|2[0-57-9]|[3-9]\\d\\d))(?P<gap>[{JOINT}]{{0,3}}|{_DASH}{BREAK})"
    f"{_LOCAL}{_END}{_EXTENSION}{_MORE}"
)
_HOTLINE = re.compile(
    f"[48４８][0０]{{2}}(?:{D}{{7}}|{_DASH}{D}{{3}}{_DASH}?{D}{{4}}|{_DASH}{D}{{4}}{_DASH}?{D}{{3}}"
    f"|{D}{_DASH}{D}{{3}}{_DASH}{D}{{3}}|{_DASH}{D}{{7}}){_END}{_EXTENSION}"
)
_NORTH_AMERICAN = re.compile(
    r"(?:1[-. ]{1,2}\(?)?(?:[2-9]\d\d\)[-. ]{0,2}[2-9]\d\d[-. ]|[2-9]\d\d(?P<sep>[-.])[2-9]\d\d(?P=sep))"
    rf"\d{{4}}(?![\w]|[-.]\w){_EXTENSION}",
    re.IGNORECASE,
)
_ANY = re.compile(f"{D}(?:[{JOINT}/]{{0,3}}{D}){{6,14}}{_END}{_EXTENSION}{_MORE}", re.IGNORECASE)

# Country calling codes in use (ITU-T E.164, list of assigned codes).
_COUNTRY = re.compile(
    r"1|7|2[07]|2[1-69]\d|3[0-469]|3[578]\d|4[013-9]|42\d|5[1-8]|5[09]\d|6[0-6]|6[789]\d|8[1246]|8[058]\d|9[0-58]|9[679]\d"
)
_INTERNATIONAL = re.compile(f"{D}(?:[{JOINT}]{{0,3}}{D}){{6,17}}{_END}{_EXTENSION}")

_ADDEND = re.compile(r"(?:\A|\D)\d{1,6}[+＋]\Z")
SHAPES = (
    _MOBILE.pattern,
    _MOBILE_BROKEN.pattern,
    _LANDLINE.pattern,
    _HOTLINE.pattern,
    f"(?i:{_NORTH_AMERICAN.pattern})",
    f"00{_INTERNATIONAL.pattern}",
)

_PHONE_WORDS = (
    "[电電]\\s{0,8}[话話]|手\\s{0,8}[机機]|联\\s?系\\s?方\\s?式|聯[絡繫]|[传傳]\\s{0,8}真|座机|固话|热\\s?线|联系人|分机|移动|call\\s?me|contact"
    "|tel(?:ephone|efax|ecopy|ecopier|ex)?|phones?|fax|facsimile|mobile|cell|call|whatsapp|signal|(?<![a-z])[tfmp](?=[:：.])"
    "|тел(?:ефон)?|факс|تېلېفون|هاتف"
)
_LABEL = re.compile(
    f"(?<![A-Za-z])(?:{_PHONE_WORDS})(?:{_PHONE_WORDS}|[号號]|[码碼]|及|和|为|是|no|number|num|:|：|[{JOINT}\\r\\n/#;；+＋、])*"
    f"(?:(?<=[：:{SPACE}])[\\u4e00-\\u9fff]{{2,4}}[，,；;：:{SPACE}]{{1,2}})?\\Z",
    re.IGNORECASE,
)
_PAGE_LABELS = ("电话", "手机", "联系方式", "Tel", "Mobile")


def _labelled(text: str, at: int) -> bool:
    return _LABEL.search(text, max(0, at - LOOK_BACK), at) is not None


def _widen(text: str, start: int, end: int) -> Range:
    """Take in the plus sign and the bracket that open the number."""
    while start and (text[start - 1] in "+＋" or (text[start - 1] in "(（" and re.search("[)）]", text[start:end]))):
        start -= 1
    return start, end


def _international(text: str, at: int) -> bool:
    """Whether ``+`` stands before ``at`` (an opening bracket between allowed) and no sum is meant."""
    before = text[max(0, at - 10) : at].rstrip("(（ ")
    return before[-1:] in ("+", "＋") and not _ADDEND.search(before)


def _by_shape(text: str, at: int) -> re.Match[str] | None:
    """A number whose shape alone says what it is."""
    if (found := _MOBILE.match(text, at)) or ((found := _LANDLINE.match(text, at)) and found["gap"]):
        return found
    if (found := _HOTLINE.match(text, at)) and len(found[0]) > len(digits(found[0])):
        return found
    return _NORTH_AMERICAN.match(text, at)


def _by_context(text: str, at: int) -> re.Match[str] | None:
    """A number that something around it calls one: a plus sign, ``00``, a label beside it or a column on the page."""
    plus = _international(text, at)
    if (plus or text.startswith("00", at)) and (found := _INTERNATIONAL.match(text, at)):
        number = digits(found[0])
        number = number if plus else number[2:]
        enough = 8 if plus and len(found[0]) > len(number) else 10  # digits, country code included
        if enough <= len(number) and _COUNTRY.match(number):
            return found
    found = _HOTLINE.match(text, at) or _MOBILE_BROKEN.match(text, at)
    if found and len(digits(found[0])) in (10, 11, 13, 15) and nearby(text, at, _PAGE_LABELS):
        return found
    found = _ANY.match(text, at)
    return found if found and _labelled(text, at) else None


def phone(text: str, at: int) -> Range | None:
    """A telephone number whose digits begin at ``at``. Sums of money, decimals and numbers of things are none."""
    found = _by_shape(text, at) or _by_context(text, at)
    if not found or amount(text, at, found.end()):
        return None
    if named_a_thing(text, at) and not _labelled(text, at):
        return None
    return _widen(text, *found.span())
