"""What the kernel lets a reading process do: no network, no other programs, no writing outside its own folders.

Linux's own means, each used where the kernel has it: seccomp (x86-64 and ARM64) and Landlock (kernel 5.13 and later).
Neither needs rights or programs. Both last as long as the process and go over to whatever it starts. What they do not
stop: reading files the user may read (nothing read can leave but in the outcome), changing a file's mode or times.

Numbers are those of the kernel's interface: linux/seccomp.h, linux/landlock.h, asm/unistd.h of each architecture.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_PR_SET_NO_NEW_PRIVS = 38
_held: list[str] = []


def held(_: object = None) -> tuple[str, ...]:
    """What holds in this process. A task for executors: run as one, it says what holds in their workers.

    It differs between machines, so it is told beside results and never enters them.
    """
    return tuple(_held)


def note(measure: str) -> None:
    """Enter a measure that holds in this process from now on."""
    _held.append(measure)


def shut(writable: Sequence[Path] | None, *, programs: bool) -> None:
    """Confine this process for good, as far as the kernel can; :func:`held` says how far that was.

    ``writable`` are the folders it may write in, None for all; ``programs`` says that it may start other programs and
    talk to them, which are confined like itself.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return  # without it the kernel grants the others to nobody but root
    note("no new privileges")
    _landlock(libc, writable)
    _seccomp(libc, programs=programs)


# ── seccomp: which calls into the kernel are answered ────────────────────────────────────────────────────────────────


# Calls by name: their numbers on x86-64 and on ARM64, -1 where there is no such call.
_CALLS = {
    "seccomp": (317, 277),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "clone": (56, 220),
    "clone3": (435, 435),
    "fork": (57, -1),
    "vfork": (58, -1),
    "execve": (59, 221),
    "execveat": (322, 281),
    "ioctl": (16, 29),
    "access": (21, -1),
    "faccessat": (269, 48),
    "ptrace": (101, 117),
    "process_vm_writev": (311, 271),
    "mount": (165, 40),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "io_uring_setup": (425, 425),  # would go round the filter
}
_NEVER = (
    *("ptrace", "process_vm_writev", "mount", "unshare", "setns", "bpf", "perf_event_open", "userfaultfd"),
    *("add_key", "request_key", "keyctl", "io_uring_setup"),
)
_STARTING = ("fork", "vfork", "execve", "execveat")
# Asking whether one may write, and which argument says so. Programs are told no, whatever Landlock allows: LibreOffice
# would put a socket into the system's folder for temporary files, where it stays when LibreOffice is killed.
_ASKING = {"access": 1, "faccessat": 2}
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, mark in the kernel's audit header
_X32 = 0x40000000  # calls of a second set of numbers on x86-64 begin here
_AF_UNIX, _CLONE_THREAD = 1, 0x10000
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C  # put characters into the terminal as if typed
_SET_FILTER, _ALL_THREADS = 1, 1
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # instructions of classic BPF
_NUMBER, _MARK, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    """One instruction; ``yes`` and ``no`` are how many instructions to skip."""
    return struct.pack("=HBBI", code, yes, no, value)


_PASS = _step(_RETURN, _ALLOW)
_DENY = _step(_RETURN, _ERRNO | errno.EPERM)
_REFUSE = _step(_RETURN, _ERRNO | errno.EACCES)
_UNKNOWN = _step(_RETURN, _ERRNO | errno.ENOSYS)


def _on(call: int, *then: bytes) -> bytes:
    """Do this for one call; ``then`` ends with an answer."""
    return _step(_EQUAL, call, 0, len(then)) + b"".join(then)


def _argument(index: int) -> bytes:
    return _step(_LOAD, _ARGUMENTS + 8 * index)  # the lower half: all these machines are little-endian


def _rules(column: int, mark: int, *, programs: bool) -> Iterator[bytes]:
    """The filter. Threads are started by clone; clone3, whose flags cannot be seen, is said not to exist."""
    call = {name: numbers[column] for name, numbers in _CALLS.items() if numbers[column] >= 0}
    yield _step(_LOAD, _MARK) + _step(_EQUAL, mark, 1, 0) + _DENY
    yield _step(_LOAD, _NUMBER) + _step(_AT_LEAST, _X32, 0, 1) + _DENY
    yield from (_on(call[name], _DENY) for name in _NEVER)
    typing = (_step(_EQUAL, _TIOCSTI, 1, 0), _step(_EQUAL, _TIOCLINUX, 0, 1))
    yield _on(call["ioctl"], _argument(1), *typing, _DENY, _PASS)
    if programs:
        for name in filter(call.__contains__, _ASKING):
            yield _on(call[name], _argument(_ASKING[name]), _step(_EQUAL, os.W_OK, 0, 1), _REFUSE, _PASS)
        yield _on(call["socket"], _argument(0), _step(_EQUAL, _AF_UNIX, 0, 1), _PASS, _DENY)
    else:
        yield from (_on(call[name], _DENY) for name in ("socket", "socketpair", *_STARTING) if name in call)
        yield _on(call["clone3"], _UNKNOWN)
        yield _on(call["clone"], _argument(0), _step(_ANY_BIT, _CLONE_THREAD, 0, 1), _PASS, _DENY)
    yield _PASS


def _seccomp(libc: ctypes.CDLL, *, programs: bool) -> None:
    column, mark = _MACHINES.get(platform.machine(), (-1, 0))
    if column < 0 or sys.maxsize < 1 << 32:
        return
    code = b"".join(_rules(column, mark, programs=programs))
    rules = _Filter(len(code) // 8, code)
    if libc.syscall(_CALLS["seccomp"][column], _SET_FILTER, _ALL_THREADS, ctypes.byref(rules)) == 0:
        note("no network (seccomp)")
        if not programs:
            note("no other programs (seccomp)")


# ── Landlock: where it may write, and TCP again ──────────────────────────────────────────────────────────────────────

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same numbers everywhere
_ASK_VERSION = 1
_WRITE_FILE, _TRUNCATE, _TO_DEVICES = 1 << 1, 1 << 14, 1 << 15
_WRITING = _WRITE_FILE | sum(1 << bit for bit in range(4, 13))  # and removing and making of every kind
_SINCE = {2: 1 << 13, 3: _TRUNCATE, 5: _TO_DEVICES}  # rights by the version of Landlock that brought them
_FOR_TCP, _FOR_OTHERS = 4, 6  # versions that brought these
_TCP = 0b11  # bind, connect
_OTHERS = 0b11  # abstract sockets of other processes, signals to them


def _landlock(libc: ctypes.CDLL, writable: Sequence[Path] | None) -> None:
    version = libc.syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    if version < 1:
        return
    files = _WRITING | sum(right for since, right in _SINCE.items() if since <= version)
    handled = [0 if writable is None else files]
    handled += [_TCP] if version >= _FOR_TCP else []
    handled += [_OTHERS] if version >= _FOR_OTHERS else []
    attributes = struct.pack(f"={len(handled)}Q", *handled)
    rules = libc.syscall(_CREATE_RULESET, attributes, len(attributes), 0)
    if rules < 0:
        return
    try:
        for folder in writable or ():
            _allow(libc, rules, folder, files)
        if writable is not None:
            _allow(libc, rules, Path(os.devnull), _WRITE_FILE | files & _TRUNCATE)
        if libc.syscall(_RESTRICT_SELF, rules, 0) == 0:
            note(f"{'no TCP' if writable is None else 'writes to its own folders only'} (Landlock {version})")
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        libc.syscall(_ADD_RULE, rules, 1, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)
