"""Moments of a recording, in milliseconds from its start, and how they are written: ``00:12:04–00:12:11``."""

from __future__ import annotations

import re

_CLOCK = r"(\d{2,}):([0-5]\d):([0-5]\d)"
_STRETCH = re.compile(rf"{_CLOCK}(?:–{_CLOCK})?")


def clock(moment: int) -> str:
    """The second in which a moment lies."""
    seconds = moment // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def stretch(start: int | None, end: int | None) -> str:
    """From the second in which something begins to the one by which it has ended; empty where no start is known."""
    if start is None:
        return ""
    return clock(start) if end is None else f"{clock(start)}–{clock(end + 999)}"


def parsed(written: str) -> tuple[int, int | None] | None:
    """The inverse of :func:`stretch`, to the second; None for text that is no stretch."""
    found = _STRETCH.fullmatch(written)
    if found is None:
        return None
    first, last = ([int(n) for n in half] if half[0] else None for half in (found.groups()[:3], found.groups()[3:]))
    start = _moment(*first) if first else 0
    return start, _moment(*last) if last else None


def _moment(hours: int, minutes: int, seconds: int) -> int:
    return ((hours * 60 + minutes) * 60 + seconds) * 1000
