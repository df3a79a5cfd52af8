"""One item after another, each in a process of its own: the reference that every other executor must agree with."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from countersight.ports import Done, Failure, Limits
from countersight.run.limits import attempt, confine, crashed, out_of_time


@dataclass(frozen=True, slots=True)
class SerialExecutor:
    """Forks for each item, so that a crash, a hang or a glutton costs one item here too."""

    name: str = "serial"

    def prepare(self, modules: Sequence[str]) -> None:
        """Import the modules here, where all children are forked from."""
        for module in modules:
            import_module(module)

    def run(self, task: Callable[[Any], Any], items: Iterable[tuple[str, Any]], limits: Limits) -> Iterator[Done]:
        """Outcomes in the order of the items."""
        for key, item in items:
            yield Done(key, _in_child(task, item, limits))


def _in_child(task: Callable[[Any], Any], item: Any, limits: Limits) -> Any:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(there, task, item, limits), daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(limits.seconds):
            return Failure(out_of_time(limits))
        return here.recv()
    except EOFError:
        process.join()
        return Failure(crashed(process.exitcode))
    finally:
        process.kill()
        process.join()
        here.close()


def _child(there: Connection, task: Callable[[Any], Any], item: Any, limits: Limits) -> None:
    confine(limits)
    there.send(attempt(task, item, limits))
