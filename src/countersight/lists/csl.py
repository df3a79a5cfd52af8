"""The US Consolidated Screening List (CSV with the headers of 2019 and of 2024, JSON with ``results``)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from countersight.lists.days import day
from countersight.lists.door import turned_away
from countersight.lists.files import ListFile, broken
from countersight.lists.form import OneFile
from countersight.lists.ofac_facts import Facts
from countersight.lists.rows import Row, Skipped, Why, clean, listing, named, short
from countersight.model import Agent, NameKind
from countersight.text.jsonstream import JsonFaultError, JsonStream

# The agency's name for each list, by its beginning, and the regime it stands for.
_REGIMES = (
    ("Entity List", "US-BIS-EL"),
    ("Military End User", "US-BIS-MEU"),
    ("Denied Persons", "US-BIS-DPL"),
    ("Unverified List", "US-BIS-UVL"),
    ("Specially Designated Nationals", "US-OFAC-SDN"),
    ("Non-SDN Chinese Military", "US-OFAC-NSCMIC"),
    ("Sectoral Sanctions", "US-OFAC-SSI"),
    ("Capta", "US-OFAC-CAPTA"),
    ("Non-SDN Menu-Based", "US-OFAC-MBS"),
    ("Foreign Sanctions Evaders", "US-OFAC-FSE"),
    ("Palestinian Legislative Council", "US-OFAC-PLC"),
    ("Nonproliferation Sanctions", "US-STATE-ISN"),
    ("ITAR Debarred", "US-STATE-AECA"),
)
_NEEDED = {"source", "name", "alt_names", "programs", "federal_register_notice"}
_ROOM = 1 << 22  # characters of one entry


class CslCsv(OneFile):
    """The CSV, told by its header."""

    agent = Agent("csl-csv", "1")
    title = "Consolidated Screening List, CSV"

    def claims(self, head: bytes, name: str) -> bool:
        """By the columns."""
        del name
        return set(_header(head)) >= _NEEDED

    def load(self, files: dict[str, ListFile]) -> Iterator[Row]:
        """The rows."""
        file = files["main"]
        records = file.records()
        header = [clean(cell).lower() for cell in next(records, (0, []))[1]]
        for line, cells in records:
            row = f"line {line}"
            if len(cells) != len(header):
                yield short(row, cells, len(header))
            else:
                yield _entry(dict(zip(header, map(clean, cells), strict=True)), row, file)


class CslJson(OneFile):
    """The JSON: an object with the entries as ``results``."""

    agent = Agent("csl-json", "1")
    title = "Consolidated Screening List, JSON"

    def claims(self, head: bytes, name: str) -> bool:
        """By the names of the fields."""
        del name
        return head.lstrip()[:1] == b"{" and b'"results"' in head and b'"alt_names"' in head and b'"source"' in head

    def load(self, files: dict[str, ListFile]) -> Iterator[Row]:
        """The results. Raises ListError where the file is cut off."""
        file = files["main"]
        with file.text() as stream:
            try:
                for item in JsonStream(stream, _ROOM).items():
                    if item.path.startswith("results["):
                        yield _entry(_flat(dict(item.value)), item.path, file)
            except (JsonFaultError, TypeError, ValueError) as error:
                raise broken(file.name, str(error)) from error


def _header(head: bytes) -> list[str]:
    line = head.decode("utf-8", "replace").lstrip("\ufeff").partition("\n")[0]
    return [clean(cell).lower() for cell in next(csv.reader([line]), [])]


def _flat(record: dict[str, Any]) -> dict[str, str]:
    """An entry of the JSON as the CSV would have it."""
    return {name: _joined(name, value) for name, value in record.items()}


def _joined(name: str, value: Any) -> str:
    if not isinstance(value, list):
        return clean(value)
    parts = [dict(part) if isinstance(part, tuple) else part for part in value]
    if name == "ids":
        order = ("number", "country", "type")
        return "; ".join(", ".join(filter(None, (clean(p.get(key)) for key in order))) for p in parts)
    return "; ".join(
        ", ".join(map(clean, filter(None, p.values()))) if isinstance(p, dict) else clean(p) for p in parts
    )


def _entry(record: dict[str, str], row: str, file: ListFile) -> Row:
    source = record.get("source", "")
    regime = next((regime for start, regime in _REGIMES if source.lower().startswith(start.lower())), None)
    if regime is None:
        return Skipped(row, Why.FAULT, f"a list that is not known: {source[:60]!r}")
    names = [record.get("name", ""), *record.get("alt_names", "").split("; ")]
    out = _kept_out(record.get("type", ""), names, record)
    if out:
        return Skipped(row, out, "" if out in (Why.PERSON, Why.DOUBTFUL) else record["type"].lower())
    facts = Facts()
    for fact in record.get("ids", "").split("; "):
        number, _, label = fact.rpartition(", ")
        facts.add(label, number.split(", ")[0], number.partition(", ")[2])
    start = day(record.get("start_date", ""))
    return listing(
        regime,
        record.get("entity_number"),
        [named(names[0]), *(named(alias, NameKind.ALIAS) for alias in names[1:])],
        file.digest,
        row,
        identifiers=facts.identifiers,
        country=record.get("country") or _country(record.get("addresses", "")),
        addresses=[address for a in record.get("addresses", "").split("; ") if (address := clean(a))],
        programme=record.get("programs", ""),
        policy="; ".join(filter(None, (record.get("license_requirement"), record.get("license_policy")))),
        **(facts.on(regime) | ({"effective": start} if start else {})),
        ended=day(record.get("end_date", "")),
        cite=record.get("federal_register_notice", ""),
    )


def _kept_out(kind: str, names: list[str], record: dict[str, str]) -> Why | None:
    if record.get("dates_of_birth") or record.get("places_of_birth") or kind == "Individual":
        return Why.PERSON
    if kind == "Entity":
        return None
    return Why.OTHER if kind else turned_away(names)


def _country(addresses: str) -> str | None:
    """The two letters an address ends with."""
    last = addresses.partition("; ")[0].rpartition(", ")[2]
    return last if len(last) == 2 and last.isupper() else None  # noqa: PLR2004
