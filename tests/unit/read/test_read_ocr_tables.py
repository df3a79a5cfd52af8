"""Tables on pictures. The pages are drawn here and their glyphs placed as drawn, so that no engine is needed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import mpl_font
import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from countersight.model import Block, BlockKind, Box, Place
from countersight.read.arranged import arranged
from countersight.read.ocr.recognised import Recognised
from countersight.read.ocr.tables import laid_out, tables

SIZE = (1240, 1754)
FONT = ImageFont.truetype(str(Path(mpl_font.__file__).parent / "fonts" / "noto" / "NotoSansCJKsc-Regular.otf"), 22)
LEFTS = (120, 200, 460, 800, 960)
ROWS = (
    ("序号", "名称", "规格", "数量", "金额"),
    ("1", "网络摄像机", "HX-8600", "12", "9,600.00"),
    ("2", "服务器", "含8块GPU加速卡", "3", "286,400.00"),
    ("3", "交换机", "24口", "5", "4,500.00"),
)


class Drawn:
    """A page drawn by hand, with what an engine would read of it."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", SIZE, (250, 250, 248))
        self.draw = ImageDraw.Draw(self.image)
        self.text, self.places = "", list[Place]()

    def line(self, y: float, *pieces: tuple[float, str]) -> None:
        """Pieces of text at one height: one line of the reading, a space between them."""
        self.text += "\n" if self.text else ""
        for n, (left, text) in enumerate(pieces):
            self.text += " " if n else ""
            x = left
            for char in text:
                self.draw.text((x, y + 22), char, (0, 0, 0), FONT, anchor="ls")
                wide = FONT.getlength(char)
                if not char.isspace():
                    box = Box(x / SIZE[0], (y - 4) / SIZE[1], (x + wide) / SIZE[0], (y + 30) / SIZE[1])
                    self.places.append(Place(len(self.text), len(self.text) + 1, box))
                self.text += char
                x += wide

    def rules(self, xs: list[int], ys: list[int]) -> None:
        for x in xs:
            self.draw.line((x, ys[0], x, ys[-1]), (20, 20, 20), 2)
        for y in ys:
            self.draw.line((xs[0], y, xs[-1], y), (20, 20, 20), 2)

    def read(self) -> Recognised:
        return Recognised(self.text, tuple(self.places), (0.99,) * len(self.text), 0.99)

    def turned(self, degrees: int) -> tuple[Recognised, Image.Image]:
        """The page lying turned clockwise, places with it: it must be turned on to 360 to stand."""
        places = []
        for place in self.places:
            x0, y0, x1, y1 = place.box.x0, place.box.y0, place.box.x1, place.box.y1
            for _ in range(degrees // 90):
                x0, y0, x1, y1 = 1 - y1, x0, 1 - y0, x1
            places.append(Place(place.start, place.end, Box(x0, y0, x1, y1)))
        read = Recognised(self.text, tuple(places), (0.99,) * len(self.text), 0.99, (360 - degrees) % 360)
        return read, self.image.rotate(-degrees, expand=True)


def priced(*, ruled: bool) -> Drawn:
    page = Drawn()
    page.line(200, (120, "第一条 设备清单如下，价款已含税金及运输费用。"))
    for n, row in enumerate(ROWS):
        page.line(309 + 50 * n, *zip(LEFTS, row, strict=True))
    if ruled:
        page.rules([105, 185, 445, 785, 945, 1130], [300 + 50 * n for n in range(5)])
    page.line(600, (120, "第二条 本合同自签字盖章之日起生效，未尽事宜另行协商。"))
    return page


def cells(read: tuple[Recognised, tuple[Block, ...]]) -> dict[str, str]:
    changed, blocks = read
    return {block.ref: changed.text[block.start : block.end] for block in blocks if block.kind is BlockKind.CELL}


EXPECTED = {f"T1R{r}C{c}": text for r, row in enumerate(ROWS, 1) for c, text in enumerate(row, 1)}


@pytest.mark.parametrize("ruled", [True, False])
def test_rows_are_written_cell_by_cell_and_the_rest_stays(ruled: bool) -> None:
    page = priced(ruled=ruled)
    changed, blocks = laid_out(page.read(), page.image)
    assert cells((changed, blocks)) == EXPECTED
    lines = changed.text.split("\n")
    assert lines[0].startswith("第一条")
    assert lines[1:5] == ["\t".join(row) for row in ROWS]
    assert lines[5].startswith("第二条")
    rows = [block for block in blocks if block.kind is BlockKind.ROW]
    assert [changed.text[row.start : row.end] for row in rows] == lines[1:5]
    assert [row.ref for row in rows] == ["T1R1", "T1R2", "T1R3", "T1R4"]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_lying_on_its_side_has_the_same_cells(ruled: bool, degrees: int) -> None:
    assert cells(laid_out(*priced(ruled=ruled).turned(degrees))) == EXPECTED


@pytest.mark.parametrize("ruled", [True, False])
def test_characters_keep_their_places_scores_and_alternatives(ruled: bool) -> None:
    page = priced(ruled=ruled)
    read = page.read()
    at = read.text.index("8600")
    scores = tuple(n / len(read.text) for n in range(len(read.text)))
    read = Recognised(read.text, read.places, scores, 0.9, alternatives={at: ("B", "6")})
    changed, _ = laid_out(read, page.image)
    before = {place.box: (read.text[place.start], scores[place.start]) for place in read.places}
    after = {place.box: (changed.text[place.start], changed.scores[place.start]) for place in changed.places}
    assert after == before
    assert len(changed.scores) == len(changed.text)
    assert changed.alternatives == {changed.text.index("8600"): ("B", "6")}


def test_merged_cells_have_the_address_of_their_corner() -> None:
    page = Drawn()
    for y, *row in ((309, (300, "一、前端部分")), (359, (120, "1"), (300, "摄像机")), (409, (120, "2"), (300, "云台"))):
        page.line(y, *row)
    page.rules([105, 185, 700], [300, 350, 400, 450])
    page.draw.line((185, 303, 185, 347), (250, 250, 248), 6)  # the first row is one cell
    read = page.read()
    places = [None if char.isspace() else Box(0, 0, 0, 0) for char in read.text]
    for place in read.places:
        places[place.start] = place.box
    (table,) = tables(read.text, places, np.asarray(page.image))
    assert [(cell.row, cell.column, cell.columns) for cell in table[0]] == [(1, 1, 2)]
    assert [(cell.row, cell.column, cell.columns) for cell in table[1]] == [(2, 1, 1), (2, 2, 1)]
    box = table[0][0].box
    assert box
    assert box.x1 - box.x0 == pytest.approx(595 / SIZE[0], abs=0.005)
    assert cells(laid_out(read, page.image))["T1R1C1"] == "一、前端部分"


@pytest.mark.parametrize("ruled", [True, False])
def test_lines_of_one_cell_are_joined_chinese_without_and_english_with_a_space(ruled: bool) -> None:
    page = Drawn()
    for n in range(3):
        y = 309 + 90 * n
        page.line(y, (120, str(n + 1)), (200, "人员属性少数"), (460, "values: not"), (800, "台"), (960, "12.00"))
        page.line(y + 32, (200, "民族识别模块"), (460, "minority, Uyghur"))
    if ruled:
        page.rules([105, 185, 445, 785, 945, 1130], [300, 390, 480, 570])
    found = cells(laid_out(page.read(), page.image))
    assert [found[f"T1R{r}C2"] for r in (1, 2, 3)] == ["人员属性少数民族识别模块"] * 3
    assert [found[f"T1R{r}C3"] for r in (1, 2, 3)] == ["values: not minority, Uyghur"] * 3


def test_a_seal_across_a_ruled_table_is_no_rule() -> None:
    page = priced(ruled=True)
    seal = Image.new("RGB", SIZE, "white")
    ImageDraw.Draw(seal).ellipse((400, 280, 650, 530), outline=(225, 75, 80), width=7)
    page.image = ImageChops.multiply(page.image, seal)
    assert cells(laid_out(page.read(), page.image)) == EXPECTED


def test_text_in_two_columns_is_no_table() -> None:
    page = Drawn()
    for n in range(12):
        page.line(200 + 40 * n, (100, "甲方应当按照合同约定的期限完成供货"), (680, "乙方有权要求对方提供书面说明材料"))
    read = page.read()
    assert laid_out(read, page.image) == (read, ())


def test_prose_and_a_lone_frame_are_no_table() -> None:
    page = Drawn()
    for n in range(6):
        page.line(200 + 40 * n, (120, f"第{n + 1}条　投标人须具有独立承担民事责任的能力，并附复印件。"))
    page.rules([60, 1180], [100, 1600])
    read = page.read()
    assert laid_out(read, page.image) == (read, ())


def test_nothing_read_is_nothing_found() -> None:
    assert laid_out(Recognised(), Image.new("RGB", (40, 60), "white")) == (Recognised(), ())


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3)])
def test_odd_pictures_do_no_harm(size: tuple[int, int]) -> None:
    text = "甲\n乙 7"
    places = [None if char.isspace() else Box(0.1, 0.1, 0.1, 0.1) for char in text]
    found = arranged(text, tables(text, places, np.zeros((size[1], size[0], 3), np.uint8)))
    assert Counter(found.text.split()) == Counter(text.split())


