"""Quantities as procurement records write them: ``≥8块``, ``4台（套）``, ``two (2) units``, ``1.2万米``, ``3-5 pcs``.

Offsets are those of the text as given: full-width forms are read as plain ones, character by character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from countersight.text.translating import Translation

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x2009: 0x20}
_PLAIN = Translation(_FULL_WIDTH)
_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
_DIGITS |= dict(zip("肆伍陆柒捌玖", range(4, 10), strict=True))
_POWERS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SMALL = (  # noqa: SIM905 (a list of words reads best as words)
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: n for n, word in enumerate(_SMALL)} | {word: 20 + 10 * n for n, word in enumerate(_TENS)}
_TIMES = {"万": 10_000, "亿": 100_000_000, "千": 1000, "百": 100}

OPERATORS = {
    ">=": "≥|>=|⩾|≧|大于等于|大于或等于|不少于|不低于|不小于|不得少于|不得低于|至少|最少|at least|not less than"
    r"|no less than|not fewer than|no fewer than|minimum of|minimum|min\.?",
    "<=": r"≤|<=|⩽|≦|小于等于|不超过|不多于|不高于|不大于|不得超过|至多|最多|up to|at most|not more than|no more than"
    r"|not exceeding|maximum of|maximum|max\.?",
    ">": ">|大于|多于|超过|more than|greater than",
    "<": "<|小于|少于|less than|fewer than",
    "~": r"约|大约|about|approximately|approx\.?|circa|ca\.",
}
"""Operators, each with its ways of writing before a number."""
_BEHIND = {
    ">=": "及以上|或以上|以上|起|or more|or above|and above|minimum|min",
    "<=": "及以下|以下|以内|or less|or fewer|maximum|max",
}
_HAN_UNITS = (
    "平方米|立方米|平方公里|台套|套台|节点|人月|人天|人次|用户|许可|授权|端口|通道|点位|公里|千米|延米|芯公里|公斤|千克|小时|个月|周年|季度"
    "|台|套|块|张|颗|点|批|个|项|米|路|只|条|根|支|件|组|对|副|把|辆|部|座|间|面|片|枚|盏|卷|盘|箱|包|袋|瓶|桶|吨|克|升|人|年|月|日|天|次"
    "|期|份|册|本|株|棵|宗|位|名|处|樘|芯|核|户|亩|樽|架|具|门|付|柜|站|式|杆|台次|卡|端|头|令|盒|幅|双|口|孔|延长米"
)
_LATIN_UNITS = (
    r"sets?|pcs?\.?|pieces?|units?|nos?\.?|nr\.?|lots?|each|ea\.?|items?|rolls?|boxes|box|pairs?|licen[cs]es?"
    r"|users?|nodes?"
    r"|months?|years?|weeks?|days?|hours?|jobs?|lump sum|ls|sum|kg|tons?|tonnes?|km|metres?|meters?"
    r"|mtrs?|lm|rm|m2|m3|sqm|m"
    r"|points?|channels?|copies|copy|packages?|systems?|subscriptions?|cameras?|servers?|cards?|gpus?|cpus?"
    r"|processors?"
    r"|disks?|drives?|chips?|switches|switch|modules?|man[- ]?days?|person[- ]?months?|ports?|cores?|sites?|bags?"
    r"|reels?|drums?"
)
_OTHER_UNITS = "m²|m³|㎡|㎥|%"

_DIGIT_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN_NUMBER = f"[{''.join(_DIGITS)}{''.join(_POWERS)}]{{1,9}}"
_LATIN_NUMBER = rf"\b(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_SMALL[1:10])}))?|{'|'.join(reversed(_SMALL))})\b"
_NUMBER = f"{_DIGIT_NUMBER}|{_HAN_NUMBER}|{_LATIN_NUMBER}"


def _spelled(forms: dict[str, str], name: str) -> str:
    """One named alternation of all ways of writing, the longest first."""
    ways = sorted((way for text in forms.values() for way in text.split("|")), key=len, reverse=True)
    return f"(?P<{name}>{'|'.join(ways)})"


def _units() -> str:
    han = "|".join(sorted(_HAN_UNITS.split("|"), key=len, reverse=True))
    slashed = rf"(?:{han})(?:[/、](?:{han})|\((?:{han})\))?"
    return rf"{_OTHER_UNITS}|{slashed}|(?<![a-z])(?:{_LATIN_UNITS})(?:\((?:{_LATIN_UNITS})\))?(?![a-z\d])"


_UNIT = _units()
_CORE = (
    rf"(?:{_spelled(OPERATORS, 'before')}\s*)?(?<![\w.\-/])(?P<number>{_NUMBER})(?:\s?\((?P<again>\d+)\))?"
    rf"\s?(?P<times>[万亿千百](?!像素|兆))?(?:\s?(?:-|~|–|—|至|到)\s?(?P<most>{_DIGIT_NUMBER}))?"
)
_FIRST = re.compile(rf"\s*(?:共计?|合计|总计|total:?)?\s*{_CORE}\s*".replace(r"(?<![\w.\-/])", ""), re.IGNORECASE)
_LAST = re.compile(rf"{_CORE}\s*$", re.IGNORECASE)
_COUNTED = re.compile(
    rf"{_CORE}\s?(?P<unit>{_UNIT})(?:\s?{_spelled(_BEHIND, 'behind')})?".replace(
        r"(?<![\w.\-/])", r"(?:(?<![A-Za-z0-9.\-/+])|(?<=[GT])(?=[两二三四五六七八九十]))"
    ),
    re.IGNORECASE,
)
_MULTIPLIED = re.compile(
    rf"(?:{_spelled(OPERATORS, 'before')}\s*)?"
    r"(?<![\w.\-*×])(?<!\d/)(?P<number>\d{1,6})\s?[x×*](?=\s?[A-Za-z\u4e00-\u9fff])"
    r"|(?<=[\w)])(?<!\W\d)(?<!\W\d\d)(?:\s?[×*]\s?|(?<!PCIe)(?<!\d\.\d)(?<!Gen\d)\s+x)(?P<other>\d{1,6})(?![\d.,]*\s?[\dx×*]|\s?(?:mm|cm|m)\b|\s?[GTM]B?\b)",
    re.IGNORECASE,
)
_KNOWN = re.compile(rf"\(?\s*(?P<unit>{_UNIT})\s*\)?", re.IGNORECASE)
_FREE = re.compile(r"\(?\s*(?P<unit>[^\W\d_]{1,12}\.?)\s*\)?")
_END = re.compile(
    rf"\s*(?:{_spelled(_BEHIND, 'behind')})?\s*(?:$|[(（].*|[,，;；。、含]\D*$)", re.IGNORECASE | re.DOTALL
)
_FIGURE = re.compile(_DIGIT_NUMBER)
_COMPLETE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d+\.\d{2}")
_BROKEN = re.compile(r"(\d[\d,.]*)\s+([\d,.]*\d)(?![\w,.])")
_PIECES = re.compile(r"(?<![\w,.])(\d[\d,.]*)\s+([\d,.]*\d)(?![\d,.])")
_SUMMED = re.compile(r"共计?|合计|总计|\btotal", re.IGNORECASE)
_EACH = re.compile(r"每|\bper\b|/")
_MOST_HAN = 3  # characters of a unit that no list knows


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at ``[start, end)`` of a text with its unit as written, its operator, and ``most`` where it is a range.

    ``operator`` is one of ``OPERATORS``; None where the number alone is said.
    """

    start: int
    end: int
    number: Decimal
    unit: str | None = None
    operator: str | None = None
    most: Decimal | None = None


