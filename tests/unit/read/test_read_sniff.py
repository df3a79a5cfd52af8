from __future__ import annotations

import io
import zipfile

import pytest

from countersight.read.sniff import (
    OLE2,
    is_office_zip,
    is_text,
    media_type,
    signature,
    suffix,
    system_file,
    unsupported,
)

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def zipped(*names: str, method: int = zipfile.ZIP_DEFLATED, data: bytes = b"x") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name in names:
            archive.writestr(name, data)
    return out.getvalue()[:4096]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.PDF", ".pdf"), ("dir.x\\a.Zip", ".zip"), ("dir.x/name", ""), (".hidden", ""), ("a.tar.gz", ".gz"), ("", "")],
)
def test_suffix(name: str, expected: str) -> None:
    assert suffix(name) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/x-wav"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "video/x-msvideo"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "image/heic"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00", "video/mp4"),
        (bytes(257) + b"ustar\x0000", "application/x-tar"),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00\x00\x00" + bytes(40), "image/bmp"),
        (b"{\\rtf1\\ansi", "application/rtf"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "application/x-7z-compressed"),
        (b"%PDF-1.7\n", "application/pdf"),
    ],
)
def test_signatures(head: bytes, expected: str) -> None:
    assert media_type(head, "x") == expected


@pytest.mark.parametrize(
    "text",
    [
        "MZ is how this sentence begins.",
        "BMW and others",
        "ID3 tags are metadata",
        "RIFF: reduction in force",
        "AC10 cable, 200 m",
        "BZhang 先生：您好",
        "II*",
        "Rar!",
        "",
    ],
)
def test_texts_that_begin_like_something_else_are_text(text: str) -> None:
    assert signature(text.encode()) is None
    assert media_type(text.encode(), "a.txt") is None
    assert is_text(text.encode())


@pytest.mark.parametrize(
    "encoding", ["utf-8", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"]
)
def test_chinese_is_text_in_any_encoding(encoding: str) -> None:
    text = "監控系統 procurement of cameras 210 units\r\n\t" * 40
    head = text.encode(encoding)
    assert is_text(head[:1001])


@pytest.mark.parametrize("head", [b"\x00\x01\x02\x03" * 50, bytes(200), bytes(range(256)) * 4, OLE2 + bytes(500)])
def test_binary_is_no_text(head: bytes) -> None:
    assert not is_text(head)


@pytest.mark.parametrize(
    ("head", "name", "office"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "noname", True),
        (zipped("xl/workbook.xml"), "a.zip", True),
        (zipped("a.pdf", "b.pdf"), "a.zip", False),
        (zipped("a.pdf"), "a.docx", True),
        (zipped("inner.docx", method=zipfile.ZIP_STORED, data=zipped("word/document.xml")), "a.zip", False),
        (zipped("mimetype", method=zipfile.ZIP_STORED, data=b"application/vnd.oasis.opendocument.text"), "x", True),
    ],
)
def test_office_files_are_told_from_archives(head: bytes, name: str, *, office: bool) -> None:
    assert is_office_zip(head, name) is office


@pytest.mark.parametrize(
    ("head", "name", "found"),
    [
        (b"\x00\x05\x16\x07\x00", "dir/._a.pdf", True),
        (b"%PDF-1.4", "dir/._a.pdf", False),
        (b"", "Thumbs.db", True),
        (b"", "x/.DS_Store", True),
        (b"\x08owner", "~$contract.docx", True),
        (b"x", "__MACOSX/a/._b", True),
        (b"x", "desktop.ini", True),
        (b"x", "my desktop.ini.txt", False),
    ],
)
def test_system_files(head: bytes, name: str, *, found: bool) -> None:
    assert system_file(head, name) is found


@pytest.mark.parametrize(
    ("head", "name", "media", "word"),
    [
        (OLE2 + bytes(100), "a", "application/x-ole-storage", "password"),
        (b"!BDN" + bytes(9), "mail.pst", "application/vnd.ms-outlook-pst", ".eml"),
        (b"Rar!\x1a\x07\x01\x00", "a.rar", "application/vnd.rar", "repack"),
        (b"\x7fELF\x02\x01\x01" + bytes(9), "tool", "application/x-executable", "program"),
        (b"ID3\x04" + bytes(20), "call.mp3", "audio/mpeg", "transcript"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "a.heic", "image/heic", "PNG"),
        (b"\x00\x01\x02\x03" * 20, "a.xyz", "application/octet-stream", "does not know"),
        (b"\x08x", "~$a.docx", "application/octet-stream", "system file"),
    ],
)
def test_every_refusal_says_what_it_is_and_what_to_do(head: bytes, name: str, media: str, word: str) -> None:
    found, reason = unsupported(head, name)
    assert found == media
    assert word in reason
