from __future__ import annotations

import pytest

from countersight.text.spanmap import Edit, SpanMap, apply


def test_text_around_an_edit_maps_to_itself() -> None:
    new, spans = apply("维 吾 尔 族", [Edit(1, 2, ""), Edit(3, 4, ""), Edit(5, 6, "")])
    assert new == "维吾尔族"
    assert spans.back(0, 4) == (0, 7)
    assert [spans.back(i, i + 1) for i in range(4)] == [(0, 1), (2, 3), (4, 5), (6, 7)]


def test_a_replacement_maps_as_a_whole() -> None:
    new, spans = apply("the o\ufb03ce", [Edit(5, 6, "ffi")])
    assert new == "the office"
    assert spans.back(6, 7) == (5, 6)
    assert spans.back(4, 10) == (4, 8)
    assert spans.back(8, 10) == (6, 8)


def test_an_insertion_maps_to_the_place_it_was_put() -> None:
    new, spans = apply("ab", [Edit(1, 1, "--")])
    assert new == "a--b"
    assert spans.back(1, 3) == (1, 1)
    assert spans.back(0, 4) == (0, 2)


def test_a_text_deleted_altogether() -> None:
    new, spans = apply("abc", [Edit(0, 3, "")])
    assert new == ""
    assert spans.back(0, 0) == (3, 3)


def test_an_edit_at_either_end() -> None:
    new, spans = apply("abc", [Edit(0, 1, "X"), Edit(2, 3, "Y")])
    assert new == "XbY"
    assert [spans.back(i, i + 1) for i in range(3)] == [(0, 1), (1, 2), (2, 3)]


def test_two_changes_map_through_both() -> None:
    middle, first = apply("a-\nb c", [Edit(1, 3, "")])
    newest, second = apply(middle, [Edit(2, 3, "")])
    assert newest == "abc"
    both = first.then(second)
    assert both.back(0, 3) == (0, 6)
    assert both.back(1, 2) == (3, 4)
    assert both.back(2, 3) == (5, 6)


def test_no_edits_are_the_identity() -> None:
    new, spans = apply("abc", [])
    assert (new, spans) == ("abc", SpanMap.identity(3))
    assert spans.is_identity


@pytest.mark.parametrize(
    "edits", [[Edit(0, 2, ""), Edit(1, 3, "")], [Edit(2, 3, ""), Edit(0, 1, "")], [Edit(2, 1, "")], [Edit(0, 9, "")]]
)
def test_edits_that_overlap_go_backwards_or_lie_outside_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        apply("abc", edits)


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (2, 1), (0, 4), (4, 4)])
def test_a_range_outside_the_new_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no range"):
        SpanMap.identity(3).back(start, end)


def test_changes_of_different_texts_are_not_joined() -> None:
    with pytest.raises(ValueError, match="not made to the result of the first"):
        SpanMap.identity(3).then(SpanMap.identity(4))
