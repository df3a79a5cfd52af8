"""Laws of the small values: what prints parses back."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersight.model import DateSpan, Locator
from countersight.model.values import STEP_KINDS

anything = st.one_of(
    st.text(st.characters(), max_size=12),  # lone surrogates included: names the file system could not decode
    st.binary(max_size=8).map(os.fsdecode),
    st.text(["|", " ", "\\", "p", "u", "0", "\n", "\x85", "\u2028", "\ud800"], max_size=8),
)
locators = st.builds(
    Locator, anything.filter(bool), st.lists(st.tuples(st.sampled_from(STEP_KINDS), anything), max_size=4).map(tuple)
)


class TestLocator:
    """``parse(str(x)) == x`` for any name a file system can hold; what is printed is one line of valid Unicode."""

    @given(locators)
    def test_round_trip(self, locator: Locator) -> None:
        assert Locator.parse(str(locator)) == locator

    @given(locators)
    def test_one_line_of_valid_unicode(self, locator: Locator) -> None:
        printed = str(locator)
        assert len(printed.splitlines()) == 1
        assert printed.encode().decode() == printed

    @given(locators, locators)
    def test_two_places_never_print_the_same(self, one: Locator, other: Locator) -> None:
        assert (str(one) == str(other)) is (one == other)

    @given(locators, st.sampled_from(STEP_KINDS), anything)
    def test_a_step_inwards_is_printed_at_the_end(self, locator: Locator, kind: str, value: str) -> None:
        assert str(locator.into(kind, value)).startswith(f"{locator} | {kind} ")  # no text here is a time of day

    @given(
        locators, st.from_regex(r"[0-9]{2,3}:[0-5][0-9]:[0-5][0-9](–[0-9]{2}:[0-5][0-9]:[0-5][0-9])?", fullmatch=True)
    )
    def test_a_time_stands_without_the_name_of_its_kind(self, locator: Locator, time: str) -> None:
        inside = locator.into("time", time)
        assert str(inside) == f"{locator} | {time}"
        assert Locator.parse(str(inside)) == inside


class TestDateSpan:
    """The intervals of a year are its months joined, and those of a month its days."""

    @given(st.integers(1, 9998), st.integers(1, 12))
    def test_a_month_is_its_days(self, year: int, month: int) -> None:
        span = DateSpan.of(year, month)
        assert span.from_ == date(year, month, 1)
        assert (span.to.year, span.to.month) == (year, month)
        assert (span.to + timedelta(days=1)).day == 1

    @given(st.integers(1, 9998))
    def test_a_year_is_its_months(self, year: int) -> None:
        months = [DateSpan.of(year, month) for month in range(1, 13)]
        whole = DateSpan.of(year)
        assert (whole.from_, whole.to) == (months[0].from_, months[-1].to)

    @given(st.dates(), st.dates())
    def test_an_interval_never_ends_before_it_begins(self, one: date, other: date) -> None:
        if one <= other:
            DateSpan(one, other)
        else:
            with pytest.raises(ValueError, match="before it begins"):
                DateSpan(one, other)
