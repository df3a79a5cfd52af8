from __future__ import annotations

import pytest
from find_small import CONCEPTS, hits, words

from countersight.errors import RuleError
from countersight.find.packs import read_pack


def test_a_term_inside_a_masked_span_triggers_nothing() -> None:
    assert words("uyghur", "某维吾尔族自治县") == []
    assert words("uyghur", "on Uyghur Road") == []
    assert words("uyghur", "on Uyghur Roadside") == [["Uyghur"]]


def test_the_same_word_outside_the_mask_still_does_and_the_mask_is_told() -> None:
    (hit,) = hits("uyghur", "某维吾尔族自治县的维族告警。藏族自治县。")
    assert [term.text for term in hit.terms] == ["维族"]
    assert hit.masked == ("MSK-01",)


def test_a_mask_that_caught_words_elsewhere_is_not_told() -> None:
    assert [hit.masked for hit in hits("uyghur", "藏族自治县。维族告警。")] == [()]


@pytest.mark.parametrize(
    ("text", "found"),
    [("天气预警", False), ("预警", True), ("天气预警，摄像机", True), ("天气。预警", True)],
)
def test_a_mask_applies_only_with_its_context_in_the_same_sentence(text: str, *, found: bool) -> None:
    assert bool(words("alert", text)) is found


def test_a_mask_does_not_cover_a_term_that_reaches_out_of_it() -> None:
    pack = read_pack([("m.yaml", CONCEPTS + "masks:\n- {id: M, why: w, zh: [吾尔]}\n")])
    assert pack.masks[0].forms[0].text == "吾尔"
    assert words("uyghur", "维吾尔族") == [["维吾尔族"]]


@pytest.mark.parametrize(
    ("mask", "said"),
    [
        ("{id: M, zh: [甲]}", "'why'"),
        ("{id: M, why: w}", "forms in 'zh' or 'en'"),
        ('{id: M, why: w, zh: ["{nobody}县"]}', "'nobody'"),
        ("{id: M, why: w, zh: [甲], when: [nobody]}", "'nobody'"),
    ],
)
def test_a_broken_mask_is_named(mask: str, said: str) -> None:
    with pytest.raises(RuleError, match=r"m\.yaml, line \d+") as caught:
        read_pack([("m.yaml", CONCEPTS + f"masks:\n- {mask}\n")])
    assert said in caught.value.what


def test_two_masks_of_one_id_are_refused() -> None:
    with pytest.raises(RuleError, match="an id of its own"):
        read_pack([("m.yaml", CONCEPTS + "masks:\n- {id: M, why: w, zh: [甲]}\n- {id: M, why: w, zh: [乙]}\n")])
