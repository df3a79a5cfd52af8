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

from countersight.model import Box, Citation, Correction, FileRow, Finding, Organisation, Page, Stake, Weak, codec
from countersight.pattern import Pattern
from countersight.relate import Related
from countersight.report.accounting import WeakPage
from countersight.report.screened import SCREENING
from countersight.translation import Translation, words

Record = dict[str, Any]

FILE = (
    *("digest", "name", "locator", "parent", "media_type", "kind", "language", "dated", "size", "pages", "status"),
    *("reason", "pages_ocr", "pages_failed", "reader", "pages_blank", "kind_reason", "title", "notes"),
    *("pages_by_origin", "pages_by_language", "ocr_confidence", "related", "sandbox"),
)
FINDING = (
    *("id", "rule", "family", "title", "rung", "strength", "severity", "citations", "explanation", "norms", "review"),
    *("kind", "shows", "does_not_show", "alternatives", "terms", "masks", "notes", "confidence", "weak", "also"),
    *("involvement", "translations"),
)
PATTERN = ("id", "rules", "documents", "template", "places")
CITATION = ("digest", "name", "locator", "page", "page_label", "start", "end", "quote", "boxes")
RELATION = ("id", "kind", "records", "score", "differing", "more", "template", "by_ocr")
PAGE = (
    *("digest", "name", "page", "page_label", "origin", "language", "confidence", "text", "blank", "weak", "corrected"),
)
CORRECTION = (
    *("digest", "name", "locator", "page", "page_label", "by", "at", "why", "original", "text", "changes", "came"),
    *("went", "stale"),
)
ORGANISATION = (
    *("id", "names", "identifiers", "kind", "roles", "level", "place", "reasons", "suggested", "citations"),
)
OWNERSHIP = (
    *("id", "owner", "owned", "low", "high", "kind", "direct", "since", "until", "stated", "owner_id", "owned_id"),
    "citation",
)
EVENT = ("id", "on", "kind", "text", "citation", "cite", "list_digest", "regime", "subject", "unverified")
ITEM = (
    *("id", "deal", "lot", "section", "number", "description", "brand", "maker", "model", "origin", "operator"),
    *("quantity", "unit", "unit_price", "total", "alternative", "cells", "citation"),
)
COMPONENT = (
    *("id", "component", "maker", "unlisted", "kind", "operator", "quantity", "alternative"),
    *("deal", "deal_kind", "deal_title", "citation"),
)
DEAL_DATES = ("tender", "closing", "award", "signed", "start", "end", "document")
# As a spreadsheet has them: a line for each deal, each record of a family, each place of a pattern.
DEAL_LINE = (
    *(
        "id",
        "family",
        "kind",
        "title",
        "reference",
        "method",
        "buyer",
        "agent",
        "suppliers",
        "consortium",
        "recipients",
    ),
    *(
        f"{name}.{part}"
        for name in ("value", "budget", "ceiling", "bill_total")
        for part in ("amount", "currency", "tax")
    ),
    *(f"dates.{name}" for name in DEAL_DATES),
    *("computed", "term", "option", "place", "district", "model", "funding", "warranty"),
    *("questions", "cited", "locator"),
)
OWNERSHIP_LINE = (
    *("id", "owner", "owned", "low", "high", "kind", "direct", "dates.since", "dates.until", "dates.stated"),
    *("owner_id", "owned_id", "citation"),
)
FAMILY_LINE = ("id", "title", "references", "missing", "deal", "kind", "citation", "reason", "changes")
PATTERN_LINE = (*PATTERN[:-1], "citation", "findings", "particular")
COLUMNS = {
    "files": FILE,
    "findings": FINDING,
    "patterns": PATTERN_LINE,
    "relations": RELATION,
    "corrections": CORRECTION,
    "organisations": ORGANISATION,
    "ownership": OWNERSHIP_LINE,
    "screenings": SCREENING,
    "events": EVENT,
    "pages": PAGE,
    "deals": DEAL_LINE,
    "families": FAMILY_LINE,
    "items": ITEM,
    "components": COMPONENT,
}

