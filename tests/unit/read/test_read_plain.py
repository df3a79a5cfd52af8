from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pytest

from countersight.errors import ReadError
from countersight.model import BlockKind, Digest, Page, Reading, Status
from countersight.ports import Limits
from countersight.read.plain import JSON, MARKDOWN, TEXT, XML, PlainReader

DATA = Path(__file__).parents[4] / "shared" / "data"


def sink(stream: BinaryIO, *, limit: int) -> tuple[Digest, int]:
    raise AssertionError("a text unpacks to nothing")


def read(folder: Path, data: bytes, name: str = "a.txt", limits: Limits | None = None) -> Reading:
    path = folder / "blob"
    path.write_bytes(data)
    reader = PlainReader()
    kind = reader.claims(data[:4096], name)
    assert kind is not None
    return reader.read(path, kind, None, limits or Limits(), sink)


def blocks(page: Page, kind: BlockKind) -> list[tuple[str, str]]:
    return [(b.ref, page.text[b.start : b.end]) for b in page.blocks if b.kind is kind]


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.txt", b"hello", TEXT),
        ("README", b"hello", TEXT),
        ("a.md", b"# hello", MARKDOWN),
        ("a.json", b"{}", JSON),
        ("a", b'\xef\xbb\xbf<?xml version="1.0"?><a/>', XML),
        ("a", "<?xml version='1.0'?>".encode("utf-16"), XML),
        ("a.txt", "合同".encode("gb18030"), TEXT),
        ("a.txt", "合同 2022\n".encode("utf-16-le") * 40, TEXT),
        ("a.txt", b"", TEXT),
        ("a.txt", b"\x7fELF\x02\x01\x01\0\0\0", None),
        ("a.txt", b"text\0\0\0\x01\x02\x03 and then not" * 20, None),
        ("a.txt", b"%PDF-1.7\n", None),
    ],
)
def test_claims(name: str, head: bytes, kind: str | None) -> None:
    assert PlainReader().claims(head, name) == kind


def test_paragraphs_are_parted_by_blank_lines(tmp_path: Path) -> None:
    reading = read(tmp_path, b"One line\r\nand its second.\r\n \t \r\n  Two.  \r\n\r\n\r\n")
    (page,) = reading.pages
    assert not page.paged
    assert reading.total == 0
    assert blocks(page, BlockKind.PARAGRAPH) == [("", "One line\nand its second."), ("", "Two.")]


def test_chinese_in_gb18030_is_noted(tmp_path: Path) -> None:
    reading = read(tmp_path, "合同金额:人民币壹佰万元整".encode("gb18030"))
    assert reading.pages[0].text == "合同金额:人民币壹佰万元整"
    assert reading.notes == ("no encoding stated; read as gb18030",)
    assert reading.status is Status.READ


def test_much_lost_makes_it_partial(tmp_path: Path) -> None:
    reading = read(tmp_path, b"\xef\xbb\xbf" + b"a \xff b " * 30)
    assert reading.status is Status.PARTIAL
    assert reading.reason == "30 places could not be decoded as utf-8"


def test_a_little_lost_is_only_noted(tmp_path: Path) -> None:
    reading = read(tmp_path, b"\xef\xbb\xbf" + b"word " * 100 + b"\xff")
    assert reading.status is Status.READ
    assert "1 place could not be decoded" in reading.notes[0]


def test_empty_and_blank_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="empty: 0 bytes") as caught:
        read(tmp_path, b"")
    assert caught.value.status == "skipped"
    reading = read(tmp_path, b" \n\t\n")
    assert reading.pages[0].blank
    assert reading.notes == ("no text in the file",)


def test_binary_after_a_text_beginning_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="not text"):
        read(tmp_path, b"header line\n" * 400 + bytes(200_000))


def test_stray_zeros_are_dropped_and_told(tmp_path: Path) -> None:
    reading = read(tmp_path, b"line\n" * 1000 + b"a\0b")
    assert reading.pages[0].text.endswith("ab")
    assert reading.notes == ("1 zero characters left out",)


def test_a_long_text_is_cut_between_lines(tmp_path: Path) -> None:
    line = "摄像机" * 30 + "\n"
    reading = read(tmp_path, (line * 60_000).encode())
    assert "".join(page.text for page in reading.pages) == line * 60_000
    assert reading.total == len(reading.pages) == 3
    assert [page.label for page in reading.pages] == ["part 1", "part 2", "part 3"]
    assert all(page.paged and page.text.endswith("\n") for page in reading.pages)


