from __future__ import annotations

import pytest
from find_small import pack

from countersight.find.assess import Assessed, assess
from countersight.find.conditions import DocumentFacts
from countersight.find.rules import KIND_RUNGS
from countersight.model import RUNGS, DateSpan, Hit, Strength


def one(
    extra: str = "",
    kind: str | None = "contract",
    dated: DateSpan | None = None,
    signals: dict[str, int] | None = None,
    *,
    negated: bool = False,
    cap: str | None = None,
) -> Assessed | None:
    """What becomes of one hit of a rule that asks for E2."""
    hit = Hit("GRP-04", 1, 0, 4, (), (), negated, cap)
    found = assess(pack("[ethnonym, alert]", extra), DocumentFacts(kind, dated, 1, signals or {}, (hit,)))
    return found[0] if found else None


def strength(extra: str = "", kind: str | None = "contract", dated: DateSpan | None = None, **more: object) -> str:
    found = one(extra, kind, dated, **more)  # type: ignore[arg-type]
    return str(found.strength) if found else "dropped"


@pytest.mark.parametrize(
    ("kind", "rung", "expected"),
    [
        ("press", "E0", "lead"),
        ("letter", "E0", "lead"),
        ("standard", "E2", "finding"),
        ("brochure", "E3", "finding"),
        ("tender", "E4", "finding"),
        ("award", "E5", "finding"),
        ("acceptance", "E6", "finding"),
        ("operation", "E7", "finding"),
        ("case_file", "E8", "finding"),
        (None, "E0", "lead"),
        ("a kind of tomorrow", "E0", "lead"),
    ],
)
def test_the_kind_of_document_carries_the_rung(kind: str | None, rung: str, expected: str) -> None:
    found = one(kind=kind)
    assert found is not None
    assert (found.rung, str(found.strength)) == (rung, expected)


def test_every_kind_has_a_rung_of_the_ladder_and_none_is_knowledge() -> None:
    assert set(KIND_RUNGS.values()) <= set(RUNGS) - {"K"}


def test_the_words_cap_the_rung_and_say_so() -> None:
    found = one(cap="E1")
    assert found is not None
    assert (found.rung, found.strength) == ("E1", Strength.LEAD)
    assert any("E1" in note for note in found.notes)
    above = one(cap="E5", kind="brochure")
    assert above is not None
    assert above.rung == "E3", "a cap never raises"


def test_below_the_least_rung_the_reader_is_told_why() -> None:
    found = one(kind="press")
    assert found is not None
    assert found.notes == ("The record carries rung E0; the rule asks for E2 or above.",)


def test_a_negated_hit_is_exculpatory_whatever_the_document() -> None:
    for kind in ("contract", "letter", None):
        assert strength(kind=kind, negated=True) == "exculpatory"


def test_kind_and_date_never_hide_what_speaks_for_the_company() -> None:
    extra = "requires: [{kinds: [tender]}, {dated: {from: 2016, to: 2017}}]"
    late = DateSpan.of(2023)
    assert strength(extra, "letter", late) == "dropped"
    assert strength(extra, "letter", late, negated=True) == "exculpatory"


def test_a_negated_hit_out_of_the_rules_subject_is_dropped() -> None:
    assert strength("requires: [{signal: {of: video}}]", negated=True) == "dropped"


@pytest.mark.parametrize(
    ("condition", "kind", "expected"),
    [
        ("{kinds: [contract, tender]}", "contract", "finding"),
        ("{kinds: [tender]}", "contract", "dropped"),
        ("{kinds: [tender], else: lead}", "contract", "lead"),
        ("{kinds: [tender]}", None, "dropped"),
        ("{not_kinds: [register]}", "register", "dropped"),
        ("{not_kinds: [register]}", "contract", "finding"),
        ("{not_kinds: [register]}", None, "lead"),
    ],
)
def test_conditions_on_the_kind(condition: str, kind: str | None, expected: str) -> None:
    assert strength(f"requires: [{condition}]", kind) == expected


@pytest.mark.parametrize(
    ("dated", "expected"),
    [
        (DateSpan.of(2017, 5), "finding"),
        (DateSpan.of(2016), "finding"),
        (DateSpan.of(2018, 6), "finding"),
        (DateSpan.of(2018), "lead"),
        (DateSpan.of(2018, 7, 1), "dropped"),
        (DateSpan.of(2015), "dropped"),
        (None, "lead"),
    ],
)
def test_the_whole_date_must_lie_inside(dated: DateSpan | None, expected: str) -> None:
    assert strength("requires: [{dated: {from: 2016, to: 2018-06}}]", dated=dated) == expected


def test_an_open_end_is_open() -> None:
    assert strength("requires: [{dated: {from: 2016-03-15}}]", dated=DateSpan.of(2016, 3, 15)) == "finding"
    assert strength("requires: [{dated: {to: 2016}}]", dated=DateSpan.of(1999)) == "finding"


@pytest.mark.parametrize(
    ("signal", "signals", "expected"),
    [
        ("{of: video, at_least: 2}", {"video": 2}, "finding"),
        ("{of: video, at_least: 2}", {"video": 1}, "dropped"),
        ("{of: [video, gpu], at_least: 2}", {"video": 1, "gpu": 1}, "finding"),
        ("{of: video}", {}, "dropped"),
        ("{of: weather, at_most: 3}", {"weather": 4}, "dropped"),
        ("{of: weather, at_most: 3}", {}, "finding"),
    ],
)
def test_conditions_on_what_else_the_document_speaks_of(signal: str, signals: dict[str, int], expected: str) -> None:
    assert strength(f"requires: [{{signal: {signal}}}]", signals=signals) == expected


def test_the_note_of_a_failed_condition_is_told() -> None:
    found = one('requires: [{kinds: [tender], else: lead, note: "only a tender demands"}]')
    assert found is not None
    assert found.notes == ("only a tender demands",)


def test_the_order_of_hits_is_kept() -> None:
    hits = tuple(Hit("GRP-04", page, 0, 4, ()) for page in (3, 1, 2))
    found = assess(pack("ethnonym"), DocumentFacts("contract", None, 3, {}, hits))
    assert [item.hit.page for item in found] == [3, 1, 2]
