"""Brings the documentation up to date: ``docs/reference.md``, and the output under every command that is shown.

A ``console`` block is run line by line, in one folder for each document; a ``yaml`` block that begins with
``# NAME.yaml`` is a file in that folder. An exit code other than 0 stands in brackets. Lines of progress are left out.

Usage: docs.py
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from countersight import demo, read
from countersight.cli import _parser
from countersight.find import KIND_RUNGS, Rule, load
from countersight.find.measured import Measured, measured
from countersight.ports import Reader
from countersight.privacy.masks import KINDS
from countersight.report import tables
from countersight.report.wording import FAMILIES, RUNG_WORDS

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = "docs/reference.md"
RUN = ("README.md", "docs/guide.md", "docs/rules.md")
RECORDS = ("03_", "04_", "19_")  # of the demo: the guide's folder of records
_TIME = "1700000000"
_BLOCK = re.compile(r"^```(console|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"# (\S+\.yaml)\n")
_PROGRESS = re.compile(r"(?:taking in|reading(?: scans)?|picturing): \d+ of \d+")
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)

_UNSAID = {
    "case": "folder of the case",
    "action": "what to do",
    "format": "of the tables",
    "out": "where the tables go",
}

# An ending with the first bytes of such a file.
_TEXT, _ZIP, _BINARY = b"text", b"PK\x03\x04", bytes(range(32))
_HEADS = (
    ((".pdf",), b"%PDF-1.7"),
    ((".docx", ".docm", ".xlsx", ".xlsm", ".xlsb", ".ods", ".zip", ".pptx", ".odt", ".odp", ".epub"), _ZIP),
    ((".html", ".htm", ".xhtml", ".csv", ".tsv", ".eml", ".mht", ".md", ".json", ".xml", ".txt"), _TEXT),
    ((".mbox",), b"From a\nFrom: a\n"),
    ((".tar",), b"\0" * 257 + b"ustar"),
    ((".gz", ".tgz"), b"\x1f\x8b" + _BINARY),
    ((".bz2",), b"BZh" + _BINARY),
    ((".xz",), b"\xfd7zXZ\0" + _BINARY),
    ((".png",), b"\x89PNG\r\n\x1a\n"),
    ((".jpg",), b"\xff\xd8\xff" + _BINARY),
    ((".tif",), b"II*" + _BINARY),
    ((".gif",), b"GIF89a"),
    ((".webp",), b"RIFF\0\0\0\0WEBP"),
    ((".bmp",), b"BM\0\0\0\0\0\0\0\0" + b"\0" * 20),
    ((".xls", ".doc", ".ppt", ".msg"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ((".rtf",), b"{\\rtf1"),
    ((".pst",), b"!BDN" + _BINARY),
    ((".7z",), b"7z\xbc\xaf\x27\x1c" + _BINARY),
    ((".rar",), b"Rar!\x1a\x07" + _BINARY),
    ((".mp3",), b"ID3" + _BINARY),
    ((".mp4",), b"\0\0\0\x18ftypmp42"),
)


def fresh() -> dict[str, str]:
    """Every document that this script keeps, by its path from the root, as it should be."""
    return {REFERENCE: reference(), **{name: refreshed(ROOT / name) for name in RUN}}


def _records(folder: Path) -> None:
    folder.mkdir()
    for path in sorted(demo.records().iterdir()):
        if path.name.startswith(RECORDS):
            shutil.copy(path, folder)


def refreshed(document: Path) -> str:
    """A document with its blocks run in order, in a folder of its own."""
    with TemporaryDirectory() as folder:
        _records(Path(folder) / "records")
        return _run(document.read_text(encoding="utf-8"), Path(folder))


def _run(text: str, folder: Path) -> str:
    def run(block: re.Match[str]) -> str:
        if block[1] == "console":
            commands = [line for line in block[2].splitlines() if line.startswith("$ ")]
            return "```console\n" + "".join(f"{line}\n{_output(line[2:], folder)}" for line in commands) + "```"
        if name := _FILE.match(block[2]):
            path = folder / name[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block[2], encoding="utf-8")
        return block[0]

    return _BLOCK.sub(run, text)


def _output(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": path, "SOURCE_DATE_EPOCH": _TIME, "PYTHONUNBUFFERED": "1", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=os.environ | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    lines = [line.rstrip() for line in done.stdout.splitlines() if not _PROGRESS.match(line)]
    return "".join(f"{line}\n" for line in [*lines, *([f"[exit code {done.returncode}]"] if done.returncode else [])])


def broken_links(document: Path) -> list[str]:
    """The relative links of a document that lead nowhere, headings included."""
    found = _LINK.findall(document.read_text(encoding="utf-8"))
    return [link for link in found if "://" not in link and not _leads(document, link)]


def _leads(document: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = document.parent / name if name else document
    return target.exists() and (not anchor or anchor in _anchors(target))


def _anchors(document: Path) -> set[str]:
    headings = _HEADING.findall(document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


# ── reference ──


def reference() -> str:
    """``docs/reference.md``: what the program itself knows of its commands, formats, tables and rules."""
    parts = (
        "# Reference\n\nMade from the program by `make docs`; do not edit.",
        "## Commands",
        *_commands(),
        "## What is read\n\nBy content first; the ending decides only where the first bytes leave it open.",
        _readers(),
        _endings(),
        "## Kinds of document and the rung each carries",
        _kinds(),
        "## Personal data that is masked\n\n" + ", ".join(kind.replace("_", " ") for kind in KINDS) + ".",
        "## Fields of the export",
        _table(("table", "fields"), ((name, ", ".join(fields)) for name, fields in _fields())),
        "## Rules",
        *map(_rule, load().rules),
    )
    return "\n\n".join(parts) + "\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    cells = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in cells)


def _commands() -> Iterator[str]:
    parser = _parser()
    yield f"{parser.description}\n\n{parser.epilog}"
    subs = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))  # noqa: SLF001 (no public way)
    for name, sub in subs.choices.items():
        actions = [action for action in sub._actions if action.dest != "help"]  # noqa: SLF001
        yield f"### countersight {name}\n\n{sub.description}"
        yield _table(("argument", "meaning"), ((_shown(a), _meaning(a)) for a in actions))


def _shown(action: argparse.Action) -> str:
    value = action.metavar or ("{" + ",".join(action.choices) + "}" if action.choices else action.dest.upper())
    if not action.option_strings:
        return f"`{value}`"
    return f"`{action.option_strings[0]}{'' if action.nargs == 0 else f' {value}'}`"


def _meaning(action: argparse.Action) -> str:
    more = ("required",) if action.required and action.option_strings else ()
    default = str(action.default) if isinstance(action.default, (str, Path)) else ""
    stated = (f"default: {default}",) if default and "default" not in (action.help or "") else ()
    about = action.help or _UNSAID.get(action.dest)
    return "; ".join((*((about,) if about else ()), *more, *stated))


def _readers() -> str:
    return _table(("reader", "reads"), ((reader.agent.name, _about(reader)) for reader in read.READERS))


def _about(reader: Reader) -> str:
    """The first paragraph of the reader's module."""
    about = sys.modules[type(reader).__module__].__doc__ or ""
    return " ".join(about.split("\n\n")[0].split())


