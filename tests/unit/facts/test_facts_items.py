from decimal import Decimal

from facts_tables import citing, page_of
from hypothesis import given
from hypothesis import strategies as st

from countersight.facts.goods.items import items, listed
from countersight.model import Item, Page, Question


def read(*pages: Page) -> tuple[tuple[Item, ...], tuple[Question, ...]]:
    return items(pages, citing(*pages))


def told(*pages: Page) -> list[tuple[object, ...]]:
    return [(one.number, one.description, one.quantity, one.unit) for one in read(*pages)[0]]


HEAD = ("序号", "货物名称", "品牌", "规格型号", "数量", "单位", "单价（元）", "合价（元）")


def test_a_line_has_all_its_cells_each_cited() -> None:
    page = page_of(HEAD, ("1", "网络摄像机", "海康威视", "DS-2CD3T47", "12", "台", "1,200.00", "14,400.00"))
    (item,), questions = read(page)
    assert (item.brand, item.model, item.quantity, item.unit) == ("海康威视", "DS-2CD3T47", Decimal(12), "台")
    assert item.unit_price is not None
    assert (item.unit_price.amount, item.unit_price.currency) == (Decimal(1200), "CNY")
    assert item.total is not None
    assert item.total.amount == Decimal(14400)
    assert {name: cell.quote for name, cell in item.cells.items()} == {
        "number": "1",
        "description": "网络摄像机",
        "brand": "海康威视",
        "model": "DS-2CD3T47",
        "quantity": "12",
        "unit": "台",
        "unit_price": "1,200.00",
        "total": "14,400.00",
    }
    assert item.citation.quote.startswith("1\t网络摄像机")
    assert questions == ()


def test_sums_sections_lots_and_numbers_of_columns_are_no_lines() -> None:
    page = page_of(
        [("分项报价表", 8)],
        HEAD,
        tuple("12345678"),
        [("第一包：前端设备", 8)],
        [("一、摄像部分", 8)],
        ("1", "摄像机", "", "", "2", "台", "10", "20"),
        [("小计", 7), *[None] * 6, "20"],
        [("第二包：平台", 8)],
        ("2", "服务器", "", "", "1", "套", "30", "30"),
        [("合计", 7), *[None] * 6, "50"],
    )
    lines, questions = read(page)
    assert [(one.description, one.lot, one.section) for one in lines] == [
        ("摄像机", "第一包", "一、摄像部分"),
        ("服务器", "第二包", None),
    ]
    assert questions == ()
    assert [str(money.amount) for money, _ in listed([page], citing(page)).totals] == ["50"]


def test_quantity_and_unit_in_one_cell_with_an_operator() -> None:
    page = page_of(("No.", "Description", "Quantity"), ("1", "GPU server", "at least 2 sets"), ("2", "Rack", "3 nos"))
    lines = read(page)[0]
    assert [(one.operator, one.quantity, one.unit) for one in lines] == [
        (">=", Decimal(2), "sets"),
        (None, Decimal(3), "nos"),
    ]


def test_brand_and_model_in_one_cell_and_an_equivalent() -> None:
    page = page_of(
        ("序号", "设备名称", "品牌型号", "数量"),
        ("1", "摄像机", "海康威视 DS-2CD3T47 或相当于", "2台"),
        ("2", "UPS", "APC/SRT3000", "1台"),
    )
    first, second = read(page)[0]
    assert (first.brand, first.model, first.alternative) == ("海康威视", "DS-2CD3T47", True)
    assert (second.brand, second.model, second.alternative) == ("APC", "SRT3000", False)


def test_parameters_in_the_column_of_models_are_no_model() -> None:
    page = page_of(
        ("序号", "名称", "规格型号", "数量", "单位"),
        ("1", "气压罐", "24L", "1", "套"),
        ("2", "变频器", "380V-480V（50/60Hz）", "3", "个"),
        ("3", "柜体", "厂家配套", "1", "套"),
        ("4", "电缆", "YJV22", "5", "米"),
    )
    assert [one.model for one in read(page)[0]] == [None, None, None, "YJV22"]


def test_nested_numbers_and_lines_without_figures_are_headings() -> None:
    page = page_of(
        ("编号", "项目名称", "单位", "数量"),
        ("1", "前端系统"),
        ("1.1", "摄像机", "台", "8"),
        ("（二）", "网线", "箱", "3"),
    )
    lines = read(page)[0]
    assert [(one.number, one.section) for one in lines] == [("1.1", "前端系统"), ("（二）", "前端系统")]


def test_a_merged_description_belongs_to_each_line_but_a_merged_quantity_to_the_first() -> None:
    page = page_of(
        ("名称", "型号", "数量", "单位"),
        (("摄像机", 1, 2), "A-1", ("4", 1, 2), "台"),
        (None, "A-2", None, "台"),
    )
    lines = read(page)[0]
    assert [(one.description, one.model, one.quantity) for one in lines] == [
        ("摄像机", "A-1", 4),
        ("摄像机", "A-2", None),
    ]


def test_a_head_of_two_rows_says_the_unit_of_money() -> None:
    page = page_of(
        (("序号", 1, 2), ("名称", 1, 2), ("数量", 1, 2), ("金额（万元）", 2), None),
        (None, None, None, "单价", "合价"),
        ("1", "平台", "2", "1.5", "3"),
    )
    (item,) = read(page)[0]
    assert item.unit_price is not None
    assert item.unit_price.amount == Decimal(15000)


