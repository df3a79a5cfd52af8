"""Page accounting: every file and every page received is in exactly one class, and the classes add up."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from countersight.model import Confidence, Digest, FileRow, Locator, PageFault, PageReading, Status

_UNRECOGNISED = ("needs OCR", "needs speech to text")
_OCR = "ocr"
UNKNOWN = "und"
"""The language of a page whose language is not known (ISO 639-2, undetermined)."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Numbers of pages by what became of them; every page is in exactly one class.

    ``read`` includes pages read by OCR. A page of which only a part was read counts under the fault it has.
    """

    read: int = 0
    blank: int = 0
    needs_ocr: int = 0
    failed: int = 0
    skipped: int = 0
    duplicate: int = 0

    def __add__(self, other: Pages) -> Pages:
        return Pages(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def total(self) -> int:
        """All pages received."""
        return self.read + self.blank + self.not_read + self.duplicate

    @property
    def not_read(self) -> int:
        """Pages whose words were not, or not wholly, seen by any rule."""
        return self.needs_ocr + self.failed + self.skipped


def pages_of(file: FileRow) -> Pages:
    """What became of the pages of one file; nothing for a file without pages or whose pages could not be counted."""
    count = file.pages or 0
    if file.status is Status.DUPLICATE:
        return Pages(duplicate=count)
    if file.status is Status.SKIPPED:
        return Pages(skipped=count)
    if file.status is Status.FAILED:
        return Pages(needs_ocr=count) if _unrecognised(file.reason) else Pages(failed=count)
    numbers = {fault.page for fault in file.pages_failed}
    ocr = {fault.page for fault in file.pages_failed if _unrecognised(fault.reason)}
    needs_ocr, failed = len(ocr), len(numbers - ocr)
    return Pages(max(0, count - needs_ocr - failed - file.pages_blank), file.pages_blank, needs_ocr, failed)


def _unrecognised(reason: str | None) -> bool:
    return any(words in (reason or "") for words in _UNRECOGNISED)


@dataclass(frozen=True, slots=True)
class Account:
    """The totals. ``uncounted`` are files that failed or were skipped and whose pages nobody could count."""

    pages: Pages
    by_ocr: int
    files: dict[Status, int]
    uncounted: int
    unpaged: int

    @property
    def files_total(self) -> int:
        """All files received."""
        return sum(self.files.values())


def account(files: Iterable[FileRow]) -> Account:
    """Add up the files."""
    pages, by_ocr, uncounted, unpaged = Pages(), 0, 0, 0
    statuses = dict.fromkeys(Status, 0)
    for file in files:
        pages += pages_of(file)
        statuses[file.status] += 1
        by_ocr += file.pages_ocr
        uncounted += file.pages is None and file.status in {Status.FAILED, Status.SKIPPED}
        unpaged += file.pages is None and file.status in {Status.READ, Status.PARTIAL}
    return Account(pages, by_ocr, statuses, uncounted, unpaged)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why files of one status were not, or not wholly, read: how many, and how many of their pages (0 if unknown)."""

    status: Status
    reason: str
    files: int
    pages: int


def reasons(files: Iterable[FileRow]) -> list[Reason]:
    """Every reason once for each status, the one with most files first. A file counts under each reason it has."""
    seen: Counter[tuple[Status, str]] = Counter()
    pages: Counter[tuple[Status, str]] = Counter()
    for file in files:
        if file.status in {Status.PARTIAL, Status.FAILED, Status.SKIPPED}:
            named = Counter(fault.reason for fault in set(file.pages_failed))
            for reason, number in (named or {file.reason or "no reason recorded": pages_of(file).not_read}).items():
                seen[file.status, reason] += 1
                pages[file.status, reason] += number
    order = sorted(seen, key=lambda at: (-seen[at], *at))
    return [Reason(*at, seen[at], pages[at]) for at in order]


@dataclass(frozen=True, slots=True)
class Read:
    """Pages read in one way: their numbers, the mean of their confidences, and the least sure of them.

    ``mean``, ``least`` and ``least_page`` are None where the pages were not recognised but read as stored. The mean is
    over pages, not characters.
    """

    origin: str
    pages: tuple[int, ...]
    mean: float | None = None
    least: float | None = None
    least_page: int | None = None


def read_as(readings: Iterable[PageReading]) -> list[Read]:
    """The pages of one or of all sources by how they were read, most pages first; blank pages are not among them."""
    ways: dict[str, list[PageReading]] = defaultdict(list)
    for reading in readings:
        if not reading.blank:
            ways[reading.origin].append(reading)
    return [_read(origin, ways[origin]) for origin in sorted(ways, key=lambda origin: (-len(ways[origin]), origin))]


def _read(origin: str, readings: list[PageReading]) -> Read:
    numbers = tuple(sorted(reading.number for reading in readings))
    scores = sorted((r.confidence, r.number) for r in readings if r.confidence is not None)
    if not scores:
        return Read(origin, numbers)
    return Read(origin, numbers, _mean(score for score, _ in scores), *scores[0])


def _mean(scores: Iterable[float]) -> float:
    """The mean to six decimals."""
    held = list(scores)
    return round(math.fsum(held) / len(held), 6)


def spoken(readings: Iterable[PageReading]) -> list[tuple[str | None, tuple[int, ...]]]:
    """The pages by language, most pages first; None for those whose language is not known. Blank pages have none."""
    found: dict[str | None, list[int]] = defaultdict(list)
    for reading in readings:
        if not reading.blank:
            found[reading.language].append(reading.number)
    order = sorted(found, key=lambda tag: (-len(found[tag]), tag is None, tag or ""))
    return [(tag, tuple(sorted(found[tag]))) for tag in order]


