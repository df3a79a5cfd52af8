"""Clues of fields on one page: what stands beside a label in a table, after it in a line, on the next line.

Pure and quick: where a page has no label nothing else is looked at. Running text is read by ``facts.prose``, fields of
published feeds by ``facts.feeds``.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from countersight.facts import dollars, feeds, forms, letters, prose, prose_en, prose_zh
from countersight.facts.bidders import winners
from countersight.facts.broken import STRICT, line_end, over_lines, wrapped
from countersight.facts.cues.clauses import is_old
from countersight.facts.feeds import eforms
from countersight.facts.kinds import headed
from countersight.facts.labels import LONGEST, TAILS, labelled
from countersight.facts.names import OFFICE, RECORD, name
from countersight.facts.procedures import WAY
from countersight.facts.recipients import recipients
from countersight.facts.runs import is_rule, led, run_on, undrawn
from countersight.facts.sorts import BARE, PUBLIC, sort
from countersight.facts.taxes import taxed
from countersight.facts.values import BLANK, DATES, MONEY, NAMES, REFERENCES, values
from countersight.facts.whose import whose
from countersight.model import Block, BlockKind, Clue, Page
from countersight.text.normal import HAN, HAN_CHARACTER, simplified

_SPACE = re.compile("[\xa0\u2000-\u200a\u202f\u205f]")  # as wide as a letter: places stay as they are
_COLON = re.compile(r"[:：]")
_NAMED = re.compile(r"[:：](?!\d\d)")  # not that of a time of day
_GAP = re.compile(r"[\s，,；;。、|:：]+|[（(【]")
_GLUED = re.compile(rf"(?<=[A-Za-z0-9）)])(?=[{HAN}])")  # where a label may follow a value without a gap
_ASCII_GAP = re.compile(r"[;|·•\t]\s*|\s{2,}|\.\s+|(?<=[^\x00-\x7f])\s+|(?<=\d)\s(?=[A-Z])")
_BARE, _ONE = 60, 100  # characters of a line that is a label alone, and of one that is a value
# A line that is of one lot: 第一包：中标单位：…, Lot 2: …
_LOT = re.compile(
    r"[\s　]*((?:第?[一二三四五六七八九十\d]{1,2}(?:包|标段|标项|分包)|(?:包|标段"
    r"|标项)\s?[一二三四五六七八九十\d]{1,2}|lot\s\d{1,2})(?!\w))",
    re.IGNORECASE,
)
_TERMS = re.compile(
    r"\s*(?:\(?\d{1,4}\)?\s?(?:calendar\s)?(?:years?|months?|weeks?|days?|年|个月|日|天)|\d{1,2}\s[A-Z][a-z]+\s\d{4}"
    r"|\d{4}[-年/.]\d|[A-Za-z]+(?:-\w+)?\s\(\d|[一二三四五六七八九十]{1,3}(?:个|年|日))"
)  # how a term that has its own line begins
_TOTAL = re.compile(r"\s*(?:合\s*计|总\s*计|total)", re.IGNORECASE)
_WIDE = 16  # columns of a table of prices
_COUNTED = re.compile(r"\s*(?:\d{1,4}\s*)?")  # of the things above a total
_SUM = re.compile(r"\d{1,3}(?:[,. ]\d{2,3})+(?:[.,]\d\d)?\b|\d[.,]\d\d\b")
_ADDRESS = re.compile(r"(T\d+R|[A-Z]{1,3})(\d+)(?:C(\d+))?")
_SIGNING = re.compile(
    r"\b(?:By|BY)\s*[:_\n]|\b(?:Signed|SIGNED) (?:for|by|on behalf of)\b|\b(?:Signature|Title|Its|Position"
    r"|Signed by|Authori[sz]ed (?:Signature|Signatory))\s*:"
)
_SIGNATURE = re.compile(r"签[字署]日期|date signed|signature date", re.IGNORECASE)
_SEALED = re.compile(r"盖章|公章|签章|签字|签名")
_BACK = 160  # characters before a bare 名称 in which the line that says whose name it is stands
_DATE = frozenset({"Date", "Dated", "DATE", "Date signed", "Date Signed"})
_HEAD_END = 400  # characters of a page in which its own number stands
_SHORTEST_TAIL = 8  # characters of words that a label may be joined to the end of
_JOINED = re.compile(
    r"(?<=[书同件告表况购）)])(?:政府采购)?(?:采购)?(?:合同|项目|招标|订单)(?:编号|名称)$"
    r"|(?:采购方式|预算金额|最高限价|采购代理机构(?:名称)?|(?<=信息)名\s?称)$"
)
_LAST_TOKENS = 8
_OPEN, _SHUT = ("（", "(", "【"), "）)】"  # around a label and its value within a sentence
_REST = re.compile(r"(?<=\w)[^\S\n]*\n[^\S\n]*[A-Za-z0-9/-]{1,24}(?=[)）])")  # of a number in brackets
_SHORT = 8  # pages of a notice in which labels may have lines of their own
_CLOSING = frozenset(")）]】〕”\"'#*.:：")  # what may end a label beside its words
_BELOW = NAMES | MONEY | DATES | REFERENCES | {"title"}
_ONE_BELOW = frozenset({"term", "warranty", "place", "method", "funding"})  # if the only row says it
_FILLED_IN = NAMES | REFERENCES
_TO_FILL = re.compile(r"[\s_＿/—…．.]*(?:[（(\[【<][^（()）\[\]【】<>\n]*[）)\]】>]?)?[\s_＿]*[）)】]?\s*")
_PLAIN = frozenset((field, 0) for field in (*STRICT, "method", "place", "term"))  # may have a line of their own
_WORDED = frozenset({"method", "place", "term", "warranty", "funding"})  # whose values have no form of their own
_SPAN = 60  # characters after the first line of a term in which its last day may stand
Grid = dict[tuple[str, int, int], int]
Label = tuple[int, int, tuple[str, int, str]]
"""Where a label begins, its colon, and what it names."""
_THREE = 3  # cells of a row from which on it may be a head though not all of them are labels
_LOTS = 60  # rows below a head that are read


def field_clues(page: Page) -> Iterator[Clue]:
    """The clues of fields on a page."""
    for feed, read in ((eforms.is_notice, eforms.clues), (feeds.is_feed, feeds.clues)):
        if feed(page):
            yield from read(page)
            return
    if not page.text.isascii() and _SPACE.search(page.text):
        page = replace(page, text=_SPACE.sub(" ", page.text))
    if any(bar in page.text for bar in "│┃║") or "\n|" in page.text:
        page = replace(page, text=undrawn(page.text))
    aside = [(b.start, b.end) for b in page.blocks if b.kind is BlockKind.FURNITURE]
    plain = replace(page, text=simplified(page.text)) if dollars.TRADITIONAL.search(page.text) else page
    seen: set[tuple[str, int, int]] = set()
    for clue in _read(plain):
        at = clue.field, clue.start, clue.end
        if at not in seen and not any(low <= clue.start < high for low, high in aside):
            seen.add(at)
            yield taxed(clue if plain is page else _as_written(clue, page.text), plain.text)


def _as_written(clue: Clue, text: str) -> Clue:
    """A clue read from text in simplified characters with its value as the page has it, whose yuan may be a dollar."""
    said = text[clue.start : clue.end]
    if clue.field in MONEY:
        return replace(clue, value=clue.value.replace(" CNY ", " ? ")) if dollars.is_open(text, said) else clue
    return replace(clue, value=name(said)) if simplified(name(said)) == clue.value else clue


def _read(page: Page) -> Iterator[Clue]:
    cells = [b for b in page.blocks if b.kind is BlockKind.CELL] or list(_tabbed(page.text))
    yield from _cells(page, cells)
    yield from _lines(page)
    if page.number <= _SHORT:
        yield from _alone(page)
        yield from forms.clues(page)
    if page.number == 1:
        yield from _letterhead(page)
    yield from _prose(page)


def _letterhead(page: Page) -> Iterator[Clue]:
    """The authority or institution whose name is a line of the head of a page, who gives a notice; its title above.

    Of a state and its office below it, and of an office and its longer name, the latter.
    """
    at, above = 0, ""
    heads: list[tuple[int, int, str, str]] = []
    for line in page.text[:_HEAD_END].split("\n")[:_HEAD_LINES]:
        for cell in re.split(r"\t|(?<=\S) {3,}(?=\S)", line):
            at = page.text.index(cell, at)
            own = OFFICE.sub("", _ADDRESSED.split(RECORD.split(cell, maxsplit=1)[0], maxsplit=1)[0].rstrip())
            found = (
                list(values("buyer", page.text, at, at + len(own)))
                if len(cell.strip()) > _MANY and len(own) < _ONE
                else []
            )
            if len(found) == 1 and name(own) == found[0][3] and sort(found[0][3]) == PUBLIC:
                heads.append((*found[0][1:], above))
            at += len(cell)
        above = line
    for n, (low, high, value, over) in enumerate(heads[:3]):
        if n + 1 < len(heads) and (BARE.fullmatch(value) or value.lower() in heads[n + 1][2].lower()):
            continue
        yield Clue("buyer", page.number, low, high, value, "letterhead#4", "label")
        if (title := headed(over)) and _TITLE.fullmatch(title) and not labelled(over):
            start = page.text.rindex(title, 0, low)
            yield Clue("title", page.number, start, start + len(title), name(title), "letterhead#6", "label")
        return


_ADDRESSED = re.compile(r",\s(?=[A-Z][\w& ]*,\s\d|\d)")  # behind a name: its office and street
_TITLE = re.compile(r"(?!.*(?:www|@|\b(?:19|20)\d\d-\d\d))[^:：\t]{8,120}")
_HEAD_LINES, _MANY = 4, 6  # lines of a head, characters of a name


def _prose(page: Page) -> Iterator[Clue]:
    text = page.text
    if HAN_CHARACTER.search(text):
        yield from prose_zh.clues(page)
    if any(word in text for word in ("greement", "ontract", "GREEMENT", "ONTRACT", "etween ")):
        yield from prose_en.clues(page)
    yield from prose_en.awarded(page)
    yield from prose_en.invited(page)
    yield from letters.clues(page)
    yield from dollars.clues(page)
    yield from prose.models(page)
    yield from prose.mentions(page)
    yield from recipients(page)


# ── tables ──


def _cells(page: Page, cells: Sequence[Block]) -> Iterator[Clue]:
    named: dict[int, tuple[str, int, str]] = {}
    for at, block in enumerate(cells):
        if 1 < block.end - block.start <= LONGEST and _may_be(raw := page.text[block.start : block.end].strip()):
            known = labelled(raw)
            named |= {at: known} if known else {}
    if not named:
        return
    grid = {place: at for at, block in enumerate(cells) if (place := _place(block))}
    stacked = forms.Stacked(page.text, cells, grid, named)
    heads = {row for row in _heads(page, cells, grid, named) if not stacked.filled(row)}
    for at, known in named.items():
        if (place := _place(cells[at])) is None:
            continue
        if (place[0], place[1]) in heads:
            yield from _below(page, cells, grid, place, _in_unit(known, page.text, cells[at].start))
            continue
        start, end = cells[at].start, cells[at].end
        beside = _beside(page.text, cells, grid, place)
        if known[0] == "value":
            beside = _total(page.text, cells, grid, place, beside)
        valued = known[0] == "method" and beside is not None and WAY.match(page.text, cells[beside].start)
        if not valued and ((below := stacked.under(place)) is not None or beside in named):
            beside = below
        if beside is not None and (said := _in_place(page.text, (start, start), page.text[start:end], known)):
            yield from _clues(
                page,
                _in_unit(said, page.text, start),
                (cells[beside].start, cells[beside].end),
                page.text[start:end],
                grade="cell",
            )
        yield from _signed(page, cells, stacked, at, known)


def _signed(
    page: Page, cells: Sequence[Block], stacked: forms.Stacked, at: int, known: tuple[str, int, str]
) -> Iterator[Clue]:
    """The days of both sides right of “Date” below signatures, or of a label that says they are of signatures."""
    label, place = page.text[cells[at].start : cells[at].end], _place(cells[at])
    both = _SIGNATURE.search(label) is not None
    for day in stacked.signed(place) if place and (known[0] == "document" or both) else ():
        of = known if both else ("signed", 2, "")
        yield from _clues(page, of, (cells[day].start, cells[day].end), label if both else "Date", grade="cell")


def _beside(text: str, cells: Sequence[Block], grid: Grid, place: tuple[str, int, int]) -> int | None:
    """The cell right of a label; of a table of what is changed the one that says what holds now."""
    table, row, column = place
    column += max(cells[grid[place]].across, 1)
    head = grid.get((table, 1, column))
    if head is not None and row > 1 and is_old(text[cells[head].start : cells[head].end]):
        column += 1
    beside = grid.get((table, row, column))
    if beside is None and _TOTAL.match(text, cells[grid[place]].start):
        behind = [at for (of, line, to), at in grid.items() if (of, line) == (table, row) and to > column]
        return behind[0] if len(behind) == 1 else None
    return beside


def _total(
    text: str, cells: Sequence[Block], grid: Grid, place: tuple[str, int, int], beside: int | None
) -> int | None:
    """The only sum in the row of a total, where a count of things or nothing stands beside its label."""
    table, row, column = place
    own = (grid.get((table, row, to)) for to in range(column + 1, column + _WIDE))
    sums = [at for at in own if at is not None and _SUM.search(text, cells[at].start, cells[at].end)]
    counted = beside is None or _COUNTED.fullmatch(text, cells[beside].start, cells[beside].end)
    return sums[0] if counted and len(sums) == 1 else beside


def _in_unit(known: tuple[str, int, str], text: str, at: int) -> tuple[str, int, str]:
    """What a label of amounts names, in the unit that the page or its table gives where it gives none itself."""
    return (*known[:2], known[2] or forms.unit(text, at)) if known[0] in MONEY else known


def _tabbed(text: str) -> Iterator[Block]:
    """The cells of lines that have tabs, where the reader told no cells: lines one after another are a table."""
    if "\t" not in text:
        return
    at, table, row = 0, 1, 0
    for line in text.split("\n"):
        if "\t" not in line:
            table, row = (table, row) if is_rule(line) else (table + bool(row), 0)
        else:
            row, start = row + 1, at
            for column, cell in enumerate(line.split("\t"), 1):
                if cell.strip():
                    yield Block(start, start + len(cell), BlockKind.CELL, f"T{table}R{row}C{column}")
                start += len(cell) + 1
        at += len(line) + 1


def _heads(page: Page, cells: Sequence[Block], grid: Grid, named: Container[int]) -> set[tuple[str, int]]:
    """The rows that name columns: the first of a table (titles aside), of short cells, the next beginning otherwise."""
    rows: dict[tuple[str, int], list[int]] = {}
    for (table, row, _), at in grid.items():
        rows.setdefault((table, row), []).append(at)
    found: set[tuple[str, int]] = set()
    for table in {table for table, _ in rows}:
        numbers = sorted(row for other, row in rows if other == table)
        wide = [row for row in numbers if len(rows[table, row]) > 1]
        if len(wide) < 2 or wide[0] > numbers[0] + 2:  # noqa: PLR2004 (a head and what is below it)
            continue
        first, second = (sorted(rows[table, row], key=lambda at: cells[at].start) for row in wide[:2])
        labels = sum(at in named for at in first)
        short = all(cells[at].end - cells[at].start <= LONGEST for at in first)
        if (
            short
            and (labels == len(first) or len(first) >= _THREE)
            and second[0] not in named
            and not _pairs(first, named, cells, page)
        ):
            found.add((table, wide[0]))
    return found


def _pairs(row: Sequence[int], named: Container[int], cells: Sequence[Block], page: Page) -> bool:
    """Whether a row is labels and values by turns."""
    turns = [at in named for at in row]
    ends = page.text[cells[row[0]].start : cells[row[0]].end].rstrip().endswith((":", "："))
    return ends or (
        len(row) % 2 == 0 and len(row) >= _THREE and turns[0::2].count(True) == len(row) // 2 and not any(turns[1::2])
    )


def _below(
    page: Page, cells: Sequence[Block], grid: Grid, place: tuple[str, int, int], known: tuple[str, int, str]
) -> Iterator[Clue]:
    """The values below the head of a column, each a lot of its own unless it is the only one or the total."""
    table, row, column = place
    field, level, _ = known
    if field not in _BELOW | _ONE_BELOW or (level and field not in NAMES) or field == "name":
        return
    head = cells[grid[place]]
    label = page.text[head.start : head.end]
    numbers = [n for n in range(row + 1, row + _LOTS) if (table, n, column) in grid]
    lots: dict[int, str] = {}
    if field in {"supplier", "value"}:
        rows = [_row(page.text, cells, grid, (table, n)) for n in (row, *numbers)]
        of_lot = next((at for at, said in rows[0].items() if _LOT_HEAD.fullmatch(said.strip())), 0)
        lots = {n: one.get(of_lot, "").strip() for n, one in zip(numbers, rows[1:], strict=True)}
        kept, other = winners(rows[0], rows[1:], column)
        numbers = [numbers[n] for n in kept]
        known = (field, level if other is None or field == "value" else other, known[2])
    for n in numbers if field in _BELOW else numbers[: len(numbers) == 1]:
        block = cells[grid[table, n, column]]
        first = grid.get((table, n, 1))
        total = first is not None and _TOTAL.match(page.text[cells[first].start : cells[first].end])
        group = "" if total or len(numbers) == 1 else f"{page.number}.{table}.{n}|{lots.get(n, '')}"
        yield from _clues(page, known, (block.start, block.end), label, grade="cell", group=group)


_LOT_HEAD = re.compile(
    r"(?:分?包|标[段包项]|包[组件]|采购包|合同包)(?:编?号|序号|名称)?|(?:lots?|package)(?:\s(?:no\.?|number|id|#))?",
    re.IGNORECASE,
)


def _row(text: str, cells: Sequence[Block], grid: Grid, row: tuple[str, int]) -> dict[int, str]:
    """The words of a row's cells by their columns."""
    found = ((column, grid.get((*row, column))) for column in range(1, _LOTS))
    return {column: text[cells[at].start : cells[at].end] for column, at in found if at is not None}


