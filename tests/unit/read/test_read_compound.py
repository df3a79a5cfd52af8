"""Compound files told by what is inside, and objects taken out of their wrapping."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from read_sink import MemorySink

from countersight.errors import ReadError
from countersight.model import Reading
from countersight.ports import Limits
from countersight.read.cfb import packed
from countersight.read.compound import MEDIA_TYPE, CompoundReader
from countersight.read.ole import embedded, unwrapped

FAR: dict[tuple[str, ...], bytes] = {
    (f"a{n}",): b"" for n in range(40)
}  # puts the streams that tell beyond the first bytes
NATIVE = (
    b"\2\0\xb1\xa8\xbc\xdb.txt\0C:\\x\0" + b"\0\0\3\0" + struct.pack("<I", 2) + b"x\0" + struct.pack("<I", 3) + b"abc"
)


def read(tmp_path: Path, data: bytes, sink: MemorySink | None = None) -> Reading:
    path = tmp_path / "a.bin"
    path.write_bytes(data)
    return CompoundReader().read(path, MEDIA_TYPE, None, Limits(), sink or MemorySink())


def test_claims_what_no_name_tells() -> None:
    head = packed({**FAR, ("Workbook",): b"x"})[:4096]
    assert CompoundReader().claims(head, "oleObject1.bin") == MEDIA_TYPE
    assert CompoundReader().claims(head, "a.doc") is None
    assert CompoundReader().claims(head, "") is None


def test_a_message_under_another_name(tmp_path: Path) -> None:
    streams: dict[tuple[str, ...], bytes] = {
        **FAR,
        ("__properties_version1.0",): bytes(32),
        ("__substg1.0_0037001F",): "题目".encode("utf-16-le"),
    }
    found = read(tmp_path, packed(streams))
    assert (found.title, found.agent.name) == ("题目", "msg")


def test_a_wrapped_file_comes_out(tmp_path: Path) -> None:
    sink = MemorySink()
    found = read(tmp_path, packed({("\x01Ole10Native",): struct.pack("<I", len(NATIVE)) + NATIVE}), sink)
    assert [(m.step, sink.of(m)) for m in found.members] == [(("attachment", "1 报价.txt"), b"abc")]


@pytest.mark.parametrize(
    ("streams", "words"),
    [
        ({("EncryptedPackage",): b"x"}, "needs its password"),
        ({("anything",): b"x"}, "unknown kind"),
        ({("\x01Ole10Native",): b"\1\0\0\0x"}, "unknown kind"),
        ({("Workbook",): b"x"}, "damaged"),
    ],
)
def test_what_cannot_be_read_has_a_reason(tmp_path: Path, streams: dict[tuple[str, ...], bytes], words: str) -> None:
    with pytest.raises(ReadError, match=words):
        read(tmp_path, packed(streams))


@pytest.mark.parametrize(
    "data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999)]
)
def test_nonsense_is_no_wrapping(data: bytes) -> None:
    assert unwrapped(data) == ("", data)


@pytest.mark.parametrize("data", [b"", b"\1\5\0\0\2\0\0\0", b"\xff" * 50, b"\1\5\0\0\2\0\0\0\xff\xff\xff\x7fabc"])
def test_a_broken_object_holds_nothing(data: bytes) -> None:
    assert embedded(data)[1] == b""
