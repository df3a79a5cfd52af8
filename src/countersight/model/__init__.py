"""Central types: frozen, slotted, equal by content. No I/O and no framework inside."""

from countersight.model.corrections import Change, Correction
from countersight.model.findings import RUNGS, Citation, Finding, Hit, Severity, Strength, Term
from countersight.model.records import (
    Block,
    BlockKind,
    Confidence,
    FileRow,
    Member,
    Page,
    PageFault,
    PageReading,
    Place,
    Reading,
    Relative,
    Source,
    Span,
    Status,
    Weak,
)
from countersight.model.values import Agent, Box, DateSpan, Digest, Locator

__all__ = [
    "RUNGS",
    "Agent",
    "Block",
    "BlockKind",
    "Box",
    "Change",
    "Citation",
    "Confidence",
    "Correction",
    "DateSpan",
    "Digest",
    "FileRow",
    "Finding",
    "Hit",
    "Locator",
    "Member",
    "Page",
    "PageFault",
    "PageReading",
    "Place",
    "Reading",
    "Relative",
    "Severity",
    "Source",
    "Span",
    "Status",
    "Strength",
    "Term",
    "Weak",
]
