"""Subtitles and transcripts with times: SubRip (SRT), WebVTT, and plain text whose lines bear time stamps.

Each cue is a PARAGRAPH block whose ``ref`` is its range of time (``00:12:04–00:12:11``), so that a quote can be heard
again. The times themselves are not part of the text; who speaks is, where it is said (``Speaker: words``). Where a
transcript gives only when a turn begins, it lasts until the next begins.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from countersight.model import Agent, BlockKind, DateSpan, Page, PageFault, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read import textfile
from countersight.read.charset import decode
from countersight.read.headers import day
from countersight.read.layout import PageText, counted
from countersight.read.sniff import is_text, suffix
from countersight.read.sniff import media_type as sniffed
from countersight.text.moments import clock, stretch

SRT, VTT, TRANSCRIPT = "application/x-subrip", "text/vtt", "text/x-transcript"
_AGENT = Agent("subtitles", "1")
_NAMES = {".srt": SRT, ".vtt": VTT}
_TEXTS = frozenset({"", ".txt", ".text", ".srt", ".vtt"})
_CLOCK = r"(?:(\d{1,3})[:：])?(\d{1,2})[:：](\d{2})(?:[.,，](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_CLOCK}\s*--?>\s*{_CLOCK}(?:\s.*)?")
_RANGE = rf"{_CLOCK}(?:\s*(?:--?>|[-–—~～至])\s*{_CLOCK})?"
# A stamp before the words: in brackets, or with hours.
_BRACKETED = re.compile(rf"\s*[\[(（【<]\s*{_RANGE}\s*[\])）】>][ \t　:：,，–-]*(.*)")
_BARE = re.compile(rf"\s*(?=\d{{1,3}}[:：]\d\d[:：]\d){_RANGE}(?=[\s,，–-]|[:：](?!\d)|$)[ \t　:：,，–-]*(.*)")
# A stamp after the name of who speaks, alone on their line: 发言人1 00:05.
_TURN = re.compile(rf"\s*([^\s\d:：][^:：]{{0,40}}?)\s*[:：]?\s+[\[(（]?{_CLOCK}[\])）]?\s*")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?[ \t]+([^\s<>][^<>]{0,200})>")
_TAG = re.compile(
    r"</?(?:[bciuv]|font|lang|ruby|rt|span)(?:[.\s][^<>]{0,200})?>|<\d[\d:.]{0,20}>|\{\\[^{}]{0,200}\}", re.IGNORECASE
)
_ABOUT = re.compile(r"(title|date|recorded|published|标题|題目|题目|日期|时间|時間)\s*[:：]\s*(.+)", re.IGNORECASE)
_TITLES = frozenset({"title", "标题", "題目", "题目"})
_STAMPED = 200  # characters at most of a line of times, and of one that names who speaks
_FEWEST = 3  # stamps that make a text a transcript,
_SHARE = 0.25  # the share of its lines that bear them,
_ORDERED = 0.9  # and the share of them that are in order
_ROLLING = 0.3  # share of cues that begin with the line before, in captions that roll up


class Cue(NamedTuple):
    """Words and when they are said, in milliseconds from the start; None where that is not said or makes no sense."""

    start: int | None
    end: int | None
    text: str


@dataclass(slots=True)
class Script:
    """A file taken apart. Words outside cues have no times; ``broken`` counts times that make no sense."""

    cues: list[Cue] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    broken: int = 0


@dataclass(frozen=True, slots=True)
class SubtitleReader:
    """Reads one file as one page of origin ``transcript``."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """By its first lines; a text without a tell-tale beginning by how many of its lines bear a stamp."""
        if suffix(name) not in _TEXTS or sniffed(head, name) is not None or not is_text(head):
            return None
        lines = [line for line in decode(head).text.lstrip("\ufeff").splitlines() if line.strip()]
        if lines and re.match(r"WEBVTT(?:\s|$)", lines[0]):
            return VTT
        if any(_TIMING.fullmatch(line) for line in lines[:3]):
            return SRT
        return TRANSCRIPT if _is_transcript(lines) else _NAMES.get(suffix(name))

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Read the cues. Raises ReadError for an empty file and for one that is not text."""
        del sink  # nothing unpacks
        loaded = textfile.load(path, limits)
        lines = loaded.text.lstrip("\ufeff").split("\n")
        script = _transcript(lines) if media_type == TRANSCRIPT else _subtitles(lines)
        _unroll(script)
        page = _page(script.cues)
        notes = [*loaded.notes, *_odd(script), *script.notes, *(["no text in the file"] if page.blank else [])]
        return Reading(
            media_type,
            self.agent,
            Status.PARTIAL if loaded.reason else Status.READ,
            (page,) if pages is None or 0 in pages else (),
            faults=(PageFault(1, loaded.reason),) if loaded.reason else (),
            notes=tuple(notes),
            reason=loaded.reason,
            title=script.about.get("title"),
            dated=_dated(script.about),
        )


