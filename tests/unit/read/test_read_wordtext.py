"""The text of Word documents: runs, tables, numbers, notes and changes, as Word and its imitators write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import docx
import pytest
from read_wordml import Part, blocks, p, packed, read, related, tbl, tc, text, wordml

from countersight.model import BlockKind, Status

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    return partial(packed, tmp_path / "a.docx")


class TestText:
    def test_a_document_of_python_docx(self, tmp_path: Path) -> None:
        document = docx.Document()
        document.core_properties.title = "采购合同"
        document.core_properties.author = "Somebody Private"
        document.add_heading("第一章 总则", 1)
        document.add_paragraph("甲方：某县公安局")
        document.add_paragraph("第一项", style="List Bullet")
        table = document.add_table(2, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "设备"
        table.cell(0, 2).text = "数量"
        table.cell(1, 1).text = "摄像机"
        table.cell(1, 2).text = "210"
        document.sections[0].header.paragraphs[0].text = "机密"
        document.save(str(tmp_path / "a.docx"))
        found = read(tmp_path / "a.docx")
        assert text(found) == "第一章 总则\n甲方：某县公安局\n第一项\n设备\t数量\n摄像机\t210\n机密\n"
        assert blocks(found, BlockKind.HEADING) == [("", "第一章 总则")]
        assert blocks(found, BlockKind.LIST_ITEM) == [("", "第一项")]
        assert blocks(found, BlockKind.HEADER) == [("", "机密")]
        assert found.title == "采购合同"
        assert (found.status, found.total, found.pages[0].paged) == (Status.READ, 0, False)

    def test_runs_join_and_breaks_tabs_and_symbols_stay(self, write: Write) -> None:
        found = read(
            write(
                p(
                    "<w:r><w:t>人脸</w:t></w:r><w:proofErr/><w:smartTag><w:r><w:t>识别</w:t><w:tab/><w:t>a</w:t><w:br/>"
                    '<w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/>'
                    '<w:sym w:char="F123"/><w:sym w:char="zz"/></w:r></w:smartTag>'
                )
            )
        )
        assert text(found) == "人脸识别\ta\nb-c☑••\n"
        assert found.notes == ("2 symbols of a picture font shown as •",)

    def test_field_codes_are_left_out_and_results_kept(self, write: Write) -> None:
        found = read(
            write(
                p(
                    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE \\@ x</w:instrText></w:r>'
                    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2022年12月5日</w:t></w:r>'
                    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r>'
                    '</w:fldSimple><w:hyperlink r:id="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink>'
                    "<w:r><w:fldChar><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>"
                )
            )
        )
        assert text(found) == "2022年12月5日7链接☑\n"

    def test_content_controls_keep_their_content(self, write: Write) -> None:
        control = "<w:sdt><w:sdtPr><w:alias w:val='ghost'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
        body = control.format(p("a") + control.format(p("b"))) + tbl(control.format(f"<w:tr>{tc('c')}</w:tr>"))
        assert text(read(write(body))) == "a\nb\nc\n"

    def test_hidden_text_is_left_out_and_counted(self, write: Write) -> None:
        hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        visible = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>open</w:t></w:r>'
        found = read(write(p(hidden + visible)))
        assert text(found) == "open\n"
        assert found.notes == ("hidden text left out: 6 characters",)

    def test_text_boxes_follow_their_paragraph_and_are_read_once(self, write: Write) -> None:
        box = f"<w:txbxContent>{p('盒子')}</w:txbxContent>"
        both = (
            f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        )
        found = read(
            write(p(f"<w:r><w:t>a</w:t></w:r><w:r><w:drawing>{both}</w:drawing></w:r><w:r><w:t>b</w:t></w:r>"))
        )
        assert text(found) == "ab\n盒子\n"

    def test_strict_documents_read_the_same(self, write: Write) -> None:
        strict = wordml("document", f"<w:body>{p('严格')}</w:body>").replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        assert text(read(write("", {"word/document.xml": strict}))) == "严格\n"

    def test_the_main_part_may_have_any_name(self, write: Write) -> None:
        parts = {
            "_rels/.rels": related(officeDocument="/odd/main part.xml").replace("main part", "main%20part"),
            "odd/main part.xml": wordml("document", f"<w:body>{p('found')}</w:body>"),
        }
        assert text(read(write(p("decoy"), parts))) == "found\n"

    def test_a_document_without_text_says_so(self, write: Write) -> None:
        found = read(write(""))
        assert found.pages[0].blank
        assert found.notes == ("no text in the document",)

    def test_nonsense_numbers_are_no_obstacle(self, write: Write) -> None:
        long = "9" * 5000
        cells = tc("a", f'<w:gridSpan w:val="{long}"/>') + tc("b")
        odd = tbl(f'<w:tr><w:trPr><w:gridBefore w:val="abc"/></w:trPr>{cells}</w:tr>')
        list_item = p("c", f'<w:numPr><w:ilvl w:val="{long}"/><w:numId w:val="-1"/></w:numPr>')
        assert text(read(write(odd + list_item))) == "a\tb\nc\n"


class TestTables:
    def test_what_merged_cells_cover_and_rows_that_head_a_table(self, write: Write) -> None:
        start, on, two = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
        head = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{tc('包号', start)}{tc('数量', two)}</w:tr>"
        rows = (tc("", on) + tc("a") + tc("b", start), tc("c") + tc("d") + tc("", on), tc("e") + tc("f") + tc("", on))
        found = read(write(tbl(head, *rows)))
        cover = {b.ref: (b.across, b.down, b.head) for b in found.pages[0].blocks if b.kind is BlockKind.CELL}
        assert {ref: said for ref, said in cover.items() if said != (1, 1, False)} == {
            "T1R1C1": (1, 2, True),
            "T1R1C2": (2, 1, True),
            "T1R2C3": (1, 3, False),
        }

    def test_merged_cells_keep_their_column_and_empty_ones_leave_nothing(self, write: Write) -> None:
        found = read(
            write(
                tbl(
                    tc("包号", '<w:vMerge w:val="restart"/>') + tc("数量", '<w:gridSpan w:val="2"/>') + tc("价"),
                    tc("ghost", "<w:vMerge/>") + tc("") + tc("3") + tc("4"),
                    f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{tc("5")}</w:tr>',
                    tc("") + tc(""),
                )
                + tbl(tc("z"))
            )
        )
        assert blocks(found, BlockKind.CELL) == [
            *[("T1R1C1", "包号"), ("T1R1C2", "数量"), ("T1R1C4", "价"), ("T1R2C3", "3"), ("T1R2C4", "4")],
            *[("T1R3C3", "5"), ("T2R1C1", "z")],
        ]
        assert blocks(found, BlockKind.ROW)[:2] == [("T1R1", "包号\t数量\t价"), ("T1R2", "3\t4")]

    def test_a_nested_table_is_flattened_into_its_cell(self, write: Write) -> None:
        inner = tbl(tc("e") + tc("f"), tc("g") + tc("h"))
        found = read(write(tbl(tc("d") + tc(p("vor") + inner + p("nach")) + tc("i"))))
        assert blocks(found, BlockKind.CELL)[1] == ("T1R1C2", "vor\ne | f\ng | h\nnach")
        assert [ref for ref, _ in blocks(found, BlockKind.ROW)] == ["T1R1"]

    def test_a_table_alone_in_a_layout_row_stands_as_a_table(self, write: Write) -> None:
        found = read(write(tbl(tc("") + tc(p("标题") + tbl(tc("a") + tc("b"))))))
        assert blocks(found, BlockKind.ROW) == [("T2R1", "a\tb")]
        assert blocks(found, BlockKind.PARAGRAPH) == [("", "标题")]

    def test_paragraphs_of_a_cell_stay_in_it(self, write: Write) -> None:
        found = read(write(tbl(tc(p("a") + p("") + p("b")) + tc("c"))))
        assert blocks(found, BlockKind.CELL) == [("T1R1C1", "a\nb"), ("T1R1C2", "c")]


class TestNumbers:
    @staticmethod
    def numbering(*levels: str, extra: str = "") -> dict[str, Part]:
        described = "".join(f'<w:lvl w:ilvl="{n}">{level}</w:lvl>' for n, level in enumerate(levels))
        return {
            "word/numbering.xml": wordml(
                "numbering",
                f'<w:abstractNum w:abstractNumId="0">{described}</w:abstractNum>'
                f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{extra}',
            )
        }

    @staticmethod
    def item(words: str, level: int = 0, list_id: int = 1) -> str:
        return str(p(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'))

    def shown(self, write: Write, parts: Mapping[str, Part], *items: str) -> list[str]:
        return str(text(read(write("".join(items), parts, {"numbering": "numbering.xml"})))).splitlines()

    def test_chapters_and_legal_sections_as_chinese_contracts_number_them(self, write: Write) -> None:
        parts = self.numbering(
            '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/>',
            '<w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/>',
            '<w:lvlRestart w:val="0"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%3条"/>',
        )
        found = self.shown(
            write,
            parts,
            *[self.item("总则"), self.item("a", 1), self.item("b", 1), self.item("甲", 2)],
            *[self.item("分则"), self.item("c", 1), self.item("乙", 2), self.item("")],
            self.item("附则"),
        )
        assert found == [
            *["第一章 总则", "1.1 a", "1.2 b", "第一条 甲", "第二章 分则", "2.1 c", "第二条 乙", "第四章 附则"],
        ]

    def test_an_override_starts_afresh_once_and_bullets_show_nothing(self, write: Write) -> None:
        extra = (
            '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
            "</w:lvlOverride></w:num>"
        )
        parts = self.numbering(
            '<w:start w:val="3"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%1)"/>',
            '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>',
            extra=extra,
        )
        items = [self.item("a"), self.item("dot", 1), self.item("b"), self.item("c", 0, 2), self.item("d", 0, 2)]
        assert self.shown(write, parts, *items) == ["(iii) a", "dot", "(iv) b", "(v) c", "(vi) d"]

    @pytest.mark.parametrize(
        ("style", "third", "twenty_first"),
        [
            ("upperLetter", "C", "U"),
            ("decimalZero", "03", "21"),
            ("decimalEnclosedCircle", "③", "21"),
            ("decimalEnclosedParen", "⑶", "21"),
            ("chineseCountingThousand", "三", "二十一"),
            ("chineseLegalSimplified", "叁", "贰拾壹"),
            ("ideographTraditional", "丙", "21"),
            ("decimalFullWidth", "３", "２１"),
            ("somethingNew", "3", "21"),
        ],
    )
    def test_formats(self, write: Write, style: str, third: str, twenty_first: str) -> None:
        parts = self.numbering(f'<w:numFmt w:val="{style}"/><w:lvlText w:val="%1、"/>')
        found = self.shown(write, parts, *[self.item("x")] * 21)
        assert (found[2], found[20]) == (f"{third}、 x", f"{twenty_first}、 x")

    def test_a_heading_takes_number_and_kind_from_its_style(self, write: Write) -> None:
        styles = wordml(
            "styles",
            '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
            '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="mine"><w:basedOn w:val="1"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>',
        )
        parts = self.numbering('<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>') | {"word/styles.xml": styles}
        body = p("a", '<w:pStyle w:val="1"/>') + p("b", '<w:pStyle w:val="mine"/>') + p("c", '<w:pStyle w:val="loop"/>')
        body += p("d", '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        found = read(write(body, parts, {"numbering": "numbering.xml", "styles": "styles.xml"}))
        assert blocks(found, BlockKind.HEADING) == [("", "1. a"), ("", "2. b"), ("", "d")]
        assert blocks(found, BlockKind.PARAGRAPH) == [("", "c")]


class TestAroundTheBody:
    def test_headers_and_footers_once_per_wording(self, write: Write) -> None:
        parts: dict[str, Part] = {
            "word/header1.xml": wordml("hdr", p("合同编号 7")),
            "word/header2.xml": wordml("hdr", p("合同编号 7")),
            "word/footer1.xml": wordml("ftr", tbl(tc("甲") + tc("乙"))),
        }
        section = "".join(
            f'<w:headerReference r:id="header{n}"/><w:footerReference r:id="footer1"/>' for n in (1, 2, 9)
        )
        relations = {"header1": "header1.xml", "header2": "header2.xml", "footer1": "footer1.xml"}
        found = read(write(p("x") + f"<w:sectPr>{section}</w:sectPr>", parts, relations))
        assert text(found) == "x\n合同编号 7\n甲 | 乙\n"
        assert blocks(found, BlockKind.FOOTER) == [("", "甲 | 乙")]

    def test_notes_are_numbered_as_referred_to(self, write: Write) -> None:
        def notes(kind: str) -> str:
            line = f'<w:{kind} w:type="separator" w:id="-1">{p("line")}</w:{kind}>'
            written = (f'<w:{kind} w:id="{n}">{p(f"{kind} {n}")}</w:{kind}>' for n in (2, 3, 4))
            return str(wordml(f"{kind}s", line + "".join(written)))

        body = p(
            '<w:r><w:t>a</w:t><w:footnoteReference w:id="3"/><w:t>b</w:t><w:footnoteReference w:id="2"/>'
            '<w:t>c</w:t><w:endnoteReference w:id="4"/></w:r>'
        )
        parts: dict[str, Part] = {"word/footnotes.xml": notes("footnote"), "word/endnotes.xml": notes("endnote")}
        found = read(write(body, parts, {"footnotes": "footnotes.xml", "endnotes": "endnotes.xml"}))
        assert text(found).startswith("a[1]b[2]c[e1]\nfootnote 3\n")
        assert blocks(found, BlockKind.FOOTNOTE) == [
            *[("1", "footnote 3"), ("2", "footnote 2"), ("", "footnote 4")],
            *[("e1", "endnote 4"), ("", "endnote 2"), ("", "endnote 3")],
        ]

    def test_comments_come_without_their_authors(self, write: Write) -> None:
        comments = wordml(
            "comments",
            f'<w:comment w:id="0" w:author="Zhang San" w:initials="ZS">{p("删掉这一条")}</w:comment>',
        )
        found = read(write(p("x"), {"word/comments.xml": comments}, {"comments": "comments.xml"}))
        assert blocks(found, BlockKind.COMMENT) == [("0", "删掉这一条")]
        assert "Zhang" not in text(found) + str(found.notes)
        assert found.notes == ("revision: 0 insertions, 0 deletions, 1 comment",)

    def test_tracked_changes_stand_side_by_side(self, write: Write) -> None:
        body = p(
            '<w:r><w:t>数量</w:t></w:r><w:del w:author="Li Si"><w:r><w:delText>100</w:delText></w:r></w:del>'
            "<w:ins><w:r><w:t>210</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
            "<w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:ins>"
        )
        row = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('gone')}</w:tr>"
        found = read(write(body + tbl(row)))
        assert text(found) == "数量100210旧x\ngone\n"
        assert blocks(found, BlockKind.DELETED) == [("", "100"), ("", "旧"), ("", "x"), ("", "gone")]
        assert blocks(found, BlockKind.INSERTED) == [("", "210"), ("", "x")]
        assert found.notes == ("revision: 2 insertions, 4 deletions, 0 comments",)
        assert "Li Si" not in text(found)
