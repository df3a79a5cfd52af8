"""What runs in a worker for a cited page: places of quotes, and the picture with personal data painted over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from re import finditer

from countersight.model import Page
from countersight.pipeline.correction import mapped, placed
from countersight.privacy.masks import BLOCK
from countersight.read import pdf, scan
from countersight.store.db import Illustration, Range


@dataclass(frozen=True, slots=True)
class Sitting:
    """A page of a source to be pictured: ranges that are cited and ranges of personal data to hide.

    ``scanned`` is the page itself where OCR read it or pictures on it: it knows the places of what OCR read. Where
    it is not ``drawn`` only the places of the quotes are wanted.
    """

    path: Path
    media: str
    number: int
    cited: tuple[Range, ...]
    hidden: tuple[Range, ...]
    scanned: Page | None
    drawn: bool = True


def sitting(path: Path, media: str, page: Page, cited: tuple[Range, ...] = (), read: Page | None = None) -> Sitting:
    """A page with the ranges that are cited, and with those of personal data on it.

    ``read`` is the page as it was read, where its text was corrected since: the ranges are looked for there.
    """
    hidden = tuple(_masked(page))
    if read:
        back = mapped(read, page)
        cited, hidden = (tuple(placed(back, *span) for span in found) for found in (cited, hidden))
        hidden = (*_masked(read), *hidden)
    seen = read or page
    return Sitting(path, media, page.number, cited, hidden, seen if "ocr" in seen.origin else None)


def _masked(page: Page) -> Iterator[Range]:
    return (match.span() for match in finditer(f"{BLOCK}+", page.text))


def illustrate(sitting: Sitting) -> tuple[Illustration, bytes]:
    """Boxes, size and the PNG of a page of a PDF or an image file; without size and PNG where it is not to be drawn."""
    ranges = [*sitting.cited, *sitting.hidden]
    read = sitting.scanned
    boxes = [scan.lines(read, *span) if read else () for span in ranges]
    if read is None or read.origin != "ocr":
        places = pdf.places(sitting.path, sitting.number, ranges)
        boxes = [(*(p.box for p in layer), *seen) for layer, seen in zip(places, boxes, strict=True)]
    shown, painted = boxes[: len(sitting.cited)], [box for found in boxes[len(sitting.cited) :] for box in found]
    if not sitting.drawn:
        return Illustration(tuple(shown), 0, 0), b""
    if sitting.media == pdf.MEDIA_TYPE:
        image = pdf.picture(sitting.path, sitting.number, painted)
    else:
        image = scan.picture(sitting.path, sitting.media, sitting.number, painted)
    return Illustration(tuple(shown), image.width, image.height), image.png