def _moment(groups: tuple[str | None, ...]) -> int | None:
    """The milliseconds of hours, minutes, seconds and a decimal fraction; None where there is no time."""
    hours, minutes, seconds, fraction = groups
    if minutes is None or seconds is None:
        return None
    return (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int((fraction or "0").ljust(3, "0"))


def _timed(found: re.Match[str], words: str, script: Script) -> None:
    """Add a cue whose times are the first eight groups."""
    start, end = _moment(found.groups()[:4]), _moment(found.groups()[4:8])
    if start is not None and end is not None and end < start:
        script.broken += 1
        end = None
    script.cues.append(Cue(start, end, words))


def _words(text: str) -> str:
    """The words of a cue: tags taken off, the voice named before them, character references read."""
    text = _VOICE.sub(lambda voice: f"{voice[1].strip()}: ", text)
    return html.unescape(_TAG.sub("", text)).replace("\\N", "\n").strip()


# ── SubRip and WebVTT ────────────────────────────────────────────────────────────────────────────────────────────────


def _subtitles(lines: list[str]) -> Script:
    """What stands between two lines of times belongs to the first, but for the number or name of the next cue."""
    script = Script()
    times = [n for n, line in enumerate(lines) if _is_timing(line)]
    before = _said(lines[: times[0] if times else len(lines)], script, cue_follows=bool(times))
    if before:
        script.cues.append(Cue(None, None, before))
    for at, after in pairwise([*times, len(lines)]):
        words = _said(lines[at + 1 : after], script, cue_follows=after < len(lines))
        if found := _TIMING.fullmatch(lines[at]):
            _timed(found, words, script)
        else:
            script.broken += 1
            script.cues.append(Cue(None, None, words))
    return script


def _is_timing(line: str) -> bool:
    """Whether a line is meant to say when a cue is: it may be garbled."""
    before, arrow, _ = line.partition("->")
    return bool(arrow) and len(line) <= _STAMPED and any(map(str.isdecimal, before))


def _said(lines: list[str], script: Script, *, cue_follows: bool) -> str:
    """The words among lines that hold no times: no notes, styles, nor the name of the cue that follows."""
    blocks = list(_blocks(lines))
    if cue_follows and blocks and lines[-1].strip() and (len(blocks[-1]) == 1 or lines[-1].strip().isdecimal()):
        blocks[-1].pop()
    return _words("\n".join(line for block in blocks if not _aside(block, script) for line in block))


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line.strip())
        elif block:
            yield block
            block = []


def _aside(block: list[str], script: Script) -> bool:
    """Whether a block is no words but about the file; what it says of title and date is kept."""
    kind, _, rest = (block[0] if block else "").partition(" ")
    if kind not in {"WEBVTT", "NOTE", "STYLE", "REGION"}:
        return False
    if kind in {"NOTE", "WEBVTT"}:
        for line in (rest.lstrip("- "), *block[1:]):
            _learn(line, script)
    if kind == "WEBVTT" and rest.strip("- ") and not _ABOUT.fullmatch(rest.strip("- ")):
        script.about.setdefault("title", rest.strip("- "))
    return True


def _learn(line: str, script: Script) -> bool:
    """Keep what a line says of title or date; whether it does."""
    if found := _ABOUT.fullmatch(line.strip()):
        script.about.setdefault("title" if found[1].lower() in _TITLES else "date", found[2].strip())
    return found is not None