def test_unasked_only_the_first_parts_are_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"0123456789\n" * 2_000_000)
    first = PlainReader().read(path, TEXT, None, Limits(), sink)
    assert 0 < len(first.pages) < first.total
    rest = PlainReader().read(path, TEXT, range(len(first.pages), first.total), Limits(), sink)
    assert rest.pages[0].number == len(first.pages) + 1
    assert sum(len(page.text) for page in (*first.pages, *rest.pages)) == 22_000_000


def test_a_text_beyond_the_memory_says_where_it_was_cut(tmp_path: Path) -> None:
    reading = read(tmp_path, b"0123456789\n" * 1000, limits=Limits(memory=12_000))
    assert reading.status is Status.PARTIAL
    assert reading.reason == "too large: only the first 1,000 of 11,000 bytes were read"
    assert reading.pages[0].text == "0123456789\n" * 90
    assert reading.faults[0].reason == reading.reason


def test_markdown_blocks(tmp_path: Path) -> None:
    source = """# 技术参数 ##

总则
====

Words on
two lines.

* 人脸识别
  摄像机
2) second

| 项目 | 数量 |
|------|:----:|
| 摄像机 | 210 |
|  | a \\| b |

```
# not a heading
| not | a table |
|-----|---------|
```
---
#no heading
"""
    (page,) = read(tmp_path, source.encode(), "a.md").pages
    assert page.text == source
    assert blocks(page, BlockKind.HEADING) == [("", "技术参数"), ("", "总则")]
    assert blocks(page, BlockKind.LIST_ITEM) == [("", "人脸识别\n  摄像机"), ("", "second")]
    assert blocks(page, BlockKind.CELL) == [
        *(("T1R1C1", "项目"), ("T1R1C2", "数量")),
        *(("T1R2C1", "摄像机"), ("T1R2C2", "210")),
        ("T1R3C2", "a \\| b"),
    ]
    assert [ref for ref, _ in blocks(page, BlockKind.ROW)] == ["T1R1", "T1R2", "T1R3"]
    assert ("", "Words on\ntwo lines.") in blocks(page, BlockKind.PARAGRAPH)
    assert ("", "#no heading") in blocks(page, BlockKind.PARAGRAPH)


def test_two_tables_and_what_follows_them(tmp_path: Path) -> None:
    source = b"a|b\n-|-\n1|2\n# Heading\nc|d\n-|-\n3|4"
    (page,) = read(tmp_path, source, "a.md").pages
    assert blocks(page, BlockKind.CELL)[-1] == ("T2R2C2", "4")
    assert blocks(page, BlockKind.HEADING) == [("", "Heading")]


def test_json_escapes_are_written_out(tmp_path: Path) -> None:
    source = rb'{"a": "\u4e2d\u56fd \ud83d\ude00 \u0022 \\u4e2d \ud800 \u00e9"}'
    reading = read(tmp_path, source, "a.json")
    assert reading.pages[0].text == r'{"a": "中国 😀 \u0022 \\u4e2d \ud800 é"}'
    assert reading.notes == ("JSON read as plain text, not by its structure", "escaped characters written out")


def test_xml_references_are_written_out(tmp_path: Path) -> None:
    reading = read(tmp_path, b"<a>&#20013;&#x56fd; &#60; &#xD800; &#x110000; &amp;</a>", "a.xml")
    assert reading.pages[0].text == "<a>中国 &#60; &#xD800; &#x110000; &amp;</a>"


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is absent")
def test_real_texts() -> None:
    reader = PlainReader()
    for path in sorted((DATA / "files" / "mixed").glob("**/*.txt")):
        with path.open("rb") as stream:
            kind = reader.claims(stream.read(4096), path.name)
        assert kind is not None
        page = reader.read(path, kind, None, Limits(), sink).pages[0]
        assert page.text.strip()
        assert "\ufffd" not in page.text
    notice = reader.read(DATA / "tenders/cn/nanning_psb_2017_correction_notice.txt", TEXT, None, Limits(), sink)
    assert "南宁" in notice.pages[0].text
