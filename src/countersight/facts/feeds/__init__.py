"""Clues of published feeds: fields of OCDS releases and records and of EU TED notices, by their paths.

OCDS by the Open Contracting Data Standard 1.1 (older spellings of its publishers too), TED by the schemas R2.0.8 and
R2.0.9; its newer notices are read by ``facts.eforms``. What a reader could tell apart has grade ``feed``. ``group``
names the record, and after a bar the award in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from countersight.facts.feeds import described, ted
from countersight.facts.kinds import headed
from countersight.facts.labels import labelled
from countersight.facts.names import name
from countersight.facts.procedures import WAY
from countersight.facts.values import DATES, MONEY, NAMES, REFERENCES
from countersight.model import Block, BlockKind, Clue, Money, Page
from countersight.text.dates import dates
from countersight.text.money import amounts, written

_FEED = re.compile(
    r"(?:releases\[|records\[|compiledRelease\b|versionedRelease\b|ocid$|tender\.|buyer\.|awards[.\[]|contracts[.\[]|notices\[|FORM_SECTION\.|CODED_DATA_SECTION\.)"
)
RECORD = re.compile(r"(?:(?:records|releases)\[\d+\]\.)?(?:compiledRelease\.)?")
_INDEX = re.compile(r"\[\d+\]")
_AWARD = re.compile(r"(?:awards|contracts|AWARD_CONTRACT|AWARD_OF_CONTRACT\w*)(?:\[\d+\])?")
_FIRST = 40  # fields that tell whether a page is of a feed
NOTHING = frozenset({"not applicable", "not specified", "n/a", "none", "-"})
SHORTEST = 3  # characters of a reference number
_NEAR = 300  # characters between an amount and its currency

_OCDS = {
    "ocid": "ocid",
    "tag": "kind",
    "date": "document 1",
    "tender.id": "reference",
    "name": "title 1",
    "tender.title": "title",
    "tender.title_en": "title",
    "tender.description": "title 4",
    "contracts.id": "contract_no",
    "contracts.title": "title 1",
    "contracts.title_en": "title 1",
    "awards.title": "title 2",
    "awards.title_en": "title 2",
    "planning.project": "title 3",
    "buyer.name": "buyer",
    "buyer.name_en": "buyer",
    "buyer.identifier.legalName": "buyer 1",
    "buyer.identifier.legalName_en": "buyer 1",
    "tender.procuringEntity.name": "buyer 2",
    "tender.procuringEntity.identifier.legalName": "buyer 2",
    "awards.suppliers.name": "supplier",
    "awards.suppliers.name_en": "supplier",
    "awards.suppliers.identifier.legalName": "supplier 1",
    "awards.items.suppliers.identifier.legalName": "supplier 1",
    "contracts.suppliers.name": "supplier",
    "contracts.value.amount": "value",
    "contract.value.amount": "value",
    "awards.value.amount": "value 1",
    "awards.totalAwardValue.amount": "value 1",
    "tender.value.amount": "budget",
    "tender.budget.value.amount": "budget",
    "planning.budget.amount.amount": "budget 1",
    "planning.budget.amount": "budget 1",
    "tender.procurementMethodDetails": "method",
    "tender.procurementMethod": "method 1",
    "tender.tenderPeriod.startDate": "tender",
    "tender.tenderPeriod.endDate": "closing",
    "tender.tederPeriod.endDate": "closing",
    "awards.date": "award",
    "awards.awardDate": "award",
    "contracts.dateSigned": "signed",
    "contracts.period.startDate": "start",
    "contracts.period.endDate": "end",
    "awards.contractPeriod.startDate": "start 1",
    "awards.contractPeriod.endDate": "end 1",
    "awards.items.suppliers.contractPeriod.startDate": "start 1",
    "awards.items.suppliers.contractPeriod.endDate": "end 1",
    "tender.contractPeriod.startDate": "start 2",
    "tender.contractPeriod.endDate": "end 2",
    "tender.items.deliveryAddress.locality": "place",
    "contracts.items.deliveryAddress.locality": "place",
    "tender.deliveryAddresses.locality": "place",
    "tender.deliveryLocation.description": "place",
}
# The last names of paths in lists of notices.
_NOTICES = {
    "noticeType": "kind",
    "category": "method 3",
    "title": "title",
    "projectName": "title 1",
    "projectNo": "reference",
    "projectCode": "reference",
    "bidNo": "reference",
    "purchaser": "buyer",
    "buyer": "buyer",
    "tenderee": "buyer",
    "agency": "agent",
    "winner": "supplier",
    "supplier": "supplier",
    "budget": "budget",
    "winAmount": "value",
    "date": "published",
    "publishDate": "published",
    "deadline": "closing",
    "closingDate": "closing",
    "bidDeadline": "closing",
    "openingDate": "closing 1",
}
_NOTICE_KINDS = (
    ("更正|变更|澄清|补遗", "clarification"),
    ("中标|成交|中选|结果|候选", "award"),
    ("公告|公示|邀请", "tender"),
)
_PARAGRAPH = re.compile(r"\.P\[\d+\]\Z")  # further ones of a text
_ITEM = re.compile(r"\s*[-–—•*]|\s*\(?\w[.)]\s")  # how one of several begins
_ELSEWHERE = re.compile(
    r"(?:see|as (?:above|per|set out|stated)|refer|cf\.?|voir|se référer|siehe|详?见|同上|按招标文件)(?![a-z])",
    re.IGNORECASE,
)  # how words begin that say where a thing is said
_SENTENCE = re.compile(r"\b(?:is|are|see)\b|www\.|https?:", re.IGNORECASE)  # what no name of a body has
_WORDED = frozenset({"place", "term", "option", "funding"})  # of the whole only what is said alike of all lots
_KINDS = {
    "planning": "plan",
    "tender": "tender",
    "tenderamendment": "clarification",
    "tenderupdate": "clarification",
    "award": "award",
    "awardupdate": "award",
    "contract": "contract",
    "contractupdate": "supplement",
    "contractamendment": "supplement",
    "implementation": "contract",
    "contract notice": "tender",
    "prior information notice": "tender",
    "contract award notice": "award",
    "contract award": "award",
    "concession notice": "tender",
    "works concession": "tender",
    "services concession": "tender",
    "concession award notice": "award",
    "design contest": "tender",
    "results of design contests": "award",
    "prior information notice with call for competition": "tender",
    "periodic indicative notice with call for competition": "tender",
    "qualification system with call for competition": "tender",
    "dynamic purchasing system": "tender",
    "modification of a contract/concession during its term": "supplement",
    "additional information": "clarification",
    "corrigendum": "clarification",
    "voluntary ex ante transparency notice": "award",
}
_CALLED = re.compile(
    r"\s*\((?:the\s|hereinafter\s[^()]{0,30})?[‘“'\"][^()]{2,30}[’”'\"]\)\Z|\s*\(hereinafter\s[^()]{2,60}\)\Z"
)
_DAY = re.compile(r"(\d{4})[-/年]?(\d\d?)[-/月]?(\d\d?)(?!\d)")
_UNITS = frozenset({"DAYS", "MONTHS"})
_DATE_PARTS = ("DAY", "MONTH", "YEAR")


def is_feed(page: Page) -> bool:
    """Whether a page's fields are those of a feed of contracts."""
    fields = (block for block in page.blocks if block.kind is BlockKind.FIELD)
    return any(_FEED.match(block.ref) for block, _ in zip(fields, range(_FIRST), strict=False))


