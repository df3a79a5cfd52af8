"""Makes the README's picture: the finding block of a dossier that shows a page best.

Usage: picture.py DOSSIER [OUT]   (a dossier's folder; OUT is docs/dossier.png unless given)
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

_WIDTH = 1280
_HEIGHT = 1060
_MOST_BYTES = 400_000
_OUT = Path(__file__).parent.parent / "docs" / "dossier.png"
_BLOCK = "article.finding:has(.crop)"


def shoot(dossier: Path) -> bytes:
    """A PNG of the top of the window with the first finding that has a cropped page image at its head."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT}, color_scheme="light")
        page.goto((dossier.resolve() / "index.html").as_uri())
        _show(page)
        picture = page.screenshot()
        browser.close()
    return picture


def small(picture: bytes) -> bytes:
    """The picture with as many colours, at most 256, as fit the limit of bytes. Raises ValueError where none fits."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64, 32):
        stream = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
        if stream.tell() < _MOST_BYTES:
            return stream.getvalue()
    raise ValueError(f"the picture does not fit {_MOST_BYTES} bytes even with 32 colours")


def _show(page: Page) -> None:
    block = page.locator(_BLOCK).first
    block.evaluate("block => { block.scrollIntoView(); scrollBy(0, -24) }")
    image = block.locator(".crop img").first
    image.evaluate("image => image.decode()")


if __name__ == "__main__":
    if len(sys.argv) not in {2, 3}:
        sys.exit(__doc__)
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else _OUT
    out.write_bytes(small(shoot(Path(sys.argv[1]))))
    print(f"{out}: {out.stat().st_size:,} bytes")
