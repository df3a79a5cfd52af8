"""The quick look whether a rule could hold on a page says no only where it holds nowhere."""

from countersight.find import RuleDetector, load
from countersight.model import Page


def test_every_example_that_holds_was_thought_possible() -> None:
    pack = load()
    detector = RuleDetector(pack)
    for rule in pack.rules:
        for example in rule.examples:
            if example.expect != "none":
                assert rule.when.possible(detector.sight(Page(1, example.text)).page), (rule.id, example.text)


def test_words_too_far_apart_are_not_thought_possible() -> None:
    pack = load()
    page = Page(1, "The court met. " + "Nothing was said. " * 40 + "Banners are detected by police cameras.")
    sight = RuleDetector(pack).sight(page)
    assert not pack.rule("OVR-04").when.possible(sight.page)
    assert pack.rule("SYS-06").when.possible(sight.page)
