"""Named parts and their makers: in lines of goods, in parameters, in prose."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from countersight.facts.bill import EQUIVALENT, Cite
from countersight.facts.makers import Product, Seen, is_brand, kind_of, maker_of, seen
from countersight.facts.part import OTHER, Part
from countersight.facts.stated import stated
from countersight.model import BlockKind, Component, Item, Page
from countersight.text.quantity import Quantity, counted, leading, multiplied, plain, trailing

_NAMING = ("description", "brand", "maker", "model")
_WINDOW = 44  # characters behind a maker's word in which its product stands
_BEHIND = 26  # characters behind a product in which its number stands
_AHEAD = 26  # characters before it
_BESIDE = 14  # characters between a product and the word of its kind
_STOP = re.compile(r"[，,。；;、\n\t|!！?？]")
_END = re.compile(r"[。；;\n\t|、]")
_LEAD = re.compile(
    r"(?:[\s®™:：/\-—）)]|\(R\)|\(TM\)|（[^（）]{1,16}）|\([^()]{1,16}\)|品牌|系列|公司|的|原装|最新|企业级(?=[A-Z])|series\s)*",
    re.IGNORECASE,
)
_COMPANY = re.compile(r".{0,10}?(?:公司|集团|有限|股份|学院|大学|Ltd|Inc\b|Corp|Co\.)")
_PARTICLE = re.compile(r"[的等及或和与为是在将由被须应可]|(?<!比)对|\b(?:and|or|is|are|of|for|with|shall|must|may|to|by)\b")
_CODE = re.compile(
    r"(?!(?:19|20)\d\d[-/])(?=[\w./-]*\d)(?=[\w./-]*[A-Za-z])[A-Za-z0-9]+(?:[-/.][A-Za-z0-9]+)*(?![A-Za-z0-9])(?!\s?(?:号|认证|certif))",
    re.ASCII,
)
_RELEASE = re.compile(r"(?!(?:19|20)\d\d\b)[vV]?\d{1,4}(?:\.\d+)*(?![\w.%])(?!\s?[TG]B)")
_SERIES = re.compile(r"(?:[A-Z][A-Za-z]{1,12}\s){1,2}|[\u4e00-\u9fff]{2,4}\s?(?:（[^（）]{1,16}）)?(?:[A-Z]{2,3}\s)?(?=[A-Z])")
_PIECE = re.compile(r"[张块颗片]\s?$")
_MEASURE = re.compile(
    r"\d[\d.]*(?:[KMGT]i?B?|[KMGT]bps|U|W|V|A|mm|cm|m|k?Hz|[GM]Hz|P|K|fps|x|rpm|bit|core|year)s?|IP\d\d|USB.*|PCIe.*|DDR\d",
    re.IGNORECASE,
)
_PIECES = re.compile(
    r"[台套块张颗个只支片枚路件根条部组份点]|pcs?\.?|pieces?|units?|sets?|nos?\.?|nr\.?|ea(?:ch)?\.?|cards?|gpus?|cpus?|processors?|disks?"
    r"|drives?|chips?|switch(?:es)?|modules?|servers?|cameras?|licen[cs]es?|nodes?|授权|许可|节点|用户|台套|copies|systems?",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"[^,.;]*?\b(?:cards|GPUs|CPUs|processors|accelerators|disks|drives|chips|switches|modules|servers|cameras|boards"
    r"|sensors|licen[cs]es|units)\b",
    re.IGNORECASE,
)
_COUNTING = re.compile(
    r"[;:,(，；：（]\s*|\b(?!(?:item|lot|section|table|clause|page|no|row|line|option|phase|stage|version|release|type)\b)"
    r"[a-z]+\s+"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BETWEEN = re.compile(r"[\s的:：×x*]*(?:\d+(?:\.\d+)?\s?[TG]B?\s*)?(?:SATA|SAS|NVMe)?\s*")
_SYSTEM = re.compile(r"(?:(?:管理)?系统|软件|平台|芯片|卡|板|引擎|算法|[A-Za-z]+(?!\w))?(?:\s?[vV]\d[\w.]*)?")
_SUFFIX = re.compile(r"(?:-[A-Za-z0-9]+)+(?!\s?[块张台套片颗个])")
_CLOSED = re.compile(r"\s?[)）]?\s?")
_CAMEL = re.compile(r"[A-Za-z]?[A-Z]*[a-z]+[A-Z]\w+(?:\s\d[\d.]*(?!\w))?|[A-Z]{2,}[a-z]\w+")
_ABSTRACT = frozenset({"database", "os", "middleware", "algorithm", "software"})
_LABELLED = re.compile(r"数量|\bquantity|\bqty|[，,]\s*(?:共计|合计|总计|共?采购|共?购置)", re.IGNORECASE)
_OF = re.compile(r"\s*(?:[:：为]|of\b)?\s*")
_LICENSED = re.compile(
    r"(?:\bwith\s|授权|许可|licen[sc]ed for|\bfor\s|共)\s*(\d{1,6})\s*(?:[\w-]+\s)?"
    r"(?:licen[cs]es?|channels?|seats?|nodes?|sockets?|devices?|users?|路|点|用户|套|个|颗|块|许可)(?!\w*[%％])"
    r"|[，,(（]\s?(?P<of>\d{1,6})\s?[个套]?\s?[\w-]{0,8}?\s?(?:授权|许可|licen[cs]es?\b|seats\b)",
    re.IGNORECASE,
)
_TWO = re.compile(r"(?:双[路颗]|\bdual)\s*$", re.IGNORECASE)
_LEAST = re.compile(r"(?:不低于|不得低于|≥|not less than|no less than)\s*$", re.IGNORECASE)
_LICENCE = 40  # characters behind a product in which its licences are counted
_SEVERAL = re.compile(r"[、/,，;；]|或者?|\bor\b")


def components(pages: Sequence[Page], items: Sequence[Item], cite: Cite) -> tuple[Component, ...]:
    """The parts that pages name, in order; ``items`` are the lines of goods on them.

    A number is as the record says it: of a part inside a good, how many each has; of a good, how many are bought.
    """
    placed: list[tuple[int, int, Component]] = []
    covered: dict[int, list[tuple[int, int, Item | None]]] = defaultdict(list)
    for item in items:
        own = list(_of_item(item))
        placed += [(item.citation.page or 1, item.citation.start, one) for one in own]
        for cell in (item.cells[name] for name in _NAMING if name in item.cells):
            covered[cell.page or 1].append((cell.start, cell.end, None if own else item))
    for page in pages:
        known = sorted(covered[page.number], key=lambda one: one[:2])
        for part in _parts(page):
            at = _line(known, part.start, part.end)
            if at is None or at[2]:
                placed.append((page.number, part.start, _component(part, page.number, at[2] if at else None, cite)))
    return tuple(component for _, _, component in sorted(placed, key=lambda one: one[:2]))


def _parts(page: Page) -> Iterator[Part]:
    """The parts that a page states label by label, and those it names elsewhere."""
    own = list(stated(page.text))
    yield from own
    for start, end in _scopes(page):
        for part in named(page.text[start:end]):
            one = replace(part, start=start + part.start, end=start + part.end)
            if not any(one.start < other.end and other.start < one.end for other in own):
                yield one


def _line(known: Sequence[tuple[int, int, Item | None]], start: int, end: int) -> tuple[int, int, Item | None] | None:
    """The cell of a line of goods that a range touches."""
    at = bisect_left(known, end, key=lambda one: one[0]) - 1
    return known[at] if at >= 0 and known[at][1] > start else None


def _component(part: Part, page: int, item: Item | None, cite: Cite) -> Component:
    quantity, operator = part.quantity, part.operator
    if item and quantity is None:
        quantity, operator = item.quantity, item.operator
    alternative = part.alternative or bool(item and item.alternative)
    cited = cite(page, part.start, part.end)
    return Component(part.name, part.maker, part.kind, quantity, operator, alternative, cited, part.unlisted)


def _of_item(item: Item) -> Iterator[Component]:
    """The parts that a line of goods is: of a known maker, or of another with a model beside."""
    brand = item.brand or item.maker or ""
    several = [maker for word in _SEVERAL.split(brand) if (maker := maker_of(word.strip()))]
    maker = maker_of(brand)
    if not maker and not (item.model and is_brand(brand)):
        return
    name = item.model or item.description or brand
    kind = kind_of(item.description or "") or kind_of(item.section or "") or OTHER
    alternative = item.alternative or len(several) > 1
    for one in dict.fromkeys(several if len(several) > 1 else [maker or brand]):
        yield Component(name, one, kind, item.quantity, item.operator, alternative, item.citation, unlisted=not maker)


def _scopes(page: Page) -> Iterator[tuple[int, int]]:
    """The stretches of a page in which what is said belongs together: cells, and the text between."""
    cells = sorted((block.start, block.end) for block in page.blocks if block.kind is BlockKind.CELL)
    at = 0
    for start, end in [*cells, (len(page.text), len(page.text))]:
        if start > at:
            yield at, start
        if end > start:
            yield start, end
        at = max(at, end)


def names_parts(text: str) -> tuple[int, int] | None:
    """Where a text first names a part, as far as can be told without its cells."""
    found = next(stated(text), None) or next(iter(named(text)), None)
    return (found.start, found.end) if found else None


def named(text: str) -> list[Part]:
    """The parts that a text names, in order."""
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
        next_ = next((one.start for one in hits[n + 1 :] if one.word.maker.name != hit.word.maker.name), len(text))
        part = _product(text, hit, beside=maker is not None) if hit.word.product else _made(text, hit, next_)
        if part is None and maker and hit.word.product:
            part = _made(text, maker, next_)
        if part:
            found.append(replace(part, start=maker.start if maker else part.start))
    found = list(_joined(text, found))
    if not found:
        return []
    ends = [part.start for part in found[1:]] + [len(text)]
    before = [0] + [part.end for part in found[:-1]]
    told = [_told(text, part, low, high) for part, low, high in zip(found, before, ends, strict=True)]
    return [part for part in told if part.quantity is not None or not part.common]


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


def _product(text: str, hit: Seen, *, beside: bool) -> Part | None:
    """A product told by a word of its own; ``beside`` its maker's."""
    product = hit.word.product
    if product is None or product.tail is None:
        return None
    tail = product.tail.match(text, hit.end)
    after = text[hit.end : hit.end + 1]
    if not tail and (not product.bare or (after.isascii() and after.isalnum())):
        return None
    end = tail.end() if tail else hit.end
    if product.near and not beside and not _is_near(text, hit.start, end, product):
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


