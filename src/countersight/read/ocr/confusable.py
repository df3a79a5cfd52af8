"""Characters taken for each other that change the meaning of a record, and which others a weakly read one may be."""

from __future__ import annotations

from countersight.read.ocr.decode import Glyph

WEAK = 0.9  # of 20,873 letters and digits at three levels of damage, below it lay 82 % of the wrong, 0.4 % of the right
_SETS = (
    "维唯雄准惟",
    "族旅旋",
    "汉汊仅",
    "未末",
    "己已巳",
    "0Oo〇○",
    "1lI|",
    "土士",
    "日曰目",
    "人入八",
    "干千于",
    "天夭无元",
    "大太犬",
    "5S",
    "8B",
    "2Z",
    "6b",
    "9g",
    "三二",
    "万方",
    "市币",
    "回同",
    "末木本",
    "乌鸟",
    "藏臧",
    "彝舞",
    "壮状",
    "不木",
    "甲申由田",
    "今令",
    "贷货",
    "侯候",
    "戊戌戍",
    "拨拔",
    "午牛",
    "王玉主",
    "問间问",
    "治冶",
    "兔免",
    "往住",
    "析折拆",
    "监蓝",
    "视规",
    "伍任",
    "柒染",
    "亿忆",
    "拾抬",
    "佰伯",
    "仟阡",
    "侗洞桐",
    "官宫",
    "微徽",
)
"""Look-alikes in print: first those a record on surveillance turns on and those of model and registration numbers, then
words of contracts, sums and names of peoples."""


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for members in _SETS:
        for char in members:
            known = table.get(char, "")
            table[char] = known + "".join(other for other in members if other != char and other not in known)
    return table


LOOKALIKES = _table()


def alternatives(glyph: Glyph) -> tuple[str, ...]:
    """What a weakly read character may be instead, the likeliest first; nothing for one read surely or white space.

    Weak is one with a score below ``WEAK``, and one of which a look-alike is a candidate at all: of 37,424 letters and
    digits at three levels of damage 16 were the former, 37 more the latter. The recogniser's own candidates come first
    (at most five, each with a probability of 0.005 or more), then the look-alikes of what was read.
    """
    known = LOOKALIKES.get(glyph.char, "")
    likely = [char for char, _ in glyph.others if char.strip() and len(char) == 1]
    if not glyph.char.strip() or (glyph.score >= WEAK and not any(char in known for char in likely)):
        return ()
    return tuple(dict.fromkeys([*likely, *known]))