def _unroll(script: Script) -> None:
    """Captions that roll up show each line twice or more: keep the first showing of it."""
    lines = [cue.text.split("\n") for cue in script.cues]
    again = [now[0] == before[-1] != "" for before, now in pairwise(lines)]
    if sum(again) <= _ROLLING * len(lines):
        return
    for at, repeated in enumerate(again, 1):
        if repeated:
            script.cues[at] = script.cues[at]._replace(text="\n".join(lines[at][1:]).strip())
    script.notes.append(f"captions that roll up: {counted(sum(again), 'repeated line')} left out")


# ── Transcripts ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _stamp(line: str) -> re.Match[str] | None:
    return _BRACKETED.fullmatch(line) or _BARE.fullmatch(line)


def _turn(line: str) -> re.Match[str] | None:
    return _TURN.fullmatch(line) if len(line) <= _STAMPED else None


def _is_transcript(lines: list[str]) -> bool:
    stamps = [found.groups()[:4] for line in lines if (found := _stamp(line))]
    turns = [found.groups()[1:5] for line in lines if (found := _turn(line))]
    times = [at for groups in max(stamps, turns, key=len) if (at := _moment(groups)) is not None]
    ordered = sum(earlier <= later for earlier, later in pairwise(times))
    return len(times) >= max(_FEWEST, _SHARE * len(lines)) and ordered >= _ORDERED * (len(times) - 1)


def _transcript(lines: list[str]) -> Script:
    script = Script()
    turns = sum(_turn(line) is not None for line in lines) >= _FEWEST
    held: list[str] = []
    for line in lines:
        if found := _stamp(line):
            _hold(held, script)
            _timed(found, "", script)
            held.append(found.groups()[-1])
        elif turns and (found := _turn(line)):
            _hold(held, script)
            script.cues.append(Cue(_moment(found.groups()[1:5]), None, ""))
            held.append(f"{found[1]}:")
        elif script.cues or not _learn(line, script):
            held.append(line)
    _hold(held, script)
    script.cues = _ended(script.cues)
    return script


def _hold(held: list[str], script: Script) -> None:
    """Give the lines held to the last cue; those before the first cue stand alone."""
    text = re.sub(r"(?<=[:：])\n+", " ", "\n".join(held), count=1) if script.cues else "\n".join(held)
    text = re.sub(r"\n{2,}", "\n", text).strip()
    held.clear()
    if script.cues:
        script.cues[-1] = script.cues[-1]._replace(text=text)
    elif text:
        script.cues.append(Cue(None, None, text))


def _ended(cues: list[Cue]) -> list[Cue]:
    """Cues of which only the start is said end where the next one begins."""
    ended = []
    for cue, after in pairwise([*cues, Cue(None, None, "")]):
        lasts = cue.start is not None and cue.end is None and after.start is not None and cue.start <= after.start
        ended.append(cue._replace(end=after.start) if lasts else cue)
    return ended


# ── The page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _page(cues: list[Cue]) -> Page:
    out = PageText()
    for cue in cues:
        if cue.text:
            start = out.length
            out.write(cue.text)
            out.mark(start, BlockKind.PARAGRAPH, stretch(cue.start, cue.end))
            out.write("\n")
    return replace(out.page(), origin="transcript")


def _odd(script: Script) -> Iterator[str]:
    """What to tell of the cues: how many, how long, and what is wrong with them."""
    spans = [(cue.start, cue.start if cue.end is None else cue.end) for cue in script.cues if cue.start is not None]
    last = f" up to {clock(max(end for _, end in spans))}" if spans else ""
    yield f"transcript, {counted(len(spans), 'cue')}{last}"
    numbers = {
        "that overlap the one before": sum(first[0] <= then[0] < first[1] for first, then in pairwise(spans)),
        "that begin before the one before": sum(then[0] < first[0] for first, then in pairwise(spans)),
        "with times that make no sense": script.broken,
        "without words": sum(not cue.text for cue in script.cues if cue.start is not None),
    }
    yield from (f"cues {what}: {number}" for what, number in numbers.items() if number)


def _dated(about: dict[str, str]) -> DateSpan | None:
    return day(about["date"]) if "date" in about else None
