from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from read_sink import MemorySink

from countersight.errors import ReadError
from countersight.model import Digest, Locator, Member, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read import members
from countersight.read.archive import ArchiveReader, inner_name

READER = ArchiveReader()


def read(path: Path, sink: Sink, limits: Limits = Limits()) -> Reading:  # noqa: B008 (frozen)
    with path.open("rb") as stream:
        media_type = READER.claims(stream.read(4096), path.name)
    assert media_type
    return READER.read(path, media_type, None, limits, sink)


def zipped(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def tarred(path: Path, files: dict[str, bytes], mode: str = "w", **options: object) -> Path:
    with tarfile.open(path, mode, **options) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def by_name(reading: Reading) -> dict[str, Member]:
    assert all(member.step[0] == "member" for member in reading.members)
    found = {member.step[1]: member for member in reading.members}
    assert len(found) == len(reading.members)
    return found


FILES = {"合同/甲方.txt": "采购合同".encode(), "b.bin": os.urandom(5000), "empty": b""}


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.zip", zipped),
        ("a.tar", tarred),
        ("a.tar.gz", lambda path, files: tarred(path, files, "w:gz")),
        ("a.tgz", lambda path, files: tarred(path, files, "w:gz")),
        ("a.tar.bz2", lambda path, files: tarred(path, files, "w:bz2")),
        ("a.txz", lambda path, files: tarred(path, files, "w:xz")),
    ],
)
def test_every_kind_gives_its_files(tmp_path: Path, name: str, make: Callable[[Path, dict[str, bytes]], Path]) -> None:
    sink = MemorySink()
    reading = read(make(tmp_path / name, FILES), sink)
    assert (reading.status, reading.pages, reading.total, reading.reason) == (Status.READ, (), 0, "")
    assert {key: sink.of(member) for key, member in by_name(reading).items()} == FILES
    assert [member.size for member in reading.members] == [len(data) for data in FILES.values()]


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
def test_a_packed_file_has_the_bytes_and_leaves_its_name_to_its_package(
    tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / f"点位表.csv{ending}"
    path.write_bytes(pack(b"a,b\n"))
    sink = MemorySink()
    (member,) = read(path, sink).members
    assert member.step == ("member", "")
    assert sink.of(member) == b"a,b\n"


def test_a_gzip_header_names_its_file_in_chinese_bytes(tmp_path: Path) -> None:
    raw = zlib.compressobj(wbits=-15)
    data = raw.compress(b"x") + raw.flush()
    tail = struct.pack("<II", zlib.crc32(b"x"), 1)
    path = tmp_path / ("0" * 64)
    path.write_bytes(b"\x1f\x8b\x08\x08" + bytes(6) + "监控设备清单.txt".encode("gb18030") + b"\0" + data + tail)
    assert [*by_name(read(path, MemorySink()))] == ["监控设备清单.txt"]


def test_a_packed_file_without_any_name_leaves_it_to_its_container(tmp_path: Path) -> None:
    path = tmp_path / ("0" * 64)
    path.write_bytes(gzip.compress(b"x"))
    assert [*by_name(read(path, MemorySink()))] == [""]


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("notes.txt.gz", "notes.txt"),
        ("箱/会议纪要.TXT.XZ", "会议纪要.TXT"),
        ("tender.tgz", "tender.tar"),
        ("old.tar.bz2", "old.tar"),
        ("without", "content"),
        (".gz", "content"),
        ("a.pdf", "content"),
    ],
)
def test_a_member_without_a_name_is_called_as_its_container(outer: str, inner: str) -> None:
    assert inner_name(outer) == inner


def without_utf8_flag(path: Path) -> None:
    """Turn the UTF-8 flag off in both headers of every entry."""
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + at + 1] &= ~0x08
            start = data.find(mark, start + 1)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("gb18030", ["某县平安城市项目/招标文件.docx", "某县平安城市项目/技术规格书.pdf"]),
        ("big5", ["採購合約/監視器規格說明書.doc", "採購合約/附件一.xls"]),
        ("cp437", ["Verträge/Anhang für Kameras.txt", "Verträge/Übersicht.txt"]),
        ("utf-8", ["摄像机点位/清真寺.txt"]),
        ("cp866", ["Договор/Приложение.txt"]),
    ],
)
def test_zip_names_in_old_encodings_are_read(tmp_path: Path, encoding: str, names: list[str]) -> None:
    # zipfile writes UTF-8; names are put in by their bytes through placeholders of the same length
    path = tmp_path / "old.zip"
    raw = [name.encode(encoding) for name in names]
    stand_ins = ["x" * (len(name) - 1) + str(i) for i, name in enumerate(raw)]
    zipped(path, dict.fromkeys(stand_ins, b"text"))
    data = path.read_bytes()
    for stand_in, name in zip(stand_ins, raw, strict=True):
        data = data.replace(stand_in.encode(), name)
    path.write_bytes(data)
    reading = read(path, MemorySink())
    assert [*by_name(reading)] == names
    assert all(member.digest for member in reading.members)


