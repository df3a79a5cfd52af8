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
_RECORD = re.compile(r"(?:(?:records|releases)\[\d+\]\.)?(?:compiledRelease\.)?")
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
}
# The last names of paths in lists of notices.
_NOTICES = {
    "noticeType": "kind",
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
# Endings of TED's paths, indices and the form's own element left out.
_TED = {
    "TD_DOCUMENT_TYPE": "kind",
    "NO_DOC_OJS": "notice_no",
    "REF_NOTICE.NO_DOC_OJS": "earlier",
    "PR_PROC": "method",
    "REF_OJS.DATE_PUB": "published",
    "CONTRACTING_BODY.ADDRESS_CONTRACTING_BODY.OFFICIALNAME": "buyer",
    "CA_CE_CONCESSIONAIRE_PROFILE.ORGANISATION.OFFICIALNAME": "buyer",
    "OBJECT_CONTRACT.TITLE.P": "title",
    "TITLE_CONTRACT.P": "title 1",
    "OBJECT_CONTRACT.REFERENCE_NUMBER": "reference",
    "FILE_REFERENCE_NUMBER.P": "reference",
    "AWARD_CONTRACT.CONTRACT_NO": "contract_no",
    "PROCEDURE.NOTICE_NUMBER_OJ": "earlier",
    "OBJECT_CONTRACT.VAL_TOTAL": "value",
    "VALUES.VAL_TOTAL_AFTER": "value",
    "VALUES.VAL_TOTAL": "value 1",
    "AWARDED_CONTRACT.VAL_TOTAL": "value 1",
    "COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE.VALUE_COST": "value 1",
    "OBJECT_CONTRACT.VAL_ESTIMATED_TOTAL": "budget",
    "VALUES.VAL_ESTIMATED_TOTAL": "budget 2",
    "CONTRACTOR.ADDRESS_CONTRACTOR.OFFICIALNAME": "supplier",
    "CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME.ORGANISATION.OFFICIALNAME": "supplier",
    "PROCEDURE.DATE_RECEIPT_TENDERS": "closing",
    "AWARDED_CONTRACT.DATE_CONCLUSION_CONTRACT": "signed",
    "OBJECT_DESCR.DATE_START": "start",
    "OBJECT_DESCR.DATE_END": "end",
    "OBJECT_DESCR.MAIN_SITE.P": "place",
    "OBJECT_DESCR.DURATION": "term",
    "OBJECT_DESCR.OPTIONS_DESCR.P": "option",
    "OBJECT_DESCR.RENEWAL_DESCR.P": "option 1",
    "SITE_OR_LOCATION.LABEL.P": "place",
    "NOTICE_DATA.PERFORMANCE_NUTS": "place 2",
    "NOTICE_DATA.ORIGINAL_NUTS": "place 3",
}
_TED_PARTS = sorted({path.count(".") + 1 for path in _TED})
_NOT_AWARD = re.compile(r"APPEAL|LODGING|FURTHER|ADDRESS_REVIEW|CENTRAL_PURCHASING")
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
    "modification of a contract/concession during its term": "supplement",
    "additional information": "clarification",
    "corrigendum": "clarification",
    "voluntary ex ante transparency notice": "award",
}
_CALLED = re.compile(
    r"\s*\((?:the\s|hereinafter\s[^()]{0,30})?[‘“'\"][^()]{2,30}[’”'\"]\)\Z|\s*\(hereinafter\s[^()]{2,60}\)\Z"
)
_DAY = re.compile(r"(\d{4})[-/年]?(\d\d?)[-/月]?(\d\d?)(?!\d)")
_DATE_PARTS = ("DAY", "MONTH", "YEAR")
_DATED_PARTS = {"CONTRACT_AWARD_DATE": "award", "RECEIPT_LIMIT_DATE": "closing"}


def is_feed(page: Page) -> bool:
    """Whether a page's fields are those of a feed of contracts."""
    fields = (block for block in page.blocks if block.kind is BlockKind.FIELD)
    return any(_FEED.match(block.ref) for block, _ in zip(fields, range(_FIRST), strict=False))


