"""The export as one workbook: a sheet for each table, a citation in every row, the same bytes for the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

from countersight.report.tables import COLUMNS, Record, header, lines, writable

SHEETS = ("deals", "families", "items", "components", "organisations", "ownership", "screenings", "findings")
"""The tables that the workbook holds, in the order of its sheets."""
_MADE = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_ROWS = 1_048_575  # below a head, in one sheet
_CHARACTERS = 32_000  # of a cell: programs take no more than 32,767
_CUT = "… [cut here; the other formats of the export have it whole]"
_FIGURES = ("quantity", "amount")
_WIDTH = 18


def write_xlsx(path: Path, tables: Mapping[str, Iterable[Record]]) -> None:
    """Write the tables as sheets, cell for cell as ``write_csv`` does; figures are numbers, all else is text.

    A table with more rows than a sheet takes goes on in another: ``items 2``.
    """
    with TemporaryDirectory(dir=path.parent, prefix=".sheets-") as scratch:  # rows lie on disk until the end
        options = {"constant_memory": True, "tmpdir": scratch}
        with xlsxwriter.Workbook(str(path), options) as book:
            book.set_properties({"created": _MADE})
            bold = book.add_format({"bold": True})
            for name in (name for name in SHEETS if name in tables):
                _table(book, bold, name, tables[name])


def _table(book: Any, bold: Any, name: str, rows: Iterable[Record]) -> None:
    ahead = iter(rows)
    first = next(ahead, None)
    columns = tuple(first or COLUMNS.get(name, ()))
    heads = [column for field in columns for column in header(field)]
    at, sheet = _ROWS, None
    for cells in chain.from_iterable(lines(row, columns) for row in (chain([first], ahead) if first else ())):
        if at == _ROWS:
            sheet, at = _sheet(book, bold, name if sheet is None else f"{name} 2", heads), 0
        at += 1
        for column, (head, value) in enumerate(zip(heads, cells, strict=True)):
            _write(sheet, at, column, head, value)
    if sheet is None:
        _sheet(book, bold, name, heads)


def _sheet(book: Any, bold: Any, name: str, heads: list[str]) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(heads) - 1, 0), _WIDTH)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    return sheet


def _write(sheet: Any, row: int, column: int, head: str, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float) or head.rpartition(".")[2] in _FIGURES:
        sheet.write_number(row, column, float(value))
    else:
        text = writable(str(value))
        sheet.write_string(row, column, text if len(text) <= _CHARACTERS else text[:_CHARACTERS] + _CUT)
