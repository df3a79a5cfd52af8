"""The quick look where a rule could hold leaves out no place where it does."""

from __future__ import annotations

import pytest
from find_small import pack
from hypothesis import given
from hypothesis import strategies as st

from countersight.find import RuleDetector, load
from countersight.find.nodes import Places
from countersight.model import Block, BlockKind, Page


def looked(detector: RuleDetector, text: str, *, exculpates: bool = False) -> dict[str, Places | None]:
    """What the quick look gives for each rule, for what accuses or for what exculpates."""
    sight = detector.sight(Page(1, text))
    return {plan.rule.id: plan.look(sight.words) for plan in detector.plans if plan.exculpates == exculpates}


def places(when: str, text: str, extra: str = "") -> list[str]:
    """The words at the places of one small rule."""
    found = looked(RuleDetector(pack(when, extra)), text)["GRP-04"]
    assert found is not None
    return [text[start:end] for start, end in found]


def test_every_example_that_holds_was_thought_possible() -> None:
    detector = RuleDetector(load())
    for rule in detector.pack.rules:
        for example in rule.examples:
            if example.expect != "none":
                accusing = looked(detector, example.text)[rule.id]
                assert accusing or looked(detector, example.text, exculpates=True)[rule.id], (rule.id, example.text)


def test_words_too_far_apart_are_not_thought_possible() -> None:
    text = "The court met. " + "Nothing was said. " * 40 + "Banners are detected by police cameras."
    found = looked(RuleDetector(load()), text)
    assert not found["OVR-04"]
    assert found["SYS-06"]


@pytest.mark.parametrize(
    ("when", "text", "found"),
    [
        ("[tibetan, alert]", "藏族" + "一" * 280 + "告警", ["藏族"]),
        ("[tibetan, alert]", "藏族。" + "一切正常。" * 100 + "告警", []),
        ("{near: {of: [tibetan, alert], distance: 4}}", "藏族藏族一二告警", ["告警"]),
        ("{near: {of: [tibetan, alert], distance: 4, ordered: true}}", "告警藏族", []),
        ("[tibetan, {count: {of: alert, at_least: 2}}]", "藏族告警", []),
        ("[tibetan, {count: {of: alert, at_least: 2, distinct: true}}]", "藏族告警告警", []),
        ("[tibetan, {count: {of: alert, at_least: 2, distinct: true}}]", "藏族告警预警", ["藏族"]),
        ("[tibetan, {window: {near: {of: [alert, weather], distance: 2}}}]", "藏族。告警一二三天气", []),
        ("[tibetan, {window: {near: {of: [alert, weather], distance: 9}}}]", "藏族。告警一二三天气", ["藏族"]),
        ("[tibetan, {none: [alert]}]", "藏族告警", ["藏族"]),
        ("[{any: [han, [tibetan, video]]}, alert]", "藏族告警", []),
    ],
)
def test_a_place_has_the_other_words_in_reach(when: str, text: str, found: list[str]) -> None:
    assert places(when, text) == found


def test_code_written_otherwise_is_no_place() -> None:
    detector = RuleDetector(pack("gpu"))
    assert [detector.sight(Page(1, text)).bits == 0 for text in ("the t4 card", "the T4 card")] == [True, False]


@pytest.mark.parametrize(("text", "found"), [("维族自治县", []), ("维族文", []), ("维族", [(0, 2)])])
def test_what_is_masked_or_excepted_is_looked_at_no_further(text: str, found: list[tuple[int, int]]) -> None:
    detector = RuleDetector(pack("uyghur"))
    (plan,) = detector.plans
    assert plan.look(detector.sight(Page(1, text)).counted()) == found


WHENS = (
    "[uyghur, alert]",
    "[{any: [[ethnonym, {window: video}], weather]}, {any: [alert, {sentence: unknown}]}]",
    "{near: {of: [{any: [ethnonym, video]}, alert], distance: 12}}",
    "[alert, {any: [{clause: [video, uyghur]}, {section: {count: {of: weather, at_least: 2}}}]}, {none: [han]}]",
    "[gpu, {table: [alert, {count: {of: rest, at_least: 2, distinct: true}}]}]",
    "{values: {one: ethnonym, rest: rest}}",
    "{earlier: {of: alert, than: video, days: 30}}",
    "{before: {of: alert, than: video, distance: 30}}",
)
HELD = "维族 维 uyghur 藏族自治县 告警 alarm alarms 预警 天气 视频 camera 汉族 han 未知 unknown 其他 不得 T4 t4 运维"
BETWEEN = ("。", "，", " ", ". The ", "\n", "\n\n", "\t", "  ", "1. ", "一" * 160, "一" * 700, "word " * 90, "ﬁﬁ")
WORDS = st.sampled_from((*HELD.split(), "5月3日", "5月11日", "早于", *BETWEEN))
SCOPES = ("[sentence, row, window]", "[sentence, row, table, section]", "[clause, list]", "[page]", "[section]")


@given(
    text=st.lists(WORDS, max_size=25).map("".join),
    when=st.sampled_from(WHENS),
    scopes=st.sampled_from(SCOPES),
    rows=st.booleans(),
)
def test_where_it_is_not_looked_it_would_not_have_held(text: str, when: str, scopes: str, *, rows: bool) -> None:
    blocks = (Block(0, len(text) // 2, BlockKind.ROW),) if rows and len(text) > 1 else ()
    page, rules = Page(1, text, blocks=blocks), pack(when, f"scope: {scopes}")
    found = RuleDetector(rules).detect(page)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("countersight.find.detector._places", lambda plan, words, counted: None)
        assert RuleDetector(rules).detect(page) == found
