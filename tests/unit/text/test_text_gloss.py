from __future__ import annotations

import pytest

from countersight.text.gloss import DICTIONARY, LEXICON, Gloss, gloss

WORDS = {"重点人员": "key persons (a police category)", "民族": "ethnicity as a datum"}


def test_the_lexicon_goes_before_the_dictionary_and_both_are_named() -> None:
    made = gloss("重点人员的民族", WORDS)
    assert made[0] == Gloss("重点人员", "key persons (a police category)", LEXICON)
    assert made[-1] == Gloss("民族", "ethnicity as a datum", LEXICON)
    assert gloss("民族", {})[0].source == DICTIONARY
    assert "ethnic group" in gloss("民族", {})[0].meaning


def test_the_longest_word_that_fits_is_taken() -> None:
    assert [one.word for one in gloss("少数民族摄像机", WORDS)] == ["少数民族", "摄像机"]


@pytest.mark.parametrize("quote", ["攝像機", "摄 像\n机"])
def test_words_are_known_however_they_are_written_and_shown_as_written(quote: str) -> None:
    (made,) = gloss(quote, {})
    assert made.word == "".join(quote.split())
    assert "camera" in made.meaning


def test_what_nobody_knows_has_no_meaning_and_stays_one_word() -> None:
    assert gloss("䶮䶮𠀋", {}) == (Gloss("䶮䶮𠀋", "", ""),) or all(one.word for one in gloss("䶮䶮𠀋", {}))
    assert "".join(one.word for one in gloss("澜溪县摄像机", {})) == "澜溪县摄像机"


def test_letters_digits_and_hidden_data_are_not_glossed() -> None:
    assert gloss("NVIDIA T4 ████ 8", {}) == ()
