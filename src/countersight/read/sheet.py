"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) through calamine, and tables as text (CSV, TSV).

A sheet is a page whose label is its name, hidden ones too. Values are those stored when it was last saved; formats
are not applied (a percentage shows as 0.13), except that dates are dates. Merged cells hold their value at the first
address. Comments and text boxes follow the cells. Pictures are members; charts are told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from countersight.errors import ReadError
from countersight.model import Agent, Member, Page, PageFault, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read import biff, delimited, textfile
from countersight.read.cells import Grid
from countersight.read.charset import decode
from countersight.read.embedded import Pictures
from countersight.read.layout import counted
from countersight.read.members import Unpacking, allowed
from countersight.read.ooxml import needs_password, opened
from countersight.read.sniff import is_text, suffix
from countersight.read.sniff import media_type as sniffed
from countersight.read.workbook import Beside, beside, check, pictures

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"
XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
XLS = "application/vnd.ms-excel"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
WORKBOOKS = frozenset({XLSX, XLSM, XLSB, XLS, ODS})
CSV = "text/csv"
TSV = "text/tab-separated-values"
_AGENT = Agent("sheet", f"1+calamine {version('python-calamine')}")
_ZIPPED = {".xlsx": XLSX, ".xltx": XLSX, ".xlsm": XLSM, ".xltm": XLSM, ".xlsb": XLSB, ".ods": ODS, ".ots": ODS}
_OLDER = frozenset({".xls", ".xlt", ".xlw", ".et"})
_TABLES = {".csv": CSV, ".tsv": TSV, ".tab": TSV}
_OLE = "application/x-ole-storage"
_WORKBOOK = "Workbook".encode("utf-16-le") + b"\0\0"
_LOCKED = re.compile(  # the record FilePass near the beginning of the globals (MS-XLS §2.1.7.20.3)
    rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL
)
_SHARE = 3  # one part in this many of the memory allowed is for the pages


@dataclass(frozen=True, slots=True)
class SheetReader:
    """Reads workbooks sheet by sheet and tables as text."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """By content; by name between kinds of one container, and for text that is a table."""
        ending, found = suffix(name), sniffed(head, name)
        if found in (XLSX, "application/zip") and ending in _ZIPPED:
            return _ZIPPED[ending]
        if found in (XLSX, ODS, XLS):
            return found
        if found == _OLE:
            return _ZIPPED.get(ending, XLS if ending in _OLDER or _WORKBOOK in head else None)
        if found is None and head and is_text(head) and not _is_markup(head):
            return _TABLES.get(ending) or _misnamed(head, ending)
        return None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Read sheets. Raises ReadError that tells empty, encrypted, damaged and too large files apart."""
        if media_type in (CSV, TSV):
            return _table(path, media_type, pages, limits)
        if media_type == XLS:
            return _older(path, pages, limits)
        with opened(path, limits) as package:
            check(package)
            told = beside(package, []) if media_type == ODS else None  # first: calamine never ends on XML that does not
            with _workbook(path) as book:
                work = _Work(book, beside(package, book.sheet_names) if told is None else told, limits)
                work.run(pages)
            first = pages is None or 0 in pages
            embedded = package.names("xl/embeddings/")
            members = package.members(embedded, sink) if first else ()
            if first:
                shown = Pictures(Unpacking(limits, sink, allowed(path.stat().st_size, limits)))
                shown.add_parts(package, pictures(package))
                work.package_notes(shown, macros="xl/vbaProject.bin" in package.names(), members=members)
                members = (*members, *shown.unpacking.members)
                if media_type == XLSB:
                    work.notes.append("comments and text boxes of this binary kind of workbook are not looked for")
            return work.reading(media_type, members, package.title())


def _is_markup(head: bytes) -> bool:
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def _misnamed(head: bytes, ending: str) -> str | None:
    """Web systems like to send tables as text under the name of a workbook."""
    if ending not in _OLDER and ending not in _ZIPPED:
        return None
    mark = delimited.delimiter_of(decode(head).text)
    return {"\t": TSV, None: None}.get(mark, CSV)


