"""What runs in a worker for a cited page: places of quotes, and the picture with personal data painted over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from countersight.model import Page
from countersight.read import pdf, scan
from countersight.store.db import Illustration, Range


@dataclass(frozen=True, slots=True)
class Sitting:
    """A page of a source to be pictured: ranges that are cited and ranges of personal data to hide.

    ``scanned`` is the page itself where OCR read it or pictures on it: it knows the places of what OCR read.
    """

    path: Path
    media: str
    number: int
    cited: tuple[Range, ...]
    hidden: tuple[Range, ...]
    scanned: Page | None


def illustrate(sitting: Sitting) -> tuple[Illustration, bytes]:
    """Boxes, size and the PNG of a page of a PDF or an image file."""
    ranges = [*sitting.cited, *sitting.hidden]
    read = sitting.scanned
    boxes = [scan.lines(read, *span) if read else () for span in ranges]
    if read is None or read.origin != "ocr":
        places = pdf.places(sitting.path, sitting.number, ranges)
        boxes = [(*(p.box for p in layer), *seen) for layer, seen in zip(places, boxes, strict=True)]
    shown, painted = boxes[: len(sitting.cited)], [box for found in boxes[len(sitting.cited) :] for box in found]
    if sitting.media == pdf.MEDIA_TYPE:
        image = pdf.picture(sitting.path, sitting.number, painted)
    else:
        image = scan.picture(sitting.path, sitting.media, sitting.number, painted)
    return Illustration(tuple(shown), image.width, image.height), image.png
