from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from read_sink import MemorySink

from countersight.errors import ReadError
from countersight.model import BlockKind, Reading, Status
from countersight.ports import Limits
from countersight.read import choose
from countersight.read.feeds import FeedReader

DATA = Path(__file__).parents[4] / "shared" / "data"
READER = FeedReader()
RELEASE = {
    "ocid": "ocds-1-7",
    "date": "2022-05-06T00:00:00Z",
    "tag": ["tender"],
    "tender": {"title": "Camera network", "value": {"amount": 1234567.10, "currency": "EUR"}, "items": [{"id": "1"}]},
    "buyer": {"name": "City", "identifier": None, "uri": ""},
}
TED = """<?xml version="1.0" encoding="UTF-8"?>
<TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" VERSION="R2.0.9.S05.E01">
<TRANSLATION_SECTION><ML_TITLES><ML_TI_DOC LG="BG"><TI_TEXT><P>Камери</P></TI_TEXT></ML_TI_DOC>
</ML_TITLES></TRANSLATION_SECTION>
<CODED_DATA_SECTION><REF_OJS><DATE_PUB>20220304</DATE_PUB></REF_OJS></CODED_DATA_SECTION>
<FORM_SECTION><NOTICE_UUID>7</NOTICE_UUID><F03_2014 LG="EN"><OBJECT_CONTRACT>
<TITLE><P>CCTV over 5 km<FT TYPE="SUP">2</FT> &amp; more</P></TITLE>
<VAL_TOTAL CURRENCY="EUR">2845341.62</VAL_TOTAL><P>one</P><P>two</P></OBJECT_CONTRACT></F03_2014>
</FORM_SECTION></TED_EXPORT>"""
EFORMS = """<?xml version="1.0"?>
<ContractAwardNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractAwardNotice-2"
 xmlns:cbc="urn:cbc" xmlns:cac="urn:cac">
<cbc:IssueDate>2023-11-14+01:00</cbc:IssueDate><cac:ProcurementProject>
<cbc:Name languageID="DEU">Kameras</cbc:Name></cac:ProcurementProject></ContractAwardNotice>"""
LEI = """<lei:LEIData xmlns:lei="http://www.gleif.org/data/schema/leidata/2016"><lei:LEIHeader>
<lei:ContentDate>2023-01-02T00:00:00Z</lei:ContentDate></lei:LEIHeader><lei:LEIRecords>
<lei:LEIRecord><lei:LEI>5493001KJTIIGC8Y1R12</lei:LEI>
<lei:Entity><lei:LegalName xml:lang="zh">海康</lei:LegalName></lei:Entity></lei:LEIRecord>
<lei:LEIRecord><lei:LEI>5493001KJTIIGC8Y1R13</lei:LEI></lei:LEIRecord></lei:LEIRecords></lei:LEIData>"""


def read(tmp_path: Path, data: str | bytes | Any, pages: range | None = None, limits: Limits | None = None) -> Reading:
    if not isinstance(data, (str, bytes)):
        data = json.dumps(data, ensure_ascii=False)
    path = tmp_path / "blob"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    found = choose(path.read_bytes()[:4096], "a.bin")
    assert found is not None
    assert found[0].agent.name == "feeds"
    return READER.read(path, found[1], pages, limits or Limits(), MemorySink())


def fields(reading: Reading) -> list[tuple[str, str]]:
    return [(b.ref, p.text[b.start : b.end]) for p in reading.pages for b in p.blocks if b.kind is BlockKind.FIELD]


def headings(reading: Reading) -> list[str]:
    return [p.text[b.start : b.end] for p in reading.pages for b in p.blocks if b.kind is BlockKind.HEADING]


def test_a_release(tmp_path: Path) -> None:
    reading = read(tmp_path, json.dumps(RELEASE).replace("1234567.1", "1234567.10"))
    assert fields(reading) == [
        ("ocid", "ocds-1-7"),
        ("date", "2022-05-06T00:00:00Z"),
        ("tag[0]", "tender"),
        ("tender.title", "Camera network"),
        ("tender.value.amount", "1234567.10"),
        ("tender.value.currency", "EUR"),
        ("tender.items[0].id", "1"),
        ("buyer.name", "City"),
    ]
    assert "tender.title: Camera network\n" in reading.pages[0].text
    assert (reading.notes, reading.title) == (("OCDS release",), "Camera network")
    assert reading.dated is not None
    assert reading.dated.from_ == date(2022, 5, 6)
    assert (reading.total, reading.pages[0].paged, reading.status) == (0, False, Status.READ)


