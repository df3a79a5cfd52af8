"""The organisations of a case held against the lists, on the dates of their deals and of the records that name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from countersight.lists import builtin
from countersight.model import DateSpan, Deal, Digest, FileRow, ListEvent, Organisation, Stake
from countersight.model.screening import UNDATED, Asked, Body, Edge, Screening
from countersight.screening import Knowledge, Screen

_SHARES = "shareholding"
_ROLES = ("tender", "award", "signed", "document")


def screen_with(
    events: Iterable[ListEvent], stakes: Sequence[Stake] = (), organisations: Iterable[Organisation] = ()
) -> Screen:
    """Screening by these events and stakes, with the regimes and ownership rules that are built in.

    ``organisations`` are those of the case: owners among them are known by all their names and numbers.
    """
    bodies = {one.id: body(one) for one in organisations}
    owners = {each.owner: bodies[each.owner_id] for each in stakes if each.owner_id in bodies}
    return Screen(Knowledge(tuple(events), builtin.regimes(), builtin.ownership(), tuple(map(edge, stakes)), owners))


def edge(stake: Stake) -> Edge:
    """A stake as ownership rules take it, with the page that tells of it."""
    cited = stake.citation
    page = f", page {cited.page}" if cited.page else ""
    since, until, stated = (DateSpan(day, day) if day else None for day in (stake.since, stake.until, stake.stated))
    kind = "" if stake.kind == _SHARES else f"{stake.kind.replace('_', ' ')}: "
    return Edge(stake.owner, stake.owned, stake.low, stake.high, since, until, f"{kind}{cited.locator}{page}", stated)


def screened(
    screen: Screen, deals: Sequence[Deal], organisations: Sequence[Organisation], files: Iterable[FileRow]
) -> tuple[Screening, ...]:
    """All there is to say of parties on the dates of their deals, of other bodies on those of the records; by id."""
    known = {one.id: body(one) for one in organisations}
    rows = [row for party, asked in _parties(deals, known) for row in screen.screen(party, asked)]
    dated = {file.digest: file.dated for file in files if file.digest and file.dated}
    in_deals = {party.organisation for deal in deals for party in deal.parties}
    for one in organisations:
        if one.id not in in_deals:
            rows += screen.screen(known[one.id], _named_on(one, dated))
    return tuple(sorted({row.id: row for row in rows}.values(), key=lambda row: row.id))


def body(organisation: Organisation) -> Body:
    """An organisation as screening asks for it: its commonest name, the others, its numbers."""
    ranked = sorted(organisation.names, key=lambda name: (-name[2], name[0]))
    names = [name for name, _, _ in ranked]
    return Body(names[0], tuple(names[1:]), organisation.identifiers, id=organisation.id)


def _parties(deals: Iterable[Deal], known: Mapping[str, Body]) -> Iterator[tuple[Body, list[Asked]]]:
    """Each body in a deal once, with the deal's dates."""
    for deal in deals:
        asked = list(asked_of(deal))
        bodies = [known.get(one.organisation or "") or Body(one.name, (), one.identifiers) for one in deal.parties]
        yield from ((one, asked) for one in dict.fromkeys(bodies))


def asked_of(deal: Deal) -> Iterator[Asked]:
    """The days of a deal that matter: of its notice, award and signature, its performance, and the record's own.

    A deal without any of them is asked for on any day, so that no party goes unasked.
    """
    for role in _ROLES:
        if when := deal.dates.get(role):
            yield Asked(role, when, deal=deal.id)
    start, end = deal.dates.get("start") or deal.dates.get("signed"), deal.dates.get("end")
    if start and end and start.from_ <= end.to:
        yield Asked("performance", start, end, deal=deal.id)
    if not any(map(deal.dates.get, _ROLES)):
        yield Asked("document", UNDATED, deal=deal.id)


def _named_on(organisation: Organisation, dated: Mapping[Digest, DateSpan]) -> list[Asked]:
    """The dates of the records that name a body, each once; any day where none has one."""
    days = {dated[one.citation.digest] for one in organisation.sightings if one.citation.digest in dated}
    return [Asked("document", when) for when in sorted(days) or [UNDATED]]
