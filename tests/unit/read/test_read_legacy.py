"""Older Office files through LibreOffice: a stand-in converts, hangs, breaks or breeds, as the real one may."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from read_sink import MemorySink
from read_wordml import p, packed

from countersight.case import Case
from countersight.errors import ReadError, RefusedError
from countersight.model import Page, Reading, Status, codec
from countersight.pipeline.examine import Job, examine
from countersight.ports import Limits
from countersight.read import THROUGH_PROGRAMS, cfb, choose, legacy
from countersight.read.legacy import POWERPOINT, WORD, LegacyReader
from countersight.run.pool import PoolExecutor
from countersight.run.serial import SerialExecutor
from countersight.store.blobs import Blobs
from countersight.store.config import Config

needs_office = pytest.mark.skipif(legacy.office() is None, reason="needs LibreOffice")
DATA = Path(__file__).parents[4] / "shared" / "data" / "files"
POI = DATA / "office" / "poi"
# What the stand-in does: notes its arguments and environment beside itself, and copies a document it was given.
STAND_IN = """#!{python}
import json, os, shutil, subprocess, sys, time
from pathlib import Path
here = Path({here!r})
if sys.argv[1] == "--version":
    print("LibreOffice 24.2.7.2 420(Build:2)")
    sys.exit()
(here / "asked.json").write_text(json.dumps([sys.argv[1:], dict(os.environ), os.getcwd()]))
profile = next(a for a in sys.argv if a.startswith("-env:UserInstallation=file://")).partition("file://")[2]
shutil.copy(Path(profile) / "user" / "registrymodifications.xcu", here / "settings.xml")
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
(here / "child").write_text(str(child.pid))
{body}
"""
CONVERT = """
out = Path(sys.argv[sys.argv.index("--outdir") + 1]); out.mkdir(exist_ok=True)
target = sys.argv[sys.argv.index("--convert-to") + 1]
shutil.copy(here / "converted", out / (Path(sys.argv[-1]).stem + "." + target))
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a stand-in of LibreOffice that converts, the only program on the path."""
    folder = tmp_path / "office"
    folder.mkdir()
    install(folder, CONVERT)
    packed(folder / "converted", p("采购合同"))
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("SECRET", "not to be seen")
    legacy._version.cache_clear()
    return folder


def install(folder: Path, body: str) -> None:
    program = folder / "soffice"
    program.write_text(STAND_IN.format(python=sys.executable, here=str(folder), body=body))
    program.chmod(0o755)


def word(flags: int = 0, **streams: bytes) -> bytes:
    head = b"\xec\xa5\xc1\x00" + bytes(6) + flags.to_bytes(2, "little")
    return cfb.packed({("WordDocument",): head, **{(name,): data for name, data in streams.items()}})


def read(tmp_path: Path, data: bytes, kind: str = WORD, seconds: float = 60.0) -> Reading:
    path = tmp_path / "a.bin"
    path.write_bytes(data)
    return LegacyReader().read(path, kind, None, Limits(seconds=seconds), MemorySink())


def alive(pid: int) -> bool:
    """Whether a process still runs (one that ended and was not waited for does not)."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


class TestWithoutIt:
    @pytest.fixture(autouse=True)
    def _nothing_installed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(legacy, "_PROGRAMS", ("soffice",))

    @pytest.mark.parametrize("name", ["a.doc", "a.ppt", "a.wps"])
    def test_whose_the_file_is_does_not_depend_on_what_is_installed(self, name: str) -> None:
        found = choose(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), name)
        assert found is not None
        assert str(found[0].agent) == "legacy 1"
        assert found[1] in THROUGH_PROGRAMS

    def test_the_reason_says_so_and_how_to_install_it(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError, match="Word document: LibreOffice is not installed") as caught:
            read(tmp_path, word())
        assert caught.value.status == "skipped"
        assert "apt-get install" in caught.value.way_out

    def test_a_file_told_by_its_streams_alone(self, tmp_path: Path) -> None:
        data = cfb.packed({**{(f"a{n}",): b"" for n in range(40)}, ("WordDocument",): b"x"})
        found = choose(data[:4096], "attachment.bin")
        assert found is not None
        assert found[0].agent.name == "compound"
        (tmp_path / "a").write_bytes(data)
        with pytest.raises(ReadError, match="Word document: LibreOffice"):
            found[0].read(tmp_path / "a", found[1], None, Limits(), MemorySink())


