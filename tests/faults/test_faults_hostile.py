"""Hostile and broken records: each ends with exactly one status and a reason, the rest is read, nothing hangs."""

from __future__ import annotations

import gzip
import io
import os
import signal
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from countersight.case import Case
from countersight.model import Locator, Status
from countersight.ports import Limits
from countersight.read import pdf as reader
from countersight.run.serial import SerialExecutor
from countersight.store.config import Config
from endtoend import CHINESE, CITED, LOCKED, PLAIN, audit, environment, files, here, pdf, picture, rows, zipped


def deep_zip(levels: int) -> bytes:
    data = PLAIN.encode()
    for level in range(levels):
        data = zipped(**{f"{level}.zip" if level else "heart.txt": data})
    return data


def lying_zip() -> bytes:
    """A member that states four gigabytes."""
    data = bytearray(zipped(**{"small.txt": b"x" * 100}))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 0xFFFFFFF0)
    return bytes(data)


def overlapping_zip() -> bytes:
    """Two entries of the directory that share one body, as in the bombs that grow by overlapping."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 1_000_000)
        archive.writestr("b.txt", b"x")
        archive.filelist[1].header_offset = 0
        archive.filelist[1].compress_size = archive.filelist[0].compress_size
    return out.getvalue()


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (
            ("../../escape.txt", tarfile.REGTYPE),
            ("/etc/passwd", tarfile.SYMTYPE),
            ("d", tarfile.CHRTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.size = kind, "/etc/shadow", 3 if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(b"abc"))
    return out.getvalue()


def raw_pdf(*objects: bytes, root: int = 1) -> bytes:
    out = b"%PDF-1.7\n"
    for number, body in enumerate(objects, 1):
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out + b"trailer <</Root %d 0 R /Size %d>>\n%%%%EOF\n" % (root, len(objects) + 1)


def stream_pdf(content: bytes, box: bytes = b"[0 0 600 800]") -> bytes:
    packed = zlib.compress(content, 9)
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox %s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>" % box,
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + '<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="urn:w"><w:body>&i;&x;</w:body></w:document>'
).encode()
MAIL = b"From: a@example.org\nSubject: s\nMIME-Version: 1.0\n"


def nested_mail(levels: int) -> bytes:
    out = MAIL
    for level in range(levels):
        out += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level)
    return out + b"Content-Type: text/plain\n\nheart\n"


HOSTILE: dict[str | bytes, bytes] = {
    "00 good.txt": PLAIN.encode(),
    "bomb.gz": gzip.compress(bytes(30_000_000)),
    "bomb.zip": zipped(**{"zeros.txt": bytes(20_000_000)}),
    "lying.zip": lying_zip(),
    "overlapping.zip": overlapping_zip(),
    "deep.zip": deep_zip(20),
    "many.zip": zipped(**{f"{n}.txt": b"" for n in range(3_000)}),
    "slip.zip": zipped(**{"../../../slip.txt": b"out", "/abs.txt": b"abs", "a\\..\\b.txt": b"back", "": b"none"}),
    "cut.zip": zipped(**{"a.txt": PLAIN.encode() * 50, "b.txt": b"b"})[:120],
    "links.tar": tar(),
    "cut.tar.gz": gzip.compress(tar())[:60],
    "empty.pdf": b"",
    "blank.txt": b" \n\t\n",
    "cut.pdf": pdf(PLAIN, CITED)[:500],
    "locked.pdf": pdf(CITED, password=LOCKED),
    "bomb.pdf": stream_pdf(b" " * 80_000_000),
    "words.pdf": stream_pdf(b"BT /F 9 Tf " + b"(x) Tj " * 60_000 + b"ET"),
    "huge.pdf": stream_pdf(b"BT /F 12 Tf (big) Tj ET", b"[0 0 9e9 9e9]"),
    "loop.pdf": raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2147483647>>"),
    "many.pdf": raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 1000000>>"),
    "none.pdf": b"not a PDF at all",
    "picture.png": picture(),
    "cut.png": picture()[:40],
    "wide.png": picture()[:16] + struct.pack(">LL", 0x7FFFFFFF, 0x7FFFFFFF) + picture()[24:],
    "unknown.bin": bytes(range(256)) * 64,
    "program": b"\x7fELF" + bytes(200),
    "one line.txt": (CITED + " ").encode() * 1_000,
    "no spaces.txt": "民族".encode() * 20_000,
    "deep.html": b"<div>" * 20_000 + CITED.encode(),
    "open.html": b"<table><tr><td>" * 5_000 + b"<script>" + b"<!--" * 1_000,
    "wide.csv": b",".join([b"x"] * 60_000) + b"\n" + b'"' * 70_001,
    "laughs.docx": zipped(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": LAUGHS}),
    "laughs.xml": LAUGHS,
    "hollow.xlsx": zipped(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": LAUGHS}),
    "hollow.docx": zipped(**{"[Content_Types].xml": b"<Types/>"}),
    "nested.eml": nested_mail(500),
    "fields.eml": MAIL + b"X: " + b"y" * 3_000_000 + b"\n\nbody",
    "zeros.txt": bytes(50_000),
    "wrong.txt": "民族".encode()[:-1] + b"\xff\xfe\x00" + CHINESE.encode("gb18030"),
    "surrogates.txt": "\ud83d text \udcff".encode("utf-8", "surrogatepass"),
    "new\nline\ttab\x1b[31m.txt": b"control characters in a name: one",
    "a | member b\\c.txt": b"a name like a locator: two",
    "\u202efdp.exe\u202c \ufdfd e\u0301 \xe9 \U0001f3ee.txt": b"a name that turns around: three",
    "-rf --case $(reboot) `id` '\".txt": b"a name for a shell: four",
    "=cmd|' C'!A0.csv": b"a name for a spreadsheet: five",
    "<img src=x onerror=alert(1)>.txt": f"<b>{CITED}</b> <script>alert(2)</script>".encode(),
    "长" * 80 + ".txt": b"a long name: six",
    b"\xff\xfe\x80 undecodable.txt": b"a name that is no UTF-8: seven",
}


@pytest.fixture(scope="module")
def hostile(warm: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished case of all of them, with limits that are soon reached."""
    place: Path = tmp_path_factory.mktemp("hostile")
    (place / "records").mkdir()
    for name, data in HOSTILE.items():
        (place / "records" / os.fsdecode(name)).write_bytes(data)
    limits = Limits(seconds=20, unpacked=5_000_000, members=1_000)
    summary = Case.create(place / "case", Config()).audit([place / "records"], SerialExecutor(), limits=limits)
    assert summary.fresh == len(HOSTILE)
    assert summary.unread
    return place / "case"


