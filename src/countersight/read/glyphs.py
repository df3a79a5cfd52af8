"""The characters of a page as rows and columns are looked for among them, whatever read them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page that have a place, in the order of the text.

    ``at`` are their offsets, ``line`` the number of the text line of each, ``box`` (n, 4) their x0, y0, x1, y1 in
    upright pixels or points, ``size`` the usual height of one.
    """

    at: tuple[int, ...]
    line: tuple[int, ...]
    box: Floats
    size: float

    def centres(self) -> Floats:
        """Their middles, (n, 2)."""
        middles: Floats = (self.box[:, :2] + self.box[:, 2:]) / np.float32(2)
        return middles
