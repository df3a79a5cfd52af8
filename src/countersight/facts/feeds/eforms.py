"""Clues of eForms, the notices of EU TED since 2023 (UBL 2.3 with the extension of the eForms SDK).

Organisations stand once in such a notice and are referred to by number: a contract names tenders (``TEN-``), a tender
its lot and its tendering party (``TPA-``), that party its organisations (``ORG-``). A winner is who tendered what a
contract names; a reference that leads nowhere, or to two, gives nothing. ``TenderResult.AwardDate`` is a filler of the
schema and is left out; so are natural persons. Elements: eForms SDK 1, https://docs.ted.europa.eu/eforms/latest/.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from countersight.facts.feeds import NOTHING, SHORTEST, day
from countersight.facts.names import name
from countersight.facts.values import REFERENCES
from countersight.model import Block, BlockKind, Clue, Money, Page
from countersight.text.identifiers import identifiers
from countersight.text.money import written
from countersight.text.orgkey import kind

_NOTICE = re.compile(
    r"UBLExtensions\.UBLExtension(?:\[\d+\])?\.ExtensionContent\.EformsExtension\.|ProcurementProjectLot(?:\[\d+\])?\."
)
_FIRST = 40  # fields that tell whether a page is of such a notice
_INDEX = re.compile(r"\[\d+\]$")
_EXTENSION = ("UBLExtensions", "UBLExtension", "ExtensionContent", "EformsExtension")
_WITHHELD = frozenset({"unpublished", "not available", "1970-01-01"})  # what stands for values not yet published
_ID = ("PartyIdentification", "ID")
_VERSION = re.compile(r"(?<=-[0-9a-f]{12})-\d\d$")  # of a notice that another names
_CURRENCY = re.compile(r"[A-Z]{3}")
_CHOSEN = "selec-w"
_KINDS = {
    "planning": "plan",
    "competition": "tender",
    "dir-awa-pre": "award",
    "result": "award",
    "cont-modif": "supplement",
}
_CODES = (  # how codes of kinds of notice begin, where the list they are of is not named
    ("can-modif", "supplement"),
    ("can-", "award"),
    ("veat", "award"),
    ("cn-", "tender"),
    ("pin-cfc", "tender"),
    ("pin-", "plan"),
)
_UNITS = {"DAY": "days", "WEEK": "weeks", "MONTH": "months", "YEAR": "years"}


@dataclass(slots=True)
class _Node:
    """An element: its path, what it says, its attributes, and the elements in it by name and number."""

    path: str = ""
    block: Block | None = None
    attributes: dict[str, Block] = field(default_factory=dict)
    inner: dict[str, _Node] = field(default_factory=dict)

    def all(self, *names: str) -> list[_Node]:
        """The elements on this path, in their order."""
        found = [self]
        for one in names:
            found = [inner for node in found for key, inner in node.inner.items() if _INDEX.sub("", key) == one]
        return found


@dataclass(frozen=True, slots=True)
class _Won:
    """A tender that a contract was made for: where it stands, and the group of its clues."""

    tender: _Node
    group: str


@dataclass(frozen=True, slots=True)
class _Notice:
    """A notice on a page."""

    page: Page
    root: _Node

    def said(self, *nodes: _Node) -> str:
        """What the first element says; nothing where it is withheld or masked."""
        block = nodes[0].block if nodes else None
        said = self.page.text[block.start : block.end].strip() if block else ""
        return "" if "█" in said or said.lower() in NOTHING | _WITHHELD else said

    def attribute(self, node: _Node, key: str) -> str:
        """What an attribute says."""
        block = node.attributes.get(key)
        return self.page.text[block.start : block.end].strip() if block else ""

    def extension(self, *names: str) -> list[_Node]:
        """The elements on a path within the extension."""
        return self.root.all(*_EXTENSION, *names)

    def by_id(self, nodes: Iterable[_Node], *names: str) -> dict[str, _Node]:
        """Elements by their number; a number that two bear names neither."""
        numbered = [(self.said(*node.all(*(names or ("ID",)))), node) for node in nodes]
        counts = Counter(number for number, _ in numbered)
        return {number: node for number, node in numbered if number and counts[number] == 1}

    def in_language(self, nodes: Sequence[_Node]) -> list[_Node]:
        """Of one thing said in several languages what is said in that of the notice, else the first."""
        language = self.said(*self.root.all("NoticeLanguageCode"))
        own = [node for node in nodes if language and self.attribute(node, "languageID") == language]
        return (own or list(nodes))[:1]

    def clue(self, what: str, node: _Node, value: str, group: str = "", beside: str = "") -> Iterator[Clue]:
        """A clue that an element gives, cited with the attribute ``beside``; ``what`` is a field and its level."""
        if not value or not node.block:
            return
        told, _, level = what.partition(" ")
        label = ".".join(node.path.split(".")[-2:]) + (f"#{level}" if level else "")
        places = [node.block, *(block for key, block in node.attributes.items() if key == beside)]
        start, end = min(one.start for one in places), max(one.end for one in places)
        yield Clue(told, self.page.number, start, end, value, label, "feed", group)

    def words(self, what: str, nodes: Iterable[_Node], group: str = "") -> Iterator[Clue]:
        """Clues of what elements say in words or as a number of reference."""
        for node in nodes:
            said = self.said(node)
            if not (what.partition(" ")[0] in REFERENCES and len(said) < SHORTEST):
                yield from self.clue(what, node, said, group)

    def days(self, what: str, nodes: Iterable[_Node], group: str = "") -> Iterator[Clue]:
        """Clues of days."""
        for node in nodes:
            value = day(self.said(node))
            yield from self.clue(what, node, "" if value in _WITHHELD else value, group)

    def amounts(self, what: str, nodes: Iterable[_Node], group: str = "") -> Iterator[Clue]:
        """Clues of amounts with their currency."""
        for node in nodes:
            currency = self.attribute(node, "currencyID")
            try:
                amount = Decimal(self.said(node))
            except InvalidOperation:
                continue
            if amount.is_finite() and amount > 0:
                money = Money(amount, currency if _CURRENCY.fullmatch(currency) else None)
                yield from self.clue(what, node, written(money), group, "currencyID")


def is_notice(page: Page) -> bool:
    """Whether a page's fields are those of such a notice."""
    fields = (block for block in page.blocks if block.kind is BlockKind.FIELD)
    return any(_NOTICE.match(block.ref) for block, _ in zip(fields, range(_FIRST), strict=False))


