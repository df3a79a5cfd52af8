"""Lines of goods from tables: which rows are lines, sections, lots and sums, and what each cell of a line says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from countersight.facts.goods.heads import Layout, heads, role
from countersight.facts.goods.makers import parted, seen
from countersight.facts.goods.money import Amount, amount
from countersight.facts.goods.sides import on_their_side
from countersight.model import Citation, Item
from countersight.text.quantity import Quantity, counted, is_unit, number, plain, whole
from countersight.text.tabular import Cell, Row, Table

Cite = Callable[[int, int, int], Citation]
"""The citation of ``[start, end)`` on a page."""

EQUIVALENT = re.compile(
    r"[(（,，、/]?\s*(?:或者?)?(?:相当于|同等(?:或|及)?(?:以上|更高)?(?:档次|品质|质量|性能)?(?:产品|品牌|及以上)*|等同于?|同档次|等效)\S{0,8}[)）]?"
    r"|[(,]?\s*\bor (?:an? )?(?:approved |technically |functionally )?(?:equivalent|equal|similar)\b(?: approved)?\)?",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"^[(（]?(?:(?P<sub>(?:本页|本章|分部|分项|本包|单台|本项)?小计|本页合计|sub-?\s?total|page total|section total)"
    r"|(?P<total>合计|总计|共计|总价|总额|总金额|合价|报价合计|投标总价|grand total|total|sum total|overall))",
    re.IGNORECASE,
)
_CARRIED = re.compile(r"承前页|接上页|转下页|carried|brought", re.IGNORECASE)
_LOT = re.compile(
    r"^[(（]?(?P<name>第[一二三四五六七八九十\d]{1,3}\s?[包标](?:段|组|件)?|[包标]段?\s?(?:[一二三四五六七八九十]{1,2}|\d{1,2}|[A-F])(?![\w.])"
    r"|分?包号?\s?\d{1,2}|(?:lot|package)\s?(?:no\.?\s?)?(?:\d{1,2}|[A-F]|[IVX]{1,4})\b)",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"[\s.…·\-—–/\\、*_×xX无]*|n/?a|详见.{0,12}|见附件.{0,6}")
_SPACE = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_ORDINAL = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]+|[a-z]|[ivx]{1,4})[)）、.．]?", re.IGNORECASE)
_NUMBERED = re.compile(r"[(（①-⑳]?\d{0,2}(?:[=＝]?[(（]?\d{1,2}\s?[x×*+]\s?\d{1,2}[)）]?)?[)）]?")
_ITEM = re.compile(
    r"(?P<number>[A-Z]{0,2}[-.]?\d{1,3}(?:\.\d{1,3}){0,3}|[(（][一二三四五六七八九十\d]+[)）])\s+(?P<rest>.+)",
    re.DOTALL,
)
_MODEL = 40  # characters of a model; longer ones are parameters
_NO_MODEL = re.compile(r"[,，;；。、:：≥≤]|配套|定制|厂家|[\u4e00-\u9fff]{5,}")
_MEASURES = re.compile(
    r"(?:[最≥≤<>~φΦ]?[大小]?\s?\d[\d./*×xX~-]*\s?(?:[kKMGT]?(?:[WVALBg]|Hz|Pa|bps|B)|[mc]?m[²³23]?|bar|寸|英寸|inch|℃|mA|Ah|kVA|U|P|W/h)[\s(（/）)-]*)+",
    re.IGNORECASE,
)
_DESCRIPTION = 400
_WORDED = frozenset({"description", "spec", "brand", "maker", "model", "origin", "branded", "remark"})


@dataclass(frozen=True, slots=True)
class Sum:
    """A row of a sum: ``sub`` or of all; what it says, where."""

    sub: bool
    amount: Amount
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Read:
    """A line of goods or a sum, as read from one row; ``at`` are the places of its cells by field."""

    row: Row
    facts: Mapping[str, Any] = field(default_factory=dict)
    at: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    unit_price: Amount | None = None
    total: Amount | None = None
    sum: Sum | None = None

    def item(self, cite: Cite) -> Item:
        """The line as an item, each of its cells cited."""
        cells = {name: cite(*place) for name, place in self.at.items()}
        spans = [place for place in self.at.values() if place[0] == self.row.page]
        start, end = min(place[1] for place in spans), max(place[2] for place in spans)
        money = {"unit_price": self.unit_price, "total": self.total}
        paid = {name: one.money for name, one in money.items() if one}
        known = {"number": None, "description": None} | dict(self.facts) | paid
        return Item(**known, citation=cite(self.row.page, start, end), cells=cells)


Bill = list[Read]
"""The lines and sums of one table, in order."""


def clean(text: str) -> str:
    """The words of a cell in one line, without the white space that only lays them out."""
    return " ".join(_SPACE.sub("", text.strip()).split())


def bills(tables: Sequence[Table], texts: Mapping[int, str]) -> Iterator[Bill]:
    """The bills of quantities among the tables of one document, in order; ``texts`` are those of its pages."""
    reader = _Reader(texts)
    for table in tables:
        rows = (*table.title, *table.head, *table.rows)
        found = reader.lines(rows)
        if not found and (sided := on_their_side(rows)):
            found = [read for one, cells, said in sided if (read := _line(one, cells, said, None, None))]
        if found:
            yield found


@dataclass(slots=True)
class _Reader:
    """Reads table after table: a layout holds until another head, a lot and a section until the next."""

    texts: Mapping[int, str]
    layout: Layout | None = None
    page: int = 0
    last: Row | None = None
    lot: str | None = None
    section: str | None = None
    found: Bill = field(default_factory=list)

    def lines(self, rows: Sequence[Row]) -> Bill:
        """The lines and sums of one table."""
        before, self.layout, self.section, self.found = self.layout, None, None, []
        if before and not heads(rows, 0, self.texts) and _goes_on(rows, before, self.page):
            self.layout = before
        at = 0
        while at < len(rows):
            if new := heads(rows, at, self.texts):
                self.lot = _titled(rows[:at]) or self.lot
                self.layout, at = new, at + new.deep
            else:
                self._take(rows[at])
                at += 1
        if self.layout and rows:
            self.page = rows[-1].page
        self.layout = self.layout or before
        return self.found

    def _take(self, row: Row) -> None:
        before, self.last = self.last, row
        if not self.layout or _is_numbering(row):
            return
        if self.found and (more := _wrapped(row, self.layout, self.found[-1])):
            self.found[-1] = more
            return
        if before and self.found and before is self.found[-1].row and _is_rest(row, self.layout, before):
            self.found[-1] = _rejoined(self.found[-1], row, self.layout)
            return
        kind, value = _kind(row, self.layout)
        if kind == "lot":
            self.lot, self.section = value, None
        elif kind == "section":
            self.section = value
        elif kind == "sum":
            self.found.append(Read(row, sum=value))
        elif kind == "line" and (read := _row(row, self.layout, self.lot, self.section)):
            self.found.append(read)


def _titled(rows: Sequence[Row]) -> str | None:
    """The lot that a title names."""
    titles = [clean(cell.text) for row in rows[-2:] for cell in row.own()[:1]]
    named = (_LOT.match(one) or _LOT.match(one[max(one.rfind("（"), one.rfind("(")) :]) for one in titles)
    return next((clean(found["name"]) for found in named if found), None)


def _wrapped(row: Row, layout: Layout, last: Read) -> Read | None:
    """The line before with the rest of its description, where that alone stands in a row: rows of print, not of cells.

    In Latin letters only: there a small one tells it from a heading.
    """
    own = row.own()
    if len(own) != 1 or last.sum or "description" not in last.at or own[0].column != layout.columns.get("description"):
        return None
    if own[0].across > 1 or not own[0].text[:1].islower():
        return None
    page, start, end = last.at["description"]
    if own[0].page != page:
        return None
    facts = {**last.facts, "description": f"{last.facts['description']} {clean(own[0].text)}"}
    return replace(last, facts=facts, at={**last.at, "description": (page, start, max(end, own[0].end))})


def _is_rest(row: Row, layout: Layout, before: Row) -> bool:
    """Whether a row is the rest of the one before, cut in two by a page's end: words, none in its first column."""
    names = {column: name for name, column in layout.columns.items()}
    own = [cell for cell in row.own() if cell.words]
    if row.page != before.page + 1 or not own or any(cell.across > 1 for cell in own):
        return False
    first = min(layout.every)
    return all(cell.column > first and names.get(cell.column, "spec") in _WORDED for cell in own)


