"""How often the built-in rules are right: on labelled passages, and on real tenders and contracts, quote by quote.

The passages come in two parts, scored apart. Of the part that is only measured on, differences are listed by name
alone: who writes rules should not read it. A finding of any flag in an innocent passage counts as wrong; a flag without
a rule misses all that is due.

python bench/accuracy.py
python bench/accuracy.py --data ../shared/data --save before.json
python bench/accuracy.py --data ../shared/data --against before.json
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import facts
from bench.passages import MEASURED, PARTS, WRITING, Judged, judge, published, rows, table

from countersight.errors import CountersightError
from countersight.find import Assessed, DocumentFacts, RuleDetector, assess, load, parts_of
from countersight.find.kind import classify
from countersight.find.measured import FILE
from countersight.model import Digest, Hit, Page, Strength
from countersight.ports import Limits, Reader
from countersight.privacy.masks import mask
from countersight.read.docx import DocxReader
from countersight.read.html import HtmlReader
from countersight.read.pdf import PdfReader

FOLDERS = ("tenders", "contracts")
READERS: tuple[Reader, ...] = (PdfReader(), DocxReader(), HtmlReader())
PLAIN = {".txt": "text/plain", ".xml": "application/xml", ".json": "application/json"}
TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
CHARACTERS = 2_000  # of a source without pages count as one
OPENING = 6_000
AROUND = 60  # characters shown each side of a quote

Said = dict[str, str]
"""What was said, under a name that is the same from run to run."""


def labelled(detector: RuleDetector, part: str) -> tuple[list[Judged], Said]:
    """What is said of each passage of a part, as a list and under a name that is the same from run to run."""
    judged = [judge(detector, row) for row in rows(part)]
    said = {f"{one.row['id']} {one.row['flag']}".strip(): one.got for one in judged}
    said |= {f"{one.row['id']} {flag}": "wrong finding" for one in judged for flag in one.elsewhere}
    return judged, said


def differences(judged: list[Judged], ruled: set[str], *, texts: bool) -> list[str]:
    """Where what is said is not what the label says; flags without a rule are left out."""
    lines = []
    for one in judged:
        row, shown = one.row, f": {one.row['text']}" if texts else ""
        if one.got != row["expect"] and row["flag"] in ruled:
            lines.append(f"{row['id']} {row['flag']} {row['kind']}: {one.got} instead of {row['expect']}{shown}")
        lines += [
            f"{row['id']} {row['kind']}, {row['expect']} due: a finding of {flag}{shown}" for flag in one.elsewhere
        ]
    return lines


def read(path: Path) -> tuple[str, list[Page]]:
    """Media type and pages of a file, personal data masked; no pages where it cannot be read."""
    if path.suffix in PLAIN:
        text = TAG.sub("\n\n", path.read_text(encoding="utf-8", errors="replace"))
        return PLAIN[path.suffix], [_masked(Page(1, text, paged=False))]
    head = path.read_bytes()[:4_096]
    reader, media = next(((r, m) for r in READERS if (m := r.claims(head, path.name))), (None, ""))
    return media, [_masked(page) for page in _pages(reader, path, media)] if reader else []


def _pages(reader: Reader, path: Path, media: str) -> Iterator[Page]:
    at = 0
    while True:
        try:
            reading = reader.read(path, media, range(at, at + 100), Limits(), _no_members)
        except CountersightError as error:
            print(f"not read: {path.name}: {error}")
            return
        yield from reading.pages
        at += 100
        if at >= reading.total:
            return


def _no_members(stream: BinaryIO, *, limit: int) -> tuple[Digest, int]:
    raise NotImplementedError


def _masked(page: Page) -> Page:
    return Page(page.number, mask(page.text)[0], page.label, page.paged, page.blocks)


def size(pages: list[Page]) -> int:
    """How many pages of paper."""
    return sum(1 if page.paged else -(-len(page.text) // CHARACTERS) for page in pages)


def facts_of(detector: RuleDetector, pages: list[Page]) -> DocumentFacts:
    """All that the rules met in a document, whose kind is not told."""
    hits: list[Hit] = []
    signals: dict[str, int] = {}
    for page in pages:
        some, counted = detector.detect(page)
        hits += some
        for concept, number in counted.items():
            signals[concept] = signals.get(concept, 0) + number
    parts = parts_of({page.number: page for page in pages}.get)
    return DocumentFacts(None, None, len(pages), signals, tuple(hits), parts)


def findings(detector: RuleDetector, name: str, media: str, pages: list[Page]) -> tuple[Assessed, ...]:
    """All that the rules say of a document of the kind that is found for it."""
    known = classify("\n".join(page.text for page in pages[:4])[:OPENING], name, media)
    return assess(detector.pack, replace(facts_of(detector, pages), kind=known[0] if known else None))


def real(detector: RuleDetector, data: Path) -> tuple[Said, int, dict[str, int]]:
    """What is said of the real files, quote by quote; their pages; and how often each strength is said."""
    said: Said = {}
    total, counts = 0, dict.fromkeys(map(str, Strength), 0)
    for path in sorted(p for folder in FOLDERS for p in (data / folder).rglob("*") if p.is_file()):
        media, pages = read(path)
        total += size(pages)
        by_number = {page.number: page.text for page in pages}
        for one in findings(detector, path.name, media, pages):
            counts[one.strength] += 1
            text, hit = by_number[one.hit.page], one.hit
            before, after = text[max(0, hit.start - AROUND) : hit.start], text[hit.end : hit.end + AROUND]
            shown = f"{before}⟦{text[hit.start : hit.end]}⟧{after}"
            key = f"{path.relative_to(data)} p{hit.page} {hit.start} {hit.rule}"
            words = " | ".join(dict.fromkeys(term.text for term in hit.terms))
            said[key] = f"{one.strength} {one.rung} [{words}] {' '.join(shown.split())}"
    return said, total, counts


def compare(before: Said, now: Said) -> None:
    """Print what is gained, lost and changed."""
    for key in sorted(before.keys() | now.keys()):
        if before.get(key) != now.get(key):
            print(f"{key}\n  before: {before.get(key, '–')}\n  now:    {now.get(key, '–')}")


def show(part: str, judged: list[Judged], ruled: set[str]) -> None:
    """Print the table of a part, after the passages where the rules differ from their labels."""
    print(f"\n{part}: {PARTS[part]}, {len(judged)} passages\n")
    print(*differences(judged, ruled, texts=part == WRITING), "", *table(judged, ruled), sep="\n")


def main() -> None:
    """Print the scores, all that is found in the real files, and what differs from an earlier run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder that holds tenders/ and contracts/")
    parser.add_argument("--save", type=Path, help="write what was said to this file")
    parser.add_argument("--against", type=Path, help="show what differs from what an earlier run saved")
    parser.add_argument("--publish", action="store_true", help="write the measured figures that dossiers print")
    parser.add_argument("--facts", action="store_true", help="how well the fields of deals are read, and nothing else")
    options = parser.parse_args()
    if options.facts:
        facts.main([])
        return
    detector = RuleDetector(load())
    said: Said = {}
    for part in PARTS:
        judged, of_part = labelled(detector, part)
        said |= of_part
        ruled = {rule.id for rule in detector.pack.rules}
        show(part, judged, ruled)
        if options.publish and part == MEASURED:
            FILE.write_text(published(judged, ruled), encoding="utf-8")
    if options.data:
        found, pages, counts = real(detector, options.data)
        print(*(f"\n{key}\n  {text}" for key, text in found.items() if not text.startswith(Strength.LEAD)), sep="\n")
        print(
            f"\n{pages} pages; "
            + "; ".join(f"{n} {name} ({1000 * n / max(pages, 1):.2f} per 1,000 pages)" for name, n in counts.items())
        )
        said |= found
    if options.against:
        compare(json.loads(options.against.read_text(encoding="utf-8")), said)
    if options.save:
        options.save.write_text(json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    main()
