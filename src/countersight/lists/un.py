"""The United Nations Security Council's consolidated list (XML, root ``CONSOLIDATED_LIST``)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from countersight.lists.days import day
from countersight.lists.files import ListFile, elements, root_of
from countersight.lists.form import OneFile
from countersight.lists.rows import Row, Skipped, Why, clean, listing, named
from countersight.model import Agent, DateSpan, ListedName, NameKind

REGIME = "UN-SC"
_GENERATED = re.compile(rb"""dateGenerated=["'](\d{4}-\d\d-\d\d)""")
_KINDS = {"f.k.a.": NameKind.FORMER, "low": NameKind.WEAK}
_ADDRESS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")


class UnXml(OneFile):
    """Elements ``ENTITY``; ``INDIVIDUAL`` are counted."""

    agent = Agent("un-xml", "1")
    title = "UN Security Council consolidated list"

    def claims(self, head: bytes, name: str) -> bool:
        """By the root element."""
        del name
        return root_of(head) == "CONSOLIDATED_LIST"

    def day(self, head: bytes) -> DateSpan | None:
        """The ``dateGenerated``."""
        found = _GENERATED.search(head)
        return day(found[1].decode()) if found else None

    def load(self, files: dict[str, ListFile]) -> Iterator[Row]:
        """The entries, in their order."""
        file = files["main"]
        for number, element in enumerate(elements(file, ("INDIVIDUAL", "ENTITY")), 1):
            row = f"entry {number}"
            yield Skipped(row, Why.PERSON) if element.tag == "INDIVIDUAL" else _entity(element, row, file)


def _entity(element: ET.Element, row: str, file: ListFile) -> Row:
    reference = clean(element.findtext("REFERENCE_NUMBER"))
    places = [[clean(place.findtext(part)) for part in _ADDRESS] for place in element.iter("ENTITY_ADDRESS")]
    return listing(
        REGIME,
        clean(element.findtext("DATAID")),
        list(_names(element)),
        file.digest,
        row,
        identifiers=[("un-ref", reference)] if reference else [],
        country=next((place[-1] for place in places if place[-1]), None),
        addresses=[", ".join(filter(None, place)) for place in places if any(place)],
        programme=clean(element.findtext("UN_LIST_TYPE")),
        effective=day(clean(element.findtext("LISTED_ON"))),
        cite=f"UN {reference}" if reference else "",
    )


def _names(element: ET.Element) -> Iterator[ListedName]:
    yield named(element.findtext("FIRST_NAME"))
    yield named(element.findtext("NAME_ORIGINAL_SCRIPT"))
    for alias in element.iter("ENTITY_ALIAS"):
        quality = clean(alias.findtext("QUALITY")).lower()
        yield named(alias.findtext("ALIAS_NAME"), _KINDS.get(quality, NameKind.ALIAS))
