"""Laws of matching names of organisations."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countersight.match import compare
from countersight.text.orgname import parse

LINES = (Path(__file__).parent.parent / "corpus/names_zh_en.tsv").read_text("utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if not line.startswith(("#", "zh\t"))]
NAMES = st.sampled_from([name for zh, en, _ in ROWS for name in (zh, en)])
GENERIC = st.sampled_from(["Technology", "Group", "International", "科技", "集团", "Co., Ltd.", "有限公司"])
MATCHED = ("same name", "strong", "possible")
few = settings(max_examples=150, deadline=None)


class TestParts:
    """Each part of a name is what stands at its offsets; any text can be parsed."""

    @given(st.one_of(NAMES, st.text(max_size=30), st.text("海视北京市公司（）(·Az9.", max_size=12)))
    @few
    def test_parts_are_cut_from_the_name(self, text: str) -> None:
        name = parse(text)
        for part in (*name.place, *name.core, *name.trade, *name.form, *name.branch, *name.number, *name.alias):
            assert text[part.start : part.end] == part.text
            assert part.text


class TestComparison:
    """Comparison is symmetric; a name that names is the same as itself; generic words make no match."""

    @given(NAMES, NAMES)
    @few
    def test_it_is_symmetric(self, one: str, two: str) -> None:
        assert compare(one, two) == compare(two, one)

    @pytest.mark.parametrize("name", [row[0] for row in ROWS] + [row[1] for row in ROWS])
    def test_a_name_is_itself(self, name: str) -> None:
        assert compare(name, name).score == 1

    @given(NAMES, NAMES, GENERIC)
    @few
    def test_the_same_generic_word_after_both_makes_no_match(self, one: str, two: str, word: str) -> None:
        if compare(one, two).band is None:
            assert compare(f"{one} {word}", f"{two} {word}").band not in MATCHED
