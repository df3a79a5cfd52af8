"""What surrounds the document proper on a web page: navigation, related links, comments, adverts, notices, footers.

Nothing is taken for furniture because it looks unlike an article. A stretch is furniture only on a positive sign (an
element, a role, a class name, a heading such as 相关阅读), and only where its content agrees with the sign: navigation
is made of links, a footer speaks of rights or contacts, and no stretch that holds most of what the page says itself is
furniture, whatever its class is called. Lists of files to download stay. Where in doubt, a stretch stays in the body.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

_SIGNS = {
    "post": r"twitter-(?:tweet|video)|instagram-media|fb-post|tiktok-embed|weibo-embed|telegram-post",
    "comments": r"comments?(?:-(?:area|list|section|thread|wrap\w*|box|item))?|commentlist|disqus\w*|respond|pinglun"
    r"|pl-\w+",
    "related": r"related\w*|recommend\w*|recirc\w*|recent-?posts|most-(?:read|popular|viewed)|popular|trending|hot"
    r"|rank\w*|tuijian|xgyd|xgwz|xiangguan|jp-relatedposts|outbrain|taboola|latest-news|more-news",
    "cookies": r"cookies?|cookie-?\w+|consent|gdpr|onetrust",
    "adverts": r"ads?|ad-(?:box|slot|wrap\w*|unit|container)|adsbygoogle|advert\w*|sponsor\w*|guanggao|gg",
    "sharing": r"share\w*|sharing|social-\w+|bdshare\w*|bdsharebuttonbox|jiathis\w*|addthis\w*|addtoany\w*|fenxiang"
    r"|fb-share|sharedaddy|tools?|feedback",
    "subscription": r"newsletter\w*|sign-?up|subscri(?:be|ption)\w*|paywall\w*|login-?wall|meter-\w+",
    "paging": r"pagination|pagers?|pages|page|blog-pager|post-navigation|pre-next|prev-next|prevnext",
    "breadcrumb": r"breadcrumbs?|bread|crumbs?|location|position|dqwz|weizhi|mbx",
    "navigation": r"nav\w*|navigation|menu\w*|topbar|toolbar|tags?|tags-links|tag-list|keywords|toc|skip-\w+|channel"
    r"|daohang|contents-list|masthead|header|head|top|logo",
    "sidebar": r"side|side-?bar|aside|rightbar|leftbar|widgets?|widget-area|main-right|main-left|side-\w+",
    "footer": r"foot|footer\w*|site-footer|colophon|copyright|copy|bottom|legal|site-info",
}
_BY_TAG = {"nav": "navigation", "aside": "sidebar", "footer": "footer", "header": "navigation"}
_BY_ROLE = {
    "navigation": "navigation",
    "banner": "navigation",
    "complementary": "sidebar",
    "contentinfo": "footer",
    "search": "navigation",
}
_HOLDERS = "|".join(f"(?P<{kind}>{words})" for kind, words in _SIGNS.items())
_SIGN = re.compile(rf"(?:^|(?<=[\s-]))(?:{_HOLDERS})(?=$|[\s-])")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|_+")
_BUILDER = re.compile(r"elementor(?:-location-|[\w-]*)")  # a page builder calls every part of a page a widget
_NAMES = 200  # characters of a class attribute that are looked at
_WHOLE = frozenset({"html", "body", "main", "article"})
_OWN_PART = frozenset({"article", "blockquote", "figure", "table"})  # their header and footer belong to them

_SENTENCE = re.compile(r"[。！？；]|[.!?][\"”’')\]]*(?:\s|$)")
_DAY = 12  # characters of a day or a count below a link
_HEADING = 50  # characters of a heading over a list of links
_PROSE = 40  # half-width columns: a shorter line is no prose
_RIGHTS = 150  # characters that a line on rights, cookies or hosting may have
_MOSTLY = 0.6  # share of a line in links that makes it a line of links
_FILE = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|pptx?|zip|rar|7z|csv|ofd|ceb|txt)(?:$|[?#])", re.IGNORECASE)

_LED = re.compile(
    r"(?:相关|推荐|延伸|热门|最新|近期|今日|猜你|更多|精彩|热点)"
    r"(?:阅读|新闻|文章|报道|推荐|资讯|公告|内容|热点|喜欢|排行|信息|链接|专题)"
    r"|相關(?:新聞|閱讀|報導)|延伸閱讀|熱門新聞|您可能还喜欢|你可能(?:还|也)喜欢|新闻排行|点击排行|友情链接"
    r"|related (?:articles|stories|news|posts|content|links|topics|products)|latest(?: news| stories)?"
    r"|recent (?:posts|stories)|most (?:read|popular|viewed)|you (?:may|might) (?:also )?(?:like|be interested in)"
    r"|recommended(?: for you)?|trending(?: now| stories)?|more (?:stories|news|on this story|from .{1,40})"
    r"|sponsored(?: content| links)?|read (?:next|also)|popular (?:posts|stories)|archives?",
    re.IGNORECASE,
)
_BUTTONS = re.compile(
    r"(?:字[号體体]|[大中小]|我要|打印|本页|此页|此文|关闭|窗口|分享|到|收藏|点赞|微信|微博|朋友圈|QQ空间|QQ好友|QQ|返回"
    r"|顶部|列表|facebook|twitter|x|line|linkedin|whatsapp|telegram|reddit|e-?mail|print|save|share|tweet|pin|copy link"
    r"|this|page|article|on|via|\W)++",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"[上下]一[篇页条][:：\s]|(?:older|newer|previous|next) (?:post|article|story|page)s?\b", re.IGNORECASE
)
_ASKED = re.compile(
    r"(?:微信)?扫一?[扫码].{0,16}|[上下]一[篇页条][:：]\s*(?:没有了?|无)|skip to (?:main )?content|back to top"
    r"|is this page useful\?|report a problem with this page",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"©|\(c\)\s?\d{4}|版权所有|版權所有|著作權屬|ICP[备備證证]|公网安备|网站标识码|(?:主办|承办|技术支持)(?:单位)?[:：]"
    r"|copyright\b|all rights reserved|powered by|privacy policy|terms of (?:use|service)|由 ?WordPress"
    r"|未经.{0,6}(?:禁止|不得)",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"(?:we|our (?:site|partners)|this (?:web)?site|by (?:continuing|using)).{0,60}\bcookies\b"
    r"|(?:我们|本网站|本站).{0,8}使用\s?cookie",
    re.IGNORECASE,
)


def width(text: str) -> int:
    """Half-width columns of a text: a Han character takes two."""
    return (len(text.encode("utf-8", "surrogatepass")) + len(text)) // 2  # a Han character is three bytes


class Region(NamedTuple):
    """A stretch ``[start, end)`` of the page's text that may be furniture of a kind; ``sure`` by element or role."""

    start: int
    end: int
    kind: str
    sure: bool


