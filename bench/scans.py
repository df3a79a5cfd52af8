"""Makes scanned pages whose every character is known: rendered, then damaged as scanners and copiers damage.

``python bench/scans.py FOLDER [--pages N] [--seed N]``. Levels: ``A`` 200 dpi clean; ``B`` 150 dpi, skewed by up to 2°,
with noise; ``C`` 150 dpi, skewed by up to 0.5°, a red seal over text, uneven light, noise, JPEG quality 35; ``X`` pages
turned by 90°, 180° and 270°, in two columns, of amounts and numbers, in traditional characters (as A), of low contrast,
photographed askew in uneven light, and skewed by 6° to 10° (150 dpi). Chinese and English; prose, ruled tables (with
merged cells) and tables without rules. The same arguments give the same pages; files that exist stay.

Beside each picture lies its truth as JSON: ``lines`` in reading order, each with its ``text`` and one box or null per
character; ``cells`` of tables with row, column, rows, columns, text and box. Boxes hold the ink of a glyph and are
fractions of the displayed picture from its top left corner.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import cv2
import mpl_font
import numpy as np
import opencc
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import scantext as words  # noqa: E402

Pixels = NDArray[np.uint8]
Numbers = NDArray[np.float64]
Rectangle = tuple[float, float, float, float]
_FONTS = Path(mpl_font.__file__).parent / "fonts" / "noto"
_DPI = 300  # that pages are rendered at
_WIDTH, _HEIGHT = 2480, 3508  # A4
_LEFT, _TOP, _BOTTOM = 260, 280, 3240
_INNER = _WIDTH - 2 * _LEFT
_COLUMNS = (0.07, 0.18, 0.31, 0.07, 0.08, 0.13, 0.16)  # of a table's width
_PAD = 14  # pixels between a cell's edge and its words
_LAST = len(_COLUMNS) - 1
_CENTRED, _RIGHT = {0, 3}, {4, 5, 6}
_NO_START = "，。；：、）》%,.;:)"  # may not begin a line


@dataclass(frozen=True, slots=True)
class Damage:
    """What becomes of a page: resolution, most degrees of skew, deviation of noise, degrees it is turned clockwise."""

    dpi: int = 200
    skew: float = 0.0
    noise: float = 0.0
    copied: bool = False  # red seal, uneven light, JPEG 35
    faint: bool = False
    turned: int = 0
    photo: bool = False  # seen from below and one side, on a dark table, in uneven light


LEVELS = {"A": Damage(), "B": Damage(150, 2.0, 4.0), "C": Damage(150, 0.5, 3.0, copied=True)}
KINDS = ("prose", "ruled", "open")
EXTRAS = {
    "turned90": Damage(turned=90),
    "turned180": Damage(turned=180),
    "turned270": Damage(turned=270),
    "columns": Damage(),
    "faint": Damage(150, 0.5, 2.0, faint=True),
    "steep": Damage(150, 10.0, 2.0),
    "photo": Damage(150, 0.0, 3.0, photo=True),
    "photo ruled": Damage(150, 0.0, 3.0, photo=True),
    "numbers": Damage(),
    "traditional": Damage(),  # Chinese only
}


@dataclass(slots=True)
class Line:
    """A line of text as set: of each character the box of its ink, or None."""

    text: str
    boxes: list[Rectangle | None]


@dataclass(slots=True)
class Cell:
    """A cell of a table. Rows and columns count from 1; ``rows`` and ``columns`` are how many it spans."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    table: int = 1
    box: Rectangle = (0.0, 0.0, 0.0, 0.0)


@dataclass(slots=True)
class Sheet:
    """A page being set, in pixels at 300 dpi."""

    language: str
    traditional: bool = False
    image: Image.Image = field(default_factory=lambda: Image.new("L", (_WIDTH, _HEIGHT), 255))
    lines: list[Line] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)

    def write(self, x: float, y: float, text: str, font: ImageFont.FreeTypeFont) -> None:
        """Set a line with its top left corner at ``(x, y)``, character by character."""
        draw, base, boxes = ImageDraw.Draw(self.image), y + font.size, []
        for char in text:
            draw.text((x, base), char, 0, font, anchor="ls")
            boxes.append(None if char.isspace() else _ink(char, font, x, base))
            x += font.getlength(char)
        self.lines.append(Line(text, boxes))

    def rule(self, *ends: float) -> None:
        """A straight line of ½ point and a bit."""
        ImageDraw.Draw(self.image).line(ends, 0, 3)


