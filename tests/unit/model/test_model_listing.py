from __future__ import annotations

from dataclasses import replace
from datetime import date

from countersight.model import DateSpan, Digest, EventKind, ListedName, ListEvent, Listing, as_known, codec, periods

A, B, C = (Digest.of(name) for name in (b"a", b"b", b"c"))
DAY = DateSpan.of(2020, 6, 5)


def body(**facts: DateSpan | str) -> Listing:
    return Listing("R/1", "R", (ListedName("Example Ltd"),), A, "line 1", **facts)  # type: ignore[arg-type]


def event(kind: EventKind, told_by: Digest, known: int, listing: Listing | None = None, **more: object) -> ListEvent:
    return ListEvent(kind, listing or body(), told_by, date(known, 1, 1), **more)  # type: ignore[arg-type]


def test_an_event_is_written_and_read_back_unchanged() -> None:
    one = event(EventKind.LISTED, A, 2020, body(effective=DAY), seen=date(2020, 1, 1), within=DAY)
    assert codec.decode(ListEvent, codec.encode(one)) == one


def test_as_known_leaves_what_had_come_by_then() -> None:
    told = (event(EventKind.LISTED, A, 2020), event(EventKind.SEEN, B, 2022), event(EventKind.AMENDED, C, 2021))
    assert as_known(told, date(2021, 6, 1)) == (told[0], told[2])
    assert as_known(told, date(2022, 1, 1)) == told
    assert as_known(told, None) == told


def test_a_listing_known_from_snapshots_alone_has_no_beginning_but_days_it_was_seen() -> None:
    told = [
        event(EventKind.LISTED, A, 2020, seen=date(2019, 1, 1)),
        event(EventKind.SEEN, B, 2021, seen=date(2021, 1, 1)),
    ]
    (period,) = periods(told)
    assert (period.since, period.until) == (None, None)
    assert (period.seen, period.told_by) == ((date(2019, 1, 1), date(2021, 1, 1)), (A, B))


def test_gone_and_come_again_are_two_periods() -> None:
    gone, again = (DateSpan(date(y, 1, 2), date(y + 1, 1, 1)) for y in (2020, 2022))
    told = [
        event(EventKind.LISTED, A, 2020, seen=date(2020, 1, 1)),
        event(EventKind.DELISTED, B, 2021, seen=date(2021, 1, 1), within=gone),
        event(EventKind.LISTED, C, 2023, seen=date(2023, 1, 1), within=again),
    ]
    first, second = periods(told)
    assert (first.since, first.until, first.seen) == (None, gone, (date(2020, 1, 1), date(2020, 1, 1)))
    assert (second.since, second.until, second.told_by) == (again, None, (C,))


def test_a_stated_day_goes_before_the_days_between_two_snapshots() -> None:
    within = DateSpan(date(2020, 1, 2), date(2021, 1, 1))
    told = event(EventKind.LISTED, A, 2021, body(effective=DAY), within=within)
    assert told.effective == DAY
    assert periods([told])[0].since == DAY


def test_an_end_the_list_states_is_the_end_of_the_period() -> None:
    (period,) = periods([event(EventKind.LISTED, A, 2021, body(effective=DAY, ended=DateSpan.of(2030)))])
    assert period.until == DateSpan.of(2030)


def test_same_as_looks_past_the_file_that_tells() -> None:
    assert body().same_as(replace(body(), source=B, row="line 9"))
    assert not body().same_as(body(programme="X"))
