"""Small values beneath the central types: parsed when built, printed back unchanged."""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

_HEX64 = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20


class Digest(str):
    """A SHA-256 in 64 lower-case hexadecimal digits. Raises ValueError for anything else."""

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        """Check and wrap."""
        if not _HEX64.fullmatch(value):
            raise ValueError(f"not a SHA-256 in hexadecimal: {value!r}")
        return super().__new__(cls, value)

    @classmethod
    def of(cls, data: bytes) -> Self:
        """The digest of ``data``."""
        return cls(hashlib.sha256(data).hexdigest())

    @classmethod
    def of_chunks(cls, chunks: Iterable[bytes]) -> Self:
        """The digest of the chunks joined."""
        state = hashlib.sha256()
        for chunk in chunks:
            state.update(chunk)
        return cls(state.hexdigest())

    @classmethod
    def of_file(cls, path: Path) -> Self:
        """The digest of a file, read in pieces."""
        with path.open("rb") as stream:
            return cls.of_chunks(iter(lambda: stream.read(_CHUNK), b""))


# One step of a locator: how a part is found inside the thing before it.
STEP_KINDS = ("member", "message", "attachment", "image", "page", "sheet", "cell", "paragraph", "part", "time")
_SEPARATOR = " | "
_MOMENTS = re.compile(r"\d{2,}:[0-5]\d:[0-5]\d(?:–\d{2,}:[0-5]\d:[0-5]\d)?", re.ASCII)


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _escape(text: str) -> str:
    """Make any name, undecodable bytes included, printable on one line of valid Unicode, reversibly."""
    out = []
    for character in text:
        if character == "\\":
            out.append("\\\\")
        elif character == "|":
            out.append("\\p")
        elif _UNPRINTABLE.match(character):
            out.append(f"\\u{ord(character):04x}")
        else:
            out.append(character)
    return "".join(out)


_ESCAPED = re.compile(r"\\(\\|p|u[0-9a-f]{4})")


def _unescape(text: str) -> str:
    def back(match: re.Match[str]) -> str:
        code = match[1]
        return "\\" if code == "\\" else "|" if code == "p" else chr(int(code[1:], 16))

    return _ESCAPED.sub(back, text)


def _step(kind: str, value: str) -> str:
    return value if kind == "time" and _MOMENTS.fullmatch(value) else f"{kind} {_escape(value)}"


@dataclass(frozen=True, slots=True, order=True)
class Locator:
    """Where a thing lies: a received name, then steps inwards. ``Locator.parse(str(x)) == x``.

    ``Locator("mail.eml").into("attachment", "2").into("page", "3")`` prints as
    ``mail.eml | attachment 2 | page 3``. Times stand without the name of their kind: ``tape.mp3 | 00:12:04–00:12:11``.
    """

    name: str
    steps: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a locator needs a name")
        for kind, _ in self.steps:
            if kind not in STEP_KINDS:
                raise ValueError(f"not a kind of step: {kind!r} (one of {', '.join(STEP_KINDS)})")

    def into(self, kind: str, value: str | int) -> Locator:
        """The locator of a part of this thing."""
        return Locator(self.name, (*self.steps, (kind, str(value))))

    def __str__(self) -> str:
        return _SEPARATOR.join([_escape(self.name), *(_step(kind, value) for kind, value in self.steps)])

    @classmethod
    def parse(cls, text: str) -> Locator:
        """The inverse of ``str``. Raises ValueError for text that no locator prints."""
        first, *rest = text.split(_SEPARATOR)
        steps = []
        for part in rest:
            kind, space, value = ("time", " ", part) if _MOMENTS.fullmatch(part) else part.partition(" ")
            if not space:
                raise ValueError(f"not a step of a locator: {part!r}")
            steps.append((kind, _unescape(value)))
        return cls(_unescape(first), tuple(steps))


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle as fractions (0 to 1) of the displayed page's width and height, from its top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    def __post_init__(self) -> None:
        for side in ("x0", "y0", "x1", "y1"):
            object.__setattr__(self, side, float(getattr(self, side)))
        if not (0.0 <= self.x0 <= self.x1 <= 1.0 and 0.0 <= self.y0 <= self.y1 <= 1.0):
            raise ValueError(f"not a box inside a page: {self}")


@dataclass(frozen=True, slots=True, order=True)
class DateSpan:
    """A date known to the day, month or year: the closed interval of days it may be. ``text`` is what was read."""

    from_: date
    to: date
    text: str = ""

    def __post_init__(self) -> None:
        if self.from_ > self.to:
            raise ValueError(f"an interval that ends before it begins: {self.from_} to {self.to}")

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None, *, text: str = "") -> DateSpan:
        """The interval of a year, a month or a day. Raises ValueError for a day that does not exist."""
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31), text)
        if day is None:
            return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]), text)
        return cls(date(year, month, day), date(year, month, day), text)


@dataclass(frozen=True, slots=True, order=True)
class Agent:
    """Who said so: a reader, rule pack or person, with its version."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
