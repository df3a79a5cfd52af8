"""HTTP/1.1 messages as web captures keep them (RFC 9112): start line, fields, and the body with its codings undone.

Capturing programs often keep the fields of a coding that they have already undone, so a body that does not begin as
its coding does is taken as it stands. A body cut off in the midst gives what comes before.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

import brotli

from countersight.read.charset import decode

_CHUNK = 1 << 16  # bytes
_LEAST = 1 << 10  # bytes
_LINE = 1 << 16  # bytes that a line of a header may have
_LINES = 1000  # lines that a header may have
_MEMBER = b"\x1f\x8b"
_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,15})\s*(?:;.*)?\r?\n", re.DOTALL)


class Lines(Protocol):
    """A stream that gives lines and bytes."""

    def readline(self, size: int, /) -> bytes:
        """The next line, or as much of it."""
        ...

    def read(self, size: int, /) -> bytes:
        """Up to ``size`` bytes; none at the end."""
        ...


def header(stream: Lines) -> Iterator[tuple[str, str]]:
    """The fields up to an empty line, names in lower case, values continued on the next line joined."""
    name, value = "", ""
    for _ in range(_LINES):
        line = stream.readline(_LINE)
        text = decode(line).text.strip("\r\n")
        if not text:
            break
        if text[0] in " \t" and name:
            value = f"{value} {text.strip()}"
            continue
        if name:
            yield name, value
        name, _, value = (part.strip() for part in text.partition(":"))
        name = name.lower()
    if name:
        yield name, value


@dataclass(slots=True)
class Message:
    """A request or response: ``start`` is its first line; ``faults`` grow while the body is read."""

    start: str
    fields: dict[str, str]
    faults: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, stream: Lines) -> Message:
        """Read the start line and the fields; the stream then stands at the body."""
        start = decode(stream.readline(_LINE)).text.strip()
        return cls(start, dict(reversed(list(header(stream)))))

    def body(self, stream: Lines) -> BinaryIO:
        """The body without its codings."""
        chunks = iter(lambda: stream.read(_CHUNK), b"")
        if "chunked" in self.fields.get("transfer-encoding", "").lower():
            chunks = self._dechunked(stream)
        codings = [name.strip().lower() for name in self.fields.get("content-encoding", "").split(",")]
        for coding in reversed([name for name in codings if name not in ("", "identity")]):
            chunks = self._decoded(chunks, coding)
        return io.BufferedReader(_Chunks(chunks))

    def _dechunked(self, stream: Lines) -> Iterator[bytes]:
        line = stream.readline(_LINE)
        size = _SIZE.fullmatch(line)
        if not size:  # undone before it was kept
            yield line
            yield from iter(lambda: stream.read(_CHUNK), b"")
            return
        while size and (left := int(size[1], 16)):
            while left and (data := stream.read(min(left, _CHUNK))):
                left -= len(data)
                yield data
            stream.readline(_LINE)
            size = _SIZE.fullmatch(stream.readline(_LINE))
            if left or not size:
                self.faults.append("its body ends before its last chunk")
                return

    def _decoded(self, chunks: Iterator[bytes], coding: str) -> Iterator[bytes]:
        if coding not in _CODINGS:
            self.faults.append(f"content coding {coding!r} not undone")
            yield from chunks
            return
        chunks = _gathered(chunks)
        first = next(chunks, b"")
        decoder = _CODINGS[coding](first)
        try:
            begun = decoder.feed(first)
        except _FAULTS:
            yield first  # undone before it was kept
            yield from chunks
            return
        yield from begun
        try:
            for chunk in chunks:
                yield from decoder.feed(chunk)
        except _FAULTS as error:
            self.faults.append(f"its body is damaged ({error})")
            return
        if not decoder.finished and first:
            self.faults.append("its packed body ends before its end")


_FAULTS = (zlib.error, brotli.error)


def _gathered(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that are not small: how a coding begins must lie in one."""
    held = b""
    for chunk in chunks:
        held += chunk
        if len(held) >= _LEAST:
            yield held
            held = b""
    if held:
        yield held


class _Deflated:
    """gzip and zlib, several members after one another, and Deflate without a header, as some servers send it."""

    def __init__(self, first: bytes) -> None:
        zlib_header = len(first) > 1 and first[0] & 15 == zlib.DEFLATED and not (first[0] << 8 | first[1]) % 31
        self._bits = zlib.MAX_WBITS + 32 if zlib_header or first[:1] == b"\x1f" else -zlib.MAX_WBITS
        self._packer = zlib.decompressobj(self._bits)
        self._held = b""  # what may begin another member

    @property
    def finished(self) -> bool:
        return self._packer.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What the data unpacks to, piece by piece; the first piece at once, so that a wrong coding is found."""
        return _after(self._pieces(data))

    def _pieces(self, data: bytes) -> Iterator[bytes]:
        data, self._held = self._held + data, b""
        while data:
            if self._packer.eof:
                if len(data) < len(_MEMBER):
                    self._held = data
                    return
                if not data.startswith(_MEMBER):  # padding
                    return
                self._packer = zlib.decompressobj(self._bits)
            yield self._packer.decompress(data, _CHUNK)
            data = self._packer.unconsumed_tail or self._packer.unused_data


class _Brotli:
    def __init__(self, first: bytes) -> None:
        del first
        self._packer = brotli.Decompressor()

    @property
    def finished(self) -> bool:
        return bool(self._packer.is_finished())

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What the data unpacks to, piece by piece; the first piece at once."""
        return _after(self._pieces(data))

    def _pieces(self, data: bytes) -> Iterator[bytes]:
        yield self._packer.process(data, output_buffer_limit=_CHUNK)
        while not self._packer.can_accept_more_data():
            yield self._packer.process(b"", output_buffer_limit=_CHUNK)


def _after(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, the first one made at once."""
    first = next(pieces, b"")

    def both() -> Iterator[bytes]:
        yield first
        yield from pieces

    return both()


_CODINGS: dict[str, Callable[[bytes], _Deflated | _Brotli]] = {
    **dict.fromkeys(("gzip", "x-gzip", "deflate"), _Deflated),
    "br": _Brotli,
}


class _Chunks(io.RawIOBase):
    """Pieces of bytes as a stream."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._held = chunks, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._held:
            held = next(self._chunks, None)
            if held is None:
                return 0
            self._held = held
        size = min(len(buffer), len(self._held))
        buffer[:size] = self._held[:size]
        self._held = self._held[size:]
        return size
