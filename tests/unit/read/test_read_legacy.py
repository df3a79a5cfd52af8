"""Older Office files through LibreOffice: a stand-in converts, hangs, breaks or breeds, as the real one may."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest
from read_sink import MemorySink
from read_wordml import p, packed

from countersight.errors import ReadError
from countersight.model import Reading, Status
from countersight.ports import Limits
from countersight.read import cfb, choose, legacy, unsupported
from countersight.read.legacy import POWERPOINT, WORD, LegacyReader

DATA = Path(__file__).parents[4] / "shared" / "data" / "files"
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
out = Path(sys.argv[sys.argv.index("--outdir") + 1]); out.mkdir()
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
        monkeypatch.setattr(legacy, "_MAC", tmp_path / "none")

    @pytest.mark.parametrize("name", ["a.doc", "a.ppt", "a.wps"])
    def test_the_reason_says_so_and_the_way_out(self, name: str) -> None:
        head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
        assert choose(head, name) is None
        assert "LibreOffice" in unsupported(head, name)[1]

    def test_asked_all_the_same_it_says_so(self, tmp_path: Path) -> None:
        assert LegacyReader().agent.version == "1"
        with pytest.raises(ReadError, match="not installed"):
            read(tmp_path, word())

    def test_a_file_told_by_its_streams_alone(self, tmp_path: Path) -> None:
        data = cfb.packed({**{(f"a{n}",): b"" for n in range(40)}, ("WordDocument",): b"x"})
        found = choose(data[:4096], "attachment.bin")
        assert found is not None
        assert found[0].agent.name == "compound"
        (tmp_path / "a").write_bytes(data)
        with pytest.raises(ReadError, match="legacy Word document"):
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
        install(office, "time.sleep(60)")
        legacy._version(str(office / "soffice"))
        began = time.monotonic()
        with pytest.raises(ReadError, match="within"):
            read(tmp_path, word(), seconds=2.0)
        assert time.monotonic() - began < 10
        assert not alive(int((office / "child").read_text()))

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

    @pytest.mark.skipif(legacy.office() is None, reason="needs LibreOffice")
    def test_a_document_as_libreoffice_reads_it(self) -> None:
        path = DATA / "mixed" / "simple.doc"
        assert "simple" in LegacyReader().read(path, WORD, None, Limits(), MemorySink()).pages[0].text.lower()
