from __future__ import annotations

from countersight.model import Hit, Page, Term, Weak
from countersight.pipeline.doubt import doubts

TEXT = "雄吾尔旅人员出现时告警。"
TERMS = (Term(0, 4, "uyghur", "雄吾尔旅"), Term(9, 11, "alert", "告警"))


def hit(*supposed: tuple[int, str]) -> Hit:
    return Hit("GRP-04", 1, 0, 12, TERMS, supposed=supposed)


def test_what_is_supposed_is_told_with_the_words_the_rule_takes_it_for() -> None:
    page = Page(1, TEXT, weak=(Weak(0, 0.6, "维"), Weak(3, 0.5, "族旋")))
    (note,) = doubts([(hit((0, "维"), (3, "族")), page)])
    assert note.startswith("Holds only if a weakly read character is another: ")
    assert note.endswith("read “雄”, may be “维”; read “旅”, may be “族”; taken as “维吾尔族”.")


def test_a_supposition_outside_the_decisive_words_names_no_words() -> None:
    page = Page(1, TEXT, weak=(Weak(6, 0.6, "山"),))
    assert doubts([(hit((6, "山")), page)]) == (
        "Holds only if a weakly read character is another: read “出”, may be “山”.",
    )


def test_a_hit_as_read_says_which_of_its_decisive_characters_are_weak() -> None:
    page = Page(1, TEXT, weak=(Weak(0, 0.612, "维唯"), Weak(3, 0.5), Weak(6, 0.1, "山")))
    assert doubts([(hit(), page), (hit(), page)]) == (
        "“雄吾尔旅” rests on what was read weakly: “雄” (score 0.61, may be 维 唯); “旅” (score 0.50).",
    )


def test_words_read_surely_raise_no_doubt() -> None:
    assert doubts([(hit(), Page(1, TEXT, weak=(Weak(6, 0.1, "山"),)))]) == ()
