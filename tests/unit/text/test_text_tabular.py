from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from countersight.model import Block, BlockKind, Page
from countersight.text.tabular import Cell, Table, tables

Said = str | tuple[str, int, int]  # words, or words with the columns and rows they cover


def page(
    number: int, *grids: Sequence[Sequence[Said]], above: str = "", below: str = "", head: int = 0, paged: bool = True
) -> Page:
    """A page of tables, as readers leave them: an empty cell leaves nothing."""
    text, blocks = above, []
    for t, grid in enumerate(grids, 1):
        for r, row in enumerate(grid, 1):
            text += "\n" if text else ""
            start = len(text)
            for c, said in enumerate(row, 1):
                words, across, down = said if isinstance(said, tuple) else (said, 1, 1)
                if words:
                    text += "\t" if len(text) > start else ""
                    marked = Block(
                        len(text), len(text) + len(words), BlockKind.CELL, f"T{t}R{r}C{c}", across, down, r <= head
                    )
                    blocks.append(marked)
                    text += words
            if len(text) > start:
                blocks.append(Block(start, len(text), BlockKind.ROW, f"T{t}R{r}"))
    return Page(number, text + (f"\n{below}" if below else ""), paged=paged, blocks=tuple(blocks))


def said(cells: Sequence[Cell | None]) -> list[str | None]:
    return [cell.text if cell else None for cell in cells]


def one(*pages: Page) -> Table:
    (table,) = tables(pages)
    return table


def column(table: Table, *names: str) -> int | None:
    """The first column whose head is one of the names; else the first whose head holds one of them."""
    heads = [(n, [cell.words for cell in table.headed(n)]) for n in table.columns]
    exact = [n for n, heard in heads if heard and ("".join(heard) in names or heard[-1] in names)]
    return next(iter([*exact, *(n for n, heard in heads if any(name in "".join(heard) for name in names))]), None)


def under(table: Table, *names: str) -> tuple[Cell, ...]:
    at = column(table, *names)
    return () if at is None else tuple(dict.fromkeys(cell for row in table.rows if (cell := row.at(at))))


def beside(table: Table, name: str) -> tuple[Cell, ...]:
    pairs = ((one, other) for row in (*table.head, *table.rows) for one, other in pairwise(row.cells))
    found = (b for a, b in pairs if a.words.rstrip(":") == name and b.column == a.column + a.across)
    return tuple(dict.fromkeys(found))


HEAD = ["序号", "名称", "规格", "数量", "单价（元）"]
GOODS = [["1", "摄像机", "400万像素", "20", "1,250"], ["2", "服务器", "", "3", "48,000"]]


class TestOneTable:
    def test_a_bill_of_quantities(self) -> None:
        table = one(page(1, [HEAD, *GOODS]))
        assert said(under(table, "数量")) == ["20", "3"]
        assert said(under(table, "单价")) == ["1,250", "48,000"]
        assert said(under(table, "规格")) == ["400万像素"]
        assert [said([row.at(3)]) for row in table.rows] == [["400万像素"], [None]]
        assert column(table, "总价") is None

    def test_each_cell_is_a_span_of_its_page(self) -> None:
        only = page(1, [HEAD, *GOODS], above="附表")
        for row in one(only).rows:
            assert all(only.text[cell.start : cell.end] == cell.text for cell in row.cells)
            assert only.text[row.start : row.end] == "\t".join(cell.text for cell in row.cells)

    def test_an_exact_name_goes_before_one_that_holds_it(self) -> None:
        assert column(one(page(1, [["设备名称", "名称", "数量"], ["a", "b", "1"]])), "名称") == 2

    def test_full_width_and_traditional_forms_are_the_same_name(self) -> None:
        assert column(one(page(1, [["Ｎｏ．", "數　量", "單價"], ["a", "2", "3"]])), "数量") == 2

    def test_attributes_by_the_word_for_ethnicity(self) -> None:
        rows = [["属性", "取值", "准确率"], ["性别", "男、女", "95%"], ["民族", "汉族、维族", "90%"]]
        table = one(page(1, rows))
        assert said(beside(table, "民族")) == ["汉族、维族"]
        people = one(page(1, [["姓名", "民族", "地址"], ["█", "维", "█"], ["█", "汉", "█"]]))
        assert said(under(people, "民族")) == ["维", "汉"]

    def test_a_form_has_no_head_and_its_values_stand_beside_their_labels(self) -> None:
        form = one(page(1, [["项目名称：", "雪亮工程"], ["采购人", "县公安局"], ["预算", "300万元"]]))
        assert form.head == ()
        assert said(beside(form, "项目名称")) == ["雪亮工程"]
        assert said(beside(form, "采购人")) == ["县公安局"]

    def test_a_value_is_not_beside_a_label_where_a_cell_between_is_empty(self) -> None:
        assert beside(one(page(1, [["采购人", "", "县公安局"], ["a", "b", "c"]])), "采购人") == ()

    def test_a_marked_head_goes_before_all_guesses(self) -> None:
        assert said(under(one(page(1, [["12", "34"], ["56", "78"]], head=1)), "12")) == ["56"]

    def test_a_title_above_the_head(self) -> None:
        table = one(page(1, [[("设备清单", 5, 1)], HEAD, *GOODS]))
        assert [said(row.cells) for row in table.title] == [["设备清单"]]
        assert said(under(table, "数量")) == ["20", "3"]

    def test_rows_of_numbers_alone_have_no_head(self) -> None:
        assert one(page(1, [["1", "2", "3"], ["4", "5", "6"]])).head == ()

    def test_addresses_of_sheets(self) -> None:
        text = "名称\t数量\n摄像机\t7"
        cells = [(0, 2, "B3"), (3, 5, "AA3"), (6, 9, "B4"), (10, 11, "AA4")]
        blocks = tuple(Block(a, b, BlockKind.CELL, ref) for a, b, ref in cells)
        assert said(under(one(Page(1, text, "Sheet1", paged=True, blocks=blocks)), "数量")) == ["7"]

    @pytest.mark.parametrize("ref", ["", "nonsense", "T1R1", "R1C1", "Ü7"])
    def test_what_has_no_address_is_in_no_table(self, ref: str) -> None:
        assert tables([Page(1, "ab", blocks=(Block(0, 2, BlockKind.CELL, ref),))]) == ()


