"""Word and PowerPoint files of before 2007 (DOC, DOT, PPT, PPS) and Works documents, where LibreOffice is installed.

LibreOffice converts a copy to the newer format, which is then read as any other. It runs without a display, under a
profile of its own that is thrown away, with macros switched off, links not followed, and proxies that lead nowhere; it
has a limit of time, and at its end everything it started is killed. What the conversion loses is lost here too: the
notes say which version did it. Without LibreOffice such files are skipped, with the way out.
"""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import olefile

from countersight.errors import ReadError
from countersight.model import Agent, Reading
from countersight.ports import Limits, Reader, Sink
from countersight.read import docx, slides
from countersight.read.frozen import freeze
from countersight.read.ole import opened
from countersight.read.ooxml import needs_password
from countersight.read.sniff import media_type as sniffed

WORD, POWERPOINT, WORKS = "application/msword", "application/vnd.ms-powerpoint", "application/vnd.ms-works"
KINDS = frozenset({WORD, POWERPOINT, WORKS})
_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_BARE = "soffice.bin"  # the program itself, which the others start
_AGAIN = (79, 81)  # exit codes by which it asks to be started again, as it does under a new profile
_SHARE = 0.6  # of the time allowed is for the conversion; the rest is for reading
_ANSWER = 30  # seconds in which it has to tell its version
# What each kind is converted from and to, and who reads that.
_KINDS: dict[str, tuple[str, str, Reader, str]] = {
    WORD: (".doc", ".docx", docx.DocxReader(), docx.MEDIA_TYPE),
    WORKS: (".wps", ".docx", docx.DocxReader(), docx.MEDIA_TYPE),
    POWERPOINT: (".ppt", ".pptx", slides.SlidesReader(), slides.MEDIA_TYPE),
}
_NAMES = {WORD: "legacy Word document", WORKS: "Works document", POWERPOINT: "legacy presentation"}
_INSTALL = (
    "install it (Debian, Ubuntu: apt-get install --no-install-recommends libreoffice-writer-nogui "
    "libreoffice-impress-nogui; macOS: brew install --cask libreoffice), or save it as PDF, and audit again"
)
_FIB_FLAGS, _FIB_SEALED = 10, 0x0100  # offset and bit (MS-DOC §2.5.2, fEncrypted)
_USER_TOKEN, _USER_SEALED = 12, b"\xdf\xc4\xd1\xf3"  # offset and value (MS-PPT §2.3.2, headerToken)
_MACROS = ("Macros", "_VBA_PROJECT_CUR", "VBA")
_SETTINGS = {
    "/org.openoffice.Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "DisableActiveContent": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "/org.openoffice.Office.Writer/Content/Update": {"Link": "2", "Field": "false"},
    "/org.openoffice.Inet/Settings": {
        "ooInetProxyType": "2",
        "ooInetHTTPProxyName": "127.0.0.1",
        "ooInetHTTPProxyPort": "9",
        "ooInetHTTPSProxyName": "127.0.0.1",
        "ooInetHTTPSProxyPort": "9",
    },
}
_NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")


