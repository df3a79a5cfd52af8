from __future__ import annotations

from typing import Any

import jsonschema
import pytest
import yaml
from find_small import CONCEPTS, MASKS, rule_text

from countersight.errors import RuleError
from countersight.find.lint import lint
from countersight.find.packs import BUILT_IN, load, read_pack
from countersight.find.schema import schema

SHIPPED = sorted(BUILT_IN.rglob("*.yaml"))


def faults(data: Any) -> list[str]:
    return [error.message for error in jsonschema.Draft202012Validator(schema()).iter_errors(data)]


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_it_takes_every_file_of_the_built_in_pack(file: Any) -> None:
    assert faults(yaml.safe_load(file.read_text(encoding="utf-8"))) == []


WRONG = [
    ("when: [uyghur, alert]", "when: {al: [uyghur]}"),
    ("severity: [4, 5, 3]", "severity: [4, 5, 6]"),
    ("min_rung: E2", "min_rung: E9"),
    ("why: ", "wy: "),
    ("when: [uyghur, alert]", "when: {near: {of: [uyghur]}}"),
    ("when: [uyghur, alert]", "when: {all: [uyghur], any: [alert]}"),
]


@pytest.mark.parametrize(("right", "wrong"), WRONG)
def test_it_refuses_what_the_reader_refuses(right: str, wrong: str) -> None:
    good = CONCEPTS + MASKS + "rules:" + rule_text("[uyghur, alert]")
    bad = good.replace(right, wrong)
    assert bad != good
    assert faults(yaml.safe_load(good)) == []
    assert faults(yaml.safe_load(bad))
    with pytest.raises(RuleError, match=r"small\.yaml, line \d+: expected "):
        read_pack([("small.yaml", bad)])


def test_lint_names_what_was_not_tried_and_what_nothing_asks_for() -> None:
    doubts = lint(read_pack([("small.yaml", CONCEPTS + "rules:" + rule_text("[uyghur, alert]"))]))
    assert "GRP-04: no counter-example in zh" not in doubts
    assert "register: no rule or mask asks for this concept" in doubts
    assert not any(doubt.startswith("alert:") for doubt in doubts)
    one_sided = rule_text("[uyghur, alert]").replace("counter_examples: [{lang: zh", "counter_examples: [{lang: en")
    doubts = lint(read_pack([("small.yaml", CONCEPTS + "rules:" + one_sided)]))
    assert {"GRP-04: no counter-example in zh", "GRP-04: no example in en"} <= set(doubts)


def test_the_built_in_pack_is_tried_on_both_sides_in_each_language_it_claims() -> None:
    assert [doubt for doubt in lint(load()) if "example in" in doubt] == []
