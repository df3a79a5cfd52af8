"""``countersight correct``: a reviewer's text in place of a page's reading."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from countersight.case import Case
from countersight.cli_output import READ_ALL, print_json
from countersight.errors import UsageError
from countersight.model import Correction
from countersight.ports import Executor, Progress
from countersight.report.tables import correction_record, page_record

_HELP = "Correct the text of a page; original reading, correction, who and why stay."


def add(
    command: Callable[..., argparse.ArgumentParser],
    number: Callable[[str], int],
    workers: Callable[[argparse.Namespace], tuple[Executor, Progress]],
) -> argparse.ArgumentParser:
    """The command with its arguments; ``number`` takes a positive one, ``workers`` makes who does the work."""
    correct = command("correct", lambda options: _run(options, workers), _HELP)
    correct.add_argument("case", type=Path, metavar="CASE")
    correct.add_argument("file", metavar="FILE", help="locator or name as printed, or the beginning of a digest")
    correct.add_argument("page", type=number, metavar="PAGE", help="number of the page from 1; 1 where there are none")
    what = correct.add_mutually_exclusive_group(required=True)
    what.add_argument("--show", action="store_true", help="print the page's present text, to start from")
    what.add_argument("--text", metavar="FILE", help="the whole text of the page as corrected; - for standard input")
    what.add_argument("--withdraw", action="store_true", help="go back to the original reading")
    correct.add_argument("--by", default="", metavar="NAME", help="who corrects")
    correct.add_argument("--why", default="", metavar="TEXT", help="for what reason")
    return correct


def _run(options: argparse.Namespace, workers: Callable[[argparse.Namespace], tuple[Executor, Progress]]) -> int:
    case = Case(options.case)
    return _show(case, options) if options.show else _correct(case, options, *workers(options))


def _show(case: Case, options: argparse.Namespace) -> int:
    file, page, _ = case.page(options.file, options.page)
    if options.json:
        print_json([page_record(file, page)])
    else:
        print(page.text)
    return READ_ALL


def _correct(case: Case, options: argparse.Namespace, executor: Executor, progress: Progress) -> int:
    text = None if options.withdraw else _given(options.text)
    made = case.correct(options.file, options.page, text, executor, by=options.by, why=options.why, progress=progress)
    if options.json:
        print_json(map(correction_record, [made] if made else []))
    elif made is None:
        print("the original reading stands")
    else:
        print("\n".join(_effects(made)))
    return READ_ALL


def _given(name: str) -> str:
    """The text of a file, or what comes on standard input. Raises UsageError where it is no UTF-8."""
    try:
        return (sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()).decode()
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is not text in UTF-8", way_out="save it as UTF-8") from error
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}", way_out="check the path") from error


def _effects(made: Correction) -> Iterator[str]:
    yield f"{made.locator}: text corrected by {made.by}"
    yield from (f"  read “{change.read}”, corrected to “{change.corrected}”" for change in made.changes)
    yield from (f"  came: {name}" for name in made.came)
    for finding in made.went:
        yield from (f"  went: {finding.rule} {finding.title}: {' '.join(c.quote.split())}" for c in finding.citations)