def test_a_line_above_the_table_says_the_unit_of_money_and_prose_does_not() -> None:
    rows = (("名称", "数量", "单价", "合价"), ("平台", "2", "1.5", "3"))
    said = read(page_of(*rows, above="单位：万元\n"))[0][0].total
    prose = read(page_of(*rows, above="本项目预算金额为120万元。\n"))[0][0].total
    assert said is not None
    assert prose is not None
    assert (said.amount, prose.amount) == (Decimal(30000), Decimal(3))


def test_a_table_goes_on_over_pages_without_its_head() -> None:
    first = page_of(("序号", "名称", "单位", "数量"), ("1", "摄像机", "台", "8"), number=1, paged=True)
    second = page_of(("2", "立杆", "根", "3"), ("3", "网线", "箱", "4"), number=2, paged=True)
    assert told(first, second) == [("1", "摄像机", 8, "台"), ("2", "立杆", 3, "根"), ("3", "网线", 4, "箱")]


def test_a_table_of_another_kind_is_not_read_by_the_head_before() -> None:
    first = page_of(
        ("序号", "名称", "单位", "数量"), ("1", "摄像机", "台", "8"), number=1, paged=True, below="以上。" * 40
    )
    second = page_of(
        ("1", "付款", "验收后", "30%"), ("2", "质保", "三年", "无"), number=2, paged=True, above="条款\n" * 30
    )
    assert told(first, second) == [("1", "摄像机", 8, "台")]


def test_forms_that_say_label_and_value_describe_one_good() -> None:
    page = page_of(
        ("设备名称", "服务器"), ("品牌", "浪潮"), ("型号", "NF5280M5"), ("数量", "2台"), ("单价（元）", "9000")
    )
    (item,) = read(page)[0]
    assert (item.description, item.brand, item.model, item.quantity, item.unit) == (
        "服务器",
        "浪潮",
        "NF5280M5",
        Decimal(2),
        "台",
    )


def test_a_form_of_a_project_describes_no_good() -> None:
    assert read(page_of(("项目名称", "视频监控"), ("数量", "1批"), ("预算金额", "100万元"), ("联系人", "某")))[0] == ()


def test_tables_of_people_scores_and_empty_forms_have_no_lines() -> None:
    assert read(page_of(("序号", "姓名", "职务", "电话"), ("1", "某", "经理", "1")))[0] == ()
    assert read(page_of(("序号", "评分项目", "分值"), ("1", "价格", "30")))[0] == ()
    assert read(page_of(HEAD, ("1", "", "", "", "", "", "", ""), ("…",), [("合计", 7)]))[0] == ()
    assert read(page_of(("序号", "分项名称", "数量", "单价"), ("1", "驾驶服务"), ("2", "保洁服务")))[0] == ()


def test_plain_text_in_columns_tabs_and_bars() -> None:
    lined = "No.  Description        Qty   Unit\n1    Network camera     12    pcs\n2    Steel pole         4     ea\n"
    tabbed = "序号\t名称\t数量\t单位\n1\t摄像机\t8\t台\n2\t立杆\t3\t根\n"
    barred = "| 序号 | 名称 | 数量 |\n|---|---|---|\n| 1 | 摄像机 | 8台 |\n| 2 | 立杆 | 3根 |\n"
    assert told(Page(1, lined, paged=False)) == [("1", "Network camera", 12, "pcs"), ("2", "Steel pole", 4, "ea")]
    assert told(Page(1, tabbed, paged=False)) == [("1", "摄像机", 8, "台"), ("2", "立杆", 3, "根")]
    assert told(Page(1, barred, paged=False)) == [("1", "摄像机", 8, "台"), ("2", "立杆", 3, "根")]


def test_a_quantity_that_the_description_says() -> None:
    page = page_of(("序号", "采购内容", "单价", "合计"), ("1", "球型摄像机 12台", "100", "1200"))
    (item,) = read(page)[0]
    assert (item.quantity, item.unit, item.cells["quantity"].quote) == (Decimal(12), "台", "球型摄像机 12台")


class TestQuotes:
    """Reading any table raises nothing, and every cell's quote holds its words."""

    WORDS = st.sampled_from(
        ["", "1", "1.1", "名称", "数量", "单位", "12台", "台", "小计", "≥3套", "a\nb", "第一包", "…", "5,0"]
    )

    @given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=6))
    def test_law(self, rows: list[tuple[str, str, str, str]]) -> None:
        page = page_of(("序号", "名称", "数量", "单位"), *rows)
        for item in read(page)[0]:
            assert item.description is None or item.description.split()[0] in item.cells["description"].quote
            assert item.citation.quote


def test_lots_are_named_beside_their_letter_and_at_the_end_of_a_title() -> None:
    rows = (
        ("Item", "Description", "Qty", "Unit"),
        ("A", "LOT 1 - CAMERAS", "", ""),
        ("A.1", "Dome camera", "4", "No."),
    )
    assert [one.lot for one in read(page_of(*rows))[0]] == ["LOT 1"]
    titled = ((("设备清单（第1包）", 3), None, None), ("名称", "数量", "单位"), ("摄像机", "4", "台"))
    assert [one.lot for one in read(page_of(*titled))[0]] == ["第1包"]


def test_a_figure_whose_last_digit_stands_on_the_next_line_is_one() -> None:
    rows = (("名称", "数量", "单位", "单价（元）", "合价（元）"), ("摄像机", "16", "台", "650.00", "10,400.0\n0"))
    (one,), _ = read(page_of(*rows))
    assert one.total
    assert one.total.amount == Decimal(10400)
