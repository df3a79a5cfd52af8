from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersight.text.align import align, carried
from countersight.text.spanmap import Edit, apply

TEXTS = st.text(alphabet="ab 1民族旅。\n█", max_size=40)


@given(TEXTS, TEXTS)
def test_the_edits_make_the_new_text_of_the_old(old: str, new: str) -> None:
    assert apply(old, align(old, new))[0] == new


@given(TEXTS, TEXTS)
def test_offsets_are_carried_over_in_order_and_to_the_ends(old: str, new: str) -> None:
    edits = align(old, new)
    for after in (True, False):
        moved = [carried(edits, at, after=after) for at in range(len(old) + 1)]
        assert moved == sorted(moved)
    assert 0 <= carried(edits, 0, after=False) <= carried(edits, len(old), after=True) == len(new)


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("民旅属性", "民族属性", [Edit(1, 2, "族")]),
        ("the Uigur group", "the Uyghur group", [Edit(4, 9, "Uyghur")]),
        ("of 2O19 and", "of 2019 and", [Edit(3, 7, "2019")]),
        ("一二三", "一三", [Edit(1, 2, "")]),
        ("一三", "一二三", [Edit(1, 1, "二")]),
        ("", "全文", [Edit(0, 0, "全文")]),
        ("同", "同", []),
        ("甲\n乙\n丙\n", "甲\n丙\n", [Edit(2, 4, "")]),
        ("well known", "wellknown", [Edit(4, 5, "")]),
    ],
)
def test_what_a_person_sees_changed(old: str, new: str, edits: list[Edit]) -> None:
    assert list(align(old, new)) == edits


def test_texts_too_long_to_compare_differ_as_a_whole_between_what_they_share() -> None:
    old, new = "始" + "甲" * 3000 + "末", "始" + "乙" * 3000 + "末"
    assert list(align(old, new)) == [Edit(1, 3001, "乙" * 3000)]


def test_a_stretch_grows_by_what_was_put_in_at_its_end() -> None:
    edits = align("人脸\t车牌", "人脸识别\t车牌")
    assert (carried(edits, 0, after=False), carried(edits, 2, after=True)) == (0, 4)
    assert (carried(edits, 3, after=False), carried(edits, 5, after=True)) == (5, 7)
