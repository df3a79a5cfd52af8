"""Third-party transcriptions of US lists as JSON: ``list_id``, and ``entities`` with names, citations and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from countersight.lists.days import day
from countersight.lists.door import turned_away
from countersight.lists.files import ListFile, broken
from countersight.lists.form import OneFile
from countersight.lists.ofac_facts import Facts
from countersight.lists.rows import Row, Skipped, Why, clean, listing, named
from countersight.model import Agent, Checking, DateSpan, NameKind
from countersight.text.jsonstream import JsonFaultError, JsonStream

_REGIMES = {
    "bis-dpl": "US-BIS-DPL",
    "bis-entity-list": "US-BIS-EL",
    "bis-meu": "US-BIS-MEU",
    "cbp-wro": "US-CBP-WRO",
    "dhs-uflpa": "US-UFLPA",
    "dow-1260h": "US-DOD-1260H",
    "dow-1286": "US-DOD-1286",
    "fcc-covered": "US-FCC-COVERED",
    "ndaa-889": "US-NDAA-889",
    "ofac-eo14032": "US-OFAC-NSCMIC",
    "ofac-nscmic": "US-OFAC-NSCMIC",
    "state-debarred-admin": "US-STATE-AECA",
    "state-debarred-statutory": "US-STATE-AECA",
    "state-nonproliferation": "US-STATE-ISN",
}
_ROOM = 1 << 22
_GIVEN = re.compile(rb'"(?:extracted|generated)":\s*"(\d{4}-\d\d-\d\d)"')
_LIST = re.compile(rb'"list_id":\s*"([^"]+)"')
_CLASS = re.compile(r"\bcategory listing\b|\bproduced in\b|^(?:products|goods) of\b", re.IGNORECASE)
_SHIP = re.compile(r"^fishing vessel: ", re.IGNORECASE)
_CITED = re.compile(r"\b\d+ F\.? ?R\.? ?\d+(?: preview citation details)?[,;]? (\d{1,2}/\d{1,2}/\d{2,4})")
_BY_NOTICE = {"US-BIS-EL", "US-BIS-MEU"}
_AHEAD = timedelta(days=7)  # before its notice is printed a rule of theirs takes effect; among those checked: 0 to 5
_COUNTED = "; the day it took effect is counted from the first notice cited for it"
_LABELLED = re.compile(r"([^:;]+): ([^;]+)")
_MONTHS_FIRST = "mdy"


class Transcript(OneFile):
    """One file per list; a schedule of lists (``lists.json``) is none."""

    agent = Agent("us-transcript", "1")
    title = "transcription of a US list, JSON"

    def claims(self, head: bytes, name: str) -> bool:
        """By the names of the fields."""
        del name
        return head.lstrip()[:1] == b"{" and b'"entities"' in head and _LIST.search(head) is not None

    def collection(self, head: bytes) -> str:
        """The ``list_id``: each list has a file of its own."""
        found = _LIST.search(head)
        return found[1].decode("utf-8", "replace") if found else ""

    def day(self, head: bytes) -> DateSpan | None:
        """The day it was extracted."""
        found = _GIVEN.search(head)
        return day(found[1].decode()) if found else None

    def load(self, files: dict[str, ListFile]) -> Iterator[Row]:
        """The entities. Raises ListError for a list that is not known or a file that is cut off."""
        file = files["main"]
        found = _LIST.search(file.head())
        name = found[1].decode("utf-8", "replace") if found else ""
        if name not in _REGIMES:
            raise broken(file.name, f"a list that is not known: {name!r}")
        with file.text() as stream:
            try:
                for item in JsonStream(stream, _ROOM).items():
                    if item.path.startswith("entities["):
                        yield _entity(dict(item.value), _REGIMES[name], item.path, file)
            except (JsonFaultError, TypeError, ValueError) as error:
                raise broken(file.name, str(error)) from error


def _entity(record: dict[str, Any], regime: str, row: str, file: ListFile) -> Row:
    aliases = record.get("aliases") or []
    names = [clean(record.get("name")), *map(clean, aliases if isinstance(aliases, list) else [aliases])]
    notes, cite = clean(record.get("notes")), clean(record.get("federal_register"))
    if _SHIP.match(names[0]) or _CLASS.search(notes) or _CLASS.search(names[0]):
        return Skipped(row, Why.OTHER, "a ship" if _SHIP.match(names[0]) else "a class of goods")
    out = turned_away(names, notes) if any(names) else None
    if out:
        return Skipped(row, out)
    facts = Facts()
    for label, value in _LABELLED.findall(notes):
        facts.remark(f"{clean(label).replace('USCC', 'Unified Social Credit Code (USCC)')} {clean(value)}")
    cited = [on for text in _CITED.findall(cite) if (on := day(text, order=_MONTHS_FIRST))]
    published = min(cited, default=None)
    stated = day(clean(record.get("effective_date")))
    effective = stated or (_by(published) if published and regime in _BY_NOTICE else None)
    return listing(
        regime,
        None,
        [named(names[0]), *(named(alias, NameKind.ALIAS) for alias in names[1:])],
        file.digest,
        row,
        identifiers=facts.identifiers,
        country=record.get("country"),
        addresses=list(filter(None, [clean(record.get("address"))])),
        policy=notes if regime.startswith("US-BIS") else "",
        note="" if regime.startswith("US-BIS") else notes,
        **(facts.on(regime) | ({"effective": effective} if effective else {})),
        published=published,
        cite=cite,
        status=Checking.UNVERIFIED,
        unverified="a third party's transcription, not compared with the original"
        + (_COUNTED if effective and not stated else ""),
    )


def _by(published: DateSpan) -> DateSpan:
    """The days on which a notice of the Bureau took effect: that it was printed on, or one shortly before."""
    return DateSpan(published.from_ - _AHEAD, published.to, f"by the notice printed on {published.from_.isoformat()}")
