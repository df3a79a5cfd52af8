from __future__ import annotations

import ctypes
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from fpdf import FPDF
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdfium2 import raw
from read_rawpdf import A4, Sheet, image, line, pdf
from read_sink import MemorySink

from countersight.errors import ReadError
from countersight.model import Box, PageFault, Place, Reading, Status
from countersight.ports import Limits
from countersight.read.pdf import MEDIA_TYPE, NEEDS_OCR, PAGES_PER_ITEM, PdfReader, picture, places

READER = PdfReader()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.pdf"


def read(path: Path, data: bytes, pages: range | None = None) -> Reading:
    path.write_bytes(data)
    return READER.read(path, MEDIA_TYPE, pages, Limits(), MemorySink())


def refused(path: Path, data: bytes) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(path, data)
    return caught.value


def words_in(path: Path, box: Box, number: int = 1) -> str:
    """What PDFium itself reads in a box of the displayed page."""
    document = pdfium.PdfDocument(path)
    try:
        page = document[number - 1]
        width, height = (round(side * 10) for side in page.get_size())
        corners = []
        for x, y in ((box.x0, box.y0), (box.x1, box.y1)):
            px, py = ctypes.c_double(), ctypes.c_double()
            raw.FPDF_DeviceToPage(page, 0, 0, width, height, 0, round(x * width), round(y * height), px, py)
            corners.append((px.value, py.value))
        (xa, ya), (xb, yb) = corners
        return str(page.get_textpage().get_text_bounded(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)))
    finally:
        document.close()


def squeezed(text: str) -> str:
    return "".join(text.split())


def found(path: Path, words: str, number: int = 1) -> tuple[Place, ...]:
    """The places of some words of a page."""
    (page,) = READER.read(path, MEDIA_TYPE, range(number - 1, number), Limits(), MemorySink()).pages
    start = page.text.index(words)
    (places_,) = places(path, number, [(start, start + len(words))])
    assert all(start <= place.start < place.end <= start + len(words) for place in places_)
    return places_


def ink(path: Path, painted: Sequence[Box] = ()) -> tuple[float, float, float, float]:
    """The extent of everything that is not white on page 1, as fractions."""
    shown = picture(path, 1, painted)
    with Image.open(BytesIO(shown.png)) as image_:
        assert image_.size == (shown.width, shown.height)
        box = image_.convert("L").point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    return box[0] / shown.width, box[1] / shown.height, box[2] / shown.width, box[3] / shown.height


# ── claiming ──


@pytest.mark.parametrize(
    ("head", "name", "claimed"),
    [
        (b"%PDF-1.7\n", "x.bin", True),
        (b"\xef\xbb\xbf\n" + b" " * 900 + b"%PDF-1.4", "x", True),
        (b" " * 1020 + b"%PDF-1.4", "x", False),
        (b"its header is lost", "Scan.PDF", True),
        (b"PK\x03\x04", "really.pdf", False),
        (b"<html>", "a.html", False),
        (b"", "", False),
    ],
)
def test_claims(head: bytes, name: str, claimed: bool) -> None:
    assert READER.claims(head, name) == (MEDIA_TYPE if claimed else None)


def test_the_agent_names_the_library_and_its_version() -> None:
    assert READER.agent.name == "pdf"
    assert str(pdfium.PDFIUM_INFO.build) in READER.agent.version


# ── text ──


def test_text_page_by_page(path: Path) -> None:
    made = read(path, pdf(Sheet(line("Hello (world)") + line("人脸识别系统", y=650)), Sheet(line("two"))))
    assert (made.status, made.total, made.faults, made.notes) == (Status.READ, 2, (), ())
    assert [(page.number, page.text, page.paged, page.blank) for page in made.pages] == [
        (1, "Hello (world) \n人脸识别系统", True, False),
        (2, "two", True, False),
    ]


def test_offsets_are_those_of_pdfium_itself(path: Path) -> None:
    """Line ends and the hyphen of a broken word are written otherwise, in as many characters."""
    data = pdf(Sheet(line("surveil-", y=700) + line("lance of all", y=684) + line("third", y=668)))
    (page,) = read(path, data).pages
    document = pdfium.PdfDocument(path)
    theirs = document[0].get_textpage().get_text_range()
    document.close()
    assert page.text == "surveil-lance of all \nthird"
    assert len(page.text) == len(theirs)
    assert [place.box.y0 for place in found(path, "surveil-lance")] == sorted(
        place.box.y0 for place in found(path, "surveil-lance")
    )
    assert len(found(path, "surveil-lance")) == 2


