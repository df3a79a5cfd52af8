"""7z archives made by the real program, damaged and lying ones; those are skipped where it is not installed."""

from __future__ import annotations

import random
import shutil
import struct
import subprocess
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from read_sink import MemorySink

from countersight.errors import ReadError
from countersight.model import Reading, Status
from countersight.ports import Limits
from countersight.read import choose
from countersight.read.sevenzip import MEDIA_TYPE, SevenZipReader

PROGRAM = shutil.which("7z") or shutil.which("7za") or shutil.which("7zz")
needs_7z = pytest.mark.skipif(PROGRAM is None, reason="needs 7z to make archives")
CALLS = b"".join(b"\xe8" + struct.pack("<i", at * 7 % 9000) + b"\x90" * (at % 11) for at in range(9000))  # as x86 code
FILES = {
    "合同/采购合同.txt": "人脸识别摄像机 4 台\n".encode() * 500,
    "empty.txt": b"",
    "code.bin": CALLS,
    "noise.bin": random.Random(7).randbytes(200_000),  # noqa: S311 (what does not shrink)
    "short": b"x",
}


def made(folder: Path, *options: str, files: dict[str, bytes] | None = None) -> Path:
    inside = folder / "inside"
    for name, data in (FILES if files is None else files).items():
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_bytes(data)
    command = [str(PROGRAM), "a", "-bd", *options, str(folder / "a.7z"), "."]
    subprocess.run(command, cwd=inside, check=True, capture_output=True)
    return folder / "a.7z"


def read(path: Path, sink: MemorySink | None = None, **limits: int) -> Reading:
    return SevenZipReader().read(path, MEDIA_TYPE, None, Limits(**limits), sink or MemorySink())


def contents(path: Path) -> dict[str, bytes]:
    sink = MemorySink()
    reading = read(path, sink)
    assert (reading.status, reading.reason) == (Status.READ, "")
    return {member.step[1]: sink.of(member) for member in reading.members}


@needs_7z
@pytest.mark.parametrize(
    "options",
    [
        (),
        ("-m0=lzma",),
        ("-m0=lzma2", "-ms=off"),
        ("-m0=copy",),
        ("-m0=deflate",),
        ("-m0=bzip2",),
        ("-m0=bcj", "-m1=lzma"),
        ("-m0=bcj", "-m1=lzma2"),
        ("-m0=delta:4", "-m1=lzma"),
        ("-m0=arm", "-m1=deflate"),
        ("-mhc=off",),
        ("-mx=9", "-mf=off"),
    ],
    ids=" ".join,
)
def test_every_method_gives_back_the_bytes(tmp_path: Path, options: tuple[str, ...]) -> None:
    assert contents(made(tmp_path, *options)) == FILES


@needs_7z
def test_one_file_and_none(tmp_path: Path) -> None:
    assert contents(made(tmp_path / "one", files={"a": b"words"})) == {"a": b"words"}
    assert contents(made(tmp_path / "empty", files={"a": b""})) == {"a": b""}


@needs_7z
@pytest.mark.parametrize("option", ["-mhe=off", "-mhe=on"])
def test_a_password_is_told(tmp_path: Path, option: str) -> None:
    path = made(tmp_path, "-psecret", option)
    if option.endswith("on"):
        with pytest.raises(ReadError, match="needs its password"):
            read(path)
    else:
        faults = {member.fault for member in read(path).members if member.step[1] != "empty.txt"}
        assert faults == {"encrypted: needs its password"}


@needs_7z
@pytest.mark.parametrize("method", ["ppmd", "bcj2"])
def test_a_method_not_known_is_told(tmp_path: Path, method: str) -> None:
    options = ["-m0=ppmd"] if method == "ppmd" else ["-m0=bcj2", "-m1=lzma", "-m2=lzma", "-m3=lzma"]
    options += [] if method == "ppmd" else ["-mb0:1", "-mb0s1:2", "-mb0s2:3"]
    found = {member.step[1]: member.fault for member in read(made(tmp_path, *options)).members}
    assert set(found) == set(FILES)
    assert all("not known here" in fault for name, fault in found.items() if name != "empty.txt")


@needs_7z
def test_a_flipped_bit_fails_its_member_and_those_packed_behind_it(tmp_path: Path) -> None:
    path = made(tmp_path, "-m0=copy", files={"a": b"first " * 100, "b": b"second " * 100})
    data = bytearray(path.read_bytes())
    data[40] ^= 1
    path.write_bytes(data)
    found = {member.step[1]: member.fault for member in read(path).members}
    assert found == {"a": "damaged: its checksum is another", "b": ""}


@needs_7z
def test_links_are_not_followed_and_what_lies_behind_them_is_read(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "a").symlink_to("/etc/passwd")
    path = made(tmp_path, "-snl", files={"b": b"words"})
    sink = MemorySink()
    found = {member.step[1]: member for member in read(path, sink).members}
    assert found["a"].fault == "symbolic link: not followed"
    assert sink.of(found["b"]) == b"words"


@needs_7z
def test_bombs_stay_packed(tmp_path: Path) -> None:
    path = made(tmp_path, files={"bomb": bytes(300_000_000), "small": b"x"})
    found = {member.step[1]: member.fault for member in read(path).members}
    assert "more than its container may unpack to" in found["bomb"]
    assert path.stat().st_size < 100_000


@needs_7z
def test_limits_on_members_and_memory(tmp_path: Path) -> None:
    path = made(tmp_path, "-md=64m")
    few = read(path, members=2)
    assert (few.status, len(few.members)) == (Status.PARTIAL, 2)
    assert "3 more files" in few.reason
    small = read(path, memory=300_000)
    assert {m.fault for m in small.members} == {"", "needs more memory to unpack than is allowed"}


@needs_7z
def test_whatever_byte_is_wrong_nothing_but_a_reason_comes_of_it(tmp_path: Path) -> None:
    path = made(tmp_path, files={"a.txt": b"words " * 50, "b.txt": b"more"})
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        with suppress(ReadError):  # anything else fails the test
            read(path)
    for size in range(6, len(whole), 7):
        path.write_bytes(whole[:size])
        with pytest.raises(ReadError, match="damaged"):
            read(path)


def archive(header: bytes) -> bytes:
    tail = struct.pack("<QQI", 0, len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(tail)) + tail + header


def test_an_archive_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.7z"
    path.write_bytes(archive(b""))
    assert read(path).notes == ("an archive of no files",)
    chosen = choose(path.read_bytes(), "a.bin")
    assert chosen is not None
    assert chosen[1] == MEDIA_TYPE


@pytest.mark.parametrize(
    "header",
    [
        b"\x01",
        b"\x01\x05\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00",
        b"\x01\x04\x06\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00",
        b"\x17\x00",
        b"\x17\x06\x00\x01\x09\x05\x00\x07\x0b\x00\x00\x0c\x00\x00",
        b"\x01\x04\x07\x0b\x01\x00\x00\x0c\x00\x00",
        b"\x01\x04\x07\x0b\x01\x00\x01\x01\x00\x0c\x05\x00\x00\x00",
        b"\x02",
    ],
)
def test_headers_that_lie(tmp_path: Path, header: bytes) -> None:
    path = tmp_path / "a.7z"
    path.write_bytes(archive(header))
    with pytest.raises(ReadError, match="damaged"):
        read(path)
