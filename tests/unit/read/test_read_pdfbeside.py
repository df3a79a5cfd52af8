from __future__ import annotations

from pathlib import Path

import pytest
from read_sink import MemorySink

from countersight.model import BlockKind, Page
from countersight.ports import Limits
from countersight.read.pdf import PdfReader, picture, places

# A page with text, a filled-in field, an empty one, an unchecked and a checked box, a note, a highlight and a link.
PARTS = """
1 0 obj <</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R 6 0 R 7 0 R 8 0 R]/DA(/F 10 Tf)>>>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R
 /Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>
 /Annots[5 0 R 6 0 R 7 0 R 8 0 R 9 0 R 10 0 R 11 0 R]>> endobj
4 0 obj <</Length {length}>> stream
{content}
endstream endobj
5 0 obj <</Type/Annot/Subtype/Widget/FT/Tx/T(Buyer)/V(County bureau)/Rect[20 60 120 75]/P 3 0 R>> endobj
6 0 obj <</Type/Annot/Subtype/Widget/FT/Tx/T(Agent)/V()/Rect[20 40 120 55]/P 3 0 R>> endobj
7 0 obj <</Type/Annot/Subtype/Widget/FT/Btn/T(Lot 1)/V/Off/AS/Off/Rect[20 20 30 30]/P 3 0 R>> endobj
8 0 obj <</Type/Annot/Subtype/Widget/FT/Btn/T(Lot 2)/V/Yes/AS/Yes/Rect[40 20 50 30]/P 3 0 R>> endobj
9 0 obj <</Type/Annot/Subtype/Text/T(A. Person)/Contents(Ask about the price)/Rect[160 80 180 95]>> endobj
10 0 obj <</Type/Annot/Subtype/Highlight/T(A. Person)/Contents()/Rect[20 80 60 95]>> endobj
11 0 obj <</Type/Annot/Subtype/Link/Contents(a link)/Rect[0 0 5 5]/A<</S/URI/URI(x:y)>>>> endobj
"""


def form(folder: Path, content: str = "BT /F 10 Tf 20 85 Td (Order form) Tj ET") -> Path:
    path = folder / "form.pdf"
    body = PARTS.replace("{length}", str(len(content))).replace("{content}", content)
    path.write_bytes(b"%PDF-1.7\n" + body.encode() + b"trailer <</Root 1 0 R/Size 12>>\n%%EOF\n")
    return path


def read(path: Path) -> Page:
    [page] = PdfReader().read(path, "application/pdf", None, Limits(), MemorySink()).pages
    return page


def test_filled_in_fields_and_comments_follow_the_text_without_their_authors(tmp_path: Path) -> None:
    page = read(form(tmp_path))
    assert page.text.splitlines() == ["Order form", "Buyer: County bureau", "Lot 2: Yes", "Ask about the price"]
    found = [(block.kind, page.text[block.start : block.end]) for block in page.blocks]
    assert found == [
        (BlockKind.FIELD, "Buyer: County bureau"),
        (BlockKind.FIELD, "Lot 2: Yes"),
        (BlockKind.COMMENT, "Ask about the price"),
    ]


def test_a_field_lies_in_its_rectangle_and_the_text_where_it_was(tmp_path: Path) -> None:
    path = form(tmp_path)
    page = read(path)
    [field, text] = places(path, 1, [(15, 25), (0, 10)])
    assert [place.box for place in field] == [places(path, 1, [(11, 12)])[0][0].box]
    box = field[0].box
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((0.1, 0.25, 0.6, 0.4))
    assert [page.text[place.start : place.end] for place in text] == ["Order form"]


def test_a_page_with_nothing_but_a_form_is_read(tmp_path: Path) -> None:
    page = read(form(tmp_path, content=""))
    assert page.text.startswith("Buyer: County bureau")
    assert not page.blank


def test_the_picture_shows_what_is_filled_in(tmp_path: Path) -> None:
    path = form(tmp_path)
    filled = picture(path, 1, []).png
    path.write_bytes(path.read_bytes().replace(b"(County bureau)", b"()"))
    assert picture(path, 1, []).png != filled