class Link(NamedTuple):
    """Where the words of a link stand; ``file`` where it leads to a document rather than a page."""

    start: int
    end: int
    file: bool


@lru_cache(maxsize=4096)
def _sign(names: str) -> str:
    """The kind that class names or an id speak of, the surest first; ``""`` for none."""
    names = names[:_NAMES]
    if "Mso" in names:
        return ""  # the styles of Word: a comment there is part of the document
    found = {match.lastgroup for match in _SIGN.finditer(_HUMP.sub("-", _BUILDER.sub("", names)).lower())}
    return next((kind for kind in _SIGNS if kind in found), "") if found else ""


def suspect(tag: str, attributes: Mapping[str, str | None]) -> tuple[str, bool]:
    """What an element says it holds, and whether by its tag or role; ``("", False)`` where it says nothing."""
    if tag in _WHOLE:
        return "", False
    role = _BY_ROLE.get(attributes.get("role") or "") or _BY_TAG.get(tag)
    said = _sign(attributes.get("class") or "") or _sign(attributes.get("id") or "")
    if "-" in tag and not said:
        said = _sign(tag)  # an element of the page's own making
    return (said if role == "sidebar" and said else role, True) if role else (said, False)


def owned(ancestors: Iterator[str]) -> bool:
    """Whether a header or footer belongs to an article, quotation or figure around it."""
    return any(tag in _OWN_PART for tag in ancestors)