def test_a_package(tmp_path: Path) -> None:
    package = {"uri": "x", "publishedDate": "2023-01-01", "releases": [RELEASE, RELEASE | {"ocid": "ocds-1-8"}]}
    reading = read(tmp_path, package)
    assert reading.notes == ("OCDS release package, 2 releases",)
    assert headings(reading) == ["releases[0] ocds-1-7", "releases[1] ocds-1-8"]
    assert ("releases[1].tender.title", "Camera network") in fields(reading)
    assert reading.pages[0].text.count("\ntender.title: Camera network\n") == 2
    assert reading.title is None
    assert reading.dated is not None
    assert reading.dated.from_ == date(2023, 1, 1)


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ({"ocid": "x", "compiledRelease": RELEASE}, "OCDS record"),
        (
            {"uri": "x", "version": "1.1", "records": [{"ocid": "x", "compiledRelease": RELEASE}]},
            "OCDS record package, 1 record",
        ),
        ([RELEASE, RELEASE], "OCDS, 2 releases"),
        ({"data": [{"type": "lei-records", "id": "1"}]}, "GLEIF API answer, 1 record"),
        ({"records": [{"LEI": {"$": "1"}}, {"LEI": {"$": "2"}}]}, "GLEIF, 2 LEI records"),
        ({"relations": [{"RelationshipRecord": {"Relationship": {}}}]}, "GLEIF, 1 relationship record"),
    ],
)
def test_kinds(tmp_path: Path, data: object, note: str) -> None:
    assert read(tmp_path, data).notes == (note,)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('{"a": 1}', "a.json"),
        ('{"tender": "love"}', "a.json"),
        ("<rss><channel/></rss>", "a.xml"),
        ("<!doctype html><html><body>ocid</body></html>", "a.html"),
        ('<a href="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>', "a.xml"),
        ("LEI,name\n1,2\n", "a.csv"),
        ('the "ocid": is a number', "a.txt"),
        ("", "a.json"),
    ],
)
def test_other_kinds_stay_with_other_readers(head: str, name: str) -> None:
    found = choose(head.encode(), name)
    assert found is not None
    assert found[0].agent.name != "feeds"


def test_json_lines(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(RELEASE | {"ocid": f"ocds-{n}"}) for n in range(3))
    reading = read(tmp_path, lines)
    assert reading.notes == ("OCDS, 3 JSON values one after another",)
    assert headings(reading) == ["value 2", "value 3"]
    assert [value for path, value in fields(reading) if path == "ocid"] == ["ocds-0", "ocds-1", "ocds-2"]


def test_a_name_given_twice_keeps_both(tmp_path: Path) -> None:
    reading = read(tmp_path, '{"ocid": "a", "ocid": "b", "tag": [true, false, null, 1e5, 00]}')
    assert fields(reading)[:2] == [("ocid", "a"), ("ocid", "b")]


def test_numbers_and_truth_as_written(tmp_path: Path) -> None:
    reading = read(tmp_path, '{"ocid": "a", "tag": [true, false, null, 1e5, -0.50, 12345678901234567890]}')
    assert fields(reading)[1:] == [
        ("tag[0]", "true"),
        ("tag[1]", "false"),
        ("tag[3]", "1e5"),
        ("tag[4]", "-0.50"),
        ("tag[5]", "12345678901234567890"),
    ]


@pytest.mark.parametrize(
    "cut",
    ['{"ocid": "a", "tender": {"title": "Cam', '{"ocid": "a", "b": 1} x', '{"ocid": "a", "b": }', '{"ocid": "a" "b"}'],
)
def test_damaged_json_is_read_as_text_from_there(tmp_path: Path, cut: str) -> None:
    reading = read(tmp_path, cut)
    assert fields(reading)[0] == ("ocid", "a")
    assert reading.status is Status.PARTIAL
    assert reading.reason.startswith("damaged: no JSON, ")
    assert reading.faults[0].page == 1
    assert "Cam" not in cut or "Cam" in reading.pages[0].text


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 100_000])
def test_deep_nesting(tmp_path: Path, deep: str) -> None:
    reading = read(tmp_path, '{"ocid": "a", "b": ' + deep)
    assert reading.status is Status.PARTIAL


