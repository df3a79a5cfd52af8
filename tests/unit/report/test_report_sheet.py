from __future__ import annotations

import csv
import io
from importlib import import_module

import pytest
from selectolax.lexbor import LexborHTMLParser

from countersight.errors import UsageError
from countersight.model import Digest
from countersight.report.sheet import COLUMNS, Answered, Drawn, matched, page_html, read_answers, sheet_csv, sheet_html
from countersight.report.view import Picture
from countersight.report.wording import banned
from countersight.sample import Answer, Draw, Sample, estimate

fake = import_module("report_fake")
EVIL = '"><script>alert(1)</script>=HYPERLINK(0)\u202e\udcff'
DRAWN = [
    Drawn(
        (fake.TENDER, 41), "招标文件.pdf", "招标文件.pdf", "37", "../index.html", Picture("images/a.png", 1240, 1754)
    ),
    Drawn((fake.CONTRACT, 2), "=1+1.pdf", "交付资料.zip | member =1+1.pdf"),
    Drawn((fake.CONTRACT, 7), "合同.pdf", "合同.pdf", "7"),
]
PAGES = [drawn.page for drawn in DRAWN]


def filled(marks: dict[int, str], *, delimiter: str = ",", encoding: str = "utf-8-sig", turned: bool = False) -> bytes:
    """The sheet with a mark in the named column of each line (from 0), as a spreadsheet program would save it."""
    head, *rows = list(csv.reader(io.StringIO(sheet_csv(DRAWN).decode("utf-8-sig"))))
    for i, column in marks.items():
        rows[i][COLUMNS.index(column)] = "x"
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([head, *(rows[::-1] if turned else rows)])
    return out.getvalue().encode(encoding)


def answers(data: bytes) -> list[Answer | None]:
    found = read_answers(data, PAGES)
    assert [each.page for each in found] == PAGES
    return [each.answer for each in found]


def test_an_empty_sheet_has_no_answers() -> None:
    assert read_answers(sheet_csv(DRAWN), PAGES) == [Answered(page, None) for page in PAGES]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "gb18030"])
def test_answers_come_back_however_a_spreadsheet_saves_them(delimiter: str, encoding: str) -> None:
    data = filled({0: "relevant", 2: "unreadable"}, delimiter=delimiter, encoding=encoding, turned=True)
    assert answers(data) == [Answer.RELEVANT, None, Answer.UNREADABLE]


def test_lines_may_lack_and_empty_lines_do_no_harm() -> None:
    lines = filled({1: "not_relevant"}).decode("utf-8-sig").splitlines()
    assert answers("\n".join([lines[0], "", lines[2], ",,,,,,,,,"]).encode()) == [None, Answer.NOT_RELEVANT, None]


def test_answers_lead_to_the_bound() -> None:
    found = estimate(each.answer for each in read_answers(filled(dict.fromkeys(range(3), "not_relevant")), PAGES))
    assert (found.not_relevant, found.unanswered) == (3, 0)
    assert found.bound == pytest.approx(1 - 0.05 ** (1 / 3), abs=1e-5)


def test_two_marks_in_a_line_are_refused_by_its_number() -> None:
    text = filled({1: "relevant"}).decode("utf-8-sig").splitlines()
    text[2] = text[2].replace("x,,", "x,x,", 1)
    with pytest.raises(UsageError, match=r"line 3 .* relevant and not_relevant"):
        read_answers("\n".join(text).encode(), PAGES)


def test_a_page_that_was_not_drawn_is_refused() -> None:
    with pytest.raises(UsageError, match=r"line 4 .* not drawn"):
        read_answers(filled({}), PAGES[:2])


def test_two_answers_to_one_page_are_refused_and_the_same_twice_is_not() -> None:
    one, other = (filled({0: mark}).decode("utf-8-sig").splitlines() for mark in ("relevant", "not_relevant"))
    assert answers("\n".join([*one[:2], one[1]]).encode())[0] is Answer.RELEVANT
    with pytest.raises(UsageError, match=r"line 3 .* otherwise"):
        read_answers("\n".join([*one[:2], other[1]]).encode(), PAGES)


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\x00\x01\x02", "页,答\n1,2".encode("utf-16")])
def test_what_is_no_sheet_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="no sampling sheet"):
        read_answers(data, PAGES)


@pytest.mark.parametrize(("column", "value"), [("sha256", "1E+64"), ("page", "4 1"), ("page", "")])
def test_a_line_that_names_no_page_is_refused(column: str, value: str) -> None:
    head, row, *_ = list(csv.reader(io.StringIO(sheet_csv(DRAWN).decode("utf-8-sig"))))
    row[COLUMNS.index(column)] = value
    with pytest.raises(UsageError, match=r"line 2 .* which page"):
        read_answers((",".join(head) + "\n" + ",".join(row)).encode(), PAGES)


