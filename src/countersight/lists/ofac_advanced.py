"""The US Treasury's lists as advanced XML (sdn_advanced.xml, cons_advanced.xml), after the UN's advanced model.

Structure from the published schema: reference tables (``ReferenceValueSets``) give ids their meaning; ``Locations`` and
``IDRegDocuments`` stand apart from the ``DistinctParty`` they belong to; ``SanctionsEntry`` at the end says on which
list a profile is, since when (``EntryEvent``), and by which programme (``SanctionsMeasure``).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field

from countersight.lists.files import ListFile, elements, root_of
from countersight.lists.form import OneFile
from countersight.lists.ofac_facts import Entry
from countersight.lists.rows import Row, Skipped, Why, clean, named
from countersight.model import Agent, DateSpan, ListedName, NameKind

_ISSUED = re.compile(
    rb"DateOfIssue[^>]*>\s*<(?:\w+:)?Year>(\d+)</(?:\w+:)?Year>\s*<(?:\w+:)?Month>(\d+)</(?:\w+:)?Month>"
    rb"\s*<(?:\w+:)?Day>(\d+)<"
)
_PARTS = ("ReferenceValueSets", "Location", "IDRegDocument", "DistinctParty", "SanctionsEntry")
_ORGANISATION, _PERSON = "Entity", "Individual"
_FORMER = "F.K.A."


@dataclass(slots=True)
class _Reading:
    """What was read so far: meanings of ids, addresses, documents by identity, bodies by profile."""

    file: ListFile
    values: dict[tuple[str, str], str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    documents: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    bodies: dict[str, Entry] = field(default_factory=dict)
    number: int = 0

    def value(self, kind: str, number: str | None) -> str:
        return self.values.get((kind, number or ""), "")


class OfacAdvanced(OneFile):
    """Root ``Sanctions``."""

    agent = Agent("ofac-advanced", "1")
    title = "OFAC advanced XML"

    def claims(self, head: bytes, name: str) -> bool:
        """By the root element."""
        del name
        return root_of(head) == "Sanctions"

    def day(self, head: bytes) -> DateSpan | None:
        """The ``DateOfIssue``."""
        found = _ISSUED.search(head)
        return DateSpan.of(*(int(part) for part in found.groups())) if found else None

    def load(self, files: dict[str, ListFile]) -> Iterator[Row]:
        """The parties, once the entry that says which list they are on was read; parties without one at the end."""
        reading = _Reading(files["main"])
        for element in elements(reading.file, _PARTS):
            if element.tag == "SanctionsEntry":
                yield from _entered(element, reading)
            elif element.tag == "DistinctParty":
                yield from _party(element, reading)
            else:
                _READ[element.tag](element, reading)
        for body in reading.bodies.values():
            yield Skipped(body.row, Why.FAULT, "no entry says which list it is on")


# ── what stands apart ──


def _reference(sets: ET.Element, reading: _Reading) -> None:
    for value in sets.iter():
        number = value.get("ID")
        if number:
            reading.values[value.tag, number] = clean(value.text) or clean(value.findtext("Value"))
        if value.tag == "PartySubType" and number:
            reading.kinds[number] = value.get("PartyTypeID", "")


def _location(element: ET.Element, reading: _Reading) -> None:
    parts = [clean(value.findtext("Value")) for value in element.iter("LocationPartValue")]
    country = next((reading.value("Country", c.get("CountryID")) for c in element.iter("LocationCountry")), "")
    reading.places[element.get("ID", "")] = (", ".join(filter(None, (*parts, country))), country)


def _document(element: ET.Element, reading: _Reading) -> None:
    label = reading.value("IDRegDocType", element.get("IDRegDocTypeID"))
    country = reading.value("Country", element.get("IssuedBy-CountryID"))
    fact = (label, clean(element.findtext("IDRegistrationNo")), country)
    reading.documents.setdefault(element.get("IdentityID", ""), []).append(fact)


_READ = {"ReferenceValueSets": _reference, "Location": _location, "IDRegDocument": _document}


# ── parties ──


def _party(element: ET.Element, reading: _Reading) -> Iterator[Row]:
    reading.number += 1
    row = f"party {reading.number}"
    for profile in element.iter("Profile"):
        sub = profile.get("PartySubTypeID", "")
        kind = reading.value("PartyType", reading.kinds.get(sub)) or "no type"
        if kind == _ORGANISATION:
            reading.bodies[profile.get("ID", "")] = _body(profile, element.get("FixedRef", ""), row, reading)
        else:
            person = kind == _PERSON
            other = reading.value("PartySubType", sub) or kind
            yield Skipped(row, Why.PERSON if person else Why.OTHER, "" if person else other.lower())


def _body(profile: ET.Element, number: str, row: str, reading: _Reading) -> Entry:
    entry = Entry(number or profile.get("ID", ""), row, [], [])
    for identity in profile.iter("Identity"):
        aliases = sorted(identity.iter("Alias"), key=lambda alias: alias.get("Primary") != "true")
        entry.names += (name for alias in aliases for name in _names(alias, reading))
        for label, value, country in reading.documents.get(identity.get("ID", ""), []):
            entry.facts.add(label, value, country)
    for feature in profile.iter("Feature"):
        _feature(feature, entry, reading)
    return entry


def _names(alias: ET.Element, reading: _Reading) -> Iterator[ListedName]:
    kind = NameKind.FULL if alias.get("Primary") == "true" else NameKind.ALIAS
    if reading.value("AliasType", alias.get("AliasTypeID")) == _FORMER:
        kind = NameKind.FORMER
    if alias.get("LowQuality") == "true":
        kind = NameKind.WEAK
    for written in alias.iter("DocumentedName"):
        yield named(" ".join(clean(part.text) for part in written.iter("NamePartValue")), kind)


def _feature(feature: ET.Element, entry: Entry, reading: _Reading) -> None:
    label = reading.value("FeatureType", feature.get("FeatureTypeID"))
    for place in feature.iter("VersionLocation"):
        address, country = reading.places.get(place.get("LocationID", ""), ("", ""))
        entry.addresses += filter(None, [address])
        entry.countries += filter(None, [country])
    for detail in feature.iter("VersionDetail"):
        entry.facts.add(label, clean(detail.text) or reading.value("DetailReference", detail.get("DetailReferenceID")))
    for start in feature.iter("Start"):
        on = _date(start.find("From"))
        if on:
            entry.facts.add(label, on.from_.isoformat())


def _date(element: ET.Element | None) -> DateSpan | None:
    if element is None:
        return None
    try:
        return DateSpan.of(*(int(element.findtext(part, "")) for part in ("Year", "Month", "Day")))
    except (ValueError, TypeError):
        return None


def _entered(element: ET.Element, reading: _Reading) -> Iterator[Row]:
    body = reading.bodies.pop(element.get("ProfileID", ""), None)
    if body is None:
        return
    sdn = reading.value("List", element.get("ListID")).upper().startswith("SDN")
    body.programmes = [text for m in element.iter("SanctionsMeasure") if (text := clean(m.findtext("Comment")))]
    listed = min(filter(None, (_date(event.find("Date")) for event in element.iter("EntryEvent"))), default=None)
    yield body.listings(reading.file.digest, sdn=sdn, listed=listed)
