"""JSON of any size, an array's elements one by one: what is held at a time is one of them.

Numbers keep the digits they were written with, and an object that gives a name twice keeps both. Several values one
after another (JSON lines) are read as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from typing import Any, NamedTuple, TextIO

_CHUNK = 1 << 18  # characters
_NEAR_END = 16  # characters: a fault this close to the end of what is at hand may only be that more is to come
_NAME = 500  # characters of a name in a path
_PATH = 2000  # characters of a path
_SPACE = re.compile(r"[ \t\r\n]*")
Named = tuple[tuple[str, Any], ...]
"""An object: its names and values in order. An array is a list, everything else a string or None."""


class Item(NamedTuple):
    """A part of a top-level value: number of that value from 0, where it lies in it, and the part."""

    document: int
    path: str
    value: Any


class JsonFaultError(Exception):
    """Not JSON from some character on; says where and how."""


class JsonStream:
    """Reads a stream of characters. ``room``: characters of one element that may be held; ``lost``: those of U+FFFD."""

    def __init__(self, stream: TextIO, room: int) -> None:
        self._stream, self._room = stream, room
        self._text, self._at, self._before = "", 0, 0
        self._decoder = JSONDecoder(
            object_pairs_hook=tuple, parse_float=str, parse_int=str, parse_constant=str, strict=False
        )
        self.lost = 0

    def items(self) -> Iterator[Item]:
        """The elements of top-level arrays, and of arrays that are members of top-level objects; the other members.

        Raises JsonFaultError.
        """
        document = 0
        while opening := self._next():
            if opening == "{":
                yield from self._object(document)
            elif opening == "[":
                yield from self._array(document, "")
            else:
                yield Item(document, "", self._value())
            document += 1

    def rest(self) -> Iterator[str]:
        """The characters not yet read as JSON, in pieces."""
        yield self._text[self._at :]
        yield from iter(self._chunk, "")

    def _object(self, document: int) -> Iterator[Item]:
        self._at += 1
        if self._ends("}"):
            return
        while True:
            name = self._value()
            self._expect(":")
            if not isinstance(name, str):
                raise JsonFaultError(f"a name that is no string before character {self._place():,}")
            if len(name) > _NAME:
                yield Item(document, "(name)", name)
                name = f"{name[:_NAME]}…"
            if self._next() == "[":
                yield from self._array(document, name)
            else:
                yield Item(document, name, self._value())
            if self._ends("}"):
                return
            self._expect(",")

    def _array(self, document: int, name: str) -> Iterator[Item]:
        self._at += 1
        number = 0
        while not self._ends("]"):
            if number:
                self._expect(",")
            self._next()
            yield Item(document, f"{name}[{number}]", self._value())
            number += 1

    def _value(self) -> Any:
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise JsonFaultError(f"nested too deeply at character {self._place():,}") from error
            except JSONDecodeError as error:
                self._more(error)
                continue
            if end < len(self._text) or not self._fill():  # a number may go on
                self._at = end
                return value

    def _more(self, error: JSONDecodeError) -> None:
        """Get more characters, unless that cannot mend the fault."""
        cut_off = error.msg.startswith("Unterminated") or error.pos + _NEAR_END >= len(self._text)
        if not cut_off or not self._fill():
            at = self._before + error.pos
            raise JsonFaultError(f"{error.msg[0].lower()}{error.msg[1:]} at character {at:,}") from error

    def _next(self) -> str:
        """The next character that is no space; nothing at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                return ""

    def _ends(self, mark: str) -> bool:
        """Whether an object or array ends here; then past it."""
        ended = self._next() == mark
        self._at += ended
        return ended

    def _expect(self, mark: str) -> None:
        if not self._ends(mark):
            raise JsonFaultError(f"expecting {mark!r} at character {self._place():,}")
        self._next()

    def _place(self) -> int:
        return self._before + self._at

    def _fill(self) -> bool:
        """Let go of what was read and get as much again as is held; False at the end."""
        self._text, self._before, self._at = self._text[self._at :], self._before + self._at, 0
        if len(self._text) > self._room:
            raise JsonFaultError(f"one value is too large to be read, from character {self._before:,}")
        chunk = self._chunk(max(_CHUNK, len(self._text)))
        self._text += chunk
        return bool(chunk)

    def _chunk(self, size: int = _CHUNK) -> str:
        chunk = self._stream.read(size)
        self.lost += chunk.count("\ufffd")
        return chunk


def flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each string and number in a value with its path (``tender.items[0].id``). Nothing is said by null and ``""``.

    Of a monstrous name the beginning stands in the path, and the whole is a value of its own.
    """
    path = path if len(path) <= _PATH else "…"
    if isinstance(value, tuple):
        for name, inner in value:
            if len(name) > _NAME:
                yield f"{path}.(name)" if path else "(name)", name
                name = f"{name[:_NAME]}…"  # noqa: PLW2901
            yield from flat(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from flat(inner, f"{path}[{number}]")
    elif isinstance(value, bool):
        yield path, json.dumps(value)
    elif value not in (None, ""):
        yield path, value
