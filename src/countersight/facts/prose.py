"""Clues of fields in running text: what all languages share, operating models, numbers of other records.

Sentences are looked for by a few letters that each must have, before any pattern is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from countersight.facts.values import day
from countersight.model import Clue, Page
from countersight.text.dates import settled
from countersight.text.hints import Hints

_SPAN = re.compile(
    r"(?:自|从)?\s?(?P<from>[12二][0-9〇○零一二三四五六七八九]{3}\s?[年.\-/][^至到\-—~～起，。；\n]{2,10}日?)(?:起|开始|始)?[，,]?\s*(?:至|到|—|–|-|~|～|to)\s*(?P<to>[12二][0-9〇○零一二三四五六七八九]{3}\s?[年.\-/][^止，。；)）\n]{2,10}日?)"
)
_UNTIL = re.compile(r"起\s?[至到]\s?(?P<to>20\d\d\s?[年.\-/][^止，。；)）\n]{2,10}日?)")
_TO = re.compile(r"\s*(?:to|until|through|[-–—~～－至到])\s*:?\s*(?:and including\s)?", re.IGNORECASE)
_STEP = r"(?:design|build|construct|finance|own|operate|maintain|lease|rehabilitate|transfer)"
_ZH_STEP = "(?:设计|建设|融资|投资|拥有|运营|维护|租赁|改建|移交|转让)"
_MODEL = re.compile(
    r"政府和社会资本合作|(?<![A-Za-z])(?:PPP|DBFOT|DBFO|BOOT|BFOT|BFO|BOT|BOO|BLT|TOT|ROT|EPC\+[OF]|F\+EPC|EPC|BT(?=模式|方式))(?![A-Za-z])"
    rf"|{_ZH_STEP}(?:[—–\-－、]{{1,2}}{_ZH_STEP}){{2,4}}|融资租赁"
    rf"|\b{_STEP}(?:(?:\s?[-–—/]\s?|,?\s(?:and\s|&\s)?){_STEP}\b){{2,4}}"
    r"|public[- ]private partnership|private finance initiative",
    re.IGNORECASE,
)
_MODELS = {
    "政府和社会资本合作": "PPP",
    "public-private-partnership": "PPP",
    "private-finance-initiative": "PFI",
    "融资租赁": "finance lease",
    "build-operate-transfer": "BOT",
    "build-own-operate": "BOO",
    "build-own-operate-transfer": "BOOT",
    "design-build-finance-operate": "DBFO",
    "transfer-operate-transfer": "TOT",
    "rehabilitate-operate-transfer": "ROT",
}
_STEPS = {
    "设计": "design",
    "建设": "build",
    "construct": "build",
    "融资": "finance",
    "投资": "finance",
    "拥有": "own",
    "运营": "operate",
    "维护": "maintain",
    "租赁": "lease",
    "改建": "rehabilitate",
    "移交": "transfer",
    "转让": "transfer",
}
_RUN_BY = re.compile("finance|own|operate|transfer")
_HINTS = Hints(
    (
        *(
            "PPP",
            "BOT",
            "BFO",
            "DBF",
            "BOO",
            "BLT",
            "TOT",
            "ROT",
            "EPC",
            "BT模式",
            "BT方式",
            "社会资本合作",
            "融资租赁",
        ),
        *("运营", "perate", "PERATE", "rivate partnership", "RIVATE PARTNERSHIP", "rivate finance", "inance-", "移交"),
    )
)
_TITLE = 200  # characters of the first page in which a title stands
_SHAPED = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,10}-?(?:19|20)\d\d-\d{2,5}(?:-[A-Z0-9]{1,6})*(?![A-Za-z0-9])")


def near(
    text: str, anchors: Sequence[str], pattern: re.Pattern[str], before: int, after: int
) -> Iterator[re.Match[str]]:
    """The matches of a pattern around each of the words that all its matches hold, each once."""
    seen: set[int] = set()
    for anchor in anchors:
        at = text.find(anchor)
        while at >= 0:
            match = pattern.search(text, max(0, at - before), min(len(text), at + after))
            if match and match.start() not in seen:
                seen.add(match.start())
                yield match
            at = text.find(anchor, at + len(anchor))


def clue(page: Page, field: str, at: tuple[int, int], value: str, label: str) -> Clue:
    """A clue of running text."""
    return Clue(field, page.number, *at, value, " ".join(label.split())[:60], "prose")


def dated(page: Page, field: str, at: tuple[int, int], label: str, grade: str = "prose") -> Iterator[Clue]:
    """The first date in a range, unless it is a form of one that was to be filled in."""
    start, end = at[0], min(at[1], len(page.text))
    for low, span in list(settled(page.text[start:end], page.text))[:1]:
        low, high = start + low, start + low + len(span.text)  # noqa: PLW2901
        if not re.match(r"\s*[月日]", page.text[high : high + 4]):
            yield Clue(field, page.number, low, high, day(span), " ".join(label.split())[:60], grade)


def span_of(page: Page, start: int, end: int, label: str, grade: str) -> Iterator[Clue]:
    """The first and last day of a term that is given by both."""
    end = min(end + 1, len(page.text))
    if match := _SPAN.search(page.text, start, end):
        yield from dated(page, "start", match.span("from"), label, grade)
        yield from dated(page, "end", match.span("to"), label, grade)
        return
    for (one, first), (other, last) in pairwise(settled(page.text[start:end], page.text)):
        begin, close = start + one, start + other
        if _TO.fullmatch(page.text, begin + len(first.text), close):
            yield from dated(page, "start", (begin, begin + len(first.text)), label, grade)
            yield from dated(page, "end", (close, close + len(last.text)), label, grade)
            return


def until(page: Page, start: int, end: int, label: str, grade: str) -> Iterator[Clue]:
    """The last day of a term that gives only that: ``自合同签订之日起至2025年12月31日止``."""
    if match := _UNTIL.search(page.text, start, end):
        yield from dated(page, "end", match.span("to"), label, grade)


def models(page: Page) -> Iterator[Clue]:
    """The first operating model that a title or a sentence says is used here; laws and notes name others.

    That it is a PPP is told where nothing says what sort of one.
    """
    found = list(_models(page)) if _HINTS.within(page.text) else []
    yield from [one for one in found if one.value != "PPP"][:1] or found[:1]


def _models(page: Page) -> Iterator[Clue]:
    for match in _MODEL.finditer(page.text):
        before, behind = (
            page.text[max(0, match.start() - 20) : match.start()],
            page.text[match.end() : match.end() + 12],
        )
        titled = page.number == 1 and match.start() < _TITLE
        value = _model(match[0], 1 if titled or _OF_MODEL.match(behind) else 2)
        if value and (titled or _USED.search(before) or _OF_MODEL.match(behind)):
            yield clue(page, "model", match.span(), value, "operating model")


def _model(words: str, least: int) -> str | None:
    """The short name of an operating model, else its steps, of which so many are to finance, own, run or hand over."""
    key = re.sub(r"[\s,—–\-－/、&]+(?:and\s)?", "-", words.lower())
    if key in _MODELS:
        return _MODELS[key]
    steps = [_STEPS.get(step, step) for step in key.split("-")]
    if len(steps) < 3:  # noqa: PLR2004
        return words.upper()
    told = "-".join(steps)
    return _MODELS.get(told) or (told if len(_RUN_BY.findall(told)) >= least else None)


_USED = re.compile(r"采用|采取|运作|\b(?:under|on) an?\b|\b(?:shall|will|to)\s$")
_OF_MODEL = re.compile(
    r"[^，。；\n]{0,6}(?:模式|方式|合同|协议)|\s?(?:\([A-Z]{2,6}\)\s?)?(?:basis|model|contract|agreement|scheme|concession)",
    re.IGNORECASE,
)


def mentions(page: Page) -> Iterator[Clue]:
    """Words of the shape of a reference number, which may be that of another record."""
    if "-" in page.text:
        for match in _SHAPED.finditer(page.text):
            yield clue(page, "mention", match.span(), match[0], "")
