"""What one work item leaves: the atom the store keeps. Everything to the right of the store is a function of these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from countersight.model.facts import Clue
from countersight.model.findings import Hit
from countersight.model.records import Reading


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What one page adds to the counts of its outcome: signals, and ``length`` characters of its language."""

    page: int
    signals: dict[str, int]
    language: str | None
    length: int
    blank: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The reading of one source, or of one page range of it, personal data already masked.

    In the store ``reading.pages`` is empty: pages lie in a table of their own. ``signals`` counts concepts for
    document-level conditions, ``masked`` counts masked items of personal data by kind, ``languages`` counts characters
    by language, ``blank`` counts pages with nothing on them; ``unsure`` pages, which OCR may read again, are not in
    these counts. Those of a page as a reviewer corrected it are less those of the page as it was read. ``kind`` is the
    kind of document and the reason for it, from its first pages and from ``name``, the name the source was read by.
    ``crashed`` is set where the item itself did not finish: then ``reading`` says why and a smaller range may still
    succeed. ``held`` says what confined the process; it is a fact of the run and differs between machines. ``clues``
    are the facts of contracts and the bodies that its pages name.
    """

    reading: Reading
    hits: tuple[Hit, ...] = ()
    signals: dict[str, int] = field(default_factory=dict)
    masked: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    blank: int = 0
    unsure: tuple[PageFacts, ...] = ()
    kind: tuple[str, str] | None = None
    crashed: bool = False
    name: str = ""
    held: tuple[str, ...] = ()
    clues: tuple[Clue, ...] = ()

    def counting(self, pages: Iterable[PageFacts], times: int = 1) -> Outcome:
        """The same with these pages counted in so many times; -1 takes them off."""
        signals, languages = Counter(self.signals), Counter(self.languages)
        blank = self.blank
        for page in pages:
            signals.update({name: times * count for name, count in page.signals.items()})
            languages.update({page.language: times * page.length} if page.language else {})
            blank += times * page.blank
        return replace(self, signals=dict(signals), languages=dict(languages), blank=blank)
