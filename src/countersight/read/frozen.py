"""Fields of legacy documents that a program works out anew whenever it opens one: today's date, the file's name.

A record says what it said when it was saved, so they are turned, in a copy, into quotations: then the words saved with
them stay. A date of a presentation has no words saved with it and stays away.

Offsets and numbers: MS-DOC §2.5.6 (FibRgFcLcb97), §2.8.25 (Plcfld), §2.9.90 (flt); MS-PPT §2.9.50, §2.9.51, §2.4.15.2.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

import olefile

_FLAGS, _SECOND_TABLE = 10, 0x0200  # of the FIB: which of two streams holds the tables
_PAIRS = 154  # where the FIB's pairs of offset and length begin
_FIELDS = (16, 17, 18, 19, 20, 48, 57, 59)  # which of them are of fields: body, headers, notes, comments, text boxes
_BEGINS, _QUOTE = 0x13, 35  # a quotation keeps its words
# Information of the document, dates and times, name of the file, numbers of pages and words, the user.
_WORKED_OUT = frozenset({*range(14, 30), 31, 32, 60, 61, 62})
_DATES = re.compile(rb"\0\0(?:\xf7\x0f\x08|\xf8\x0f\x04)\0\0\0|\0\0\x15\x10\x84\0\0\0")  # heads of records
_NO_RECORD = b"\0\0\xf0\x0f"  # a type that is none
_MARGIN = re.compile(rb"\0\0\xda\x0f\x04\0\0\0..(?=.)", re.DOTALL)  # flags follow
_DATED, _TODAY = 1, 2  # flags of a margin: it has a date, and that is today's


def freeze(path: Path) -> None:
    """Change a copy of a DOC or PPT in its place, its size kept. What is damaged is left as it is."""
    with olefile.OleFileIO(path, write_mode=True) as ole:
        if ole.exists("WordDocument"):
            _word(ole)
        if ole.exists("PowerPoint Document"):
            slides = ole.openstream("PowerPoint Document").read()
            ole.write_stream("PowerPoint Document", _dateless(slides))


def _word(ole: olefile.OleFileIO) -> None:
    head = ole.openstream("WordDocument").read(_PAIRS + 8 * (max(_FIELDS) + 1))
    flags = int.from_bytes(head[_FLAGS : _FLAGS + 2], "little")
    name = "1Table" if flags & _SECOND_TABLE else "0Table"
    if not ole.exists(name):
        return
    table = bytearray(ole.openstream(name).read())
    for at in _kinds(head, table):
        if table[at] in _WORKED_OUT:
            table[at] = _QUOTE
    ole.write_stream(name, bytes(table))


def _kinds(head: bytes, table: bytes | bytearray) -> Iterator[int]:
    """Where in the tables the kind of each field stands."""
    for pair in _FIELDS:
        at = _PAIRS + 8 * pair
        if at + 8 > len(head):
            return
        start, length = struct.unpack_from("<II", head, at)
        count = (length - 4) // 6  # places of four bytes, one more than marks of two
        first = start + 4 * (count + 1)
        for mark in range(first, min(first + 2 * count, len(table) - 1), 2):
            if table[mark] & 0x1F == _BEGINS:
                yield mark + 1


def _dateless(slides: bytes) -> bytes:
    undated = _DATES.sub(lambda found: _NO_RECORD + found[0][4:], slides)
    whole = bytearray(undated)
    for margin in _MARGIN.finditer(undated):
        if whole[margin.end()] & _TODAY:
            whole[margin.end()] &= ~(_DATED | _TODAY)
    return bytes(whole)
