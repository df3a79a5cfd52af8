"""Parts that a text names: what stands behind the word of a maker, and products with a word of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from countersight.facts.goods.makers import Product, Seen, kind_of, kinds, seen
from countersight.facts.goods.part import OTHER, Part
from countersight.facts.goods.partcount import told

_WINDOW = 44  # characters behind a maker's word in which its product stands
_AHEAD = 20  # characters before it in which its kind may be said
_BESIDE = 14  # characters between a product and the word of its kind
_STOP = re.compile(r"[，,。；;、\n\t|!！?？]")
_LEAD = re.compile(
    r"(?:[\s®™:：/\-—）)]|\(R\)|\(TM\)|（[^（）]{1,16}）|\([^()]{1,16}\)|品牌|系列|公司|的|原装|最新|企业级(?=[A-Z])|series\s)*",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r".{0,10}?(?:公司|集团|有限|股份|学院|大学|Ltd|Inc\b|Corp|Co\.)"
    r"|(?:\s(?:[A-Z(][A-Za-z&.'()-]*|and|of|de|&)){0,7}?,?\s(?:Ltd|Limited|LIMITED|LTD|INC|Inc|Corp|GmbH|LL[CP]|PLC|Limitada|S\.A|B\.V|AG)\b"
)
_PARTICLE = re.compile(
    r"[的等及或和与为是在将由被须应可]|(?<!比)对|\b(?:and|or|is|are|of|for|with|shall|must|may|to|by)\b"
)
_CODE = re.compile(
    r"(?!(?:19|20)\d\d[-/])(?=[A-Za-z./-]*\d)(?=[\d./-]*[A-Za-z])(?>[A-Za-z0-9]+(?:[-/.][A-Za-z0-9]+)*)"
    r"(?!\s?(?:号|认证|certif))",
    re.ASCII,
)
_NUMBERED = re.compile(r"(?!(?:19|20)\d\d(?!\d))\d{4,5}(?![\w.,%-])(?!\s?(?:[块台张套片颗个支只路元万]|[GTM]B))")
_RELEASE = re.compile(r"(?!(?:19|20)\d\d\b)[vV]?\d{1,4}(?:\.\d+)*(?![\w.%])(?!-\d)(?!\s?[TG]B)")
_SERIES = re.compile(
    r"(?:[A-Z][A-Za-z]{1,12}\s){1,2}"
    r"|[\u4e00-\u9fff]{2,6}\s?(?:（[^（）]{1,16}）)?(?:[A-Z]{2,3}\s)?(?=[A-Z])"
)
_DISK = "disk"
_SIZE = re.compile(r"\d{1,2}(?:\.\d{1,2})?\s?TB?(?![A-Za-z])")
_PIECE = re.compile(r"[张块颗片]\s?$")
_PIECES_BEHIND = re.compile(r"\s?[x×*]?\s?(?:\d{1,4}|[一两二三四五六七八九十]{1,3})\s?[张块颗](?!地)")
_MEASURE = re.compile(
    r"\d[\d.]*(?:[KMGT]i?B?|[KMGT]bps|U|W|V|A|mm|cm|m|k?Hz|[GM]Hz|P|K|fps|x|rpm|bit|core|year)s?|IP\d\d|USB.*|PCIe(?!-\d{3}).*|DDR\d",
    re.IGNORECASE,
)
_SYSTEM = re.compile(r"(?:(?:管理)?系统|软件|平台|芯片|卡|板|引擎|算法|[A-Za-z]+(?!\w))?(?:\s?[vV]\d[\w.]*)?")
_SUFFIX = re.compile(r"(?:-[A-Za-z0-9]+)+(?!\s?[块张台套片颗个])")
_CLOSED = re.compile(r"\s?[)）]?\s?")
_CAMEL = re.compile(r"[A-Za-z]?[A-Z]*[a-z]+[A-Z]\w+(?:\s\d[\d.]*(?!\w))?|[A-Z]{2,}[a-z]\w+")
_ABSTRACT = frozenset({"database", "os", "middleware", "algorithm", "software"})


def named(text: str, around: str = "") -> list[Part]:
    """The parts that a text names, in order; ``around`` is what stands before it in its row."""
    hits = list(seen(text))
    found: list[Part] = []
    begins: dict[int, Seen] = {}
    for n, hit in enumerate(hits):
        if found and hit.start < found[-1].end:
            continue
        own = next((one for one in hits[n + 1 :] if _made_by(hit, one)), None)
        if hit.word.product is None and own:
            begins[own.start] = begins.get(hit.start, hit)
            continue
        maker = begins.get(hit.start)
        others = (one.start for one in hits[n + 1 :] if not one.word.product and one.word.maker != hit.word.maker)
        next_ = next(others, len(text))
        made = partial(_made, text, most=next_, around=around)
        part = _product(text, hit, around, beside=maker is not None) if hit.word.product else made(hit)
        if part is None and maker and hit.word.product:
            part = made(maker)
        if part:
            found.append(replace(part, start=maker.start if maker else part.start))
    found = list(_joined(text, found))
    if not found:
        return []
    ends = [part.start for part in found[1:]] + [len(text)]
    before = [0] + [part.end for part in found[:-1]]
    counted = [told(text, part, low, high) for part, low, high in zip(found, before, ends, strict=True)]
    return [part for part in counted if part.quantity is not None or not part.common]


def _joined(text: str, found: Sequence[Part]) -> Iterator[Part]:
    """The parts, one that a bracket names again joined with what stands before it: ``思元370（MLU370-X8）``."""
    last: Part | None = None
    for part in found:
        if last and part.maker == last.maker and text[last.end : part.start].strip() in {"(", "（"}:
            shown = f"{last.name}{text[last.end : part.start]}{part.name}"
            last = replace(last, end=part.end, name=shown + text[part.end : part.end + 1].strip())
            continue
        if last:
            yield last
        last = part
    if last:
        yield last


def _made_by(maker: Seen, product: Seen) -> bool:
    """Whether a word further on names a product of the maker, or the same maker again: ``英伟达（NVIDIA）T4``."""
    same = product.word.maker.name == maker.word.maker.name and 0 <= product.start - maker.end <= 3  # noqa: PLR2004
    return same and (product.word.product is None or product.start > maker.start)


def _product(text: str, hit: Seen, around: str, *, beside: bool) -> Part | None:
    """A product told by a word of its own; ``beside`` its maker's."""
    product = hit.word.product
    if product is None or product.tail is None:
        return None
    tail = product.tail.match(text, hit.end)
    after = text[hit.end : hit.end + 1]
    if not tail and (not product.bare or (after.isascii() and after.isalnum())):
        return None
    end = tail.end() if tail else hit.end
    if product.near and not beside and not _is_near(text, hit.start, end, product, around):
        return None
    end = _whole(text, hit, end)
    return Part(hit.start, end, text[hit.start : end].strip(), hit.word.maker.name or None, product.kind)


