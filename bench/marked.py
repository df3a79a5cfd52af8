"""Records in which each fact is marked where it stands: ``⟦field:words⟧``, ``⟦field=normal form:words⟧``.

They are made after the anatomy of notices, letters and contracts of many offices; names and numbers are fictional.
A file holds them one after another, each below a line ``=== name | part | kind``. A line with tabs is a row of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.factdocs import as_docx, as_html, as_pdf, as_text

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus"
FILES = tuple(f"deals_{name}.txt" for name in ("zh", "en", "more", "anatomy", "late", "fw", "fx", "fy", "fz", "ga"))
MANY = frozenset({"buyer", "supplier", "agent", "leader", "member", "recipient"})
_MARK = re.compile(r"⟦(?P<field>\w+)(?:=(?P<normal>[^:⟧]*))?:(?P<words>[^⟧]*)⟧")
_FORMS = {"txt": as_text, "html": as_html, "docx": as_docx, "pdf": as_pdf}


def records() -> Iterator[tuple[str, bytes, dict[str, Any], str]]:
    """Name, bytes, facts and part of each record, in forms by turns."""
    n = 0
    for file in FILES:
        for block in re.split(r"^=== ", (CORPUS / file).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            head, _, text = block.partition("\n")
            name, part, kind = (word.strip() for word in head.split("|"))
            form = tuple(_FORMS)[n % len(_FORMS)]
            facts: dict[str, Any] = {"kind": kind} if kind != "-" else {}
            for mark in _MARK.finditer(text):
                _mark(facts, mark["field"], mark["normal"] or mark["words"])
            yield f"{file[6:8]} {name}.{form}", _FORMS[form](list(_blocks(_MARK.sub(r"\g<words>", text)))), facts, part
            n += 1


def _mark(facts: dict[str, Any], field: str, value: str) -> None:
    if field in MANY:
        facts.setdefault(field, [])
        facts[field] += [value] if value not in facts[field] else []
    elif field in {"value", "budget", "ceiling"}:
        number, *scale, currency = value.split(" ")
        facts.setdefault(field, Decimal(number) * (10_000 if scale else 1))
        facts.setdefault("currency" if field == "value" else f"{field}_currency", currency)
    else:
        facts.setdefault(field, value)


def _blocks(text: str) -> Iterator[tuple[str, Any]]:
    """The lines as headings, paragraphs and tables."""
    table: list[list[str]] = []
    for n, line in enumerate(text.strip().split("\n")):
        if "\t" in line:
            table.append(line.split("\t"))
            continue
        if table:
            yield "table", table
            table = []
        yield "h" if n == 0 else "p", line
    if table:
        yield "table", table
