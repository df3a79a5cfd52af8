"""Compressed RTF: the worked examples of the specification (MS-OXRTFCP §3)."""

from __future__ import annotations

import pytest

from countersight.read.lzfu import unpacked

SIMPLE = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)
CROSSING = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


def test_simple() -> None:
    assert unpacked(SIMPLE) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_a_reference_that_runs_into_what_it_writes() -> None:
    assert unpacked(CROSSING) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_cut_off_it_ends_early() -> None:
    whole = unpacked(SIMPLE)
    for end in range(17, len(SIMPLE)):
        assert whole.startswith(unpacked(SIMPLE[:end]))


def test_a_size_that_is_not_true_ends_nowhere() -> None:
    assert len(unpacked(b"\xff\xff\xff\xff\xff\xff\xff\xff" + SIMPLE[8:])) < 100


@pytest.mark.parametrize("data", [b"", b"x" * 15, b"x" * 40])
def test_what_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"short|kind"):
        unpacked(data)
