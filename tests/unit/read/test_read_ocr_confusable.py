"""Look-alikes one by one: each is drawn alone in a line of words, damaged, and read by the real engine."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import mpl_font
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from countersight.read.ocr.confusable import LOOKALIKES, WEAK, alternatives
from countersight.read.ocr.decode import Glyph, read_line
from countersight.read.ocr.engine import engine

FONT = ImageFont.truetype(str(Path(mpl_font.__file__).parent / "fonts" / "noto" / "NotoSansCJKsc-Regular.otf"), 36)
# Where each stands: in a word that helps to read it, and among words that do not.
WORDS = {
    "维": "支持维吾尔文",
    "唯": "唯一识别码",
    "雄": "英雄路监控",
    "族": "少数民族属性",
    "旅": "旅馆登记",
    "旋": "旋转云台",
    "汉": "汉语播报",
    "汊": "汊河镇点位",
    "未": "尚未验收",
    "末": "期末付款",
    "己": "自己承担",
    "已": "已经安装",
    "巳": "乙巳年签订",
    "0": "编号A0317",
    "O": "编号AO317",
    "〇": "二〇一九年",
}
BARE = "第{}项参数"
LEVELS = {"clean": (1.0, 95, 0.0), "worn": (2.2, 60, 0.5), "poor": (3.0, 35, 1.0)}  # shrunk by, JPEG quality, skew


def strip(words: str, level: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A line of words as it comes out of a scan: shrunk, skewed by degrees, squeezed, brought back to its size."""
    shrunk, quality, skew = LEVELS[level]
    line = Image.new("L", (int(FONT.getlength(words)) + 24, 52), 255)
    ImageDraw.Draw(line).text((12, 0), words, font=FONT, fill=0)
    line = line.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    small = line.resize((round(line.width / shrunk), round(line.height / shrunk)), Image.Resampling.BILINEAR)
    squeezed = BytesIO()
    small.save(squeezed, "JPEG", quality=quality)
    return np.asarray(Image.open(squeezed).convert("RGB").resize(line.size, Image.Resampling.BILINEAR))


@pytest.mark.parametrize("char", WORDS)
@pytest.mark.parametrize("level", LEVELS)
def test_a_look_alike_is_read_right_or_is_among_the_alternatives(char: str, level: str) -> None:
    for words in (WORDS[char], BARE.format(char)):
        glyphs = read_line(engine(), strip(words, level))
        assert len(glyphs) == len(words)
        glyph = glyphs[words.index(char)]
        assert char == glyph.char or char in alternatives(glyph), (words, glyph)


def test_every_set_of_the_table_is_told_from_each_of_its_members() -> None:
    for members in ("维唯雄", "族旅旋", "汉汊", "未末", "己已巳", "0O〇"):
        assert all(set(members) - {char} <= set(LOOKALIKES[char]) for char in members)


@pytest.mark.parametrize(
    ("glyph", "expected"),
    [
        (Glyph("旅", 0.6, 0, 1, (("族", 0.3), ("依", 0.05))), "族依旋"),  # its candidates, then its look-alikes
        (Glyph("网", 0.6, 0, 1, (("冈", 0.3),)), "冈"),  # no look-alike is known
        (Glyph("旅", 0.99, 0, 1), ""),
        (Glyph("旅", 0.97, 0, 1, (("族", 0.02),)), "族旋"),  # sure, but for a look-alike
        (Glyph("网", 0.97, 0, 1, (("冈", 0.02),)), ""),
        (Glyph(" ", 0.3, 0, 1, (("一", 0.3),)), ""),
        (Glyph("网", 0.3, 0, 1, ((" ", 0.3),)), ""),
        (Glyph("旅", WEAK, 0, 1), ""),
    ],
)
def test_what_a_character_may_be_instead(glyph: Glyph, expected: str) -> None:
    assert "".join(alternatives(glyph)) == expected
