"""Facts of contracts and the bodies they name: from the clues of each source to deals and organisations of the case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from countersight.facts.cues import cued, of_short
from countersight.facts.deal import deals
from countersight.facts.family import joined_by
from countersight.facts.kinds import CORE, STYLED, headed, kind_of
from countersight.facts.names import chinese, name
from countersight.facts.styled import KIND, kinds
from countersight.facts.taxes import taxed
from countersight.facts.weighed import Weighing
from countersight.facts.weighed.opening import weighed_kind
from countersight.find.bodies import BODY, DOUBTFUL, IDENTIFIER
from countersight.find.goods import MARKS
from countersight.model import Citation, Clue, Deal, FileRow, Organisation, Page, Question, Sighting, Stake
from countersight.model.outcome import Outcome
from countersight.ownership import Owned, entities, lei_names, linked, owned
from countersight.pipeline import assemble
from countersight.pipeline.assemble import Pages
from countersight.pipeline.goods import attached, goods
from countersight.pipeline.sighting import sightings, with_parties
from countersight.resolve import Known, resolve
from countersight.text.identifiers import holds
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

    said = said_of(file, clues, at)
    made = _made(file, [*said, *inferred(file, said, at)], at, cite)
    stated = file.dated.to if file.dated and file.dated.from_ == file.dated.to else None
    seen = with_parties(sightings([*said, *_registered(said)], cite), made)
    return Told(attached(made, file, goods(file, clues, at)), seen, owned(said, cite, stated))


def said_of(file: FileRow, clues: Sequence[Clue], at: Callable[[int], Page]) -> list[Clue]:
    """The clues of a source's pages that are not of goods, with those of what kind of record it is."""
    said = [*(clue for clue in clues if clue.field not in MARKS), *styled(file, clues, at)]
    return [*said, *_of_kind(file, said, at)]


def inferred(file: FileRow, said: Sequence[Clue], at: Callable[[int], Page]) -> Iterator[Clue]:
    """What the heading and the nearest cues tell beside what labels and phrases ``said``."""
    yield from _heading(file, at)
    yield from _cued(file, said, at)


def _heading(file: FileRow, page: Callable[[int], Page]) -> Iterator[Clue]:
    """The line of the first page that told what kind of document it is: its title, where it gives no other."""
    said = _LINE.fullmatch(file.kind_reason or "")
    if said and file.kind in CORE and len(said[1]) > _SHORTEST:
        text = page(1).text
        found = re.search(r"\s+".join(map(re.escape, said[1].split())), text)
        if found and (title := headed(found[0])) and chinese(title, 0, len(title)) != (0, len(title)):
            start = found.start() + found[0].index(title)
            yield Clue("title", 1, start, start + len(title), name(title), "title line#5")


def styled(file: FileRow, clues: Sequence[Clue], at: Callable[[int], Page]) -> Iterator[Clue]:
    """What kind of record the first page of a file that may be of a deal calls itself."""
    if file.kind in STYLED and not any(clue.grade == "feed" for clue in clues):
        yield from kinds(at(1))


def _of_kind(file: FileRow, clues: Sequence[Clue], at: Callable[[int], Page]) -> Iterator[Clue]:
    """What kind of deal record all words of a short one speak for whose head does not say it, and whether of any."""
    kind = kind_of(file, clues)
    titled = any(clue.field == KIND and clue.grade == "label" for clue in clues)
    if titled or file.kind not in STYLED or any(clue.grade == "feed" for clue in clues):
        return
    if pages := of_short(sorted({clue.page for clue in clues}), at):
        yield from weighed_kind(pages, clues, kind)


def _cued(file: FileRow, clues: Sequence[Clue], at: Callable[[int], Page]) -> Iterator[Clue]:
    """What nothing but the nearest cue tells, of records of deals that are no feeds."""
    if kind_of(file, clues) and not any(clue.grade == "feed" for clue in clues):
        yield from (taxed(clue, at(clue.page).text) for clue in cued({clue.page for clue in clues}, at, clues))


def _made(
    file: FileRow, clues: Sequence[Clue], at: Callable[[int], Page], cite: Callable[[Clue], Citation]
) -> tuple[Deal, ...]:
    """The deals that clues tell; in a short record without what all words around speak against, and with what it lacks.

    What is set aside is asked about.
    """
    made, kind = tuple(deals(file, clues, cite)), kind_of(file, clues)
    if kind not in CORE or any(clue.grade == "feed" for clue in clues):
        return made
    weighing = Weighing(of_short(sorted({clue.page for clue in clues}), at), clues, kind)
    kept, asked = list(clues), list[Question]()
    while aside := list(weighing.doubtful(made[0], kept)) if made else []:
        fewer = [clue for clue in kept if not any(clue in doubted for _, _, doubted in aside)]
        if not (again := tuple(deals(file, fewer, cite))):
            break  # all that the record tells is in doubt
        for role, chance, doubted in aside:
            cited = cite(doubted[0])
            said = f"{role}: “{cited.quote}” is left out; the words around speak against it ({chance:.2f})."
            asked.append(Question(said, (cited,)))
        made, kept = again, fewer
    if lacking := [taxed(clue, at(clue.page).text) for clue in weighing.lacking(made[0] if made else None, kept)]:
        made = tuple(deals(file, [*kept, *lacking], cite))
    return (*(replace(deal, questions=(*deal.questions, *asked)) for deal in made[:1]), *made[1:])


def _registered(clues: Sequence[Clue]) -> Iterator[Clue]:
    """The entities of LEI records and ownership data as bodies, with their identifiers."""
    known = {(clue.page, clue.start) for clue in clues if clue.field == BODY}
    for named, number in (*lei_names(clues), *entities(clues)):
        if (named.page, named.start) not in known:
            known.add((named.page, named.start))
            yield replace(named, field=BODY, label="table", group="")
        if number:
            scheme, _, code = number.rpartition(" ")
            told = IDENTIFIER if holds(scheme, code.upper()) else DOUBTFUL
            yield replace(named, field=told, value=number, group=named.value)


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
    known = Known(bodies)
    found = {deal.id: _linked(deal, known) for one in facts for deal in one.deals}
    stakes = linked((stake for told in facts for stake in told.owned.stakes), known)
    return joined_by(found[name] for name in sorted(found)), bodies, stakes


def _linked(deal: Deal, known: Known) -> Deal:
    """The deal with the bodies that its parties' names resolve to."""
    parties = (replace(party, organisation=known.id(deal.digest, party.name)) for party in deal.parties)
    return replace(deal, parties=tuple(parties))