def test_every_file_has_one_status_and_a_reason_that_is_not_code(hostile: Path) -> None:
    found = files(hostile)
    received = {name for name in found if " | " not in name}
    assert received == {str(Locator(os.fsdecode(name))) for name in HOSTILE}
    assert len(Case(hostile).files()) == len(found)
    for name, file in found.items():
        assert (file.reason is None) == (file.status is Status.READ), name
        assert "Error:" not in (file.reason or ""), f"{name}: {file.reason}"
        assert "\n" not in (file.reason or ""), name


EXPECTED = {
    "00 good.txt": (Status.READ, ""),
    "bomb.gz": (Status.READ, ""),  # its one member is not taken
    "overlapping.zip": (Status.SKIPPED, "overlap"),
    "cut.zip": (Status.PARTIAL, "damaged"),
    "empty.pdf": (Status.SKIPPED, "empty: 0 bytes"),
    "cut.pdf": (Status.FAILED, "damaged"),
    "locked.pdf": (Status.FAILED, "encrypted: needs its password"),
    "loop.pdf": (Status.FAILED, ""),
    "none.pdf": (Status.FAILED, "damaged"),
    "picture.png": (Status.READ, ""),
    "unknown.bin": (Status.SKIPPED, "of a format this version does not know"),
    "program": (Status.SKIPPED, "program"),
    "one line.txt": (Status.READ, ""),
    "no spaces.txt": (Status.READ, ""),
    "deep.html": (Status.READ, ""),
    "a | member b\\c.txt": (Status.READ, ""),
    "many.zip": (Status.PARTIAL, "1000"),
    "many.pdf": (Status.PARTIAL, "damaged page"),
    "laughs.docx": (Status.FAILED, "declares a document type"),
    "nested.eml": (Status.FAILED, "nested too deeply"),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_statuses_and_reasons(name: str, hostile: Path) -> None:
    status, reason = EXPECTED[name]
    file = files(hostile)[str(Locator(name))]
    assert file.status is status, file.reason
    assert reason in (file.reason or "")


def test_no_bomb_was_unpacked_and_no_member_left_the_case(hostile: Path) -> None:
    found = files(hostile)
    assert sum(path.stat().st_size for path in (hostile / "derived" / "members").iterdir()) < 20_000_000
    for member in ("bomb.zip | member zeros.txt", "lying.zip | member small.txt"):
        assert found[member].status is Status.SKIPPED
        assert "more than its container may unpack to" in found[member].reason
    assert not list(hostile.parent.rglob("slip.txt"))
    assert not list(hostile.parent.rglob("escape.txt"))
    levels = [file for name, file in found.items() if name.startswith("deep.zip")]
    assert [file.status for file in levels[:-1]] == [Status.READ] * (len(levels) - 1)
    assert levels[-1].status is Status.SKIPPED
    assert "nested" in levels[-1].reason


def test_entities_bring_nothing_in(hostile: Path, tmp_path: Path) -> None:
    assert here("export", hostile, "--format", "jsonl", "--pages", "--out", tmp_path) == 0
    texts = [page["text"] for page in rows(tmp_path / "pages.jsonl")]
    assert not any("root:" in text for text in texts)
    assert max(map(len, texts)) < 4_000_000
    assert any(CITED in text for text in texts)


def test_hostile_names_are_shown_and_exported_and_break_nothing(
    hostile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form in ("jsonl", "csv"):
        assert here("export", hostile, "--format", form, "--pages", "--out", tmp_path) == 0
    names = {file["locator"] for file in rows(tmp_path / "files.jsonl")}
    assert {"new\\u000aline\\u0009tab\\u001b[31m.txt", "\\udcff\\udcfe\\udc80 undecodable.txt"} <= names
    page = (hostile / "dossier" / "index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;.txt" in page
    capsys.readouterr()
    assert here("search", hostile, "control characters") == 0
    assert "\x1b" not in capsys.readouterr().out


def test_the_case_stands_and_nothing_hostile_is_read_twice(hostile: Path) -> None:
    records = hostile.parent / "records"
    ledger = (hostile / "ledger.jsonl").read_bytes()
    assert audit(records, hostile) == 3
    assert (hostile / "ledger.jsonl").read_bytes() == ledger


# ── readers that misbehave: a plugin from another distribution ──

EVIL = dedent("""
    import ctypes, os, signal, sys, time
    from dataclasses import replace

    from countersight.errors import ReadError
    from countersight.model import Agent, Page, Reading, Status


    class Evil:
        agent = Agent("evil", "1")
        pages_per_item = 0

        def claims(self, head, name):
            return "application/x-evil" if name.endswith(".evil") and head.startswith(b"evil") else None

        def read(self, path, media_type, pages, limits, sink):
            what = path.read_bytes().split()[1].decode()
            reading = Reading(media_type, self.agent, Status.READ, (Page(1, "fine", paged=False),))
            return getattr(self, what)(reading) or reading

        def killed(self, reading): os.kill(os.getpid(), signal.SIGKILL)
        def segfault(self, reading): ctypes.string_at(0)
        def abort(self, reading): os.abort()
        def exit(self, reading): os._exit(3)
        def leaves(self, reading): sys.exit("bye")
        def hangs(self, reading): time.sleep(3600)
        def spins(self, reading):
            while True: pass
        def gluttony(self, reading): self.food = [bytearray(10**8) for _ in range(10**4)]
        def recursion(self, reading): self.recursion(reading)
        def raises(self, reading): raise RuntimeError("line one\\nline two " + "x" * 10_000)
        def refuses(self, reading): raise ReadError("of a kind nobody reads", status="skipped")
        def nothing(self, reading): return "not a reading"
        def surrogate(self, reading): return replace(reading, pages=(Page(1, "half \\ud83d a pair", paged=False),))
        def unpicklable(self, reading): return replace(reading, title=lambda: None)
        def chatty(self, reading): print("noise on stdout"); print("noise on stderr", file=sys.stderr)
        def honest(self, reading): pass
""")
FATE = {
    "killed": (Status.FAILED, "SIGKILL"),
    "segfault": (Status.FAILED, "SIGSEGV"),
    "abort": (Status.FAILED, "SIGABRT"),
    "exit": (Status.FAILED, "exit code 3"),
    "leaves": (Status.FAILED, ""),
    "hangs": (Status.FAILED, "took longer than 2 seconds"),
    "spins": (Status.FAILED, "took longer than 2 seconds"),
    "gluttony": (Status.FAILED, "needs more than 400 MB of memory"),
    "recursion": (Status.FAILED, "RecursionError"),
    "raises": (Status.FAILED, "reader error: RuntimeError: line one"),
    "refuses": (Status.SKIPPED, "of a kind nobody reads"),
    "nothing": (Status.FAILED, "reader error"),
    "surrogate": (Status.READ, ""),
    "unpicklable": (Status.FAILED, ""),
    "chatty": (Status.READ, ""),
    "honest": (Status.READ, ""),
}


AUDIT = dedent("""
    import sys
    from pathlib import Path
    from countersight.case import Case
    from countersight.ports import Limits
    from countersight.run.pool import PoolExecutor
    from countersight.run.serial import SerialExecutor
    from countersight.store.config import Config

    records, case, executor, retry = sys.argv[1:]
    Case.create(Path(case), Config()).audit(
        [Path(records)],
        SerialExecutor() if executor == "serial" else PoolExecutor(2),
        limits=Limits(seconds=2, memory=400_000_000),
        retry=retry == "retry",
    )
""")


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """A folder of records for a reader that another distribution, beside it, has registered."""
    info = tmp_path / "site" / "evil-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[countersight.readers]\nevil = evil_reader:Evil\n")
    (tmp_path / "site" / "evil_reader.py").write_text(EVIL)
    (tmp_path / "records").mkdir()
    for what in FATE:
        (tmp_path / "records" / f"{what}.evil").write_bytes(f"evil {what}".encode())
    (tmp_path / "records" / "bystander.txt").write_text(PLAIN)
    return tmp_path / "records"


def with_evil(records: Path, executor: str, retry: str = "") -> dict[str, Any]:
    """Audit with the reader installed; the account of files."""
    case, site = records.parent / "case", str(records.parent / "site")
    path = os.pathsep.join(filter(None, (site, os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-B", "-c", AUDIT, str(records), str(case), executor, retry],
        env=environment(PYTHONPATH=path),
        capture_output=True,
        encoding="utf-8",
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(files(case))


@pytest.mark.parametrize("executor", ["serial", "pool"])
def test_a_reader_that_crashes_hangs_or_lies_costs_its_own_file_only(executor: str, evil: Path) -> None:
    found = with_evil(evil, executor)
    assert found.pop("bystander.txt").status is Status.READ
    assert {name.removesuffix(".evil") for name in found} == set(FATE)
    wrong = {
        name: (file.status, file.reason)
        for name, file in found.items()
        if file.status is not FATE[name.removesuffix(".evil")][0]
        or FATE[name.removesuffix(".evil")][1] not in (file.reason or "")
        or bool(file.reason) == (file.status is Status.READ)
        or "\n" in (file.reason or "")
    }
    assert wrong == {}


def test_what_crashed_is_tried_again_only_on_request(evil: Path, tmp_path: Path) -> None:
    for path in evil.iterdir():
        if path.stem not in {"killed", "honest"}:
            path.unlink()
    assert with_evil(evil, "serial")["killed.evil"].status is Status.FAILED
    healed = EVIL.replace("os.kill(os.getpid(), signal.SIGKILL)", "return None")
    (tmp_path / "site" / "evil_reader.py").write_text(healed)
    assert with_evil(evil, "serial")["killed.evil"].status is Status.FAILED
    assert with_evil(evil, "serial", "retry")["killed.evil"].status is Status.READ


def test_a_page_range_that_crashes_costs_the_pages_that_crash(
    warm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page 70 of 130 kills PDFium's process: all the others are read, and it is named."""
    honest = reader._page

    def page(document: Any, index: int, **more: Any) -> Any:
        if index == 69:
            os.kill(os.getpid(), signal.SIGKILL)
        return honest(document, index, **more)

    monkeypatch.setattr(reader, "_page", page)
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "long.pdf").write_bytes(pdf(*(f"{PLAIN} {number}" for number in range(1, 131))))
    assert audit(tmp_path / "records", tmp_path / "case") == 3
    file = files(tmp_path / "case")["long.pdf"]
    assert (file.status, file.pages) == (Status.PARTIAL, 130)
    assert [(fault.page, "SIGKILL" in fault.reason) for fault in file.pages_failed] == [(70, True)]
    assert Case(tmp_path / "case").summary().pages == 129
