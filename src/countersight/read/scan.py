"""Pages that are pictures, read by OCR: frames of image files, and pages of PDF without a usable text layer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageOps

from countersight.model import Agent, Box, Page, PageFault, Reading, Status
from countersight.ports import Limits
from countersight.read import image, pdf

DOTS = 200  # per inch, at which a page of a PDF is drawn: what the models were measured at
PICTURED = frozenset({pdf.MEDIA_TYPE, *image.FORMATS})
"""Media types of which the dossier shows pictures of pages."""

_MOST = 16_000_000  # pixels of a page drawn for OCR: A2 at 200 dots per inch
_SLOPED = 1.25  # times a character's height: a box around more of a line than that would touch the next line
_SHOWN = 1400  # pixels: the longer side of a picture in the dossier


def can_read(media_type: str, fault: PageFault) -> bool:
    """Whether OCR may read a page that has this fault."""
    return fault.reason.startswith(pdf.NEEDS_OCR) and media_type in PICTURED


def read(path: Path, media_type: str, number: int, limits: Limits) -> Reading:
    """Page ``number`` (from 1) as OCR reads it, tables laid out row by row. Raises ReadError as the readers do."""
    from countersight.read import ocr  # noqa: PLC0415 (half a second, and most cases hold no scan)
    from countersight.read.ocr.tables import laid_out  # noqa: PLC0415

    if media_type == pdf.MEDIA_TYPE and (told := layered(path, number)):
        page, agent, said = told
        return Reading(media_type, agent, Status.READ, (page,), pdf.labelled(path, number)[0], notes=said)
    with _frame(path, media_type, number, limits) as (picture, total, label):
        recognised, blocks = laid_out(ocr.recognise(picture), picture)
    page = replace(ocr.page_of(recognised, number, label), blocks=blocks)
    notes = tuple(f"page {number}: {note}" for note in recognised.notes)
    return Reading(media_type, ocr.AGENT, Status.READ, (page,), total, notes=notes)


def layered(path: Path, number: int) -> tuple[Page, Agent, tuple[str, ...]] | None:
    """A page of a PDF that has text beside or behind pictures; None where it is to be read as one picture."""
    from countersight.read.layered import read as read_  # noqa: PLC0415

    return read_(path, number, DOTS / pdf.POINTS_PER_INCH, _MOST)


@contextmanager
def _frame(path: Path, media_type: str, number: int, limits: Limits) -> Iterator[tuple[Image.Image, int, str | None]]:
    """The picture of a page, how many pages there are, and the page's label."""
    if media_type == pdf.MEDIA_TYPE:
        yield pdf.drawn(path, number, DOTS / pdf.POINTS_PER_INCH, _MOST), *pdf.labelled(path, number)
        return
    with image.frame(path, media_type, number, limits) as (picture, total):
        yield picture, total, None


def picture(path: Path, media_type: str, number: int, painted: Sequence[Box]) -> pdf.PageImage:
    """A frame of an image file as PNG for the dossier, personal data painted over."""
    with image.frame(path, media_type, number, Limits()) as (frame, _):
        shown = ImageOps.exif_transpose(frame).convert("RGB")
    shown.thumbnail((_SHOWN, _SHOWN))
    return pdf.encoded(shown, painted)


def lines(page: Page, start: int, end: int) -> tuple[Box, ...]:
    """The boxes of ``[start, end)`` of a page whose characters each have a place: a box for each stretch of a line.

    A line that slopes is several stretches, so that no box reaches into the lines above and below.
    """
    found: list[Box] = []
    for place in page.places:
        if place.start < end and start < place.end:
            box = place.box
            if found and _continues(found[-1], box):
                last = found[-1]
                found[-1] = Box(min(last.x0, box.x0), min(last.y0, box.y0), max(last.x1, box.x1), max(last.y1, box.y1))
            else:
                found.append(box)
    return tuple(found)


def _continues(last: Box, box: Box) -> bool:
    """Whether a character stands on the line of those before it, not far from them and not much higher or lower."""
    if max(last.y1, box.y1) - min(last.y0, box.y0) > _SLOPED * (box.y1 - box.y0):
        return False
    level = min(last.y1, box.y1) - max(last.y0, box.y0)
    height = min(last.y1 - last.y0, box.y1 - box.y0)
    return level > height / 2 and -height <= box.x0 - last.x1 <= 2 * (box.y1 - box.y0) and box.x1 > last.x0
