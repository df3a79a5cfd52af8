"""Clues of fields on a page: labels in lines, tables and sentences; blanks, prose and persons give nothing."""

from __future__ import annotations

from typing import Any

import pytest

from countersight.facts.fields import field_clues
from countersight.model import Block, BlockKind, Page


def said(text: Any, *blocks: Any) -> Any:
    return {(clue.field, clue.value) for clue in field_clues(Page(1, text, blocks=blocks))}


def grid(*rows: Any) -> Any:
    """A page that is one table."""
    text, blocks = "", []
    for r, row in enumerate(rows, 1):
        for c, cell in enumerate(row, 1):
            if cell:
                blocks.append(Block(len(text), len(text) + len(cell), BlockKind.CELL, f"T1R{r}C{c}"))
            text += cell + ("\t" if c < len(row) else "\n")
    return Page(1, text, blocks=tuple(blocks))


@pytest.mark.parametrize(
    ("text", "clue"),
    [
        ("采购人：澜溪县公安局", ("buyer", "澜溪县公安局")),
        ("三、采 购 人 ： 无锡市教育和体育局（盖章）", ("buyer", "无锡市教育和体育局")),
        ("3.2 招标单位:和田地区公安局  联系人：王某", ("buyer", "和田地区公安局")),
        ("甲方（采购人）：\n澜溪县公安局\n", ("buyer", "澜溪县公安局")),
        ("（项目编号：ABCD-2021-07）招标公告", ("reference", "ABCD-2021-07")),
        ("项目编号：豫财公字〔2022〕15号", ("reference", "豫财公字〔2022〕15号")),
        ("项目编码：GS-DZ-0610 项目性质：新开", ("reference", "GS-DZ-0610")),
        ("签订了《机组采购合同》（合同编号：ZS-SB-2022-0 \n04），金额", ("contract_no", "ZS-SB-2022-004")),
        ("Contract No. NRWIP/CS/04/2018", ("contract_no", "NRWIP/CS/04/2018")),
        ("Contract Number: 17180004652", ("contract_no", "17180004652")),
        ("Order Form #: Q-118827-2", ("contract_no", "Q-118827-2")),
        ("任务书编号：陇环任〔2021〕23号", ("contract_no", "陇环任〔2021〕23号")),
        ("中标金额（万元）：1268.5", ("value", "12685000 CNY -")),
        ("合同金额：不含税价848,000.00元", ("value", "848000 CNY excluded")),
        ("签订日期：二〇二二年十二月八日", ("signed", "2022-12-08")),
        ("甲方（盖章）：某公司\n日期：2022年12月8日", ("signed", "2022-12-08")),
        ("1.采购人信息\n名 称：澜溪县第三中学\n地址：东路1号", ("buyer", "澜溪县第三中学")),
        ("Contracting authority: Oakfield Borough Council", ("buyer", "Oakfield Borough Council")),
        ("Customer: Northmarch University        Vendor: Kestrel Data GmbH", ("supplier", "Kestrel Data GmbH")),
        ("Contract price: EUR 1,250,000.00 excluding VAT", ("value", "1250000 EUR excluded")),
        ("Date of signature: 3 August 2021", ("signed", "2021-08-03")),
        (
            "本合同由甲市教育和体育局（以下简称“甲方”）与乙丙电子有限公司（以下简称“乙方”）签订",
            ("party_a", "甲市教育和体育局"),
        ),
        ("本合同总金额为人民币12,680,000.00元", ("value", "12680000 CNY -")),
        ("东方招标代理有限公司受澜溪县公安局的委托", ("buyer", "澜溪县公安局")),
        ("视频数据实时上传至县公安局视图库平台", ("recipient", "县公安局")),
        ("“采购人”系指澜溪县公安局。", ("buyer", "澜溪县公安局")),
        ("澜溪县公安局委托东方招标代理有限公司对门禁项目组织谈判", ("agent", "东方招标代理有限公司")),
        ("服务合同协议书政府采购合同编号: CS-2023-01 采购人(全称): 澜溪县公安局", ("contract_no", "CS-2023-01")),
        ("1.签约合同价为：\n人民币（大写）肆佰零伍万元整（¥4050000.00元）；", ("value", "4050000 CNY -")),
        ("中标通知书\n澜溪信达电子有限公司：\n你方", ("supplier", "澜溪信达电子有限公司")),
        ("甲方（签字盖章）：　　　日期：2019年10月12日", ("signed", "2019-10-12")),
        ("入围供应商：\n澜溪甲乙汽修有限公司\n澜溪丙丁汽修有限公司\n", ("supplier", "澜溪丙丁汽修有限公司")),
        ("采购代理机构：岭东工程咨询有限公司；地址：北路2号；电话：████████", ("agent", "岭东工程咨询有限公司")),
        ("澜溪县\n智慧校园项目\n招标文件\n二○二五年五月\n目录", ("document", "2025-05-01/2025-05-31")),
        ("门禁改造招标公告\n2024年07月05日 14:05 来源：澜溪采购网 【打印】", ("published", "2024-07-05")),
        ("竞 争 性\n磋\n商\n文 件\n采购单位：澜溪县公安局", ("method", "竞争性磋商")),
        ("为其所需的门禁维护项目进行国内公开招标。", ("method", "公开招标")),
        ("具备招标条件，现招标方式为竞争性磋商。", ("method", "竞争性磋商")),
        ("预算金额：82.5 万元、项目最高限价（如有）： 80.5 万元", ("ceiling", "805000 CNY -")),
        ("合同履行期限：自合同签订之日起至2025年12月31日止。", ("end", "2025-12-31")),
        ("工期（日历天）：120", ("term", "120")),
        (
            "二、采购项目名称：澜溪县门禁改造三、项目编号：LX16ZC25四、采购方式：公开招标五、其他",
            ("reference", "LX16ZC25"),
        ),
        (
            "二、采购项目名称：澜溪县门禁改造三、项目编号：LX16ZC25四、采购方式：公开招标五、其他",
            ("title", "澜溪县门禁改造"),
        ),
        (
            "二、采购项目名称：澜溪县门禁改造三、项目编号：LX16ZC25四、采购方式：公开招标五、其他",
            ("method", "公开招标"),
        ),
        ("3.中标金额：人民币壹仟元整（RMB1,000.00）主要标的情况如下： 1门锁8把120.00元", ("value", "1000 CNY -")),
        ("一、项目基本情况项目编号：LX-2023-23项目名称：澜溪县门禁改造采购方式：询价", ("reference", "LX-2023-23")),
        ("一、项目基本情况项目编号：LX-2023-23项目名称：澜溪县门禁改造采购方式：询价", ("title", "澜溪县门禁改造")),
        ("公告概要：采购单位澜溪县第三中学行政区域澜溪县公告时间2024年03月04日 09:00", ("buyer", "澜溪县第三中学")),
        ("采购人名称：澜溪县公安局采购代理机构名称：岭东工程咨询有限公司电话：0", ("buyer", "澜溪县公安局")),
        ("采购人名称：澜溪县公安局采购代理机构名称：岭东工程咨询有限公司电话：0", ("agent", "岭东工程咨询有限公司")),
        ("1、采购人信息 名 称：澜溪县第三中学 地 址：东路", ("buyer", "澜溪县第三中学")),
        ("成交金额(元)：272000备注： /四、小组名单", ("value", "272000 CNY -")),
        ("澜溪县环卫处（采购人）的公厕改造（采购项目名称）竞争性磋商项目于昨日结束", ("buyer", "澜溪县环卫处")),
        ("澜溪县环卫处（采购人）的公厕改造（采购项目名称）竞争性磋商项目于昨日结束", ("method", "竞争性磋商")),
        ("中标公告\n一、项目编号：LX-1\n岭东咨询有限公司 2023-09-06\n", ("document", "2023-09-06")),
        ("更正公告\n更正日期：2026-09-01", ("document", "2026-09-01")),
        ("项目名称：澜溪县门禁改造 原公告地址：/", ("title", "澜溪县门禁改造")),
        ("六、采购公告日期及媒体：2016年10月17日在采购网登载", ("tender", "2016-10-17")),
        ("合同履行期限：签订后3个月本项目( 不接受 )联合体投标。", ("term", "签订后3个月")),
        ("Bill To:\tVendor:\nOakfield Council\tOrrin Optics Ltd", ("supplier", "Orrin Optics Ltd")),
        ("需方：\t供方：\n澜溪县医院\t澜溪医疗器械有限公司", ("buyer", "澜溪县医院")),
        ("采购人\n名称\t澜溪县公安局\n地址\t城南路", ("buyer", "澜溪县公安局")),
        ("购买方\n名称：澜溪县公安局\n", ("buyer", "澜溪县公安局")),
        ("合同编号\tLX-2020-HT-0 7\t备注\t无", ("contract_no", "LX-2020-HT-07")),
        ("采购人\t澜溪县铁路建设指 挥部", ("buyer", "澜溪县铁路建设指挥部")),
        ("合同总价由人民币1,200,000元调整为人民币1,350,000元。", ("value", "1350000 CNY -")),
        ("合同总值 Total Value: EUR 1,860,000.00", ("value", "1860000 EUR -")),
        ("买方 The Buyer: 澜溪机场有限公司 Lanxi Airport Co., Ltd.", ("buyer", "澜溪机场有限公司")),
        ("采购合同登记编号：LX2021330100", ("contract_no", "LX2021330100")),
        ("機關名稱\t臨溪縣警察局\n標案案號\t110-B7\n決標金額\t11,880,000元\n", ("value", "11880000 ? -")),
        ("機關名稱\t臨溪縣警察局\n標案案號\t110-B7\n決標日期\t110/05/13\n", ("award", "2021-05-13")),
        ("Number Plate Support\nFenwick District Council\nAwarded", ("title", "Number Plate Support")),
        ("招標編號：HK-2018-22\n採購部門：香港海關\n", ("buyer", "香港海關")),
        ("合約金額：港幣15,800,000元", ("value", "15800000 HKD -")),
        ("关于警用无人机采购结果的公示", ("title", "警用无人机")),
        ("乙方提供的门禁质保期不少于3年，", ("warranty", "不少于3年")),
        ("V.2.3) Name and address of the contractor\nOrrin Optics Ltd\nLeeds", ("supplier", "Orrin Optics Ltd")),
        ("Winner:\nOfficial name: Fjordvision Sikkerhed ApS", ("supplier", "Fjordvision Sikkerhed ApS")),
        ("Contract Value (AUD):\t$644,600.00", ("value", "644600 AUD -")),
        ("Contract Period:\t20-Apr-2020 to 30-Jun-2022", ("end", "2022-06-30")),
        ("Title:\xa0Managing Director\nClient:\xa0Oakfield Council", ("buyer", "Oakfield Council")),
        ("By: ______\nName: \nTitle: President\nDate: August 22, 2014", ("signed", "2014-08-22")),
        ("This Agreement shall renew automatically each year.", ("option", "shall renew automatically each year")),
        ("This Agreement shall remain in effect for a period of five (5) years", ("term", "five (5) years")),
        ("LETTER OF AWARD\nTo,\nM/s Deccan Vision Private Limited\n", ("supplier", "Deccan Vision Private Limited")),
        ('This Lens Agreement, dated May 6, 2014 (the "Effective Date"), is made by', ("start", "2014-05-06")),
        (
            "In witness whereof the parties have signed this Agreement on the 3rd  day of MAY , 2006.",
            ("signed", "2006-05-03"),
        ),
        ("    LICENSE      PERIOD:        6 months", ("term", "6 months")),
        ("EFFECTIVE DATE OF MAINTENANCE UNDER THIS ORDER:  MAY 6, 2014", ("start", "2014-05-06")),
        ("Under this Agreement maintenance shall be for a period of two (2) years.", ("term", "two (2) years")),
        (
            "Hartley may elect for the Term of this Agreement to be extended to May 6, 2019.",
            ("option", "to be extended to May 6, 2019"),
        ),
        ("the term of this Agreement begins with delivery and shall terminate on May 6, 2034.", ("end", "2034-05-06")),
        ("The total fee for the design of the lens under this contract is $ 48,000.", ("value", "48000 ? -")),
        ("The term of this Agreement is hereby extended to May 6, 2019 unless ended", ("end", "2019-05-06")),
    ],
)
def test_a_label_and_its_value(text: Any, clue: Any) -> None:
    assert clue in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "甲方：________________",
        "合同编号：【 】",
        "签订日期：    年   月   日",
        "签订日期：2023年  月  日",
        "合同总价为人民币    元（大写：        ）",
        "采购人：系指本项目的采购单位",
        "供应商：应当具备独立法人资格",
        "联系人：王小明",
        "甲方：王小明",
        "The Buyer: has not replied.",
        "Client: John Smith",
        "采购单位：详见招标文件",
        "预算金额：120元/年",
        "投标人须提供单项合同金额不少于人民币800万元的业绩",
        "",
    ],
)
def test_blanks_prose_and_persons_give_nothing(text: Any) -> None:
    assert not {clue for clue in said(text) if clue[0] not in {"mention", "blank"}}


