"""What readers of flowing text share: a page's text while it is being written, and what is told of its pictures."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Sequence
from io import BytesIO

from PIL import Image

from countersight.model import Block, BlockKind, Page

PICTURE_START = 1 << 16  # bytes of a picture that tell its size
_RASTER = ("PNG", "JPEG", "GIF", "BMP")
_ICON = 64  # pixels: an icon is no larger either way
_RULE = 11  # pixels: a rule, spacer or sliver is no thicker; a Chinese character needs 12
_BESIDE = 40  # what lies beside each other differs by less than one part in this many of the page's height
_RANK = {kind: rank for rank, kind in enumerate(BlockKind)}  # of two blocks of one extent, a row stands before its cell


class PageText:
    """Grows a text and its blocks together, so that a block's offsets are right by construction.

    ``length`` is the number of code points written so far: the offset of whatever is written next.
    """

    __slots__ = ("_parts", "blocks", "length")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.blocks: list[Block] = []
        self.length = 0

    def write(self, text: str) -> None:
        """Append text."""
        self._parts.append(text)
        self.length += len(text)

    def mark(self, start: int, kind: BlockKind, ref: str = "") -> None:
        """Call what was written since ``start`` a block; nothing written is no block."""
        if start < self.length:
            self.blocks.append(Block(start, self.length, kind, ref))

    def cell(self, start: int, ref: str, across: int = 1, down: int = 1, *, head: bool = False) -> None:
        """Call what was written since ``start`` a cell of so many columns and rows; nothing written is none."""
        if start < self.length:
            self.blocks.append(Block(start, self.length, BlockKind.CELL, ref, max(across, 1), max(down, 1), head))

    def page(self, number: int = 1, label: str | None = None, *, paged: bool = False) -> Page:
        """The finished page: outer blocks before inner ones, ``blank`` where there is nothing but white space."""
        text = "".join(self._parts)
        blocks = tuple(sorted(self.blocks, key=lambda block: (block.start, -block.end, _RANK[block.kind])))
        return Page(number, text, label, paged, blocks, blank=not text.strip())


def counted(number: int, thing: str) -> str:
    """``1 image``, ``3 images``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def reading_order(places: Sequence[tuple[float, float]], height: float) -> list[int]:
    """The order in which eyes go over what lies at these places (down, right) of a page.

    From above to below, and from left to right where tops differ by less than a fortieth of the page's height. At one
    place, the order stays.
    """
    by_top = sorted(range(len(places)), key=lambda n: places[n][0])
    keys, top, row = {}, float("-inf"), 0
    for n in by_top:
        if places[n][0] - top > height / _BESIDE:
            top, row = places[n][0], row + 1
        keys[n] = row, places[n][1], n
    return sorted(keys, key=lambda n: keys[n])


def may_hold_text(start: bytes) -> bool:
    """Whether a picture with these first bytes (:data:`PICTURE_START` suffice) may hold words: no icon, rule or spacer.

    A picture of a kind whose size is not known here may.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes that would be too large to decode; nothing is decoded
            with Image.open(BytesIO(start), formats=_RASTER) as picture:
                width, height = picture.size
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, Image.DecompressionBombError):
        return True
    return max(width, height) > _ICON and min(width, height) > _RULE
