"""Names in screening: which listing is taken for a body's own, and which only sounds like it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from countersight.match import Entry, Match, Name
from countersight.match.entry import BANDS
from countersight.match.entry import NameKind as MatchedKind
from countersight.model import DateSpan, NameKind, Period
from countersight.model.screening import Body
from countersight.text.identifiers import Identifier, Scheme
from countersight.text.orgkey import parsed

_SAME = frozenset({"same name", "strong"})
_SCHEMES: dict[str, Scheme] = {"uscc": "USCC", "lei": "LEI", "isin": "ISIN", "hk-cr": "HK C.R.", "hk c.r.": "HK C.R."}
_WORD = re.compile("[a-z]+")
_FORMS = {"inc": "inc", "incorporated": "inc", "corp": "inc", "corporation": "inc", "limited": "ltd", "ltd": "ltd"}
_KINDS: dict[NameKind, MatchedKind] = {
    NameKind.FULL: "name",
    NameKind.ALIAS: "alias",
    NameKind.WEAK: "weak",
    NameKind.FORMER: "former",
}


def entry(spells: Sequence[Period]) -> Entry:
    """A listing as matching takes it."""
    listing = spells[-1].listing
    names = tuple(Name(name.text, _KINDS[name.kind], _day(name.to)) for name in listing.names)
    return Entry(listing.id, names, tuple(_numbers(listing.identifiers)), listing.country or "")


def identified(body: Body) -> tuple[Identifier, ...]:
    """A body's identifiers as matching takes them."""
    return tuple(_numbers(body.identifiers))


def _numbers(pairs: Iterable[tuple[str, str]]) -> Iterator[Identifier]:
    for scheme, value in pairs:
        known = _SCHEMES.get(scheme.lower(), "registration")
        yield Identifier(known, value.strip().upper())


def _day(span: DateSpan | None) -> str:
    return span.to.isoformat() if span else ""


def rank(match: Match) -> tuple[int, float, str]:
    """The order of matches, best first."""
    return BANDS.index(match.band), -match.score, match.key


def is_taken(body: Body, match: Match, forms: AbstractSet[str]) -> bool:
    """Whether a listing is taken for the body's own: by identifier, or by a name that says as much as the body's.

    A brand alone is not: Dahua on a list is not Dahua Hotel. Nor is a name of another form of company where ``forms``
    says that a list has the body's very own: SenseTime Group, Inc. is not SenseTime Group Limited.
    """
    if match.band == "identifier":
        return True
    other = form(match.name.text)
    if match.band not in _SAME or (forms and other and other not in forms):
        return False
    said, listed = _more(body.name), _more(match.name.text)
    return match.band == "same name" or not (said and not listed)


def _more(name: str) -> bool:
    """Whether a name says more than a brand."""
    told = parsed(name)
    return bool(told.place or told.trade or told.branch)


def form(name: str) -> str:
    """Whether a company is incorporated or limited by its English name; empty where the name does not say."""
    return next(
        (_FORMS[word] for part in parsed(name).form for word in _WORD.findall(part.text.lower()) if word in _FORMS), ""
    )