def _ink(char: str, font: ImageFont.FreeTypeFont, x: float, base: float) -> Rectangle:
    x0, y0, x1, y1 = _drawn(char, font)
    return x + x0, base + y0, x + x1, base + y1


@cache
def _drawn(char: str, font: ImageFont.FreeTypeFont) -> tuple[int, int, int, int]:
    """The box of a glyph's ink, drawn at 0, 0. Pillow's own reaches to where the next glyph begins."""
    room = math.ceil(font.size)
    canvas = Image.new("L", (3 * room, 3 * room), 0)
    ImageDraw.Draw(canvas).text((room, 2 * room), char, 255, font, anchor="ls")
    x0, y0, x1, y1 = canvas.getbbox() or (room, 2 * room, room, 2 * room)
    return x0 - room, y0 - 2 * room, x1 - room, y1 - 2 * room


@cache
def _font(points: float, weight: str = "Regular") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / f"NotoSansCJKsc-{weight}.otf"), points * _DPI / 72)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float, indent: float = 0.0) -> list[str]:
    """The lines of a text: broken at spaces, and before any Chinese character that may begin a line."""
    lines, line, room = [], "", width - indent
    for piece in _pieces(text):
        if line and font.getlength(line + piece.rstrip()) > room and piece[0] not in _NO_START:
            lines.append(line.rstrip())
            line, room = "", width
        line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str) -> Iterator[str]:
    """What may not be broken: a Chinese character, a run of others up to a space."""
    piece = ""
    for char in text:
        if ord(char) > 0x2E7F:  # the first of the East Asian blocks
            yield from [piece, char] if piece else [char]
            piece = ""
        elif char == " ":
            yield piece + char
            piece = ""
        else:
            piece += char
    if piece:
        yield piece


def _prose(sheet: Sheet, chance: Random, corner: tuple[float, float], width: float, bottom: float) -> float:
    """Set numbered paragraphs from a top left corner down to ``bottom``; the height they end at."""
    left, y = corner
    font = _font(12 if sheet.language == "zh" else 11)
    indent = 2 * font.size if sheet.language == "zh" else 0.0
    leading, number = font.size * 1.65, 0
    while True:
        number += 1
        lead = f"第{number}条　" if sheet.language == "zh" else f"{number}. "
        join = "" if sheet.language == "zh" else " "
        text = lead + join.join(words.clause(chance, sheet.language) for _ in range(chance.randint(1, 3)))
        text = opencc.OpenCC("s2t").convert(text) if sheet.traditional else text
        lines = _wrapped(text, font, width, indent)
        if y + len(lines) * leading > bottom:
            return y
        for n, line in enumerate(lines):
            sheet.write(left + (0 if n else indent), y, line, font)
            y += leading
        y += leading * 0.35


def _numbers(sheet: Sheet, chance: Random, y: float) -> None:
    """Set lines of nothing but amounts, models, codes and years."""
    font = _font(11)
    while y < _BOTTOM:
        text = "  ".join(words.fill(chance.choice(words.NUMBERS), chance, sheet.language) for _ in range(3))
        sheet.write(_LEFT, y, text, font)
        y += font.size * 1.65


def _title(sheet: Sheet, chance: Random) -> float:
    text, font = chance.choice(words.TITLES[sheet.language]), _font(18, "Bold")
    sheet.write((_WIDTH - font.getlength(text)) / 2, _TOP, text, font)
    return _TOP + font.size * 2.2


