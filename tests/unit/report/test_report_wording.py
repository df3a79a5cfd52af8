from __future__ import annotations

from dataclasses import fields, replace
from importlib import import_module

import pytest

from countersight.errors import RuleError
from countersight.model import RUNGS
from countersight.report.wording import FAMILIES, RUNG_WORDS, banned, check_findings, refuse_banned

fake = import_module("report_fake")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("This proves and REVEALS it", ["proves", "REVEALS"]),
        ("The firm was caught; it admits it lied.", ["caught", "admits", "lied"]),
        ("clearly illegal, obviously unlawful", ["clearly", "illegal", "obviously", "unlawful"]),
        ("complicit in a crime of a sanctioned company", ["complicit", "crime", "sanctioned company"]),
        ("blacklisted, black-listed and banned", ["blacklisted", "black-listed", "banned"]),
        ("A breach of sanctions; a sanctions violation.", ["breach of sanctions", "sanctions violation"]),
        ("该公司显然违法，被列入黑名单", ["显然", "违法", "黑名单"]),
        ("證明有罪", ["證明", "有罪"]),
    ],
)
def test_words_of_the_guides_list_are_found(text: str, words: list[str]) -> None:
    assert banned(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "improves, approved, provides, believe, relies, client, families, permit",
        "UN Office on Drugs and Crime Control; the Criminal Procedure Law; a criminal court",
        "The contract states “the device proves identity” and lists 「证明材料」.",
        "was listed on the date of signature; sanctions list; abandoned; preadmitted",
        "",
    ],
)
def test_ordinary_words_and_the_words_of_records_in_quotation_marks_pass(text: str) -> None:
    assert banned(text) == []


def test_a_rule_is_named_with_its_words_and_the_way_out() -> None:
    with pytest.raises(RuleError, match="rule GRP-01 uses words that a dossier does not use: proves, lied") as caught:
        refuse_banned("GRP-01", ["It proves", "that they lied", "and proves"])
    assert "states, lists, requires or records" in caught.value.way_out


@pytest.mark.parametrize("field", ["title", "does_not_show"])
def test_the_texts_of_rules_are_held_to_the_list(field: str) -> None:
    good = fake.finding(1, "GRP-03", "A title", [])
    check_findings([good])
    with pytest.raises(RuleError, match="GRP-03"):
        check_findings([good, replace(good, **{field: "That the company lied."})])
    with pytest.raises(RuleError, match="GRP-03"):
        check_findings([replace(good, alternatives=("They were caught.",))])


def test_a_finding_may_repeat_what_its_record_says() -> None:
    check_findings([replace(fake.finding(1, "GRP-03", "A title", []), shows="The letter states that the firm lied.")])


def test_every_rung_has_words_and_none_of_the_dossiers_own_words_is_banned() -> None:
    assert tuple(RUNG_WORDS) == RUNGS
    own = [getattr(rung, field.name) for rung in RUNG_WORDS.values() for field in fields(rung)]
    assert [word for text in (*own, *FAMILIES.values()) for word in banned(text)] == []
