from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
import pytest
import xlwt
from odf.dc import Creator
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Picture
from PIL import Image

from countersight.errors import ReadError
from countersight.model import BlockKind, Digest, Page, Reading, Status
from countersight.ports import Limits
from countersight.read.cells import column, shown
from countersight.read.sheet import CSV, ODS, TSV, XLS, XLSB, XLSM, XLSX, SheetReader
from countersight.read.sniff import OLE2

DATA = Path(__file__).parents[4] / "shared" / "data"


def sink(stream: BinaryIO, *, limit: int) -> tuple[Digest, int]:
    data = stream.read(limit)
    return Digest.of(data), len(data)


def read(path: Path, name: str = "", limits: Limits | None = None, pages: range | None = None) -> Reading:
    kind = SheetReader().claims(path.read_bytes()[:4096], name or path.name)
    assert kind is not None
    return SheetReader().read(path, kind, pages, limits or Limits(), sink)


def text_table(folder: Path, data: bytes, name: str = "a.csv", limits: Limits | None = None) -> Reading:
    path = folder / "blob"
    path.write_bytes(data)
    return read(path, name, limits)


def blocks(page: Page, kind: BlockKind = BlockKind.CELL) -> list[tuple[str, str]]:
    return [(b.ref, page.text[b.start : b.end]) for b in page.blocks if b.kind is kind]


def workbook(path: Path, fill: Callable[[Any], None]) -> Path:
    book = openpyxl.Workbook()
    fill(book.active)
    book.save(path)
    return path


