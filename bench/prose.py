"""What the built-in rules would find in ordinary prose: real pages read as if each document were of every kind.

On real tenders a rule may be right because their kind carries no finding. Here the kind is no help: tenders, contracts,
letters, hearings and news are each read as every kind in turn, and whatever is a finding as any is counted
once under its flag. The folder holds the parts named in ``FOLDERS``; each line of a .tsv file counts as a document.

python bench/prose.py
python bench/prose.py ../shared/data --show DET-02 OWN-01
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.accuracy import facts_of, read, size  # noqa: E402

from countersight.find import Assessed, RuleDetector, assess, load  # noqa: E402
from countersight.find.rules import KIND_RUNGS  # noqa: E402
from countersight.model import Page, Strength  # noqa: E402

FOLDERS = ("tenders", "contracts", "letters", "quotes")
_ABSENT = 2  # the code this exits with

Document = tuple[str, list[Page]]


def documents(folder: Path) -> Iterator[Document]:
    """The name and pages of each document of the folder's parts."""
    for path in sorted(path for part in FOLDERS for path in (folder / part).rglob("*") if path.is_file()):
        name = str(path.relative_to(folder))
        if path.suffix == ".tsv":
            yield from _lines(path, name)
        else:
            yield name, read(path)[1]


def _lines(path: Path, name: str) -> Iterator[Document]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line:
            yield f"{name}:{number}", [Page(1, line.replace("\t", "\n"), paged=False)]


def would_be(detector: RuleDetector, pages: list[Page]) -> list[Assessed]:
    """Whatever is a finding of the document as a document of some kind, each once."""
    facts = facts_of(detector, pages)
    if not facts.hits:
        return []
    said = (one for kind in KIND_RUNGS for one in assess(detector.pack, replace(facts, kind=kind)))
    found = {(one.rule.id, one.hit.page, one.hit.start): one for one in said if one.strength is Strength.FINDING}
    return list(found.values())


def passage(name: str, one: Assessed, pages: list[Page]) -> str:
    """The flag, the place, the words that met the rule's concepts, and the passage they stand in."""
    hit = one.hit
    text = next(page.text for page in pages if page.number == hit.page)[hit.start : hit.end]
    words = " | ".join(dict.fromkeys(f"{term.concept}={term.text}" for term in hit.terms))
    return f"{one.rule.id} {name} p{hit.page} [{words}] ⟦{' '.join(text.split())}⟧"


def main() -> int:
    """Print how many would-be findings each flag has, after the passages of those asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT.parent / "shared" / "data")
    parser.add_argument("--show", nargs="*", metavar="FLAG", help="print the passages, of these flags or of all")
    options = parser.parse_args()
    if not any((options.folder / part).is_dir() for part in FOLDERS):
        print(f"no real records: {options.folder} holds none of {', '.join(FOLDERS)}", file=sys.stderr)
        return _ABSENT
    detector, total, counts = RuleDetector(load()), 0, dict[str, int]()
    for name, pages in documents(options.folder):
        total += size(pages)
        for one in would_be(detector, pages):
            counts[one.rule.id] = counts.get(one.rule.id, 0) + 1
            if options.show is not None and (not options.show or one.rule.id in options.show):
                print(passage(name, one, pages))
    print(*(f"{flag} {number}" for flag, number in sorted(counts.items())), sep="\n")
    print(f"{sum(counts.values())} would-be findings on {total} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
