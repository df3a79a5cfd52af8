"""SpanMap: every change of text returns the map back to the offsets it came from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """``old[start:end]`` was replaced by ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SpanMap:
    """Maps half-open ranges of a changed text back to the text it was made from.

    The changed text is cut into segments, each beginning at ``new[i]`` and coming from ``old[i]:old_end[i]``. Within a
    ``kept[i]`` segment characters correspond one to one; a replaced segment maps as a whole. Laws: the identity map
    maps every range to itself; ``first.then(second)`` maps as ``second`` then ``first`` would, save where the second
    put something in between two characters; a non-empty range maps to a range that contains every old character any of
    its characters came from.
    """

    new: tuple[int, ...]
    old: tuple[int, ...]
    old_end: tuple[int, ...]
    kept: tuple[bool, ...]
    new_length: int
    old_length: int

    @classmethod
    def identity(cls, length: int) -> SpanMap:
        """The map of a text that was not changed, or changed only by same-length replacement."""
        return cls((0,), (0,), (length,), (True,), length, length)

    @property
    def is_identity(self) -> bool:
        """True where every offset maps to itself."""
        return self.kept == (True,) and self.new_length == self.old_length

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The old range of the new range ``[start, end)``. Raises ValueError outside the new text."""
        if not 0 <= start <= end <= self.new_length:
            raise ValueError(f"no range [{start}, {end}) in a text of {self.new_length} characters")
        if start == end:
            at = self._old_start(start) if start < self.new_length else self.old_length
            return at, at
        return self._old_start(start), self._old_end(end - 1)

    def forward(self, offset: int) -> int:
        """The first offset of the new text that comes from ``offset`` of the old one or from after it."""
        i = bisect_left(self.old, offset)
        end = self.new[i] if i < len(self.new) else self.new_length
        if i and self.kept[i - 1]:
            return min(end, self.new[i - 1] + offset - self.old[i - 1])
        return end

    def _old_start(self, offset: int) -> int:
        i = bisect_right(self.new, offset) - 1
        return self.old[i] + (offset - self.new[i] if self.kept[i] else 0)

    def _old_end(self, last: int) -> int:
        """The old offset just after the character ``last`` of the new text."""
        i = bisect_right(self.new, last) - 1
        if self.kept[i]:
            return self.old[i] + last - self.new[i] + 1
        return self.old_end[i]

    def then(self, later: SpanMap) -> SpanMap:
        """The map of two changes, this one first: from the newest text back to the oldest."""
        if later.old_length != self.new_length:
            raise ValueError("the second change was not made to the result of the first")
        if self.is_identity:
            return later
        if later.is_identity:
            return self
        cuts = sorted({*later.new, *self._cuts_in(later)})
        stops = [*cuts[1:], later.new_length]
        segments = [self._segment(later, cut, stop) for cut, stop in zip(cuts, stops, strict=True)]
        old, old_end, kept = zip(*segments, strict=True)
        return SpanMap(tuple(cuts), old, old_end, kept, later.new_length, self.old_length)

    def _segment(self, later: SpanMap, cut: int, stop: int) -> tuple[int, int, bool]:
        """Where ``[cut, stop)`` of the newest text, which lies in one segment of each map, comes from in the oldest."""
        i = bisect_right(later.new, cut) - 1
        low, high = later.back(cut, stop) if cut < stop else (later.old[i], later.old_end[i])
        kept = later.kept[i] and low < high and self.kept[bisect_right(self.new, low) - 1]
        return *self.back(low, high), kept

    def _cuts_in(self, later: SpanMap) -> Iterable[int]:
        """Starts of this map's segments, as offsets of the later text, where a kept segment of it holds them."""
        for i, start in enumerate(later.new):
            if not later.kept[i]:
                continue
            stop = later.new[i + 1] if i + 1 < len(later.new) else later.new_length
            low, high = later.old[i], later.old[i] + stop - start
            for at in self.new[bisect_right(self.new, low) : bisect_right(self.new, high - 1)]:
                yield start + at - low


def apply(text: str, edits: Iterable[Edit]) -> tuple[str, SpanMap]:
    """Apply edits given in order, without overlap; return the new text and the map back.

    Raises ValueError where edits overlap, go backwards or lie outside the text.
    """
    pieces: list[str] = []
    new: list[int] = []
    old: list[int] = []
    old_end: list[int] = []
    kept: list[bool] = []
    at, length = 0, 0

    def add(piece: str, origin: int, end: int, same: bool) -> None:
        nonlocal length
        new.append(length)
        old.append(origin)
        old_end.append(end)
        kept.append(same)
        pieces.append(piece)
        length += len(piece)

    for edit in edits:
        if not at <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit [{edit.start}, {edit.end}) overlaps another or lies outside the text")
        if edit.start > at:
            add(text[at : edit.start], at, edit.start, same=True)
        if edit.text:
            add(edit.text, edit.start, edit.end, same=False)
        at = edit.end
    if not new and at == 0:
        return text, SpanMap.identity(len(text))
    if at < len(text) or not new:
        add(text[at:], at, len(text), same=True)
    return "".join(pieces), SpanMap(tuple(new), tuple(old), tuple(old_end), tuple(kept), length, len(text))
