"""How long, until when, within what budget: lengths of time, days and limits in the light of the cue nearest to each.

The same as ``facts.cues`` does for bodies and prices: a length of time is known for what it is wherever it stands, and
is asked which word governs it: of delivery, of a warranty, or of something else (a payment, a bid's validity). What
stands right behind goes first: ``15日内完成``, ``五年整机保修``. Of the surest cue several values tell nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from countersight.facts.cues.clauses import Clauses
from countersight.facts.cues.numbered import CUED
from countersight.facts.cues.words import (
    BIDS,
    DAYED,
    DAYS,
    DELIVERS,
    EACH,
    FINISHES,
    FRONTED,
    LIMITED,
    LIMITS,
    PERIOD,
    PRICED,
    SPANNED,
    TIMED,
    TIMES,
    UNPRICED,
    UNSPANNED,
)
from countersight.facts.values import day
from countersight.model import Clue, Money, Page
from countersight.text import money
from countersight.text.dates import settled

_VERB = CUED + 1  # of clues told by a verb, not by a noun that names the field
_FAR, _NEAR = 70, 40  # characters before a thing, and before an amount, within which its cue stands

_COUNT = "(?:\\d{1,4}|[一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾]{1,4})"
_SINCE = (
    "(?:[自从]|收到|签[约订样收]|合同|协议|订单|订购|中标|竣工|验收|交[付货]|到货|确定|终验|初验|通过|正式|甲方签|开工|进场|发货"
    "|投入)"
)
LENGTH = re.compile(
    rf"(?:{_SINCE}[^，。；：:,;\n\t\d]{{0,14}}?(?:之日起?|后起?|起)内?\s?)?"
    rf"(?<![\d.年月第近〇零至到a-zA-Z-]){_COUNT}\s?(?:[（(][^()（）\n]{{1,6}}[)）]\s?)?(?:个\s?)?(?:日历|自然|工作|采暖|供暖)?"
    r"(?:(?<!\d{3})年(?![级代度初底]|\s?\d{1,2}\s?月)|(?<=个)月|(?<=个\s)月|周|星期|天|(?<=采暖)季|(?<=供暖)季|日(?!期))"
    r"(?:以?内)?(?:或\d+万?公里)?"
    r"|(?<![\w-])(?:[Ww]ithin )?(?i:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|eighteen"
    r"|twenty(?:-four)?"
    r"|thirty(?:-six)?|forty-five|sixty|ninety)(?:\s?\([\w -]{1,14}\))?[\s-]?(?i:(?:consecutive|calendar|working"
    r"|business)\s)*"
    r"(?i:years?|months?|weeks?|days?)\b"
    r"(?:\s(?:from|of|after|following|upon)(?:\s(?:[a-z][\w'’-]*|The|Contract|Award|Notice|Order|Site|Delivery|Acceptance)){1,9})?"
)
"""A length of time, with what it runs from."""
_PAST = re.compile(
    r"\b(?:previous|prior(?! to)|former|existing|incumbent|was (?:due|originally|scheduled))\b|此前|上一?[年期]",
    re.IGNORECASE,
)  # another contract
_SCORED = re.compile(r"[^，。；]{0,14}\d[\d.]*\s?分(?!钟)")  # what a bid gets points for
_TO = re.compile(
    r"\s*(?:零时|0?0[:：]00|0时)?[起始]?[，,]?\s*(?:[-–—~～至到]|to\b|through|until|till|and ending(?: on)?)"
    r"\s*:?\s*(?:and including )?",
    re.IGNORECASE,
)


class Told(NamedTuple):
    """A thing of a page and what governs it: a field, its place, its value, the cue and how sure it is."""

    field: str
    start: int
    end: int
    value: str
    cue: str
    level: int = CUED

    def clue(self, page: int) -> Clue:
        """The clue of a deal."""
        return Clue(
            self.field,
            page,
            self.start,
            self.end,
            self.value,
            f"{' '.join(self.cue.split())[:40]}#{self.level}",
            "prose",
        )


def agreed(clues: Iterable[Clue]) -> Iterator[Clue]:
    """Of each field and level the first clue of the value that more clues give than do not, it or a part of it."""
    told: dict[tuple[str, str], list[Clue]] = defaultdict(list)
    for clue in clues:
        told[clue.field, clue.label[-1]].append(clue)
    for own in told.values():
        most = max(own, key=lambda clue: sum(other.value in clue.value for other in own))
        if 2 * sum(other.value in most.value for other in own) > len(own):
            yield most


def particulars(pages: Sequence[Page]) -> Iterator[Clue]:
    """The lengths of time, days and limits of a short record that cues tell."""
    for page in pages:
        clauses = Clauses(page.text)
        yield from (one.clue(page.number) for read in (_times, _days, _limits) for one in read(page.text, clauses))


def governed(clauses: Clauses, start: int, cues: re.Pattern[str], far: int = _FAR) -> re.Match[str] | None:
    """The cue nearest before a thing in its clause; where there is none, in the head of its column, the line above."""
    for words in clauses.before(start):
        if found := [*cues.finditer(words)]:
            last = found[-1]
            far_off = len(words) - last.end() > far or _PAST.search(words)
            return None if far_off or last.lastgroup == "other" else last
    return None


def _times(text: str, clauses: Clauses) -> Iterator[Told]:
    for match in LENGTH.finditer(clauses.text):
        start, end = match.span()
        behind = clauses.behind(end)
        if clauses.stands(start, end) and not _SCORED.match(behind):
            cue = TIMED.match(behind) or governed(clauses, start, TIMES)
            if cue is None and match[0].startswith(("within", "Within")):
                cue = FRONTED.match(behind)
            if cue and cue.lastgroup != "other":
                field = "warranty" if cue.lastgroup == "warranty" else "term"
                level = _VERB if cue.lastgroup == "doing" else CUED
                yield Told(field, start, end, " ".join(text[start:end].split()), cue[0], level)


def _days(text: str, clauses: Clauses) -> Iterator[Told]:
    known = [(at, at + len(span.text or ""), day(span)) for at, span in settled(text, text) if span.from_ == span.to]
    for start, end, said in known:
        if not clauses.stands(start, end):
            continue
        cue = DAYED.match(clauses.behind(end)) or governed(clauses, start, DAYS)
        if cue and (field := _turned(cue)):
            yield Told(field, start, end, said, cue[0])
    for (start, end, first), (other, last, until) in pairwise(known):
        apart = _TO.fullmatch(text, end, other)
        cue = governed(clauses, start, PERIOD) if apart else None
        if not cue and (apart or _AND.fullmatch(text, end, other)):
            words = next(clauses.before(start))
            cue = None if UNSPANNED.search(words) or _PAST.search(words) else SPANNED.search(words)
        if cue:
            yield Told("start", start, end, first, cue[0])
            yield Told("end", other, last, until, cue[0])


def _turned(cue: re.Match[str]) -> str | None:
    """The field that a cue of a day tells: until when a thing is due is of bids or of the work, as its clause says."""
    field = str(cue.lastgroup)
    if field != "turned":
        return _FIELDS.get(field, field)
    if FINISHES.search(cue.string, 0, cue.start()):
        return "end"
    if BIDS.search(cue.string):
        return "closing" if cue[0].lower() != "by" else None
    return "end" if DELIVERS.search(cue.string, 0, cue.start()) else None


_FIELDS = {"issued": "tender", "approved": "award", "finish": "end"}
_AND = re.compile(r"\s*and\s*", re.IGNORECASE)


def _limits(text: str, clauses: Clauses) -> Iterator[Told]:
    for one in money.amounts(text):
        if not one.amount or not clauses.stands(one.start, one.end) or EACH.match(text, one.end):
            continue
        cue = LIMITED.match(clauses.behind(one.end)) or governed(clauses, one.start, LIMITS, _NEAR)
        within = cue is not None and cue.lastgroup == "within"
        if cue and (not within or (PRICED.search(cue.string) and not UNPRICED.search(cue.string))):
            field = "ceiling" if within else str(cue.lastgroup)
            yield Told(field, one.start, one.end, money.written(Money(one.amount, one.currency)), cue[0])
