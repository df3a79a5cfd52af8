"""The one tree of errors. Each class carries the exit code of the command and each instance the way out.

Exit codes (interface): 0 done, 1 unexpected, 2 usage, 3 done but something could not be read, 4 integrity, 5 refused.
"""

from __future__ import annotations

from typing import ClassVar


class CountersightError(Exception):
    """An expected failure: what happened, where, and what the user can do about it."""

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, way_out: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.way_out = way_out

    def __str__(self) -> str:
        return f"{self.what}\n  Way out: {self.way_out}" if self.way_out else self.what


class UsageError(CountersightError):
    """The command or its arguments cannot be carried out as given."""

    exit_code = 2


class RuleError(UsageError):
    """A rule file is broken; the message names file, line and what was expected."""


class StorageError(CountersightError):
    """The disk is full, read-only or failing. What was committed stays; the command may be run again."""


class LockedError(CountersightError):
    """Another process is writing to this case."""


class IntegrityError(CountersightError):
    """Bytes are not what the ledger or their own digest says."""

    exit_code = 4


class RefusedError(CountersightError):
    """The program declines: a case of a newer version, or something countersight does not do."""

    exit_code = 5


class ReadError(CountersightError):
    """A source, or a part of it, cannot be read. ``status`` is what ``files`` will say: failed or skipped.

    Raised by readers only; the pipeline turns it into an outcome, so it never ends a command.
    """

    exit_code = 3

    def __init__(self, what: str, *, status: str = "failed", way_out: str = "") -> None:
        super().__init__(what, way_out=way_out)
        self.status = status


class ListError(CountersightError):
    """A list cannot be read or fetched: what is wrong with it. The snapshots already kept stay in force."""

    exit_code = 3
