from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from countersight.model import Locator, Status
from countersight.relate import Kind, Relation
from countersight.report.related import beside, pairs

fake = import_module("report_fake")


def test_a_source_received_twice_is_told_as_the_file_that_was_read() -> None:
    read = fake.row("z.pdf")
    copy = replace(read, name="a.pdf", locator=Locator("a.pdf"), status=Status.DUPLICATE)
    other = fake.row("other.docx")
    (pair,) = pairs([Relation(Kind.SAME_TEXT, read.digest, other.digest, 1.0)], [copy, other, read])
    assert (pair.first.name, pair.second.name, pair.words) == ("z.pdf", "other.docx", "has the same text as")


def test_relations_of_files_that_are_not_there_are_left_out() -> None:
    row = fake.row("a.pdf")
    gone = fake.row("gone.pdf")
    assert pairs([Relation(Kind.VERSION, row.digest, gone.digest, 0.9)], [row]) == []


def test_each_side_is_told_what_it_is_to_the_other() -> None:
    whole, part = fake.row("whole.pdf"), fake.row("part.pdf")
    told = beside(pairs([Relation(Kind.CONTAINS, whole.digest, part.digest, 1.0)], [part, whole]))
    assert told[whole.digest] == [("contains the text of", part)]
    assert told[part.digest] == [("is contained in", whole)]


def test_a_pair_read_by_ocr_or_from_one_template_says_so() -> None:
    files = [fake.row("a"), fake.row("b")]
    one = Relation(Kind.NEAR_DUPLICATE, files[0].digest, files[1].digest, 0.9, template=True, by_ocr=True)
    (pair,) = pairs([one], files)
    assert len(pair.notes) == 2
    assert pairs([replace(one, template=False, by_ocr=False)], files)[0].notes == []
