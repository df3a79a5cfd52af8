"""Personal data in text that was read weakly: hidden also where a likely other reading would make it personal data."""

from __future__ import annotations

from collections.abc import Sequence

from countersight.model import Weak
from countersight.privacy.masks import BLOCK, Mark, mask
from countersight.text.variants import variants


def mask_read(text: str, weak: Sequence[Weak]) -> tuple[str, tuple[Mark, ...], tuple[Weak, ...]]:
    """The text with personal data hidden, the marks in order, and the weak characters that are left.

    A telephone number of which one digit was read as a letter is hidden too, and a hidden character has no
    alternatives: they would tell what it was.
    """
    text, marks = mask(text)
    left = _seen(text, weak)
    found = [
        mark
        for variant in variants(text, left)[0]
        for mark in mask(variant.within(text))[1]
        if variant.touches(mark.start, mark.end)
    ]
    for mark in found:
        text = text[: mark.start] + BLOCK * (mark.end - mark.start) + text[mark.end :]
    return text, tuple(sorted((*marks, *_longest(found)))), _seen(text, left)


def _longest(marks: Sequence[Mark]) -> list[Mark]:
    """Of marks that overlap the longest."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start - mark.end, mark)):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return kept


def _seen(text: str, weak: Sequence[Weak]) -> tuple[Weak, ...]:
    return tuple(one for one in weak if text[one.at] != BLOCK)
