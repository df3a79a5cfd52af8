"""Each official form, from a small list made by hand; expectations read off the list."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import listsmade as made
from countersight.lists import builtin
from countersight.lists.files import ListFile
from countersight.lists.loading import Loaded, load, sets
from countersight.model import Checking, DateSpan, Listing, NameKind

FULL, ALIAS, WEAK, FORMER = NameKind.FULL, NameKind.ALIAS, NameKind.WEAK, NameKind.FORMER


def loaded(tmp_path: Path, *files: tuple[str, str | bytes]) -> Loaded:
    lists = sets([ListFile.of(made.leave(tmp_path, name, data)) for name, data in files])
    assert len(lists) == 1
    return load(*lists[0])


def only(list_: Loaded, id_: str) -> Listing:
    return next(one for one in list_.listings if one.id == id_)


def names(listing: Listing) -> list[tuple[str, NameKind]]:
    return [(name.text, name.kind) for name in listing.names]


def counts(list_: Loaded) -> tuple[int, ...]:
    a = list_.account
    return a.organisations, a.persons, a.doubtful, a.other, a.faults


def same(found: DateSpan | None, year: int, month: int, of_month: int) -> bool:
    return found is not None and found.from_ == found.to == date(year, month, of_month)


def test_ofac_set_joins_names_addresses_and_spilled_remarks(tmp_path: Path) -> None:
    files = [("sdn.csv", made.SDN), ("a.csv", made.ALT), ("b.csv", made.ADD), ("c.csv", made.COMMENTS)]
    list_ = loaded(tmp_path, *files)
    assert counts(list_) == (2, 1, 0, 1, 0)
    one = only(list_, "US-OFAC-SDN/101")
    assert names(one) == [
        ("NORTHERN LANTERN OPTICS CO., LTD.", FULL),
        ("BEIFANG DENGLONG", ALIAS),
        ("NORTHERN LAMP WORKS", FORMER),
        ("NLO", WEAK),
    ]
    assert one.identifiers == (
        ("uscc", "91110000MA00000000"),
        ("tax", "7700000000"),
        ("website", "www.lantern.example"),
    )
    assert (one.country, one.addresses) == ("China", ("1 Lantern Road, Beijing 100000, China",))
    other = only(list_, "US-OFAC-SDN/104")
    assert (other.name, other.programme, other.row) == ('HARBOUR, BROTHERS AND SONS "LIMITED"', "IRAN; IFSR", "line 4")


def test_ofac_non_sdn_rows_are_of_the_list_of_their_programme_with_its_dates(tmp_path: Path) -> None:
    list_ = loaded(tmp_path, ("cons_prim.csv", made.CONS))
    assert counts(list_) == (2, 1, 0, 0, 0)
    assert list_.account.regimes == (("US-OFAC-MBS", 1), ("US-OFAC-NSCMIC", 1), ("US-OFAC-SSI", 1))
    cmic = only(list_, "US-OFAC-NSCMIC/201")
    assert cmic.identifiers == (("hk-cr", "1234567"), ("isin", "HK0000000001"))
    assert same(cmic.announced, 2021, 12, 10)
    assert same(cmic.effective, 2022, 2, 8)
    assert same(cmic.grace_end, 2022, 12, 10)
    assert same(only(list_, "US-OFAC-MBS/202").effective, 2022, 3, 26)


def test_ofac_classic_xml(tmp_path: Path) -> None:
    list_ = loaded(tmp_path, ("sdn.xml", made.CLASSIC))
    assert (counts(list_), list_.list_) == ((1, 1, 0, 1, 0), "ofac-xml/US-OFAC-SDN")
    assert same(list_.day, 2021, 3, 10)
    one = only(list_, "US-OFAC-SDN/101")
    assert names(one)[1:] == [("BEIFANG DENGLONG", ALIAS), ("NLO", WEAK), ("NORTHERN LAMP WORKS", FORMER)]
    assert one.identifiers == (("uscc", "91110000MA00000000"), ("registration", "12345678"))


def test_ofac_advanced_xml_brings_features_documents_places_and_entries_together(tmp_path: Path) -> None:
    list_ = loaded(tmp_path, ("cons_advanced.xml", made.ADVANCED))
    assert counts(list_) == (1, 1, 0, 1, 0)
    assert same(list_.day, 2024, 5, 6)
    one = only(list_, "US-OFAC-NSCMIC/201")
    assert names(one) == [("EXAMPLE SYSTEMS GROUP LIMITED", FULL), ("ESG", WEAK), ("EXAMPLE OPTICS", FORMER)]
    assert one.identifiers == (("uscc", "91110000MA00000000"), ("hk-cr", "1234567"), ("isin", "HK0000000001"))
    assert (one.country, one.addresses) == ("China", ("1 Lantern Road, China",))
    assert same(one.announced, 2021, 12, 10)
    assert same(one.effective, 2022, 2, 8)
    assert same(one.grace_end, 2022, 12, 10)


def test_an_sdn_entry_of_the_advanced_form_is_announced_on_the_day_of_its_entry(tmp_path: Path) -> None:
    text = made.ADVANCED.replace('ListID="91507"', 'ListID="1550"').replace("CMIC-EO13959", "GLOMAG")
    one = only(loaded(tmp_path, ("sdn_advanced.xml", text)), "US-OFAC-SDN/201")
    assert same(one.announced, 2021, 12, 10)
    assert one.effective is None


@pytest.mark.parametrize("extra", ["", "_id,", "new_column,_id,"])
def test_consolidated_screening_list_with_either_header(tmp_path: Path, extra: str) -> None:
    fill = ",".join('"x"' for _ in extra.split(",")[:-1]) + "," * bool(extra)
    rows = "".join(f"{fill}{row}\n" for row in made.CSL_ROWS.splitlines())
    list_ = loaded(tmp_path, ("csl.csv", extra + made.CSL_2019 + rows))
    assert counts(list_) == (2, 1, 1, 1, 0)
    entity = next(one for one in list_.listings if one.regime == "US-BIS-EL")
    assert names(entity) == [("Example Lantern Optics", FULL), ("Beifang Denglong", ALIAS), ("Lantern Optics", ALIAS)]
    assert (entity.country, entity.cite) == ("CN", "84 FR 1")
    assert entity.policy == "For all items subject to the EAR; Presumption of denial"
    assert same(entity.effective, 2019, 10, 9)
    assert only(list_, "US-OFAC-SDN/101").identifiers == (("uscc", "91110000MA00000000"), ("tax", "5"))


def test_consolidated_screening_list_as_json_gives_the_same(tmp_path: Path) -> None:
    (entity,) = loaded(tmp_path, ("csl.json", made.CSL_JSON)).listings
    assert names(entity) == [("Example Lantern Optics", FULL), ("Beifang Denglong", ALIAS), ("Lantern Optics", ALIAS)]
    assert (entity.addresses, entity.identifiers) == (("1 Lantern Road, Beijing, CN",), (("tax", "5"),))


def test_eu_xml(tmp_path: Path) -> None:
    list_ = loaded(tmp_path, ("eu.xml", made.EU))
    assert counts(list_) == (1, 1, 0, 0, 0)
    assert same(list_.day, 2024, 3, 2)
    one = only(list_, "EU-CONSOLIDATED/13")
    assert names(one) == [("Example Bureau of the Lantern", FULL), ("灯笼示例局", ALIAS), ("Lantern", WEAK)]
    assert [name.language for name in one.names] == [None, "zh", None]
    assert one.identifiers == (("registration", "91110000MA00000000"), ("eu-ref", "EU.1.2"))
    assert (one.cite, one.programme, one.country) == ("2021/478 (OJ L99I)", "HR", "CHINA")
    assert same(one.effective, 2021, 3, 22)


def test_eu_csv_rows_of_an_entity_come_together(tmp_path: Path) -> None:
    list_ = loaded(tmp_path, ("eu.csv", made.EU_CSV))
    assert counts(list_) == (1, 1, 0, 0, 1)
    assert list_.account.set_aside == (("line 5", "cannot be read: 2 fields instead of 15"),)
    one = only(list_, "EU-CONSOLIDATED/13")
    assert (one.name, one.addresses) == ("Example; Bureau", ("1 Lantern Road, Beijing, CHINA",))


def test_eu_csv_of_the_old_form_with_every_line_in_quotation_marks(tmp_path: Path) -> None:
    list_ = loaded(tmp_path, ("eu.csv", made.EU_OLD))
    assert counts(list_) == (1, 1, 0, 0, 0)
    assert same(list_.day, 2018, 7, 4)
    assert only(list_, "EU-CONSOLIDATED/13").name == "Example Bureau"


def test_ofsi_csv_in_windows_encoding(tmp_path: Path) -> None:
    list_ = loaded(tmp_path, ("ofsi.csv", made.OFSI))
    assert counts(list_) == (1, 1, 0, 0, 0)
    assert same(list_.day, 2018, 4, 13)
    one = only(list_, "UK-SANCTIONS/12704")
    assert names(one) == [("EXAMPLE LANTERN OPTICS", FULL), ("DENGLONG’S", FORMER)]
    assert same(one.effective, 2012, 7, 17)


@pytest.mark.parametrize("name", ["uksl.csv", "uksl.xml"])
def test_uk_sanctions_list(tmp_path: Path, name: str) -> None:
    list_ = loaded(tmp_path, (name, made.WHOLE[name]))
    assert (list_.account.organisations, list_.account.persons) == (1, 1)
    assert same(list_.day, 2026, 1, 29)
    one = only(list_, "UK-SANCTIONS/GHR0001")
    assert [name.text for name in one.names if name.kind is FULL] == ["EXAMPLE LANTERN OPTICS", "灯笼示例公司"]
    assert ("ofsi", "15000") in one.identifiers
    assert same(one.effective, 2021, 3, 22)


def test_uk_xml_tells_measures_numbers_and_parent(tmp_path: Path) -> None:
    one = only(loaded(tmp_path, ("uk.xml", made.UK_XML)), "UK-SANCTIONS/GHR0001")
    assert (one.policy, one.parent) == ("Asset freeze; Trust services sanctions", "Example Holding")
    assert ("registration", "91110000MA00000000") in one.identifiers


def test_un_xml(tmp_path: Path) -> None:
    list_ = loaded(tmp_path, ("un.xml.gz", made.UN))
    assert counts(list_) == (1, 1, 0, 0, 0)
    one = only(list_, "UN-SC/113233")
    assert names(one) == [
        ("EXAMPLE TRADING BUREAU", FULL),
        ("示例贸易局", FULL),
        ("ETB", ALIAS),
        ("OLD BUREAU", FORMER),
    ]
    assert (one.cite, one.country) == ("UN KPe.999", "Democratic People's Republic of Korea")
    assert same(one.effective, 2009, 4, 24)


def test_follow_the_money_entities_with_sanctions_on_lines_of_their_own(tmp_path: Path) -> None:
    list_ = loaded(tmp_path, ("entities.ftm.json", made.WHOLE["entities.ftm.json"]))
    assert counts(list_) == (1, 1, 1, 2, 0)
    one = only(list_, "US-OFAC-SDN/NK-1")
    assert names(one)[0] == ("Example Lantern Optics", FULL)
    assert {("灯笼示例公司", FULL), ("ELO", WEAK), ("Old Lamp", FORMER)} < set(names(one))
    assert (one.identifiers, one.programme, one.status) == (
        (("lei", "5493001KJTIIGC8Y1R12"),),
        "GLOMAG",
        Checking.UNVERIFIED,
    )
    assert same(one.effective, 2020, 7, 31)


def test_simple_table_of_opensanctions(tmp_path: Path) -> None:
    list_ = loaded(tmp_path, ("targets.simple.csv", made.SIMPLE))
    assert counts(list_) == (1, 1, 0, 0, 0)
    one = only(list_, "UN-SC/NK-1")
    assert [name.text for name in one.names] == ["Example Lantern Optics", "Beifang", "Lamp; Works"]


def test_denied_persons_keeps_bodies_with_the_end_of_their_order(tmp_path: Path) -> None:
    list_ = loaded(tmp_path, ("dpl.txt", made.DPL))
    assert counts(list_) == (1, 0, 1, 0, 0)
    (one,) = list_.listings
    assert one.name == "EXAMPLE ELECTRONICS CORPORATION"
    assert same(one.effective, 2017, 10, 10)
    assert same(one.ended, 2025, 11, 19)


def test_transcription_is_published_on_the_earliest_day_it_cites_and_unverified(tmp_path: Path) -> None:
    list_ = loaded(tmp_path, ("x.json", made.WHOLE["bis_entity_list.json"]))
    assert (counts(list_), list_.list_) == ((1, 1, 1, 0, 0), "us-transcript/bis-entity-list")
    (one,) = list_.listings
    assert same(one.published, 2019, 10, 9)
    assert one.status is Checking.UNVERIFIED
    assert "transcription" in one.unverified


@pytest.mark.parametrize(
    "cited",
    [
        "84 FR 54004, 10/9/19",
        "84 FR 54004 10/9/2019.\n85 FR 44159, 7/22/20",
        "84 FR 54004 preview citation details, 10/9/19",
    ],
)
def test_a_notice_of_the_bureau_took_effect_in_the_week_before_it_was_printed(tmp_path: Path, cited: str) -> None:
    entity = {**made.TRANSCRIPT["entities"][0], "federal_register": cited}  # type: ignore[index]
    (one,) = loaded(tmp_path, ("x.json", json.dumps({**made.TRANSCRIPT, "entities": [entity]}))).listings
    assert one.effective is not None
    assert (one.effective.from_, one.effective.to) == (date(2019, 10, 2), date(2019, 10, 9))
    assert "counted from the first notice" in one.unverified


def test_a_notice_tells_no_day_where_none_is_printed_or_the_list_has_rules_of_its_own(tmp_path: Path) -> None:
    undated = {**made.TRANSCRIPT["entities"][0], "federal_register": "86 FR 67319"}  # type: ignore[index]
    other = {**made.TRANSCRIPT, "list_id": "ofac-nscmic"}
    for data in ({**made.TRANSCRIPT, "entities": [undated]}, other):
        (one,) = loaded(tmp_path, ("x.json", json.dumps(data))).listings
        assert one.effective is None


def test_every_regime_a_loader_gives_is_known(tmp_path: Path) -> None:
    given = {
        listing.regime
        for path in made.write(tmp_path)
        for list_ in sets([ListFile.of(path)])
        for listing in load(*list_).listings
    }
    assert given <= set(builtin.regimes())


def test_no_listing_holds_a_word_of_a_natural_person(tmp_path: Path) -> None:
    for path in made.write(tmp_path):
        list_ = load(*sets([ListFile.of(path)])[0])
        told = repr(list_)
        assert "Jane" not in told, path.name
        assert "JANE" not in told, path.name
        assert "DOE" not in told, path.name


def test_two_entries_alike_keep_ids_of_their_own(tmp_path: Path) -> None:
    twice = {**made.TRANSCRIPT, "entities": [made.TRANSCRIPT["entities"][0]] * 2}  # type: ignore[index]
    ids = [one.id for one in loaded(tmp_path, ("x.json", json.dumps(twice))).listings]
    assert len(set(ids)) == 2
    assert ids[1] == f"{ids[0]}~2"
