"""The members of a container (archive or mail) on their way to the blob store, within the container's limits.

A container may unpack to ``RATIO`` times its own size and in any case to ``FLOOR`` bytes, never to more than the limits
say: text and tables shrink to a tenth or a fiftieth, only what is made to (a bomb) or what is empty shrinks further
(Deflate ends at 1,032 times).
"""

from __future__ import annotations

import errno
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from countersight.errors import ReadError
from countersight.model import Member, Status
from countersight.ports import Limits, Sink
from countersight.read.charset import unlabelled
from countersight.read.guess import weigh

RATIO = 200
FLOOR = 256_000_000  # bytes
TOO_DEEP = "nested too deep"
# What Python's own libraries raise for damaged or unknown packings.
_DAMAGE: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, NotImplementedError, RuntimeError, ValueError, OverflowError),
)
_OF_DATA = (None, errno.EINVAL)  # error numbers of an OSError that speaks of the data, not of the disk
Opened = Callable[[], AbstractContextManager[BinaryIO]]
_OLD_NAMES = ("utf-8", "gb18030", "big5hkscs", "cp932", "cp949", "cp866", "cp437")


class DamagedError(Exception):
    """The data unpacked is damaged; says how."""


@contextmanager
def watched() -> Iterator[None]:
    """Turn what the unpacking libraries raise for bad data into DamagedError; leave errors of the disk alone."""
    try:
        yield
    except _DAMAGE as error:
        of_disk = isinstance(error, OSError) and error.errno not in _OF_DATA
        if of_disk or isinstance(error, RecursionError):
            raise
        raise DamagedError(str(error).strip().rstrip(".") or type(error).__name__) from error


def allowed(size: int, limits: Limits) -> int:
    """Bytes to which a container of ``size`` bytes may unpack in all."""
    return min(limits.unpacked, max(FLOOR, size * RATIO))


@dataclass(slots=True)
class Unpacking:
    """Stores members one by one. ``left``: bytes that may still be unpacked; ``damage``: the last damage met."""

    limits: Limits
    sink: Sink
    left: int
    members: list[Member] = field(default_factory=list)
    damage: str = ""

    @property
    def full(self) -> bool:
        """Whether there are as many members as allowed."""
        return len(self.members) >= self.limits.members

    def refuse(self, step: tuple[str, str], size: int, fault: str, status: Status = Status.SKIPPED) -> None:
        """Record a member whose bytes are not taken."""
        self.members.append(Member(step, None, size, fault, status))

    def take(self, step: tuple[str, str], size: int, opened: Opened) -> None:
        """Store a member of ``size`` bytes as stated (which need not be true), or record why it cannot be."""
        if self.limits.depth <= 0:
            self.refuse(step, size, TOO_DEEP)
        elif size > self.left:
            self.refuse(step, size, too_much(size))
        else:
            self._store(step, size, opened)

    def _store(self, step: tuple[str, str], size: int, opened: Opened) -> None:
        try:
            with watched(), opened() as stream:
                digest, taken = self.sink(stream, limit=self.left)
        except ReadError as error:
            self.left = 0  # what was unpacked in vain counts
            self.refuse(step, size, error.what)
        except DamagedError as error:
            self.damage = str(error)
            self.refuse(step, size, f"damaged: {error}", Status.FAILED)
        else:
            self.left -= taken
            self.members.append(Member(step, digest, taken))


def too_much(size: int) -> str:
    """The fault of a member that would break the limit on what a container may unpack to."""
    return f"not unpacked: its {size} bytes are more than its container may unpack to"


def names(raw: Sequence[str | bytes]) -> list[str]:
    """The names as text, each once: bytes in the encoding that fits them all best, a second ``a`` becoming ``a#2``."""
    data = b"\n".join(name for name in raw if isinstance(name, bytes))
    encoding = _encoding(data)
    decoded = [name if isinstance(name, str) else name.decode(encoding, "replace") for name in raw]
    taken, counts, unique = set(decoded), dict.fromkeys(decoded, 0), []
    for name in decoded:
        counts[name] += 1
        found = name
        while counts[name] > 1 and (found := f"{name}#{counts[name]}") in taken:
            counts[name] += 1
        taken.add(found)
        unique.append(found)
    return unique


def _encoding(data: bytes) -> str:
    """Of names that say nothing of their encoding: what MS-DOS and Windows wrote in China and elsewhere, or UTF-8."""
    if data.isascii() or unlabelled(data) == "utf-8":
        return "utf-8"
    return max(_OLD_NAMES[1:], key=lambda encoding: weigh(data, encoding))
