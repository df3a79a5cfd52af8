"""Office Open XML packages (ECMA-376): a ZIP of XML parts, opened with care.

No part may declare a document type (ECMA-376 part 2, §8.1.4 forbids it), so no entity is ever expanded or fetched.
What a part may unpack to is bounded. Element and attribute names are compared without their namespaces, which read the
same in the transitional and the strict variant of the standard.
"""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from countersight.errors import ReadError
from countersight.model import Member
from countersight.ports import Limits, Sink
from countersight.read.layout import PICTURE_START
from countersight.read.sniff import OLE2

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MEMORY_PER_BYTE = 12  # of a part's XML, for its tree
_CHUNK = 1 << 16
# NotImplementedError is a RuntimeError, KeyError a LookupError.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, LookupError)
_DIGITS = 9  # of a number that means something in a document


@lru_cache(maxsize=4096)
def local(name: str) -> str:
    """An element's or attribute's name without its namespace."""
    return name.rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its local name."""
    for key, value in element.attrib.items():
        if local(key) == name:
            return value
    return None


def child(element: Element | None, name: str) -> Element | None:
    """The first child of a local name; of nothing, nothing."""
    if element is not None:
        for found in element:
            if local(found.tag) == name:
                return found
    return None


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of a local name; of nothing, nothing."""
    return (found for found in element if local(found.tag) == name) if element is not None else iter(())


def descendants(element: Element, name: str) -> Iterator[Element]:
    """All elements of a local name, in document order."""
    return (found for found in element.iter() if local(found.tag) == name)


def whole(text: str | None, default: int = 0) -> int:
    """A whole number as an attribute gives it, or the default where it gives none or nonsense."""
    return int(text) if text and text.isdecimal() and len(text) <= _DIGITS else default


class NoDoctype:
    """A target to parse XML into that refuses document types, and with them every entity."""

    def doctype(self, name: str, public: str | None, system: str | None, /) -> None:
        """Called where the part declares one. Raises ReadError."""
        del public, system
        raise ReadError(f"damaged: the XML of {name!r} declares a document type", way_out="re-save it")


class _Tree(NoDoctype, ET.TreeBuilder):
    """An element tree."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Where one part points: the last word of the relation's type; a part's name or, if ``external``, an address."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Package:
    """An open package. Every method raises ReadError where the package is damaged or too large."""

    archive: zipfile.ZipFile
    limits: Limits

    def names(self, prefix: str = "") -> list[str]:
        """The names of the parts below a folder, sorted."""
        return sorted({name for name in self.archive.namelist() if name.startswith(prefix) and not name.endswith("/")})

    def tree(self, part: str) -> Element | None:
        """A part's XML, or None if there is no such part."""
        if part not in self.archive.NameToInfo:
            return None
        parser = ET.XMLParser(target=_Tree())  # noqa: S314 (document types are refused)
        return cast(Element, self._parse(part, parser, self.limits.memory // _MEMORY_PER_BYTE))

    def feed(self, part: str, target: NoDoctype) -> None:
        """Parse a part piece by piece into ``target``; nothing is kept."""
        parser = ET.XMLParser(target=target)  # noqa: S314 (targets refuse document types)
        self._parse(part, parser, self.limits.unpacked)

    def _parse(self, part: str, parser: ET.XMLParser, limit: int) -> object:
        try:
            if self.archive.getinfo(part).file_size > limit:  # unpacking stops at the size stated
                raise _too_large(f"{part} unpacks to more than {limit} bytes")
            with self.archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.feed(chunk)
            return cast(object, parser.close())
        except ET.ParseError as error:
            raise ReadError(
                f"damaged: {part} is not well-formed XML ({error})", way_out="repair or re-save it"
            ) from error
        except _DAMAGE as error:
            raise _damaged(f"{part} cannot be unpacked ({error})") from error

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part (of the package itself for ``""``), by their id."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for item in root if root is not None else ():
            external = item.get("TargetMode") == "External"
            target = item.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            found[item.get("Id", "")] = Relation(item.get("Type", "").rpartition("/")[2], target, external)
        return found

    def main_part(self, default: str) -> str:
        """The part that is the document itself."""
        kinds = self.relations("").values()
        return next((item.target for item in kinds if item.kind == "officeDocument"), default)

    def sealed(self) -> bool:
        """Whether the manifest of an OpenDocument package says that it is encrypted."""
        manifest = self.tree("META-INF/manifest.xml")
        return manifest is not None and next(descendants(manifest, "encryption-data"), None) is not None

    def title(self) -> str | None:
        """The title among the core properties."""
        part = next((item.target for item in self.relations("").values() if item.kind == "core-properties"), "")
        root = self.tree(part)
        title = child(root, "title")
        return " ".join((title.text or "").split()) or None if title is not None else None

    def start(self, part: str) -> bytes:
        """The first bytes of a picture; none where it is damaged."""
        try:
            with self.archive.open(part) as stream:
                return stream.read(PICTURE_START)
        except _DAMAGE:
            return b""

    def members(self, parts: Iterable[str], sink: Sink) -> tuple[Member, ...]:
        """Hand embedded files to the sink, numbered from 1; one that cannot be unpacked says why."""
        return tuple(self._member(n, part, sink) for n, part in enumerate(parts, 1))

    def _member(self, n: int, part: str, sink: Sink) -> Member:
        step = ("attachment", f"{n} {posixpath.basename(part)}")
        size = self.archive.getinfo(part).file_size
        try:
            with self.archive.open(part) as stream:
                digest, size = sink(cast(BinaryIO, stream), limit=self.limits.unpacked)
        except ReadError as error:
            return Member(step, None, size, error.what)
        except _DAMAGE as error:
            return Member(step, None, size, f"damaged: cannot be unpacked ({error})")
        return Member(step, digest, size)


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[Package]:
    """An open package. Raises ReadError that tells empty, encrypted and damaged files apart."""
    with path.open("rb") as stream:
        head = stream.read(len(OLE2))
    if not head:
        raise ReadError("empty: 0 bytes", status="skipped")
    if head == OLE2:  # the older container, which also wraps an encrypted package (MS-OFFCRYPTO)
        raise _wrapped(path)
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise _damaged(f"cannot be opened ({error})") from error
    with archive:
        if len(archive.infolist()) > limits.members or sum(i.file_size for i in archive.infolist()) > limits.unpacked:
            raise _too_large(f"unpacks to more than {limits.unpacked} bytes or {limits.members} parts")
        if any(info.flag_bits & 1 for info in archive.infolist()):
            raise needs_password()
        yield Package(archive, limits)


def _damaged(what: str) -> ReadError:
    return ReadError(f"damaged: {what}", way_out="repair or re-save it")


def _too_large(what: str) -> ReadError:
    return ReadError(f"too large: {what}", status="skipped", way_out="if it is no bomb, allow more per item")


def needs_password() -> ReadError:
    """The error for a file that cannot be opened without its password."""
    return ReadError("encrypted: needs its password", way_out="save a copy without password beside it and audit again")


def _wrapped(path: Path) -> ReadError:
    if _ENCRYPTED in path.read_bytes():
        return needs_password()
    return ReadError(
        "an older binary Office file under a newer name", status="skipped", way_out="re-save it in the newer format"
    )
