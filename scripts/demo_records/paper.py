"""PDF papers: A4 pages with the fictional label, ruled tables, seals and page numbers. Same calls, same bytes."""

import io
import math
import re
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import mpl_font
from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont
from scripts.demo_records.ids import LABEL

_NOTO = Path(mpl_font.__file__).parent / "fonts" / "noto"
_SCRATCH = tempfile.TemporaryDirectory(prefix="demo-fonts-")
# A unit is never broken over two lines: a word, or one ideograph, with the punctuation that must stay beside it.
_UNIT = re.compile(r"[（《“‘【]*(?:[!-~]+|.)[，。；：、？！）》”’】…]* *")
_PAD = 1.2  # millimetres between a cell's rule and its words
_AMOUNT = re.compile(r"[0-9,]+\.[0-9]{2}")
_SHORT = 9  # a column is centred when no cell of it has more characters


@cache
def face(weight: str) -> Path:
    """Noto Sans CJK SC cut down to the characters these modules use, so that each paper embeds it quickly."""
    font = TTFont(_NOTO / f"NotoSansCJKsc-{weight}.otf", recalcTimestamp=False)
    options = subset.Options(layout_features=[], hinting=False, recalc_timestamp=False, notdef_outline=True)
    cutter = subset.Subsetter(options)
    sources = sorted(Path(__file__).parent.glob("*.py"))
    cutter.populate(text="".join(path.read_text("utf-8") for path in sources) + "".join(map(chr, range(32, 127))))
    cutter.subset(font)
    path = Path(_SCRATCH.name) / f"{weight}.otf"
    font.save(path)
    return path


