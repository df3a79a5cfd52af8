"""Dated screening: the test vectors of the domain guide (3.6), on the events and rules that are built in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from countersight.lists import builtin
from countersight.model import DateSpan
from countersight.model.screening import Asked, Body, Edge, Result, Screening
from countersight.screening import Knowledge, Screen

HIKVISION = "杭州海康威视数字技术股份有限公司"
R = Result


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen(Knowledge(builtin.events(), builtin.regimes(), builtin.ownership()))


def owned(*edges: Edge) -> Screen:
    return Screen(Knowledge(builtin.events(), builtin.regimes(), builtin.ownership(), edges))


def day(text: str) -> DateSpan:
    parts = [int(part) for part in text.split("-")]
    return DateSpan.of(*parts, text=text)


def asked(text: str, end: str = "") -> Asked:
    return Asked("performance" if end else "signed", day(text), day(end) if end else None)


def results(rows: tuple[Screening, ...], regime: str) -> list[Result]:
    return [row.result for row in rows if row.regime == regime and row.result is not R.NAME_SIMILAR_NOT_LISTED]


def similar(rows: tuple[Screening, ...], regime: str) -> list[Screening]:
    return [row for row in rows if row.regime == regime and row.result is R.NAME_SIMILAR_NOT_LISTED]


def test_t1_listed_during_performance_and_its_parent_too(screen: Screen) -> None:
    moyu = Body("墨玉海视电子技术有限公司")
    rows = screen.screen(moyu, [asked("2017", "2024-12-13")])
    own = [row for row in rows if row.party == moyu and row.regime == "US-BIS-EL"]
    assert [row.result for row in own] == [R.LISTED_DURING_PERFORMANCE]
    assert own[0].listing is not None
    assert own[0].listing.effective == day("2023-03-28") or own[0].listing.effective.from_ == date(2023, 3, 28)  # type: ignore[union-attr]
    parent = [row for row in rows if row.party.name == "Hikvision" and row.regime == "US-BIS-EL"]
    assert [row.result for row in parent] == [R.LISTED_DURING_PERFORMANCE]
    assert "2019-10-09" in str(parent[0].listing.effective.from_)  # type: ignore[union-attr]
    signed = screen.screen(moyu, [asked("2017")])
    assert {row.result for row in signed if row.regime == "US-BIS-EL"} == {R.NOT_YET_LISTED}


def test_t2_a_listed_vendor_on_five_lists(screen: Screen) -> None:
    rows = screen.screen(Body(HIKVISION, identifiers=(("uscc", "91330000733796106P"),)), [asked("2022-12")])
    for regime in ("US-BIS-EL", "US-OFAC-NSCMIC", "US-DOD-1260H", "US-FCC-COVERED", "US-NDAA-889"):
        assert results(rows, regime) == [R.LISTED_AT_DATE], regime
    (cmic,) = [row for row in rows if row.regime == "US-OFAC-NSCMIC"]
    assert any("after the last day of divestment, 2022-06-03" in note for note in cmic.notes)
    (entity,) = [row for row in rows if row.regime == "US-BIS-EL"]
    assert "buying from the listed party" in entity.not_prohibited
    assert screen.screen(Body("澄迈县公安局"), [asked("2022-12")]) == ()


@pytest.mark.parametrize(
    ("when", "expected"),
    [("2025-10-15", R.OWNERSHIP_COVERED), ("2025-12-01", R.REGIME_NOT_IN_FORCE), ("2026-11-15", R.UNKNOWN)],
)
def test_t3_a_wholly_owned_subsidiary_under_the_affiliates_rule(when: str, expected: Result) -> None:
    child = Body("甲乙丙技术服务有限公司")
    screen = owned(Edge(HIKVISION, child.name, Decimal(100), Decimal(100), source="annual report p. 3"))
    rows = screen.screen(child, [asked(when)])
    assert results(rows, "US-BIS-EL") == [expected]
    (row,) = [row for row in rows if row.regime == "US-BIS-EL"]
    assert row.path == (f"{HIKVISION} holds 100 % of {child.name} (annual report p. 3)",)
    assert results(rows, "US-FCC-COVERED") == [R.AFFILIATE_TEXT]
    assert results(rows, "US-OFAC-NSCMIC") == [R.REGIME_NOT_IN_FORCE]
    (cmic,) = [row for row in rows if row.regime == "US-OFAC-NSCMIC"]
    assert any("no ownership rule" in note for note in cmic.notes)


def test_t4_a_listed_minority_owner_is_a_red_flag() -> None:
    child = Body("甲乙丙技术服务有限公司")
    rows = owned(Edge(HIKVISION, child.name, Decimal(48), Decimal(48))).screen(child, [asked("2025-10-15")])
    (row,) = [row for row in rows if row.regime == "US-BIS-EL"]
    assert row.result is R.OWNERSHIP_MINORITY
    assert any("Red Flag 29" in note for note in row.notes)


def test_t5_announced_and_not_yet_effective(screen: Screen) -> None:
    cloudwalk = Body("云从科技", identifiers=(("uscc", "914401153314442716"),))
    assert results(screen.screen(cloudwalk, [asked("2020-05-28")]), "US-BIS-EL") == [R.ANNOUNCED_NOT_EFFECTIVE]
    assert results(screen.screen(cloudwalk, [asked("2020-06-05")]), "US-BIS-EL") == [R.LISTED_AT_DATE]


def test_t6_taken_off_one_list_and_still_on_others(screen: Screen) -> None:
    megvii = Body("北京旷视科技有限公司", others=("Megvii Technology",))
    assert results(screen.screen(megvii, [asked("2024-06-01")]), "US-DOD-1260H") == [R.LISTED_AT_DATE]
    later = screen.screen(megvii, [asked("2025-06-01")])
    assert results(later, "US-DOD-1260H") == [R.DELISTED_BEFORE]
    assert results(later, "US-BIS-EL") == [R.LISTED_AT_DATE]
    assert results(later, "US-OFAC-NSCMIC") == [R.LISTED_AT_DATE]


def test_t7_the_same_brand_is_another_legal_person(screen: Screen) -> None:
    rows = screen.screen(Body("SenseTime Group, Inc."), [asked("2021-12")])
    assert results(rows, "US-OFAC-NSCMIC") == []
    (row,) = similar(rows, "US-OFAC-NSCMIC")
    assert any("FAQ 857" in note for note in row.notes)


def test_t8_the_same_word_is_a_stranger(screen: Screen) -> None:
    rows = screen.screen(Body("Dahua Electronics Corp.", country="US"), [asked("2018-01-15")])
    assert not [row for row in rows if row.result is not R.NAME_SIMILAR_NOT_LISTED]


@pytest.mark.parametrize(
    ("when", "expected"), [("2023-05-01", R.OWNERSHIP_MINORITY), ("2024-07-03", R.OWNERSHIP_COVERED)]
)
def test_t9_fifty_percent_under_eu_law_before_and_after_july_2024(when: str, expected: Result) -> None:
    screen = listed_owners("EU-CONSOLIDATED", {"Northern Example Works": 50})
    (row,) = screen.screen(Body("Daughter of Example"), [asked(when)])
    assert row.result is expected
    assert any("controlled in another way" in note for note in row.notes) == (expected is R.OWNERSHIP_MINORITY)


@pytest.mark.parametrize(
    ("when", "expected"), [("2014-08-12", R.OWNERSHIP_MINORITY), ("2014-08-13", R.OWNERSHIP_COVERED)]
)
def test_t10_two_listed_owners_count_together_since_august_2014(when: str, expected: Result) -> None:
    screen = listed_owners("US-OFAC-SDN", {"Northern Example Works": 25, "Southern Sample Mills": 25})
    (row,) = screen.screen(Body("Daughter of Example"), [asked(when)])
    assert row.result is expected


def test_t11_a_buyer_on_one_list_and_a_day_later_on_two(screen: Screen) -> None:
    bureau = Body("新疆维吾尔自治区公安厅")
    before, after = (screen.screen(bureau, [asked(when)]) for when in ("2020-07-08", "2020-07-09"))
    assert results(before, "US-BIS-EL") == results(after, "US-BIS-EL") == [R.LISTED_AT_DATE]
    assert results(before, "US-OFAC-SDN") == [R.NOT_YET_LISTED]
    assert results(after, "US-OFAC-SDN") == [R.LISTED_AT_DATE]


def test_t12_listed_between_contract_and_delivery(screen: Screen) -> None:
    rows = screen.screen(
        Body("浙江宇视科技有限公司", others=("Zhejiang Uniview Technologies Co., Ltd.",)),
        [asked("2024-11-20", "2025-02")],
    )
    assert results(rows, "US-BIS-EL") == [R.LISTED_DURING_PERFORMANCE]


def test_t13_delisted_with_the_mark_carried(screen: Screen) -> None:
    institute = Body("公安部物证鉴定中心")
    assert results(screen.screen(institute, [asked("2023-06")]), "US-BIS-EL") == [R.LISTED_AT_DATE]
    rows = screen.screen(institute, [asked("2024-02")])
    assert results(rows, "US-BIS-EL") == [R.DELISTED_BEFORE]
    assert any("unverified: removal date" in note for row in rows for note in row.notes)


def test_t14_a_year_alone_has_both_answers_and_asks_for_the_day(screen: Screen) -> None:
    rows = [
        row
        for row in screen.screen(Body(HIKVISION, others=("Hikvision",)), [asked("2019")])
        if row.regime == "US-BIS-EL"
    ]
    assert [row.result for row in rows] == [R.NOT_YET_LISTED, R.ANNOUNCED_NOT_EFFECTIVE, R.LISTED_AT_DATE]
    assert all(any("ask for the exact day" in note for note in row.notes) for row in rows)


def listed_owners(regime: str, shares: dict[str, int]) -> Screen:
    from dataclasses import replace

    from countersight.model import EventKind, ListedName, ListEvent

    first = builtin.events()[0]
    events = [
        ListEvent(
            EventKind.LISTED,
            replace(
                first.listing,
                id=f"{regime}/{name}",
                regime=regime,
                names=(ListedName(name),),
                identifiers=(),
                effective=day("2010-01-01"),
                announced=None,
                published=None,
            ),
            first.told_by,
            first.known_from,
        )
        for name in shares
    ]
    edges = [Edge(name, "Daughter of Example", Decimal(share), Decimal(share)) for name, share in shares.items()]
    return Screen(Knowledge(tuple(events), builtin.regimes(), builtin.ownership(), tuple(edges)))