def _table(path: Path, media_type: str, pages: range | None, limits: Limits) -> Reading:
    loaded = textfile.load(path, limits)
    table = delimited.parts(loaded.text, media_type, pages, limits.memory // _SHARE)
    cut = [PageFault(max(table.total, 1), loaded.reason)] if loaded.reason else []
    faults = (*table.faults, *cut)
    blank = ["no text in the table"] if table.pages and all(page.blank for page in table.pages) else []
    return Reading(
        media_type,
        _AGENT,
        Status.PARTIAL if faults else Status.READ,
        tuple(table.pages),
        table.total,
        faults=faults,
        notes=(*loaded.notes, *table.notes, *blank),
        reason="; ".join(fault.reason for fault in faults),
    )


def _older(path: Path, pages: range | None, limits: Limits) -> Reading:
    if path.stat().st_size == 0:
        raise ReadError("empty: 0 bytes", status="skipped")
    biff.check(path, limits.memory)
    try:
        with _workbook(path) as book:
            work = _Work(book, {}, limits)
            work.run(pages)
    except ReadError:
        if _LOCKED.search(path.read_bytes()):
            raise needs_password() from None
        raise
    if pages is None or 0 in pages:
        work.notes.append("comments, text boxes and pictures of this older kind of workbook are not looked for")
    return work.reading(XLS, (), None)


@contextmanager
def _workbook(path: Path) -> Iterator[CalamineWorkbook]:
    """An open workbook, its kind told by its content."""
    with path.open("rb") as stream:
        with _damage():
            book = CalamineWorkbook.from_filelike(stream)
        with book:
            yield book


@contextmanager
def _damage() -> Iterator[None]:
    """What calamine raises, panics of the library beneath it included, as ReadError."""
    try:
        yield
    except CalamineError as error:
        raise _damaged(" ".join(str(error).split())) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged("cannot be read as a workbook") from None


def _damaged(how: str) -> ReadError:
    return ReadError(f"damaged: {how}", way_out="repair or re-save it")


@dataclass(slots=True)
class _Work:
    """One work item: the sheets read so far and what to tell of them."""

    book: CalamineWorkbook
    beside: dict[str, Beside]
    limits: Limits
    pages: list[Page] = field(default_factory=list)
    faults: list[PageFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.book.sheet_names)

    def run(self, pages: range | None) -> None:
        """Read the sheets asked for; unasked, as many as half of the allowance holds."""
        allowance = left = self.limits.memory // _SHARE
        for index in range(self.total) if pages is None else pages:
            if index >= self.total or (pages is None and left < allowance // 2):
                break
            left = self._sheet(index, left)

    def _sheet(self, index: int, allowance: int) -> int:
        """Read one sheet; returns what is left of the allowance."""
        name = self.book.sheet_names[index]
        around = self.beside.get(name, Beside())
        grid = Grid(allowance)
        try:
            fault = around.fault or self._rows(index, grid)
        except ReadError as error:
            fault = error.what
        for kind, text, ref in around.asides:
            grid.aside(kind, text, ref)
        if fault := "; ".join(filter(None, (fault, around.unread))):
            self.faults.append(PageFault(index + 1, fault))
        if not fault or grid.out.length:
            self.pages.append(grid.out.page(index + 1, name, paged=True))
        self.notes += [f"sheet {name!r}: {note}" for note in [*self._seen(index), *around.notes]]
        return grid.left

    def _rows(self, index: int, grid: Grid) -> str:
        """Write a sheet's rows; returns why not all of them were written, or nothing."""
        with _damage():
            sheet = self.book.get_sheet_by_index(index)
            if sheet.start is None or sheet.end is None:
                return ""
            first = sheet.start[1] + 1
            grid.merged = {
                (top + 1, left + 1): (right - left + 1, bottom - top + 1)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            }
            for number, values in enumerate(sheet.iter_rows(), 1):
                if not grid.row(number, values, first):
                    return f"too large: only the first {number - 1:,} of {sheet.end[0] + 1:,} rows were read"
        return ""

    def _seen(self, index: int) -> list[str]:
        kind = self.book.sheets_metadata[index]
        hidden = ["hidden, read all the same"] if kind.visible != SheetVisibleEnum.Visible else []
        return hidden + (["a chart, not read"] if kind.typ == SheetTypeEnum.ChartSheet else [])

    def package_notes(self, shown: Pictures, *, macros: bool, members: tuple[Member, ...]) -> None:
        """What to tell of the package as a whole."""
        self.unread += filter(None, [shown.unread()])
        self.notes += shown.notes()
        if macros:
            self.notes.append("macros present, never run")
        if members:
            self.notes.append(f"{counted(len(members), 'embedded file')} read on their own")

    def reading(self, media_type: str, members: tuple[Member, ...], title: str | None) -> Reading:
        """What was read. Raises ReadError where that is nothing at all."""
        if self.total == 0:
            raise ReadError("damaged: the workbook has no sheets", way_out="repair or re-save it")
        if len(self.faults) == self.total and not self.pages:
            raise ReadError(self.faults[0].reason)
        reason = "; ".join([*self.unread, *(f"sheet {fault.page}: {fault.reason}" for fault in self.faults)])
        if self.pages and all(page.blank for page in self.pages):
            self.notes.append("no text in the workbook")
        return Reading(
            media_type,
            _AGENT,
            Status.PARTIAL if reason else Status.READ,
            tuple(self.pages),
            self.total,
            members,
            tuple(self.faults),
            tuple(self.notes),
            reason,
            title,
        )
