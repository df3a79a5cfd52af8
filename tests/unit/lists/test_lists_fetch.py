"""Fetching, against a server of our own on the loopback."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import listsmade as made
from countersight.cli import main
from countersight.errors import ListError
from countersight.lists.fetch import fetch, sources
from countersight.pipeline.watch import Folder

BODY = made.UN.encode() + b"<!-- " + b"x" * 600_000 + b" -->"


class Server(ThreadingHTTPServer):
    """Serves ``body``; ``cut`` is after how many bytes each of the next answers breaks off (None: it does not)."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.body, self.etag = BODY, '"one"'
        self.headers_more: dict[str, str] = {}
        self.cut: list[int | None] = []
        self.ranges = True
        self.status = 200
        self.asked: list[tuple[str, str | None]] = []
        self.between: Callable[[], None] = lambda: None

    def url(self, name: str = "un.xml") -> str:
        return f"http://127.0.0.1:{self.server_port}/{name}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        server, wanted = self.server, self.headers.get("Range")
        server.asked.append((self.path, wanted))
        if server.status != 200:
            self.send_error(server.status)
            return
        if server.etag and self.headers.get("If-None-Match") == server.etag:
            self.send_response(304)
            self.end_headers()
            return
        goes_on = wanted and server.ranges and self.headers.get("If-Range") == server.etag
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and goes_on else 0
        if goes_on and start >= len(server.body):
            self.send_error(416)
            return
        self._answer(server.body[start:], start, partial=bool(goes_on))

    def _answer(self, part: bytes, start: int, *, partial: bool) -> None:
        server = self.server
        self.send_response(206 if partial else 200)
        self.send_header("Content-Length", str(len(part)))
        if partial:
            self.send_header("Content-Range", f"bytes {start}-{len(server.body) - 1}/{len(server.body)}")
        for name, value in {**({"ETag": server.etag} if server.etag else {}), **server.headers_more}.items():
            self.send_header(name, value)
        self.end_headers()
        cut = server.cut.pop(0) if server.cut else None
        self.wfile.write(part[:cut])
        self.close_connection = True
        server.between()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with Server() as made_:
        thread = threading.Thread(target=made_.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield made_
        made_.shutdown()
        thread.join()


def test_a_file_is_fetched_whole_and_leaves_nothing_else(server: Server, tmp_path: Path) -> None:
    fetched = fetch(server.url(), tmp_path)
    assert fetched is not None
    assert fetched.file.path.read_bytes() == BODY
    assert (fetched.file.name, fetched.file.digest, fetched.etag) == (
        "un.xml",
        hashlib.sha256(BODY).hexdigest(),
        '"one"',
    )
    assert list(tmp_path.iterdir()) == [fetched.file.path]


def test_what_breaks_off_is_gone_on_with(server: Server, tmp_path: Path) -> None:
    server.cut = [100_000, 300_000]
    fetched = fetch(server.url(), tmp_path)
    assert fetched is not None
    assert fetched.file.path.read_bytes() == BODY
    assert [wanted for _, wanted in server.asked] == [None, "bytes=100000-", "bytes=400000-"]


def test_a_later_run_goes_on_where_the_one_before_stopped(server: Server, tmp_path: Path) -> None:
    server.cut = [100_000, 0, 0, 0, 0]
    with pytest.raises(ListError, match=r"cannot be fetched|cut off"):
        fetch(server.url(), tmp_path)
    server.asked.clear()
    fetched = fetch(server.url(), tmp_path)
    assert fetched is not None
    assert fetched.file.path.read_bytes() == BODY
    assert server.asked == [("/un.xml", "bytes=100000-")]


def test_a_new_version_meanwhile_is_fetched_from_its_beginning(server: Server, tmp_path: Path) -> None:
    other = BODY.replace(b"EXAMPLE", b"ANOTHER")

    def change() -> None:
        server.body, server.etag = other, '"two"'

    server.cut, server.between = [100_000], change
    fetched = fetch(server.url(), tmp_path)
    assert fetched is not None
    assert fetched.file.path.read_bytes() == other


def test_a_server_that_cannot_go_on_is_asked_for_all_again(server: Server, tmp_path: Path) -> None:
    server.ranges, server.cut = False, [100_000]
    fetched = fetch(server.url(), tmp_path)
    assert fetched is not None
    assert fetched.file.path.read_bytes() == BODY


def test_without_a_name_of_the_version_nothing_is_pieced_together(server: Server, tmp_path: Path) -> None:
    server.etag, server.cut = "", [100_000]
    fetched = fetch(server.url(), tmp_path)
    assert fetched is not None
    assert fetched.file.path.read_bytes() == BODY
    assert [wanted for _, wanted in server.asked] == [None, None]


def test_the_version_already_here_is_not_fetched(server: Server, tmp_path: Path) -> None:
    assert fetch(server.url(), tmp_path, etag='"one"') is None


def test_a_digest_that_does_not_fit_is_refused(server: Server, tmp_path: Path) -> None:
    right = base64.b64encode(hashlib.sha256(BODY).digest()).decode()
    server.headers_more = {"Repr-Digest": f"sha-256=:{right}:"}
    assert fetch(server.url(), tmp_path) is not None
    wrong = base64.b64encode(hashlib.sha256(b"").digest()).decode()
    server.headers_more = {"Repr-Digest": f"sha-256=:{wrong}:"}
    with pytest.raises(ListError, match="do not fit their digest"):
        fetch(server.url(), tmp_path)


@pytest.mark.parametrize("status", [403, 404, 500])
def test_an_error_of_the_server_is_told(server: Server, tmp_path: Path, status: int) -> None:
    server.status = status
    with pytest.raises(ListError, match="cannot be fetched"):
        fetch(server.url(), tmp_path)
    assert len(server.asked) == 1


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://example.org/x", "un.xml"])
def test_only_the_web_is_fetched_from(tmp_path: Path, url: str) -> None:
    with pytest.raises(ListError, match="not an address"):
        fetch(url, tmp_path)


def test_nobody_at_the_address_is_told(server: Server, tmp_path: Path) -> None:
    with pytest.raises(ListError, match="cannot be fetched"):
        fetch("http://127.0.0.1:9/un.xml", tmp_path)


def test_a_proxy_of_the_environment_is_used(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("no_proxy", "")
    assert fetch("http://lists.example/un.xml", tmp_path) is not None
    assert server.asked == [("http://lists.example/un.xml", None)]


def test_official_sources_are_on_the_web_over_tls() -> None:
    assert {"ofac-sdn", "ofac-non-sdn", "csl", "uk", "un", "eu"} == set(sources())
    assert all(url.startswith("https://") for source in sources().values() for url in source.files)


# ── the command ──


@pytest.fixture
def own(server: Server, tmp_path: Path) -> list[str]:
    text = f'sources:\n  - {{id: un, title: UN, files: ["{server.url()}"]}}\n'
    return ["--from", str(made.leave(tmp_path, "sources.yaml", text)), "--lists", str(tmp_path / "lists")]


def snapshots(tmp_path: Path) -> int:
    return len(Folder(tmp_path / "lists").watch().snapshots())


def test_update_adds_what_is_new_and_says_where_it_is_from(
    server: Server, tmp_path: Path, own: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    server.cut = [100_000]
    assert main(["lists", "update", *own]) == 0
    assert "added: UN Security Council" in capsys.readouterr().out
    (one,) = Folder(tmp_path / "lists").watch().snapshots()
    assert (one.source, one.etag) == (server.url(), '"one"')
    assert main(["lists", "update", "un", *own]) == 0
    assert "unchanged" in capsys.readouterr().out
    assert snapshots(tmp_path) == 1
    assert not (tmp_path / "lists" / ".fetch").exists()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<!DOCTYPE html><html>Service unavailable</html>", "a web page, not a list"),
        (b"", "nothing"),
        (BODY[:500], "the XML is cut off"),
        (b"name,colour\n", "no list of a known format"),
    ],
)
def test_update_that_fails_leaves_the_old_snapshot_in_force(
    server: Server, own: list[str], capsys: pytest.CaptureFixture[str], body: bytes, said: str
) -> None:
    folder = Path(own[-1])
    assert main(["lists", "update", *own]) == 0
    server.body, server.etag = body, '"two"'
    assert main(["lists", "update", *own]) == 3
    assert said in capsys.readouterr().err
    assert snapshots(folder.parent) == 1
    assert len(list(Folder(folder).watch().events(built_in=False))) == 1


def test_one_source_that_fails_does_not_keep_others_back(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"""sources:
  - {{id: gone, title: X, files: ["http://127.0.0.1:9/x"]}}
  - {{id: un, title: UN, files: ["{server.url()}"]}}
  - {{id: eu, title: EU, files: ["{server.url("eu")}"], ask: a token}}
"""
    own = ["--from", str(made.leave(tmp_path, "s.yaml", text)), "--lists", str(tmp_path / "lists")]
    assert main(["lists", "update", "gone", "un", *own]) == 3
    assert "gone: http://127.0.0.1:9/x cannot be fetched" in capsys.readouterr().err
    assert snapshots(tmp_path) == 1


def test_a_broken_file_of_sources_is_told(tmp_path: Path) -> None:
    for text in ("a: [", "sources: [{id: x}]", "- x"):
        with pytest.raises(ListError, match="no file of sources"):
            sources(made.leave(tmp_path, "s.yaml", text))
