"""Contract sheets: what each record says of its deal, each cell with where it stands; flags by deal; families."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from countersight.facts.family import families
from countersight.facts.kinds import MATRIX, has_sheet
from countersight.model import RUNGS, Deal, Digest, Family, Finding, Item, Money, Party, Strength
from countersight.report import show
from countersight.report.dealtables import number
from countersight.report.parts import counted
from countersight.report.sources import CiteOf, Sources

SHOWN = 200  # sheets that are printed; the export has them all
LISTED = 100  # lines of goods that a sheet prints
_LISTED = 2_000  # … and all sheets together
_ROWS = (
    ("reference", "Reference number"),
    ("title", "Title"),
    ("method", "Procurement method"),
    ("value", "Value"),
    ("budget", "Budget"),
    ("ceiling", "Ceiling"),
    ("bill_total", "Sum of the bill"),
    ("tender", "Tender"),
    ("closing", "Bids close"),
    ("award", "Award"),
    ("signed", "Signed"),
    ("start", "Start"),
    ("end", "End"),
    ("document", "Document"),
    ("term", "Term"),
    ("option", "Options"),
    ("place", "Place"),
    ("district", "Administrative place"),
    ("warranty", "Warranty"),
    ("model", "Operating model"),
    ("funding", "Funding"),
)
ROLES = {
    "buyer": "Buyer",
    "agent": "Agent",
    "supplier": "Supplier",
    "party": "Party",
    "leader": "Consortium leader",
    "member": "Consortium member",
    "recipient": "Recipient of data",
}
_AMOUNTS = frozenset({"value", "budget", "ceiling", "bill_total"})
_DATES = frozenset({"tender", "closing", "award", "signed", "start", "end", "document"})
KINDS = {
    "plan": "plan",
    "tender": "tender",
    "clarification": "clarification",
    "bid": "bid",
    "deviation": "deviation table",
    "award": "award",
    "contract": "contract",
    "supplement": "supplement",
    "boq": "bill of quantities",
    "acceptance": "acceptance",
    "invoice": "invoice",
    "operation": "operation and maintenance",
    "mail": "correspondence",
    "point_list": "list of sites",
    "delivery": "delivery",
    "minutes": "minutes",
    "letter": "letter",
    "training": "training",
    "memo": "memo",
    "template": "template, not filled in",
    "goods": "list of goods",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a sheet: what is told, its value, the number of its source below, a note, and the body it names."""

    label: str
    value: str
    source: int
    note: str = ""
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of goods as shown: its cells by the columns of :class:`Goods`, and the number of its source."""

    cells: tuple[str, ...]
    source: int


@dataclass(frozen=True, slots=True)
class Goods:
    """The lines of goods of a record: the heads of those columns that say anything, and how many lines are left out."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one record says of a deal, as shown; ``cites`` are its sources, numbered from 1."""

    anchor: str
    deal: Deal
    kind: str
    rows: tuple[Row, ...]
    questions: tuple[tuple[str, tuple[int, ...]], ...]
    cites: tuple[Any, ...]
    goods: Goods | None


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags of a deal's document: for each rule, in the order of columns, the highest rung and the first entry."""

    deal: Deal
    anchor: str
    cells: tuple[tuple[str, Any] | None, ...]


@dataclass(frozen=True, slots=True)
class Kin:
    """A family as shown: its records with kind, anchor of the sheet and reason, and which kinds are there."""

    family: Family
    records: tuple[tuple[Deal, str, str], ...]
    present: tuple[bool, ...]

    @property
    def told(self) -> bool:
        """Whether there is more to tell of it than its one record."""
        return len(self.records) > 1 or bool(self.family.changes)

    @property
    def name(self) -> str:
        """Its title, else its reference number, else its id."""
        return next(filter(None, (self.family.title, *self.family.references)), self.family.id)


@dataclass(frozen=True, slots=True)
class Sheets:
    """All contract sheets of a dossier, the matrix of flags with its rules, the families and the kinds of records.

    ``files`` are the names of the deals' files.
    """

    sheets: tuple[Sheet, ...]
    more: int
    rules: tuple[str, ...]
    flags: tuple[Flags, ...]
    families: tuple[Kin, ...]
    kinds: tuple[str, ...]
    files: Mapping[Digest, str]


def told(deals: Sequence[Deal], entries: Iterable[Any], files: Mapping[Digest, str], cite: CiteOf) -> Sheets | None:
    """The sheets; None where no record of a deal was found. ``entries`` are the findings as shown."""
    found = list(families(deals))
    order = {deal: n for n, (deal, _) in enumerate(pair for family in found for pair in family.records)}
    shown = (deal for deal in deals if has_sheet(deal))
    core = sorted(shown, key=lambda deal: (order.get(deal.id, len(order)), deal.id))
    if not core:
        return None
    sheets = tuple(_sheet(deal, cite, lines) for deal, lines in _rationed(core[:SHOWN]))
    listed = [entry for entry in entries if entry.finding.strength is not Strength.EXCULPATORY]
    rules, flags = _matrix(core[:SHOWN], listed)
    kinds = tuple(KINDS[kind] for kind in MATRIX)
    return Sheets(
        sheets, len(core) - len(sheets), rules, flags, tuple(_kin(family, deals) for family in found), kinds, files
    )


