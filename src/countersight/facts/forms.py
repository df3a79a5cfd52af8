"""Forms whose labels have no colon: boxes with a number and a title, captions with the values below, labels and gaps.

Read are ``6. ISSUED BY`` over a name, ``10A. CONTRACT NUMBER 88C0007`` in one box, a row of captions over a row of
values, ``P.O. NUMBER  2300417``, ``I.1) Name, address`` of the standard forms for notices of the EU, and the two dates
under the signatures of both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from countersight.facts.broken import STRICT
from countersight.facts.labels import LONGEST, TAILS, labelled
from countersight.facts.values import NAMES, values
from countersight.facts.whose import whose
from countersight.model import Block, Clue, Page
from countersight.text import money

Place = tuple[str, int, int]
"""A table, a row and a column."""
Known = tuple[str, int, str]
"""What a label names: a field, its level, what its brackets say."""

_BOX = re.compile(r"\(?\d{1,2}[A-Za-z]?[.)]\s*(?=[^\W\d])")
_BOXED = re.compile(r"(?:^|\t)[ \t]*\d{1,2}[A-Za-z]?[.)]\s+(?=[A-Z])[^\t\n:]+", re.MULTILINE)
# A label, a gap (or dots) and a value; what the gap is before may be the next label.
_APART = re.compile(
    r"(?:^|(?<=[\t　])|(?<= {2})) ?(?P<label>[^\s:：][^\t\n:：]{0,40}?)(?: {2,}|　+| ?(?:\.{4,}|…{2,}) ?)"
    r"(?=(?P<value>[^\s:：.…](?:(?! {2}|　)[^\t\n])*))",
    re.MULTILINE,
)
_LED = re.compile(r"^[ \t]*(?P<line>[A-Z][^:：\t\n]{4,100}[^\s.,;:：])[ \t]*$", re.MULTILINE)
# Fields of words that may stand behind a gap where their label is plain, and how what they say there begins.
_LASTS = re.compile(
    r"\d{1,4}\s?[\w(（]|[一二两三四五六七八九十]{1,3}[个年月日天]|[A-Za-z-]+ ?\(\d|(?:合同|签[订约])[^，。]{0,10}后"
)
_NAMES = re.compile(r"[A-Z][a-z]*[^.]|(?=\S)[^\W\da-zA-Z]|\d+ [A-Z]")
_APART_LINES = 2  # line breaks between two lines of one list
_SOFT = {"term": _LASTS, "warranty": _LASTS, "method": _NAMES, "place": _NAMES, "funding": _NAMES}
_WORDS = 80  # characters that they take
_SECTION = re.compile(
    r"^\s*(?P<number>I\.1|II\.1\.1|IV\.1\.1|V\.2\.3)\)\s*(?![^:\n]{0,40}:)(?P<value>(?:(?!\.\s[A-Z])[^:\n])+)",
    re.MULTILINE,
)
_SECTIONS = {"I.1": "buyer", "II.1.1": "title", "IV.1.1": "method", "V.2.3": "supplier"}
_CURRENCY = re.compile(
    rf"单位[:：]\s*(?:人民币)?\s*(?P<zh>[百千]?万?元)"
    rf"|\b(?:currency|amounts? in)\s*[:：]?\s*\(?(?P<code>{'|'.join(money.CODES)})\b",
    re.IGNORECASE,
)
_OF_COLUMN = re.compile(
    rf"(?:金额|合价|[单总]价|价格|价款|小计|amount|price|total|value|cost)[^\t\n\d]{{0,6}}?[\s(（]\s?"
    rf"(?P<unit>[百千]?万?元|{'|'.join(money.CODES)})[)）]?(?=\s*(?:[\t\n]|$))",
    re.IGNORECASE,
)
_CAPTIONS = 3  # cells that make a row one of captions though not all of them are known
_SIGNED = re.compile(r"\bsign|签[字订署章]|盖章", re.IGNORECASE)
_ABOVE = 300  # characters above the days of a signature in which it says that this is one


def unit(text: str, at: int | None = None) -> str:
    """The unit that a page gives for all of its amounts: ``万元``, ``USD``; empty where it gives none or several.

    Where it gives none, that of the heads of the table in which ``at`` lies: ``合价（万元）``, ``Amount EUR``.
    """
    found = {match["zh"] or match["code"].upper() for match in _CURRENCY.finditer(text)}
    if not found and at is not None:
        found = {match["unit"].upper() for match in _OF_COLUMN.finditer(*_table(text, at))}
    return found.pop() if len(found) == 1 else ""


def _table(text: str, at: int) -> tuple[str, int, int]:
    """A text and the range of the lines with tabs up to a place in it."""
    begin = text.rfind("\n", 0, at) + 1
    while begin and "\t" in text[(above := text.rfind("\n", 0, begin - 1) + 1) : begin]:
        begin = above
    return text, begin, at


class Stacked:
    """The cells of a page by their places, to find what stands below a caption."""

    def __init__(
        self, text: str, cells: Sequence[Block], grid: Mapping[Place, int], named: Mapping[int, Known]
    ) -> None:
        self._text, self._cells, self._grid, self._named = text, cells, grid, named
        self._rows: dict[tuple[str, int], list[int]] = {}
        for (table, row, _), at in grid.items():
            self._rows.setdefault((table, row), []).append(at)
        self._forms = {table for (table, _), row in self._rows.items() if len(row) > 1 and all(map(self._boxed, row))}

    def under(self, place: Place) -> int | None:
        """The cell with the value of a label, where it stands below: a row of captions, or a box of a form."""
        table, row, column = place
        own, at = self._rows[table, row], self._grid[place]
        below = self._grid.get((table, row + 1, column))
        if below is None or below in self._named or self._boxed(below):
            return None
        if self._boxed(at) and table in self._forms:
            return below
        if len(own) > 1 and all(one in self._named for one in own):
            return below if not any(one in self._named for one in self._rows[table, row + 1]) else None
        field, _, inside = self._named[at]
        captions = len(own) >= _CAPTIONS and not any(map(self._figured, own)) and field in STRICT
        return below if captions and not self._beside(place) and self._says(field, below, inside) else None

    def signed(self, place: Place) -> list[int]:
        """The cells of the days under the signatures of two sides, right of ``Date``."""
        table, row, column = place
        own = [self._grid.get((table, row, column + n)) for n in (1, 2)]
        found = [at for at in own if at is not None and self._says("signed", at, "")]
        above = self._text[: self._cells[self._grid[place]].end][-_ABOVE:]
        alone = len(self._rows[table, row]) == len(found) + 1
        return found if len(found) > 1 and alone and (_SIGNED.search(above) or not above.strip()) else []

    def filled(self, row: tuple[str, int]) -> bool:
        """Whether a row is one of a form: all boxes with a number and a title, or a label with its value beside it."""
        places = [(*row, column) for table, own, column in self._grid if (table, own) == row]
        return all(self._boxed(self._grid[place]) for place in places) or any(map(self._beside, places))

    def _beside(self, place: Place) -> bool:
        """Whether a label of a strict field has a value of it right beside it."""
        field, _, inside = self._named.get(self._grid[place], ("", 0, ""))
        beside = self._grid.get((place[0], place[1], place[2] + 1))
        return field in STRICT and beside is not None and self._says(field, beside, inside)

    def _words(self, at: int) -> str:
        return self._text[self._cells[at].start : self._cells[at].end]

    def _boxed(self, at: int) -> bool:
        words = self._words(at).strip()
        return len(words) <= LONGEST and _BOX.match(words) is not None

    def _figured(self, at: int) -> bool:
        return any(map(str.isdecimal, self._words(at)))

    def _says(self, field: str, at: int, inside: str) -> bool:
        held = self._cells[at]
        return any(values(field, self._text, held.start, held.end, inside or unit(self._text)))


def clues(page: Page) -> Iterator[Clue]:
    """What stands behind a label without a colon."""
    text = page.text
    for box in _BOXED.finditer(text):
        yield from _split(page, box.start() + len(box[0]) - len(box[0].lstrip()), box.end())
    if any(gap in text for gap in ("  ", "　", "....", "……")):
        for match in _APART.finditer(text):
            known = _known(match["label"])
            if known and known[0] == "name":
                known = whose(text, match.start())
            if known and _may_follow(known, match["value"]):
                yield from _of(page, known, match.span("value"), match["label"])
    if "[" in text or "【" in text:
        yield from _bracketed(page)
    yield from _listed(page)
    yield from _headed(page)
    yield from _boxes(page)
    if "I.1)" in text:
        for match in _SECTION.finditer(text):
            if not labelled(match["value"]):
                yield from _of(page, (_SECTIONS[match["number"]], 0, ""), match.span("value"), f"{match['number']})")


def _headed(page: Page) -> Iterator[Clue]:
    """The names below captions that stand side by side, kept apart by gaps: each begins where its caption does."""
    at, above = 0, ""
    for line in page.text.split("\n"):
        apart = len(above) <= _CAPTION or ("  " in above and len(above) < _WIDEST)
        captions = _COLUMN.finditer(above) if apart and line.strip() and "\t" not in above else ()
        for caption in captions:
            words = _CODE.sub("", caption[0])
            known = _known(words.rstrip(" :")) if len(words) <= LONGEST and ":" not in words.rstrip(" :") else None
            held = _column(line, caption.start()) if known and known[0] in NAMES else None
            alone = held and (held.end() == len(line.rstrip()) or len(above) == caption.end())
            if known and held and (alone or "  " in line) and ":" not in held[0] and not labelled(held[0]):
                yield from _of(page, known, (at + held.start(), at + held.end()), words)
        at += len(line) + 1
        above = line


def _bracketed(page: Page) -> Iterator[Clue]:
    """What stands behind labels in brackets, where lines begin with them: ``[招標案號]XP113-03``."""
    found = [(_known(match["label"]), match) for match in _BRACKETED.finditer(page.text)]
    told = [(known, match) for known, match in found if known and known[0] != "name"]
    for known, match in told if len(told) >= _CAPTIONS else ():
        yield from _of(page, known, match.span("value"), match["label"])


_BRACKETED = re.compile(
    r"^[^\S\n]*[\[【](?P<label>[^\[\]【】\n]{2,30})[\]】][^\S\n]*[:：]?[^\S\n]*(?P<value>[^\s\[【][^\n\[【]*)",
    re.MULTILINE,
)


def _column(line: str, start: int) -> re.Match[str] | None:
    """The words of a line that begin below a place."""
    return next((part for part in _COLUMN.finditer(line) if abs(part.start() - start) <= _ASKEW), None)


_COLUMN = re.compile(r"\S+(?: \S+)*")
_CODE = re.compile(r"\s+(?:FACILITY )?CODE\b.*$")  # of an office in the box that names it
_CAPTION, _WIDEST = 40, 240  # characters of a caption that stands alone, and of a line of captions
_ASKEW = 2  # characters between the beginnings of a caption and its value


def _boxes(page: Page) -> Iterator[Clue]:
    """The name below the first of several boxes on a line, whose gaps closed up: up to a gap, or “see item 6”."""
    for row in _BOX_ROW.finditer(page.text):
        known = _known(row["label"])
        held = _OTHER_BOX.split(row["value"], maxsplit=1)
        if known and known[0] in NAMES and len(held) > 1 and held[0].strip():
            yield from _of(page, known, (row.start("value"), row.start("value") + len(held[0])), row["label"])


_BOX_ROW = re.compile(
    r"^[ \t]*\d{1,2}[A-Z]?\. +(?P<label>[A-Z][A-Z/ ]*?)(?: +CODE\b[^\n]*?)?"
    r" +\d{1,2}[A-Z]?\. +[A-Z][^\n]*\n(?P<value>[^\n]+)",
    re.MULTILINE,
)
_OTHER_BOX = re.compile(r"\s+(?=(?:see|same as) (?:item|block|box)\b)|\s{2,}", re.IGNORECASE)


def _listed(page: Page) -> Iterator[Clue]:
    """Lines that begin with a label each, one below another, whose gap closed up: ``Contractor Ridge Telecom Ltd``."""
    block: list[tuple[int, int]] = []
    end = 0
    for line in _LED.finditer(page.text):
        if page.text.count("\n", end, line.start()) > _APART_LINES:
            yield from _of_block(page, block)
            block = []
        block.append(line.span("line"))
        end = line.end()
    yield from _of_block(page, block)


def _of_block(page: Page, block: Sequence[tuple[int, int]]) -> Iterator[Clue]:
    """The clues of a block of lines that is a list of labels and values: three of them, and half of all lines."""
    if len(block) >= _CAPTIONS:
        lines = [list(_split(page, *line)) for line in block]
        told = sum(map(bool, lines))
        if told >= _CAPTIONS and 2 * told >= len(lines):
            yield from chain.from_iterable(lines)


def _split(page: Page, start: int, end: int) -> Iterator[Clue]:
    """The title of a box or line and what stands behind it: the longest label that it begins with."""
    ends = [match.start() for match in re.finditer(r"\s+(?=[\w$£€¥])", page.text[start : min(end, start + LONGEST)])]
    for stop in reversed(ends):
        known = _known(page.text[start : start + stop])
        if known and _may_follow(known, page.text[start + stop : end].strip()):
            yield from _of(page, known, (start + stop, end), page.text[start : start + stop])
            return


def _known(words: str) -> Known | None:
    tail = "".join(words[-8:].split())[-2:].lower()
    return labelled(words) if tail in TAILS or words.rstrip()[-1:] in {")", "）", "."} else None


def _may_follow(known: Known, words: str) -> bool:
    """Whether words may be what a label without a colon names: of a field without a form of its own, a short phrase."""
    field, level, _ = known
    if field in STRICT:
        return True
    return level == 0 and field in _SOFT and len(words) < _WORDS and _SOFT[field].match(words) is not None


def _of(page: Page, known: Known, at: tuple[int, int], label: str) -> Iterator[Clue]:
    field, level, inside = known
    for found, low, high, value in values(field, page.text, *at, inside):
        if field in STRICT or field in _SOFT or field in _SECTIONS.values():
            said = " ".join(label.split()) + (f"#{level}" if level else "")
            yield Clue(found, page.number, low, high, value, said, "label")
