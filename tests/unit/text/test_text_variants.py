from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from countersight.model import Weak
from countersight.text.variants import MOST, variants

TEXT = "系统支持雄吾尔旅检索"


def texts(text: str, *weak: Weak) -> list[str]:
    return [made.within(text) for made in variants(text, weak)[0]]


def test_what_was_read_surely_has_no_variants() -> None:
    assert variants(TEXT, ()) == ((), 0)
    assert variants(TEXT, [Weak(4, 0.5)]) == ((), 0)  # weak, and nothing else is likely


def test_each_alternative_comes_alone_then_neighbours_in_pairs_the_likeliest_first() -> None:
    assert texts(TEXT, Weak(4, 0.6, "维唯"), Weak(7, 0.7, "族")) == [
        "系统支持维吾尔旅检索",
        "系统支持雄吾尔族检索",
        "系统支持唯吾尔旅检索",
        "系统支持维吾尔族检索",
        "系统支持唯吾尔族检索",
    ]


def test_three_in_one_word_are_tried_at_their_likeliest_all_at_once() -> None:
    made = texts("甲乙丙", Weak(0, 0.5, "1"), Weak(1, 0.5, "2"), Weak(2, 0.5, "3"))
    assert made == ["1乙丙", "甲2丙", "甲乙3", "12丙", "甲23", "123"]


def test_characters_far_apart_are_not_changed_together() -> None:
    assert texts("未" + "。" * 20 + "未", Weak(0, 0.5, "末"), Weak(21, 0.5, "末")) == [
        "末" + "。" * 20 + "未",
        "未" + "。" * 20 + "末",
    ]


def test_a_variant_says_what_it_changes_and_where() -> None:
    (made,) = variants("x" * 100 + "己" + "y" * 100, [Weak(100, 0.5, "已")])[0]
    assert (made.start, made.end, made.changes) == (60, 141, ((100, "已"),))
    assert made.text == "x" * 40 + "已" + "y" * 40
    assert (made.touches(100, 101), made.touches(101, 200), made.touches(0, 100)) == (((100, "已"),), (), ())


def test_what_is_left_out_of_a_page_read_badly_is_counted() -> None:
    weak = [Weak(at, 0.3, "一二三四五") for at in range(50)]
    made, left = variants("字" * 50, weak)
    # 50 × 5 alone, 49 pairs × 3 × 3, and all fifty at once
    assert (len(made), left) == (MOST, 50 * 5 + 49 * 9 + 1 - MOST)
    assert all(one.changes[0][1] == "一" for one in made[:50])  # the likeliest come first
    assert any(one.text == "一" * 50 for one in made)


class TestLaw:
    """Every variant is as long as the page and differs from it exactly where it says."""

    @given(st.text(min_size=1, max_size=60), st.data())
    def test_offsets_stay(self, text: str, data: st.DataObject) -> None:
        ats = sorted(data.draw(st.sets(st.integers(0, len(text) - 1), max_size=8)))
        other = st.characters(categories=["L", "N"])
        weak = [Weak(at, 0.5, "".join(dict.fromkeys(data.draw(st.lists(other, max_size=4))))) for at in ats]
        weak = [Weak(one.at, one.score, one.others.replace(text[one.at], "")) for one in weak]
        made, _ = variants(text, weak)
        for one in made:
            whole = one.within(text)
            assert len(whole) == len(text)
            assert [(at, whole[at]) for at in range(len(text)) if whole[at] != text[at]] == list(one.changes)
        assert len({one.changes for one in made}) == len(made)
        assert variants(text, weak) == variants(text, tuple(weak))
