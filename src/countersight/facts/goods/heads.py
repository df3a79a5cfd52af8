"""What the columns of a bill of quantities hold, told from their heads: Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile

from countersight.text.normal import flatten
from countersight.text.quantity import plain
from countersight.text.tabular import Cell, Row

LONGEST = 48  # characters of a cell that heads a column
_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]?")
_OTHER = "other"

# The first pattern that holds decides. What a column is for, then the words of its head, folded.
_WORDS: tuple[tuple[str, str], ...] = (
    ("remark", r"^备注|^说明|备注$|^remarks?|^notes?|^comments?"),
    (
        _OTHER,
        (
            r"预算|限价|控制价|最高价|税率|税额|税金|折扣|质保|保修|交货|工期|时间|日期|年份|地点|是否|用途|偏离|偏差|响应|得分|分值|权重"
            r"|评分|重量|电话|合同|姓名|性别|年龄|职务|职称|学历|岗位|供应商|投标人|采购人|公司|单位名称|联系"
            r"|页码|更换周期|费率"
            r"|业绩|条款"
            r"|\bdiscount|deliver|warranty|weight|compl(?:y|iance)|deviation|\bdate\b|location|purpose"
            r"|\bvat (?:rate|amount)"
            r"|\btax (?:rate|amount)|budget|\bscore|bidder|customer|\bpage\b|\bclause"
        ),
    ),
    (
        "quantity",
        (
            r"数量|工程量|采购量|需求量|用量|数目|台数|套数|件数|(?:授权|许可|用户|节点)数"
            r"|\bq(?:uanti)?ty\b|quantit|^q'ty|^count$|number of|no\. of"
        ),
    ),
    (
        "unit_price",
        (
            r"单价|单位价格|单台价|每.{0,2}价格?$|unit (?:price|rate|cost|value)|price (?:per|each)|cost (?:per|each)"
            r"|price/unit|\bu/?price|^rates?\b|rate$"
        ),
    ),
    (
        "total",
        (
            r"合价|总价|合计|小计|总额|金额|报价|价款|价格$|amount|\btotal|\bext(?:ended|\.)? ?(?:price|cost)|extended"
            r"|line (?:total|value)|^sum$|^price$|^cost$|^value$"
        ),
    ),
    (
        "maker",
        (
            r"制造商|生产商|开发(?:商|单位|企业)|生产厂|厂家|厂商|生产企业|制造厂|生产单位"
            r"|manufacturer|vendor|producer|developer|\boem\b"
        ),
    ),
    ("branded", r"(?:品牌|厂牌).*型号|型号.*品牌|品牌规格|(?:brand|make)\b.*model|model.*(?:brand|make)"),
    ("brand", r"品牌|商标|厂牌|brand|^make$|trade ?mark"),
    ("origin", r"产地|原产|国别|来源地|country|\borigin"),
    ("unit", r"^(?:计量|数量)?单位$|^units?$|\buom\b|^u/m|u\.o\.m|unit of|physical unit|^measure"),
    ("lot", r"^(?:分?包|包组|标|标包|品目)[段组件]?号$|^标段|^lot(?: no\.?| number)?$|^package no"),
    (
        "model",
        (
            r"型号|版本号|^(?:软件)?版本$|^version$|订货号|货号"
            r"|\bmodel\b|part (?:no|number)|\bp/n\b|\bsku\b|catalog|cat\. ?no|^type$"
        ),
    ),
    (
        "number",
        (
            r"^(?:序|编|项|行|细目|子目|清单|货物|设备|项目)(?:号|编码|编号|序号)$|序号|^序$|^项次|^序列|编码$|^no\.?$|^nr\.?$"
            r"|^s/?n\.?$"
            r"|^s[lr]\.? ?no|^#$|^item (?:no|nr|number|code|#)|^line(?: no| item| number)?\.?$|^ref|^serial|^pos\.?$"
        ),
    ),
    (
        "description",
        r"名称|品名|货名|^名目|\bname\b|description|particulars|designation",
    ),
    ("spec", r"参数|规格|性能|配置|指标|特征|需求|要求|spec|technical|parameters|features|requirement|dimension|^size"),
    (
        "article",  # a weaker name of what is bought
        (
            r"内容|设备|货物|产品|材料|物资|标的|服务(?!器)|部件|商品|^项目$|^分项|\bgoods\b|product|equipment|material|\bservices?\b"
            r"|^items?$|^works?$|article|suppl(?:y|ies)$|component"
        ),
    ),
)
_ROLES = tuple((role, re.compile(words)) for role, words in _WORDS)
_NAMED_OTHER = re.compile(r"(?:制造|生产|厂|供应|投标|单位|公司|人员|用户|客户|项目负责).*名称|姓名")
_SCALES = {"亿元": 100_000_000, "万元": 10_000, "千元": 1000, "万美元": 10_000, "thousand": 1000, "million": 1_000_000}
_CURRENCIES = (
    ("USD", r"美元|\busd\b|us\$|u\.s\. dollars?"),
    ("EUR", r"欧元|\beur\b|€|\beuros?\b"),
    ("GBP", r"英镑|\bgbp\b|£"),
    ("HKD", r"港元|港币|\bhkd\b|hk\$"),
    ("CNY", r"元|人民币|\brmb\b|\bcny\b|[¥￥]|yuan"),
    ("KZT", r"\bkzt\b|₸|tenge"),
    ("USD", r"\$"),
)
_UNITS_OF_MONEY = re.compile(
    r"(?:金额|货币|价格)?单位[:：为]?\s?(?:人民币)?[百千万]?元|币种[:：]\s?\S+|currency\s?[:：]\s?\S+"
    r"|(?:all )?(?:prices|amounts) in \w+",
    re.IGNORECASE,
)
_LINE_OF_MONEY = re.compile(
    r"^[ \t]*(?:金额|价款|价格|报价|单位)\s?[:：(（]?\s?(?:人民币)?[百千万]?元\s?[)）]?[ \t]*$", re.MULTILINE
)
_ABOVE = 60  # characters above a table in which a line may say the unit of money
_UNTAXED = re.compile(r"不含税|未税|除税|税前|excl|ex\.? vat|before tax|without (?:vat|tax)|\bnet\b")
_TAXED = re.compile(r"含税|税后|价税|incl|with (?:vat|tax)|gross")


@dataclass(frozen=True, slots=True)
class Priced:
    """How a column writes money: what its figures are multiplied by, their currency, tax in or out."""

    scale: Decimal = Decimal(1)
    currency: str | None = None
    tax: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column holds what; ``money`` says how columns of money are written; ``deep`` is how many rows it took.

    ``fused`` says that numbers stand in the column of descriptions, before them.
    """

    columns: Mapping[str, int]
    money: Mapping[str, Priced] = field(default_factory=dict)
    every: frozenset[int] = frozenset()
    deep: int = 1
    fused: bool = False

    def is_bill(self) -> bool:
        """Whether lines of goods can be told from these columns."""
        said = self.columns.keys()
        priced = {"unit_price", "total"} <= said or {"unit_price", "unit"} <= said
        return bool(said & {"description", "model", "branded"}) and ("quantity" in said or priced)


