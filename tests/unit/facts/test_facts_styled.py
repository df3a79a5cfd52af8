from __future__ import annotations

import pytest

from countersight.facts.styled import kinds
from countersight.model import Page


def told(text: str) -> str | None:
    return next((clue.value for clue in kinds(Page(1, text))), None)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("                投 标 函                        正本\n致：桥头镇人民政府", "bid"),
        ("濠江理工學院          採購處\n          訂  購  單\n單號：PO-1", "contract"),
        ("招标文件澄清（答疑）通知  第2号", "clarification"),
        ("询 价 函\n校后勤询字〔2018〕15号", "tender"),
        ("设备采购合同变更协议书", "supplement"),
        ("工 程 竣 工 结 算 书\n工程名称：枫桥站", "acceptance"),
        ("付款申请单\n合同编号：A-1", "invoice"),
        ("云栖县第二小学课桌椅采购项目成交结果公告", "award"),
        (
            "CITY WORKS                      Form 7\nCERTIFICATE OF DELIVERY AND FINAL ACCEPTANCE Cert. No. FAC-0226",
            "acceptance",
        ),
        ("e-Procurement NOTICE INVITING TENDER", "tender"),
        ("MBD 3.1 / FORM OF OFFER T2.2 – page 14", "bid"),
        ("DEED OF VARIATION NO. 1\nto\nCONTRACT C/21", "supplement"),
        ("Addendum No. 3 Issued 04/18/2023\nRFP 2023-FLT-11", "clarification"),
        ("Addendum No. 2 to Services Agreement", "supplement"),
        ("TAX INVOICE  No. 004471", "invoice"),
        ("A RESOLUTION OF THE CITY AWARDING A CONTRACT, AND FOR OTHER PURPOSES.", "award"),
        ("盈盾财函〔2023〕049号\n关于申请支付到货款的函", "invoice"),
        ("格式五\n联合体协议书", "bid"),
        ("Contract\nContract Details Notice", "award"),
        ("Tender Details                Print | Back", "tender"),
        ("CITY AGENDA REPORT\n1. Awarding the contract and authorizing an agreement with Tallgrass Inc.", "award"),
        (
            "Dear Sirs,\nInvitation to Tender PA/ITT/11\n\nWe have pleasure in submitting our proposal, one original.",
            "bid",
        ),
        ("Dear Sir,\nYour tender dated 4 May for the above works has been accepted.", "award"),
        ("双方合作事项\n本合同一式四份，双方各执二份。", "contract"),
        ("办公室会议纪要\n会议决定：由博尔河彩钢构件厂承担该项工程。", "award"),
        ("政府采购网——合同公告\n合同编号：A-1", "contract"),
        ("合同变更（主体转让）协议", "supplement"),
        ("首页\n竞价公告\n流标公告\n结果详情\n采购项目成交公示", "award"),
        ("公告\n判給結果\n判給公司", "award"),
        ("销 售 结 算 清 单\n结算期间：三月", "invoice"),
        ("Home > Notice\nContract\nUK7: Contract details notice - Procurement Act", "award"),
        ("ADDENDUM NO. 2\nIssued: 18 April\n\nTENDER NO.: T/6\nTENDER FOR: WINDOWS", "clarification"),
        ("ADDENDUM NO. 2\nto the Services Agreement\nRFP 2023-11", "supplement"),
        ("ORDER FOR SUPPLIES OR SERVICES          PAGE 1 OF 2", "contract"),
        ("NORDHAVEN SECURES $4M PIPELINE CONTRACT", "award"),
        ("Hi all,\nPlease treat this email as our order, number PS-1.", "contract"),
        ("Sealed tenders are hereby invited from registered builders.", "tender"),
        (
            "On motion duly seconded the agreement is spread of record:\n“AGREEMENT made the second day of May",
            "contract",
        ),
    ],
)
def test_a_record_is_of_the_kind_that_its_head_calls_it(text: str, due: str) -> None:
    assert told(text) == due


@pytest.mark.parametrize(
    "text",
    [
        "榆林区公共资源交易周报\n一、中标公告",
        "县医院2022年第三季度合同登记台账\n合同名称\t乙方",
        "关于不良行为记录情况的通报\n供应商无故拒签合同",
        "WEEKLY BULLETIN No. 31/2015\nPART B - CONTRACTS AWARDED",
        "SCHEDULE OF CONTRACTS AWARDED, QUARTER ENDED 30 JUNE\nWorks\tBridge",
        "REPORT OF THE AUDITOR-GENERAL ON THE ACCOUNTS\nPurchase Order",
    ],
)
def test_what_tells_of_many_deals_is_of_none(text: str) -> None:
    assert told(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "1\tVehicle cover\tFramework agreement\n2\tBridge\tClarification of report required",
        "IN WITNESS WHEREOF, the firm appoints its attorney.",
        "Procurement Method: RFB - Request for Bids",
        "Contract No. EPA/2018/11\nContract title: Cranes",
        "甲方应当在合同签订后支付合同价款。",
        "This agreement may be ended by either side.",
        "采购管理办法",
        "Purchase order number: 4411",
        "Dear Sirs,\nPlease find the minutes of the site meeting.",
        "双方就未来合作交换了意见。",
    ],
)
def test_labels_and_sentences_are_no_titles(text: str) -> None:
    assert told(text) is None
