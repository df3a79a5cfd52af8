"""The command line: parse, call Case, render."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import time
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from countersight import (
    __version__,
    cli_bodies,
    cli_correct,
    cli_lists,
    cli_rules,
    cli_screen,
    cli_translate,
    demo,
)
from countersight.case import Case, Summary
from countersight.cli_output import READ_ALL, print_json
from countersight.errors import CountersightError, UsageError
from countersight.ports import Executor
from countersight.report.checked import FORM, SHEET, checked, record
from countersight.report.tables import citation_record, file_record, weak_record
from countersight.sample import Sample
from countersight.store.config import Config

_OCR = {None: None, "auto": True, "never": False}
UNREAD, INTEGRITY = 3, 4
_INTERRUPTED = 130
_IN_THE_WAY = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG}  # places that can be no file or folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code of the interface."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that knows no Chinese must not stop a command
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except CountersightError as error:
        print(f"countersight: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("countersight: stopped; run the same command again to go on", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READ_ALL
    except OSError as error:
        if error.errno not in _IN_THE_WAY:
            raise
        print(f"countersight: {error.strerror}: {error.filename}\n  Way out: name another place", file=sys.stderr)
        return UsageError.exit_code
    return code


class _Command(argparse.ArgumentParser):
    """A command whose options may stand anywhere between its words: ``lists add --lists DIR FILE``."""

    _mixing = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if self._mixing or "--" in (args or ()):  # what follows -- are words, in their order
            return super().parse_known_args(args, namespace)
        self._mixing = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._mixing = False


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="countersight",
        description="Reads a folder of records and leaves a dossier in which every sentence cites its page. Offline.",
        epilog="Exit codes: 0 done, 1 unexpected, 2 usage, 3 something could not be read, 4 integrity, 5 refused.",
    )
    parser.add_argument("--version", action="version", version=f"countersight {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Command)

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.add_argument("--json", action="store_true", help="print results as a JSON array")
        sub.set_defaults(run=run)
        return sub

    audit = command("audit", _audit, "Read records into a case and leave its dossier; run again to resume or add.")
    audit.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file or folder of records")
    audit.add_argument("--case", type=Path, required=True, metavar="DIR", help="the case; made where there is none")
    audit.add_argument("--title", help="title of a new case (later: edit case.toml)")
    audit.add_argument(
        "--rules", type=Path, action="append", default=[], metavar="PACK", help="more rules: a file or folder"
    )
    audit.add_argument("--lists", type=Path, metavar="DIR", help="lists to hold organisations against: a folder")
    audit.add_argument(
        "--ocr", choices=("auto", "never", "always"), help="whether scans are read; kept for later audits of the case"
    )
    audit.add_argument("--retry", action="store_true", help="try again what crashed or ran out of time or memory")
    _workers(audit)

    demo = command("demo", _demo, "Audit the bundled case; everything in it is fictional.")
    demo.add_argument("--case", type=Path, default=Path("countersight-demo"), metavar="DIR")
    _workers(demo)

    search = command("search", _search, "Find words in the pages of a case.")
    search.add_argument("case", type=Path, metavar="CASE")
    search.add_argument("query", help='words, "exact phrases", AND, OR, NOT, brackets')
    search.add_argument(
        "--lexicon", action="store_true", help="also the same concept in other words and in the other language"
    )

    _workers(cli_correct.add(command, _positive, lambda options: (_executor(options), _progress())))
    cli_rules.add(command)
    cli_lists.add(command)
    cli_screen.add(command)
    cli_translate.add(command, _workers, _executor, _progress)
    cli_bodies.add(command, _workers, _executor, _progress)

    pages = command("pages", _pages, "List the pages that OCR read with the lowest confidence, to be looked at.")
    pages.add_argument("case", type=Path, metavar="CASE")
    pages.add_argument("--weakest", type=_positive, default=20, metavar="N", help="how many; default: 20")

    sample = command(
        "sample", _sample, "Have a person check pages without findings; without options: what was checked."
    )
    sample.add_argument("case", type=Path, metavar="CASE")
    sample.add_argument("--pages", type=_positive, metavar="N", help="draw so many pages by lot, or all there are")
    sample.add_argument("--seed", metavar="TEXT", help="what the lot is drawn with, and the evidence: any words")
    sample.add_argument("--out", type=Path, metavar="DIR", help="where the sheet and its form are left")
    sample.add_argument("--answers", type=Path, metavar="FILE", help="the form, filled in")
    sample.add_argument("--by", metavar="WHO", help="who read the pages: a role, not a name")
    _workers(sample)

    export = command("export", _export, "Write the results as tables for other programs.")
    export.add_argument("case", type=Path, metavar="CASE")
    export.add_argument("--format", required=True, choices=("jsonl", "csv", "xlsx", "ftm"))
    export.add_argument("--out", type=Path, required=True, metavar="DIR")
    export.add_argument("--pages", action="store_true", help="also the text of every page")

    verify = command("verify", _verify, "Check every byte of a case and derive it again from its evidence.")
    verify.add_argument("case", type=Path, metavar="CASE")
    _workers(verify)
    return parser


def _workers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--executor", choices=("pool", "serial", "ray"), default="pool", help="default: pool")
    parser.add_argument("--workers", type=_positive, default=0, metavar="N", help="processes; default: one per core")


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
    return int(text)


def _executor(options: argparse.Namespace) -> Executor:

    if options.executor == "ray":
        raise UsageError("this version has no cluster executor", way_out="use --executor pool")
    from countersight.run.pool import PoolExecutor
    from countersight.run.serial import SerialExecutor

    return SerialExecutor() if options.executor == "serial" else PoolExecutor(options.workers)


def _audit(options: argparse.Namespace) -> int:

    if options.ocr == "always":
        raise UsageError("text layers that can be used are never read again", way_out="leave --ocr out")
    case = Case.create(options.case, Config(options.title) if options.title else Config())
    if options.lists:
        case.take_lists(options.lists)
    return _audited(case, options.paths, options, packs=options.rules, retry=options.retry, ocr=_OCR[options.ocr])


def _demo(options: argparse.Namespace) -> int:

    case = Case.create(
        options.case, Config(demo.TITLE, legal_basis=demo.LEGAL_BASIS, questions=demo.QUESTIONS, notice=demo.NOTICE)
    )
    return _audited(case, [demo.records()], options)


def _audited(case: Case, paths: Sequence[Path], options: argparse.Namespace, **more: Any) -> int:

    summary = case.audit(paths, _executor(options), progress=_progress(), **more)
    if options.json:
        print_json(map(file_record, case.files()))
    else:
        print(_account(summary))
        cli_lists.told(case.list_changes())
        for file in (file for file in case.files() if file.unread):
            print(f"  {file.status.value}: {file.locator}: {file.reason}", file=sys.stderr)
    return UNREAD if summary.unread else READ_ALL


def _account(summary: Summary) -> str:
    files = ", ".join(f"{count} {status.value}" for status, count in summary.files.items() if count)
    found = ", ".join(f"{count} {strength.value}" for strength, count in summary.strengths.items())
    return "\n".join(
        (
            f"{sum(summary.files.values())} files ({files}), {summary.pages} pages; {summary.fresh} newly received",
            f"{found}; candidates until a person confirms them",
            *([f"{_files(summary.unread)} not wholly read; the dossier lists them"] if summary.unread else []),
            f"dossier: {summary.dossier}",
        )
    )


def _files(count: int) -> str:
    return "1 file was" if count == 1 else f"{count} files were"


def _search(options: argparse.Namespace) -> int:
    case = Case(options.case)
    found = case.search(options.query, case.pack().widen if options.lexicon else None)
    if options.json:
        print_json(citation_record(match.citation) | {"supposed": match.supposed} for match in found)
        return READ_ALL
    for match in found:
        supposed = f"  [{match.told()}]" if match.supposed else ""
        print(f"{match.citation.locator}: {' '.join(match.line.split())}{supposed}")
    return READ_ALL


def _pages(options: argparse.Namespace) -> int:
    found = Case(options.case).weakest(options.weakest)
    if options.json:
        print_json(weak_record(page) for page in found)
    else:
        for page in found:
            number, weak = page.reading.number, page.reading.weak
            print(f"{page.reading.confidence:.1%}  {page.file.locator} | page {number}  ({weak} weak characters)")
    return READ_ALL


def _sample(options: argparse.Namespace) -> int:
    case = Case(options.case)
    told = [_sampled(case, options)] if options.pages or options.answers else case.samples()
    files, cover = case.files(), case.cover()
    if options.json:
        print_json(record(sample, cover) for sample in told)
        return READ_ALL
    for sample in told:
        found = checked(sample, files, cover)
        print("\n".join((*found.sentences, *(f"  missed on: {name}, page {number}" for name, number in found.missed))))
    if not told:
        print("no pages were drawn from this case")
    if options.pages:
        print(f"sheet: {options.out / SHEET}\nform to fill in: {options.out / FORM}")
    return READ_ALL


def _sampled(case: Case, options: argparse.Namespace) -> Sample:
    """Draw a sample or take in the answers to one."""
    if options.pages and options.answers:
        raise UsageError("either draw pages or give answers", way_out="run the command twice")
    if options.pages:
        if not options.seed or not options.out:
            raise UsageError("a draw needs --seed TEXT and --out DIR", way_out="any words will do for the seed")
        return case.sample(options.pages, options.seed, options.out, _executor(options), _progress())
    if not options.by:
        raise UsageError("who read the pages?", way_out="add --by and a role, e.g. --by 'second reader'")
    if not options.answers.is_file():
        raise UsageError(f"no such file: {options.answers}", way_out=f"give the filled-in {FORM} of the sheet")
    return case.answer(options.answers.read_bytes(), options.by, _executor(options), _progress())


def _export(options: argparse.Namespace) -> int:

    written = Case(options.case).export(options.format, options.out, pages=options.pages)
    if options.json:
        print_json(str(path) for path in written)
    else:
        print("\n".join(map(str, written)))
    return READ_ALL


def _verify(options: argparse.Namespace) -> int:

    faults = Case.to_verify(options.case).verify(_executor(options), _progress())
    if options.json:
        print_json(faults)
    elif faults:
        print("\n".join(faults))
    else:
        print(f"{options.case}: stands; every byte is as sealed, and comes out the same from its evidence")
    return INTEGRITY if faults else READ_ALL


def _progress() -> Callable[[str, int, int, int], None]:
    """Progress on stderr: one line rewritten on a terminal, plain lines every few seconds elsewhere."""
    terminal = sys.stderr.isatty()
    shown = [0.0]
    began: dict[str, float] = {}

    def show(stage: str, done: int, total: int, pages: int) -> None:
        now = time.monotonic()
        start = began.setdefault(stage, now)
        if done < total and now - shown[0] < (0.2 if terminal else 5.0):
            return
        shown[0] = now
        speed = f", {pages} pages, {pages / (now - start):,.0f} pages/s" if pages and now > start else ""
        left = f", {(now - start) / done * (total - done):,.0f} s left" if done and now > start else ""
        line = f"{stage}: {done} of {total}{speed}{left}"
        print(
            f"\r\033[K{line}" if terminal else line,
            end="\n" if not terminal or done >= total else "",
            file=sys.stderr,
            flush=True,
        )

    return show
