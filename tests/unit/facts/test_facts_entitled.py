from __future__ import annotations

import pytest

from countersight.facts.cues.entitled import says_nothing, titles
from countersight.model import Page


def told(text: str) -> str | None:
    page = Page(1, text)
    found = next(titles([page]), None)
    assert found is None or page.text[found.start : found.end].split() == found.value.split()
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
        "Works are to be done in five months from site handover.",
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
