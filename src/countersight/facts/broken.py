"""Values that the end of a line or column breaks: where they end, and what they say put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from countersight.facts.values import DATES, MONEY, NAMES, REFERENCES, Found, values
from countersight.text.normal import HAN, HAN_CHARACTER

STRICT = NAMES | MONEY | DATES | REFERENCES
"""Fields whose values have a form of their own."""

_UNDONE = ((NAMES, "（("), (MONEY, "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"), (REFERENCES, "-/—"), (DATES, "年月"))


_WIDE = 0.78  # of the longest line: a line that long may go on on the next
_WRAPPED = frozenset(
    {"title", "place", "buyer", "supplier", "party_a", "party_b", "agent", "term", "warranty", "model"}
)
_WIDEST = 120  # of a line that is set in a column; longer lines are paragraphs that do not end there
_SPLIT = re.compile(rf"[{HAN}\d]\s[{HAN}\d]|[\d/_-]\s[\dA-Z]")
_NO_SPLIT = re.compile(r"[A-Za-z]\s|\s/\s|\s{2}|\s[a-z]|\s[^\s\d:：]{2,14}[:：]")  # another value, or the next label
_EDGE = re.compile(r"[^\S\n]*\n[^\S\n]*")


def line_end(text: str, start: int, after: int) -> int:
    """Where the line or cell that goes on at ``start`` ends, at the latest at ``after``."""
    line = text.find("\n", start, after)
    cell = text.find("\t", start, after if line < 0 else line)
    return cell if cell >= 0 else after if line < 0 else line


def wrapped(text: str, field: str, at: tuple[int, int], after: int) -> int:
    """Where a value ends that its line is too short for."""
    end = at[1]
    if field in STRICT and (whole := _cut(text, field, at, after)):
        return whole
    begin = text.rfind("\n", 0, end) + 1
    while field in _WRAPPED and text[end : end + 1] == "\n" and _is_wide(text, begin, end):
        stop = line_end(text, end + 1, after)
        line = text[end + 1 : stop]
        if (
            not line.strip()
            or re.match(r"[^:：\n]{2,30}[:：]", line)
            or re.match(r"\s*(?:[\d一二三四五六七八九十]{1,3}[.、．)）]|[（(][\d一二三四五六七八九十])", line)
        ):
            break
        begin, end = end + 1, stop
    return end


def unbroken(text: str) -> tuple[str, Sequence[int]]:
    """A text without the ends of wide lines inside Chinese words, and the place of each of its characters."""
    dropped = {
        n
        for found in _INSIDE.finditer(text)
        if _is_wide(text, text.rfind("\n", 0, found.start()) + 1, found.start())
        for n in range(*found.span())
    }
    if not dropped:
        return text, range(len(text) + 1)
    kept = [n for n in range(len(text) + 1) if n not in dropped]
    return "".join(text[n] for n in kept[:-1]), kept


_INSIDE = re.compile(
    rf"(?:(?<=[{HAN}（(）)、])[^\S\n]*\n[^\S\n]?(?=[{HAN}（(])|[^\S\n]*\n[^\S\n]?(?=[）)]))"
    r"(?![（(]?[一二三四五六七八九十]{1,3}[、)）]|第.{1,3}[章条]|[^:：，。（）()\n]{2,14}[:：])"
)


def _cut(text: str, field: str, at: tuple[int, int], after: int) -> int | None:
    """Where the next line ends, if the value is cut in two by the end of its own and neither half says it."""
    start, end = at
    undone = next((marks for fields, marks in _UNDONE if field in fields), None)
    if text[end : end + 1] != "\n" or not undone or not (text[end - 1] in undone or HAN_CHARACTER.match(text[end - 1])):
        return None
    stop = line_end(text, end + 1, after)
    halves = field in NAMES and (any(values(field, text, start, end)) or any(values(field, text, end + 1, stop)))
    if halves or (field not in NAMES and text[end - 1] not in undone):
        return None
    whole = any(low < end < high for _, low, high, _ in over_lines(field, text, (start, stop), ""))
    return stop if whole else None


def _is_wide(text: str, start: int, end: int) -> bool:
    return _width(text[start:end]) >= _WIDE * _widest(text)


@lru_cache(maxsize=2)
def _widest(text: str) -> int:
    """The width of a page's widest lines, a few that stand out aside."""
    widths = sorted(map(_width, text.split("\n")))
    return min(widths[-1 - len(widths) // 20], _WIDEST)


def _width(line: str) -> int:
    return len(line.strip()) + (0 if line.isascii() else sum(map("\u2e80".__le__, line)))


def over_lines(field: str, text: str, at: tuple[int, int], inside: str) -> Iterator[Found]:
    """What a range says of a field, put together again where the edge of a column breaks it and it then says more."""
    found = list(values(field, text, *at, inside))
    held = _EDGE.sub("\n", text[slice(*at)].strip())
    if field in STRICT and not (found and field in NAMES) and _SPLIT.search(held) and not _NO_SPLIT.search(held):
        kept = [n for n in range(*at) if not text[n].isspace()]
        whole = text[: at[0]] + "".join(map(text.__getitem__, kept)) + text[at[1] :]
        joined = [
            (name, kept[low - at[0]], kept[high - 1 - at[0]] + 1, value)
            for name, low, high, value in values(field, whole, at[0], at[0] + len(kept), inside)
        ]
        if sum(high - low for _, low, high, _ in joined) > sum(high - low for _, low, high, _ in found):
            found = joined
    yield from found
