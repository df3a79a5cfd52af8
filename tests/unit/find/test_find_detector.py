from __future__ import annotations

import pickle

import pytest
from find_small import CONCEPTS, MASKS, hits, pack, rule_text

from countersight.find.detector import RuleDetector
from countersight.find.packs import read_pack
from countersight.model import Block, BlockKind, Page

ALERT = "[ethnonym, alert]"


def test_a_hit_names_rule_page_place_and_words() -> None:
    page = Page(7, "前言。当维吾尔族人员聚集时，系统告警。后记。")
    ((hit,), _) = RuleDetector(pack(ALERT)).detect(page)
    assert (hit.rule, hit.page, hit.scope) == ("GRP-04", 7, "sentence")
    assert page.span(hit.start, hit.end).quote() == "当维吾尔族人员聚集时，系统告警。"
    assert [(term.concept, term.text) for term in hit.terms] == [("uyghur", "维吾尔族"), ("alert", "告警")]
    assert (hit.negated, hit.rung_cap, hit.masked) == (False, None, ())


@pytest.mark.parametrize("text", ["", " \n\t\n", "█" * 50, "告警", "维", "\ud800", "告警。" * 2000])
def test_pages_with_nothing_to_find(text: str) -> None:
    assert hits(ALERT, text) == ()


def test_hits_come_in_order_and_each_stretch_is_told_once() -> None:
    text = "藏族告警。维族\t预警。"
    found = hits(ALERT, text, "scope: [sentence, row]")
    assert [(hit.scope, text[hit.start : hit.end]) for hit in found] == [("sentence", "藏族告警。")]
    text = "藏族告警。\n维族\t预警"
    found = hits(ALERT, text, "scope: [sentence, row]")
    assert [(hit.scope, text[hit.start : hit.end]) for hit in found] == [
        ("sentence", "藏族告警。"),
        ("row", "维族\t预警"),
    ]


def test_rows_of_the_reader_are_rows() -> None:
    page = Page(1, "维族\n告警\n其他", blocks=(Block(0, 5, BlockKind.ROW),))
    ((hit,), _) = RuleDetector(pack(ALERT, "scope: row")).detect(page)
    assert (hit.start, hit.end) == (0, 5)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("系统不得针对维族设置告警。", True),
        ("The system shall not raise an alarm for Uyghur persons.", True),
        ("不得少于三路，维族告警", False),
        ("不含语音功能，支持维族告警。", False),
        ("维族告警不得关闭。", False),
        ("本款不得转让。维族告警。", False),
        ("It has no audio. Uyghur alarm.", False),
        ("It has no audio, but an alarm for Uyghur persons.", False),
        ("不得" + "一" * 41 + "维族告警", False),
        ("非维族以外维族告警", False),
    ],
)
def test_negation_reaches_forward_within_its_clause(text: str, *, negated: bool) -> None:
    assert [hit.negated for hit in hits(ALERT, text)] == [negated]


@pytest.mark.parametrize(
    ("extra", "text", "negated"),
    [
        ("negation: {after: 12}", "维族告警不得设置", True),
        ("negation: {after: 1}", "维族告警功能不得设置", False),
        ("negation: {of: [alert]}", "不得采集，维族告警", False),
        ("negation: {of: [alert]}", "维族，不得设告警", True),
        ("negation: {of: [alert]}", "不得设告警，支持维族预警", False),
        ("negation: {by: [reserved]}", "字段预留维族告警", True),
        ("negation: {by: [reserved]}", "不得维族告警", False),
        ("negation: {before: 0}", "不得维族告警", False),
        ("negation: none", "不得维族告警", False),
    ],
)
def test_a_rule_says_what_negates_it(extra: str, text: str, *, negated: bool) -> None:
    assert [hit.negated for hit in hits(ALERT, text, extra)] == [negated]


def test_a_negation_inside_a_term_is_not_one() -> None:
    (hit,) = hits("{values: {one: uyghur, rest: rest}}", "unknown, not a minority, Uyghur", "scope: section")
    assert not hit.negated


