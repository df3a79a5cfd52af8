"""Flags that hold where facts of the case meet: deals, parties and parts with the dated lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from countersight.find.rules import KIND_RUNGS, Joined
from countersight.model import (
    RUNGS,
    Citation,
    DateSpan,
    Deal,
    Digest,
    FileRow,
    Finding,
    Organisation,
    Page,
    Party,
    Status,
    Strength,
    codec,
)
from countersight.model.screening import Asked, Result, Screening
from countersight.report.screened import listed_of, told_of
from countersight.text.dates import dates
from countersight.text.segment import Segments

_EXPORT_LISTS = frozenset({"US-BIS-EL", "US-BIS-MEU", "US-BIS-DPL"})
_HELD = frozenset({Result.LISTED_AT_DATE, Result.LISTED_DURING_PERFORMANCE, Result.OWNERSHIP_COVERED})
_NOTE = "{0.name} is the {0.role} here: what the list restricts is supply to it, not buying from it"
_SOON = timedelta(days=730)
_CITED = 5  # parts of a deal that a finding cites


def flags(
    rules: Iterable[Joined],
    deals: Sequence[Deal],
    organisations: Sequence[Organisation],
    rows: Sequence[Screening],
    files: Iterable[FileRow],
    *,
    page: Callable[[Citation, str], Page],
) -> Iterator[Finding]:
    """What holds of each rule; ``page`` gives the page of a citation in a file of a media type."""
    known = {file.digest: file for file in files if file.digest and file.status is not Status.DUPLICATE}

    def dated(citation: Citation) -> list[DateSpan]:
        at = page(citation, known[citation.digest].media_type or "")
        start, end = Segments(at).sentence(citation.start)
        return [span for _, span in dates(at.text[start:end])]

    for rule in rules:
        if rule.id == "SUP-02":
            yield from supplies(rule, deals, rows, known)
        if rule.id == "OWN-03":
            yield from renames(rule, organisations, rows, known, dated)


def supplies(
    rule: Joined, deals: Iterable[Deal], rows: Sequence[Screening], files: Mapping[Digest, FileRow]
) -> Iterator[Finding]:
    """SUP-02: deals with a party held on an export list on its day.

    A lead where no parts of the makers are named, and where the date is known in part and not all its days are held.
    """
    by_deal: dict[str, list[Screening]] = {}
    open_: set[tuple[Asked, str, str]] = set()
    for row in rows:
        if row.asked.deal and row.regime in _EXPORT_LISTS and row.asked.role != "document":
            if row.result in _HELD:
                by_deal.setdefault(row.asked.deal, []).append(row)
            elif row.result is not Result.NAME_SIMILAR_NOT_LISTED:
                open_.add((row.asked, row.regime, row.party.name))
    for deal in deals:
        parts = [part for part in deal.components if part.maker in rule.makers]
        for party in deal.parties:
            held = [row for row in by_deal.get(deal.id, ()) if _is(row, party)]
            if held:
                told = map(told_of, held)
                whole = any((row.asked, row.regime, row.party.name) not in open_ for row in held)
                named = [", ".join(sorted({f"{part.maker} {part.name}" for part in parts}))] if parts else []
                why = "; ".join(dict.fromkeys((*told, *(f"parts named: {name}" for name in named))))
                cited = (party.citation, *dict.fromkeys(part.citation for part in parts[:_CITED]))
                yield _finding(rule, files[deal.digest], cited, why, (_NOTE.format(party),), sure=whole and bool(parts))


def _is(row: Screening, party: Party) -> bool:
    return row.party.name == party.name or (row.party.id is not None and row.party.id == party.organisation)


def renames(
    rule: Joined,
    organisations: Iterable[Organisation],
    rows: Sequence[Screening],
    files: Mapping[Digest, FileRow],
    dated: Callable[[Citation], list[DateSpan]],
) -> Iterator[Finding]:
    """OWN-03: records that give a former name of a listed body within 24 months after its listing.

    ``dated`` gives the dates of the sentence a citation stands in; without one the record's own counts, for a lead.
    """
    listed: dict[str, list[Screening]] = {}
    for row in rows:
        own = row.result is not Result.NAME_SIMILAR_NOT_LISTED and not row.path
        if own and row.party.id and row.listing and row.listing.effective:
            listed.setdefault(row.party.id, []).append(row)
    for body in organisations:
        for one in body.sightings:
            former = [name for how, name in one.ties if how == "former"]
            file = files.get(one.citation.digest)
            if not former or file is None or body.id not in listed:
                continue
            said = dated(one.citation)
            when = said or ([file.dated] if file.dated else [])
            soon = [row for row in listed[body.id] if any(_soon(row, day) for day in when)]
            if soon:
                why = f"{one.name} and {former[0]} are names of one body; {listed_of(soon[0])}"
                yield _finding(rule, file, (one.citation,), why, (), sure=bool(said))


def _soon(row: Screening, day: DateSpan) -> bool:
    """Whether a day lies within 24 months after the listing took effect."""
    since = row.listing.effective if row.listing else None
    return since is not None and since.to < day.from_ <= since.to + _SOON


def _finding(
    rule: Joined, file: FileRow, citations: tuple[Citation, ...], why: str, notes: tuple[str, ...], *, sure: bool
) -> Finding:
    rung = KIND_RUNGS.get(file.kind or "", "E0")
    enough = RUNGS.index(rung) >= RUNGS.index(rule.min_rung)
    places = [(one.digest, one.page, one.start, one.end) for one in citations]
    return Finding(
        id=f"{rule.id}-{Digest.of(codec.encode([rule.id, places, why]))[:12]}",
        rule=rule.id,
        family=rule.family,
        title=rule.title,
        rung=rung,
        strength=Strength.FINDING if sure and enough else Strength.LEAD,
        severity=rule.severity,
        citations=citations,
        explanation=why,
        shows=rule.shows,
        does_not_show=rule.does_not_show,
        norms=rule.norms,
        alternatives=rule.alternatives,
        kind=file.kind,
        notes=notes,
    )
