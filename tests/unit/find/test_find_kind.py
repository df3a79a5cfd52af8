import time

import pytest

from countersight.find import KIND_RUNGS
from countersight.find.kind import classify

PDF = "application/pdf"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("tender", "某市智慧交通项目\n招　标　文　件\n招标编号：ZB-2021-007\n二〇二一年五月"),
        ("tender", "某區視頻平台升級競爭性磋商文件"),
        ("tender", "Invitation to tender: supply of cameras\nLot 1"),
        ("award", "某县监控系统采购项目中标公告\n中标供应商：甲公司"),
        ("award", "Contract award notice\nSection I"),
        ("contract", "政府采购合同（货物类）\n甲方：某局"),
        ("contract", "MASTER SERVICES AGREEMENT\nbetween A and B"),
        ("contract", "SUPPLY AGREEMENT NO. 12"),
        ("contract", "FIRST AMENDMENT TO THE NONEXCLUSIVE VALUE ADDED REGIONAL DEALER AND SUPPORT AGREEMENT"),
        (
            "contract",
            "Exhibit 4.2 LENS DEALER AGREEMENT This is to confirm that, in consideration of what follows, Orrin will",
        ),
        ("bid", "某公司投标文件\n正本"),
        ("bid", "附件三 技术偏离表"),
        ("acceptance", "视频监控项目竣工验收报告"),
        ("acceptance", "某县监控系统采购项目履约验收结果公示"),
        ("point_list", "序号\t名称\n附件：前端点位清单"),
        ("standard", "1 范围\n2 规范性引用文件\n下列文件对于本文件的应用"),
        ("datasheet", "PRODUCT DATA SHEET\nCamera X1"),
        ("brochure", "Company brochure 2020\nAll you can see"),
        ("memo", "MEMORANDUM\nTo: the board"),
        ("letter", "Dear Commissioner,\nThank you for your letter.\nYours sincerely,"),
        ("letter", "关于贵方来函的复函\n某某公司："),
        ("press", "本报讯 昨日，记者从市局获悉，新系统上线。"),
        ("press", "LONDON (Reuters) - A camera maker said on Friday"),
        ("minutes", "项目推进会会议纪要\n时间：2022年3月"),
        ("statute", "政府采购货物和服务招标投标管理办法\n第一章 总则"),
        ("statement", "Press release\nThe company announces"),
        ("policy", "PLATE READER USE POLICY\nEffective 1 May 2021"),
        ("policy", "GENERAL ORDER NO. 12.4\nUse of drones"),
        ("policy", "某市公安局视频图像信息系统使用管理规定\n第一条"),
        ("register", "居民登记表\n姓名\t性别"),
    ],
)
def test_a_title_or_phrase_tells_the_kind(kind: str, text: str) -> None:
    found = classify(text, "scan0001.pdf", PDF)
    assert found is not None
    assert found[0] == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t\n",
        "2022年12月8日",
        "The minister said the contract was a good one and that the tender had been fair to everybody concerned.",
        "根据招标文件和合同，乙方应当按期交货，否则承担违约责任。",
        "Brochure of camera maker lists odd attribute",
        "Privacy Policy\nWe value your trust",
        "数据集\t字段名称\t标准\t合同",
        "█████ ████",
        "\ud800\udfff",
    ],
)
def test_nothing_is_said_of_an_unclear_opening(text: str) -> None:
    assert classify(text, "scan0001.pdf", PDF) is None


def test_a_mail_is_known_by_its_type_and_by_its_head() -> None:
    assert classify("合同", "x.eml", "message/rfc822") == ("mail", "it is of the type message/rfc822")
    pasted = classify("From: A <a@b.example>\nDate: today\nTo: C\nSubject: 合同\n\nhello", "x.txt", "text/plain")
    assert pasted is not None
    assert pasted[0] == "mail"


def test_the_file_name_helps_where_the_text_is_silent() -> None:
    assert classify("", "04_合同扫描件_第3-4页.pdf", PDF) == ("contract", "its file name says “合同”")
    assert classify("", "Tender Notice 2020.pdf", PDF) == ("tender", "its file name says “tender notice”")
    assert classify("", "recontractual.pdf", PDF) is None
    assert classify("", "Bid tabulation.html", "text/html") is None


def test_the_title_goes_before_the_file_name_and_phrases_come_last() -> None:
    found = classify("某项目中标公告\n投标人须知", "合同.pdf", PDF)
    assert found == ("award", "a line of its opening reads “某项目中标公告”")


def test_the_reason_shows_the_line_as_written() -> None:
    found = classify("示例\n  施 工  合 同 \n", "a.pdf", PDF)
    assert found == ("contract", "a line of its opening reads “施 工 合 同”")


def test_only_the_opening_counts() -> None:
    assert classify("甲\n" * 3_000 + "招标文件\n", "a.pdf", PDF) is None


def test_every_kind_carries_a_rung() -> None:
    texts = ("招标文件", "中标公告", "合同", "Dear Sir,", "用户手册", "运维周报", "判决书", "发明专利", "备忘录")
    kinds = {found[0] for text in texts if (found := classify(text, "a", PDF))}
    assert len(kinds) == len(texts)
    assert kinds <= KIND_RUNGS.keys()


@pytest.mark.parametrize(
    "text", ["a " * 3_000, "The " * 1_500, "合" * 6_000, "from: \n" * 900, "dear a\n" * 900, "(" * 6_000]
)
def test_hostile_openings_cost_little(text: str) -> None:
    started = time.perf_counter()
    for _ in range(20):
        classify(text, "a" * 200, PDF)
    assert time.perf_counter() - started < 2
