"""Mailboxes of many messages in one file (mbox, RFC 4155): each message is a member, numbered from 1.

A message begins with a line ``From `` at the start or after an empty line, followed by a header field. Its bytes are
kept as they lie in the mailbox, without that line; the quoting of ``From `` inside its text (``>From``) is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from countersight.errors import ReadError
from countersight.model import Agent, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read.layout import counted
from countersight.read.members import Unpacking
from countersight.read.sniff import suffix

MEDIA_TYPE = "application/mbox"
_AGENT = Agent("mbox", "1")
_FIELD = re.compile(rb">?[!-9;-~]{1,76}:")
_START = re.compile(rb"From [^\r\n]*\r?\n" + _FIELD.pattern)
_IN_MEMORY = 1 << 22  # bytes of a message beyond which it is kept on disk while it is split off
_LINE = 1 << 20  # bytes; a longer line is taken in pieces


@dataclass(frozen=True, slots=True)
class MboxReader:
    """Takes a mailbox apart. Its reading has no pages, only members."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """By its first line, but not of a single message saved with that line under the name of one."""
        return MEDIA_TYPE if _START.match(head.lstrip(b"\r\n")) and not suffix(name).startswith(".em") else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Store the messages. Raises ReadError for an empty file."""
        del pages
        if path.stat().st_size == 0:
            raise ReadError("empty: 0 bytes", status="skipped")
        unpacking = Unpacking(limits, sink, limits.unpacked)
        rest = 0
        with path.open("rb") as stream:
            for number, message in enumerate(_messages(stream), 1):
                with closing(message):
                    if unpacking.full:
                        rest += 1
                    else:
                        _take(unpacking, number, message)
        reason = (
            f"{counted(rest, 'message')} beyond the {limits.members} that may be taken were not read" if rest else ""
        )
        status = Status.PARTIAL if reason else Status.READ
        return Reading(media_type, self.agent, status, members=tuple(unpacking.members), reason=reason)


def _take(unpacking: Unpacking, number: int, message: BinaryIO) -> None:
    size = message.tell()
    message.seek(0)
    unpacking.take(("message", str(number)), size, lambda: nullcontext(message))


def _messages(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The messages in order, each written to its end."""
    message = _new()
    held = b""  # a line that begins a message if the next one is a field
    empty = True  # whether the line before is empty
    for line in iter(lambda: stream.readline(_LINE), b""):
        if held and not _FIELD.match(line):
            message.write(held)
        elif held and message.tell():
            yield message
            message = _new()
        held = line if empty and line.startswith(b"From ") else b""
        empty = not line.strip(b"\r\n")
        if not held and not (empty and not message.tell()):
            message.write(line)
    message.write(held)
    yield message


def _new() -> BinaryIO:
    return cast(BinaryIO, SpooledTemporaryFile(_IN_MEMORY))
