"""Two times: what was known on a day stays what was known on that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from countersight.lists.history import Told, events
from countersight.model import Digest, EventKind, ListedName, ListEvent, Listing, as_known, periods

_FIRST = date(2020, 1, 1)
_days = st.integers(0, 30).map(lambda n: _FIRST + timedelta(days=n))
Snapshots = dict[Told, tuple[Listing, ...]]


def body(name: str, programme: str) -> Listing:
    return Listing(f"R/{name}", "R", (ListedName(name),), Digest("0" * 64), "line 1", programme=programme)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshots:
    found: Snapshots = {}
    for n in range(draw(st.integers(0, 6))):
        told = Told(draw(st.sampled_from("ab")), Digest.of(bytes([n])), draw(_days), draw(_days))
        names = draw(st.dictionaries(st.sampled_from("wxyz"), st.sampled_from("pq"), max_size=4))
        found[told] = tuple(body(f"{told.list_}{name}", programme) for name, programme in names.items())
    return found


def history(found: Snapshots, known: date | None = None) -> list[ListEvent]:
    def listings(told: Told) -> Sequence[Listing]:
        return found[told]

    return list(events(found, listings, known))


class TestWhatWasKnown:
    """A snapshot that comes after a day, of whatever day it tells, changes nothing of what was known on that day."""

    @given(snapshots(), _days)
    def test_later_knowledge_changes_no_earlier_answer(self, found: Snapshots, known: date) -> None:
        then = {told: listings for told, listings in found.items() if told.known_from <= known}
        assert history(found, known) == history(then)
        assert periods(history(found, known)) == periods(history(then))

    @given(snapshots(), _days)
    def test_nothing_is_told_before_it_was_known(self, found: Snapshots, known: date) -> None:
        told = history(found, known)
        assert as_known(told, known) == tuple(told)


class TestPeriods:
    """The periods say of each snapshot's day what that snapshot says, and of no day between what none says."""

    @given(snapshots())
    def test_on_the_last_day_of_a_list_those_stand_that_are_on_it(self, found: Snapshots) -> None:
        for list_ in "ab":
            of_list = sorted((t for t in found if t.list_ == list_), key=lambda t: (t.day, t.known_from, t.digest))
            if of_list:
                standing = {
                    p.listing.id for p in periods(history(found)) if p.until is None and p.listing.id[2] == list_
                }
                assert standing == {one.id for one in found[of_list[-1]]}

    @given(snapshots())
    def test_a_change_lies_after_the_older_and_not_after_the_newer_snapshot(self, found: Snapshots) -> None:
        days = {told.day for told in found}
        for event in history(found):
            if event.within:
                assert event.seen == event.within.to
                assert event.within.to in days
                assert any(older < event.within.from_ for older in days) or event.within.from_ == event.within.to
            elif event.kind is not EventKind.SEEN:
                assert event.kind is EventKind.LISTED

    @given(snapshots())
    def test_periods_of_a_body_follow_each_other(self, found: Snapshots) -> None:
        ended: dict[str, date] = {}
        for period in periods(history(found)):
            if period.listing.id in ended and period.since:
                assert period.since.to >= ended[period.listing.id]
            if period.until:
                ended[period.listing.id] = period.until.from_
