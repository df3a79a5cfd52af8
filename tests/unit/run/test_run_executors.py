from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest
from run_tasks import work

from countersight.ports import Done, Executor, Failure, Limits
from countersight.run.limits import crashed
from countersight.run.pool import PoolExecutor
from countersight.run.serial import SerialExecutor

EXECUTORS: list[Executor] = [SerialExecutor(), PoolExecutor(2)]
LIMITS = Limits(seconds=5.0, memory=300_000_000)

both = pytest.mark.parametrize("executor", EXECUTORS, ids=lambda executor: executor.name)


def ran(executor: Executor, *items: tuple[str, Any], limits: Limits = LIMITS) -> list[Any]:
    """The results in the order of the items."""
    keyed = [(str(number), item) for number, item in enumerate(items)]
    done = {one.key: one.result for one in executor.run(work, keyed, limits)}
    return [done[key] for key, _ in keyed]


def reason(result: object) -> str:
    assert isinstance(result, Failure), result
    assert not result.storage
    return result.reason


def workers() -> list[psutil.Process]:
    """Live processes below this one, but for the fork server and its resource tracker, which stay by design."""
    below = psutil.Process().children(recursive=True)
    helpers = ("forkserver import main", "resource_tracker import main")
    return [
        process
        for process in below
        if process.status() != psutil.STATUS_ZOMBIE
        and not (
            process.ppid() == psutil.Process().pid and any(word in " ".join(process.cmdline()) for word in helpers)
        )
    ]


@both
def test_every_item_has_its_own_outcome(executor: Executor) -> None:
    assert ran(executor, *(("double", number) for number in range(20))) == [number * 2 for number in range(20)]
    assert list(executor.run(work, [], LIMITS)) == []
    assert workers() == []


@both
def test_each_misfortune_is_one_failure_with_its_reason_and_the_rest_is_done(executor: Executor) -> None:
    results = ran(
        executor,
        ("double", 1),
        ("kill", None),
        ("segv", None),
        ("abort", None),
        ("leave", 7),
        ("exit", 3),
        ("raise", ValueError("坏 xref")),
        ("raise", KeyboardInterrupt()),
        ("eat", 1 << 31),
        ("raise", MemoryError()),
        ("unpicklable", None),
        ("hang", 60),
        ("double", 2),
    )
    assert results[0] == 2
    assert results[-1] == 4
    why = [reason(result) for result in results[1:-1]]
    assert why[:4] == [
        "stopped: the reading process crashed (SIGKILL)",
        "stopped: the reading process crashed (SIGSEGV)",
        "stopped: the reading process crashed (SIGABRT)",
        "stopped: the reading process ended unexpectedly (exit code 7)",
    ]
    assert why[4:8] == [
        "reader error: SystemExit: 3",
        "reader error: ValueError: 坏 xref",
        "reader error: KeyboardInterrupt: ",
        "stopped: needs more than 300 MB of memory",
    ]
    assert why[8] == "stopped: needs more than 300 MB of memory"
    assert why[9].startswith("stopped: the reading process ended unexpectedly")
    assert why[10] == "stopped: took longer than 5 seconds"
    assert workers() == []


@both
def test_a_disk_that_refuses_is_told_apart_from_a_bad_item(executor: Executor) -> None:
    full, fine = ran(executor, ("full", None), ("double", 1))
    assert isinstance(full, Failure)
    assert full.storage
    assert "the disk is full" in full.reason
    assert "make room" in full.reason
    assert fine == 2


@both
def test_a_long_complaint_is_cut(executor: Executor) -> None:
    assert len(reason(ran(executor, ("raise", ValueError("x" * 10_000)))[0])) == 500


@both
def test_memory_the_program_itself_needs_is_not_counted(executor: Executor) -> None:
    """The limit is on top of what the process holds when it starts: a small item passes under a small limit."""
    assert ran(executor, ("eat", 50 << 20), limits=Limits(10, 120_000_000)) == [50]


@both
def test_no_core_is_dumped(executor: Executor) -> None:
    assert ran(executor, ("core", None)) == [(0, 0)]


@both
def test_no_item_runs_in_this_process(executor: Executor) -> None:
    pids = ran(executor, *(("pid", None) for _ in range(4)))
    assert psutil.Process().pid not in pids


def test_the_reference_gives_each_item_a_process_and_keeps_their_order() -> None:
    items = [(str(number), ("pid", None)) for number in (3, 1, 2)]
    done = list(SerialExecutor().run(work, items, LIMITS))
    assert [one.key for one in done] == ["3", "1", "2"]
    assert len({one.result for one in done}) == 3


@both
def test_items_are_pulled_as_they_are_needed(executor: Executor) -> None:
    pulled = 0

    def items() -> Iterator[tuple[str, Any]]:
        nonlocal pulled
        for number in range(10_000):
            pulled += 1
            yield str(number), ("double", number)

    outcomes = executor.run(work, items(), LIMITS)
    assert pulled == 0
    first: list[Done] = [next(outcomes) for _ in range(5)]
    assert all(one.result == int(one.key) * 2 for one in first)
    assert pulled <= 20
    outcomes.close()  # type: ignore[attr-defined]
    assert pulled <= 20
    assert workers() == []


@both
def test_who_stops_asking_leaves_no_process_behind(executor: Executor) -> None:
    items = [("a", ("double", 1)), ("b", ("hang", 60)), ("c", ("hang", 60))]
    outcomes = executor.run(work, items, Limits(seconds=60))
    assert next(outcomes).result == 2
    outcomes.close()  # type: ignore[attr-defined]
    assert workers() == []


@both
def test_what_the_giver_of_items_raises_is_raised_here(executor: Executor) -> None:
    def items() -> Iterator[tuple[str, Any]]:
        for number in range(8):
            yield str(number), ("double", number)
        raise LookupError("no more")

    with pytest.raises(LookupError):
        list(executor.run(work, items(), LIMITS))
    assert workers() == []


@both
def test_all_executors_leave_the_same_marks(executor: Executor, tmp_path: Path) -> None:
    paths = [str(tmp_path / str(number)) for number in range(8)]
    assert len(ran(executor, *(("mark", path) for path in paths))) == 8
    assert sorted(str(path) for path in tmp_path.iterdir()) == paths


def test_a_pool_never_has_more_workers_than_asked_for() -> None:
    assert len(set(ran(PoolExecutor(1), *(("pid", None) for _ in range(6))))) == 1
    assert len(set(ran(PoolExecutor(3), *(("pid", None) for _ in range(30))))) <= 3


@pytest.mark.parametrize(
    ("code", "words"),
    [(-signal.SIGSEGV, "crashed (SIGSEGV)"), (1, "(exit code 1)"), (None, "(exit code None)")],
)
def test_how_a_process_ended_is_put_in_words(code: int | None, words: str) -> None:
    assert words in crashed(code)
