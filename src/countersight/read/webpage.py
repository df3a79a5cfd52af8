"""What a web page says of itself: title, outlet, days of publication and change, whether its byline names a role.

Sources, the surest first: ``meta`` elements (Open Graph, Dublin Core, the tags of Chinese government sites), JSON-LD
(schema.org), ``time`` elements, and the page's own words (发布时间：…, “Published: …”, ©). Where metadata and visible
words name different days, both are told. Of an author only the role is kept, never a name.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from countersight.model import Block, BlockKind, DateSpan
from countersight.read.ending import cut, gaps
from countersight.read.furniture import Furniture, Layout, Link, Region
from countersight.text.dates import find_date

_SPACE = re.compile(r"\s+")
_PUBLISHED = (
    *("article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish-date"),
    *("publish_date", "publishtime", "dc.date.issued", "dcterms.issued", "og:release_date", "dc.date"),
)
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "lastmodified", "dcterms.modified")
_OUTLET = ("og:site_name", "sitename", "application-name", "dc.publisher")
_HEADLINE = ("articletitle", "dc.title", "og:title")
_AUTHOR = ("author", "article:author", "dc.creator", "byl")
_ARTICLE = re.compile(r"Article$|Posting$|^Report$")
_ORGANISATION = re.compile(r"Organi[sz]ation$|^NewsMediaOrganization$|^Corporation$")
_JSON_NODES = 5_000  # of one page's JSON-LD
_JSON_SIZE = 2_000_000  # characters

_DATE_WIDTH = 34  # characters after a label in which its date begins
_LABELS = {
    "published": re.compile(
        r"(?:^|[\s　|（(【])(?:信息)?(?:发布|發布|发表|发文|刊发|刊登)?(?:时间|日期|時間)\s?[:：]|(?:发表|发布)于"
        r"|^(?:first )?(?:published|posted|date|issued)(?: on)?\b\s?:?|\b(?:posted|published) on\b",
        re.IGNORECASE | re.MULTILINE,
    ),
    "modified": re.compile(
        r"(?:更新|修改)(?:时间|日期|時間|于)\s?[:：]?|\b(?:last )?(?:updated|modified|edited)(?: on)?\b\s?:?",
        re.IGNORECASE | re.MULTILINE,
    ),
}
_TOP, _FOOT = 40, 6  # lines of the body, from its ends, where dates and bylines are looked for
_LINE = 200  # characters of a line, from its end in the text, that are looked at
_DATELINE = 100  # characters of a line below the title that may be its dateline
_BARS = re.compile(r"\s[/|·—–-]\s|[|·　]")
_SITE_NAME = 16  # characters of the name of a site
_NEAR_TITLE = 5  # lines around the title
_SEPARATORS = re.compile(r"\s*(?:[|_»–—]|\s-\s|-(?=[^-]*$))\s*")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright|版权所有\s?[:：]?)[\s©]*(?:copyright)?[\s©]*(?:\d{4}\s*(?:[-–]\s*\d{4})?)?[\s,·]*"
    r"(?P<after>[^|©。．·,，\d　：\n]{2,50}?)\s*(?:\d{4}|[|©。,，·.　]|版权|all rights|ltd\.?|limited|$)"
    r"|(?P<before>[^\s|©。·]{2,20}?)版权所有"
    r"|发布(?:单位|机构)\s?[:：]\s?(?P<by>[^\s，。]{2,30})",
    re.IGNORECASE | re.MULTILINE,
)
_SOURCE = re.compile(
    r"(?:^|[\s　|（(【])(?:信息|稿件|文章|新闻)?(?:来源|來源)\s?[:：]\s?(?!本[网站报刊]|原创|网络|互联网)"
    r"(?P<zh>[^\s　|，。；)）】]{2,30})"
    r"|^source\s?:\s?(?P<en>[A-Z][^\n|.;:/]{2,50})$",
    re.IGNORECASE | re.MULTILINE,
)
_OF_RIGHTS = re.compile(r"©|\(c\)|copyright|版权所有|发布(?:单位|机构)", re.IGNORECASE)
_BODY_WORD = re.compile(
    r"[网社报台局厅委院部]|中心|公司|集团|政府|大学|协会|杂志"
    r"|\b(?:news|times|press|media|post|daily|council|ministry|department|university|group|agency|company|corporation"
    r"|foundation|limited|ltd|inc|llc|gov|office|institute|society|association|journal|herald|tribune|courier|wire)\b",
    re.IGNORECASE,
)

_LINES = re.IGNORECASE | re.MULTILINE
_ROLES = (
    (
        "reporter",
        re.compile(
            r"记者[\s　/／:：]*[^\s，。,]{1,4}(?=\s|$|[)）〕】／/])|[（(〔【][^）)\n]{0,10}记者|記者\S{2,4}[／/]"
            r"|\breporting by\b|^by\b.{0,60}\breporter\b|^staff writer$",
            _LINES,
        ),
    ),
    ("correspondent", re.compile(r"通[讯訊]员[\s　:：]*\S|^by\b.{0,60}\bcorrespondent\b", _LINES)),
    (
        "agency",
        re.compile(
            r"^[^，。\n]{0,16}(?:新华社|中新社|中央社|法新社|路透社|美联社)[^，。\n]{0,12}[电電]"
            r"|\((?:reuters|ap|afp|xinhua|[A-Z][\w ]{2,20} Wire)\)\s?[-–—]",
            _LINES,
        ),
    ),
    (
        "editor",
        re.compile(
            r"(?:责任|責任)?[编編][辑輯]\s?[:：]\s?\S|责编\s?[:：]|\bediting by\b|^by\b.{0,60}\beditor\b", _LINES
        ),
    ),
    ("staff", re.compile(r"编辑部|\bstaff\b", _LINES)),
    ("contributor", re.compile(r"特约撰稿|撰稿人?[:：]|\b(?:guest )?contributor\b|\bguest (?:post|author)\b", _LINES)),
    ("columnist", re.compile(r"评论员|專欄|专栏作家|\bcolumnist\b", _LINES)),
)  # fmt: skip
_ROLE_WORDS = re.compile(r"reporter|correspondent|editor|staff|contributor|columnist|agency", re.IGNORECASE)
_BYLINE = re.compile(r"^by\s+\S|作者\s?[:：]\s?\S", re.IGNORECASE | re.MULTILINE)
_ONLY_NEAR = frozenset({"staff", "contributor", "columnist"})  # words that other lines use otherwise


@dataclass(slots=True)
class Stated:
    """What the metadata of a page states; the first to say something is believed."""

    outlet: str = ""
    headline: str = ""
    published: DateSpan | None = None
    modified: DateSpan | None = None
    author: bool = False
    roles: list[str] = field(default_factory=list)
    article: bool = False
    locked: bool = False

    @property
    def anything(self) -> bool:
        """Whether it is the page of an outlet, as far as metadata tells."""
        return bool(self.outlet or self.headline or self.published or self.article)


@dataclass(frozen=True, slots=True)
class Webpage:
    """What is told of a page: its title and days, furniture as blocks, notes, and why it is not whole if it is not."""

    title: str | None
    dated: DateSpan | None
    furniture: tuple[Block, ...]
    notes: tuple[str, ...]
    reason: str


def stated(tree: LexborHTMLParser) -> Stated:
    """Read the metadata. To be called before the tree is walked, which drops the scripts of hidden elements."""
    found = Stated()
    metas: dict[str, str] = {}
    others = []
    for node in tree.css('meta, script[type="application/ld+json"], time[datetime]'):
        if node.tag == "meta":
            _meta(node, metas)
        else:
            others.append(node)
    found.outlet = _first(metas, _OUTLET)
    found.headline = _first(metas, _HEADLINE)
    found.published = next(filter(None, (_day(metas.get(name, "")) for name in _PUBLISHED)), None)
    found.modified = next(filter(None, (_day(metas.get(name, "")) for name in _MODIFIED)), None)
    author = _first(metas, _AUTHOR)
    found.author = bool(author)
    found.roles += [word.lower() for word in _ROLE_WORDS.findall(author)]
    found.article = metas.get("og:type", "").lower() == "article"
    for node in sorted(others, key=lambda node: node.tag == "time"):  # JSON-LD first
        if node.tag == "time":
            _time(node, found)
        else:
            _linked_data(node.text(), found)
    return found


def _meta(node: LexborNode, metas: dict[str, str]) -> None:
    attributes = node.attributes
    name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
    if content := _clean(attributes.get("content")):
        metas.setdefault(name.lower(), content)


def _first(metas: dict[str, str], names: Iterable[str]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _clean(text: object) -> str:
    return _SPACE.sub(" ", text).strip() if isinstance(text, str) else ""


def _day(text: str) -> DateSpan | None:
    """The day a value of metadata names, with the whole value as its text."""
    found = find_date(text) if text else None
    return replace(found, text=text) if found else None


def _time(node: LexborNode, found: Stated) -> None:
    attributes = node.attributes
    said = " ".join(attributes.get(name) or "" for name in ("itemprop", "class")).lower()
    day = _day(_clean(attributes.get("datetime")))
    if "pubdate" in attributes or "publish" in said:
        found.published = found.published or day
    elif "modif" in said or "updated" in said:
        found.modified = found.modified or day


def _linked_data(source: str, found: Stated) -> None:
    """Take what schema.org data states; what cannot be parsed states nothing."""
    if len(source) > _JSON_SIZE:
        return
    try:
        data = json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return
    for node in _nodes(data):
        kinds = node.get("@type")
        names = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
        if any(_ARTICLE.search(name) for name in names):
            _article(node, found)
        elif any(_ORGANISATION.search(name) for name in names) and "publisher" not in node:
            found.outlet = found.outlet or _clean(node.get("name"))


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The objects at the top and in ``@graph``."""
    queue, seen = deque([data]), 0
    while queue and seen < _JSON_NODES:
        node = queue.popleft()
        seen += 1
        if isinstance(node, list):
            queue += node
        elif isinstance(node, dict):
            yield node
            queue.append(node.get("@graph"))


