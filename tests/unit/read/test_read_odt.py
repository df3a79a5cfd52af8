"""OpenDocument text and presentations: structure, changes, embedded documents, and hostile ones."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from odf.opendocument import OpenDocumentText
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import H, P
from read_sink import MemorySink
from read_wordml import picture

from countersight.errors import ReadError
from countersight.model import BlockKind, Reading, Status
from countersight.ports import Limits
from countersight.read.odt import SLIDES, TEXT, OdtReader

DATA = Path(__file__).parents[4] / "shared" / "data" / "files"
SPACES = (
    'xmlns:office="urn:o" xmlns:text="urn:t" xmlns:table="urn:tb" xmlns:draw="urn:d" xmlns:xlink="urn:x" '
    'xmlns:dc="urn:dc" xmlns:style="urn:s" xmlns:manifest="urn:m" xmlns:svg="urn:v" xmlns:meta="urn:mt" '
    'xmlns:presentation="urn:p"'
)
Parts = Mapping[str, str | bytes]


def content(body: str, kind: str = "text", before: str = "") -> str:
    return (
        f"<office:document-content {SPACES}>{before}<office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>"
    )


def packed(path: Path, xml: str, parts: Parts | None = None, media_type: str = TEXT) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", media_type)
        for name, data in {"content.xml": xml, **(parts or {})}.items():
            package.writestr(name, data, zipfile.ZIP_DEFLATED)
    return path


def read(tmp_path: Path, body: str, parts: Parts | None = None, sink: MemorySink | None = None) -> Reading:
    path = packed(tmp_path / "a.odt", body if body.startswith("<office") else content(body), parts)
    return OdtReader().read(path, TEXT, None, Limits(), sink or MemorySink())


def text(reading: Reading) -> str:
    return "".join(page.text for page in reading.pages)


def blocks(reading: Reading, kind: BlockKind) -> list[tuple[str, str]]:
    page = reading.pages[0]
    return [(block.ref, page.text[block.start : block.end]) for block in page.blocks if block.kind == kind]


def p(words: str) -> str:
    return f"<text:p>{words}</text:p>"


def frame(inner: str, attributes: str = "") -> str:
    return f"<draw:frame {attributes}>{inner}</draw:frame>"


class TestClaims:
    @pytest.mark.parametrize("kind", [TEXT, SLIDES, f"{TEXT}-template"])
    def test_by_the_media_type_it_states(self, tmp_path: Path, kind: str) -> None:
        assert OdtReader().claims(packed(tmp_path / "x", content(""), None, kind).read_bytes()[:4096], "a.doc") == kind

    @pytest.mark.parametrize(
        ("head", "name", "expected"),
        [
            (b"PK\x03\x04", "a.odt", TEXT),
            (b"PK\x03\x04", "a.odp", SLIDES),
            (b"%PDF-1.4", "a.odt", None),
            (b"words", "a.odt", None),
            (b"PK\x03\x04", "a.zip", None),
        ],
    )
    def test_by_its_name_where_that_leaves_it_open(self, head: bytes, name: str, expected: str | None) -> None:
        assert OdtReader().claims(head, name) == expected

    def test_not_a_workbook(self, tmp_path: Path) -> None:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        head = packed(tmp_path / "x", content(""), None, kind).read_bytes()[:4096]
        assert OdtReader().claims(head, "a.odt") is None


class TestText:
    def test_as_another_program_writes_it(self, tmp_path: Path) -> None:
        document = OpenDocumentText()
        document.text.addElement(H(outlinelevel=1, text="采购合同"))
        document.text.addElement(P(text="甲方：公安局"))
        table = Table()
        for cells in ([("型号", 1), ("数量", 1), ("单价", 1)], [("合计", 2), ("3", 1)]):
            row = TableRow()
            for words, columns in cells:
                cell = TableCell(numbercolumnsspanned=columns)
                cell.addElement(P(text=words))
                row.addElement(cell)
                for _ in range(columns - 1):
                    row.addElement(CoveredTableCell())
            table.addElement(row)
        document.text.addElement(table)
        document.save(tmp_path / "b.odt")
        found = OdtReader().read(tmp_path / "b.odt", TEXT, None, Limits(), MemorySink())
        assert text(found) == "采购合同\n甲方：公安局\n型号\t数量\t单价\n合计\t3\n"
        assert blocks(found, BlockKind.HEADING) == [("", "采购合同")]
        assert blocks(found, BlockKind.CELL)[3:] == [("T1R2C1", "合计"), ("T1R2C3", "3")]
        assert (found.status, found.notes, found.total, found.pages[0].paged) == (Status.READ, (), 0, False)

    def test_spaces_tabs_breaks_and_spans(self, tmp_path: Path) -> None:
        words = 'a<text:s text:c="3"/>b<text:tab/>c<text:line-break/><text:span>d\n  e</text:span> f'
        assert text(read(tmp_path, p(words))) == "a   b\tc\nd e f\n"

    def test_lists_sections_and_rubies(self, tmp_path: Path) -> None:
        ruby = "<text:ruby><text:ruby-base>字</text:ruby-base><text:ruby-text>zi</text:ruby-text></text:ruby>"
        nested = f"<text:list><text:list-item>{p('two')}</text:list-item></text:list>"
        body = (
            f"<text:section><text:list><text:list-item>{p('one')}{nested}</text:list-item></text:list></text:section>"
        )
        found = read(tmp_path, body + p(ruby) + f'<text:section text:display="none">{p("four")}</text:section>')
        assert text(found) == "one\ntwo\n字\n"
        assert blocks(found, BlockKind.LIST_ITEM) == [("", "one"), ("", "two")]
        assert "hidden text left out: 4 characters" in found.notes

    def test_what_merged_cells_cover_and_rows_that_head_a_table(self, tmp_path: Path) -> None:
        wide, high = 'table:number-columns-spanned="2"', 'table:number-rows-spanned="3"'
        head = f"<table:table-row><table:table-cell {wide}>{p('a')}</table:table-cell></table:table-row>"
        body = f"<table:table-row><table:table-cell {high}>{p('b')}</table:table-cell></table:table-row>"
        inner = f"<table:table-header-rows>{head}</table:table-header-rows>{body}"
        found = read(tmp_path, f"<table:table>{inner}</table:table>")
        cover = {b.ref: (b.across, b.down, b.head) for b in found.pages[0].blocks if b.kind is BlockKind.CELL}
        assert cover == {"T1R1C1": (2, 1, True), "T1R2C1": (1, 3, False)}

    def test_repeated_and_nested_tables(self, tmp_path: Path) -> None:
        def cell(inner: str, more: str = "") -> str:
            return f"<table:table-cell {more}>{inner}</table:table-cell>"

        inner = f"<table:table><table:table-row>{cell(p('x'))}{cell(p('y'))}</table:table-row></table:table>"
        two = cell("", 'table:number-columns-repeated="2"')
        repeated = 'table:number-columns-repeated="1000000000"'
        rows = (
            f"<table:table-header-rows><table:table-row>{cell(p('a'))}{cell(p('b') + p('c'))}</table:table-row>"
            f'</table:table-header-rows><table:table-row table:number-rows-repeated="3">'
            f"{cell('', repeated)}</table:table-row>"
            f"<table:table-row>{cell(inner)}{two}{cell(p('z'))}</table:table-row>"
        )
        found = read(tmp_path, f"<table:table>{rows}</table:table>")
        assert text(found) == "a\tb\nc\nx | y\tz\n"
        assert [ref for ref, _ in blocks(found, BlockKind.CELL)] == ["T1R1C1", "T1R1C2", "T1R5C1", "T1R5C4"]

    def test_notes_comments_headers_and_footers(self, tmp_path: Path) -> None:
        def note(kind: str, words: str) -> str:
            return (
                f'<text:note text:note-class="{kind}"><text:note-citation>9</text:note-citation>'
                f"<text:note-body>{p(words)}</text:note-body></text:note>"
            )

        said = f"<office:annotation><dc:creator>Secret Name</dc:creator>{p('批注')}</office:annotation>"
        styles = (
            f"<office:document-styles {SPACES}><office:master-styles>"
            f"<style:master-page><style:footer>{p('页脚')}</style:footer><style:header>{p('页眉')}</style:header></style:master-page>"
            f"<style:master-page><style:header>{p('页眉')}</style:header></style:master-page>"
            "</office:master-styles></office:document-styles>"
        )
        body = p(f"a{note('footnote', 'foot')}b{note('endnote', 'end')}{said}")
        found = read(tmp_path, body, {"styles.xml": styles})
        assert text(found) == "a[1]b[e1]\nfoot\nend\n批注\n页眉\n页脚\n"
        assert blocks(found, BlockKind.FOOTNOTE) == [("1", "foot"), ("e1", "end")]
        assert blocks(found, BlockKind.HEADER) == [("", "页眉")]
        assert found.notes == ("revision: 0 insertions, 0 deletions, 1 comment",)

    def test_tracked_changes_stand_where_they_were_made(self, tmp_path: Path) -> None:
        info = "<office:change-info><dc:creator>Secret Name</dc:creator></office:change-info>"
        tracked = (
            f'<text:tracked-changes><text:changed-region text:id="d"><text:deletion>{info}{p("三十台")}</text:deletion>'
            f'</text:changed-region><text:changed-region text:id="i"><text:insertion>{info}</text:insertion>'
            "</text:changed-region></text:tracked-changes>"
        )
        body = p('采购<text:change text:change-id="d"/><text:change-start text:change-id="i"/>五十台') + p(
            '摄像机<text:change-end text:change-id="i"/>。'
        )
        found = read(tmp_path, tracked + body)
        assert text(found) == "采购三十台五十台\n摄像机。\n"
        assert blocks(found, BlockKind.DELETED) == [("", "三十台")]
        assert blocks(found, BlockKind.INSERTED) == [("", "五十台"), ("", "摄像机")]
        assert found.notes == ("revision: 1 insertion, 1 deletion, 0 comments",)

    def test_the_title_of_the_document(self, tmp_path: Path) -> None:
        title = "<office:meta><dc:title> 招标 \n文件 </dc:title></office:meta>"
        meta = f"<office:document-meta {SPACES}>{title}</office:document-meta>"
        assert read(tmp_path, p("x"), {"meta.xml": meta}).title == "招标 文件"


class TestFrames:
    def test_text_boxes_follow_the_paragraph(self, tmp_path: Path) -> None:
        box = frame(f"<draw:text-box>{p('in the box')}</draw:text-box>")
        assert text(read(tmp_path, p(f"be{box}fore") + p("after"))) == "before\nin the box\nafter\n"

    def test_pictures(self, tmp_path: Path) -> None:
        def image(target: str) -> str:
            return f'<draw:image xlink:href="{target}"/>'

        parts: dict[str, str | bytes] = {
            "Pictures/a.png": picture(600, 200),
            "Pictures/b.png": picture(20, 20),
            "Pictures/a.svg": b"<svg/>",
        }
        body = p(
            frame(image("./Pictures/b.png"))
            + frame(image("Pictures/a.png") + image("Pictures/a.svg"))
            + frame(image("https://example.org/x.png"))
        )
        found = read(tmp_path, body, parts)
        assert (found.status, found.reason) == (Status.READ, "")
        assert [member.step for member in found.members] == [("image", "2.png")]
        assert "1 embedded image too small to hold words" in found.notes
        assert "1 linked image not part of the file" in found.notes

    def test_embedded_documents_are_files_that_can_be_read(self, tmp_path: Path) -> None:
        def entry(name: str, kind: str) -> str:
            return f'<manifest:file-entry manifest:full-path="{name}/" manifest:media-type="{kind}"/>'

        sink = MemorySink()
        objects = "".join(
            frame(f'<draw:object xlink:href="./Object {n}"/><draw:image xlink:href="x"/>') for n in (1, 2, 3)
        )
        parts: dict[str, str | bytes] = {
            "Object 1/content.xml": content(p("内嵌")),
            "Object 2/content.xml": content(""),
            "Object 3": b"\xd0\xcf\x11\xe0 old",
            "META-INF/manifest.xml": f"<manifest:manifest {SPACES}>{entry('Object 1', TEXT)}"
            f"{entry('Object 2', 'application/vnd.oasis.opendocument.chart')}</manifest:manifest>",
        }
        found = read(tmp_path, p(objects), parts, sink)
        assert [member.step[1] for member in found.members] == ["1 Object 1.odt", "2 Object 3"]
        assert found.reason == "1 chart not read"
        inner = tmp_path / "inner.odt"
        inner.write_bytes(sink.of(found.members[0]))
        assert OdtReader().claims(inner.read_bytes(), "") == TEXT
        assert text(OdtReader().read(inner, TEXT, None, Limits(), sink)) == "内嵌\n"
        assert read(tmp_path, p(objects), parts, MemorySink()).members == found.members


class TestPresentations:
    def test_each_page_by_its_number(self, tmp_path: Path) -> None:
        def box(words: str, place: str) -> str:
            return frame(f"<draw:text-box>{p(words)}</draw:text-box>", place)

        style = (
            '<office:automatic-styles><style:style style:name="dp2"><style:drawing-page-properties '
            'presentation:visibility="hidden"/></style:style></office:automatic-styles>'
        )
        pages = (
            '<presentation:footer-decl presentation:name="f">内部资料</presentation:footer-decl>'
            '<draw:page presentation:use-footer-name="f">'
            + box("below", 'svg:x="1cm" svg:y="5in"')
            + box("right", 'svg:x="9cm" svg:y="21mm"')
            + box("left", 'svg:x="1cm" svg:y="2cm"')
            + box("标题", 'svg:y="18cm" presentation:class="title"')
            + f"<presentation:notes>{box('讲稿', '')}</presentation:notes></draw:page>"
            '<draw:page draw:style-name="dp2"/>'
        )
        path = packed(tmp_path / "a.odp", content(pages, "presentation", style), None, SLIDES)
        found = OdtReader().read(path, SLIDES, None, Limits(), MemorySink())
        assert found.pages[0].text == "标题\nleft\nright\nbelow\n内部资料\n讲稿\n"
        assert [(page.label, page.paged, page.blank) for page in found.pages] == [("1", True, False), ("2", True, True)]
        assert blocks(found, BlockKind.HEADING) == [("", "标题")]
        assert blocks(found, BlockKind.FOOTNOTE) == [("notes", "讲稿")]
        assert (found.total, found.notes) == (2, ("page 2: hidden, read all the same",))
        second = OdtReader().read(path, SLIDES, range(1, 2), Limits(), MemorySink())
        assert [page.number for page in second.pages] == [2]


class TestHostile:
    def test_encrypted(self, tmp_path: Path) -> None:
        entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
        with pytest.raises(ReadError, match="needs its password"):
            read(
                tmp_path, p("x"), {"META-INF/manifest.xml": f"<manifest:manifest {SPACES}>{entry}</manifest:manifest>"}
            )

    def test_entities_are_refused(self, tmp_path: Path) -> None:
        path = packed(tmp_path / "a.odt", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + content(p("&a;")))
        with pytest.raises(ReadError, match="document type"):
            OdtReader().read(path, TEXT, None, Limits(), MemorySink())

    def test_nested_without_end(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError, match="nested too deeply"):
            read(tmp_path, "<text:section>" * 5000 + "</text:section>" * 5000)

    def test_no_document_empty_and_cut_off(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError, match="no document"):
            read(tmp_path, f"<office:document-content {SPACES}/>")
        whole = packed(tmp_path / "b.odt", content(p("x" * 5000))).read_bytes()
        for data, words in ((b"", "empty"), (whole[:400], "damaged"), (b"PK\x03\x04", "damaged")):
            (tmp_path / "c.odt").write_bytes(data)
            with pytest.raises(ReadError, match=words):
                OdtReader().read(tmp_path / "c.odt", TEXT, None, Limits(), MemorySink())

    def test_a_bomb_is_refused(self, tmp_path: Path) -> None:
        path = packed(tmp_path / "a.odt", content(p("x" * 3_000_000)))
        for limits in (Limits(memory=12_000_000), Limits(unpacked=1_000_000)):
            with pytest.raises(ReadError, match="too large"):
                OdtReader().read(path, TEXT, None, limits, MemorySink())

    def test_one_deletion_named_many_times_is_read_once(self, tmp_path: Path) -> None:
        tracked = (
            f'<text:tracked-changes><text:changed-region text:id="d"><text:deletion>{p("x" * 1000)}</text:deletion>'
        )
        body = tracked + "</text:changed-region></text:tracked-changes>" + p('<text:change text:change-id="d"/>' * 999)
        assert len(text(read(tmp_path, body))) == 1001

    def test_numbers_made_to_break_it(self, tmp_path: Path) -> None:
        found = read(
            tmp_path, p('a<text:s text:c="999999999"/><text:s text:c="-5"/><text:change text:change-id="?"/>b')
        )
        assert len(text(found)) < 2000

    def test_no_words(self, tmp_path: Path) -> None:
        assert read(tmp_path, p("")).notes == ("no text in the document",)

    def test_the_same_bytes_give_the_same_reading(self, tmp_path: Path) -> None:
        assert read(tmp_path, p("x")) == read(tmp_path, p("x"))


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data")
def test_a_real_document() -> None:
    path = DATA / "mixed" / "language-docs" / "eng_spa_mult.odt"
    found = OdtReader().read(path, TEXT, None, Limits(), MemorySink())
    assert found.status == Status.READ
    assert "dotados como están de razón y conciencia" in text(found)
    assert len(blocks(found, BlockKind.PARAGRAPH)) == 5
