"""Places of characters by their ink. Lines are drawn here; where they are drawn stands in for the recogniser."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import mpl_font
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from countersight.read.glyphs import Floats
from countersight.read.ocr.decode import Glyph
from countersight.read.ocr.fit import Fitted, fitted

FONT = Path(mpl_font.__file__).parent / "fonts" / "noto" / "NotoSansCJKsc-Regular.otf"
SIZE = (900, 160)
LEFT, TOP, HIGH = 60.0, 50.0, 50.0  # of the quadrilateral a finder would give
LINE = "项目川小（20,110.50元）ltd. fill, 行外"
Ink = tuple[float, float, float, float]


@cache
def font(size: int = 32) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


def ink_of(char: str, x: float) -> Ink:
    alone = Image.new("L", SIZE, 255)
    ImageDraw.Draw(alone).text((x, 88), char, 0, font(), anchor="ls")
    found = ImageOps.invert(alone).getbbox()
    assert found
    return tuple(float(v) for v in found)  # type: ignore[return-value]


def drawn(text: str) -> tuple[Image.Image, list[Ink], Floats, tuple[Glyph, ...]]:
    """A line, the box of each glyph's ink, a quadrilateral and roughly where each is, late by 3 pixels by turns."""
    page, x, inks = Image.new("L", SIZE, 255), 70.0, []
    for char in text:
        ImageDraw.Draw(page).text((x, 88), char, 0, font(), anchor="ls")
        inks += [ink_of(char, x)] if char.strip() else []
        x += font().getlength(char)
    right = x + 8
    quad = np.array([[LEFT, TOP], [right, TOP], [right, TOP + HIGH], [LEFT, TOP + HIGH]], np.float32)
    middles = [((ink[0] + ink[2]) / 2 + 3 * (n % 2) - LEFT) / (right - LEFT) for n, ink in enumerate(inks)]
    solid = [char for char in text if char.strip()]
    glyphs = tuple(Glyph(char, 0.99, at - 0.004, at + 0.004) for char, at in zip(solid, middles, strict=True))
    return page, inks, quad, glyphs


def places(found: Fitted) -> list[Ink]:
    (x0, y0), (x1, _), (_, y1), _ = found.quad.tolist()
    return [(x0 + (x1 - x0) * g.start, y0, x0 + (x1 - x0) * g.end, y1) for g in found.glyphs]


def check(inks: list[Ink], found: list[Ink], slack: float = 1.0) -> None:
    """Each place holds its ink, is at most 4 pixels wider on either side, and has no middle of a neighbour."""
    for n, (ink, place) in enumerate(zip(inks, found, strict=True)):
        assert place[0] - slack <= ink[0] <= place[0] + 4 + slack, n
        assert place[2] - 4 - slack <= ink[2] <= place[2] + slack, n
        assert place[1] <= ink[1]
        assert ink[3] <= place[3]
    middles = [(ink[0] + ink[2]) / 2 for ink in inks]
    for n, place in enumerate(found):
        assert [k for k, middle in enumerate(middles) if place[0] < middle < place[2]] == [n]


