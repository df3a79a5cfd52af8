"""One stretch of a recording, heard: its language told, its sound cut where it is quiet, what is made up left out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from countersight.errors import ReadError
from countersight.model import Reading, Status
from countersight.read.layout import counted
from countersight.read.recording import QUIET, STRETCH, label, stretches
from countersight.read.speech import engine, extra, guard, sound
from countersight.read.speech.lines import page_of
from countersight.read.speech.sound import Cut
from countersight.read.speech.spoken import RATE, Samples, Seconds, Spoken, Utterance, Word, language

_WINDOW = 30.0  # seconds from which the model tells a language
_WINDOWS = 6
_SPEECH = 1.0  # seconds of voices without which a window tells nothing
_MISSING = 1.0  # seconds
_LIKELY = 0.7  # a language less likely than this is to be checked


def heard(path: Path, media_type: str, number: int, told: str | None) -> Reading:
    """Stretch ``number`` (from 1) as speech to text hears it. Raises ReadError as the reader does.

    ``told`` is the language spoken, where the user says so; else it is told once from the whole recording.
    """
    tracks = sound.measure(path, media_type)
    total = stretches(tracks.seconds)
    spoken = Spoken(told, 1.0, ()) if told else _spoken(path, media_type, tracks.seconds)
    start, cut = _cut(path, media_type, number, total)
    samples = cut.samples
    voices = _voices(samples)
    if voices and not spoken:
        spoken = language([engine.recogniser().languages(samples)])
    code = spoken.language if spoken else None
    said = engine.recogniser().transcribe(samples, code) if code and voices else ()
    said = [_moved(utterance, start) for utterance in said]
    stand, left = guard.guarded(said)
    missed = guard.unheard([(start + first, start + last) for first, last in voices], said)
    page = page_of(stand, number, label(number, tracks.seconds), code)
    silent = [] if voices else [f"page {number}: no speech in {page.label}"]
    if cut.missing >= _MISSING:
        silent.append(f"page {number}: {cut.missing:.0f} seconds of its sound are damaged and were not heard")
    notes = (*_language(spoken, told), *silent, *left, *missed)
    return Reading(media_type, extra.agent(), Status.READ, (page,), total, notes=notes)


def _cut(path: Path, media_type: str, number: int, total: int) -> tuple[float, Cut]:
    """The second in which a stretch begins, and its sound: from one quiet moment to the next.

    Raises ReadError where nothing of it can be decoded.
    """
    end = number * STRETCH if number < total else number * STRETCH + STRETCH
    begin = (number - 1) * STRETCH - (QUIET if number > 1 else 0)
    cut = sound.samples(path, media_type, [(begin, end)])[0]
    held = cut.samples
    if not len(held):
        raise ReadError("damaged: its sound cannot be decoded", way_out="get a whole copy of it")
    quiet = round(QUIET * RATE)
    first = sound.quietest(held[:quiet]) if number > 1 else 0
    tail = len(held) - quiet
    last = tail + sound.quietest(held[tail:]) if number < total and tail > first else len(held)
    return begin + first / RATE, replace(cut, samples=held[first:last])


def _voices(samples: Samples) -> Sequence[Seconds]:
    return engine.recogniser().voices(samples) if len(samples) else ()


@cache
def _spoken(path: Path, media_type: str, seconds: float) -> Spoken | None:
    """The language of a recording, told from windows spread over all of it; once per process."""
    room = max(0.0, seconds - _WINDOW)
    count = min(_WINDOWS, math.floor(room / _WINDOW) + 1)
    starts = [room * n / (count - 1) if count > 1 else 0.0 for n in range(count)]
    windows = sound.samples(path, media_type, [(start, start + _WINDOW) for start in starts])
    speaking = [w.samples for w in windows if sum(last - first for first, last in _voices(w.samples)) >= _SPEECH]
    return language([engine.recogniser().languages(window) for window in speaking])


def _language(spoken: Spoken | None, told: str | None) -> list[str]:
    """What to tell of the language, once for all stretches."""
    if told:
        return [f"machine transcript (Whisper base); language: {told}, as case.toml says"]
    if spoken is None:
        return []
    others = sorted(set(spoken.windows) - {spoken.language})
    doubt = "; to be checked, set `spoken` in case.toml" if others or spoken.probability < _LIKELY else ""
    also = f", elsewhere like {', '.join(others)}" if others else ""
    sure = f"{spoken.probability:.0%} likely over {counted(len(spoken.windows), 'window')}{also}"
    return [f"machine transcript (Whisper base); language told from the sound: {spoken.language} ({sure}){doubt}"]


def _moved(utterance: Utterance, seconds: float) -> Utterance:
    words = tuple(Word(w.start + seconds, w.end + seconds, w.text, w.score) for w in utterance.words)
    return replace(utterance, words=words)
