from __future__ import annotations

import random
from dataclasses import replace
from importlib import import_module

import pytest

from countersight.model import FileRow, Locator, PageFault, PageReading, Status
from countersight.report.accounting import (
    Pages,
    Read,
    Reason,
    account,
    faults,
    in_pages,
    lines,
    named,
    pages_of,
    ranges,
    read_as,
    reasons,
    spoken,
)

fake = import_module("report_fake")
row, member = fake.row, fake.member


def needs_ocr(*numbers: int) -> tuple[PageFault, ...]:
    return tuple(PageFault(n, "needs OCR") for n in numbers)


@pytest.mark.parametrize(
    ("file", "pages"),
    [
        (row("a", pages=10), Pages(read=10)),
        (row("a", pages=10, pages_blank=2), Pages(read=8, blank=2)),
        (row("a", Status.PARTIAL, 10, pages_failed=needs_ocr(1, 2)), Pages(read=8, needs_ocr=2)),
        (row("a", Status.PARTIAL, 10, pages_failed=(PageFault(3, "damaged"),)), Pages(read=9, failed=1)),
        (row("a", Status.PARTIAL, 2, pages_failed=(PageFault(1, "x"), *needs_ocr(1))), Pages(read=1, needs_ocr=1)),
        (row("a", Status.DUPLICATE, 10, pages_blank=3), Pages(duplicate=10)),
        (row("a", Status.SKIPPED, 10), Pages(skipped=10)),
        (row("a", Status.FAILED, 10, reason="damaged"), Pages(failed=10)),
        (row("a", Status.FAILED, 10, reason="needs OCR"), Pages(needs_ocr=10)),
        (row("a", Status.FAILED), Pages()),
        (row("a"), Pages()),
    ],
)
def test_every_page_of_a_file_is_in_one_class(file: FileRow, pages: Pages) -> None:
    assert pages_of(file) == pages
    assert pages.total == (file.pages or 0)


def test_the_classes_add_up_to_all_pages_and_all_files() -> None:
    files = fake.files()
    total = account(files)
    assert total.pages.total == sum(file.pages or 0 for file in files) == 233
    assert total.files_total == len(files) == sum(total.files.values())
    assert list(total.files) == list(Status)
    assert (total.by_ocr, total.uncounted) == (3, 4)
    assert total.pages.not_read == 16 + 31


def test_no_files_make_an_empty_account() -> None:
    assert account([]).pages == Pages()
    assert not list(lines([]))
    assert not reasons([])


def test_reasons_say_how_many_files_and_pages_and_the_most_frequent_comes_first() -> None:
    files = [
        row("a", Status.PARTIAL, 9, reason="two things", pages_failed=(*needs_ocr(1, 2), PageFault(5, "damaged"))),
        row("b", Status.PARTIAL, 4, reason="needs OCR", pages_failed=needs_ocr(4, 4)),
        row("c", Status.FAILED, 30, reason="damaged"),
        row("d", Status.SKIPPED),
        row("e", pages=3, reason="a note"),
        row("f", Status.DUPLICATE, 3, reason="same bytes as e"),
    ]
    assert reasons(files) == [
        Reason(Status.PARTIAL, "needs OCR", files=2, pages=3),
        Reason(Status.FAILED, "damaged", files=1, pages=30),
        Reason(Status.PARTIAL, "damaged", files=1, pages=1),
        Reason(Status.SKIPPED, "no reason recorded", files=1, pages=0),
    ]


def test_members_follow_the_file_they_came_in_however_the_rows_come() -> None:
    outer = row("z.zip")
    inner = member(outer, "b.eml")
    deep = member(inner, "1 a.pdf", "attachment")
    files = [outer, inner, deep, member(outer, "a.pdf"), row("a.txt"), row("zz.txt")]
    expected = [("a.txt", 0), ("z.zip", 0), ("a.pdf", 1), ("b.eml", 1), ("1 a.pdf", 2), ("zz.txt", 0)]
    for seed in range(5):
        shuffled = random.Random(seed).sample(files, len(files))  # noqa: S311 (not for secrets)
        assert [(line.file.name, line.depth) for line in lines(shuffled)] == expected


