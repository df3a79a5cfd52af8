from __future__ import annotations

from countersight.model import Block, BlockKind, Page
from countersight.pipeline.examine import kind, opening

NEWS = "Latest news 2023-11-02: tender notice for lamps\n"
BODY = "Letter of the company, 5 March 2021.\n"
FOOT = "More: contract signed 2022-01-01"


def page(text: str, *furniture: tuple[int, int]) -> Page:
    return Page(1, text, paged=False, blocks=tuple(Block(a, b, BlockKind.FURNITURE, "listing") for a, b in furniture))


def test_what_surrounds_the_body_of_a_web_page_tells_neither_kind_nor_date() -> None:
    text = NEWS + BODY + FOOT
    found = opening([page(text, (0, len(NEWS)), (len(NEWS + BODY), len(text)))])
    assert found == BODY.strip()


def test_much_furniture_does_not_push_the_body_out() -> None:
    menu = "menu entry\n" * 2000
    assert opening([page(menu + BODY, (0, len(menu)))]) == BODY.strip()


def test_furniture_inside_furniture_is_left_out_once() -> None:
    text = "aaaa" + BODY
    assert opening([page(text, (0, 4), (1, 3))]) == BODY.strip()


def test_a_page_of_nothing_but_furniture_has_no_kind() -> None:
    assert kind([page(NEWS, (0, len(NEWS)))], "a.html", "text/html") is None


def test_other_pages_begin_as_they_are() -> None:
    assert opening([page("a" * 10), page("b" * 9000)]) == "a" * 10 + "\n" + "b" * 5989
