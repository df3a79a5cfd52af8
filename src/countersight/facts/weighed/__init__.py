"""What neither labels, forms of words nor cues tell: the candidate for a field that all words around it speak for most.

Each body, amount, day and number of a short record is weighed as a logistic model does: what stands around its places
has a weight for each field, learned from marked records (``bench/weigh.py``). The
candidate with the greatest probability is told, where that is great enough; the words that weighed most are its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from countersight.facts.kinds import TENDERS
from countersight.facts.names import name
from countersight.facts.values import key_of
from countersight.facts.weighed.candidates import CLASSES, Candidate, candidates
from countersight.facts.weighed.weights import weights
from countersight.model import Clue, Deal, Page
from countersight.model.facts import WEIGHED

LEAST = {"buyer": 0.8, "supplier": 0.8, "award": 0.85}
"""Probability from which a candidate is told, by cross-validation on the records that weights are learned from."""

_LEAST = 0.7  # of all other fields

_REASONS = 3  # words told as a reason


def weighed(pages: Iterable[Page], told: Sequence[Clue], kind: str | None, deal: Deal | None) -> Iterator[Clue]:
    """A clue for each field that a deal lacks and a candidate is likely enough to be; its label is the reason."""
    pages = list(pages)
    texts = {page.number: page.text for page in pages}
    taken = {key_of(party.name) for party in deal.parties} if deal else set()
    wanted = {role for roles in CLASSES.values() for role in roles if role and _lacks(deal, role)}
    wanted -= set() if kind in _BEFORE else _DAYS_BEFORE
    groups = [group for group, roles in CLASSES.items() if wanted & {*roles}]
    for group, every in candidates(pages, told, kind, groups):
        learned = weights(group)
        free = [(learned.chances(one.features), one) for one in every if one.key not in taken]
        for n, role in enumerate(CLASSES[group]):
            if role in wanted:
                chances, best = max(free, key=lambda pair: pair[0][n], default=(None, None))
                if best and chances and chances[n] >= LEAST.get(role, _LEAST):
                    yield _clue(best, group, n, chances[n], texts)


_BEFORE = TENDERS | {"award"}
_DAYS_BEFORE = {"award", "closing", "tender"}
"""Days that only records of before a contract are weighed for."""


def _lacks(deal: Deal | None, role: str) -> bool:
    if deal is None or role in CLASSES["body"]:
        return deal is None or deal.party(role) is None
    return role not in deal.dates if role in CLASSES["day"] else getattr(deal, role) is None


def _clue(one: Candidate, group: str, n: int, chance: float, texts: Mapping[int, str]) -> Clue:
    """The clue of a candidate for the n-th class of its group, at the place that speaks most for it."""
    learned = weights(group)
    place = max(one.places, key=lambda place: learned.sum(one.at(place), n))
    written = texts[place.page][place.start : place.end]
    reason = "; ".join(learned.reasons(one.at(place), n)[:_REASONS])
    value = name(written) if place.field == "body" else place.value
    return Clue(CLASSES[group][n], place.page, place.start, place.end, value, f"{chance:.2f} by {reason}#9", WEIGHED)
