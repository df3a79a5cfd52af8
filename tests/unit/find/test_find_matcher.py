from __future__ import annotations

import pytest
from find_small import hits, pack, words

from countersight.find.detector import RuleDetector
from countersight.find.matcher import outside
from countersight.find.passage import Passage
from countersight.model import Block, BlockKind, Page


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("維吾爾族", [["維吾爾族"]]),
        ("维 吾\n尔 族", [["维 吾\n尔 族"]]),
        ("Uighurs", [["Uighurs"]]),
        ("uyghur", [["uyghur"]]),
        ("ＵＹＧＨＵＲ", [["ＵＹＧＨＵＲ"]]),
        ("UyghurX", []),
        ("说Uyghur话", [["Uyghur"]]),
        ("EM_NATION_TYPE_UYGUR", [["UYGUR"]]),
        ("em_nation_uygur", []),
        ("UYGURS", []),
        ("NationUYGUR", [["UYGUR"]]),
        ("二维码运维", []),
        ("维/汉", [["维"]]),
        ("维", [["维"]]),
        ("维族文", []),
        ("维吾尔族维族", [["维吾尔族", "维族"]]),
        ("██维族██", [["维族"]]),
        ("维█族", []),
    ],
)
def test_a_form_is_found_as_it_may_be_written_and_nowhere_else(text: str, found: list[list[str]]) -> None:
    assert words("uyghur", text) == found


def test_a_longer_form_hides_a_shorter_one_inside_it() -> None:
    assert words("{any: [rest, ethnonym]}", "维吾尔族") == [["维吾尔族"]]


def test_a_hump_of_camel_case_is_a_word_but_a_piece_of_one_is_not() -> None:
    assert words("gpu", "serverT4_card") == [["T4"]]
    assert words("gpu", "T4a T40 XT4") == []


def test_a_chinese_form_in_latin_letters_is_no_piece_of_a_word() -> None:
    assert words("gpu", "国产NPU卡、NPUs") == [["NPU", "NPU"]]
    assert words("gpu", "input NPUX") == []


def test_terms_and_hit_are_places_of_the_page_itself() -> None:
    text = "  說明：維\n吾爾族告警。 "
    (hit,) = hits("[uyghur, alert]", text)
    assert text[hit.start : hit.end] == "說明：維\n吾爾族告警。"
    assert all(text[term.start : term.end] == term.text for term in hit.terms)


def test_forward_is_the_inverse_of_the_map_at_every_kept_character() -> None:
    passage = Passage(Page(1, "维 吾\n尔  族 T4-\nx\ty"))
    for at in range(len(passage.folded)):
        assert passage.forward(passage.map.back(at, at + 1)[0]) == at


def test_outside_keeps_what_is_only_partly_covered() -> None:
    assert outside([(0, 2), (1, 4), (5, 6)], [(0, 3), (5, 6)]) == [(1, 4)]


@pytest.mark.parametrize(
    ("furniture", "found"),
    [((), 2), ((0, 8), 1), ((10, 18), 1), ((0, 19), 0), ((5, 7), 1)],
)
def test_words_in_what_surrounds_a_web_page_trigger_nothing(furniture: tuple[int, ...], found: int) -> None:
    text = "維 吾爾族告警。\n\n维吾尔族的告警。\n"  # folding changes offsets
    blocks = (Block(furniture[0], furniture[1], BlockKind.FURNITURE, "related"),) if furniture else ()
    detector = RuleDetector(pack("{sentence: [uyghur, alert]}"))
    assert len(detector.detect(Page(1, text, blocks=blocks))[0]) == found


def test_words_in_what_surrounds_a_web_page_are_not_counted_either() -> None:
    text = "视频 告警\n维吾尔族"
    page = Page(1, text, blocks=(Block(6, len(text), BlockKind.FURNITURE, "footer"),))
    sight = RuleDetector(pack("[uyghur, alert]")).sight(page)
    assert (sight.count("uyghur"), sight.count("alert")) == (0, 1)
