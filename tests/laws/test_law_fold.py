"""Laws of folding."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from countersight.text.normal import flatten, fold

_WORDS = ["維吾爾", "维吾尔族", "Ｔ４", "ﬁ", "co-\n", "operate", "臺", "後", "2.", "█", "İ", "ß", "㎡", "①"]
_ODD = [
    " ",
    "\n",
    "\n\n",
    "\t",
    "\u3000",
    "\u200b",
    "\r\n",
    "\f",
    "\x85",
    "\u2028",
    "𠀀",
    "\ud800",
    "⼀",
    "豈",
    "ǅ",
    "，",
]
texts = st.lists(st.one_of(st.sampled_from([*_WORDS, *_ODD]), st.text(max_size=6)), max_size=20).map("".join)


class TestFold:
    """Folding twice is folding once; every range of the folded text leads back to the words it came from."""

    @given(texts)
    def test_twice_is_once(self, text: str) -> None:
        once = flatten(text)
        assert flatten(once) == once

    @given(texts)
    def test_the_text_alone_is_the_text_with_its_map(self, text: str) -> None:
        assert flatten(text) == fold(text)[0]

    @given(texts)
    def test_every_character_leads_back_in_order(self, text: str) -> None:
        folded, spans = fold(text)
        at = 0
        for i in range(len(folded)):
            start, end = spans.back(i, i + 1)
            assert at <= end
            assert 0 <= start < end <= len(text)
            at = start

    @given(texts)
    def test_a_character_comes_from_what_folds_to_it(self, text: str) -> None:
        folded, spans = fold(text)
        for i, character in enumerate(folded):
            start, end = spans.back(i, i + 1)
            if not character.isspace():
                assert character in flatten(text[start:end])

    @given(texts)
    def test_any_range_leads_back_to_a_range_that_holds_its_ends(self, text: str) -> None:
        folded, spans = fold(text)
        for i in range(len(folded)):
            start, end = spans.back(i, len(folded))
            assert start == spans.back(i, i + 1)[0]
            assert end == spans.back(len(folded) - 1, len(folded))[1]
