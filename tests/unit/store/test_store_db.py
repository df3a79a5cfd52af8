from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from countersight.errors import IntegrityError, RefusedError, StorageError
from countersight.model import (
    Agent,
    Box,
    Citation,
    Digest,
    FileRow,
    Finding,
    Locator,
    Member,
    Page,
    PageReading,
    Reading,
    Severity,
    Status,
    Strength,
    Weak,
    codec,
)
from countersight.model.outcome import Outcome
from countersight.store.db import MIGRATIONS, Database, Illustration, PageRow, Part, Where, header
from countersight.store.search import index_form, parse

PDF = "application/pdf"
A, B = Digest.of(b"a"), Digest.of(b"b")
AGENT = Agent("pdf", "1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "case.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    with closing(Database(path, write=True)) as opened:
        yield opened


def pages(*texts: str, first: int = 1) -> tuple[PageRow, ...]:
    made = (Page(number, text) for number, text in enumerate(texts, first))
    return tuple(PageRow(page.number, codec.dumps(page), index_form(page.text)) for page in made)


def add(db: Database, where: Where, rows: tuple[PageRow, ...] = (), *, crashed: bool = False, total: int = 0) -> None:
    status = Status.FAILED if crashed else Status.READ
    body = header(Outcome(Reading(where[1], AGENT, status, total=total), crashed=crashed))
    reached = max((row.number for row in rows), default=0)
    with db.transaction():
        db.add_outcome(where, Part(crashed=crashed, total=total, reached=reached, members=()), body, rows)


def row(name: str, digest: Digest | None, status: Status = Status.READ) -> FileRow:
    return FileRow(
        digest, name, Locator(name), None, None, PDF, None, None, None, None, 1, 1, status, None, 0, 0, (), None
    )


def found(db: Database, query: str) -> list[tuple[str, int]]:
    return [(str(file.locator), page.number) for file, page in db.search(parse(query))]


def finding(name: str) -> Finding:
    citation = Citation(A, "a.pdf", Locator("a.pdf"), 1, None, 0, 1, "民", (Box(0.1, 0.2, 0.3, 0.4),))
    words = ("GRP-01", "GRP", "title", "E4", Strength.LEAD, Severity(1, 2, 3), (citation,), "why", "shows", "not", ())
    return Finding(name, *words)


# ── opening ──


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.touch()
    with closing(Database(path, write=True)) as db:
        assert db.count_pages() == 0
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


def test_opened_again_nothing_is_lost_or_migrated_twice(path: Path) -> None:
    with closing(Database(path, write=True)) as db:
        db.set_meta("engine", "x")
    with closing(Database(path, write=True)) as db:
        assert db.meta("engine") == "x"
        assert db.meta("absent") is None


def test_a_migration_that_fails_leaves_the_version_before_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "countersight.store.db.MIGRATIONS", (*MIGRATIONS, "CREATE TABLE new (a); CREATE TABLE meta (b)")
    )
    with pytest.raises(sqlite3.OperationalError, match="meta already exists"):
        Database(path, write=True)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'new'").fetchone() == (0,)
    monkeypatch.undo()
    Database(path, write=True).close()


