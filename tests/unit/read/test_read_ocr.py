from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from io import BytesIO
from pathlib import Path

import cv2
import mpl_font
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from countersight.model import Box
from countersight.read.ocr import AGENT, WEAK, Recognised, page_of, recognise

FONT = Path(mpl_font.__file__).parent / "fonts" / "noto" / "NotoSansCJKsc-Regular.otf"
WORDS = ("系统应支持维吾尔族属性检索", "合同编号LXCG2022-118", "The Supplier shall deliver 240 cameras")
SCANS = Path(__file__).parents[4] / "shared" / "data" / "files" / "scans" / "ocrmypdf"


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


def written(
    *lines: str, size: tuple[int, int] = (700, 260), ink: str = "black", paper: str = "white", at: int = 40
) -> Image.Image:
    picture = Image.new("RGB", size, paper)
    for k, line in enumerate(lines):
        ImageDraw.Draw(picture).text((at, 40 + 60 * k), line, font=font(28), fill=ink)
    return picture


def lines(picture: Image.Image) -> list[str]:
    return recognise(picture).text.split("\n")


def test_chinese_and_english_are_read_line_by_line() -> None:
    assert lines(written(*WORDS)) == list(WORDS)


def test_every_character_has_a_score_and_every_visible_one_a_place() -> None:
    read = recognise(written(*WORDS))
    assert len(read.scores) == len(read.text)
    assert [place.start for place in read.places] == [k for k, char in enumerate(read.text) if char.strip()]
    assert all(place.end == place.start + 1 for place in read.places)
    assert all(score == 1.0 for char, score in zip(read.text, read.scores, strict=True) if char == "\n")
    assert all(0 < score <= 1 for score in read.scores)
    assert read.confidence
    assert read.confidence > 0.98


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_box_holds_its_character_on_the_picture_as_displayed(degrees: int) -> None:
    upright = written(*WORDS)
    drawn = font(28).getbbox("合")
    expected = (40 + drawn[0], 100 + drawn[1], 40 + drawn[2], 100 + drawn[3])
    read = recognise(upright.rotate(degrees, expand=True))  # counter-clockwise, so it must be turned back as far
    assert (read.turned, read.text.split("\n")) == (degrees, list(WORDS))
    box = read.places[read.text.replace("\n", "").index("合")].box
    assert np.allclose(as_upright(box, degrees, upright.size), expected, atol=9)


def as_upright(box: Box, degrees: int, size: tuple[int, int]) -> tuple[float, float, float, float]:
    for _ in range(degrees // 90):  # a quarter turn clockwise
        box = Box(1 - box.y1, box.x0, 1 - box.y0, box.x1)
    return box.x0 * size[0], box.y0 * size[1], box.x1 * size[0], box.y1 * size[1]


def test_a_quotation_lies_within_its_boxes() -> None:
    picture = written(*WORDS)
    read = recognise(picture)
    at = read.text.index("维吾尔族")
    boxes = [place.box for place in read.places if at <= place.start < at + 4]
    cut = picture.crop(
        (
            int(boxes[0].x0 * picture.width),
            int(boxes[0].y0 * picture.height),
            round(boxes[-1].x1 * picture.width),
            round(boxes[-1].y1 * picture.height),
        )
    )
    assert recognise(cut).text == "维吾尔族"


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("RGB", (900, 1200), "white"),
        Image.new("L", (900, 1200), 0),
        Image.new("1", (30, 30), 1),
        Image.new("L", (1, 1)),
        Image.new("RGBA", (50, 900), (0, 0, 0, 0)),
        Image.effect_noise((300, 200), 60),
    ],
    ids=["white", "black", "bilevel", "pixel", "transparent", "noise"],
)
def test_nothing_to_read_is_no_error(picture: Image.Image) -> None:
    read = recognise(picture)
    assert (read.text, read.places, read.scores, read.confidence) == ("", (), (), None)
    assert page_of(read, 3).blank


def modes() -> list[Image.Image]:
    base = written(WORDS[0], size=(700, 120))
    deep = Image.fromarray(np.asarray(base.convert("L"), np.uint16) * 16)  # 12 of 16 bits
    clear = Image.new("RGBA", base.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=ImageOps.invert(base.convert("L")))
    return [base.convert(mode) for mode in ("1", "L", "P", "LA", "CMYK", "I", "F")] + [deep, clear]


def test_every_form_of_pixels_is_read_alike() -> None:
    assert [recognise(picture).text for picture in modes()] == [WORDS[0]] * 9


def test_light_on_dark_is_read() -> None:
    read = recognise(written(*WORDS, ink="white", paper="black"))
    assert read.text.split("\n") == list(WORDS)
    assert not read.notes


