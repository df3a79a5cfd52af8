"""The tables of contract facts: deals and families as the records other programs rely on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from countersight.model import Component, Deal, Family, Item, Money, Party, Question, codec
from countersight.report.tables import DEAL_DATES, PATTERN, Record, citation_record

DEAL = (
    *(
        "id",
        "kind",
        "title",
        "reference",
        "buyer",
        "supplier",
        "value",
        "dates",
        "term",
        "place",
        "items",
        "arithmetic",
    ),
    *(
        "citations",
        "references",
        "method",
        "agent",
        "suppliers",
        "consortium",
        "recipients",
        "budget",
        "ceiling",
        "bill_total",
        "computed",
        "weighed",
    ),
    *(
        "option",
        "district",
        "model",
        "funding",
        "warranty",
        "components",
        "questions",
        "digest",
        "name",
        "locator",
        "family",
    ),
    *("earlier", "parties"),
)
FAMILY = ("id", "title", "references", "records", "reasons", "missing", "changes")


def number(amount: Decimal) -> int | float:
    """An amount as a JSON number: whole where it is."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _money(money: Money | None) -> Record | None:
    return {"amount": number(money.amount), "currency": money.currency, "tax": money.tax} if money else None


def deal_record(deal: Deal, place: tuple[str, str]) -> Record:
    """A line of ``deals``; ``place`` is the name and the locator of its document.

    ``buyer`` and ``supplier`` are names; ``supplier`` is null where there are several, which ``suppliers`` lists. What
    ``computed`` names is no date of the record but one that the words given there make of another; what ``weighed``
    names no label and no phrase tells, but the weight of the words around it.
    """
    by_role = {
        role: [party for party in deal.parties if party.role == role] for role in ("supplier", "agent", "recipient")
    }
    buyers = [party.name for party in deal.parties if party.role == "buyer"]
    suppliers = list(dict.fromkeys(party.name for party in by_role["supplier"]))
    own: Record = {
        "buyer": buyers[0] if buyers else None,
        "supplier": suppliers[0] if len(suppliers) == 1 else None,
        "agent": by_role["agent"][0].name if by_role["agent"] else None,
        "suppliers": [_supplier(party) for party in by_role["supplier"]],
        "consortium": [{"name": p.name, "role": p.role} for p in deal.parties if p.role in {"leader", "member"}],
        "recipients": [party.name for party in by_role["recipient"]],
        "value": _money(deal.value),
        "budget": _money(deal.budget),
        "ceiling": _money(deal.ceiling),
        "bill_total": _money(deal.bill_total),
        "dates": {name: codec.plain(deal.dates[name]) if name in deal.dates else None for name in DEAL_DATES},
        "items": [item_record(item) for item in deal.items],
        "components": [_component(component) for component in deal.components],
        "questions": [_question(question) for question in deal.questions],
        "arithmetic": [
            _question(question) for question in deal.questions if question.what.partition(":")[0] not in DEAL
        ],
        "citations": {name: citation_record(deal.citations[name]) for name in sorted(deal.citations)},
        "parties": [_party(party) for party in deal.parties],
        "name": place[0],
        "locator": place[1],
    }
    return {name: own[name] if name in own else codec.plain(getattr(deal, name)) for name in DEAL}


def _supplier(party: Party) -> Record:
    return {"name": party.name, "lot": party.lot, "value": _money(party.value)}


def _party(party: Party) -> Record:
    identifiers = [{"scheme": scheme, "value": value} for scheme, value in party.identifiers]
    told = {"name": party.name, "role": party.role, "lot": party.lot, "identifiers": identifiers}
    return told | {"organisation": party.organisation, "citation": citation_record(party.citation)}


def item_record(item: Item) -> Record:
    """A line of a bill of quantities."""
    names = ("number", "description", "brand", "model", "origin", "operator", "unit", "lot", "alternative")
    own: Record = {name: getattr(item, name) for name in names}
    own |= {"quantity": None if item.quantity is None else number(item.quantity)}
    own |= {
        "unit_price": _money(item.unit_price),
        "total": _money(item.total),
        "citation": citation_record(item.citation),
    }
    return own | {"cells": {name: citation_record(item.cells[name]) for name in sorted(item.cells)}}