def leads_to_file(address: str) -> bool:
    """Whether a link's address is that of a document to download."""
    return _FILE.search(address) is not None


class Line(NamedTuple):
    """A line of the page: how much of it is links, how many, and whether it is of links, prose, or a row of data."""

    start: int
    end: int
    text: str
    linked: int
    links: int
    of_links: bool
    prose: bool
    row: bool


def _is_prose(text: str, linked: int) -> bool:
    """Whether a line is a sentence or more of running text, not of rights."""
    if 2 * len(text) < _PROSE or linked >= len(text) / 2 or not _SENTENCE.search(text) or width(text) < _PROSE:
        return False
    return len(text) > _RIGHTS or not _FOOT.search(text)


def _parted(link: Link, text: str) -> Iterator[Link]:
    """A link line by line: it may hold a heading and a paragraph."""
    if text.find("\n", link.start, link.end) < 0:
        yield link
        return
    start = link.start
    for line in text[link.start : link.end].split("\n"):
        if line:
            yield Link(start, start + len(line), link.file)
        start += len(line) + 1


class Layout:
    """A page as lines, with its links; what is asked of a stretch is answered from running sums."""

    def __init__(self, text: str, links: Sequence[Link], rows: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self._links = sorted(part for link in links for part in _parted(link, text))
        self._starts = [link.start for link in self._links]
        self._sums = [0, *accumulate(link.end - link.start for link in self._links)]
        self._rows = sorted(rows)
        self.lines = list(self._split())
        self._line_starts = [line.start for line in self.lines]
        self._prose_sums = [0, *accumulate(width(line.text) if line.prose else 0 for line in self.lines)]
        self._row_starts = [start for start, _ in self._rows]

    def _split(self) -> Iterator[Line]:
        start, row = 0, 0
        for text in self.text.split("\n"):
            end = start + len(text)
            if text:
                while row < len(self._rows) and self._rows[row][1] <= start:
                    row += 1
                inside = row < len(self._rows) and self._rows[row][0] < end
                low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
                linked = self._sums[high] - self._sums[low]
                files = low < high and any(link.file for link in self._links[low:high])
                of_links = linked >= _MOSTLY * len(text) and not files
                yield Line(
                    start, end, text, linked, high - low, of_links, not inside and _is_prose(text, linked), inside
                )
            start = end + 1

    def line_at(self, offset: int) -> Line:
        """The line that holds a character other than a line break."""
        return self.lines[bisect_right(self._line_starts, offset) - 1]

    def linked(self, start: int, end: int) -> tuple[int, int]:
        """Characters in links and number of links that begin in ``[start, end)``."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return self._sums[high] - self._sums[low], high - low

    def prose_in(self, start: int, end: int) -> int:
        """Columns of prose in the lines that begin in ``[start, end)``."""
        low, high = bisect_left(self._line_starts, start), bisect_left(self._line_starts, end)
        return self._prose_sums[high] - self._prose_sums[low]

    def rows_in(self, start: int, end: int) -> int:
        """Rows of tables that begin in ``[start, end)``."""
        return bisect_left(self._row_starts, end) - bisect_left(self._row_starts, start)

    def files_in(self, start: int, end: int) -> bool:
        """Whether a link to a document begins in ``[start, end)``."""
        return any(link.file for link in self._links[bisect_left(self._starts, start) : bisect_left(self._starts, end)])


@dataclass(frozen=True, slots=True)
class _Content:
    """What a stretch holds: characters not in links (``own``), columns of prose, numbers of links and rows."""

    text: str
    own: int
    prose: int
    links: int
    rows: int
    files: bool

    @property
    def share(self) -> float:
        return 1 - self.own / max(1, len(self.text))


_SIDE = 0.4  # share of links in a sidebar
_LISTS = frozenset({"related", "sidebar", "adverts"})  # what a page without a body of its own may be there for
_FEW = 120  # characters that a strip of buttons, a trail of links or a heading may have of its own
_SOME = 600  # that a footer or an appeal may have
_ENOUGH = 200  # columns of prose that make a page one with a body of its own


def _navigation(content: _Content, sure: bool) -> bool:
    return content.share >= 0.5 or (sure and not content.prose and content.own < _FEW)  # noqa: PLR2004 (half)


def _footer(content: _Content, sure: bool) -> bool:
    return content.own < _SOME and (sure or content.share >= _MOSTLY or _FOOT.search(content.text) is not None)


def _sidebar(content: _Content, _: bool) -> bool:
    return content.share >= _SIDE and content.links > 1


def _related(content: _Content, sure: bool) -> bool:
    led = _LED.match(content.text) is not None
    return content.links > 0 and content.share >= (0.2 if led or sure else 0.4)


def _small(content: _Content, sure: bool) -> bool:
    return content.own < _FEW and (content.links > 0 or sure)


def _appeal(content: _Content, _: bool) -> bool:
    return content.own < _SOME


_AGREES: dict[str, Callable[[_Content, bool], bool]] = {
    "related": _related,
    "cookies": _appeal,
    "adverts": _appeal,
    "sharing": _small,
    "subscription": _appeal,
    "paging": lambda content, _: content.own < _FEW and content.links > 0,
    "breadcrumb": lambda content, _: content.own < _FEW and content.links > 0 and not content.prose,
    "navigation": _navigation,
    "sidebar": _sidebar,
    "footer": _footer,
}


class Furniture:
    """The furniture of one page: ``regions`` in order, none overlapping another."""

    def __init__(self, layout: Layout, suspected: Sequence[Region], title: str | None) -> None:
        self._layout = layout
        self._title = self._title_line(title)
        self._whole = self._content(0, len(layout.text))
        rows = sum(line.row and not line.of_links for line in layout.lines)
        self._body = self._whole.prose >= 2 * _PROSE or rows > 1
        said = _merged([region for region in suspected if region.kind == "comments"], layout.text)
        self._replies = sum(layout.prose_in(region.start, region.end) for region in said)
        named = [region for region in suspected if region.kind != "post" and self._agrees(region)]
        self.regions = _merged(named, layout.text)
        self.regions = _merged([*self.regions, *self._by_lines()], layout.text)
        left = self._whole.own - sum(self._content(r.start, r.end).own for r in self.regions)
        if left <= self._whole.own // 10:
            self.regions = []  # a page that is nothing else: these are its content

    def _title_line(self, title: str | None) -> int:
        return next((line.start for line in self._layout.lines if line.text == title and not line.linked), -1)

    def _content(self, start: int, end: int) -> _Content:
        linked, links = self._layout.linked(start, end)
        text = self._layout.text[start:end].strip()
        return _Content(
            text,
            max(0, len(text) - linked),
            self._layout.prose_in(start, end),
            links,
            self._layout.rows_in(start, end),
            self._layout.files_in(start, end),
        )

    def _agrees(self, region: Region) -> bool:
        """Whether what the stretch holds is what its sign says, and is not what the page is there for."""
        content, whole = self._content(region.start, region.end), self._whole
        if not content.text or region.start <= self._title < region.end:
            return False
        if not self._body and region.kind in _LISTS:
            return False
        if region.kind == "comments":
            return whole.prose - self._replies >= min(_ENOUGH, self._replies)
        if content.rows > 1 and content.share < _MOSTLY:
            return False
        own_body = content.own * 2 > whole.own or (content.prose and content.prose * 3 > whole.prose)
        return not own_body and not content.files and _AGREES[region.kind](content, region.sure)

    def within(self, line: Line) -> str:
        """The kind of furniture a line lies in, or nothing."""
        at = bisect_right(self.regions, line.start, key=_start) - 1
        return self.regions[at].kind if at >= 0 and line.end <= self.regions[at].end else ""

    def _by_lines(self) -> Iterator[Region]:
        """What is told by its words alone, among the lines that no sign has marked."""
        free = [line for line in self._layout.lines if not self.within(line)]
        content = [at for at, line in enumerate(free) if self._is_content(line)]
        first, last = (content[0], content[-1]) if content else (0, len(free) - 1)
        first = next((at for at, line in enumerate(free) if line.start == self._title), first)
        yield from _led(free) if self._body else ()
        yield from _foot(free[last + 1 :])
        for at, line in enumerate(free):
            outside = not first <= at <= last
            if _COOKIES.match(line.text) and len(line.text) < _SOME:
                yield Region(line.start, line.end, "cookies", sure=False)
            elif _is_tool(line) or (outside and line.links >= 3 and line.of_links):  # noqa: PLR2004 (a bar)
                yield Region(line.start, line.end, "navigation", sure=False)
        if self._body:
            yield from _runs(free[:first], 3)
        if self.regions and self._whole.prose >= _ENOUGH:
            yield from _runs(free[last + 1 :], 4)

    def _is_content(self, line: Line) -> bool:
        return (
            line.start == self._title or line.prose or (line.row and not line.of_links and not _FOOT.search(line.text))
        )


def _start(region: Region) -> int:
    return region.start


def _led(lines: Sequence[Line]) -> Iterator[Region]:
    """Lists of links under a heading that calls them related, latest or most read."""
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if len(line.text) - line.linked > _HEADING:
            continue
        found = _LED.match(line.text.strip("【】[]|·• 　"))
        if not found or len(line.text) - line.linked > found.end() + 6:
            continue
        stop = at
        while stop < len(lines) and (lines[stop].of_links or (not lines[stop].links and len(lines[stop].text) <= _DAY)):
            stop += 1
        if stop > at or line.linked:
            yield Region(line.start, lines[stop - 1].end, "related", sure=False)
            at = stop


def _foot(lines: Sequence[Line]) -> Iterator[Region]:
    """From the first line on rights or hosting that follows the last of the content to the end."""
    first = next((line.start for line in lines if _FOOT.search(line.text)), None)
    if first is not None:
        yield Region(first, lines[-1].end, "footer", sure=False)


def _is_tool(line: Line) -> bool:
    """Whether a line is nothing but buttons (print, close, share), or a step to the next page."""
    if line.links and not line.row and (_BUTTONS.fullmatch(line.text) or _STEP.match(line.text)):
        return True
    return _ASKED.fullmatch(line.text) is not None


def _runs(lines: Sequence[Line], least: int) -> Iterator[Region]:
    """So many and more lines of links, one below the other."""
    run: list[Line] = []
    for line in [*lines, None]:
        if line is not None and line.of_links:
            run.append(line)
            continue
        if len(run) >= least:
            yield Region(run[0].start, run[-1].end, "navigation", sure=False)
        run = []


def _merged(regions: Sequence[Region], text: str) -> list[Region]:
    """In order and without overlap: what lies inside another goes, what touches another of its kind joins it."""
    merged: list[Region] = []
    for region in sorted(regions, key=lambda r: (r.start, -r.end, r.kind)):
        before = merged[-1] if merged else None
        if before is None or region.start >= before.end:
            joined = before is not None and before.kind == region.kind and not text[before.end : region.start].strip()
            if joined and before is not None:
                merged[-1] = before._replace(end=region.end)
            else:
                merged.append(region)
        elif region.end > before.end:
            merged[-1] = before._replace(end=region.end)
    return [_trimmed(region, text) for region in merged]


def _trimmed(region: Region, text: str) -> Region:
    words = text[region.start : region.end]
    start = region.start + len(words) - len(words.lstrip())
    return region._replace(start=start, end=max(start, region.end - len(words) + len(words.rstrip())))
