"""Facts of contracts and the bodies they name: from the clues of each source to deals and organisations of the case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from countersight.facts.deal import deals
from countersight.facts.family import joined_by
from countersight.facts.kinds import CORE
from countersight.facts.names import name
from countersight.find.goods import MARKS
from countersight.model import Citation, Clue, Deal, FileRow, Organisation, Page, Sighting
from countersight.model.outcome import Outcome
from countersight.pipeline import assemble
from countersight.pipeline.assemble import Pages
from countersight.pipeline.goods import attached, goods

_LINE = re.compile(r"a line of its opening reads “(.*)”")
_SHORTEST = 6  # characters of a title that says more than what kind of record it is


@dataclass(frozen=True, slots=True)
class Told:
    """What one source tells: the deals it is a record of (several in a feed), and the bodies it names."""

    deals: tuple[Deal, ...] = ()
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

    said = [clue for clue in clues if clue.field not in MARKS]
    found = tuple(deals(file, [*said, *_heading(file, at)], cite))
    return Told(attached(found, file, goods(file, clues, at)))


def _heading(file: FileRow, page: Callable[[int], Page]) -> Iterator[Clue]:
    """The line of the first page that told what kind of document it is: its title, where it gives no other."""
    said = _LINE.fullmatch(file.kind_reason or "")
    if said and file.kind in CORE and len(said[1]) > _SHORTEST:
        text = page(1).text
        if found := re.search(r"\s+".join(map(re.escape, said[1].split())), text):
            yield Clue("title", 1, *found.span(), name(found[0]), "title line#5")


def joined(facts: Sequence[Told]) -> tuple[tuple[Deal, ...], tuple[Organisation, ...]]:
    """The deals and the organisations of a case, by id."""
    found = {deal.id: deal for one in facts for deal in one.deals}
    return joined_by(found[name] for name in sorted(found)), ()
