"""What a reader must know of an answer, in words."""

from __future__ import annotations

from collections.abc import Iterator

from countersight.match import Match
from countersight.model import Checking, Period, Regime
from countersight.model.screening import BY_NAME, UNDATED, Asked, Result
from countersight.screening.owners import Reached

_NOT_DECIDED = "Whether it is controlled in another way than by shares is not decided here."
_RED_FLAG = "A listed minority owner is Red Flag 29 of the Export Administration Regulations: a reason to ask, no more."
_NO_LIMITS = "What this list restricts is not recorded here: read the act it rests on."
DIFFER = "Lists differ on what is listed on that day: compare the listings."
"""Noted where sources give several answers for one day."""
_AFFILIATES = frozenset({"US-BIS-EL", "US-BIS-MEU"})


def notes(law: Regime | None, period: Period, match: Match, asked: Asked, result: Result) -> Iterator[str]:
    """What bounds the answer: marks of what is unverified, how the name was met, what the lists seen do not tell."""
    listing = period.listing
    if match.band != "identifier":
        yield BY_NAME
    if listing.status is not Checking.CHECKED or listing.unverified:
        yield f"{listing.status.value.replace('_', ' ')}: unverified: {listing.unverified or 'the listing'}"
    if law and law.unverified:
        yield f"unverified: {law.unverified}"
    grace = listing.grace_end
    if grace and result is Result.LISTED_AT_DATE and grace.to < asked.date.from_:
        yield f"after the last day of divestment, {grace.to.isoformat()}"
    if period.since is None and listing.published:
        when = listing.published.from_.isoformat()
        yield f"Its notice was published on {when}; from which day it applied is not told here."
    if period.since is None and period.seen:
        yield f"No source here says since when; the first list seen that holds it is of {period.seen[0].isoformat()}."
    if period.seen and period.until is None and period.seen[1] < asked.last:
        yield f"The last list seen is of {period.seen[1].isoformat()}: what came after is not known from it."
    if law is None:
        yield _NO_LIMITS
    if law and law.ownership and result in {Result.REGIME_NOT_IN_FORCE, Result.NAME_SIMILAR_NOT_LISTED}:
        yield f"Ownership under this regime: {law.ownership}"


def on_ownership(regime: str, result: Result, how: Reached) -> Iterator[str]:
    """The rule of the day, what is held, and what the rule leaves open."""
    rule, reach = how.rule, how.reach
    if not how.sure:
        yield "Whether the owner was listed on that day is not known."
    yield rule.words if rule else "no ownership rule of this regime is recorded"
    if rule and rule.unverified:
        yield f"unverified: {rule.unverified}"
    if reach.how == "possible":
        yield "A stake on the way is not known: it may be covered."
    elif reach.share:
        yield f"Listed or covered bodies are known to hold {reach.share} % of it."
    else:
        yield "Whether the body that holds less than half of it is itself covered is not known."
    if rule and (rule.control or rule.test == "text") and result is not Result.OWNERSHIP_COVERED:
        yield _NOT_DECIDED
    if result is Result.OWNERSHIP_MINORITY and regime in _AFFILIATES:
        yield _RED_FLAG


def ask(asked: Asked) -> str:
    """That the answer is not one."""
    if asked.date == UNDATED:
        return "No date is known, and the answer is not the same on all days: ask for the date."
    if asked.end:
        return "Beginning or end is known in part, and the answer is not the same for all days: ask for the exact days."
    known = f"“{asked.date.text}”" if asked.date.text else f"{asked.date.from_} to {asked.date.to}"
    return f"The date is known only as {known}, and the answer is not the same on all its days: ask for the exact day."


def over_time(asked: Asked) -> str:
    """That what the lists say of a body's owners changes between the days asked for."""
    return "The answer changes between the beginning and the end." if asked.end else ask(asked)
