"""The tables of a case as they are exported, and where those of two databases differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from countersight.facts.family import families
from countersight.facts.kinds import has_sheet
from countersight.model import Digest, Status, codec
from countersight.pattern import patterns
from countersight.report import dealtables, ftm, tables
from countersight.report.chronology import event_record, events
from countersight.report.parts import component_records, item_records
from countersight.report.related import repeats
from countersight.report.screened import screening_record
from countersight.store.db import Database
from countersight.translation import Translation

Tables = dict[str, Iterable[tables.Record]]


def exported(db: Database, translated: Mapping[str, Translation], *, pages: bool) -> Tables:
    """The rows of each table, by its name; of corrections and of what later lists changed only where there are any."""
    findings = sorted(db.findings(), key=lambda finding: finding.id)
    related = list(db.relations())
    also = {at: [each.finding for each in found] for at, found in repeats(findings, related).items()}
    made: Tables = {
        "files": map(tables.file_record, db.files()),
        "findings": (tables.finding_record(one, also.get(one.id, ()), translated) for one in findings),
        "patterns": map(tables.pattern_record, sorted(patterns(findings), key=lambda pattern: pattern.id)),
        "relations": map(tables.relation_record, related),
    }
    made |= _facts(db)
    made["organisations"] = map(tables.organisation_record, db.organisations())
    made["ownership"] = map(tables.ownership_record, db.stakes())
    made["screenings"] = map(screening_record, db.screenings())
    made["events"] = map(event_record, events(db.deals(), db.screenings()))
    if changed := list(db.list_changes()):
        made["list_changes"] = map(codec.plain, changed)
    if corrections := db.corrections():
        made["corrections"] = map(tables.correction_record, corrections)
    if pages:
        made["pages"] = _pages(db)
    return made


def entities(db: Database) -> Tables:
    """The one file of FollowTheMoney entities."""
    made = ftm.entities(list(db.organisations()), list(db.stakes()), list(db.deals()), db.files())
    return {"entities.ftm.json": made}


def _facts(db: Database) -> Tables:
    """Deals, families, goods and parts; what only belongs beside a deal and lists no goods is in its family alone."""
    deals = list(db.deals())
    places = {file.digest: (file.name, str(file.locator)) for file in db.files() if file.status is not Status.DUPLICATE}
    told = [dealtables.deal_record(deal, places[deal.digest]) for deal in deals if has_sheet(deal)]
    goods = {"items": item_records(deals), "components": component_records(deals)}
    known = {deal.id: deal for deal in deals}
    kin = (dealtables.family_record(family, known) for family in families(deals))
    return {"deals": told, "families": kin} | goods


def _pages(db: Database) -> Iterator[tables.Record]:
    corrected = {(one.digest, one.page or 1): one for one in db.corrections()}
    for file in db.files():
        if file.digest and file.status is not Status.DUPLICATE:
            for page in db.pages(file):
                one = corrected.get((file.digest, page.number))
                original = db.original(file.digest, file.media_type or "", page.number) if one else None
                yield tables.page_record(file, page, one, original)


def differences(ours: Database, theirs: Database) -> Iterator[str]:
    """What to say of each table that is not the same in both."""
    a, b = exported(ours, {}, pages=True), exported(theirs, {}, pages=True)
    for name in dict.fromkeys((*a, *b)):
        if _digest(a.get(name, ())) != _digest(b.get(name, ())):
            yield f"derived/case.db: its {name} come out different when made again from the evidence"


def _digest(rows: Iterable[tables.Record]) -> Digest:
    """The digest of a table without what differs between machines: how they could confine the reading."""
    return Digest.of_chunks(codec.encode({**row, "sandbox": None}) for row in rows)
