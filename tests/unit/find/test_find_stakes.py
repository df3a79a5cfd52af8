"""Who owns whom, as prose, tables and ownership data say it."""
# ruff: noqa: E501 (a case is told on one line)

from __future__ import annotations

import pytest

from countersight.find.stakes import stakes
from countersight.model import Block, BlockKind, Clue, Page
from countersight.ownership import PERSON, STAKE


def said(text: str) -> list[tuple[str, ...]]:
    return [tuple(clue.value.split("\t")[:5]) for clue in stakes(Page(1, text)) if clue.field == STAKE]


@pytest.mark.parametrize(
    ("text", "stake"),
    [
        ("佳都科技集团股份有限公司持有广东佳都数据科技有限公司60%的股权", ("佳都科技集团股份有限公司", "广东佳都数据科技有限公司", "60", "60", "shareholding")),
        ("东方网力科技股份有限公司全资子公司深圳市深网视界科技有限公司", ("东方网力科技股份有限公司", "深圳市深网视界科技有限公司", "100", "100", "shareholding")),
        ("重庆中科云从科技有限公司系云从科技集团股份有限公司之控股子公司", ("云从科技集团股份有限公司", "重庆中科云从科技有限公司", "", "", "controlling")),
        ("Acme Security Ltd is 51 % owned by Harbour Holdings plc.", ("Harbour Holdings plc", "Acme Security Ltd", "51", "51", "shareholding")),
        ("Acme Security Ltd is a majority-owned subsidiary of Harbour Holdings plc", ("Harbour Holdings plc", "Acme Security Ltd", "50", "100", "shareholding")),
        ("Western Digital Corporation holds 30% of Unis WDC Storage Co., Ltd.", ("Western Digital Corporation", "Unis WDC Storage Co., Ltd.", "30", "30", "shareholding")),
        ("Acme Security Ltd, a subsidiary of Harbour Holdings plc, bid", ("Harbour Holdings plc", "Acme Security Ltd", "", "", "controlling")),
    ],
)  # fmt: skip
def test_prose_beside_the_names(text: str, stake: tuple[str, ...]) -> None:
    assert said(text) == [stake]


def test_a_list_of_owners() -> None:
    text = "墨玉县海视电子技术有限公司由杭州海视系统有限公司出资90%、墨玉县国有资产投资经营有限公司出资10%。"
    assert [(owner, low) for owner, _, low, _, _ in said(text)] == [
        ("杭州海视系统有限公司", "90"),
        ("墨玉县国有资产投资经营有限公司", "10"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "刘建国持有新疆天盾科技发展有限公司51%股权",
        "John Smith owns 40% of Acme Security Ltd.",
        "新疆天盾科技发展有限公司与墨玉县公安局签约，付款比例为51%",
        "Acme Security Ltd paid Harbour Holdings plc 30% of the price.",
    ],
)
def test_persons_and_other_percentages_are_no_stakes(text: str) -> None:
    assert said(text) == []


def table(lines: list[list[str]], before: str) -> Page:
    text, blocks = before, []
    for number, row in enumerate(lines, 1):
        start = len(text)
        for column, cell in enumerate(row, 1):
            at = len(text)
            text += cell
            blocks.append(Block(at, len(text), BlockKind.CELL, f"T1R{number}C{column}"))
            text += "\t" if column < len(row) else "\n"
        blocks.append(Block(start, len(text) - 1, BlockKind.ROW))
    return Page(1, text, blocks=tuple(blocks))


def test_a_table_of_shareholders_names_no_person() -> None:
    rows = [
        ["序号", "股东名称", "持股比例"],
        ["1", "中电海康集团有限公司", "36.08%"],
        ["2", "龚虹嘉", "10.32%"],
        ["", "合计", "46.40%"],
    ]
    found: list[Clue] = list(stakes(table(rows, "杭州海视数字技术股份有限公司前十名股东：\n")))
    assert [clue.value.split("\t")[:4] for clue in found if clue.field == STAKE] == [
        ["中电海康集团有限公司", "杭州海视数字技术股份有限公司", "36.08", "36.08"]
    ]
    assert [clue.value for clue in found if clue.field == PERSON] == [""]


def test_whose_shareholders_is_not_guessed() -> None:
    rows = [["股东名称", "持股比例"], ["中电海康集团有限公司", "36.08%"]]
    assert not [c for c in stakes(table(rows, "甲科电子有限公司、乙科电子有限公司的情况如下\n")) if c.field == STAKE]


@pytest.mark.parametrize(
    ("heads", "row", "stake"),
    [
        (
            ["parent", "subsidiary", "ownership_percent", "start_date", "end_date", "source"],
            ["Larkfield Group plc", "Larkfield Security Inc.", "51", "2018-02-01", "2020-01-31", "annual report"],
            (
                "Larkfield Group plc",
                "Larkfield Security Inc.",
                "51",
                "51",
                "shareholding",
                "2018-02-01",
                "2020-01-31",
                "",
            ),
        ),
        (
            ["company_name", "company_number", "shareholder_name", "shareholder_type", "share_pct", "as_of"],
            ["Larkfield Systems Ltd", "07654321", "Larkfield Group plc", "corporate", "87.5", "2021-03-31"],
            ("Larkfield Group plc", "Larkfield Systems Ltd", "87.5", "87.5", "shareholding", "", "", "2021-03-31"),
        ),
        (
            ["企业名称", "股东名称", "股东类型", "持股比例", "入股日期"],
            ["墨玉县海视电子技术有限公司", "杭州海视系统有限公司", "法人", "90%", "2017-03-01"],
            ("杭州海视系统有限公司", "墨玉县海视电子技术有限公司", "90", "90", "shareholding", "2017-03-01", "", ""),
        ),
    ],
)
def test_the_heads_of_registers(heads: list[str], row: list[str], stake: tuple[str, ...]) -> None:
    found = [clue for clue in stakes(table([heads, row, row], "")) if clue.field == STAKE]
    assert tuple(found[0].value.split("\t")) == stake