def test_a_value_that_goes_on_on_the_next_line() -> None:
    text = "一二三四五六七八九十一二三四五六七八九十一二三\n项目名称：澜溪县社会面防控视频监控系统建设及\n三年运维项目\n其他"  # noqa: E501
    assert ("title", "澜溪县社会面防控视频监控系统建设及三年运维项目") in said(text)


def test_a_form_is_read_from_left_to_right() -> None:
    page = grid(
        ("项目名称", "县城监控项目", "项目编号", "AB-2022-01"), ("采购人", "澜溪县公安局", "中标金额", "12万元")
    )
    assert {(c.field, c.value, c.grade) for c in field_clues(page) if c.field != "mention"} == {
        ("title", "县城监控项目", "cell"),
        ("reference", "AB-2022-01", "cell"),
        ("buyer", "澜溪县公安局", "cell"),
        ("value", "120000 CNY -", "cell"),
    }


def test_below_a_head_each_row_is_a_lot() -> None:
    page = grid(
        ("包号", "中标供应商", "中标金额（万元）"), ("1", "甲乙电子有限公司", "12"), ("2", "丙丁软件有限公司", "30")
    )
    lots: dict[str, set[tuple[str, str]]] = {}
    for clue in field_clues(page):
        lots.setdefault(clue.group, set()).add((clue.field, clue.value))
    assert list(lots.values()) == [
        {("supplier", "甲乙电子有限公司"), ("value", "120000 CNY -")},
        {("supplier", "丙丁软件有限公司"), ("value", "300000 CNY -")},
    ]


