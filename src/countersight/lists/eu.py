"""The EU's consolidated financial sanctions list: XML 1.1 (root ``export``) and CSV, old and new headers.

The Official Journal alone is authentic; the file may lag behind it by weeks.
"""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from countersight.lists.days import day
from countersight.lists.files import ListFile, broken, elements, root_of
from countersight.lists.form import OneFile
from countersight.lists.rows import Row, Skipped, Why, clean, listing, named, short
from countersight.model import Agent, DateSpan, ListedName, NameKind

REGIME = "EU-CONSOLIDATED"
_GENERATED = re.compile(rb'generationDate="(\d{4}-\d\d-\d\d)')
_SCHEMES = {"regnumber": "registration", "fiscalcode": "tax", "swiftbic": "bic", "imo": "imo", "lei": "lei"}
_UNKNOWN = "UNKNOWN"
_ADDRESS = ("street", "poBox", "zipCode", "city", "region", "place")


class EuXml(OneFile):
    """Elements ``sanctionEntity``."""

    agent = Agent("eu-xml", "1")
    title = "EU consolidated list, XML"

    def claims(self, head: bytes, name: str) -> bool:
        """By the root element and its namespace."""
        del name
        return root_of(head) == "export" and b"fpi/fsd/export" in head

    def day(self, head: bytes) -> DateSpan | None:
        """The ``generationDate``."""
        found = _GENERATED.search(head)
        return day(found[1].decode()) if found else None

    def load(self, files: dict[str, ListFile]) -> Iterator[Row]:
        """The entities, in their order."""
        file = files["main"]
        for number, element in enumerate(elements(file, ("sanctionEntity",)), 1):
            yield _entity(element, f"entity {number}", file)


def _entity(element: ET.Element, row: str, file: ListFile) -> Row:
    subject = element.find("subjectType")
    kind = "" if subject is None else subject.get("code", subject.get("classificationCode", ""))
    if kind in ("person", "P"):
        return Skipped(row, Why.PERSON)
    if kind not in ("enterprise", "E"):
        return Skipped(row, Why.FAULT, "no type of subject")
    act = element.find("regulation")
    facts: dict[str, str] = {} if act is None else act.attrib
    places = element.findall("address")
    return listing(
        REGIME,
        element.get("logicalId"),
        _first_full([_name(alias) for alias in element.iter("nameAlias")]),
        file.digest,
        row,
        identifiers=[*_identifiers(element), *_references(element)],
        country=next((p.get("countryDescription") for p in places if p.get("countryDescription") != _UNKNOWN), None),
        addresses=list(filter(None, map(_address, places))),
        programme=clean(facts.get("programme")),
        effective=day(element.get("designationDate", "")),
        published=day(facts.get("publicationDate", "")),
        cite=clean(facts.get("numberTitle")),
    )


def _name(alias: ET.Element) -> ListedName:
    language = alias.get("nameLanguage", "").lower() or None
    return named(alias.get("wholeName"), NameKind.WEAK if alias.get("strong") == "false" else NameKind.ALIAS, language)


def _first_full(names: list[ListedName]) -> list[ListedName]:
    """The names, the first strong one of which counts as the body's own: the list tells none apart."""
    first = next((name for name in names if name.kind is NameKind.ALIAS and name.text), None)
    return [replace(name, kind=NameKind.FULL) if name is first else name for name in names]


def _identifiers(element: ET.Element) -> Iterator[tuple[str, str]]:
    for one in element.iter("identification"):
        if number := clean(one.get("number")):
            yield _SCHEMES.get(one.get("identificationTypeCode", ""), "other"), number


def _references(element: ET.Element) -> Iterator[tuple[str, str]]:
    for scheme, attribute in (("eu-ref", "euReferenceNumber"), ("un-ref", "unitedNationId")):
        if number := clean(element.get(attribute)):
            yield scheme, number


def _address(place: ET.Element) -> str:
    country = place.get("countryDescription", "")
    parts = [*(clean(place.get(part)) for part in _ADDRESS), "" if country == _UNKNOWN else country]
    return ", ".join(filter(None, parts))


# ── CSV: one row per name, address or document of an entity ──