def test_the_turn_that_a_camera_noted_is_applied() -> None:
    data = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # displayed turned clockwise by 90 degrees
    written(*WORDS).rotate(90, expand=True).save(data, "PNG", exif=exif)
    read = recognise(Image.open(data))
    assert (read.turned, read.text.split("\n")) == (0, list(WORDS))


@pytest.mark.parametrize("degrees", [4, -10])
def test_skew_is_told_and_keeps_the_order(degrees: int) -> None:
    tilted = written(*WORDS).rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    read = recognise(tilted)
    assert read.text.split("\n") == list(WORDS)
    assert f"skewed by {abs(degrees)}.0 degrees" in read.notes


def test_a_sideways_page_that_is_skewed_as_well_is_turned_and_told() -> None:
    lying = written(*WORDS).rotate(96, resample=Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    read = recognise(lying)
    assert (read.turned, read.text.split("\n")) == (90, list(WORDS))
    assert "skewed by 6.0 degrees" in read.notes


def test_hardly_any_contrast_is_told_and_read() -> None:
    read = recognise(written(*WORDS, ink="#e2e2e2", paper="#f0f0f0"))
    assert read.text.split("\n") == list(WORDS)
    assert "low contrast" in read.notes


def test_a_shadow_is_told_and_read() -> None:
    pixels = np.asarray(written(*WORDS)).astype(float)
    pixels[:, 300:] *= 0.3
    read = recognise(Image.fromarray(pixels.astype(np.uint8)))
    assert read.text.split("\n") == list(WORDS)
    assert "uneven light" in read.notes


def sealed(picture: Image.Image, x: int, y: int) -> Image.Image:
    ink = ImageDraw.Draw(picture, "RGBA")
    ink.ellipse((x, y, x + 200, y + 200), outline=(205, 30, 35, 200), width=8)
    ink.regular_polygon((x + 100, y + 100, 34), 3, fill=(205, 30, 35, 200))
    ink.text((x + 40, y + 130), "专用章", font=font(40), fill=(205, 30, 35, 200))
    return picture


def test_print_under_a_red_seal_is_read_and_the_seal_told() -> None:
    page = written(*WORDS, "合同总金额为人民币1,552,000.00元", size=(800, 600))
    page = sealed(page, 250, 60)
    squeezed = BytesIO()
    page.save(squeezed, "JPEG", quality=40)
    read = recognise(Image.open(squeezed))
    assert read.text.split("\n")[:3] == list(WORDS)
    assert "1,552,000.00" in read.text
    assert "red seal over text" in read.notes


def test_a_red_letterhead_is_no_seal() -> None:
    page = written("", "", *WORDS, size=(800, 600))
    ImageDraw.Draw(page).text((60, 20), "澜溪县公安局文件", font=font(72), fill=(215, 20, 25))
    read = recognise(page)
    assert read.text.split("\n") == ["澜溪县公安局文件", *WORDS]
    assert not any("seal" in note for note in read.notes)


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"左栏第{k}行文字说明合同履行期限与地点" for k in "一二三四五六"]
    right = [f"右栏第{k}行文字说明付款方式与违约责任" for k in "一二三四五六"]
    page = Image.new("RGB", (1300, 560), "white")
    pen = ImageDraw.Draw(page)
    pen.text((360, 30), "采购合同的主要条款与双方的权利义务", font=font(36), fill="black")
    for k in range(6):
        pen.text((60, 130 + 60 * k), left[k], font=font(28), fill="black")
        pen.text((680, 130 + 60 * k), right[k], font=font(28), fill="black")
    read = recognise(page)
    assert read.text.split("\n")[1:] == left + right
    assert "2 columns" in read.notes


def test_english_columns_close_to_each_other_are_read_one_after_the_other() -> None:
    left = ["The Supplier shall deliver all", "cameras before 12 May 2021 and", "train six operators on site in", "the"]
    left += ["use of the platform software.", "Payment falls due in 30 days."]
    right = ["Either party may end this", "contract by written notice of", "ninety days to the other one;", "goods"]
    right += ["delivered by then are paid in", "full at the agreed price."]
    page = Image.new("RGB", (960, 420), "white")
    for k in range(6):
        ImageDraw.Draw(page).text((30, 30 + 60 * k), left[k], font=font(28), fill="black")
        ImageDraw.Draw(page).text((500, 30 + 60 * k), right[k], font=font(28), fill="black")
    read = recognise(page)
    assert read.text.split("\n") == left + right
    assert "2 columns" in read.notes


def test_a_photograph_seen_askew_is_read() -> None:
    flat = np.asarray(written(*WORDS))
    corners = np.array([[0, 0], [700, 0], [700, 260], [0, 260]], np.float32)
    seen = np.array([[40, 15], [655, 35], [700, 255], [0, 240]], np.float32)
    view = cv2.getPerspectiveTransform(corners, seen)
    read = recognise(Image.fromarray(cv2.warpPerspective(flat, view, (700, 260), borderValue=(70, 70, 70))))
    assert read.text.split("\n") == list(WORDS)


