"""A list as a file: opened whatever it is packed in, its lines decoded, its XML read without doing what it asks."""

from __future__ import annotations

import codecs
import csv
import gzip
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO, cast
from xml.parsers import expat

from countersight.errors import ListError
from countersight.model import Digest

HEAD = 1 << 16
_CHUNK = 1 << 18
_DEEP = 100  # levels of nesting; no list has more than a dozen
_LINE = 1 << 24  # bytes; no list has a longer one
_CELL = 1 << 17  # characters, as a module of the standard library has it where no reader of records has raised that
_WESTERN = "cp1252"
_GZIP = b"\x1f\x8b"
_WAY_OUT = "fetch the file again from its source; what was added before stays in force"


def broken(name: str, why: str) -> ListError:
    """The error for a file that is no whole list."""
    return ListError(f"{name}: {why}", way_out=_WAY_OUT)


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file as received: the name it came under, where it lies, and the digest of its bytes."""

    name: str
    path: Path
    digest: Digest

    @classmethod
    def of(cls, path: Path, name: str = "") -> ListFile:
        """A file on disk. Raises ListError where there is none."""
        if not path.is_file():
            raise ListError(f"no such file: {path}", way_out="check the path")
        return cls(name or path.name, path, Digest.of_file(path))

    def open(self) -> BinaryIO:
        """Its bytes, unpacked where it is gzip."""
        stream = self.path.open("rb")
        packed = stream.read(2) == _GZIP
        stream.seek(0)
        return cast("BinaryIO", gzip.open(stream)) if packed else stream

    def head(self) -> bytes:
        """Its first bytes, unpacked, and a table in UTF-16 as UTF-8. Raises ListError for a broken packing."""
        with self.open() as stream:
            raw = _read(self.name, stream, HEAD)
        text = raw.decode("utf-16", "replace") if _wide(raw) else ""
        return text.encode() if text and not text.lstrip().startswith("<") else raw

    def lines(self, other: str | None = _WESTERN) -> Iterator[str]:
        """Its lines that are not blank: UTF-8, or the ``other`` encoding where a line is not that; UTF-16 by its mark.

        A control-Z at the end, which some lists end with, is no line. Raises ListError for what is no text, and where
        there is no other encoding for a line that needs one.
        """
        with self.open() as stream:
            wide = _wide(_read(self.name, stream, 2))
        with self.open() as stream:
            if wide:
                yield from _decoded(self.name, stream)
                return
            number = 0
            while line := _read(self.name, stream, _LINE, BinaryIO.readline):
                if b"\0" in line or len(line) == _LINE:
                    raise broken(self.name, "not text")
                number += 1
                text = self._text(line if number > 1 else line.removeprefix(codecs.BOM_UTF8), number, other)
                if text.strip("\r\n\x1a "):
                    yield text

    def ends(self) -> bool:
        """Whether its last line ends as lines do."""
        last = b"\n"
        with self.open() as stream:
            while chunk := _read(self.name, stream, _CHUNK):
                last = chunk
        return last.endswith((b"\n", b"\x1a", b"\r"))

    def _text(self, line: bytes, number: int, other: str | None) -> str:
        try:
            return line.decode()
        except UnicodeDecodeError as error:
            if other:
                return line.decode(other, "replace")
            raise ListError(
                f"{self.name}, line {number}: not UTF-8", way_out="say in the mapping, e.g. `encoding: gb18030`"
            ) from error

    def records(self, mark: str = ",", other: str | None = _WESTERN) -> Iterator[tuple[int, list[str]]]:
        """Its rows as a table, each with the line it ends on. Raises ListError where quotation marks never close."""
        reader = csv.reader(self.lines(other), delimiter=mark)
        try:
            for cells in reader:
                _bounded(cells)
                yield reader.line_num, cells
        except csv.Error as error:
            raise broken(self.name, f"line {reader.line_num}: {error}") from error

    def text(self) -> TextIO:
        """Its characters as UTF-8, or as its byte order mark says."""
        return TextIOWrapper(self.open(), encoding="utf-8-sig", errors="replace")


def _bounded(cells: list[str]) -> None:
    if max(map(len, cells), default=0) > _CELL:
        raise csv.Error(f"field larger than field limit ({_CELL})")


def _wide(raw: bytes) -> bool:
    return raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _decoded(name: str, stream: BinaryIO) -> Iterator[str]:
    try:
        yield from (line for line in TextIOWrapper(stream, encoding="utf-16", newline="") if line.strip())
    except UnicodeError as error:
        raise broken(name, f"not wholly UTF-16: {error}") from error


def _read(name: str, stream: BinaryIO, size: int, how: Callable[[BinaryIO, int], bytes] | None = None) -> bytes:
    try:
        return stream.readline(size) if how else stream.read(size)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise broken(name, f"the packed file is cut off or damaged ({error})") from error


# ── XML ──


class _FirstElementError(Exception):
    """The document itself begins: nothing it says before that asks for anything."""


def _start(*_: object) -> None:
    raise _FirstElementError


def root_of(head: bytes) -> str | None:
    """The local name of the root element of a document with these first bytes; None where it is no XML."""
    found: list[str] = []

    def start(name: str, _: object) -> None:
        found.append(name.rpartition(":")[2])
        raise _FirstElementError

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with suppress(_FirstElementError, expat.ExpatError):
        parser.Parse(head, False)
    return found[0] if found else None


def elements(file: ListFile, names: Collection[str]) -> Iterator[ET.Element]:
    """The elements of these local names, whole, as they end; what was yielded is let go of afterwards.

    Namespaces are taken off. Raises ListError for XML that is cut off or broken, and for a document type or entities:
    no list needs them, and they are how a file of a few lines fills a machine's memory or asks for other files.
    """
    _refuse_types(file)
    sieve = _Sieve(file.name, frozenset(names))
    with file.open() as stream:
        while chunk := _read(file.name, stream, _CHUNK):
            yield from sieve.feed(chunk)
    yield from sieve.close()


class _Sieve:
    """Builds elements and keeps those that are asked for."""

    def __init__(self, name: str, names: Collection[str]) -> None:
        self._name, self._names = name, names
        self._parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(("start", "end"))
        self._path: list[ET.Element] = []
        self._locals: dict[str, str] = {}
        self._inside = 0  # how many elements that are asked for are open

    def feed(self, chunk: bytes) -> Iterator[ET.Element]:
        self._do(lambda: self._parser.feed(chunk), "broken")
        yield from self._ended()

    def close(self) -> Iterator[ET.Element]:
        self._do(self._parser.close, "cut off")
        yield from self._ended()

    def _do(self, step: Callable[[], object], what: str) -> None:
        try:
            step()
        except ET.ParseError as error:
            raise broken(self._name, f"the XML is {what}: {error}") from error

    def _ended(self) -> Iterator[ET.Element]:
        path, wanted = self._path, self._names
        try:
            for event, element in cast("Iterator[tuple[str, ET.Element]]", self._parser.read_events()):
                if event == "start":
                    element.tag = self._local(element.tag)
                    self._inside += element.tag in wanted
                    path.append(element)
                    if len(path) > _DEEP:
                        raise broken(self._name, f"the XML is nested more than {_DEEP} levels deep")
                    continue
                path.pop()
                if element.tag in wanted:
                    self._inside -= 1
                    if not self._inside:
                        yield element
                if path and not self._inside:
                    path[-1].remove(element)
        except ET.ParseError as error:
            raise broken(self._name, f"the XML is broken: {error}") from error

    def _local(self, tag: str) -> str:
        """A name without its namespace."""
        found = self._locals.get(tag)
        if found is None:
            found = self._locals[tag] = tag.rpartition("}")[2]
        return found


def _refuse_types(file: ListFile) -> None:
    """Refuse a document that declares a type or entities."""

    def refuse(*_: object) -> None:
        raise ListError(
            f"{file.name}: the XML declares a document type or entities, which no official list does",
            way_out="fetch the file from its official source",
        )

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.StartElementHandler = _start
    try:
        with file.open() as stream:
            while chunk := _read(file.name, stream, _CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except _FirstElementError:
        return
    except expat.ExpatError as error:
        raise broken(file.name, f"not XML: {error}") from error
