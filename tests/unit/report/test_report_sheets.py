"""Contract sheets: every cell leads to its source; tables of deals are numbers and names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from countersight.facts.family import families
from countersight.model import DateSpan, Deal, Item, Money, Party, Question
from countersight.report.dealtables import deal_record, family_record, flat, flat_families
from countersight.report.dossier import build
from countersight.report.sheets import LISTED
from countersight.report.wording import banned

fake = import_module("report_fake")
EVIL = '"><script>alert(1)</script>{{ 7*7 }}'


def deals() -> Any:
    view = fake.view()
    cited = next(f.citations[0] for f in view.findings)
    signed = DateSpan(date(2022, 12, 8), date(2022, 12, 8), "2022年12月8日")
    one = Deal(
        "D-1",
        "contract",
        cited.digest,
        title=EVIL,
        reference="AB-2022-001",
        references=("AB-2022-001",),
        parties=(Party("澜溪县公安局", "buyer", cited), Party("甲公司", "supplier", cited, lot="1")),
        value=Money(Decimal("12680000.00"), "CNY", "included"),
        dates={"signed": signed, "end": signed},
        computed={"end": "三个月内"},
        questions=(Question("value: the figures say 1, the capital numerals 2.", (cited, cited)),),
        citations={"title": cited, "reference": cited, "value": cited, "signed": cited, "end": cited},
    )
    return one, replace(one, id="D-2", kind="tender", digest=cited.digest, title="x", value=None, questions=())


def index(*found: Any) -> Any:
    return next(build(replace(fake.view(), deals=found)))[1].decode()


@pytest.fixture(scope="module")
def page() -> Any:
    return LexborHTMLParser(index(*deals()))


def test_every_cell_leads_to_a_source_that_is_there(page: Any) -> None:
    anchors = {node.attributes.get("id") for node in page.css("[id]")}
    cells = page.css("#deals .deal .facts-of tr td")
    assert len(cells) > 8
    for cell in cells:
        links = [node.attributes["href"] for node in cell.css("sup a")]
        assert len(links) == 1
        assert links[0][1:] in anchors


def test_all_links_of_the_section_lead_somewhere(page: Any) -> None:
    anchors = {node.attributes.get("id") for node in page.css("[id]")}
    links = {node.attributes["href"] for node in page.css("#deals a") if node.attributes["href"].startswith("#")}
    assert {link for link in links if link[1:] not in anchors} == set()


def test_what_is_computed_and_what_is_asked_is_said(page: Any) -> None:
    said = re.sub(r"\s+", " ", page.css_first("#deals").text())
    assert "computed from “三个月内”" in said
    assert "Reading question. value: the figures say 1" in said
    assert "12,680,000 CNY" in said


def test_lines_of_goods_stand_on_the_sheet_each_with_its_source_and_a_bill_of_its_own_has_one() -> None:
    one = deals()[0]
    cited = one.citations["title"]
    lines = tuple(
        Item(str(n), f"摄像机{n}", cited, model="K-1", operator=">=", quantity=Decimal(n), unit="台")
        for n in range(150)
    )
    page = LexborHTMLParser(index(one, replace(one, id="D-3", kind="goods", items=lines)))
    (table,) = page.css("#deals .goods")
    heads = [node.text() for node in table.css("thead th")][1:]
    assert heads == ["No.", "Description", "Model", "Quantity", "Unit"]
    rows = table.css("tbody tr")
    assert [cell.text() for cell in rows[3].css("td")] == ["3", "摄像机3", "K-1", "≥ 3", "台"]
    assert all(len(row.css("sup a")) == 1 for row in rows)
    assert len(rows) == LISTED
    assert "50 more lines; the export has them all" in page.text()


def test_flags_stand_beside_the_record_they_are_of(page: Any) -> None:
    assert page.css("#deals .matrix tbody td a")


def test_texts_are_escaped_and_no_banned_word_is_used(page: Any) -> None:
    assert not page.css("#deals script")
    assert not list(banned(page.css_first("#deals .soft").text()))


def test_a_case_without_deals_has_no_section() -> None:
    assert 'id="deals"' not in index()


def test_a_line_of_deals() -> None:
    record = deal_record(deals()[0], ("x.pdf", "x.pdf | page 1"))
    assert record["value"] == {"amount": 12680000, "currency": "CNY", "tax": "included"}
    assert (record["buyer"], record["supplier"]) == ("澜溪县公安局", "甲公司")
    assert record["dates"]["signed"] == {"from": "2022-12-08", "to": "2022-12-08", "text": "2022年12月8日"}
    assert record["dates"]["award"] is None
    assert set(record["citations"]["value"]) == {
        *("digest", "name", "locator", "page", "page_label", "start", "end", "quote", "boxes")
    }


def test_several_suppliers_leave_the_one_open() -> None:
    one = deals()[0]
    record = deal_record(
        replace(one, parties=(*one.parties, Party("乙公司", "supplier", one.parties[0].citation))), ("x", "x")
    )
    assert record["supplier"] is None
    assert [each["name"] for each in record["suppliers"]] == ["甲公司", "乙公司"]


def test_spreadsheets_have_a_citation_in_every_row() -> None:
    rows = list(flat(deal_record(deal, ("x.pdf", "x.pdf")) for deal in deals()))
    assert all(row["cited"] for row in rows)
    assert rows[0]["dates.signed"] == "2022-12-08"
    known = {deal.id: deal for deal in deals()}
    kin = list(flat_families(family_record(one, known) for one in families(deals())))
    assert [(row["deal"], row["kind"]) for row in kin] == [("D-2", "tender"), ("D-1", "contract")]
    assert all(row["citation"]["quote"] for row in kin)