def test_cells_of_a_table_are_read_row_by_row() -> None:
    rows = [("序号", "设备名称", "数量"), ("10", "人脸抓拍摄像机", "320"), ("11", "智能分析服务器", "128")]
    page = Image.new("RGB", (900, 320), "white")
    for r, row in enumerate(rows):
        for c, (x, cell) in enumerate(zip((40, 240, 640), row, strict=True)):
            ImageDraw.Draw(page).rectangle((x - 20, 40 + 70 * r, (220, 620, 860)[c], 110 + 70 * r), outline="black")
            ImageDraw.Draw(page).text((x, 52 + 70 * r), cell, font=font(28), fill="black")
    assert lines(page) == [" ".join(row) for row in rows]


def test_text_written_downwards_from_the_right_is_read() -> None:
    columns = ["招标文件要求支持", "维吾尔族属性检索", "摄像机三百二十台"]
    page = Image.new("RGB", (400, 420), "white")
    for c, column in enumerate(columns):
        for r, char in enumerate(column):
            ImageDraw.Draw(page).text((300 - 90 * c, 40 + 40 * r), char, font=font(32), fill="black")
    assert lines(page) == columns


def test_a_weak_look_alike_is_offered_with_what_it_may_be() -> None:
    read = recognise(written("register 0O1I-88215 lot", size=(500, 130)).resize((95, 25)).resize((500, 130)))
    page = page_of(read, 1)
    assert read.alternatives
    assert {one.at: tuple(one.others) for one in page.weak if one.others} == dict(read.alternatives)
    assert all(one.score == read.scores[one.at] for one in page.weak)
    weak = {place.start for place in page.places if place.score is not None and place.score < WEAK}
    assert weak <= {one.at for one in page.weak}
    assert [place.score for place in page.places] == [read.scores[place.start] for place in page.places]
    assert all(read.text[at] not in others for at, others in read.alternatives.items())
    assert any(note.endswith("read weakly") for note in read.notes)


@pytest.mark.parametrize("chars", ["维唯雄", "族旅旋", "汉汊", "未末", "己已巳", "土士", "日曰", "人入", "干千于"])
def test_look_alikes_in_words_are_read_right_or_offered(chars: str) -> None:
    words = {
        "维唯雄": "维吾尔族唯一英雄",
        "族旅旋": "民族旅行盘旋",
        "汉汊": "汉族汊河",
        "未末": "未签订的末页",
        "己已巳": "自己已经乙巳",
        "土士": "土地人士",
        "日曰": "三日子曰",
        "人入": "个人入口",
        "干千于": "干部三千于是",
    }[chars]
    read = recognise(written(words, size=(420, 120)))
    assert len(read.text) == len(words)
    wrong = [k for k, char in enumerate(words) if read.text[k] != char]
    assert all(words[k] in read.alternatives.get(k, ()) for k in wrong)


def test_the_same_picture_gives_the_same_reading() -> None:
    picture = sealed(written(*WORDS, size=(800, 600)), 250, 60)
    assert recognise(picture) == recognise(picture.copy())


def test_a_page_says_where_it_came_from() -> None:
    read = Recognised("合同", confidence=0.91)
    page = page_of(read, 4, "iv")
    assert (page.number, page.label, page.text, page.origin) == (4, "iv", "合同", "ocr")
    assert (page.confidence, page.blank) == (0.91, False)
    assert "rapidocr" in AGENT.version


def test_nothing_is_fetched_and_nothing_loaded_before_it_is_needed(tmp_path: Path) -> None:
    program = f"""
import socket, sys
def refuse(*args, **kwargs):
    raise AssertionError("network")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
from PIL import Image
from countersight.read.ocr import recognise
assert "onnxruntime" not in sys.modules
assert not recognise(Image.new("L", (90, 90))).text
assert "onnxruntime" not in sys.modules
print(recognise(Image.open({str(tmp_path / "a.png")!r})).text)
"""
    written(WORDS[2], size=(700, 120)).save(tmp_path / "a.png")
    unreachable = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9", "HOME": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, **unreachable, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert ran.stdout.strip() == WORDS[2], ran.stderr


@pytest.mark.realdata
@pytest.mark.skipif(not SCANS.is_dir(), reason="../shared/data is absent")
def test_a_real_typewritten_scan_is_read() -> None:
    with Image.open(SCANS / "typewriter.png") as picture:
        read = recognise(picture)
    assert read.confidence
    assert read.confidence > 0.9
    assert len(read.text.split()) > 20
