"""The United Kingdom's lists: OFSI's consolidated list (CSV, ended 28 January 2026), the UK Sanctions List (CSV, XML).

In both CSV forms a row is one name or address of a designation; rows of a designation share its number.
"""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from countersight.lists.days import day
from countersight.lists.files import ListFile, broken, elements, root_of
from countersight.lists.form import OneFile
from countersight.lists.rows import Row, Skipped, Why, clean, listing, named, short
from countersight.model import Agent, DateSpan, ListedName, NameKind

REGIME = "UK-SANCTIONS"
_PARTS = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_NUMBER = ("Unique ID", "Group ID")
_KIND = ("Designation Type", "Group Type")
_NAME_KIND = ("Name type", "Alias Type")
_ADDRESS = (*(f"Address {n}" for n in range(1, 7)), *(f"Address Line {n}" for n in range(1, 7)))
_CODE, _COUNTRY = ("Post/Zip Code", "Address Postal Code"), ("Country", "Address Country")
_REPORT = re.compile(r"(?:Last Updated|Report Date)\W*([\d/-]+(?:\w+-\d+)?)", re.IGNORECASE)
_GENERATED = re.compile(rb"<DateGenerated>\s*([^<]+?)\s*<")
_KINDS = {"fka": NameKind.FORMER, "alias": NameKind.ALIAS, "aka": NameKind.ALIAS}


class UkCsv(OneFile):
    """A line with the day of the list, then a header, then rows."""

    agent = Agent("uk-csv", "1")
    title = "UK list, CSV"

    def claims(self, head: bytes, name: str) -> bool:
        """By the columns of names and the number of a designation, on the first or second line."""
        del name
        return _header(head.decode("utf-8", "replace").lstrip("\ufeff").splitlines()[:2]) is not None

    def day(self, head: bytes) -> DateSpan | None:
        """The day on the first line."""
        found = _REPORT.match(head.decode("utf-8", "replace").lstrip("\ufeff\"'"))
        return day(found[1]) if found else None

    def load(self, files: dict[str, ListFile]) -> Iterator[Row]:
        """The designations in the order of their first rows; rows that cannot be read as they come."""
        file = files["main"]
        bodies: dict[str, _Body] = {}
        header: list[str] = []
        for line, cells in file.records():
            if not header:
                header = [clean(cell) for cell in cells] if set(_PARTS) <= set(map(clean, cells)) else []
                continue
            row = dict(zip(header, map(clean, cells), strict=False))
            number = _first(row, _NUMBER)
            if len(cells) < len(header):
                yield short(f"line {line}", cells, len(header))
                continue
            if not number:
                yield Skipped(f"line {line}", Why.FAULT, "no number")
                continue
            bodies.setdefault(number, _Body(f"line {line}", _first(row, _KIND).lower())).add(row)
        if not bodies:
            raise broken(file.name, "a header and no rows")
        yield from (body.row_of(number, file) for number, body in bodies.items())


def _header(lines: list[str]) -> list[str] | None:
    for line in lines:
        cells = [clean(cell) for cell in next(csv.reader([line]), [])]
        if set(_PARTS) <= set(cells) and set(_NUMBER) & set(cells):
            return cells
    return None


def _first(row: dict[str, str], names: tuple[str, ...]) -> str:
    return next((row[name] for name in names if row.get(name)), "")


