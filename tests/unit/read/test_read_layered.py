"""Pages of PDF with text and pictures: layers hidden behind a picture, pictures beside text."""

from __future__ import annotations

from pathlib import Path

import mpl_font
import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont
from read_rawpdf import Sheet, image, line
from read_rawpdf import pdf as rawpdf

from countersight.errors import ReadError
from countersight.model import Page, PageFault, Reading
from countersight.ports import Limits
from countersight.read import pdf, scan
from countersight.read.pdf import NEEDS_OCR, PdfReader
from countersight.read.pdfpictures import HIDDEN, PICTURED

FONT = Path(mpl_font.__file__).parent / "fonts" / "noto" / "NotoSansCJKsc-Regular.otf"
WORDS = (
    "The supplier shall deliver 240 cameras to the site",
    "before the end of March and install them there.",
    "Each camera reads number plates by day and night.",
    "The warranty runs for three years from delivery.",
)
OTHER = (
    "The gardener plants ninety roses along the river",
    "after the first rain and waters them every week.",
    "Old trees stay where they are until the autumn.",
    "Nothing else is asked of anybody in this letter.",
)
HAN = ("系统应支持维吾尔族属性检索", "摄像机数量不少于二百四十台", "合同编号LXCG2022-118")
WIDTH, HEIGHT = 595, 842
LAYER = "A page of text that stands beside a picture, in a layer of its own, fifty characters and more."


def drawn(lines: tuple[str, ...], size: tuple[int, int], step: int) -> Image.Image:
    picture = Image.new("RGB", size, "white")
    for n, words in enumerate(lines):
        font = ImageFont.truetype(str(FONT), 40)
        ImageDraw.Draw(picture).text((100, 200 + step * n), words, font=font, fill="black")
    return picture


def scanned(path: Path, layer: tuple[str, ...]) -> Path:
    """A page that is a picture of WORDS, and over it, invisible, the layer at the same places."""
    document = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    document.add_page()
    document.image(drawn(WORDS, (1240, 1754), 150), 0, 0, WIDTH, HEIGHT)
    document.set_font("Helvetica", size=19)
    with document.local_context(text_mode="INVISIBLE"):
        for n, words in enumerate(layer):
            document.text(100 * 0.48, (240 + 150 * n) * 0.48, words)
    path.write_bytes(bytes(document.output()))
    return path


def half(path: Path, picture: Image.Image) -> Path:
    """A page with a line of text and, in its lower half, a picture."""
    document = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    document.add_page()
    document.set_font("Helvetica", size=11)
    document.text(60, 80, LAYER)
    document.image(picture, 60, 421, 480, 360)
    path.write_bytes(bytes(document.output()))
    return path


def faults(path: Path) -> tuple[PageFault, ...]:
    return PdfReader().read(path, pdf.MEDIA_TYPE, None, Limits(), lambda stream, *, limit: NotImplemented).faults


def by_ocr(path: Path) -> tuple[Page, Reading]:
    reading = scan.read(path, pdf.MEDIA_TYPE, 1, Limits())
    return reading.pages[0], reading


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.pdf"


FULL = image(0, 0, 595, 842)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (FULL + "3 Tr\n" + line(LAYER), HIDDEN),
        (line(LAYER) + FULL, HIDDEN),  # a layer that the picture was laid over
        (line(LAYER) + image(0, 0, 595, 450), HIDDEN),
        (FULL + line(LAYER), PICTURED),
        (line(LAYER) + image(60, 60, 300, 300), PICTURED),
        (line(LAYER) + image(60, 60, 200, 200), ""),  # 8 % of the page
        (line(LAYER) + image(-900, 0, 1000, 842), PICTURED),  # 17 % of it on the page
        (line(LAYER) + image(-900, 0, 920, 842), ""),
        ("3 Tr\n" + line(LAYER), ""),  # nothing hides it
    ],
)
def test_what_pictures_do_to_the_text_of_a_page(path: Path, content: str, why: str) -> None:
    path.write_bytes(rawpdf(Sheet(content)))
    assert faults(path) == ((PageFault(1, f"{NEEDS_OCR}: {why}"),) if why else ())