def _whole(text: str, hit: Seen, end: int) -> int:
    """Where a model ends that goes on: behind a dash, or in letters of its maker: ``Exos）ST16000NM001G``."""
    behind = _CLOSED.match(text, end)
    shapes = [one.shape for one in hit.word.maker.products if one.shape]
    found = [more.end() for shape in shapes if behind and (more := shape.match(text, behind.end()))]
    if found and text[end : found[0]].strip():
        return found[0]
    suffix = _SUFFIX.match(text, end)
    return suffix.end() if suffix else end


def _is_near(text: str, start: int, end: int, product: Product, around: str) -> bool:
    behind = _behind(text, end)
    said = dict(kinds())[product.kind].search
    if said(behind) or said(text[max(0, start - _BESIDE) : start]) or said(around):
        return True
    return _PIECE.search(text, 0, start) is not None or _PIECES_BEHIND.match(behind) is not None


def _made(text: str, hit: Seen, most: int, around: str) -> Part | None:
    """What stands behind the word of a maker and before another's at ``most``: a model, a code, a thing of a kind."""
    lead = _LEAD.match(text, hit.end)
    at = lead.end() if lead else hit.end
    stop = _STOP.search(text, at, hit.end + _WINDOW)
    end = min(stop.start() if stop else len(text), hit.end + _WINDOW, max(at, most))
    if _COMPANY.match(text, hit.end, hit.end + 2 * _WINDOW):
        return None
    maker = hit.word.maker
    for product in maker.products:
        if product.shape and (match := product.shape.match(text, at, end + 1)):
            said = product.kind if product.kind != "part" else kind_of(text[max(0, hit.start - _AHEAD) : end])
            close = _whole(text, hit, match.end())
            return Part(hit.start, close, text[match.start() : close].strip(), maker.name or None, said or OTHER)
    if "\n" in text[hit.end : at]:
        return None
    found = _coded(text, hit, (at, end), around) or _titled(text, hit, at, end) or _thing(text, hit, at, end)
    return found or _sized(text, hit, at, around)