def _rejoined(read: Read, row: Row, layout: Layout) -> Read:
    """A line with the rest of its cells, the places of which have names of their own."""
    facts, at = dict(read.facts), dict(read.at)
    for name in at.keys() & layout.columns.keys() & _WORDED:
        if (cell := row.at(layout.columns[name])) and cell.words:
            facts[name] = clean(f"{facts[name]}\n{cell.text}")
            at[f"{name} (continued)"] = (cell.page, cell.start, cell.end)
    return replace(read, facts=facts, at=at)


def _goes_on(rows: Sequence[Row], layout: Layout, page: int) -> bool:
    """Whether rows without a head fit the layout of the table before."""
    if rows[0].page - page not in {0, 1}:
        return False
    used = {cell.column for row in rows for cell in row.cells}
    if not used <= layout.every or len(used) * 2 < len(layout.every):
        return False
    told = [cell for row in rows if (cell := row.at(layout.columns.get("quantity", 0)))]
    fits = [whole(cell.text) for cell in told]
    units = [is_unit(cell.text) for row in rows if (cell := row.at(layout.columns.get("unit", 0)))]
    return len(told) * 2 > len(rows) and all(fits) and sum(units) * 2 >= len(units)


def _is_numbering(row: Row) -> bool:
    """Whether a row numbers the columns: ``1 | 2 | 3=1×2``."""
    own = [cell.words for cell in row.own()]
    if len(own) < 3 or not all(_NUMBERED.fullmatch(words) for words in own):  # noqa: PLR2004
        return False
    return [words[0] for words in own[:3]] == ["1", "2", "3"]


