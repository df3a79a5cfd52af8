"""Whether a party, or an owner of it, was on a list on the day that matters: the question's parts and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from countersight.model.listing import Listing
from countersight.model.values import DateSpan, Digest

Day = date


class Result(Enum):
    """What can be said of a party under a regime at a date; never just listed or not (domain guide, 3.4)."""

    LISTED_AT_DATE = "LISTED_AT_DATE"
    WITHIN_GRACE = "WITHIN_GRACE"
    LISTED_DURING_PERFORMANCE = "LISTED_DURING_PERFORMANCE"
    OWNERSHIP_COVERED = "OWNERSHIP_COVERED"
    ANNOUNCED_NOT_EFFECTIVE = "ANNOUNCED_NOT_EFFECTIVE"
    OWNERSHIP_MINORITY = "OWNERSHIP_MINORITY"
    AFFILIATE_TEXT = "AFFILIATE_TEXT"
    LISTED_AFTER_END = "LISTED_AFTER_END"
    NOT_YET_LISTED = "NOT_YET_LISTED"
    DELISTED_BEFORE = "DELISTED_BEFORE"
    REGIME_NOT_IN_FORCE = "REGIME_NOT_IN_FORCE"
    NAME_SIMILAR_NOT_LISTED = "NAME_SIMILAR_NOT_LISTED"
    UNKNOWN = "UNKNOWN"


UNDATED = DateSpan(date.min, date.max, "no date is known")
"""Asked for where a record gives no date at all."""

ROLES = ("tender", "award", "signed", "performance", "document", "asked")
"""What a date is of a deal: its notice, the award, the signature, from start to end, the record's own; or one asked."""


@dataclass(frozen=True, slots=True)
class OwnershipRule:
    """What a regime says of bodies that listed ones own, on the days from ``from_`` to ``to`` (None: open).

    ``test`` is ``>=50`` or ``>50`` (percent held by listed bodies), ``text`` (the regime's words reach subsidiaries or
    affiliates), ``none``, ``suspended`` or ``unknown``. With ``aggregate`` the stakes of several listed owners are
    added; with ``control`` a body may be reached otherwise than by shares, which is not decided here.
    """

    regime: str
    from_: date | None
    to: date | None
    test: str
    aggregate: bool = False
    control: bool = False
    words: str = ""
    unverified: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether this is the rule of that day."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


@dataclass(frozen=True, slots=True)
class Edge:
    """A dated stake: ``owner`` holds from ``low`` to ``high`` percent of ``owned``; both None where it is not known.

    ``from_`` and ``to`` bound the days it is held for; ``source`` names the page or file that tells, ``stated`` the day
    that speaks of: what was held later, or earlier where it does not say since when, is not known.
    """

    owner: str
    owned: str
    low: Decimal | None
    high: Decimal | None
    from_: DateSpan | None = None
    to: DateSpan | None = None
    source: str = ""
    stated: DateSpan | None = None

    def told(self) -> str:
        """The stake in words."""
        if self.low is None or self.high is None:
            share = "an unknown share"
        elif self.low == self.high:
            share = f"{self.low} %"
        else:
            share = f"{self.low} to {self.high} %"
        when = _when(self.from_, self.to)
        return f"{self.owner} holds {share} of {self.owned}{when}{f' ({self.source})' if self.source else ''}"


def _when(first: DateSpan | None, last: DateSpan | None) -> str:
    since = f" from {first.from_.isoformat()}" if first else ""
    return since + (f" to {last.to.isoformat()}" if last else "")


@dataclass(frozen=True, slots=True)
class Body:
    """A body asked for: its name, other names and identifiers it goes by, and its country where known."""

    name: str
    others: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    country: str = ""
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A day, or days, for which is asked: its role in a deal; of a performance ``end`` is when it ended."""

    role: str
    date: DateSpan
    end: DateSpan | None = None
    deal: str | None = None

    @property
    def partial(self) -> bool:
        """Whether a day is known in part only."""
        return any(span.from_ != span.to for span in (self.date, self.end) if span)

    @property
    def last(self) -> Day:
        """The last day asked for."""
        return (self.end or self.date).to


@dataclass(frozen=True, slots=True)
class Screening:
    """One answer: a party, a regime, a date, what can be said, by which listing and how sure the name is.

    ``match`` says in words how the party's name meets the listed one, ``band`` how surely; ``path`` are the stakes that
    lead to it, ``notes`` what a reader must know. ``limits`` say what the regime does and does not prohibit.
    ``list_digest`` names the file that tells.
    """

    id: str
    party: Body
    asked: Asked
    regime: str
    result: Result
    listing: Listing | None
    score: float
    band: str
    match: str
    path: tuple[str, ...]
    effect: str
    not_prohibited: str
    notes: tuple[str, ...]
    list_digest: Digest | None


BY_NAME = (
    "The name alone is compared: one brand may be borne by several legal persons, and only the one that is listed is"
    " meant. Compare identifiers."
)
"""Noted where no identifier tells that the body asked for is the one listed."""
NO_CLEARANCE = "Absence from these lists is not a clearance."
"""Said with every answer, and where there is none."""


@dataclass(frozen=True, slots=True)
class ListChange:
    """What lists that came after the records changed: the answers of a party, regime and date, or a flag.

    ``kind`` is ``came``, ``went`` or ``changed``; ``before`` and ``after`` are results, of a flag what it says.
    ``snapshots`` are the digests of the lists that came, ``added`` the day the last of them did. ``of`` is the id of
    the finding, or of the deal of the screening.
    """

    id: str
    kind: str
    what: str
    regime: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    snapshots: tuple[Digest, ...]
    added: date
    of: str | None = None

    def told(self) -> str:
        """The change in words."""
        sides = (" and ".join(side) or "nothing" for side in (self.before, self.after))
        return f"{self.kind}: {self.what}{f', {self.regime}' if self.regime else ''}: {' → '.join(sides)}"
