"""What the US Treasury's lists say of a body in labelled facts: identifiers, dates and the regime it is under."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from countersight.lists.days import day
from countersight.lists.rows import Row, Skipped, listing
from countersight.model import DateSpan, Digest, ListedName

SDN = "US-OFAC-SDN"
# Programmes of the non-SDN lists, by their beginning, and the list each stands for.
_REGIMES = (
    ("CMIC-", "US-OFAC-NSCMIC"),
    ("UKRAINE-EO13662", "US-OFAC-SSI"),
    ("RUSSIA-EO14024", "US-OFAC-MBS"),
    ("BURMA-EO14014", "US-OFAC-MBS"),
    ("CAATSA - RUSSIA", "US-OFAC-MBS"),
    ("NS-PLC", "US-OFAC-PLC"),
    ("FSE-", "US-OFAC-FSE"),
    ("561", "US-OFAC-CAPTA"),
)
OTHER = "US-OFAC-NONSDN"
_SCHEMES = {
    "unified social credit code (uscc)": "uscc",
    "united social credit code certificate (uscc)": "uscc",
    "united social credit code certificate (usccc)": "uscc",
    "legal entity number": "lei",
    "isin": "isin",
    "equity ticker": "ticker",
    "swift/bic": "bic",
    "d-u-n-s number": "duns",
    "tax id no.": "tax",
    "registration id": "registration",
    "registration number": "registration",
    "company number": "registration",
    "business registration number": "registration",
    "commercial registry number": "registration",
    "public registration number": "registration",
    "certificate of incorporation number": "registration",
    "government gazette number": "okpo",
    "website": "website",
}
_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_LABELS = sorted(_SCHEMES, key=len, reverse=True)
_CMIC = "(CMIC)"
_DATED = re.compile(r"(?:alt\. )?(Listing|Effective|Purchase/Sales For Divestment) Date \(([^)]*)\):? ?(.*)")
_CR = re.compile(r"(?:alt\. )?C\.R\. No\. ?(.*)")
_COUNTRY = re.compile(r"^(.*?) \(([^)]*)\)$")


@dataclass(slots=True)
class Facts:
    """What was gathered of one body: identifiers, and days by (which list, which of its days)."""

    identifiers: list[tuple[str, str]] = field(default_factory=list)
    days: dict[tuple[str, str], DateSpan] = field(default_factory=dict)

    def add(self, label: str, value: str, country: str = "") -> None:
        """Take in a fact with its label; one that is neither an identifier nor a day is let go."""
        label = label.strip().rstrip(":").removeprefix("alt. ")
        dated = _DATED.fullmatch(f"{label} {value}")
        if dated and (on := day(dated[3])):
            self.days[dated[2], dated[1]] = on
        elif label == "C.R. No.":
            self.identifiers.append(("hk-cr" if country in ("", "Hong Kong") else "registration", value))
        elif scheme := _SCHEMES.get(label.lower()):
            self.identifiers.append(
                ("registration" if scheme == "lei" and not _LEI.fullmatch(value) else scheme, value)
            )

    def remark(self, text: str) -> None:
        """Take in one remark as the CSV writes it: the label, the value, and the country in brackets."""
        text = text.strip().removesuffix(".").removeprefix("alt. ")
        if dated := _DATED.fullmatch(text):
            self.add(f"{dated[1]} Date ({dated[2]})", dated[3])
            return
        bare = _COUNTRY.match(text)
        words, country = (bare[1], bare[2]) if bare else (text, "")
        if company := _CR.fullmatch(words):
            self.add("C.R. No.", company[1], country)
            return
        label = next((label for label in _LABELS if words.lower().startswith(f"{label} ")), None)
        if label:
            self.add(label, words[len(label) :].strip(), country)

    def on(self, regime: str) -> dict[str, DateSpan | None]:
        """Announced, effective and the end of divestment under a regime, as far as told."""
        lists = [name for name, _ in self.days if (name == _CMIC[1:-1]) == (regime == "US-OFAC-NSCMIC")]
        name = min(lists, key=lambda name: self.days.get((name, "Listing"), DateSpan.of(9999)).from_, default="")
        kinds = (("announced", "Listing"), ("effective", "Effective"), ("grace_end", "Purchase/Sales For Divestment"))
        return {field: self.days.get((name, kind)) for field, kind in kinds}


def regimes(programmes: Iterable[str], *, sdn: bool) -> tuple[str, ...]:
    """The regimes of an entry's programmes: the SDN list is one, whatever the programme."""
    if sdn:
        return (SDN,)
    found = (next((regime for start, regime in _REGIMES if p.startswith(start)), None) for p in programmes)
    return tuple(dict.fromkeys(regime for regime in found if regime)) or (OTHER,)


@dataclass(slots=True)
class Entry:
    """One body of a Treasury list before it becomes listings."""

    number: str
    row: str
    names: list[ListedName]
    programmes: list[str]
    addresses: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)

    def listings(self, source: Digest, *, sdn: bool, listed: DateSpan | None = None) -> Row:
        """A listing for each regime of the entry; a fault where it has no name."""
        found: list[Row] = []
        for regime in regimes(self.programmes, sdn=sdn):
            days = self.facts.on(regime) if not sdn else {"announced": listed}
            found.append(
                listing(
                    regime,
                    self.number,
                    self.names,
                    source,
                    self.row,
                    identifiers=self.facts.identifiers,
                    country=next(iter(self.countries), None),
                    addresses=self.addresses,
                    programme="; ".join(self.programmes),
                    cite=f"OFAC ent. {self.number}",
                    **days,
                )
            )
        return next((row for row in found if isinstance(row, Skipped)), None) or tuple(
            one for row in found if not isinstance(row, Skipped) for one in row
        )
