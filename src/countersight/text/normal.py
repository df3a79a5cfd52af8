"""The form in which words are searched: one text for all the ways the same words are written.

Full-width forms, compatibility ideographs and radicals fold to the plain character (Unicode NFKC, one to one only),
letters to lower case, traditional Chinese to simplified (OpenCC, character by character). White space that only lays a
word out is dropped: spaces and single line breaks between Han characters, hyphens at the end of an English line. A tab
(the border of a cell) and a blank line are never joined over. Marks of masked personal data (█) stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
from opencc import OpenCC

from countersight.text.spanmap import Edit, SpanMap, apply

HAN = "〇㐀-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The Han characters, as the inside of a regular expression's class."""
HAN_CHARACTER = re.compile(f"[{HAN}]")

_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
_LIGATURES = "\ufb00-\ufb06"
_UNSEEN = re.compile(f"[{_INVISIBLE}{_LIGATURES}]")
_LOOSE = re.compile(rf"[{_INVISIBLE}]+|[{_LIGATURES}]|(?<=[a-z])-\n[ ]*(?=[a-z])")
_SPACE = re.compile(rf"\s(?:\s+|(?<=[^ ])|(?<=[{HAN}] )(?=[{HAN}]))")
_HYPHEN = re.compile(r"-\n(?<=[a-z]-\n)[ ]*(?=[a-z])")  # the last of the loose ends, quicker where it is the only one
_ANY_HAN = re.compile("[〇㐀-\u9fff\U00020000-\U0003ffff]")
_BETWEEN_HAN = re.compile(f"[ \n](?<={_ANY_HAN.pattern}[ \n])(?={_ANY_HAN.pattern})")
_RARE_SPACES = "\r\v\f\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029"  # that fold to no space, tab or line feed
_LINE = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_PLANE = 0x10000
_SURROGATES = range(0xD800, 0xE000)  # halves of a character: no text can hold them
# Han characters, Korean syllables and private use: nothing to fold but traditional forms.
_PLAIN = (range(0x3400, 0xA000), range(0xAC00, 0xD7A4), range(0xE000, 0xF900))
_UNDECODABLE = "\ufffd"
_BLANK_LINE = 2  # line breaks in one run of white space


@cache
def _table() -> list[int]:
    """Code point to code point for the basic plane; idempotent."""
    simplified = OpenCC("t2s").convert("\n".join(chr(code) for code in range(0x3400, 0xA000))).split("\n")
    to_simple = {0x3400 + i: ord(c) for i, c in enumerate(simplified) if len(c) == 1 and ord(c) < _PLANE}
    table = list(range(_PLANE))
    for code in (code for code in table if not any(code in own for own in _PLAIN)):
        plain = _UNDECODABLE if code in _SURROGATES else unicodedata.normalize("NFKC", chr(code))
        keep = len(plain) != 1 or unicodedata.category(chr(code)) == "No"
        lower = (chr(code) if keep else plain).lower()
        folded = ord(lower) if len(lower) == 1 and ord(lower) < _PLANE else code
        table[code] = to_simple.get(folded, folded)
    for code, simple in to_simple.items():
        table[code] = simple
    return [table[code] for code in table]


def fold(text: str) -> tuple[str, SpanMap]:
    """The folded text and the map back to the offsets of ``text``. Folding twice is folding once."""
    first, loose = _edit(same_length(text), _LOOSE, _unlace) if _is_loose(text) else (same_length(text), None)
    last, spaces = _edit(first, _SPACE, _space)
    return last, spaces if loose is None else loose.then(spaces)


def carried(text: str, offsets: Sequence[int]) -> list[int] | None:
    """Where offsets of a text are in the folded one, behind the last visible character; None where the map must tell.

    Quicker than ``fold(text)[1]``: what is visible has the same order and number in both, unless lines were joined.
    """
    units = same_length(text).encode("utf-16-le", "surrogatepass")
    before, after = _visible(units), _visible(flatten(text).encode("utf-16-le", "surrogatepass"))
    if before.size != after.size or len(units) > 2 * len(text) or _is_loose(text):
        return None
    after = np.concatenate(((0,), after + 1))
    return [int(at) for at in after[np.searchsorted(before, offsets)]]


