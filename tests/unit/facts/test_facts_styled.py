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
