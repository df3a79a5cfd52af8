from __future__ import annotations

import pytest
from find_small import CONCEPTS

from countersight.errors import RuleError
from countersight.find.lexicon import Lexicon, english, inflect
from countersight.find.packs import read_pack


def lexicon(text: str = CONCEPTS) -> Lexicon:
    return read_pack([("small.yaml", text)]).lexicon


def test_a_concept_covers_its_own_forms_and_those_it_includes() -> None:
    found = lexicon()
    assert found.leaves["ethnonym"] == ("uyghur", "tibetan")
    assert found.leaves["uyghur"] == ("uyghur",)


@pytest.mark.parametrize("word", ["维族", "維族", "uyghur", "UYGHURS", " Uighur ", "维", "UYGUR"])
def test_a_word_widens_to_all_forms_of_its_concept_in_both_languages(word: str) -> None:
    assert {"维吾尔族", "维族", "uyghur", "uighurs"} <= set(lexicon().widen(word))


@pytest.mark.parametrize("word", ["", "维族文", "no such word", "族"])
def test_a_word_of_no_concept_widens_to_nothing(word: str) -> None:
    assert lexicon().widen(word) == ()


def test_a_single_character_is_not_among_the_forms_to_search() -> None:
    assert "维" not in lexicon().widen("维族")


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("alarm", {"alarm", "alarms", "alarmed", "alarming"}),
        ("share", {"share", "shares", "shared", "sharing"}),
        ("party", {"party", "parties", "partied", "partying"}),
        ("mosque", {"mosque", "mosques", "mosqued", "mosquing"}),
        ("church", {"church", "churches", "churched", "churching"}),
        ("access", {"access", "accesses"}),
        ("GPU", {"GPU"}),
        ("T4", {"T4"}),
        ("day", {"day", "days", "dayed", "daying"}),
    ],
)
def test_regular_endings(word: str, forms: set[str]) -> None:
    assert set(inflect(word)) == forms


def test_phrases_keep_inner_words_unless_marked_and_two_words_may_be_one() -> None:
    assert "places of worship" in english("place~ of worship")
    assert "places of worship" not in english("place of worship")
    assert "watchlists" in english("watch list")
    assert english("=as is") == ("as is",)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("concepts:\n  a: {gloss: A}\n", 2, "forms"),
        ("concepts:\n  a: {zh: [甲]}\n", 2, "gloss"),
        ("concepts:\n  a: {gloss: A, zh: 甲}\n", 2, "a list"),
        ("concepts:\n  a:\n    gloss: A\n    includes: [b]\n", 3, "no concept 'b'"),
        ("concepts:\n  a: {gloss: A, includes: [a]}\n", 2, "include themselves"),
        ("concepts:\n  a: {gloss: A, includes: [b]}\n  b: {gloss: B, includes: [a]}\n", 2, "a → b → a"),
        ("concepts:\n  a: {gloss: A, zh: [甲], jp: [甲]}\n", 2, "'jp'"),
        ("concepts:\n  a: {gloss: A, zh: [甲]}\n  a: {gloss: A, zh: [乙]}\n", 3, "only once"),
    ],
)
def test_a_broken_concept_is_named_by_file_and_line(text: str, line: int, said: str) -> None:
    with pytest.raises(RuleError) as caught:
        lexicon(text)
    assert f"small.yaml, line {line}:" in caught.value.what
    assert said in caught.value.what
    assert caught.value.way_out
