from __future__ import annotations

import pytest
from find_small import hits, words

FAR = "，" + "一般说明文字" * 30 + "，"


@pytest.mark.parametrize(
    ("when", "text", "found"),
    [
        ("uyghur", "维族", [["维族"]]),
        ("ethnonym", "藏族与维族", [["藏族", "维族"]]),
        ("[uyghur, alert]", "维族告警", [["维族", "告警"]]),
        ("[uyghur, alert]", "维族。告警", []),
        ("{all: [uyghur, {none: [weather]}]}", "维族天气", []),
        ("{all: [uyghur, {none: [weather, register]}]}", "维族户籍", []),
        ("{any: [uyghur, alert]}", "告警", [["告警"]]),
        ("{all: [{any: [uyghur, tibetan]}, alert]}", "藏族告警", [["藏族", "告警"]]),
        ("{near: {of: [uyghur, alert], distance: 3}}", "告警：维族", [["告警", "维族"]]),
        ("{near: {of: [uyghur, alert], distance: 3}}", "维族，一二三四，告警", []),
        ("{near: {of: [uyghur, alert], distance: 3, ordered: true}}", "告警：维族", []),
        ("{near: {of: [uyghur, alert], distance: 3, ordered: true}}", "告警，维族，告警", [["维族", "告警"]]),
        ("{near: {of: [uyghur, alert], distance: 0}}", "维族告警", [["维族", "告警"]]),
        ("{near: {of: [uyghur, alert, video], distance: 2}}", "维族告警视频", [["维族", "告警", "视频"]]),
        ("{count: {of: alert, at_least: 2}}", "告警与预警", [["告警", "预警"]]),
        ("{count: {of: alert, at_least: 2, distinct: true}}", "告警与告警", []),
        ("{all: [uyghur, {count: {of: alert, at_most: 1}}]}", "维族告警报警", []),
        ("{all: [uyghur, {count: {of: alert, at_most: 1}}]}", "维族", [["维族"]]),
        ("{number: {unit: piece, at_least: 8, by: gpu}}", "T4显卡不少于8块", [["T4", "不少于8块"]]),
        ("{number: {unit: piece, at_least: 8, by: gpu}}", "T4显卡4块", []),
        ("{number: {unit: piece, at_least: 1, at_most: 8, by: gpu}}", "T4 12块", []),
        ("{number: {unit: piece, by: gpu, distance: 5}}", "T4的一般说明很长很长，另有8块", []),
    ],
)
def test_a_node_holds_or_not(when: str, text: str, found: list[list[str]]) -> None:
    assert [sorted(hit) for hit in words(when, text)] == [sorted(hit) for hit in found]


@pytest.mark.parametrize(
    ("scope", "text", "count"),
    [
        ("sentence", "维族。告警。维族告警。维族报警。", 2),
        ("row", "维族\t告警\n维族\n告警\n", 1),
        ("[sentence, row]", "维族\t告警\n\n维族告警。维族", 2),
        ("[sentence, row]", "维族告警\t藏族\n", 1),
        ("section", "第一章 甲\n维族。\n第二章 乙\n告警。", 0),
        ("section", "第一章 甲\n维族。\n告警。\n第二章 乙\n", 1),
        ("window", f"维族{FAR}告警", 0),
        ("window", "维族。\n\n告警", 1),
        ("window", "维族。维族。告警", 1),
        ("page", f"维族{FAR}告警", 1),
    ],
)
def test_the_scope_says_how_far_apart_words_may_stand(scope: str, text: str, count: int) -> None:
    assert len(hits("[uyghur, alert]", text, f"scope: {scope}")) == count


def test_context_wider_than_the_scope_is_the_part_around_it() -> None:
    when = "{all: [uyghur, {section: video}, {none: [{section: register}]}]}"
    text = "第一章 甲\n维族。\n摄像机。\n第二章 乙\n维族。\n户籍。摄像机。\n第三章 丙\n维族。"
    (hit,) = hits(when, text)
    assert text[hit.start : hit.end] == "维族。"
    assert hit.start < text.index("第二章")
    assert [term.text for term in hit.terms] == ["维族"], "words of the context are not part of the hit"


def test_context_does_not_narrow_where_the_rule_looks() -> None:
    """The video is named once, far from any of the three sentences that hold the group."""
    text = f"视频系统。{FAR}。维族。藏族。维族。"
    assert len(hits("{all: [ethnonym, {page: video}]}", text)) == 3


def test_a_narrower_part_is_some_part_of_the_scope() -> None:
    when = "{all: [video, {sentence: [uyghur, alert]}]}"
    assert hits(when, "视频。维族告警。", "scope: page")
    assert not hits(when, "视频。维族。告警。", "scope: page")


def test_a_part_as_wide_as_the_scope_is_the_scope_itself_and_its_words_are_the_hits() -> None:
    (hit,) = hits("{any: [{sentence: [uyghur, alert]}, weather]}", "维族告警。")
    assert [term.text for term in hit.terms] == ["维族", "告警"]


def test_a_hit_in_a_wide_scope_cites_only_the_sentences_with_its_words() -> None:
    text = "前言甲乙丙。维族。中间。告警。后记甲乙丙。"
    (hit,) = hits("[uyghur, alert]", text, "scope: page")
    assert text[hit.start : hit.end] == "维族。中间。告警。"
