"""A file of text in any encoding, whole or as much of it as the memory allowed holds; binary files refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from countersight.errors import ReadError
from countersight.ports import Limits
from countersight.read.charset import decode

_MEMORY_PER_BYTE = 12  # of the file: its bytes, its text at four bytes a character, and the pages made of it
_BINARY = 0.01  # share of characters that are zero from which a file is not text
_DOUBTFUL = 0.01  # share of undecodable places from which the reading is only partial


@dataclass(frozen=True, slots=True)
class Loaded:
    """The text, every line end a newline; what to tell of its decoding; why not all of it is there (or nothing)."""

    text: str
    encoding: str
    notes: tuple[str, ...]
    reason: str


def load(path: Path, limits: Limits) -> Loaded:
    """Decode a file. Raises ReadError for an empty file and for one that is not text."""
    size = path.stat().st_size
    if size == 0:
        raise ReadError("empty: 0 bytes", status="skipped")
    room = limits.memory // _MEMORY_PER_BYTE
    with path.open("rb") as stream:
        data = stream.read(room)
    decoded = decode(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    zeros = text.count("\0")
    if zeros > _BINARY * len(text):
        raise ReadError("not text: holds binary data", status="skipped", way_out="convert it to text or PDF")
    reasons = [f"too large: only the first {room:,} of {size:,} bytes were read"] if size > room else []
    if size > room:
        text = text[: text.rfind("\n") + 1] or text
    if decoded.lost > _DOUBTFUL * len(text):
        reasons.append(f"{decoded.lost:,} places could not be decoded as {decoded.encoding}")
    zero_note = f"{zeros} zero characters left out" if zeros else ""
    notes = tuple(note for note in (decoded.note, zero_note) if note)
    return Loaded(text.replace("\0", ""), decoded.encoding, notes, "; ".join(reasons))
