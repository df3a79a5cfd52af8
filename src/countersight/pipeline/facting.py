"""Facts of contracts and the bodies they name: from the clues of each source to deals and organisations of the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from countersight.model import Deal, FileRow, Organisation, Sighting
from countersight.model.outcome import Outcome
from countersight.pipeline.assemble import Pages
from countersight.pipeline.goods import attached, goods


@dataclass(frozen=True, slots=True)
class Told:
    """What one source tells: the deal it is a record of, if any, and the bodies it names."""

    deal: Deal | None = None
    sightings: tuple[Sighting, ...] = ()


def told(file: FileRow, outcomes: Sequence[Outcome], page: Pages) -> Told:
    """The facts of one source, from the clues of its pages; ``page`` gives its pages as they stand."""
    clues = [clue for outcome in outcomes for clue in outcome.clues]
    if file.digest is None or not clues:
        return Told()
    digest, media = file.digest, file.media_type or ""
    found = goods(file, clues, lambda number: page(digest, media, number))
    return Told(next(iter(attached((), file, found)), None))


def joined(facts: Sequence[Told]) -> tuple[tuple[Deal, ...], tuple[Organisation, ...]]:
    """The deals and the organisations of a case, by id."""
    return tuple(one.deal for one in facts if one.deal), ()
