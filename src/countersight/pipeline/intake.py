"""Taking records in: every file below the given paths is sealed under its SHA-256 and entered in the ledger."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from countersight.errors import StorageError, UsageError
from countersight.ledger import Entry
from countersight.model import Digest, Locator, Source
from countersight.store.blobs import Blobs

OPENED, RECEIVED, CORRECTED = "opened", "received", "corrected"
_ANY_SIZE = 1 << 62


@dataclass(frozen=True, slots=True)
class Found:
    """A file below the given paths: where it lies now, its name from now on, and why it cannot be opened, if so."""

    path: Path
    name: str
    reason: str = ""


def find(paths: Iterable[Path], case: Path) -> Iterator[Found]:
    """The files to take in, folder by folder in the order of their names. The case's own folder is left out.

    Raises UsageError for a path that is not there or lies inside the case.
    """
    for path in paths:
        if not path.exists():
            raise UsageError(f"no such file or folder: {path}", way_out="check the path; put quotes around spaces")
        if path.resolve().is_relative_to(case.resolve()):
            raise UsageError(
                f"{path} lies inside the case {case}", way_out="give the folder the records came in, outside the case"
            )
        yield from _below(path, case.resolve(), Path() if path.is_dir() else Path(path.name))


def _below(path: Path, case: Path, name: Path) -> Iterator[Found]:
    try:
        kind = path.stat().st_mode
    except OSError as error:
        yield Found(path, str(name), f"cannot be opened: {error.strerror}")
        return
    if stat.S_ISREG(kind):
        yield Found(path, str(name))
    elif not stat.S_ISDIR(kind):
        yield Found(path, str(name), "not a file: a device, pipe or socket is not read")
    elif path.is_symlink() and name.parts:
        yield Found(path, str(name), "a link to another folder is not followed; audit that folder by name")
    elif path.resolve() != case:
        try:
            inside = sorted(child.name for child in path.iterdir())
        except OSError as error:
            yield Found(path, str(name), f"folder cannot be opened: {error.strerror}")
            return
        for child in inside:
            yield from _below(path / child, case, name / child)


def take_in(
    found: Iterable[Found], entries: Iterable[Entry], evidence: Blobs, tick: Callable[[int], None]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Seal each file and yield the ledger's acts for what is new.

    The same name with the same bytes is the same record; the same name with other bytes is entered as ``name (2)``, and
    so on. ``tick`` is told how many files were looked at.
    """
    names: dict[str, set[str | None]] = {}
    for source in received(entries):
        names.setdefault(source.locator.name, set()).add(source.digest)
    for count, file in enumerate(found, 1):
        digest, size, reason = _seal(file, evidence)
        name = _free_name(file.name, digest, names)
        if name and digest not in names.get(name, ()):
            names.setdefault(name, set()).add(digest)
            facts = {"name": str(Locator(name)), "digest": digest, "size": size}
            yield RECEIVED, facts | ({"reason": reason} if reason else {})
        tick(count)


def _free_name(name: str, digest: Digest | None, names: dict[str, set[str | None]]) -> str | None:
    """The name these bytes go under; None for a file that cannot be opened now and is known."""
    if digest is None and name in names:
        return None
    number, free = 1, name
    while free in names and digest not in names[free] and names[free] != {None}:
        number += 1
        free = f"{name} ({number})"
    return free


def _seal(file: Found, evidence: Blobs) -> tuple[Digest | None, int, str]:
    if file.reason:
        return None, 0, file.reason
    try:
        digest = Digest.of_file(file.path)
        if evidence.path(digest).exists():
            return digest, file.path.stat().st_size, ""
        with file.path.open("rb") as stream:
            return *evidence(stream, limit=_ANY_SIZE), ""
    except StorageError:
        raise
    except OSError as error:
        return None, 0, f"cannot be read: {error.strerror}"


def received(entries: Iterable[Entry]) -> list[Source]:
    """The sources the ledger names, in its order; a file that could be opened only later counts as the later one."""
    sources: dict[str, Source] = {}
    for entry in entries:
        if entry.act == RECEIVED:
            facts = entry.facts
            digest = Digest(facts["digest"]) if facts["digest"] else None
            sources[facts["name"]] = Source(
                digest, facts["size"], Locator.parse(facts["name"]), None, facts.get("reason", "")
            )
    return list(sources.values())