def test_the_same_bytes_give_the_same_reading(path: Path) -> None:
    data = pdf(Sheet(line("民族")), Sheet(image(0, 0, 500, 800)))
    assert read(path, data) == read(path, data)


def test_a_file_of_another_maker(path: Path) -> None:
    made = FPDF()
    made.set_title("Contract")
    made.set_font("Helvetica", size=12)
    for number in range(3):
        made.add_page()
        made.multi_cell(0, 6, f"Page {number + 1}\nCamera with face recognition, 210 units.")
    reading = read(path, bytes(made.output()))
    assert reading.title == "Contract"
    assert [page.text.split()[:2] for page in reading.pages] == [["Page", str(n)] for n in (1, 2, 3)]
    (place,) = found(path, "face recognition", 3)
    assert words_in(path, place.box, 3) == "face recognition"


def test_page_labels(path: Path) -> None:
    labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /P (A-) >> 3 << >>] >>"
    made = read(path, pdf(*(Sheet(line("x")) for _ in range(4)), catalog=labels))
    assert [page.label for page in made.pages] == ["i", "ii", "A-1", None]


@pytest.mark.parametrize(
    ("title", "expected"),
    [(b"", None), (b"/Title ( Contract )", "Contract"), (b"/Title (  )", None), (b"/Title <feff54080000>", None)],
)
def test_a_title_is_told_where_there_is_one(path: Path, title: bytes, expected: str | None) -> None:
    data = pdf(Sheet(line("x")), info=title)
    assert read(path, data).title == expected
    assert read(path, data, range(1)).title is None, "the first work item tells it"


# ── ranges ──


def test_without_a_range_as_much_is_read_as_one_item_may_cost(path: Path) -> None:
    made = read(path, pdf(*(Sheet() for _ in range(PAGES_PER_ITEM + 6))))
    assert (made.total, len(made.pages)) == (PAGES_PER_ITEM + 6, PAGES_PER_ITEM)


@pytest.mark.parametrize(
    ("pages", "numbers"),
    [
        (range(1, 2), [2]),
        (range(1, 99), [2, 3]),
        (range(3, 9), []),
        (range(50, 60), []),
        (range(0), []),
    ],
)
def test_of_a_range_those_pages_are_read_that_exist(path: Path, pages: range, numbers: list[int]) -> None:
    made = read(path, pdf(Sheet(line("one")), Sheet(line("two")), Sheet(line("three"))), pages)
    assert [page.number for page in made.pages] == numbers
    assert (made.total, made.status) == (3, Status.READ)


def test_ranges_together_are_the_whole(path: Path) -> None:
    data = pdf(*(Sheet(line(f"page {n}")) for n in range(7)))
    whole = read(path, data).pages
    assert (*read(path, data, range(3)).pages, *read(path, data, range(3, 7)).pages) == whole


# ── what cannot be read ──


def encrypted(user: str, owner: str) -> bytes:
    made = FPDF()
    made.set_encryption(owner_password=owner, user_password=user)
    made.set_font("Helvetica", size=12)
    made.add_page()
    made.cell(0, 10, "secret words")
    return bytes(made.output())


def test_encrypted_damaged_and_empty_files_are_told_apart(path: Path) -> None:
    locked = refused(path, encrypted("open", "own"))
    assert (locked.status, locked.what) == ("failed", "encrypted: needs its password")
    assert "without password" in locked.way_out
    empty = refused(path, b"")
    assert (empty.status, empty.what) == ("skipped", "empty: 0 bytes")
    for data in (b"%PDF-1.7\n", b"<html>not a PDF</html>", bytes(4000), pdf(Sheet(line("x")))[:600]):
        damaged = refused(path, data)
        assert damaged.status == "failed"
        assert damaged.what.startswith("damaged: ")
        assert damaged.way_out


def test_a_reason_does_not_come_from_the_file_before(path: Path) -> None:
    refused(path, encrypted("open", "own"))
    assert refused(path, b"%PDF-1.7\n garbage").what.startswith("damaged")


def test_a_file_anybody_may_open_is_read_though_its_owner_has_a_password(path: Path) -> None:
    assert "secret words" in read(path, encrypted("", "own")).pages[0].text


