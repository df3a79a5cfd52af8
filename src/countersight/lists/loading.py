"""From files to listings: which format they are, and an account of every entry."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from countersight.errors import CountersightError, ListError
from countersight.lists.csl import CslCsv, CslJson
from countersight.lists.eu import EuCsv, EuXml
from countersight.lists.files import ListFile, broken
from countersight.lists.ftm import Ftm
from countersight.lists.ofac_advanced import OfacAdvanced
from countersight.lists.ofac_csv import OfacCsv
from countersight.lists.ofac_xml import OfacXml
from countersight.lists.rows import Row, Skipped, Why
from countersight.lists.table import tables
from countersight.lists.transcript import Transcript
from countersight.lists.uk import UkCsv, UkXml
from countersight.lists.un import UnXml
from countersight.model import DateSpan, Listing
from countersight.ports import WatchList

BUILT_IN: tuple[WatchList, ...] = (
    OfacAdvanced(),
    OfacXml(),
    OfacCsv(),
    CslCsv(),
    CslJson(),
    EuXml(),
    EuCsv(),
    UkXml(),
    UkCsv(),
    UnXml(),
    Ftm(),
    Transcript(),
    *tables(),
)
_PAGE = (b"<!doctype html", b"<html", b"<head", b"<body")
_TOLD = 1000  # rows named one by one in an account


@dataclass(frozen=True, slots=True)
class Account:
    """What became of every entry. ``organisations`` were taken in, the others counted; rows told are the first 1,000.

    ``regimes`` counts listings: a body under two regimes is one organisation and two listings.
    """

    organisations: int
    persons: int
    doubtful: int
    other: int
    faults: int
    regimes: tuple[tuple[str, int], ...]
    set_aside: tuple[tuple[str, str], ...]

    @property
    def entries(self) -> int:
        """All entries of the list."""
        return self.organisations + self.persons + self.doubtful + self.other + self.faults


@dataclass(frozen=True, slots=True)
class Loaded:
    """A list as read: its format, the day it tells of itself, its listings in order, and the account.

    ``list_`` is which list it is a snapshot of: the same for all snapshots that are compared with each other.
    """

    format: str
    list_: str
    day: DateSpan | None
    listings: tuple[Listing, ...]
    account: Account


@cache
def plugins() -> tuple[WatchList, ...]:
    """Formats of other distributions (entry points of the group ``countersight.lists``), by the entry point's name."""
    return tuple(_plugin(point) for point in sorted(entry_points(group="countersight.lists"), key=lambda p: p.name))


def _plugin(point: EntryPoint) -> WatchList:
    try:
        found: WatchList = point.load()()
    except Exception as error:  # a seam: a plugin may raise anything
        raise CountersightError(
            f"the list plugin {point.name!r} ({point.value}) cannot be loaded: {error}",
            way_out="update or uninstall the distribution it comes from",
        ) from error
    return found


def choose(file: ListFile) -> WatchList:
    """The format of a file, by its content. Raises ListError for an empty file, a web page, and what is no list."""
    head = file.head()
    if not head.strip():
        raise broken(file.name, "the file is empty")
    if head.lstrip().lower().startswith(_PAGE):
        raise broken(file.name, "a web page, not a list; the server may have answered with an error page")
    found = next((one for one in (*plugins(), *BUILT_IN) if one.claims(head, file.name)), None)
    if found is None:
        raise ListError(
            f"{file.name}: no list of a known format",
            way_out="say with --mapping FILE which column holds what (guide: Lists of your own)",
        )
    return found


def sets(files: Sequence[ListFile]) -> list[tuple[WatchList, dict[str, ListFile]]]:
    """The files sorted into lists: those of one set together. Raises ListError for a file that is none."""
    found: list[tuple[WatchList, dict[str, ListFile]]] = []
    for file in files:
        format_ = choose(file)
        part = format_.part(file.head())
        open_set = next((parts for other, parts in found if other is format_ and part not in parts), None)
        if open_set is None:
            found.append((format_, {part: file}))
        else:
            open_set[part] = file
    return found


def load(format_: WatchList, files: dict[str, ListFile]) -> Loaded:
    """Every entry of a list, accounted for.

    Raises ListError where the files are no whole list of the format, and where not one entry of them can be read.
    """
    main = files.get("main")
    if main is None:
        part = next(iter(files.values()))
        raise ListError(
            f"{part.name} is only a part of an {format_.title}: its main file is missing",
            way_out="name all files of the set, or the folder that holds them",
        )
    with _no_collector():
        listings, told, aside, cut = _sorted(format_.load(files))
    if not told.total() or told[Why.FAULT] == told.total():
        raise broken(main.name, f"not one entry of an {format_.title} can be read" + _first(aside))
    if cut and not main.ends() and cut == f"line {sum(1 for _ in main.lines())}":
        raise broken(main.name, f"cut off in its last row ({cut})")
    account = _account(told, listings, aside)
    name = _list(format_, main.head(), account)
    return Loaded(format_.title, name, format_.day(main.head()), _numbered(listings), account)


def _list(format_: WatchList, head: bytes, account: Account) -> str:
    only = account.regimes[0][0] if len(account.regimes) == 1 else ""
    return "/".join(filter(None, (format_.agent.name, format_.collection(head) or only)))


def _sorted(rows: Iterable[Row]) -> tuple[list[Listing], Counter[Why | None], list[tuple[str, str]], str]:
    """The listings, what became of how many entries, the rows to be told, and the last row that is cut off."""
    listings: list[Listing] = []
    told: Counter[Why | None] = Counter()
    aside: list[tuple[str, str]] = []
    cut = ""
    for row in rows:
        if isinstance(row, Skipped):
            told[row.why] += 1
            cut = row.row if row.cut else cut
            if row.why in (Why.FAULT, Why.DOUBTFUL) and len(aside) < _TOLD:
                aside.append((row.row, f"{row.why.value}: {row.reason}" if row.reason else row.why.value))
        else:
            told[None] += 1
            listings += row
    return listings, told, aside, cut


@contextmanager
def _no_collector() -> Iterator[None]:
    """Without the collector of cycles: millions of elements without one take it half of the time a list is read in."""
    ran = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if ran:
            gc.enable()


def _first(aside: Sequence[tuple[str, str]]) -> str:
    return f" ({aside[0][0]}: {aside[0][1]})" if aside else ""


def _account(told: Counter[Why | None], listings: Iterable[Listing], aside: list[tuple[str, str]]) -> Account:
    return Account(
        told[None],
        told[Why.PERSON],
        told[Why.DOUBTFUL],
        told[Why.OTHER],
        told[Why.FAULT],
        tuple(sorted(Counter(one.regime for one in listings).items())),
        tuple(aside),
    )


def _numbered(listings: Iterable[Listing]) -> tuple[Listing, ...]:
    """Listings with ids of their own: of several alike, the second and later ones are numbered in their order."""
    seen: Counter[str] = Counter()
    found = []
    for one in listings:
        seen[one.id] += 1
        found.append(one if seen[one.id] == 1 else replace(one, id=f"{one.id}~{seen[one.id]}"))
    return tuple(found)
