"""Snapshots of lists, in a case or a folder of their own: kept by digest, entered in a ledger, read back as events."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from countersight.errors import IntegrityError, ListError, UsageError
from countersight.ledger import Entry
from countersight.lists import builtin
from countersight.lists.files import ListFile
from countersight.lists.history import Told, events
from countersight.lists.loading import Account, Loaded, choose, load, sets
from countersight.lists.table import read_mapping
from countersight.model import DateSpan, Digest, ListEvent, codec
from countersight.ports import WatchList
from countersight.store.blobs import Blobs
from countersight.store.disk import guarded, locked
from countersight.store.journal import Journal

LISTED = "list"
LEDGER, SNAPSHOTS = "ledger.jsonl", "snapshots"
_LIMIT = 1 << 34  # bytes of a list
_MAPPING = "mapping"
_NOT_LISTS = {LEDGER, ".lock", "sources.yaml"}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A list as it was on a day. ``parts`` are its files: part, name as received, digest.

    ``digest`` is that of its file or, of several, of the canonical list of them. ``day_from`` says who says of which
    day it is: the ``file``, the user who ``given`` it, or nobody, and then it is the day it was ``added``.
    ``known_from`` is the day it came here.
    """

    digest: Digest
    list_: str
    format: str
    day: date
    day_from: str
    known_from: date
    parts: tuple[tuple[str, str, Digest], ...]
    counts: dict[str, int]
    regimes: dict[str, int]
    source: str = ""
    etag: str = ""

    @property
    def told(self) -> Told:
        """Its place in time."""
        return Told(self.list_, self.digest, self.day, self.known_from)


@dataclass(frozen=True, slots=True)
class Offer:
    """Files to be added as one list, read and found whole. ``mapping`` says what a table's columns hold."""

    files: dict[str, ListFile]
    loaded: Loaded
    mapping: ListFile | None = None


class Watch:
    """The snapshots of a folder and the ledger they are entered in. Not locked: who adds sees to that."""

    def __init__(self, folder: Path, journal: Journal) -> None:
        self._blobs, self._journal = Blobs(folder), journal

    def snapshots(self) -> list[Snapshot]:
        """All snapshots, in the order they came."""
        return [_snapshot(entry) for entry in self._journal.entries if entry.act == LISTED]

    def add(
        self,
        offer: Offer,
        *,
        day: date | None = None,
        name: str = "",
        source: str = "",
        etag: str = "",
        smaller: bool = False,
    ) -> tuple[Snapshot, bool]:
        """Keep a list and enter it; the snapshot, and whether it is new. ``day`` and ``name`` go before what it tells.

        Raises StorageError where the disk refuses, ListError where a file changes meanwhile, and for a list that has
        less than half of the organisations of the one before unless it may be ``smaller``; nothing is entered then.
        """
        parts = [(part, file.name, file.digest) for part, file in sorted(offer.files.items())]
        parts += [(_MAPPING, offer.mapping.name, offer.mapping.digest)] if offer.mapping else []
        told, list_ = _day(offer.loaded.day, day), name or offer.loaded.list_
        digest = parts[0][2] if len(parts) == 1 else Digest.of(codec.encode([[part, of] for part, _, of in parts]))
        for known in self.snapshots():
            same_day = told[0] is None or known.day.isoformat() == told[0]
            if (known.digest, known.list_) == (digest, list_) and same_day:
                return known, False
        if not smaller:
            self._refuse_shrunk(list_, offer.loaded, told[0])
        self._keep([*offer.files.values(), *([offer.mapping] if offer.mapping else [])])
        self._journal.append([(LISTED, _facts(offer.loaded, digest, list_, told, parts) | _origin(source, etag))])
        return self.snapshots()[-1], True

    def _refuse_shrunk(self, list_: str, loaded: Loaded, day: str | None) -> None:
        of_list = (s for s in self.snapshots() if s.list_ == list_ and (day is None or s.day.isoformat() <= day))
        last = max(of_list, key=lambda s: s.day, default=None)
        now = loaded.account.organisations
        if last and 2 * now < last.counts["organisations"]:
            raise ListError(
                f"{now} organisations, where the snapshot of {last.day} has {last.counts['organisations']}:"
                " the list may be cut off",
                way_out="look at the file; if it is whole, or another list, add --smaller or --list NAME",
            )

    def _keep(self, files: Iterable[ListFile]) -> None:
        with guarded(self._blobs.folder):
            self._blobs.folder.mkdir(parents=True, exist_ok=True)
        self._blobs.sweep()
        for file in files:
            with file.path.open("rb") as stream:
                kept = self._blobs(stream, limit=_LIMIT)[0]
            if kept != file.digest:
                raise ListError(f"{file.name} changed while it was read", way_out="run the command again")

    def load(self, snapshot: Snapshot) -> Loaded:
        """A snapshot read again. Raises IntegrityError where its bytes are not those it was entered with."""
        files = {part: self._kept(name, digest) for part, name, digest in snapshot.parts}
        mapping = files.pop(_MAPPING, None)
        return load(read_mapping(mapping.path) if mapping else choose(files["main"]), files)

    def _kept(self, name: str, digest: Digest) -> ListFile:
        path = self._blobs.path(digest)
        if not path.is_file() or Digest.of_file(path) != digest:
            what = "is missing" if not path.is_file() else "was changed"
            raise IntegrityError(f"{path} ({name}) {what}", way_out="restore it from a copy, or add the list again")
        return ListFile(name, path, digest)

    def check(self) -> None:
        """Raise IntegrityError where the bytes of a snapshot are not those it was entered with."""
        for snapshot in self.snapshots():
            for _, name, digest in snapshot.parts:
                self._kept(name, digest)

    def events(
        self, known: date | None = None, *, built_in: bool = True, but: Collection[int] = ()
    ) -> Iterator[ListEvent]:
        """Everything known on a day (None: now): the built-in events, then what the snapshots tell, list by list.

        ``but`` are the numbers of entries of the ledger whose snapshots are left out.
        """
        if built_in:
            yield from (event for event in builtin.events() if known is None or event.known_from <= known)
        entries = (entry for entry in self._journal.entries if entry.act == LISTED and entry.n not in but)
        by_digest = {snapshot.told: snapshot for snapshot in map(_snapshot, entries)}
        yield from events(by_digest, lambda told: self.load(by_digest[told]).listings, known)

    def damaged(self) -> Iterator[str]:
        """What is wrong with the files kept: changed, missing, or in no entry."""
        named = {digest for snapshot in self.snapshots() for _, _, digest in snapshot.parts}
        for path in self._blobs.damaged():
            yield f"lists/{path.name}: its bytes are not those of its name"
        there = {path.name for path in self._blobs.folder.glob("*")}
        yield from (f"lists/{name}: missing" for name in sorted(named - there))
        yield from (f"lists/{name}: not in the ledger" for name in sorted(there - named))


