from __future__ import annotations

import pytest

from countersight.facts.cues.numbered import changed, numbers, of_procurement
from countersight.model import Clue, Page


def told(text: str) -> list[tuple[str, str]]:
    page = Page(1, text)
    found = list(numbers([page]))
    assert all(page.text[clue.start : clue.end] == clue.value for clue in found)
    return [(clue.field, clue.value) for clue in found]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        (
            "备注：合同号HK-2023-017，采购编号[3509]BK[XJ]2023004",
            [("contract_no", "HK-2023-017"), ("reference", "[3509]BK[XJ]2023004")],
        ),
        ("貨物見訂單編號 PO-2023-1187", [("contract_no", "PO-2023-1187")]),
        ("│ 合同编号  YX-HT-031 │", [("contract_no", "YX-HT-031")]),
        ("我方收到贵公司编号为SITU-2020-H-0078的招标文件", [("reference", "SITU-2020-H-0078")]),
        ("竞价单号：JJ20210302-7731", [("reference", "JJ20210302-7731")]),
        (
            "Your LPO No.: 2294106  of 31/05/2021\nYour RFQ: KL4H/Q/33/2020-21",
            [("contract_no", "2294106"), ("reference", "KL4H/Q/33/2020-21")],
        ),
        ("let under Contract H-2007-31 dated August 20, 2007", [("contract_no", "H-2007-31")]),
        ("advertised for bids for the lift station, Project No. WW-16-08; and", [("reference", "WW-16-08")]),
        ("Contract No. – N° du contrat T4022-190067/001/NP", [("contract_no", "T4022-190067/001/NP")]),
        ("Contract reference ........ PWH/2014/S-03", [("contract_no", "PWH/2014/S-03")]),
        ("TENDER REFERENCE   : A1102242022", [("reference", "A1102242022")]),
        ("招标编号：0733-22120417", [("reference", "0733-22120417")]),
        ("Customer order no. OST-PO-22\nOur sales order SO-118204", [("contract_no", "OST-PO-22")]),
        ("编号：XHQ2018-015", [("number", "XHQ2018-015")]),
        ("原合同编号：WHG-2019-05", [("earlier_no", "WHG-2019-05")]),
        ("双方签订了服务合同（贵方编号：MLG-2023-11）", [("contract_no", "MLG-2023-11")]),
        ("双方签订了编号为BLR-2020-056的《水表采购合同》", [("contract_no", "BLR-2020-056")]),
        ("L.P.O. No. 2903471", [("contract_no", "2903471")]),
        ("Your Ref.: LSM/Q/2022-23/27", [("reference", "LSM/Q/2022-23/27")]),
        ("The old pump was bought under Bid 09-3112-A", [("earlier_no", "09-3112-A")]),
    ],
)
def test_a_number_is_of_what_the_word_before_it_says(text: str, due: list[tuple[str, str]]) -> None:
    assert told(text) == due


@pytest.mark.parametrize(
    "text",
    [
        "VENDOR NO. 008812",
        "项目联系电话：0733-22120417",
        "发票代码：035002100411",
        "开户行账号：1407 0226 0900",
        "统一社会信用代码：91350100XX4471203P",
        "PO DATE 09/14/2023",
        "Contract 2021-2022",
        "tender of 12-10-2021",
        "Project: 51041-002 Smart Grid",
        "serial no. HS-64-0318",
        "Slope No. 7SW-C/R 118",
    ],
)
def test_what_is_of_something_else_is_no_number_of_a_record(text: str) -> None:
    assert told(text) == []


def number(field: str, label: str, value: str) -> Clue:
    return Clue(field, 1, 0, len(value), value, label, "label")


def test_the_number_of_a_letter_or_page_yields_to_that_of_the_procurement() -> None:
    letter, page = number("reference", "REF:#8", "PSS/VOL.III/61"), number("reference", "RFx ID :", "29914406")
    tender = number("reference", "TENDER NO.#8", "CG/014/2022")
    assert of_procurement([letter, page, tender]) == [tender]
    assert of_procurement([letter]) == [letter]


def test_a_supplement_goes_by_the_contract_that_it_says_it_changes() -> None:
    own, base = number("contract_no", "补充协议编号", "HS-008-B1"), number("contract_no", "原合同编号", "HS-008")
    assert changed([own, base], lambda clue: clue.value) == [base]
