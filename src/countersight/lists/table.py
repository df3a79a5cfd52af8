"""Any table with a mapping: which column says what. Some are built in (``data/mappings``); users write their own.

A mapping is YAML. ``regime``: the regime of every row, or ``{column: NAME, values: {WORDS: REGIME}}``, where a cell is
of the first entry whose words stand in it. ``name``, ``alias``, ``weak``, ``former``: columns of names; ``split``
(``;`` unless given) cuts several in a cell. ``key``: the source's own number. ``kind``: ``{column, organisation,
person}`` with the cells that mean each; other cells are neither, empty ones are looked at by name, as is every row
without ``kind``. ``identifiers``: scheme to column. ``country``, ``address``, ``programme``, ``policy``, ``cite``,
``parent``, ``note``: columns, several joined by commas. ``announced``, ``effective``, ``published``, ``grace_end``,
``ended``: dates, days before months with slashes unless ``dates: mdy``. ``unverified``: what was not compared with the
original; without it the table counts as the source itself. ``encoding`` of a CSV that is no UTF-8, ``delimiter``,
``title``, ``sheet``. ``columns``: what a header must hold for the mapping to be chosen unasked.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from python_calamine import CalamineError, CalamineWorkbook

from countersight.errors import ListError
from countersight.lists.days import day
from countersight.lists.door import turned_away
from countersight.lists.files import ListFile, broken
from countersight.lists.form import OneFile
from countersight.lists.rows import Row, Skipped, Why, clean, listing, named, short
from countersight.model import Agent, Checking, NameKind

_NAMES = {"name": NameKind.FULL, "alias": NameKind.ALIAS, "weak": NameKind.WEAK, "former": NameKind.FORMER}
_TEXTS = ("programme", "policy", "cite", "parent", "note", "country")
_DATES = ("announced", "effective", "published", "grace_end", "ended")
_KNOWN = {
    *_NAMES, *_TEXTS, *_DATES, "regime", "key", "address", "kind", "identifiers", "split", "dates", "unverified",
    "delimiter", "encoding", "title", "sheet", "columns",
}  # fmt: skip
_WORKBOOK = b"PK\x03\x04"
_WAY_OUT = "see `Lists of your own` in docs/guide.md for what a mapping holds"
Record = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableMap:
    """A mapping as read: columns by field, and how cells are understood."""

    title: str
    regime: str | tuple[str, tuple[tuple[str, str], ...]]
    columns: Mapping[str, tuple[str, ...]]
    identifiers: tuple[tuple[str, str], ...] = ()
    kind: tuple[str, frozenset[str], frozenset[str]] | None = None
    split: str = ";"
    order: str = "dmy"
    unverified: str = ""
    delimiter: str = ","
    sheet: str | None = None
    encoding: str | None = None
    needed: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def read(cls, text: str, name: str) -> TableMap:
        """A mapping from YAML. Raises ListError that names what is wrong with it."""
        try:
            data = yaml.load(text, yaml.BaseLoader)  # noqa: S506 (it makes but texts: a column may be called "on")
        except yaml.YAMLError as error:
            raise ListError(f"{name} is not YAML: {error}", way_out=_WAY_OUT) from error
        if not isinstance(data, dict) or not {"regime", "name"} <= set(data) or set(data) - _KNOWN:
            strange = sorted(map(str, set(data) - _KNOWN)) if isinstance(data, dict) else []
            what = f"{strange[0]!r} is not known to it" if strange else "it needs at least 'regime' and 'name'"
            raise ListError(f"{name} is no mapping: {what}", way_out=_WAY_OUT)
        try:
            return _mapping(data, name)
        except (KeyError, TypeError, AttributeError) as error:
            raise ListError(f"{name} is no mapping: {error!r} is missing or out of place", way_out=_WAY_OUT) from error

    def wanted(self) -> frozenset[str]:
        """Every column it speaks of."""
        named = {column for columns in self.columns.values() for column in columns}
        others = {self.regime[0]} if isinstance(self.regime, tuple) else set()
        return frozenset(named | others | {c for _, c in self.identifiers} | ({self.kind[0]} if self.kind else set()))


def _mapping(data: dict[str, Any], name: str) -> TableMap:
    regime = data["regime"]
    kind = data.get("kind")
    fields = (*_NAMES, *_TEXTS, *_DATES, "key", "address")
    return TableMap(
        str(data.get("title", name)),
        regime if isinstance(regime, str) else (str(regime["column"]), tuple(regime["values"].items())),
        {f: _columns(data[f]) for f in fields if data.get(f)},
        tuple((scheme, column) for scheme, cs in data.get("identifiers", {}).items() for column in _columns(cs)),
        (str(kind["column"]), _words(kind.get("organisation", ())), _words(kind.get("person", ()))) if kind else None,
        str(data.get("split", ";")),
        str(data.get("dates", "dmy")),
        str(data.get("unverified", "")),
        str(data.get("delimiter", ",")),
        data.get("sheet") or None,
        _codec(data.get("encoding"), name),
        frozenset(data.get("columns", ())),
    )


def _codec(name: object, file: str) -> str | None:
    try:
        return codecs.lookup(str(name)).name if name else None
    except LookupError as error:
        raise ListError(f"{file}: no encoding is called {name!r}", way_out="write e.g. `encoding: gb18030`") from error


def _columns(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _words(value: Any) -> frozenset[str]:
    return frozenset(word.lower() for word in _columns(list(value)))


class Table(OneFile):
    """A CSV or XLSX file read by a mapping."""

    def __init__(self, mapping: TableMap) -> None:
        self._map = mapping
        self.agent = Agent("table", "1")
        self.title = mapping.title

    def claims(self, head: bytes, name: str) -> bool:
        """Whether the header holds what the mapping says it must."""
        del name
        line = head.decode("utf-8", "replace").lstrip("\ufeff").partition("\n")[0]
        cells = {clean(cell) for cell in next(csv.reader([line], delimiter=self._map.delimiter), [])}
        return bool(self._map.needed) and self._map.needed <= cells

    def collection(self, head: bytes) -> str:
        """The title of the mapping, and what the first row says its regime is where a column says it."""
        if isinstance(self._map.regime, str) or head[:4] == _WORKBOOK:
            return self.title
        lines = head.decode("utf-8", "replace").lstrip("\ufeff").splitlines()[:2]
        rows = list(csv.reader(lines, delimiter=self._map.delimiter))
        first = dict(zip(rows[0], rows[1], strict=False)) if len(rows) > 1 else {}
        return f"{self.title}/{clean(first.get(self._map.regime[0]))}"

    def load(self, files: dict[str, ListFile]) -> Iterator[Row]:
        """The rows under the header. Raises ListError where columns of the mapping are not there."""
        file = files["main"]
        workbook = file.head()[:4] == _WORKBOOK
        rows = _sheet(file, self._map.sheet) if workbook else file.records(self._map.delimiter, self._map.encoding)
        header = [clean(cell) for cell in next(rows, (0, []))[1]]
        missing = sorted(self._map.wanted() - set(header))
        if missing:
            raise ListError(
                f"{file.name}: no column {missing[0]!r}; there are: {', '.join(filter(None, header))[:300] or 'none'}",
                way_out="name the columns of this file in the mapping",
            )
        for line, cells in rows:
            if not any(map(clean, cells)):
                continue
            if len(cells) < len(header):
                yield short(f"line {line}", cells, len(header))
            else:
                yield self._row(dict(zip(header, map(clean, cells), strict=False)), f"line {line}", file)

    def _row(self, record: Record, row: str, file: ListFile) -> Row:
        regime = self._regime(record)
        if regime is None:
            return Skipped(row, Why.FAULT, "no regime of the mapping")
        names = [named(text, kind) for f, kind in _NAMES.items() for text in self._values(record, f)]
        out = self._kept_out(record, [name.text for name in names])
        if out:
            return Skipped(row, out)
        told = {f: day(self._text(record, f), order=self._map.order) for f in _DATES}
        return listing(
            regime,
            self._text(record, "key"),
            names,
            file.digest,
            row,
            identifiers=self._identifiers(record),
            addresses=list(filter(None, [self._text(record, "address")])),
            status=Checking.UNVERIFIED if self._map.unverified else Checking.CHECKED,
            unverified=self._map.unverified,
            **told,
            **{f: self._text(record, f) for f in _TEXTS if f != "parent"},
            parent=self._text(record, "parent") or None,
        )

    def _regime(self, record: Record) -> str | None:
        if isinstance(self._map.regime, str):
            return self._map.regime
        column, values = self._map.regime
        return next((regime for words, regime in values if words.lower() in record[column].lower()), None)

    def _kept_out(self, record: Record, names: Sequence[str]) -> Why | None:
        if self._map.kind is None:
            return turned_away(names)
        column, bodies, persons = self._map.kind
        cell = record[column].lower()
        if cell in persons:
            return Why.PERSON
        if cell in bodies:
            return None
        return Why.OTHER if cell else turned_away(names)

    def _text(self, record: Record, field_: str) -> str:
        return ", ".join(filter(None, (record[column] for column in self._map.columns.get(field_, ()))))

    def _values(self, record: Record, field_: str) -> Iterator[str]:
        for column in self._map.columns.get(field_, ()):
            yield from filter(None, map(clean, _cut(record[column], self._map.split)))

    def _identifiers(self, record: Record) -> list[tuple[str, str]]:
        return [
            (scheme, value)
            for scheme, column in self._map.identifiers
            for value in map(clean, _cut(record[column], self._map.split))
            if value
        ]


def _cut(cell: str, mark: str) -> list[str]:
    """Several values of a cell; in quotation marks those that hold the mark themselves."""
    return next(csv.reader([cell], delimiter=mark, skipinitialspace=True), []) if '"' in cell else cell.split(mark)


def _sheet(file: ListFile, name: str | None) -> Iterator[tuple[int, list[str]]]:
    try:
        with file.open() as stream:
            book = CalamineWorkbook.from_filelike(stream)
            sheet = book.get_sheet_by_name(name) if name else book.get_sheet_by_index(0)
            for number, cells in enumerate(sheet.iter_rows(), 1):
                yield number, [str(cell) if cell is not None else "" for cell in cells]
    except CalamineError as error:
        raise broken(file.name, f"not a workbook that can be read: {error}") from error


def read_mapping(path: Path) -> Table:
    """The table of a user's mapping file. Raises ListError."""
    try:
        return Table(TableMap.read(path.read_text(encoding="utf-8"), path.name))
    except (OSError, UnicodeError) as error:
        raise ListError(f"{path} cannot be read: {error}", way_out="check the path and save it as UTF-8") from error


@cache
def tables() -> tuple[Table, ...]:
    """The tables with built-in mappings, by name of the mapping."""
    folder = resources.files("countersight.lists") / "data" / "mappings"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    return tuple(Table(TableMap.read(file.read_text(encoding="utf-8"), file.name)) for file in files)
