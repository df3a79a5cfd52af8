"""What the rules say: hits on a page, findings in a document, and the citation that carries each to its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from countersight.model.records import Weak
from countersight.model.values import Box, Digest, Locator


class Strength(StrEnum):
    """How far a hit goes: printed as a finding, kept as a lead, or listed as speaking for the company."""

    FINDING = "finding"
    LEAD = "lead"
    EXCULPATORY = "exculpatory"


RUNGS = ("E0", "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "K")


@dataclass(frozen=True, slots=True)
class Severity:
    """Axis A of the domain guide: three scores from 1 to 5, never added and never averaged (UNGP 14)."""

    scale: int
    scope: int
    irremediability: int

    @property
    def severity(self) -> int:
        """The highest of the three: one is enough to make an impact severe."""
        return max(self.scale, self.scope, self.irremediability)


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a rule found in a page's text: code-point range, the concept it stands for, the words as written."""

    start: int
    end: int
    concept: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule held inside ``[start, end)`` (a sentence, row or section) of a page. Pure function of that page.

    ``terms`` are what made it hold. ``masked`` lists the masks that caught words in the same scope. ``negated`` turns
    the hit into exculpatory evidence. ``rung_cap`` is the highest rung these words can carry (``E1`` for a reserved
    field). ``supposed`` says, by offset, which weakly read characters must be another for it to hold at all; it is
    empty where the text as read makes it hold.
    """

    rule: str
    page: int
    start: int
    end: int
    terms: tuple[Term, ...]
    masked: tuple[str, ...] = ()
    negated: bool = False
    rung_cap: str | None = None
    scope: str = "sentence"
    supposed: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A span as exported: it names the bytes, the place and the words. Offsets are code points of the working text.

    Where OCR read the words, ``confidence`` is the mean score of their characters and ``weak`` those read weakly.
    """

    digest: Digest
    name: str
    locator: Locator
    page: int | None
    page_label: str | None
    start: int
    end: int
    quote: str
    boxes: tuple[Box, ...] = ()
    confidence: float | None = None
    weak: tuple[Weak, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule held on these citations. A candidate until a person confirms."""

    id: str
    rule: str
    family: str
    title: str
    rung: str
    strength: Strength
    severity: Severity
    citations: tuple[Citation, ...]
    explanation: str
    shows: str
    does_not_show: str
    norms: tuple[str, ...]
    alternatives: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    masks: tuple[str, ...] = ()
    kind: str | None = None
    notes: tuple[str, ...] = ()
