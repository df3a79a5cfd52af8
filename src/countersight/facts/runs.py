"""Labels and values that stand on one line: where a value ends, where the next label begins, boxes that were drawn."""

from __future__ import annotations

import re
from itertools import pairwise

from countersight.text.normal import HAN

_ORDINAL = re.compile(
    r"(?<![一二三四五六七八九十])([一二三四五六七八九十]{1,3})(、)|(?<![\d.])(\d{1,2})([、.．])(?!\d)"
)
_TENTHS = ["十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十"]
_NEXT = dict(pairwise([*"一二三四五六七八九十", *_TENTHS]))
_NEAR = 5  # characters before a label, and in it, in which its number stands
# words that forms go on with
_FORM = re.compile(
    rf"[^\s，。；：:）)]{{2,14}}如下[:：]|本(?:项目|采购包)\s?[（(]\s?不?接受"
    rf"|(?<=[{HAN}）)]{{6}})(?:地\s?址|联系(?:方式|人)|电\s?话)[:：]|(?<=\d)备注[:：]"
)


def run_on(text: str, label: int, start: int, end: int) -> int:
    """Where the value ``[start, end)`` of a label ends: at the next number of its list, or where the form goes on.

    ``二、项目名称：…三、项目编号：…`` has no gap before its third number; that is one more than the label's own.
    """
    if numbers := list(_ORDINAL.finditer(text, max(0, label - _NEAR), min(label + _NEAR, start))):
        han, comma, digits, point = numbers[-1].groups()
        following = rf"(?<!\d){int(digits) + 1}{re.escape(point)}(?!\d)" if digits else _NEXT.get(han, "-") + comma
        end = found.start() if (found := re.compile(following).search(text, start + 1, end)) else end
    return found.start() if (found := _FORM.search(text, start, end)) else end


# A line of a form: a few words and a colon. Where its columns closed up, one space is before the label of the next.
_FORM_LINE = re.compile(r"[ \t]*(?:\d{1,2}[.)] )?[A-Z][^:：\n]{1,40}:")
_CAPITAL = re.compile(r"(?<=\S )(?=[A-Z])")


def led(text: str, begin: int, colon: int) -> list[int]:
    """Where in ``[begin, colon)`` the second label of a line may begin, from ``begin``: its words with a capital."""
    line = text.rfind("\n", 0, begin) + 1
    first = _FORM_LINE.match(text, line, colon)
    return [word.start() - begin for word in _CAPITAL.finditer(text, max(begin, first.end()), colon)] if first else []


_BAR = re.compile("[│┃║]")
_PIPED = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"[\s┌┬┐├┼┤└┴┘─━═╔╦╗╠╬╣╚╩╝╭╮╰╯+=-]*[─━═=-]{2}[\s┌┬┐├┼┤└┴┘─━═╔╦╗╠╬╣╚╩╝╭╮╰╯+=-]*")


def undrawn(text: str) -> str:
    """Text with tabs for the bars of a table that is drawn with characters; places stay as they are."""
    return _PIPED.sub(lambda line: line[0].replace("|", "\t"), _BAR.sub("\t", text))


def is_rule(line: str) -> bool:
    """Whether a line is nothing but the border between two rows of a drawn table."""
    return _RULE.fullmatch(line) is not None
