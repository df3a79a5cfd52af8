"""One item after another, each in a process of its own: the reference that every other executor must agree with."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from countersight.ports import Done, Failure, Limits
from countersight.run import sandbox
from countersight.run.limits import Cell, attempt, cell, confine, crashed, measures, out_of_time


@dataclass(frozen=True, slots=True)
class SerialExecutor:
    """Forks for each item, so that a crash, a hang or a glutton costs one item here too."""

    name: str = "serial"

    def prepare(self, modules: Sequence[str]) -> None:
        """Import the modules here, where all children are forked from."""
        for module in modules:
            import_module(module)

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
        """Outcomes in the order of the items."""
        with cell(limits, writable, programs=programs, within=scratch) as place:
            held = measures(_in_child(sandbox.held, None, place))
            for key, item in items:
                yield Done(key, _in_child(task, item, place), held)


def _in_child(task: Callable[[Any], Any], item: Any, place: Cell) -> Any:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(there, task, item, place), daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(place.limits.seconds):
            return Failure(out_of_time(place.limits))
        return here.recv()
    except EOFError:
        process.join()
        return Failure(crashed(process.exitcode))
    finally:
        process.kill()
        process.join()
        here.close()


def _child(there: Connection, task: Callable[[Any], Any], item: Any, place: Cell) -> None:
    _let_go(keep=there.fileno())
    confine(place)
    there.send(attempt(task, item, place.limits))


def _let_go(keep: int) -> None:
    """Lose what the parent has open, such as the case's database. Numbers stay taken, so that none is closed twice."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    folder = Path("/dev/fd")
    opened = {int(path.name) for path in folder.iterdir()} if folder.is_dir() else set()
    for number in opened - {0, 1, 2, keep, nowhere}:
        with contextlib.suppress(OSError):  # the one by which the folder was listed
            os.fstat(number)
            os.dup2(nowhere, number, inheritable=False)
