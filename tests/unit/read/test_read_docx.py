"""The DOCX reader on what surrounds the text, and on documents as hostile hands write them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from read_wordml import (
    Kept,
    Part,
    p,
    packed,
    picture,
    read,
    related,
    shown,
    tbl,
    tc,
    text,
    wordml,
)

from countersight.errors import ReadError
from countersight.model import Status
from countersight.ports import Limits
from countersight.read.docx import MACRO_TYPE, MEDIA_TYPE, DocxReader
from countersight.read.sniff import OLE2

REAL = Path(__file__).parents[4] / "shared" / "data"
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    return partial(packed, tmp_path / "a.docx")


class TestClaims:
    @pytest.mark.parametrize(
        ("head", "name", "expected"),
        [
            (b"PK\x03\x04", "a.docx", MEDIA_TYPE),
            (b"PK\x03\x04", "A.DOCM", MACRO_TYPE),
            (OLE2, "locked.docx", MEDIA_TYPE),
            (b"", "nothing.docx", MEDIA_TYPE),
            (b"\x00\x01\x02\x03", "damaged.docx", MEDIA_TYPE),
            (b"%PDF-1.4", "really.docx", None),
            (b"{\\rtf1 words", "really.docx", None),
            (b"<html><p>x", "really.docx", None),
            ("只是文字".encode(), "really.docx", None),
            (b"PK\x03\x04", "a.zip", None),
        ],
    )
    def test_by_name_unless_it_begins_as_something_else(self, head: bytes, name: str, expected: str | None) -> None:
        assert DocxReader().claims(head, name) == expected

    def test_by_content_under_another_name(self, write: Write) -> None:
        assert DocxReader().claims(write(p("x")).read_bytes()[:4096], "contract.doc") == MEDIA_TYPE


class TestWhatIsNotText:
    def test_a_picture_that_may_hold_words_is_a_member(self, write: Write) -> None:
        parts = {"word/media/a.png": picture(600, 200), "word/media/b.png": picture(32, 32)}
        body = p("x") + shown("image2") + shown("image1") + shown("image1")
        sink = Kept()
        found = read(write(body, parts, {"image1": "media/a.png", "image2": "media/b.png"}), sink=sink)
        assert (found.status, found.reason) == (Status.READ, "")
        assert [(member.step, member.size) for member in found.members] == [
            (("image", "2.png"), len(picture(600, 200)))
        ]
        assert found.notes == ("1 embedded image read on their own", "1 embedded image too small to hold words")

    def test_a_picture_that_is_a_bomb_is_refused(self, write: Write) -> None:
        bomb = picture(600, 200) + bytes(300_000_000)
        found = read(write(p("x") + shown("image1"), {"word/media/a.png": bomb}, {"image1": "media/a.png"}))
        assert [member.digest for member in found.members] == [None]
        assert "more than its container may unpack to" in found.members[0].fault

    def test_icons_unused_missing_and_linked_pictures_do_not(self, write: Write) -> None:
        parts = {"word/media/a.png": picture(600, 200), "word/media/b.png": picture(64, 20)}
        linked = p('<w:r><w:drawing><a:blip r:link="image4"/></w:drawing></w:r>')
        relations = {"image2": "media/b.png", "image3": "media/none.png", "image4": "https://example.org/a.png"}
        found = read(write(p("x") + shown("image2") + shown("image3") + shown("nowhere") + linked, parts, relations))
        assert (found.status, found.reason) == (Status.READ, "")
        assert found.members == ()
        assert found.notes == (
            "1 linked image not part of the file",
            "1 embedded image too small to hold words",
        )

    def test_a_picture_of_unknown_make_may_hold_words(self, write: Write) -> None:
        vml = p('<w:r><w:pict><v:shape><v:imagedata r:id="image1"/></v:shape></w:pict></w:r>')
        found = read(write(vml, {"word/media/a.emf": b"\x01\x00\x00\x00 metafile"}, {"image1": "media/a.emf"}))
        assert [member.step for member in found.members] == [("image", "1.emf")]

    def test_a_picture_in_a_header_counts(self, write: Write) -> None:
        parts: dict[str, Part] = {
            "word/header1.xml": wordml("hdr", shown("image1")),
            "word/_rels/header1.xml.rels": related(image1="media/a.png"),
            "word/media/a.png": picture(300, 100),
        }
        section = '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>'
        found = read(write(p("x") + section, parts, {"header1": "header1.xml"}))
        assert [member.step for member in found.members] == [("image", "1.png")]

    def test_charts_and_diagrams_are_told(self, write: Write) -> None:
        found = read(write(p("<w:r><w:drawing><c:chart/></w:drawing></w:r>") + p("x")))
        assert (found.status, found.reason) == (Status.PARTIAL, "1 chart not read")

    def test_embedded_files_become_members_and_their_preview_is_no_loss(self, write: Write) -> None:
        sink = Kept()
        parts = {"word/embeddings/list.xlsx": b"PK workbook", "word/media/a.emf": b"preview"}
        preview = '<v:shape><v:imagedata r:id="image1"/></v:shape>'
        body = p(f'<w:r><w:object>{preview}<o:OLEObject r:id="package1"/></w:object></w:r>')
        relations = {"image1": "media/a.emf", "package1": "embeddings/list.xlsx"}
        found = read(write(p("x") + body, parts, relations), sink=sink)
        assert [member.step for member in found.members] == [("attachment", "1 list.xlsx")]
        assert sink.members == [b"PK workbook"]
        assert found.status == Status.READ
        assert "1 embedded file read on their own" in found.notes

    def test_imported_parts_become_members_and_missing_ones_are_told(self, write: Write) -> None:
        sink = Kept()
        body = p("x") + '<w:altChunk r:id="aFChunk1"/><w:altChunk r:id="nowhere"/>'
        found = read(write(body, {"word/part.html": "<p>内"}, {"aFChunk1": "part.html"}), sink=sink)
        assert sink.members == ["<p>内".encode()]
        assert (found.status, found.reason) == (Status.PARTIAL, "1 imported part not read")

    def test_macros_are_noted(self, write: Write) -> None:
        found = read(write(p("x"), {"word/vbaProject.bin": b"\0"}))
        assert found.notes == ("macros present, never run",)


class TestRefusals:
    def refused(self, path: Path, limits: Limits | None = None) -> ReadError:
        with pytest.raises(ReadError) as raised:
            read(path, limits)
        return raised.value

    def test_empty(self, tmp_path: Path) -> None:
        path = tmp_path / "a.docx"
        path.write_bytes(b"")
        error = self.refused(path)
        assert (error.what, error.status) == ("empty: 0 bytes", "skipped")

    def test_encrypted(self, tmp_path: Path) -> None:
        path = tmp_path / "a.docx"
        path.write_bytes(OLE2 + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500)
        assert self.refused(path).what == "encrypted: needs its password"

    def test_encrypted_zip_entries(self, write: Write) -> None:
        path = write(p("x"))
        data = bytearray(path.read_bytes())
        data[data.index(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(data)
        assert self.refused(path).what == "encrypted: needs its password"

    def test_an_older_format_under_the_newer_name(self, tmp_path: Path) -> None:
        path = tmp_path / "a.docx"
        path.write_bytes(OLE2 + b"\0" * 2000)
        assert "older" in self.refused(path).what

    @pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.99])
    def test_cut_off(self, write: Write, keep: float) -> None:
        path = write(p("长文 " * 5000))
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
        assert self.refused(path).what.startswith("damaged")

    def test_bytes_changed_inside(self, write: Write) -> None:
        path = write(p("".join(chr(0x4E00 + n * 7919 % 20000) for n in range(9000))))
        data = bytearray(path.read_bytes())
        for at in range(len(data) // 2, len(data) // 2 + 40):
            data[at] ^= 0x55
        path.write_bytes(data)
        assert self.refused(path).what.startswith("damaged: word/document.xml")

    @pytest.mark.parametrize(
        "document",
        [
            "",
            "no xml",
            "<w:document/>",
            wordml("document", ""),
            wordml("document", "<w:body><w:p>"),
            '<?xml version="1.0" encoding="made-up"?><a/>',
            '<?xml version="1.0" encoding="gb18030"?><a/>',
        ],
    )
    def test_no_document_inside(self, write: Write, document: str) -> None:
        assert self.refused(write("", {"word/document.xml": document})).what.startswith("damaged")

    def test_another_package_under_the_name(self, tmp_path: Path) -> None:
        path = tmp_path / "a.docx"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("readme.txt", "x")
        assert "no Word document" in self.refused(path).what

    @pytest.mark.parametrize(
        "doctype",
        [
            '<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;&l;&l;"><!ENTITY n "&m;&m;&m;&m;&m;">]>',
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
            '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
        ],
    )
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_entities_are_never_expanded(self, write: Write, doctype: str, encoding: str) -> None:
        head = f'<?xml version="1.0" encoding="{encoding}"?>'
        document = head + doctype + wordml("document", f"<w:body>{p('&amp;')}</w:body>").partition("?>")[2]
        error = self.refused(write("", {"word/document.xml": document.encode(encoding)}))
        assert "document type" in error.what

    def test_a_bomb_is_refused_before_it_is_unpacked(self, write: Write) -> None:
        path = write(p("x" * 30_000_000))
        assert path.stat().st_size < 100_000
        assert self.refused(path, Limits(unpacked=1_000_000)).what.startswith("too large")
        assert self.refused(path, Limits(memory=100_000_000)).what.startswith("too large: word/document.xml")

    def test_too_many_parts(self, write: Write) -> None:
        path = write(p("x"), {f"word/{n}.bin": b"" for n in range(50)})
        assert self.refused(path, Limits(members=20)).what.startswith("too large")

    def test_a_part_that_states_less_than_it_holds_is_damaged(self, write: Write) -> None:
        path = write(p("x" * 100_000))
        data = bytearray(path.read_bytes())
        entry = data.rindex(b"word/document.xml", 0, data.rindex(b"word/_rels")) - 46
        assert data[entry : entry + 4] == b"PK\x01\x02"
        data[entry + 24 : entry + 28] = (500).to_bytes(4, "little")
        path.write_bytes(data)
        assert self.refused(path).what.startswith("damaged")

    def test_nesting_without_end(self, write: Write) -> None:
        deep = "<w:sdt><w:sdtContent>" * 50_000 + p("x") + "</w:sdtContent></w:sdt>" * 50_000
        assert "nested too deeply" in self.refused(write(deep)).what

    def test_a_damaged_embedded_file_does_not_lose_the_document(self, write: Write) -> None:
        path = write(p("kept"), {"word/embeddings/a.bin": bytes(range(256)) * 400})
        data = bytearray(path.read_bytes())
        at = data.index(b"word/embeddings/a.bin") + len(b"word/embeddings/a.bin")
        data[at : at + 60] = b"\xff" * 60
        path.write_bytes(data)
        found = read(path)
        assert text(found) == "kept\n"
        assert (found.members[0].digest, found.members[0].fault[:7]) == (None, "damaged")


class TestPages:
    def test_a_very_long_document_continues_on_other_pages(self, write: Write) -> None:
        path = write(p("长" * 1_500_000) * 3 + p("end"))
        found = read(path)
        assert [page.label for page in found.pages] == ["part 1", "part 2"]
        assert found.total == 2
        assert read(path, pages=range(1, 9)).pages == found.pages[1:]

    def test_two_readings_are_equal_and_blocks_lie_within_the_text(self, write: Write) -> None:
        path = write(p("a") + tbl(tc("b") + tc(p("<w:ins><w:r><w:t>c</w:t></w:r></w:ins>"))))
        found = read(path)
        assert found == read(path)
        assert all(0 <= block.start < block.end <= len(found.pages[0].text) for block in found.pages[0].blocks)


@pytest.mark.realdata
@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data is not here")
def test_every_real_document_is_read_or_refused_with_a_reason() -> None:
    outcomes = []
    for path in sorted([*REAL.rglob("*.docx"), *REAL.rglob("*.docm")]):
        assert DocxReader().claims(path.read_bytes()[:4096], path.name), path.name
        try:
            outcomes.append(read(path).status.value)
        except ReadError as error:
            outcomes.append(error.what.split(":")[0])
    assert set(outcomes) <= {"read", "partial", "damaged", "encrypted", "empty", "too large"}
    assert outcomes.count("read") > outcomes.count("damaged")
