"""What a rule asks of the whole document a hit stands in: its kind, its date, what else it speaks of."""

# ruff: noqa: D102, ARG002 (Condition says what the two methods of a test give, and not every test needs the hit)

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from countersight.find.region import Region
from countersight.model import DateSpan, Hit


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is known of a document once all its pages are read.

    ``signals`` counts concepts over all pages, ``region`` tells in which part of the document a hit stands,
    ``language`` is the one most of it is written in.
    """

    kind: str | None
    dated: DateSpan | None
    pages: int
    signals: Mapping[str, int]
    hits: tuple[Hit, ...]
    region: Callable[[Hit], Region | None] = lambda _: None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class KindIn:
    """The document is of one of these kinds; one of unknown kind is not."""

    kinds: tuple[str, ...]

    def holds(self, facts: DocumentFacts, hit: Hit) -> bool | None:
        return facts.kind in self.kinds

    def describe(self) -> str:
        return f"the document is a {' or '.join(self.kinds)}"


@dataclass(frozen=True, slots=True)
class KindNotIn:
    """The document is of none of these kinds; one of unknown kind may pass."""

    kinds: tuple[str, ...]

    def holds(self, facts: DocumentFacts, hit: Hit) -> bool | None:
        return facts.kind not in self.kinds

    def describe(self) -> str:
        return f"the document is not a {' or '.join(self.kinds)}"


@dataclass(frozen=True, slots=True)
class RegionNotIn:
    """The hit stands in no part of these kinds; one that nothing names may pass."""

    regions: tuple[str, ...]

    def holds(self, facts: DocumentFacts, hit: Hit) -> bool | None:
        found = facts.region(hit)
        return found is None or found.kind not in self.regions

    def describe(self) -> str:
        return f"the passage does not stand in a part that is {' or '.join(self.regions)}"


@dataclass(frozen=True, slots=True)
class LanguageIn:
    """Most of the document is written in one of these languages."""

    languages: tuple[str, ...]

    def holds(self, facts: DocumentFacts, hit: Hit) -> bool | None:
        return None if facts.language is None else facts.language in self.languages

    def describe(self) -> str:
        return f"the document is in {' or '.join(self.languages)}"


@dataclass(frozen=True, slots=True)
class Dated:
    """The document's whole date lies in the interval.

    Not known (None) without a date, or where the date straddles an end of the interval.
    """

    within: DateSpan

    def holds(self, facts: DocumentFacts, hit: Hit) -> bool | None:
        dated, within = facts.dated, self.within
        if dated is None:
            return None
        if dated.to < within.from_ or within.to < dated.from_:
            return False
        return True if within.from_ <= dated.from_ and dated.to <= within.to else None

    def describe(self) -> str:
        return f"the document is dated {self.within.text}"


@dataclass(frozen=True, slots=True)
class Signal:
    """The concepts together occur ``at_least`` to ``at_most`` times in the document."""

    of: tuple[str, ...]
    at_least: int = 0
    at_most: int | None = None

    def holds(self, facts: DocumentFacts, hit: Hit) -> bool | None:
        number = sum(facts.signals.get(name, 0) for name in self.of)
        return self.at_least <= number and (self.at_most is None or number <= self.at_most)

    def describe(self) -> str:
        most = f" and at most {self.at_most}" if self.at_most is not None else ""
        return f"the document speaks at least {self.at_least} times{most} of {' or '.join(self.of)}"


Test = KindIn | KindNotIn | RegionNotIn | LanguageIn | Dated | Signal


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of the document and what becomes of the hit where it fails: dropped, or kept as a lead.

    ``test.holds`` says whether it holds of a document (None: not known); ``describe``, what it asks.
    """

    test: Test
    lead: bool = False
    note: str = ""

    @property
    def words(self) -> str:
        """What a reader is told where it does not hold."""
        return self.note or f"not shown: {self.test.describe()}"