def clues(page: Page) -> Iterator[Clue]:
    """The clues of a page of a feed."""
    fields = latest([block for block in page.blocks if block.kind is BlockKind.FIELD])
    translations = ted.translations(page, fields)
    fields = [block for block in fields if ted.form(block.ref) not in translations]
    by_path = {block.ref: block for block in fields}
    worded: dict[tuple[str, str, str], list[Clue]] = {}  # by field, level and group
    kinds: dict[str, str] = {}
    for block in fields:
        known = _known(_INDEX.sub("", block.ref), is_ted=block.ref.isupper() or "_SECTION" in block.ref)
        if not known or "versionedRelease" in block.ref:
            continue
        field, _, level = known.partition(" ")
        clue = _clue(page, block, field, level, by_path)
        if clue and field == "kind":
            kinds[clue.group] = clue.value  # the last tag says most
        elif clue and field in _WORDED:
            worded.setdefault((field, level, clue.group), []).append(clue)
        elif clue:
            yield clue
            yield from _in_title(page, block, clue)
    for clue in described.clues(page, fields):
        worded.setdefault((clue.field, clue.label[-1], clue.group), []).append(clue)
    yield from (same[0] for same in worded.values() if len({clue.value.casefold() for clue in same}) == 1)
    yield from (Clue("kind", page.number, 0, 1, kind, "kind", "feed", group) for group, kind in kinds.items())
    yield from _parties(page, fields)
    yield from _milestones(page, by_path)
    yield from _dates_in_parts(page, fields)


