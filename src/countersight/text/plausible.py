"""Whether text that a file holds can be what its reader sees, or is the garbage of a wrong map of characters.

Every limit is far from what real text shows: over 1,269 pages of contracts, tenders, forms and test files in Chinese,
English and other languages, good pages had at most 0.1 % of control characters, 2.4 % of rare Han characters, at least
14 % of the 300 commonest ones (a list of dishes), and 32 % of vowels where no common word stood.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from countersight.text.normal import HAN

# Kinds of characters, and what each holds.
_CONTROL, _UNUSABLE, _HAN, _COMMON, _COMMONEST = _KINDS = (1, 2, 4, 8, 16)
_CLASSES = {
    _CONTROL: r"\x01-\x08\x0e-\x1f\x7f-\x9f",
    _UNUSABLE: r"\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f",
    _HAN: HAN,
}
_MOST_CONTROLS, _FEWEST_CONTROLS = 0.01, 5
_MOST_UNUSABLE = 0.2
_JUDGED, _MOST_RARE = 20, 0.4  # Han characters that can be judged, share of them that no list of common ones has
_MANY, _LEAST_COMMON = 100, 0.05  # Han characters of which so many must be among the commonest
# Level 1 of the national standards by first byte: what printing houses needed daily in China, Taiwan and Japan.
_LEVELS = (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6), ("shift_jis", 0x88, 0x97))
_COMMONEST_HAN = frozenset(
    "的一是在不有人我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都"
    "然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此"
    "实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平"
    "真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白"
    "应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建"
    "這來國個說們為時對後會過學裡麼沒發當開無經頭長現將與進實點種聲話問機給幾業間電門東見數車關產務應"
)
_EXOTIC = re.compile("[\u0530-\u058f\u0700-\u1cff\u2c00-\u2dff\ua000-\uabff]")
_ONE_HAN = re.compile(f"[{HAN}]")
_RUN = re.compile(r"[^\W\d_]{2,}")
_SCRIPTS, _MIXED, _FEWEST_MIXED = 3, 0.05, 10  # kinds of writing in one word, share of such words, and letters at least
_WORDS = (
    "the|of|and|to|in|for|or|is|de|la|le|les|et|der|die|und|den|el|los|y|que|en|di|il|da|do|os|van|het|een|na|ja|se"
)
_COMMON_WORD = re.compile(rf"(?<![^\W\d_])(?:{_WORDS})(?![^\W\d_])", re.IGNORECASE)
_LOWER = re.compile("[a-z]{4,}")
_LETTERS, _LEAST_VOWELS = 100, 0.15  # letters of words that can be judged, share of vowels in any language
_LONGER = re.compile(r"(?<![^\W\d_])(?:the|and|for|with|shall|der|die|und|des|les|que|los|del|van|het)(?![^\W\d_])")
_FURTHEST, _DIFFERENT = 31, 4  # steps by which letters may be shifted, different common words that then stand there


def garbled(text: str) -> str:
    """Why a page's text cannot be what is printed on it; empty where nothing speaks against it."""
    visible = len(text) - text.count(" ") - text.count("\n")
    if not visible:
        return ""
    counts = _counts(text)
    if counts[_UNUSABLE] > _MOST_UNUSABLE * visible:
        return "the text layer maps to no usable characters"
    if counts[_CONTROL] >= max(_FEWEST_CONTROLS, _MOST_CONTROLS * visible):
        return "the text layer holds control characters in place of letters"
    if counts[_HAN] >= _JUDGED:
        return _strange(counts) or _mixed(text, visible)
    return ("" if text.isascii() else _mixed(text, visible)) or _shifted(text)


def _counts(text: str) -> dict[int, int]:
    """How many characters are of each kind."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    found = np.bincount(_kinds().take(codes)).tolist()
    return {kind: sum(number for kinds, number in enumerate(found) if kinds & kind) for kind in _KINDS}


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Of every code point the sum of its kinds."""
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    kinds = np.zeros(len(every), np.uint8)
    for kind, characters in _CLASSES.items():
        for run in re.finditer(f"[{characters}]+", every):
            kinds[run.start() : run.end()] |= kind
    for kind, known in ((_COMMON, _common()), (_COMMONEST, _COMMONEST_HAN)):
        kinds[[ord(character) for character in known]] |= kind
    return kinds


def _strange(counts: Mapping[int, int]) -> str:
    han = counts[_HAN]
    if counts[_COMMON] / han < 1 - _MOST_RARE:
        return "the text layer holds Chinese characters that no text uses together"
    if han >= _MANY and counts[_COMMONEST] / han < _LEAST_COMMON:
        return "the text layer holds hardly any of the commonest Chinese characters"
    return ""


@cache
def _common() -> frozenset[str]:
    """The characters that any of the standards counts as common."""
    return frozenset(character for code in range(0x4E00, 0xA000) if _is_common(character := chr(code)))


def _is_common(character: str) -> bool:
    for encoding, low, high in _LEVELS:
        encoded = character.encode(encoding, "ignore")
        if encoded and low <= encoded[0] <= high:
            return True
    return False


def _mixed(text: str, visible: int) -> str:
    """Whether words of three kinds of writing and more stand on the page, one of them rare."""
    if not _EXOTIC.search(text):
        return ""
    letters = sum(len(run) for run in _RUN.findall(text) if _EXOTIC.search(run) and len(_scripts(run)) >= _SCRIPTS)
    if letters >= max(_FEWEST_MIXED, _MIXED * visible):
        return "the text layer mixes letters of many kinds of writing in one word"
    return ""


def _scripts(run: str) -> set[int]:
    """The kinds of writing in a word: Han, a rare one by its block of 256, or any other."""
    return {-1 if _ONE_HAN.match(c) else ord(c) >> 8 if _EXOTIC.match(c) else -2 for c in run}


def _shifted(text: str) -> str:
    """Whether the letters stand for others: next to no vowels, or words of a language some steps further on."""
    if _COMMON_WORD.search(text):
        return ""
    words = "".join(_LOWER.findall(text))
    if len(words) >= _LETTERS and sum(words.count(vowel) for vowel in "aeiouy") < _LEAST_VOWELS * len(words):
        return "the text layer holds words without vowels"
    if not text.isascii() or len(text) < _LETTERS:
        return ""
    visible = set(text) - set(" \n")
    for steps in (s for s in range(-_FURTHEST, _FURTHEST + 1) if s):
        moved = text.translate({ord(c): max(0, ord(c) + steps) for c in visible})
        if len(set(_LONGER.findall(moved))) >= _DIFFERENT:
            return "the text layer holds letters shifted from those of a language"
    return ""