def rewrite(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The package with its parts changed, or left out for None."""
    with zipfile.ZipFile(path) as old:
        parts = {name: change(name, old.read(name)) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            if data is not None:
                new.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (3456.5, "3456.5"),
        (0.1 + 0.2, "0.3"),
        (0.13, "0.13"),
        (1e-7, "0.0000001"),
        (12345678901.0, "12345678901"),
        (650101199003071234.0, "650101199003071000"),
        (1.5e300, "1.5e+300"),
        (float("inf"), "inf"),
        (True, "TRUE"),
        (dt.date(2022, 12, 1), "2022-12-01"),
        (dt.datetime(2022, 12, 1), "2022-12-01"),  # noqa: DTZ001 (sheets know no zone)
        (dt.datetime(2022, 12, 1, 14, 30, 0, 9), "2022-12-01 14:30:00"),  # noqa: DTZ001
        (dt.time(9, 5), "09:05:00"),
        (dt.timedelta(hours=30, minutes=5), "30:05:00"),
        (dt.timedelta(minutes=-5), "-0:05:00"),
        (" a\r\n\tb_x000D_c ", "a b c"),
        ("", ""),
    ],
)
def test_values_read_as_people_read_them(value: Any, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_columns(number: int, letters: str) -> None:
    assert column(number) == letters


def test_addresses_are_the_sheets_own(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.title = "点位"
        sheet["C3"], sheet["E3"] = "类别", "宗教\n场所"
        sheet["B7"], sheet["C7"] = 210, dt.date(2022, 12, 1)
        sheet["D8"] = "   "

    (page,) = read(workbook(tmp_path / "a.xlsx", fill)).pages
    assert page.text == "类别\t宗教 场所\n210\t2022-12-01"
    assert blocks(page) == [("C3", "类别"), ("E3", "宗教 场所"), ("B7", "210"), ("C7", "2022-12-01")]
    assert blocks(page, BlockKind.ROW) == [("3", "类别\t宗教 场所"), ("7", "210\t2022-12-01")]
    assert (page.number, page.label, page.paged) == (1, "点位", True)


def test_merged_cells_hold_their_value_once(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "技术参数表"
        sheet.merge_cells("A1:D2")
        sheet["A3"] = "型号"

    (page,) = read(workbook(tmp_path / "a.xlsx", fill)).pages
    assert blocks(page) == [("A1", "技术参数表"), ("A3", "型号")]


def test_merged_cells_tell_what_they_cover(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet["B2"] = "一包"
        sheet.merge_cells("B2:B4")
        sheet["C2"] = "报价"
        sheet.merge_cells("C2:E2")
        sheet["C3"] = 7

    (page,) = read(workbook(tmp_path / "a.xlsx", fill)).pages
    cover = {b.ref: (b.across, b.down) for b in page.blocks if b.kind is BlockKind.CELL}
    assert cover == {"B2": (1, 3), "C2": (3, 1), "C3": (1, 1)}


def test_hidden_sheets_rows_and_blank_ones(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "空"
    hidden = book.create_sheet("内部")
    hidden["A1"] = "维稳"
    hidden.sheet_state = "veryHidden"
    hidden.row_dimensions[1].hidden = True
    book.save(tmp_path / "a.xlsx")
    reading = read(tmp_path / "a.xlsx")
    assert [(p.number, p.label, p.blank) for p in reading.pages] == [(1, "空", True), (2, "内部", False)]
    assert reading.total == 2
    assert "sheet '内部': hidden, read all the same" in reading.notes
    assert "sheet '内部': hidden rows or columns read too" in reading.notes


def test_only_the_sheets_asked_for(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("b", "c"):
        book.create_sheet(name)["A1"] = name
    book.save(tmp_path / "a.xlsx")
    reading = read(tmp_path / "a.xlsx", pages=range(1, 9))
    assert [page.label for page in reading.pages] == ["b", "c"]
    assert reading.total == 3


def test_comments_lose_their_author(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet["B2"] = "单价"
        sheet["B2"].comment = Comment("某职员:\n价格已\n调整", "某职员")

    (page,) = read(workbook(tmp_path / "a.xlsx", fill)).pages
    assert page.text == "单价\n价格已 调整"
    assert blocks(page, BlockKind.COMMENT) == [("B2", "价格已 调整")]


def test_formulas_without_result_and_errors_are_told(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["A2"], sheet["A3"], sheet["A4"] = 1, "=A1+1", "#N/A", "=A1&x"

    path = workbook(tmp_path / "a.xlsx", fill)
    rewrite(
        path, lambda _, data: data.replace(b'<c r="A4"><f>A1&amp;x</f><v></v>', b'<c r="A4" t="str"><f>x</f><v></v>')
    )
    reading = read(path)
    assert reading.pages[0].text == "1"
    assert "sheet 'Sheet': 1 formula without a stored result, shown as empty: A2" in reading.notes
    assert "sheet 'Sheet': 1 cell with an error for a value, shown as empty" in reading.notes


def test_stored_results_of_formulas_are_used(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda sheet: sheet.append(["=6*7"]))
    rewrite(path, lambda _, data: data.replace(b"<f>6*7</f><v></v>", b"<f>6*7</f><v>42</v>"))
    reading = read(path)
    assert reading.pages[0].text == "42"
    assert reading.notes == ()


def test_pictures_that_may_hold_words_are_members(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "附图"
        for n, size in enumerate([(300, 200), (16, 16)]):
            Image.new("RGB", size).save(tmp_path / f"{n}.png")
            sheet.add_image(Picture(tmp_path / f"{n}.png"), "C3")

    reading = read(workbook(tmp_path / "a.xlsx", fill))
    assert reading.status is Status.READ
    assert [member.step for member in reading.members] == [("image", "1.png")]
    assert "1 embedded image read on their own" in reading.notes
    assert "1 embedded image too small to hold words" in reading.notes


def test_charts_are_told_of(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.append([1])
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=1, min_row=1))
        sheet.add_chart(chart, "C3")

    reading = read(workbook(tmp_path / "a.xlsx", fill))
    assert reading.status is Status.READ
    assert reading.notes == ("sheet 'Sheet': 1 chart not read",)


def test_a_damaged_sheet_leaves_the_others(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "good"
    book.create_sheet("bad")["A1"] = "x"
    book.save(tmp_path / "a.xlsx")
    broken = rewrite(tmp_path / "a.xlsx", lambda name, data: data[:-90] if name.endswith("sheet2.xml") else data)
    reading = read(broken)
    assert reading.status is Status.PARTIAL
    assert [page.text for page in reading.pages] == ["good"]
    assert [fault.page for fault in reading.faults] == [2]
    assert "damaged" in reading.reason


def test_macros_are_never_run(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsm", lambda sheet: sheet.append(["x"]))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xcc\x61")
        package.writestr("xl/embeddings/Document1.docx", b"PK\3\4")
    reading = read(path)
    assert reading.media_type == XLSM
    assert "macros present, never run" in reading.notes
    assert [member.step for member in reading.members] == [("attachment", "1 Document1.docx")]


def test_older_workbooks(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("价格")
    sheet.write(5, 3, 1.0)
    sheet.write(6, 4, dt.date(2020, 1, 2), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    sheet.write(7, 3, "人民币")
    book.save(str(tmp_path / "a.xls"))
    reading = read(tmp_path / "a.xls")
    assert blocks(reading.pages[0]) == [("D6", "1"), ("E7", "2020-01-02"), ("D8", "人民币")]
    assert reading.media_type == XLS
    assert any("not looked for" in note for note in reading.notes)


def open_document(path: Path) -> Path:
    document = OpenDocumentSpreadsheet()
    sheet = Table(name="清单")
    sheet.addElement(TableRow(numberrowsrepeated=2))
    row = TableRow()
    row.addElement(TableCell(numbercolumnsrepeated=2))
    cell = TableCell(valuetype="string")
    cell.addElement(P(text="寺院"))
    note = Annotation()
    note.addElement(Creator(text="某职员"))
    note.addElement(P(text="已拆除"))
    cell.addElement(note)
    row.addElement(cell)
    row.addElement(TableCell(valuetype="float", value="210"))
    sheet.addElement(row)
    document.spreadsheet.addElement(sheet)
    document.save(str(path))
    return path


def test_open_document(tmp_path: Path) -> None:
    reading = read(open_document(tmp_path / "a.ods"))
    (page,) = reading.pages
    assert reading.media_type == ODS
    assert blocks(page) == [("C3", "寺院"), ("D3", "210")]
    assert blocks(page, BlockKind.COMMENT) == [("C3", "已拆除")]


def test_encrypted_open_document(tmp_path: Path) -> None:
    def lock(name: str, data: bytes) -> bytes:
        return data.replace(b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>")

    with pytest.raises(ReadError, match="encrypted"):
        read(rewrite(open_document(tmp_path / "a.ods"), lock))


def test_encrypted_older_workbook(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "x")
    book.save(str(tmp_path / "a.xls"))
    data = (tmp_path / "a.xls").read_bytes()
    at = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    (tmp_path / "a.xls").write_bytes(data[:at] + b"\x2f\x00\x36\x00\x01\x00" + data[at + 6 :])
    with pytest.raises(ReadError, match="encrypted"):
        read(tmp_path / "a.xls")


def test_encrypted_package(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(OLE2 + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    with pytest.raises(ReadError, match="encrypted"):
        read(path)


@pytest.mark.parametrize(("name", "head"), [("a.xlsx", b"PK\x03\x04broken"), ("a.xls", OLE2 + bytes(2000))])
def test_damaged(tmp_path: Path, name: str, head: bytes) -> None:
    (tmp_path / name).write_bytes(head)
    with pytest.raises(ReadError, match="damaged"):
        read(tmp_path / name)


@pytest.mark.parametrize("kind", [XLSX, XLS, XLSB, ODS, CSV])
def test_empty(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(ReadError, match="empty: 0 bytes") as caught:
        SheetReader().read(tmp_path / "a", kind, None, Limits(), sink)
    assert caught.value.status == "skipped"


def test_a_stray_cell_far_away_does_not_eat_the_memory(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["XFD1048576"] = 1, 2

    with pytest.raises(ReadError, match="1,048,576 rows and 16,384 columns"):
        read(workbook(tmp_path / "a.xlsx", fill))


def test_a_package_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda sheet: sheet.append(["x"]))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/bomb.bin", bytes(5_000_000))
    with pytest.raises(ReadError, match="too large: unpacks"):
        read(path, limits=Limits(unpacked=1_000_000))


def test_shared_texts_beyond_the_memory_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda sheet: sheet.append(["x"]))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/sharedStrings.xml", b"<sst>" + bytes(2_000_000))
    with pytest.raises(ReadError, match=r"too large: 2,00\d,\d+ bytes of shared text"):
        read(path, limits=Limits(memory=3_000_000))


def test_a_bomb_of_entities_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda sheet: sheet.append(["x"]))
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'
    rewrite(path, lambda name, data: bomb + data if name == "xl/workbook.xml" else data)
    with pytest.raises(ReadError, match="document type"):
        read(path)


def test_a_huge_sheet_says_where_it_was_cut(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        for n in range(2000):
            sheet.append([n, "摄像机"])

    reading = read(workbook(tmp_path / "a.xlsx", fill), limits=Limits(memory=2_000_000))
    assert reading.status is Status.PARTIAL
    (fault,) = reading.faults
    last = blocks(reading.pages[0], BlockKind.ROW)[-1][0]
    assert fault.reason == f"too large: only the first {int(last):,} of 2,000 rows were read"
    assert 0 < int(last) < 2000


def test_sheets_beyond_one_work_item_are_left_for_the_next(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    for name in "abc":
        sheet = book.create_sheet(name)
        for n in range(400):
            sheet.append([n])
    book.save(tmp_path / "a.xlsx")
    limits = Limits(memory=900_000)
    first = read(tmp_path / "a.xlsx", limits=limits)
    assert ([page.label for page in first.pages], first.total, first.status) == (["a"], 3, Status.READ)
    rest = read(tmp_path / "a.xlsx", limits=limits, pages=range(1, 2))
    assert [(page.number, page.label) for page in rest.pages] == [(2, "b")]


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.csv", b"a,b\n1,2\n", CSV),
        ("A.TSV", b"a\tb\n", TSV),
        ("a.csv", "型号,数量".encode("gb18030"), CSV),
        ("a.csv", b"", None),
        ("a.txt", b"a,b\n1,2\n", None),
        ("a.csv", b"\x7fELF\0\0\0", None),
        ("a.csv", b"<html><table>", None),
        ("a.xls", b"a\tb\n1\t2\n3\t4\n", TSV),
        ("a.xls", "型号,数量\n枪机,2\n".encode("gb18030"), CSV),
        ("a.xls", b"just a sentence\nand another", None),
        ("a.xls", b"<html><body><table>", None),
        ("a.xls", b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", None),
        ("a.xls", OLE2 + bytes(600), XLS),
        ("a.xlsx", OLE2 + bytes(600), XLSX),
        ("a.doc", OLE2 + "WordDocument".encode("utf-16-le"), None),
        ("a.docx", b"PK\x03\x04" + bytes(600), None),
        ("a.pdf", b"%PDF-1.4", None),
    ],
)
def test_claims(name: str, head: bytes, kind: str | None) -> None:
    assert SheetReader().claims(head, name) == kind


def test_a_new_workbook_under_an_old_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda sheet: sheet.append(["x"]))
    path.rename(tmp_path / "a.xls")
    assert read(tmp_path / "a.xls").media_type == XLSX


def test_csv_cells(tmp_path: Path) -> None:
    reading = text_table(tmp_path, '型号,数量\r\n"枪机,\n红外",12\r\n\r\n,"say ""hi"""\r\n'.encode())
    (page,) = reading.pages
    assert blocks(page) == [("A1", "型号"), ("B1", "数量"), ("A2", "枪机, 红外"), ("B2", "12"), ("B4", 'say "hi"')]
    assert (page.paged, reading.total, reading.notes, reading.status) == (False, 0, (), Status.READ)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_csv_with_another_delimiter_and_encoding(tmp_path: Path, encoding: str, mark: str, name: str) -> None:
    rows = [["设备", "单价", "说明"], ["摄像机", "1,5", "夜视,防水"], ["服务器", "2,5", "机架式"]]
    reading = text_table(tmp_path, "\n".join(mark.join(row) for row in rows).encode(encoding))
    assert [text for _, text in blocks(reading.pages[0])] == [cell for row in rows for cell in row]
    assert f"columns taken to be separated by {name}" in reading.notes


def test_a_table_of_nothing_is_one_blank_page(tmp_path: Path) -> None:
    reading = text_table(tmp_path, b"\xef\xbb\xbf")
    assert [page.blank for page in reading.pages] == [True]
    assert reading.notes == ("no text in the table",)


def test_the_line_that_names_the_delimiter_is_no_row(tmp_path: Path) -> None:
    reading = text_table(tmp_path, b"sep=;\r\na;b,c\r\n")
    assert blocks(reading.pages[0]) == [("A1", "a"), ("B1", "b,c")]


def test_a_quotation_mark_never_closed_swallows_nothing(tmp_path: Path) -> None:
    reading = text_table(tmp_path, b'a,b\n"1,2\n3,4\n')
    assert blocks(reading.pages[0])[-2:] == [("A3", "3"), ("B3", "4")]
    assert any("never closed" in note for note in reading.notes)


def test_inches_are_not_quotation_marks(tmp_path: Path) -> None:
    reading = text_table(tmp_path, b'item,size\ndisk,3.5"\nscreen,27 inch\n')
    assert blocks(reading.pages[0])[3] == ("B2", '3.5"')
    assert reading.notes == ()


def test_a_field_longer_than_the_library_likes(tmp_path: Path) -> None:
    reading = text_table(tmp_path, b"a,b\n" + b"x" * 300_000 + b",c\n")
    assert blocks(reading.pages[0])[-1] == ("B2", "c")


def test_a_huge_table_says_where_it_was_cut(tmp_path: Path) -> None:
    reading = text_table(tmp_path, b"1,2\n" * 5000, limits=Limits(memory=1_000_000))
    assert reading.status is Status.PARTIAL
    last = int(blocks(reading.pages[0], BlockKind.ROW)[-1][0])
    assert reading.reason == f"too large: not read from row {last + 1} on"
    assert reading.faults[0].page == 1


def test_a_long_table_comes_in_parts(tmp_path: Path) -> None:
    first = text_table(tmp_path, b"x\n" * 400_000 + "末行\n".encode())
    assert (first.total, [page.label for page in first.pages], first.status) == (2, ["part 1"], Status.READ)
    rest = SheetReader().read(tmp_path / "blob", CSV, range(1, 2), Limits(), sink)
    assert [blocks(page) for page in rest.pages] == [[("A400001", "末行")]]


def test_prose_named_csv_is_one_column_or_harmless(tmp_path: Path) -> None:
    reading = text_table(tmp_path, b"one line\nanother line\n")
    assert blocks(reading.pages[0]) == [("A1", "one line"), ("A2", "another line")]


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is absent")
def test_real_workbooks_are_read_or_refused_with_a_reason() -> None:
    read_well, reasons = 0, set()
    for path in sorted((DATA / "files").glob("**/*.xls*")):
        try:
            reading = read(path)
        except ReadError as error:
            reasons.add(error.what.split(":")[0])
            continue
        read_well += reading.status is Status.READ
        for page in reading.pages:
            assert all(page.text[b.start : b.end].strip() for b in page.blocks)
    assert read_well >= 9
    assert reasons == {"damaged", "encrypted"}
