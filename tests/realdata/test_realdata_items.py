"""Lines of goods of real tenders, labelled by eye: tables of PDF and DOCX, and forms that bidders fill in."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.items import flat, pages_of, told

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "tenders" / "cn"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/data is absent"),
]
PUMPS = 28  # lines of each of three bills
LINES = {
    "huaxin_招标文件.pdf": [
        *((name, "2", "个") for name in ("合闸线圈", "分闸线圈", "合闸指示灯", "分闸指示灯", "储能指示灯")),
        ("断路器手车", "2", "台"),
        ("手车摇把", "4", "套"),
        ("接地刀操作手柄", "4", "套"),
    ],
    "2024年上海市公安局宝山分局物业管理服务-招标文件.docx": [
        ("2024年物业管理费", "2", ""),
        ("生活水箱", "6", "只"),
        ("消防设施", "57074", "m2"),
        ("杂货梯", "1", "台"),
    ],
    "cheyeytztb_招标文件.docx": [("处理视听内容元数据维护与入库工单", "73600", "")],
    "招标文件.pdf": [("食堂人员经费", "8", "")],
    "北京市政府采购公开招标示范文本.pdf": [("森林防火队员综合保障项目餐饮服务", "1", "项")],
}
NONE = (
    "PCMET-2611YG0122 黄浦海关辅助服务采购项目 招标文件 发售稿.docx",
    "罗泾镇综合管理服务项目（宝山工业园区北园区）招标文件.docx",
    "发改委标准设计招标文件.pdf",
    "zc910704_招标文件.pdf",
)


def read(name: str) -> list[dict[str, str]]:
    return [flat(item) for item in told(pages_of(FOLDER / name))]


@pytest.mark.parametrize("name", LINES)
def test_the_lines_are_those_that_stand_there(name: str) -> None:
    assert [(one["description"], one["quantity"], one["unit"]) for one in read(name)] == LINES[name]


@pytest.mark.parametrize("name", NONE)
def test_forms_to_be_filled_in_and_rules_have_no_lines(name: str) -> None:
    assert read(name) == []


def test_three_bills_over_seven_pages_with_a_head_each() -> None:
    found = read("xllmapp_tender_sample.pdf")
    assert len(found) == 3 * PUMPS
    assert [one["quantity"] for one in found[::PUMPS]] == ["3", "1", "2"]
    assert {one["description"] for one in found[::PUMPS]} == {"一体化无负压成套设备"}
    for bill in (found[:PUMPS], found[PUMPS : 2 * PUMPS], found[2 * PUMPS :]):
        assert [one["number"] for one in bill] == ["", *map(str, range(1, PUMPS))]
        assert [(bill[at]["description"], bill[at]["quantity"], bill[at]["unit"]) for at in (1, 8, 26)] == [
            ("水泵", "3", "台"),
            ("变频器", "3", "个"),
            ("电缆", "1", "项"),
        ]


def test_lots_of_a_table_that_goes_on_over_pages() -> None:
    found = read("北京大学图书馆文献资源_2024.pdf")
    assert [one["lot"] for one in found] == [str(n) for n in range(1, 16)]
    assert {(one["quantity"], one["unit"]) for one in found} == {("1", "批")}
    assert found[12]["description"] == "台港澳暨海外华文图书"
