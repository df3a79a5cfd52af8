"""What a reviewer corrected in the text of a page, and what became of findings by it."""

from __future__ import annotations

from dataclasses import dataclass

from countersight.model.findings import Finding
from countersight.model.values import Digest, Locator


@dataclass(frozen=True, slots=True)
class Change:
    """``corrected`` stands at ``[start, end)`` of the corrected text where ``read`` was read; either may be empty.

    ``before`` and ``after`` are the words around it.
    """

    start: int
    end: int
    read: str
    corrected: str
    before: str = ""
    after: str = ""

    def touches(self, start: int, end: int) -> bool:
        """Whether it lies, in part, in ``[start, end)``; what was taken out lies there if it was between the two."""
        return self.start < end and start < self.end if self.end > self.start else start < self.start < end


@dataclass(frozen=True, slots=True)
class Correction:
    """The text of a page as a reviewer corrected it: the correction that stands, the last one made.

    ``original`` and ``text`` are the digests of what the reviewer saw and of what he or she put in its place, both kept
    in ``evidence/``. ``came`` are ids of findings that hold only with the correction, ``went`` the findings that held
    only without it; offsets of their citations are into the original reading. ``stale`` says that the page is now read
    otherwise than the reviewer saw it.
    """

    digest: Digest
    name: str
    locator: Locator
    page: int | None
    page_label: str | None
    by: str
    at: str
    why: str
    original: Digest
    text: Digest
    changes: tuple[Change, ...]
    came: tuple[str, ...] = ()
    went: tuple[Finding, ...] = ()
    stale: bool = False