def test_the_words_of_a_clue_are_on_the_page() -> None:
    text = "采购人：澜溪县公安局\n合同总价：¥1,200.50元\n工期：自2022年1月1日起至2022年12月31日止"
    for clue in field_clues(Page(1, text)):
        assert text[clue.start : clue.end].strip()
        if clue.field == "end":
            assert (text[clue.start : clue.end], clue.value) == ("2022年12月31日", "2022-12-31")


def test_furniture_gives_no_clues() -> None:
    text = "采购人：澜溪县公安局"
    assert not said(text, Block(0, len(text), BlockKind.FURNITURE, "navigation"))


def test_parties_of_an_english_contract() -> None:
    text = (
        "This Agreement is made on 3 August 2021 between the City of Larkmoor, acting through its police (the"
        " “Customer”),"
        " and Sable Point Technologies, Inc., a Delaware corporation (“Sable”)."
    )
    assert {
        ("buyer", "City of Larkmoor"),
        ("supplier", "Sable Point Technologies, Inc."),
        ("signed", "2021-08-03"),
    } <= said(text)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("During the Term of this Agreement, and for a period of two (2) years thereafter, Acme shall not", "term"),
        ("This Agreement: such failure shall continue in effect for fifteen (15) days after notice of breach", "term"),
        ("Hartley may elect for the Term of this Agreement to be extended to May 6, 2019.", "end"),
        ("under this Agreement, with that certain lens agreement effective as of May 6, 2013 among Orrin", "start"),
        ("WHEREAS Orrin entered into an agreement to store lenses for a period of two years;", "term"),
        ("项目编号：MASJY-QT-H-2024- 投标文件", "reference"),
        ("合同有效期： [合同中心-合同有效期]", "term"),
        ("Term\n10.1 This", "term"),
        ("Title: Managing Director", "title"),
        ("项 目 名 称\t项 目 内 容\n甲\t乙", "title"),
    ],
)
def test_what_only_looks_like_a_fact_is_none(text: Any, field: Any) -> None:
    assert field not in {found for found, _ in said(text)}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("RASTER SCANNING \nSERVICES AGREEMENT \nBetween: \nOrrin Optics Ltd", "RASTER SCANNING SERVICES AGREEMENT"),
        (
            "EXECUTION COPY\nHARTLEY SYSTEMS, INC.\nAMENDMENT NO. 2 TO THE REGIONAL\nDEALER AGREEMENT\nThis Amendment",
            "AMENDMENT NO. 2 TO THE REGIONAL DEALER AGREEMENT",
        ),
        (
            "Exhibit 7(b) LENS SUPPLY AGREEMENT BETWEEN ORRIN OPTICS LTD AND HARTLEY, INC. This Agreement is made",
            "LENS SUPPLY AGREEMENT",
        ),
        ("CITY OF HARTLEY\nNETWORK SERVICES\nCONTRACT\nThis contract, 12/7,", "NETWORK SERVICES CONTRACT"),
        ("ORRIN OPTICS LTD\nLENS - SUPPLY AGREEMENT\nTHIS AGREEMENT is made", "LENS - SUPPLY AGREEMENT"),
    ],
)
def test_a_title_in_capitals_goes_up_to_where_the_text_begins(text: Any, title: Any) -> None:
    assert [value for field, value in said(text) if field == "title"] == [title]


