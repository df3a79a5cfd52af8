"""The HTML reader on documents as browsers, ministries and hostile hands write them."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from read_sink import MemorySink

from countersight.errors import ReadError
from countersight.model import BlockKind, Reading, Status
from countersight.ports import Limits, Reader
from countersight.read.html import MEDIA_TYPE, HtmlReader

Read = Callable[[str | bytes], Reading]
REAL = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def run(content: str | bytes) -> Reading:
        path = tmp_path / "page.html"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        reader: Reader = HtmlReader()
        return reader.read(path, MEDIA_TYPE, None, Limits(), MemorySink())

    return run


def text(reading: Reading) -> str:
    return reading.pages[0].text


def blocks(reading: Reading, kind: BlockKind) -> list[tuple[str, str]]:
    page = reading.pages[0]
    return [(block.ref, page.text[block.start : block.end]) for block in page.blocks if block.kind == kind]


def picture(width: int, height: int) -> str:
    """A PNG of that size as a ``data:`` address."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * (width + 1) * height)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(data).decode()


class TestClaims:
    @pytest.mark.parametrize(
        ("head", "name"),
        [
            (b"<!DOCTYPE html><html>", "notice"),
            (b"\xef\xbb\xbf\n <!-- saved -->\n<HTML lang=zh>", "notice.txt"),
            ("<html><body>".encode("utf-16"), "notice.bin"),
            (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', "notice.xml"),
            (b"<table><tr><td>1", "export.xls"),
            (b"\xd5\xd0\xb1\xea", "bare.htm"),
            (b"", "nothing.html"),
        ],
    )
    def test_takes_html_by_how_it_begins_or_by_its_name(self, head: bytes, name: str) -> None:
        assert HtmlReader().claims(head, name) == MEDIA_TYPE

    @pytest.mark.parametrize(
        ("head", "name"),
        [
            (b"%PDF-1.7\n", "page.html"),
            (b"PK\x03\x04rest", "page.html"),
            (b"<table> of contents", "notes.txt"),
            (b"<htmlish>", "data.xml"),
            (b"From: a@b\n\n<html>", "mail.eml"),
            (b"plain words", "words.txt"),
        ],
    )
    def test_leaves_other_files_alone(self, head: bytes, name: str) -> None:
        assert HtmlReader().claims(head, name) is None

    def test_the_agent_names_the_parser(self) -> None:
        assert "selectolax" in HtmlReader().agent.version


class TestVisibleText:
    def test_blocks_part_the_text_and_inline_elements_do_not(self, read: Read) -> None:
        found = read("<h1>采购 公告</h1><p>预算<b>120</b>万元，\n  设备<i>210</i>台。</p><div>a<div>b</div>c</div>")
        assert text(found) == "采购 公告\n预算120万元， 设备210台。\na\nb\nc\n"
        assert blocks(found, BlockKind.HEADING) == [("", "采购 公告")]

    def test_scripts_styles_templates_and_comments_are_not_text(self, read: Read) -> None:
        found = read(
            "<head><style>p{color:red}</style></head><p>a</p><script>document.write('<p>ghost</p>')</script>"
            "<template><p>ghost</p></template><noscript>ghost</noscript><!-- ghost --><p>b</p>"
        )
        assert text(found) == "a\nb\n"
        assert found.notes == ()

    def test_hidden_text_is_left_out_and_counted(self, read: Read) -> None:
        found = read(
            "<p>shown</p><p hidden>seven77</p>"
            "<div style='COLOR:red; Display : none'><p>nine</p><script>x</script></div>"
            "<span style='visibility:hidden'>gone</span>"
        )
        assert text(found) == "shown\n"
        assert found.notes == ("hidden text left out: 15 characters",)

    def test_lists_line_breaks_and_preserved_space(self, read: Read) -> None:
        found = read("<ul><li>一<ul><li>二</ul><li><p>三</p></ul><p>a<br>b<br><br>c</p><pre>\n x\n  y\n</pre>")
        assert [t for _, t in blocks(found, BlockKind.LIST_ITEM)] == ["一", "二", "三"]
        assert text(found) == "一\n二\n三\na\nb\nc\n x\n  y\n"

    def test_struck_and_inserted_text_is_marked_and_kept(self, read: Read) -> None:
        found = read("<p>价 <del>100</del><ins>200</ins> 万</p>")
        assert text(found) == "价 100200 万\n"
        assert blocks(found, BlockKind.DELETED) == [("", "100")]
        assert blocks(found, BlockKind.INSERTED) == [("", "200")]

    def test_form_values_are_fields_but_passwords_are_not(self, read: Read) -> None:
        found = read(
            "<form>单位<input name=unit value='某公司'><input type=password value=secret><input type=hidden value=h>"
            "<input type=checkbox checked>是<input type=radio>否<select name=k><option>甲<option>乙</select></form>"
        )
        assert blocks(found, BlockKind.FIELD) == [
            *[("unit", "某公司"), ("", "[x]"), ("", "[ ]"), ("k", "甲"), ("k", "乙")],
        ]
        assert "secret" not in text(found)

    def test_references_soft_hyphens_and_nul(self, read: Read) -> None:
        found = read(b"<meta charset=utf-8><p>A&amp;B &lt;x&gt; sur\xc2\xadveil&#x4E00;&nbsp;&nbsp;z&#0;&#xD800;</p>")
        assert text(found) == "A&B <x> surveil一 z\ufffd\ufffd\n"
        text(found).encode()

    def test_unclosed_and_misnested_markup_loses_nothing(self, read: Read) -> None:
        found = read("<!doctype html><p>a<table><tr>stray<td>b<p>c</b></i></table><li>d<td>e")
        assert text(found) == "a\nstray\nb\nc\nde\n"  # where the HTML standard puts them

    def test_every_block_lies_within_the_text_and_same_kinds_do_not_overlap(self, read: Read) -> None:
        found = read("<h2>t</h2><table><tr><td>a<ul><li>x<li>y</ul><td>b</table><p>c<ins>d<ins>e</ins></ins>")
        page = found.pages[0]
        assert all(0 <= block.start < block.end <= len(page.text) for block in page.blocks)
        for kind in (BlockKind.CELL, BlockKind.ROW, BlockKind.PARAGRAPH):
            spans = [(b.start, b.end) for b in page.blocks if b.kind == kind]
            assert all(one[1] <= two[0] for one, two in pairwise(spans))


class TestTables:
    def test_cells_know_their_column_under_spans(self, read: Read) -> None:
        found = read(
            "<table><tr><th rowspan=2>包号<th colspan=2>数量<tr><td><td>3<tr><td>乙<td>4<td>5</table>"
            "<table><tr><td>z</table>"
        )
        assert blocks(found, BlockKind.CELL) == [
            *[("T1R1C1", "包号"), ("T1R1C2", "数量"), ("T1R2C3", "3")],
            *[("T1R3C1", "乙"), ("T1R3C2", "4"), ("T1R3C3", "5"), ("T2R1C1", "z")],
        ]
        assert blocks(found, BlockKind.ROW)[0] == ("T1R1", "包号\t数量")
        assert text(found) == "包号\t数量\n3\n乙\t4\t5\nz\n"

    def test_what_cells_cover_and_which_are_heads(self, read: Read) -> None:
        found = read(
            "<table><thead><tr><td rowspan=2>a<td colspan=2>b</thead>"
            "<tr><th>c<td>d<tr><td>e<td rowspan=0>f<td colspan=9999>g</table>"
        )
        cover = {b.ref: (b.across, b.down, b.head) for b in found.pages[0].blocks if b.kind is BlockKind.CELL}
        assert cover["T1R1C1"] == (1, 2, True)
        assert cover["T1R1C2"] == (2, 1, True)
        assert cover["T1R2C2"] == (1, 1, True)
        assert cover["T1R2C3"] == (1, 1, False)
        assert cover["T1R3C3"][0] <= 1000

    def test_a_cell_of_several_paragraphs_stays_one_cell(self, read: Read) -> None:
        found = read("<table><tr><td><p>a</p><p>b<br>c</p><td><ul><li>d</ul></table>")
        assert blocks(found, BlockKind.CELL) == [("T1R1C1", "a\nb\nc"), ("T1R1C2", "d")]

    def test_a_table_that_lays_out_the_page_gives_way_to_the_one_inside(self, read: Read) -> None:
        found = read("<table><tr><td>menu<td><h1>标题</h1><table><tr><td>a<td>b</table>end<tr><td>foot<td>x</table>")
        assert blocks(found, BlockKind.ROW) == [("T2R1", "a\tb"), ("T1R2", "foot\tx")]
        assert blocks(found, BlockKind.HEADING) == [("", "标题")]
        assert text(found) == "menu\n标题\na\tb\nend\nfoot\tx\n"

    def test_nonsense_spans_are_bounded(self, read: Read) -> None:
        row = "<tr>" + "<td rowspan=0 colspan=99999999999999999>x" * 50
        found = read("<table>" + row * 50 + "<tr><td colspan=-3 rowspan=²>y</table>")
        assert text(found).count("x") == 2500


class TestEncodings:
    @pytest.mark.parametrize(
        ("codec", "label"),
        [("gb18030", "gb2312"), ("big5", "big5"), ("utf-8", "UTF-8"), ("cp1251", "windows-1251")],
    )
    def test_the_label_of_the_document_is_believed(self, read: Read, codec: str, label: str) -> None:
        words = "Договор" if codec == "cp1251" else "公安局視頻"
        found = read(f'<meta http-equiv=content-type content="text/html; charset={label}"><p>{words}'.encode(codec))
        assert text(found) == words + "\n"

    def test_a_byte_order_mark_beats_the_label(self, read: Read) -> None:
        assert text(read("\ufeff<meta charset=gbk><p>招标".encode("utf-16-le"))) == "招标\n"

    def test_an_xml_declaration_names_the_encoding(self, read: Read) -> None:
        assert text(read('<?xml version="1.0" encoding="GBK"?><html><p>招标文件'.encode("gbk"))) == "招标文件\n"

    def test_without_a_label_chinese_is_guessed_and_the_guess_is_told(self, read: Read) -> None:
        words = "关于采购视频监控系统的公告，预算金额为人民币一百二十万元。" * 4
        found = read(f"<p>{words}</p>".encode("gb18030"))
        assert text(found) == words + "\n"
        assert any("gb18030" in note for note in found.notes)


class TestWhatSurroundsTheText:
    def test_title_and_stated_day_of_publication(self, read: Read) -> None:
        found = read("<title> 中标\n公告 </title><meta name=PubDate content='2022-12-05 18:51:04'><p>x")
        assert found.title == "中标 公告"
        assert found.dated is not None
        assert (found.dated.from_, found.dated.to) == (date(2022, 12, 5), date(2022, 12, 5))
        assert found.dated.text == "2022-12-05 18:51:04"

    @pytest.mark.parametrize("content", ["2022-13-45", "yesterday", "", "12/05/2022"])
    def test_a_day_that_is_none_is_not_guessed(self, read: Read, content: str) -> None:
        assert read(f"<meta property=article:published_time content='{content}'><p>x").dated is None

    def test_a_large_picture_inside_the_file_is_a_member(self, read: Read) -> None:
        found = read(f"<p>a<img src='{picture(16, 16)}'><img src='{picture(400, 300)}' alt='扫描件'></p>")
        assert (found.status, found.reason) == (Status.READ, "")
        assert [member.step for member in found.members] == [("image", "2.png")]
        assert found.notes == ("1 embedded image read on their own", "1 embedded image too small to hold words")
        assert text(found) == "a[扫描件]\n"

    @pytest.mark.parametrize("wrap", ["{}", " {} ", "\n{}"])
    def test_its_bytes_are_those_written_however_they_are_wrapped(self, read: Read, wrap: str) -> None:
        header, _, data = picture(400, 300).partition(",")
        lines = "\n".join(data[at : at + 76] for at in range(0, len(data), 76))
        (whole,), (wrapped,), (quoted,) = (
            read(f"<p>a<img src='{header},{written}'></p>").members
            for written in (data, wrap.format(lines), data.replace("+", "%2B").replace("=", "%3D"))
        )
        assert whole == wrapped == quoted

    @pytest.mark.parametrize("data", ["", "A", "!!!!", "AAAA====", "%", "\u4e2d"])
    def test_one_that_cannot_be_decoded_harms_nothing(self, read: Read, data: str) -> None:
        found = read(f"<p>a<img src='data:image/png;base64,{data}'></p>")
        assert text(found) == "a\n"
        assert len(found.members) == 1

    def test_drawings_are_members_when_large(self, read: Read) -> None:
        small, large = ("data:image/svg+xml," + "%20" * n for n in (10, 2000))
        found = read(f"<p>a<img src='{small}'><img src='{large}'></p>")
        assert [(member.step, member.size) for member in found.members] == [(("image", "2.svg"), 2000)]

    @pytest.mark.parametrize("size", [(16, 16), (64, 64), (900, 2), (11, 280)])
    def test_icons_rules_and_slivers_do_not(self, read: Read, size: tuple[int, int]) -> None:
        found = read(f"<p>a<img src='{picture(*size)}'></p>")
        assert (found.status, found.reason) == (Status.READ, "")

    def test_linked_pictures_frames_and_players_are_noted(self, read: Read) -> None:
        found = read("<p>a</p><img src=x.png><iframe src=y.html></iframe><video src=z></video>")
        assert found.status == Status.READ
        assert found.notes == ("1 iframe not read", "1 video not read", "1 linked image not part of the file")

    def test_a_page_of_frames_only_is_partial(self, read: Read) -> None:
        found = read("<frameset><frame src=a.html><frame src=b.html></frameset>")
        assert found.status == Status.PARTIAL
        assert found.pages[0].blank
        assert "frames" in found.reason

    def test_the_text_of_an_inline_frame_is_read_at_its_place(self, read: Read) -> None:
        found = read('<p>a</p><iframe srcdoc="&lt;p&gt;内文&lt;/p&gt;"></iframe><p>b</p>')
        assert text(found) == "a\n内文\nb\n"
        assert found.notes == ()

    def test_an_application_without_text_says_so(self, read: Read) -> None:
        found = read("<html><div id=app></div><script src=app.js></script>")
        assert found.pages[0].blank
        assert found.notes == ("no visible text without running its scripts",)

    def test_one_page_without_places_or_numbers(self, read: Read) -> None:
        found = read("<p>x")
        assert (len(found.pages), found.total, found.pages[0].paged, found.pages[0].number) == (1, 0, False, 1)
        assert found.members == ()


class TestLimits:
    def test_an_empty_file_is_skipped_as_empty(self, read: Read) -> None:
        with pytest.raises(ReadError, match="empty") as raised:
            read(b"")
        assert raised.value.status == "skipped"

    def test_a_file_too_large_for_the_memory_is_refused_unread(self, tmp_path: Path) -> None:
        path = tmp_path / "a.html"
        path.write_bytes(b"<p>" + b"x" * 10_000)
        with pytest.raises(ReadError, match="too large"):
            HtmlReader().read(path, MEDIA_TYPE, None, Limits(memory=10_000), MemorySink())

    @pytest.mark.parametrize("opening", ["<b>", "<ul><li>", "<table><tr><td>", "<div hidden>", "<ins>", "<font><p>"])
    def test_deep_nesting_neither_crashes_nor_loses_the_rest(self, read: Read, opening: str) -> None:
        found = read("<p>before</p>" + opening * 3000 + "deep")
        assert text(found).startswith("before\n")

    def test_a_page_range_beyond_the_one_page_gives_none(self, tmp_path: Path) -> None:
        path = tmp_path / "a.html"
        path.write_bytes(b"<p>x")
        assert HtmlReader().read(path, MEDIA_TYPE, range(1, 3), Limits(), MemorySink()).pages == ()

    def test_two_readings_are_equal(self, read: Read) -> None:
        content = "<h1>a</h1><table><tr><td>b<td>c</table><iframe></iframe><video></video>"
        assert read(content) == read(content)


@pytest.mark.realdata
@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data is not here")
def test_a_real_notice_keeps_its_clauses_and_its_scoring_table() -> None:
    path = REAL / "tenders" / "cn" / "html" / "detail_tender.html"
    found = HtmlReader().read(path, MEDIA_TYPE, None, Limits(), MemorySink())
    assert "标段编码：NJGD2500410-25HWGH" in text(found)
    assert ("T1R2C4", "编列内容") in blocks(found, BlockKind.CELL)
    assert found.dated is not None
    assert found.dated.from_ == date(2026, 5, 29)