_FIELDS = {
    "number": ("entitylogicalid",),
    "kind": ("entitysubjecttypeclassificationcode", "subjecttype", "entitysubjecttype"),
    "programme": ("entityregulationprogramme", "programme"),
    "cite": ("entityregulationnumbertitle", "lebanumtitle"),
    "published": ("entityregulationpublicationdate", "lebapublicationdate"),
    "effective": ("entitydesignationdate",),
    "reference": ("entityeureferencenumber", "eurefnum"),
    "name": ("namealiaswholename", "naalwholename"),
    "language": ("namealiasnamelanguage", "naallanguage"),
    "street": ("addressstreet", "addrstreet"),
    "zip": ("addresszipcode", "addrzipcode"),
    "city": ("addresscity", "addrcity"),
    "country": ("addresscountrydescription", "addrcountry"),
    "identifier": ("identificationnumber", "idennumber"),
    "scheme": ("identificationtypecode",),
    "day": ("filegenerationdate", "datefilexxxx", "datefile"),
}
_NEEDED = ("number", "kind", "name")


class EuCsv(OneFile):
    """Semicolons between columns; some copies carry every line once more in quotation marks."""

    agent = Agent("eu-csv", "1")
    title = "EU consolidated list, CSV"

    def claims(self, head: bytes, name: str) -> bool:
        """By the columns an entity, its type and its names stand in."""
        del name
        line = head.decode("utf-8", "replace").lstrip("\ufeff").partition("\n")[0]
        return all(name in _columns(_cells(line)) for name in _NEEDED)

    def day(self, head: bytes) -> DateSpan | None:
        """The date in the first row."""
        lines = head.decode("utf-8", "replace").lstrip("\ufeff").splitlines()[:2]
        cells = [_cells(line) for line in lines]
        at = _columns(cells[0]).get("day") if len(cells) > 1 else None
        return day(cells[1][at]) if at is not None and at < len(cells[1]) else None

    def load(self, files: dict[str, ListFile]) -> Iterator[Row]:
        """The entities in the order of their first rows; then the rows that cannot be read."""
        file = files["main"]
        lines = enumerate(file.lines(), 1)
        header = _cells(next(lines)[1])
        at = _columns(header)
        bodies: dict[str, _Body] = {}
        for number, line in lines:
            cells = _cells(line)
            if len(cells) < max(at[name] for name in _NEEDED) + 1:
                yield short(f"line {number}", cells, len(header))
                continue
            row = {name: clean(cells[i]) for name, i in at.items() if i < len(cells)}
            bodies.setdefault(row["number"], _Body(f"line {number}", row["kind"])).add(row)
        if not bodies:
            raise broken(file.name, "a header and no rows")
        yield from (body.row_of(number, file) for number, body in bodies.items())


def _cells(line: str) -> list[str]:
    line = line.strip("\r\n")
    outer = next(csv.reader([line]), [])
    if len(outer) == 1 and ";" in outer[0] and line.startswith('"'):
        line = outer[0].strip("\t")
    return next(csv.reader([line], delimiter=";"), [])


def _columns(header: list[str]) -> dict[str, int]:
    plain = [re.sub(r"[^a-z]", "", cell.lower()) for cell in header]
    return {
        name: plain.index(found)
        for name, names in _FIELDS.items()
        if (found := next((candidate for candidate in names if candidate in plain), None))
    }


@dataclass(slots=True)
class _Body:
    first: str
    kind: str
    names: list[ListedName] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)

    def add(self, row: dict[str, str]) -> None:
        if not self.kind.lower().startswith("e"):
            return
        if row.get("name"):
            self.names.append(named(row["name"], NameKind.ALIAS, row.get("language", "").lower() or None))
        if address := ", ".join(filter(None, (row.get(part, "") for part in ("street", "zip", "city", "country")))):
            self.addresses.append(address)
        if row.get("identifier"):
            self.identifiers.append((_SCHEMES.get(row.get("scheme", ""), "other"), row["identifier"]))
        if row.get("reference"):
            self.identifiers.append(("eu-ref", row["reference"]))
        for name in ("programme", "cite", "published", "effective", "country"):
            if row.get(name):
                self.facts.setdefault(name, row[name])

    def row_of(self, number: str, file: ListFile) -> Row:
        if not self.kind.lower().startswith("e"):
            person = self.kind.lower().startswith("p")
            return Skipped(self.first, Why.PERSON if person else Why.FAULT, "" if person else "no type of subject")
        days = {name: day(self.facts.pop(name, "")) for name in ("published", "effective")}
        return listing(
            REGIME,
            number,
            _first_full(self.names),
            file.digest,
            self.first,
            identifiers=self.identifiers,
            addresses=self.addresses,
            **days,
            **self.facts,
        )
