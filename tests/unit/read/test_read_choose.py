from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from read_sink import MemorySink

import countersight.read
from countersight.errors import CountersightError, ReadError
from countersight.model import Agent, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read import READERS, choose, plugins, unsupported
from countersight.read.sniff import OLE2

DATA = Path(__file__).parents[4] / "shared" / "data"
MAIL = b"Received: by mx\r\nFrom: a@example.org\r\nSubject: x\r\n\r\n"


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()[:4096]


def old_tar() -> bytes:
    info = tarfile.TarInfo("a.txt")
    header = bytearray(info.tobuf(tarfile.USTAR_FORMAT))
    header[257:265] = bytes(8)  # as tar was before its signature
    header[148:156] = b" " * 8
    header[148:156] = f"{sum(header):06o}\0 ".encode()
    return bytes(header) + bytes(1024)


@pytest.mark.parametrize(
    ("head", "name", "reader"),
    [
        (b"%PDF-1.7", "a.docx", "pdf"),
        (b"<!doctype html><html>", "tender.pdf", "html"),
        (b"\x89PNG\r\n\x1a\n", "scan.pdf", "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "scan.txt", "image"),
        (zipped("a.txt"), "records.pdf", "archive"),
        (zipped("[Content_Types].xml", "word/document.xml"), "records.zip", "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a", "sheet"),
        (zipped("_rels/.rels"), "a.docx", "docx"),
        (zipped("_rels/.rels"), "a.xlsx", "sheet"),
        (zipped("a.csv"), "a.zip", "archive"),
        (MAIL, "a.txt", "mail"),
        (b"From a Fri Dec  2 10:00:00 2022\n" + MAIL, "letters", "mbox"),
        (b"From a Fri Dec  2 10:00:00 2022\n" + MAIL, "a.eml", "mail"),
        (old_tar(), "backup", "archive"),
        (b"a,b\n1,2\n", "a.csv", "sheet"),
        ("合同编号：一".encode("gb18030"), "a.txt", "plain"),
        (b"plain words", "no ending", "plain"),
        (b"plain words", "a.jpg", "plain"),
        (b"", "a.txt", "plain"),
        (b"{}", "a.json", "plain"),
        (b"lost its header" + bytes(10), "a.pdf", "pdf"),
        (zipped("ppt/presentation.xml"), "a.pptx", "slides"),
        (zipped("mimetype"), "a.odt", "odt"),
        (b"{\\rtf1\\ansi words}", "a.doc", "rtf"),
        (OLE2 + bytes(600), "a.msg", "msg"),
        (OLE2 + bytes(600), "a.xls", "sheet"),
        (OLE2 + bytes(600), "locked.docx", "docx"),
        (OLE2 + bytes(600), "locked.pptx", "slides"),
        (OLE2 + bytes(600), "object.bin", "compound"),
    ],
)
def test_content_goes_before_the_name(head: bytes, name: str, reader: str) -> None:
    found = choose(head, name)
    assert found is not None
    assert found[0].agent.name == reader


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"!BDN" + bytes(600), "a.pst"),
        (b"%!PS-Adobe-3.0\n", "a.ps"),
        (b"-----BEGIN PGP MESSAGE-----\n", "a.asc"),
        (b"\x00\x01\x02\x03" * 20, "a.bin"),
        (b"x", "desktop.ini"),
        (b"\x08owner", "~$contract.docx"),
        (b"\x00\x05\x16\x07", "__MACOSX/._a.pdf"),
    ],
)
def test_what_no_reader_takes_has_a_reason(head: bytes, name: str) -> None:
    assert choose(head, name) is None
    assert all(unsupported(head, name))


def test_readers_are_named_apart_and_versioned() -> None:
    agents = [reader.agent for reader in READERS]
    assert len({agent.name for agent in agents}) == len(agents)
    assert all(agent.version for agent in agents)


AGENT = Agent("fictional", "7")


@dataclass(frozen=True)
class Fictional:
    agent: Agent = AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        return "text/x-fictional" if head.startswith(b"FICT") else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        return Reading(media_type, self.agent, Status.READ)


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    plugins.cache_clear()
    yield
    plugins.cache_clear()


def entry(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    point = EntryPoint("fictional", value, "countersight.readers")
    monkeypatch.setattr(countersight.read, "entry_points", lambda group: [point] if group == point.group else [])


def test_a_plugin_is_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    entry(monkeypatch, f"{__name__}:Fictional")
    found = choose(b"FICT words", "a.txt")
    assert found is not None
    assert (found[0].agent, found[1]) == (AGENT, "text/x-fictional")
    assert choose(b"words", "a.txt") is not None


def test_a_broken_plugin_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    entry(monkeypatch, "no_such_module_anywhere:Reader")
    with pytest.raises(CountersightError, match="fictional") as error:
        choose(b"words", "a.txt")
    assert error.value.way_out


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data")
@pytest.mark.parametrize(
    "folder", ["files/eml", "files/mixed/eml", "files/mixed/img", "files/msg", "letters", "files/scans"]
)
def test_every_real_file_is_read_or_has_a_reason(folder: str) -> None:
    for path in sorted(found for found in (DATA / folder).rglob("*") if found.is_file() and found.suffix != ".pdf"):
        with path.open("rb") as stream:
            head = stream.read(4096)
        chosen = choose(head, path.name)
        if chosen is None:
            assert all(unsupported(head, path.name)), path
            continue
        reader, media_type = chosen
        with suppress(ReadError):
            reading = reader.read(path, media_type, None, Limits(), MemorySink())
            assert bool(reading.reason or reading.faults) is (reading.status is not Status.READ), path
            assert all(member.digest or member.fault for member in reading.members), path


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data")
@pytest.mark.parametrize("folder", ["files", "tenders", "contracts", "letters", "policies", "quotes"])
def test_every_real_file_has_a_reader_or_a_reason(folder: str) -> None:
    for path in sorted(found for found in (DATA / folder).rglob("*") if found.is_file()):
        with path.open("rb") as stream:
            head = stream.read(4096)
        assert choose(head, path.name) or all(unsupported(head, path.name)), path
        if path.suffix == ".pdf":
            chosen = choose(head, path.name)
            assert chosen is not None
