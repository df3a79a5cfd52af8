"""Lines of goods of published feeds: ``items`` of OCDS releases and records, lots of eForms that say how many.

A line that says neither number nor unit nor price is none. Of the lines of one record the later stage counts: those of
a contract for those of its award, and both for those of the tender.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from countersight.facts.feeds import RECORD, latest
from countersight.facts.goods.bill import Cite, clean
from countersight.model import Block, BlockKind, Item, Money, Page
from countersight.text.quantity import tidy

_LINE = re.compile(
    rf"(?P<record>{RECORD.pattern})(?P<stage>tender|(?:awards|contracts)\[\d+\])\.(?:(?P<item>items\[\d+\])\.(?P<said>[\w.]+)|(?P<own>id|awardID))"
)
_LOT = re.compile(
    r"(?P<lot>ProcurementProjectLot(?:\[\d+\])?)\.(?P<said>ID|ProcurementProject\.(?:Name|EstimatedOverallContractQuantity(?:@unitCode)?))"
)
_SAID = {  # fields of an item, the plainest path of each first
    "number": ("id",),
    "description": ("description", "description_en", "classification.description", "ProcurementProject.Name"),
    "quantity": ("quantity", "ProcurementProject.EstimatedOverallContractQuantity"),
    "unit": ("unit.name", "unit.name_en", "ProcurementProject.EstimatedOverallContractQuantity@unitCode"),
    "unit_price": ("unit.value.amount",),
    "currency": ("unit.value.currency",),
    "lot": ("relatedLot", "ID"),
    "classification": ("classification.id",),
}
_HINTS = ("items[", "EstimatedOverallContractQuantity")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,3}){0,3}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_GOODS = frozenset({"quantity", "unit", "unit_price"})
_BESIDE = frozenset({"classification", "currency"})
_FIRST, _LAST = "tender", "contracts"

Place = tuple[int, int, int]


@dataclass(slots=True)
class _Stage:
    """What a tender, an award or a contract says: its number, the award it is of, and its lines by their paths."""

    id: str = ""
    award: str = ""
    lines: dict[str, dict[str, tuple[str, Place]]] = field(default_factory=dict)


def lists_goods(page: Page) -> Block | None:
    """The first field of a page that says how many of a line of goods, its unit or its price."""
    if not any(hint in page.text for hint in _HINTS):
        return None
    return next((block for block in page.blocks if block.kind is BlockKind.FIELD and _counts(block.ref)), None)


def _counts(path: str) -> bool:
    found = _found(path)
    said = (found["said"] or "") if found else ""
    return any(said in _SAID[name] for name in _GOODS)


def _found(path: str) -> re.Match[str] | None:
    """What a path is of; the last steps of versions left out."""
    return _LINE.fullmatch(path.partition("[0].value")[0].removeprefix("versionedRelease.")) or _LOT.fullmatch(path)


def lines(pages: Iterable[Page], cite: Cite) -> Iterator[tuple[str, Item]]:
    """The lines of the records of a feed, in order, each with the path of its record."""
    records: dict[str, dict[str, _Stage]] = {}
    for page in pages:
        for block in latest([block for block in page.blocks if block.kind is BlockKind.FIELD]):
            said = page.text[block.start : block.end].strip()
            if said and "█" not in said and (found := _LINE.fullmatch(block.ref) or _LOT.fullmatch(block.ref)):
                _keep(records, found, said, (page.number, block.start, block.end))
    for record, stages in records.items():
        for read in _last(stages):
            if item := _item(read, cite):
                yield record, item


def _keep(records: dict[str, dict[str, _Stage]], found: re.Match[str], said: str, place: Place) -> None:
    told = found.groupdict()
    record = (told.get("record") or "").removesuffix("compiledRelease.").rstrip(".")
    stage = records.setdefault(record, {}).setdefault(told.get("stage") or _FIRST, _Stage())
    if told.get("own") == "id":
        stage.id = said
    elif told.get("own"):
        stage.award = said
    else:
        stage.lines.setdefault(told.get("item") or told["lot"], {}).setdefault(told["said"], (said, place))


def _last(stages: Mapping[str, _Stage]) -> Iterator[Mapping[str, tuple[str, Place]]]:
    """The lines of a record without those that a later stage lists again."""
    listing = {name: stage for name, stage in stages.items() if any(map(_is_line, stage.lines.values()))}
    signed = {stage.award for name, stage in listing.items() if name.startswith(_LAST)}
    for name, stage in listing.items():
        if name == _FIRST and len(listing) > 1:
            continue
        if name.startswith("awards") and signed & {stage.id, ""}:
            continue
        yield from stage.lines.values()


def _is_line(said: Mapping[str, tuple[str, Place]]) -> bool:
    return any(path in said for name in _GOODS for path in _SAID[name])


def _item(said: Mapping[str, tuple[str, Place]], cite: Cite) -> Item | None:
    """A line as an item; None where it names nothing or no figure of it reads as one."""
    told = {
        name: said[path] for name, paths in _SAID.items() if (path := next((one for one in paths if one in said), None))
    }
    facts: dict[str, Any] = {}
    if "number" in told and _NUMBER.fullmatch(told["number"][0]):
        facts["number"] = told["number"][0]
    facts |= {name: clean(told[name][0]) for name in ("description", "unit", "lot") if name in told}
    if "quantity" in told and (figure := _figure(told["quantity"][0])) is not None:
        facts["quantity"] = figure
    if "unit_price" in told and (paid := _figure(told["unit_price"][0])):
        currency = told["currency"][0].upper() if "currency" in told else ""
        facts["unit_price"] = Money(paid, currency if _CURRENCY.fullmatch(currency) else None)
    if "description" not in facts or not (_GOODS & facts.keys()):
        return None
    if "currency" in told and "unit_price" not in facts:
        del told["currency"]
    cells = {name: cite(*place) for name, (_, place) in told.items() if name in facts or name in _BESIDE}
    first = told["description"][1]
    whole = [place for _, place in told.values() if place[0] == first[0]]
    cited = cite(first[0], min(place[1] for place in whole), max(place[2] for place in whole))
    return Item(**{"number": None} | facts, citation=cited, cells=cells)


@lru_cache(maxsize=1024)
def _figure(text: str) -> Decimal | None:
    """The number that a value of a feed is, if it is none below nothing."""
    try:
        figure = Decimal(text)
    except InvalidOperation:
        return None
    return tidy(figure) if figure.is_finite() and figure >= 0 else None
