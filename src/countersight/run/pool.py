"""A pool of processes (pebble): items in parallel, each within its limits, a dead worker replaced."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from itertools import islice
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from countersight.ports import Done, Failure, Limits
from countersight.run import sandbox
from countersight.run.limits import attempt, cell, confine, cores, crashed, measures, out_of_time

_AHEAD = 3  # items handed out per worker, so that none waits for the parent


@dataclass(frozen=True, slots=True)
class PoolExecutor:
    """``workers`` processes; 0 means one per core this process may use."""

    workers: int = 0
    name: str = "pool"

    def prepare(self, modules: Sequence[str]) -> None:
        """Start the process that all workers are forked from; it imports the modules meanwhile."""
        forkserver.set_forkserver_preload(list(modules))
        forkserver.ensure_running()

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
        """Outcomes as they come. At most a few items per worker are held at a time."""
        workers = self.workers or cores()
        queue = iter(items)
        first = list(islice(queue, workers * _AHEAD))
        if not first:
            return
        context = multiprocessing.get_context("forkserver")
        with (
            cell(limits, writable, programs=programs, within=scratch) as place,
            ProcessPool(min(workers, len(first)), initializer=confine, initargs=(place,), context=context) as pool,
        ):
            waiting: dict[Future[Any], str] = {}
            asked = pool.schedule(attempt, args=(sandbox.held, None, limits), timeout=limits.seconds)

            def hand_out(batch: Iterable[tuple[str, Any]]) -> None:
                for key, item in batch:
                    future = pool.schedule(attempt, args=(task, item, limits), timeout=limits.seconds)
                    waiting[future] = key

            try:
                hand_out(first)
                while waiting:
                    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                    hand_out(islice(queue, len(done)))
                    for future in done:
                        yield Done(waiting.pop(future), _result(future, limits), measures(_result(asked, limits)))
            except BaseException:
                pool.stop()  # type: ignore[no-untyped-call]
                raise


def _result(future: Future[Any], limits: Limits) -> Any:
    try:
        return future.result()
    except TimeoutError:
        return Failure(out_of_time(limits))
    except ProcessExpired as error:
        return Failure(crashed(error.exitcode))
