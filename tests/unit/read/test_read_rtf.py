r"""Rich text: encodings, tables, changes, what stands beside the body, and what hostile hands make of it."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from read_sink import MemorySink

from countersight.errors import ReadError
from countersight.model import BlockKind, Reading, Status
from countersight.ports import Limits
from countersight.read.cfb import packed
from countersight.read.rtf import MEDIA_TYPE, RtfReader

DATA = Path(__file__).parents[4] / "shared" / "data"
TEXT = "新疆维吾尔自治区一体化联合作战平台采购合同"
FONTS = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 SimSun;}{\f2\fcharset136 Ming;}{\f3\fcharset2 Symbol;}}"


def escaped(text: str, encoding: str = "gbk") -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def unicode(text: str, fallback: str = "?") -> str:
    units = struct.unpack(f"<{len(text.encode('utf-16-le')) // 2}h", text.encode("utf-16-le"))
    return "".join(f"\\u{unit}{fallback}" for unit in units)


def read(tmp_path: Path, content: str | bytes, sink: MemorySink | None = None, limits: Limits | None = None) -> Reading:
    path = tmp_path / "a.rtf"
    path.write_bytes(content if isinstance(content, bytes) else rb"{\rtf1\ansi " + content.encode("latin-1") + b"}")
    return RtfReader().read(path, MEDIA_TYPE, None, limits or Limits(), sink or MemorySink())


def text(reading: Reading) -> str:
    return "".join(page.text for page in reading.pages)


def blocks(reading: Reading, kind: BlockKind) -> list[tuple[str, str]]:
    page = reading.pages[0]
    return [(block.ref, page.text[block.start : block.end]) for block in page.blocks if block.kind == kind]


def picture(width: int, height: int) -> str:
    out = BytesIO()
    Image.new("L", (width, height)).save(out, "PNG")
    return r"{\pict\pngblip " + out.getvalue().hex() + "}"


def counted(data: bytes) -> bytes:
    return struct.pack("<I", len(data) + 1) + data + b"\0"


def embedded(name: bytes, data: bytes, form: int = 2) -> str:
    wrapped = struct.pack("<II", 0x501, form) + counted(name) + bytes(8) + struct.pack("<I", len(data)) + data
    return r"{\object\objemb{\*\objclass X}{\*\objdata " + wrapped.hex() + r"}{\result " + picture(600, 200) + "}}"


class TestClaims:
    @pytest.mark.parametrize("name", ["a.rtf", "contract.doc", ""])
    def test_by_how_it_begins_whatever_its_name(self, name: str) -> None:
        assert RtfReader().claims(rb"{\rtf1\ansi x}", name) == MEDIA_TYPE

    def test_not_by_its_name(self) -> None:
        assert RtfReader().claims(b"plain words", "a.rtf") is None


class TestEncodings:
    @pytest.mark.parametrize(
        "content",
        [
            r"\ansicpg936 " + escaped(TEXT),
            r"\ansicpg1252" + FONTS + r"\f1 " + escaped(TEXT),
            r"\ansicpg1252" + FONTS + r"\f2 " + escaped("監視器採購", "big5") + r"\f1 " + escaped(TEXT),
            r"\ansicpg1252\deff1" + FONTS + r"\pard\plain " + escaped(TEXT),
            r"\ansicpg936" + FONTS + r"\f0 " + escaped(TEXT),
            r"\ansicpg1252" + FONTS + r"\loch\f0\hich\af0\dbch\af1 " + escaped(TEXT),
            r"\ansicpg1252\uc1 " + unicode(TEXT),
            r"\ansicpg936\uc2 " + "".join(unicode(c, escaped(c)) for c in TEXT),
            r"\ansicpg1252\uc0 " + unicode(TEXT, ""),
            r"\ansicpg1252{\upr{???}{\*\ud{\uc1 " + unicode(TEXT) + "}}}",
            r"\ansicpg936 " + TEXT.encode("gbk").decode("latin-1"),
        ],
    )
    def test_chinese_however_it_is_written(self, tmp_path: Path, content: str) -> None:
        found = read(tmp_path, content + r"\par")
        assert text(found).removeprefix("監視器採購") == f"{TEXT}\n"
        assert found.notes == ()

    def test_characters_beyond_two_bytes(self, tmp_path: Path) -> None:
        assert text(read(tmp_path, r"\uc1 " + unicode("𠮷野家") + " x")) == "𠮷野家 x\n"
        assert text(read(tmp_path, r"\uc1 \u-10179?x\u-8704?")) == "\ufffdx\ufffd\n"

    def test_a_second_byte_that_looks_like_syntax(self, tmp_path: Path) -> None:
        assert text(read(tmp_path, r"\ansicpg950 \'b3\\\'a5\\")) == "許功\n"

    def test_western_quotes_beside_chinese(self, tmp_path: Path) -> None:
        content = r"\ansicpg936" + FONTS + r"\f0 \'93quoted\'94 caf\'e9 \emdash \f1 " + escaped("合同")
        assert text(read(tmp_path, content)) == "“quoted” café —合同\n"

    def test_picture_fonts(self, tmp_path: Path) -> None:
        found = read(tmp_path, FONTS + r"\f3 \'fe\f0  yes \u-3928?\u-3841?")
        assert text(found) == "☑ yes ☐•\n"
        assert found.notes == ("1 symbol of a picture font shown as •",)

    def test_what_cannot_be_decoded_is_told(self, tmp_path: Path) -> None:
        found = read(tmp_path, r"\ansicpg936 " + escaped(TEXT * 30) + r"\'ff ")
        assert "1 place could not be decoded and show as \ufffd" in found.notes


class TestStructure:
    def test_headings_lists_and_paragraphs(self, tmp_path: Path) -> None:
        styles = r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2\outlinelevel1 X;}}"
        lines = (
            r"\pard\s1 One\par\pard\s2 Two\par\pard{\listtext 1.\tab}\ls1 item\par\pard plain\par\pard\outlinelevel0 O"
        )
        found = read(tmp_path, styles + lines)
        assert [b for _, b in blocks(found, BlockKind.HEADING)] == ["One", "Two", "O"]
        assert [b for _, b in blocks(found, BlockKind.LIST_ITEM)] == ["1.\titem"]
        assert [b for _, b in blocks(found, BlockKind.PARAGRAPH)] == ["plain"]

    def test_tables_with_merged_and_empty_cells(self, tmp_path: Path) -> None:
        rows = (
            r"before\par\trowd\cellx1000\cellx2000\cellx3000\pard\intbl a\cell b\cell c\cell\row"
            r"\trowd\cellx2010\cellx3000\pard\intbl wide\par two\cell c2\cell\row"
            r"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl\cell\cell c3\cell\row\pard after\par"
            r"\trowd\cellx500\pard\intbl second\cell\row"
        )
        found = read(tmp_path, rows)
        assert text(found) == "before\na\tb\tc\nwide\ntwo\tc2\nc3\nafter\nsecond\n"
        assert blocks(found, BlockKind.CELL) == [
            *(("T1R1C1", "a"), ("T1R1C2", "b"), ("T1R1C3", "c")),
            *(("T1R2C1", "wide\ntwo"), ("T1R2C3", "c2"), ("T1R3C3", "c3"), ("T2R1C1", "second")),
        ]
        assert [ref for ref, _ in blocks(found, BlockKind.ROW)] == ["T1R1", "T1R2", "T1R3", "T2R1"]
        assert [b for _, b in blocks(found, BlockKind.PARAGRAPH)] == ["before", "after"]

    def test_a_table_without_its_marks(self, tmp_path: Path) -> None:
        found = read(tmp_path, r"\trowd\cellx900\cellx1900 a\cell b\cell\row\pard after\par x\cell y\cell\row")
        assert blocks(found, BlockKind.CELL)[:2] == [("T1R1C1", "a"), ("T1R1C2", "b")]
        assert [ref for ref, _ in blocks(found, BlockKind.CELL)[2:]] == ["T2R1C1", "T2R1C2"]

    def test_a_table_in_a_cell_is_flattened(self, tmp_path: Path) -> None:
        inner = r"{\*\nesttableprops\trowd\cellx5\cellx9\nestrow}{\nonesttables\par}"
        found = read(
            tmp_path,
            r"\trowd\cellx100\cellx200\pard\intbl\itap2 n1\nestcell n2\nestcell"
            + inner
            + r"\pard\intbl b\cell c\cell\row",
        )
        assert blocks(found, BlockKind.CELL) == [("T1R1C1", "n1 | n2\nb"), ("T1R1C2", "c")]

    def test_what_stands_beside_the_body(self, tmp_path: Path) -> None:
        content = (
            r"{\header H}{\headerf H}{\footer\pard F}{\info{\title " + unicode("标题") + r"}{\author Secret Name}}"
            r"body{\footnote\pard\chftn  foot}{\footnote\ftnalt end}{\*\atnid AB}{\*\atnauthor Secret Name}\chatn"
            r"{\*\annotation{\*\atndate 1}said}"
        )
        found = read(tmp_path, content)
        assert text(found) == "body[1][e1]\nH\nF\nfoot\nend\nsaid\n"
        assert blocks(found, BlockKind.FOOTNOTE) == [("1", "foot"), ("e1", "end")]
        assert (found.title, found.notes) == ("标题", ("revision: 0 insertions, 0 deletions, 1 comment",))
        assert [k for k in (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.COMMENT) if len(blocks(found, k)) == 1]

    def test_changes_and_hidden_text(self, tmp_path: Path) -> None:
        found = read(tmp_path, r"keep {\deleted old}{\revised new\par more} tail {\v secret}")
        assert text(found) == "keep oldnew\nmore tail \n"
        assert [b for _, b in blocks(found, BlockKind.DELETED)] == ["old"]
        assert [b for _, b in blocks(found, BlockKind.INSERTED)] == ["new", "more"]
        assert found.notes[1] == "hidden text left out: 6 characters"

    def test_fields_links_shapes_and_the_unknown(self, tmp_path: Path) -> None:
        content = (
            r"{\field{\*\fldinst HYPERLINK x}{\fldrslt shown}}{\*\unknown lost}"
            r"{\shp{\*\shpinst{\sp{\sn name}{\sv value}}{\shptxt \pard in the box\par}}{\shprslt again}}"
        )
        assert text(read(tmp_path, content)) == "shownin the box\n"


class TestPicturesAndObjects:
    def test_pictures_that_may_hold_words(self, tmp_path: Path) -> None:
        sink = MemorySink()
        meta = r"{\pict\wmetafile8 " + b"\x01\x00\x09\x00 metafile".hex() + "}"
        content = "x" + picture(32, 32) + picture(600, 200) + r"{\nonshppict" + picture(700, 200) + "}" + meta
        found = read(tmp_path, content, sink)
        assert (found.status, found.reason) == (Status.READ, "")
        assert [member.step for member in found.members] == [("image", "2.png"), ("image", "3.wmf")]
        assert sink.of(found.members[0]).endswith(b"IEND\xaeB`\x82")
        assert found.notes == ("2 embedded images read on their own", "1 embedded image too small to hold words")

    def test_a_picture_in_binary(self, tmp_path: Path) -> None:
        data = bytes.fromhex(picture(32, 32).removeprefix(r"{\pict\pngblip ").removesuffix("}"))
        content = rb"{\rtf1 x{\pict\pngblip\bin" + str(len(data)).encode() + b" " + data + b"} y}"
        assert (text(read(tmp_path, content)), read(tmp_path, content).status) == ("x y\n", Status.READ)

    def test_objects_are_files_of_their_own(self, tmp_path: Path) -> None:
        sink = MemorySink()
        native = (
            b"\2\0a.txt\0C:\\a.txt\0" + b"\0\0\3\0" + struct.pack("<I", 2) + b"x\0" + struct.pack("<I", 4) + b"data"
        )
        word = packed({("WordDocument",): b"x"})
        content = embedded(b"Package", native) + embedded(b"Word.Document.8", word) + embedded(b"Link", b"", 1)
        found = read(tmp_path, "x" + content, sink)
        assert [(m.step[1], sink.of(m)) for m in found.members] == [("1 a.txt", b"data"), ("2 Word.Document.8", word)]
        assert found.status == Status.READ  # the picture only shows the object
        assert "1 linked object not part of the file" in found.notes


class TestHostile:
    def test_empty_too_large_and_without_words(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError, match="empty"):
            read(tmp_path, b"")
        with pytest.raises(ReadError, match="too large"):
            read(tmp_path, "x" * 5000, limits=Limits(memory=10_000))
        assert read(tmp_path, r"\par").notes == ("no text in the document",)

    def test_nested_without_end(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError, match="nested"):
            read(tmp_path, "{" * 100_000)

    def test_cut_off_it_is_partial(self, tmp_path: Path) -> None:
        found = read(tmp_path, rb"{\rtf1 half a {\b wor")
        assert (text(found), found.status, found.reason) == (
            "half a wor\n",
            Status.PARTIAL,
            "damaged: its end is missing",
        )

    @pytest.mark.parametrize(
        "content",
        [
            rb"{\rtf1 }}}}{{{",
            rb"{\rtf1\cell\row\nestcell\nestrow\cellx99999999999\trowd\row",
            rb"{\rtf1\u99999999 \u-1 \uc-5 \uc9999999 x}",
            rb"{\rtf1{\object{\*\objdata 0105}}{\object{\*\objdata zz}}{\pict}{\pict ff}}",
            rb"{\rtf1\bin99999999999 x}",
            rb"{\rtf1\bin-5 x\f99999\ansicpg99999 \'e9\cpg1}",
            rb"{\rtf1{\fonttbl{\f0\cpg77777 x;}}\f0 \'e9}",
            rb"{\rtf1\row{\footnote\cell\row{\footnote x}}\ftnalt}",
            b"{\\rtf1 \0\0\xff\\\xff\\'zz\\'",
        ],
    )
    def test_nonsense_is_read_or_told(self, tmp_path: Path, content: bytes) -> None:
        found = read(tmp_path, content)
        assert bool(found.reason) is (found.status is not Status.READ)
        page = found.pages[0]
        assert all(0 <= block.start < block.end <= len(page.text) for block in page.blocks)

    def test_many_rows_of_one_monstrous_definition(self, tmp_path: Path) -> None:
        cells = "".join(rf"\cellx{n}" for n in range(0, 60_000_000, 1000))
        found = read(tmp_path, rf"\trowd{cells}\intbl " + r"a\cell\row\intbl " * 20_000)
        assert len(blocks(found, BlockKind.CELL)) == 20_000

    def test_many_objects_stay_within_the_limits(self, tmp_path: Path) -> None:
        found = read(tmp_path, embedded(b"A", b"x" * 100) * 3, limits=Limits(unpacked=150))
        assert [bool(member.digest) for member in found.members] == [True, False, False]

    def test_a_very_long_document_is_cut_between_paragraphs(self, tmp_path: Path) -> None:
        found = read(tmp_path, r"\par ".join(["x" * 1000] * 3001))
        assert [page.label for page in found.pages] == ["part 1", "part 2"]
        assert found.total == 2
        assert sum(page.text.count("x") for page in found.pages) == 3_001_000


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data")
def test_a_real_document() -> None:
    path = DATA / "files" / "mixed" / "language-docs" / "eng_spa_mult.rtf"
    found = RtfReader().read(path, MEDIA_TYPE, None, Limits(), MemorySink())
    assert found.status == Status.READ
    assert "dotados como están de razón y conciencia" in text(found)
    assert len(blocks(found, BlockKind.PARAGRAPH)) == 5