def _place(block: Block) -> tuple[str, int, int] | None:
    found = _ADDRESS.fullmatch(block.ref)
    if not found:
        return None
    if found[3]:
        return found[1], int(found[2]), int(found[3])
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return "", int(found[2]), column


# ── lines ──


def _lines(page: Page) -> Iterator[Clue]:
    text = page.text
    labels = [found for match in _COLON.finditer(text) if (found := _label(text, match.start()))]
    for n, (start, colon, known) in enumerate(labels):
        after = _before_gap(text, colon + 1, labels[n + 1][0]) if n + 1 < len(labels) else len(text)
        billed = known[0] == "option" and text[start - 1 : start] == "\t"  # a line of a bill
        if billed or (known[0] in STRICT and _of_another(text, start)):
            continue
        low, high = _value(text, colon + 1, after)
        beside = _side(text, labels, n, (low, high))
        if known[0] in NAMES and beside == (low, high) and _of_others(text, start, colon, low):
            continue
        low, high = beside
        high = run_on(text, start, low, high)
        if text[start - 1 : start] in _OPEN:
            shut = [at for mark in _SHUT if (at := text.find(mark, low, high)) >= 0]
            ends = low + len(text[low:high].rstrip())
            rest = _REST.match(text, ends) if known[0] in REFERENCES and not shut else None
            high = rest.end() if rest else min([high, *shut])
            if n and labels[n - 1][2][0] == known[0] and "\n" not in text[labels[n - 1][0] : start]:
                known = (known[0], max(known[1], 1), known[2])  # noqa: PLW2901 (a second number beside the first)
            if known[0] == "supplier" and start - 1 > text.rfind("\n", 0, start) + _MANY:
                known = (known[0], max(known[1], 2), known[2])  # noqa: PLW2901 (whom a sentence names in passing)
        if low < high:
            whole = low, wrapped(text, known[0], (low, high), after)
            lot = _LOT.match(text, text.rfind("\n", 0, start) + 1)
            group = f"{page.number}.L|{''.join(lot[1].split())}" if lot and known[0] in {"supplier", "value"} else ""
            yield from _clues(page, known, whole, text[start:colon], grade="label", group=group)
            if known[0] == "supplier" and "\n" in text[colon:low]:
                yield from _more(page, known, (high, after), text[start:colon])
        if known[0] in _FILLED_IN and _TO_FILL.fullmatch(text, low, max(low, high)) and _may_be_blank(page):
            yield Clue(BLANK, page.number, start, colon, known[0])


