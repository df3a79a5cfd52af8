"""What unpacks the streams of a 7z archive: Copy, LZMA, LZMA2, Deflate, BZip2, and the filters Delta and BCJ.

Numbers of methods: Methods.txt of the LZMA SDK (public domain). Unpacking is Python's, in pieces of bounded size.
"""

from __future__ import annotations

import bz2
import lzma
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Protocol

_CHUNK = 1 << 16
_COPY, _LZMA2, _LZMA, _DEFLATE, _BZIP2 = b"\0", b"\x21", b"\3\1\1", b"\4\1\x08", b"\4\2\2"
_DELTA = b"\3"
_BRANCHES = {
    **dict.fromkeys((b"\3\3\1\3", b"\4"), lzma.FILTER_X86),
    **dict.fromkeys((b"\3\3\2\5", b"\5"), lzma.FILTER_POWERPC),
    **dict.fromkeys((b"\3\3\4\1", b"\6"), lzma.FILTER_IA64),
    **dict.fromkeys((b"\3\3\5\1", b"\7"), lzma.FILTER_ARM),
    **dict.fromkeys((b"\3\3\7\1", b"\x08"), lzma.FILTER_ARMTHUMB),
    **dict.fromkeys((b"\3\3\x08\5", b"\x09"), lzma.FILTER_SPARC),
}


def pieces(stream: BinaryIO, at: int, size: int) -> Iterator[bytes]:
    """A stretch of a file."""
    stream.seek(at)
    while size and (chunk := stream.read(min(size, _CHUNK))):
        size -= len(chunk)
        yield chunk


def dictionary(method: bytes, properties: bytes) -> int:
    """Bytes of the dictionary that unpacking needs."""
    if method == _LZMA and len(properties) == 5:  # noqa: PLR2004
        return int(struct.unpack_from("<I", properties, 1)[0])
    if method == _LZMA2 and len(properties) == 1:
        return (2 | properties[0] & 1) << (properties[0] // 2 + 11)
    return 0


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


def _through(data: Iterator[bytes], unpacker: _Unpacker) -> Iterator[bytes]:
    """Pieces of bounded size, however far a piece of input unpacks."""
    for chunk in data:
        piece = unpacker.decompress(chunk, _CHUNK)
        while piece or not (unpacker.eof or unpacker.needs_input):
            yield piece
            piece = b"" if unpacker.eof else unpacker.decompress(b"", _CHUNK)
        if unpacker.eof:
            return


def _copied(data: Iterator[bytes], _method: bytes, _properties: bytes, _size: int) -> Iterator[bytes]:
    return data


def _lzma(data: Iterator[bytes], _method: bytes, properties: bytes, size: int) -> Iterator[bytes]:
    def headed() -> Iterator[bytes]:
        yield properties + struct.pack("<Q", size)
        yield from data

    return _through(headed(), lzma.LZMADecompressor(lzma.FORMAT_ALONE))


def _lzma2(data: Iterator[bytes], method: bytes, properties: bytes, _size: int) -> Iterator[bytes]:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": max(4096, dictionary(method, properties))}]
    return _through(data, lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters))


def _filtered(data: Iterator[bytes], method: bytes, properties: bytes, _size: int) -> Iterator[bytes]:
    """Delta or BCJ: the library knows these only before LZMA2, so what comes is dressed as LZMA2 that packs nothing."""
    own: dict[str, Any] = {"id": _BRANCHES.get(method, lzma.FILTER_DELTA)}
    own |= {"dist": properties[0] + 1} if method == _DELTA else {}

    def dressed() -> Iterator[bytes]:
        control = 1  # an unpacked piece that begins anew; 2: one that goes on
        for chunk in data:
            for at in range(0, len(chunk), _CHUNK):
                piece = chunk[at : at + _CHUNK]
                yield struct.pack(">BH", control, len(piece) - 1) + piece
                control = 2
        yield b"\0"

    last = {"id": lzma.FILTER_LZMA2, "dict_size": _CHUNK}
    return _through(dressed(), lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[own, last]))


def _deflated(data: Iterator[bytes], _method: bytes, _properties: bytes, _size: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for chunk in data:
        yield unpacker.decompress(chunk, _CHUNK)
        while unpacker.unconsumed_tail:
            yield unpacker.decompress(unpacker.unconsumed_tail, _CHUNK)
    yield unpacker.flush()


def _bzipped(data: Iterator[bytes], _method: bytes, _properties: bytes, _size: int) -> Iterator[bytes]:
    return _through(data, bz2.BZ2Decompressor())


Stage = Callable[[Iterator[bytes], bytes, bytes, int], Iterator[bytes]]
STAGES: dict[bytes, Stage] = {
    _COPY: _copied,
    _LZMA: _lzma,
    _LZMA2: _lzma2,
    _DEFLATE: _deflated,
    _BZIP2: _bzipped,
    **dict.fromkeys((_DELTA, *_BRANCHES), _filtered),
}
"""By method: unpacks pieces, given the method, its properties and the size it unpacks to."""
