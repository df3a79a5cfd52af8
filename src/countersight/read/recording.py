"""Recordings: the words of sound and film, by speech to text, where the extra ``recordings`` is installed.

A recording is read in stretches of about five minutes, a page each, cut where it is quietest so that no word is cut.
The reader itself only tells the stretches; each is heard as a work item of its own, like a scanned page by OCR.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from countersight.model import Agent, Page, PageFault, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read.layout import counted
from countersight.read.sniff import media_type as sniffed
from countersight.read.speech import extra
from countersight.text.moments import stretch

if TYPE_CHECKING:
    from countersight.read.speech.sound import Tracks

UNHEARD = "needs speech to text"
# Media types and the demuxer of FFmpeg that reads them.
FORMATS = {
    "audio/mpeg": "mp3",
    "audio/x-wav": "wav",
    "audio/flac": "flac",
    "audio/ogg": "ogg",
    "audio/aac": "aac",
    "video/mp4": "mov",
    "video/x-matroska": "matroska",
}
RECORDINGS = frozenset({*FORMATS, "audio/amr", "video/x-msvideo", "video/x-ms-asf", "video/x-flv", "video/mpeg"})
"""Media types of sound and film, those that are not read included."""

STRETCH = 300.0  # seconds of a page
_CUT_SHORT = 5.0  # seconds by which sound may end before the stated end, as where a film goes on in silence
QUIET = 10.0  # seconds before the end of a stretch in which the cut is sought


@dataclass(frozen=True, slots=True)
class RecordingReader:
    """Tells how many stretches there are and that each needs speech to text. Without the extra it claims nothing."""

    agent: Agent = field(default_factory=extra.agent)
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """By how the file begins, where the extra is installed."""
        found = sniffed(head, name)
        return found if found in FORMATS and extra.installed() else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Count the stretches. Raises ReadError: damaged, or without sound."""
        del limits, sink  # nothing is kept and nothing unpacks
        from countersight.read.speech import sound  # noqa: PLC0415 (numpy, and most cases hold no recording)

        tracks = sound.measure(path, media_type)
        total = stretches(tracks.seconds)
        wanted = range(1, total + 1) if pages is None else range(pages.start + 1, min(pages.stop, total) + 1)
        return Reading(
            media_type,
            self.agent,
            Status.PARTIAL,
            tuple(Page(number, "", label(number, tracks.seconds), origin="transcript") for number in wanted),
            total,
            faults=tuple(PageFault(number, UNHEARD) for number in wanted),
            notes=_held(tracks),
            reason=UNHEARD,
        )


def stretches(seconds: float) -> int:
    """How many pages a recording has; one that ends just after a cut has none for the rest."""
    return max(1, math.ceil((seconds - QUIET) / STRETCH))


def label(number: int, seconds: float) -> str:
    """The time a page stands for; where exactly it is cut, the sound decides."""
    last = number == stretches(seconds)
    return stretch(round((number - 1) * STRETCH) * 1000, round((seconds if last else number * STRETCH) * 1000))


def _held(tracks: Tracks) -> tuple[str, ...]:
    """What the user must know of a recording: how long it is, and what of it is not read."""
    notes = [f"recording of {stretch(0, math.floor(tracks.seconds * 1000))[9:]}"]
    notes += ["film: its pictures are not read"] if tracks.pictures else []
    notes += [f"{tracks.sound} tracks of sound: only the first is read"] if tracks.sound > 1 else []
    cut = tracks.stated - tracks.seconds > _CUT_SHORT
    notes += [f"cut short: it states {tracks.stated:.0f} seconds and holds {tracks.seconds:.0f}"] if cut else []
    lost = counted(tracks.subtitles, "track")
    notes += [f"subtitles inside ({lost}) are not read; save them as .srt beside it"] if tracks.subtitles else []
    return tuple(notes)


def can_hear(media_type: str, fault: PageFault) -> bool:
    """Whether speech to text may read a page that has this fault."""
    return media_type in FORMATS and fault.reason == UNHEARD


def hear(path: Path, media_type: str, number: int, spoken: str | None) -> Reading:
    """Page ``number`` (from 1) as speech to text hears it. Raises ReadError as the reader does."""
    from countersight.read.speech.hear import heard  # noqa: PLC0415 (the same)

    return heard(path, media_type, number, spoken)