_USES = re.compile("(?:最终)?(?:使用|用户)")


def _of_others(text: str, start: int, colon: int, value: int) -> bool:
    """Whether a name is that of who uses what another buys, or stands below captions that run together."""
    if text[start - 1 : start] in _OPEN and _USES.match(text, start):
        return True
    if "\n" not in text[colon:value]:
        return False
    line = text[text.rfind("\n", 0, start) + 1 : start].rstrip()
    return ":" in text[start:colon] or line[-1:] in {":", "："}


def _side(text: str, labels: Sequence[Label], n: int, at: tuple[int, int]) -> tuple[int, int]:
    """Where the value of the n-th label stands if it is one of several parties on a line with nothing behind the last.

    That is behind it, or on the line below, side by side; nowhere if that line has more or less than one for each
    label that no name stands behind.
    """
    begin, end = text.rfind("\n", 0, labels[n][0]) + 1, line_end(text, labels[n][1], len(text))
    sides = [one for one in labels[max(0, n - _THREE) : n + _THREE] if begin <= one[0] < end and one[2][0] in NAMES]
    if labels[n] not in sides or len(sides) == 1 or text[sides[-1][1] + 1 : end].strip():
        return at
    ends = [*(one[0] for one in sides[1:]), end]
    bare = [one for one, stop in zip(sides, ends, strict=True) if not any(values(one[2][0], text, one[1] + 1, stop))]
    if labels[n] not in bare:
        return at
    parts = list(_PART.finditer(text, end + 1, line_end(text, end + 1, len(text))))
    return parts[bare.index(labels[n])].span() if len(parts) == len(bare) else (end, end)