def test_a_name_that_is_a_formula_is_none_in_the_sheet() -> None:
    rows = list(csv.DictReader(io.StringIO(sheet_csv(DRAWN).decode("utf-8-sig"))))
    assert rows[1]["file"] == "'=1+1.pdf"
    assert [row["number"] for row in rows] == ["1", "2", "3"]
    assert rows[0]["page"] == "41"


def printed(drawn: list[Drawn]) -> str:
    root, rules, code = (Digest.of(name) for name in (b"root", b"rules", b"code"))
    pages = tuple(each.page for each in drawn)
    draw = Draw(7, "2026-01-02T00:00:00Z", "any words", 4211, pages, root, rules, code)
    return sheet_html(drawn, draw, title="青石县 Qingshi").decode()


def test_the_printed_sheet_has_a_line_with_three_boxes_for_each_page_and_says_how() -> None:
    tree = LexborHTMLParser(printed(DRAWN))
    assert len(tree.css("tbody tr")) == 3
    assert [len(row.css(".tick")) for row in tree.css("tbody tr")] == [3, 3, 3]
    body = " ".join(tree.css("body")[0].text().split())
    assert "3 pages drawn by lot from the 4,211 pages on which no rule found anything" in body
    assert "page 37 (41)" in body
    assert "with no relevant page among the 3 that is 63.2 %" in body
    assert Digest.of(b"root") in body
    assert "drawn with the seed “any words”" in body
    assert tree.css("tbody a")[0].attributes["href"] == "../index.html"
    assert len(tree.css("tbody img")) == 1
    assert banned(body) == []


def test_nothing_of_a_record_becomes_markup_in_the_sheet() -> None:
    drawn = [Drawn((fake.TENDER, 1), EVIL, EVIL, EVIL, EVIL)]
    html = printed(drawn)
    assert LexborHTMLParser(html).css("script") == []
    assert "\u202e" not in html
    assert answers_of(drawn) == [None]


def answers_of(drawn: list[Drawn]) -> list[Answer | None]:
    return [each.answer for each in read_answers(sheet_csv(drawn), [each.page for each in drawn])]


def test_a_sheet_of_no_pages_is_still_a_sheet() -> None:
    assert read_answers(sheet_csv([]), []) == []
    assert "0 pages drawn" in printed([])


def drawn_of(n: int, *pages: tuple[Digest, int]) -> Sample:
    digest = Digest.of(b"any")
    return Sample(Draw(n, "2026-01-02T00:00:00Z", "seed", 100, pages, digest, digest, digest), (None,) * len(pages))


def test_answers_go_to_the_shortest_draw_that_has_all_their_pages_and_the_last_of_these() -> None:
    draws = [drawn_of(2, *PAGES), drawn_of(3, *PAGES), drawn_of(4, *PAGES, (fake.POINTS, 1)), drawn_of(5, PAGES[0])]
    sample, answered = matched(filled({0: "relevant"}), draws)
    assert (sample.draw.n, answered[0].answer) == (3, Answer.RELEVANT)


def test_answers_to_pages_of_no_draw_name_the_line() -> None:
    with pytest.raises(UsageError, match=r"line 3 .* not drawn"):
        matched(filled({0: "relevant"}), [drawn_of(2, PAGES[0])])
    with pytest.raises(UsageError, match="no pages were drawn"):
        matched(filled({}), [])


@pytest.mark.parametrize("word", ["no", "No", "0", "否", "-"])
def test_a_mark_that_says_no_is_not_taken_for_a_yes(word: str) -> None:
    rows = filled({0: "relevant"}).decode("utf-8-sig").replace(",x,", f",{word},", 1)
    with pytest.raises(UsageError, match=rf"line 2 .*“{word}” under relevant"):
        read_answers(rows.encode(), PAGES)


def test_a_field_beyond_all_bounds_is_refused_by_its_line() -> None:
    usual = csv.field_size_limit(1000)  # readers of records raise it for the whole process
    try:
        with pytest.raises(UsageError, match=r"line 1 .* is no CSV"):
            read_answers(b"page,sha256,relevant,not_relevant,unreadable," + b"x" * 2000, PAGES)
    finally:
        csv.field_size_limit(usual)


def test_a_sheet_of_a_workbook_and_a_whole_source_are_not_called_pages() -> None:
    html = printed([Drawn((fake.POINTS, 1), "点位表.xlsx", "点位表.xlsx", "一期", place="sheet 一期")])
    assert "点位表.xlsx</span>, sheet 一期" in html


def test_a_drawn_page_shows_its_words_escaped_and_leads_on() -> None:
    html = page_html(DRAWN[0], f"甲方 {EVIL}", title="T", number=2, last=3).decode()
    tree = LexborHTMLParser(html)
    assert tree.css("script") == []
    assert "甲方" in tree.css("pre")[0].text()
    links = [node.attributes["href"] for node in tree.css("nav a")]
    assert links == ["../sheet.html#p2", "0001.html", "0003.html"] * 2
    assert tree.css("img")[0].attributes["src"] == "../images/a.png"
