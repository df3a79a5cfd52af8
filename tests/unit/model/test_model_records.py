from __future__ import annotations

import dataclasses

import pytest

from countersight.model import Box, Locator, Page, Place, Severity, Source


def test_a_span_quotes_code_points_and_gives_its_places_in_order() -> None:
    page = Page(1, "甲方：𠮷县\nPage", places=(Place(0, 5, Box(0, 0, 0.5, 0.1)), Place(6, 10, Box(0, 0.2, 0.5, 0.3))))
    assert page.span(3, 5).quote() == "𠮷县"
    assert page.span(3, 5).boxes() == (Box(0, 0, 0.5, 0.1),)
    assert len(page.span(4, 7).boxes()) == 2
    assert page.span(5, 6).boxes() == ()


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-1, 2), (2, 1), (0, 5), (4, 5)])
def test_there_is_no_span_outside_the_text_or_of_nothing(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no span"):
        Page(1, "abcd").span(start, end)


def test_a_source_is_called_by_the_innermost_name() -> None:
    mail = Locator("mail.mbox").into("message", 17)
    assert Source(None, 0, Locator("mail.mbox")).name == "mail.mbox"
    assert Source(None, 0, mail).name == "message 17.eml"
    assert Source(None, 0, mail.into("attachment", "2 offer.zip").into("member", "d/a.pdf")).name == "d/a.pdf"


def test_the_types_cannot_be_changed() -> None:
    page = Page(1, "abc")
    with pytest.raises(dataclasses.FrozenInstanceError):
        page.text = "abd"  # type: ignore[misc]


def test_severity_is_the_highest_of_three_and_no_mean() -> None:
    assert Severity(1, 5, 2).severity == 5