class TestWithIt:
    def test_by_content_or_name(self, office: Path) -> None:
        assert LegacyReader().claims(word()[:4096], "") == WORD
        assert LegacyReader().claims(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.ppt") == POWERPOINT
        assert LegacyReader().claims(b"{\\rtf1 x}", "a.doc") is None
        assert LegacyReader().claims(b"PK\x03\x04", "a.doc") is None

    def test_reads_what_it_makes_and_says_who_made_it(self, tmp_path: Path, office: Path) -> None:
        found = read(tmp_path, word(Macros=b"x" * 10))
        assert [page.text for page in found.pages] == ["采购合同\n"]
        assert (found.status, found.media_type) == (Status.READ, WORD)
        assert found.notes == ("converted by LibreOffice 24.2.7.2", "macros present, never run")
        assert str(found.agent) == "legacy 1+libreoffice 24.2.7.2"

    def test_runs_it_locked_down(self, tmp_path: Path, office: Path) -> None:
        read(tmp_path, word())
        arguments, environment, folder = json.loads((office / "asked.json").read_text())
        assert {"--headless", "--norestore", "--convert-to"} <= set(arguments)
        assert "SECRET" not in environment
        assert environment["HOME"] == folder != str(Path.home())
        assert environment["https_proxy"] == "http://127.0.0.1:9"
        settings = (office / "settings.xml").read_text()
        assert '"DisableMacrosExecution" oor:op="fuse"><value>true' in settings
        assert not Path(folder).exists()

    def test_kills_what_it_leaves_behind(self, tmp_path: Path, office: Path) -> None:
        read(tmp_path, word())
        time.sleep(0.1)
        assert not alive(int((office / "child").read_text()))

    def test_a_hang_ends_in_time_with_all_its_children(self, tmp_path: Path, office: Path) -> None:
        install(office, "time.sleep(600)")
        legacy._version(str(office / "soffice"))
        child = office / "child"
        for seconds in (2.0, 20.0, 90.0):  # a loaded machine may not even have started it in less
            began = time.monotonic()
            with pytest.raises(ReadError, match="within"):
                read(tmp_path, word(), seconds=seconds)
            if child.exists() and child.read_text():
                break
        assert time.monotonic() - began < seconds + 30
        assert not alive(int(child.read_text()))

    def test_one_that_asks_to_be_started_again_is(self, tmp_path: Path, office: Path) -> None:
        """As it does under a new profile; one that does so without end is stopped by the limit of time."""
        install(office, f"{CONVERT}\nonce = here / 'once'\nif not once.exists():\n    once.touch(); sys.exit(81)")
        assert read(tmp_path, word()).pages[0].text == "采购合同\n"
        install(office, "sys.exit(81)")
        legacy._version(str(office / "soffice"))
        with pytest.raises(ReadError, match="within"):
            read(tmp_path, word(), seconds=3.0)

    def test_the_program_itself_goes_before_those_that_start_it(self, office: Path) -> None:
        (office / "program").mkdir()
        for name in ("soffice", "soffice.bin"):
            (office / "program" / name).touch(0o755)
        (office / "soffice").unlink()
        (office / "soffice").symlink_to(office / "program" / "soffice")
        assert legacy.office() == str(office / "program" / "soffice.bin")

    @pytest.mark.parametrize("body", ["sys.exit(77)", "os.abort()", "pass"])
    def test_what_it_cannot_convert_is_told(self, tmp_path: Path, office: Path, body: str) -> None:
        install(office, body)
        with pytest.raises(ReadError, match="could not convert"):
            read(tmp_path, word())

    def test_a_conversion_that_is_no_document_is_told(self, tmp_path: Path, office: Path) -> None:
        (office / "converted").write_bytes(b"nonsense")
        with pytest.raises(ReadError, match="damaged"):
            read(tmp_path, word())

    def test_encrypted_empty_and_damaged_are_not_even_tried(self, tmp_path: Path, office: Path) -> None:
        slides = cfb.packed({("Current User",): bytes(12) + b"\xdf\xc4\xd1\xf3", ("PowerPoint Document",): b"x"})
        for data, kind, words in (
            (word(0x0100), WORD, "needs its password"),
            (slides, POWERPOINT, "needs its password"),
            (b"", WORD, "empty"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), WORD, "damaged"),
        ):
            with pytest.raises(ReadError, match=words):
                read(tmp_path, data, kind)
        assert not (office / "asked.json").exists()


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data")
class TestRealFiles:
    def test_a_password_is_seen(self, office: Path) -> None:
        path = DATA / "office" / "poi" / "PasswordProtected.doc"
        with pytest.raises(ReadError, match="needs its password"):
            LegacyReader().read(path, WORD, None, Limits(), MemorySink())

    def test_macros_are_seen(self, office: Path) -> None:
        path = DATA / "office" / "poi" / "SimpleMacro.doc"
        assert "macros present, never run" in LegacyReader().read(path, WORD, None, Limits(), MemorySink()).notes

    @needs_office
    def test_a_document_as_libreoffice_reads_it(self) -> None:
        for path, words in (
            (DATA / "mixed" / "simple.doc", "Parrots"),
            (POI / "TestChineseProperties.doc", "世界雅虎"),
        ):
            assert words in LegacyReader().read(path, WORD, None, Limits(), MemorySink()).pages[0].text


