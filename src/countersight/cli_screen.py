"""``countersight screen``: one name, or a table of names, against all lists as of a date."""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from countersight.cli_lists import place_of
from countersight.cli_output import READ_ALL, print_json
from countersight.errors import UsageError
from countersight.model import DateSpan
from countersight.model.screening import NO_CLEARANCE, Asked, Body, Screening
from countersight.report.screened import SCREENING, lines, screening_record

if TYPE_CHECKING:
    from countersight.screening import Screen

_HELP = "Ask whether an organisation was on a list on a day, and what that does not mean."
_COLUMNS = ("name", "other_names", "id", "country", "date", "end", "role")


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The command with its arguments."""
    screen = command("screen", _run, _HELP)
    screen.add_argument("name", nargs="?", metavar="NAME", help="an organisation's name, in Chinese or Latin letters")
    screen.add_argument(
        "--id", action="append", default=[], metavar="ID", help="its number: USCC, LEI, ISIN, or SCHEME:VALUE"
    )
    screen.add_argument("--on", type=_span, metavar="DATE", help="a day, month or year: 2022-12-05, 2022-12, 2022")
    screen.add_argument("--until", type=_span, metavar="DATE", help="the end of a performance that began --on")
    screen.add_argument("--country", default="", metavar="CC", help="its country, where known")
    screen.add_argument("--known", type=_day, metavar="DAY", help="as things were known here on an earlier day")
    screen.add_argument("--case", type=Path, metavar="DIR", help="use the lists of this case")
    screen.add_argument("--lists", type=Path, metavar="DIR", help="use the lists of this folder")
    screen.add_argument("--batch", type=Path, metavar="FILE", help=f"a CSV with columns {', '.join(_COLUMNS)}")
    screen.add_argument("--out", type=Path, metavar="FILE", help="for --batch: where the answers go: .csv or .xlsx")


def _run(options: argparse.Namespace) -> int:
    if bool(options.name) == bool(options.batch):
        raise UsageError("screen one NAME, or a table with --batch FILE", way_out="countersight screen NAME --on DATE")
    asked = list(_batch(options.batch)) if options.batch else [_one(options)]
    screen = _screen(options)
    rows = [row for body, when in asked for row in screen.screen(body, [when])]
    if options.out:
        _write(options.out, rows)
    if options.json:
        print_json(map(screening_record, rows))
    elif not options.out:
        _print(rows, len(asked))
    return READ_ALL


def _screen(options: argparse.Namespace) -> Screen:
    from countersight.pipeline.readied import ready

    place = place_of(options)
    return ready(place.root, place.watch(), options.known)


def _one(options: argparse.Namespace) -> tuple[Body, Asked]:
    if options.on is None:
        raise UsageError("screen as of which date?", way_out="add --on DATE: a day, a month or a year")
    body = Body(options.name, identifiers=tuple(map(_identifier, options.id)), country=options.country)
    return body, _asked(options.on, options.until, "performance" if options.until else "asked")


def _asked(on: DateSpan, until: DateSpan | None, role: str) -> Asked:
    if until and until.to < on.from_:
        raise UsageError(f"a performance from {on.from_} cannot end on {until.to}", way_out="check the dates")
    return Asked(role, on, until)


def _identifier(text: str) -> tuple[str, str]:
    """A number with its scheme: as given before a colon, else told by its form."""
    from countersight.text.identifiers import identifiers

    scheme, colon, value = text.partition(":")
    if colon and value:
        return scheme.strip().lower(), value.strip()
    known = next((one for start, end, one in identifiers(text) if text[start:end] == text.strip()), None)
    return (known.scheme, known.value) if known else ("registration", text.strip())


def _batch(path: Path) -> Iterator[tuple[Body, Asked]]:
    """The rows of a table. Raises UsageError for one that cannot be asked, with its line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            table = csv.DictReader(stream)
            if not {"name", "date"} <= set(table.fieldnames or ()):
                raise UsageError(
                    f"{path}: a table needs the columns name and date", way_out=f"columns: {', '.join(_COLUMNS)}"
                )
            for row in table:
                yield _row({name: (row.get(name) or "").strip() for name in _COLUMNS}, f"{path}:{table.line_num}")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", way_out="check the path") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: not a CSV in UTF-8 ({error})", way_out="save the table as CSV, UTF-8") from error


def _row(row: dict[str, str], where: str) -> tuple[Body, Asked]:
    if not row["name"]:
        raise UsageError(f"{where}: no name", way_out="fill the column name, or take the row out")
    try:
        on, end = _span(row["date"]), _span(row["end"]) if row["end"] else None
    except argparse.ArgumentTypeError as error:
        raise UsageError(f"{where}: {error}", way_out="write dates as 2022-12-05, 2022-12 or 2022") from error
    numbers = tuple(_identifier(text) for text in row["id"].split(";") if text.strip())
    others = tuple(filter(None, (name.strip() for name in row["other_names"].split(";"))))
    return Body(row["name"], others, numbers, row["country"]), _asked(
        on, end, row["role"] or ("performance" if end else "asked")
    )


def _span(text: str) -> DateSpan:
    try:
        return DateSpan.of(*map(int, text.split("-")), text=text)
    except (ValueError, TypeError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day, month or year like 2022-12-05") from error


def _day(text: str) -> date:
    return _span(text).from_


def _print(rows: Iterable[Screening], asked: int) -> None:
    count = 0
    for row in rows:
        count += 1
        print("\n".join(lines(row)))
    names = "1 name" if asked == 1 else f"{asked} names"
    print(f"{count} answers on {names}. {NO_CLEARANCE}")


def _write(path: Path, rows: Iterable[Screening]) -> None:
    from countersight.report.book import write_xlsx
    from countersight.report.tables import write_csv

    if not path.parent.is_dir():
        raise UsageError(f"no folder {path.parent}{os.sep}", way_out="make it, or name another place with --out")
    records = map(screening_record, rows)
    if path.suffix.lower() == ".xlsx":
        write_xlsx(path, {"screenings": records})
    else:
        write_csv(path, records, SCREENING)