def test_a_field_declared_unused_caps_the_rung_at_the_lowest() -> None:
    caps = "rung_cap: [{rung: E3, when: video}, {rung: E1, when: reserved}]"
    assert [hit.rung_cap for hit in hits(ALERT, "维族告警（字段预留，视频）", caps)] == ["E1"]
    assert [hit.rung_cap for hit in hits(ALERT, "维族告警，视频。字段预留。", caps)] == ["E3"]
    assert [hit.rung_cap for hit in hits(ALERT, "维族告警。", caps)] == [None]


def test_signals_count_what_rules_ask_of_the_document_masks_applied() -> None:
    detector = RuleDetector(pack(ALERT, "requires: [{signal: {of: [video, ethnonym]}}]"))
    _, signals = detector.detect(Page(1, "摄像机、视频、camera。维族。藏族自治县。维"))
    assert signals == {"video": 3, "ethnonym": 2}
    assert detector.detect(Page(1, "无关"))[1] == {}


def test_a_rule_of_local_concepts_alone_is_still_found() -> None:
    assert [hit.rule for hit in hits("video", "摄像机")] == ["GRP-04"]


def test_two_rules_on_one_page_come_in_order_of_place_then_id() -> None:
    rules = rule_text("uyghur", name="B-01") + rule_text("alert", name="A-01")
    detector = RuleDetector(read_pack([("x", CONCEPTS + "rules:" + rules)]))
    found, _ = detector.detect(Page(1, "维族告警。告警。"))
    assert [(hit.rule, hit.start) for hit in found] == [("A-01", 0), ("B-01", 0), ("A-01", 5)]


def test_a_detector_sent_to_another_process_finds_the_same() -> None:
    detector = RuleDetector(pack(ALERT))
    other = pickle.loads(pickle.dumps(detector))  # noqa: S301 (our own bytes)
    page = Page(1, "维族告警。藏族自治县。")
    assert other.detect(page) == detector.detect(page)
    assert other.agent == detector.agent


def test_the_agent_changes_with_the_rules() -> None:
    assert RuleDetector(pack(ALERT)).agent != RuleDetector(pack("ethnonym")).agent


def test_of_a_wide_part_the_sentences_are_told_that_hold_by_themselves() -> None:
    far = "系统告警。" + "一切正常。" * 300
    text = f"{far}维族来到。系统告警。{'一切正常。' * 300}系统告警。"
    for scope in ("section", "page"):
        (hit,) = hits(ALERT, text, f"scope: {scope}")
        assert (text[hit.start : hit.end], hit.scope) == ("维族来到。系统告警。", scope)


def test_words_of_a_wide_part_that_never_stand_together_are_no_statement() -> None:
    assert hits(ALERT, "系统告警。" + "一切正常。" * 200 + "维族来到。", "scope: section") == ()
    assert len(hits(ALERT, "系统告警。" + "一切正常。" * 170 + "维族来到。", "scope: section")) == 1


def test_each_place_where_the_words_stand_together_is_told() -> None:
    text = "维族告警。" + "一切正常。" * 300 + "藏族来到。系统告警。" + "一切正常。" * 300
    found = hits(ALERT, text, "scope: section")
    assert [text[hit.start : hit.end] for hit in found] == ["维族告警。", "藏族来到。系统告警。"]


@pytest.mark.parametrize(
    ("extra", "text", "negated"),
    [
        ("", "原维族告警规则已于上线前删除", True),
        ("", "前删除的规则恢复，支持维族告警", False),
        ("", "支持维族告警，测试账号已于上线前删除", False),
        ("", "Alarms on Uyghur guests are forbidden.", True),
        ("", "Alarms on Uyghur guests are raised; visits are forbidden.", False),
        ("negation: {of: [uyghur]}", "维族告警规则已于上线前删除", True),
        ("negation: {of: [uyghur]}", "Uyghur alerts (nos. 3 to 5) are forbidden.", True),
        ("negation: {of: [uyghur]}", "Uyghur alerts go out. Cameras are forbidden.", False),
        ("negation: {by: [weather]}", "原维族告警规则已于上线前删除", True),
        ("negation: none", "原维族告警规则已于上线前删除", False),
    ],
)
def test_what_is_said_behind_a_thing_undoes_it_where_the_rule_knows_negation(
    extra: str, text: str, *, negated: bool
) -> None:
    taken_out = "  taken_out: {gloss: taken out, zh: [前删除], en: [=are forbidden]}\n"
    made = read_pack([("small.yaml", CONCEPTS + taken_out + MASKS + "rules:" + rule_text(ALERT, extra))])
    assert [hit.negated for hit in RuleDetector(made).detect(Page(1, text))[0]] == [negated]


