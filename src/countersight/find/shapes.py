"""Where in its word a letter stands, written into the letter, as Arabic does: then a search finds whole words only.

Folded text has no capitals, so capitals are free to say so: each ASCII letter and digit has a shape to begin a word,
one to end it, one to be it, and its own to stand inside. A search for ``no`` then passes over ``north`` and ``piano``.
A hyphen has the shape of a space: words are joined by either. All offsets stay. A word here is a run of letters and
digits of any script before the Han characters.
"""

from __future__ import annotations

import string
from collections.abc import Collection
from functools import cache

import numpy as np
import numpy.typing as npt

from countersight.text.normal import flatten

BEYOND_WORDS = 0x2E80
"""Han characters and what else comes from here on are no part of a word: they border it."""

_END = "\0"  # of a text: no YAML holds it
_CAPITALS = 0x250  # up to where there are more than enough
_SIZE = 0x10000
SHAPED = frozenset(string.ascii_lowercase + string.digits)
"""What has shapes: a form that begins and ends with these is found as a whole word alone, where that is asked for."""

_INNER, _FIRST, _LAST, _ALONE = 3, 2, 1, 0  # touched on the left (1), on the right (2)


def shaped(folded: str) -> str:
    """The folded text with each letter and digit in the shape of its place; as long as it was."""
    codes = np.frombuffer(folded.encode("utf-16-le"), "<u2")
    in_word = _words().take(codes)
    key = codes.astype(np.uint32)
    key[1:] += in_word[:-1]
    key[:-1] += in_word[1:] << 1
    return str(_shapes().take(key).tobytes(), "utf-16-le")


def shapes(texts: Collection[str], *, whole: bool) -> dict[str, tuple[str, ...]]:
    """The shapes in which each folded text may stand: one as a ``whole`` word, else also as part of a longer one."""
    if not texts:
        return {}
    alone = shaped(_END.join(texts)).split(_END)
    if whole:
        return dict(zip(texts, zip(alone), strict=True))
    touched = [shaped(_END.join(map(form.format, texts))).split(_END) for form in ("a{}", "{}a", "a{}a")]
    cut = ([text[1:] for text in touched[0]], [text[:-1] for text in touched[1]], [text[1:-1] for text in touched[2]])
    return {text: tuple(dict.fromkeys(found)) for text, *found in zip(texts, alone, *cut, strict=True)}


@cache
def _words() -> npt.NDArray[np.uint32]:
    """Of each code unit whether it is part of a word; as what is added to a key of ``_shapes``."""
    return np.array([(code < BEYOND_WORDS and chr(code).isalnum()) * _SIZE for code in range(_SIZE)], np.uint32)


@cache
def _shapes() -> npt.NDArray[np.uint16]:
    """For each way to be touched and each code unit its shape. Inner letters, the most, stay as they are."""
    plain = np.arange(_SIZE, dtype="<u2")
    plain[ord("-")] = ord(" ")
    table = np.tile(plain, 4)
    free = iter(code for code in range(_CAPITALS) if flatten(chr(code)) not in ("", " ", chr(code)))
    for touched in (_FIRST, _LAST, _ALONE):
        for character in sorted(SHAPED):
            table[touched * _SIZE + ord(character)] = next(free)
    return table