def test_a_hidden_layer_that_agrees_with_its_picture_is_kept_with_its_places(path: Path) -> None:
    (fault,) = faults(scanned(path, WORDS))
    page, reading = by_ocr(path)
    assert fault.reason.endswith(HIDDEN)
    assert [words.strip() for words in page.text.splitlines()] == list(WORDS)
    assert (page.origin, page.confidence, reading.agent.name, reading.notes) == ("text", None, "pdf", ())


def test_a_hidden_layer_that_says_something_else_gives_way_to_the_picture(path: Path) -> None:
    page, reading = by_ocr(scanned(path, OTHER))
    assert page.text.splitlines() == list(WORDS)
    assert (page.origin, reading.agent.name) == ("ocr", "ocr")
    assert "page 1: its hidden text layer is not what its picture says" in reading.notes[0]


def test_a_layer_that_leaves_half_of_the_picture_out_gives_way_too(path: Path) -> None:
    page, _ = by_ocr(scanned(path, WORDS[:1]))
    assert page.text.splitlines() == list(WORDS)


def test_a_layer_in_writing_that_ocr_cannot_read_stands_and_is_noted(path: Path) -> None:
    cyrillic = {chr(ord("a") + n): chr(ord("а") + n) for n in range(26)}
    path.write_bytes(rawpdf(Sheet(FULL + "3 Tr\n" + line("postavshchik" * 6)), to_unicode=cyrillic))
    page, reading = by_ocr(path)
    assert page.text == "".join(cyrillic[c] for c in "postavshchik" * 6)
    assert reading.notes == ("page 1: its hidden text layer is in writing that OCR cannot check",)


def test_what_a_picture_says_follows_the_text_with_its_places(path: Path) -> None:
    page, reading = by_ocr(half(path, drawn(HAN, (960, 720), 150)))
    assert page.text == "\n".join((LAYER, *HAN))
    assert (page.origin, reading.agent.name) == ("text+ocr", "ocr")
    assert page.confidence
    assert page.confidence > 0.9
    for n, words in enumerate(HAN):
        at = page.text.index(words)
        boxes = page.span(at, at + len(words)).boxes()
        assert len(boxes) == len(words)
        for box in boxes:  # the line was drawn at 100, 200 + 150 n of 960 by 720, which lie at 60, 421 in points
            assert 60 + 100 / 2 - 4 < box.x0 * WIDTH < box.x1 * WIDTH < 540
            top = 421 + (200 + 150 * n) / 2
            assert top - 6 < box.y0 * HEIGHT < box.y1 * HEIGHT < top + 40
    assert page.span(0, len(LAYER)).boxes() == ()  # those of the layer come from the layer


def test_a_photograph_says_nothing_and_the_text_stands_alone(path: Path) -> None:
    photo = Image.effect_noise((64, 48), 90).convert("RGB")
    page, reading = by_ocr(half(path, photo.resize((960, 720))))
    assert (page.text, page.origin, page.places, reading.notes) == (LAYER, "text", (), ())


def test_text_over_a_picture_is_not_read_twice(path: Path) -> None:
    document = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    document.add_page()
    document.image(Image.new("RGB", (100, 100), (230, 240, 255)), 0, 0, WIDTH, HEIGHT)
    document.set_font("Helvetica", size=16)
    for n, words in enumerate(WORDS):
        document.text(60, 100 + 40 * n, words)
    path.write_bytes(bytes(document.output()))
    page, _ = by_ocr(path)
    assert [words.strip() for words in page.text.splitlines()] == list(WORDS)


# ── real files ──

DATA = Path(__file__).parents[4] / "shared" / "data"


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")
def test_of_real_records_only_garbage_is_told_as_garbage_and_few_pages_are_looked_at() -> None:
    """The two files were looked at: a tender with a wrong map of characters, a font without one."""
    told: dict[str, set[tuple[str, int]]] = {"": set(), HIDDEN: set(), PICTURED: set()}
    for path in sorted(DATA.rglob("*.pdf")):
        for fault in _faults(path):
            why = fault.reason.removeprefix(f"{NEEDS_OCR}: ")
            if why in told or "the text layer" in why:
                told[why if why in told else ""].add((path.name[:8], fault.page))
    assert told[""] == {("type3_fo", 1), *(("zc910704", page) for page in (1, 2, 3, 4))}
    assert (len(told[HIDDEN]), len(told[PICTURED])) == (4, 16)


def _faults(path: Path) -> tuple[PageFault, ...]:
    try:
        return faults(path)
    except ReadError:
        return ()