@lru_cache(maxsize=4096)
def role(text: str) -> str | None:
    """What a column with this head holds; ``other`` for one that is known to hold nothing of a line."""
    folded = flatten(plain(text)).strip()
    base = _BRACKETS.sub("", folded).split(",")[0].strip(" :/.*★▲") or folded.strip("()[] ")
    if not base:
        return None
    if _NAMED_OTHER.search(base) and not re.search(r"制造|生产|厂", base):
        return _OTHER
    return next((name for name, words in _ROLES if words.search(base)), None)


def _role(said: Sequence[str]) -> str | None:
    """What a column holds whose heads, from above to below, say this."""
    for text in reversed(said):
        if found := role(text):
            return found
    return role("".join(said)) if len(said) > 1 else None


def priced(said: Iterable[str]) -> Priced:
    """How money is written under heads (or beside labels) that say this."""
    text = flatten(plain(" ".join(said)))
    scale = next((n for word, n in _SCALES.items() if word in text), 1)
    currency = next((code for code, words in _CURRENCIES if re.search(words, text)), None)
    tax = "excluded" if _UNTAXED.search(text) else "included" if _TAXED.search(text) else None
    return Priced(Decimal(scale), currency, tax)


def heads(rows: Sequence[Row], at: int, texts: Mapping[int, str]) -> Layout | None:
    """The layout that the rows from ``at`` on name, if they head a bill of quantities; ``texts`` are the pages'."""
    row = rows[at]
    own = row.own()
    if not _could_head(own):
        return None
    deep = _depth(rows, at)
    for depth in dict.fromkeys((deep, 1)):
        layout = _layout(rows[at : at + depth], _around(rows, at, depth, texts))
        if layout.is_bill():
            return layout
    return None


