"""What a dossier is built from: a frozen selection of stored facts. Nothing else reaches the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from countersight.model import (
    Citation,
    Correction,
    Deal,
    Digest,
    FileRow,
    Finding,
    Organisation,
    PageReading,
    Stake,
)
from countersight.model.screening import ListChange, Screening
from countersight.relate import Related
from countersight.sample import Sample
from countersight.translation import Translation

PageKey = tuple[Digest, int]
"""A page of a source: its digest and its number, counted from 1."""

CitationKey = tuple[Digest, int | None, int, int]
"""A citation: digest, page, start and end."""


def key(citation: Citation) -> CitationKey:
    """The key of a citation in ``contexts``, and with the id of a rule before it in ``emphasis``."""
    return citation.digest, citation.page, citation.start, citation.end


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of a whole page: its URL relative to the dossier's folder, its width and height in pixels."""

    href: str
    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise ValueError(f"a picture without extent: {self.href} is {self.width} by {self.height} pixels")


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording a browser may play: its received name, and its address in the case, from the dossier's folder."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class DossierView:
    """All that a dossier shows.

    ``as_of`` is the day the dossier speaks of (from the ledger, never the clock). ``findings`` come in the order of
    printing; their strength sorts them into findings, leads and exculpatory evidence. ``contexts`` gives some dozens of
    characters before and after a quote that no picture shows. ``emphasis`` gives the ranges of a quote's decisive
    words, as offsets into the page's text like those of :class:`Term`. ``notice`` is shown on the cover (e.g. that all
    records are fictional). ``legal_basis`` None is printed as not recorded.

    ``readings`` tells of the pages of each source how they were read, ``relations`` which records tell the same,
    ``samples`` which pages without findings people have checked. ``recordings`` gives the recording of each source that
    is one or a transcript of one; ``heard`` are the sources that speech to text wrote down. ``corrections`` are those
    that stand, ``deals`` what records say of contracts and the components they name, ``organisations`` the bodies that
    records name and ``stakes`` who owns whom, ``screenings`` what the lists say of parties, ``list_changes`` what those
    changed that came after the records.

    ``glossary`` gives meanings of Chinese words, ``translations`` what people made of a quote, by its words.
    ``waiting`` are flags that cannot hold yet: id, title, what they wait for. ``measured`` tells of rules how many
    findings they made of test passages that were right and wrong, and how many they missed; ``masks`` is how many masks
    were tried.
    """

    title: str
    as_of: date
    version: str
    evidence_root: Digest
    rules_digest: Digest
    code_digest: Digest
    languages: tuple[str, ...]
    legal_basis: str | None
    questions: tuple[str, ...]
    findings: tuple[Finding, ...]
    files: tuple[FileRow, ...]
    pictures: Mapping[PageKey, Picture] = field(default_factory=dict)
    contexts: Mapping[CitationKey, tuple[str, str]] = field(default_factory=dict)
    emphasis: Mapping[tuple[str, CitationKey], tuple[tuple[int, int], ...]] = field(default_factory=dict)
    notice: str | None = None
    readings: Mapping[Digest, tuple[PageReading, ...]] = field(default_factory=dict)
    relations: tuple[Related, ...] = ()
    samples: tuple[Sample, ...] = ()
    recordings: Mapping[Digest, Recording] = field(default_factory=dict)
    heard: frozenset[Digest] = frozenset()
    glossary: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Translation] = field(default_factory=dict)
    waiting: tuple[tuple[str, str, str], ...] = ()
    measured: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    masks: int = 0
    corrections: tuple[Correction, ...] = ()
    deals: tuple[Deal, ...] = ()
    screenings: tuple[Screening, ...] = ()
    list_changes: tuple[ListChange, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    stakes: tuple[Stake, ...] = ()

    @property
    def cover(self) -> tuple[Digest, Digest, Digest]:
        """The digests of evidence, rules and code."""
        return self.evidence_root, self.rules_digest, self.code_digest
