"""The seams: small typed Protocols. Built-ins sit in a visible tuple per family; others come by entry point."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from countersight.model import Agent, DateSpan, Digest, Hit, Page, Reading


@dataclass(frozen=True, slots=True)
class Limits:
    """What one work item may use. Containers also carry what they may unpack in all.

    ``seconds`` and ``memory`` (bytes of address space beyond what the program itself needs) end the item; ``unpacked``
    (bytes), ``members`` (files) and ``depth`` (levels of nesting still allowed) bound archives and mail against bombs.
    """

    seconds: float = 120.0
    memory: int = 1_500_000_000
    unpacked: int = 8_000_000_000
    members: int = 100_000
    depth: int = 8


class Sink(Protocol):
    """Where a reader leaves the bytes of members. The blob is complete and named by its digest on return."""

    def __call__(self, stream: BinaryIO, *, limit: int) -> tuple[Digest, int]:
        """Store a stream; return digest and size. Raises ReadError past ``limit`` bytes, leaving nothing behind."""
        ...


class Reader(Protocol):
    """One family of formats. Pure: the same bytes, range and limits give the same reading."""

    @property
    def agent(self) -> Agent:
        """Name and version, the underlying library's version included."""
        ...

    @property
    def pages_per_item(self) -> int:
        """How many pages one work item reads; 0 where a source is read whole."""
        ...

    def claims(self, head: bytes, name: str) -> str | None:
        """The media type if this reader can read a source with these first bytes (up to 4,096) and name, else None."""
        ...

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Read the whole source, or those of the 0-based ``pages`` that exist.

        ``None`` means from the start, as many as the reader finds good for one work item; ``Reading.total`` then says
        how many there are in all.

        Raises ReadError when nothing of the source can be read, with the reason a user understands.
        """
        ...


class Detector(Protocol):
    """Finds rule hits on one masked page."""

    @property
    def agent(self) -> Agent:
        """Name and version; the version changes whenever a rule does."""
        ...

    def detect(self, page: Page) -> tuple[tuple[Hit, ...], Mapping[str, int]]:
        """The hits of a page, and how often each concept occurs on it (signals for document-level conditions)."""
        ...


class WatchList(Protocol):
    """One format of lists of organisations. Natural persons are turned away: counted, never given out."""

    @property
    def agent(self) -> Agent:
        """Name and version; the version changes whenever a file would be read otherwise."""
        ...

    @property
    def title(self) -> str:
        """What the format is called."""
        ...

    def claims(self, head: bytes, name: str) -> bool:
        """Whether a file with these first bytes (up to 65,536, unpacked) and name is, or is part of, such a list."""
        ...

    def part(self, head: bytes) -> str:
        """Which part of a list of several files this is; ``main`` for the one that holds the entries."""
        ...

    def collection(self, head: bytes) -> str:
        """Which of several lists of the format a file is, from its first bytes; nothing where there is but one.

        Snapshots of one collection are compared with each other; the entries of two must not be taken for each other.
        """
        ...

    def day(self, head: bytes) -> DateSpan | None:
        """The day the list says it is of, from the first bytes of its main file; None where it does not say."""
        ...

    def load(self, files: dict[str, Any]) -> Iterator[Any]:
        """Each entry in order: its listings, or why there are none (``lists.rows.Row``), from the files by part.

        Raises ListError for a file that is cut off, hostile or not of the format after all.
        """
        ...


@dataclass(frozen=True, slots=True)
class Failure:
    """A work item that did not finish: crashed, ran out of time or memory, or raised. A value, never an exception.

    ``storage`` says that the disk refused: nothing is wrong with the item, and the whole run cannot go on.
    """

    reason: str
    storage: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """One outcome: the item's key, its result or failure, and what confined the process it was made in."""

    key: str
    result: Any
    held: tuple[str, ...] = ()


class Executor(Protocol):
    """Runs ``task(item)`` for each item; outcomes in any order, at least once; failure is a value."""

    @property
    def name(self) -> str:
        """What the command line calls it."""
        ...

    def prepare(self, modules: Sequence[str]) -> None:
        """Get ready, while the caller goes on, for tasks that need these modules."""
        ...

    def run(
        self,
        task: Callable[[Any], Any],
        items: Iterable[tuple[str, Any]],
        limits: Limits,
        *,
        writable: Sequence[Path] | None = None,
        programs: bool = False,
        scratch: Path | None = None,
    ) -> Iterator[Done]:
        """Pull keyed items lazily, run each within the limits, yield each outcome as it comes.

        ``task``, items and results are picklable. An item that crashes its process, hangs or eats memory yields a
        Failure; the rest are done all the same. As far as the machine can, items may write in the folders
        ``writable`` alone (None: anywhere) and in one made for the run inside ``scratch`` (None: the system's), start
        other programs only with ``programs``, and never use a network.
        """
        ...


Progress = Callable[[str, int, int, int], None]
"""Told the stage, how many of how many items are done, and how many pages."""