def _component(component: Component) -> Record:
    names = ("name", "maker", "unlisted", "kind", "operator", "alternative")
    own: Record = {name: getattr(component, name) for name in names}
    quantity = None if component.quantity is None else number(component.quantity)
    return own | {"quantity": quantity, "citation": citation_record(component.citation)}


def _question(question: Question) -> Record:
    return {"what": question.what, "citations": [citation_record(citation) for citation in question.citations]}


def family_record(family: Family, deals: Mapping[str, Deal]) -> Record:
    """A line of ``families``: its records, why each joined, the kinds that are missing, what changed between them.

    Each record is cited where it says which project it is of: by its number, its title, or the first that it says.
    """
    return {
        "id": family.id,
        "title": family.title,
        "references": list(family.references),
        "records": [{"deal": deal, "kind": kind, "citation": _named(deals[deal])} for deal, kind in family.records],
        "reasons": [{"deal": deal, "reason": reason} for deal, reason in family.reasons],
        "missing": list(family.missing),
        "changes": [
            {
                "field": c.field,
                "before": c.before,
                "after": c.after,
                "citations": [citation_record(one) for one in c.citations],
            }
            for c in family.changes
        ],
    }


def _named(deal: Deal) -> Record | None:
    told = (deal.citations.get(name) for name in ("reference", "title", *deal.citations))
    first = next(filter(None, told), None)
    return citation_record(first) if first else None


def flat(records: Iterable[Record]) -> Iterator[Record]:
    """Deals for a spreadsheet: a line each, amounts and dates in cells of their own, beside each where it stands."""
    for record in records:
        dates, cited = record["dates"], record["citations"]
        line: Record = {
            name: record[name] for name in ("id", "family", "kind", "title", "reference", "method", "buyer", "agent")
        }
        line |= {"suppliers": [one["name"] for one in record["suppliers"]]}
        line |= {"consortium": [f"{one['name']} ({one['role']})" for one in record["consortium"]]}
        line |= {"recipients": record["recipients"]}
        line |= {f"{name}.{part}": (record[name] or {}).get(part) for name in _SUMS for part in _PARTS}
        line |= {f"dates.{name}": _day(dates[name]) for name in DEAL_DATES}
        line |= {"computed": [f"{name}: {said}" for name, said in sorted(record["computed"].items())]}
        line |= {name: record[name] for name in ("term", "option", "place", "district", "model", "funding", "warranty")}
        line |= {"questions": [question["what"] for question in record["questions"]]}
        yield line | {"cited": [_cited(name, cited[name]) for name in sorted(cited)], "locator": record["locator"]}


_SUMS = ("value", "budget", "ceiling", "bill_total")
_PARTS = ("amount", "currency", "tax")


def flat_families(records: Iterable[Record]) -> Iterator[Record]:
    """Families for a spreadsheet: a line for each of their records, cited; changes as words with what is cited."""
    for record in records:
        line = {name: record[name] for name in ("id", "title", "references", "missing")}
        why = {one["deal"]: one["reason"] for one in record["reasons"]}
        changes = [f"{c['field']}: {c['before']} → {c['after']} ({_quoted(c['citations'])})" for c in record["changes"]]
        for one in record["records"]:
            yield line | one | {"reason": why.get(one["deal"]), "changes": changes}


def flat_patterns(records: Iterable[Record]) -> Iterator[Record]:
    """Patterns for a spreadsheet: a line for each place of a clause."""
    for record in records:
        line = {name: record[name] for name in PATTERN[:-1]}
        yield from (line | place for place in record["places"])


def _day(span: Mapping[str, Any] | None) -> str | None:
    if not span:
        return None
    return str(span["from"]) if span["from"] == span["to"] else f"{span['from']}/{span['to']}"


def _cited(name: str, citation: Mapping[str, Any]) -> str:
    page = f" page {citation['page']}" if citation["page"] else ""
    return f"{name}:{page} [{citation['start']}, {citation['end']}) “{citation['quote']}”"


def _quoted(citations: Iterable[Mapping[str, Any]]) -> str:
    return "; ".join(f"“{one['quote']}” in {one['locator']}" for one in citations)
