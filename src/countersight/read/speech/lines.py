"""A page of a transcript: one line for what is said in one breath, every word with its time and score."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from countersight.model import BlockKind, Page, Weak
from countersight.read.layout import PageText
from countersight.read.speech.spoken import Utterance, Word
from countersight.text.moments import stretch

WEAK = 0.5  # the score below which a word is to be checked by listening
_PAUSE = 1.5  # seconds of silence that end a line
_LONGEST = 30.0  # seconds of a line
_ENDS = tuple("。！？.!?")


def page_of(utterances: Sequence[Utterance], number: int, label: str, language: str | None) -> Page:
    """The page; blank where nothing is said. ``weak`` holds every character of a weakly heard word.

    A paragraph is a sentence, or what is said without a pause; where a script knows no spaces, a line within it is what
    the model gave together.
    """
    out = PageText()
    weak: list[Weak] = []
    for paragraph in _paragraphs(utterances):
        start = out.length
        for word, first in paragraph:
            weak += _written(out, word, "" if out.length == start else "\n" if first else " ")
        words = [word for word, _ in paragraph]
        out.mark(start, BlockKind.PARAGRAPH, stretch(round(words[0].start * 1000), round(words[-1].end * 1000)))
        out.write("\n")
    scores = [word.score for utterance in utterances for word in utterance.words]
    page = out.page(number, label, paged=True)
    sure = round(math.fsum(scores) / len(scores), 4) if scores else None
    return replace(page, origin="transcript", language=language, confidence=sure, weak=tuple(weak))


def _written(out: PageText, word: Word, space: str) -> list[Weak]:
    """Write a word, after a space or line end where one belongs; its characters if it was heard weakly."""
    text = word.text.strip()
    out.write(space if space != " " or word.text[:1].isspace() else "")
    start = out.length
    out.write(text)
    out.mark(start, BlockKind.WORD, f"{word.start:.2f}–{word.end:.2f} {word.score:.2f}")
    return (
        [Weak(start + n, round(word.score, 4)) for n, c in enumerate(text) if not c.isspace()]
        if word.score < WEAK
        else []
    )


def _paragraphs(utterances: Sequence[Utterance]) -> Iterator[list[tuple[Word, bool]]]:
    """Words up to the end of a sentence, a pause, or half a minute; each says whether it begins a line."""
    held: list[tuple[Word, bool]] = []
    for utterance in utterances:
        words = [word for word in utterance.words if word.text.strip()]
        for n, word in enumerate(words):
            if held and _ends([word for word, _ in held], word):
                yield held
                held = []
            held.append((word, n == 0 and not word.text[:1].isspace()))
    if held:
        yield held


def _ends(line: Sequence[Word], word: Word) -> bool:
    said = line[-1].text.rstrip()
    sentence = said.endswith(_ENDS) and (word.text[:1].isspace() or not said.isascii())
    return sentence or word.start - line[-1].end >= _PAUSE or word.end - line[0].start > _LONGEST
