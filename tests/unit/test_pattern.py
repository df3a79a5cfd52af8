from __future__ import annotations

from countersight.model import Citation, Digest, Finding, Locator, Severity, Strength
from countersight.pattern import patterns

MOYU = "甲方应在辖区967座清真寺出入口安装人脸抓拍摄像机，视频接入县公安局平台，运营期二十一年。"
PISHAN = "甲方应在辖区802座清真寺出入口安装人脸抓拍摄像机，视频接入市公安局平台，运营期二十一年。"
OTHER = "供应商须提供NVIDIA T4显卡不少于8块，质保三年，随机附原厂授权书。"


def cited(document: str, quote: str, start: int = 0) -> Citation:
    return Citation(
        Digest.of(document.encode()), document, Locator.parse(document), 1, "1", start, start + len(quote), quote
    )


def finding(rule: str, *citations: Citation) -> Finding:
    return Finding(
        f"{rule}-{citations[0].name}-{citations[0].start}",
        rule,
        family="",
        title="",
        rung="E5",
        strength=Strength.FINDING,
        severity=Severity(1, 2, 3),
        citations=citations,
        explanation="",
        shows="",
        does_not_show="",
        norms=(),
    )


def test_flags_of_one_clause_are_one_pattern() -> None:
    whole, part = cited("a.pdf", MOYU), cited("a.pdf", MOYU[-8:], len(MOYU) - 8)
    (made,) = patterns([finding("REL-01", whole), finding("SYS-07", part)])
    assert made.rules == ("REL-01", "SYS-07")
    assert (made.documents, made.template) == (1, False)
    assert made.places[0].citation == whole
    assert made.places[0].findings == ("REL-01-a.pdf-0", f"SYS-07-a.pdf-{len(MOYU) - 8}")


def test_a_clause_in_two_documents_is_one_pattern_and_its_own_words_are_told() -> None:
    (made,) = patterns([finding("REL-01", cited("a.pdf", MOYU)), finding("REL-01", cited("b.pdf", PISHAN))])
    assert (made.documents, made.template, len(made.places)) == (2, False, 2)
    assert [PISHAN[start:end] for start, end in made.places[1].particular] == ["802", "市"]


def test_from_three_documents_on_it_is_template_text_however_it_is_laid_out() -> None:
    broken = MOYU.replace("清真寺", "清真\n寺").replace("运营", "運 營")
    made = patterns(
        [finding("REL-01", cited(name, text)) for name, text in zip("abc", (MOYU, PISHAN, broken), strict=True)]
    )
    assert [(pattern.template, len(pattern.places)) for pattern in made] == [(True, 3)]
    assert made[0].places[2].particular == ()


def test_what_stands_alone_or_says_something_else_is_no_pattern() -> None:
    assert patterns([finding("REL-01", cited("a.pdf", MOYU)), finding("SUP-01", cited("b.pdf", OTHER))]) == ()
    assert (
        patterns([finding("REL-01", cited("a.pdf", "清真寺 4")), finding("REL-01", cited("b.pdf", "清真寺 5"))]) == ()
    )
    assert patterns([]) == ()


def test_places_of_one_page_that_only_touch_are_two() -> None:
    first, second = cited("a.pdf", MOYU), cited("a.pdf", OTHER, len(MOYU))
    assert patterns([finding("REL-01", first), finding("SUP-01", second)]) == ()
