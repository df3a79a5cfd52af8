"""What is built in against what the acts say: dates set here by hand."""

from __future__ import annotations

from datetime import date

from countersight.lists import builtin
from countersight.model import Checking, EventKind, Listing, as_known, periods


def listing(regime: str, name: str) -> Listing:
    return next(p.listing for p in periods(builtin.events()) if p.listing.regime == regime and name in p.listing.name)


def test_entity_list_tranche_of_october_2019() -> None:
    one = listing("US-BIS-EL", "Hikvision")
    assert [getattr(one, name).from_ for name in ("announced", "effective", "published")] == [
        date(2019, 10, 7),
        date(2019, 10, 9),
        date(2019, 10, 9),
    ]
    assert one.cite == "84 FR 54002 (FR Doc. 2019-22210)"


def test_investment_list_has_its_end_of_divestment_and_number() -> None:
    one = listing("US-OFAC-NSCMIC", "HIKVISION")
    assert one.grace_end is not None
    assert one.grace_end.from_ == date(2022, 6, 3)
    assert one.identifiers == (("uscc", "91330000733796106P"),)


def test_three_legal_persons_of_one_brand_stay_three() -> None:
    names = {(one.listing.regime, one.listing.name) for one in builtin.events() if "sense" in one.listing.name.lower()}
    assert {"Sense Time", "SENSETIME GROUP LIMITED", "SenseTime Group, Inc."} <= {name for _, name in names}


def test_a_body_that_went_off_a_list_has_a_period_with_an_end() -> None:
    (period,) = (p for p in periods(builtin.events()) if p.listing.name == "Beijing Megvii Technology Co., Ltd.")
    assert period.since is not None
    assert period.until is not None
    assert (period.since.from_, period.until.from_) == (date(2024, 1, 31), date(2025, 1, 7))


def test_several_bodies_of_one_notice_are_several_listings() -> None:
    named = {e.listing.name for e in builtin.events() if e.listing.regime == "US-NDAA-889"}
    assert {"Huawei Technologies Company", "ZTE Corporation", "Dahua Technology Company"} <= named


def test_a_class_of_equipment_is_no_event() -> None:
    (drones,) = builtin.categories()
    assert drones.regime == "US-FCC-COVERED"
    assert all(event.listing.name != drones.name for event in builtin.events())


def test_what_is_not_checked_says_so() -> None:
    zte = next(e for e in builtin.events() if e.listing.name == "ZTE Corporation" and e.kind is EventKind.DELISTED)
    assert zte.listing.status is Checking.UNVERIFIED
    assert all(e.listing.unverified for e in builtin.events() if e.listing.status is Checking.PART_CHECKED)


def test_nothing_is_known_before_it_was_gathered() -> None:
    first = builtin.events()[0].known_from
    assert as_known(builtin.events(), date(2020, 1, 1)) == ()
    assert as_known(builtin.events(), first) == builtin.events()


def test_every_event_is_of_a_known_regime_with_a_citation() -> None:
    for event in builtin.events():
        assert event.listing.regime in builtin.regimes()
        assert event.listing.cite
        assert event.effective is not None


def test_regimes_say_what_they_do_not_prohibit_and_when_they_are_in_force() -> None:
    assert all(regime.not_prohibited and regime.effect for regime in builtin.regimes().values())
    states = [(one.status, one.from_) for one in builtin.regimes()["US-BIS-AFFIL"].intervals]
    assert states == [
        ("in_force", date(2025, 9, 29)),
        ("suspended", date(2025, 11, 10)),
        ("unknown", date(2026, 11, 10)),
    ]
    assert not builtin.regimes()["CN-COUNTER"].screened
