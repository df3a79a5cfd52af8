"""Work items that try to get out, for tests of the sandbox. A module of its own, so that workers can import it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]


def escape(item: tuple[str, Any]) -> Any:
    """Try what the item says; what came of it, ``denied`` where the kernel said no."""
    kind, value = item
    try:
        return _WAYS[kind](value)
    except OSError as error:
        return f"denied: {type(error).__name__}"


def _connect(address: tuple[str, int]) -> str:
    socket.create_connection(address, timeout=2).close()
    return "connected"


def _shout(address: tuple[str, int]) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.sendto(b"secret", address)
    return "sent"


def _talk(path: str) -> str:
    with socket.socket(socket.AF_UNIX) as out:
        out.connect(path)
    return "connected"


def _write(path: str) -> str:
    Path(path).write_bytes(b"here")
    return "written"


def _append(path: str) -> str:
    with Path(path).open("ab") as out:
        out.write(b"more")
    return "written"


def _cut(path: str) -> str:
    os.truncate(path, 0)
    return "cut"


def _remove(path: str) -> str:
    Path(path).unlink()
    return "removed"


def _move(paths: tuple[str, str]) -> str:
    Path(paths[0]).rename(paths[1])
    return "moved"


def _scratch(_: object) -> str:
    with tempfile.TemporaryDirectory() as made:
        (Path(made) / "file").write_bytes(b"scratch")
    return str(Path(made).parent)


def _endless(path: str) -> str:
    with Path(path).open("wb", buffering=0) as out:
        while True:
            out.write(bytes(1 << 20))


def _bomb(_: object) -> str:
    """As a fork bomb begins; a child that comes to be ends at once."""
    if os.fork() == 0:
        os._exit(0)
    return "forked"


def _again(_: object) -> str:
    """Fork by the bare call, as native code would."""
    made = ctypes.CDLL(None).syscall({"x86_64": 56, "aarch64": 220}[os.uname().machine], 17, 0, 0, 0, 0)
    if made == 0:
        os._exit(0)
    return "denied" if made < 0 else "forked"


def _program(_: object) -> str:
    return subprocess.run([sys.executable, "-Sc", "print('ran')"], capture_output=True, text=True, check=True).stdout


def _threads(_: object) -> int:
    done: list[int] = []
    threads = [threading.Thread(target=done.append, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done)


def _kill(_: object) -> str:
    os.kill(os.getppid(), signal.SIGURG)  # which does nothing to who gets it
    return "sent"


def _raise_limit(kind: int) -> str:
    try:
        resource.setrlimit(kind, (resource.getrlimit(kind)[0] + 1,) * 2)
    except ValueError:
        return "denied"
    return "raised" if os.geteuid() else "denied"  # root may


def _open_many(path: str) -> int:
    kept = 0
    with contextlib.suppress(OSError), contextlib.ExitStack() as opened:
        while True:
            opened.enter_context(Path(path).open("rb"))
            kept += 1
    return kept


def _time(_: object) -> tuple[float, int]:
    return time.process_time(), resource.getrlimit(resource.RLIMIT_CPU)[0]


def _print(words: str) -> str:
    os.write(1, words.encode())
    os.write(2, words.encode())
    return "printed"


def _open_of_parent(_: object) -> list[str]:
    return [file.path for file in psutil.Process().open_files() if file.path.endswith(".db")]


_WAYS: dict[str, Callable[[Any], Any]] = {
    "connect": _connect,
    "shout": _shout,
    "talk": _talk,
    "write": _write,
    "append": _append,
    "cut": _cut,
    "remove": _remove,
    "move": _move,
    "link": lambda paths: os.link(*paths),
    "read": lambda path: len(Path(path).read_bytes()) > 0,
    "devnull": lambda _: Path(os.devnull).write_bytes(b"x"),
    "scratch": _scratch,
    "endless": _endless,
    "bomb": _bomb,
    "again": _again,
    "program": _program,
    "threads": _threads,
    "kill": _kill,
    "raise": _raise_limit,
    "files": _open_many,
    "inherited": _open_of_parent,
    "time": _time,
    "print": _print,
}
