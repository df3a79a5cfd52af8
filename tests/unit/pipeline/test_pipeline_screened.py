from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from countersight.lists import builtin
from countersight.model import (
    Citation,
    Component,
    DateSpan,
    Deal,
    Digest,
    FileRow,
    Locator,
    Organisation,
    Party,
    Sighting,
    Stake,
    Status,
)
from countersight.model.screening import UNDATED, Asked, Body, Result, Screening
from countersight.pipeline.examine import rules
from countersight.pipeline.joining import renames, supplies
from countersight.pipeline.screened import asked_of, body, edge, screen_with, screened
from countersight.report import annex, chronology
from countersight.report.wording import banned

D = Digest.of(b"record")
HIKVISION = "杭州海康威视数字技术股份有限公司"
JOINED = {flag.id: flag for flag in rules(()).joined}


def file_row(name: str, **more: Any) -> FileRow:
    facts: dict[str, Any] = dict.fromkeys(
        ("parent", "parent_locator", "kind", "kind_reason", "language", "dated", "pages", "reason", "reader")
    )
    facts |= {"digest": D, "media_type": "text/plain", "size": 1, "pages_ocr": 0, "pages_blank": 0, "pages_failed": ()}
    return FileRow(name=name, locator=Locator(name), status=Status.READ, **facts | more)


def cited(quote: str) -> Citation:
    return Citation(D, "a.txt", Locator("a.txt"), None, None, 0, len(quote), quote)


def day(text: str) -> DateSpan:
    return DateSpan.of(*map(int, text.split("-")), text=text)


def deal(*names: str, parts: tuple[Component, ...] = (), **dates: str) -> Deal:
    parties = tuple(Party(name, "supplier", cited(name)) for name in names)
    spans = {role: day(text) for role, text in dates.items()}
    return Deal("D-1", "contract", D, title="Project", parties=parties, dates=spans, components=parts)


def rows(one: Deal, *stakes: Stake) -> tuple[Screening, ...]:
    return screened(screen_with(builtin.events(), stakes), [one], [], [])


def nvidia() -> Component:
    return Component("Tesla T4", "NVIDIA", "chip", Decimal(8), None, False, cited("Tesla T4"))


def test_a_deal_is_asked_for_on_all_its_days() -> None:
    one = deal(tender="2020-01-01", award="2020-02", signed="2020-03-01", end="2022-03-01", document="2020-03-02")
    assert [asked.role for asked in asked_of(one)] == ["tender", "award", "signed", "document", "performance"]
    (performance,) = [asked for asked in asked_of(one) if asked.role == "performance"]
    assert (performance.date, performance.end) == (day("2020-03-01"), day("2022-03-01"))


def test_an_end_before_the_beginning_is_no_performance_and_no_date_at_all_is_any_day() -> None:
    assert [asked.role for asked in asked_of(deal(signed="2022-01-01", end="2020"))] == ["signed"]
    assert list(asked_of(deal())) == [Asked("document", UNDATED, deal="D-1")]


def test_a_stake_keeps_its_page_and_its_kind() -> None:
    stake = Stake("S-1", "Owner", "Owned", cited("x"), None, None, "ultimate_consolidation", stated=date(2024, 5, 1))
    made = edge(stake)
    assert made.told() == "Owner holds an unknown share of Owned (ultimate consolidation: a.txt)"
    assert made.stated == DateSpan(date(2024, 5, 1), date(2024, 5, 1))


def test_an_organisation_is_asked_for_by_its_commonest_name() -> None:
    one = Organisation("org-1", (("B", "en", 1), ("甲", "zh", 3), ("A", "en", 1)), "company")
    assert body(one) == Body("甲", ("A", "B"), (), id="org-1")


def flags(one: Deal) -> list[Any]:
    return list(supplies(JOINED["SUP-02"], [one], rows(one), {D: file_row("a.txt", digest=D, kind="contract")}))


def test_a_listed_supplier_with_parts_is_a_finding_and_without_or_with_half_a_date_a_lead() -> None:
    (finding,) = flags(deal(HIKVISION, parts=(nvidia(),), signed="2022-12-05"))
    assert finding.strength.value == "finding"
    assert finding.notes == (
        f"{HIKVISION} is the supplier here: what the list restricts is supply to it, not buying from it",
    )
    assert [flag.strength.value for flag in flags(deal(HIKVISION, signed="2022-12-05"))] == ["lead"]
    assert [flag.strength.value for flag in flags(deal(HIKVISION, parts=(nvidia(),), signed="2019"))] == ["lead"]
    assert flags(deal(HIKVISION, parts=(nvidia(),), signed="2018")) == []
    assert banned(finding.explanation) == []


def test_a_former_name_given_soon_after_the_listing_is_a_flag_and_given_late_is_none() -> None:
    sighting = Sighting(
        "旷视科技有限公司", "zh", 1, cited("旷视科技有限公司"), ties=(("former", "北京旷视科技有限公司"),)
    )
    one = Organisation("org-1", (("北京旷视科技有限公司", "zh", 1),), "company", sightings=(sighting,))
    file = file_row("a.txt", digest=D, kind="report", dated=day("2020-06-01"))
    held = screened(screen_with(builtin.events()), [], [one], [file])
    for said, strength in (
        ([day("2020-03")], "lead"),
        ([], "lead"),
        ([day("2030-03")], None),
        ([day("2018-03")], None),
    ):
        found = list(renames(JOINED["OWN-03"], [one], held, {D: file}, lambda _, said=said: said))  # type: ignore[misc]
        assert [flag.strength.value for flag in found] == ([strength] if strength else [])
        assert all(" since 20" in flag.explanation for flag in found)


def test_the_annex_gathers_dates_of_one_answer_and_prints_limits_of_every_regime() -> None:
    told = annex.told(rows(deal(HIKVISION, signed="2022-12-05", document="2022-12-06")))
    assert told is not None
    (held,) = told.parties
    first = next(line for line in held.lines if line.row.regime == "US-BIS-EL")
    assert {asked.role for asked in first.asked} == {"document", "signed"}
    assert {regime for regime, _, _ in told.limits} == {line.row.regime for line in held.lines}
    assert all(effect and limits for _, effect, limits in told.limits)
    assert ("US-BIS-EL", "listed on the date") in told.chips["D-1", HIKVISION]
    assert told.by_name
    assert annex.told(()) is None


def test_the_words_of_the_annex_are_none_that_a_dossier_does_not_use() -> None:
    assert set(annex.WORDS) == set(Result)
    assert banned(" ".join(annex.WORDS.values())) == []


def test_the_chronology_has_deals_and_lists_on_one_axis_each_fact_once() -> None:
    one = deal(HIKVISION, signed="2020-01-01", document="2020-01-01")
    twice = (*rows(one), *rows(one))
    events = chronology.events([one], twice)
    assert len({event.id for event in events}) == len(events)
    assert [event.on.from_ for event in events] == sorted(event.on.from_ for event in events)
    told = chronology.told([one], twice)
    assert told is not None
    assert "contract Project: signature, date of the record" in [line.text for line in told.lines]
    assert "US-BIS-EL: Hikvision: listed, published" in [line.text for line in told.lines]