def _is_near(text: str, start: int, end: int, product: Product) -> bool:
    stop = _STOP.search(text, end, end + _BESIDE)
    behind = kind_of(text[end : stop.start() if stop else end + _BESIDE])
    said = behind or kind_of(text[max(0, start - _BESIDE) : start])
    return said == product.kind or _PIECE.search(text, 0, start) is not None


def _made(text: str, hit: Seen, most: int) -> Part | None:
    """What stands behind the word of a maker, before that of another at ``most``: a model, a code, a thing of a kind."""
    lead = _LEAD.match(text, hit.end)
    at = lead.end() if lead else hit.end
    stop = _STOP.search(text, at, hit.end + _WINDOW)
    end = min(stop.start() if stop else len(text), hit.end + _WINDOW, max(at, most))
    if _COMPANY.match(text, hit.end, end):
        return None
    maker = hit.word.maker
    for product in maker.products:
        if product.shape and (match := product.shape.match(text, at, end + 1)):
            said = product.kind if product.kind != "part" else kind_of(text[max(0, hit.start - 20) : end])
            close = _whole(text, hit, match.end())
            return Part(hit.start, close, text[match.start() : close].strip(), maker.name or None, said or OTHER)
    series = _SERIES.match(text, at, end)
    code = _CODE.match(text, series.end() if series else at, end)
    if series and not code and series[0].isascii():
        code = _RELEASE.match(text, series.end(), end)
    if code and not _MEASURE.fullmatch(code[0]) and len(code[0]) > 2:  # noqa: PLR2004
        kind = kind_of(text[code.end() : code.end() + _BESIDE]) or kind_of(text[max(0, hit.start - 20) : hit.start])
        return Part(hit.start, code.end(), text[at : code.end()], maker.name or None, kind or OTHER)
    return _titled(text, hit, at, end) or _thing(text, hit, at, end)


