"""What a workbook's package holds beside the values of its cells: comments, drawings, hidden rows, what is too much.

Office Open XML workbooks (ECMA-376 part 1, §18) and OpenDocument ones. Authors of comments are dropped.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import cast
from xml.etree.ElementTree import Element
from zipfile import BadZipFile

from countersight.errors import ReadError
from countersight.model import BlockKind
from countersight.read.cells import column, one_line
from countersight.read.layout import counted
from countersight.read.ooxml import NoDoctype, Package, child, children, descendants, local, needs_password

_CHUNK = 1 << 20
_ROW_AT_MOST = 32 * _CHUNK
_MEMORY_PER_SLOT = 32  # of every cell between a sheet's first and last, empty or not, as calamine holds them
_SHARE = 2  # one part in this many of the memory allowed is for what calamine holds
_CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*\s)?r=[\"']([A-Za-z]{1,7})([0-9]{1,12})[\"'][^>]*(?<!/)>")
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_REF = re.compile(rb"\br=[\"']([A-Z]+[0-9]+)")
_TEXT_RESULT = re.compile(rb"\bt=[\"']str[\"']")  # an empty text is a result too
_ERROR = re.compile(rb"<(?:\w+:)?c\s[^>]*\bt=[\"']e[\"'][^>]*(?<!/)>")
_HIDDEN = re.compile(rb"<(?:\w+:)?(?:row|col)\s[^>]*\bhidden=[\"'](?:1|true)[\"']")
_HELD = frozenset({"sharedStrings.xml", "sharedStrings.bin", "content.xml", "styles.xml", "workbook.xml"})  # whole
_NAMED_FEW = 5  # cells named one by one in a note
_THREADED = "[Threaded comment]"
_DAMAGE = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@dataclass(slots=True)
class Beside:
    """What one sheet holds beside its cells' values. ``fault``: why its cells, ``unread``: why the rest is not read."""

    asides: list[tuple[BlockKind, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fault: str = ""
    unread: str = ""


def beside(package: Package, names: list[str]) -> dict[str, Beside]:
    """What stands beside the cells of the sheets of those names, as far as the package tells."""
    if "content.xml" in package.archive.NameToInfo:
        return _open_document(package)
    main = package.main_part("xl/workbook.xml")
    if main.endswith(".bin"):
        return {}
    related = package.relations(main)
    found = {}
    for sheet in children(child(package.tree(main), "sheets"), "sheet"):
        key = next((value for name, value in sheet.attrib.items() if local(name) == "id"), "")
        if sheet.get("name", "") in names and key in related:
            found[sheet.get("name", "")] = _sheet(package, related[key].target)
    return found


def check(package: Package) -> None:
    """Raises ReadError for a workbook whose shared texts exceed the memory allowed, or which is encrypted."""
    held = sum(info.file_size for info in package.archive.infolist() if PurePosixPath(info.filename).name in _HELD)
    if held > package.limits.memory // _SHARE:
        raise ReadError(f"too large: {held:,} bytes of shared text", way_out="allow more memory per item")
    if package.sealed():
        raise needs_password()


def pictures(package: Package) -> list[str]:
    """The parts that are pictures."""
    return package.names("xl/media/") + package.names("Pictures/")


def _sheet(package: Package, part: str) -> Beside:
    found = Beside()
    try:
        _scan(package, part, found)
    except ReadError as error:
        found.fault = error.what
    try:
        _around(package, part, found)
    except ReadError as error:
        found.unread = error.what
    return found


def _around(package: Package, part: str, found: Beside) -> None:
    """Comments and drawings. What a thread of comments says also stands in a plain comment, for older programs."""
    comments: list[tuple[BlockKind, str, str]] = []
    for relation in package.relations(part).values():
        if relation.external or relation.kind not in ("comments", "threadedComment", "drawing"):
            continue
        tree = package.tree(relation.target)
        if tree is not None and relation.kind == "drawing":
            _drawing(tree, found)
        elif tree is not None:
            comments += _comments(tree)
    threads = {ref for _, text, ref in comments if not text.startswith(_THREADED)}
    found.asides[:0] = [
        (kind, text, ref) for kind, text, ref in comments if ref not in threads or not text.startswith(_THREADED)
    ]


def _scan(package: Package, part: str, found: Beside) -> None:
    """Look through a sheet's XML without keeping it: its extent first, since what calamine holds grows with it."""
    rows: set[int] = set()
    columns: set[bytes] = set()
    missing: list[str] = []
    errors, hidden = 0, False
    for piece in _pieces(package, part):
        for letters, number in _CELL.findall(piece):
            columns.add(letters.upper())
            rows.add(int(number))
        cells = (match[1] for match in _NO_RESULT.finditer(piece))
        missing += [_address(cell) for cell in cells if not _TEXT_RESULT.search(cell)]
        errors += len(_ERROR.findall(piece))
        hidden = hidden or _HIDDEN.search(piece) is not None
    numbers = [_number(letters) for letters in columns]
    if rows:
        check_extent(max(rows) - min(rows) + 1, max(numbers) - min(numbers) + 1, package.limits.memory)
    if missing:
        shown = ", ".join(missing[:_NAMED_FEW]) + (" and others" if len(missing) > _NAMED_FEW else "")
        found.notes.append(f"{counted(len(missing), 'formula')} without a stored result, shown as empty: {shown}")
    if errors:
        found.notes.append(f"{counted(errors, 'cell')} with an error for a value, shown as empty")
    if hidden:
        found.notes.append("hidden rows or columns read too")


def _pieces(package: Package, part: str) -> Iterator[bytes]:
    """A part's bytes in pieces that end where a row does."""
    if part not in package.archive.NameToInfo:
        raise ReadError(f"damaged: {part} is missing", way_out="repair or re-save it")
    if package.archive.NameToInfo[part].file_size > package.limits.memory:
        raise ReadError("too large: more cells than the memory allowed holds", way_out="allow more memory per item")
    try:
        with package.archive.open(part) as stream:
            rest = b""
            while chunk := stream.read(_CHUNK):
                rest += chunk
                cut = len(rest) if len(rest) > _ROW_AT_MOST else rest.rfind(b"row>") + 1
                yield rest[:cut]
                rest = rest[cut:]
            yield rest
    except _DAMAGE as error:
        raise ReadError(f"damaged: {part} cannot be unpacked ({error})", way_out="repair or re-save it") from error


def _address(attributes: bytes) -> str:
    found = _REF.search(attributes)
    return found[1].decode() if found else "?"


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def check_extent(high: int, wide: int, memory: int) -> None:
    """Raises ReadError where so many rows and columns are more than calamine can hold in ``memory`` bytes."""
    if high * wide * _MEMORY_PER_SLOT > memory // _SHARE:
        what = f"too large: its cells lie apart over {high:,} rows and {wide:,} columns"
        raise ReadError(what, way_out="delete stray cells far from the table, or allow more memory per item")


def _comments(tree: Element) -> Iterator[tuple[BlockKind, str, str]]:
    authors = [one_line(author.text or "") for author in descendants(tree, "author")]
    for item in tree.iter():
        if local(item.tag) in ("comment", "threadedComment") and item.get("ref"):
            text = one_line("".join(piece.text or "" for piece in item.iter() if local(piece.tag) in ("t", "text")))
            for author in filter(None, authors):  # programs begin a comment with its author's name
                text = text.removeprefix(f"{author}:").removeprefix(f"{author}：").lstrip()
            if text:
                yield BlockKind.COMMENT, text, item.get("ref", "")


def _drawing(tree: Element, found: Beside) -> None:
    """Text boxes are read; charts show what cells hold, and are told of."""
    charts = sum(1 for _ in descendants(tree, "graphicFrame"))
    if charts:
        found.notes.append(f"{counted(charts, 'chart')} not read")
    for anchor in tree:
        place = child(anchor, "from")
        corner = {local(item.tag): int(item.text or 0) for item in (place if place is not None else ())}
        ref = f"{column(corner['col'] + 1)}{corner['row'] + 1}" if {"col", "row"} <= corner.keys() else ""
        for body in descendants(anchor, "txBody"):
            text = one_line(" ".join("".join(t.text or "" for t in descendants(p, "t")) for p in children(body, "p")))
            if text:
                found.asides.append((BlockKind.PARAGRAPH, text, ref))


class _Annotations(NoDoctype):
    """Follows an OpenDocument sheet's cells to name the one an annotation hangs on, and to know the sheet's extent."""

    def __init__(self, memory: int) -> None:
        self.memory = memory
        self.high = self.wide = 0
        self.sheets: dict[str, Beside] = {}
        self.sheet = Beside()
        self.row = self.column = self.rows = self.columns = 0
        self.text: list[str] | None = None
        self.aside = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        name = local(tag)
        given = {local(key): value for key, value in attributes.items()}
        if name == "table":
            self.sheet = self.sheets.setdefault(given.get("name", ""), Beside())
            self.row = self.high = self.wide = 0
        elif name == "table-row":
            self.row, self.rows, self.column = self.row + 1, int(given.get("number-rows-repeated", 1)), 0
        elif name in ("table-cell", "covered-table-cell"):
            self.column, self.columns = self.column + 1, int(given.get("number-columns-repeated", 1))
            if "value-type" in given:
                self.high = max(self.high, self.row + self.rows - 1)
                self.wide = max(self.wide, self.column + self.columns - 1)
                check_extent(self.high, self.wide, self.memory)
        elif name == "annotation":
            self.text = []
        elif name in ("creator", "date", "creator-initials", "date-string"):
            self.aside += 1

    def data(self, data: str) -> None:
        """Characters."""
        if self.text is not None and not self.aside:
            self.text.append(data)

    def end(self, tag: str) -> None:
        """An element closes."""
        name = local(tag)
        if name == "table-row":
            self.row += self.rows - 1
        elif name in ("table-cell", "covered-table-cell"):
            self.column += self.columns - 1
        elif name == "annotation" and self.text is not None:
            if text := one_line("".join(self.text)):
                self.sheet.asides.append((BlockKind.COMMENT, text, f"{column(self.column)}{self.row}"))
            self.text = None
        elif name in ("creator", "date", "creator-initials", "date-string"):
            self.aside -= 1
        elif name == "p" and self.text is not None:
            self.text.append("\n")


def _open_document(package: Package) -> dict[str, Beside]:
    target = _Annotations(package.limits.memory)
    try:
        package.feed("content.xml", cast(NoDoctype, target))
    except ValueError as error:
        raise ReadError(f"damaged: content.xml ({error})", way_out="re-save it") from error
    return target.sheets
