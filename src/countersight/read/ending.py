"""Where the captured text of a web page is not all there was: endings cut off, quotations and posts left empty."""

from __future__ import annotations

import re
from collections.abc import Sequence

from countersight.read.furniture import Furniture, Layout, Line, width
from countersight.read.layout import counted

_PROMPT = re.compile(
    r"(?:阅读|查看|展开|显示|点击(?:阅读|查看)?|閱讀|查看更多)(?:剩余|余下|完整)?(?:全文|更多内容)"
    r"|登[录錄入](?:后|後|可|即可)?(?:查看|阅读|继续|閱讀)(?:全文|更多|剩余|完整|本文)|剩余\s?\d+\s?[%％]"
    r"|(?:本文|以下|此)(?:为|內容|内容)?.{0,6}(?:付费|会员|訂閱|订阅)"
    r"|(?:订阅|訂閱|付费|开通会员|购买)(?:后|後|即可|可)?(?:阅读|解锁|閱讀)"
    r"|(?:continue|keep) reading|read (?:the )?(?:full|entire|whole|rest)\b"
    r"|(?:subscribe|sign in|log in|register|sign up|account) to (?:read|continue|unlock|view)"
    r"|(?:this|the) (?:article|story|content) is (?:for|only|available to|reserved for).{0,30}(?:subscribers?|members?)"
    r"|^\W*read more\W*$|\[\+\d+ chars\]",
    re.IGNORECASE,
)
_PROMPT_WIDTH = 100  # characters of a line that asks one to read on
_MOST = 4  # such lines of one page: more make a list of extracts, not a cut article
_NOT_ASKED = frozenset({"related", "comments", "navigation", "footer", "sidebar", "cookies", "adverts"})
_OPEN_END = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(…\))[\s\]”]*$")
_CLOSED_END = re.compile(r"[。！？；.!?:：)）」』”’\"'】》\]/%]\s*$")
_LONG = 60  # characters (Han counted twice) of a last line that stops in mid-sentence
_LEAST = 2  # paragraphs that end as sentences do, for one that does not to stand out

_EMPTY_QUOTES = re.compile(
    r"“[\s.…]*”|「[\s…]*」|『[\s…]*』|«[\s.…]*»|(?:[,:，：]|said|says|说|表示)\s*(?:\"\s*\"|‘\s*’)"
)
_POST = 20  # characters beside its links that a captured post has at least


def cut(layout: Layout, furniture: Furniture) -> str:
    """The reason why the body is not whole, from its last prose and what stands right below; ``""`` where it ends."""
    prose = [line for line in layout.lines if line.prose and not furniture.within(line)]
    if not prose:
        return ""
    asking = next((line for line in layout.lines if _asks(line) and furniture.within(line) not in _NOT_ASKED), None)
    if asking and sum(map(_asks, layout.lines)) <= _MOST:
        above = sum(len(line.text) for line in prose if line.end < asking.start)
        if above >= sum(len(line.text) for line in prose if line.start > asking.start):
            return f"cut: below its last words stands “{_short(asking.text)}”"
    if _OPEN_END.search(prose[-1].text):
        return "cut: its last paragraph ends in “…”"
    return "cut: its last paragraph stops in mid-sentence" if _breaks_off(prose) else ""


def _asks(line: Line) -> bool:
    return not line.row and len(line.text) <= _PROMPT_WIDTH and _PROMPT.search(line.text) is not None


def _breaks_off(prose: Sequence[Line]) -> bool:
    """Whether the last paragraph alone has no end, and is long and free of links."""
    *others, last = prose
    if last.links or _CLOSED_END.search(last.text) or width(last.text) < _LONG:
        return False
    return len(others) + 1 >= _LEAST and all(_CLOSED_END.search(line.text) for line in others)


def _short(text: str) -> str:
    return " ".join(text.split())[:60]


def gaps(layout: Layout, furniture: Furniture, posts: Sequence[tuple[int, int]]) -> list[str]:
    """Notes on quotation marks with nothing between them and on embedded posts whose words were not captured."""
    found = (layout.line_at(match.start()) for match in _EMPTY_QUOTES.finditer(layout.text))
    quotes = sum(not line.row and not furniture.within(line) for line in found)
    empty = sum(end - start - layout.linked(start, end)[0] < _POST for start, end in posts)
    notes = [f"{counted(quotes, 'quotation')} with nothing between the marks"] if quotes else []
    return notes + ([f"{counted(empty, 'embedded post')} not captured"] if empty else [])
