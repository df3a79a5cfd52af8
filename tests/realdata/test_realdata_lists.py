"""Official lists as published: every entry accounted for, organisations counted once more in another way."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from countersight.errors import ListError
from countersight.lists.loading import Loaded
from countersight.pipeline.watch import read

HERE = Path(__file__).resolve().parents[3] / "shared" / "data" / "lists"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not HERE.is_dir(), reason="../shared/data/lists is not there"),
]


def text(name: str) -> str:
    data = (HERE / name).read_bytes()
    return (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8", "replace")


def loaded(name: str) -> Loaded:
    (offer,) = read([HERE / name])
    return offer.loaded


def _ofac_csv(name: str) -> int:
    """Rows whose third field is the mark for nothing; persons, ships and aircraft have a word there."""
    return len(re.findall(r'^\d+,"(?:[^"]|"")*",-0- ,', text(name), re.MULTILINE))


def _words(pattern: str) -> Callable[[str], int]:
    return lambda name: len(re.findall(pattern, text(name)))


def _groups(name: str) -> int:
    rows = csv.reader((HERE / name).read_bytes().decode("cp1252").splitlines()[2:])
    return len({row[28] for row in rows if row[23] == "Entity"})


@pytest.mark.parametrize(
    ("name", "count", "organisations"),
    [
        ("ofac/2019-01/sdn.csv", _ofac_csv, 2994),
        ("ofac/sdn_2021-08-18.csv", _ofac_csv, 3711),
        ("ofac/sdn_2023-03-31.csv", _ofac_csv, 4848),
        ("ofac/consolidated_nonsdn/cons_prim.csv", _ofac_csv, 363),
        ("ofac/xml/sdn_2021-03-10.xml.gz", _words("<sdnType>Entity<"), 3613),
        ("ofac/xml/consolidated_2024-05.xml.gz", _words("<sdnType>Entity<"), 364),
        ("eu/FULL_2021-03-02.xml.gz", _words('<subjectType code="enterprise"'), 569),
        ("un/un_consolidated_2021-03-12.xml.gz", _words("<ENTITY>"), 293),
        ("un/un_consolidated_2024-05-15.xml.gz", _words("<ENTITY>"), 193),
        ("uk/sanctionsconlist_2018-10.csv", _groups, 680),
        ("eu/EUSanctionsShort.csv", lambda name: len(set(re.findall(r"(?m)^\W[\d/]+;(\d+);E;", text(name)))), 32),
    ],
)
def test_organisations_are_as_many_as_counted_another_way(
    name: str, count: Callable[[str], int], organisations: int
) -> None:
    assert count(name) == organisations
    assert loaded(name).account.organisations == organisations
    assert loaded(name).account.faults == 0


@pytest.mark.parametrize("path", sorted((HERE / "us_2026-07").glob("*.json")), ids=lambda path: path.name)
def test_every_entry_of_a_transcription_is_accounted_for(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    if "entities" not in data:
        with pytest.raises(ListError, match="no list of a known format"):
            read([path])
        return
    account = loaded(f"us_2026-07/{path.name}").account
    assert account.entries == len(data["entities"]) == data["count"]
    assert account.faults == 0


def test_lists_of_bodies_alone_lose_none() -> None:
    for name, organisations in (("bis_meu", 70), ("dhs_uflpa", 148), ("dow_1260h", 80), ("ofac_nscmic", 68)):
        assert loaded(f"us_2026-07/{name}.json").account.organisations == organisations


@pytest.mark.parametrize("name", ["csl_2019.csv", "consolidated_sample_2024.csv"])
def test_both_headers_of_the_screening_list(name: str) -> None:
    rows = list(csv.DictReader((HERE / "csl" / name).read_text(encoding="utf-8").splitlines()))
    account = loaded(f"csl/{name}").account
    assert account.entries == len(rows)
    typed = sum(row["type"] == "Entity" for row in rows)
    untyped = sum(not row["type"] for row in rows)
    assert typed <= account.organisations <= typed + untyped
    assert account.persons >= sum(row["type"] == "Individual" for row in rows)


def test_denied_persons_are_all_accounted_for() -> None:
    account = loaded("bis/dpl.txt").account
    assert (account.entries, account.faults) == (546, 0)
    assert account.organisations < 160


def test_investment_list_has_three_days_and_numbers() -> None:
    for name in ("ofac/consolidated_nonsdn", "ofac/xml/consolidated_2024-05.xml.gz"):
        bodies = {one.id: one for one in loaded(name).listings}
        one = bodies["US-OFAC-NSCMIC/30946"]
        assert ("uscc", "91330000733796106P") in one.identifiers
        days = [str(span and span.from_) for span in (one.announced, one.effective, one.grace_end)]
        assert days == ["2021-06-03", "2021-08-02", "2022-06-03"]
        assert ("hk-cr", "2162198") in bodies["US-OFAC-NSCMIC/33114"].identifiers


def test_broken_files_are_told_row_by_row_or_refused() -> None:
    assert loaded("malformed/sdn.csv").account.set_aside == (("line 7380", "cannot be read: 1 fields instead of 12"),)
    assert loaded("malformed/sdn.csv").account.organisations == 2994
    csl = loaded("malformed/csl.csv").account
    assert (csl.organisations, csl.faults) == (2, 4)
    with pytest.raises(ListError, match="its main file is missing"):
        read([HERE / "malformed" / "add.csv"])
    with pytest.raises(ListError, match="its main file is missing"):
        read([HERE / "ofac" / "2025-02"])