# ── a folder of lists outside a case ──


class Folder:
    """A folder of lists: snapshots with a ledger of their own, and list files that somebody left there."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def watch(self) -> Watch:
        """Its snapshots, for reading."""
        return Watch(self.root / SNAPSHOTS, Journal(self.root / LEDGER))

    def add(self, offer: Offer, **told: Any) -> tuple[Snapshot, bool]:
        """Add a list, making the folder where there is none. Raises LockedError, StorageError, UsageError."""
        if self.root.exists() and not self.root.is_dir():
            raise UsageError(f"{self.root} is a file, not a folder", way_out="name a folder with --lists")
        with guarded(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
        with locked(self.root):
            return Watch(self.root / SNAPSHOTS, Journal.resumed(self.root / LEDGER)).add(offer, **told)

    def loose(self) -> list[Path]:
        """The files in it that are no snapshots, in order of their names."""
        files = (p for p in sorted(self.root.glob("*")) if p.is_file() and not p.name.startswith("."))
        return [path for path in files if path.name not in _NOT_LISTS]

    def offers(self) -> Iterator[tuple[Offer, dict[str, Any]]]:
        """All it holds, to be added elsewhere: each snapshot with its day, list and source, then the loose files."""
        watch = self.watch()
        for snapshot in watch.snapshots():
            files = {part: watch._kept(name, digest) for part, name, digest in snapshot.parts}  # noqa: SLF001
            told: dict[str, Any] = {
                "day": snapshot.day if snapshot.day_from != "file" else None,
                "name": snapshot.list_,
            }
            mapping = files.pop(_MAPPING, None)
            told |= {"source": snapshot.source, "etag": snapshot.etag, "smaller": True}
            yield Offer(files, watch.load(snapshot), mapping), told
        yield from ((offer, {}) for offer in read(self.loose())) if self.loose() else ()


def read(paths: Sequence[Path], mapping: Path | None = None) -> list[Offer]:
    """The lists in some files, and in the files of folders, each read whole. Raises ListError for one that is not."""
    files = [ListFile.of(path) for given in paths for path in _files(given)]
    if not files:
        raise ListError("no file to add", way_out="name a list file, or a folder that holds one")
    if mapping is None:
        return offered(files)
    table: WatchList = read_mapping(mapping)
    return [Offer({"main": file}, load(table, {"main": file}), ListFile.of(mapping)) for file in files]


def offered(files: Sequence[ListFile]) -> list[Offer]:
    """The lists in these files, each read whole and of a format told by its content. Raises ListError."""
    return [Offer(parts, load(format_, parts)) for format_, parts in sets(files)]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return [file for file in sorted(path.iterdir()) if file.is_file() and not file.name.startswith(".")]


# ── entries of the ledger ──


def _day(told: DateSpan | None, given: date | None) -> tuple[str | None, str]:
    if given:
        return given.isoformat(), "given"
    return (told.to.isoformat(), "file") if told else (None, "added")


def _origin(source: str, etag: str) -> dict[str, str]:
    return {name: value for name, value in (("from", source), ("etag", etag)) if value}


def _facts(
    loaded: Loaded,
    digest: Digest,
    list_: str,
    told: tuple[str | None, str],
    parts: list[tuple[str, str, Digest]],
) -> dict[str, Any]:
    return {
        "snapshot": digest,
        "list": list_,
        "format": loaded.format,
        "day": told[0],
        "day_from": told[1],
        "parts": [{"part": part, "name": name, "blob": of} for part, name, of in parts],
        "counts": counts(loaded.account),
        "regimes": dict(loaded.account.regimes),
    }


def counts(account: Account) -> dict[str, int]:
    """The numbers of an account, as they are entered and printed."""
    return {name: getattr(account, name) for name in ("organisations", "persons", "doubtful", "other", "faults")}


def _snapshot(entry: Entry) -> Snapshot:
    facts, added = entry.facts, date.fromisoformat(entry.at[:10])
    return Snapshot(
        Digest(facts["snapshot"]),
        facts["list"],
        facts["format"],
        date.fromisoformat(facts["day"]) if facts["day"] else added,
        facts["day_from"],
        added,
        tuple((part["part"], part["name"], Digest(part["blob"])) for part in facts["parts"]),
        facts["counts"],
        facts["regimes"],
        facts.get("from", ""),
        facts.get("etag", ""),
    )
