"""Labels without a colon: boxes of forms, captions over values, gaps; days whose order other days of a page show."""

from __future__ import annotations

from typing import Any

import pytest

from countersight.facts.fields import field_clues
from countersight.model import Page


def said(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for clue in field_clues(Page(1, text)):
        found.setdefault(clue.field, []).append(clue.value)
    return found


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("[標案案號]XP113-03\n[招標方式]公開招標\n[截止投標]113/04/16 17:00", "reference", "XP113-03"),
        ("[標案案號]XP113-03\n[招標方式]公開招標\n[截止投標]113/04/16 17:00", "closing", "2024-04-16"),
        ("9. ISSUED BY\nHARBOR DISTRICT COMMISSION\n10. SUBMIT INVOICES TO", "buyer", "HARBOR DISTRICT COMMISSION"),
        ("5. ISSUED BY CODE AB1 6. ADMINISTERED BY CODE\nBureau of Coasts Same as Item 5", "buyer", "Bureau of Coasts"),
        (
            "TO (SUPPLIER)      DELIVER TO\nORRIN FARM SUPPLIES CC   DISTRICT STORES",
            "supplier",
            "ORRIN FARM SUPPLIES CC",
        ),
        ("4. ORDER NUMBER 21-DO-0077 PAGE 1 OF 2\nother words", "contract_no", "21-DO-0077"),
        ("1. Contract No.\t2. Award date\nW-55/20\t03/25/2020", "contract_no", "W-55/20"),
        ("1. Contract No.\t2. Award date\nW-55/20\t03/25/2020", "award", "2020-03-25"),
        ("3. Vendor name and address\t4. Terms\nBeacon Optics LLC\tNET 30", "supplier", "Beacon Optics LLC"),
        (
            "17a. Contractor/Offeror\t18a. Payment will be made by\nOrion Marine Inc.\tDistrict 4",
            "supplier",
            "Orion Marine Inc.",
        ),
        (
            "结算情况\n合同价\t送审价\t审定价\t核减\n1,200.00\t1,300.00\t1,250.00\t50.00\n（单位：元）",
            "value",
            "1250 CNY -",
        ),
        ("P.O. NUMBER   77-4410\nother", "contract_no", "77-4410"),
        ("采购单位　　河州县水务局\n其他", "buyer", "河州县水务局"),
        ("Contractor   Ridge Telecom Ltd\nother", "supplier", "Ridge Telecom Ltd"),
        ("ORDER DATE\tBUYER CODE\tTERMS\n02/05/2021\tKM\tNET 30\nOPENED 01/28/2021", "signed", "2021-02-05"),
    ],
)
def test_labels_without_a_colon(text: Any, field: Any, value: Any) -> None:
    assert value in said(text).get(field, [])


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("From the Client:\tWestmark Borough Council", "buyer", "Westmark Borough Council"),
        ("Party B (Seller): Xinghe Optical Co., Ltd. [星河光学有限公司]", "supplier", "Xinghe Optical Co., Ltd."),
        ("征集人（甲方）：沅川省教育厅", "buyer", "沅川省教育厅"),
        ("Contractor's name and business address: Vesta Radio GmbH", "supplier", "Vesta Radio GmbH"),
        ("Client's bid reference: KL-RFB-0091", "reference", "KL-RFB-0091"),
        ("Article 7. Total contract price: EUR 1,250,000", "value", "1250000 EUR -"),
        ("Awarded Firm: Delta Print Ltd. (Norland)", "supplier", "Delta Print Ltd."),
        ("Contractor: Foxglove Perimeter Limited, ABN on file", "supplier", "Foxglove Perimeter Limited"),
        ("拟定供应商：河州语音股份有限公司（高新路9号）", "supplier", "河州语音股份有限公司"),
        ("I.1) Gmina Brzezany, ul. Portowa 3, Brzezany", "buyer", "Gmina Brzezany"),
    ],
)
def test_how_labels_are_put_together(text: Any, field: Any, value: Any) -> None:
    fields = {"party_a": "buyer", "party_b": "supplier"}
    found = {fields.get(name, name): values for name, values in said(text).items()}
    assert value in found.get(field, [])


