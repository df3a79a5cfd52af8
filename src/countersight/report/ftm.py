"""A case as FollowTheMoney entities: bodies, stakes, contracts with their awards, and the documents that say so.

Schemata and properties are those of FollowTheMoney 4 (Company, PublicBody, Organization, Ownership, Contract,
ContractAward, Document). What is owned must be an asset there, so it is a Company whatever its kind. Nothing is said
that the tables of the export do not say; what reviewers have not confirmed is a candidate here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from countersight.model import Citation, Deal, FileRow, Organisation, Stake

Entity = dict[str, Any]
_SCHEMATA = {"company": "Company", "authority": "PublicBody"}
_NUMBERS = {"USCC": "uscCode", "LEI": "leiCode", "ISIN": "isinCode"}
_ONLY_COMPANIES = ("isinCode",)
_SHARES = ("shareholding", "votingRights", "controlling", "direct_consolidation", "ultimate_consolidation")
_SUPPLYING = ("supplier", "member")


def entities(
    bodies: Sequence[Organisation], stakes: Sequence[Stake], deals: Sequence[Deal], files: Iterable[FileRow]
) -> Iterator[Entity]:
    """All entities of a case, by id."""
    cited = {one.citation.digest for body in bodies for one in body.sightings}
    cited |= {stake.citation.digest for stake in stakes} | {deal.digest for deal in deals}
    assets = {stake.owned_id for stake in stakes}
    known = {body.id for body in bodies}
    made: dict[str, Entity] = {}
    for entity in (
        *(_body(body, owned=body.id in assets) for body in bodies),
        *(_stake(stake) for stake in stakes if {stake.owner_id, stake.owned_id} <= known and stake.kind in _SHARES),
        *(entity for deal in deals for entity in _deal(deal)),
        *(_document(file) for file in files if file.digest in cited),
    ):
        made.setdefault(entity["id"], entity)
    yield from (made[name] for name in sorted(made))


def _entity(entity: str, schema: str, /, **properties: object) -> Entity:
    """An entity; a property without value is left out, each has a list of strings."""
    said = {key: value if isinstance(value, list) else [value] for key, value in properties.items() if value}
    return {
        "id": entity,
        "schema": schema,
        "properties": {key: [str(one) for one in said[key]] for key in sorted(said)},
    }


def _proof(citation: Citation) -> str:
    return f"doc-{citation.digest[:40]}"


def _body(body: Organisation, *, owned: bool) -> Entity:
    schema = "Company" if owned else _SCHEMATA.get(body.kind, "Organization")
    names = [name for name, _, _ in body.names]
    numbers: dict[str, list[str]] = {}
    for scheme, value in body.identifiers:
        label = _NUMBERS.get(scheme, "registrationNumber")
        if schema == "Company" or label not in _ONLY_COMPANIES:
            numbers.setdefault(label, []).append(value)
    proof = sorted({_proof(one.citation) for one in body.sightings})
    return _entity(body.id, schema, name=names[:1], alias=names[1:], notes=list(body.reasons), proof=proof, **numbers)


def _stake(stake: Stake) -> Entity:
    low, high = stake.low, stake.high
    percent = None if low is None or high is None else f"{low:f}" if low == high else f"{low:f}-{high:f}"
    return _entity(
        stake.id,
        "Ownership",
        owner=stake.owner_id,
        asset=stake.owned_id,
        percentage=percent,
        ownershipType=stake.kind,
        startDate=stake.since,
        endDate=stake.until,
        date=stake.stated,
        proof=_proof(stake.citation),
    )


def _deal(deal: Deal) -> Iterator[Entity]:
    """A contract, and an award to each supplier that resolves to a body."""
    buyer = deal.party("buyer")
    proof = f"doc-{deal.digest[:40]}"
    signed = deal.dates.get("signed") or deal.dates.get("award")
    day = signed.from_ if signed and signed.from_ == signed.to else None
    amount = f"{deal.value.amount:f}" if deal.value else None
    currency = deal.value.currency if deal.value else None
    yield _entity(
        deal.id,
        "Contract",
        name=deal.title or deal.reference,
        title=deal.title,
        procedureNumber=deal.reference,
        method=deal.method,
        type=deal.kind,
        authority=buyer.organisation if buyer else None,
        amount=amount,
        currency=currency,
        contractDate=day,
        proof=proof,
    )
    for party in deal.parties:
        if party.role in _SUPPLYING and party.organisation:
            yield _entity(
                f"{deal.id}-{party.organisation}",
                "ContractAward",
                supplier=party.organisation,
                contract=deal.id,
                amount=amount if party.role == "supplier" else None,
                currency=currency if party.role == "supplier" else None,
                date=day,
                role=party.role,
                proof=_proof(party.citation),
            )


def _document(file: FileRow) -> Entity:
    digest = file.digest or ""
    day = file.dated.from_ if file.dated and file.dated.from_ == file.dated.to else None
    return _entity(
        f"doc-{digest[:40]}",
        "Document",
        fileName=file.name,
        title=file.title,
        mimeType=file.media_type,
        date=day,
        language={"zh": "zho", "en": "eng"}.get(file.language or ""),
        notes=f"SHA-256 {digest}",
    )
