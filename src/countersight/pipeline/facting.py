"""Facts of contracts and the bodies they name: from the clues of each source to deals and organisations of the case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from countersight.facts.deal import deals
from countersight.facts.family import joined_by
from countersight.facts.kinds import CORE
from countersight.facts.names import name
from countersight.find.bodies import BODY, IDENTIFIER
from countersight.find.goods import MARKS
from countersight.model import Citation, Clue, Deal, FileRow, Organisation, Page, Sighting, Stake
from countersight.model.outcome import Outcome
from countersight.ownership import Owned, entities, lei_names, linked, owned
from countersight.pipeline import assemble
from countersight.pipeline.assemble import Pages
from countersight.pipeline.goods import attached, goods
from countersight.pipeline.sighting import sightings
from countersight.resolve import resolve
from countersight.verdict import Verdict

_LINE = re.compile(r"a line of its opening reads “(.*)”")
_SHORTEST = 6  # characters of a title that says more than what kind of record it is


@dataclass(frozen=True, slots=True)
class Told:
    """What one source tells: the deals it is a record of (several in a feed), and the bodies it names."""

    deals: tuple[Deal, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    owned: Owned = field(default_factory=Owned)


def told(file: FileRow, outcomes: Sequence[Outcome], page: Pages) -> Told:
    """The facts of one source, from the clues of its pages; ``page`` gives its pages as they stand."""
    digest, media = file.digest, file.media_type or ""
    clues = [clue for outcome in outcomes for clue in outcome.clues]
    if digest is None or not clues:
        return Told()

    @lru_cache(maxsize=8)
    def at(number: int) -> Page:
        return page(digest, media, number)

    def cite(clue: Clue) -> Citation:
        return assemble.cite(file, at(clue.page), clue.start, clue.end)

    said = [clue for clue in clues if clue.field not in MARKS]
    found = tuple(deals(file, [*said, *_heading(file, at)], cite))
    stated = file.dated.to if file.dated and file.dated.from_ == file.dated.to else None
    bodies = tuple(sightings([*said, *_registered(said)], cite))
    return Told(attached(found, file, goods(file, clues, at)), bodies, owned(said, cite, stated))


def _heading(file: FileRow, page: Callable[[int], Page]) -> Iterator[Clue]:
    """The line of the first page that told what kind of document it is: its title, where it gives no other."""
    said = _LINE.fullmatch(file.kind_reason or "")
    if said and file.kind in CORE and len(said[1]) > _SHORTEST:
        text = page(1).text
        if found := re.search(r"\s+".join(map(re.escape, said[1].split())), text):
            yield Clue("title", 1, *found.span(), name(found[0]), "title line#5")


def _registered(clues: Sequence[Clue]) -> Iterator[Clue]:
    """The entities of LEI records and ownership data as bodies, with their identifiers."""
    known = {(clue.page, clue.start) for clue in clues if clue.field == BODY}
    for entity, number in (*lei_names(clues), *entities(clues)):
        if (entity.page, entity.start) not in known:
            known.add((entity.page, entity.start))
            yield replace(entity, field=BODY, label="table", group="")
        if number:
            yield replace(entity, field=IDENTIFIER, value=number, group=entity.value)


def noted(file: FileRow, told: Told) -> FileRow:
    """The file with a note of the owners that were left out of ownership, being no bodies."""
    if not told.owned.dropped:
        return file
    return replace(file, notes=(*file.notes, f"{told.owned.dropped} owners that are no bodies are not in ownership"))


def joined(
    facts: Sequence[Told], verdicts: Iterable[Verdict] = ()
) -> tuple[tuple[Deal, ...], tuple[Organisation, ...], tuple[Stake, ...]]:
    """The deals, the organisations and the stakes of a case, by id; ``verdicts`` are what reviewers say of bodies."""
    bodies = resolve([one for told in facts for one in told.sightings], verdicts)
    found = {deal.id: deal for one in facts for deal in one.deals}
    called = _called(bodies)
    joint = joined_by(_linked(found[id_], called) for id_ in sorted(found))
    return joint, bodies, linked((stake for told in facts for stake in told.owned.stakes), bodies)


def _called(bodies: Iterable[Organisation]) -> dict[str, str]:
    """By name the id of the one body that bears it."""
    borne: dict[str, set[str]] = {}
    for body in bodies:
        for called, _, _ in body.names:
            borne.setdefault(called, set()).add(body.id)
    return {called: ids.pop() for called, ids in borne.items() if len(ids) == 1}


def _linked(deal: Deal, called: Mapping[str, str]) -> Deal:
    parties = tuple(replace(party, organisation=called.get(party.name)) for party in deal.parties)
    return replace(deal, parties=parties)