@pytest.mark.parametrize(
    "text",
    [
        "开户行（乙方）：中国银行河州支行",
        "法定代表人（甲方）：张三",
        "12. Prior contract, if any: C-0912 (Beltline Weighing Corp.)",
        "Buyer\tMinistry of Roads\tMethod\tOpen tender\nSupplier\tAlpha Ltd\tTerms\tNET 30",
    ],
)
def test_what_is_no_party(text: Any) -> None:
    found = said(text)
    assert found.get("supplier", ["Alpha Ltd"]) == ["Alpha Ltd"]
    assert found.get("buyer", ["Ministry of Roads"]) == ["Ministry of Roads"]
    assert "contract_no" not in found


def test_days_are_read_as_other_days_of_the_page_are_written() -> None:
    assert said("Start date: 05/06/2023\nSigned on: 26/05/2023")["start"] == ["2023-06-05"]
    assert said("Start date: 05/06/2023\nSigned on: 05/26/2023")["start"] == ["2023-05-06"]
    assert "start" not in said("Start date: 05/06/2023")
    assert "start" not in said("Start date: 05/06/2023\nOne 26/05/2023\nOther 05/26/2023")


def test_the_days_under_two_signatures() -> None:
    assert said("Signed\tSupplier\tBuyer\nDate\t20/05/2023\t26/05/2023")["signed"] == ["2023-05-20", "2023-05-26"]
    assert "signed" not in said("Phase\tOne\tTwo\nDate\t20/05/2023\t26/05/2023")


DRAWN = "│ 合同编号  KM-2021-07    │\n├───────┤\n│ 采购单位  河州县水务局  │"
PIPED = "+-----+-----+\n| VENDOR | SHIP TO |\n+-----+-----+\n| Beacon Optics LLC | North Yard, Fenwick |\n+-----+-----+"
CLOSED_UP = """Employer Westmark Port Authority
Contractor Ridge Telecom Ltd
Maker of crane Straller AG
Contract sum EUR 3,275,000"""


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        (DRAWN, "contract_no", "KM-2021-07"),
        (DRAWN, "buyer", "河州县水务局"),
        (PIPED, "supplier", "Beacon Optics LLC"),
        ("Contract reference ........ PWH/2014/S-03", "contract_no", "PWH/2014/S-03"),
        ("缺陷责任期 ………… 24个月", "warranty", "24个月"),
        (CLOSED_UP, "buyer", "Westmark Port Authority"),
        (CLOSED_UP, "value", "3275000 EUR -"),
        (
            "II.1.1) Title: Docking of M/F Stormsvalen Reference number: FVO-2018-03",
            "title",
            "Docking of M/F Stormsvalen",
        ),
        ("Framework: RM 4410 Contract No: 18/044", "contract_no", "18/044"),
        ("Depot: Acton  Vendor ref: 12  Buyer: Westmark Borough Council", "buyer", "Westmark Borough Council"),
        ("合同编号  KM-2021-07      采购单位  河州县水务局", "buyer", "河州县水务局"),
    ],
)
def test_labels_in_the_middle_of_lines(text: Any, field: Any, value: Any) -> None:
    assert value in said(text).get(field, [])


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("the goods that the Supplier: Beacon Optics LLC delivers", "supplier"),  # no line of a form
        ("Method .......... 13", "method"),  # a table of contents
        ("1.1 Term   This Agreement continues for three years", "term"),
        ("Contractor Ridge Telecom Ltd\nis to be paid within a month", "supplier"),
    ],
)
def test_sentences_are_no_forms(text: Any, field: Any) -> None:
    assert field not in said(text)
