from __future__ import annotations

import pytest

from countersight.facts.cues.entitled import says_nothing, titles
from countersight.model import Page


def told(text: str) -> str | None:
    page = Page(1, text)
    found = next(titles([page]), None)
    assert found is None or "".join(page.text[found.start : found.end].split()) == "".join(found.value.split())
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("备注：货到付款。\n      项目：重症医学科监护设备采购。全额开票。", "重症医学科监护设备采购"),
        ("物资用途：春季防火风力灭火机补充          资金渠道：专项资金", "春季防火风力灭火机补充"),
        ("│ 采购内容  学生可升降课桌椅采购      │\n买方（甲方）：云栖县第二小学", "学生可升降课桌椅采购"),
        ("根据贵方桥头镇污水处理站膜组件更换项目（招标编号：QT-07）的招标文件", "桥头镇污水处理站膜组件更换项目"),
        ("我公司组织的枫桥区图书馆自助借还设备采购（谈判文件编号：FQ-061）", "枫桥区图书馆自助借还设备采购"),
        ("双方前已签订《沙尔湖镇迎宾路道路照明工程施工合同》（下称原合同）", "沙尔湖镇迎宾路道路照明工程"),
        ("双方就滨湖圩三号电排站更新改造工程施工及有关事项协商一致", "滨湖圩三号电排站更新改造工程"),
        ("议题二、研究村级农机库棚彩钢屋面翻新实施单位。办公室汇报如下", "村级农机库棚彩钢屋面翻新"),
        ("甲方就“白塔镇卫生院数字化门诊改造”委托代理公司以公开招标方式采购", "白塔镇卫生院数字化门诊改造"),
        ("项目编码/名称：22HE003 / 白塔镇视频补点设备", "22HE003 /白塔镇视频补点设备"),
        ("      白塔县第二水厂及配套管网工程\n        特 许 经 营 协 议", "白塔县第二水厂及配套管网工程"),
        (
            "TENDER AWARD NOTICE\nCranes and Hoists for Pier Two and Pier Three\nACTIVE  Follow",
            "Cranes and Hoists for Pier Two and Pier Three",
        ),
        (
            "The works are               Dredging of the Inner Basin, Port Elsin",
            "Dredging of the Inner Basin, Port Elsin",
        ),
        (
            "Ref\tEntity\tSubject\tContractor\nA / B\tHarbour Office\tNight Lighting of the West Quay\tAcme",
            "Night Lighting of the West Quay",
        ),
        (
            "Dear Sirs,\nInvitation to Tender PA/ITT/11\nBoarding Gates at Pier C\nSubmission of Proposal\n\nWe thank.",
            "Boarding Gates at Pier C",
        ),
        (
            "RE: NOTIFICATION OF AWARD – TENDER NO. CG/014\n   SUPPLY OF MARKET CAMERAS AND\nSOLAR FLOODLIGHTS\n",
            "SUPPLY OF MARKET CAMERAS AND SOLAR FLOODLIGHTS",
        ),
        (
            "SUBJECT:  AWARD OF AN AGREEMENT WITH TALLGRASS INC. FOR DISPATCH AND RECORDS SYSTEM\n",
            "DISPATCH AND RECORDS SYSTEM",
        ),
        ("OFFER FOR: Installation of High-mast Lights in Ward 4", "Installation of High-mast Lights in Ward 4"),
        ("Title – Sujet Upper-air Radiosondes and Ground Receivers", "Upper-air Radiosondes and Ground Receivers"),
        ("AWARDING THE CONTRACT FOR THE ELM STREET DECK OVERLAY AND DECLARING AN EMERGENCY", "ELM STREET DECK OVERLAY"),
        (
            "a contract for Provision of Cleaning, Garbage and Bin Services following Tender No. 4",
            "Provision of Cleaning, Garbage and Bin Services",
        ),
        (
            "I went over the whole of the work known as Grading on Town Line Road, let under Contract H-2007",
            "Grading on Town Line Road",
        ),
        (
            "No. 7\tDrilling and Equipping of Six Boreholes in Kamaget Ward\t400,000",
            "Drilling and Equipping of Six Boreholes in Kamaget Ward",
        ),
        (
            "SERVICES CONTRACT\nPerimeter Intrusion Detection, Operation and Maintenance\nContractor: Foxglove",
            "Perimeter Intrusion Detection, Operation and Maintenance",
        ),
    ],
)
def test_a_record_is_about_what_the_surest_cue_gives(text: str, due: str) -> None:
    assert told(text) == due


@pytest.mark.parametrize(
    "text",
    [
        "项目：澜溪县公安局",
        "根据《中华人民共和国政府采购法》，双方就下列事宜达成协议",
        "The contract is for a period of three years.",
        "Title: Managing Director",
        "Title: Deputy Resident Representative",
        "PROJECT: (Name and address)",
        "就联合体投标事宜订立如下协议",
        "A. 甲方通过竞争性磋商程序（采购编号：QL-003）",
        "合同第5条“到货后支付至50%”改为“到货验收后15个工作日内支付至80%”。",
        "AWARD NOTICE\nThis contract is made the second day of April for works",
        "Works are to be done in five months from site handover.",
        "2. Services \n2.1 Vendor shall install 64 fixed plate-reading cameras and host \nthe Platform for the Term. ",
    ],
)
def test_blanks_bodies_laws_and_sentences_are_no_title(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("补充协议（一）", True),
        ("小额采购货物买卖合同（简易格式）", True),
        ("MARLOW COUNTY PURCHASE ORDER", True),
        ("Contract No. EPA/2018/PLT/11", True),
        ("Republic of Kavaru", True),
        ("云栖县课桌椅采购合同", False),
        ("Data Hosting Services Agreement", False),
        ("Treated Road Salt", False),
    ],
)
def test_the_name_of_a_paper_says_nothing_of_what_is_bought(title: str, bare: bool) -> None:
    assert says_nothing(title) is bare


def test_a_title_cut_in_two_by_the_edge_of_a_column_is_put_together() -> None:
    wide = "共同参加云岫县交通建设投资公司（以下简称招标人）组织的云岫县环湖公路智慧化改造工程设计施工总"
    said = told(f"{wide}\n承包（招标编号：YX-02）第一标段的投标。")
    assert said is not None
    assert said.replace(" ", "") == "云岫县环湖公路智慧化改造工程设计施工总承包"
