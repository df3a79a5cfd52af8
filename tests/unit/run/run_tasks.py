"""Work items that misbehave, for tests of executors. A module of its own, so that workers can import it."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from countersight.errors import StorageError


def work(item: tuple[str, Any]) -> Any:
    """Do what the item says."""
    faulthandler.disable()  # pytest's; its report of a crash is not wanted here
    kind, value = item
    return _KINDS[kind](value)


def _raise(error: BaseException) -> None:
    raise error


def _eat(size: int) -> int:
    """Take memory piece by piece and touch it."""
    pieces = [bytearray(1 << 20) for _ in range(size >> 20)]
    return len(pieces)


def _spin(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def _leave_mark(path: str) -> int:
    Path(path).touch()
    return os.getpid()


def _core(_: object) -> tuple[int, int]:
    import resource  # noqa: PLC0415 (asked in the worker)

    return resource.getrlimit(resource.RLIMIT_CORE)


_KINDS: dict[str, Callable[[Any], Any]] = {
    "double": lambda value: value * 2,
    "kill": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "segv": lambda _: ctypes.string_at(0),
    "abort": lambda _: os.abort(),
    "leave": os._exit,
    "exit": sys.exit,
    "hang": _spin,
    "eat": _eat,
    "raise": _raise,
    "full": lambda _: _raise(StorageError("cannot write in members: the disk is full", way_out="make room")),
    "unpicklable": lambda _: lambda: None,
    "mark": _leave_mark,
    "core": _core,
    "pid": lambda _: os.getpid(),
}