def _article(node: dict[str, Any], found: Stated) -> None:
    publisher = node.get("publisher")
    named = publisher.get("name") if isinstance(publisher, dict) else publisher
    person = isinstance(publisher, dict) and publisher.get("@type") == "Person"
    found.article = True
    found.outlet = found.outlet or ("" if person else _clean(named))
    found.headline = _clean(node.get("headline")) or found.headline
    found.published = found.published or _day(_clean(node.get("datePublished")))
    found.modified = found.modified or _day(_clean(node.get("dateModified")))
    found.locked = found.locked or str(node.get("isAccessibleForFree")).lower() == "false"
    authors = node.get("author") or []
    for author in authors if isinstance(authors, list) else [authors]:
        found.author = True
        if isinstance(author, dict):
            name = "" if author.get("@type") == "Person" else _clean(author.get("name"))
            words = f"{_clean(author.get('jobTitle'))} {name}"
            found.roles += [word.lower() for word in _ROLE_WORDS.findall(words)]


def describe(
    tree: LexborHTMLParser,
    said: Stated,
    text: str,
    blocks: Sequence[Block],
    *,
    links: Sequence[Link],
    suspected: Sequence[Region],
) -> Webpage:
    """Tell title, outlet, days and byline, mark the furniture, and say where the body is not whole.

    Args:
        tree: The document, for its ``title`` and ``h1``.
        said: What its metadata states.
        text: The page's text as written, every offset below counted in it.
        blocks: Its blocks; rows and headings are used.
        links: Where links stand.
        suspected: The stretches whose element or class name speaks of furniture, and embedded posts.
    """
    rows = [(b.start, b.end) for b in blocks if b.kind is BlockKind.ROW]
    layout = Layout(text, links, rows)
    title = _title(tree, said, layout, blocks)
    furniture = Furniture(layout, suspected, title)
    lines = [line for line in layout.lines if not line.row and not line.of_links and not furniture.within(line)]
    body = [line.text for line in lines]
    near = _around(body, title)
    edges = "\n".join([*(line[:_LINE] for line in body[:_TOP]), *(line[-_LINE:] for line in body[_TOP:][-_FOOT:])])
    visible = _labelled(edges, _LABELS["published"])
    published = said.published or visible or next(filter(None, (find_date(part) for part in _parts(near))), None)
    posts = [(r.start, r.end) for r in suspected if r.kind == "post"]
    press = said.anything or published is not None
    notes = (
        *_days(published, said.modified or _labelled(edges, _LABELS["modified"]), visible),
        *(_outlet(said, tree, layout) if press else ()),
        *(_taken_from(edges) if press else ()),
        *(_byline(said, edges, "\n".join(near)) if press else ()),
        *gaps(layout, furniture, posts),
        *(["the page says that it cannot be read whole without paying or logging in"] if said.locked else []),
        *_furniture_note(furniture, text),
    )
    marks = tuple(Block(r.start, r.end, BlockKind.FURNITURE, r.kind) for r in furniture.regions)
    return Webpage(title, published, marks, notes, cut(layout, furniture) if press else "")


