from __future__ import annotations

import pytest

from countersight.text.normal import carried, flatten, fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("維吾爾族", "维吾尔族"),
        ("ＮＶＩＤＩＡ　Ｔ４", "nvidia t4"),
        ("维 吾 尔 族", "维吾尔族"),
        ("维吾\n尔族", "维吾尔族"),
        ("维吾\r\n   尔族", "维吾尔族"),
        ("维\u200b吾\ufeff尔", "维吾尔"),
        ("GPU 卡 8 块", "gpu 卡 8 块"),
        ("surveil-\nlance", "surveillance"),
        ("GPU-\nCard T-4", "gpucard t-4"),
        ("oﬃce", "office"),
        ("a  b", "a b"),
        ("⼀⼈", "一人"),
        ("不少于８块", "不少于8块"),
        ("民族：█████", "民族:█████"),
        ("，。！？；", ",。!?;"),
        ("", ""),
        ("\n", " "),
    ],
)
def test_one_form_for_all_ways_of_writing(written: str, folded: str) -> None:
    assert flatten(written) == folded
    assert fold(written)[0] == folded


@pytest.mark.parametrize("text", ["维\t吾", "维\n\n吾", "维 \n \n吾", "维\f吾"])
def test_cells_and_paragraphs_are_not_joined(text: str) -> None:
    assert "维吾" not in flatten(text)


def test_a_tab_among_spaces_stays_the_border_of_a_cell() -> None:
    assert flatten("a \t \n b") == "a\tb"


def test_what_has_no_one_letter_form_stays() -> None:
    assert flatten("① ㎡ ½ x²") == "① ㎡ ½ x²"


def test_the_map_gives_the_words_on_the_page() -> None:
    text = "抓拍到 維吾\n爾族 人員，T4-\nboard"
    folded, spans = fold(text)
    for word, quote in [("维吾尔族", "維吾\n爾族"), ("人员", "人員"), ("t4-", "T4-"), ("board", "board")]:
        at = folded.index(word)
        start, end = spans.back(at, at + len(word))
        assert text[start:end] == quote


def test_letters_whose_lower_case_is_longer_keep_every_offset() -> None:
    text = "İİ維族"
    folded, spans = fold(text)
    at = folded.index("维族")
    assert spans.back(at, at + 2) == (2, 4)


def test_an_undecodable_half_becomes_the_mark_for_it() -> None:
    assert flatten("维\ud800族") == "维\ufffd族"


@pytest.mark.parametrize(
    ("text", "offsets", "expected"),
    [
        ("维 吾尔。\n\n 族", [5], [4]),
        ("A  b.\n\nC", [0, 1, 5], [0, 1, 4]),
        ("a\u200b b", [3], None),
        ("word-\nword", [6], None),
        ("\U00020000 维", [1], None),
    ],
)
def test_offsets_are_carried_by_what_is_visible(text: str, offsets: list[int], expected: list[int] | None) -> None:
    assert carried(text, offsets) == expected