def _kind(row: Row, layout: Layout) -> tuple[str, Any]:
    """What a row is: ``line``, ``section``, ``lot``, ``sum`` or ``nothing``, and the value of the last three."""
    own = [cell for cell in row.own() if cell.words]
    if not own:
        return "nothing", None
    words = clean(own[0].text)
    if _CARRIED.search(words):
        return "nothing", None
    named = [cell for cell in own[:2] if _SUM.match(clean(cell.text)) and len(cell.words) < 2 * _MODEL]
    if named and not _says_quantity(row, layout):
        return _summed(row, named[0], layout)
    wide = own[0].across > 1 and own[0].across * 2 >= len(layout.every)
    worth = any(_own(row, layout, name) for name in ("quantity", "unit_price", "total", "unit"))
    if wide or not worth:
        heading = next((cell for cell in own if not _ORDINAL.fullmatch(cell.words)), own[0])
        if found := _LOT.match(words) or _LOT.match(clean(heading.text)):
            return "lot", clean(found["name"])
        few = wide or len(own) <= 2  # noqa: PLR2004
        return ("section", clean(heading.text)) if few and len(heading.words) < _MODEL else ("nothing", None)
    return "line", None


def _says_quantity(row: Row, layout: Layout) -> bool:
    cell = _own(row, layout, "quantity")
    return bool(cell and whole(cell.text) and _own(row, layout, "unit_price"))


def _summed(row: Row, named: Cell, layout: Layout) -> tuple[str, Any]:
    """A row of a sum with its amount, where it says one."""
    cell = _own(row, layout, "total")
    if cell is None or cell is named or "total" not in layout.money:
        return "nothing", None
    found = amount(cell.text, layout.money["total"])
    sub = bool((match := _SUM.match(clean(named.text))) and match["sub"])
    return ("sum", Sum(sub, found, row.page, cell.start, cell.end)) if found else ("nothing", None)


def _own(row: Row, layout: Layout, name: str) -> Cell | None:
    """The cell of a column that begins in this row and covers no other column that means something."""
    column = layout.columns.get(name)
    cell = row.at(column) if column else None
    if cell is None or cell.row != row.number or not cell.words:
        return None
    others = (n for other, n in layout.columns.items() if other != name)
    return None if any(cell.column <= n < cell.column + cell.across for n in others) else cell


def _row(row: Row, layout: Layout, lot: str | None, section: str | None) -> Read | None:
    """A row as a line of goods."""
    cells = {name: cell for name in layout.columns if (cell := _own(row, layout, name))}
    if layout.fused and (whole_ := row.at(layout.columns["description"])) and (split := _ITEM.match(whole_.text)):
        cut = whole_.start + split.start("rest")
        cells["number"] = replace(whole_, end=whole_.start + split.end("number"), text=split["number"])
        cells["description"] = replace(whole_, start=cut, text=split["rest"])
    for name in ("description", "brand", "maker", "origin", "lot", "branded"):
        shared = row.at(layout.columns.get(name, 0))
        if name not in cells and shared and shared.row != row.number and shared.across == 1 and shared.words:
            cells[name] = shared
    return _line(row, cells, layout, lot, section)