def rgb(page: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(page.convert("RGB"))


def test_each_place_holds_the_ink_of_its_character_and_no_other() -> None:
    page, inks, quad, glyphs = drawn(LINE)
    check(inks, places(fitted(rgb(page), quad, glyphs)))


def test_light_on_dark_and_half_the_contrast_make_no_difference() -> None:
    page, inks, quad, glyphs = drawn(LINE)
    check(inks, places(fitted(rgb(ImageOps.invert(page)), quad, glyphs)))
    check(inks, places(fitted(rgb(page.point(lambda v: 150 + v * 60 // 255)), quad, glyphs)))


def test_a_shadow_and_grain_make_no_difference() -> None:
    page, inks, quad, glyphs = drawn(LINE)
    shade = np.asarray(page, float) * np.linspace(1, 0.4, SIZE[0])
    grain = np.random.default_rng(3).normal(0, 5, shade.shape)
    dark = np.clip(shade + grain, 0, 255).astype(np.uint8)
    check(inks, places(fitted(rgb(Image.fromarray(dark)), quad, glyphs)))


def test_ink_just_outside_the_quadrilateral_is_held() -> None:
    page, inks, quad, glyphs = drawn("gp合同hy（一）")
    low = min(ink[1] for ink in inks) + 3, max(ink[3] for ink in inks) - 3
    quad[:2, 1], quad[2:, 1] = low
    check(inks, places(fitted(rgb(page), quad, glyphs)))


def test_rules_around_a_cell_and_the_next_lines_are_no_ink_of_it() -> None:
    page, inks, quad, glyphs = drawn("108,970.00")
    right = float(quad[1, 0])
    alone = places(fitted(rgb(page), quad, glyphs))
    pen = ImageDraw.Draw(page)
    for x in (LEFT + 2, right - 2):
        pen.line((x, 0, x, SIZE[1]), 0, 3)
    for y in (46, 103):
        pen.line((0, y, SIZE[0], y), 0, 3)
    pen.text((70, 45), "上面一行文字", 0, font(), anchor="ls")
    pen.text((70, 131), "下面一行文字", 0, font(), anchor="ls")
    found = places(fitted(rgb(page), quad, glyphs))
    check(inks, found)
    assert [place[1] for place in found] == pytest.approx([place[1] for place in alone])


def test_a_rule_read_as_a_character_is_left_out_and_a_bar_that_is_print_stays() -> None:
    page, inks, quad, glyphs = drawn("|8,970|")
    kept = fitted(rgb(page), quad, glyphs)
    assert "".join(glyph.char for glyph in kept.glyphs) == "|8,970|"
    for ink in (inks[0], inks[-1]):
        ImageDraw.Draw(page).line(((ink[0] + ink[2]) / 2, 0, (ink[0] + ink[2]) / 2, SIZE[1]), 0, 3)
    assert "".join(glyph.char for glyph in fitted(rgb(page), quad, glyphs).glyphs) == "8,970"


def test_a_sloping_line_is_followed() -> None:
    page, inks, quad, glyphs = drawn(LINE)
    turn = cv2.getRotationMatrix2D((450, 80), 6, 1.0)
    tilted = cv2.warpAffine(np.asarray(page), turn, SIZE, borderValue=(255,))
    ends = np.hstack([quad, np.ones((4, 1))]) @ turn.T
    found = fitted(rgb(Image.fromarray(tilted)), ends.astype(np.float32), glyphs)
    back = np.hstack([found.quad, np.ones((4, 1))]) @ cv2.invertAffineTransform(turn).T
    check(inks, places(Fitted(back.astype(np.float32), found.glyphs)), slack=1.5)


def test_a_character_without_ink_keeps_its_room() -> None:
    page, inks, quad, glyphs = drawn("甲乙丙")
    ImageDraw.Draw(page).rectangle((inks[1][0] - 1, 40, inks[1][2] + 1, 110), fill=255)
    found = places(fitted(rgb(page), quad, glyphs))
    assert inks[0][2] - 2 <= found[1][0] < (inks[1][0] + inks[1][2]) / 2 < found[1][2] <= inks[2][0] + 2


@pytest.mark.parametrize("quad", [np.zeros((4, 2)), np.array([[-90, -90], [-40, -90], [-40, -50], [-90, -50]])])
def test_odd_quadrilaterals_do_no_harm(quad: Floats) -> None:
    page = rgb(Image.new("L", SIZE, 255))
    found = fitted(page, quad.astype(np.float32), (Glyph("x", 0.9, 0.1, 0.2), Glyph("y", 0.9, 0.15, 0.2)))
    assert [glyph.char for glyph in found.glyphs] == ["x", "y"]
    assert np.isfinite([glyph.start + glyph.end for glyph in found.glyphs]).all()


def test_white_space_and_nothing_stay_as_they_are() -> None:
    page, _, quad, _ = drawn("甲")
    assert fitted(rgb(page), quad, ()) == Fitted(quad, ())
    blank = (Glyph(" ", 0.9, 0.1, 0.2),)
    assert fitted(rgb(page), quad, blank).glyphs == blank
