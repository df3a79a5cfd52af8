"""Which code, rules and libraries derive a case: where any differs, what was derived is derived again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from re import match

from countersight import __version__
from countersight.model import Digest, codec

_CODE = (".py", ".yaml", ".html", ".css")
_DATA = ("demo/records/",)
_GROUPS = ("countersight.readers", "countersight.rules")


@cache
def code_digest() -> Digest:
    """The digest of the program's own files; the demo's records are data, not code."""
    parts = {name: Digest.of(file.read_bytes()) for name, file in _files(resources.files("countersight"), "")}
    return Digest.of(codec.encode(parts))


def _files(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found = []
    for item in folder.iterdir():
        inside = f"{prefix}{item.name}/"
        if item.is_dir() and not item.name.startswith((".", "_")) and inside not in _DATA:
            found += _files(item, inside)
        elif item.name.endswith(_CODE):
            found.append((prefix + item.name, item))
    return found


def engine_digest(packs: Sequence[str]) -> Digest:
    """The digest of all that decides what is derived.

    Code and built-in rules, the digests of the case's own rule ``packs``, installed plugins, the libraries the
    distribution asks for, those of extras where they are installed, and the version of Python.
    """
    engine = {
        "code": code_digest(),
        "packs": packs,
        "plugins": _plugins(),
        "libraries": {name: _version(name) for name in _required()},
        "python": ".".join(map(str, sys.version_info[:2])),
    }
    return Digest.of(codec.encode(engine))


def _plugins() -> list[tuple[str, str, str]]:
    """Entry points of other distributions, with the version of each."""
    points = (point for group in _GROUPS for point in metadata.entry_points(group=group))
    return sorted((point.group, point.value, point.dist.version if point.dist else "") for point in points)


def _required() -> list[str]:
    required = metadata.requires("countersight") or []
    return sorted(found[0] for line in required if (found := match(r"[\w.-]+", line)))


def _version(name: str) -> str | None:
    """The version of a library; None for one of an extra that is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def office() -> str:
    """The reader of legacy documents, with the version of LibreOffice, which is no part of the distribution."""
    from countersight.read.legacy import LegacyReader  # noqa: PLC0415 (slow to import, and most cases hold none)

    return str(LegacyReader().agent)


def program() -> str:
    """Name and version, as the cover and the seal state them."""
    return f"countersight {__version__}"