def _contents(chance: Random, language: str, merged: bool) -> list[list[Cell]]:
    """The rows of a price table; ``merged``: headed by sections, some items over two rows, a total over columns."""
    rows = [[Cell(1, n, head) for n, head in enumerate(words.HEADS[language], 1)]]
    grand, names = 0, chance.sample(words.ITEMS[language], 11)
    for n, name in enumerate(names, 1):
        if merged and n in {1, 7}:
            rows.append([Cell(len(rows) + 1, 1, words.SECTIONS[language][n > 1], columns=len(_COLUMNS))])
        count, price = chance.randint(1, 120), chance.randint(2, 7000) * 10
        grand += count * price
        spec = words.fill(chance.choice(words.SPECS[language]), chance, language)
        texts = [str(n), name, spec, chance.choice(words.UNITS[language]), str(count)]
        texts += [words.amount(price), words.amount(count * price)]
        row = [Cell(len(rows) + 1, at, text) for at, text in enumerate(texts, 1)]
        if merged and n in {3, 9}:
            row[1].rows = 2
        if merged and n in {4, 10}:
            del row[1]
        rows.append(row)
    span = _LAST if merged else 1
    last = len(rows) + 1
    rows.append([Cell(last, 1, words.TOTAL[language], columns=span), Cell(last, _LAST + 1, words.amount(grand))])
    return rows


def _table(sheet: Sheet, chance: Random, y: float, style: str) -> float:
    """Set a price table at height ``y``: ``ruled``, ``open`` (no rules) or ``three`` (rules at head and foot only)."""
    font = _font(10.5 if sheet.language == "zh" else 9.5)
    edges = [_LEFT + _INNER * sum(_COLUMNS[:n]) for n in range(len(_COLUMNS) + 1)]
    rows = _contents(chance, sheet.language, merged=style == "ruled")
    tops = [y]
    for row in rows:
        most = max(len(_cell_lines(cell, edges, font)) for cell in row if cell.rows == 1)
        tops.append(tops[-1] + most * font.size * 1.3 + (26 if style == "ruled" else 34))
    for cell in (cell for row in rows for cell in row):
        cell.box = (edges[cell.column - 1], tops[cell.row - 1], *_far(cell, edges, tops))
        _set_cell(sheet, cell, edges, font, centred=style == "ruled")
        sheet.cells.append(cell)
    for top in (tops[0], tops[1], tops[-1]) if style == "three" else ():
        sheet.rule(edges[0], top, edges[-1], top)
    return tops[-1] + 60


def _far(cell: Cell, edges: Sequence[float], tops: Sequence[float]) -> tuple[float, float]:
    return edges[cell.column - 1 + cell.columns], tops[cell.row - 1 + cell.rows]


def _cell_lines(cell: Cell, edges: Sequence[float], font: ImageFont.FreeTypeFont) -> list[str]:
    width = edges[cell.column - 1 + cell.columns] - edges[cell.column - 1] - 2 * _PAD
    return _wrapped(cell.text, font, width)


def _set_cell(sheet: Sheet, cell: Cell, edges: Sequence[float], font: ImageFont.FreeTypeFont, *, centred: bool) -> None:
    """Set a cell's lines; a ruled table centres them between its rules, which are drawn."""
    lines = _cell_lines(cell, edges, font)
    x0, y0, x1, y1 = cell.box
    y = y0 + (y1 - y0 - len(lines) * font.size * 1.3) / 2 if centred else y0 + 17
    for line in lines:
        spare = x1 - x0 - 2 * _PAD - font.getlength(line)
        at = cell.column - 1
        middle = at in _CENTRED or (cell.columns > 1 and cell.columns <= _LAST)
        x = x0 + _PAD + (spare if at in _RIGHT else spare / 2 if middle else 0)
        sheet.write(x, y, line, font)
        y += font.size * 1.3
    if centred:
        for ends in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            sheet.rule(*ends)


def sheet_of(kind: str, language: str, chance: Random) -> Sheet:
    """A page of a kind: ``prose``, ``ruled``, ``open``, ``columns``, ``numbers``, or prose for any other."""
    sheet = Sheet(language, kind == "traditional")
    kind = kind.removeprefix("photo ")
    y = _title(sheet, chance)
    if kind == "columns":
        width = (_INNER - 120) / 2
        for left in (_LEFT, _LEFT + width + 120):
            _prose(sheet, chance, (left, y), width, _BOTTOM)
    elif kind == "numbers":
        _numbers(sheet, chance, y)
    elif kind in {"ruled", "open"}:
        y = _prose(sheet, chance, (_LEFT, y), _INNER, y + 500) + 30
        style = kind if kind == "ruled" else chance.choice(("open", "three"))
        y = _table(sheet, chance, y, style)
        _prose(sheet, chance, (_LEFT, y), _INNER, _BOTTOM)
    else:
        _prose(sheet, chance, (_LEFT, y), _INNER, _BOTTOM)
    return sheet


