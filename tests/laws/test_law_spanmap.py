"""Laws of the map back from a changed text to the one it was made from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from countersight.text.spanmap import Edit, SpanMap, apply


@st.composite
def changes(draw: st.DrawFn, text: str) -> list[Edit]:
    """Edits in order, without overlap; deletions, insertions and edits that touch included."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return [Edit(start, end, draw(st.text("XYZ", max_size=4))) for start, end in pairs]


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, str, SpanMap, list[Edit]]:
    old = draw(st.text("abcdef中", max_size=30))
    edits = draw(changes(old))
    new, spans = apply(old, edits)
    return old, new, spans, edits


class TestOneChange:
    """A range of the new text maps to a range of the old that contains every character any of its own came from."""

    @given(changed())
    def test_the_text_is_as_if_edited_from_the_end(self, case: tuple[str, str, SpanMap, list[Edit]]) -> None:
        old, new, _, edits = case
        for edit in reversed(edits):
            old = old[: edit.start] + edit.text + old[edit.end :]
        assert old == new

    @given(changed(), st.integers(0, 30))
    def test_forward_is_the_first_offset_that_comes_from_there_or_later(
        self, case: tuple[str, str, SpanMap, list[Edit]], offset: int
    ) -> None:
        _, new, spans, _ = case
        later = (i for i in range(len(new)) if spans.back(i, i + 1)[0] >= offset)
        assert spans.forward(offset) == next(later, len(new))

    @given(changed())
    def test_a_kept_character_maps_to_itself(self, case: tuple[str, str, SpanMap, list[Edit]]) -> None:
        old, new, spans, _ = case
        for i, character in enumerate(new):
            start, end = spans.back(i, i + 1)
            assert 0 <= start <= end <= len(old)
            if character not in "XYZ":
                assert old[start:end] == character

    @given(changed(), st.data())
    def test_a_range_covers_what_its_characters_came_from(
        self, case: tuple[str, str, SpanMap, list[Edit]], data: st.DataObject
    ) -> None:
        _, new, spans, _ = case
        start = data.draw(st.integers(0, len(new)))
        end = data.draw(st.integers(start, len(new)))
        low, high = spans.back(start, end)
        parts = [spans.back(i, i + 1) for i in range(start, end)]
        assert low <= high
        assert all(low <= a <= b <= high for a, b in parts)

    @given(st.text(max_size=20))
    def test_the_identity_maps_every_range_to_itself(self, text: str) -> None:
        new, spans = apply(text, [])
        assert (new, spans.is_identity) == (text, True)
        assert all(spans.back(i, j) == (i, j) for j in range(len(text) + 1) for i in range(j + 1))


class TestTwoChanges:
    """``first.then(second)`` maps as ``second`` and then ``first`` would.

    What the second change put in between two characters comes from nowhere, so this is left open there.
    """

    @given(changed(), st.data())
    def test_composition(self, case: tuple[str, str, SpanMap, list[Edit]], data: st.DataObject) -> None:
        _, middle, first, _ = case
        newest, second = apply(middle, [e for e in data.draw(changes(middle)) if e.start < e.end])
        both = first.then(second)
        assert (both.new_length, both.old_length) == (len(newest), first.old_length)
        for start in range(len(newest)):
            for end in range(start + 1, len(newest) + 1):
                assert both.back(start, end) == first.back(*second.back(start, end))

    @given(changed())
    def test_the_identity_changes_nothing(self, case: tuple[str, str, SpanMap, list[Edit]]) -> None:
        old, new, spans, _ = case
        assert SpanMap.identity(len(old)).then(spans) == spans
        assert spans.then(SpanMap.identity(len(new))) == spans