def test_a_pdf_without_pages_is_damaged(path: Path) -> None:
    assert refused(path, pdf()).what.startswith("damaged")


def test_a_damaged_page_is_one_fault_and_the_others_are_read(path: Path) -> None:
    data = pdf(Sheet(line("one")), Sheet(line("two")), Sheet(line("three")))
    at = data.index(b"/Type /Page /Parent", data.index(b"/Type /Page /Parent") + 1)
    made = read(path, data[:at] + b"/Type /Gone" + data[at + 11 :])
    assert [page.number for page in made.pages] == [1, 3]
    assert made.faults == (PageFault(2, "damaged page: cannot be loaded"),)
    assert (made.status, made.total) == (Status.PARTIAL, 3)


def test_pages_that_are_promised_and_not_there_are_faults(path: Path) -> None:
    made = read(path, pdf(Sheet(line("one")), kids=3))
    assert [fault.page for fault in made.faults] == [2, 3]
    assert [page.number for page in made.pages] == [1]


# ── scans and blank pages ──


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (image(0, 0, 595, 842), NEEDS_OCR),
        (image(100, 100, 20, 20), NEEDS_OCR),
        ("0 0 m 300 300 l S", NEEDS_OCR),  # drawn outlines may be words too
        (image(0, 0, 595, 842) + line("12"), f"{NEEDS_OCR}: mostly a picture"),
        (image(20, 780, 60, 40) + line("Annex A"), None),
        (
            image(0, 0, 595, 842) + line("A page with a layer of text over its scan, fifty characters and more of it."),
            f"{NEEDS_OCR}: a picture covers part of it",
        ),
        (line("x"), None),
    ],
)
def test_a_page_with_something_on_it_but_no_text_needs_ocr(path: Path, content: str, fault: str | None) -> None:
    made = read(path, pdf(Sheet(line("first")), Sheet(content)))
    assert made.faults == ((PageFault(2, fault),) if fault else ())
    assert made.status is (Status.PARTIAL if fault else Status.READ)
    assert [page.blank for page in made.pages] == [False, False]


@pytest.mark.parametrize("content", ["", "q Q", "BT /F1 12 Tf 72 700 Td (   ) Tj ET"])
def test_a_page_with_nothing_on_it_is_blank_and_no_fault(path: Path, content: str) -> None:
    made = read(path, pdf(Sheet(content)))
    if made.faults:
        assert made.faults == (PageFault(1, NEEDS_OCR),), "spaces are something on the page"
    else:
        assert (made.status, made.pages[0].blank) == (Status.READ, True)


@pytest.mark.parametrize("stands_for", ["\ufffd", "\ue001", "\x01"])
def test_a_text_layer_of_no_usable_characters_needs_ocr(path: Path, stands_for: str) -> None:
    made = read(path, pdf(Sheet(line("AAAA bbb AAAA")), to_unicode={"A": stands_for, "b": "b", " ": " "}))
    assert made.faults == (PageFault(1, f"{NEEDS_OCR}: the text layer maps to no usable characters"),)


def test_a_few_such_characters_do_not_spoil_a_page(path: Path) -> None:
    made = read(path, pdf(Sheet(line("A" + "b" * 20)), to_unicode={"A": "\ue001", "b": "b"}))
    assert made.status is Status.READ


def test_text_off_the_page_is_read_and_noted_and_has_no_place(path: Path) -> None:
    made = read(path, pdf(Sheet(line("shown")), Sheet(line("shown") + line("hidden", x=900) + line("below", y=-60))))
    assert "hidden" in made.pages[1].text
    (note,) = made.notes
    assert note.startswith("page 2: ")
    assert note.endswith("characters lie outside the visible page")
    assert found(path, "hidden", 2) == found(path, "below", 2) == ()
    assert len(found(path, "shown", 2)) == 1


def test_text_cropped_away_is_noted_too(path: Path) -> None:
    made = read(path, pdf(Sheet(line("shown") + line("cropped", y=100), extra="/CropBox [0 400 595 842]")))
    assert len(made.notes) == 1
    assert found(path, "cropped") == ()


# ── places ──

