from __future__ import annotations

import platform
import re
import resource
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from run_escapes import escape
from run_tasks import work

from countersight.ports import Limits
from countersight.run import sandbox
from countersight.run.pool import PoolExecutor
from countersight.run.serial import SerialExecutor

LIMITS = Limits(seconds=10, memory=500_000_000, unpacked=3_000_000)
EXECUTORS = [SerialExecutor(), PoolExecutor(2)]
both = pytest.mark.parametrize("executor", EXECUTORS, ids=lambda executor: executor.name)


def here() -> tuple[str, ...]:
    """What this machine's kernel grants a worker."""
    (done,) = SerialExecutor().run(sandbox.held, [("", None)], LIMITS, writable=())
    return tuple(done.result)


HELD = here()
without_network = pytest.mark.skipif("no network (seccomp)" not in HELD, reason="this kernel has no seccomp filters")
LANDLOCK = int("".join(re.findall(r"Landlock (\d+)", " ".join(HELD))) or 0)
own_folders = pytest.mark.skipif(LANDLOCK < 1, reason="this kernel has no Landlock")


def tried(
    executor: SerialExecutor | PoolExecutor,
    *items: tuple[str, Any],
    writable: tuple[Path, ...] | None = (),
    programs: bool = False,
) -> list[Any]:
    """What came of each way out, in order."""
    keyed = [(str(number), item) for number, item in enumerate(items)]
    outcomes = executor.run(escape, keyed, LIMITS, writable=writable, programs=programs)
    done = {one.key: one.result for one in outcomes}
    return [done[key] for key, _ in keyed]


@pytest.fixture
def listener() -> Iterator[tuple[str, int]]:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()


def denied(results: list[Any]) -> bool:
    return all(isinstance(result, str) and result.startswith("denied") for result in results)


@both
def test_what_holds_is_told_by_the_worker_and_not_by_the_parent(executor: SerialExecutor | PoolExecutor) -> None:
    (done,) = executor.run(sandbox.held, [("", None)], LIMITS, writable=())
    assert done.result == HELD
    assert HELD[0] == "limits of memory, file size, open files and time (rlimits)"
    assert sandbox.held() == ()


@both
@without_network
def test_no_word_leaves_over_any_network(
    executor: SerialExecutor | PoolExecutor, listener: tuple[str, int], tmp_path: Path
) -> None:
    with closing(socket.socket(socket.AF_UNIX)) as server:
        server.bind(str(tmp_path / "daemon"))
        server.listen()
        ways = ("connect", listener), ("shout", listener), ("talk", str(tmp_path / "daemon"))
        assert denied(tried(executor, *ways))
        *outside, local = tried(executor, *ways, programs=True)
        assert denied(outside)
        assert local == "connected"  # as a program that was started may need


@both
@own_folders
def test_nothing_is_written_outside_the_folder_given(executor: SerialExecutor | PoolExecutor, tmp_path: Path) -> None:
    inside, outside = tmp_path / "members", tmp_path / "evidence"
    inside.mkdir()
    outside.mkdir()
    (outside / "sealed").write_bytes(b"sealed")
    (inside / "old").write_bytes(b"old")
    sealed = str(outside / "sealed")
    assert denied(
        tried(
            executor,
            ("write", str(outside / "new")),
            ("append", sealed),
            ("cut", sealed),
            ("remove", sealed),
            ("move", (sealed, str(inside / "stolen"))),
            ("move", (str(inside / "old"), str(outside / "old"))),
            ("link", (sealed, str(inside / "link"))),
            ("write", str(inside / ".." / "new")),
            ("write", "/dev/shm/new" if Path("/dev/shm").is_dir() else str(outside / "new")),  # noqa: S108 (it must fail)
            writable=(inside,),
        )
    )
    assert [path.read_bytes() for path in outside.iterdir()] == [b"sealed"]
    results = tried(
        executor, ("write", str(inside / "new")), ("devnull", None), ("read", sealed), writable=(inside,)
    ) + tried(executor, ("move", (str(inside / "new"), str(inside / "digest"))), writable=(inside,))
    assert results == ["written", 1, True, "moved"]


