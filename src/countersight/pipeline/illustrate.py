"""What runs in a worker for a cited page: places of quotes, and the picture with personal data painted over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from countersight.model import Digest
from countersight.read import pdf
from countersight.store.db import Illustration, Range


@dataclass(frozen=True, slots=True)
class Sitting:
    """A page of a source to be pictured: ranges that are cited and ranges of personal data to hide."""

    digest: Digest
    path: Path
    number: int
    cited: tuple[Range, ...]
    hidden: tuple[Range, ...]


def illustrate(sitting: Sitting) -> tuple[Illustration, bytes]:
    """Boxes, size and the PNG of a page of a PDF."""
    places = pdf.places(sitting.path, sitting.number, [*sitting.cited, *sitting.hidden])
    boxes = tuple(tuple(place.box for place in found) for found in places)
    shown, painted = boxes[: len(sitting.cited)], boxes[len(sitting.cited) :]
    image = pdf.picture(sitting.path, sitting.number, [box for found in painted for box in found])
    return Illustration(shown, image.width, image.height), image.png
