"""What is received, what it holds, and what is still to be read: a pure walk over stored facts.

The walk goes through the sources in the order of the ledger and into archives and mails depth first. Which of several
identical sources is the first, which names their reader sees and how much a container may unpack all follow from that
order, never from the order in which workers finished.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from countersight.model import Digest, Locator, Member, Source, Status
from countersight.ports import Limits
from countersight.read.archive import inner_name
from countersight.store.db import OCR, Part, Where

OPEN = -1  # the stop of a work item that reads from the start, as far as its reader goes
MAX_DEPTH = 8  # containers inside containers
_FAN = 8  # a range that crashed is tried again in eighths, then page by page


class Known(Protocol):
    """What the walk asks of the store."""

    @property
    def ocr(self) -> bool:
        """Whether pages that are pictures are to be read."""
        ...

    def sniffed(self, digest: Digest, name: str) -> tuple[str | None, int, str]:
        """Media type, pages per work item (0: whole), and the reason where no reader takes it."""
        ...

    def part(self, where: Where) -> Part | None:
        """The outcome of a work item, None where it has not been done."""
        ...

    def corrected(self, digest: Digest, media: str) -> Sequence[Where]:
        """The work items of those pages of a source, all read, whose text a reviewer corrected."""
        ...


@dataclass(slots=True)
class Visit:
    """One source of the walk. ``parts`` are the outcomes it has, ``missing`` the work items it still needs.

    ``status`` and ``reason`` are set where the walk itself decides what becomes of the source (duplicate, empty, no
    reader …).
    """

    source: Source
    parent: Digest | None
    media: str | None = None
    status: Status | None = None
    reason: str = ""
    parts: list[Where] = field(default_factory=list)
    missing: list[Where] = field(default_factory=list)
    members: list[Locator] = field(default_factory=list)


def walk(received: Iterable[Source], known: Known, limits: Limits) -> Iterator[Visit]:
    """Every source received and every member known so far, each once; containers before what they hold."""
    first: dict[Digest, Locator] = {}
    for root in received:
        unpacked = 0
        stack: list[tuple[Source, Digest | None, Status | None]] = [(root, None, None)]
        while stack:
            source, parent, status = stack.pop()
            visit = _visit(source, parent, status, first, known)
            if visit.status is None and len(source.locator.steps) > MAX_DEPTH:
                visit.status, visit.reason = Status.SKIPPED, f"not unpacked: nested more than {MAX_DEPTH} levels deep"
            elif visit.status is None and unpacked > limits.unpacked:
                visit.status, visit.reason = Status.SKIPPED, _too_much(root, limits)
            elif visit.status is None and source.digest and visit.media:
                first[source.digest] = source.locator
                members = list(_parts(visit, known))
                _scans(visit, known)
                _corrections(visit, known)
                unpacked += sum(member.size for member in members)
                inside = [_member(source, member) for member in members]
                visit.members = [child.locator for child, _ in inside]
                stack += [(child, source.digest, status) for child, status in reversed(inside)]
            yield visit


def _visit(
    source: Source, parent: Digest | None, status: Status | None, first: dict[Digest, Locator], known: Known
) -> Visit:
    visit = Visit(source, parent, status=status, reason=source.reason)
    if source.digest is None:
        visit.status = status or Status.FAILED
    elif source.size == 0:
        visit.status, visit.reason = Status.SKIPPED, "empty: 0 bytes"
    elif source.digest in first:
        visit.media = known.sniffed(source.digest, source.name)[0]
        visit.status, visit.reason = Status.DUPLICATE, f"same bytes as {first[source.digest]}"
    else:
        visit.media, _, reason = known.sniffed(source.digest, source.name)
        if reason:
            visit.status, visit.reason = Status.SKIPPED, reason
            first[source.digest] = source.locator
    return visit


def _too_much(root: Source, limits: Limits) -> str:
    return f"not unpacked: {root.locator} holds more than {limits.unpacked:,} bytes in all"


def _member(container: Source, member: Member) -> tuple[Source, Status | None]:
    kind, name = member.step
    locator = container.locator.into(kind, name or inner_name(container.name))
    source = Source(member.digest, member.size, locator, container.locator, member.fault, member.note)
    return source, member.status if member.digest is None else None


def _parts(visit: Visit, known: Known) -> Iterator[Member]:
    """Sort the work items of a source into done and missing; yield the members found."""
    digest, media = visit.source.digest, visit.media
    if digest is None or media is None:
        raise ValueError(f"nothing to read in {visit.source.locator}")
    step = known.sniffed(digest, visit.source.name)[1]
    whole = (digest, media, 0, OPEN)
    part = known.part(whole)
    if part is None:
        visit.missing.append(whole)
    elif not part.crashed:
        visit.parts.append(whole)
        yield from part.members
        if 0 < part.reached < part.total:
            _ranges(visit, known, (digest, media, part.reached, part.total), step or part.reached)
    elif step:
        yield from _after_crash(visit, digest, media, step, known)
    else:
        visit.parts.append(whole)


def _scans(visit: Visit, known: Known) -> None:
    """The pages that OCR has read or must read, one work item each, once all that can be read without it was."""
    if not known.ocr or visit.missing:
        return
    for digest, media, first, stop in tuple(visit.parts):
        part = known.part((digest, media, first, stop))
        for number in part.scans if part else ():
            where = (digest, OCR + media, number - 1, number)
            (visit.parts if known.part(where) else visit.missing).append(where)


def _corrections(visit: Visit, known: Known) -> None:
    """The pages whose text a reviewer corrected, one work item each, once all else was read."""
    if visit.missing or visit.source.digest is None or visit.media is None:
        return
    for where in known.corrected(visit.source.digest, visit.media):
        (visit.parts if known.part(where) else visit.missing).append(where)


def _after_crash(visit: Visit, digest: Digest, media: str, step: int, known: Known) -> Iterator[Member]:
    """The opening pages crashed the reader: ask for the number of pages alone, then read around what crashes.

    Yields the members that the answer holds.
    """
    probe = (digest, media, 0, 0)
    part = known.part(probe)
    if part is None:
        visit.missing.append(probe)
        return
    visit.parts.append(probe)
    if not part.crashed:
        yield from part.members
        _ranges(visit, known, (digest, media, 0, part.total), step)


def _ranges(visit: Visit, known: Known, whole: Where, step: int) -> None:
    digest, media, start, end = whole
    for first in range(start, end, step):
        _range(visit, (digest, media, first, min(first + step, end)), known)


def _range(visit: Visit, where: Where, known: Known) -> None:
    _, _, first, stop = where
    part = known.part(where)
    if part is None:
        visit.missing.append(where)
    elif not part.crashed or stop - first == 1:
        visit.parts.append(where)
    else:
        _ranges(visit, known, where, max((stop - first) // _FAN, 1))