def test_the_title_of_who_signs_is_none_of_the_contract() -> None:
    text = "HARTLEY, INC.\nBy \nName: \nTitle: \nORRIN OPTICS LTD. \nBy \nName: \nTitle: \n"
    assert not [value for field, value in said(text) if field == "title"]


def test_each_of_two_dates_under_signatures_is_of_signing() -> None:
    text = "By: /s/ A. Orrin        By: /s/ B. Hart\n\nDate: May 6, 2014       Date: June 2, 2014\n"
    assert {("signed", "2014-05-06"), ("signed", "2014-06-02")} <= said(text)


@pytest.mark.parametrize(
    ("text", "clue"),
    [
        ("采购方式：经财政局批准，采用单一来源方式采购。", ("method", "单一来源")),
        ("第10条 租金列支渠道：区级公用经费。", ("funding", "区级公用经费")),
        ("项目的具体交货地点：三号库。", ("place", "三号库")),
        ("设备质保年限：三年", ("warranty", "三年")),
        ("Mode of Procurement: Public Bidding", ("method", "Public Bidding")),
        ("Source of Funds: Municipal Bond 2020", ("funding", "Municipal Bond 2020")),
        (
            "Description of possible extension:\nTwo further periods of 12 months",
            ("option", "Two further periods of 12 months"),
        ),
        ("Period of Work(Days): 270", ("term", "270")),
    ],
)
def test_labels_that_are_put_together(text: Any, clue: Any) -> None:
    assert clue in said(text)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("2. Procedure\n2.1. Procedure\nTitle: Pumps", "method"),
        ("问6：款项来源是否落实？", "funding"),
        ("Procedure: The sheet should be completed first", "method"),
        ("资金来源：见采购计划", "funding"),
        ("00040\tOPTION: Maintenance, year 1\t12", "option"),
        ("4.1 质保期 二年 三年", "warranty"),
    ],
)
def test_what_looks_like_a_value_and_is_none(text: Any, field: Any) -> None:
    assert field not in {found for found, _ in said(text)}


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("甲方（盖章）： 擦察 乙方（盖章）：\n甲市公安局 丙岭科技有限公司\n", {"甲市公安局", "丙岭科技有限公司"}),
        ("甲方（盖章）：      乙方（盖章）：\n甲市公安局      丙岭科技有限公司\n", {"甲市公安局", "丙岭科技有限公司"}),
        ("甲方（盖章）： 乙方（盖章）：\n甲市公安局 丙岭科技有限公\n", {"甲市公安局"}),  # cut: no other side's name
        ("甲方：甲市公安局 乙方：\n丙岭科技有限公司\n", {"甲市公安局", "丙岭科技有限公司"}),
        ("甲方：（公章） 乙方：\n丙岭科技有限公司\n", set()),  # whose it is nothing tells
        (
            "Buyer:      Seller:\nAlpha Networks Ltd      Beta Systems Inc.\n",
            {"Alpha Networks Ltd", "Beta Systems Inc."},
        ),
    ],
)
def test_parties_side_by_side_below_their_labels(text: str, parties: set[str]) -> None:
    sides = {"party_a": "甲A", "buyer": "甲A", "party_b": "丙B", "supplier": "丙B"}
    found = [clue for clue in field_clues(Page(1, text)) if clue.field in sides]
    assert {clue.value for clue in found} == parties
    assert all(clue.value[0] in sides[clue.field] for clue in found)


