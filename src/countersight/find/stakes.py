"""What a page says of who owns whom: in prose beside the names, in tables of shareholders, in ownership data.

A stake's ``value`` holds, apart by tabs: owner, owned, least and most per cent, kind, since, until, stated (empty: not
said).
Rows whose owner is no body are counted, never named (``stake_person``). Fields of BODS and GLEIF are passed on by path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from countersight.find.bodies import find, written
from countersight.find.bodies.words import Named
from countersight.model import BlockKind, Clue, Page
from countersight.ownership import FIELD, PERSON, STAKE
from countersight.text.hints import Hints
from countersight.text.tabular import Cell, Row, Table, tables

_WORDS = (
    *("持有", "持股", "占股", "出资", "全资", "控股", "参股", "股东"),
    *("owned", "owns", "subsidiary", "hareholder", "wner", "holds", "held "),
)
_FEED = (
    "recordDetails",
    "statementType: ",
    "elationship.StartNode",
    "elationship.startNode",
    "lei-records",
    "LegalName",
)
_HINTS = Hints((*_WORDS, *_FEED))
_PERCENT = r"(?P<percent>\d{1,3}(?:\.\d{1,6})?)\s?[%％]"
_FIGURE = r"(?P<percent>\d{1,3}(?:\.\d{1,6})?)\s?(?:%|per\s?cent)"
# Between two names: who owns is the first (>) or the second (<); some need words behind the second name too.
_BETWEEN = (
    (
        ">",
        re.compile(r"(?:直接|间接|合计|共|现|目前|已|均)*持有$"),
        re.compile(rf"\s?(?:的)?(?:约)?{_PERCENT}(?:的)?(?:股权|股份|股本|股票|出资|权益)"),
        "",
    ),
    (">", re.compile(r"(?:的|之|及其|设立的)?(?:下属)?全资(?:子公司|控股的?|附属公司)[“\"：:]?$"), None, "100"),
    (">", re.compile(r"(?:的|之)?(?:下属)?控股(?:子公司|附属公司)[“\"：:]?$"), None, "controlling"),
    (
        ">",
        re.compile(r"(?:参股|入股|控股|投资)$"),
        re.compile(rf"[，,（(]?(?:占股|持股|占比|持有|持股比例为?|出资比例为?){_PERCENT}"),
        "",
    ),
    (
        "<",
        re.compile(r"[，,]?(?:现)?(?:是|为|系)$"),
        re.compile(r"(?:的|之)?(?P<whole>全资|控股)(?:子公司|附属公司)"),
        "",
    ),
    (
        "<",
        re.compile(
            r",?\s(?:is|was|being)\s(?:now\s)?(?:an?\s)?(?:(?P<wholly>wholly|fully)|(?P<mostly>majority)"
            rf"|(?:approximately\s|about\s)?{_FIGURE})[\s-]owned\s(?:subsidiary\sof|by)\s(?:the\s)?$"
        ),
        None,
        "",
    ),
    (
        "<",
        re.compile(
            r",\san?\s(?:(?P<wholly>wholly|fully)[\s-]owned|(?P<mostly>majority)[\s-]owned|(?:direct|indirect)\s)?\s?"
            r"subsidiary\sof\s(?:the\s)?$"
        ),
        None,
        "controlling",
    ),
    ("<", re.compile(rf",?\s(?:is\s)?owned\s(?:as\sto\s)?{_FIGURE}\sby\s(?:the\s)?$"), None, ""),
    (
        ">",
        re.compile(
            r",?\s(?:which\s|that\s)?(?:holds|held|owns|owned|holding|owning)\s(?:an?\s)?(?:approximately\s|about\s)?"
            rf"{_FIGURE}\s(?:of\s(?:the\s)?(?:(?:issued\s|outstanding\s)?(?:shares?|share\scapital|equity|stock|"
            r"equity\sinterests?)\s(?:of|in)\s)?|(?:equity\s)?(?:stake|interest|shareholding)\sin\s)(?:the\s)?$"
        ),
        None,
        "",
    ),
    (">", re.compile(r"(?:['’]s)?\s(?P<wholly>wholly|fully)[\s-]owned\ssubsidiary,?\s$"), None, "100"),
)
_EACH = re.compile(
    rf"(?:以[^，。；\n]{{1,8}})?(?:认缴)?(?:出资|持股|占股|持有)(?:比例)?(?:为|占)?(?:其)?(?:约)?{_PERCENT}"
)
_NEAR = 60  # characters between two names of one statement


def stakes(page: Page) -> Iterator[Clue]:
    """The stakes that a page tells of, and the fields of ownership data on it."""
    text = page.text
    if not _HINTS.within(text):
        return
    if any(word in text for word in _WORDS):
        found = [one for one in find(text)[0] if not _in_cell(page, one)]
        yield from _prose(page, found)
        if any(block.kind is BlockKind.CELL for block in page.blocks):
            yield from _tables(page)
    if any(word in text for word in _FEED):
        yield from _fields(page)


def _in_cell(page: Page, one: Named) -> bool:
    line = page.text.rfind("\n", 0, one.start) + 1
    return "\t" in page.text[line : one.start]


# --- prose ---


def _prose(page: Page, found: list[Named]) -> Iterator[Clue]:
    text = page.text
    for one, other in pairwise(found):
        if other.start - one.end <= _NEAR:
            yield from _pair(page, one, other)
    for at, owner in enumerate(found):
        if (said := _EACH.match(text, owner.end)) and (owned := _listing(text, found[:at])):
            yield _clue(page, (owner, owned), (owned.start, said.end()), said["percent"], said[0])


def _pair(page: Page, one: Named, other: Named) -> Iterator[Clue]:
    between, behind = page.text[one.end : other.start], page.text[other.end : other.end + _NEAR]
    for way, middle, after, told in _BETWEEN:
        if not (found := middle.match(between)) or (after and not after.match(behind)):
            continue
        said = {**found.groupdict(), **(after.match(behind).groupdict() if after else {})}  # type: ignore[union-attr]
        end = other.end + (after.match(behind).end() if after else 0)  # type: ignore[union-attr]
        named = (one, other) if way == ">" else (other, one)
        yield _clue(page, named, (one.start, end), _told(said, told), between.strip())
        return


def _told(said: dict[str, str | None], told: str) -> str:
    """The per cent that words say: a number, 100, more than half, or that it is a subsidiary."""
    if percent := said.get("percent"):
        return percent
    if said.get("wholly") or said.get("whole") == "全资":
        return "100"
    if said.get("mostly"):
        return "majority"
    return "controlling" if said.get("whole") else told


def _listing(text: str, before: list[Named]) -> Named | None:
    """Of whom owners are listed: the body before 由 or 股东为 in the same sentence."""
    for one in reversed(before):
        behind = text[one.end : one.end + _NEAR]
        if found := re.match(r"[^。；\n]{0,12}?(?:由|股东(?:为|是|包括)|股权结构(?:为|如下)?[：:]?)", behind):
            return one if found else None
        if not _EACH.match(behind):
            return None
    return None


def _clue(page: Page, named: tuple[Named, Named], span: tuple[int, int], percent: str, label: str) -> Clue:
    names = [written(page.text[one.start : one.end]) for one in named]
    return Clue(STAKE, page.number, *span, "\t".join((*names, *_interval(percent), "", "", "")), label, "prose")


_RANGE = re.compile(r"(\d+(?:\.\d+)?)%?\s?(?:-|–|—|~|至|to)\s?(\d+(?:\.\d+)?)%?")
_BOUND = re.compile(
    r"(?P<least>>|≥|>=|超过|不低于|不少于|more than |over |at least )?"
    r"(?P<most><|≤|<=|低于|不超过|少于|less than |under |up to )?"
    r"\s?(?P<number>\d+(?:\.\d+)?)\s?%?"
)


def _interval(said: str) -> tuple[str, str, str]:
    """Least and most per cent, and the kind, of what a cell or words say; both empty where it is no per cent."""
    plain = said.replace("％", "%").strip().lower()
    if plain in {"controlling", "majority"}:
        return ("50", "100", "shareholding") if plain == "majority" else ("", "", plain)
    low = high = ""
    if found := _RANGE.fullmatch(plain):
        low, high = found[1], found[2]
    elif found := _BOUND.fullmatch(plain):
        low = "0" if found["most"] else found["number"]
        high = "100" if found["least"] else found["number"]
    if high and (Decimal(high) > _ALL or Decimal(low) > Decimal(high)):
        low = high = ""
    return low, high, "shareholding"


_ALL = 100  # per cent

# --- tables ---

_OWNER = (
    "股东名称",
    "股东姓名",
    "股东",
    "出资人",
    "出资方",
    "投资方",
    "投资者名称",
    "发起人",
    "母公司",
    "控股股东",
    "持股人",
    "shareholder",
    "owner",
    "parent",
    "holder",
    "member",
)
_OWNED = (
    "被投资单位",
    "被投资企业",
    "标的公司",
    "目标公司",
    "子公司",
    "公司名称",
    "企业名称",
    "单位名称",
    "owned",
    "subsidiary",
    "investee",
    "issuer",
    "company",
    "entity",
)
_SHARE = (
    "持股比例",
    "出资比例",
    "股权比例",
    "认缴比例",
    "占比",
    "比例",
    "percentage",
    "shareholding",
    "percent",
    "pct",
    "%",
    "ownership",
    "share",
    "stake",
    "interest",
)
_SINCE = ("from", "since", "start", "valid from", "起始日期", "开始日期", "起始日", "入股日期")
_UNTIL = ("to", "until", "end", "valid to", "截止日期", "终止日期", "退出日期")
_STATED = ("as of", "as at", "date", "截至日期", "数据日期", "日期")
_SUM = re.compile(r"合计|总计|小计|total", re.IGNORECASE)


def _tables(page: Page) -> Iterator[Clue]:
    for table in tables([page]):
        owner = _exact(table, _OWNER)
        owned = _exact(table, _OWNED, without=(owner,))
        share = _exact(table, _SHARE, without=(owner, owned))
        if owner is None or (share is None and owned is None):
            continue
        subject = None if owned else _subject(page, table)
        for row in table.rows if owned or subject else ():
            yield from _row(page, table, row, (owner, owned, share), subject)


_WORD = 3  # letters or characters of a name that a head may go on after


def _exact(table: Table, names: tuple[str, ...], *, without: tuple[int | None, ...] = ()) -> int | None:
    """The first column whose head is one of the names, or begins with one: ``share_pct``, not ``shareholder``."""
    for name in names:
        for number in table.columns:
            heads = [_head(cell) for cell in table.headed(number)]
            if number not in without and heads and _is_headed(heads[-1], name):
                return number
    return None


def _head(cell: Cell) -> str:
    """The words of a head: ``share pct`` of SHARE_PCT."""
    return " ".join(cell.text.lower().replace("_", " ").split()) if cell.text.isascii() else cell.words


def _is_headed(head: str, name: str) -> bool:
    begins = len(name) >= _WORD and re.match(rf"{re.escape(name)}(?:s?(?=[ (%])|(?=[^\x00-\x7f]))", head) is not None
    return head.rstrip("(%) ") in (name, name.rstrip("%")) or begins


def _subject(page: Page, table: Table) -> str | None:
    """Whose shareholders a table lists: the one company named shortly before it."""
    start = min(row.start for row in (*table.title, *table.head, *table.rows))
    low = max(0, start - 300)
    named = {
        written(page.text[one.start : one.end]) for one in find(page.text)[0] if low <= one.start and one.end <= start
    }
    named |= {
        written(cell.text[a.start : a.end]) for row in table.title for cell in row.cells for a in find(cell.text)[0]
    }
    return named.pop() if len(named) == 1 else None


def _row(
    page: Page, table: Table, row: Row, columns: tuple[int, int | None, int | None], subject: str | None
) -> Iterator[Clue]:
    owner, owned, share = (row.at(column) if column else None for column in columns)
    if owner is None or _SUM.search(owner.text) or (owned is None and subject is None):
        return
    held = subject or _body(owned)
    holder = _body(owner)
    if not holder:
        yield Clue(PERSON, page.number, row.start, row.end, "", "owner that is no body", "cell")
        return
    if not held:
        return
    days = [_day(row, table, names) for names in (_SINCE, _UNTIL, _STATED)]
    said = "\t".join((holder, held, *_interval(share.text if share else ""), *days))
    yield Clue(STAKE, page.number, row.start, row.end, said, "table of shareholders", "cell")


def _body(cell: Cell | None) -> str | None:
    """The body that a cell names, if it names one and nothing else."""
    found = find(cell.text)[0] if cell else []
    if cell is None or len(found) != 1:
        return None
    rest = cell.text[: found[0].start] + cell.text[found[0].end :]
    return written(cell.text[found[0].start : found[0].end]) if len(rest.strip(" .（）()、")) <= 4 else None  # noqa: PLR2004


def _day(row: Row, table: Table, names: tuple[str, ...]) -> str:
    column = _exact(table, names)
    cell = row.at(column) if column else None
    found = re.search(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})", cell.text) if cell else None
    return f"{int(found[1]):04}-{int(found[2]):02}-{int(found[3]):02}" if found else ""


# --- ownership data ---

_PATH = re.compile(
    r"(?P<record>.*?)(?:^|(?<=[\].]))(?P<field>"
    r"recordId|statementI[Dd]|recordType|statementType|statementDate|recordStatus"
    r"|(?:recordDetails\.)?(?:name|subject(?:\.describedByEntityStatement)?|interestedParty(?:\.describedBy(?:Entity|Person)Statement)?"
    r"|interests\[\d+\]\.(?:type|directOrIndirect|startDate|endDate|share\.\w+)|identifiers\[\d+\]\.(?:scheme|id))"
    r"|[rR]elationship\.(?:[sS]tart[nN]ode\.(?:id|NodeID(?:\.\$)?)|[eE]nd[nN]ode\.(?:id|NodeID(?:\.\$)?)|(?:type|RelationshipType)(?:\.\$)?|(?:status|RelationshipStatus)(?:\.\$)?)"
    r"|[rR]elationship\.[\w.\[\]]*[pP]eriods?[\w.\[\]]*\.(?:[sS]tartDate|[eE]ndDate|[tT]ype|[pP]eriodType)(?:\.\$)?"
    r"|lei|LEI(?:\.\$)?|(?:entity\.legalName\.name|Entity\.LegalName(?:\.\$)?)|(?:entity\.category|Entity\.EntityCategory(?:\.\$)?))"
)


def _fields(page: Page) -> Iterator[Clue]:
    for block in page.blocks:
        if block.kind is BlockKind.FIELD and (found := _PATH.fullmatch(block.ref)):
            value = page.text[block.start : block.end]
            yield Clue(FIELD, page.number, block.start, block.end, value, found["field"], "feed", found["record"])
