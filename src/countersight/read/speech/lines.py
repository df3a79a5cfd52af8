"""A page of a transcript: one line for what is said in one breath, every word with its time and score."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from countersight.model import BlockKind, Page
from countersight.read.layout import PageText
from countersight.read.speech.spoken import Utterance, Word
from countersight.text.moments import stretch

WEAK = 0.5  # the score below which a word is to be checked by listening
_PAUSE = 1.5  # seconds of silence that end a line
_LONGEST = 30.0  # seconds of a line
_ENDS = tuple("。！？.!?")


def page_of(utterances: Sequence[Utterance], number: int, label: str, language: str | None) -> Page:
    """The page; blank where nothing is said. ``weak`` holds every character of a weakly heard word."""
    out = PageText()
    weak: list[tuple[int, str]] = []
    words = [word for utterance in utterances for word in utterance.words]
    for line in _lines(words):
        start = out.length
        for word in line:
            text = word.text.lstrip() if out.length == start else word.text
            out.write(text[: len(text) - len(text.lstrip())])
            at = out.length
            out.write(text.lstrip())
            out.mark(at, BlockKind.WORD, f"{word.start:.2f}–{word.end:.2f} {word.score:.2f}")
            if word.score < WEAK:
                weak += [(at + n, "") for n, character in enumerate(text.lstrip()) if not character.isspace()]
        out.mark(start, BlockKind.PARAGRAPH, stretch(round(line[0].start * 1000), round(line[-1].end * 1000)))
        out.write("\n")
    page = out.page(number, label, paged=True)
    sure = round(math.fsum(word.score for word in words) / len(words), 4) if words else None
    return replace(page, origin="transcript", language=language, confidence=sure, weak=tuple(weak))


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words up to the end of a sentence, a pause, or half a minute."""
    line: list[Word] = []
    for word in words:
        if line and _ends(line, word):
            yield line
            line = []
        if word.text.strip():
            line.append(word)
    if line:
        yield line


def _ends(line: Sequence[Word], word: Word) -> bool:
    said = line[-1].text.rstrip()
    sentence = said.endswith(_ENDS) and (word.text[:1].isspace() or not said.isascii())
    return sentence or word.start - line[-1].end >= _PAUSE or word.end - line[0].start > _LONGEST
