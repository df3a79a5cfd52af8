"""Pictures: scans, photographs and faxes. Each frame is a page that needs OCR; one that cannot be decoded is told.

Frames are decoded once here, at reduced size where the format allows, so that a damaged one is known before OCR.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from PIL import Image

from countersight.errors import ReadError
from countersight.model import Agent, Page, PageFault, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read.sniff import is_text, signature, suffix

NEEDS_OCR = "needs OCR"
FRAMES_PER_ITEM = 16  # of large pages: some seconds
_AGENT = Agent("image", f"1+pillow {version('pillow')}")
FORMATS = {
    "image/png": ("PNG",),
    "image/jpeg": ("JPEG", "MPO"),
    "image/tiff": ("TIFF",),
    "image/gif": ("GIF",),
    "image/webp": ("WEBP",),
    "image/bmp": ("BMP",),
}
_NAMES = {
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    **dict.fromkeys((".jpg", ".jpeg", ".jpe", ".jfif"), "image/jpeg"),
    **dict.fromkeys((".tif", ".tiff"), "image/tiff"),
    **dict.fromkeys((".bmp", ".dib"), "image/bmp"),
}
_MOST_PIXELS = 178_956_970  # of a frame: where pillow refuses, A0 at 340 dots per inch
_BYTES_PER_PIXEL = 4
_PREVIEW = (64, 64)  # a JPEG need not be decoded larger to see that it can be
# What pillow raises for broken data; MemoryError where a length is stated that the file does not have.
_BAD_DATA = (OSError, ValueError, SyntaxError, EOFError, struct.error, TypeError, IndexError, KeyError, OverflowError)
_DAMAGE = (*_BAD_DATA, MemoryError)


@dataclass(frozen=True, slots=True)
class ImageReader:
    """Reads a picture as pages without text, all of them to be read by OCR."""

    agent: Agent = _AGENT
    pages_per_item: int = FRAMES_PER_ITEM

    def claims(self, head: bytes, name: str) -> str | None:
        """By how it begins; by its name where its beginning is neither known nor text."""
        found = signature(head)
        if found is None and head and not is_text(head):
            return _NAMES.get(suffix(name))
        return found if found in FORMATS else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Check each frame. Raises ReadError: empty, damaged, or of more pixels than can be decoded."""
        del sink  # nothing unpacks
        if path.stat().st_size == 0:
            raise ReadError("empty: 0 bytes", status="skipped")
        most = min(_MOST_PIXELS, limits.memory // _BYTES_PER_PIXEL)
        with _opened(path, media_type, most) as image:
            total = _frames(image)
            wanted = range(min(total, FRAMES_PER_ITEM)) if pages is None else range(pages.start, min(pages.stop, total))
            faults = tuple(PageFault(n + 1, _fault(image, n, most)) for n in wanted)
        if total == 1 and any(fault.reason != NEEDS_OCR for fault in faults):
            raise ReadError(faults[0].reason, way_out="get a whole copy of it")
        found = tuple(Page(fault.page, "") for fault in faults if fault.reason == NEEDS_OCR)
        return Reading(media_type, self.agent, Status.PARTIAL, found, total, faults=faults, reason=NEEDS_OCR)


@contextmanager
def frame(path: Path, media_type: str, number: int, limits: Limits) -> Iterator[tuple[Image.Image, int]]:
    """Frame ``number`` (from 1), decoded, and how many there are. Raises ReadError where it cannot be."""
    most = min(_MOST_PIXELS, limits.memory // _BYTES_PER_PIXEL)
    with _opened(path, media_type, most) as image:
        total = _frames(image)
        try:
            image.seek(number - 1)
            image.load()
        except (Image.DecompressionBombError, *_DAMAGE) as error:
            raise ReadError(f"damaged: frame {number} cannot be decoded") from error
        yield image, total


@contextmanager
def _opened(path: Path, media_type: str, most: int) -> Iterator[Image.Image]:
    """An open picture, nothing of it decoded yet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pictures that pillow finds large and of oddities in their tags
        try:
            image = Image.open(path, formats=FORMATS.get(media_type))
        except Image.DecompressionBombError as error:
            raise _too_large(f"more than {most:,}") from error
        except _DAMAGE as error:
            raise ReadError("damaged: cannot be opened as a picture", way_out="get a whole copy of it") from error
        with image:
            if image.width * image.height > most:
                raise _too_large(f"{image.width:,} by {image.height:,}")
            yield image


def _frames(image: Image.Image) -> int:
    """How many there are; of a damaged file that cannot tell, the first."""
    try:
        return int(getattr(image, "n_frames", 1))
    except _DAMAGE:
        return 1


def _too_large(pixels: str) -> ReadError:
    return ReadError(
        f"refused: {pixels} pixels are more than can be decoded",
        status="skipped",
        way_out="save it at a lower resolution",
    )


def _fault(image: Image.Image, index: int, most: int) -> str:
    """Why a frame is not read: it needs OCR, or it cannot be decoded."""
    try:
        image.seek(index)
        if image.width * image.height > most:
            return f"refused: {image.width:,} by {image.height:,} pixels are more than can be decoded"
        image.draft("L", _PREVIEW)
        image.load()
    except Image.DecompressionBombError:
        return "refused: more pixels than can be decoded"
    except _DAMAGE as error:
        return f"damaged: cannot be decoded ({str(error).strip().rstrip('.') or type(error).__name__})"
    return NEEDS_OCR
