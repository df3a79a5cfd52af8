"""The case's database: SQLite, one writer, full text. All of it can be rebuilt from evidence and ledger."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from countersight.errors import IntegrityError, RefusedError, UsageError
from countersight.model import (
    Box,
    Correction,
    Deal,
    Digest,
    FileRow,
    Finding,
    Member,
    Organisation,
    Page,
    PageReading,
    Stake,
    codec,
)
from countersight.model.outcome import Outcome
from countersight.model.screening import ListChange, Screening
from countersight.relate import Related
from countersight.store.disk import guarded
from countersight.store.search import Query, index_form, supposed_form

# One script per version, applied in order; user_version says how many were. Never change one that was released.
MIGRATIONS = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE sniffed (
        digest TEXT, name TEXT, media TEXT, step INTEGER NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (digest, name)
    ) WITHOUT ROWID;
    CREATE TABLE outcome (
        digest TEXT, media TEXT, first INTEGER, stop INTEGER, crashed INTEGER NOT NULL, total INTEGER NOT NULL,
        reached INTEGER NOT NULL, scans TEXT NOT NULL, members TEXT NOT NULL, body TEXT NOT NULL,
        signature BLOB NOT NULL, held TEXT NOT NULL, PRIMARY KEY (digest, media, first, stop)
    ) WITHOUT ROWID;
    CREATE TABLE page (
        id INTEGER PRIMARY KEY, digest TEXT NOT NULL, media TEXT NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL,
        UNIQUE (digest, media, number)
    );
    CREATE VIRTUAL TABLE page_text USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0');
    CREATE TABLE picture (
        digest TEXT, number INTEGER, cited TEXT, boxes TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
        PRIMARY KEY (digest, number, cited)
    ) WITHOUT ROWID;
    CREATE TABLE file (
        position INTEGER PRIMARY KEY, locator TEXT NOT NULL, digest TEXT, media TEXT, status TEXT NOT NULL,
        body TEXT NOT NULL
    );
    CREATE INDEX file_digest ON file (digest);
    CREATE TABLE finding (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
    CREATE TABLE relation (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    DELETE FROM outcome;
    DELETE FROM page;
    DROP TABLE page_text;
    CREATE VIRTUAL TABLE page_text USING fts5(
        text, supposed, content='', tokenize='unicode61 remove_diacritics 0'
    );
    """,
    """
    CREATE TABLE original (
        digest TEXT, media TEXT, number INTEGER, body TEXT NOT NULL, PRIMARY KEY (digest, media, number)
    ) WITHOUT ROWID;
    CREATE TABLE correction (position INTEGER PRIMARY KEY, body TEXT NOT NULL);
    """,
    """
    CREATE TABLE deal (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE organisation (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE screening (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    CREATE TABLE stake (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    CREATE TABLE list_change (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    """,
)


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page as stored: its JSON and, in the form of the index, its text and what it may say instead.

    The worker makes all of them.
    """

    number: int
    body: str
    index: str
    supposed: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked of an outcome without its pages.

    Pages in all, the last page it reached, the pages (from 1) that OCR must read, the members it holds; and when it is
    stored the signature of its pages' text, which :meth:`Database.signature` gives.
    """

    crashed: bool
    total: int
    reached: int
    members: tuple[Member, ...]
    scans: tuple[int, ...] = ()
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Illustration:
    """The picture of a cited page: boxes of each cited range in the order asked for, width and height in pixels."""

    boxes: tuple[tuple[Box, ...], ...]
    width: int
    height: int


Range = tuple[int, int]
OCR = "ocr "
"""Before the media type of an outcome that is the reading of one page by OCR."""
CORRECTED = "corrected "
"""Before a digest and the media type of an outcome that is the text of one page as a reviewer corrected it."""

Where = tuple[Digest, str, int, int]
"""An outcome's key: digest, media type, first page and stop (0-based; -1: from the start, as far as the reader goes).
"""


