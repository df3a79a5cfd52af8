"""XML of any size as paths and values, one after another, no tree ever held.

A path is made of the names below the root, without their namespaces; of several of one name beside each other the
second is ``NAME[2]``. An attribute is ``NAME@ATTRIBUTE``. Document types are refused, so no entity is expanded or
fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

_CHUNK = 1 << 18  # bytes
_BETWEEN = "}"  # a namespace and a name
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"  # tells where the schema lies: nothing that is said
_DEEP = 200  # levels, more than any feed has
_LONG = 4000  # characters of all the names in a path
_INLINE = frozenset({"FT"})  # marks raised and lowered letters inside the words of a TED notice


class Said(NamedTuple):
    """What an element or attribute says: the names from the root down to it, and the value."""

    path: tuple[str, ...]
    value: str


class XmlFaultError(Exception):
    """Not XML from some line on; says where and how, and gives the byte ``at`` which it is."""

    def __init__(self, what: str, at: int = 0) -> None:
        super().__init__(what)
        self.at = at


@dataclass(slots=True)
class _Level:
    """An open element: its name with its number, its text so far, and how many children of each name it had."""

    name: str
    text: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


class _Handler:
    """Collects what is said while the parser goes on."""

    def __init__(self, records: frozenset[str]) -> None:
        self.said: list[Said] = []
        self.levels: list[_Level] = []
        self._records = records

    def doctype(self, *_: object) -> None:
        raise XmlFaultError("it declares a document type, which is not followed")

    def start(self, name: str, attributes: list[str]) -> None:
        local = name.rpartition(_BETWEEN)[2]
        if local in _INLINE and self.levels:
            return
        if len(self.levels) == _DEEP or sum(len(level.name) for level in self.levels) + len(local) > _LONG:
            raise XmlFaultError("its elements are nested too deeply")
        self.levels.append(_Level(self._numbered(local)))
        for at in range(0, len(attributes), 2):
            namespace, _, attribute = attributes[at].rpartition(_BETWEEN)
            if namespace != _INSTANCE:
                self._say(attributes[at + 1], f"@{attribute}")

    def _numbered(self, name: str) -> str:
        if not self.levels:
            return name
        parent = self.levels[-1]
        self._flush(parent)
        number = parent.counts[name] = parent.counts.get(name, 0) + 1
        return f"{name}[{number}]" if number > 1 or name in self._records else name

    def end(self, name: str) -> None:
        if name.rpartition(_BETWEEN)[2] not in _INLINE:
            self._flush(self.levels[-1])
            self.levels.pop()

    def text(self, data: str) -> None:
        self.levels[-1].text.append(data)

    def _flush(self, level: _Level) -> None:
        words = "".join(level.text).strip()
        level.text.clear()
        self._say(words)

    def _say(self, value: str, attribute: str = "") -> None:
        if value.strip():
            names = [level.name for level in self.levels]
            self.said.append(Said((*names[:-1], names[-1] + attribute), value))


def said(stream: BinaryIO, records: frozenset[str], room: int) -> Iterator[Said]:
    """What the XML says, in its order; elements named in ``records`` are numbered from ``[1]``.

    Raises XmlFaultError, also where one value takes more than ``room`` characters.
    """
    parser = expat.ParserCreate(namespace_separator=_BETWEEN)
    handler = _Handler(records)
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = handler.doctype
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            yield from handler.said
            handler.said.clear()
            _bounded(handler, room)
        parser.Parse(b"", True)
    except (expat.ExpatError, XmlFaultError, LookupError, ValueError) as error:
        yield from handler.said
        line = "" if isinstance(error, expat.ExpatError) else f": line {parser.CurrentLineNumber:,}"
        raise XmlFaultError(f"{error}{line}", max(parser.CurrentByteIndex, 0)) from error


def _bounded(handler: _Handler, room: int) -> None:
    if handler.levels and sum(map(len, handler.levels[-1].text)) > room:
        raise XmlFaultError("one value is too large to be read")