class Paper(FPDF):  # type: ignore[misc]
    """An A4 paper. ``family`` is ``Noto``, or ``Times`` for English ones; sizes in points, lengths in mm."""

    def __init__(self, title: str, dated: str, *, family: str = "Noto", running: str = "", numbered: str = "") -> None:
        super().__init__()
        self.family, self.running, self.numbered = family, running, numbered
        self.add_font("Noto", "", face("Regular"))
        self.add_font("Noto", "B", face("Bold"))
        self.set_creation_date(datetime.fromisoformat(dated).replace(tzinfo=UTC))
        self.set_title(f"{LABEL} — {title}")
        self.set_producer("countersight demo")
        self.set_margins(25, 24, 25)
        self.set_auto_page_break(True, 24)

    def header(self) -> None:
        """The label on every page, and the running title under it."""
        self.set_font("Noto", size=8)
        self.set_text_color(120)
        self.set_xy(25, 9)
        self.cell(80, 5, LABEL)
        if self.running:
            self.cell(80, 5, self.running, align="R")
        self.set_draw_color(150)
        self.line(25, 15, 185, 15)
        self.set_text_color(0)
        self.set_draw_color(0)
        self.set_xy(25, 24)

    def footer(self) -> None:
        """The printed page number; ``numbered`` is a pattern such as ``第{}页``, empty for none."""
        if self.numbered and self.page > 0:
            self.set_xy(25, -16)
            self.set_font(self.family, size=9)
            self.cell(160, 5, self.numbered.format(self.get_page_label() or self.page), align="C")

    def face(self, size: float = 10.5, style: str = "") -> None:
        """Choose size and weight of the paper's family."""
        self.set_font(self.family, style=style, size=size)

    def broken(self, text: str, width: float, first: float = 0.0) -> list[str]:
        """Lines no wider than ``width``, the first shorter by ``first``; none begins with closing punctuation."""
        lines, line, room = [], "", width - first
        for unit in _UNIT.findall(text):
            if line and self.get_string_width((line + unit).rstrip()) > room:
                lines.append(line.rstrip())
                line, room = "", width
            line += unit
        return [*lines, line.rstrip()]

    def words(
        self, text: str, size: float = 10.5, *, style: str = "", align: str = "L", indent: float = 7.4, gap: float = 1.0
    ) -> None:
        """A paragraph, its first line set in by ``indent``, followed by ``gap``."""
        self.face(size, style)
        height = size * 0.56
        for number, line in enumerate(self.broken(text, self.epw - 1, indent)):
            self.set_x(self.l_margin + (indent if not number else 0))
            self.cell(
                self.epw - (indent if not number else 0), height, line, align=align, new_y="NEXT", new_x="LMARGIN"
            )
        self.ln(gap)

    def body(self, *paragraphs: str, size: float = 10.5, indent: float = 7.4) -> None:
        """Paragraphs; one that begins with ``#`` is a heading (more of them, a smaller one), with ``表`` a caption."""
        for text in paragraphs:
            level = len(text) - len(text.lstrip("#"))
            if level:
                self.heading(text[level:].strip(), level)
            elif text.startswith("表"):
                self.words(text, 9, style="B", align="C", indent=0)
            else:
                self.words(text, size, indent=indent)

    def heading(self, text: str, level: int = 1) -> None:
        """A chapter (centred), section or sub-section title, kept with the lines that follow it."""
        if self.will_page_break(22):
            self.add_page()
        size = {1: 16.0, 2: 12.0, 3: 10.5}[level]
        self.ln(1.5)
        self.words(
            text, size, style="B", align="C" if level == 1 else "L", indent=0, gap={1: 4.0, 2: 2.0, 3: 1.0}[level]
        )

    def title_lines(self, *lines: str, size: float = 18, gap: float = 2.0) -> None:
        """Centred bold lines, as at the head of a contract."""
        for line in lines:
            self.words(line, size, style="B", align="C", indent=0, gap=gap)

    def grid(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], size: float = 9
    ) -> None:
        """A ruled table, its head repeated on every page; widths in mm. Rows are never split over pages."""
        short = [all(len(row[column]) <= _SHORT for row in rows) for column in range(len(widths))]
        self.ln(0.8)
        if head:
            self._row(head, widths, size, [])
        for row in rows:
            if self.will_page_break(self._height(row, widths, size)):
                self.add_page()
                if head:
                    self._row(head, widths, size, [])
            self._row(row, widths, size, short)
        self.ln(3)

    def _height(self, row: Sequence[str], widths: Sequence[float], size: float) -> float:
        self.face(size)
        most = max(len(self.broken(text, width - 2 * _PAD - 1)) for text, width in zip(row, widths, strict=True))
        return float(most * size * 0.5 + 2 * _PAD)

    def _row(self, row: Sequence[str], widths: Sequence[float], size: float, short: Sequence[bool]) -> None:
        height, step, left, top = self._height(row, widths, size), size * 0.5, self.l_margin, self.get_y()
        self.face(size, "" if short else "B")
        self.set_line_width(0.2)
        self.set_fill_color(232)
        for text, width, centred in zip(row, widths, short or [True] * len(row), strict=True):
            self.rect(left, top, width, height, style="D" if short else "DF")
            lines = self.broken(text, width - 2 * _PAD - 1)
            y = top + (height - len(lines) * step) / 2
            for line in lines:
                self.set_xy(left + _PAD / 2, y)
                self.cell(width - _PAD, step, line, align="R" if _AMOUNT.fullmatch(text) else "C" if centred else "L")
                y += step
            left += width
        self.set_xy(self.l_margin, top + height)

    def seal(self, text: str, x: float, y: float, size: float = 38) -> None:
        """A round red seal drawn as a picture, its centre at (x, y): its words are not in the text layer."""
        self.image(io.BytesIO(_seal(text)), x - size / 2, y - size / 2, size)

    def signed(self, *sides: tuple[Sequence[str], str]) -> None:
        """The parties side by side: each one's lines, and the words of the seal set over them."""
        self.ln(4)
        if self.will_page_break(70):
            self.add_page()
        top = self.get_y()
        for number, (lines, sealed) in enumerate(sides):
            left = self.l_margin + 78 * number
            self.set_y(top)
            self.face(10)
            for line in lines:
                self.set_x(left)
                self.cell(78, 7.4, line, new_y="NEXT")
            self.seal(sealed, left + 59, top + 12)

    def data(self) -> bytes:
        """The finished file."""
        return bytes(self.output())


@cache
def _seal(text: str) -> bytes:
    side, red = 360, (200, 24, 30, 190)
    image = Image.new("RGBA", (side, side), (200, 24, 30, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((6, 6, side - 7, side - 7), outline=red, width=9)
    points = [
        (180 + r * math.sin(a * math.pi / 5), 180 - r * math.cos(a * math.pi / 5))
        for a, r in zip(range(10), (58, 23) * 5, strict=True)
    ]
    draw.polygon(points, fill=red)
    draw.text((180, 290), "虚构样章", font=ImageFont.truetype(face("Bold"), 30), fill=red, anchor="mm")
    font = ImageFont.truetype(face("Bold"), 38)
    span = min(250.0, 24.0 * len(text))
    for place, character in enumerate(text):
        tile = Image.new("RGBA", (side, side), (200, 24, 30, 0))
        ImageDraw.Draw(tile).text((180, 42), character, font=font, fill=red, anchor="mm")
        angle = span / 2 - place * span / max(1, len(text) - 1)
        image = Image.alpha_composite(image, tile.rotate(angle, Image.Resampling.BICUBIC))
    out = io.BytesIO()
    image.quantize(16, Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()