@dataclass(frozen=True, slots=True)
class LegacyReader:
    """Reads what LibreOffice makes of a document, by the reader of the newer format."""

    pages_per_item: int = 0

    @property
    def agent(self) -> Agent:
        """Name and version, LibreOffice's included: another version may convert otherwise."""
        program = office()
        return Agent("legacy", f"1+libreoffice {_version(program)}" if program else "1")

    def claims(self, head: bytes, name: str) -> str | None:
        """By how it begins, or by its name where that leaves open what is in the container."""
        found = sniffed(head, name)
        return found if found in KINDS else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Convert and read. Raises ReadError: empty, damaged, encrypted, no LibreOffice, not converted (in time)."""
        macros = _checked(path, media_type)
        program = office()
        if program is None:
            raise ReadError(f"{_NAMES[media_type]}: LibreOffice is not installed", status="skipped", way_out=_INSTALL)
        before, after, reader, newer = _KINDS[media_type]
        with _converted(program, path, (before, after), limits.seconds * _SHARE) as copy:
            reading = reader.read(copy, newer, pages, limits, sink)
        notes = dict.fromkeys((f"converted by LibreOffice {_version(program)}", *macros, *reading.notes))
        return replace(reading, media_type=media_type, agent=self.agent, notes=tuple(notes))


def office() -> str | None:
    """The program of LibreOffice, if it is installed."""
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    bare = Path(found or "").resolve().with_name(_BARE)
    return str(bare) if found and bare.is_file() else found


@cache
def _version(program: str) -> str:
    """The version it tells of itself, such as ``24.2.7.2``."""
    with TemporaryDirectory(prefix="countersight-") as folder:
        told = _run([program, "--version"], Path(folder), _ANSWER)
    words = (told or "").split()
    return words[1] if len(words) > 1 else "of unknown version"


def _checked(path: Path, media_type: str) -> list[str]:
    """Notes on macros. Raises ReadError for what is damaged or encrypted."""
    with opened(path) as ole:
        if _sealed(ole, media_type):
            raise needs_password()
        return ["macros present, never run"] if any(map(ole.exists, _MACROS)) else []


def _sealed(ole: olefile.OleFileIO, media_type: str) -> bool:
    if media_type == WORD and ole.exists("WordDocument"):
        head = ole.openstream("WordDocument").read(_FIB_FLAGS + 2)
        return bool(int.from_bytes(head[_FIB_FLAGS:], "little") & _FIB_SEALED)
    if media_type == POWERPOINT and ole.exists("Current User"):
        head = ole.openstream("Current User").read(_USER_TOKEN + 4)
        return bool(head[_USER_TOKEN:] == _USER_SEALED)
    return False


@contextmanager
def _converted(program: str, path: Path, suffixes: tuple[str, str], seconds: float) -> Iterator[Path]:
    """A converted copy, in a folder that is deleted afterwards. Raises ReadError where there is none in time."""
    before, after = suffixes
    with TemporaryDirectory(prefix="countersight-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"source{before}"
        shutil.copyfile(path, source)
        _freeze(source)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_settings(), "utf-8")
        options = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"]
        target = ["--convert-to", after.removeprefix("."), "--outdir", str(folder / "out"), str(source)]
        command = [program, f"-env:UserInstallation={profile.as_uri()}", *options, *target]
        if _run(command, folder, seconds) is None:
            raise ReadError(f"LibreOffice did not convert it within {seconds:.0f} seconds", way_out="save it as PDF")
        found = folder / "out" / f"source{after}"
        if not found.is_file():
            raise ReadError("LibreOffice could not convert it: damaged, or of another kind", way_out="save it as PDF")
        yield found


def _freeze(copy: Path) -> None:
    """Keep what fields said when the document was saved. Raises ReadError for what is too damaged for that."""
    try:
        freeze(copy)
    except (OSError, ValueError, struct.error, IndexError) as error:
        raise ReadError(f"damaged: its fields cannot be read ({error})", way_out="save it as PDF") from error


def _run(command: list[str], folder: Path, seconds: float) -> str | None:
    """What a command prints, in an environment of its own; None where it does not end in time. Nothing lives on."""
    until = time.monotonic() + seconds
    output = folder / "told"
    with output.open("wb") as told:
        code: int | None = _AGAIN[0]
        while code in _AGAIN and time.monotonic() < until:
            code = _once(command, folder, told, until)
    return None if code in (None, *_AGAIN) else output.read_bytes().decode("utf-8", "replace")


def _once(command: list[str], folder: Path, told: BinaryIO, until: float) -> int | None:
    """The command's exit code, None where it does not end in time; all that it started is killed."""
    own = {"HOME": str(folder), "TMPDIR": str(folder), "OSL_SOCKET_PATH": ".", "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=told,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={"PATH": os.environ.get("PATH", os.defpath), "SAL_USE_VCLPLUGIN": "svp", **own, **_NOWHERE},
        start_new_session=True,
    )
    try:
        return process.wait(max(0.0, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _settings() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, values in _SETTINGS.items()
        for name, value in values.items()
    )
    spaces = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items {spaces}>{items}</oor:items>'
