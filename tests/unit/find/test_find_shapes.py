from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersight.find.matcher import bordered
from countersight.find.shapes import shaped, shapes
from countersight.text.normal import flatten

TEXTS = st.text(st.sampled_from("ano01 -_.,é号人ж\n𠀀")).map(flatten)
WORDS = st.text(st.sampled_from("ano01 -é人"), min_size=1, max_size=4).map(flatten).filter(bool)


def places(words: tuple[str, ...], text: str) -> set[int]:
    words, text = tuple(word.replace("-", " ") for word in words), text.replace("-", " ")
    return {match.start() for word in words for match in re.finditer(f"(?={re.escape(word)})", text)}


PLAIN = string.ascii_lowercase + string.digits
SHAPES = set(shaped("".join(f"{one} {one}a a{one} " for one in PLAIN))) - {*PLAIN, " "}


@given(st.text())
def test_every_text_keeps_its_length_and_holds_no_shape_before(text: str) -> None:
    folded = flatten(text)
    assert len(shaped(folded)) == len(folded)
    assert not SHAPES & set(folded)


def test_each_letter_has_three_shapes_of_its_own() -> None:
    assert len(SHAPES) == 3 * len(PLAIN)


@given(WORDS, TEXTS)
def test_a_whole_word_is_found_wherever_it_stands_alone(word: str, text: str) -> None:
    found = places(shapes([word], whole=True)[word], shaped(text))
    alone = {at for at in places((word,), text) if bordered(text, at, at + len(word))}
    assert alone <= found <= places((word,), text)
    if word.isascii() and word[0].isalnum() and word[-1].isalnum():
        assert found == alone


@given(WORDS, TEXTS)
def test_a_part_of_a_word_is_found_wherever_it_stands(word: str, text: str) -> None:
    assert places(shapes([word], whole=False)[word], shaped(text)) == places((word,), text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no", True),
        ("say no.", True),
        ("北no京", True),
        ("x_no_x", True),
        ("north", False),
        ("piano", False),
        ("no1", False),
    ],
)
def test_words_end_at_han_and_underscores(text: str, *, found: bool) -> None:
    (shape,) = shapes(["no"], whole=True)["no"]
    assert (shape in shaped(text)) is found


def test_words_are_joined_by_spaces_and_hyphens_alike() -> None:
    (spaced,) = shapes(["face search"], whole=True)["face search"]
    (hyphened,) = shapes(["face-search"], whole=True)["face-search"]
    assert spaced == hyphened
    assert spaced in shaped("a face-search of all")


def test_no_texts_have_no_shapes() -> None:
    assert shapes([], whole=True) == shapes([], whole=False) == {}
