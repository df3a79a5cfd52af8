"""Pictures made ready to be read: one form of pixels, red seals taken off the print beneath, weak contrast stretched.

What is done is told in notes; places are not moved by anything here but :func:`pixels_of`, which only scales.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from countersight.read.glyphs import Floats
from countersight.read.ocr.engine import Pixels

MOST_PIXELS = 36_000_000  # of a picture read whole: A4 at 600 dots per inch, A0 at 150
_SMALLEST = 32  # pixels: a picture lower than this is framed in white, so that the finder has something around the text
_RED = 45  # levels by which red must exceed green and blue to be seal ink: ink of stamps is 60 to 150 above
_SEAL = (
    1 / 14,
    1 / 2,
)  # of the shorter side of a page: the width of a seal (of bodies 38 to 58 mm)
_ROUND = 1.8  # width over height of a seal, or height over width: round, oval or square; a red heading is wider
_HEADING = 1 / 7  # of the shorter side of a page: no character is larger (30 mm), and no seal of a body smaller
_COVERED = (0.06, 0.75)  # of a seal's square: less is a scribble, more a red picture
_THUMB = 640  # pixels of the longer side of the picture in which seals are looked for
_FAINT = 60.0  # levels between paper and ink (0 to 255): from about 30 downwards characters are lost unless evened
_SHADED = 0.7  # of the brightest paper: what is darker lies in a shadow
_PLAIN = 8  # levels: a picture of less range has nothing on it

Rect = tuple[int, int, int, int]  # x, y, width, height in pixels


def pixels_of(image: Image.Image) -> Pixels:
    """The picture as it is displayed (turned as its EXIF tag says, over white), RGB, of at most :data:`MOST_PIXELS`."""
    shown = ImageOps.exif_transpose(image)
    count = shown.width * shown.height
    if count > MOST_PIXELS:
        shown = shown.reduce(int(np.ceil(np.sqrt(count / MOST_PIXELS)))) if shown.mode not in {"1", "P"} else shown
        scale = min(1.0, np.sqrt(MOST_PIXELS / (shown.width * shown.height)))
        shown = shown.resize((max(1, int(shown.width * scale)), max(1, int(shown.height * scale))))
    if shown.mode in {"I", "F", "I;16", "I;16B", "I;16L"}:
        return _levels(np.asarray(shown, np.float64))
    if shown.has_transparency_data:
        over = shown.convert("RGBA")
        shown = Image.alpha_composite(Image.new("RGBA", over.size, "white"), over)
    return np.asarray(shown.convert("RGB"))


def _levels(values: NDArray[np.float64]) -> Pixels:
    """Samples of more than 8 bits, spread over 0 to 255 from their least to their greatest."""
    low, high = float(values.min()), float(values.max())
    grey = (values - low) * (255 / (high - low)) if high > low else np.full(values.shape, 255.0)
    return np.repeat(grey.astype(np.uint8)[:, :, None], 3, axis=2)


def is_plain(pixels: Pixels) -> bool:
    """Whether there is nothing to see: all pixels of nearly one colour."""
    return bool((pixels.max(axis=(0, 1)).astype(int) - pixels.min(axis=(0, 1)).astype(int)).max() < _PLAIN)


def seals(pixels: Pixels) -> tuple[Rect, ...]:
    """The red seals of a page: red shapes as wide as high, of a seal's size. A red letterhead is none and is read."""
    height, width = pixels.shape[:2]
    scale = max(1.0, max(height, width) / _THUMB)
    small = cv2.resize(pixels, (round(width / scale), round(height / scale)), interpolation=cv2.INTER_AREA)
    near = max(3, round(min(small.shape[:2]) / 60)) | 1
    red = _redness(small.astype(np.uint8)) > _RED // 2
    joined = cv2.morphologyEx(red.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((near, near), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    shapes = [(int(x), int(y), int(w), int(h)) for x, y, w, h in stats[1:count, :4]]
    found = [shape for shape in shapes if _is_seal(red, shape) and not _is_heading(shape, shapes, min(red.shape))]
    return tuple(sorted((_enlarged(shape, scale, near) for shape in found), key=lambda r: (r[1], r[0])))


def _redness(pixels: Pixels) -> NDArray[np.int16]:
    red, green, blue = (pixels[:, :, k].astype(np.int16) for k in range(3))
    return red - np.maximum(green, blue)


def _is_seal(red: NDArray[np.bool_], rect: Rect) -> bool:
    x, y, w, h = rect
    side = min(red.shape)
    covered = float(red[y : y + h, x : x + w].mean())
    return (
        _SEAL[0] * side <= max(w, h) <= _SEAL[1] * side
        and max(w, h) <= _ROUND * min(w, h)
        and _COVERED[0] <= covered <= _COVERED[1]
    )


def _is_heading(shape: Rect, shapes: list[Rect], side: int) -> bool:
    """Whether a shape is a character of a red heading: no wider than one may be, with another close beside it."""
    x, y, w, h = shape
    return max(w, h) < _HEADING * side and any(
        other != shape
        and min(y + h, other[1] + other[3]) - max(y, other[1]) > h / 2
        and 0 < max(x, other[0]) - min(x + w, other[0] + other[2]) + 1 <= w / 2
        for other in shapes
    )


def _enlarged(rect: Rect, scale: float, margin: int) -> Rect:
    x, y, w, h = rect
    x0, y0 = max(0, x - margin), max(0, y - margin)
    wide, high = x + w + margin - x0, y + h + margin - y0
    return round(x0 * scale), round(y0 * scale), round(wide * scale), round(high * scale)


def without_seals(pixels: Pixels, found: tuple[Rect, ...]) -> Pixels:
    """The page with the ink of these seals lightened to the paper's level; print under them stays dark."""
    clean = pixels.copy()
    for x, y, w, h in found:
        part = clean[y : y + h, x : x + w]
        part[:] = _lifted(part)
    return clean


def _lifted(part: Pixels) -> Pixels:
    """Grey in which seal ink is as light as paper: each pixel is scaled up as far as the ink around it is red.

    Scaling keeps print dark. Ink is looked for around a pixel because JPEG keeps colour coarser than light.
    """
    grey = _grey(part).astype(np.float32)
    red = _redness(part)
    inked = red > _RED
    if not inked.any() or inked.mean() > _COVERED[1]:
        return part
    paper, ink = float(np.percentile(grey[~inked], 75)), float(np.percentile(grey[inked], 50))
    near = cv2.dilate(red, np.ones((5, 5), np.uint8)).astype(np.float32)
    share = np.clip((near - _RED / 3) / (float(np.percentile(red[inked], 35)) - _RED / 3), 0, 1)
    lifted = grey * (1 + max(paper / ink - 1, 0) * share)
    lifted = np.where(share > 0, np.minimum(lifted, np.maximum(paper, grey)), grey)
    return np.repeat(lifted.astype(np.uint8)[:, :, None], 3, axis=2)


def _grey(pixels: Pixels) -> NDArray[np.uint8]:
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.uint8)


def is_faint(pixels: Pixels) -> bool:
    """Whether there are few levels between the paper and the strongest ink, be it darker or lighter than the paper."""
    low, paper, high = np.percentile(_grey(pixels), (0.5, 50, 99.5))
    return bool(max(paper - low, high - paper) < _FAINT)


def evened(pixels: Pixels) -> Pixels:
    """The page divided by its own background, so that paper is white everywhere, then stretched to the full range.

    It helps where hardly any contrast is left, and nowhere else: print of 12 levels lost 21 characters of 492 without
    and one with it; a shadow that takes 85 % of the light costs none either way.
    """
    grey = _grey(pixels)
    flat = cv2.divide(grey, _background(grey), scale=255.0)
    low = float(np.percentile(flat, 0.5))
    spread = np.clip((flat.astype(np.float32) - low) * (255 / max(255 - low, 1.0)), 0, 255).astype(np.uint8)
    return np.repeat(spread[:, :, None], 3, axis=2)


def _background(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = grey.shape
    small = cv2.resize(grey, (max(1, width // 8), max(1, height // 8)), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 21)
    return np.maximum(cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR), 1).astype(np.uint8)


def is_shaded(pixels: Pixels) -> bool:
    """Whether the paper is much darker in one part of the page than in another."""
    grey = _grey(pixels)
    dark, paper, bright = np.percentile(_background(grey).astype(np.float32), (10, 50, 95))
    return bool(dark < _SHADED * bright and np.median(grey) > paper / 2)  # else the picture is light on dark


def framed(pixels: Pixels) -> tuple[Pixels, int]:
    """The picture with a margin in the colour of its edge where it is too low or narrow to be searched; its width."""
    margin = _SMALLEST if min(pixels.shape[:2]) < 2 * _SMALLEST else 0
    if not margin:
        return pixels, 0
    return cv2.copyMakeBorder(pixels, margin, margin, margin, margin, cv2.BORDER_REPLICATE).astype(np.uint8), margin


def turned(pixels: Pixels, degrees: int) -> Pixels:
    """The picture turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, -degrees // 90))


def turned_back(points: Floats, degrees: int, width: float, height: float) -> Floats:
    """Points (n, 2) of the turned picture as points of the picture before, which was ``width`` by ``height``."""
    x, y = points[:, 0], points[:, 1]
    before = {0: (x, y), 90: (y, height - x), 180: (width - x, height - y), 270: (width - y, x)}
    return np.stack(before[degrees], axis=1).astype(np.float32)