def clues(page: Page) -> Iterator[Clue]:
    """The clues of a page of a feed."""
    fields = _latest([block for block in page.blocks if block.kind is BlockKind.FIELD])
    by_path = {block.ref: block for block in fields}
    forms = _original(page, fields)
    kinds: dict[str, str] = {}
    for block in fields:
        known = _known(_INDEX.sub("", block.ref), ted=block.ref.isupper() or "_SECTION" in block.ref)
        if not known or "versionedRelease" in block.ref or not _is_original(block.ref, forms):
            continue
        field, _, level = known.partition(" ")
        clue = _clue(page, block, field, level, by_path)
        if clue and field == "kind":
            kinds[clue.group] = clue.value  # the last tag says most
        elif clue:
            yield clue
            yield from _in_title(page, block, clue)
    yield from (Clue("kind", page.number, 0, 1, kind, "kind", "feed", group) for group, kind in kinds.items())
    yield from _parties(page, fields)
    yield from _milestones(page, by_path)
    yield from _dates_in_parts(page, fields)


def _latest(fields: Sequence[Block]) -> Sequence[Block]:
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


def _original(page: Page, fields: Sequence[Block]) -> frozenset[str]:
    """The forms of a TED notice that are translations: the same element again, with an index."""
    del page
    return frozenset(found[0] for block in fields if (found := re.match(r"FORM_SECTION\.[A-Z]\w+\[\d+\]", block.ref)))


def _is_original(path: str, translations: frozenset[str]) -> bool:
    found = re.match(r"FORM_SECTION\.[A-Z]\w+\[\d+\]", path)
    return not (found and found[0] in translations)


@lru_cache(maxsize=8192)
def _known(path: str, *, ted: bool) -> str | None:
    if path.startswith("notices."):
        return _NOTICES.get(path.removeprefix("notices."))
    if not ted:
        return _OCDS.get(
            _RECORD.sub("", re.sub(r"^(?:releases|records)\.", "", path), count=1).removeprefix("compiledRelease.")
        )
    parts = path.split(".")
    known = next((_TED[key] for n in reversed(_TED_PARTS) if (key := ".".join(parts[-n:])) in _TED), None)
    if known == "supplier" and (
        _NOT_AWARD.search(path) or ("ECONOMIC_OPERATOR" not in path and "CONTRACTOR" not in path)
    ):
        return None
    if known and known.startswith("value") and "MODIFICATIONS_CONTRACT" in path:
        return "value"  # what the contract is worth from then on, which is what such a notice tells
    return None if known and known.startswith("buyer") and _NOT_AWARD.search(path) else known


def _clue(page: Page, block: Block, field: str, level: str, by_path: dict[str, Block]) -> Clue | None:
    held = page.text[block.start : block.end]
    said = held.strip()
    if not said or "█" in said:
        return None
    start, end, value = block.start, block.end, name(_CALLED.sub("", said) if field in NAMES else said)
    if said.lower() in NOTHING or (field in REFERENCES and len(said) < SHORTEST):
        return None
    if field == "kind":
        notice = next((kind for words, kind in _NOTICE_KINDS if re.search(words, said)), "")
        value = _KINDS.get(re.sub(r"[\s_-]+", " ", said.lower()), _KINDS.get(said.lower(), notice))
    elif field in MONEY:
        start, end, value = _amount(page, block, said, by_path)
    elif field in DATES:
        value = day(said)
    elif field == "title" and block.ref.startswith("notices"):
        value = name(headed(said)) or value
    elif field == "term":
        unit = by_path.get(f"{block.ref}@TYPE")
        if unit:
            value, end = f"{said} {page.text[unit.start : unit.end].lower()}s", max(end, unit.end)
    elif "_NUTS" in block.ref and f"{block.ref.partition('_NUTS')[0]}_NUTS[2]" in by_path:
        return None  # one of several regions
    label = re.sub(r".*\.(?=[^.]+\.[^.]+$)", "", block.ref)
    return (
        Clue(field, page.number, start, end, value, f"{label}#{level}" if level else label, "feed", _group(block.ref))
        if value
        else None
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
        if part in _DATE_PARTS and path.rpartition(".")[2] in _DATED_PARTS:
            parts.setdefault(path, {})[part] = block
    for path, found in parts.items():
        if len(found) == len(_DATE_PARTS):
            what = path.rpartition(".")[2]
            parted = [page.text[found[part].start : found[part].end].strip() for part in reversed(_DATE_PARTS)]
            value = day("-".join(part.zfill(2) for part in parted))
            start, end = min(b.start for b in found.values()), max(b.end for b in found.values())
            if value:
                yield Clue(_DATED_PARTS[what], page.number, start, end, value, what, "feed", _group(path))