def _furniture_note(furniture: Furniture, text: str) -> list[str]:
    kinds = list(dict.fromkeys(region.kind for region in furniture.regions))
    size = sum(region.end - region.start for region in furniture.regions)
    return (
        [f"not searched by rules: {size} of {len(text)} characters around the body ({', '.join(kinds)})"]
        if kinds
        else []
    )


def _title(tree: LexborHTMLParser, said: Stated, layout: Layout, blocks: Sequence[Block]) -> str | None:
    """The headline stated, else the heading, else the document's title without the outlet's name."""
    whole, outlet = _whole_title(tree), said.outlet
    if said.headline and said.headline != outlet:
        return _without(said.headline, outlet)
    first = tree.css_first("h1")
    heading = _clean(first.text()) if first and not first.css_first("a") else ""
    if not heading:
        free = (b for b in blocks if b.kind is BlockKind.HEADING and not layout.linked(b.start, b.end)[0])
        headings = [" ".join(layout.text[b.start : b.end].split()) for b in free]
        heading = next((text for text in headings if text in whole), headings[0] if headings else "")
    if heading and (not whole or heading in whole or whole == outlet or _names_site(whole)):
        return heading
    return _without(whole, outlet) or heading or whole or None


def _whole_title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("head title")
    return _clean(node.text()) if node else ""


