"""What places or dates a person or a thing of theirs: coordinates, days of birth, plates, hardware addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from countersight.privacy.shapes import SPACE, Range, amount, nearby

# Plates of civil vehicles (GA 36): province, office, then 5 characters, 6 for new energy; I and O are not used.
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_OFFICE = re.compile(f"[{_PROVINCES}][A-HJ-NP-Z]")
_PLATE = re.compile(
    rf"..[{SPACE}·•・.\-]?(?=[A-HJ-NP-Z]{{0,4}}[0-9])"
    r"(?:[A-HJ-NP-Z0-9]{4}[学警港澳挂领使]|[A-HJ-NP-Z0-9]{5,6}(?![学警港澳挂领使]))(?![A-Za-z0-9]|[-_/][A-Za-z0-9])"
)
_ARMED_POLICE = re.compile(
    rf"(?<![A-Za-z])WJ[{SPACE}·]?[{_PROVINCES}]?[{SPACE}·]?[0-9]{{4,5}}[A-Z]?(?![A-Za-z0-9]|[-_/][A-Za-z0-9])"
)
# A province's character that ends another word: 北京A12345 is a code in Beijing, no plate.
_WORD_END = re.compile(
    "(?:[北南东西]京|天津|[四银铜]川|[西南海辽]宁|[更全最创高刷革]新|[阿里华为腾讯移动联通天翼金山百度]云|江苏|[西雪]藏|[内]蒙|[西]青)\\Z"
)

_HARDWARE = re.compile(
    r"(?<![0-9A-Za-z:\-])[0-9A-Fa-f]{2}([:\-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2}){4}(?![0-9A-Za-z]|[:\-][0-9A-Fa-f])"
)

_DEGREES = r"[0-9]{1,3}\s?[°º度]"
_MINUTES = r"\s?[0-9]{1,2}(?:\.[0-9]+)?\s?[′'’分]"
_SECONDS = r"\s?[0-9]{1,2}(?:\.[0-9]+)?\s?(?:[″\"”秒]|''|′′)"
_HEMISPHERE = r"\s?(?:[NSEW](?![A-Za-z0-9+-])|(?:北|南)纬|(?:东|西)经)"
_DMS = re.compile(rf"{_DEGREES}{_MINUTES}(?:{_SECONDS})?(?:{_HEMISPHERE})?")
_DMS_AFTER = re.compile(_HEMISPHERE + r"\Z")
_DMS_BEFORE = re.compile(
    r"(?:[经纬]度?|[NSEW]|lat(?:itude)?|lon(?:g(?:itude)?)?|坐标)[：:\s(（为]{0,3}\Z", re.IGNORECASE
)
# A decimal to four places or more: one that a label or a hemisphere calls a place, or two of them side by side.
_DECIMAL = re.compile(rf"\.[0-9]{{4,15}}+(?:\s?[°º度])?(?:{_HEMISPHERE})?(?![0-9.%％])")
_DEGREES_BEFORE = re.compile(r"(?<![0-9.])[-−]?[0-9]{1,3}\Z")
_NAMED = re.compile(
    r"(?:[经經纬緯]度?|坐标|坐標|GPS|(?<![A-Za-z])(?:[Ll]at(?:itude)?|[Ll]on(?:gitude)?|[Ll]ng)(?![a-z]))[：:=\s(（为是]{0,4}\Z"
)
_PAIR = re.compile(r"\.([0-9]{4,15}+)(\s?[,，;；/]\s?|[ \t\r\n]{1,4})([-−]?[0-9]{2,3}+\.[0-9]{4,15}+)(?![0-9.%％])")
_PAIR_BEGINS = re.compile(r"(?<![0-9.])[-−]?[0-9]{2,3}\Z")
_COORDINATES = ("经度", "纬度", "坐标", "atitude", "GPS")
_QUARTER, _HALF = 90, 180  # degrees of latitude and longitude

_GAP = f"[{SPACE}]?"
_DAY = (
    rf"(?:[12][0-9]{{3}}{_GAP}[年./\-－—]{_GAP}[01]?[0-9](?:{_GAP}[月./\-－—](?:{_GAP}[0-3]?[0-9](?:{_GAP}日)?)?)?"
    r"|[12][0-9]{3}(?:0[1-9]|1[0-2])(?:[0-3][0-9])?|[12][0-9]{3}年?"
    r"|[0-3]?[0-9](?:st|nd|rd|th)?[ ./\-](?:[A-Z][a-z]{2,8}\.?|[01]?[0-9])[ ./\-,]{1,2}[12][0-9]{3}"
    r"|[A-Z][a-z]{2,8}\.? [0-3]?[0-9](?:st|nd|rd|th)?,? [12][0-9]{3})(?![0-9]|[）)〕\]][\u4e00-\u9fff])"
)
_BORN = re.compile(
    r"(?:出\s?生(?:日\s?期|年\s?月\s?日|年\s?月|时\s?间)?|生日"
    r"|(?i:dates?\s{1,3}of\s{1,3}birth|birth\s?(?:date|day)|d\.?o\.?b\.?|born(?:\s{1,3}(?:on|in))?))"
    rf"[{SPACE}：:于是为()（）\r\n]{{0,4}}({_DAY})"
)
_BORN_AFTER = re.compile(rf"({_DAY})\s?(?:出生(?!率)|生(?=[，,。；;、）)\s]|\Z))")
_BIRTH_SIGN = re.compile("[出日月年]\\s?生")


def plates(text: str) -> Iterator[Range]:
    """Number plates of vehicles, standing alone."""
    for office in _OFFICE.finditer(text):
        found = _PLATE.match(text, office.start())
        if found and not _WORD_END.search(text, max(0, found.start() - 3), found.start() + 1):
            yield found.span()
    if "WJ" in text:
        yield from (found.span() for found in _ARMED_POLICE.finditer(text))


def hardware(text: str) -> Iterator[Range]:
    """MAC addresses on a page that speaks of them."""
    if "MAC" in text or "Mac" in text or "mac" in text or "物理地址" in text:
        yield from (found.span() for found in _HARDWARE.finditer(text))


def coordinates(text: str) -> Iterator[Range]:
    """Places precise to metres: degrees with minutes named as a place, or decimals to four places and more."""
    if "°" in text or "º" in text or "纬" in text:
        for found in _DMS.finditer(text):
            at = found.start()
            if _DMS_AFTER.search(found[0]) or _DMS_BEFORE.search(text, max(0, at - 10), at):
                yield found.span()
    yield from _decimals(text)


def _decimals(text: str) -> Iterator[Range]:
    for found in _DECIMAL.finditer(text):
        at = found.start()
        whole = _DEGREES_BEFORE.search(text, max(0, at - 5), at)
        if whole and abs(_number(whole[0])) <= _HALF:
            start = whole.start()
            named = _DMS_AFTER.search(found[0]) or _NAMED.search(text, max(0, start - 16), start)
            if named and not amount(text, start, found.end()):
                yield start, found.end()
    for found in _PAIR.finditer(text):
        first = _PAIR_BEGINS.search(text, max(0, found.start() - 5), found.start())
        if first and _place(text, first.start(), found):
            yield first.start(), found.end()


def _place(text: str, start: int, pair: re.Match[str]) -> bool:
    """Whether two decimals can be a latitude and a longitude. Parted by blanks only, the page must call them that."""
    one, other = sorted(abs(_number(n)) for n in (text[start : pair.start()], pair[3]))
    fits = one <= _QUARTER and other <= _HALF and not amount(text, start, pair.end())
    return fits and (not pair[2].isspace() or nearby(text, start, _COORDINATES))


def _number(text: str) -> float:
    return float(text.replace("−", "-"))


def births(text: str) -> Iterator[Range]:
    """Days of birth, by their label."""
    chinese = "生" in text and _BIRTH_SIGN.search(text)
    if chinese or "生日" in text or "irth" in text or "born" in text or "DOB" in text or "IRTH" in text:
        yield from (found.span(1) for found in _BORN.finditer(text))
    if chinese:
        yield from (found.span(1) for found in _BORN_AFTER.finditer(text))