def _before_gap(text: str, start: int, end: int) -> int:
    """Where a value ends that the next label follows on its line: the words behind its last gap are the label's too."""
    gap = text.rfind("  ", start, len(text[:end].rstrip()))
    return gap if "\n" not in text[start:end] and text[start : max(gap, start)].strip() else end


def _may_be_blank(page: Page) -> bool:
    """Whether what is not on a page was not written: OCR may have missed it, and many records have forms behind."""
    return page.origin == "text" and page.number <= _SHORT


_PART = re.compile(rf"\S+(?:(?<![{HAN}）)]) \S+)*")  # what stands side by side on a line
_EARLIER = re.compile(
    r"曾|此前|前期|上一?年"
    r"|\b(?:previous|prior|former|existing|expired|superseded|comparison)\b"
)


def _of_another(text: str, start: int) -> bool:
    """Whether a label within a sentence is of an earlier record that the sentence speaks of."""
    begin = max(text.rfind("\n", 0, start), text.rfind("。", 0, start)) + 1
    return start - begin > _MANY and _EARLIER.search(text, begin, start) is not None


def _more(page: Page, known: tuple[str, int, str], at: tuple[int, int], label: str) -> Iterator[Clue]:
    """The names on the lines behind the first one that a label has below it, each on a line of its own."""
    low, after = at[0] + 1, at[1]
    while low < after:
        high = line_end(page.text, low, after)
        found = list(values(known[0], page.text, low, high))
        if len(found) != 1 or page.text[low : found[0][1]].strip() or page.text[found[0][2] : high].strip():
            return
        yield from _clues(page, known, (low, high), label, grade="label")
        low = high + 1