def latest(fields: Sequence[Block]) -> Sequence[Block]:
    """The fields that tell how a record stands: compiled, or else released, or else as the last version of each."""
    refs = [block.ref for block in fields]
    if any(map(_COMPILED.match, refs)):
        return [block for block in fields if not _RELEASES.match(block.ref)]
    if not any(ref.startswith(_VERSIONED) for ref in refs) or any(map(_WHOLE.match, refs)):
        return fields
    last: dict[str, Block] = {}
    for block in fields:
        path = block.ref.removeprefix(_VERSIONED)
        found = _VERSION.fullmatch(path)
        if found or path in {"ocid", "id"}:
            path = found[1] if found else path
            last[path] = replace(block, ref=path)
    return list(last.values())


_COMPILED = re.compile(r"(?:records\[\d+\]\.)?compiledRelease\b")
_RELEASES = re.compile(r"(?:records\[\d+\]\.)?releases\[")
_WHOLE = re.compile(r"compiledRelease\b|releases\[\d+\]\.(?:tag|tender|buyer|awards|contracts)\b")
_VERSIONED = "versionedRelease."
_VERSION = re.compile(r"(.+)\[\d+\]\.value")


@lru_cache(maxsize=8192)
def _known(path: str, *, is_ted: bool) -> str | None:
    if path.startswith("notices."):
        return _NOTICES.get(path.removeprefix("notices."))
    if is_ted:
        return ted.known(path)
    return _OCDS.get(
        RECORD.sub("", re.sub(r"^(?:releases|records)\.", "", path), count=1).removeprefix("compiledRelease.")
    )


def _clue(page: Page, block: Block, field: str, level: str, by_path: dict[str, Block]) -> Clue | None:
    held = page.text[block.start : block.end]
    said = held.strip()
    if not said or "█" in said:
        return None
    if said.lower() in NOTHING or (field in REFERENCES and len(said) < SHORTEST):
        return None
    if field in _WORDED and (_PARAGRAPH.search(block.ref) or _says_nothing(block, said, by_path)):
        return None
    if field == "buyer" and "ADDITIONAL" in block.ref and _SENTENCE.search(said):
        return None
    start, end, value = _value(page, block, field, said, by_path)
    label = re.sub(r".*\.(?=[^.]+\.[^.]+$)", "", block.ref)
    return (
        Clue(field, page.number, start, end, value, f"{label}#{level}" if level else label, "feed", _group(block.ref))
        if value
        else None
    )


def _value(page: Page, block: Block, field: str, said: str, by_path: dict[str, Block]) -> tuple[int, int, str]:
    """Where a field says something, and its normal form."""
    start, end, value = block.start, block.end, name(_CALLED.sub("", said) if field in NAMES else said)
    if field == "kind":
        notice = next((kind for words, kind in _NOTICE_KINDS if re.search(words, said)), "")
        value = _KINDS.get(re.sub(r"[\s_-]+", " ", said.lower()), _KINDS.get(said.lower(), notice))
    elif field in MONEY:
        return _amount(page, block, said, by_path)
    elif field in DATES:
        value = day(said)
    elif field == "method" and block.ref.startswith("notices"):
        way = WAY.search(said)
        value = way[0] if way else ""
    elif field == "title":
        value = _bare((name(headed(said)) if block.ref.startswith("notices") else "") or value)
    elif field == "term":
        unit, last = by_path.get(f"{block.ref}@TYPE"), block.ref.rpartition(".")[2]
        if unit:
            return start, max(end, unit.end), f"{said} {page.text[unit.start : unit.end].lower()}s"
        if last in _UNITS:
            return page.text.rfind(last, 0, start), end, f"{said} {last.lower()}"
    return start, end, value


def _says_nothing(block: Block, said: str, by_path: dict[str, Block]) -> bool:
    """Whether words are the first of a list, one of several regions, or say where else to look."""
    several = "_NUTS" in block.ref and f"{block.ref.partition('_NUTS')[0]}_NUTS[2]" in by_path
    return several or bool(_ITEM.match(said) or _ELSEWHERE.match(said))


def _bare(title: str) -> str:
    """A title without the marks of quotation around the whole of it."""
    for opening, closing in _MARKS:
        inner = title[len(opening) : -len(closing)]
        if title == f"{opening}{inner}{closing}" and opening not in inner and closing not in inner:
            return inner.strip() or title
    return title


_MARKS = tuple(
    pair.split()
    for pair in ("【 】", "《 》", "「 」", "“ ”", '" "', "‘ ’", "' '", "« »", "» «", "„ “", "„ ”", ",, “", ",, ”")
)


def _in_title(page: Page, block: Block, title: Clue) -> Iterator[Clue]:
    """The procedure that the name of a notice tells behind the title: …项目询比公告."""
    if title.field == "title" and block.ref.startswith("notices"):
        low = block.start + page.text[block.start : block.end].find(title.value) + len(title.value)
        if way := WAY.search(page.text, low, block.end):
            yield replace(title, field="method", start=way.start(), end=way.end(), value=way[0])


