"""A part that a text names."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

OTHER = "other"
"""The kind of a part of which nothing says what it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part named in ``[start, end)`` of a text, with what is said of it there.

    ``unlisted`` says that the maker is what stands there, and none that is known; ``common`` that no model and only an
    everyday word names maker or thing, so that only a number makes it a part.
    """

    start: int
    end: int
    name: str
    maker: str | None
    kind: str
    quantity: Decimal | None = None
    operator: str | None = None
    alternative: bool = False
    unlisted: bool = False
    common: bool = False