def test_no_file_is_lost_when_parents_are_missing_or_go_round_in_a_circle() -> None:
    orphan = replace(row("orphan"), parent_locator=Locator("gone.zip"))
    own = replace(row("own"), parent_locator=Locator("own"))
    one, two = (replace(row(a), parent_locator=Locator(b)) for a, b in (("one", "two"), ("two", "one")))
    found = [line.file.name for line in lines([orphan, own, one, two])]
    assert sorted(found) == ["one", "orphan", "own", "two"]


def test_nesting_as_deep_as_an_archive_may_go_needs_no_recursion() -> None:
    files = [row("0.zip")]
    for n in range(1, 300):
        files.append(member(files[-1], f"{n}.zip"))
    assert [line.depth for line in lines(files)] == list(range(300))


def test_faults_are_gathered_by_reason_in_order_of_page() -> None:
    found = [PageFault(9, "b"), *needs_ocr(3, 2, 3), PageFault(1, "b")]
    assert faults(found) == [("b", "pages 1, 9"), ("needs OCR", "pages 2–3")]
    assert faults(needs_ocr(7, 7)) == [("needs OCR", "page 7")]


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], ""), ([5], "5"), ([1, 2], "1–2"), ([9, 1, 3, 4, 5, 3], "1, 3–5, 9"), (range(1, 5001), "1–5000")],
)
def test_ranges(numbers: list[int], text: str) -> None:
    assert ranges(numbers) == text


def test_pages_are_told_by_how_they_were_read_with_the_least_sure_of_them() -> None:
    found = read_as(
        [
            PageReading(2, "ocr", "zh", 0.5),
            PageReading(1, "text", "zh"),
            PageReading(3, "ocr", "en", 1.0),
            PageReading(4, "ocr", blank=True, confidence=0.0),
            PageReading(5, "transcript"),
        ]
    )
    assert found == [
        Read("ocr", (2, 3), 0.75, 0.5, 2),
        Read("text", (1,)),
        Read("transcript", (5,)),
    ]


def test_no_pages_were_read_in_no_way() -> None:
    assert read_as([]) == []
    assert spoken([]) == []


def test_languages_are_told_by_pages_and_unknown_ones_last_of_as_many() -> None:
    pages = [PageReading(n, "text", tag) for n, tag in enumerate(["zh", None, "en", "zh", "ug", None], 1)]
    assert spoken([*pages, PageReading(7, "text", "en", blank=True)]) == [
        ("zh", (1, 4)),
        (None, (2, 6)),
        ("en", (3,)),
        ("ug", (5,)),
    ]


def test_a_source_received_twice_is_counted_once_and_one_without_pages_not_at_all() -> None:
    held = row("a", pages=2)
    again = replace(held, locator=Locator("copy"), status=Status.DUPLICATE)
    page, sheet = row("b"), row("c", pages=1)
    told = {file.digest: (PageReading(1, "text"),) for file in (held, page)}
    assert in_pages([held, again, page, sheet], told) == [PageReading(1, "text")]


def test_a_line_tells_how_its_pages_were_read_only_where_that_says_something() -> None:
    plain, scan = row("plain", pages=2), row("scan", pages=3)
    copy = replace(scan, locator=Locator("copy"), status=Status.DUPLICATE)
    told = {
        plain.digest: (PageReading(1, "text", "zh"), PageReading(2, "text", "zh")),
        scan.digest: (
            PageReading(1, "ocr", "zh", 0.9),
            PageReading(2, "ocr", blank=True),
            PageReading(3, "ocr", "en", 0.8),
        ),
    }
    copied, first, second = lines([plain, scan, copy], told)
    assert (first.read_as, first.spoken, first.blank) == ([], [], ())
    assert (second.spoken, second.blank) == ([("en", (3,)), ("zh", (1,))], (2,))
    assert [(way.origin, way.pages) for way in second.read_as] == [("ocr", (1, 3))]
    assert copied.readings == ()


def test_pages_are_named() -> None:
    assert [named([3]), named([3, 3]), named([2, 1, 9])] == ["page 3", "page 3", "pages 1–2, 9"]
