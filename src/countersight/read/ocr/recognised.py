"""What a picture says: the text in reading order, places and scores of its characters, what must be known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from countersight.model import Page, Place, Weak
from countersight.read.ocr.confusable import WEAK


@dataclass(frozen=True, slots=True)
class Recognised:
    """The reading of one picture.

    ``scores`` holds one number (0 to 1) per character of ``text``, 1.0 for white space put in between pieces;
    ``places`` one place per character that was read (none for white space), as fractions of the picture as displayed;
    ``confidence`` is the mean score of the characters read, None where there are none. ``turned`` is by how many
    degrees clockwise the picture had to be turned to stand upright. ``alternatives`` says by offset what a weakly read
    character may be instead, the likeliest first: never chosen here.
    """

    text: str = ""
    places: tuple[Place, ...] = ()
    scores: tuple[float, ...] = ()
    confidence: float | None = None
    turned: int = 0
    notes: tuple[str, ...] = ()
    alternatives: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def weak(self) -> tuple[Weak, ...]:
        """The characters, in order, that have a score below ``WEAK`` or may be others."""
        scored = sorted((place.start, self.scores[place.start]) for place in self.places)
        return tuple(
            Weak(at, score, "".join(self.alternatives.get(at, ())))
            for at, score in scored
            if score < WEAK or at in self.alternatives
        )


def page_of(recognised: Recognised, number: int, label: str | None = None) -> Page:
    """The page ``number`` (from 1) of a source as OCR read it; blank where nothing was read."""
    return Page(
        number,
        recognised.text,
        label,
        places=tuple(replace(place, score=recognised.scores[place.start]) for place in recognised.places),
        origin="ocr",
        confidence=recognised.confidence,
        blank=not recognised.text,
        weak=recognised.weak(),
    )