def test_the_unicode_path_field_beats_the_old_name(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    name = "合同.txt".encode()
    field = struct.pack("<HHBI", 0x7075, 5 + len(name), 1, zlib.crc32(b"__.txt")) + name
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("__.txt")
        info.extra = field
        archive.writestr(info, b"x")
    assert [*by_name(read(path, MemorySink()))] == ["合同.txt"]


def test_tar_names_that_are_not_utf8_are_read(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tar", {"采购合同附件.txt": b"x"}, format=tarfile.GNU_FORMAT, encoding="gb18030")
    assert [*by_name(read(path, MemorySink()))] == ["采购合同附件.txt"]


def test_names_that_climb_out_or_break_lines_stay_names(tmp_path: Path) -> None:
    names = ["../../etc/passwd", "/root/x", "a\nb | member c", "C:\\x\\y.txt", "\x1b[2J"]
    for path in (
        zipped(tmp_path / "a.zip", dict.fromkeys(names, b"x")),
        tarred(tmp_path / "a.tar", dict.fromkeys(names, b"x")),
    ):
        before = {*tmp_path.rglob("*")}
        reading = read(path, MemorySink())
        assert [*by_name(reading)] == names
        assert {*tmp_path.rglob("*")} == before
        for member in reading.members:
            locator = Locator(path.name).into(*member.step)
            assert Locator.parse(str(locator)) == locator


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_given_twice_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (("a", b"1"), ("a", b"2"), ("a#2", b"3"), ("a", b"4")):
            archive.writestr(name, data)
    sink = MemorySink()
    found = {name: sink.of(member) for name, member in by_name(read(path, sink)).items()}
    assert found == {"a": b"1", "a#3": b"2", "a#2": b"3", "a#4": b"4"}


def test_directories_are_left_out_and_links_and_devices_told(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        for name, kind in (
            ("d", tarfile.DIRTYPE),
            ("s", tarfile.SYMTYPE),
            ("h", tarfile.LNKTYPE),
            ("p", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        archive.addfile(tarfile.TarInfo("f"))
    found = by_name(read(path, MemorySink()))
    assert {name: (member.fault, member.status) for name, member in found.items() if not member.digest} == {
        "s": ("symbolic link: not followed", Status.SKIPPED),
        "h": ("hard link: not followed", Status.SKIPPED),
        "p": ("a device or pipe, not a file", Status.SKIPPED),
    }
    assert found["f"].digest


def test_a_symbolic_link_in_a_zip_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
        archive.mkdir("folder")
    assert [(m.step[1], m.digest, m.fault) for m in read(path, MemorySink()).members] == [
        ("link", None, "symbolic link: not followed")
    ]


def test_an_encrypted_member_is_skipped_and_the_rest_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"secret": b"s", "open": b"o"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    sink = MemorySink()
    found = by_name(read(path, sink))
    assert (found["secret"].digest, found["secret"].status) == (None, Status.SKIPPED)
    assert "encrypted" in found["secret"].fault
    assert sink.of(found["open"]) == b"o"


def test_an_unknown_method_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a": b"x" * 100})
    data = bytearray(path.read_bytes())
    data[8] = data[data.find(b"PK\x01\x02") + 10] = 9
    path.write_bytes(data)
    (member,) = read(path, MemorySink()).members
    assert member.digest is None
    assert "method (number 9)" in member.fault


def test_a_damaged_member_fails_and_the_rest_is_read(tmp_path: Path) -> None:
    noise = os.urandom(2000)
    path = zipped(tmp_path / "a.zip", {"bad": noise, "good": b"g"}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(noise[:50], bytes(50)))
    sink = MemorySink()
    reading = read(path, sink)
    found = by_name(reading)
    assert (found["bad"].digest, found["bad"].status) == (None, Status.FAILED)
    assert found["bad"].fault.startswith("damaged")
    assert sink.of(found["good"]) == b"g"
    assert reading.status is Status.READ


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("streamed", [False, True])
def test_a_zip_cut_off_gives_the_files_before_the_cut(tmp_path: Path, method: int, *, streamed: bool) -> None:
    class OneWay(io.BytesIO):
        def seekable(self) -> bool:
            return not streamed

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("inner.txt", "within")
    files = {"一.txt": b"one" * 1000, "in.zip": inner.getvalue(), "big": os.urandom(50_000)}
    whole = OneWay() if streamed else io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    path = tmp_path / "a.zip"
    path.write_bytes(whole.getvalue()[:-20_000])
    sink = MemorySink()
    reading = read(path, sink)
    assert reading.status is Status.PARTIAL
    assert reading.reason.startswith("damaged: its directory cannot be read")
    found = by_name(reading)
    assert "inner.txt" not in found
    if streamed and method == zipfile.ZIP_STORED:
        return  # only the directory knew where each ends
    assert {name: sink.of(found[name]) for name in ("一.txt", "in.zip")} == {k: files[k] for k in ("一.txt", "in.zip")}
    assert (found["big"].digest, found["big"].status) == (None, Status.FAILED)


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz"])
def test_a_tar_cut_off_gives_the_files_before_the_cut(tmp_path: Path, mode: str) -> None:
    path = tarred(tmp_path / "a.tar", {"one": b"1" * 1000, "two": os.urandom(300_000)}, mode)
    path.write_bytes(path.read_bytes()[:-150_000])
    sink = MemorySink()
    reading = read(path, sink)
    found = by_name(reading)
    assert sink.of(found["one"]) == b"1" * 1000
    assert (found["two"].digest, found["two"].status) == (None, Status.FAILED)
    assert reading.status is Status.PARTIAL
    assert reading.reason.startswith("damaged")


def test_a_broken_header_inside_a_tar_does_not_end_it_in_silence(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tar", {"one": b"1", "two": b"2", "three": b"3"})
    data = bytearray(path.read_bytes())
    data[1024:1100] = b"\xff" * 76
    path.write_bytes(data)
    reading = read(path, MemorySink())
    assert [*by_name(reading)] == ["one"]
    assert (reading.status, "header is broken" in reading.reason) == (Status.PARTIAL, True)


def test_what_follows_the_end_of_a_tar_is_told(tmp_path: Path) -> None:
    first, second = tarred(tmp_path / "a.tar", {"one": b"1"}), tarred(tmp_path / "b.tar", {"two": b"2"})
    first.write_bytes(first.read_bytes() + second.read_bytes())
    reading = read(first, MemorySink())
    assert (reading.status, reading.reason) == (Status.PARTIAL, "what follows the mark of its end was not read")


def test_a_tar_without_its_end_mark_is_noted(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tar", {"one": b"1"})
    path.write_bytes(path.read_bytes()[:1024])
    reading = read(path, MemorySink())
    assert [*by_name(reading)] == ["one"]
    assert reading.notes == ("no mark of its end: it may have been cut off",)


def test_a_tar_that_points_back_at_itself_ends(tmp_path: Path) -> None:
    info = tarfile.TarInfo("loop")
    header = bytearray(info.tobuf())
    header[124:136] = b"\xff" * 10 + b"\xfe\x00"  # a negative size in base 256
    header[148:156] = b" " * 8
    header[148:156] = f"{sum(header):06o}\0 ".encode()
    path = tmp_path / "a.tar"
    path.write_bytes(bytes(header) + bytes(10240))
    with pytest.raises(ReadError, match="damaged"):
        read(path, MemorySink())


def overlapping() -> bytes:
    """A zip of ten entries whose directory points at the same bytes, after Fifield's overlapping files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0", bytes(100_000))
    data = out.getvalue()
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry, tail = data[start:end], bytearray(data[end:])
    tail[8:16] = struct.pack("<HHI", 10, 10, 10 * len(entry))
    return data[:start] + entry * 10 + bytes(tail)


def test_entries_that_overlap_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(overlapping())
    with pytest.raises(ReadError, match="overlap") as error:
        read(path, MemorySink())
    assert error.value.status == "skipped"


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.gz"])
def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "FLOOR", 100_000)
    path, zeros = tmp_path / name, bytes(5_000_000)
    if name == "a.zip":
        zipped(path, {"small": b"s", "bomb": zeros, "after": b"a"})
    elif name == "a.tar.gz":
        tarred(path, {"small": b"s", "bomb": zeros, "after": b"a"}, "w:gz")
    else:
        path.write_bytes(gzip.compress(zeros))
    sink = MemorySink()
    reading = read(path, sink)
    bad = [member for member in reading.members if not member.digest]
    assert all(member.status is Status.SKIPPED for member in bad)
    assert bad
    assert sum(map(len, sink.blobs.values())) < 1000
    if name == "a.zip":
        assert {"small", "after"} == {member.step[1] for member in reading.members if member.digest}


def test_all_members_together_stay_within_the_limit(tmp_path: Path) -> None:
    files = {str(n): os.urandom(1000) for n in range(10)}
    for path in (zipped(tmp_path / "a.zip", files), tarred(tmp_path / "a.tar", files)):
        sink = MemorySink()
        reading = read(path, sink, replace(Limits(), unpacked=3500))
        assert sum(map(len, sink.blobs.values())) <= 3500
        assert any(member.digest for member in reading.members)
        assert reading.status is Status.PARTIAL or len(reading.members) == 10


def test_a_zip_that_lies_about_sizes_gains_nothing(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a": bytes(1_000_000)})
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = data[22:26] = struct.pack("<I", 10)
    path.write_bytes(data)
    sink = MemorySink()
    (member,) = read(path, sink).members
    assert (member.digest, member.status, sink.blobs) == (None, Status.FAILED, {})


@pytest.mark.parametrize("make", [zipped, tarred])
def test_no_more_members_than_allowed(tmp_path: Path, make: Callable[[Path, dict[str, bytes]], Path]) -> None:
    path = make(tmp_path / f"a.{make.__name__[:3]}", {str(n): b"x" for n in range(20)})
    reading = read(path, MemorySink(), replace(Limits(), members=5))
    assert (len(reading.members), reading.status) == (5, Status.PARTIAL)
    assert "5 may be taken" in reading.reason


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.gz"])
def test_too_deep_means_no_member_is_taken(tmp_path: Path, name: str) -> None:
    path, sink = tmp_path / name, MemorySink()
    if name == "a.gz":
        path.write_bytes(gzip.compress(b"x"))
    else:
        (zipped if name == "a.zip" else tarred)(path, {"one": b"1", "two": b"2"})
    reading = read(path, sink, replace(Limits(), depth=0))
    assert {(member.digest, member.fault) for member in reading.members} == {(None, "nested too deep")}
    assert not sink.blobs


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", b"PK\x03\x04" + b"\xff\x00\x01" * 3),
        ("a.zip", b"\x00\x01\x02\x03" * 40),
        ("a.tar", b"\x80\x01\x02\x03" * 400),
        ("a.gz", b"\x1f\x8b\x08\x00" + bytes(100)),
        ("a.bz2", b"BZh91AY&SY" + b"\xff\x00\x01" * 100),
        ("a.xz", b"\xfd7zXZ\x00" + bytes(100)),
        ("a.tgz", b"\x1f\x8b"),
    ],
)
def test_rubbish_is_damaged(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError, match="damaged"):
        read(path, MemorySink())


def test_empty_files_and_empty_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.touch()
    with pytest.raises(ReadError, match="empty") as error:
        READER.read(path, "application/zip", None, Limits(), MemorySink())
    assert error.value.status == "skipped"
    for empty in (zipped(tmp_path / "b.zip", {}), tarred(tmp_path / "b.tar", {})):
        reading = read(empty, MemorySink())
        assert (reading.status, reading.members, reading.notes) == (Status.READ, (), ("an archive of no files",))


def test_a_full_disk_is_not_taken_for_damage(tmp_path: Path) -> None:
    def full(stream: BinaryIO, *, limit: int) -> tuple[Digest, int]:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        read(zipped(tmp_path / "a.zip", {"a": b"x"}), full)


def test_flipped_bytes_never_raise_anything_else(tmp_path: Path) -> None:
    files = {"a.txt": b"text" * 100, "b/c.bin": bytes(range(256))}
    sources = [
        zipped(tmp_path / "s.zip", files),
        tarred(tmp_path / "s.tar", files),
        tarred(tmp_path / "s.tgz", files, "w:gz"),
    ]
    for source in sources:
        data = source.read_bytes()
        for at in range(0, min(len(data), 4000), 7):
            path = tmp_path / f"flipped{source.suffix}"
            path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
            head = path.read_bytes()[:4096]
            media_type = READER.claims(head, path.name)
            if media_type is None:
                continue
            try:
                reading = READER.read(path, media_type, None, Limits(), MemorySink())
            except ReadError:
                continue
            assert all(member.digest or member.fault for member in reading.members)
