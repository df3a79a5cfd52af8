"""Shingles: the short runs of words by which two texts are known to share wording, however they are laid out.

A token is a Han (or kana) character, or a run of other letters and digits; punctuation, spaces and masks (█) are no
tokens. A shingle is five tokens in a row. What is kept of a page are some of its shingles' hashes, chosen by winnowing
(Schleimer, Wilkerson, Aiken 2003): the least of every window, so that two texts that share a long enough run keep a
hash in common wherever the run stands. All texts are taken in folded form (:func:`countersight.text.normal.flatten`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from countersight.text.normal import HAN

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LENGTH = 5
"""Tokens in a shingle: five words (Latin and the like) or five characters (Han)."""

WINDOW = 32
"""Shingles in a window, of which the least is kept: about 48 of a page of 800 characters."""

_HALVES = [1 << n for n in range(WINDOW.bit_length() - 1)]  # a window is a power of two
_ALONE = f"{HAN}\u3041-\u30ff"
TOKEN = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+")
"""One token of a folded text."""

_HASH_BYTES = 4
_BEYOND = 0x40000  # code points from here on are no letters
_BASE = 0x9E3779B97F4A7C15  # odd, so that it can be divided by, modulo 2**64
_BASE_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = 0xC2B2AE3D27D4EB4F
_FIRST = 1 << 21  # added to the code point that begins a token: "ab c" is not "a bc"


def signature(folded: str) -> bytes:
    """The kept hashes of a folded text, ascending, four bytes each (little endian); none under five tokens.

    Depends on the text alone: the same on every machine. Signatures of parts may be joined to one of a document.
    """
    import numpy as np  # noqa: PLC0415 (slow to import, and a command with nothing new to read needs none of it)

    hashes = _hashes(folded)
    if len(hashes) > WINDOW:
        for step in _HALVES:  # the least of 2, of 4 … of 32 in a row
            hashes = np.minimum(hashes[:-step], hashes[step:])
        kept = _distinct(hashes)
        kept.sort()
        return bytes(_distinct(kept).astype("<u4", copy=False).data)
    return hashes.min(keepdims=True).astype("<u4").tobytes() if len(hashes) else b""


def _distinct(hashes: Any) -> Any:
    """The hashes without those that repeat the one before."""
    import numpy as np  # noqa: PLC0415 (as above)

    is_new = np.ones(len(hashes), bool)
    np.not_equal(hashes[1:], hashes[:-1], out=is_new[1:])
    return hashes[is_new]


def unpacked(signatures: bytes) -> NDArray[np.uint32]:
    """The hashes of one signature, or of several joined, each once and ascending."""
    import numpy as np  # noqa: PLC0415 (as above)

    return np.unique(np.frombuffer(signatures[: len(signatures) // _HASH_BYTES * _HASH_BYTES], "<u4"))


def _hashes(folded: str) -> Any:
    """The hash of every shingle, in order of the text: differences of a polynomial's prefix sums, modulo 2**64."""
    import numpy as np  # noqa: PLC0415 (as above)

    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), "<u4")
    kinds = _kinds().take(codes, mode="clip")
    before = np.zeros(len(kinds), np.uint8)
    np.bitwise_and(kinds[:-1], 1, out=before[1:])
    letters = kinds.nonzero()[0]
    begins = (kinds > before).take(letters).nonzero()[0]  # a token by itself, or the first part of a longer one
    if len(begins) < LENGTH:
        return np.zeros(0, np.uint32)
    values = codes.take(letters).astype(np.uint64)
    values[begins] += np.uint64(_FIRST)
    powers, inverses = _powers(1 << (len(values) - 1).bit_length())
    np.multiply(values, powers[: len(values)], out=values)
    sums = np.zeros(len(values) + 1, np.uint64)
    values.cumsum(out=sums[1:])
    ends = np.append(begins[LENGTH:], len(values))
    first = begins[: len(ends)]
    mixed = (sums.take(ends) - sums.take(first)) * inverses.take(first)
    mixed ^= mixed >> np.uint64(33)
    mixed *= np.uint64(_MIX)
    return (mixed >> np.uint64(32)).astype(np.uint32)


@cache
def _kinds() -> Any:
    """Of every code point: 2 for a token by itself, 1 for a part of a longer one, 0 for none."""
    import numpy as np  # noqa: PLC0415 (as above)

    every = "".join(map(chr, range(_BEYOND)))
    kinds = np.zeros(_BEYOND + 1, np.uint8)
    for match in re.finditer(rf"[^\W_{_ALONE}]+", every):
        kinds[match.start() : match.end()] = 1
    for match in re.finditer(f"[{_ALONE}]+", every):
        kinds[match.start() : match.end()] = 2
    return kinds


@cache
def _powers(length: int) -> tuple[Any, Any]:
    """The powers of the base and of its inverse, from the zeroth."""
    import numpy as np  # noqa: PLC0415 (as above)

    def powers(base: int) -> Any:
        return np.cumprod(np.append(np.uint64(1), np.full(length - 1, base, np.uint64)), dtype=np.uint64)

    return powers(_BASE), powers(_BASE_INVERSE)