def _label(text: str, colon: int) -> Label | None:
    """The label that ends at a colon: where it begins, the colon, what it names."""
    first = max(colon - LONGEST, 0)
    begin = max(text.rfind("\n", first, colon) + 1, text.rfind("\t", first, colon) + 1, first)
    raw = text[begin:colon]
    if not raw or raw[-1].isdecimal() or (len(raw.strip()) < 2 and raw.strip() != ""):  # noqa: PLR2004
        return None
    if not _may_be(raw):
        return None
    gaps = _ASCII_GAP if raw.isascii() else _GAP
    starts = [0, *[m.end() for m in gaps.finditer(raw)][-_LAST_TOKENS:]]
    if begin + len(raw) < _HEAD_END and raw.strip() == "编号":
        return begin, colon, ("contract_no", 1, "")  # the number in the head of a contract
    if len(raw) > _SHORTEST_TAIL and (joined := _JOINED.search(raw)):
        starts.append(joined.start())
    starts += [glued.end() for glued in _GLUED.finditer(raw, starts[-1])][-_LAST_TOKENS:]
    starts += led(text, begin, colon)[-_LAST_TOKENS:]
    for start in starts:
        known = labelled(raw[start:]) if start < len(raw) else None
        if known:
            said = _in_place(text, (begin, begin + start), raw[start:], known)
            return (begin + start, colon, said) if said else None
    return None


