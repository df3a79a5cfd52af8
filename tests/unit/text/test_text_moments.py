from __future__ import annotations

import pytest

from countersight.text.moments import clock, parsed, stretch


@pytest.mark.parametrize(
    ("moment", "shown"), [(0, "00:00:00"), (999, "00:00:00"), (724_500, "00:12:04"), (360_000_000, "100:00:00")]
)
def test_a_moment_is_written_as_its_second(moment: int, shown: str) -> None:
    assert clock(moment) == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (724_120, 730_500, "00:12:04–00:12:11"),  # ends within the eleventh second
        (724_000, 731_000, "00:12:04–00:12:11"),  # ends on it
        (724_000, None, "00:12:04"),
        (None, 731_000, ""),
    ],
)
def test_a_stretch_holds_all_that_is_said(start: int | None, end: int | None, shown: str) -> None:
    assert stretch(start, end) == shown


@pytest.mark.parametrize("written", ["", "quoted", "12:04", "00:12:64", "00:12:04-00:12:11", "00:12:04–", "x00:12:04"])
def test_other_words_are_no_stretch(written: str) -> None:
    assert parsed(written) is None


def test_a_stretch_is_read_back() -> None:
    assert parsed("00:12:04–00:12:11") == (724_000, 731_000)
    assert parsed("100:00:01") == (360_001_000, None)
