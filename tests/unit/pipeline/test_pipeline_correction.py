from __future__ import annotations

from itertools import pairwise

import pytest

from countersight.errors import UsageError
from countersight.ledger import Entry, entry
from countersight.model import Block, BlockKind, Box, Digest, FileRow, Locator, Page, Place, Source, Status, Weak
from countersight.pipeline.assemble import account
from countersight.pipeline.correction import Act, checked, corrected, find, named, placed, standing
from countersight.pipeline.plan import Visit
from countersight.text.align import align
from countersight.text.spanmap import apply

A, B = Digest.of(b"a"), Digest.of(b"b")


def ledger(*acts: Act) -> list[Entry]:
    return [entry(n, f"2023-11-{n:02}T00:00:00Z", "corrected", act.facts(), A) for n, act in enumerate(acts, 1)]


def test_the_last_correction_of_a_page_stands_unless_it_was_taken_back() -> None:
    one, two = Act(A, 1, A, B, "x", "y"), Act(A, 1, A, A, "z", "y")
    other, back = Act(A, 2, A, B, "x", "y"), Act(A, 2, None, None, "x", "y")
    stands = standing(ledger(one, other, two, back))
    assert {page: (act.text, act.by, act.at) for page, act in stands.items()} == {
        (A, 1): (A, "z", "2023-11-03T00:00:00Z")
    }


# ── which file ──


def row(locator: str, digest: Digest, status: Status = Status.READ) -> FileRow:
    return account(Visit(Source(digest, 1, Locator.parse(locator)), None, "text/plain", status), [])


def test_a_file_is_named_by_locator_name_or_the_beginning_of_its_digest() -> None:
    files = [row("a.pdf", A), row("b.pdf", B), row("c.pdf", A, Status.DUPLICATE)]
    assert find(files, "a.pdf").digest == find(files, A[:6]).digest == find(files, A.upper()).digest == A
    for wrong in ("c.pdf", "x", A[:5], "ffffffff"):
        with pytest.raises(UsageError, match="no file"):
            find(files, wrong)


def test_a_name_that_several_files_have_is_refused_with_their_places() -> None:
    files = [row("x | member a.pdf", A), row("y | member a.pdf", B)]
    assert {str(file.locator) for file in files} == {"x | member a.pdf", "y | member a.pdf"}
    with pytest.raises(UsageError, match=r"2 files: x \| member a.pdf; y \| member a.pdf"):
        find(files, files[0].name)
    assert find(files, str(Locator("y").into("member", "a.pdf"))).digest == B


# ── what may be given ──

READ = Page(3, "民旅属性\n电话：███████████\n")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("民族属性\n电话：███████████\n", "民族属性\n电话：███████████\n"),
        ("\ufeff民族属性\r\n电话：███████████\r\n\r\n", "民族属性\n电话：███████████\n"),
        ("民族属性\n电话：███████████", "民族属性\n电话：███████████\n"),
        ("民族属性 mail a.b@example.org\n███████████", "民族属性 mail ███████████████\n███████████\n"),
    ],
)
def test_line_ends_are_the_pages_own_and_personal_data_is_hidden(given: str, kept: str) -> None:
    assert checked(given, READ, READ) == kept


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (" \n", "holds no text"),
        ("民族属性\n电话：13812345678\n", "masked personal data"),
        ("民族属性\n电话：██████████X\n", "masked personal data"),
        ("民族属性\n", "masked personal data"),
        ("民旅属性\n电话：███████████", "unchanged"),
    ],
)
def test_what_cannot_stand_is_refused(given: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as refused:
        checked(given, READ, READ)
    assert "page 3" in str(refused.value)
    assert refused.value.way_out


def test_who_and_why_are_asked_for_and_stand_on_a_line() -> None:
    assert named(" R.\nViewer ", "call 13812345678\n") == ("R. Viewer", "call ███████████")
    for by, why in (("", "x"), ("x", " ")):
        with pytest.raises(UsageError, match=r"--by|--why"):
            named(by, why)


# ── the page that comes of it ──


def test_rows_and_cells_stand_where_their_words_stand_now() -> None:
    cells = (Block(0, 2, BlockKind.CELL, "A1"), Block(3, 5, BlockKind.CELL, "B1"), Block(0, 5, BlockKind.ROW))
    page = corrected(Page(1, "人脸\t民旅", blocks=cells), "人脸识别\t民族")
    assert [page.text[b.start : b.end] for b in page.blocks] == ["人脸识别", "民族", "人脸识别\t民族"]


def test_what_was_corrected_is_weak_no_more_and_has_no_score() -> None:
    boxes = [Box(n / 10, 0.1, (n + 1) / 10, 0.2) for n in range(4)]
    places = tuple(Place(n, n + 1, box, 0.5 + n / 10) for n, box in enumerate(boxes))
    weak = (Weak(1, 0.6, "睑"), Weak(2, 0.7, "氏"), Weak(3, 0.8, "族"))
    page = corrected(Page(1, "人脸民旅", places=places, weak=weak, origin="ocr", confidence=0.65), "人脸识别民族")
    assert page.weak == (Weak(1, 0.6, "睑"), Weak(4, 0.7, "氏"))
    assert page.places == (places[0], places[1], Place(4, 5, boxes[2], 0.7))
    assert (page.origin, page.confidence) == ("ocr", 0.65)


def test_blocks_of_one_kind_never_overlap_whatever_was_replaced() -> None:
    cells = tuple(Block(n, n + 2, BlockKind.CELL, str(n)) for n in range(0, 12, 2))
    page = corrected(Page(1, "甲乙丙丁戊己庚辛壬癸子丑", blocks=cells), "xyz")
    ends = [(b.start, b.end) for b in page.blocks]
    assert all(a[1] <= b[0] for a, b in pairwise(ends))
    assert all(0 <= start < end <= 3 for start, end in ends)


def test_a_place_is_that_of_what_was_replaced_or_stands_beside() -> None:
    old, new = "一二旅四", "一二族族四五"
    back = apply(old, align(old, new))[1]
    assert placed(back, 2, 4) == (2, 3)  # replaced
    assert placed(back, 4, 5) == (3, 4)  # kept
    assert placed(back, 5, 6) == (3, 4)  # put in after the last character
    assert placed(back, 0, 6) == (0, 4)
