from __future__ import annotations

from importlib import import_module

import pytest

from countersight.model import Digest
from countersight.report.checked import checked, record, upper
from countersight.report.wording import banned
from countersight.sample import Answer, Draw, Sample

fake = import_module("report_fake")
COVER = (Digest.of(b"root"), Digest.of(b"rules"), Digest.of(b"code"))
YES, NO, UNREADABLE = Answer.RELEVANT, Answer.NOT_RELEVANT, Answer.UNREADABLE


def sample(*answers: Answer | None, population: int = 15_000) -> Sample:
    pages = tuple((fake.TENDER, number) for number in range(1, len(answers) + 1))
    draw = Draw(5, "2026-01-02T03:04:05Z", "any words", population, pages, *COVER)
    by, at = ("second reader", "2026-01-09T00:00:00Z") if any(answers) else (None, None)
    return Sample(draw, answers, by, at)


def told(made: Sample, cover: tuple[Digest, Digest, Digest] = COVER) -> str:
    return " ".join(checked(made, fake.files(), cover).sentences)


def test_six_hundred_pages_without_a_miss_bound_the_share_at_half_a_percent() -> None:
    words = told(sample(*[NO] * 600))
    assert "600 of the 15,000 pages on which no rule found anything were drawn by lot on 2026-01-02" in words
    assert "at most 0.5 % of such pages hold something that the rules missed (74 of 15,000)" in words
    assert banned(words) == []


def test_a_sample_without_answers_bounds_nothing() -> None:
    words = told(sample(None, None))
    assert "Nobody has given answers yet" in words
    assert "%" not in words


def test_pages_that_could_not_be_judged_are_counted_as_missed_in_a_second_bound() -> None:
    words = told(sample(*[NO] * 98, UNREADABLE, YES))
    assert "on 1 the rules missed something, on 98 nothing, and 1 could not be judged" in words
    assert "If all that could not be judged did, it were at most 6.2 %." in words


def test_an_unfinished_sample_says_so() -> None:
    words = told(sample(NO, NO, None))
    assert "1 page still without an answer" in words
    assert "The sample is not finished" in words


def test_where_every_page_was_read_nothing_is_estimated() -> None:
    assert "These were all such pages: nothing is estimated." in told(sample(NO, YES, population=2))
    assert "nothing is estimated" not in told(sample(NO, UNREADABLE, population=2))


@pytest.mark.parametrize("changed", [0, 1, 2])
def test_a_draw_from_other_evidence_rules_or_program_says_so(changed: int) -> None:
    now = tuple(Digest.of(b"new") if i == changed else digest for i, digest in enumerate(COVER))
    assert "have changed since the draw" in told(sample(NO), now)  # type: ignore[arg-type]
    assert "have changed" not in told(sample(NO))


def test_missed_pages_are_named_by_their_file() -> None:
    assert checked(sample(NO, YES), fake.files(), COVER).missed == (("招标文件.pdf", 2),)


def test_the_record_holds_the_counts_and_the_bounds() -> None:
    made = record(sample(*[NO] * 59, YES), COVER)
    assert (made["id"], made["population"], made["drawn"], made["relevant"]) == ("sample-5", 15_000, 60, 1)
    assert made["missed"] == [{"digest": fake.TENDER, "page": 60}]
    assert made["bound"] == pytest.approx(0.0767, abs=1e-4)
    assert made["current"] is True


@pytest.mark.parametrize(("bound", "words"), [(0.0044, "0.5 %"), (0.005, "0.5 %"), (0.4707, "47.1 %"), (1.0, "100 %")])
def test_a_bound_is_never_rounded_down(bound: float, words: str) -> None:
    assert upper(bound) == words
