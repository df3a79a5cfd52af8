"""What runs in a worker for a cited page: places of quotes, and the picture with personal data painted over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from re import finditer

from countersight.model import Page
from countersight.privacy.masks import BLOCK
from countersight.read import pdf, scan
from countersight.store.db import Illustration, Range


@dataclass(frozen=True, slots=True)
class Sitting:
    """A page of a source to be pictured: ranges that are cited and ranges of personal data to hide.

    ``scanned`` is the page itself where OCR read it: then it knows its places.
    """

    path: Path
    media: str
    number: int
    cited: tuple[Range, ...]
    hidden: tuple[Range, ...]
    scanned: Page | None


def sitting(path: Path, media: str, page: Page, cited: tuple[Range, ...] = ()) -> Sitting:
    """A page with the ranges that are cited, and with those of personal data on it."""
    hidden = tuple(match.span() for match in finditer(f"{BLOCK}+", page.text))
    return Sitting(path, media, page.number, cited, hidden, page if page.origin == "ocr" else None)


def illustrate(sitting: Sitting) -> tuple[Illustration, bytes]:
    """Boxes, size and the PNG of a page of a PDF or an image file."""
    ranges = [*sitting.cited, *sitting.hidden]
    if sitting.scanned:
        boxes = tuple(scan.lines(sitting.scanned, *span) for span in ranges)
    else:
        places = pdf.places(sitting.path, sitting.number, ranges)
        boxes = tuple(tuple(place.box for place in found) for found in places)
    shown, painted = boxes[: len(sitting.cited)], [box for found in boxes[len(sitting.cited) :] for box in found]
    if sitting.media == pdf.MEDIA_TYPE:
        image = pdf.picture(sitting.path, sitting.number, painted)
    else:
        image = scan.picture(sitting.path, sitting.media, sitting.number, painted)
    return Illustration(shown, image.width, image.height), image.png