def test_chinese_in_other_encodings(tmp_path: Path) -> None:
    text = json.dumps({"ocid": "a", "name": "平安城市监控系统采购项目"}, ensure_ascii=False)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        reading = read(tmp_path, text.encode(encoding))
        assert ("name", "平安城市监控系统采购项目") in fields(reading)
        assert reading.pages[0].language == "zh"


def test_a_long_feed_is_cut_into_pages_and_any_range_reads_the_same(tmp_path: Path) -> None:
    release = RELEASE | {"description": "word " * 2000}
    package = json.dumps({"uri": "x", "releases": [release | {"ocid": f"ocds-{n}"} for n in range(320)]})
    whole = read(tmp_path, package)
    assert whole.total == len(whole.pages) == 4
    assert [(page.label, page.paged) for page in whole.pages] == [(f"part {n}", True) for n in range(1, 5)]
    assert len(headings(whole)) == 320
    some = read(tmp_path, package, range(1, 3))
    assert (some.pages, some.total) == (whole.pages[1:3], 4)
    assert read(tmp_path, package, range(0)).pages == ()


def test_a_value_larger_than_a_page(tmp_path: Path) -> None:
    reading = read(tmp_path, {"ocid": "a", "text": "词" * 2_500_000})
    assert reading.total == 3
    assert sum(len(value) for path, value in fields(reading) if path == "text") == 2_500_000


def test_a_value_larger_than_memory_is_told(tmp_path: Path) -> None:
    data = {"ocid": "a", "text": "x" * 3_000_000}
    reading = read(tmp_path, data, limits=Limits(memory=8_000_000))
    assert "too large" in reading.reason
    assert sum(len(page.text) for page in reading.pages) > 3_000_000


def test_a_ted_notice_shows_its_form_first(tmp_path: Path) -> None:
    reading = read(tmp_path, TED)
    assert fields(reading) == [
        ("FORM_SECTION.NOTICE_UUID", "7"),
        ("FORM_SECTION.F03_2014@LG", "EN"),
        ("FORM_SECTION.F03_2014.OBJECT_CONTRACT.TITLE.P", "CCTV over 5 km2 & more"),
        ("FORM_SECTION.F03_2014.OBJECT_CONTRACT.VAL_TOTAL@CURRENCY", "EUR"),
        ("FORM_SECTION.F03_2014.OBJECT_CONTRACT.VAL_TOTAL", "2845341.62"),
        ("FORM_SECTION.F03_2014.OBJECT_CONTRACT.P", "one"),
        ("FORM_SECTION.F03_2014.OBJECT_CONTRACT.P[2]", "two"),
        ("CODED_DATA_SECTION.REF_OJS.DATE_PUB", "20220304"),
        ("TED_EXPORT@VERSION", "R2.0.9.S05.E01"),
        ("TRANSLATION_SECTION.ML_TITLES.ML_TI_DOC@LG", "BG"),
        ("TRANSLATION_SECTION.ML_TITLES.ML_TI_DOC.TI_TEXT.P", "Камери"),
    ]
    assert reading.notes == ("EU TED notice, form F03_2014",)
    assert reading.title == "CCTV over 5 km2 & more"
    assert reading.dated is not None
    assert reading.dated.from_ == date(2022, 3, 4)


def test_an_eforms_notice(tmp_path: Path) -> None:
    reading = read(tmp_path, EFORMS)
    assert ("ProcurementProject.Name", "Kameras") in fields(reading)
    assert reading.title == "Kameras"
    assert reading.notes == ("EU TED notice, eForms",)
    assert reading.dated is not None
    assert reading.dated.from_ == date(2023, 11, 14)


def test_gleif_xml(tmp_path: Path) -> None:
    reading = read(tmp_path, LEI)
    assert reading.notes == ("GLEIF, 2 LEI records",)
    assert headings(reading) == [
        "LEIRecords.LEIRecord[1] 5493001KJTIIGC8Y1R12",
        "LEIRecords.LEIRecord[2] 5493001KJTIIGC8Y1R13",
    ]
    assert ("LEIRecords.LEIRecord[1].Entity.LegalName", "海康") in fields(reading)


