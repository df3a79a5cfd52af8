from __future__ import annotations

import pytest
from find_small import CONCEPTS, MASKS, pack, rule_text

from countersight.errors import RuleError
from countersight.find.detector import RuleDetector
from countersight.find.packs import read_pack
from countersight.find.selftest import explain, judge, run_examples

ALERT = "{all: [ethnonym, alert, {none: [weather]}]}"
EXAMPLES = """
examples:
  - {lang: zh, kind: tender, text: 维族告警}
  - {lang: zh, kind: press, expect: lead, text: 维族告警}
  - {lang: zh, expect: exculpatory, text: 不得设维族告警}
  - {lang: zh, text: 告警}
  - {lang: zh, text: "序号\\t名称\\n1\\t维族告警"}
counter_examples:
  - {lang: zh, text: 维族天气告警}
  - {lang: zh, text: 藏族告警}
"""


def test_each_example_is_judged_and_the_wrong_ones_stand_out() -> None:
    text = rule_text(ALERT).split("  examples:")[0] + "".join(f"  {line}\n" for line in EXAMPLES.strip().splitlines())
    results = run_examples(read_pack([("x.yaml", CONCEPTS + MASKS + "rules:" + text)]))
    assert [(r.expected, r.got, r.ok) for r in results] == [
        ("finding", "finding", True),
        ("lead", "lead", True),
        ("exculpatory", "exculpatory", True),
        ("finding", "none", False),
        ("finding", "finding", True),
        ("none", "none", True),
        ("none", "finding", False),
    ]
    assert {r.rule for r in results} == {"GRP-04"}


def test_an_explanation_tells_what_held_with_its_words_and_what_was_missing() -> None:
    (why,) = explain(pack(ALERT), "维族与藏族。告警", "GRP-04")
    assert not why.holds
    assert why.lines()[2:5] == ["    ✓ ethnonym: 维族、藏族", "    ✗ alert", "    ✓ none of"]


def test_an_explanation_takes_the_part_that_goes_furthest() -> None:
    (why,) = explain(pack(ALERT), "维族。藏族告警。维族天气告警。", "GRP-04")
    assert why.holds
    assert "    ✓ ethnonym: 藏族" in why.lines()


def test_an_explanation_tells_masks_negation_caps_and_conditions() -> None:
    extra = "rung_cap: [{rung: E1, when: reserved}]\nrequires: [{kinds: [tender]}]"
    (why,) = explain(pack(ALERT, extra), "藏族自治县不得设维族告警（字段预留）", "GRP-04")
    text = "\n".join(why.lines())
    for said in ("mask MSK-01 covers: 藏族自治县", "negated", "no more than rung E1", "the document is a tender"):
        assert said in text


def test_an_explanation_tells_what_speaks_for_the_company_by_itself() -> None:
    made = pack(ALERT, "exculpates: [ethnonym, register]")
    (why,) = explain(made, "维族户籍")
    assert why.holds
    assert "  ✓ speaks for the company by itself (within one sentence)" in why.lines()
    (why,) = explain(made, "户籍，告警")
    assert not why.holds
    assert "  ✗ speaks for the company by itself (within one sentence)" in why.lines()
    assert judge(RuleDetector(made), "GRP-04", "维族户籍", "contract") == "exculpatory"


def test_a_text_with_nothing_in_it_is_explained_too() -> None:
    (why,) = explain(pack(ALERT), "")
    assert not why.holds


def test_an_unknown_rule_cannot_be_explained() -> None:
    with pytest.raises(RuleError, match="no rule 'XYZ'"):
        explain(pack(ALERT), "维族", "XYZ")
