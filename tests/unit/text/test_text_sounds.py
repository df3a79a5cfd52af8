from __future__ import annotations

import pytest

from countersight.text.sounds import is_pinyin, likeness, older, readings, spelled

SURE, UNSURE = 0.8, 0.6


@pytest.mark.parametrize(
    ("latin", "han"),
    [
        ("siemens", "西门子"),
        ("intel", "英特尔"),
        ("motorola", "摩托罗拉"),
        ("philips", "飞利浦"),
        ("bosch", "博世"),
        ("tesla", "特斯拉"),
    ],
)
def test_characters_that_spell_out_a_foreign_name_sound_like_it(latin: str, han: str) -> None:
    assert likeness(latin, han) > SURE


@pytest.mark.parametrize(
    ("latin", "han"), [("intel", "西门子"), ("oracle", "甲骨文"), ("hitachi", "西门子"), ("", "西"), ("siemens", "")]
)
def test_others_do_not(latin: str, han: str) -> None:
    assert likeness(latin, han) < UNSURE


def test_a_character_has_all_its_readings_and_words_are_spelled_as_they_are_read() -> None:
    assert set(readings("重")) >= {"zhong", "chong"}
    assert spelled("重庆") == "chongqing"
    assert readings("a") == ()


@pytest.mark.parametrize(
    ("syllable", "old"), [("qing", "tsing"), ("qing", "ching"), ("hua", "hwa"), ("zhong", "chung"), ("xin", "hsin")]
)
def test_older_spellings_of_a_syllable(syllable: str, old: str) -> None:
    assert old in older(syllable)


def test_a_character_without_a_reading_sounds_like_nothing() -> None:
    assert likeness("siemens", "西门・") < likeness("siemens", "西门子")


def test_pinyin_is_told_from_english() -> None:
    assert is_pinyin("haishi")
    assert not is_pinyin("vision")
    assert not is_pinyin("")
