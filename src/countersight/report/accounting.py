"""Page accounting: every file and every page received is in exactly one class, and the classes add up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from countersight.model import FileRow, Locator, PageFault, Status

_NEEDS_OCR = "needs OCR"


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
        return Pages(needs_ocr=count) if _NEEDS_OCR in (file.reason or "") else Pages(failed=count)
    numbers = {fault.page for fault in file.pages_failed}
    ocr = {fault.page for fault in file.pages_failed if _NEEDS_OCR in fault.reason}
    needs_ocr, failed = len(ocr), len(numbers - ocr)
    return Pages(max(0, count - needs_ocr - failed - file.pages_blank), file.pages_blank, needs_ocr, failed)


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
class Line:
    """One line of the table of files: a file, how deep it is nested, and its pages by class."""

    file: FileRow
    depth: int
    pages: Pages


def lines(files: Iterable[FileRow]) -> Iterator[Line]:
    """Every file once, sorted by locator, each archive or mail followed by its members."""
    ordered = sorted(files, key=lambda file: str(file.locator))
    known = {file.locator for file in ordered}
    members: dict[Locator | None, list[FileRow]] = defaultdict(list)
    for file in ordered:
        parent = file.parent_locator
        members[parent if parent in known and parent != file.locator else None].append(file)
    pending = [(file, 0) for file in reversed(members[None])]
    while pending:
        file, depth = pending.pop()
        yield Line(file, depth, pages_of(file))
        pending.extend((member, depth + 1) for member in reversed(members.pop(file.locator, [])))
    members.pop(None)
    yield from (Line(file, 0, pages_of(file)) for circle in members.values() for file in circle)


def faults(found: Iterable[PageFault]) -> list[tuple[str, str]]:
    """Faults by reason, in order of first page: the reason and its pages, as ``pages 3–7, 9``."""
    by_reason: dict[str, list[int]] = {}
    for fault in sorted(found, key=lambda fault: fault.page):
        by_reason.setdefault(fault.reason, []).append(fault.page)
    return [(why, f"page{'s' if len(set(n)) > 1 else ''} {ranges(n)}") for why, n in by_reason.items()]


def ranges(numbers: Iterable[int]) -> str:
    """Page numbers in short: ``1, 3–7, 9``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in runs)
