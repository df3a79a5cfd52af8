"""The elusion test: pages without findings, drawn by lot for a person to read, and what the answers say of the rest.

The lot is a hash of a seed, of the evidence and of the page (no clock, no generator's state): anybody with the case
draws the same pages by the same seed, in the same order, and nobody chose them. Draws and answers are acts in the
ledger, so that a draw whose answers did not please cannot be left out.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from countersight.ledger import Entry
from countersight.model import Digest, codec

PageKey = tuple[Digest, int]
"""A page of a source: its digest and its number, counted from 1."""

_HALVINGS = 60  # of the interval that holds the bound: more than a float can tell apart
_DECIMALS = 1_000_000


class Answer(StrEnum):
    """What a person found on a drawn page."""

    RELEVANT = "relevant"
    NOT_RELEVANT = "not_relevant"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the answers say. ``bound`` is the share of missed pages that, at ``confidence``, is not exceeded.

    ``bound`` rests on the pages that could be read; ``worst`` counts unreadable pages as relevant. Pages without an
    answer count in neither, and while there are any the sample is not finished: a part of the sheet answered from its
    top is still drawn by lot, a choice among its pages is not.
    """

    drawn: int
    relevant: int
    not_relevant: int
    unreadable: int
    confidence: float
    bound: float
    worst: float

    @property
    def unanswered(self) -> int:
        """Pages of the sheet that still wait."""
        return self.drawn - self.relevant - self.not_relevant - self.unreadable


@dataclass(frozen=True, slots=True)
class Draw:
    """Pages drawn, in the order of the lot, from ``population`` pages on which no rule found anything.

    ``n`` and ``at`` are the number and the time of its entry in the ledger. ``root``, ``rules`` and ``code`` are the
    digests of evidence, rules and program at that time, as on the dossier's cover.
    """

    n: int
    at: str
    seed: str
    population: int
    pages: tuple[PageKey, ...]
    root: Digest
    rules: Digest
    code: Digest

    def facts(self) -> dict[str, Any]:
        """What the ledger says of it."""
        digests = {"root": self.root, "rules": self.rules, "code": self.code}
        return {"seed": self.seed, "population": self.population, "pages": list(map(list, self.pages))} | digests


@dataclass(frozen=True, slots=True)
class Sample:
    """A draw with the answers given last, in the order of its pages: None where there is none yet."""

    draw: Draw
    answers: tuple[Answer | None, ...]
    by: str | None = None
    at: str | None = None

    @property
    def estimate(self) -> Estimate:
        """What the answers say."""
        return estimate(self.answers)

    @property
    def missed(self) -> tuple[PageKey, ...]:
        """The pages that a person found relevant."""
        both = zip(self.draw.pages, self.answers, strict=True)
        return tuple(page for page, answer in both if answer is Answer.RELEVANT)


SAMPLED, ANSWERED = "sampled", "answered"
"""The acts of the ledger: pages were drawn; answers were given to a draw."""


def samples(entries: Iterable[Entry]) -> list[Sample]:
    """Every draw of a ledger in order, each with the answers that were given to it last."""
    found: dict[int, Sample] = {}
    for entry in entries:
        facts = entry.facts
        if entry.act == SAMPLED:
            pages = tuple((Digest(digest), number) for digest, number in facts["pages"])
            digests = (Digest(facts[name]) for name in ("root", "rules", "code"))
            drawn = Draw(entry.n, entry.at, facts["seed"], facts["population"], pages, *digests)
            found[entry.n] = Sample(drawn, (None,) * len(pages))
        elif entry.act == ANSWERED:
            answers = tuple(Answer(answer) if answer else None for answer in facts["answers"])
            found[facts["draw"]] = Sample(found[facts["draw"]].draw, answers, facts["by"], entry.at)
    return list(found.values())


def lot(seed: str, root: Digest) -> Digest:
    """What pages are drawn with: a seed that anybody may choose, and the evidence."""
    return Digest.of(codec.encode([seed, root]))


def draw(pages: Iterable[PageKey], n: int, seed: Digest) -> list[PageKey]:
    """At most ``n`` of the pages, by lot: those whose SHA-256 with the seed (see :func:`lot`) is least, in that order.

    The order in which pages come and pages named twice do not matter. The first ``m`` of ``n`` are what ``draw`` of
    ``m`` gives, so that a sheet can be made longer. Raises ValueError for a negative ``n``.
    """
    if n < 0:
        raise ValueError(f"no sample of {n} pages")
    return sorted(set(pages), key=lambda page: (_lot(seed, page), page))[:n]


def _lot(seed: Digest, page: PageKey) -> bytes:
    return hashlib.sha256(f"countersight sample\n{seed}\n{page[0]}\n{page[1]}".encode()).digest()


def upper_bound(n: int, relevant: int, confidence: float = 0.95) -> float:
    """The one-sided upper bound on a share of which ``relevant`` of ``n`` drawn have it (Clopper and Pearson 1934).

    The share at which so few or fewer would be drawn with a chance of ``1 - confidence``; exact for draws from a large
    number of pages, and too high rather than too low for a small one. Rounded up to six decimals. 1 where nothing was
    drawn. With ``relevant`` 0 and 95 %, about ``3 / n``. Raises ValueError for numbers that cannot be.
    """
    if not 0 <= relevant <= n or not 0 < confidence < 1:
        raise ValueError(f"no bound for {relevant} of {n} at a confidence of {confidence}")
    if relevant == n:
        return 1.0
    low, high = relevant / n, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(relevant, n, middle) > 1 - confidence else (low, middle)
    return min(1.0, math.ceil(high * _DECIMALS) / _DECIMALS)


def _at_most(k: int, n: int, share: float) -> float:
    """The chance of at most ``k`` in ``n`` draws, for ``k`` below ``n``: the binomial distribution's sum."""
    if share >= 1:
        return 0.0
    yes, no = math.log(share) if share else -math.inf, math.log1p(-share)
    terms = (
        math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) + (i * yes if i else 0.0) + (n - i) * no
        for i in range(k + 1)
    )
    return math.fsum(map(math.exp, terms))


def estimate(answers: Iterable[Answer | None], confidence: float = 0.95) -> Estimate:
    """What the answers to a sheet, None where there is none yet, say of the pages they were drawn from."""
    given = list(answers)
    counts = {answer: given.count(answer) for answer in Answer}
    relevant, unreadable = counts[Answer.RELEVANT], counts[Answer.UNREADABLE]
    read = relevant + counts[Answer.NOT_RELEVANT]
    return Estimate(
        drawn=len(given),
        relevant=relevant,
        not_relevant=counts[Answer.NOT_RELEVANT],
        unreadable=unreadable,
        confidence=confidence,
        bound=upper_bound(read, relevant, confidence),
        worst=upper_bound(read + unreadable, relevant + unreadable, confidence),
    )
