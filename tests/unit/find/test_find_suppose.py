from __future__ import annotations

from importlib import import_module

from countersight.find.detector import RuleDetector
from countersight.find.suppose import supposed
from countersight.model import Hit, Page, Weak

small = import_module("find_small")

ALERT = "[ethnonym, alert]"
DENIED = "negation: {by: [negation]}"


def tried(text: str, *weak: Weak, extra: str = "") -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    """The hits of the text as read, and those that suppose something."""
    detector = RuleDetector(small.pack(ALERT, extra))
    page = Page(1, text, origin="ocr", weak=weak)
    held = detector.detect(page)[0]
    return held, supposed(detector, page, held)


def test_a_rule_that_holds_only_in_a_variant_is_told_with_what_is_supposed() -> None:
    held, (hit,) = tried("无关。维吾尔旅人员出现时告警。", Weak(6, 0.6, "旋族"))
    assert held == ()
    assert (hit.start, hit.end, hit.supposed, hit.negated) == (3, 15, ((6, "族"),), False)
    assert [(term.concept, term.text) for term in hit.terms] == [("uyghur", "维吾尔旅"), ("alert", "告警")]


def test_two_weak_characters_of_one_word_are_supposed_together() -> None:
    _, (hit,) = tried("雄吾尔旅出现时告警。", Weak(0, 0.6, "维唯"), Weak(3, 0.5, "族旋"))
    assert hit.supposed == ((0, "维"), (3, "族"))


def test_no_more_is_supposed_than_it_takes() -> None:
    _, (hit,) = tried("维吾尔旅已现时告警。", Weak(3, 0.6, "族旋"), Weak(4, 0.5, "己巳"))
    assert hit.supposed == ((3, "族"),)


def test_what_holds_as_read_is_not_told_again() -> None:
    held, more = tried("维吾尔族已现时告警。", Weak(3, 0.6, "旅旋"), Weak(4, 0.5, "己"))
    assert len(held) == 1
    assert more == ()


def test_a_weak_negation_gives_the_contrary_beside_what_was_read() -> None:
    held, (hit,) = tried("木得对藏族告警。", Weak(0, 0.5, "不"), extra=DENIED)
    assert [one.negated for one in held] == [False]
    assert (hit.negated, hit.supposed) == (True, ((0, "不"),))


def test_a_weak_negation_may_also_be_none() -> None:
    held, (hit,) = tried("不得对藏族告警。", Weak(0, 0.5, "木"), extra=DENIED)
    assert [one.negated for one in held] == [True]
    assert (hit.negated, hit.supposed) == (False, ((0, "木"),))


def test_a_mask_that_stands_on_a_weak_character_is_told() -> None:
    """The name of a place triggers nothing; it may be none."""
    text = "藏族自治县设告警。"
    assert tried(text) == ((), ())
    _, (hit,) = tried(text, Weak(4, 0.5, "具"))
    assert hit.supposed == ((4, "具"),)


def test_a_page_read_surely_supposes_nothing() -> None:
    assert tried("维吾尔旅人员出现时告警。") == ((), ())
