from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from countersight.cascade import reaches, valid
from countersight.model import DateSpan
from countersight.model.screening import Edge, OwnershipRule

HALF = OwnershipRule("R", None, None, ">=50", aggregate=True)
ALONE = OwnershipRule("R", None, None, ">=50")
MORE = OwnershipRule("R", None, None, ">50", aggregate=True)


def edge(owner: str, owned: str, share: int | None, **more: DateSpan) -> Edge:
    size = None if share is None else Decimal(share)
    return Edge(owner, owned, size, size, **more)  # type: ignore[arg-type]


def how(name: str, *edges: Edge, rule: OwnershipRule = HALF, listed: str = "L") -> str | None:
    found = reaches(edges, listed.split(), rule).get(name)
    return found.how if found else None


def test_stakes_are_not_multiplied() -> None:
    assert how("B", edge("L", "A", 50), edge("A", "B", 50)) == "covered"
    assert how("B", edge("L", "A", 49), edge("A", "B", 100)) is None
    assert how("A", edge("L", "A", 49), edge("A", "B", 100)) == "minority"


def test_exactly_half_is_enough_or_not_as_the_rule_says() -> None:
    assert how("A", edge("L", "A", 50)) == "covered"
    assert how("A", edge("L", "A", 50), rule=MORE) == "minority"
    assert how("A", edge("L", "A", 51), rule=MORE) == "covered"


def test_stakes_of_several_are_added_only_where_the_rule_adds_them() -> None:
    both = edge("L", "A", 25), edge("M", "A", 25)
    assert how("A", *both, listed="L M") == "covered"
    assert how("A", *both, listed="L M", rule=ALONE) == "minority"


def test_a_stake_told_by_two_sources_counts_once() -> None:
    assert how("A", edge("L", "A", 30), edge("L", "A", 30)) == "minority"


def test_a_stake_of_unknown_size_makes_it_possible_and_so_does_what_hangs_on_it() -> None:
    assert how("A", edge("L", "A", None)) == "possible"
    assert how("B", edge("L", "A", None), edge("A", "B", 60)) == "possible"
    assert how("A", edge("L", "A", None), edge("L", "A", 60)) == "covered"


def test_what_a_record_states_on_a_day_is_not_known_on_others() -> None:
    stated = edge("L", "A", 60, stated=DateSpan.of(2025, 10, 15))
    assert how("A", *valid([stated], date(2025, 10, 15))) == "covered"
    assert how("A", *valid([stated], date(2025, 10, 16))) == "possible"
    since = edge("L", "A", 60, from_=DateSpan.of(2015, 3, 1), to=DateSpan.of(2020))
    days = ((2015, 2, 28), (2015, 3, 1), (2020, 6, 1), (2021, 1, 1))
    assert [how("A", *valid([since], date(*day))) for day in days] == [None, "covered", "possible", None]


def test_the_path_leads_from_the_listed_body_on() -> None:
    found = reaches([edge("A", "B", 50), edge("L", "A", 50)], ["L"], HALF)["B"]
    assert [(step.owner, step.owned) for step in found.path] == [("L", "A"), ("A", "B")]


STAKES = st.lists(st.builds(edge, *[st.sampled_from("LMABCDE")] * 2, st.none() | st.integers(0, 100)), max_size=14)
RULES = st.sampled_from([HALF, ALONE, MORE])
ORDER = [None, "minority", "possible", "covered"]


@given(STAKES, RULES)
def test_any_graph_ends_whatever_circles_it_has(edges: list[Edge], rule: OwnershipRule) -> None:
    found = reaches(edges, ["L", "M"], rule)
    assert not found.keys() & {"L", "M"}
    assert all(step.owner in {"L", "M", *found} for one in found.values() for step in one.path)


@given(STAKES, RULES, st.randoms(use_true_random=False))
def test_the_order_of_stakes_does_not_count(edges: list[Edge], rule: OwnershipRule, random: Random) -> None:
    shuffled = random.sample(edges, len(edges))
    one, two = (reaches(given, ["L", "M"], rule) for given in (edges, shuffled))
    assert {name: (found.how, found.share) for name, found in one.items()} == {
        name: (found.how, found.share) for name, found in two.items()
    }


@given(STAKES, RULES, st.builds(edge, *[st.sampled_from("LMABCDE")] * 2, st.integers(0, 100)))
def test_one_stake_more_never_uncovers(edges: list[Edge], rule: OwnershipRule, more: Edge) -> None:
    before, after = reaches(edges, ["L", "M"], rule), reaches([*edges, more], ["L", "M"], rule)
    for name, found in before.items():
        if found.how == "covered":
            assert after[name].how == "covered"