def clues(page: Page) -> Iterator[Clue]:
    """The clues of a notice; of one cut into parts those of the first, where nothing is taken for the only one."""
    notice = _Notice(page, _tree(page))
    if not notice.extension():
        return
    lots = _lots(notice)
    several = len(lots) > 1 or page.label is not None
    yield from _kind(notice)
    yield from _numbers(notice, lots)
    yield from _project(notice, lots, several=several)
    companies = _companies(notice)
    buyers = notice.root.all("ContractingParty", "Party")
    yield from _named(notice, "buyer", buyers, companies)
    served = [one for buyer in buyers for one in buyer.all("ServiceProviderParty")]
    helping = [one for one in served if notice.said(*one.all("ServiceTypeCode")) == "serv-prov"]
    yield from _named(notice, "agent", (party for one in helping for party in one.all("Party")), companies)
    yield from _results(notice, companies, several=several)


def _tree(page: Page) -> _Node:
    root = _Node()
    for block in page.blocks:
        if block.kind is not BlockKind.FIELD:
            continue
        path, _, attribute = block.ref.partition("@")
        node = root
        for one in path.split("."):
            node = node.inner.setdefault(one, _Node(f"{node.path}.{one}"))
        if attribute:
            node.attributes.setdefault(attribute, block)
        else:
            node.block = node.block or block
    return root


# ── the notice and its project ──


def _kind(notice: _Notice) -> Iterator[Clue]:
    for node in notice.root.all("NoticeTypeCode"):
        code = notice.said(node)
        by_code = next((one for start, one in _CODES if code.startswith(start)), "")
        told = _KINDS.get(notice.attribute(node, "listName"), by_code)
        if told in {"plan", "tender"} and notice.extension("Changes"):
            told = "clarification"
        yield from notice.clue("kind", node, told)


def _numbers(notice: _Notice, lots: Sequence[_Node]) -> Iterator[Clue]:
    """Numbers of the notice, of the procedure, and of notices before it; and the days of the notice."""
    root = notice.root
    published = notice.extension("Publication")
    yield from notice.words("reference", root.all("ProcurementProject", "ID"))
    yield from notice.words("ocid", root.all("ContractFolderID"))
    yield from notice.words("notice_no 1", root.all("ID"))
    for one in published:
        yield from notice.words("notice_no", one.all("NoticePublicationID"))
        yield from notice.days("document", one.all("PublicationDate"))
    yield from notice.days("document 1", root.all("IssueDate"))
    earlier = [node for one in (root, *lots) for node in one.all("TenderingProcess", "NoticeDocumentReference", "ID")]
    for what in ("Changes", "ContractModification"):
        earlier += notice.extension(what, "ChangedNoticeIdentifier")
    for node in earlier:
        yield from notice.clue("earlier", node, _VERSION.sub("", notice.said(node)))


