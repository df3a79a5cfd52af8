from __future__ import annotations

from datetime import date

import pytest

from countersight.lists.days import day


@pytest.mark.parametrize(
    ("text", "order", "first", "last"),
    [
        ("2019-10-09", "dmy", "2019-10-09", "2019-10-09"),
        ("2024-03-02T16:28:05.354+01:00", "dmy", "2024-03-02", "2024-03-02"),
        ("09 Oct 2019", "dmy", "2019-10-09", "2019-10-09"),
        ("29-Jan-2026", "dmy", "2026-01-29", "2026-01-29"),
        ("October 9, 2019", "dmy", "2019-10-09", "2019-10-09"),
        ("Oct 2019", "dmy", "2019-10-01", "2019-10-31"),
        ("2019-02", "dmy", "2019-02-01", "2019-02-28"),
        ("2019", "dmy", "2019-01-01", "2019-12-31"),
        ("05/06/2022", "dmy", "2022-06-05", "2022-06-05"),
        ("05/06/2022", "mdy", "2022-05-06", "2022-05-06"),
        ("2023/3/28", "dmy", "2023-03-28", "2023-03-28"),
        ("10/9/19", "mdy", "2019-10-09", "2019-10-09"),
        ("9/10/81", "mdy", "1981-09-10", "1981-09-10"),
        ("00/00/1960", "dmy", "1960-01-01", "1960-12-31"),
        ("00/05/1960", "dmy", "1960-05-01", "1960-05-31"),
    ],
)
def test_days_as_lists_write_them(text: str, order: str, first: str, last: str) -> None:
    found = day(text, order=order)
    assert found is not None
    assert (found.from_, found.to, found.text) == (date.fromisoformat(first), date.fromisoformat(last), text)


@pytest.mark.parametrize("text", ["", "-0-", "2019-02-30", "31/02/2019", "Octember 9, 2019", "soon", "20191009"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day(text) is None
