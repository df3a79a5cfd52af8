"""Published data feeds, each value under its path: OCDS, BODS (JSON), EU TED notices (XML), GLEIF (JSON, XML, CSV).

OCDS: releases, records and packages of them, by the Open Contracting Data Standard. BODS: statements of
ownership by the Beneficial Ownership Data Standard. TED: notices by the TED schema
(``TED_EXPORT``) and eForms (UBL). GLEIF: answers of its API, golden copy files of level 1 and 2. A feed of any size is
read in a stream and cut into parts. JSON and XML of other kinds are not claimed.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, TextIO

from countersight.errors import ReadError
from countersight.model import Agent, DateSpan, PageFault, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read.charset import lossy_note, marked, unlabelled
from countersight.read.feedkinds import JSON, XML, Family, recognised
from countersight.read.fieldtext import FieldPages
from countersight.read.layout import counted
from countersight.read.xmlfields import Said, XmlFaultError, said
from countersight.text.jsonstream import Item, JsonFaultError, JsonStream, flat

_AGENT = Agent("feeds", "1")
_HEAD = 4096  # bytes
_SAMPLE = 1 << 16  # bytes that tell the encoding
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_MEMORY_PER_CHARACTER = 40  # of one record: its characters, its parts, the lines made of them
_ARRAYS = {
    Family.BODS: {"": "statement"},
    Family.OCDS: {"": "release", "releases": "release", "records": "record"},
    Family.GLEIF: {
        "data": "record",
        "included": "record",
        "records": "LEI record",
        "relations": "relationship record",
        "exceptions": "reporting exception",
    },
}
_ELEMENTS = {
    "LEIRecord": "LEI record",
    "RelationshipRecord": "relationship record",
    "Exception": "reporting exception",
}
_COLUMNS = {"LEI,Entity": "LEI record", "Relationship": "relationship record", "LEI,Exception": "reporting exception"}
_RANKS = ("FORM_SECTION", "CODED_DATA_SECTION")  # of a TED notice, what is shown before its links and translations
_WATCHED = 300  # characters of a path that may say date or title
_WITHIN_FORM = 3  # names of a path: the root, the section, the form
_IDS = frozenset({"ocid", "id", "lei", "LEI", "LEI.$"})
_INDEX = re.compile(r"\[\d+\]")
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
# Where, its indices left out, a feed says its date and its title; of dates the first row that is found counts.
_DATES = (
    re.compile(r"(?:releases\.)?date|records\.compiledRelease\.date|compiledRelease\.date"),
    re.compile(r"publishedDate|packageInfo\.publishedDate|packageMeta\.publishedDate"),
    re.compile(r"CODED_DATA_SECTION\.REF_OJS\.DATE_PUB|IssueDate"),
    re.compile(r"meta\.goldenCopy\.publishDate|\w+Header\.ContentDate"),
)
_TITLE = re.compile(r"(?:.*\.)?(?:tender\.title|FORM_SECTION\..*TITLE(?:_CONTRACT)?(?:\.P)?|ProcurementProject\.Name)")


@dataclass(frozen=True, slots=True)
class FeedReader:
    """Reads a feed as lines ``path: value``; each record (release, notice, entity) begins with a heading."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """By what the first bytes hold alone."""
        found = recognised(head, name)
        return found[1] if found else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Read the feed; from where it is damaged, its characters as they stand. Raises ReadError for an empty file."""
        del sink  # nothing unpacks
        with path.open("rb") as stream:
            found = recognised(stream.read(_HEAD), path.name)
        if found is None:
            raise ReadError(
                "empty: 0 bytes" if not path.stat().st_size else "no feed of a known kind", status="skipped"
            )
        work = _Work(found[0], FieldPages(pages), limits.memory // _MEMORY_PER_CHARACTER)
        {JSON: _json, XML: _xml}.get(media_type, _csv)(path, work)
        read, total = work.out.finished()
        notes = [work.kind(), *work.notes]
        return Reading(
            media_type,
            self.agent,
            Status.PARTIAL if work.reason else Status.READ,
            read,
            total,
            faults=(PageFault(work.fault_page, work.reason),) if work.reason else (),
            notes=tuple(note for note in notes if note),
            reason=work.reason,
            title=None if work.several else work.title,
            dated=work.dated(),
        )


@dataclass(slots=True)
class _Work:
    """One feed being read: its pages, what was counted and met on the way, and why some of it was not read."""

    family: Family
    out: FieldPages
    room: int
    records: Counter[str] = field(default_factory=Counter)
    members: set[str] = field(default_factory=set)
    documents: int = 1
    details: dict[str, None] = field(default_factory=dict)
    dates: dict[int, str] = field(default_factory=dict)
    title: str | None = None
    notes: list[str] = field(default_factory=list)
    reason: str = ""
    fault_page: int = 1

    def record(self, path: str, kind: str, fields: Iterable[tuple[str, str]]) -> None:
        """Write a record; the paths of its fields are within it."""
        self.records[kind] += 1
        held = list(fields)
        name = next((value for at, value in held if at in _IDS), "")
        self.out.heading(f"{path} {name}".rstrip())
        self.fields(held, path)

    def fields(self, fields: Iterable[tuple[str, str]], inside: str = "") -> None:
        """Write values; what says the date and the title of the feed is kept."""
        for path, value in fields:
            whole = f"{inside}.{path}" if inside else path
            self.out.field(path, value, whole)
            if self.records.total() <= 1 and len(whole) <= _WATCHED:
                self._watch(_INDEX.sub("", whole), value)

    def _watch(self, path: str, value: str) -> None:
        for rank, dates in enumerate(_DATES):
            if dates.fullmatch(path):
                self.dates.setdefault(rank, value)
        if self.title is None and _TITLE.fullmatch(path):
            self.title = value

    @property
    def several(self) -> bool:
        """Whether it holds more than one record."""
        return max(self.records.total(), self.documents) > 1

    def dated(self) -> DateSpan | None:
        """The day of the one release; of several, the day on which the package was published."""
        for _, text in sorted(self.dates.items(), reverse=self.several):
            found = _DAY.match(text)
            try:
                if found:
                    return DateSpan.of(*map(int, found.groups()), text=text)
            except ValueError:
                continue
        return None

    def kind(self) -> str:
        """What to tell of the feed: ``OCDS release package, 12 releases``."""
        numbers = [counted(number, kind) for kind, number in sorted(self.records.items())]
        values = [f"{self.documents:,} JSON values one after another"] if self.documents > 1 else []
        return ", ".join((self._name(), *self.details, *values, *numbers))

    def _name(self) -> str:
        if self.family is Family.GLEIF and self.members & {"data", "meta"}:
            return "GLEIF API answer"
        if self.family is not Family.OCDS or self.documents > 1 or "" in self.members:
            return self.family.value
        if self.members & {"compiledRelease", "versionedRelease"}:
            return "OCDS record"
        kinds = ("release", "record")
        return next((f"OCDS {kind} package" for kind in kinds if f"{kind}s" in self.members), "OCDS release")

    def damaged(self, why: object, rest: Iterable[str]) -> None:
        """Write what could not be told apart as it stands."""
        self.fault_page = self.out.total
        self.reason = f"damaged: {why}; from there on read as plain text"
        for text in rest:
            self.out.raw(text)


def _opened(path: Path) -> TextIO:
    """The file as text: UTF-8, as feeds should be, or what its bytes say."""
    with path.open("rb") as raw:
        sample = raw.read(_SAMPLE)
    encoding = marked(sample)[0] or unlabelled(sample.rstrip(_BEYOND_ASCII) or sample)  # not cut in a character
    text = path.open(encoding=encoding, errors="replace", newline="")
    if marked(sample)[0]:
        text.read(1)
    return text


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _json(path: Path, work: _Work) -> None:
    with _opened(path) as text:
        stream = JsonStream(text, work.room)
        try:
            for item in stream.items():
                if item.document == work.documents:
                    work.documents += 1
                    work.out.heading(f"value {work.documents}")
                _item(item, work)
        except (JsonFaultError, RecursionError) as error:
            work.damaged(f"no JSON, {error}", stream.rest())
    if note := lossy_note(stream.lost, text.encoding):
        work.notes.append(note)


def _item(item: Item, work: _Work) -> None:
    array, bracket, _ = item.path.partition("[")
    work.members.add(array)
    kind = _ARRAYS.get(work.family, {}).get(array)
    if bracket and kind and isinstance(item.value, tuple):
        work.record(item.path, kind, flat(item.value))
    else:
        work.fields(flat(item.value, item.path))


# ── XML ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _xml(path: Path, work: _Work) -> None:
    with path.open("rb") as stream:
        fault: list[XmlFaultError] = []
        found = _until_fault(said(stream, frozenset(_ELEMENTS), work.room), fault)
        if work.family is Family.TED and path.stat().st_size < work.room:
            found = iter(sorted(found, key=_rank))
        for record, fields in groupby(found, _record):
            _element(record, fields, work)
        if fault:
            stream.seek(fault[0].at)
            work.damaged(f"no XML, {fault[0]}", iter(lambda: _text(stream), ""))


def _text(stream: BinaryIO) -> str:
    return stream.read(_SAMPLE).decode("utf-8", "replace")


def _until_fault(found: Iterator[Said], fault: list[XmlFaultError]) -> Iterator[Said]:
    try:
        yield from found
    except XmlFaultError as error:
        fault.append(error)


def _rank(one: Said) -> int:
    section = one.path[1] if len(one.path) > 1 else ""
    return _RANKS.index(section) if section in _RANKS else len(_RANKS)


def _record(one: Said) -> tuple[str, ...]:
    """The path down to the record that a value lies in; nothing where it lies in none."""
    for depth, name in enumerate(one.path):
        if name.partition("[")[0] in _ELEMENTS:
            return one.path[: depth + 1]
    return ()


def _element(record: tuple[str, ...], fields: Iterable[Said], work: _Work) -> None:
    if record:
        inner = ((".".join(one.path[len(record) :]) or "text", one.value) for one in fields)
        work.record(".".join(record[1:]), _ELEMENTS[record[-1].partition("[")[0]], inner)
        return
    for one in fields:
        if work.family is Family.TED and _rank(one) == 0 and len(one.path) > _WITHIN_FORM:
            work.details.setdefault(f"form {one.path[2].partition('[')[0]}")
        work.fields([(".".join(one.path[1:]) or one.path[0], one.value)])


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _csv(path: Path, work: _Work) -> None:
    csv.field_size_limit(max(work.room, csv.field_size_limit()))
    with _opened(path) as text:
        rows = csv.reader(text)
        names = next(rows, [])
        kind = next((kind for start, kind in _COLUMNS.items() if ",".join(names).startswith(start)), "record")
        try:
            for number, row in enumerate(rows, 2):
                extra = [f"column {at + 1}" for at in range(len(names), len(row))]
                fields = [(name, value) for name, value in zip((*names, *extra), row, strict=False) if value]
                if fields:
                    work.record(f"row {number}", kind, fields)
        except csv.Error as error:
            work.damaged(f"no CSV, {error}", iter(lambda: text.read(_SAMPLE), ""))