def _names_site(title: str) -> bool:
    """Whether a document's title is the name of a Chinese site, the same on each of its pages."""
    return len(title) <= _SITE_NAME and title.endswith(("网", "平台", "网站")) and not _SEPARATORS.search(title)


def _without(title: str, outlet: str) -> str:
    """A title without the outlet's name at either end."""
    if not outlet or outlet not in title:
        return title
    parts = [part for part in _SEPARATORS.split(title) if part]
    if len(parts) > 1 and outlet in parts[-1]:
        return title[: title.rindex(parts[-1])].rstrip(" |_»–—-")
    return title[title.index(outlet) + len(outlet) :].lstrip(" |_»–—-:：") if title.startswith(outlet) else title


def _around(body: Sequence[str], title: str | None) -> list[str]:
    """The short lines around the title's."""
    at = next((i for i, line in enumerate(body[: _TOP * 2]) if line == title), -1)
    if at < 0:
        return []
    below = [line for line in body[at + 1 : at + 1 + _NEAR_TITLE] if len(line) <= _DATELINE]
    return below + [line for line in body[max(0, at - 2) : at] if len(line) <= _DATELINE]


def _parts(lines: Iterable[str]) -> Iterator[str]:
    """Lines, then the parts between the bars and dots of a dateline."""
    for line in lines:
        yield line
        yield from _BARS.split(line)


def _labelled(edges: str, label: re.Pattern[str]) -> DateSpan | None:
    """The first day that follows such a label, on its line or the next."""
    days = (find_date(" ".join(edges[match.end() :][:_DATE_WIDTH].split())) for match in label.finditer(edges))
    return next(filter(None, days), None)


def _days(published: DateSpan | None, modified: DateSpan | None, visible: DateSpan | None) -> list[str]:
    notes = []
    if published and visible and (visible.to < published.from_ or published.to < visible.from_):
        notes.append(f"dated {published.from_} in its metadata, {visible.from_} on the page")
    if modified and (not published or modified.from_ > published.to):
        notes.append(f"changed on {modified.from_}")
    return notes


def _outlet(said: Stated, tree: LexborHTMLParser, layout: Layout) -> list[str]:
    """The outlet as stated, else of a line on rights: an organisation, or the name that ends the page's title."""
    if said.outlet:
        return [f"outlet: {said.outlet}"]
    parts = _SEPARATORS.split(_whole_title(tree))[1:]
    lines = [line.text for line in [*layout.lines[-_TOP // 2 :][::-1], *layout.lines[:_TOP]] if len(line.text) <= _LINE]
    for match in _RIGHTS.finditer("\n".join(line for line in lines if _OF_RIGHTS.search(line))):
        name = next(filter(None, match.groups()), "").strip(" -–:：")
        name = next((part for part in parts if part and part in name), name)
        if name and (_BODY_WORD.search(name) or name in parts):
            return [f"outlet: {name} (stated on the page)"]
    return []


def _taken_from(edges: str) -> list[str]:
    """The body a page names as the source of its text (来源：…): another than the outlet, and not independent of it."""
    found = _SOURCE.search(edges)
    return [f"taken from: {found['zh'] or found['en'].strip()} (stated on the page)"] if found else []


def _byline(said: Stated, edges: str, near: str) -> list[str]:
    """Whether a byline exists, and its role; names are not kept."""
    roles = dict.fromkeys(said.roles)
    for role, pattern in _ROLES:
        if pattern.search(near if role in _ONLY_NEAR else edges):
            roles[role] = None
    if roles:
        return [f"byline: {', '.join(sorted(roles))}"]
    return ["byline without a role"] if said.author or _BYLINE.search(near) else []
