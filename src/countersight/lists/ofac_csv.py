"""The US Treasury's lists as sets of CSV files without headers: main file, other names, addresses, spilled remarks.

Structure as published by OFAC ("dat_spec.txt"): sdn.csv or cons_prim.csv with 12 fields (ent_num, name, type,
programme, title, six fields of ships, remarks), alt.csv (ent_num, alt_num, type, name, remarks), add.csv (ent_num,
add_num, street, city and code, country, remarks), comments (ent_num, the rest of the remarks). ``-0-`` is nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice

from countersight.lists.files import ListFile
from countersight.lists.form import OneFile
from countersight.lists.ofac_facts import Entry
from countersight.lists.rows import Row, Skipped, Why, clean, named, short
from countersight.model import Agent, NameKind

MAIN, NAMES, ADDRESSES, COMMENTS = "main", "names", "addresses", "comments"
_WIDTHS = {12: MAIN, 6: ADDRESSES, 5: NAMES, 2: COMMENTS}
_KINDS = frozenset({"individual", "vessel", "aircraft", ""})
_NAME_KINDS = {"aka": NameKind.ALIAS, "fka": NameKind.FORMER, "nka": NameKind.FULL}
_WEAK = re.compile(r"(a\.k\.a\.|f\.k\.a\.|n\.k\.a\.) '([^']*(?:'[^';.]+)*)'")
_NON_SDN = re.compile(r"NS-|CMIC|UKRAINE-EO13662|561|FSE|RUSSIA-EO14024|BURMA-EO14014|CAATSA - RUSSIA")
_SAMPLE = 50
_FIELDS = 12


class OfacCsv(OneFile):
    """The CSV sets, SDN and consolidated non-SDN."""

    agent = Agent("ofac-csv", "1")
    title = "OFAC CSV set"

    def claims(self, head: bytes, name: str) -> bool:
        """Whether these are first bytes of one of the set's files: numbered rows of its width, without a header."""
        del name
        return _part(head) is not None

    def part(self, head: bytes) -> str:
        """Which file of the set: ``main``, ``names``, ``addresses`` or ``comments``."""
        return _part(head) or ""

    def load(self, files: dict[str, ListFile]) -> Iterator[Row]:
        """The entries of the main file, joined with what the others say of them."""
        main = files[MAIN]
        aside: dict[str, dict[str, list[list[str]]]] = {
            part: _by_number(files[part], part) for part in (NAMES, ADDRESSES, COMMENTS) if part in files
        }
        sdn = not _is_consolidated(main)
        for number, cells in main.records():
            yield _entry(main, number, cells, aside, sdn=sdn)


def _part(head: bytes) -> str | None:
    lines = head.decode("utf-8", "replace").splitlines()[: _SAMPLE + 1]
    rows = [row for row in csv.reader(lines[:-1] if len(lines) > _SAMPLE else lines) if len(row) > 1]
    widths = {len(row) for row in rows}
    part = _WIDTHS.get(widths.pop()) if len(widths) == 1 else None
    marked = {MAIN: _KINDS, NAMES: frozenset(_NAME_KINDS)}.get(part or "")
    fits = all(row[0].isdigit() and (marked is None or clean(row[2]).lower() in marked) for row in rows)
    return part if fits else None


def _is_consolidated(main: ListFile) -> bool:
    """Whether the main file is the consolidated non-SDN one: the programmes of its rows are those of its lists."""
    programmes = [cells[3] for _, cells in islice(main.records(), _SAMPLE) if len(cells) == _FIELDS]
    return bool(programmes) and all(map(_NON_SDN.search, programmes))


def _by_number(file: ListFile, part: str) -> dict[str, list[list[str]]]:
    width = next(width for width, name in _WIDTHS.items() if name == part)
    found: dict[str, list[list[str]]] = {}
    for _, cells in file.records():
        if len(cells) == width:
            found.setdefault(cells[0].strip(), []).append(cells)
    return found


def _entry(
    main: ListFile, number: int, cells: list[str], aside: dict[str, dict[str, list[list[str]]]], *, sdn: bool
) -> Row:
    row = f"line {number}"
    if len(cells) != _FIELDS:
        return short(row, cells, _FIELDS)
    if not cells[0].strip().isdigit():
        return Skipped(row, Why.FAULT, "no number")
    kind = clean(cells[2]).lower()
    if kind:
        return Skipped(row, Why.PERSON if kind == "individual" else Why.OTHER, "" if kind == "individual" else kind)
    entity = cells[0].strip()
    entry = Entry(entity, row, [named(cells[1])], clean(cells[3]).split("] ["))
    remarks = cells[11] + "".join(cells[1] for cells in aside.get(COMMENTS, {}).get(entity, []))
    for remark in remarks.split(";"):
        entry.facts.remark(clean(remark))
    for alt in aside.get(NAMES, {}).get(entity, []):
        entry.names.append(named(alt[3], _NAME_KINDS.get(clean(alt[2]), NameKind.ALIAS)))
    entry.names += (named(name, NameKind.WEAK) for _, name in _WEAK.findall(remarks))
    for add in aside.get(ADDRESSES, {}).get(entity, []):
        parts = [clean(part) for part in add[2:5]]
        if any(parts):
            entry.addresses.append(", ".join(filter(None, parts)))
        if parts[2]:
            entry.countries.append(parts[2])
    return entry.listings(main.digest, sdn=sdn)
