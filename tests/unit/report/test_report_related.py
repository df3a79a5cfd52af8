from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from countersight.model import Finding
from countersight.relate import Differing, Kind, Received
from countersight.report.related import Repeat, citations, ordered, repeats, told

fake = import_module("report_fake")


def found(number: int, name: str, *quotes: str, rule: str = "GRP-01") -> Finding:
    """A finding of a rule on these words of a file."""
    made: Finding = fake.finding(number, rule, "T", [fake.passage(name, quote, 1) for quote in quotes])
    return made


CLAUSE = "系统应支持按民族属性检索人员并推送告警信息。"


def test_versions_come_first_and_the_same_bytes_last() -> None:
    kinds = [Kind.SAME_BYTES, Kind.CONTAINS, Kind.VERSION, Kind.SAME_TEXT, Kind.NEAR_DUPLICATE]
    assert [each.kind for each in ordered(fake.related(kind, "a", "b") for kind in kinds)] == [
        *(Kind.VERSION, Kind.SAME_TEXT, Kind.CONTAINS, Kind.NEAR_DUPLICATE, Kind.SAME_BYTES),
    ]


def test_each_side_is_told_what_it_is_to_the_other() -> None:
    relation = fake.related(Kind.CONTAINS, "whole.pdf", "part.pdf")
    assert relation.of(fake.digest_of("whole.pdf")) == "contains"
    assert relation.of(fake.digest_of("part.pdf")) == "contained_in"
    assert fake.related(Kind.VERSION, "a", "b").of(fake.digest_of("b")) == "version"


def test_a_pair_read_by_ocr_or_from_one_template_says_so() -> None:
    one = fake.related(Kind.NEAR_DUPLICATE, "a", "b", 0.9, template=True, by_ocr=True)
    (pair,) = told(replace(fake.view(), relations=(one,)))
    assert len(pair.notes) == 2
    (pair,) = told(replace(fake.view(), relations=(replace(one, template=False, by_ocr=False),)))
    assert pair.notes == []


def test_words_that_differ_are_shown_in_their_line_and_cut_when_long() -> None:
    short, long = fake.passage("合同.pdf", "90", 3), fake.passage("验收报告.pdf", "天" * 500, 3)
    one = fake.related(Kind.VERSION, "合同.pdf", "验收报告.pdf", differing=(Differing(short, long),))
    around = {(short.digest, 3, short.start, short.end): ("kept\nfor ", " days from\nthe d")}
    (pair,) = told(replace(fake.view(), relations=(one,), contexts=around))
    ((first, second),) = pair.differing
    assert first is not None
    assert second is not None
    assert (first.words, first.around, first.place) == ("90", ("for ", " days from the"), "page 3")
    assert (len(second.words), second.words[-1], second.around) == (160, "…", ("", ""))


def test_only_the_differences_that_are_printed_need_a_context() -> None:
    pair = Differing(fake.passage("a", "x", 1), None)
    many = [fake.related(Kind.VERSION, f"a{n}", f"b{n}", differing=(pair,)) for n in range(130)]
    assert len(list(citations(many))) == 100


def test_findings_on_the_same_words_in_related_records_point_to_each_other() -> None:
    draft, signed = (
        found(1, "draft.docx", CLAUSE),
        found(2, "signed.pdf", "其他内容。", CLAUSE.replace("检索", "检 索\n")),
    )
    relation = fake.related(Kind.VERSION, "draft.docx", "signed.pdf")
    assert repeats([draft, signed], [relation]) == {
        draft.id: (Repeat(signed.id, "version"),),
        signed.id: (Repeat(draft.id, "version"),),
    }


def test_the_container_and_the_excerpt_each_say_what_the_other_is() -> None:
    whole, part = found(1, "whole.pdf", CLAUSE), found(2, "part.pdf", CLAUSE)
    made = repeats([whole, part], [fake.related(Kind.CONTAINS, "whole.pdf", "part.pdf")])
    assert made[whole.id][0].words == "a record this one contains"
    assert made[part.id][0].words == "a record that contains this one"


def test_a_reading_by_ocr_with_a_few_letters_wrong_is_the_same_passage() -> None:
    one, other = found(1, "a", CLAUSE), found(2, "b", CLAUSE.replace("民族", "民旅").replace("人员", "入员"))
    assert set(repeats([one, other], [fake.related(Kind.VERSION, "a", "b")])) == {one.id, other.id}


def test_other_words_another_rule_and_unrelated_records_do_not_point() -> None:
    one = found(1, "a", CLAUSE)
    relation = fake.related(Kind.VERSION, "a", "b")
    assert repeats([one, found(2, "b", "乙方应在三十日内交付全部设备并完成安装调试。")], [relation]) == {}
    assert repeats([one, found(2, "b", CLAUSE, rule="GRP-03")], [relation]) == {}
    assert repeats([one, found(2, "c", CLAUSE)], [relation]) == {}
    assert repeats([one, found(2, "b", CLAUSE)], []) == {}


def test_short_words_alone_are_not_the_same_passage_unless_equal() -> None:
    one, other = found(1, "a", "民族属性"), found(2, "b", "民族属性值")
    relation = fake.related(Kind.VERSION, "a", "b")
    assert repeats([one, other], [relation]) == {}
    assert set(repeats([one, found(2, "b", "民族 属性")], [relation])) == {one.id, other.id}


def test_copies_of_the_same_bytes_have_one_finding_and_nothing_to_point_to() -> None:
    digest = fake.digest_of("a")
    records = tuple(Received(digest, name, fake.Locator(name)) for name in ("a", "copy of a", "third"))
    copies = replace(fake.related(Kind.SAME_BYTES, "a", "a"), records=records)
    assert repeats([found(1, "a", CLAUSE)], [copies]) == {}


def test_the_order_of_findings_is_that_of_their_printing() -> None:
    one, *others = (found(n, name, CLAUSE) for n, name in ((1, "a"), (3, "b"), (2, "c")))
    relations = [fake.related(Kind.VERSION, "a", "c"), fake.related(Kind.VERSION, "a", "b")]
    assert [each.finding for each in repeats([one, *others], relations)[one.id]] == [each.id for each in others]
