"""The numbers Word shows before headings and list items (ECMA-376 part 1, §17.9), counted: no text holds them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from countersight.read.ooxml import attribute, child, children, whole

_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans(_DIGITS + "十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_COUNTING = (
    *("chineseCounting", "chineseCountingThousand", "japaneseCounting"),
    *("taiwaneseCounting", "taiwaneseCountingThousand"),
)
_MOST = 10_000  # beyond this a counted number is written in digits


@dataclass(slots=True)
class _Level:
    """``restart``: a use of any level below this number starts it afresh. ``legal``: all its numbers show in digits."""

    format: str
    text: str
    start: int
    restart: int
    legal: bool


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> Numbering:
        """The lists that ``numbering.xml`` defines."""
        found = cls()
        linked = {}
        for abstract in children(root, "abstractNum"):
            levels = {whole(attribute(level, "ilvl")): _level(level) for level in children(abstract, "lvl")}
            found.levels[attribute(abstract, "abstractNumId") or ""] = levels
            linked[_value(abstract, "styleLink")] = levels
        for abstract in children(root, "abstractNum"):
            if (style := _value(abstract, "numStyleLink")) in linked and style:
                found.levels[attribute(abstract, "abstractNumId") or ""] = linked[style]
        for number in children(root, "num"):
            key = attribute(number, "numId") or ""
            found.lists[key] = _value(number, "abstractNumId") or ""
            found.restarts[key] = {
                whole(attribute(override, "ilvl")): whole(_value(override, "startOverride"))
                for override in children(number, "lvlOverride")
                if child(override, "startOverride") is not None
            }
        return found

    def next(self, list_id: str, level: int) -> str:
        """Count one more paragraph of a list and return the number it shows; nothing for a bullet."""
        abstract = self.lists.get(list_id, "")
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        restart = self.restarts.get(list_id, {}).pop(level, None)  # an override counts afresh once
        if restart is not None:
            counts[level] = restart
        else:
            counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [key for key in counts if key > level and level < levels[key].restart]:
            del counts[deeper]
        return self._shown(levels, counts, level)

    @staticmethod
    def _shown(levels: dict[int, _Level], counts: dict[int, int], level: int) -> str:
        if levels[level].format in {"bullet", "none"}:
            return ""

        def part(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            if other not in levels:
                return ""
            style = "decimal" if levels[level].legal else levels[other].format
            return formatted(counts.get(other, levels[other].start), style)

        return re.sub(r"%([1-9])", part, levels[level].text).strip()


def _value(element: Element, name: str) -> str | None:
    found = child(element, name)
    return attribute(found, "val") if found is not None else None


def _level(element: Element) -> _Level:
    legal = child(element, "isLgl")
    return _Level(
        _value(element, "numFmt") or "decimal",
        _value(element, "lvlText") or "",
        whole(_value(element, "start"), 1),
        whole(_value(element, "lvlRestart"), whole(attribute(element, "ilvl"))),
        legal is not None and attribute(legal, "val") not in {"0", "false", "off"},
    )


def formatted(number: int, style: str) -> str:
    """A number in one of Word's formats (ECMA-376 part 1, §17.18.59); in digits where the format is not known here."""
    write = _FORMATS.get(style, str)
    return write(number) if 0 < number < _MOST else str(number)


def _letter(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _enclosed(first: str) -> Callable[[int], str]:
    """The numbers from 1 to 20 that Unicode holds as one character each."""
    return lambda number: chr(ord(first) + number - 1) if number <= 20 else str(number)  # noqa: PLR2004


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def _counted(number: int) -> str:
    """Chinese counting: 10 is 十, 21 is 二十一, 105 is 一百〇五."""
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("〇" if gap and out else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return out.removeprefix("一") if out.startswith("一十") else out


_FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "decimalZero": "{:02}".format,
    "decimalFullWidth": lambda number: "".join(chr(ord("０") + int(digit)) for digit in str(number)),
    "decimalEnclosedCircle": _enclosed("①"),
    "decimalEnclosedCircleChinese": _enclosed("①"),
    "decimalEnclosedParen": _enclosed("⑴"),
    "decimalEnclosedFullstop": _enclosed("⒈"),
    "chineseLegalSimplified": lambda number: _counted(number).translate(_LEGAL),
    "ideographTraditional": lambda number: _STEMS[number - 1] if number <= len(_STEMS) else str(number),
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    **dict.fromkeys(_COUNTING, _counted),
}
