"""Lines of goods and named parts as rows of the export, and as the dossier's table of components."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from countersight.model import Citation, Component, Deal, Digest, Item, Money, codec
from countersight.report.tables import ITEM, Record, citation_record

PRINTED = 500  # components that a dossier lists; the export has all
_UNKNOWN = "Maker not named"
_UNLISTED = "{} (unknown maker)"
_TOLD = ("maker", "unlisted", "kind", "operator", "quantity", "alternative")
_SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "about "}


def item_records(deals: Iterable[Deal]) -> list[Record]:
    """The lines of goods of all deals, by id; ``cells`` cites single fields."""
    return sorted((_item(deal, n, item) for deal in deals for n, item in enumerate(deal.items)), key=_id)


def component_records(deals: Iterable[Deal]) -> list[Record]:
    """The named parts of all deals, by id."""
    found = ((deal, n, one) for deal in deals for n, one in enumerate(deal.components))
    return sorted((_component(deal, n, one) for deal, n, one in found), key=_id)


def _id(row: Record) -> str:
    return str(row["id"])


def _named(kind: str, deal: Deal, number: int) -> str:
    """An id of a row: from its deal and its place there, so that rows sorted by id keep their order."""
    return f"{kind}-{Digest.of(deal.id.encode())[:12]}-{number + 1:04}"


def _item(deal: Deal, number: int, item: Item) -> Record:
    own = {name: codec.plain(getattr(item, name)) for name in ITEM[2:-2]}
    own |= {name: _money(getattr(item, name)) for name in ("unit_price", "total")}
    cells = {name: citation_record(cell) for name, cell in sorted(item.cells.items())}
    told = {"cells": cells, "citation": citation_record(item.citation)}
    return {"id": _named("ITEM", deal, number), "deal": deal.id} | own | told


def _money(money: Money | None) -> Record | None:
    return None if money is None else {"amount": str(money.amount), "currency": money.currency, "tax": money.tax}


def _component(deal: Deal, number: int, one: Component) -> Record:
    own = {name: codec.plain(getattr(one, name)) for name in _TOLD}
    where = {"deal": deal.id, "deal_kind": deal.kind, "deal_title": deal.title}
    made = {"id": _named("PART", deal, number), "component": one.name} | own | where
    return made | {"citation": citation_record(one.citation)}


@dataclass(frozen=True, slots=True)
class Named:
    """A part as the dossier lists it: its name, kind and number, the deal that names it, and where."""

    name: str
    kind: str
    quantity: str
    alternative: bool
    deal: str
    citation: Citation


def by_maker(deals: Sequence[Deal]) -> Iterator[tuple[str, list[Named]]]:
    """The parts of all deals by maker; those whose maker no record names come last."""
    found = [(_maker(one), _listed(deal, one)) for deal in deals for one in deal.components]
    found.sort(key=lambda pair: (not pair[0], pair[0].lower(), pair[1].name, str(pair[1].citation.locator)))
    for maker, parts in groupby(found[:PRINTED], key=lambda pair: pair[0]):
        yield maker or _UNKNOWN, [part for _, part in parts]


def _maker(one: Component) -> str:
    return _UNLISTED.format(one.maker) if one.unlisted else one.maker or ""


def _listed(deal: Deal, one: Component) -> Named:
    return Named(one.name, one.kind, counted(one), one.alternative, deal.title or one.citation.name, one.citation)


def counted(one: Item | Component) -> str:
    """How many, with the sign of a least or most."""
    return f"{_SIGNS.get(one.operator or '', '')}{one.quantity:,f}" if one.quantity is not None else ""