def _sized(text: str, hit: Seen, at: int, around: str) -> Part | None:
    """A disk told by its size alone: ``硬盘：希捷 8TB*12``."""
    size = _SIZE.match(text, at)
    if not size or (kind_of(_ahead(text, hit)) or kind_of(around)) != _DISK:
        return None
    return Part(hit.start, size.end(), size[0], hit.word.maker.name or None, _DISK, common=True)


def _coded(text: str, hit: Seen, span: tuple[int, int], around: str) -> Part | None:
    """A model behind its maker: a code, or a bare number where a kind is said: ``GPU服务器``, ``CPU：Intel 6330``."""
    at, end = span
    series = _SERIES.match(text, at, end)
    series = None if series and _PARTICLE.search(series[0]) else series
    code = _CODE.match(text, series.end() if series else at, end)
    if series and not code and series[0].isascii():
        code = _RELEASE.match(text, series.end(), end)
    code = code or _NUMBERED.match(text, at, end)
    if not code or _MEASURE.fullmatch(code[0]) or len(code[0]) < 3:  # noqa: PLR2004
        return None
    kind = kind_of(_behind(text, code.end())) or kind_of(_ahead(text, hit)) or kind_of(around)
    if code.re is _NUMBERED and not kind:
        return None
    return Part(hit.start, code.end(), text[at : code.end()], hit.word.maker.name or None, kind or OTHER)


def _behind(text: str, end: int) -> str:
    """What stands behind a product in the same clause."""
    stop = _STOP.search(text, end, end + _BESIDE)
    return text[end : stop.start() if stop else end + _BESIDE]


def _ahead(text: str, hit: Seen) -> str:
    return text[max(0, hit.start - _AHEAD) : hit.start]


def _titled(text: str, hit: Seen, at: int, end: int) -> Part | None:
    """Software with a name of its own, where a word beside says that it is some: ``SDK: Innovatrics IDKit``."""
    name = _CAMEL.match(text, at, end)
    if not name:
        return None
    kind = kind_of(text[name.end() : min(name.end() + _BESIDE, end)]) or kind_of(_ahead(text, hit))
    return Part(hit.start, name.end(), name[0], hit.word.maker.name or None, kind) if kind in _ABSTRACT else None


def _thing(text: str, hit: Seen, at: int, end: int) -> Part | None:
    """A thing of a kind behind its maker: ``希捷 8TB 企业级硬盘``."""
    kind = kind_of(text[at:end])
    if not kind:
        return None
    for stop in range(at + 1, end + 1):
        if kind_of(text[at:stop]):
            most = next((n for n in range(stop, min(stop + 12, end) + 1) if kind_of(text[at:n]) == kind), None)
            if most is None or _PARTICLE.search(text[at:most]):
                return None
            more = _SYSTEM.match(text, most, end)
            most = more.end() if more else most
            name = text[at:most].strip()
            common = hit.word.exact is not None or dict(kinds())[kind].fullmatch(name) is not None
            return Part(hit.start, most, name, hit.word.maker.name or None, kind, common=common)
    return None