def _lots(notice: _Notice) -> list[_Node]:
    """The lots, or the parts of what is only planned; groups of lots are none."""
    every = notice.root.all("ProcurementProjectLot")
    for mark in ("LOT-", "PAR-"):
        if found := [lot for lot in every if notice.said(*lot.all("ID")).startswith(mark)]:
            return found
    return []


def _project(notice: _Notice, lots: Sequence[_Node], *, several: bool) -> Iterator[Clue]:
    project = notice.root.all("ProcurementProject")
    for one in project:
        yield from notice.words("title", notice.in_language(one.all("Name")))
        yield from notice.amounts("budget", one.all("RequestedTenderTotal", "EstimatedOverallContractAmount"))
        yield from notice.amounts("ceiling 1", one.all("RequestedTenderTotal", *_EXTENSION, "FrameworkMaximumAmount"))
    yield from notice.words("method", notice.root.all("TenderingProcess", "ProcedureCode"))
    level = "3" if several else "2"  # 3: not of the whole
    for lot in lots:
        group = f"|{notice.said(*lot.all('ID'))}"
        total = ("ProcurementProject", "RequestedTenderTotal")
        yield from notice.amounts(f"budget {level}", lot.all(*total, "EstimatedOverallContractAmount"), group)
        yield from notice.amounts(f"ceiling {level}", lot.all(*total, *_EXTENSION, "FrameworkMaximumAmount"), group)
    yield from _alike(notice, lots if notice.page.label is None else (), project)


def _alike(notice: _Notice, lots: Sequence[_Node], project: Sequence[_Node]) -> Iterator[Clue]:
    """What every lot says alike of its time and place: only that holds of the whole."""
    within = [inner for lot in lots for inner in lot.all("ProcurementProject")]
    yield from notice.days("start", _same(notice, within, "PlannedPeriod", "StartDate"))
    yield from notice.days("end", _same(notice, within, "PlannedPeriod", "EndDate"))
    due = ("TenderingProcess", "TenderSubmissionDeadlinePeriod", "EndDate")
    yield from notice.days("closing", _same(notice, lots, *due))
    for node in _same(notice, within, "PlannedPeriod", "DurationMeasure"):
        unit = _UNITS.get(notice.attribute(node, "unitCode"), "")
        if unit and (said := notice.said(node)):
            yield from notice.clue("term", node, f"{said} {unit}", beside="unitCode")
    where = ("RealizedLocation", "Address", "CityName")
    yield from notice.words("place", _same(notice, project, *where) or _same(notice, within, *where))


def _same(notice: _Notice, whole: Sequence[_Node], *names: str) -> list[_Node]:
    """The first of the elements that each part of a whole has, if all of them say one thing."""
    found = [one.all(*names) for one in whole]
    said = {(notice.said(node), notice.attribute(node, "unitCode")) for nodes in found for node in nodes}
    return found[0][:1] if found and all(found) and len(said) == 1 else []


# ── organisations and results ──


def _companies(notice: _Notice) -> dict[str, _Node]:
    """Organisations by the numbers of them and of their touch points; natural persons are left out."""
    made: list[tuple[str, _Node]] = []
    for one in notice.extension("Organizations", "Organization"):
        person = notice.said(*one.all("NaturalPersonIndicator")) in {"true", "1"}
        for company in one.all("Company"):
            numbers = [notice.said(*node.all(*_ID)) for node in (company, *one.all("TouchPoint"))]
            made += [(number, _Node() if person else company) for number in numbers]
    counts = Counter(number for number, _ in made)
    return {number: company for number, company in made if number and counts[number] == 1}


def _named(
    notice: _Notice, role: str, parties: Iterable[_Node], companies: dict[str, _Node], group: str = ""
) -> Iterator[Clue]:
    """The names of organisations that parties refer to, in a role, with the numbers they are registered under."""
    for party in parties:
        company = companies.get(notice.said(*(party.all(*_ID) or party.all("ID"))))
        for node in notice.in_language(company.all("PartyName", "Name")) if company else ():
            value = name(notice.said(node))
            yield from notice.clue(role, node, value, group)
            if company and kind(value) != "other":  # else it may be a sole trader, whose number is a person's
                yield from _registered(notice, company, value)