def plain(text: str) -> str:
    """The text with full-width forms as plain ones; every offset stays."""
    return text if text.isascii() else _PLAIN(text)


def value(word: str) -> Decimal:
    """The value of a number in digits, Chinese numerals or English words (to 99)."""
    if word[0].isdigit() and word[0].isascii():
        return Decimal(word.replace(",", ""))
    if word[0] in _DIGITS or word[0] in _POWERS:
        return Decimal(_chinese(word))
    return Decimal(sum(_WORDS[part] for part in re.split(r"[- ]", word.lower())))


def _chinese(word: str) -> int:
    if not any(char in _POWERS for char in word):
        return int("".join(str(_DIGITS[char]) for char in word))
    total, digit = 0, 0
    for char in word:
        if char in _DIGITS:
            digit = _DIGITS[char]
        else:
            total, digit = total + (digit or 1) * _POWERS[char], 0
    return total + digit


def is_cut(first: str, rest: str) -> bool:
    """Whether two pieces are one figure that the end of a line cuts in two: ``1,234,`` ``567.00``, ``1.5`` ``0``."""
    cut = first[-1:] in {",", "."} or rest[:1] in {",", "."} or not _FIGURE.fullmatch(first)
    cut = cut or (first[-2:-1] == "." and rest == "0")  # which changes nothing
    return cut and first[:1].isdigit() and _COMPLETE.fullmatch(first + rest) is not None