@both
def test_temporary_files_have_a_folder_of_their_own_that_goes_with_the_run(
    executor: SerialExecutor | PoolExecutor, tmp_path: Path
) -> None:
    for writable in ((), None):
        (folder,) = tried(executor, ("scratch", None), writable=writable)
        assert "countersight-" in folder
        assert not Path(folder).exists()


@both
def test_temporary_files_lie_where_the_caller_says(executor: SerialExecutor | PoolExecutor, tmp_path: Path) -> None:
    (done,) = executor.run(escape, [("", ("scratch", None))], LIMITS, writable=(), scratch=tmp_path)
    assert Path(done.result).parent == tmp_path
    assert list(tmp_path.iterdir()) == []


@both
def test_their_folder_is_absolute_where_the_caller_gives_a_relative_one(
    executor: SerialExecutor | PoolExecutor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (done,) = executor.run(escape, [("", ("scratch", None))], LIMITS, writable=(), scratch=Path())
    assert Path(done.result).parent == tmp_path


@both
def test_each_outcome_tells_what_confined_it_crashes_included(executor: SerialExecutor | PoolExecutor) -> None:
    items = [("gone", ("leave", 7)), ("killed", ("kill", None)), ("well", ("double", 2))]
    held = {done.key: done.held for done in executor.run(work, items, LIMITS, writable=())}
    assert held == dict.fromkeys(("gone", "killed", "well"), HELD)


@both
def test_an_endless_file_ends_where_the_limits_say(executor: SerialExecutor | PoolExecutor, tmp_path: Path) -> None:
    (result,) = tried(executor, ("endless", str(tmp_path / "endless")), writable=(tmp_path,))
    assert denied([result])
    assert (tmp_path / "endless").stat().st_size == LIMITS.unpacked


@both
@without_network
def test_no_process_is_started_unless_allowed_and_threads_are(executor: SerialExecutor | PoolExecutor) -> None:
    ways = ("bomb", None), ("again", None), ("program", None)
    assert denied(tried(executor, *ways))
    assert tried(executor, *ways, programs=True) == ["forked", "forked", "ran\n"]
    assert tried(executor, ("threads", None)) == [4]


@both
@pytest.mark.skipif(LANDLOCK < 6, reason="this kernel's Landlock does not know signals")
def test_the_parent_cannot_be_signalled(executor: SerialExecutor | PoolExecutor) -> None:
    assert denied(tried(executor, ("kill", None)))


@both
def test_limits_cannot_be_raised_again(executor: SerialExecutor | PoolExecutor, tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert denied(tried(executor, ("raise", resource.RLIMIT_FSIZE), ("raise", resource.RLIMIT_NOFILE)))
    (opened,) = tried(executor, ("files", str(tmp_path / "a")))
    assert 500 < opened < 1024


@both
def test_processor_time_is_given_item_by_item(executor: SerialExecutor | PoolExecutor) -> None:
    for used, allowed in tried(executor, *[("time", None)] * 3):
        assert used + LIMITS.seconds < allowed < used + 10_000


@both
def test_what_is_printed_about_a_file_is_not_seen(
    executor: SerialExecutor | PoolExecutor, capfd: pytest.CaptureFixture[str]
) -> None:
    assert tried(executor, ("print", "\x1b]0;hostile\x07")) == ["printed"]
    assert capfd.readouterr() == ("", "")


def test_what_the_parent_has_open_is_not_open_in_the_child(tmp_path: Path) -> None:
    with (tmp_path / "case.db").open("wb"):
        assert tried(SerialExecutor(), ("inherited", None)) == [[]]


def test_where_the_kernel_grants_nothing_the_rest_still_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seccomp on an architecture unknown here, in a forked child: Landlock and the limits stand."""
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    (done,) = SerialExecutor().run(sandbox.held, [("", None)], LIMITS, writable=())
    assert "rlimits" in done.result[0]
    assert not any("seccomp" in measure for measure in done.result)
