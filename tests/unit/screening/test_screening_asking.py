"""Several sources, conflicting sources, owners whose listing is not known, regimes without a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from countersight.lists import builtin
from countersight.model import Checking, DateSpan, Digest, EventKind, ListedName, ListEvent, Listing
from countersight.model.screening import UNDATED, Asked, Body, Edge, OwnershipRule, Result, Screening
from countersight.screening import Knowledge, Screen

NAME = "Northern Lantern Optics Works Co., Ltd."
CHILD = Body("Daughter of Example")
R = Result


def day(text: str) -> DateSpan:
    return DateSpan.of(*map(int, text.split("-")), text=text)


def told(key: str, seen: str = "", regime: str = "US-BIS-EL", **dates: str) -> list[ListEvent]:
    """A listing as one source tells it."""
    digest = Digest.of(key.encode())
    facts = {name: day(text) for name, text in dates.items() if name != "ended"}
    listing = Listing(f"{regime}/{key}", regime, (ListedName(NAME),), digest, "1", **facts)  # type: ignore[arg-type]
    when = date.fromisoformat(seen) if seen else None
    events = [ListEvent(EventKind.LISTED, listing, digest, date(2024, 1, 1), when)]
    if "ended" in dates:
        events.append(ListEvent(EventKind.DELISTED, listing, digest, date(2024, 1, 1), when, day(dates["ended"])))
    return events


def ask(
    events: list[ListEvent], on: str, *edges: Edge, body: Body | None = None, rules: tuple[OwnershipRule, ...] = ()
) -> tuple[Screening, ...]:
    known = Knowledge(tuple(events), builtin.regimes(), rules or builtin.ownership(), edges)
    return Screen(known).screen(body or Body(NAME), [Asked("signed", day(on) if on else UNDATED)])


def results(rows: tuple[Screening, ...]) -> list[Result]:
    return [row.result for row in rows]


def test_one_source_that_knows_since_when_goes_before_one_that_does_not() -> None:
    both = [*told("dated", effective="2019-10-09"), *told("seen", seen="2023-03-31")]
    (row,) = ask(both, "2020-01-01")
    assert row.result is R.LISTED_AT_DATE
    assert row.listing is not None
    assert row.listing.id == "US-BIS-EL/dated"
    assert results(ask(told("seen", seen="2023-03-31"), "2020-01-01")) == [R.UNKNOWN]


def test_an_older_list_does_not_stand_against_an_end_told_later() -> None:
    both = [*told("dated", effective="2015-01-01", ended="2023-02-01"), *told("seen", seen="2021-03-10")]
    assert results(ask(both, "2024-01-01")) == [R.DELISTED_BEFORE]


def test_a_later_edition_does_not_unlist_who_was_listed_before() -> None:
    both = [*told("new", effective="2026-06-10"), *told("old", effective="2021-06-03")]
    (row,) = ask(both, "2022-12-05")
    assert row.result is R.LISTED_AT_DATE
    assert results(ask(both, "2021-01-01")) == [R.NOT_YET_LISTED]


def noticed() -> list[ListEvent]:
    """The same listing with its days, and by a notice that tells them within a week."""
    exact = told("dated", announced="2019-10-07", effective="2019-10-09")
    (loose,) = told("noticed", seen="2026-07-09")
    within = DateSpan(date(2019, 10, 2), date(2019, 10, 9))
    return [*exact, replace(loose, listing=replace(loose.listing, effective=within, status=Checking.UNVERIFIED))]


def test_who_knows_the_day_goes_before_who_knows_the_week() -> None:
    days = {"2019-10-01": R.NOT_YET_LISTED, "2019-10-08": R.ANNOUNCED_NOT_EFFECTIVE, "2019-10-09": R.LISTED_AT_DATE}
    for on, result in days.items():
        (row,) = ask(noticed(), on)
        assert row.result is result
        assert row.listing is not None
        assert row.listing.id == "US-BIS-EL/dated"


def test_within_the_week_of_the_notice_it_is_not_known() -> None:
    alone = noticed()[1:]
    found = [results(ask(alone, on)) for on in ("2019-10-01", "2019-10-05", "2019-10-09", "2021-01-01")]
    assert found == [[R.NOT_YET_LISTED], [R.UNKNOWN], [R.LISTED_AT_DATE], [R.LISTED_AT_DATE]]


def test_lists_that_differ_on_a_day_are_both_told_with_a_note() -> None:
    both = [
        *told("off", effective="2015-01-01", ended="2020-01-01"),
        *told("on", seen="2022-03-01", effective="2015-01-01"),
    ]
    rows = ask(both, "2021-01-01")
    assert {row.result for row in rows} == {R.DELISTED_BEFORE, R.LISTED_AT_DATE}
    assert all(any("Lists differ" in note for note in row.notes) for row in rows)


def test_who_knows_of_a_grace_goes_before_who_does_not() -> None:
    both = [*told("plain", effective="2021-08-02"), *told("graced", effective="2021-08-02", grace_end="2022-06-03")]
    assert results(ask(both, "2022-01-01")) == [R.WITHIN_GRACE]
    assert results(ask(both, "2022-07-01")) == [R.LISTED_AT_DATE]


def test_without_a_date_all_days_are_answered_and_the_date_is_asked_for() -> None:
    rows = ask(told("x", effective="2019-10-09"), "")
    assert results(rows) == [R.NOT_YET_LISTED, R.LISTED_AT_DATE]
    assert all(any("ask for the date" in note for note in row.notes) for row in rows)


def test_a_list_whose_limits_are_not_recorded_says_so() -> None:
    (row,) = ask(told("x", regime="XX-OWN-LIST", effective="2019-10-09"), "2020")
    assert any("not recorded here" in note for note in row.notes)


def test_an_owner_of_whom_it_is_not_known_whether_he_was_listed_makes_it_unknown() -> None:
    stake = Edge(NAME, CHILD.name, Decimal(100), Decimal(100))
    rule = OwnershipRule("US-BIS-EL", None, None, ">=50", aggregate=True, words="half")
    events = told("seen", seen="2023-03-31")
    (row,) = ask(events, "2020-01-01", stake, body=CHILD, rules=(rule,))
    assert row.result is R.UNKNOWN
    assert any("Whether the owner was listed" in note for note in row.notes)
    assert results(ask(events, "2023-03-31", stake, body=CHILD, rules=(rule,))) == [R.OWNERSHIP_COVERED]


def test_no_rule_recorded_is_not_no_rule() -> None:
    stake = Edge(NAME, CHILD.name, Decimal(100), Decimal(100))
    (row,) = ask(told("x", regime="UN-SC", effective="2010-01-01"), "2020", stake, body=CHILD)
    assert row.result is R.UNKNOWN
    assert any("no ownership rule of this regime is recorded" in note for note in row.notes)


def test_less_than_half_is_no_affiliate_by_itself() -> None:
    events = told("x", regime="US-FCC-COVERED", effective="2021-03-12")
    for share, expected in ((60, R.AFFILIATE_TEXT), (10, R.OWNERSHIP_MINORITY)):
        stake = Edge(NAME, CHILD.name, Decimal(share), Decimal(share))
        assert results(ask(events, "2023-01-01", stake, body=CHILD)) == [expected]


def test_the_path_begins_with_the_owner_that_is_listed() -> None:
    stakes = (
        Edge("Another Unlisted Holder", CHILD.name, Decimal(10), Decimal(10)),
        Edge("Middle Holding", CHILD.name, Decimal(60), Decimal(60)),
        Edge(NAME, "Middle Holding", Decimal(50), Decimal(50)),
    )
    (row,) = [
        r for r in ask(told("x", effective="2019-10-09"), "2025-10-15", *stakes, body=CHILD) if r.regime == "US-BIS-EL"
    ]
    assert row.result is R.OWNERSHIP_COVERED
    assert row.path == (
        f"{NAME} holds 50 % of Middle Holding",
        f"Middle Holding holds 60 % of {CHILD.name}",
    )