def unbroken(text: str) -> str:
    """The text with figures whole that the ends of lines cut in two."""
    return _BROKEN.sub(lambda found: found[1] + found[2] if is_cut(found[1], found[2]) else found[0], text)


def pieced(text: str) -> str | None:
    """The text with its figure whole that may have been cut in two, though each piece alone reads as one: ``1 20``."""
    text = unbroken(text)
    found = list(_PIECES.finditer(plain(text)))
    if len(found) != 1 or not _FIGURE.fullmatch(one := found[0][1] + found[0][2]):
        return None
    return text[: found[0].start()] + one + text[found[0].end() :]


def whole(text: str) -> Quantity | None:
    """The quantity that a cell says: ``12台``, ``≥ 8 块（含备件）``; None where it says none, or several."""
    text = unbroken(text)
    said = plain(text)
    first = _FIRST.match(said)
    if first and (found := _closed(text, said, first)):
        return found
    several = list(counted(text))
    summed = [one for one in several if _SUMMED.search(said[max(0, one.start - 6) : one.start])]
    if len(summed) == 1:
        return summed[0]
    return several[0] if len(several) == 1 and not _EACH.search(said[: several[0].start]) else None


def _closed(text: str, said: str, first: re.Match[str]) -> Quantity | None:
    """What a number says with all that follows it, if that is a unit and remarks; ``said`` is the text, plain."""
    at = first.end()
    for unit in filter(None, (_KNOWN.match(said, at), _FREE.match(said, at))):
        word = unit["unit"]
        if unit.re is _FREE and (said[at] == "(" or (not word.isascii() and len(word) > _MOST_HAN)):
            continue
        if end := _END.match(said, unit.end()):
            return _quantity(first, text[unit.start("unit") : unit.end("unit")], unit.end(), end["behind"])
    end = _END.match(said, at)
    return _quantity(first, None, len(said[:at].rstrip()), end["behind"]) if end else None


def _quantity(match: re.Match[str], unit: str | None, end: int, behind: str | None) -> Quantity | None:
    word = match["number"]
    if match["again"] and value(word) != Decimal(match["again"]):
        return None  # the word and the figures differ
    scale = _TIMES.get(match["times"] or "", 1)
    operator = _operator(OPERATORS, match["before"]) or _operator(_BEHIND, behind)
    most = Decimal(match["most"].replace(",", "")) * scale if match["most"] else None
    start = match.start("before") if match["before"] else match.start("number")
    return Quantity(start, end, tidy(value(word) * scale), unit, operator, most)


def tidy(figure: Decimal) -> Decimal:
    """The same figure without zeros behind the point."""
    return figure.quantize(Decimal(1)) if figure == figure.to_integral_value() else figure.normalize()


def _operator(forms: dict[str, str], said: str | None) -> str | None:
    if not said:
        return None
    return next(name for name, ways in forms.items() if re.fullmatch(ways, said, re.IGNORECASE))


def counted(text: str) -> Iterator[Quantity]:
    """The quantities with a unit in running text, in order."""
    for match in _COUNTED.finditer(plain(text)):
        found = _quantity(match, text[slice(*match.span("unit"))], match.end(), match["behind"])
        if found:
            yield found


def multiplied(text: str) -> Iterator[Quantity]:
    """The numbers that multiply a thing: ``8 × NVIDIA T4``, ``T4×8``."""
    for match in _MULTIPLIED.finditer(plain(text)):
        operator = _operator(OPERATORS, match["before"])
        yield Quantity(match.start(), match.end(), Decimal(match["number"] or match["other"]), operator=operator)


def leading(text: str) -> Quantity | None:
    """The number that a text begins with, whatever it counts."""
    found = _FIRST.match(plain(text))
    return _quantity(found, None, found.end(), None) if found else None


def trailing(text: str) -> Quantity | None:
    """The number that a text ends with, without a unit: ``at least four (4)``."""
    found = _LAST.search(plain(text))
    return _quantity(found, None, found.end(), None) if found else None


def number(text: str) -> Decimal | None:
    """The number that a text is, with thousands parted by commas or not; None where it is none."""
    said = plain(text).strip()
    return value(said) if re.fullmatch(_DIGIT_NUMBER, said) else None


def is_unit(text: str) -> bool:
    """Whether a text is a unit that records are known to use."""
    return re.fullmatch(_UNIT, plain(text).strip(), re.IGNORECASE) is not None