_NESTED: Mapping[str, Sequence[str]] = {
    "dated": ("from", "to", "text"),
    "severity": ("scale", "scope", "irremediability"),
    "review": ("status", "by", "at", "why"),
    "citations": CITATION,
    "date": ("from", "to", "text"),
    "on": ("from", "to", "text"),
    "until": ("from", "to", "text"),
    "listing": ("name", "announced", "effective", "published", "ended", "cite"),
    "citation": CITATION,
    "unit_price": ("amount", "currency", "tax"),
    "total": ("amount", "currency", "tax"),
    "ocr_confidence": ("mean", "lowest", "page"),
    "corrected": ("by", "why", "at", "original"),
}
_DECIMALS = 6  # of a box: a millionth of an A0 sheet's height is about a thousandth of a millimetre
_SURROGATE = re.compile("[\ud800-\udfff]")
# What a spreadsheet program may take for a formula (OWASP, "CSV Injection"), full-width forms included.
_FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")


def file_record(file: FileRow) -> Record:
    """A line of ``files``; also its kind's reason, notes, pages by origin and language, relatives, and the sandbox."""
    return _chosen(file, FILE)


def finding_record(
    finding: Finding, also: Iterable[str] = (), translated: Mapping[str, Translation] | None = None
) -> Record:
    """A line of ``findings``; also the finding block's texts, the terms found and the masks tried.

    ``confidence`` and ``weak`` tell of each citation, in their order, how sure OCR was of its characters and which of
    them it read weakly: offset into the page's text, what was read, score, what else it may be. Both are empty where
    OCR read none of the citations. ``also`` are the ids of findings on the same words in related records,
    ``translations`` what people made of each quote (empty where they made nothing of any).
    """
    cited = finding.citations
    scanned = any(citation.confidence is not None for citation in cited)
    suggested, reason = finding.involvement
    found = [(translated or {}).get(words(citation.quote)) for citation in cited]
    told: Record = {
        "involvement": {"suggested": suggested, "reason": reason},
        "translations": [codec.plain(one) for one in found] if any(found) else [],
        "also": list(also),
        "citations": [citation_record(citation) for citation in cited],
        "review": {"status": "candidate", "by": None, "at": None, "why": None},
        "confidence": [citation.confidence for citation in cited] if scanned else [],
        "weak": [[_weak(one, c.quote, c.start) for one in c.weak] for c in cited] if scanned else [],
    }
    own = _chosen(finding, [name for name in FINDING if name not in told])
    return {name: (own | told)[name] for name in FINDING}


def relation_record(related: Related) -> Record:
    """A line of ``relations``: the records, what they are to each other, and what each says where they differ."""
    sides = ((pair.first, pair.second) for pair in related.differing)
    differing = [[citation_record(side) if side else None for side in pair] for pair in sides]
    return _chosen(related, RELATION) | {"differing": differing}


def citation_record(citation: Citation) -> Record:
    """A citation as it stands everywhere in the export; boxes to six decimals."""
    boxes = [_rounded(box) for box in citation.boxes]
    return _chosen(citation, CITATION[:-1]) | {"boxes": boxes}


def pattern_record(pattern: Pattern) -> Record:
    """A line of ``patterns``: a clause that raises several flags or stands in several documents, with its places."""
    places = [
        {
            "citation": citation_record(place.citation),
            "findings": list(place.findings),
            "particular": [place.citation.quote[start:end] for start, end in place.particular],
        }
        for place in pattern.places
    ]
    return _chosen(pattern, PATTERN[:-1]) | {"places": places}


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


def organisation_record(body: Organisation) -> Record:
    """A line of ``organisations``; ``citations`` cite each name where each record says it first.

    ``reasons`` say why names are taken for one body, ``suggested`` which other bodies may be the same.
    """
    told: Record = {
        "names": [{"name": name, "language": language, "count": count} for name, language, count in body.names],
        "identifiers": [{"scheme": scheme, "value": value} for scheme, value in body.identifiers],
        "suggested": [{"id": other, "why": why} for other, why in body.suggested],
        "citations": [citation_record(one.citation) for one in body.sightings],
    }
    return {name: told.get(name, codec.plain(getattr(body, name, None))) for name in ORGANISATION}


def ownership_record(stake: Stake) -> Record:
    """A line of ``ownership``: per cent as the record gives them, the days it names, and the ids of both bodies."""
    own = {name: codec.plain(getattr(stake, name)) for name in OWNERSHIP if name != "citation"}
    percent = {name: None if (value := getattr(stake, name)) is None else float(value) for name in ("low", "high")}
    return own | percent | {"citation": citation_record(stake.citation)}


def flat_ownership(records: Iterable[Record]) -> Iterator[Record]:
    """Stakes for a spreadsheet: their days under the heads that days of deals have."""
    for record in records:
        yield {name: record[name.removeprefix("dates.")] for name in OWNERSHIP_LINE}