def counted(file: FileRow, readings: Iterable[PageReading]) -> FileRow:
    """The file with the pages that were read counted by origin and by language, and how sure OCR was of its own."""
    told = whole(file, readings)
    scores = sorted((r.confidence, r.number) for r in told if _OCR in r.origin and r.confidence is not None)
    return replace(
        file,
        pages_by_origin={way.origin: len(way.pages) for way in read_as(told)},
        pages_by_language={tag or UNKNOWN: len(numbers) for tag, numbers in spoken(told)},
        ocr_confidence=Confidence(_mean(score for score, _ in scores), *scores[0]) if scores else None,
    )


def with_duplicates(files: Sequence[FileRow]) -> list[FileRow]:
    """The files, each duplicate with as many pages as the file it is a duplicate of."""
    pages = {file.digest: file.pages for file in files if file.status is not Status.DUPLICATE}
    return [replace(f, pages=pages.get(f.digest)) if f.status is Status.DUPLICATE else f for f in files]


def whole(file: FileRow, readings: Iterable[PageReading]) -> tuple[PageReading, ...]:
    """The readings of the pages of a file that have no fault: a page counts once, as read or with its fault."""
    failed = {fault.page for fault in file.pages_failed}
    return tuple(reading for reading in readings if reading.number not in failed)


def in_pages(files: Iterable[FileRow], readings: Mapping[Digest, tuple[PageReading, ...]]) -> list[PageReading]:
    """The readings of the pages of these files that have pages, each source once."""
    paged = dict.fromkeys(file.digest for file in files if file.digest in readings and file.pages is not None)
    return [reading for digest in paged if digest for reading in readings[digest]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table of files: a file, how deep it is nested, its pages by class, and how each was read."""

    file: FileRow
    depth: int
    pages: Pages
    readings: tuple[PageReading, ...] = ()

    @property
    def read_as(self) -> list[Read]:
        """How its pages were read, unless all of them simply have a text layer."""
        ways = read_as(self.readings)
        return ways if any(way.origin != "text" for way in ways) else []

    @property
    def spoken(self) -> list[tuple[str | None, tuple[int, ...]]]:
        """Its pages by language, where there is more than one."""
        found = spoken(self.readings)
        return found if len([tag for tag, _ in found if tag]) > 1 else []

    @property
    def blank(self) -> tuple[int, ...]:
        """The numbers of its blank pages."""
        return tuple(reading.number for reading in self.readings if reading.blank)


def lines(files: Iterable[FileRow], readings: Mapping[Digest, tuple[PageReading, ...]] | None = None) -> Iterator[Line]:
    """Every file once, sorted by locator, each archive or mail followed by its members."""
    known_readings = readings or {}
    for file, depth in _nested(files):
        told = known_readings.get(file.digest, ()) if file.digest and file.status is not Status.DUPLICATE else ()
        yield Line(file, depth, pages_of(file), told)


def _nested(files: Iterable[FileRow]) -> Iterator[tuple[FileRow, int]]:
    """The files in that order, each with its depth; those whose parents go round in a circle come last."""
    ordered = sorted(files, key=lambda file: str(file.locator))
    known = {file.locator for file in ordered}
    members: dict[Locator | None, list[FileRow]] = defaultdict(list)
    for file in ordered:
        parent = file.parent_locator
        members[parent if parent in known and parent != file.locator else None].append(file)
    pending = [(file, 0) for file in reversed(members[None])]
    while pending:
        file, depth = pending.pop()
        yield file, depth
        pending.extend((member, depth + 1) for member in reversed(members.pop(file.locator, [])))
    members.pop(None)
    yield from ((file, 0) for circle in members.values() for file in circle)


@dataclass(frozen=True, slots=True)
class WeakPage:
    """A page that OCR read, to be looked at: its file and how it was read."""

    file: FileRow
    reading: PageReading


def weakest(
    files: Iterable[FileRow], readings: Mapping[Digest, tuple[PageReading, ...]], most: int | None = None
) -> list[WeakPage]:
    """The pages that OCR read, the least sure first, then by file and page; at most ``most``. Each source once."""
    rows = {file.digest: file for file in files if file.digest in readings and file.status is not Status.DUPLICATE}
    found = [
        ((reading.confidence, str(file.locator), reading.number), WeakPage(file, reading))
        for digest, file in rows.items()
        for reading in (readings[digest] if digest else ())
        if reading.confidence is not None and _OCR in reading.origin and not reading.blank
    ]
    return [weak for _, weak in sorted(found, key=lambda each: each[0])[:most]]


def faults(found: Iterable[PageFault]) -> list[tuple[str, str]]:
    """Faults by reason, in order of first page: the reason and its pages, as ``pages 3–7, 9``."""
    by_reason: dict[str, list[int]] = {}
    for fault in sorted(found, key=lambda fault: fault.page):
        by_reason.setdefault(fault.reason, []).append(fault.page)
    return [(why, named(numbers)) for why, numbers in by_reason.items()]


def named(numbers: Iterable[int]) -> str:
    """Pages by number: ``page 3``, ``pages 3–7, 9``."""
    held = set(numbers)
    return f"page{'s' if len(held) > 1 else ''} {ranges(held)}"


def ranges(numbers: Iterable[int]) -> str:
    """Page numbers in short: ``1, 3–7, 9``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in runs)