def damaged(sheet: Sheet, damage: Damage, chance: Random) -> tuple[Pixels, Numbers]:
    """The picture, RGB, and the matrix (3 by 3) that takes the page's pixels to the picture's."""
    scale = damage.dpi / _DPI
    size = round(_WIDTH * scale), round(_HEIGHT * scale)
    small = cv2.resize(np.asarray(sheet.image), size, interpolation=cv2.INTER_AREA)
    angle = chance.uniform(0.6 if damage.skew > 5 else 0.25, 1.0) * damage.skew * chance.choice((-1, 1))
    turn = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), angle, 1.0)
    grey = cv2.warpAffine(small, turn, size, flags=cv2.INTER_CUBIC, borderValue=(255,)) if damage.skew else small
    matrix = np.vstack([turn, [0, 0, 1]]) @ np.diag([size[0] / _WIDTH, size[1] / _HEIGHT, 1.0])
    image = np.repeat(np.asarray(grey, dtype=np.float64)[..., None], 3, axis=2)
    if damage.photo:
        askew, matrix = _askew(image, matrix, chance)
        image = askew * _light(size, chance)
    if damage.copied:
        image *= _seal(size, chance) * _light(size, chance)
    if damage.faint:
        image = 168 + image * (42 / 255)
    if damage.noise:
        draws = np.random.default_rng(chance.randrange(1 << 30))
        image += draws.normal(0, damage.noise, image.shape[:2])[..., None]
    return _turned(image.clip(0, 255).astype(np.uint8), matrix, damage.turned)


def _askew(image: Numbers, matrix: Numbers, chance: Random) -> tuple[Numbers, Numbers]:
    """A page as a camera sees it that is held below its middle and to one side: its edges run together by up to 6 %."""
    high, wide = image.shape[:2]
    narrow, low = chance.uniform(0.02, 0.06) * wide, chance.uniform(0.01, 0.03) * high
    seen = np.array([[narrow, low], [wide - narrow, 2 * low], [wide, high - low], [0, high]], np.float32)
    flat = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    view = cv2.getPerspectiveTransform(flat, seen)
    askew = cv2.warpPerspective(image, view, (wide, high), flags=cv2.INTER_CUBIC, borderValue=(70, 70, 70))
    return np.asarray(askew, np.float64), view @ matrix


