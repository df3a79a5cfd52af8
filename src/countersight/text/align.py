"""Where a text and its corrected form differ: edits that a person recognises, and offsets carried over them.

Lines are compared first, then the characters of lines that differ; a change inside a word of letters or digits is a
change of the whole word. What is too long to compare so differs as a whole between what it shares at either end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from countersight.text.normal import HAN
from countersight.text.spanmap import Edit

_PAIRS = 4_000_000  # of lines, or of characters, up to which two sides are compared
_IN_WORD = re.compile(rf"[^\W_{HAN}]")
_Change = tuple[int, int, int, int]  # old[i0:i1] became new[j0:j1]


def align(old: str, new: str) -> tuple[Edit, ...]:
    """The edits, in order, by which :func:`spanmap.apply` makes the new text of the old."""
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    changes = [(i0 + head, i1 + head, j0 + head, j1 + head) for i0, i1, j0, j1 in _by_line(a, b)]
    return tuple(Edit(i0, i1, new[j0:j1]) for i0, i1, j0, j1 in _whole_words(old, new, changes))


def _shared(a: str, b: str) -> int:
    """How many characters both begin with."""
    return next((n for n, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))


def _by_line(a: str, b: str) -> Iterator[_Change]:
    lines = a.splitlines(keepends=True), b.splitlines(keepends=True)
    at = [_starts(side) for side in lines]
    for i0, i1, j0, j1 in _differing(*lines):
        i, j = at[0][i0], at[1][j0]
        for k0, k1, m0, m1 in _differing(a[i : at[0][i1]], b[j : at[1][j1]]):
            yield k0 + i, k1 + i, m0 + j, m1 + j


def _starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


def _differing(a: Sequence[str], b: Sequence[str]) -> list[_Change]:
    if len(a) * len(b) > _PAIRS:
        return [(0, len(a), 0, len(b))]
    found = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [(i0, i1, j0, j1) for tag, i0, i1, j0, j1 in found if tag != "equal"]


def _whole_words(old: str, new: str, changes: Sequence[_Change]) -> list[_Change]:
    """The changes, each extended over the word it stands in, those that then touch joined."""
    joined: list[_Change] = []
    for n, change in enumerate(changes):
        i0, i1, j0, j1 = change
        floor = joined[-1][1] if joined else 0
        ceiling = changes[n + 1][0] if n + 1 < len(changes) else len(old)
        sides = old[i0:i1], new[j0:j1]
        before = _word(reversed(old[floor:i0])) if any(side and _IN_WORD.match(side[0]) for side in sides) else 0
        after = _word(old[i1:ceiling]) if any(side and _IN_WORD.match(side[-1]) for side in sides) else 0
        i0, i1, j0, j1 = i0 - before, i1 + after, j0 - before, j1 + after
        if joined and i0 == floor:
            i0, _, j0, _ = joined.pop()
        joined.append((i0, i1, j0, j1))
    return joined


def _word(characters: Sequence[str] | Iterator[str]) -> int:
    """How many of the characters, from the first, are letters or digits."""
    count = 0
    for character in characters:
        if not _IN_WORD.match(character):
            break
        count += 1
    return count


def carried(edits: Sequence[Edit], offset: int, *, after: bool) -> int:
    """Where an offset of the old text lies in the new one; inside a replaced stretch, in proportion.

    ``after`` says on which side of what was put in at the offset: after it where a stretch ends there.
    """
    shift = 0
    for edit in edits:
        inserted = edit.start == edit.end == offset and after
        if offset <= edit.start and not inserted:
            break
        length = edit.end - edit.start
        if offset < edit.end:
            return edit.start + shift + (offset - edit.start) * len(edit.text) // length
        shift += len(edit.text) - length
    return offset + shift
