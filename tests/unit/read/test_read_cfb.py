"""Compound files written here, read back by another program's reader."""

from __future__ import annotations

from io import BytesIO

import olefile
import pytest

from countersight.read.cfb import packed


@pytest.mark.parametrize("size", [0, 1, 63, 64, 4095, 4096, 100_000, 9_000_000])
def test_streams_of_any_size_come_back(size: int) -> None:
    streams = {("a",): b"x" * 10, ("storage", "inner", "b"): b"y" * size, ("storage", "c"): b"", ("Zz",): b"z" * 70}
    with olefile.OleFileIO(BytesIO(packed(streams))) as ole:
        assert {tuple(path): ole.openstream(path).read() for path in ole.listdir()} == streams
        assert not ole.parsing_issues


def test_many_streams_in_one_storage() -> None:
    streams: dict[tuple[str, ...], bytes] = {("s", f"stream {n:04}"): bytes([n % 256]) * n for n in range(300)}
    with olefile.OleFileIO(BytesIO(packed(streams))) as ole:
        assert all(ole.openstream(path).read() == data for path, data in streams.items())


def test_the_same_streams_give_the_same_bytes() -> None:
    assert packed({("b",): b"1", ("a",): b"2"}) == packed({("a",): b"2", ("b",): b"1"})


def test_a_name_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="31 characters"):
        packed({("x" * 32,): b""})