SIGNED = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:p>人脸识别系统采购合同</text:p>
<text:p>Signed on <text:date text:fixed="false">x</text:date>, <text:file-name
 text:display="name-and-extension">x</text:file-name></text:p>
</office:text></office:body></office:document>"""


@needs_office
class TestTheRealOne:
    @pytest.fixture
    def signed(self, tmp_path: Path) -> Path:
        """A DOC that was saved on 2 January 1999 under another name: what its fields said then is written over."""
        made = tmp_path / "made"
        made.mkdir()
        (made / "a.fodt").write_text(SIGNED, "utf-8")
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        options = ["--headless", "--convert-to", "doc", "--outdir", str(made), str(made / "a.fodt")]
        subprocess.run([shutil.which("soffice") or "libreoffice", profile, *options], check=True, capture_output=True)
        data = (made / "a.doc").read_bytes()
        said = re.compile(rb"\x14\x00((?:[0-9/]\x00){6,10})\x15\x00")
        old = lambda found: found[0].replace(found[1], "01/02/1999".encode("utf-16-le")[: len(found[1])])  # noqa: E731
        assert said.search(data)
        path = tmp_path / "records" / "合同.doc"
        path.parent.mkdir()
        path.write_bytes(said.sub(old, data).replace("a.fodt".encode("utf-16-le"), "b.fodt".encode("utf-16-le")))
        return path

    def test_fields_say_what_they_said_when_it_was_saved(self, signed: Path) -> None:
        job = Job(signed, signed.name, WORD, 0, -1, Blobs(signed.parent), (), Limits())
        run = PoolExecutor(1).run
        (done,) = run(examine, [("", job)], Limits(), writable=(signed.parent,), programs=True, scratch=signed.parent)
        (page,) = done.result.pages
        text = codec.decode(Page, page.body).text
        assert re.fullmatch("人脸识别系统采购合同\nSigned on 01/02/(19)?, b.fodt\n", text), text
        assert [path.name for path in signed.parent.iterdir()] == [signed.name]

    def test_an_audit_reads_it_and_verifies(
        self, warm: None, signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """And where LibreOffice is another one, or none, that is told apart from a fault; audit reads it again."""
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        case = Case.create(tmp_path / "case", Config())
        case.audit([signed.parent], SerialExecutor())
        (file,) = case.files()
        assert file.status is Status.READ
        assert file.reader is not None
        assert "libreoffice" in file.reader
        assert any("network" in held for held in file.sandbox) == (sys.platform == "linux")
        assert not any("programs" in held for held in file.sandbox)
        assert case.verify(SerialExecutor()) == []
        monkeypatch.setattr(legacy, "_PROGRAMS", ())
        with pytest.raises(RefusedError, match="legacy documents"):
            case.verify(SerialExecutor())
        case.audit([signed.parent], SerialExecutor())
        (file,) = case.files()
        assert (file.status, file.reader) == (Status.SKIPPED, "legacy 1")
        assert list(case.search("合同")) == []
        assert case.verify(SerialExecutor()) == []
