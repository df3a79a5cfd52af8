"""A tender with a text layer and a picture that says more, audited as anybody would."""

from __future__ import annotations

from pathlib import Path

import mpl_font
import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from endtoend import CHINESE, CITED, audit, files, here, rows

FONT = Path(mpl_font.__file__).parent / "fonts" / "noto" / "NotoSansCJKsc-Regular.otf"
WIDTH, HEIGHT = 595, 842


@pytest.fixture
def records(tmp_path: Path) -> Path:
    picture = Image.new("RGB", (1160, 500), "white")
    ImageDraw.Draw(picture).text((30, 100), CHINESE, font=ImageFont.truetype(str(FONT), 36), fill="black")
    document = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    document.set_font("Helvetica", size=10)
    document.add_page()
    document.text(40, 80, CITED)
    document.image(picture, 20, 400, 555, 240)
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.pdf").write_bytes(bytes(document.output()))
    return tmp_path / "records"


def test_findings_cite_the_layer_and_the_picture_each_where_it_lies(warm: None, records: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    assert audit(records, case) == 0
    file = files(case)["a.pdf"]
    assert (file.status, file.pages_ocr, file.pages_failed) == ("read", 1, ())
    assert here("export", case, "--format", "jsonl", "--pages", "--out", tmp_path / "out") == 0
    (page,) = rows(tmp_path / "out" / "pages.jsonl")
    assert page["text"] == f"{CITED}\n{CHINESE}"
    assert page["origin"] == "text+ocr"
    cited = {c["quote"]: c["boxes"] for f in rows(tmp_path / "out" / "findings.jsonl") for c in f["citations"]}
    assert set(cited) == {CITED, CHINESE, f"{CITED}\n{CHINESE}"}
    assert all(y1 < 100 / HEIGHT for _, _, _, y1 in cited[CITED])
    assert all(400 / HEIGHT < y0 < y1 < 520 / HEIGHT for _, y0, _, y1 in cited[CHINESE])
    assert here("verify", case, "--executor", "serial") == 0


def test_without_ocr_the_page_is_told_as_not_wholly_read(warm: None, records: Path, tmp_path: Path) -> None:
    assert audit(records, tmp_path / "case", "--ocr", "never") == 3
    file = files(tmp_path / "case")["a.pdf"]
    assert [(fault.page, fault.reason) for fault in file.pages_failed] == [
        (1, "needs OCR: a picture covers part of it")
    ]