TURNS = [0, 90, 180, 270]
FRAMES = {
    "plain": (A4, ""),
    "cropped": (A4, "/CropBox [50 300 500 800]"),
    "shifted": ("-200 -100 395 742", ""),
    "shifted and cropped": ("-200 -100 395 742", "/CropBox [-100 0 300 700]"),
    "wide": ("0 0 1191 842", ""),
}


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("frame", FRAMES)
def test_boxes_read_back_give_the_words_however_the_page_lies(path: Path, frame: str, turn: int) -> None:
    media, extra = FRAMES[frame]
    x, y = (60, 500) if "shifted" not in frame else (-60, 400)
    content = line("before face recognition after", x, y) + line("采购人脸识别系统", x, y - 40)
    path.write_bytes(pdf(Sheet(content, media, f"{extra} /Rotate {turn}")))
    for words in ("face recognition", "人脸识别", "before", "系统"):
        (place,) = found(path, words)
        assert squeezed(words_in(path, place.box)) == squeezed(words)


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("frame", FRAMES)
def test_boxes_lie_where_the_ink_is(path: Path, frame: str, turn: int) -> None:
    """The only words of a page are drawn inside their box, give or take three pixels and the descent of letters."""
    media, extra = FRAMES[frame]
    x, y = (60, 500) if "shifted" not in frame else (-60, 400)
    path.write_bytes(pdf(Sheet(line("HINMENTUM", x, y, 20), media, f"{extra} /Rotate {turn}")))
    (place,) = found(path, "HINMENTUM")
    inked = ink(path)
    shown = picture(path, 1, [])
    for one, other, side in zip(inked, (place.box.x0, place.box.y0, place.box.x1, place.box.y1), "xyxy", strict=True):
        assert abs(one - other) * (shown.width if side == "x" else shown.height) <= 5


def test_a_range_over_several_lines_has_a_place_on_each(path: Path) -> None:
    path.write_bytes(pdf(Sheet("".join(line(f"line number {n}", y=700 - 20 * n) for n in range(3)))))
    (page,) = READER.read(path, MEDIA_TYPE, None, Limits(), MemorySink()).pages
    (made,) = places(path, 1, [(0, len(page.text))])
    assert [words_in(path, place.box) for place in made] == ["line number 0", "line number 1", "line number 2"]
    assert [page.text[place.start : place.end] for place in made] == ["line number 0", "line number 1", "line number 2"]


def test_a_ligature_that_begins_a_line_is_no_line_of_its_own(path: Path) -> None:
    """M, as wide as it is high, stands for two letters, which have one place."""
    page = read(path, pdf(Sheet(line("Mction")), to_unicode={"M": "fi", **{c: c for c in "ction"}})).pages[0]
    assert page.text.strip() == "fiction"
    assert [(one.start, one.end) for one in places(path, 1, [(0, 7)])[0]] == [(0, 7)]


def test_words_side_by_side_in_two_columns_are_two_places(path: Path) -> None:
    path.write_bytes(pdf(Sheet(line("left") + line("right", x=400))))
    made = places(path, 1, [(0, 10)])[0]
    assert [words_in(path, place.box).strip() for place in made] == ["left", "right"]


def test_a_word_between_others_close_by_is_read_back_alone(path: Path) -> None:
    tight = "".join(line("abcdefghij", y=700 - 9 * n, size=10) for n in range(5))
    path.write_bytes(pdf(Sheet(tight)))
    (page,) = READER.read(path, MEDIA_TYPE, None, Limits(), MemorySink()).pages
    for start in [at for at in range(len(page.text)) if page.text.startswith("def", at)]:
        (place,) = places(path, 1, [(start, start + 3)])[0]
        assert words_in(path, place.box) == "def"


def test_white_space_and_empty_ranges_have_no_place(path: Path) -> None:
    path.write_bytes(pdf(Sheet(line("one two") + line("three", y=600))))
    assert places(path, 1, [(3, 4), (7, 9), (2, 2)]) == ((), (), ())
    assert places(path, 1, []) == ()


def test_a_range_that_ends_past_the_text_has_the_places_it_has(path: Path) -> None:
    path.write_bytes(pdf(Sheet(line("words"))))
    (place,) = places(path, 1, [(0, 500)])[0]
    assert words_in(path, place.box) == "words"


def test_after_a_character_beyond_the_basic_plane_places_stay_right(path: Path) -> None:
    path.write_bytes(pdf(Sheet(line("AA x abc")), to_unicode={c: {"A": "𠮷"}.get(c, c) for c in "Axabc "}))
    (page,) = READER.read(path, MEDIA_TYPE, None, Limits(), MemorySink()).pages
    assert page.text == "𠮷𠮷 x abc"
    for words in ("abc", "x", "𠮷𠮷"):
        (place,) = found(path, words)
        assert words_in(path, place.box).strip() == words