def page_record(
    file: FileRow, page: Page, correction: Correction | None = None, original: Page | None = None
) -> Record:
    """A line of ``pages``: the working text of a page of a file, personal data masked; ``weak`` as in ``findings``.

    ``corrected`` says who put this text in place of the ``original`` reading, and why; null where nobody did.
    """
    own = _chosen(page, ("origin", "language", "confidence", "text", "blank"))
    number = page.number if page.paged else None
    known = {"digest": codec.plain(file.digest), "name": file.name, "page": number, "page_label": page.label}
    corrected = None
    if correction and original:
        corrected = _chosen(correction, ("by", "why", "at")) | {"original": original.text}
    weak = [_weak(one, page.text, 0) for one in page.weak]
    return known | own | {"weak": weak, "corrected": corrected}


def _weak(one: Weak, text: str, start: int) -> Record:
    """A character read weakly; ``text`` begins at ``start`` of the page."""
    return {"at": one.at, "read": text[one.at - start], "score": one.score, "others": one.others}


def weak_record(weak: WeakPage) -> Record:
    """A page that OCR read, as listed to be looked at: a line of ``pages`` without the text."""
    own = {"digest": codec.plain(weak.file.digest), "name": weak.file.name, "locator": str(weak.file.locator)}
    reading = weak.reading
    told = {"page": reading.number, "origin": reading.origin, "language": reading.language}
    return own | told | {"confidence": reading.confidence, "weak": reading.weak}


def write_jsonl(path: Path, rows: Iterable[Record]) -> None:
    """Write canonical JSON, one object per line, in the order given."""
    with path.open("wb") as stream:
        stream.writelines(_json(row) for row in rows)


def write_csv(path: Path, rows: Iterable[Record], columns: Sequence[str] = ()) -> None:
    """Write CSV for spreadsheets: UTF-8 with a byte order mark, one line per row, or per citation where a row has some.

    ``columns`` are names of fields, e.g. ``FINDING``; by default those of the first row, and without rows those of the
    table the file is named after. Lists are joined by ``; ``. Text that a spreadsheet would take for a formula
    begins with an apostrophe.
    """
    ahead = iter(rows)
    first = next(ahead, None)
    names = tuple(columns or first or COLUMNS.get(path.stem, ()))
    found = ahead if first is None else chain([first], ahead)
    with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as stream:
        writer = csv.writer(stream)
        if names:
            writer.writerow(column for name in names for column in header(name))
        writer.writerows(line for row in found for line in lines(row, names))


def _chosen(
    value: FileRow | Finding | Citation | Correction | Page | Pattern | Related, names: Iterable[str]
) -> Record:
    return {name: codec.plain(getattr(value, name)) for name in names}


def _rounded(box: Box) -> list[float]:
    return [round(at, _DECIMALS) + 0.0 for at in (box.x0, box.y0, box.x1, box.y1)]  # + 0.0: never "-0.0"


def writable(text: str) -> str:
    r"""JSON text that any file takes: a byte of a file's name that is no text stands as ``\udcff``, as in a locator."""
    return _SURROGATE.sub(lambda match: rf"\\u{ord(match[0]):04x}", text)


def _json(row: Record) -> bytes:
    return writable(codec.dumps(row)).encode() + b"\n"


def header(name: str) -> list[str]:
    """The columns of a field."""
    return [f"{name}.{part}" for part in _NESTED[name]] if name in _NESTED else [name]


def lines(row: Record, names: Sequence[str]) -> Iterator[list[Any]]:
    """A record as rows of cells: one for each of its citations, where it has several."""
    for citation in row.get("citations") or [None]:
        one = row | {"citations": citation}
        yield [_cell(value) for name in names for value in _values(name, one.get(name))]


def _values(name: str, value: Any) -> list[Any]:
    if name not in _NESTED:
        return [value]
    return [(value or {}).get(part) for part in _NESTED[name]]


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        value = "; ".join(f"{name}: {_item(part)}" for name, part in sorted(value.items()))
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
        if "quote" in value:
            return f"“{value['quote']}” ({value['locator']})"
        return ": ".join(str(part) for part in value.values())
    if isinstance(value, list):
        cited = any(isinstance(part, dict) for part in value)
        return " / ".join(_item(part) or "–" for part in value) if cited else " ".join(map(_item, value))
    return str(value)
