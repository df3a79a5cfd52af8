from __future__ import annotations

from pathlib import Path

import pytest
from find_small import CONCEPTS, MASKS, RULE, pack, rule, rule_text

from countersight.errors import RuleError
from countersight.find.detector import RuleDetector
from countersight.find.nodes import Concept, Every
from countersight.find.packs import Pack, load, read_pack
from countersight.model import Page

SMALL = CONCEPTS + MASKS + "rules:" + rule_text("uyghur")


def small(text: str = SMALL) -> Pack:
    return read_pack([("small.yaml", text)])


def test_a_rule_is_read_whole() -> None:
    found = rule("[uyghur, alert]", "scope: [sentence, row]\nrung_cap: [{rung: E1, when: reserved}]")
    assert found.when == Every((Concept("uyghur"), Concept("alert")))
    assert (found.id, found.family, found.min_rung, found.scopes) == ("GRP-04", "GRP", "E2", ("sentence", "row"))
    assert (found.severity.scale, found.severity.scope, found.severity.irremediability) == (4, 5, 3)
    assert found.norms == ("UNGP 18 (unverified)",), "an unverified mark is carried through"
    assert found.caps[0].rung == "E1"
    assert [(e.kind, e.expect) for e in found.examples] == [("contract", "finding"), ("contract", "none")]


def test_rules_come_in_order_of_their_id() -> None:
    text = CONCEPTS + "rules:" + rule_text("uyghur", name="B") + rule_text("uyghur", name="A")
    assert [r.id for r in small(text).rules] == ["A", "B"]


def test_the_digest_is_that_of_the_content() -> None:
    assert small().digest == small("# a remark\n" + SMALL).digest
    parts = [("a", CONCEPTS), ("b", MASKS), ("c", "rules:" + rule_text("uyghur"))]
    assert read_pack(parts).digest == read_pack(parts[::-1]).digest == small().digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("when: uyghur", "when: [uyghur]"),
        ("when: uyghur", "when: {any: [uyghur]}"),
        ("min_rung: E2", "min_rung: E3"),
        ("[4, 5, 3]", "[4, 5, 4]"),
        ("(unverified)", ""),
        ("维吾尔族, 维族", "维吾尔族"),
        ("gloss: Uyghur", "gloss: the Uyghurs"),
        ("why: weather", "why: the weather"),
        ("unless: [video]", "unless: [alert]"),
        ("local: true", "local: false"),
        ("text: 例", "text: 另一例"),
    ],
)
def test_any_change_of_meaning_or_words_changes_the_digest(old: str, new: str) -> None:
    assert old in SMALL
    assert small(SMALL.replace(old, new)).digest != small().digest


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("nobody", "'nobody'"),
        ("[]", "at least one item"),
        ("{all: []}", "at least one item"),
        ("{maybe: [uyghur]}", "'maybe'"),
        ("{all: [uyghur], any: [alert]}", "one operator"),
        ("{none: [uyghur]}", "neither absence nor context"),
        ("{page: uyghur}", "neither absence nor context"),
        ("{number: {unit: year}}", "neither absence nor context"),
        ("[uyghur, {number: {unit: mile}}]", "one of piece, year, month"),
        ("[uyghur, {number: {unit: year, at_least: few}}]", "a whole number"),
        ("{count: {of: uyghur, at_least: 3, at_most: 2}}", "not under 3"),
        ("{near: {of: [uyghur, alert]}}", "'distance'"),
        ("{values: {one: ethnonym, rest: uyghur}}", "both hold 'uyghur'"),
        ("{near: [uyghur, alert]}", "a mapping"),
    ],
)
def test_a_broken_condition_is_named_by_file_and_line(when: str, said: str) -> None:
    with pytest.raises(RuleError) as caught:
        pack(when)
    line = (CONCEPTS + MASKS + "rules:" + rule_text(when)).splitlines().index(f"  when: {when}") + 1
    assert f"small.yaml, line {line}:" in caught.value.what
    assert said in caught.value.what
    assert caught.value.way_out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  title: An alert on a group\n", "", "'title'"),
        ("severity: [4, 5, 3]", "severity: [4, 5]", "three scores"),
        ("severity: [4, 5, 3]", "severity: [4, 5, 6]", "three scores"),
        ("min_rung: E2", "min_rung: E9", "'E9'"),
        ("examples: [{lang: zh, text: 例}]\n  c", "examples: []\n  c", "at least one example"),
        (
            "examples: [{lang: zh, text: 例}]\n  c",
            "examples: [{lang: zh, text: 例, expect: perhaps}]\n  c",
            "'perhaps'",
        ),
        ("examples: [{lang: zh, text: 例}]\n  c", "examples: [{lang: zh, text: 例, kind: poem}]\n  c", "'poem'"),
        (
            "counter_examples: [{lang: zh, text: 例}]",
            "counter_examples: [{lang: zh, text: 例, expect: lead}]",
            "'expect'",
        ),
        ("  when: uyghur", "  scope: paragraph\n  when: uyghur", "'paragraph'"),
        ("  when: uyghur", "  negation: always\n  when: uyghur", "'always'"),
        ("  when: uyghur", "  exculpates: {none: [uyghur]}\n  when: uyghur", "a concept that must stand"),
        ("  when: uyghur", "  requires: [{else: lead}]\n  when: uyghur", "exactly one of"),
        ("  when: uyghur", "  requires: [{kinds: [contract], not_kinds: [press]}]\n  when: uyghur", "exactly one of"),
        ("  when: uyghur", "  requires: [{dated: {from: 2016-13}}]\n  when: uyghur", "a year, year-month or day"),
        ("  when: uyghur", "  requires: [{dated: {from: 2018, to: 2016}}]\n  when: uyghur", "does not end before"),
        ("  when: uyghur", "  requires: [{signal: {of: nobody}}]\n  when: uyghur", "'nobody'"),
        ("rules:", "rulez:", "'rulez'"),
        ("rules:", "rules: [", "expected YAML"),
    ],
)
def test_a_broken_rule_is_named_by_file_and_line(old: str, new: str, said: str) -> None:
    assert old in SMALL
    with pytest.raises(RuleError, match=r"small\.yaml, line \d+: expected") as caught:
        small(SMALL.replace(old, new))
    assert said in caught.value.what