class Database:
    """An open database. Only one process may write; any number may read."""

    def __init__(self, path: Path, *, write: bool) -> None:
        self._path = path
        target = path if write else f"{path.resolve().as_uri()}?mode=ro"
        with guarded(path.parent):
            self._db = sqlite3.connect(target, uri=not write, isolation_level=None)
            try:
                self._open(write=write)
            except BaseException as error:
                self.__exit__(type(error), error, None)
                raise

    def _open(self, *, write: bool) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            raise RefusedError(
                f"{self._path} is of a newer countersight (layout {version}; this one knows {len(MIGRATIONS)})",
                way_out="use the newer version, or audit the records again into a new case",
            )
        if not write and version < len(MIGRATIONS):
            raise UsageError(f"{self._path} is of an older countersight", way_out="run `countersight audit` again")
        if not write:
            return
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA wal_autocheckpoint = 25000")  # pages of 4 KiB: fewer waits for the disk while reading
        for number, script in enumerate(MIGRATIONS[version:], version + 1):
            self._db.executescript(f"BEGIN; {script}; PRAGMA user_version = {number}; COMMIT;")
        if version == 0:
            self._db.execute("INSERT INTO page_text (page_text, rank) VALUES ('hashsize', 16000000)")

    def close(self) -> None:
        """Close; what was not committed is undone."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Close. A part of the file that makes no sense to SQLite is an IntegrityError."""
        self.close()
        if type(error) is sqlite3.DatabaseError:
            raise IntegrityError(f"{self._path} is damaged ({error})", way_out=_REBUILD) from error

    def seal(self) -> None:
        """Fold the write-ahead log into the one file, so that reading it writes nothing."""
        with guarded(self._path.parent):
            self._db.execute("PRAGMA journal_mode = DELETE")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing of it. Raises StorageError where the disk refuses."""
        with guarded(self._path.parent):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    # ── meta ──

    def meta(self, key: str) -> str | None:
        """A fact about the database itself."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Set a fact about the database itself."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # ── sources and outcomes ──

    def sniffed(self, digest: Digest, name: str) -> tuple[str | None, int, str] | None:
        """Media type, pages per work item (0: whole) and the reason it is not read; None where nobody looked yet."""
        query = "SELECT media, step, reason FROM sniffed WHERE digest = ? AND name = ?"
        row: tuple[str | None, int, str] | None = self._db.execute(query, (digest, _json(name))).fetchone()
        return row

    def add_sniffed(self, digest: Digest, name: str, media: str | None, step: int, reason: str) -> None:
        """Remember what a source was found to be."""
        self._db.execute(
            "INSERT OR REPLACE INTO sniffed VALUES (?, ?, ?, ?, ?)", (digest, _json(name), media, step, reason)
        )

    def part(self, where: Where) -> Part | None:
        """What planning needs of an outcome, None where there is none."""
        row = self._db.execute(
            "SELECT crashed, total, reached, members, scans FROM outcome"
            " WHERE digest = ? AND media = ? AND first = ? AND stop = ?",
            where,
        ).fetchone()
        return (
            Part(bool(row[0]), row[1], row[2], codec.decode(tuple[Member, ...], row[3]), tuple(json.loads(row[4])))
            if row
            else None
        )

    def outcome(self, where: Where) -> Outcome:
        """An outcome, without its pages. Raises KeyError where there is none."""
        row = self._db.execute(
            "SELECT body, held FROM outcome WHERE digest = ? AND media = ? AND first = ? AND stop = ?", where
        ).fetchone()
        if not row:
            raise KeyError(where)
        return replace(codec.decode(Outcome, row[0]), held=tuple(json.loads(row[1])))

    def add_outcome(
        self, where: Where, part: Part, body: str, pages: Iterable[PageRow], held: Sequence[str] = ()
    ) -> None:
        """Store an outcome, its pages and what ``held`` of its process. What is there already is left as it is.

        A page may be there from a smaller range, read while a larger one crashed.
        """
        members = _json(part.members)
        numbers = part.crashed, part.total, part.reached
        added = self._db.execute(
            "INSERT OR IGNORE INTO outcome VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*where, *numbers, json.dumps(part.scans), members, body, part.signature, json.dumps(held)),
        ).rowcount
        digest, media = where[0], bare(where[1])
        for page in pages if added else ():
            if media != where[1]:
                self._make_way(digest, media, page.number, keep=where[1].startswith(CORRECTED))
            self._add_page(digest, media, page)

    def _add_page(self, digest: Digest, media: str, page: PageRow) -> None:
        made = self._db.execute(
            "INSERT OR IGNORE INTO page (digest, media, number, body) VALUES (?, ?, ?, ?)",
            (digest, media, page.number, page.body),
        )
        if made.rowcount:
            row = (made.lastrowid, page.index, page.supposed)
            self._db.execute("INSERT INTO page_text (rowid, text, supposed) VALUES (?, ?, ?)", row)

    def _make_way(self, digest: Digest, media: str, number: int, *, keep: bool) -> None:
        """For a page that is read anew, by OCR or by a reviewer, whose correction keeps what it replaces."""
        self.restore(digest, media, number)
        if keep:
            self._db.execute(
                "INSERT INTO original SELECT digest, media, number, body FROM page"
                " WHERE digest = ? AND media = ? AND number = ?",
                (digest, media, number),
            )
        self._forget_page(digest, media, number)

    def _forget_page(self, digest: Digest, media: str, number: int) -> None:
        """Take a page out of the store and the index, and with it the places of what is cited on it."""
        query = "SELECT id, body FROM page WHERE digest = ? AND media = ? AND number = ?"
        for key, body in self._db.execute(query, (digest, media, number)).fetchall():
            page = codec.decode(Page, body)
            row = (key, index_form(page.text), supposed_form(page))
            self._db.execute("INSERT INTO page_text (page_text, rowid, text, supposed) VALUES ('delete', ?, ?, ?)", row)
            self._db.execute("DELETE FROM page WHERE id = ?", (key,))
        self._db.execute("DELETE FROM picture WHERE digest = ? AND number = ?", (digest, number))

    def restore(self, digest: Digest, media: str, number: int) -> None:
        """Put the original reading of a page back and forget its correction; nothing where it has none."""
        page = self.original(digest, media, number)
        if page is None:
            return
        where = digest, media, number
        self._forget_page(*where)
        self._add_page(digest, media, PageRow(number, codec.dumps(page), index_form(page.text), supposed_form(page)))
        self._db.execute("DELETE FROM original WHERE digest = ? AND media = ? AND number = ?", where)
        self._db.execute(
            "DELETE FROM outcome WHERE digest = ? AND first = ? AND stop = ? AND media GLOB ?",
            (digest, number - 1, number, _corrections(media)),
        )

    def original(self, digest: Digest, media: str, number: int) -> Page | None:
        """The original reading of a page whose text is corrected; None where it is not."""
        query = "SELECT body FROM original WHERE digest = ? AND media = ? AND number = ?"
        row = self._db.execute(query, (digest, media, number)).fetchone()
        return codec.decode(Page, row[0]) if row else None

    def originals(self) -> list[tuple[Digest, str, int]]:
        """The pages whose text is corrected: digest, media type, number."""
        rows = self._db.execute("SELECT digest, media, number FROM original ORDER BY 1, 2, 3")
        return [(Digest(digest), media, number) for digest, media, number in rows]

    def forget_crashed(self) -> int:
        """Forget the work items that crashed or ran out of time or memory, so that they are tried again; how many."""
        return self._db.execute("DELETE FROM outcome WHERE crashed").rowcount

    def forget(self, media: Iterable[str]) -> None:
        """Forget all that was read of sources of these media types, so that they are read again."""
        for kind in sorted(media):
            query = "SELECT digest, number FROM page WHERE media = ?"
            for digest, number in self._db.execute(query, (kind,)).fetchall():
                self._forget_page(digest, kind, number)
            self._db.execute("DELETE FROM original WHERE media = ?", (kind,))
            where = (kind, OCR + kind, _corrections(kind))
            self._db.execute("DELETE FROM outcome WHERE media IN (?, ?) OR media GLOB ?", where)

    def page(self, digest: Digest, media: str, number: int) -> Page:
        """A page by its number from 1. Raises KeyError where it was not read."""
        query = "SELECT body FROM page WHERE digest = ? AND media = ? AND number = ?"
        row = self._db.execute(query, (digest, media, number)).fetchone()
        if not row:
            raise KeyError((digest, number))
        return codec.decode(Page, row[0])

    def readings(self, digest: Digest, media: str) -> Iterator[PageReading]:
        """How each page of a source was read, in order; nothing of their words is loaded."""
        query = """
            SELECT number, json_extract(body, '$.origin', '$.language', '$.confidence', '$.blank'),
            json_array_length(body, '$.weak') FROM page WHERE digest = ? AND media = ? ORDER BY number
        """
        with closing(self._db.execute(query, (digest, media))) as rows:
            for number, told, weak in rows:
                origin, language, confidence, blank = json.loads(told)
                yield PageReading(number, origin, language, confidence, blank, weak)

    def signature(self, digest: Digest, media: str) -> bytes:
        """The signatures of what was read of a source, joined."""
        query = """
            SELECT signature FROM outcome WHERE digest = ? AND (media IN (?, ?) OR media GLOB ?)
            ORDER BY media, first, stop
        """
        return b"".join(row[0] for row in self._db.execute(query, (digest, media, OCR + media, _corrections(media))))

    def count_pages(self) -> int:
        """How many pages are stored."""
        return int(self._db.execute("SELECT count(*) FROM page").fetchone()[0])

    # ── pictures ──

    def illustration(self, digest: Digest, number: int, cited: Sequence[Range]) -> Illustration | None:
        """The picture made of a page for these cited ranges, None where none was made."""
        row = self._db.execute(
            "SELECT boxes, width, height FROM picture WHERE digest = ? AND number = ? AND cited = ?",
            (digest, number, json.dumps(cited)),
        ).fetchone()
        return Illustration(codec.decode(tuple[tuple[Box, ...], ...], row[0]), row[1], row[2]) if row else None

    def add_illustration(self, digest: Digest, number: int, cited: Sequence[Range], made: Illustration) -> None:
        """Remember the picture of a page; its bytes lie in a file."""
        row = (digest, number, json.dumps(cited), _json(made.boxes), made.width, made.height)
        self._db.execute("INSERT OR REPLACE INTO picture VALUES (?, ?, ?, ?, ?, ?)", row)

    # ── results ──

    def set_results(
        self,
        files: Iterable[FileRow],
        findings: Iterable[Finding],
        related: Iterable[Related] = (),
        corrections: Iterable[Correction] = (),
    ) -> None:
        """Replace the account of files, the findings, the relations and the corrections that stand."""
        self._db.execute("DELETE FROM file")
        self._db.execute("DELETE FROM relation")
        self._db.execute("DELETE FROM finding")
        self._db.executemany(
            "INSERT INTO file (locator, digest, media, status, body) VALUES (?, ?, ?, ?, ?)",
            ((str(f.locator), f.digest, f.media_type, f.status.value, _json(f)) for f in files),
        )
        self._db.executemany("INSERT INTO finding (id, body) VALUES (?, ?)", ((f.id, _json(f)) for f in findings))
        self._db.executemany("INSERT INTO relation VALUES (?, ?)", ((each.id, _json(each)) for each in related))
        self._db.execute("DELETE FROM correction")
        self._db.executemany("INSERT INTO correction (body) VALUES (?)", ((_json(one),) for one in corrections))

    def set_facts(
        self, deals: Iterable[Deal], organisations: Iterable[Organisation], screenings: Iterable[Screening] = ()
    ) -> None:
        """Replace the deals, the bodies that the records name, and what the lists say of them."""
        for table, rows in (("deal", deals), ("organisation", organisations), ("screening", screenings)):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 (three names above)
            self._db.executemany(f"INSERT INTO {table} VALUES (?, ?)", ((one.id, _json(one)) for one in rows))  # noqa: S608

    def deals(self) -> Iterator[Deal]:
        """The deals, by id."""
        with closing(self._db.execute("SELECT body FROM deal ORDER BY id")) as rows:
            for (body,) in rows:
                yield codec.decode(Deal, body)

    def organisations(self) -> Iterator[Organisation]:
        """The bodies that the records name, by id."""
        with closing(self._db.execute("SELECT body FROM organisation ORDER BY id")) as rows:
            for (body,) in rows:
                yield codec.decode(Organisation, body)

    def screenings(self) -> Iterator[Screening]:
        """What the lists say of the bodies, by id."""
        with closing(self._db.execute("SELECT body FROM screening ORDER BY id")) as rows:
            for (body,) in rows:
                yield codec.decode(Screening, body)

    def set_list_changes(self, changes: Iterable[ListChange]) -> None:
        """Replace what later lists changed."""
        self._db.execute("DELETE FROM list_change")
        self._db.executemany("INSERT INTO list_change VALUES (?, ?)", ((each.id, _json(each)) for each in changes))

    def list_changes(self) -> Iterator[ListChange]:
        """What lists changed that came after the records, by id."""
        with closing(self._db.execute("SELECT body FROM list_change ORDER BY id")) as rows:
            for (body,) in rows:
                yield codec.decode(ListChange, body)

    def set_stakes(self, stakes: Iterable[Stake]) -> None:
        """Replace the stakes of bodies in others."""
        self._db.execute("DELETE FROM stake")
        self._db.executemany("INSERT INTO stake VALUES (?, ?)", ((each.id, _json(each)) for each in stakes))

    def stakes(self) -> Iterator[Stake]:
        """The stakes of bodies in others, by id."""
        with closing(self._db.execute("SELECT body FROM stake ORDER BY id")) as rows:
            for (body,) in rows:
                yield codec.decode(Stake, body)

    def files(self) -> Iterator[FileRow]:
        """The account of files, sorted by locator."""
        with closing(self._db.execute("SELECT body FROM file ORDER BY locator")) as rows:
            for (body,) in rows:
                yield codec.decode(FileRow, body)

    def findings(self) -> Iterator[Finding]:
        """The findings in the order of printing."""
        with closing(self._db.execute("SELECT body FROM finding ORDER BY position")) as rows:
            for (body,) in rows:
                yield codec.decode(Finding, body)

    def corrections(self) -> list[Correction]:
        """The corrections that stand, in the order they were given in."""
        rows = self._db.execute("SELECT body FROM correction ORDER BY position")
        return [codec.decode(Correction, body) for (body,) in rows]

    def relations(self) -> Iterator[Related]:
        """Which records tell the same, by id."""
        with closing(self._db.execute("SELECT body FROM relation ORDER BY id")) as rows:
            for (body,) in rows:
                yield codec.decode(Related, body)

    def pages(self, file: FileRow) -> Iterator[Page]:
        """The pages of a file as read, in order."""
        query = "SELECT body FROM page WHERE digest = ? AND media = ? ORDER BY number"
        with closing(self._db.execute(query, (file.digest, file.media_type))) as rows:
            for (body,) in rows:
                yield codec.decode(Page, body)

    def search(self, query: Query) -> Iterator[tuple[FileRow, Page]]:
        """The pages a query holds on, by locator and page.

        A source received more than once shows under its first place.
        """
        rows = self._db.execute(
            """
            SELECT file.body, page.body FROM page_text
            JOIN page ON page.id = page_text.rowid
            JOIN file ON file.digest = page.digest AND file.media = page.media
            WHERE page_text MATCH ? AND file.status <> 'duplicate'
            ORDER BY file.locator, page.number
            """,
            (query.match,),
        )
        with closing(rows):
            for file, page in rows:
                yield codec.decode(FileRow, file), codec.decode(Page, page)


def bare(media: str) -> str:
    """The media type alone, without what :data:`OCR` or :data:`CORRECTED` put before it."""
    return media.rpartition(" ")[2]


def _corrections(media: str) -> str:
    """The pattern of the media types of corrected pages of sources of this media type."""
    return f"{CORRECTED}* {media}"


_HALF = re.compile("[\ud800-\udfff]")
_REBUILD = "delete the case's folder derived and run audit again: it is rebuilt from the evidence"


def _json(value: object) -> str:
    """JSON text; halves of surrogate pairs (a byte of a file's name that is no text) as escapes, which SQLite takes."""
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", codec.dumps(value))


def header(outcome: Outcome) -> str:
    """An outcome's JSON as stored: its pages lie in a table of their own."""
    return _json(replace(outcome, reading=replace(outcome.reading, pages=())))
