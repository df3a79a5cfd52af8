"""Queries that hold only if a weakly read character is another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from countersight.errors import UsageError
from countersight.model import Agent, Digest, FileRow, Locator, Page, Reading, Status, Weak, codec
from countersight.model.outcome import Outcome
from countersight.store.db import MIGRATIONS, OCR, Database, PageRow, Part, header
from countersight.store.search import index_form, parse, supposed_form

PDF = "application/pdf"
A = Digest.of(b"a")
TEXT = "系统支持雄吾尔旅检索。\n交付日期二0二二年"
WEAK = (Weak(4, 0.6, "维唯"), Weak(7, 0.5, "族旋"), Weak(17, 0.7, "〇O"))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(tmp_path / "case.db", write=True)) as opened:
        yield opened


def keep(db: Database, page: Page, media: str = PDF) -> None:
    row = PageRow(page.number, codec.dumps(page), index_form(page.text), supposed_form(page))
    body = header(Outcome(Reading(PDF, Agent("x", "1"), Status.READ)))
    part = Part(crashed=False, total=1, reached=1, members=())
    file = FileRow(
        *(
            A,
            "a.pdf",
            Locator("a.pdf"),
            None,
            None,
            PDF,
            None,
            None,
            None,
            None,
            1,
            1,
            Status.READ,
            None,
            0,
            0,
            (),
            None,
        )
    )
    with db.transaction():
        db.add_outcome((A, media, 0, 1), part, body, [row])
        db.set_results([file], [])


def found(db: Database, query: str) -> list[tuple[str, tuple[tuple[int, str], ...]]]:
    parsed = parse(query)
    places = [(page, place) for _, page in db.search(parsed) for place in parsed.found(page)]
    return [(page.text[start:end], supposed) for page, (start, end, supposed) in places]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("系统", [("系统", ())]),
        ("维吾尔", [("雄吾尔", ((4, "维"),))]),
        ("維吾爾", [("雄吾尔", ((4, "维"),))]),
        ("维吾尔族", [("雄吾尔旅", ((4, "维"), (7, "族")))]),
        ("吾尔族检索", [("吾尔旅检索", ((7, "族"),))]),
        ("旅检索", [("旅检索", ())]),  # as read: nothing is supposed
        ("维吾尔 AND 系统", [("系统", ()), ("雄吾尔", ((4, "维"),))]),
        ('"二〇二二"', [("二0二二", ((17, "〇"),))]),
        ("系统 NOT 维吾尔", [("系统", ())]),  # a page is not left out for what it may say
        ("系统 NOT 检索", []),
        ("系统 NOT (维吾尔 OR 唯吾尔)", [("系统", ())]),
        ("维吾尔旋 OR 旅检索", [("雄吾尔旅", ((4, "维"), (7, "旋"))), ("旅检索", ())]),
        ("族交付", []),
    ],
)
def test_a_query_finds_what_a_page_may_say_and_is_told_so(
    db: Database, query: str, expected: list[tuple[str, tuple[tuple[int, str], ...]]]
) -> None:
    keep(db, Page(1, TEXT, origin="ocr", weak=WEAK))
    assert found(db, query) == expected


def test_phrases_do_not_run_from_one_variant_into_the_next(db: Database) -> None:
    keep(db, Page(1, "己", origin="ocr", weak=(Weak(0, 0.5, "已巳"),)))
    assert list(db.search(parse("已巳"))) == []
    assert found(db, "已") == [("己", ((0, "已"),))]


def test_a_page_read_anew_leaves_nothing_of_its_variants_behind(db: Database) -> None:
    keep(db, Page(1, TEXT, origin="ocr", weak=WEAK))
    keep(db, Page(1, "系统支持检索", origin="ocr"), OCR + PDF)
    assert [found(db, query) for query in ("维吾尔", "雄吾尔", "系统")] == [[], [], [("系统", ())]]


def test_a_page_read_surely_has_nothing_to_suppose() -> None:
    page = Page(1, TEXT)
    assert supposed_form(page) == ""
    assert parse("旅").found(page) == [(7, 8, ())]


def test_a_database_of_an_older_version_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr("countersight.store.db.MIGRATIONS", MIGRATIONS[:1])
        Database(tmp_path / "case.db", write=True).close()
    with pytest.raises(UsageError, match="older countersight"):
        Database(tmp_path / "case.db", write=False)
    with closing(Database(tmp_path / "case.db", write=True)) as now:
        assert list(now.search(parse("维"))) == []
