"""Facts of contracts and the bodies they name: from the clues of each source to deals and organisations of the case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from countersight.model import Citation, Clue, Deal, FileRow, Organisation, Page, Sighting
from countersight.model.outcome import Outcome
from countersight.pipeline import assemble
from countersight.pipeline.assemble import Pages
from countersight.pipeline.goods import attached, goods
from countersight.pipeline.sighting import sightings
from countersight.resolve import resolve
from countersight.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Told:
    """What one source tells: the deal it is a record of, if any, and the bodies it names."""

    deal: Deal | None = None
    sightings: tuple[Sighting, ...] = ()


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

    found = goods(file, clues, at)
    return Told(next(iter(attached((), file, found)), None), tuple(sightings(clues, cite)))


def joined(
    facts: Sequence[Told], verdicts: Iterable[Verdict] = ()
) -> tuple[tuple[Deal, ...], tuple[Organisation, ...]]:
    """The deals and the organisations of a case, by id; ``verdicts`` are what reviewers say of bodies."""
    bodies = resolve([one for told in facts for one in told.sightings], verdicts)
    return tuple(one.deal for one in facts if one.deal), bodies
