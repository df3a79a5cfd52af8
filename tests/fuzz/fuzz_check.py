"""What a reader may answer to any bytes at all: a reading that keeps the model's promises, or a ReadError in words.

``verdict`` runs in a worker, so it lives in a module that workers can import.
"""

from __future__ import annotations

import hashlib
import re
import signal
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from countersight import read
from countersight.errors import ReadError
from countersight.model import Block, BlockKind, Digest, Locator, Page, Reading, Status, codec
from countersight.ports import Limits, Reader

LIMITS = Limits(seconds=60, memory=1_000_000_000, unpacked=300_000_000, members=2_000)
_BUSY = 20.0  # seconds of processor time that reading a small file may take; the clock's limit is for native code
_HEAD = 4096
_TWICE = 8  # one input in so many is read a second time: the answer must be the same
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Case:
    """Bytes to read and the name they come under; the reader (``module:Class``) and media type of what they were."""

    name: str
    data: bytes
    reader: str
    media: str


class TooSlowError(Exception):
    """Reading takes too long; raised where it is at."""


class BrokenPromiseError(AssertionError):
    """A reading is not what the model promises."""


def verdict(case: Case) -> str:
    """Empty where all is well, else one line that tells this fault from others: what went wrong and where."""
    signal.signal(signal.SIGPROF, _too_slow)
    signal.setitimer(signal.ITIMER_PROF, _BUSY)
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "source"
            path.write_bytes(case.data)
            _read(path, case)
    except ReadError as error:
        return _said(error)
    except Exception as error:  # noqa: BLE001 (whatever a library raises is what is looked for)
        return f"{type(error).__name__} {_place(error)}{_words(error)}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return ""


def _too_slow(*_: object) -> None:
    raise TooSlowError


def _said(error: ReadError) -> str:
    bad = error.status not in {"failed", "skipped"} or not error.what or "\n" in error.what or _HALF.search(error.what)
    return f"ReadError unfit to print: {error.what!r}" if bad else ""


def _place(error: BaseException) -> str:
    """The last place of our own code in the traceback, and the last of all."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "countersight" in frame.filename]
    if isinstance(error, TooSlowError):  # where in a loop it was found is chance
        return "".join(f"{Path(frame.filename).name}:{frame.name}" for frame in ours[:1])
    last = [*ours[-1:], *frames[-1:]]
    return " > ".join(dict.fromkeys(f"{Path(frame.filename).name}:{frame.name}:{frame.lineno}" for frame in last))


def _words(error: BaseException) -> str:
    return f" {error}" if isinstance(error, BrokenPromiseError) else ""


def _chosen(case: Case) -> tuple[Reader, str]:
    """Who reads it: the reader of what it was where that still claims it, else who does, else that one all the same."""
    head = case.data[:_HEAD]
    module, _, name = case.reader.partition(":")
    own: Reader = getattr(import_module(module), name)()
    found = read.choose(head, case.name)
    _promise(bool(found or read.unsupported(head, case.name)[1]), "unread without a reason")
    media = own.claims(head, case.name)
    return (own, media) if media else found or (own, case.media)


def _read(path: Path, case: Case) -> None:
    reader, media = _chosen(case)
    reading = reader.read(path, media, None, LIMITS, _sink)
    check(reading)
    if reading.total > 1:
        check(reader.read(path, media, range(1, 3), LIMITS, _sink))
    if hashlib.sha256(case.data).digest()[0] % _TWICE == 0:
        _promise(reader.read(path, media, None, LIMITS, _sink) == reading, "read twice, read differently")


def _sink(stream: BinaryIO, *, limit: int) -> tuple[Digest, int]:
    """A store that keeps nothing."""
    state, size = hashlib.sha256(), 0
    while chunk := stream.read(1 << 20):
        size += len(chunk)
        if size > limit:
            raise ReadError(f"larger than the {limit:,} bytes allowed here")
        state.update(chunk)
    return Digest(state.hexdigest()), size


# ── promises ──


def _promise(kept: bool, what: str) -> None:
    if not kept:
        raise BrokenPromiseError(what)


def check(reading: Reading) -> None:
    """Raise BrokenPromiseError for the first promise of the model that a reading breaks."""
    _promise(isinstance(reading, Reading), "not a reading")
    _promise(isinstance(reading.status, Status), "a status that is none")
    said = [*reading.notes, reading.reason, reading.title or "", *(fault.reason for fault in reading.faults)]
    _promise(all(isinstance(text, str) and not _HALF.search(text) for text in said), "words that are no text")
    _promise(not any("\n" in text for text in (*reading.notes, reading.reason)), "a reason of more than one line")
    unsaid = not (reading.reason or reading.faults or any(member.fault for member in reading.members))
    _promise(reading.status is Status.READ or not unsaid, f"{reading.status} without a reason")
    for kind, numbers in (
        ("pages", [page.number for page in reading.pages]),
        ("faults", [fault.page for fault in reading.faults]),
    ):
        _promise(all(a < b or (kind == "faults" and a == b) for a, b in pairwise(numbers)), f"{kind} out of order")
        _promise(all(number >= 1 for number in numbers), f"{kind} that begin before the first")
        _promise(max(numbers, default=0) <= max(reading.total, 1), f"{kind} past the last")
    for page in reading.pages:
        _check_page(page)
    _check_members(reading)
    _promise(codec.decode(Reading, codec.encode(reading)) == reading, "not what the codec makes of it")


def _check_page(page: Page) -> None:
    _promise(isinstance(page.text, str), "a page whose text is none")
    _promise(not _HALF.search(page.text + (page.label or "")), "half a character")
    _promise(page.confidence is None or 0 <= page.confidence <= 1, "a confidence outside 0 to 1")
    _promise(not (page.blank and page.text.strip()), "a blank page with text")
    length = len(page.text)
    for place in page.places:
        _promise(0 <= place.start <= place.end <= length, "a place outside the text")
    weak = [one.at for one in page.weak]
    _promise(
        all(0 <= at < length for at in weak) and weak == sorted(set(weak)),
        "weak characters outside the text or out of order",
    )
    for block in page.blocks:
        _promise(0 <= block.start <= block.end <= length, f"a {block.kind} outside the text")
    for kind in BlockKind:
        of_kind = sorted((b.start, b.end) for b in page.blocks if b.kind is kind and b.start < b.end)
        _promise(all(a[1] <= b[0] for a, b in pairwise(of_kind)), f"a {kind} over another")
    _promise(all(_in_row(page.blocks)), "a cell outside its row")


def _in_row(blocks: tuple[Block, ...]) -> Iterator[bool]:
    """For each cell of a page whether a row holds it."""
    rows = sorted((block.start, block.end) for block in blocks if block.kind is BlockKind.ROW)
    at = 0
    for cell in sorted((block.start, block.end) for block in blocks if block.kind is BlockKind.CELL):
        while at < len(rows) and rows[at][1] < cell[1]:
            at += 1
        yield at < len(rows) and rows[at][0] <= cell[0]


def _check_members(reading: Reading) -> None:
    for member in reading.members:
        _promise((member.digest is None) == bool(member.fault), "a member with neither bytes nor a fault")
        _promise(member.size >= 0, "a member of negative size")
        where = Locator("x").into(*member.step)
        _promise(Locator.parse(str(where)) == where, "a member whose place cannot be printed")
    steps = [member.step for member in reading.members]
    _promise(len(set(steps)) == len(steps), "two members in one place")