def _endings() -> str:
    found = [(ending, *_becomes(head, ending)) for endings, head in _HEADS for ending in endings]
    order = [reader.agent.name for reader in read.READERS] + ["–"]
    found.sort(key=lambda row: (order.index(row[1]), row[2]))
    groups = groupby(found, key=lambda row: row[1:])
    rows = ((", ".join(f"`{row[0]}`" for row in rows), *what) for what, rows in groups)
    return _table(("ending", "reader", "media type, or why it is not read"), rows)


def _becomes(head: bytes, ending: str) -> tuple[str, str]:
    if chosen := read.choose(head, f"record{ending}"):
        return chosen[0].agent.name, f"`{chosen[1]}`"
    return "–", read.unsupported(head, f"record{ending}")[1]


def _kinds() -> str:
    codes = {rung: ", ".join(kind for kind in KIND_RUNGS if KIND_RUNGS[kind] == rung) for rung in RUNG_WORDS}
    codes["E0"] += ", and any unknown kind"
    rows = ((f"{rung} {RUNG_WORDS[rung].name}", RUNG_WORDS[rung].shows, kinds or "–") for rung, kinds in codes.items())
    return _table(("rung", "the record shows", "kinds"), rows)


def _fields() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        ("files", tables.FILE),
        ("findings", tables.FINDING),
        ("a citation", tables.CITATION),
        ("relations", tables.RELATION),
        ("patterns", tables.PATTERN),
        ("corrections", tables.CORRECTION),
        ("pages", tables.PAGE),
    )


def _figures(one: Measured | None) -> str:
    """What the rule made of the passages that are only measured on."""
    if one is None:
        return "no figures"
    precision, recall = (f"{share:.2f}" if share is not None else "–" for share in (one.precision, one.recall))
    return f"precision {precision}, recall {recall} ({one.right} right, {one.wrong} wrong, {one.missed} missed)"


def _rule(rule: Rule) -> str:
    score = rule.severity
    severity = f"scale {score.scale}, scope {score.scope}, irremediability {score.irremediability}"
    return "\n".join(
        (
            f"### {rule.id} {rule.title}\n",
            f"{rule.definition}\n",
            f"- Family: {FAMILIES.get(rule.family, rule.family)}",
            f"- Least rung of a finding: {rule.min_rung} {RUNG_WORDS[rule.min_rung].name}",
            f"- Severity if the record is true: {severity}",
            f"- We read it as: {rule.shows}",
            f"- It does not show: {rule.does_not_show}",
            f"- Norms: {'; '.join(rule.norms)}",
            f"- Alternatives: {' '.join(rule.alternatives) or 'none recorded'}",
            f"- Asks of the document: {'; '.join(c.test.describe() for c in rule.requires) or 'nothing'}",
            f"- Measured: {_figures(measured().get(rule.id))}",
        )
    )


if __name__ == "__main__":
    for document, content in fresh().items():
        (ROOT / document).write_text(content, encoding="utf-8")
        print(document)
