"""What can be heard: when a quote of a transcript is said, how surely it was heard, and where its recording lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import fsum

from countersight.model import BlockKind, Citation, Digest, FileRow, Locator, Page, Status
from countersight.read.recording import RECORDINGS
from countersight.read.subtitles import SRT, TRANSCRIPT, VTT
from countersight.report.view import Recording
from countersight.text.moments import parsed, stretch

_SCRIPTS = frozenset({SRT, VTT, TRANSCRIPT})


def when(page: Page, start: int, end: int) -> str:
    """When ``[start, end)`` of a transcript is said: by its words where they have times, else by its cues.

    ``00:12:04–00:12:11``; empty where no time is known, and on any other page.
    """
    if page.origin != "transcript":
        return ""
    inside = [block for block in page.blocks if block.start < end and start < block.end]
    words = [_seconds(block.ref) for block in inside if block.kind is BlockKind.WORD]
    if words:
        return stretch(round(words[0][0] * 1000), round(words[-1][1] * 1000))
    cues = [found for block in inside if block.kind is BlockKind.PARAGRAPH and (found := parsed(block.ref))]
    return stretch(cues[0][0], cues[-1][1]) if cues else ""


def confidence(page: Page, start: int, end: int) -> float | None:
    """How surely ``[start, end)`` was read: the mean of its words or characters that have scores.

    Of a transcript without any, that of the page; None where the text was stored as such.
    """
    words = (block for block in page.blocks if block.kind is BlockKind.WORD and block.start < end and start < block.end)
    scores = [float(block.ref.rpartition(" ")[2]) for block in words]
    scores += [place.score for place in page.places if place.score is not None and start <= place.start < end]
    heard = page.confidence if page.origin == "transcript" else None
    return round(fsum(scores) / len(scores), 4) if scores else heard


def _seconds(ref: str) -> tuple[float, float]:
    """The seconds of a word: ``724.12–724.48 0.93``."""
    first, _, last = ref.partition(" ")[0].partition("–")
    return float(first), float(last)


def by_ear(citations: Sequence[Citation], pages: Sequence[Page]) -> Iterator[str]:
    """What to say of findings from a machine transcript: that they are, and which words were heard weakly."""
    heard = [(c, page) for c, page in zip(citations, pages, strict=True) if is_heard(page)]
    if heard:
        words = dict.fromkeys(word for cited, page in heard for word in weak_words(page, cited.start, cited.end))
        doubt = f"; heard weakly: {', '.join(words)}" if words else ""
        yield f"machine transcript, to be checked by listening{doubt}"


def is_heard(page: Page) -> bool:
    """Whether speech to text wrote a page."""
    return page.origin == "transcript" and page.confidence is not None


def weak_words(page: Page, start: int, end: int) -> list[str]:
    """The words of ``[start, end)`` that speech to text heard weakly, in order."""
    weak = {one.at for one in page.weak}
    words = (block for block in page.blocks if block.kind is BlockKind.WORD and block.start < end and start < block.end)
    return [page.text[block.start : block.end] for block in words if block.start in weak]


# ── Where the recording lies ─────────────────────────────────────────────────────────────────────────────────────────


def recordings(files: Sequence[FileRow]) -> dict[Digest, Recording]:
    """For each recording, and each transcript beside a recording of the same name, where a browser finds it.

    Seen from the dossier's folder: in the case it belongs to, or by its own name beside the dossier. It is never copied
    into the dossier: sound cannot be masked.
    """
    found: dict[Digest, Recording] = {}
    for file, sound in [*((file, file) for file in files if file.media_type in RECORDINGS), *_pairs(files)]:
        if file.digest and sound.digest:
            folder = "derived/members" if sound.parent_locator else "evidence"
            found.setdefault(file.digest, Recording(_base(sound.name), f"../{folder}/{sound.digest}"))
    return found


def noted(files: Sequence[FileRow]) -> list[FileRow]:
    """The files; recordings that are not read say which transcript lies beside them."""
    scripts: dict[Locator, list[str]] = {}
    for script, sound in _pairs(files):
        scripts.setdefault(sound.locator, []).append(_base(script.name))
    return [_told(file, scripts.get(file.locator, [])) for file in files]


def _told(file: FileRow, scripts: Sequence[str]) -> FileRow:
    if file.status is not Status.SKIPPED or not scripts:
        return file
    return replace(file, reason=f"{file.reason}; a transcript lies beside it: {', '.join(sorted(scripts))}")


def _pairs(files: Sequence[FileRow]) -> Iterator[tuple[FileRow, FileRow]]:
    """Each transcript and the recording beside it: ``tape.srt``, ``tape.zh.srt``, ``tape.mp3.srt`` by ``tape.mp3``."""
    sounds: dict[Locator, FileRow] = {}
    for file in files:
        if file.media_type in RECORDINGS:
            sounds.setdefault(file.locator, file)
            sounds.setdefault(_stem(file.locator), file)
    for file in files:
        stem = _stem(file.locator)
        sound = sounds.get(stem) or sounds.get(_stem(stem))
        if file.media_type in _SCRIPTS and sound:
            yield file, sound


def _stem(locator: Locator) -> Locator:
    """The place of a file without the extension of its name."""
    if not locator.steps:
        return Locator(_bare(locator.name))
    kind, value = locator.steps[-1]
    return Locator(locator.name, (*locator.steps[:-1], (kind, _bare(value))))


def _bare(name: str) -> str:
    base = _base(name)
    return name[: len(name) - len(base)] + (base.rpartition(".")[0] or base)


def _base(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]
