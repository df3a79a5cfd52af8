"""What all words around a value say of it, where labels, forms of words and cues do not tell, or hardly do.

Each body, amount, day and number of a short record is weighed as a logistic model does: what stands around its places,
and what labels and cues say of it, has a weight for each field, learned from marked records (``bench/weigh.py``). The
likeliest candidate for a field that nothing tells is told, where it is likely enough; what a mere cue tells is set
aside, where it is unlikely enough. The words that weighed most are the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from countersight.facts.kinds import TENDERS
from countersight.facts.names import name
from countersight.facts.titled import shortened
from countersight.facts.values import key_of
from countersight.facts.weighed import titling
from countersight.facts.weighed.candidates import CLASSES, SIDES, Candidate, candidates, key
from countersight.facts.weighed.weights import weights
from countersight.model import Clue, Deal, Page
from countersight.model.facts import WEIGHED
from countersight.text import money

LEAST = {"buyer": 0.8, "supplier": 0.8}
"""Probability from which a candidate is told, by cross-validation on the records that weights are learned from."""

_LEAST = 0.7  # of all other fields

DOUBTFUL = {"buyer": 0.02, "agent": 0.02, "value": 0.1, "closing": 0.1, "award": 0.1, "tender": 0.1}
"""Probability below which what no plain label tells is set aside, by cross-validation on records unseen by readers."""

_DOUBTFUL = 0.05  # of all other fields

_REASONS = 3  # words told as a reason
_PLAIN = frozenset({"label", "cell", "feed"})  # grades of clues that, of the first level, are never set aside


class Weighing:
    """The candidates of a record with their probabilities; of no record that is not short."""

    def __init__(self, pages: Iterable[Page], told: Sequence[Clue], kind: str | None) -> None:
        held, self._kind = list(pages), kind
        self._texts = {page.number: page.text for page in held}
        self._found = {
            group: [(weights(group).chances(one.features), one) for one in every]
            for group, every in candidates(held, told, kind)
        }

    def lacking(self, deal: Deal | None, clues: Iterable[Clue]) -> Iterator[Clue]:
        """A clue for each field that a deal lacks and a candidate is likely enough to be; its label is the reason.

        What ``clues`` of labels and cells tell of a field was left open for a reason.
        """
        taken = {key_of(party.name) for party in deal.parties} if deal else set()
        wanted = {role for roles in CLASSES.values() for role in roles if role and not _held(deal, role)}
        wanted -= {SIDES.get(clue.field, clue.field) for clue in clues if clue.grade in _PLAIN}
        wanted -= set() if self._kind in _BEFORE else _DAYS_BEFORE
        for group, every in self._found.items():
            free = [pair for pair in every if pair[1].key not in taken]
            for n, role in enumerate(CLASSES[group]):
                if role in wanted:
                    chances, best = max(free, key=lambda pair: pair[0][n], default=(None, None))
                    if best and chances and chances[n] >= LEAST.get(role, _LEAST):
                        yield _clue(best, group, n, chances[n], self._texts)

    def doubtful(self, deal: Deal, clues: Sequence[Clue]) -> Iterator[tuple[str, float, list[Clue]]]:
        """What a deal tells by no plain label though all around speaks against it: field, probability, clues of it."""
        for group, every in self._found.items():
            for n, role in enumerate(CLASSES[group]):
                held = _held(deal, role)
                chance = max((chances[n] for chances, one in every if one.key in held), default=1.0)
                told = [clue for clue in clues if _may_tell(clue, role) and key(clue, group) in held]
                plain = any(clue.grade in _PLAIN and "#" not in clue.label for clue in told)
                if told and not plain and chance < DOUBTFUL.get(role, _DOUBTFUL):
                    yield role, chance, told
        yield from self._titles(deal, clues)

    def _titles(self, deal: Deal, clues: Sequence[Clue]) -> Iterator[tuple[str, float, list[Clue]]]:
        """The same of its title."""
        held, titles = deal.title and key_of(deal.title), [clue for clue in clues if clue.field == "title"]
        told = [clue for clue in titles if held in {key_of(clue.value), key_of(shortened(clue.value))}]
        known = [clue for clue in told if clue.page in self._texts]
        if known and not any(clue.grade in _PLAIN and "#" not in clue.label for clue in told):
            chance = titling.chance(known, self._texts, self._kind)
            if chance < titling.DOUBTFUL:
                yield "title", chance, told


_BEFORE = TENDERS | {"award"}
_DAYS_BEFORE = {"award", "closing", "tender"}
"""Days that only records of before a contract are weighed for."""
_OTHER_NAMES = {  # fields whose clues may have given what a deal says of another
    "reference": frozenset({"contract_no", "notice_no", "number", "earlier_no"}),
    "signed": frozenset({"document"}),
    "tender": frozenset({"published", "document"}),
}


def _held(deal: Deal | None, role: str) -> set[str]:
    """What a deal says of a field, as the keys of candidates."""
    if deal is None or not role:
        return set()
    if role in CLASSES["body"]:
        return {key_of(party.name) for party in deal.parties if party.role == role}
    if role in CLASSES["day"]:
        span = deal.dates.get(role)
        return {key_of(span.from_.isoformat())} if span and role not in deal.computed else set()
    value = getattr(deal, role)
    if value is None:
        return set()
    return {money.written(value).split(" ")[0]} if role in CLASSES["amount"] else {key_of(value)}


def _may_tell(clue: Clue, role: str) -> bool:
    return SIDES.get(clue.field, clue.field) == role or clue.field in _OTHER_NAMES.get(role, ())


def _clue(one: Candidate, group: str, n: int, chance: float, texts: Mapping[int, str]) -> Clue:
    """The clue of a candidate for the n-th class of its group, at the place that speaks most for it."""
    learned = weights(group)
    place = max(one.places, key=lambda place: learned.sum(one.at(place), n))
    written = texts[place.page][place.start : place.end]
    reason = "; ".join(learned.reasons(one.at(place), n)[:_REASONS])
    value = name(written) if place.field == "body" else place.value
    return Clue(CLASSES[group][n], place.page, place.start, place.end, value, f"{chance:.2f} by {reason}#9", WEIGHED)
