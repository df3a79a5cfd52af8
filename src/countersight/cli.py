"""The command line: parse, call Case, render."""

from __future__ import annotations

import argparse
import errno
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

from countersight import __version__, demo
from countersight.case import Case, Summary
from countersight.errors import CountersightError, UsageError
from countersight.model import Correction, codec
from countersight.ports import Executor
from countersight.report.tables import citation_record, correction_record, file_record, page_record, writable
from countersight.store.config import Config

if TYPE_CHECKING:
    from countersight.find import Pack

_OCR = {None: None, "auto": True, "never": False}
READ_ALL, UNREAD, INTEGRITY = 0, 3, 4
_INTERRUPTED = 130
_IN_THE_WAY = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG}  # places that can be no file or folder
_RULE_ACTIONS = ("list", "explain", "test")


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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="countersight",
        description="Reads a folder of records and leaves a dossier in which every sentence cites its page. Offline.",
        epilog="Exit codes: 0 done, 1 unexpected, 2 usage, 3 something could not be read, 4 integrity, 5 refused.",
    )
    parser.add_argument("--version", action="version", version=f"countersight {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

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
    audit.add_argument("--lists", type=Path, metavar="DIR", help="not in this version")
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

    correct = command(
        "correct", _correct, "Correct the text of a page; original reading, correction, who and why stay."
    )
    correct.add_argument("case", type=Path, metavar="CASE")
    correct.add_argument("file", metavar="FILE", help="locator or name as printed, or the beginning of a digest")
    correct.add_argument(
        "page", type=_positive, metavar="PAGE", help="number of the page from 1; 1 where there are none"
    )
    what = correct.add_mutually_exclusive_group(required=True)
    what.add_argument("--show", action="store_true", help="print the page's present text, to start from")
    what.add_argument("--text", metavar="FILE", help="the whole text of the page as corrected; - for standard input")
    what.add_argument("--withdraw", action="store_true", help="go back to the original reading")
    correct.add_argument("--by", default="", metavar="NAME", help="who corrects")
    correct.add_argument("--why", default="", metavar="TEXT", help="for what reason")
    _workers(correct)

    rule = command("rules", _rules, "List the rules, explain one, or test their own examples.")
    rule.add_argument("action", choices=_RULE_ACTIONS)
    rule.add_argument("rule", nargs="?", help="id of a rule, e.g. GRP-01")
    rule.add_argument("text", nargs="?", help="for explain: a text to try the rule on")
    rule.add_argument(
        "--rules", type=Path, action="append", default=[], metavar="PACK", help="more rules: a file or folder"
    )

    export = command("export", _export, "Write the results as tables for other programs.")
    export.add_argument("case", type=Path, metavar="CASE")
    export.add_argument("--format", required=True, choices=("jsonl", "csv"))
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

    if options.lists:
        raise UsageError("this version does not screen against lists", way_out="leave --lists out")
    if options.ocr == "always":
        raise UsageError("text layers that can be used are never read again", way_out="leave --ocr out")
    case = Case.create(options.case, Config(options.title) if options.title else Config())
    return _audited(case, options.paths, options, packs=options.rules, retry=options.retry, ocr=_OCR[options.ocr])


def _demo(options: argparse.Namespace) -> int:

    case = Case.create(
        options.case, Config(demo.TITLE, legal_basis=demo.LEGAL_BASIS, questions=demo.QUESTIONS, notice=demo.NOTICE)
    )
    return _audited(case, [demo.records()], options)


def _audited(case: Case, paths: Sequence[Path], options: argparse.Namespace, **more: Any) -> int:

    summary = case.audit(paths, _executor(options), progress=_progress(), **more)
    if options.json:
        _print_json(map(file_record, case.files()))
    else:
        print(_account(summary))
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
        _print_json(citation_record(match.citation) for match in found)
        return READ_ALL
    for match in found:
        print(f"{match.citation.locator}: {' '.join(match.line.split())}")
    return READ_ALL


def _correct(options: argparse.Namespace) -> int:
    case = Case(options.case)
    if options.show:
        file, page, _ = case.page(options.file, options.page)
        if options.json:
            _print_json([page_record(file, page)])
        else:
            print(page.text)
        return READ_ALL
    text = None if options.withdraw else _given(options.text)
    made = case.correct(
        options.file, options.page, text, _executor(options), by=options.by, why=options.why, progress=_progress()
    )
    if options.json:
        _print_json(map(correction_record, [made] if made else []))
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


def _rules(options: argparse.Namespace) -> int:

    from countersight.find import run_examples
    from countersight.pipeline.examine import rules

    pack = rules(tuple(options.rules))
    if options.action == "list":
        return _listed(pack, options)
    if options.action == "explain":
        return _explained(pack, options)
    tried = list(run_examples(pack))
    failed = [one for one in tried if not one.ok]
    if options.json:
        _print_json(
            {"rule": one.rule, "text": one.example.text, "expected": one.expected, "got": one.got} for one in tried
        )
    for one in failed:
        print(f"{one.rule}: expected {one.expected}, got {one.got}: {one.example.text}", file=sys.stderr)
    print(f"{len(tried)} examples of {len(pack.rules)} rules, {len(failed)} failed", file=sys.stderr)
    return 1 if failed else READ_ALL


def _listed(pack: Pack, options: argparse.Namespace) -> int:
    if options.json:
        _print_json(
            {"id": r.id, "family": r.family, "title": r.title, "min_rung": r.min_rung, "norms": r.norms}
            for r in pack.rules
        )
    else:
        for rule in pack.rules:
            print(f"{rule.id}  {rule.min_rung}  {rule.title}")
    return READ_ALL


def _explained(pack: Pack, options: argparse.Namespace) -> int:
    """A rule's card, or with a text why it holds of it or what is missing."""
    if not options.rule:
        raise UsageError("explain which rule?", way_out="countersight rules explain GRP-01 [TEXT]")
    rule = pack.rule(options.rule)
    if options.text is not None:
        from countersight.find import explain

        lines = [line for why in explain(pack, options.text, rule.id) for line in why.lines()]
        _print_json(lines) if options.json else print("\n".join(lines))
        return READ_ALL
    card = {
        "id": rule.id,
        "title": rule.title,
        "definition": rule.definition,
        "shows": rule.shows,
        "does_not_show": rule.does_not_show,
        "severity": rule.severity,
        "min_rung": rule.min_rung,
        "norms": rule.norms,
        "alternatives": rule.alternatives,
    }
    if options.json:
        _print_json([card])
    else:
        for name, value in card.items():
            print(f"{name}: {'; '.join(value) if isinstance(value, tuple) else value}")
    return READ_ALL


def _export(options: argparse.Namespace) -> int:

    written = Case(options.case).export(options.format, options.out, pages=options.pages)
    if options.json:
        _print_json(str(path) for path in written)
    else:
        print("\n".join(map(str, written)))
    return READ_ALL


def _verify(options: argparse.Namespace) -> int:

    faults = Case.to_verify(options.case).verify(_executor(options), _progress())
    if options.json:
        _print_json(faults)
    elif faults:
        print("\n".join(faults))
    else:
        print(f"{options.case}: stands; every byte is as sealed, and comes out the same from its evidence")
    return INTEGRITY if faults else READ_ALL


def _print_json(rows: Iterable[Any]) -> None:

    print(writable(json.dumps([codec.plain(row) for row in rows], ensure_ascii=False, indent=1)))


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
