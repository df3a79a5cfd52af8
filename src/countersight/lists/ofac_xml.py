"""The US Treasury's lists as classic XML (sdn.xml, consolidated.xml: root ``sdnList``)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from countersight.lists.days import day
from countersight.lists.files import ListFile, elements, root_of
from countersight.lists.form import OneFile
from countersight.lists.ofac_facts import Entry
from countersight.lists.rows import Row, Skipped, Why, clean, named
from countersight.model import Agent, DateSpan, ListedName, NameKind

_PUBLISHED = re.compile(rb"<(?:\w+:)?Publish_Date>\s*([^<]+?)\s*<")
_ADDRESS = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
_NON_SDN = re.compile(rb"<(?:\w+:)?program>(?:NS-|CMIC|UKRAINE-EO13662|561|FSE)")


class OfacXml(OneFile):
    """Root ``sdnList``; the non-SDN lists have the same form and are told by the programmes of the first entries."""

    agent = Agent("ofac-xml", "1")
    title = "OFAC classic XML"

    def claims(self, head: bytes, name: str) -> bool:
        """By the root element."""
        del name
        return root_of(head) == "sdnList"

    def day(self, head: bytes) -> DateSpan | None:
        """The ``Publish_Date``."""
        found = _PUBLISHED.search(head)
        return day(found[1].decode("ascii", "replace"), order="mdy") if found else None

    def load(self, files: dict[str, ListFile]) -> Iterator[Row]:
        """The ``sdnEntry`` elements."""
        file = files["main"]
        sdn = not _NON_SDN.search(file.head())
        for number, element in enumerate(elements(file, ("sdnEntry",)), 1):
            yield _entry(element, number, file, sdn=sdn)


def _entry(element: ET.Element, number: int, file: ListFile, *, sdn: bool) -> Row:
    row, kind = f"entry {number}", clean(element.findtext("sdnType")).lower()
    if kind != "entity":
        why = {"individual": Why.PERSON, "": Why.FAULT}.get(kind, Why.OTHER)
        return Skipped(row, why, "" if why is Why.PERSON else kind or "no type")
    programmes = [clean(program.text) for program in element.iter("program")]
    entry = Entry(clean(element.findtext("uid")), row, [named(element.findtext("lastName"))], programmes)
    entry.names += map(_alias, element.iter("aka"))
    for address in element.iter("address"):
        entry.addresses.append(", ".join(filter(None, (clean(address.findtext(part)) for part in _ADDRESS))))
        entry.countries += filter(None, [clean(address.findtext("country"))])
    for fact in element.iter("id"):
        entry.facts.add(*(clean(fact.findtext(part)) for part in ("idType", "idNumber", "idCountry")))
    return entry.listings(file.digest, sdn=sdn)


def _alias(aka: ET.Element) -> ListedName:
    kind = NameKind.FORMER if clean(aka.findtext("type")) == "f.k.a." else NameKind.ALIAS
    weak = clean(aka.findtext("category")).lower() == "weak"
    return named(aka.findtext("lastName"), NameKind.WEAK if weak else kind)
