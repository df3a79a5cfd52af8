from __future__ import annotations

from datetime import date

from countersight.model import DateSpan, Digest, ListedName, Listing, Period
from countersight.model.screening import Asked, Result
from countersight.screening.days import answers, on, then

D = Digest.of(b"list")
R = Result


def span(text: str, to: str = "") -> DateSpan:
    first = DateSpan.of(*map(int, text.split("-")))
    return DateSpan(first.from_, DateSpan.of(*map(int, to.split("-"))).to) if to else first


def period(
    since: DateSpan | None = None, until: DateSpan | None = None, seen: tuple[str, str] | None = None, **facts: DateSpan
) -> Period:
    listing = Listing("R/1", "R", (ListedName("Example Works"),), D, "line 1", **facts)  # type: ignore[arg-type]
    days = (date.fromisoformat(seen[0]), date.fromisoformat(seen[1])) if seen else None
    return Period(listing, since, until, days, (D,))


def of(text: str, *spells: Period, end: str = "", to: str = "") -> list[str]:
    asked = Asked("performance" if end else "signed", span(text, to), span(end) if end else None)
    return [result.value for result in dict.fromkeys(answers(spells, asked))]


def test_the_day_before_and_the_day_of_each_date() -> None:
    one = period(span("2020-06-05"), span("2022-03-01"), announced=span("2020-05-22"))
    days = ("2020-05-21", "2020-05-22", "2020-06-04", "2020-06-05", "2022-02-28", "2022-03-01")
    assert [on([one], date.fromisoformat(day)) for day in days] == [
        R.NOT_YET_LISTED,
        R.ANNOUNCED_NOT_EFFECTIVE,
        R.ANNOUNCED_NOT_EFFECTIVE,
        R.LISTED_AT_DATE,
        R.LISTED_AT_DATE,
        R.DELISTED_BEFORE,
    ]


def test_an_end_between_two_lists_is_unknown_on_the_days_between() -> None:
    one = period(span("2020-01-01"), span("2021-03-13", "2024-05-15"))
    days = ("2021-03-12", "2021-03-13", "2024-05-14", "2024-05-15")
    found = [on([one], date.fromisoformat(day)) for day in days]
    assert found == [R.LISTED_AT_DATE, R.UNKNOWN, R.UNKNOWN, R.DELISTED_BEFORE]


def test_a_listing_seen_and_not_told_since_when_is_unknown_before_it_was_seen() -> None:
    one = period(seen=("2021-03-10", "2023-03-31"))
    assert of("2020", one) == ["UNKNOWN"]
    assert of("2021", one) == ["UNKNOWN", "LISTED_AT_DATE"]
    assert of("2021-03-10", one) == ["LISTED_AT_DATE"]


def test_the_last_day_to_divest_is_within_grace_and_the_next_is_not() -> None:
    one = period(span("2021-08-02"), grace_end=span("2022-06-03"))
    assert of("2022-06-03", one) == ["WITHIN_GRACE"]
    assert of("2022-06-04", one) == ["LISTED_AT_DATE"]
    assert of("2022-06", one) == ["WITHIN_GRACE", "LISTED_AT_DATE"]


def test_off_and_on_again() -> None:
    spells = period(span("2015-01-01"), span("2018-01-01")), period(span("2021-01-01"))
    assert of("2016-05-05", *spells) == ["LISTED_AT_DATE"]
    assert of("2019-05-05", *spells) == ["DELISTED_BEFORE"]
    assert of("2022-05-05", *spells) == ["LISTED_AT_DATE"]
    assert of("2017-06-01", *spells, to="2021-06-01") == ["LISTED_AT_DATE", "DELISTED_BEFORE"]
    assert of("2019-01-01", *spells, end="2019-12-31") == ["DELISTED_BEFORE"]
    assert of("2019-01-01", *spells, end="2021-12-31") == ["LISTED_DURING_PERFORMANCE"]


def test_an_older_list_does_not_know_of_an_end_that_another_tells() -> None:
    ended = period(span("2015-01-01"), span("2023-02-01"))
    older = period(seen=("2021-03-10", "2021-03-10"))
    assert then([ended, older], date(2024, 1, 1)) is ended
    assert of("2024-01-01", ended, older) == ["DELISTED_BEFORE"]
    newer = period(seen=("2021-03-10", "2023-06-01"))
    assert of("2024-01-01", ended, newer) == ["LISTED_AT_DATE"]


def test_a_performance_is_answered_from_its_first_day_to_its_last() -> None:
    one = period(span("2023-03-28"))
    assert of("2018-01-01", one, end="2024-12-13") == ["LISTED_DURING_PERFORMANCE"]
    assert of("2018-01-01", one, end="2023-03-27") == ["LISTED_AFTER_END"]
    assert of("2018-01-01", one, end="2023-03-28") == ["LISTED_DURING_PERFORMANCE"]
    assert of("2023-03-28", one, end="2024-12-13") == ["LISTED_AT_DATE"]


def test_a_performance_known_in_part_has_both_answers() -> None:
    one = period(span("2023-03-28"))
    assert of("2018-01-01", one, end="2023") == ["LISTED_DURING_PERFORMANCE", "LISTED_AFTER_END"]
    assert of("2023", one, end="2024") == ["LISTED_DURING_PERFORMANCE", "LISTED_AT_DATE"]
