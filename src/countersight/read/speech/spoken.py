"""What was heard: words with their times and scores, and the stretches the model gave them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

RATE = 16_000  # samples a second: what the model was trained on
Samples = NDArray[np.float32]  # (length,), one channel at RATE, from -1 to 1
Seconds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, the space before it included; seconds from the start; its score from 0 to 1."""

    start: float
    end: float
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words the model gave together.

    ``sureness`` is the mean logarithm of its tokens' probabilities, ``silence`` how likely (0 to 1) nobody speaks.
    """

    words: tuple[Word, ...]
    sureness: float = 0.0
    silence: float = 0.0

    @property
    def text(self) -> str:
        """The words as written."""
        return "".join(word.text for word in self.words).strip()

    @property
    def span(self) -> Seconds:
        """From the first word to the last."""
        return self.words[0].start, self.words[-1].end


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language of a recording (ISO 639-1), how likely it is (mean of the windows), and that of each window."""

    language: str
    probability: float
    windows: tuple[str, ...]


class Recogniser(Protocol):
    """Hears. The same sound gives the same answers."""

    def voices(self, samples: Samples) -> Sequence[Seconds]:
        """Where somebody speaks, in order."""
        ...

    def languages(self, samples: Samples) -> dict[str, float]:
        """How likely each language is, from up to half a minute of speech."""
        ...

    def transcribe(self, samples: Samples, language: str) -> Sequence[Utterance]:
        """What is said in that language, times from the start of ``samples``."""
        ...


def language(windows: Sequence[dict[str, float]]) -> Spoken | None:
    """The language likeliest over all windows in which somebody speaks; None where there is none."""
    total: dict[str, float] = {}
    for window in windows:
        for code, chance in window.items():
            total[code] = total.get(code, 0.0) + chance
    if not total:
        return None
    chosen = _likeliest(total)
    return Spoken(chosen, total[chosen] / len(windows), tuple(_likeliest(window) for window in windows))


def _likeliest(chances: dict[str, float]) -> str:
    return min(chances, key=lambda code: (-chances[code], code))


def plain(value: Any) -> float:
    """A number of numpy as one of Python, to four decimals."""
    return round(float(value), 4)
