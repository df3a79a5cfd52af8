"""Pictures inside a document: members of their own, which OCR reads, cited as ``report.docx | image 3.png``.

They are numbered in the order in which they are shown, each once. One that is an icon, rule or spacer by its size (no
larger than 64 pixels either way, or thinner than 12) keeps its number and is counted only. Limits: those of archives.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import BinaryIO, cast

from countersight.read.layout import counted, may_hold_text
from countersight.read.members import Opened, Unpacking
from countersight.read.ooxml import Package
from countersight.read.sniff import signature, suffix

_ENDINGS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "image/tiff": ".tiff",
    "image/webp": ".webp",
}


@dataclass(slots=True)
class Pictures:
    """The pictures of one document on their way to the blob store."""

    unpacking: Unpacking
    shown: int = 0
    taken: int = 0
    small: int = 0
    beyond: int = 0

    def add(self, start: bytes, size: int, opened: Opened, ending: str = "") -> None:
        """Take the next picture, of which these are the first bytes; ``ending`` where they do not tell its kind."""
        self.shown += 1
        if not may_hold_text(start):
            self.small += 1
        elif self.unpacking.full:
            self.beyond += 1
        else:
            self.taken += 1
            name = f"{self.shown}{_ENDINGS.get(signature(start) or '', ending)}"
            self.unpacking.take(("image", name), size, opened)

    def pass_by(self) -> None:
        """Count a picture that is known to hold no words."""
        self.shown += 1
        self.small += 1

    def add_bytes(self, data: bytes, ending: str = "") -> None:
        """Take the next picture."""
        self.add(data, len(data), partial(BytesIO, data), ending)

    def add_parts(self, package: Package, parts: Iterable[str]) -> None:
        """Take pictures that are parts of a package; a part that is not there is no picture."""
        for part in parts:
            if part in package.archive.NameToInfo:
                size = package.archive.getinfo(part).file_size
                self.add(package.start(part), size, partial(_opened, package, part), suffix(part))

    def notes(self) -> list[str]:
        """What to tell of them."""
        read = [f"{counted(self.taken, 'embedded image')} read on their own"] if self.taken else []
        small = [f"{counted(self.small, 'embedded image')} too small to hold words"] if self.small else []
        return read + small

    def unread(self) -> str:
        """What of them was not taken, and why; nothing where all were."""
        most = self.unpacking.limits.members
        return f"{counted(self.beyond, 'embedded image')} beyond the {most:,} members allowed" if self.beyond else ""


def _opened(package: Package, part: str) -> BinaryIO:
    return cast(BinaryIO, package.archive.open(part))