def test_words_written_up_the_page_are_found_glyph_by_glyph(path: Path) -> None:
    path.write_bytes(pdf(Sheet("BT /F1 12 Tf 0 1 -1 0 300 300 Tm (sideways) Tj ET")))
    made = found(path, "sideways")
    assert "".join(words_in(path, place.box) for place in made) == "sideways"


def test_places_of_a_file_that_cannot_be_opened(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7 garbage")
    with pytest.raises(ReadError, match="damaged"):
        places(path, 1, [(0, 1)])


LATIN = st.text("abcdefgMW.,", min_size=1, max_size=8)
HAN = st.text("民族人脸识别系统", min_size=1, max_size=8)


@given(st.lists(st.lists(LATIN, min_size=1, max_size=5).map(" ".join) | HAN, min_size=1, max_size=5), st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_range_reads_back_as_its_words(path: Path, lines: list[str], data: st.DataObject) -> None:
    path.write_bytes(pdf(Sheet("".join(line(words, y=760 - 30 * n) for n, words in enumerate(lines)))))
    (page,) = READER.read(path, MEDIA_TYPE, None, Limits(), MemorySink()).pages
    start = data.draw(st.integers(0, len(page.text) - 1))
    end = data.draw(st.integers(start + 1, len(page.text)))
    (made,) = places(path, 1, [(start, end)])
    back = "".join(words_in(path, place.box) for place in made)
    assert squeezed(back) == squeezed(page.text[start:end])


# ── pictures ──


def pixels(path: Path, painted: Sequence[Box]) -> Image.Image:
    shown = picture(path, 1, painted)
    with Image.open(BytesIO(shown.png)) as opened:
        return opened.convert("RGB")


@pytest.mark.parametrize("turn", TURNS)
def test_personal_data_is_painted_over_and_nothing_else(path: Path, turn: int) -> None:
    content = line("ID 110101199003074610 stays", 72, 400)
    path.write_bytes(pdf(Sheet(content, extra=f"/Rotate {turn}")))
    boxes = [place.box for place in found(path, "110101199003074610")]
    shown, plain = pixels(path, boxes), pixels(path, [])
    for box in boxes:
        area = shown.crop(
            (
                round(box.x0 * shown.width),
                round(box.y0 * shown.height),
                round(box.x1 * shown.width),
                round(box.y1 * shown.height),
            )
        )
        assert area.getcolors() == [(area.width * area.height, (32, 32, 32))]
    for words in ("ID", "stays"):
        (place,) = found(path, words)
        box = place.box
        kept = (
            round(box.x0 * shown.width),
            round(box.y0 * shown.height),
            round(box.x1 * shown.width),
            round(box.y1 * shown.height),
        )
        inner = (kept[0] + 1, kept[1] + 1, kept[2] - 3, kept[3] - 3)
        assert shown.crop(inner).tobytes() == plain.crop(inner).tobytes()


def test_a_box_at_the_edge_is_painted_to_the_edge(path: Path) -> None:
    path.write_bytes(pdf(Sheet(line("x"))))
    assert pixels(path, [Box(0, 0, 1, 1)]).getcolors() == [(952 * 1348, (32, 32, 32))]
    corner = pixels(path, [Box(0.99, 0.99, 1, 1)])
    assert corner.getpixel((corner.width - 1, corner.height - 1)) == (32, 32, 32)


def test_the_size_is_that_of_the_displayed_page(path: Path) -> None:
    path.write_bytes(pdf(Sheet(line("x"), A4, "/Rotate 90")))
    assert [picture(path, 1, []).width, picture(path, 1, []).height] == [1348, 952]


def test_a_very_large_page_is_drawn_smaller(path: Path) -> None:
    path.write_bytes(pdf(Sheet(line("x"), "0 0 14400 14400")))
    shown = picture(path, 1, [])
    assert shown.width * shown.height <= 4_100_000


def test_the_same_page_gives_the_same_picture(path: Path) -> None:
    path.write_bytes(pdf(Sheet(line("民族") + image(100, 100, 50, 50))))
    assert picture(path, 1, []) == picture(path, 1, [])
