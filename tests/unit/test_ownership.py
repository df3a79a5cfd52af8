"""Stakes from clues: days, intervals, statements that take each other's place, persons that are dropped."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from countersight.model import Citation, Clue, Digest, Locator, Stake
from countersight.ownership import FIELD, PERSON, STAKE, entities, lei_names, owned

D = Digest.of(b"a")


def cite(clue: Clue) -> Citation:
    return Citation(D, "a.json", Locator("a.json"), clue.page, None, clue.start, clue.end, clue.value)


def fields(record: str, start: int, **said: str) -> list[Clue]:
    return [
        Clue(FIELD, 1, start + n, start + n + 1, value, label.replace("__", "."), "feed", record)
        for n, (label, value) in enumerate(said.items())
    ]


def entity(n: int, known: str, name: str, kind: str = "entity") -> list[Clue]:
    return fields(f"[{n}].", 100 * n, recordId=known, recordType=kind, recordDetails__name=name)


def relation(n: int, owner: str, day: str, share: dict[str, str], **more: str) -> list[Clue]:
    said = {"recordId": "r1", "recordType": "relationship", "statementDate": day, "recordDetails.subject": "e1"}
    said |= {"recordDetails.interestedParty": owner, "recordDetails.interests[0].type": "shareholding"}
    said |= {f"recordDetails.interests[0].share.{key}": value for key, value in share.items()}
    said |= {f"recordDetails.interests[0].{key}": value for key, value in more.items()}
    return fields(f"[{n}].", 100 * n, **said)


def test_prose_says_no_day_but_its_records() -> None:
    clue = Clue(STAKE, 1, 0, 9, "甲公司\t乙公司\t51\t51\tshareholding\t\t\t")
    (stake,) = owned([clue], cite, date(2020, 5, 1)).stakes
    assert (stake.owner, stake.owned, stake.low, stake.high) == ("甲公司", "乙公司", Decimal(51), Decimal(51))
    assert stake.holds_on(date(2020, 5, 1))
    assert stake.holds_on(date(2021, 5, 1)) is None


def test_statements_are_joined_by_their_ids_and_a_later_one_takes_the_place_of_the_earlier() -> None:
    clues = [
        *entity(0, "e1", "Tecido Ltd"),
        *entity(1, "e2", "Shear Trust"),
        *relation(2, "e2", "2021-09-25", {"exact": "60"}, startDate="2021-09-24"),
        *relation(3, "e2", "2022-09-25", {"minimum": "70", "maximum": "80"}, startDate="2022-09-21"),
    ]
    first, second = sorted(owned(clues, cite, None).stakes, key=lambda stake: stake.stated or date.min)
    assert (first.owner, first.owned, first.low, first.until) == (
        "Shear Trust",
        "Tecido Ltd",
        Decimal(60),
        date(2022, 9, 25),
    )
    assert (second.low, second.high, second.until) == (Decimal(70), Decimal(80), None)
    assert first.holds_on(date(2023, 1, 1)) is False
    assert second.holds_on(date(2021, 1, 1)) is False


def test_an_owner_that_is_a_person_is_dropped_and_counted() -> None:
    clues = [*entity(0, "e1", "Profitech Ltd"), *relation(1, "p1", "2020-03-04", {"exact": "100"})]
    clues += fields("[2].", 200, recordId="p1", recordType="person")
    told = owned([*clues, Clue(PERSON, 1, 0, 1, "")], cite, None)
    assert (told.stakes, told.dropped) == ((), 2)
    assert [clue.value for clue, _ in entities(clues)] == ["Profitech Ltd"]


def test_gleif_tells_consolidation_not_percentages() -> None:
    clues = fields(
        "data.attributes.",
        0,
        relationship__startNode__id="CHILD",
        relationship__endNode__id="PARENT",
        relationship__type="IS_ULTIMATELY_CONSOLIDATED_BY",
        **{
            "relationship__periods[0]__type": "ACCOUNTING_PERIOD",
            "relationship__periods[0]__startDate": "2018-01-01T00:00:00Z",
            "relationship__periods[1]__type": "RELATIONSHIP_PERIOD",
            "relationship__periods[1]__startDate": "2017-10-18T00:00:00Z",
            "relationship__periods[1]__endDate": "2022-12-31T00:00:00Z",
        },
    )
    (stake,) = owned(clues, cite, None).stakes
    assert (stake.owner, stake.owned, stake.kind, stake.low) == (
        "LEI PARENT",
        "LEI CHILD",
        "ultimate_consolidation",
        None,
    )
    assert (stake.since, stake.until) == (date(2017, 10, 18), date(2022, 12, 31))


def test_a_person_in_business_has_no_name_here() -> None:
    clues = fields("a.", 0, lei="L1", entity__legalName__name="Jane Doe", entity__category="SOLE_PROPRIETOR")
    clues += fields("b.", 100, lei="L2", entity__legalName__name="La Gare Holding AB")
    assert [(clue.value, number) for clue, number in lei_names(clues)] == [("La Gare Holding AB", "LEI L2")]


def test_a_stake_of_which_only_the_beginning_is_known_may_have_ended() -> None:
    since = Stake("own-1", "a", "b", cite(Clue(STAKE, 1, 0, 1, "x")), since=date(2018, 1, 1), stated=date(2020, 1, 1))
    assert since.holds_on(date(2017, 12, 31)) is False
    assert since.holds_on(date(2019, 1, 1)) is True
    assert since.holds_on(date(2024, 1, 1)) is None
