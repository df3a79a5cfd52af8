"""The tables of the export: model values as the records other programs rely on, written as JSON lines or CSV.

Rows are written in the order given and one at a time, so that no table is held in memory: callers sort them first (the
interface says by ``id``, files by ``locator``). Absent facts are null in JSON and an empty cell in CSV.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from countersight.model import Box, Citation, Correction, FileRow, Finding, Page, codec
from countersight.relate import Relation
from countersight.report.view import CitationKey, key

Record = dict[str, Any]

FILE = (
    *("digest", "name", "locator", "parent", "media_type", "kind", "language", "dated", "size", "pages", "status"),
    *("reason", "pages_ocr", "pages_failed", "reader", "pages_blank", "kind_reason", "title", "notes"),
)
FINDING = (
    *("id", "rule", "family", "title", "rung", "strength", "severity", "citations", "explanation", "norms", "review"),
    *("kind", "shows", "does_not_show", "alternatives", "terms", "masks", "notes", "confidence", "weak"),
)
CITATION = ("digest", "name", "locator", "page", "page_label", "start", "end", "quote", "boxes")
RELATION = ("kind", "a", "b", "similarity", "differing", "more", "template", "by_ocr")
PAGE = ("digest", "name", "page", "page_label", "origin", "language", "confidence", "text", "corrected")
CORRECTION = (
    *("digest", "name", "locator", "page", "page_label", "by", "at", "why", "original", "text", "changes", "came"),
    *("went", "stale"),
)

_NESTED: Mapping[str, Sequence[str]] = {
    "dated": ("from", "to", "text"),
    "severity": ("scale", "scope", "irremediability"),
    "review": ("status", "by", "at", "why"),
    "citations": CITATION,
    "corrected": ("by", "why", "at", "original"),
}
_DECIMALS = 6  # of a box: a millionth of an A0 sheet's height is about a thousandth of a millimetre
_SURROGATE = re.compile("[\ud800-\udfff]")
# What a spreadsheet program may take for a formula (OWASP, "CSV Injection"), full-width forms included.
_FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")


def file_record(file: FileRow) -> Record:
    """A line of ``files``; also its empty pages, why its kind was chosen, its title, and the reader's notes."""
    return _chosen(file, FILE)


def finding_record(
    finding: Finding,
    confidence: Mapping[CitationKey, float] | None = None,
    weak: Mapping[CitationKey, tuple[int, ...]] | None = None,
) -> Record:
    """A line of ``findings``; also the finding block's texts, the terms found and the masks tried.

    ``confidence`` and ``weak`` tell of each citation, in their order, how sure OCR was of its characters and the
    offsets, into the page's text, of those it read weakly; both are empty where OCR read none of them.
    """
    keys = [key(citation) for citation in finding.citations]
    sure = [(confidence or {}).get(at) for at in keys]
    doubts = [list((weak or {}).get(at, ())) for at in keys]
    review = {"status": "candidate", "by": None, "at": None, "why": None}
    citations = [citation_record(citation) for citation in finding.citations]
    read = any(score is not None for score in sure) or any(doubts)
    told: Record = {"citations": citations, "review": review}
    told |= {"confidence": sure if read else [], "weak": doubts if read else []}
    own = _chosen(finding, [name for name in FINDING if name not in told])
    return {name: (own | told)[name] for name in FINDING}


def relation_record(relation: Relation) -> Record:
    """A line of ``relations``: two digests, what they are to each other, and the passages in which they differ."""
    return _chosen(relation, RELATION)


def citation_record(citation: Citation) -> Record:
    """A citation as it stands everywhere in the export; boxes to six decimals."""
    boxes = [_rounded(box) for box in citation.boxes]
    return _chosen(citation, CITATION[:-1]) | {"boxes": boxes}


def correction_record(correction: Correction) -> Record:
    """A line of ``corrections``: who corrected which page's text for what, and the findings that came and went by it.

    ``came`` are ids of findings; ``went`` are findings as they were, offsets and quotes those of the original reading.
    """
    went = [
        {
            "id": f.id,
            "rule": f.rule,
            "title": f.title,
            "rung": f.rung,
            "strength": f.strength.value,
            "citations": [citation_record(c) for c in f.citations],
        }
        for f in correction.went
    ]
    return _chosen(correction, CORRECTION) | {"went": went}


def page_record(
    file: FileRow, page: Page, correction: Correction | None = None, original: Page | None = None
) -> Record:
    """A line of ``pages``: the working text of a page of a file, personal data masked.

    ``corrected`` says who put this text in place of the ``original`` reading, and why; null where nobody did.
    """
    own = _chosen(page, ("origin", "language", "confidence", "text"))
    number = page.number if page.paged else None
    corrected = None
    if correction and original:
        corrected = _chosen(correction, ("by", "why", "at")) | {"original": original.text}
    of_file = {"digest": codec.plain(file.digest), "name": file.name, "page": number, "page_label": page.label}
    return of_file | own | {"corrected": corrected}


def write_jsonl(path: Path, rows: Iterable[Record]) -> None:
    """Write canonical JSON, one object per line, in the order given."""
    with path.open("wb") as stream:
        stream.writelines(_json(row) for row in rows)


def write_csv(path: Path, rows: Iterable[Record], columns: Sequence[str] = ()) -> None:
    """Write CSV for spreadsheets: UTF-8 with a byte order mark, one line per row, or per citation where a row has some.

    ``columns`` are names of fields, e.g. ``FINDING``; by default those of the first row, so that without rows and
    columns the file is empty. Lists are joined by ``; ``. Text that a spreadsheet would take for a formula
    begins with an apostrophe.
    """
    ahead = iter(rows)
    first = next(ahead, None)
    names = tuple(columns or first or ())
    found = ahead if first is None else chain([first], ahead)
    with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as stream:
        writer = csv.writer(stream)
        if names:
            writer.writerow(column for name in names for column in _header(name))
        writer.writerows(line for row in found for line in _lines(row, names))


def _chosen(value: FileRow | Finding | Citation | Correction | Page | Relation, names: Iterable[str]) -> Record:
    return {name: codec.plain(getattr(value, name)) for name in names}


def _rounded(box: Box) -> list[float]:
    return [round(at, _DECIMALS) + 0.0 for at in (box.x0, box.y0, box.x1, box.y1)]  # + 0.0: never "-0.0"


def writable(text: str) -> str:
    r"""JSON text that any file takes: a byte of a file's name that is no text stands as ``\udcff``, as in a locator."""
    return _SURROGATE.sub(lambda match: rf"\\u{ord(match[0]):04x}", text)


def _json(row: Record) -> bytes:
    return writable(codec.dumps(row)).encode() + b"\n"


def _header(name: str) -> list[str]:
    return [f"{name}.{part}" for part in _NESTED[name]] if name in _NESTED else [name]


def _lines(row: Record, names: Sequence[str]) -> Iterator[list[Any]]:
    for citation in row.get("citations") or [None]:
        one = row | {"citations": citation}
        yield [_cell(value) for name in names for value in _values(name, one.get(name))]


def _values(name: str, value: Any) -> list[Any]:
    if name not in _NESTED:
        return [value]
    return [(value or {}).get(part) for part in _NESTED[name]]


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "; ".join(_item(item) for item in value)
    return defused(value) if isinstance(value, str) else value


def defused(text: str) -> str:
    """The text, an apostrophe before it where a spreadsheet program would take it for a formula."""
    return "'" + text if _FORMULA.match(text) else text


def _item(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return ": ".join(str(part) for part in value.values())
    return " ".join(str(part) for part in value) if isinstance(value, list) else str(value)