def _group(path: str) -> str:
    """The record a path lies in, and after a bar the award."""
    record = re.match(r"(?:records|releases|notices)\[\d+\]", path)
    award = _AWARD.search(path)
    return (record[0] if record else "") + (f"|{award[0]}" if award else "")


def _amount(page: Page, block: Block, said: str, by_path: dict[str, Block]) -> tuple[int, int, str]:
    """An amount with the currency that stands beside it."""
    exact = by_path.get(f"{block.ref}@FMTVAL")
    number = page.text[exact.start : exact.end] if exact else said
    try:
        amount = Decimal(number.replace(" ", "").replace("\u00a0", "").replace(",", "" if "." in number else "."))
    except InvalidOperation:
        found = list(amounts(said, chinese=True))
        return block.start, block.end, written(Money(found[0].amount, found[0].currency)) if len(found) == 1 else ""
    paths = (
        f"{block.ref}@CURRENCY",
        re.sub(r"amount$", "currency", block.ref),
        re.sub(r"\.[^.]+$", "@CURRENCY", block.ref),
    )
    beside = next((by_path[path] for path in paths if path in by_path and path != block.ref), None)
    start, end, currency = block.start, block.end, None
    if beside:
        currency = page.text[beside.start : beside.end].strip()[:3].upper()
        near = abs(beside.start - block.end) < _NEAR or abs(block.start - beside.end) < _NEAR
        start, end = (min(start, beside.start), max(end, beside.end)) if near else (start, end)
    return start, end, written(Money(amount, currency)) if amount > 0 else ""


def day(said: str) -> str:
    """The day that a date of a feed begins with, in ISO form; nothing if there is none."""
    found = _DAY.match(said)
    try:
        if found:
            return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return ""
    return next((span.from_.isoformat() for at, span in dates(said) if at == 0 and span.from_ == span.to), "")


def _parties(page: Page, fields: Sequence[Block]) -> Iterator[Clue]:
    """Parties of an OCDS release by the roles they have in it."""
    named: dict[str, Block] = {}
    roles: dict[str, set[str]] = {}
    for block in fields:
        if found := re.match(
            r"(?P<party>(?:\w+\[\d+\]\.)?(?:compiledRelease\.)?parties\[\d+\])\.(?P<what>name(?:_en)?$|roles\[\d+\])",
            block.ref,
        ):
            if found["what"].startswith("roles"):
                roles.setdefault(found["party"], set()).add(page.text[block.start : block.end])
            else:
                named[found["party"]] = block
    sides = (
        ("buyer", "buyer", "2"),
        ("supplier", "supplier", "2"),
        ("tenderer", "", ""),
        ("procuringEntity", "buyer", "3"),
    )
    for party, block in named.items():
        for role, field, level in sides:
            if field and role in roles.get(party, ()) and page.text[block.start : block.end].strip():
                value = name(page.text[block.start : block.end])
                yield Clue(
                    field, page.number, block.start, block.end, value, f"parties {role}#{level}", "feed", _group(party)
                )


def _milestones(page: Page, by_path: dict[str, Block]) -> Iterator[Clue]:
    """The first and last day of a contract that an OCDS release gives as milestones, told by their titles."""
    for path, block in by_path.items():
        due = by_path.get(f"{path.removesuffix('title')}dueDate") if _MILESTONE.search(path) else None
        known = labelled(page.text[block.start : block.end]) if due else None
        if due and known and known[0] in {"start", "end"} and (value := day(page.text[due.start : due.end])):
            yield Clue(known[0], page.number, due.start, due.end, value, "milestone#3", "feed", _group(path))


_MILESTONE = re.compile(r"\bmilestones\[\d+\]\.title$")


def _dates_in_parts(page: Page, fields: Sequence[Block]) -> Iterator[Clue]:
    """The dates of older TED notices that give day, month and year apart."""
    parts: dict[str, dict[str, Block]] = {}
    for block in fields:
        path, _, part = block.ref.rpartition(".")
        if part in _DATE_PARTS and ted.dated(path) and not ted.LOT.search(path):
            parts.setdefault(path, {})[part] = block
    for path, found in parts.items():
        if len(found) == len(_DATE_PARTS):
            what = ted.dated(path)
            parted = [page.text[found[part].start : found[part].end].strip() for part in reversed(_DATE_PARTS)]
            value = day("-".join(part.zfill(2) for part in parted))
            start, end = min(b.start for b in found.values()), max(b.end for b in found.values())
            if value:
                yield Clue(ted.DATED[what], page.number, start, end, value, what, "feed", _group(path))