def test_a_later_version_goes_on_from_an_older_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Database(path, write=True)) as db:
        add(db, (A, PDF, 0, -1), pages("民族"))
    monkeypatch.setattr("countersight.store.db.MIGRATIONS", (*MIGRATIONS, "CREATE TABLE new (a)"))
    with closing(Database(path, write=True)) as db:
        assert db.count_pages() == 1
    monkeypatch.undo()
    with pytest.raises(RefusedError):
        Database(path, write=True)


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_layout_is_refused_and_not_touched(path: Path, write: bool) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = path.read_bytes()
    with pytest.raises(RefusedError, match="newer countersight") as caught:
        Database(path, write=write)
    assert caught.value.exit_code == 5
    assert path.read_bytes() == before


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize("data", [b"\0" * 5000, b"no database at all" * 300, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_an_integrity_error_with_the_way_out(path: Path, data: bytes, write: bool) -> None:
    path.write_bytes(data)
    with pytest.raises(IntegrityError, match="damaged") as caught:
        Database(path, write=write)
    assert caught.value.exit_code == 4
    assert "rebuilt" in caught.value.way_out


def test_a_file_whose_tail_is_cut_off_is_damaged(path: Path) -> None:
    with closing(Database(path, write=True)) as db:
        add(db, (A, PDF, 0, -1), pages("民族"))
        db.seal()
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(IntegrityError):
        Database(path, write=True)


@pytest.mark.parametrize("write", [True, False])
def test_damage_that_shows_only_in_use_is_an_integrity_error_too(path: Path, write: bool) -> None:
    with Database(path, write=True) as db:
        add(db, (A, PDF, 0, -1), pages(*("民族" * 500 for _ in range(20))))
        db.seal()
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(IntegrityError, match="damaged"), Database(path, write=write) as db, db.transaction():
        db.count_pages()
    with pytest.raises(KeyError), Database(path, write=write) as db:
        raise KeyError("not about the file")


def test_a_reader_writes_nothing_not_even_beside_it(path: Path) -> None:
    with closing(Database(path, write=True)) as db:
        add(db, (A, PDF, 0, -1), pages("民族"))
        db.set_results([row("a.pdf", A)], [])
        db.seal()
    before = path.read_bytes()
    with closing(Database(path, write=False)) as db:
        assert found(db, "民") == [("a.pdf", 1)]
        assert list(path.parent.iterdir()) == [path]
        with pytest.raises(StorageError, match="readonly"), db.transaction():
            db.set_meta("engine", "x")
    assert path.read_bytes() == before


def test_a_name_with_marks_of_an_address_opens(tmp_path: Path) -> None:
    path = tmp_path / "50%41 case?mode=rw#x" / "case.db"
    path.parent.mkdir()
    Database(path, write=True).close()
    Database(path, write=False).close()


# ── transactions ──


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_transaction_is_all_or_nothing(db: Database, error: type[BaseException]) -> None:
    add(db, (A, PDF, 0, -1), pages("one"))
    with pytest.raises(error), db.transaction():  # noqa: PT012 (what raises is the transaction as a whole)
        db.add_outcome((B, PDF, 0, -1), Part(False, 1, 1, ()), header(OUTCOME), pages("two"))
        raise error
    assert db.part((B, PDF, 0, -1)) is None
    assert db.count_pages() == 1
    with db.transaction():
        db.set_meta("after", "works")
    assert db.meta("after") == "works"


def test_what_was_not_committed_is_not_there_for_others(db: Database, path: Path) -> None:
    with db.transaction():
        db.set_meta("half", "done")
        with closing(Database(path, write=False)) as reader:
            assert reader.meta("half") is None
    with closing(Database(path, write=False)) as reader:
        assert reader.meta("half") == "done"


# ── outcomes ──

MEMBER = Member(("member", "里/a.txt"), B, 12)
OUTCOME = Outcome(Reading("application/zip", AGENT, Status.READ, members=(MEMBER,)), kind=("contract", "its title"))
ZIP: Where = (A, "application/zip", 0, -1)


def test_an_outcome_comes_back_without_its_pages(db: Database) -> None:
    whole = replace(OUTCOME, reading=replace(OUTCOME.reading, pages=(Page(1, "民族"),)))
    part = Part(crashed=False, total=1, reached=1, members=(MEMBER,))
    db.add_outcome(ZIP, part, header(whole), pages("民族"))
    assert db.outcome(ZIP) == OUTCOME
    assert db.part(ZIP) == part
    assert db.page(A, "application/zip", 1) == Page(1, "民族")


def test_what_is_not_there(db: Database) -> None:
    assert db.part(ZIP) is None
    assert db.sniffed(A, "a") is None
    assert db.illustration(A, 1, ((0, 1),)) is None
    with pytest.raises(KeyError):
        db.outcome(ZIP)
    with pytest.raises(KeyError):
        db.page(A, PDF, 1)


def test_adding_an_outcome_twice_is_adding_it_once(db: Database) -> None:
    """Executors may deliver an item more than once; the first stands."""
    add(db, (A, PDF, 0, -1), pages("first"), total=1)
    add(db, (A, PDF, 0, -1), pages("second", "more"), total=2)
    assert db.count_pages() == 1
    assert db.page(A, PDF, 1).text == "first"
    part = db.part((A, PDF, 0, -1))
    assert part is not None
    assert part.total == 1
    db.set_results([row("a.pdf", A)], [])
    assert found(db, "first") == [("a.pdf", 1)]
    assert found(db, "second") == []


def test_ranges_of_one_source_and_other_readings_of_it_stand_side_by_side(db: Database) -> None:
    add(db, (A, PDF, 0, -1), pages("one", "two"))
    add(db, (A, PDF, 2, 4), pages("three", "four", first=3))
    add(db, (A, "text/plain", 0, -1), pages("raw"))
    assert [page.text for page in db.pages(row("a.pdf", A))] == ["one", "two", "three", "four"]
    assert db.count_pages() == 5


def test_a_range_that_succeeds_after_smaller_ones_did_adds_what_is_missing(db: Database) -> None:
    """``--retry`` tries the whole again where parts of it were read around a crash."""
    add(db, (A, PDF, 0, -1), crashed=True)
    add(db, (A, PDF, 0, 1), pages("one"))
    add(db, (A, PDF, 1, 2), crashed=True)
    with db.transaction():
        assert db.forget_crashed() == 2
    assert db.part((A, PDF, 0, -1)) is None
    add(db, (A, PDF, 0, -1), pages("one", "two"), total=2)
    assert [page.text for page in db.pages(row("a.pdf", A))] == ["one", "two"]
    db.set_results([row("a.pdf", A)], [])
    assert found(db, "one") == [("a.pdf", 1)]
    assert found(db, "two") == [("a.pdf", 2)]


def test_what_a_source_is_depends_on_its_name_too(db: Database) -> None:
    db.add_sniffed(A, "a.csv", "text/csv", 0, "")
    db.add_sniffed(A, "a.bin", None, 0, "no reader")
    assert db.sniffed(A, "a.csv") == ("text/csv", 0, "")
    assert db.sniffed(A, "a.bin") == (None, 0, "no reader")


def test_a_picture_belongs_to_the_ranges_it_was_made_for(db: Database) -> None:
    made = Illustration(((Box(0.1, 0.25, 0.5, 1.0),), ()), 800, 1131)
    db.add_illustration(A, 3, ((5, 9), (20, 21)), made)
    assert db.illustration(A, 3, ((5, 9), (20, 21))) == made
    assert db.illustration(A, 3, ((5, 9),)) is None
    db.add_illustration(A, 3, ((5, 9), (20, 21)), replace(made, width=1))
    again = db.illustration(A, 3, ((5, 9), (20, 21)))
    assert again is not None
    assert again.width == 1


# ── results ──


def test_files_are_sorted_by_locator_and_findings_stay_as_given(db: Database) -> None:
    db.set_results([row(name, A) for name in ("b", "a | x", "甲", "B")], [finding("z"), finding("a")])
    assert [file.name for file in db.files()] == sorted(["b", "a | x", "甲", "B"])
    assert list(db.findings()) == [finding("z"), finding("a")]


def test_results_replace_the_ones_before(db: Database) -> None:
    db.set_results([row("a", A), row("b", B)], [finding("x")])
    db.set_results([row("c", None)], [])
    assert [file.name for file in db.files()] == ["c"]
    assert list(db.findings()) == []


def test_a_page_is_found_under_each_place_but_a_duplicate(db: Database) -> None:
    add(db, (A, PDF, 0, -1), pages("民族", "别的"))
    add(db, (B, PDF, 0, -1), pages("民族 民族"))
    db.set_results([row("z", A), row("y", A, Status.DUPLICATE), row("b", B, Status.PARTIAL)], [])
    assert found(db, "民族") == [("b", 1), ("z", 1)]


def test_results_are_found_by_locator_then_page(db: Database) -> None:
    add(db, (A, PDF, 5, 7), pages("x", "x", first=6))
    add(db, (A, PDF, 0, -1), pages("x", "x"))
    db.set_results([row("a", A)], [])
    assert found(db, "x") == [("a", 1), ("a", 2), ("a", 6), ("a", 7)]


def test_the_signatures_of_text_and_of_ocr_are_those_of_one_source(db: Database) -> None:
    with db.transaction():
        for where, signature in (
            ((A, PDF, 0, 64), b"aaaa"),
            ((A, "ocr " + PDF, 2, 2), b"bbbb"),
            ((B, PDF, 0, 1), b"c"),
        ):
            part = Part(crashed=False, total=1, reached=0, members=(), signature=signature)
            db.add_outcome(where, part, header(Outcome(Reading(where[1], AGENT, Status.READ))), ())
    assert db.signature(A, PDF) == b"aaaabbbb"
    assert db.signature(B, "text/plain") == b""


def test_how_pages_were_read_is_told_without_their_words(db: Database) -> None:
    read = (
        Page(1, "x"),
        Page(2, "", blank=True),
        Page(3, "文字", origin="ocr", language="zh", confidence=0.5, weak=(Weak(1, 0.5, "子"),)),
    )
    add(db, (A, PDF, 0, 3), tuple(PageRow(page.number, codec.dumps(page), "") for page in read))
    assert list(db.readings(A, PDF)) == [
        PageReading(1, "text"),
        PageReading(2, "text", blank=True),
        PageReading(3, "ocr", "zh", 0.5, weak=1),
    ]
