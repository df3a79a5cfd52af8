"""The ledger on disk: appended to line by line, checked whole whenever it is opened."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from countersight import ledger
from countersight.errors import UsageError
from countersight.ledger import Entry
from countersight.store.disk import guarded


def now() -> str:
    """The time written into the ledger: ``SOURCE_DATE_EPOCH`` where it is set, else the clock; UTC, to the second.

    Raises UsageError where ``SOURCE_DATE_EPOCH`` is not a number of seconds.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        seconds = int(given) if given else int(time.time())
        return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {given!r}, not a number of seconds since 1970",
            way_out="set it to e.g. 1700000000, or unset it",
        ) from error


class Journal:
    """``ledger.jsonl`` of a case. Raises IntegrityError where a line does not hold.

    ``unfinished`` leaves out a last line without its end, which a killed process may have left.
    """

    def __init__(self, path: Path, *, unfinished: bool = False) -> None:
        self._path = path
        lines = _lines(path)
        self.entries: list[Entry] = list(ledger.check(filter(_is_finished, lines) if unfinished else lines))

    @classmethod
    def resumed(cls, path: Path) -> Journal:
        """Open for writing: a last line that a killed process left unfinished is cut off."""
        if path.exists():
            data = path.read_bytes()
            whole = data.rfind(b"\n") + 1
            if whole < len(data):
                with guarded(path.parent):
                    os.truncate(path, whole)
        return cls(path)

    def append(self, acts: Iterable[tuple[str, dict[str, Any]]]) -> int:
        """Append acts as they come, each line at once; how many. On the disk for certain when it returns."""
        before = len(self.entries)
        at = now()
        with guarded(self._path.parent), self._path.open("ab") as out:
            for act, facts in acts:
                previous = self.entries[-1].hash if self.entries else ledger.GENESIS
                entry = ledger.entry(len(self.entries) + 1, at, act, facts, previous)
                out.write(entry.line())
                out.flush()
                self.entries.append(entry)
            os.fsync(out.fileno())
        return len(self.entries) - before


def _lines(path: Path) -> Iterable[bytes]:
    if not path.exists():
        return
    with path.open("rb") as stream:
        yield from stream


def _is_finished(line: bytes) -> bool:
    return line.endswith(b"\n")