def test_the_heading_of_a_clause_is_no_letterhead() -> None:
    assert "buyer" not in dict(said("第四条交货地点与安装部署\n4.1 交货地点：甲方指定地点\n"))


@pytest.mark.parametrize(
    ("text", "clues"),
    [
        ("采购人：澜溪大学（用户单位：材料与化工学院）", {("buyer", "澜溪大学")}),
        ("丙方（采购及付款单位）：澜溪县教育服务中心", {("buyer", "澜溪县教育服务中心")}),
        (
            "联合体成员：晨星科技有限公司（15%）；云岭视安有限公司（20%）",
            {("member", "晨星科技有限公司"), ("member", "云岭视安有限公司")},
        ),
        (
            "Ministry : Ministry of Power\nOrganisation Name : Hartley Grid Limited",
            {("buyer", "Ministry of Power"), ("buyer", "Hartley Grid Limited")},
        ),
        ("a\nb\nc\nd\nDeliver to: Invoice to:\nHartley Library, Bridge Street Orrin County Council\n", set()),
        ("Most Advantageous Bid: M/s Orrin Energy, Hartley", {("supplier", "Orrin Energy")}),
        ("主办单位：澜溪县财政局", set()),
        ("Customer Services Department: Hartley Agency", set()),
    ],
)
def test_whose_a_name_is_beside_other_names(text: str, clues: set[tuple[str, str]]) -> None:
    assert {clue for clue in said(text) if clue[0] in {"buyer", "supplier", "leader", "member"}} == clues


