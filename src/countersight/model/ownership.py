"""Who owns whom: one edge for each thing a record says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from countersight.model.findings import Citation


@dataclass(frozen=True, slots=True)
class Stake:
    """A body's stake in another, as one record says it; natural persons are never owners here.

    ``low`` and ``high`` are the least and most per cent it may be, both None where the record gives no figure. ``kind``
    is ``shareholding``, ``votingRights`` … (the codelist of BODS), ``controlling`` (a subsidiary without a figure),
    ``direct_consolidation`` or ``ultimate_consolidation`` (GLEIF level 2: accounting, not a percentage). ``since`` and
    ``until`` are the days the record gives; ``stated`` is the day of the record, which says nothing of other days.
    ``owner_id`` and ``owned_id`` are the ids of the bodies that the names resolve to.
    """

    id: str
    owner: str
    owned: str
    citation: Citation
    low: Decimal | None = None
    high: Decimal | None = None
    kind: str = "shareholding"
    direct: bool | None = None
    since: date | None = None
    until: date | None = None
    stated: date | None = None
    owner_id: str | None = None
    owned_id: str | None = None

    def holds_on(self, day: date) -> bool | None:
        """Whether the stake is one of this day; None where the record does not say."""
        if (self.since and day < self.since) or (self.until and day > self.until):
            return False
        if self.since:
            return True if self.until or (self.stated and day <= self.stated) else None
        return True if self.stated == day else None