def _titled(text: str, hit: Seen, at: int, end: int) -> Part | None:
    """Software with a name of its own behind its maker, where a word beside says that it is: ``SDK: Innovatrics IDKit``."""
    name = _CAMEL.match(text, at, end)
    if not name:
        return None
    kind = kind_of(text[name.end() : min(name.end() + _BESIDE, end)]) or kind_of(text[max(0, hit.start - 20) : hit.start])
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
            return Part(hit.start, most, name, hit.word.maker.name or None, kind, common=hit.word.exact is not None)
    return None


def _told(text: str, part: Part, low: int, high: int) -> Part:
    """A part with its number and operator, as said before or behind it between its neighbours, and alternatives."""
    stop = _END.search(text, part.end, high)
    close = stop.start() if stop else high
    allowed = EQUIVALENT.search(text, part.end, min(close, part.end + 40))
    part = replace(part, alternative=bool(allowed))
    at = allowed.end() if allowed else part.end
    found = (
        _before(text, part, low)
        or _behind(text, part.end, min(close, part.end + _BEHIND))
        or (_behind(text, at, min(close, at + _BEHIND)) if allowed else None)
        or _licensed(text, at, min(close, at + _LICENCE))
    )
    if found:
        part = replace(part, quantity=found.number, operator=found.operator)
        part = replace(part, start=min(part.start, found.start), end=max(part.end, found.end))
    elif _LEAST.search(text, low, part.start):
        part = replace(part, operator=">=")
    return replace(part, end=max(part.end, allowed.end())) if allowed else part


