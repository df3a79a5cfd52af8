"""What holds inside a work item: limits set by the kernel, and failure turned into a value."""

from __future__ import annotations

import contextlib
import ctypes
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from countersight.errors import StorageError
from countersight.ports import Failure, Limits

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def confine(limits: Limits) -> None:
    """Limit this process: address space beyond what it has now, no core dumps, and no life after its parent's."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    allowed = pages * resource.getpagesize() + limits.memory
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or allowed < hard:
        resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


def attempt(task: Callable[[Any], Any], item: Any, limits: Limits) -> Any:
    """The task's result, or a Failure that says why there is none."""
    try:
        return task(item)
    except StorageError as error:
        return Failure(str(error), storage=True)
    except MemoryError:
        return Failure(out_of_memory(limits))
    except BaseException as error:  # noqa: BLE001 (a seam: exits and panics of native code too are one failed item)
        said = " ".join(str(error).split())
        return Failure(f"reader error: {type(error).__name__}: {said}"[:500])


def out_of_memory(limits: Limits) -> str:
    """The reason of an item stopped by its memory limit."""
    return f"stopped: needs more than {limits.memory // 1_000_000} MB of memory"


def out_of_time(limits: Limits) -> str:
    """The reason of an item stopped by its time limit."""
    return f"stopped: took longer than {limits.seconds:g} seconds"


def crashed(exit_code: int | None) -> str:
    """The reason of an item whose process died."""
    if exit_code is not None and exit_code < 0:
        return f"stopped: the reading process crashed ({signal.Signals(-exit_code).name})"
    return f"stopped: the reading process ended unexpectedly (exit code {exit_code})"
