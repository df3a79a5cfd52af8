from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from countersight.model import Agent, Box, DateSpan, Digest, Locator


def test_a_digest_is_the_sha256_however_the_bytes_come(tmp_path: Path) -> None:
    data = b"x" * (3 << 20)
    path = tmp_path / "data"
    path.write_bytes(data)
    expected = hashlib.sha256(data).hexdigest()
    assert Digest.of(data) == Digest.of_file(path) == Digest.of_chunks([data[:5], b"", data[5:]]) == expected


@pytest.mark.parametrize("text", ["", "0" * 63, "0" * 65, "A" * 64, "g" * 64, "0" * 64 + "\n"])
def test_anything_but_64_lower_case_hexadecimal_digits_is_no_digest(text: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        Digest(text)


def test_a_locator_prints_its_steps() -> None:
    inside = Locator("mail.eml").into("attachment", "2 offer.pdf").into("page", 3)
    assert str(inside) == "mail.eml | attachment 2 offer.pdf | page 3"
    assert Locator.parse(str(inside)) == inside


@pytest.mark.parametrize(
    "name", ["a | page 3", "a|b", "a\\p", "\\u000a", "a\nb", "\udcff.pdf", "合同.pdf", " ", "a\x85b", "\\", " | "]
)
def test_hostile_names_come_back_and_take_one_line(name: str) -> None:
    locator = Locator(name, (("member", name),))
    assert Locator.parse(str(locator)) == locator
    assert len(str(locator).splitlines()) == 1


@pytest.mark.parametrize("text", ["", "a | page", "a | pages 3", "a | ", "| page 3 | x y"])
def test_what_no_locator_prints_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"locator|step"):
        Locator.parse(text)


def test_a_date_is_an_interval() -> None:
    assert DateSpan.of(2024, 2) == DateSpan(date(2024, 2, 1), date(2024, 2, 29))
    assert DateSpan.of(2022, 12) == DateSpan(date(2022, 12, 1), date(2022, 12, 31))
    assert DateSpan.of(2022) == DateSpan(date(2022, 1, 1), date(2022, 12, 31))
    assert DateSpan.of(2022, 12, 5, text="5.12.22").text == "5.12.22"


@pytest.mark.parametrize(("year", "month", "day"), [(2023, 2, 29), (2022, 13, None), (2022, 0, None), (0, None, None)])
def test_a_day_that_does_not_exist_is_refused(year: int, month: int, day: int | None) -> None:
    with pytest.raises(ValueError, match=r"day|month|year"):
        DateSpan.of(year, month, day)


@pytest.mark.parametrize(
    "box", [(0.5, 0, 0.4, 1), (0, 0.5, 1, 0.4), (-0.1, 0, 1, 1), (0, 0, 1.1, 1), (float("nan"), 0, 1, 1)]
)
def test_a_box_lies_inside_its_page(box: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="not a box"):
        Box(*box)


def test_an_agent_prints_name_and_version() -> None:
    assert str(Agent("pdf", "1.0 (PDFium 7000)")) == "pdf 1.0 (PDFium 7000)"