def _could_head(cells: Sequence[Cell]) -> bool:
    if len(cells) < 2 or any(len(cell.words) > LONGEST for cell in cells):  # noqa: PLR2004
        return False
    known = [role(cell.text) for cell in cells]
    told = [one for one in known if one]
    return len(told) * 2 >= len(cells) and len({one for one in told if one != _OTHER}) > 1


def _depth(rows: Sequence[Row], at: int) -> int:
    """How many rows the head takes: as far as its cells reach down, or a second row of nothing but heads."""
    own = rows[at].own()
    last = rows[at].number + max(cell.down for cell in own) - 1
    deep = len(list(takewhile(lambda row: row.page == rows[at].page and row.number <= last, rows[at : at + 4])))
    if deep > 1 or at + 1 == len(rows):
        return deep
    below = rows[at + 1].own()
    grouped = any(cell.across > 1 for cell in own) or len(below) < len(own)
    return 1 + (grouped and len(below) > 1 and all(role(cell.text) for cell in below))


def _around(rows: Sequence[Row], at: int, deep: int, texts: Mapping[int, str]) -> list[str]:
    """What may say the unit of money: rows of a title, words of the head in no cell, a line above the table."""
    head = rows[at : at + deep]
    text, start, end = texts.get(head[0].page, ""), head[0].start, head[-1].end
    titles = [row.own()[0].text for row in rows[max(0, at - 2) : at] if len(row.own()) <= 2]  # noqa: PLR2004
    lines = [match[0] for match in _UNITS_OF_MONEY.finditer(text[max(0, start - _ABOVE) : start])]
    loose = []
    for cell in sorted((cell for row in head for cell in row.own()), key=lambda cell: cell.start):
        loose.append(text[start : cell.start])
        start = max(start, cell.end)
    return [*titles, *lines, *loose, text[start:end], *_LINE_OF_MONEY.findall(text)]


def _layout(rows: Sequence[Row], around: Sequence[str]) -> Layout:
    """The layout named by the rows of a head; ``around`` may say the unit of money."""
    numbers = sorted({cell.column for row in rows for cell in row.cells})
    said = {n: _said(rows, n) for n in numbers}
    columns: dict[str, int] = {}
    for n, words in said.items():
        found = _role(words)
        if found == "article" and "article" in columns and _is_item(said[columns["article"]]):
            columns.setdefault("number", columns["article"])
            columns["article"] = n
        elif found and found != _OTHER:
            columns.setdefault(found, n)
    fused = next((n for n, words in said.items() if words and _is_fused(words)), None)
    if fused:
        columns = {name: n for name, n in columns.items() if n != fused} | {"description": fused}
    _settle(columns)
    money = {}
    for name in columns.keys() & {"unit_price", "total"}:
        own = priced(said[columns[name]])
        general = priced(around)
        money[name] = own if own.currency or own.scale > 1 else _filled(own, general)
    return Layout(columns, money, frozenset(numbers), len(rows), fused is not None)


def _is_item(said: Sequence[str]) -> bool:
    """Whether a head says ``Item``: beside ``Goods`` its number."""
    return "".join(said).strip().casefold() in {"item", "items", "项目"}


def _said(rows: Sequence[Row], column: int) -> list[str]:
    """What the rows of a head say of a column; a group's head may stand above the first of its columns alone."""
    found = [cell for cell in dict.fromkeys(row.at(column) for row in rows) if cell]
    if len(rows) > 1 and found and found[0].row == rows[-1].number:
        left = [cell for cell in rows[0].cells if cell.column < column]
        return [cell.text for cell in (*left[-1:], *found)]
    return [cell.text for cell in found]


def _is_fused(said: Sequence[str]) -> bool:
    """Whether a head names two columns: ``序号 设备名称``."""
    words = said[-1].split(maxsplit=1)
    return len(words) > 1 and role(words[0]) == "number" and role(words[1]) in {"description", "article"}


def _filled(own: Priced, general: Priced) -> Priced:
    return Priced(general.scale, general.currency, own.tax or general.tax)


def _settle(columns: dict[str, int]) -> None:
    """Where no column is a name of goods, the weaker words are; where one is, ``Item`` may be its number."""
    article = columns.pop("article", None)
    if article is not None:
        if "description" not in columns:
            columns["description"] = article
        elif "number" not in columns and article < columns["description"]:
            columns["number"] = article
    if "description" not in columns and "model" not in columns and "spec" in columns:
        columns["description"] = columns.pop("spec")
