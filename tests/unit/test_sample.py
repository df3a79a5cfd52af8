from __future__ import annotations

import math
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countersight.ledger import GENESIS, Entry, entry
from countersight.model import Digest, codec
from countersight.sample import ANSWERED, SAMPLED, Answer, Draw, PageKey, draw, estimate, lot, samples, upper_bound

SEED = Digest.of(b"root")
PAGES: list[PageKey] = [(Digest.of(str(n).encode()), page) for n in range(40) for page in range(1, 26)]


def test_the_same_evidence_draws_the_same_pages_whatever_their_order() -> None:
    assert draw(PAGES, 30, SEED) == draw(list(reversed(PAGES)), 30, SEED) == draw(PAGES * 2, 30, SEED)
    assert len(set(draw(PAGES, 30, SEED))) == 30


def test_another_process_draws_the_same_pages() -> None:
    script = (
        "from countersight.sample import draw; from countersight.model import Digest;"
        "print(draw([(Digest.of(str(n).encode()), p) for n in range(40) for p in range(1, 26)], 5, Digest.of(b'root')))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.strip() == str(draw(PAGES, 5, SEED))


def test_other_evidence_draws_other_pages() -> None:
    other = draw(PAGES, 100, Digest.of(b"other"))
    assert 0 < len(set(other) & set(draw(PAGES, 100, SEED))) < 40


def test_a_longer_sheet_begins_with_the_shorter_one() -> None:
    assert draw(PAGES, 100, SEED)[:10] == draw(PAGES, 10, SEED)


def test_asking_for_more_than_there_is_gives_all_and_for_none_nothing() -> None:
    assert sorted(draw(PAGES, 5000, SEED)) == sorted(PAGES)
    assert draw(PAGES, 0, SEED) == draw([], 10, SEED) == []
    with pytest.raises(ValueError, match="-1"):
        draw(PAGES, -1, SEED)


def test_every_page_has_the_same_chance() -> None:
    few = PAGES[:20]
    drawn = Counter(page for n in range(2_000) for page in draw(few, 5, Digest.of(str(n).encode())))
    # 2,000 draws at 5 of 20: 500 expected each, standard deviation 19.4
    assert all(abs(drawn[page] - 500) < 5 * 19.4 for page in few)


@pytest.mark.parametrize(
    ("n", "relevant", "confidence", "bound"),
    [
        # Closed forms: none relevant 1 - a^(1/n); one of one 1; n - 1 of n (1 - a)^(1/n) for the upper tail.
        (600, 0, 0.95, 1 - 0.05 ** (1 / 600)),
        (1, 0, 0.95, 0.95),
        (10, 9, 0.95, 0.95 ** (1 / 10)),
        (10, 0, 0.99, 1 - 0.01 ** (1 / 10)),
        # From tables of the beta distribution: qbeta(0.95, k + 1, n - k).
        (10, 1, 0.95, 0.394163),
        (20, 2, 0.95, 0.282619),
        (100, 5, 0.95, 0.102253),
    ],
)
def test_the_bound_is_that_of_clopper_and_pearson(n: int, relevant: int, confidence: float, bound: float) -> None:
    assert upper_bound(n, relevant, confidence) == pytest.approx(bound, abs=2e-6)


@pytest.mark.parametrize("n", [50, 300, 600, 3_000])
def test_the_rule_of_three(n: int) -> None:
    assert 3 / n * 0.95 < upper_bound(n, 0) < 3 / n


@settings(deadline=None, max_examples=40)
@given(n=st.integers(1, 400), data=st.data())
def test_the_bound_lies_above_the_share_found_and_grows_with_it(n: int, data: st.DataObject) -> None:
    relevant = data.draw(st.integers(0, n))
    bound = upper_bound(n, relevant)
    assert relevant / n < bound <= 1 or relevant == n
    assert all(a < b for a, b in pairwise(upper_bound(n, k) for k in range(max(0, relevant - 2), relevant + 1)))


@settings(deadline=None, max_examples=30)
@given(n=st.integers(1, 40), share=st.floats(0.01, 0.99))
def test_the_bound_holds_as_often_as_it_says(n: int, share: float) -> None:
    """The chance that the bound lies below the true share is at most 5 %, whatever the share."""
    wrong = sum(math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1) if upper_bound(n, k) < share)
    assert wrong <= 0.05 + 1e-9


def test_nothing_drawn_says_nothing() -> None:
    assert upper_bound(0, 0) == 1.0
    assert estimate([]).bound == 1.0


@pytest.mark.parametrize(("n", "relevant", "confidence"), [(3, 4, 0.95), (3, -1, 0.95), (3, 1, 1.0), (3, 1, 0.0)])
def test_numbers_that_cannot_be_are_refused(n: int, relevant: int, confidence: float) -> None:
    with pytest.raises(ValueError, match="no bound"):
        upper_bound(n, relevant, confidence)


def test_an_estimate_keeps_unreadable_and_unanswered_pages_apart() -> None:
    answers = [Answer.RELEVANT] + [Answer.NOT_RELEVANT] * 90 + [Answer.UNREADABLE] * 4 + [None] * 5
    found = estimate(answers)
    assert (found.drawn, found.relevant, found.not_relevant, found.unreadable, found.unanswered) == (100, 1, 90, 4, 5)
    assert found.bound == upper_bound(91, 1)
    assert found.worst == upper_bound(95, 5) > found.bound


def act(n: int, what: str, facts: dict[str, Any]) -> Entry:
    return entry(n, f"2026-01-0{n}T00:00:00Z", what, codec.plain(facts), GENESIS)


def drawn(n: int, pages: list[PageKey]) -> Draw:
    return Draw(n, f"2026-01-0{n}T00:00:00Z", "any words", 40, tuple(pages), SEED, SEED, SEED)


def test_a_draw_comes_back_from_the_ledger_with_the_answers_given_last() -> None:
    first, second = drawn(2, PAGES[:3]), drawn(3, PAGES[5:7])
    answers = [
        {"draw": 2, "by": who, "answers": given, "notes": {}}
        for who, given in (
            ("first reader", ["relevant", None, None]),
            ("second reader", ["not_relevant", "unreadable", None]),
        )
    ]
    ledger = [
        act(1, "opened", {"format": 1}),
        act(2, SAMPLED, first.facts()),
        act(3, SAMPLED, second.facts()),
        act(4, ANSWERED, answers[0]),
        act(5, ANSWERED, answers[1]),
    ]
    one, other = samples(ledger)
    assert (one.draw, other.draw) == (first, second)
    assert one.answers == (Answer.NOT_RELEVANT, Answer.UNREADABLE, None)
    assert (one.by, one.at, one.missed) == ("second reader", "2026-01-05T00:00:00Z", ())
    assert (other.answers, other.by) == ((None, None), None)
    assert samples(ledger[:4])[0].missed == (PAGES[0],)


def test_the_lot_follows_from_the_seed_and_from_the_evidence() -> None:
    assert lot("a", SEED) == lot("a", SEED)
    assert len({lot("a", SEED), lot("b", SEED), lot("a", Digest.of(b"other"))}) == 3