def _line(row: Row, cells: Mapping[str, Cell], layout: Layout, lot: str | None, section: str | None) -> Read | None:
    """What the cells of a line say; None where nothing names what is bought."""
    told = {name: cell for name, cell in cells.items() if not _NOTHING.fullmatch(cell.text.strip())}
    facts: dict[str, Any] = {}
    at: dict[str, tuple[int, int, int]] = {}
    for name in ("number", "description", "brand", "maker", "origin", "model", "lot"):
        if cell := told.get(name):
            facts[name], at[name] = clean(cell.text), (cell.page, cell.start, cell.end)
    _branded(told, facts, at)
    _alternatives(told, facts)
    if not (facts.get("description") or facts.get("model")) or role(facts.get("description") or "x") == "number":
        return None
    if len(facts.get("description") or "") > _DESCRIPTION:
        return None
    _counting(told, facts, at)
    paid = {}
    for name in ("unit_price", "total"):
        if (cell := told.get(name)) and (found := amount(cell.text, layout.money[name])):
            paid[name], at[name] = found, (cell.page, cell.start, cell.end)
    if not ({"quantity", "unit"} & facts.keys() or paid):
        return None
    facts |= {"lot": facts.get("lot") or lot, "section": section}
    return Read(row, facts, at, paid.get("unit_price"), paid.get("total"))


def _branded(told: Mapping[str, Cell], facts: dict[str, Any], at: dict[str, tuple[int, int, int]]) -> None:
    """Brand and model out of one cell; a model too long to be one is none."""
    if cell := told.get("branded"):
        for name, words in zip(("brand", "model"), parted(_without(clean(cell.text))), strict=True):
            if words:
                facts[name], at[name] = words, (cell.page, cell.start, cell.end)
    if facts.get("model") and not is_model(facts["model"]):
        del facts["model"], at["model"]


def is_model(text: str) -> bool:
    """Whether a cell of models, which may say parameters or that the maker decides, says a model."""
    said = plain(text)
    if len(said) > _MODEL or _NO_MODEL.search(said) or _MEASURES.fullmatch(said.strip()):
        return False
    if re.search(r"[A-Za-z]", said) or re.fullmatch(r"[\d][\d\-./]{4,}", said):
        return True
    return any(one.word.product for one in seen(said))


def _without(text: str) -> str:
    return EQUIVALENT.sub("", text).strip(" ,，、;；()（）")


def _alternatives(told: Mapping[str, Cell], facts: dict[str, Any]) -> None:
    """Whether a line allows an equivalent; brand and model stand without the words that say so."""
    said = [told[name].text for name in ("description", "brand", "model", "branded", "maker", "spec") if name in told]
    if any(EQUIVALENT.search(text) for text in said):
        facts["alternative"] = True
        for name in ("brand", "model", "maker"):
            if facts.get(name):
                facts[name] = _without(facts[name]) or None


def _counting(told: Mapping[str, Cell], facts: dict[str, Any], at: dict[str, tuple[int, int, int]]) -> None:
    """Quantity, unit and operator: of their cells, else the one quantity that the description says."""
    cell, unit = told.get("quantity"), told.get("unit")
    found = whole(cell.text) if cell else None
    if cell and found:
        _count(found, facts)
        at["quantity"] = (cell.page, cell.start, cell.end)
        if found.unit:
            at["unit"] = at["quantity"]
    if unit and number(unit.text) is None:
        facts["unit"], at["unit"] = clean(unit.text), (unit.page, unit.start, unit.end)
    described = told.get("description")
    if not cell and not unit and described and (one := _said(described.text)):
        _count(one, facts)
        at["quantity"] = at["unit"] = (described.page, described.start, described.end)


def _count(found: Quantity, facts: dict[str, Any]) -> None:
    facts |= {"quantity": found.number, "operator": found.operator}
    if found.unit:
        facts["unit"] = clean(found.unit)


def _said(text: str) -> Quantity | None:
    """The one quantity at the end of a description: ``摄像机 12台``."""
    found = list(counted(text))
    return found[0] if len(found) == 1 and not plain(text)[found[0].end :].strip(" )。.;；") else None
