from __future__ import annotations

import struct
from pathlib import Path

import olefile
import pytest

from countersight.read import cfb
from countersight.read.frozen import freeze

# Kinds of fields (MS-DOC §2.9.90): today's date, page, hyperlink, name of the file, quotation.
DATE, PAGE, LINK, NAME, QUOTE = 31, 33, 88, 29, 35
BODY, HEADERS = 16, 17  # pairs of the FIB


def word(kinds: list[int], pair: int = BODY, second: bool = True, length: int | None = None) -> bytes:
    """A DOC whose table stream holds one field after another: begin, separator, end."""
    marks = [mark for kind in kinds for mark in ((0x13, kind), (0x14, 0xFF), (0x15, 0x80))]
    places = struct.pack(f"<{len(marks) + 1}I", *range(len(marks) + 1))
    table = b"before" + places + bytes(byte for mark in marks for byte in mark)
    head = bytearray(154 + 8 * 60)
    head[:2] = b"\xec\xa5"
    struct.pack_into("<H", head, 10, 0x0200 if second else 0)
    struct.pack_into("<II", head, 154 + 8 * pair, 6, len(table) - 6 if length is None else length)
    return cfb.packed({("WordDocument",): bytes(head), ("1Table" if second else "0Table",): table})


def frozen(path: Path, data: bytes, stream: str) -> bytes:
    path.write_bytes(data)
    freeze(path)
    assert path.stat().st_size == len(data)
    with olefile.OleFileIO(path) as ole:
        return bytes(ole.openstream(stream).read())


@pytest.mark.parametrize(("pair", "second"), [(BODY, True), (HEADERS, True), (BODY, False)])
def test_what_is_worked_out_anew_becomes_a_quotation(tmp_path: Path, pair: int, second: bool) -> None:
    table = frozen(tmp_path / "a.doc", word([DATE, PAGE, LINK, NAME], pair, second), "1Table" if second else "0Table")
    assert list(table[-24::6]) == [0x13] * 4
    assert list(table[-23::6]) == [QUOTE, PAGE, LINK, QUOTE]


@pytest.mark.parametrize("length", [0, 3, 4, 5, 10_000_000, 0xFFFFFFFF])
def test_a_table_of_fields_that_lies_about_its_length_does_no_harm(tmp_path: Path, length: int) -> None:
    table = frozen(tmp_path / "a.doc", word([LINK], length=length), "1Table")
    assert table.startswith(b"before")


def test_a_document_without_its_tables_is_left(tmp_path: Path) -> None:
    data = cfb.packed({("WordDocument",): b"\xec\xa5" + bytes(40)})
    assert frozen(tmp_path / "a.doc", data, "WordDocument") == b"\xec\xa5" + bytes(40)


def test_todays_date_leaves_a_presentation_and_a_date_of_its_own_stays(tmp_path: Path) -> None:
    """Records of MS-PPT: a date within text, then margins with today's date, with a date of their own, with none."""
    date = struct.pack("<HHII I", 0, 0x0FF7, 8, 3, 0)
    margins = [struct.pack("<HHIHH", 0, 0x0FDA, 4, 1, flags) for flags in (0b100011, 0b100101, 0b100000)]
    text = "Today: *".encode("utf-16-le")
    found = frozen(
        tmp_path / "a.ppt",
        cfb.packed({("PowerPoint Document",): text + date + b"".join(margins)}),
        "PowerPoint Document",
    )
    assert found.startswith(text)
    assert struct.pack("<HH", 0, 0x0FF7) not in found
    flags = [struct.unpack_from("<H", found, len(text) + 16 + 12 * n + 10)[0] for n in range(3)]
    assert flags == [0b100000, 0b100101, 0b100000]