def _turned(image: Pixels, matrix: Numbers, degrees: int) -> tuple[Pixels, Numbers]:
    for _ in range(degrees // 90):
        turn = np.array([[0.0, -1.0, image.shape[0]], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
        image, matrix = np.ascontiguousarray(np.rot90(image, -1)), turn @ matrix
    return image, matrix


def _light(size: tuple[int, int], chance: Random) -> Numbers:
    """How much light falls where: from 55 % to 100 %, darker to one side and towards the spine."""
    across, down = np.meshgrid(np.linspace(0, 1, size[0]), np.linspace(0, 1, size[1]))
    slope = chance.uniform(-0.3, 0.3) * (across - 0.5) + chance.uniform(-0.2, 0.2) * (down - 0.5)
    spine = 0.25 * np.exp(-across / chance.uniform(0.05, 0.12))
    return np.clip(0.85 + slope - spine, 0.55, 1.0)[..., None]


def _seal(size: tuple[int, int], chance: Random) -> Numbers:
    """What a round red seal of 42 mm, somewhere over the text, lets through of red, green and blue."""
    width = 248  # at 150 dpi
    ink = Image.new("L", (4 * width, 4 * width), 0)
    draw, middle = ImageDraw.Draw(ink), 2 * width
    draw.ellipse((8, 8, 4 * width - 8, 4 * width - 8), outline=255, width=28)
    points = [(n * math.tau / 5 - math.tau / 4, 0.55 * width if n % 1 == 0 else 0.22 * width) for n in _halves(5)]
    draw.polygon([(middle + r * math.cos(a), middle + r * math.sin(a)) for a, r in points], fill=255)
    for n, char in enumerate("云岭县综合信息服务中心合同专用章"):
        glyph = Image.new("L", (4 * width, 4 * width), 0)
        ImageDraw.Draw(glyph).text((middle, 0.32 * width), char, 255, _font(34), anchor="mm")
        ink.paste(255, mask=glyph.rotate(150 - n * 20))
    stamp = np.asarray(ink.rotate(chance.uniform(-20, 20)).resize((width, width)), dtype=np.float64) / 255
    x, y = chance.randint(size[0] // 8, size[0] * 7 // 8 - width), chance.randint(size[1] // 4, size[1] * 3 // 4)
    cover = np.zeros((size[1], size[0], 1))
    cover[y : y + width, x : x + width, 0] = stamp
    passed: Numbers = 1 - cover * (1 - np.array([0.88, 0.28, 0.30]))
    return passed


def _halves(count: int) -> list[float]:
    return [n / 2 for n in range(2 * count)]


def _moved(box: Rectangle | None, matrix: Numbers, image: Pixels) -> list[float] | None:
    """The upright box around a box after the damage, as fractions of the picture."""
    if box is None:
        return None
    x0, y0, x1, y1 = box
    corners = matrix @ np.array([[x0, x1, x1, x0], [y0, y0, y1, y1], [1, 1, 1, 1]])
    height, width = image.shape[:2]
    corners = corners[:2] / corners[2]
    across, down = np.clip(corners[0] / width, 0, 1), np.clip(corners[1] / height, 0, 1)
    return [round(float(v), 6) for v in (across.min(), down.min(), across.max(), down.max())]


def truth(sheet: Sheet, matrix: Numbers, image: Pixels, **facts: Any) -> dict[str, Any]:
    """What stands on the picture, as the JSON beside it says."""
    lines = [{"text": line.text, "boxes": [_moved(box, matrix, image) for box in line.boxes]} for line in sheet.lines]
    cells = [{**asdict(cell), "box": _moved(cell.box, matrix, image)} for cell in sheet.cells]
    return {**facts, "width": image.shape[1], "height": image.shape[0], "lines": lines, "cells": cells}


def plan(pages: int) -> list[tuple[str, str, str, int, Damage]]:
    """Level, language, kind, number and damage of each page; ``pages`` of each kind at each level, of extras one."""
    numbers = range(1, pages + 1)
    usual = [(level, kind, n, damage) for level, damage in LEVELS.items() for kind in KINDS for n in numbers]
    usual += [("X", kind, 1, damage) for kind, damage in EXTRAS.items()]
    pages_of = [(level, language, kind, n, damage) for language in ("zh", "en") for level, kind, n, damage in usual]
    return [page for page in pages_of if page[1:3] != ("en", "traditional")]


def make(folder: Path, pages: int, seed: int = 1) -> list[Path]:
    """The pictures of a plan, made where they do not exist. ``folder`` is created."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for level, language, kind, n, damage in plan(pages):
        path = folder / f"{level}-{language}-{kind.replace(' ', '_')}-{n}.{'jpg' if damage.copied else 'png'}"
        made.append(path)
        if path.exists() and path.with_suffix(".json").exists():
            continue
        sheet = sheet_of(kind, language, Random(f"{seed} {language} {kind} {n}"))
        image, matrix = damaged(sheet, damage, Random(f"{seed} {path.stem}"))
        facts = {"name": path.stem, "level": level, "language": language, "kind": kind, "turned": damage.turned}
        Image.fromarray(image).save(path, quality=35, dpi=(damage.dpi, damage.dpi))
        text = json.dumps(truth(sheet, matrix, image, **facts), ensure_ascii=False)
        path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the pages a command line asks for and say where they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=3, help="of each kind, at each level, in each language")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    print(f"{len(make(options.folder, options.pages, options.seed))} pages in {options.folder}")


if __name__ == "__main__":
    main()