def _registered(notice: _Notice, company: _Node, whose: str) -> Iterator[Clue]:
    """The number of a company: of a scheme that checks it, or as registered in its country."""
    country = notice.said(*company.all("PostalAddress", "Country", "IdentificationCode"))
    for node in company.all("PartyLegalEntity", "CompanyID"):
        said = notice.said(node)
        known = next((one for _, _, one in identifiers(said) if one.value == said), None)
        value = f"{known.scheme} {known.value}" if known else f"registration {country}:{''.join(said.split())}"
        if node.block and said and (known or country) and any(map(str.isdigit, said)):
            place = node.block.start, node.block.end
            yield Clue("body_id", notice.page.number, *place, value, "CompanyID", group=whose)


def _results(notice: _Notice, companies: dict[str, _Node], *, several: bool) -> Iterator[Clue]:
    for result in notice.extension("NoticeResult"):
        yield from notice.amounts("value", result.all("TotalAmount"))
        yield from notice.amounts("ceiling", result.all("OverallMaximumFrameworkContractsAmount"))
        parties = notice.by_id(result.all("TenderingParty"))
        won = _won(notice, result)
        level = "3" if several or max(len(won), len(result.all("LotResult"))) > 1 else "1"
        for one in won.values():
            yield from notice.amounts(
                f"value {level}", one.tender.all("LegalMonetaryTotal", "PayableAmount"), one.group
            )
            party = parties.get(notice.said(*one.tender.all("TenderingParty", "ID")))
            yield from _suppliers(notice, party.all("Tenderer") if party else [], companies, one.group)
        for contract in result.all("SettledContract"):
            yield from _contract(notice, contract, won)


def _won(notice: _Notice, result: _Node) -> dict[str, _Won]:
    """The tenders that won, by number: those that contracts name, of lots that are not closed without a winner.

    A lot with a winner for which no contract names a tender has won the only tender that its result names.
    """
    tenders = notice.by_id(result.all("LotTender"))
    named = [notice.said(node) for node in result.all("SettledContract", "LotTender", "ID")]
    by_result: dict[str, set[str]] = {}
    closed: set[str] = set()
    only: dict[str, str] = {}  # tenders by their lot
    for one in result.all("LotResult"):
        lot, code = (notice.said(*one.all(*path)) for path in (("TenderLot", "ID"), ("TenderResultCode",)))
        held = [notice.said(node) for node in one.all("LotTender", "ID")]
        for number in held:
            by_result.setdefault(number, set()).add(lot)
        if code not in {"", _CHOSEN}:
            closed.add(lot)
        elif code and len(held) == 1:
            only[lot] = held[0]
    lots = {number: _lot(notice, tender, by_result.get(number, set())) for number, tender in tenders.items()}
    settled = {lots[number] for number in named if number in lots}
    named += [number for lot, number in only.items() if lot not in settled and lots.get(number) == lot]
    won = [number for number in dict.fromkeys(named) if number in tenders and lots[number] not in closed]
    counts = Counter(lots[number] for number in won)
    return {
        number: _Won(tenders[number], f"|{lots[number]}" + (f" {number}" if counts[lots[number]] > 1 else ""))
        for number in won
    }


def _lot(notice: _Notice, tender: _Node, by_result: set[str]) -> str:
    """The lot of a tender: as it says itself, else of the only result that names it."""
    found = {notice.said(node) for node in tender.all("TenderLot", "ID")} or by_result
    return next(iter(found)) if len(found) == 1 else ""


def _suppliers(notice: _Notice, tenderers: Sequence[_Node], companies: dict[str, _Node], group: str) -> Iterator[Clue]:
    """Who tendered; of several, one leads the consortium and the others are its members."""
    yield from _named(notice, "supplier", tenderers, companies, group)
    for one in tenderers if len(tenderers) > 1 else ():
        leads = notice.said(*one.all("GroupLeadIndicator")) == "true"
        yield from _named(notice, "leader" if leads else "member", [one], companies, group)


def _contract(notice: _Notice, contract: _Node, won: dict[str, _Won]) -> Iterator[Clue]:
    """Number and days of a contract; of one for several tenders, without a lot."""
    named = [notice.said(node) for node in contract.all("LotTender", "ID")]
    groups = {won[number].group for number in named if number in won}
    if named and not groups:
        return
    group = groups.pop() if len(groups) == 1 else ""
    yield from notice.words("contract_no", contract.all("ContractReference", "ID"), group)
    yield from notice.days("signed", contract.all("IssueDate"), group)
    yield from notice.days("award", contract.all("AwardDate"), group)