def test_gleif_csv(tmp_path: Path) -> None:
    text = 'LEI,Entity.LegalName,Entity.LegalName.xmllang\n549,"A, ""B""",\n550,海康,zh,more\n\n'
    reading = read(tmp_path, text)
    assert reading.notes == ("GLEIF, 2 LEI records",)
    assert headings(reading) == ["row 2 549", "row 3 550"]
    assert ("row 2.Entity.LegalName", 'A, "B"') in fields(reading)
    assert ("row 3.column 4", "more") in fields(reading)


@pytest.mark.parametrize(
    "data",
    [
        TED[:-40],
        TED.replace("</P>", "", 1),
        TED.replace("<TED_EXPORT", "<TED_EXPORT ", 1).replace("two", "&undefined;"),
    ],
)
def test_damaged_xml_is_read_as_text_from_there(tmp_path: Path, data: str) -> None:
    reading = read(tmp_path, data)
    assert reading.status is Status.PARTIAL
    assert reading.reason.startswith("damaged: no XML, ")
    assert "VAL_TOTAL" in reading.pages[0].text


def test_a_document_type_is_left_to_others(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    path = tmp_path / "a.xml"
    path.write_text(TED.replace("<TED_EXPORT", bomb + "<TED_EXPORT", 1).replace("two", "&b;"))
    reading = (
        READER.read(path, "application/xml", None, Limits(), MemorySink())
        if READER.claims(path.read_bytes()[:4096], "")
        else None
    )
    assert reading is None or ("document type" in reading.reason and "aaaaaaaa" not in reading.pages[0].text)


@pytest.mark.timeout(20)
def test_names_and_nests_made_to_swell(tmp_path: Path) -> None:
    name = "n" * 100_000
    reading = read(
        tmp_path, '{"ocid": "a", "' + name + '": [' + '{"' + name[:499] + '":' * 1 + "[1, 2]}," * 1 + '"x"]}'
    )
    assert sum(len(page.text) for page in reading.pages) < 400_000
    assert name in [value for _, value in fields(reading)]
    deep = "".join(f"<{'e' * 400}{n}>" for n in range(50))
    swollen = TED.replace("two", deep + "x")
    assert "nested too deeply" in read(tmp_path, swollen).reason


def test_empty(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"")
    with pytest.raises(ReadError, match="empty"):
        READER.read(path, "application/json", None, Limits(), MemorySink())


@pytest.mark.parametrize("seed", range(30))
def test_changed_bytes_never_crash_and_lose_nothing_silently(tmp_path: Path, seed: int) -> None:
    for source in (json.dumps({"uri": "x", "releases": [RELEASE] * 3}), TED, LEI):
        data = bytearray(source.encode())
        for at in range(200 + seed, len(data), 97 + seed):
            data[at] = (data[at] * 31 + seed) % 256
        path = tmp_path / "a"
        path.write_bytes(bytes(data))
        kind = READER.claims(bytes(data[:4096]), "")
        if kind:
            reading = READER.read(path, kind, None, Limits(), MemorySink())
            assert reading.pages


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.exists(), reason="../shared/data is absent")
@pytest.mark.parametrize("folder", ["tenders/ocds", "tenders/ted", "ownership/gleif_api"])
def test_real_feeds_are_read_whole(folder: str) -> None:
    for path in sorted(file for file in (DATA / folder).rglob("*.*") if file.is_file()):
        kind = READER.claims(path.read_bytes()[:4096], path.name)
        assert kind is not None, path
        reading = READER.read(path, kind, None, Limits(), MemorySink())
        assert reading.status is Status.READ, (path, reading.reason)
        assert fields(reading), path
        assert reading.dated is not None, path
        if kind == "application/json":
            values = {value for _, value in fields(reading)}
            assert _strings(json.loads(path.read_text("utf-8"))) <= values, path


def _strings(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set().union(*map(_strings, value.values()))
    if isinstance(value, list):
        return set().union(*map(_strings, value))
    return {value.replace("\r\n", "\n").replace("\r", "\n")} if isinstance(value, str) and value else set()
