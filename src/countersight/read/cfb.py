"""Writes a compound file (MS-CFB, version 3): what is embedded in one as a storage becomes a file of its own.

Outlook saves an attached message in the same way. The directory comes first, so that the first bytes of the file tell
what it is.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from countersight.read.sniff import OLE2

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096  # bytes
_END, _FREE, _FAT, _DIFAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT, _BLACK = 1, 2, 5, 1
_ENTRY = struct.Struct("<64sHBBIII16sIQQIQ")
_IN_HEADER = 109  # sectors of the allocation table that the header itself names
_PER_SECTOR = _SECTOR // 4
_NAME = 31  # characters


@dataclass(slots=True)
class _Node:
    """A storage or stream. ``id`` is its place in the directory; ``left``, ``right`` and ``child`` are such places."""

    name: str
    kind: int
    data: bytes = b""
    inside: dict[str, _Node] = field(default_factory=dict)
    id: int = 0
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = _END


def packed(streams: Mapping[tuple[str, ...], bytes]) -> bytes:
    """A compound file of these streams by path. Raises ValueError for a name longer than the format allows."""
    nodes = _directory(streams)
    chains, tables = _Chains(), _Chains()
    chains.add(b"\0" * (-(-len(nodes) * _ENTRY.size // _SECTOR) * _SECTOR))  # the directory, filled in below
    for node in nodes:
        if node.kind == _STREAM and len(node.data) >= _CUTOFF:
            node.start = chains.add(node.data)
        elif node.kind == _STREAM:
            node.start = tables.add(node.data, _MINI)
    nodes[0].start, nodes[0].data = chains.add(bytes(tables.sectors)), bytes(tables.sectors)
    mini_sectors = -(-len(tables.table) // _PER_SECTOR)
    mini = chains.add(_words(tables.table, mini_sectors))
    entries = b"".join(map(_entry, nodes))
    chains.sectors[: len(entries)] = entries
    return _joined(chains, mini if mini_sectors else _END, mini_sectors)


class _Chains:
    """Sectors and the table that chains them."""

    def __init__(self) -> None:
        self.sectors = bytearray()
        self.table: list[int] = []

    def add(self, data: bytes, size: int = _SECTOR) -> int:
        """Store data in sectors of a size; the number of the first, or the mark of the end for nothing."""
        count = -(-len(data) // size)
        start = len(self.table)
        self.table += [*range(start + 1, start + count), _END][:count]
        self.sectors += data.ljust(count * size, b"\0")
        return start if count else _END


def _directory(streams: Mapping[tuple[str, ...], bytes]) -> list[_Node]:
    """The nodes in the order of the directory, level by level, linked to each other."""
    root = _Node("Root Entry", _ROOT)
    for path, data in streams.items():
        node = root
        for name in path[:-1]:
            node = node.inside.setdefault(name, _Node(name, _STORAGE))
        node.inside[path[-1]] = _Node(path[-1], _STREAM, data)
    nodes = [root]
    for node in nodes:  # grows while it is gone through
        found = sorted(node.inside.values(), key=lambda child: (len(child.name), child.name.upper()))
        for child in found:
            child.id = len(nodes)
            nodes.append(child)
        node.child = _balanced(found)
    return nodes


def _balanced(nodes: list[_Node]) -> int:
    """Link sorted siblings as a balanced tree; the place of its top."""
    if not nodes:
        return _NONE
    middle = len(nodes) // 2
    top = nodes[middle]
    top.left, top.right = _balanced(nodes[:middle]), _balanced(nodes[middle + 1 :])
    return top.id


def _entry(node: _Node) -> bytes:
    if len(node.name) > _NAME:
        raise ValueError(f"a name of more than {_NAME} characters: {node.name!r}")
    name = node.name.encode("utf-16-le")
    links = node.left, node.right, node.child
    start = 0 if node.kind == _STORAGE else node.start
    return _ENTRY.pack(name, len(name) + 2, node.kind, _BLACK, *links, b"", 0, 0, 0, start, len(node.data))


def _words(numbers: list[int], sectors: int) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers).ljust(sectors * _SECTOR, b"\xff")


def _joined(chains: _Chains, mini: int, mini_sectors: int) -> bytes:
    """Header, sectors, and the allocation table, which has to tell its own sectors too."""
    used = len(chains.table)
    fat = more = 0
    while (fat + more + used) > fat * _PER_SECTOR:
        fat += 1
        more = max(0, -(-(fat - _IN_HEADER) // (_PER_SECTOR - 1)))
    table = [*chains.table, *[_FAT] * fat, *[_DIFAT] * more]
    places = list(range(used, used + fat))
    header = OLE2 + struct.pack(
        "<16xHHHHH6xIIIIIIIII",
        *(0x3E, 3, 0xFFFE, 9, 6, 0, fat, 0, 0, _CUTOFF, mini, mini_sectors, used + fat if more else _END, more),
    )
    first = _words(places[:_IN_HEADER], 1)[: _IN_HEADER * 4]
    return header + first + bytes(chains.sectors) + _words(table, fat) + _further(places[_IN_HEADER:], used + fat)


def _further(places: list[int], at: int) -> bytes:
    """The sectors that name those of the allocation table for which the header has no room."""
    out = b""
    for start in range(0, len(places), _PER_SECTOR - 1):
        chunk = places[start : start + _PER_SECTOR - 1]
        at += 1
        following = at if start + len(chunk) < len(places) else _END
        out += _words(chunk, 1)[: _SECTOR - 4] + struct.pack("<I", following)
    return out