def _visible(units: bytes) -> npt.NDArray[np.intp]:
    """Where characters stand that are not white space."""
    return np.flatnonzero(np.frombuffer(units, "<u2") > ord(" "))


@lru_cache(maxsize=2)
def flatten(text: str) -> str:
    """The folded text alone: ``fold(text)[0]``, quicker; the page in hand is folded once for all who ask."""
    plain = same_length(text)
    if not text.isascii() and _UNSEEN.search(text):
        plain = _LOOSE.sub(_unlace, plain)
    elif "-\n" in text:
        plain = _HYPHEN.sub("", plain)
    if any(map(plain.__contains__, _RARE_SPACES)):
        return _SPACE.sub(_space, plain)
    return _joined(plain if "\t" not in plain else _tabbed(plain))


def _tabbed(text: str) -> str:
    """White space that holds a tab as one tab."""
    first, *cells, last = text.split("\t")
    within = [cell for cell in (cell.strip(" \n") for cell in cells) if cell]
    return "\t".join((first.rstrip(" \n"), *within, last.lstrip(" \n")))


def _joined(text: str) -> str:
    """What ``_space`` makes of white space that is spaces and line feeds alone, in a few quick passes."""
    for run, less in (("  ", " "), (" \n", "\n"), ("\n ", "\n"), ("\n\n\n", "\n\n")):
        while run in text:
            text = text.replace(run, less)
    if not text.isascii() and _ANY_HAN.search(text):
        text = _BETWEEN_HAN.sub("", text)
    return "\n\n".join([part.replace("\n", " ") for part in text.split("\n\n")])


@lru_cache(maxsize=2)
def same_length(text: str) -> str:
    """Each character folded by itself; those beyond the basic plane, two units here, stay."""
    if text.isascii():
        return text.lower()
    try:
        units = np.frombuffer(text.encode("utf-16-le"), "<u2")
    except UnicodeEncodeError:  # halves of a character
        return text.translate(_table())
    return str(_units()[units].tobytes(), "utf-16-le")


def simplified(text: str) -> str:
    """Traditional Chinese characters as simplified ones, one by one, all else as it is."""
    return text.translate(_simple())


@cache
def _simple() -> dict[int, int]:
    return {code: _table()[code] for code in range(0x3400, 0xA000) if _table()[code] != code}


@cache
def _units() -> npt.NDArray[np.uint16]:
    """The table for UTF-16: the halves of a character stay."""
    table = np.array(_table(), "<u2")
    table[_SURROGATES.start : _SURROGATES.stop] = np.arange(_SURROGATES.start, _SURROGATES.stop)
    return table


def _is_loose(text: str) -> bool:
    return "-\n" in text or (not text.isascii() and _UNSEEN.search(text) is not None)


def _unlace(match: re.Match[str]) -> str:
    """What stands for a ligature, an invisible character or a hyphen at the end of a line."""
    return unicodedata.normalize("NFKC", match[0]) if "\ufb00" <= match[0] <= "\ufb06" else ""


def _space(match: re.Match[str]) -> str:
    """What stands for a run of white space: a cell border, a blank line, a space, or nothing between Han."""
    run = match[0]
    if "\t" in run:
        return "\t"
    if run != "\n" and ("\f" in run or "\v" in run or len(_LINE.findall(run)) >= _BLANK_LINE):
        return "\n\n"
    start, end, text = match.start(), match.end(), match.string
    return "" if start > 0 and end < len(text) and _han(text[start - 1]) and _han(text[end]) else " "


def _han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff" or character == "〇"


def _edit(text: str, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> tuple[str, SpanMap]:
    found = ((match, replace(match)) for match in pattern.finditer(text))
    return apply(text, [Edit(*match.span(), by) for match, by in found if match[0] != by])
