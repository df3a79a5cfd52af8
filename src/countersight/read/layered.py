"""Pages of PDF that have text and pictures: a hidden layer is held against its picture, pictures are read beside text.

A layer that agrees with what OCR reads in two strips of the picture is kept as it is, with its places. One that does
not is held against the whole page; where it still does not agree, the picture counts, for it is what a person sees,
unless OCR is not sure of itself or cannot read the writing: then the layer stands. Each disagreement is noted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from countersight.model import Agent, Box, Page, Place
from countersight.read import ocr, pdf
from countersight.read.ocr.tables import laid_out
from countersight.read.pdfpictures import HIDDEN, PICTURED
from countersight.text.normal import HAN, flatten

AGREES = 0.6  # of the pairs of neighbouring characters of either reading that the other has too
_STRIPS, _HELD = 8, 2  # strips a page is cut into, and those with most text that are read
_SURE = 0.8  # OCR's confidence, below which a layer it disagrees with stands
_WHOLE = 0.5  # of the layer's characters OCR must have read to take its place
_FEWEST, _LEAST_SURE = 10, 0.6  # characters, and confidence, from which a picture holds text
_MARGIN = 0.005  # of the page, around a picture
_NO_WORD = re.compile(r"[\W_]+")
_READABLE = re.compile(rf"[A-Za-z\u00c0-\u024f{HAN}\u3041-\u30ff]")  # what the models read

Told = tuple[Page, Agent, tuple[str, ...]]


def read(path: Path, number: int, dots: float, most: int) -> Told | None:
    """Page ``number`` (from 1) of a PDF: the page, who read it, notes; None where OCR must read it as a whole."""
    page, fault = pdf.again(path, number)
    if page and fault.endswith(PICTURED):
        return _beside(page, pdf.drawn(path, number, dots, most, text=False), pdf.pictures(path, number))
    if page and fault.endswith(HIDDEN):
        return _compared(page, path, pdf.drawn(path, number, dots, most))
    return None


# ── pictures beside text ──


def _beside(page: Page, image: Image.Image, boxes: Sequence[Box]) -> Told:
    """The page's text, untouched, and after it what OCR reads in its pictures."""
    told, scores = page, []
    for box in boxes:
        cut = _cut(image, Box(box.x0, max(0, box.y0 - _MARGIN), box.x1, min(1, box.y1 + _MARGIN)))
        recognised, blocks = laid_out(ocr.recognise(cut[0]), cut[0])
        if len(recognised.places) >= _FEWEST and (recognised.confidence or 0) >= _LEAST_SURE:
            at, seen = len(told.text) + 1, ocr.page_of(recognised, page.number)
            scores += [seen.confidence or 0.0] * len(seen.places)
            told = replace(
                told,
                text=f"{told.text}\n{seen.text}",
                places=(*told.places, *(_placed(place, at, cut[1]) for place in seen.places)),
                blocks=(*told.blocks, *(replace(b, start=b.start + at, end=b.end + at) for b in blocks)),
                weak=(*told.weak, *(replace(one, at=one.at + at) for one in seen.weak)),
            )
    if told is page:
        return page, pdf.AGENT, ()
    note = f"page {page.number}: what a picture on it says follows its text, {len(told.places)} characters read by OCR"
    return replace(told, origin="text+ocr", confidence=sum(scores) / len(scores)), ocr.AGENT, (note,)


def _cut(image: Image.Image, box: Box) -> tuple[Image.Image, Box]:
    """A part of a page's picture, and where exactly it lies."""
    x0, y0 = int(box.x0 * image.width), int(box.y0 * image.height)
    x1, y1 = max(x0 + 1, round(box.x1 * image.width)), max(y0 + 1, round(box.y1 * image.height))
    part = image.crop((x0, y0, min(x1, image.width), min(y1, image.height)))
    return part, Box(x0 / image.width, y0 / image.height, min(1, x1 / image.width), min(1, y1 / image.height))


def _placed(place: Place, at: int, part: Box) -> Place:
    """A place in a part of a page as one on the page, its text ``at`` characters further on."""
    wide, high, box = part.x1 - part.x0, part.y1 - part.y0, place.box
    x = (min(1.0, round(part.x0 + side * wide, 6)) for side in (box.x0, box.x1))
    y = (min(1.0, round(part.y0 + side * high, 6)) for side in (box.y0, box.y1))
    (x0, x1), (y0, y1) = x, y
    return Place(place.start + at, place.end + at, Box(x0, y0, x1, y1), place.score)


# ── a hidden layer ──


def _compared(page: Page, path: Path, image: Image.Image) -> Told | None:
    letters = [character for character in page.text if character.isalpha()]
    if len(_READABLE.findall("".join(letters))) * 2 < len(letters):
        return page, pdf.AGENT, (f"page {page.number}: its hidden text layer is in writing that OCR cannot check",)
    if _strips_agree(page, path, image):
        return page, pdf.AGENT, ()
    recognised = ocr.recognise(image)
    common = min(_common(page.text, recognised.text), _common(recognised.text, page.text))
    if common >= AGREES:
        return page, pdf.AGENT, ()
    shares = f"they have {common:.0%} in common"
    sure = (recognised.confidence or 0) >= _SURE
    if sure and len(recognised.places) >= _WHOLE * len(_NO_WORD.sub("", page.text)):
        recognised, blocks = laid_out(recognised, image)
        read_ = replace(ocr.page_of(recognised, page.number, page.label), blocks=blocks)
        note = (
            f"page {page.number}: its hidden text layer is not what its picture says ({shares}); the picture was read"
        )
        return read_, ocr.AGENT, (note, *(f"page {page.number}: {said}" for said in recognised.notes))
    note = (
        f"page {page.number}: OCR of its picture does not bear out its hidden text layer ({shares}); the layer stands"
    )
    return page, pdf.AGENT, (note,)


def _strips_agree(page: Page, path: Path, image: Image.Image) -> bool:
    """Whether what OCR reads in the strips with most text is what the layer has there, and nothing else."""
    (runs,) = pdf.places(path, page.number, [(0, len(page.text))])
    strips: list[list[Place]] = [[] for _ in range(_STRIPS)]
    for run in runs:
        strips[min(_STRIPS - 1, int((run.box.y0 + run.box.y1) / 2 * _STRIPS))].append(run)
    held = sorted(range(_STRIPS), key=lambda n: (-sum(run.end - run.start for run in strips[n]), n))[:_HELD]
    for n in (n for n in held if strips[n]):
        words = " ".join(page.text[run.start : run.end] for run in strips[n])
        part, _ = _cut(image, Box(0, max(0, (n - 0.3) / _STRIPS), 1, min(1, (n + 1.3) / _STRIPS)))
        found = ocr.recognise(part).text
        if min(_common(words, found), _common(found, page.text)) < AGREES:
            return False
    return any(strips)


def _common(one: str, other: str) -> float:
    """The share of one text's pairs of neighbouring characters that the other has too."""
    mine, theirs = _pairs(one), _pairs(other)
    return (mine & theirs).total() / mine.total() if mine else 0.0


def _pairs(text: str) -> Counter[str]:
    words = _NO_WORD.sub("", flatten(text))
    return Counter(words[n : n + 2] for n in range(len(words) - 1))
