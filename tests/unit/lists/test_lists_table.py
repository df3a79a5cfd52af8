from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

import listsmade as made
from countersight.errors import ListError
from countersight.lists.files import ListFile
from countersight.lists.loading import Loaded, load
from countersight.lists.table import Table, TableMap, tables
from countersight.model import Checking


def loaded(path: Path, mapping: str) -> Loaded:
    return load(Table(TableMap.read(mapping, "m.yaml")), {"main": ListFile.of(path)})


def check(list_: Loaded) -> None:
    (one,) = list_.listings
    assert (one.id, [name.text for name in one.names]) == (
        "US-NDAA-889/1",
        ["灯笼示例科技有限公司", "Lantern Example Tech"],
    )
    assert one.identifiers == (("uscc", "91110000MA00000000"),)
    assert one.effective is not None
    assert one.effective.from_ == date(2023, 3, 28)
    assert (one.status, one.unverified) == (Checking.UNVERIFIED, "copied by hand")


def test_a_csv_with_a_mapping(tmp_path: Path) -> None:
    check(loaded(made.leave(tmp_path, "own.csv", made.CUSTOM), made.MAPPING))


def test_a_csv_in_another_encoding_needs_it_said(tmp_path: Path) -> None:
    path = made.leave(tmp_path, "own.csv", made.CUSTOM.encode("gb18030"))
    with pytest.raises(ListError, match="line 1: not UTF-8"):
        loaded(path, made.MAPPING)
    check(loaded(path, f"{made.MAPPING}encoding: gb18030\n"))


def test_a_workbook_with_a_mapping(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in made.CUSTOM.splitlines():
        book.active.append(row.split(","))
    book.save(tmp_path / "own.xlsx")
    check(loaded(tmp_path / "own.xlsx", made.MAPPING))


def test_cells_of_a_workbook_that_are_dates_are_days(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["body", "on"])
    book.active.append(["Example Ltd", date(2023, 3, 28)])
    book.save(tmp_path / "own.xlsx")
    (one,) = loaded(tmp_path / "own.xlsx", "{regime: US-UFLPA, name: body, effective: on}").listings
    assert one.effective is not None
    assert one.effective.from_ == date(2023, 3, 28)


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="not a workbook"):
        loaded(made.leave(tmp_path, "own.xlsx", b"PK\x03\x04" + bytes(50)), made.MAPPING)


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="no column '企业名称'; there are: a, b"):
        loaded(made.leave(tmp_path, "own.csv", "a,b\n1,2\n"), made.MAPPING)


def test_regimes_by_cell_and_kinds_by_cell(tmp_path: Path) -> None:
    mapping = """
regime: {column: list, values: {Entity: US-BIS-EL, Military: US-BIS-MEU}}
name: who
kind: {column: kind, organisation: [body], person: [natural]}
"""
    text = (
        "list,who,kind\nThe Entity List,A Ltd,body\nmilitary,B Ltd,body\n?,C Ltd,body\nEntity,D,natural\nEntity,E,x\n"
    )
    list_ = loaded(made.leave(tmp_path, "own.csv", text), mapping)
    assert [(one.regime, one.name) for one in list_.listings] == [("US-BIS-EL", "A Ltd"), ("US-BIS-MEU", "B Ltd")]
    assert (list_.account.persons, list_.account.other, list_.account.faults) == (1, 1, 1)
    assert list_.account.set_aside == (("line 4", "cannot be read: no regime of the mapping"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "is not YAML"),
        ("- a", "it needs at least"),
        ("{regime: X}", "it needs at least"),
        ("{regime: X, name: a, nmae: b}", "'nmae' is not known"),
        ("{regime: {column: a}, name: b}", "missing or out of place"),
        ("{regime: X, name: a, kind: [1]}", "missing or out of place"),
        ("{regime: X, name: a, encoding: nonsense}", "no encoding is called"),
    ],
)
def test_a_broken_mapping_is_told(text: str, said: str) -> None:
    with pytest.raises(ListError) as caught:
        TableMap.read(text, "m.yaml")
    assert said in caught.value.what


def test_built_in_mappings_are_read() -> None:
    assert {table.title for table in tables()} == {"BIS Denied Persons List", "OpenSanctions, simple table of targets"}