@dataclass(slots=True)
class _Body:
    first: str
    kind: str
    names: list[ListedName] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    identifiers: list[tuple[str, str]] = field(default_factory=list)

    def add(self, row: dict[str, str]) -> None:
        if self.kind != "entity":
            return
        kind = _kind(_first(row, _NAME_KIND), row.get("Alias strength", ""))
        self.names.append(named(" ".join(filter(None, (row.get(part, "") for part in _PARTS))), kind))
        self.names.append(named(row.get("Name non-latin script", "")))
        address = [*(row.get(part, "") for part in _ADDRESS), _first(row, _CODE), _first(row, _COUNTRY)]
        self.addresses += filter(None, [", ".join(filter(None, address))])
        for scheme, column in (("un-ref", "UN Reference Number"), ("ofsi", "OFSI Group ID"), ("ofsi", "Group ID")):
            if row.get(column):
                self.identifiers.append((scheme, row[column]))
        self.facts.setdefault("programme", row.get("Regime Name") or row.get("Regime", ""))
        self.facts.setdefault("effective", day(row.get("Date Designated") or row.get("Listed On", "")))
        if country := _first(row, _COUNTRY):
            self.facts.setdefault("country", country)

    def row_of(self, number: str, file: ListFile) -> Row:
        if self.kind != "entity":
            why = {"individual": Why.PERSON, "": Why.FAULT}.get(self.kind, Why.OTHER)
            return Skipped(self.first, why, "" if why is Why.PERSON else self.kind or "no type")
        names = sorted(self.names, key=lambda name: name.kind is not NameKind.FULL)
        facts = {"addresses": self.addresses, "identifiers": self.identifiers, **self.facts}
        return listing(REGIME, number, names, file.digest, self.first, cite=f"UK list no. {number}", **facts)


def _kind(name_type: str, strength: str) -> NameKind:
    if "low" in strength.lower() or "weak" in strength.lower():
        return NameKind.WEAK
    return _KINDS.get(name_type.lower(), NameKind.FULL if name_type.lower().startswith("prim") else NameKind.ALIAS)


class UkXml(OneFile):
    """The UK Sanctions List as XML: root ``Designations``."""

    agent = Agent("uk-xml", "1")
    title = "UK Sanctions List, XML"

    def claims(self, head: bytes, name: str) -> bool:
        """By the root element."""
        del name
        return root_of(head) == "Designations"

    def day(self, head: bytes) -> DateSpan | None:
        """The ``DateGenerated``."""
        found = _GENERATED.search(head)
        return day(found[1].decode("ascii", "replace")) if found else None

    def load(self, files: dict[str, ListFile]) -> Iterator[Row]:
        """The ``Designation`` elements."""
        file = files["main"]
        for number, element in enumerate(elements(file, ("Designation",)), 1):
            yield _designation(element, f"designation {number}", file)


def _designation(element: ET.Element, row: str, file: ListFile) -> Row:
    kind = clean(element.findtext("IndividualEntityShip")).lower()
    if kind != "entity":
        why = {"individual": Why.PERSON, "": Why.FAULT}.get(kind, Why.OTHER)
        return Skipped(row, why, "" if why is Why.PERSON else kind or "no type")
    names = sorted(_names(element), key=lambda name: name.kind is not NameKind.FULL)
    places = [[clean(part.text) for part in place] for place in element.iter("Address")]
    number = clean(element.findtext("UniqueID"))
    return listing(
        REGIME,
        number,
        names,
        file.digest,
        row,
        identifiers=list(_identifiers(element)),
        country=next((country for c in element.iter("AddressCountry") if (country := clean(c.text))), None),
        addresses=[", ".join(filter(None, place)) for place in places if any(place)],
        programme=clean(element.findtext("RegimeName")),
        policy=clean(element.findtext("SanctionsImposed")).replace("|", "; "),
        effective=day(clean(element.findtext("DateDesignated"))),
        cite=f"UK Sanctions List {number}",
        parent=next((parent for p in element.iter("ParentCompany") if (parent := clean(p.text))), None),
    )


def _names(element: ET.Element) -> Iterator[ListedName]:
    for name in element.iter("Name"):
        parts = (clean(name.findtext(f"Name{n}")) for n in range(1, 7))
        kind = _kind(clean(name.findtext("NameType")), clean(name.findtext("AliasStrength")))
        yield named(" ".join(filter(None, parts)), kind)
    for name in element.iter("NameNonLatinScript"):
        yield named(name.text)


def _identifiers(element: ET.Element) -> Iterator[tuple[str, str]]:
    for scheme, tag in (("un-ref", "UNReferenceNumber"), ("ofsi", "OFSIGroupID")):
        if number := clean(element.findtext(tag)):
            yield scheme, number
    for one in element.iter("BusinessRegistrationNumber"):
        if number := clean(one.text):
            yield "registration", number
