"""Compressed RTF, as Outlook keeps the body of a message (MS-OXRTFCP)."""

from __future__ import annotations

import struct

_HEADER = struct.Struct("<IIII")  # packed size from the second field on, size, kind, checksum
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_WINDOW = 4096  # bytes
_SHORTEST = 2  # bytes that a reference stands for
# What the window holds before the first byte (MS-OXRTFCP §2.1.3.1.4).
_BEFORE = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def unpacked(data: bytes) -> bytes:
    """The RTF. Raises ValueError for what is no such data; what is cut off ends early."""
    if len(data) < _HEADER.size:
        raise ValueError("too short")
    _, size, kind, _ = _HEADER.unpack_from(data)
    if kind == _PLAIN:
        return data[_HEADER.size :][:size]
    if kind != _PACKED:
        raise ValueError("of an unknown kind")
    return _decompressed(data, min(size, len(data) * 9))  # a byte stands for 17 at most, in groups of 8 with a ninth


def _decompressed(data: bytes, size: int) -> bytes:
    window = bytearray(_BEFORE.ljust(_WINDOW, b"\0"))
    at, write, out = _HEADER.size, len(_BEFORE), bytearray()
    while at < len(data) and len(out) < size:
        flags, at = data[at], at + 1
        for bit in range(8):
            step = 2 if flags >> bit & 1 else 1
            if at + step > len(data):
                return bytes(out)
            if step == 1:
                found = data[at : at + 1]
            elif not (found := _referred(window, int.from_bytes(data[at : at + 2], "big"), write)):
                return bytes(out)
            for byte in found:
                window[write] = byte
                write = (write + 1) % _WINDOW
            out += found
            at += step
    return bytes(out[:size])


def _referred(window: bytearray, reference: int, write: int) -> bytes:
    """The bytes a reference stands for, which may run into those it writes; none at the mark of the end."""
    start, length = reference >> 4, (reference & 15) + _SHORTEST
    if start == write:
        return b""
    before = (write - start) % _WINDOW
    found = bytearray()
    for n in range(length):
        found.append(window[(start + n) % _WINDOW] if n < before else found[n - before])
    return bytes(found)
