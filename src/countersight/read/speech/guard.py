"""What a speech model makes up is kept out of the text: told in a note, with its words, instead.

Models of this family write fluent words over noise, music and silence, mostly by repeating themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from countersight.read.speech.spoken import Seconds, Utterance
from countersight.text.moments import stretch

_UNSURE = -1.0  # mean log probability below which Whisper's own decoding counts as failed,
_SILENT = 0.6  # and its probability of no speech above which that is silence (Radford et al. 2022, §4.5)
_PIECE = 3  # characters
_FRESH = 0.4  # the least share of pieces that are not said again; ordinary speech has 0.8 and more
_LOOPED = 40  # characters from which that is counted
_SAME = 3  # utterances of the same words in a row
_MISSED = 4.0  # seconds of voices without words that are told
_QUOTED = 60  # characters of what was left out
# Credits of subtitles, which the model learnt to write where nobody speaks.
_CREDITS = re.compile(
    r"thanks?(?: you)? for watching|amara\.org|subtitles? by|(?:like|subscribe) (?:and|to)(?: \w+)* channel"
    r"|字幕(?:由|志愿者|製作|制作)|请不吝点赞|明镜与点点|謝謝(?:大家)?(?:观看|觀看|收看)|谢谢(?:大家)?(?:观看|收看)",
    re.IGNORECASE,
)


def guarded(utterances: Sequence[Utterance]) -> tuple[list[Utterance], list[str]]:
    """The utterances that stand, and a note for each stretch that does not."""
    stand: list[Utterance] = []
    notes: list[str] = []
    for why, group in groupby(_judged(utterances), key=lambda judged: judged[0]):
        held = [utterance for _, utterance in group]
        if why:
            notes.append(_note(why, held))
        else:
            stand += held
    return stand, notes


def _judged(utterances: Sequence[Utterance]) -> Iterator[tuple[str, Utterance]]:
    """Each utterance with why it does not stand, empty where it does."""
    for _, group in groupby(utterances, key=lambda utterance: utterance.text.casefold()):
        run = list(group)
        looped = "repeats the same words" if len(run) >= _SAME else ""
        yield from ((looped or _fault(utterance), utterance) for utterance in run)


def _fault(utterance: Utterance) -> str:
    if freshness(utterance.text) < _FRESH:
        return "repeats the same words"
    if utterance.sureness < _UNSURE:
        return "more likely no speech" if utterance.silence > _SILENT else "not heard surely enough"
    if _CREDITS.search(utterance.text) and utterance.silence > _SILENT / 2:
        return "credits that the model writes into silence"
    return ""


def freshness(text: str) -> float:
    """The share of a text's pieces of three characters that differ from each other; 1 for a short text."""
    if len(text) < _LOOPED:
        return 1.0
    pieces = [text[at : at + _PIECE] for at in range(len(text) - _PIECE + 1)]
    return len(set(pieces)) / len(pieces)


def _note(why: str, held: Sequence[Utterance]) -> str:
    words = " ".join(utterance.text for utterance in held)
    shown = words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"
    return f"{_when((held[0].span[0], held[-1].span[1]))} not taken as speech ({why}): “{shown}”"


def unheard(voices: Sequence[Seconds], utterances: Sequence[Utterance]) -> Iterator[str]:
    """A note for each stretch of voices in which no word was recognised."""
    for start, stop in voices:
        at = start
        for first, last in [*sorted(utterance.span for utterance in utterances), (stop, stop)]:
            if min(first, stop) - at >= _MISSED:
                yield f"{_when((at, min(first, stop)))} voices, but no words were recognised"
            at = max(at, last)


def _when(span: Seconds) -> str:
    return stretch(round(span[0] * 1000), round(span[1] * 1000))