def _in_place(text: str, at: tuple[int, int], raw: str, known: tuple[str, int, str]) -> tuple[str, int, str] | None:
    """What a label names where it stands: a name of whom, a date below a signature, the title of who signs: none."""
    begin, start = at
    signing = _SIGNING.search(text, max(0, begin - _BACK), begin)
    if known[0] == "name":
        return whose(text, start) or known
    if known[:2] == ("title", 1) and signing:
        return None
    if known[:2] == ("document", 1) and _SEALED.search(text, max(0, begin - _BACK), start):
        return "signed", 1, ""
    if raw.strip() in _DATE and signing:
        return "signed", 2, ""  # behind what the contract says of its own day
    return known


def _may_be(raw: str) -> bool:
    """Whether words end as a label does; asked before anything slower."""
    if not raw:
        return False
    return (
        raw[-1] in _CLOSING
        or "/" in raw
        or _CODED.fullmatch(raw) is not None
        or "".join(raw[-8:].split())[-2:].lower() in TAILS
    )


_CODED = re.compile(r"[A-Z][A-Za-z]+(?:\s(?:No\.?|NO\.?|#))?\s?#?\d{3,}")  # VENDOR 10448


def _value(text: str, start: int, after: int) -> tuple[int, int]:
    """The range of a value after its colon: the rest of the line, or the next line where there is no rest."""
    end = line_end(text, start, after)
    if text[start:end].strip(" 　"):
        return start, end
    if text[end : end + 1] == "\n" and "\t" in text[text.rfind("\n", 0, start) + 1 : start]:
        return end, end  # what is under the last of several cells is not what the next line begins with
    begin = end + 1
    while begin < after and text[begin : begin + 1] in {"\n", " ", "\t", "　"} and begin - end < 4:  # noqa: PLR2004
        begin += 1
    end = line_end(text, begin, after)
    line = text[begin:end]
    return (begin, end) if not re.search(r"[:：]", line[:20]) else (begin, begin)