@pytest.mark.parametrize(
    ("head", "office"),
    [
        ("OFFICE OF THE MEDICAL SUPERINTENDENT\nHARTLEY DISTRICT HOSPITAL\n", "HARTLEY DISTRICT HOSPITAL"),
        ("GOVERNMENT OF HARTLEY\nWATER DEPARTMENT\n", "WATER DEPARTMENT"),
        ("瓯陵医学院附属医院采购中心\n采购结果公告\n", "瓯陵医学院附属医院"),
    ],
)
def test_the_office_below_its_state_or_post_heads_a_record(head: str, office: str) -> None:
    assert [clue.value for clue in field_clues(Page(1, head)) if clue.label == "letterhead#4"] == [office]


@pytest.mark.parametrize("text", ["Reference: (1) your letter", "Invoice no.: 17(h) TOT", "合同编号：13812345678"])
def test_items_of_lists_and_telephones_are_no_numbers(text: str) -> None:
    assert not [one for one in said(text) if one[0] in {"reference", "contract_no", "notice_no"}]


@pytest.mark.parametrize(
    ("row", "due"),
    [
        (("合同总价", "24", "", "", "983,400.00"), {"983400 CNY -"}),
        (("三年租金总额", "", "35", "1,257,608.00"), {"1257608 CNY -"}),
        (("合计", "", "", "¥155,752.21", "¥20,247.79"), set()),  # one of them is tax
    ],
)
def test_a_total_is_the_only_sum_of_its_row(row: tuple[str, ...], due: set[str]) -> None:
    page = grid(("名称", "数量", "单价", "月数", "金额（元）"), ("保安", "24", "3,250.00", "12", "936,000.00"), row)
    assert {clue.value for clue in field_clues(page) if clue.field == "value" and not clue.group} - {
        "936000 CNY -"
    } == due


def test_both_days_of_a_row_of_signatures_are_read() -> None:
    page = grid(("甲方", "某局", "某公司"), ("签字日期", "2024年1月5日", "2024年1月8日"))
    assert {clue.value for clue in field_clues(page) if clue.field == "signed"} == {"2024-01-05", "2024-01-08"}


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("BUILD, FINANCE AND OPERATE AGREEMENT", "build-finance-operate"),
        ("本项目采用PPP模式，具体运作方式为BOT（建设-运营-移交）", "BOT"),
        ("本项目采用PPP模式", "PPP"),
        (f"{'字' * 250}采用建设—融资—运营—移交方式", "build-finance-operate-transfer"),
        (f"{'x' * 250} shall design, build, finance and operate the network", "DBFO"),
        (f"{'x' * 250} shall design, build and maintain the site", None),
        (f"{'字' * 250}设计、建设、维护由乙方负责", None),
    ],
)
def test_an_operating_model_is_told_by_its_name_or_its_steps(text: str, due: str | None) -> None:
    assert [one.value for one in field_clues(Page(1, text)) if one.field == "model"] == ([due] if due else [])