@pytest.mark.parametrize("seed", range(6))
def test_no_character_is_lost_or_added_wherever_they_lie(seed: int) -> None:
    chance = np.random.default_rng(seed)
    text = "".join(chance.choice(list("维吾尔族12,. \nAb|"), 300))
    boxes = np.sort(chance.random((300, 2, 2)), axis=1)
    places = [None if c.isspace() else Box(*b.reshape(-1)[[0, 1, 2, 3]]) for c, b in zip(text, boxes, strict=True)]
    page = priced(ruled=True)
    found = arranged(text, tables(text, places, np.asarray(page.image)))
    assert sorted(found.text.replace("\n", "").replace("\t", "").replace(" ", "")) == sorted("".join(text.split()))
    moved = [(text[at], char) for at, char in zip(found.order, found.text, strict=True) if at >= 0]
    assert all(one == other for one, other in moved)
    assert len({at for at in found.order if at >= 0}) == len(moved)


def test_a_digit_that_the_finder_passed_over_is_read_once_more() -> None:
    page = priced(ruled=True)
    read = page.read()
    lost = read.text.index("2 服务器")
    places = tuple(place for place in read.places if place.start != lost)
    blinded = Recognised(read.text[:lost] + " " + read.text[lost + 1 :], places, read.scores, 0.99)
    changed, blocks = laid_out(blinded, page.image)
    assert cells((changed, blocks)) == EXPECTED
    at = next(block.start for block in blocks if block.ref == "T1R3C1" and block.kind is BlockKind.CELL)
    (box,) = (place.box for place in changed.places if place.start == at)
    (known,) = (place.box for place in read.places if place.start == lost)
    assert box.x0 <= (known.x0 + known.x1) / 2 <= box.x1
    assert box.y0 <= (known.y0 + known.y1) / 2 <= box.y1


def test_an_empty_cell_stays_empty() -> None:
    page = priced(ruled=True)
    page.draw.rectangle((950, 405, 1120, 445), fill=(250, 250, 248))
    read = page.read()
    gone = read.text.index("286,400.00")
    places = tuple(place for place in read.places if not gone <= place.start < gone + 10)
    blinded = Recognised(read.text[:gone] + " " * 10 + read.text[gone + 10 :], places, read.scores, 0.99)
    assert cells(laid_out(blinded, page.image)) == {ref: text for ref, text in EXPECTED.items() if ref != "T1R3C5"}