@pytest.mark.parametrize(
    ("extra", "text", "negated"),
    [
        ("", "支持维族告警。上述功能已删除。", True),
        ("", "支持维族告警。已删除上述功能。", True),
        ("", "支持维族告警。系统分三期建设。上述功能已删除。", False),
        ("", "支持维族告警。测试账号已删除。", False),
        ("", "支持维族告警。上述功能须验收，测试账号已删除。", False),
        ("", "Alarms on Uyghur guests are raised. The final text leaves them out.", True),
        ("", "Alarms on Uyghur guests are raised. The final text names a deadline.", False),
        ("negation: {undone: false}", "支持维族告警。上述功能已删除。", False),
        ("negation: {undone: false}", "维族告警已删除", False),
    ],
)
def test_the_next_sentence_may_undo_what_it_means_again(extra: str, text: str, *, negated: bool) -> None:
    more = """  taken_out: {gloss: taken out, zh: [已删除], en: [=leaves them out]}
  meant_again: {gloss: what was spoken of, zh: [上述功能], en: [=the final text]}
"""
    made = read_pack([("small.yaml", CONCEPTS + more + MASKS + "rules:" + rule_text(ALERT, extra))])
    assert [hit.negated for hit in RuleDetector(made).detect(Page(1, text))[0]] == [negated]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("维族告警。", [False]),
        ("维族登记入户籍。", [True]),
        ("字段预留，维族户籍。", [True]),
        ("维族告警入户籍。", [True]),
        ("维族告警，藏族入户籍。", [False]),
        ("维族告警；藏族入户籍。", [False, True]),
        ("维族不得告警，藏族入户籍。", [True]),
        ("维族告警。\n藏族入户籍。", [False, True]),
        ("告警，户籍。", []),
        ("维族户籍\t维族告警", [True, False]),
        ("An alarm on Uyghur guests is raised except for Tibetan ones with a 户籍.", [False]),
    ],
)
def test_what_exculpates_is_told_by_itself_and_takes_away_what_accuses_within_its_clauses(
    text: str, said: list[bool]
) -> None:
    extra = "exculpates: {clause: [ethnonym, register]}"
    assert [hit.negated for hit in hits(ALERT, text, extra)] == said


def test_what_exculpates_is_looked_for_in_the_scopes_of_the_rule_and_under_its_page() -> None:
    extra = "scope: clause\nexculpates: {all: [ethnonym, register, {page: gpu}]}"
    assert hits(ALERT, "维族，户籍。显卡", extra) == ()
    assert hits(ALERT, "维族户籍。", extra) == ()
    assert [hit.negated for hit in hits(ALERT, "维族户籍。显卡", extra)] == [True]


def test_both_sides_of_one_rule_stay_apart_from_another_rule() -> None:
    other = rule_text("[ethnonym, register]", name="GRP-05")
    rules = rule_text(ALERT, "exculpates: [ethnonym, register]") + other
    found = RuleDetector(read_pack([("two.yaml", CONCEPTS + MASKS + "rules:" + rules)])).detect(Page(1, "维族户籍"))[0]
    assert [(hit.rule, hit.negated) for hit in found] == [("GRP-04", True), ("GRP-05", False)]


@pytest.mark.parametrize(
    ("text", "negated"), [("维族数据不采集。", True), ("采集维族数据。", False), ("不采集天气，采集维族数据", False)]
)
def test_a_negation_that_holds_the_word_itself_negates_it(text: str, *, negated: bool) -> None:
    collects = "  collects: {gloss: collecting, zh: [采集]}\n"
    rules = "rules:" + rule_text("[uyghur, collects]", "negation: {of: [collects]}")
    made = read_pack([("small.yaml", CONCEPTS + collects + MASKS + rules)])
    assert [hit.negated for hit in RuleDetector(made).detect(Page(1, text))[0]] == [negated]
