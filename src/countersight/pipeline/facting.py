"""Facts of contracts and the bodies they name: from the clues of each source to deals and organisations of the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from countersight.find.bodies import BODY, IDENTIFIER
from countersight.model import Citation, Clue, Deal, FileRow, Organisation, Page, Sighting, Stake
from countersight.model.outcome import Outcome
from countersight.ownership import Owned, entities, lei_names, linked, owned
from countersight.pipeline import assemble
from countersight.pipeline.assemble import Pages
from countersight.pipeline.sighting import sightings
from countersight.resolve import resolve
from countersight.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Told:
    """What one source tells: the deal it is a record of, if any, and the bodies it names."""

    deal: Deal | None = None
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

    stated = file.dated.to if file.dated and file.dated.from_ == file.dated.to else None
    return Told(None, tuple(sightings([*clues, *_registered(clues)], cite)), owned(clues, cite, stated))


def _registered(clues: Sequence[Clue]) -> Iterator[Clue]:
    """The entities of LEI records and ownership data as bodies, with their identifiers."""
    known = {(clue.page, clue.start) for clue in clues if clue.field == BODY}
    for name, number in (*lei_names(clues), *entities(clues)):
        if (name.page, name.start) not in known:
            known.add((name.page, name.start))
            yield replace(name, field=BODY, label="table", group="")
        if number:
            yield replace(name, field=IDENTIFIER, value=number, group=name.value)


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
    return tuple(one.deal for one in facts if one.deal), bodies, linked((stake for told in facts for stake in told.owned.stakes), bodies)
