"""What holds inside a work item: limits set by the kernel, and failure turned into a value."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from countersight.errors import StorageError
from countersight.ports import Failure, Limits
from countersight.run import sandbox

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_OPEN_FILES = 1024
_PROCESSES = 8192  # of the user, all programs counted: a backstop where other programs may be started
_SPARE = 5  # seconds of processor time beyond what the clock of the executor allows


@dataclass(frozen=True, slots=True)
class Cell:
    """Where the work items of one run are confined.

    ``writable`` are the folders they may write in (None: all), ``programs`` says that they may start other programs,
    ``scratch`` is for temporary files and is removed after the run.
    """

    limits: Limits
    writable: tuple[Path, ...] | None
    programs: bool
    scratch: Path


@contextlib.contextmanager
def cell(
    limits: Limits, writable: Sequence[Path] | None, *, programs: bool, within: Path | None = None
) -> Iterator[Cell]:
    """The cell of a run, temporary files ``within`` a folder. Raises StorageError where none can be made in it."""
    try:
        scratch = tempfile.TemporaryDirectory(prefix="countersight-", dir=within, ignore_cleanup_errors=True)
    except OSError as error:
        raise StorageError(
            f"cannot write in {within or tempfile.gettempdir()}: {error.strerror}",
            way_out="make room or choose another disk and run the same command again: what was done is kept",
        ) from error
    with scratch as folder:
        yield Cell(limits, None if writable is None else tuple(writable), programs, Path(folder).resolve())


def confine(cell: Cell) -> None:
    """Confine this process for good: limits, no core dumps, no word, no life after its parent's, and the sandbox."""
    _fall_silent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    tempfile.tempdir = os.environ["TMPDIR"] = str(cell.scratch)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _lower(resource.RLIMIT_FSIZE, cell.limits.unpacked)
    if cell.programs:
        _lower(resource.RLIMIT_NPROC, _PROCESSES)
    bounded = "file size, open files and time"
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _lower(resource.RLIMIT_AS, pages * resource.getpagesize() + cell.limits.memory)
        bounded = f"memory, {bounded}"
    sandbox.note(f"limits of {bounded} (rlimits)")
    sandbox.shut(None if cell.writable is None else (*cell.writable, cell.scratch), programs=cell.programs)


def _fall_silent() -> None:
    """What libraries print about a file would let the file write on the user's terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _lower(kind: int, most: int) -> None:
    """Set a limit for good, unless a lower one is set already."""
    allowed = [limit for limit in resource.getrlimit(kind) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(kind, (min([most, *allowed]),) * 2)


def _wind_up(limits: Limits) -> None:
    """Give this process processor time for one more item: a backstop for when nobody watches the clock."""
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    allowed = int(used + (limits.seconds + _SPARE) * cores())
    if hard == resource.RLIM_INFINITY or allowed < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, hard))


def cores() -> int:
    """Processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def attempt(task: Callable[[Any], Any], item: Any, limits: Limits) -> Any:
    """The task's result, or a Failure that says why there is none."""
    try:
        _wind_up(limits)
        return task(item)
    except StorageError as error:
        return Failure(str(error), storage=True)
    except MemoryError:
        return Failure(out_of_memory(limits))
    except BaseException as error:  # noqa: BLE001 (a seam: exits and panics of native code too are one failed item)
        said = " ".join(str(error).split())
        return Failure(f"reader error: {type(error).__name__}: {said}"[:500])


def measures(told: Any) -> tuple[str, ...]:
    """What a worker told of its confinement; nothing where it could not tell."""
    return () if isinstance(told, Failure) else tuple(told)


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
