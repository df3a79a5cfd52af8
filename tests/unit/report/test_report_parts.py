from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl

from countersight.model import Citation, Component, Deal, Digest, Item, Locator, Money
from countersight.report.book import write_xlsx
from countersight.report.parts import by_maker, component_records, item_records

DIGEST = Digest("0" * 64)
CITED = Citation(DIGEST, "a.pdf", Locator("a.pdf"), 1, None, 0, 3, "=1+1")
ITEM = Item("1", "=cmd()", CITED, quantity=Decimal(12), total=Money(Decimal("1.5"), "CNY"), cells={"number": CITED})
PARTS = tuple(
    Component(name, maker, "gpu", Decimal(8), ">=", alternative=True, citation=CITED)
    for name, maker in (("T4", "NVIDIA"), ("MI50", "AMD"), ("A100", "NVIDIA"), ("CentOS", None))
)
DEAL = Deal("D-1", "tender", DIGEST, title="平台", items=(ITEM,), components=PARTS)


def test_rows_of_goods_and_parts_are_cited_and_keep_their_order() -> None:
    (line,) = item_records([DEAL])
    assert (line["quantity"], line["total"]["amount"], line["citation"]["quote"]) == ("12", "1.5", "=1+1")
    rows = component_records([DEAL])
    assert [row["component"] for row in rows] == ["T4", "MI50", "A100", "CentOS"]
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert (rows[0]["maker"], rows[0]["operator"], rows[0]["alternative"], rows[0]["deal"]) == (
        "NVIDIA",
        ">=",
        True,
        "D-1",
    )


def test_the_dossier_lists_parts_by_maker_and_those_without_one_last() -> None:
    assert [(maker, [part.name for part in found]) for maker, found in by_maker([DEAL])] == [
        ("AMD", ["MI50"]),
        ("NVIDIA", ["A100", "T4"]),
        ("Maker not named", ["CentOS"]),
    ]
    assert next(by_maker([DEAL]))[1][0].quantity == "≥ 8"


def test_a_maker_that_is_not_known_is_told_as_such() -> None:
    part = Component("VA1V", "瀚", "gpu", None, None, alternative=False, citation=CITED, unlisted=True)
    deal = replace(DEAL, components=(part,))
    assert [maker for maker, _ in by_maker([deal])] == ["瀚 (unknown maker)"]
    assert [(row["maker"], row["unlisted"]) for row in component_records([deal])] == [("瀚", True)]


def test_a_workbook_has_a_sheet_for_each_table_figures_as_numbers_and_no_formula(tmp_path: Path) -> None:
    tables = {"components": component_records([DEAL]), "items": item_records([DEAL]), "files": [{"name": "x"}]}
    write_xlsx(tmp_path / "a.xlsx", tables)
    write_xlsx(tmp_path / "b.xlsx", tables)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["items", "components"]
    head, row = book["items"].iter_rows(values_only=True)
    line = dict(zip(head, row, strict=True))
    assert line["description"] == "'=cmd()"
    assert line["citation.quote"] == "'=1+1"
    assert (line["quantity"], line["total.amount"]) == (12, 1.5)
    assert {cell.data_type for row in book["items"].iter_rows() for cell in row} <= {"s", "n", "b"}


def test_a_workbook_without_rows_and_with_odd_text_still_opens(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", {"findings": [], "items": [{"description": "\udcff\x01" + "长" * 40_000}]})
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["items", "findings"]
    assert str(book["items"]["A2"].value).endswith("cut here; the other formats of the export have it whole]")