def anchor(deal: Deal) -> str:
    """The anchor of a deal's sheet."""
    return f"deal-{deal.id}"


def _rationed(deals: Iterable[Deal]) -> Iterator[tuple[Deal, int]]:
    """How many lines of goods the sheet of each deal prints."""
    left = _LISTED
    for deal in deals:
        lines = min(len(deal.items), LISTED, left)
        left -= lines
        yield deal, lines


def _sheet(deal: Deal, cite: CiteOf, listed: int) -> Sheet:
    sources = Sources(anchor(deal), cite)
    source = sources.number

    def rows(names: Sequence[tuple[str, str]]) -> list[Row]:
        said = ((name, label, _value(deal, name)) for name, label in names if name in deal.citations)
        return [
            Row(label, value, source(deal.citations[name]), _note(deal, name)) for name, label, value in said if value
        ]

    lines = rows(_ROWS[:2])
    lines += [_party_row(party, source(party.citation), weighed(deal, party.role)) for party in deal.parties]
    lines += rows(_ROWS[2:])
    asked = tuple((question.what, tuple(map(source, question.citations))) for question in deal.questions)
    found = [Line(_cells(item), source(item.citation)) for item in deal.items[:listed]]
    goods = _columns(found, len(deal.items) - listed) if deal.items else None
    return Sheet(anchor(deal), deal, KINDS[deal.kind], tuple(lines), asked, tuple(sources.shown), goods)


_HEADS = ("No.", "Description", "Brand", "Model", "Origin", "Quantity", "Unit", "Unit price", "Total", "Lot")


def _cells(item: Item) -> tuple[str, ...]:
    """What a line of goods says, in the order of the heads."""
    told = (item.number, item.description, item.brand, item.model, item.origin)
    count = counted(item) + (" or equivalent" if item.alternative else "")
    price, total = (_amount(money, untold="") if money else "" for money in (item.unit_price, item.total))
    return (*(cell or "" for cell in told), count.strip(), item.unit or "", price, total, item.lot or "")


def _columns(lines: Sequence[Line], more: int) -> Goods:
    """The lines without the columns in which none says anything."""
    told = [n for n in range(len(_HEADS)) if any(line.cells[n] for line in lines)]
    kept = (Line(tuple(line.cells[n] for n in told), line.source) for line in lines)
    return Goods(tuple(_HEADS[n] for n in told), tuple(kept), more)


def _party_row(party: Party, source: int, said: str) -> Row:
    notes = [f"lot {party.lot}"] if party.lot else []
    notes += [f"worth {_amount(party.value)}"] if party.value else []
    notes += [f"{scheme} {value}" for scheme, value in party.identifiers]
    notes += [said] if said else []
    return Row(ROLES[party.role], party.name, source, ", ".join(notes), party.organisation)


def _value(deal: Deal, name: str) -> str:
    if name in _AMOUNTS:
        money: Money | None = getattr(deal, name)
        return _amount(money) if money else ""
    if name in _DATES:
        return show.dated(deal.dates[name]) if name in deal.dates else ""
    return getattr(deal, name) or ""


def weighed(deal: Deal, name: str) -> str:
    """What is to be said of a field that no label tells."""
    chance = deal.weighed.get(name, "").partition(" ")[0]
    return f"no label says so: weighed from the words around it (probability {chance}), to be checked" if chance else ""


def _note(deal: Deal, name: str) -> str:
    if name in deal.computed:
        return f"computed from “{deal.computed[name]}”"
    if name in deal.weighed:
        return weighed(deal, name)
    money = getattr(deal, name) if name in _AMOUNTS else None
    return f"tax {money.tax}" if money and money.tax else ""


def _amount(money: Money, *, untold: str = "(currency not told)") -> str:
    amount = number(money.amount)
    figures = f"{amount:,}" if amount == int(amount) else f"{Decimal(money.amount).normalize():,f}"
    return f"{figures} {money.currency or untold}".strip()


def _matrix(deals: Sequence[Deal], entries: Sequence[Any]) -> tuple[tuple[str, ...], tuple[Flags, ...]]:
    """The rules that hold in documents of deals, and for each deal the highest rung of each."""
    best: dict[tuple[Digest, str], Any] = {}
    for entry in entries:
        finding: Finding = entry.finding
        key = finding.citations[0].digest, finding.rule
        if key not in best or RUNGS.index(finding.rung) > RUNGS.index(best[key].finding.rung):
            best[key] = entry
    digests = {deal.digest for deal in deals}
    rules = tuple(sorted({rule for digest, rule in best if digest in digests}))
    rows = (Flags(deal, anchor(deal), tuple(_cell(best.get((deal.digest, rule))) for rule in rules)) for deal in deals)
    return rules, tuple(row for row in rows if any(row.cells))


def _cell(entry: Any) -> tuple[str, Any] | None:
    return (entry.finding.rung, entry) if entry else None


def _kin(family: Family, deals: Iterable[Deal]) -> Kin:
    known = {deal.id: deal for deal in deals}
    reasons = dict(family.reasons)
    records = tuple((known[name], KINDS[kind], reasons.get(name, "")) for name, kind in family.records)
    return Kin(family, records, tuple(kind not in family.missing for kind in MATRIX))


def citations(sheets: Sheets | None) -> Iterator[Any]:
    """The citations that sheets show."""
    for sheet in sheets.sheets if sheets else ():
        yield from sheet.cites
