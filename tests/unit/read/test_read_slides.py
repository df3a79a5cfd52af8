"""Presentations: reading order, what stands beside a slide, and what hostile hands make of them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from read_sink import MemorySink
from read_wordml import picture, related

from countersight.errors import ReadError
from countersight.model import BlockKind, Reading, Status
from countersight.ports import Limits
from countersight.read.slides import MACRO_TYPE, MEDIA_TYPE, SlidesReader
from countersight.read.sniff import OLE2

DATA = Path(__file__).parents[4] / "shared" / "data" / "files"
SPACES = (
    'xmlns:p="urn:p" xmlns:a="urn:a" xmlns:r="urn:r" xmlns:mc="urn:mc" xmlns:dgm="urn:dgm" xmlns:c="urn:c" '
    'xmlns:p188="urn:p188"'
)
Parts = Mapping[str, str | bytes]


def p(text: str, properties: str = "") -> str:
    return f"<a:p><a:pPr>{properties}</a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>"


def sp(*paragraphs: str, at: tuple[int, int] | None = None, ph: str = "", private: str = "") -> str:
    """A shape at (right, down)."""
    place = f'<a:xfrm><a:off x="{at[0]}" y="{at[1]}"/></a:xfrm>' if at else ""
    holder = f"<p:ph {ph}/>" if ph else ""
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr {private}/><p:nvPr>{holder}</p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>"
        f"<p:txBody>{''.join(paragraphs)}</p:txBody></p:sp>"
    )


def frame(content: str, at: tuple[int, int] = (0, 0)) -> str:
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr/><p:xfrm><a:off x="{at[0]}" y="{at[1]}"/></p:xfrm>'
        f"<a:graphic><a:graphicData>{content}</a:graphicData></a:graphic></p:graphicFrame>"
    )


def slide(*shapes: str, attributes: str = "", tag: str = "sld") -> str:
    return f"<p:{tag} {SPACES} {attributes}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:{tag}>"


def pic(relation: str) -> str:
    return f'<p:pic><p:nvPicPr/><p:blipFill><a:blip r:embed="{relation}"/></p:blipFill><p:spPr/></p:pic>'


def presentation(ids: str) -> str:
    return f'<p:presentation {SPACES}><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cy="4000"/></p:presentation>'


def packed(
    path: Path, slides: list[str], parts: Parts | None = None, relations: Mapping[int, str] | None = None
) -> Path:
    """A presentation of those slides, with further parts, and relations of slides by their number."""
    ids = "".join(f'<p:sldId id="{n}" r:id="slide{n}"/>' for n in range(1, len(slides) + 1))
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": related(officeDocument="ppt/presentation.xml"),
        "ppt/presentation.xml": presentation(ids),
        "ppt/_rels/presentation.xml.rels": related(
            **{f"slide{n}": f"slides/slide{n}.xml" for n in range(1, len(slides) + 1)}
        ),
    }
    for n, xml in enumerate(slides, 1):
        content[f"ppt/slides/slide{n}.xml"] = xml
        content[f"ppt/slides/_rels/slide{n}.xml.rels"] = (relations or {}).get(n, related())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in {**content, **(parts or {})}.items():
            if data:
                package.writestr(name, data)
    return path


def read(
    tmp_path: Path,
    slides: list[str],
    parts: Parts | None = None,
    relations: Mapping[int, str] | None = None,
    *,
    pages: range | None = None,
    sink: MemorySink | None = None,
) -> Reading:
    path = packed(tmp_path / "a.pptx", slides, parts, relations)
    return SlidesReader().read(path, MEDIA_TYPE, pages, Limits(), sink or MemorySink())


def blocks(reading: Reading, kind: BlockKind, page: int = 0) -> list[tuple[str, str]]:
    found = reading.pages[page]
    return [(block.ref, found.text[block.start : block.end]) for block in found.blocks if block.kind == kind]


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"PK\x03\x04", "a.pptx", MEDIA_TYPE),
        (b"PK\x03\x04", "A.PPSX", MEDIA_TYPE),
        (b"PK\x03\x04", "a.pptm", MACRO_TYPE),
        (OLE2, "locked.pptx", MEDIA_TYPE),
        (b"%PDF-1.4", "really.pptx", None),
        ("只是文字".encode(), "really.pptx", None),
        (b"PK\x03\x04", "a.zip", None),
    ],
)
def test_claims(head: bytes, name: str, expected: str | None) -> None:
    assert SlidesReader().claims(head, name) == expected


def test_claims_by_content_under_an_older_name(tmp_path: Path) -> None:
    head = packed(tmp_path / "x", [slide(sp(p("x")))]).read_bytes()[:4096]
    assert SlidesReader().claims(head, "a.ppt") == MEDIA_TYPE


class TestOrder:
    def test_each_slide_is_a_page_by_its_number(self, tmp_path: Path) -> None:
        found = read(tmp_path, [slide(sp(p("一"))), slide(sp(p("二"))), slide()])
        assert [(page.number, page.label, page.paged, page.text, page.blank) for page in found.pages] == [
            (1, "1", True, "一\n", False),
            (2, "2", True, "二\n", False),
            (3, "3", True, "", True),
        ]
        assert (found.total, found.status, found.notes) == (3, Status.READ, ())

    def test_only_the_pages_asked_for(self, tmp_path: Path) -> None:
        found = read(tmp_path, [slide(sp(p("1"))), slide(sp(p("2"))), slide(sp(p("3")))], pages=range(1, 9))
        assert ([page.number for page in found.pages], found.total) == ([2, 3], 3)

    def test_as_eyes_go_whatever_the_order_of_drawing(self, tmp_path: Path) -> None:
        shapes = (
            sp(p("footer"), at=(0, 0), ph='type="ftr"'),
            sp(p("below"), at=(0, 3000)),
            sp(p("right"), at=(500, 1000)),
            sp(p("left"), at=(0, 1050)),
            sp(p("标题"), at=(0, 3500), ph='type="title"'),
        )
        found = read(tmp_path, [slide(*shapes)])
        assert found.pages[0].text == "标题\nleft\nright\nbelow\nfooter\n"
        assert blocks(found, BlockKind.HEADING) == [("", "标题")]
        assert blocks(found, BlockKind.FOOTER) == [("", "footer")]

    def test_places_of_groups_and_of_the_layout(self, tmp_path: Path) -> None:
        group = (
            '<p:grpSp><p:grpSpPr><a:xfrm><a:off x="0" y="2000"/><a:ext cx="100" cy="100"/><a:chOff x="0" y="0"/>'
            f'<a:chExt cx="200" cy="200"/></a:xfrm></p:grpSpPr>{sp(p("in group"), at=(0, 1000))}</p:grpSp>'
        )
        holder = sp(p("held"), ph='type="body" idx="7"')
        layout = slide(sp(at=(0, 3500), ph='type="body" idx="7"'), tag="sldLayout")
        found = read(
            tmp_path,
            [slide(holder, group, sp(p("last"), at=(0, 3900)), sp(p("first"), at=(0, 2100)))],
            {"ppt/slideLayouts/l.xml": layout},
            {1: related(slideLayout="../slideLayouts/l.xml")},
        )
        assert found.pages[0].text == "first\nin group\nheld\nlast\n"

    def test_what_the_design_says_stands_once(self, tmp_path: Path) -> None:
        master = slide(sp(p("内部资料")), sp(p("Click to edit"), ph='type="title"'), tag="sldMaster")
        parts: dict[str, str | bytes] = {
            "ppt/slideLayouts/l.xml": slide(tag="sldLayout"),
            "ppt/slideLayouts/_rels/l.xml.rels": related(slideMaster="../m.xml"),
            "ppt/m.xml": master,
        }
        relations = dict.fromkeys((1, 2), related(slideLayout="../slideLayouts/l.xml"))
        found = read(tmp_path, [slide(sp(p("1"))), slide(sp(p("2")))], parts, relations)
        assert [page.text for page in found.pages] == ["1\n内部资料\n", "2\n"]


class TestContent:
    def test_tables(self, tmp_path: Path) -> None:
        def tc(text: str, attributes: str = "") -> str:
            return f"<a:tc {attributes}><a:txBody>{p(text)}</a:txBody></a:tc>"

        merged = tc("合并", 'gridSpan="2"') + tc("", 'hMerge="1"')
        table = (
            f"<a:tbl><a:tr>{tc('型号')}{tc('')}{tc('数量')}</a:tr>"
            f"<a:tr>{merged}{tc('3')}</a:tr><a:tr>{tc('')}</a:tr></a:tbl>"
        )
        found = read(tmp_path, [slide(frame(table))])
        assert found.pages[0].text == "型号\t数量\n合并\t3\n"
        assert [ref for ref, _ in blocks(found, BlockKind.ROW)] == ["T1R1", "T1R2"]
        assert blocks(found, BlockKind.CELL) == [
            *(("T1R1C1", "型号"), ("T1R1C3", "数量")),
            *(("T1R2C1", "合并"), ("T1R2C3", "3")),
        ]
        cover = {b.ref: (b.across, b.head) for b in found.pages[0].blocks if b.kind is BlockKind.CELL}
        assert cover == {"T1R1C1": (1, False), "T1R1C3": (1, False), "T1R2C1": (2, False), "T1R2C3": (1, False)}
        (headed,) = read(tmp_path, [slide(frame(table.replace("<a:tbl>", '<a:tbl><a:tblPr firstRow="1"/>')))]).pages
        assert [b.ref for b in headed.blocks if b.head] == ["T1R1C1", "T1R1C3"]

    def test_runs_breaks_lists_and_alternatives(self, tmp_path: Path) -> None:
        runs = "<a:p><a:r><a:t>a</a:t></a:r><a:br/><a:fld><a:t>7</a:t></a:fld></a:p>"
        either = f"<mc:Choice>{sp(p('new'))}</mc:Choice><mc:Fallback>{sp(p('old'))}</mc:Fallback>"
        either = f"<mc:AlternateContent>{either}</mc:AlternateContent>"
        found = read(tmp_path, [slide(sp(runs, p("b", '<a:buChar char="-"/>')), either)])
        assert found.pages[0].text == "a\n7\nb\nnew\n"
        assert blocks(found, BlockKind.LIST_ITEM) == [("", "b")]

    def test_notes_and_comments_without_authors(self, tmp_path: Path) -> None:
        notes = slide(sp(p("讲稿"), ph='type="body"'), sp(p("12"), ph='type="sldNum"'), tag="notes")
        old = f'<p:cmLst {SPACES}><p:cm authorId="0"><p:text>旧批注</p:text></p:cm></p:cmLst>'
        new = (
            f"<p188:cmLst {SPACES}><p188:cm authorId='x'>"
            f"<p188:replyLst><p188:reply><p188:txBody>{p('回复')}</p188:txBody>"
            f"</p188:reply></p188:replyLst><p188:txBody>{p('新批注')}</p188:txBody></p188:cm></p188:cmLst>"
        )
        parts: dict[str, str | bytes] = {
            "ppt/n.xml": notes,
            "ppt/c1.xml": old,
            "ppt/c2.xml": new,
            "ppt/commentAuthors.xml": "<x>Secret Name</x>",
        }
        relations = {1: related(notesSlide="../n.xml", comments1="../c1.xml", comments2="../c2.xml")}
        found = read(tmp_path, [slide(sp(p("x")))], parts, relations)
        assert blocks(found, BlockKind.FOOTNOTE) == [("notes", "讲稿")]
        assert [words for _, words in blocks(found, BlockKind.COMMENT)] == ["旧批注", "新批注", "回复"]
        assert "Secret" not in found.pages[0].text
        assert found.notes == ("revision: 3 comments",)

    def test_hidden_slides_are_read_and_hidden_shapes_told(self, tmp_path: Path) -> None:
        found = read(tmp_path, [slide(sp(p("x")), sp(p("four"), private='hidden="1"'), attributes='show="0"')])
        assert found.pages[0].text == "x\n"
        assert found.notes == ("slide 1: hidden, read all the same", "hidden text left out: 4 characters")

    def test_pictures_charts_and_diagrams(self, tmp_path: Path) -> None:
        parts: dict[str, str | bytes] = {
            "ppt/media/a.png": picture(600, 200),
            "ppt/media/b.png": picture(20, 20),
            "ppt/d.xml": f"<dgm:dataModel {SPACES}>"
            f"<dgm:ptLst><dgm:pt><dgm:t>{p('步骤一')}</dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>",
        }
        relations = related(image1="../media/a.png", image2="../media/b.png", diagramData="../d.xml")
        shapes = (pic("image1"), pic("image2"), frame('<dgm:relIds r:dm="diagramData"/>'), frame("<c:chart/>"))
        found = read(tmp_path, [slide(), slide(*shapes), slide(pic("image1"))], parts, {2: relations, 3: relations})
        assert found.pages[1].text == "步骤一\n"
        assert (found.status, found.reason) == (
            Status.PARTIAL,
            "1 chart not read",
        )

    def test_embedded_files_and_recordings_are_members(self, tmp_path: Path) -> None:
        sink = MemorySink()
        parts: dict[str, str | bytes] = {
            "ppt/embeddings/book.xlsx": b"book",
            "ppt/media/talk.mp4": b"film",
            "ppt/media/a.png": picture(600, 200),
            "ppt/vbaProject.bin": b"x",
        }
        relations = {1: related(package="../embeddings/book.xlsx", media="../media/talk.mp4", image1="../media/a.png")}
        shapes = frame(f'<p:oleObj r:id="package">{pic("image1")}</p:oleObj>')
        found = read(tmp_path, [slide(shapes, sp(p("x")))], parts, relations, sink=sink)
        assert [(m.step[1], sink.of(m)) for m in found.members] == [("1 book.xlsx", b"book"), ("2 talk.mp4", b"film")]
        assert (found.status, found.notes) == (
            Status.READ,
            ("macros present, never run", "2 embedded files read on their own"),
        )
        assert not read(tmp_path, [slide(shapes)] * 2, parts, relations, pages=range(1, 2)).members


class TestHostile:
    def test_a_damaged_slide_leaves_the_others(self, tmp_path: Path) -> None:
        found = read(tmp_path, [slide(sp(p("1"))), "<broken", "", slide(sp(p("4")))])
        assert [page.number for page in found.pages] == [1, 4]
        assert [fault.page for fault in found.faults] == [2, 3]
        assert (found.status, found.total) == (Status.PARTIAL, 4)
        assert "slide 3: damaged: the slide is missing" in found.reason

    def test_entities_are_refused(self, tmp_path: Path) -> None:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + slide(sp(p("&b;")))
        with pytest.raises(ReadError, match="document type"):
            read(tmp_path, [bomb])

    def test_nested_without_end(self, tmp_path: Path) -> None:
        found = read(tmp_path, [slide("<p:grpSp>" * 3000 + "</p:grpSp>" * 3000), slide(sp(p("x")))])
        assert found.faults[0].reason == "damaged: its shapes are nested too deeply"

    def test_one_slide_shown_a_million_times_is_read_once(self, tmp_path: Path) -> None:
        parts: dict[str, str | bytes] = {
            "ppt/presentation.xml": presentation('<p:sldId r:id="slide1"/>' * 50_000),
        }
        assert len(read(tmp_path, [slide(sp(p("x")))], parts).pages) == 1

    def test_notes_shared_by_many_slides_are_read_once(self, tmp_path: Path) -> None:
        relations = dict.fromkeys(range(1, 6), related(notesSlide="../n.xml"))
        found = read(tmp_path, [slide(sp(p("x")))] * 5, {"ppt/n.xml": slide(sp(p("said")))}, relations)
        assert [page.text for page in found.pages] == ["x\nsaid\n", *["x\n"] * 4]

    def test_empty_encrypted_damaged_and_bomb(self, tmp_path: Path) -> None:
        path = tmp_path / "a.pptx"
        for data, words in (
            (b"", "empty"),
            (OLE2 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
            (b"PK\x03\x04 cut off", "damaged"),
        ):
            path.write_bytes(data)
            with pytest.raises(ReadError, match=words):
                SlidesReader().read(path, MEDIA_TYPE, None, Limits(), MemorySink())
        packed(path, [slide(sp(p("x" * 500_000)))])
        with pytest.raises(ReadError, match="too large"):
            SlidesReader().read(path, MEDIA_TYPE, None, Limits(unpacked=100_000), MemorySink())
        with pytest.raises(ReadError, match="too large"):
            SlidesReader().read(path, MEDIA_TYPE, None, Limits(memory=1_000_000), MemorySink())

    def test_a_package_without_a_presentation(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError, match="no presentation"):
            read(tmp_path, [slide()], {"_rels/.rels": related(officeDocument="elsewhere.xml")})


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data")
def test_a_real_presentation() -> None:
    path = DATA / "mixed" / "language-docs" / "eng_spa_mult.ppt"  # a newer one under an older name
    found = SlidesReader().read(path, MEDIA_TYPE, None, Limits(), MemorySink())
    assert (found.total, found.status) == (6, Status.READ)
    assert blocks(found, BlockKind.FOOTNOTE) == [("notes", "This is a slide note.")]
    assert found.pages[5].text.startswith('"Todos los seres humanos nacen libres')