class TestMerged:
    def test_a_value_stands_in_every_row_it_covers_with_one_span(self) -> None:
        table = one(
            page(
                1,
                [
                    ["分包", "名称", "数量"],
                    [("一包", 1, 2), "摄像机", "20"],
                    ["", "服务器", "3"],
                    ["二包", "网线", "9"],
                ],
            )
        )
        assert said([row.at(1) for row in table.rows]) == ["一包", "一包", "二包"]
        assert len({row.at(1) for row in table.rows[:2]}) == 1
        assert said(under(table, "分包")) == ["一包", "二包"]
        assert said(table.rows[1].own()) == ["服务器", "3"]

    def test_a_head_of_two_rows(self) -> None:
        rows: list[list[Said]] = [[("包号", 1, 2), ("投标报价", 2, 1)], ["", "大写", "小写"], ["1", "叁佰", "300"]]
        table = one(page(1, rows))
        assert said(table.headed(3)) == ["投标报价", "小写"]
        assert said(under(table, "小写")) == ["300"]
        assert said(under(table, "投标报价大写")) == ["叁佰"]

    def test_cells_that_claim_more_than_there_is_are_bounded(self) -> None:
        rows: list[list[Said]] = [["名称", "数量", "单位"], [("a", 10**9, 10**9), "", ""], ["b", "1", "个"]]
        assert len(one(page(1, rows)).rows) == 2


class TestOverPages:
    def test_goes_on_without_a_head(self) -> None:
        table = one(page(1, [HEAD, GOODS[0]], below="- 1 -"), page(2, [GOODS[1]], above="招标文件"))
        assert said(under(table, "名称")) == ["摄像机", "服务器"]
        assert [row.page for row in table.rows] == [1, 2]

    def test_a_head_printed_again_is_no_row(self) -> None:
        table = one(page(1, [HEAD, GOODS[0]]), page(2, [HEAD, GOODS[1]]), page(3, [HEAD, ["3", "网线", "", "9", "2"]]))
        assert said(under(table, "数量")) == ["20", "3", "9"]

    def test_a_continued_table_under_its_caption(self) -> None:
        for caption in ("续表 3", "表3（续）", "Table 3 (continued)"):
            assert len(one(page(1, [HEAD, GOODS[0]]), page(2, [HEAD, GOODS[1]], above=caption)).rows) == 2

    def test_a_column_that_is_empty_on_the_next_page(self) -> None:
        rows = [["2", "服务器", "", "3"], ["3", "网线", "", "9"]]
        assert len(one(page(1, [HEAD, GOODS[0]]), page(2, rows)).rows) == 3

    @pytest.mark.parametrize(
        "second",
        [
            page(2, [HEAD, GOODS[1]], above="表 4 备件清单"),
            page(2, [HEAD, GOODS[1]], above="另一段正文。" * 30),
            page(2, [["序号", "姓名", "职务", "电话", "数量"], ["1", "█", "员", "█", "2"]]),
            page(3, [GOODS[1]]),
            page(2, [["1", "2", "3", "4", "5", "6", "7"]]),
        ],
        ids=["another caption", "text between", "another head", "a page between", "more columns"],
    )
    def test_is_another_table(self, second: Page) -> None:
        assert len(tables([page(1, [HEAD, ["1", "a", "", "2", "3"]]), second])) == 2

    def test_text_below_ends_a_table(self) -> None:
        assert len(tables([page(1, [HEAD, GOODS[0]], below="合同条款如下。" * 20), page(2, [GOODS[1]])])) == 2

    def test_sheets_are_not_joined(self) -> None:
        assert len(tables([page(1, [HEAD, GOODS[0]], paged=False), page(2, [GOODS[1]], paged=False)])) == 2

    def test_only_the_last_table_of_a_page_goes_on(self) -> None:
        found = tables([page(1, [HEAD, GOODS[0]], [["甲", "乙"], ["丙", "丁"]]), page(2, [["戊", "己"]])])
        assert [len(table.rows) for table in found] == [1, 3]
