"""Numbers of identity papers: Chinese resident identity numbers and passports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from countersight.privacy.shapes import BREAK, JOINT, LOOK_BACK, D, Range, digits, named_a_thing, nearby
from countersight.text.identifiers import uscc

# The first two digits: provinces and their like (GB/T 2260).
_REGIONS = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

_GAP = f"(?:[{JOINT}]{{0,2}}|{BREAK})"
# Region, year of birth from 1900, month, day, order, check: what cannot be a date is dropped early.
_ID18 = re.compile(
    f"[1-8１-８](?:{_GAP}{D}){{5}}{_GAP}(?:[1１]{_GAP}[9９]|[2２]{_GAP}[0０])(?:{_GAP}{D}){{2}}{_GAP}[01０１]{_GAP}{D}"
    f"{_GAP}[0-3０-３](?:{_GAP}{D}){{4}}{_GAP}(?:{D}|[XxＸｘ])(?![0-9０-９A-Za-z])"
)
_ID15 = re.compile(f"{D}{{6}}[{JOINT}]?{D}{{6}}[{JOINT}]?{D}{{3}}(?![0-9０-９A-Za-z.])")
_ID_LABEL = re.compile(
    rf"(?:身\s?份\s?[证證]|公民身份|证件)(?:[号號][码碼]?|编号|明|件|复印件)*[{JOINT}：:号號码碼为是\r\n]{{0,6}}\Z|(?<![A-Za-z])"
    r"(?<!Registration )(?<!Business )(?<!Company )(?<!Project )(?<!Tax )(?<!Device )"
    r"ID(?:\s?(?:No|Card|Number)\.?)*[:：\s]{1,2}\Z"
)
_ID_LABELLED = re.compile(f"{D}(?:[{JOINT}]?{D}){{13,16}}(?:[{JOINT}]?(?:{D}|[XxＸｘ]))(?![0-9０-９A-Za-z])")
SHAPES = (_ID18.pattern, _ID15.pattern)
_COMPANY = re.compile(r"(?:信用代码|机构代码|纳税人识别号|税号|注册号|登记号)(?:证?号?)[：:\s]{0,3}\Z")
_PROJECT = re.compile(r"(?:项目|合同|招标|采购|标段|订单|文件|协议)(?:编\s?[号码]|号)[：:\s]{0,3}\Z")


def _day(year: int, month: str, day: str) -> bool:
    try:
        return 1900 <= date(year, int(month), int(day)).year <= 2099  # noqa: PLR2004 (years of birth)
    except ValueError:
        return False


def resident_number(code: str) -> bool:
    """Whether 18 digits are a resident identity number: region, day of birth and check character of GB 11643-1999."""
    total = sum(int(c) * w for c, w in zip(code[:17], _WEIGHTS, strict=True))
    return (
        _REGIONS.match(code) is not None
        and _day(int(code[6:10]), code[10:12], code[12:14])
        and "10X98765432"[total % 11] == code[17]
    )


def _old_resident_number(code: str) -> bool:
    """Whether 15 digits are an identity number of before 1999: region and day of birth (there is no check digit)."""
    born = int(code[6:8])
    return _REGIONS.match(code) is not None and born >= 20 and _day(1900 + born, code[8:10], code[10:12])  # noqa: PLR2004 (1920)


def _registration(code: str) -> bool:
    """Whether 15 digits carry the check digit of an old business registration number (ISO 7064 MOD 11,10)."""
    state = 10
    for c in code[:14]:
        state = ((state + int(c)) % 10 or 10) * 2 % 11
    return (state + int(code[14])) % 10 == 1


def resident(text: str, at: int) -> Range | None:
    """A resident identity number that begins at ``at``, split by gaps or a line end too. A company's code is none."""
    low = max(0, at - LOOK_BACK)
    if at and text[at - 1].isascii() and text[at - 1].isalpha() and not _ID_LABEL.search(text, low, at):
        return None
    if found := _ID18.match(text, at):
        code = digits(found[0])
        if len(code) == 18 and "X" not in code[:17] and resident_number(code):  # noqa: PLR2004 (the number's length)
            thing = _PROJECT.search(text, low, at) or (uscc(code) and _COMPANY.search(text, low, at))
            return None if thing else found.span()
    if (found := _ID_LABELLED.match(text, at)) and _ID_LABEL.search(text, low, at):
        return found.span()
    found = _ID15.match(text, at)
    if not found or not _old_resident_number(code := digits(found[0])) or named_a_thing(text, at):
        return None
    return None if _registration(code) and not nearby(text, at, ("身份证",)) else found.span()


_PASSPORT = re.compile(
    f"(?<![A-Za-z0-9_./-])(?:[EGDSPHM]{D}{{8}}|(?:E[A-HJ-NP-Z]|DE|SE|PE){D}{{7}})(?![0-9０-９A-Za-z]|[-.]\\w)"
)
_PASSPORT_LABELLED = re.compile(
    rf"(?:[护護]照|通行证|台胞证|回乡证|军官证|passport)(?:号码?|no|number)?[{JOINT}：:#为是及]{{0,4}}(?:no\.?\s?)?"
    r"([A-Z]{0,3}[0-9０-９]{6,10})(?![0-9０-９A-Za-z])",
    re.IGNORECASE,
)
_PASSPORT_SIGNS = ("护照", "護照", "assport", "PASSPORT", "通行证", "台胞证", "回乡证", "军官证")
_DATED = re.compile(r".(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def passport(text: str, at: int) -> Range | None:
    """A Chinese passport number whose digits begin at ``at``: one letter and 8 digits or two and 7, standing alone.

    A letter before a plain date (``G20230401``) is a document's number, and so is one that a label calls so.
    """
    for start in (at - 1, at - 2):
        found = _PASSPORT.match(text, start) if start >= 0 else None
        if found and not _DATED.fullmatch(found[0]) and not named_a_thing(text, start):
            return found.span()
    return None


def labelled_passports(text: str) -> Iterator[Range]:
    """Numbers of travel papers of any country that stand straight after their label."""
    if any(sign in text for sign in _PASSPORT_SIGNS):
        yield from (found.span(1) for found in _PASSPORT_LABELLED.finditer(text))