def _alone(page: Page) -> Iterator[Clue]:
    """Labels that have a line of their own, and the value on the next."""
    lines = page.text.split("\n")
    at = 0
    for line, after in pairwise(lines):
        begin = at + len(line) + 1
        if (
            1 < len(line) < _BARE
            and _may_be(line.rstrip())
            and (known := labelled(line))
            and (known := _alone_known(page.text, at, line, known))
            and (known[0] != "term" or _TERMS.match(after))
            and len(after) < _ONE
            and not (known[0] in _WORDED and labelled(after))
            and not _NAMED.search(after)
            and not (known[0] in NAMES and _COLON.search(line.rstrip(" :：")))
        ):
            yield from _clues(page, known, (begin, begin + len(after)), line, grade="label")
        at = begin


def _alone_known(text: str, at: int, line: str, known: tuple[str, int, str]) -> tuple[str, int, str] | None:
    """What a label that has a line of its own names; a title's only where a number says that it is a label."""
    if known[0] == "name":
        return whose(text, at)
    numbered = known[0] == "title" and not line.strip().lower().startswith("title")
    boxed = known[0] in NAMES and known[1] == 1 and line.strip()[0].isdecimal()
    return known if known[:2] in _PLAIN or numbered or boxed else None


def _clues(
    page: Page, known: tuple[str, int, str], at: tuple[int, int], label: str, *, grade: str, group: str = ""
) -> Iterator[Clue]:
    start, end = at
    field, level, inside = known
    if field == "name":
        return
    said = " ".join(label.split())
    whole = list(prose.span_of(page, start, end + _SPAN, said, grade)) if field == "term" else []
    for found, low, high, value in over_lines(field, page.text, (start, end), inside):
        yield Clue(found, page.number, low, high, value, f"{said}#{level}" if level else said, grade, group)
    if field == "term":
        yield from whole or prose.until(page, start, end, said, grade)
