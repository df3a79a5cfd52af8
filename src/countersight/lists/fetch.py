"""Fetching a list over the network: resumed where it broke off, checked as far as the server lets one, never half kept.

``urllib`` honours the proxies of the environment (``https_proxy``, ``no_proxy``). A server's answer is taken for the
file only if it is as long as announced, fits the digest announced (``Repr-Digest``, ``Digest``: RFC 9530, RFC 3230) and
is no web page. What has come so far lies in a part file; it is gone on with only where the server still has the same
version (``ETag`` or ``Last-Modified`` with ``If-Range``).
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from countersight import __version__
from countersight.errors import ListError
from countersight.lists.files import ListFile
from countersight.model import Digest

_CHUNK = 1 << 18
_TRIES = 5
_LIMIT = 1 << 33  # bytes of a list
_SECONDS = 60
_NOT_MODIFIED, _PARTIAL, _UNSATISFIABLE = 304, 206, 416
_SHA256 = re.compile(r"sha-256=:?([A-Za-z0-9+/=]+):?", re.IGNORECASE)
_WAY_OUT = "run the command again: what came so far is gone on with; the snapshots already kept stay in force"


@dataclass(frozen=True, slots=True)
class Source:
    """A list as it is published: its files' addresses; ``ask`` says what of the user's own an address needs."""

    id: str
    title: str
    files: tuple[str, ...]
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as fetched, and the server's name for this version of it."""

    file: ListFile
    etag: str


def sources(given: Path | None = None) -> dict[str, Source]:
    """The sources by id: the official ones, or those of a user's file of the same form. Raises ListError."""
    official = resources.files("countersight.lists") / "data" / "sources.yaml"
    try:
        data = yaml.safe_load((given or official).read_text(encoding="utf-8"))
        found = (Source(s["id"], s["title"], tuple(s["files"]), s.get("ask", "")) for s in data["sources"])
        return {source.id: source for source in found}
    except (OSError, UnicodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise ListError(
            f"{given} is no file of sources: {error!r}", way_out="write `sources:` and entries with id, title and files"
        ) from error


def fetch(url: str, folder: Path, *, etag: str = "") -> Fetched | None:
    """A file, left in ``folder``; None where the server still has the version ``etag``.

    Raises ListError where it cannot be fetched whole. Only http and https addresses are fetched.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise ListError(f"not an address to fetch from: {url}", way_out="give one that begins with https://")
    part = _Part(folder, url)
    for attempt in range(1, _TRIES + 1):
        try:
            answer = _once(url, part, etag)
        except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
            if attempt == _TRIES or isinstance(error, urllib.error.HTTPError):
                raise ListError(f"{url} cannot be fetched: {_reason(error)}", way_out=_WAY_OUT) from error
            continue
        if answer is None or answer.whole(part):
            return part.done(url, answer) if answer else None
    raise ListError(f"{url} was cut off {_TRIES} times", way_out=_WAY_OUT)


def _reason(error: Exception) -> str:
    return str(error.reason) if isinstance(error, urllib.error.URLError) else str(error) or type(error).__name__


class _Part:
    """What has come so far of a file, and of which version it is."""

    def __init__(self, folder: Path, url: str) -> None:
        name = hashlib.sha256(url.encode()).hexdigest()[:16]
        self.path, self._note = folder / f".fetch-{name}", folder / f".fetch-{name}.json"
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() and self.version else 0

    @property
    def version(self) -> str:
        try:
            return str(json.loads(self._note.read_text())["version"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def begin(self, version: str) -> None:
        self.path.write_bytes(b"")
        self._note.write_text(json.dumps({"version": version}))

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def done(self, url: str, answer: _Answer) -> Fetched:
        answer.check(url, self)
        self._note.unlink(missing_ok=True)
        return Fetched(
            ListFile(urlsplit(url).path.rpartition("/")[2] or "list", self.path, Digest.of_file(self.path)), answer.etag
        )


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server said of the file: its whole length, digest and kind, as far as it said."""

    length: int | None
    digest: str
    media_type: str
    etag: str

    def whole(self, part: _Part) -> bool:
        return self.length is None or part.path.stat().st_size >= self.length

    def check(self, url: str, part: _Part) -> None:
        size = part.path.stat().st_size
        state = base64.b64encode(bytes.fromhex(Digest.of_file(part.path))).decode()
        head = part.path.open("rb").read(512).lstrip().lower()
        wrong = (
            ("a web page, not a list", head.startswith((b"<!doctype html", b"<html"))),
            ("nothing", size == 0),
            (f"{size:,} bytes instead of {self.length or 0:,}", self.length is not None and size != self.length),
            ("bytes that do not fit their digest", bool(self.digest) and self.digest != state),
        )
        what = next((what for what, holds in wrong if holds), None)
        if what:
            part.drop()
            raise ListError(f"{url} answered with {what}", way_out=_WAY_OUT)


def _once(url: str, part: _Part, etag: str) -> _Answer | None:
    headers = {"User-Agent": f"countersight/{__version__}", "Accept-Encoding": "identity"}
    if part.size:
        headers |= {"Range": f"bytes={part.size}-", "If-Range": part.version}
    elif etag:
        headers["If-None-Match"] = etag
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 (fetch looked at the scheme)
    try:
        with urllib.request.build_opener().open(request, timeout=_SECONDS) as reply:
            return _taken(reply, part)
    except urllib.error.HTTPError as error:
        if error.code == _NOT_MODIFIED:
            return None
        if error.code == _UNSATISFIABLE and part.size:
            part.drop()
            raise http.client.IncompleteRead(b"") from error
        raise


def _taken(reply: Any, part: _Part) -> _Answer:
    """Write what comes behind what came; from the start where the server does not go on."""
    went_on = reply.status == _PARTIAL
    version = reply.headers.get("ETag", "") or reply.headers.get("Last-Modified", "")
    if not went_on:
        part.begin("" if version.startswith("W/") else version)
    length = _length(reply, went_on=went_on)
    size = part.path.stat().st_size
    with part.path.open("ab") as out:
        while chunk := reply.read(_CHUNK):
            size += len(chunk)
            if size > _LIMIT:
                raise ListError(f"larger than {_LIMIT:,} bytes: {reply.url}", way_out="check the address")
            out.write(chunk)
    told = _SHA256.search(reply.headers.get("Repr-Digest", "") or reply.headers.get("Digest", ""))
    etag = reply.headers.get("ETag", "")
    return _Answer(length, told[1] if told else "", reply.headers.get_content_type(), etag)


def _length(reply: Any, *, went_on: bool) -> int | None:
    """How long the whole file is, as the server says."""
    if went_on:
        whole = reply.headers.get("Content-Range", "").rpartition("/")[2]
        return int(whole) if whole.isdigit() else None
    told = reply.headers.get("Content-Length", "")
    return int(told) if told.isdigit() else None