def test_one_id_or_concept_belongs_to_one_rule_or_concept() -> None:
    both = rule_text("uyghur") + rule_text("alert")
    with pytest.raises(RuleError, match=r"'GRP-04' is in x\.yaml, line \d+"):
        read_pack([("x.yaml", CONCEPTS + "rules:" + both)])
    with pytest.raises(RuleError, match=r"y\.yaml, line 2: .*'uyghur' is in x\.yaml, line 4"):
        read_pack([("x.yaml", CONCEPTS), ("y.yaml", "concepts:\n  uyghur: {gloss: U, zh: [甲]}\n")])


def test_extra_files_and_folders_join_in(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "words.yaml").write_text(CONCEPTS, encoding="utf-8")
    one = tmp_path / "one.yaml"
    one.write_text("rules:" + RULE.format(id="OWN-99", when="uyghur"), encoding="utf-8")
    found = load([one, tmp_path / "pack"], built_in=False)
    assert [r.id for r in found.rules] == ["OWN-99"]


def test_a_path_without_rules_or_that_is_no_text_is_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no rules there"):
        load([tmp_path / "absent"], built_in=False)
    bad = tmp_path / "bad.yaml"
    bad.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RuleError, match="cannot be read") as caught:
        load([bad], built_in=False)
    assert caught.value.way_out


@pytest.mark.parametrize("text", ["", "rules: {", "- a", "rules: 5", "\t"])
def test_what_is_not_a_pack_is_refused(text: str) -> None:
    with pytest.raises(RuleError, match=r"small\.yaml, line \d+"):
        small(text)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(RuleError, match="no rule 'XYZ-01'"):
        small().rule("XYZ-01")


def test_the_built_in_pack_loads_and_is_always_the_same() -> None:
    assert load().digest == load().digest


def test_another_pack_adds_forms_to_a_concept_and_rules_find_them() -> None:
    base = ("base.yaml", CONCEPTS + "rules:" + rule_text("[uyghur, alert]"))
    more = ("more.yaml", "additions:\n  uyghur: {zh: [缠回], except: [缠回乡]}\n")
    found = RuleDetector(read_pack([base, more]))
    assert found.detect(Page(1, "缠回告警"))[0]
    assert not found.detect(Page(1, "缠回乡告警"))[0]
    assert not RuleDetector(read_pack([base])).detect(Page(1, "缠回告警"))[0]
    assert read_pack([base, more]).digest != read_pack([base]).digest


def test_forms_cannot_be_added_to_a_concept_that_is_not_there() -> None:
    with pytest.raises(RuleError, match=r"more\.yaml, line 2: expected a concept that exists; there is no 'nobody'"):
        read_pack([("more.yaml", "additions:\n  nobody: {zh: [无]}\n")])


WAITING = """
waiting:
- {id: SUP-02, family: SUP, title: Listed, definition: A party is listed., why: It may matter., waits_for: lists}
"""


def test_a_flag_that_waits_is_listed_and_keeps_its_id() -> None:
    (one,) = read_pack([("w.yaml", WAITING)]).waiting
    assert (one.id, one.waits_for) == ("SUP-02", "lists")
    with pytest.raises(RuleError, match="an id of its own; 'SUP-02'"):
        read_pack([("w.yaml", WAITING), ("r.yaml", CONCEPTS + "rules:" + rule_text("[uyghur]", name="SUP-02"))])
