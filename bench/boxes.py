"""Checks that the boxes of a citation hold the words quoted and no others, by what is known and by reading them again.

Of each page that bench/ocr.py reads, some quotes are drawn by lot among the lines read without an error. Their boxes
are those the dossier would mark.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
from bench.scans import Pixels
from PIL import Image

from countersight.model import Box, Page
from countersight.read.ocr import recognise
from countersight.read.scan import lines

_QUOTES = 12  # drawn per page
_SHORTEST, _LONGEST = 4, 24  # characters of a quote
_SLACK = 1.0  # pixels of a glyph's ink that may lie outside, as drawn edges are half a pixel wide
_ROOM = 16  # pixels of paper around what is cut out, as a reader of pictures needs some


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote: its level; whether its boxes hold all ink, all but for a pixel, and the middle of no other glyph.

    ``again`` says whether what they cut out is read as the quote, ``ideal`` whether what the true boxes cut out is.
    """

    level: str
    holds: bool
    nearly: bool
    apart: bool
    again: bool
    ideal: bool


def check(truth: dict[str, Any], page: Page, image: Pixels, on_lines: list[list[int]]) -> Iterator[Quoted]:
    """Draw quotes and check them. ``on_lines`` are, for each line that stands there, the offsets read on it."""
    size = (image.shape[1], image.shape[0])
    glyphs = [(n, at, box) for n, line in enumerate(truth["lines"]) for at, box in enumerate(line["boxes"]) if box]
    for n, start, end, offsets in _drawn(truth, page, on_lines):
        cited = lines(page, offsets[0], offsets[-1] + 1)
        inked = [(at, box) for line, at, box in glyphs if line == n][start:end]
        quote = "".join(truth["lines"][n]["text"][at] for at, _ in inked)
        own = {at for at, _ in inked}
        others = [box for line, at, box in glyphs if line != n or at not in own]
        ideal = [Box(*box) for _, box in inked]
        yield Quoted(
            truth["level"],
            all(_inside(box, cited, size, 0.0) for _, box in inked),
            all(_inside(box, cited, size, _SLACK) for _, box in inked),
            not any(_has_middle(cited, box) for box in others),
            _read(image, cited) == _plain(quote),
            _read(image, [_around(ideal, size)]) == _plain(quote),
        )


def _drawn(truth: dict[str, Any], page: Page, on_lines: list[list[int]]) -> Iterator[tuple[int, int, int, list[int]]]:
    """Number of the line, range of its glyphs, and offsets of each quote drawn."""
    chance = Random(truth["name"])
    exact = []
    for n, (line, offsets) in enumerate(zip(truth["lines"], on_lines, strict=False)):
        inked = [char for char, box in zip(line["text"], line["boxes"], strict=True) if box]
        if len(inked) >= _SHORTEST and inked == [page.text[at] for at in offsets]:
            exact.append((n, offsets))
    for n, offsets in chance.sample(exact, min(_QUOTES, len(exact))):
        length = min(len(offsets), chance.randint(_SHORTEST, _LONGEST))
        start = chance.randint(0, len(offsets) - length)
        yield n, start, start + length, offsets[start : start + length]


def _inside(ink: Sequence[float], boxes: Sequence[Box], size: tuple[int, int], slack: float) -> bool:
    x, y = slack / size[0], slack / size[1]
    x0, y0, x1, y1 = ink
    return any(b.x0 - x <= x0 and b.y0 - y <= y0 and x1 <= b.x1 + x and y1 <= b.y1 + y for b in boxes)


def _has_middle(boxes: Sequence[Box], other: Sequence[float]) -> bool:
    x, y = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    return any(box.x0 < x < box.x1 and box.y0 < y < box.y1 for box in boxes)


def _around(boxes: Sequence[Box], size: tuple[int, int]) -> Box:
    """One box around all with two pixels to spare."""
    x, y = 2 / size[0], 2 / size[1]
    left, top = min(box.x0 for box in boxes) - x, min(box.y0 for box in boxes) - y
    right, bottom = max(box.x1 for box in boxes) + x, max(box.y1 for box in boxes) + y
    return Box(max(0.0, left), max(0.0, top), min(1.0, right), min(1.0, bottom))


def _read(image: Pixels, boxes: Sequence[Box]) -> str:
    """What is read of nothing but the boxes, on paper."""
    return _plain(recognise(Image.fromarray(cut_out(image, boxes))).text)


def cut_out(image: Pixels, boxes: Sequence[Box]) -> Pixels:
    """The boxes alone, all around them in the colour of their paper."""
    size = np.array([image.shape[1], image.shape[0]])
    corners = [(np.floor(size * (box.x0, box.y0)), np.ceil(size * (box.x1, box.y1))) for box in boxes]
    first = np.min([start for start, _ in corners], axis=0).astype(int)
    last = np.max([end for _, end in corners], axis=0).astype(int)
    wide, high = last - first + 2 * _ROOM
    cut = np.empty((high, wide, 3), np.uint8)
    cut[:] = np.percentile(image[first[1] : last[1], first[0] : last[0]], 80, axis=(0, 1))
    for start, end in corners:
        (x0, y0), (x1, y1) = start.astype(int), end.astype(int)
        at_x, at_y = x0 - first[0] + _ROOM, y0 - first[1] + _ROOM
        cut[at_y : at_y + y1 - y0, at_x : at_x + x1 - x0] = image[y0:y1, x0:x1]
    return cut


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def report(found: Sequence[Quoted]) -> Iterator[str]:
    """The shares by level, as lines to print."""
    yield f"{'quotes':<8}{'n':>5}{'hold ink':>10}{'but 1 px':>10}{'no other':>10}{'read again':>12}{'true boxes':>12}"
    for level in [*sorted({quote.level for quote in found}), "all"]:
        of = [quote for quote in found if level in (quote.level, "all")]
        shares = [sum(values) / len(of) for values in zip(*(_judged(quote) for quote in of), strict=True)]
        widths = (10, 10, 10, 12, 12)
        yield f"{level:<8}{len(of):>5}" + "".join(f"{s:>{w}.1%}" for s, w in zip(shares, widths, strict=True))


def _judged(quote: Quoted) -> tuple[bool, ...]:
    return quote.holds, quote.nearly, quote.apart, quote.again, quote.ideal
