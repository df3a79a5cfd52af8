"""The sound of a recording as samples, decoded by PyAV. The format is given, never guessed, and nothing else is opened.

Time runs as a player shows it: where a file leaves a gap between its pieces, there is silence.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from countersight.errors import ReadError
from countersight.read.recording import FORMATS
from countersight.read.speech.spoken import RATE, Samples

_GAP = 0.1  # seconds: a smaller one is rounding
_LONGEST_GAP = 3600.0  # seconds: a longer one is a clock that jumped
_LOUDNESS = RATE // 10  # samples over which loudness is taken
_STEP = RATE // 100


@dataclass(frozen=True, slots=True)
class Tracks:
    """What a recording holds: seconds of sound, and how many tracks of sound, subtitles and pictures.

    ``stated`` are the seconds it says it has, 0 where it does not say.
    """

    seconds: float
    sound: int
    subtitles: int
    pictures: int
    stated: float = 0.0


@dataclass(frozen=True, slots=True)
class Cut:
    """The sound of a stretch, and for how many seconds of it nothing could be decoded: they are silent."""

    samples: Samples
    missing: float = 0.0


def measure(path: Path, media_type: str) -> Tracks:
    """Go through the file without decoding it. Raises ReadError: damaged, or without sound."""
    with _opened(path, media_type) as container:
        streams = container.streams
        first = streams.audio[0]
        start, end = _start(container), 0.0
        for packet in _packets(container, first):
            if packet.pts is not None and packet.time_base:
                end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base) - start)
            elif packet.duration and packet.time_base:
                end += float(packet.duration * packet.time_base)
        shown = sum(not _is_cover(stream) for stream in streams.video)
        if end <= 0:
            raise ReadError("damaged: holds no sound that can be decoded", way_out="get a whole copy of it")
        return Tracks(
            end, len(streams.audio), len(streams.subtitles), shown, float(container.duration or 0) / 1_000_000
        )


def samples(path: Path, media_type: str, spans: Sequence[tuple[float, float]]) -> list[Cut]:
    """The sound of some stretches, given in seconds; what lies past the end is not there.

    Decodes from the start: only so is a moment the same sample every time. Raises ReadError where nothing decodes.
    """
    wanted = [(round(start * RATE), round(stop * RATE)) for start, stop in spans]
    held: list[list[tuple[int, Any]]] = [[] for _ in wanted]
    last = max(stop for _, stop in wanted)
    for at, piece in _pieces(path, media_type):
        for parts, (start, stop) in zip(held, wanted, strict=True):
            if at < stop and start < at + len(piece):
                parts.append((max(0, at - start), piece[max(0, start - at) : stop - at]))
        if at + len(piece) >= last:
            break
    return [_joined(parts) for parts in held]


def _joined(parts: Sequence[tuple[int, Any]]) -> Cut:
    """Pieces at their places, silence between them."""
    length = max((at + len(piece) for at, piece in parts), default=0)
    joined = np.zeros(length, dtype=np.float32)
    for at, piece in parts:
        joined[at : at + len(piece)] = piece.astype(np.float32) / np.float32(32768)
    return Cut(joined, (length - sum(len(piece) for _, piece in parts)) / RATE)


def quietest(sound: Samples) -> int:
    """The sample in the middle of the quietest tenth of a second; the first of several."""
    if len(sound) <= _LOUDNESS:
        return len(sound) // 2
    power = np.concatenate([[0.0], np.cumsum(sound.astype(np.float64) ** 2)])
    starts = np.arange(0, len(sound) - _LOUDNESS, _STEP)
    loudness = np.round(power[starts + _LOUDNESS] - power[starts], 6)
    return int(starts[int(np.argmin(loudness))]) + _LOUDNESS // 2


@contextmanager
def _opened(path: Path, media_type: str) -> Iterator[Any]:
    import av  # noqa: PLC0415 - part of the extra

    try:
        with path.open("rb") as stream, av.open(stream, format=FORMATS[media_type], metadata_errors="replace") as found:
            if not found.streams.audio:
                raise ReadError("no sound in it: there is nothing to hear", status="skipped")
            yield found
    except (av.FFmpegError, ValueError) as error:
        said = str(error).strip() or type(error).__name__
        raise ReadError(f"damaged: cannot be decoded ({said})", way_out="get a whole copy of it") from error


def _start(container: Any) -> float:
    """Seconds on the file's own clock at which a player begins."""
    return float(container.start_time or 0) / 1_000_000


def _is_cover(stream: Any) -> bool:
    """Whether a picture track is the cover of an album."""
    return "attached_pic" in str(getattr(stream, "disposition", "")).lower()


def _packets(container: Any, stream: Any) -> Iterator[Any]:
    """The packets of a track as far as they can be read."""
    import av  # noqa: PLC0415

    packets = container.demux(stream)
    while True:
        try:
            yield next(packets)
        except (StopIteration, av.FFmpegError):  # a file cut short ends where it ends
            return


def _pieces(path: Path, media_type: str) -> Iterator[tuple[int, Any]]:
    """The decoded sound, one channel of 16-bit samples, piece by piece with the sample each begins at."""
    import av  # noqa: PLC0415

    with _opened(path, media_type) as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        start, at = _start(container), 0
        for packet in _packets(container, container.streams.audio[0]):
            for frame in _frames(packet):
                at += _silence(frame, start, at)
                frame.pts = None  # the resampler would fill gaps in its own way
                for made in resampler.resample(frame):
                    piece = made.to_ndarray()[0]
                    yield at, piece
                    at += len(piece)
        for made in resampler.resample(None):
            yield at, made.to_ndarray()[0]


def _frames(packet: Any) -> Sequence[Any]:
    """What a packet holds; nothing of a damaged one, whose time stays silent."""
    import av  # noqa: PLC0415

    try:
        frames: Sequence[Any] = packet.decode()
    except av.FFmpegError:
        return ()
    return frames


def _silence(frame: Any, start: float, at: int) -> int:
    """Samples missing before a frame, by its own clock."""
    if frame.time is None:
        return 0
    gap = frame.time - start - at / RATE
    return math.floor(gap * RATE) if _GAP < gap < _LONGEST_GAP else 0
