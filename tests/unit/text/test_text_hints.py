"""Whether a text holds any of some words."""

from countersight.text.hints import Hints


def test_a_word_is_found_as_it_is_written() -> None:
    hints = Hints(("持股", "owned"))
    assert hints.within("甲公司持股51%")
    assert hints.within("disowned")
    assert not hints.within("持有股份, Owned")


def test_nothing_is_found_in_an_empty_text() -> None:
    assert not Hints(("a",)).within("")


def test_words_that_share_a_character_are_all_found() -> None:
    assert [(start, end) for _, start, end in Hints(("总价", "价款")).find("合同总价款为")] == [(2, 4), (3, 5)]
