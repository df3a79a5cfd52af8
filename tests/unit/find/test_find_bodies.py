"""Bodies named in text: what is found, where it begins and ends, and what is never listed."""
# ruff: noqa: E501 (a case is told on one line)

from __future__ import annotations

import pytest
from bench.bodies import MEASURED, WRITING, f1, pairs, score

from countersight.find.bodies import ALIAS, BODY, IDENTIFIER, bodies
from countersight.model import Block, BlockKind, Clue, Page


def found(text: str) -> list[str]:
    return [clue.value for clue in clues(text) if clue.field == BODY]


def clues(text: str) -> list[Clue]:
    return list(bodies(Page(1, text)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("委托新疆丝路天成网络技术有限公司实施", ["新疆丝路天成网络技术有限公司"]),
        ("由和田县公安局与于田县公安局共同验收", ["和田县公安局", "于田县公安局"]),
        ("采用国投智能（厦门）信息股份有限公司的产品", ["国投智能（厦门）信息股份有限公司"]),
        ("1.（1）墨玉县阿里木·买买提电子产品经营部", ["墨玉县阿里木·买买提电子产品经营部"]),
        ("新 疆 立 昂 科 技 有 限 公 司\n公 告", ["新疆立昂科技有限公司"]),
        ("本项目由新疆正大建设项目管理有限\n公司代理", ["新疆正大建设项目管理有限公司"]),
        ("中国农业银行股份有限公司墨玉县支行", ["中国农业银行股份有限公司墨玉县支行"]),
        ("和田地区公安局和田地区财政局", ["和田地区公安局", "和田地区财政局"]),
        ("signed by Leon Technology Co., Ltd. and by Arrow Electronics, Inc. today", ["Leon Technology Co., Ltd.", "Arrow Electronics, Inc."]),
        ("Ministry of Public Security officials", ["Ministry of Public Security"]),
        ("the City of Westminster Council’s cameras", ["City of Westminster Council"]),
        ("MOTOROLA SOLUTIONS UK LTD\nINVOICE", ["MOTOROLA SOLUTIONS UK LTD"]),
        ("由和田县公安局特警\n大队与立信会计师事务所（特殊普通合伙）设立喀什天成有限公司", ["和田县公安局特警大队", "立信会计师事务所（特殊普通合伙）", "喀什天成有限公司"]),
        ("明湖科技 (香港) 有限公司与河口县公安局、鼓楼区公安分局", ["明湖科技(香港)有限公司", "河口县公安局", "鼓楼区公安分局"]),
        ("赣州电信公司GZICT-2026166-JF来访接待中心改造；喀什子公司北京明湖科技（喀什）有限公司", ["赣州电信公司", "北京明湖科技（喀什）有限公司"]),
        ("国家计算机网络应急技术处理协调中心、全国银行间同业拆借中心", ["国家计算机网络应急技术处理协调中心", "全国银行间同业拆借中心"]),
        ("SIGNATURES   EZJR, INC. and Title: CEO InfinixSoft Global LLC; IN WITNESS WHEREOF ZYNGA INC.", ["EZJR, INC.", "InfinixSoft Global LLC", "ZYNGA INC."]),
        ("Contracts Administrator       NCC Escrow International Limited", ["NCC Escrow International Limited"]),
        ("EASTMERE BOROUGH COUNCIL of Town Hall, Eastmere; Philips NV, Amsterdam; Leeds Crown Court, Leeds", ["EASTMERE BOROUGH COUNCIL", "Philips NV", "Leeds Crown Court"]),
        ("请人社部门、财政部门、公安部门配合", []),
        ("Lop County Public Security Bureau Traffic Police Detachment", ["Lop County Public Security Bureau Traffic Police Detachment"]),
        ("the Ministry of Youth, Culture and Sports and the Ministry of Justice", ["Ministry of Youth, Culture and Sports", "Ministry of Justice"]),
        ("Amount\t4.82%\nNorth Lens (Hong Kong) Limited\t12", ["North Lens (Hong Kong) Limited"]),
        ('Hotan No. 2 Middle School; OOO "Kamera Servis", Grupo Vidrio, S.A. de C.V.', ["Hotan No. 2 Middle School", 'OOO "Kamera Servis"', "Grupo Vidrio, S.A. de C.V."]),
    ],
)  # fmt: skip
def test_a_name_ends_with_its_form_and_begins_where_it_begins(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "采购人应在供应商提交发票后付款，采购中心、招标代理机构不承担责任。",
        "有限公司、股份有限公司、集团公司均可投标；本公司及其子公司、分公司承诺如下。",
        "县公安局、市财政局、各级人民政府、有关部门、辖区派出所、指挥中心、小额贷款公司、会计师事务所",
        "须提供总公司和分公司营业执照；（XXX公司）；应通过货物制造厂商的检验；某服装织造有限公司；甲方 (香港) 有限公司",
        "各省、自治区、直辖市人民政府和直辖市监狱管理局；国家有关部门指导行业协会；全国公共资源交易中心平台；提供子公司名单",
        "在中华人民共和国境内数据中心使用；褒禅山路交叉口县住建局大楼；马尾区学校一键报警系统；瓯海区大学校园运营；中国政府 采 购 网",
        "The Company, the Group, the Ministry and the Department shall keep the Purchaser informed. Limited liability.",
        "SERVICES ARE PROVIDED EXCEPT AS SET FORTH HEREIN, INCLUDING BUT NOT LIMITED TO DAMAGES.",
        "a Delaware Corporation; each Contractor; the Board; Human Resources Department; Managing Director",
        "4 Adelaide Street, Dun Laoghaire, Co. Dublin; 1045 Stephanie Way, Minden, NV 89423; Industries (S) Pte\nLTD",
        "6 Logue Court, Greenville; Unit 9, Mulberry Business Centre, Quebec May; Greyfriars Court \nParadise Square",
        "Licensee's Company Registration Number; COMPARED TO THE PROJECTED PRODUCTION INCORPORATED INTO THE MODEL",
        "",
    ],
)
def test_roles_and_kinds_are_nobody(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("法定代表人：王建国，授权代表买买提江·吾布力，联系人古丽娜尔（采购人代表）", []),
        ("评审专家：李明、陈静\n经办人签字：艾尼瓦尔", []),
        ("股东：龚虹嘉持股10.32%，傅利泉、陈爱玲", []),
        ("Mr. John Smith, Dr Patel (“Patel”) and Ms Sophie Richardson attended; Zhang Wei did not.", []),
        ("Sophie Richardson of Harbour Security Systems Limited wrote", ["Harbour Security Systems Limited"]),
        ("From: Tahir Hamut\nTo: Abduweli Ayup\nOrganisation: Kent County Council", ["Kent County Council"]),
        ("王建国 新疆天盾科技发展有限公司 李志强", ["新疆天盾科技发展有限公司"]),
        ("John Hargreaves (“Hargreaves”) shall pay. Hargreaves agrees.", []),
    ],
)
def test_persons_are_never_listed(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("品牌\t型号\n海康威视\tDS-2CD3T46\n大华\tSD6C", []),
        ("Brand\tModel\nHikvision\tDS-2CD\nDahua\tSD6C", []),
        ("推荐品牌：华为、大华；配华为 S5720 交换机", []),
        ("Oracle Database 12c, Sony PXW-Z190 camcorder, Cisco Catalyst 9300", []),
        ("海康威视、大华和旷视均未回应路透社", ["海康威视", "大华", "旷视", "路透社"]),
        ("WASHINGTON (AP) — Huawei and UNICEF agreed; the AP is mounted on the wall", ["AP", "Huawei", "UNICEF"]),
    ],
)
def test_brands_of_goods_are_no_bodies_and_known_bodies_need_no_ending(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_short_name_is_found_wherever_its_page_uses_it() -> None:
    text = "杭州海视电子技术有限公司（以下简称“海视”）负责运维，海视应派人。采购人（以下简称“甲方”）付款，甲方验收。"
    assert found(text) == ["杭州海视电子技术有限公司", "海视", "海视"]
    assert [(clue.value, clue.label, clue.group) for clue in clues(text) if clue.field == ALIAS] == [
        ("海视", "short", "杭州海视电子技术有限公司")
    ]


def test_an_office_said_without_its_place_is_the_one_that_the_page_names() -> None:
    said = clues("甲方：澜溪县公安局\n乙方应向县公安局提供培训，由县公安局验收。邻县公安局可以参观。")
    assert [c.value for c in said if c.field == BODY] == ["澜溪县公安局", "县公安局", "县公安局"]
    assert {(c.label, c.value, c.group) for c in said if c.field == ALIAS} == {("short", "县公安局", "澜溪县公安局")}
    assert "县公安局" not in found("澜溪县公安局和于田县公安局向县公安局报告")


def test_former_names_behind_a_bracket_and_a_year_and_names_in_pinyin() -> None:
    text = "北京明湖科技股份有限公司（英文名称：Minghu Co., Ltd.）成立于2004年3月，其前身为北京明湖电子有限公司。"
    assert ("former", "北京明湖电子有限公司") in {(c.label, c.value) for c in clues(text) if c.field == ALIAS}
    apart = "北京明湖科技股份有限公司成立于2004年，与北京明湖电子有限公司合作"
    assert not [c for c in clues(apart) if c.field == ALIAS]
    pinyin = "from Beijing Minghu Keji Gufen Youxian Gongsi to the Lanxi Xian Gong'anju"
    assert found(pinyin) == ["Beijing Minghu Keji Gufen Youxian Gongsi", "Lanxi Xian Gong'anju"]


def test_two_languages_side_by_side_and_former_names_are_tied() -> None:
    text = "卖方：喀什安信达电子有限公司（Kashgar Anxinda Electronics Co., Ltd.）\nOracle America, Inc., formerly known as Sun Microsystems, Inc."
    tied = {(clue.group, clue.label, clue.value) for clue in clues(text) if clue.field == ALIAS}
    assert tied == {
        ("喀什安信达电子有限公司", "pair", "Kashgar Anxinda Electronics Co., Ltd."),
        ("Oracle America, Inc.", "former", "Sun Microsystems, Inc."),
    }


def test_a_number_is_of_the_name_on_its_line_or_the_line_before_and_must_hold() -> None:
    text = "甲方：墨玉县公安局\n乙方：曙光信息产业股份有限公司\n统一社会信用代码：91120000783342508F\n代码：91120000783342508X"
    assert [(clue.value, clue.group) for clue in clues(text) if clue.field == IDENTIFIER] == [
        ("USCC 91120000783342508F", "曙光信息产业股份有限公司")
    ]
    beside = "A方：北京甲某科技有限公司\tB方：北京乙某科技有限公司\n统一社会信用代码：91120000783342508F"
    assert not [clue for clue in clues(beside) if clue.field == IDENTIFIER]  # whose it is, the record does not say


def test_where_a_name_stands_is_told() -> None:
    text = "新疆警察学院\n采购公告\n\n采购人：墨玉县公安局\n一\t洛浦县公安局\t3\n皮山县公安局\n合同专用章\n发件人：和田日报社\n文中提到喀什大学。\n二\n三\n四"
    assert {clue.value: clue.label for clue in clues(text)} == {
        "新疆警察学院": "letterhead",
        "墨玉县公安局": "party:buyer",
        "洛浦县公安局": "table",
        "皮山县公安局": "seal",
        "和田日报社": "mail",
        "喀什大学": "text",
    }


def test_the_words_of_an_address_in_data_are_no_body() -> None:
    lines = (("legalName", "Talavera Holdings Ltd"), ("legalAddress.addressLines[0]", "TALAVERA OFFICE"))
    text, blocks = "", []
    for path, value in lines:
        text += f"{path}: "
        blocks.append(Block(len(text), len(text) + len(value), BlockKind.FIELD, path))
        text += f"{value}\n"
    assert [c.value for c in bodies(Page(1, text, blocks=tuple(blocks))) if c.field == BODY] == [
        "Talavera Holdings Ltd"
    ]


def test_quotes_are_the_words_on_the_page() -> None:
    text = "香港記者致函新疆維吾爾自治區公安廳。"
    (clue,) = clues(text)
    assert text[clue.start : clue.end] == clue.value == "新疆維吾爾自治區公安廳"


@pytest.mark.parametrize(("language", "least"), [("zh", 0.90), ("en", 0.85)])
def test_the_measured_part_is_reached(language: str, least: float) -> None:
    assert f1(score(MEASURED, language)) >= least


@pytest.mark.parametrize("part", [WRITING, MEASURED])
def test_names_said_to_be_one_body_are(part: str) -> None:
    assert "precision 1.000" in pairs(part, show=False)
