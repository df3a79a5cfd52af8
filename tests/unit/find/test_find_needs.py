from __future__ import annotations

from itertools import product

import pytest
from find_small import CONCEPTS, hits, pack, rule_text
from hypothesis import given
from hypothesis import strategies as st

from countersight.find.detector import RuleDetector
from countersight.find.needs import Need, Needs
from countersight.find.nodes import Node, Within
from countersight.find.packs import read_pack
from countersight.model import Page

BITS = {"uyghur": 1, "alert": 2, "video": 4, "weather": 8}
SCOPES = "scope: [sentence, row, window, list, table, section, page]"


def node(when: str) -> Node:
    return pack(when).rules[0].when


def needs() -> Needs:
    return Needs(BITS.__getitem__, {1: 0.1, 2: 0.2, 4: 0.9, 8: 0.4})


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("uyghur", lambda u, a, v, w: u),
        ("[uyghur, alert]", lambda u, a, v, w: u and a),
        ("{any: [uyghur, [alert, video]]}", lambda u, a, v, w: u or (a and v)),
        ("{any: [[uyghur, alert], [video, weather]]}", lambda u, a, v, w: (u and a) or (v and w)),
        ("[uyghur, {any: [alert, {none: [video]}]}]", lambda u, a, v, w: u),
        ("[uyghur, {none: [weather]}]", lambda u, a, v, w: u),
        ("{near: {of: [{any: [uyghur, video]}, alert], distance: 9}}", lambda u, a, v, w: (u or v) and a),
        ("[{count: {of: alert, at_least: 2}}, {page: weather}]", lambda u, a, v, w: a and w),
        ("[alert, {count: {of: weather, at_most: 2}}]", lambda u, a, v, w: a),
        ("[uyghur, {number: {unit: piece, at_least: 8, by: video}}]", lambda u, a, v, w: u and v),
    ],
)
def test_a_page_needs_what_the_rule_says(when: str, holds: object) -> None:
    need = needs().of(node(when))
    for there in product((False, True), repeat=4):
        present = sum(bit for bit, is_there in zip(BITS.values(), there, strict=True) if is_there)
        assert need.met(present) == bool(holds(*there)), there  # type: ignore[operator]


def test_the_rarest_is_asked_first() -> None:
    assert needs().of(node("[video, weather, alert, uyghur]")).bits == (1, 2, 8, 4)


def test_a_part_need_not_hold_what_may_stand_in_a_wider_one() -> None:
    within = Within("sentence", node("[uyghur, {window: alert}, {clause: video}, {sentence: weather}]"))
    assert needs().inside(within).bits == (1, 8, 4)
    assert needs().of(within).bits == (1, 2, 8, 4)


WHENS = (
    "[uyghur, alert]",
    "[{any: [[ethnonym, {window: video}], weather]}, {any: [alert, {sentence: unknown}]}]",
    "{near: {of: [{any: [ethnonym, video]}, alert], distance: 12}}",
    "[alert, {any: [{clause: [video, uyghur]}, {section: {count: {of: weather, at_least: 2}}}]}, {none: [han]}]",
    "{values: {one: ethnonym, rest: rest}}",
    "{earlier: {of: alert, than: video, days: 30}}",
    "{before: {of: alert, than: video, distance: 30}}",
)
HELD = "维族 维 uyghur 藏族自治县 告警 alarm alarms 预警 天气 weather 视频 camera 汉族 han 未知 unknown 其他 不得 运维"
BETWEEN = ("。", "，", " ", ". ", "\n", "\n\n", "\t", "1. ", "一" * 160, "，，，")
WORDS = st.sampled_from((*HELD.split(), "5月3日", "5月11日", "早于", *BETWEEN))


@given(st.lists(WORDS, max_size=25).map("".join), st.sampled_from(WHENS))
def test_what_is_not_asked_would_not_have_held(text: str, when: str) -> None:
    found = hits(when, text, SCOPES)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Need, "met", lambda need, present: True)
        assert hits(when, text, SCOPES) == found


def test_rules_that_share_a_page_do_not_share_their_needs() -> None:
    rules = rule_text("uyghur", name="B-01") + rule_text("[alert, {sentence: weather}]", name="A-01")
    detector = RuleDetector(read_pack([("x", CONCEPTS + "rules:" + rules)]))
    assert [hit.rule for hit in detector.detect(Page(1, "维族。告警。天气。"))[0]] == ["B-01"]