def _before(text: str, part: Part, low: int) -> Quantity | None:
    """The number right before a part: ``4块NVIDIA T4``, ``8 × NVIDIA T4``, ``eight NVIDIA T4 cards``."""
    start = max(low, part.start - _AHEAD)
    words = plain(text[start : part.start])
    pieces = [one for one in counted(words) if _BETWEEN.fullmatch(words, one.end) and _is_pieces(one)]
    if pieces:
        return replace(pieces[-1], start=start + pieces[-1].start, end=start + pieces[-1].end)
    for one in multiplied(text[start : part.start + 2]):
        if part.start - 2 <= start + one.end <= part.start + 1:
            return replace(one, start=start + one.start, end=start + one.end)
    if found := _bare(text, start, part):
        return found
    two = _TWO.search(text, start, part.start)
    return Quantity(two.start(), two.end(), Decimal(2)) if two else None


def _bare(text: str, start: int, part: Part) -> Quantity | None:
    """A number without a unit that ends right before a part, where the words around it say that it counts."""
    words = text[start : part.start]
    one = trailing(words) if words[-1:].isspace() else None
    if one is None or _YEAR.fullmatch(words[one.start : one.end].strip()):
        return None
    spelled = words[one.start].isascii() and words[one.start].isalpha()
    counting = any(found.end() == one.start for found in _COUNTING.finditer(words, 0, one.start))
    if not (one.operator or spelled or counting or _PLURAL.match(text, part.end, part.end + _BEHIND)):
        return None
    return replace(one, start=start + one.start, end=start + one.end)


def _licensed(text: str, at: int, close: int) -> Quantity | None:
    """How many licences of a product a record says: ``授权500路``, ``with 350 device licences``, ``，8个CPU许可``."""
    found = _LICENSED.search(text, at, close)
    return Quantity(found.start(found.lastindex or 0), found.end(), Decimal(found[1] or found["of"])) if found else None


def _behind(text: str, at: int, close: int) -> Quantity | None:
    """The number behind a part: ``Intel Xeon 6248R ≥2颗``, ``T4×8``, ``数量：2``, ``，共采购6套``."""
    comma = re.search(r"[，,]", text[at:close])
    words = text[at : at + comma.start() if comma else close]
    found = [one for one in (*counted(words), *multiplied(f"x{words}")) if one.unit is None or _is_pieces(one)]
    if found:
        first = found[0]
        offset = at if first.unit else at - 1
        return replace(first, start=offset + first.start, end=offset + first.end)
    labelled = _LABELLED.search(text, at, close)
    of = _OF.match(text, labelled.end()) if labelled else None
    one = leading(text[of.end() : close]) if of else None
    return replace(one, start=of.end() + one.start, end=of.end() + one.end) if of and one else None


def _is_pieces(one: Quantity) -> bool:
    return bool(one.unit and _PIECES.fullmatch(one.unit))
