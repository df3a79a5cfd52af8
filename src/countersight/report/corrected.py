"""Corrected text as shown: what was read at first beside what stands now, and the findings that came or went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from countersight.model import Change, Citation, Correction, Finding

_SHOWN = 20  # changes of one page


class Entry(Protocol):
    """A finding as the dossier shows it."""

    @property
    def finding(self) -> Finding:
        """The finding."""
        ...


@dataclass(frozen=True, slots=True)
class Edited:
    """A stretch of text as it stands; where ``changed``, in place of what was ``read``."""

    text: str
    read: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A correction, its changes in place, how many are not shown, and the findings that came by it."""

    correction: Correction
    anchor: str
    places: tuple[tuple[Edited, ...], ...]
    more: int
    came: tuple[Entry, ...]


def told(corrections: Sequence[Correction], entries: Iterable[Entry]) -> list[Told]:
    """The corrections as the dossier lists them."""
    by_id = {entry.finding.id: entry for entry in entries}
    return [
        Told(
            one,
            f"C-{number}",
            tuple(map(_in_place, one.changes[:_SHOWN])),
            max(0, len(one.changes) - _SHOWN),
            tuple(by_id[name] for name in one.came if name in by_id),
        )
        for number, one in enumerate(corrections, 1)
    ]


def _in_place(change: Change) -> tuple[Edited, ...]:
    return Edited(change.before), Edited(change.corrected, change.read, changed=True), Edited(change.after)


def quote(corrections: Iterable[Correction], citation: Citation) -> tuple[Correction | None, tuple[Edited, ...]]:
    """The correction that touches a citation's words, and the quote with what was read before; None and nothing."""
    for one in corrections:
        if (one.digest, one.page) == (citation.digest, citation.page):
            mine = [change for change in one.changes if change.touches(citation.start, citation.end)]
            return (one, tuple(_edited(citation, mine))) if mine else (None, ())
    return None, ()


def _edited(citation: Citation, changes: Iterable[Change]) -> Iterator[Edited]:
    at = 0
    for change in changes:
        start, end = max(0, change.start - citation.start), min(len(citation.quote), change.end - citation.start)
        yield Edited(citation.quote[at:start])
        yield Edited(citation.quote[start:end], change.read, changed=True)
        at = end
    yield Edited(citation.quote[at:])
