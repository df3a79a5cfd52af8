"""What the built-in rules would find in ordinary prose: real pages read as if each document were of every kind.

On real tenders a rule may be right because their kind carries no finding. Here the kind is no help: tenders, contracts,
letters, hearings and news are each read as every kind in turn, and whatever is a finding as any is counted
once under its flag. The folder holds the parts named in ``FOLDERS``; each line of a .tsv file counts as a document.

Beside them stand the innocent records of ``tests/corpus/ordinary.txt``, each under a head ``=== number and name |
language | kind | part``. Those of the part ``measured`` are counted and never shown. Of each part is told too what is
found in the records' own kinds.

python bench/prose.py
python bench/prose.py ../shared/data --show DET-02 OWN-01
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.accuracy import facts_of, read, size  # noqa: E402

from countersight.find import Assessed, RuleDetector, assess, load  # noqa: E402
from countersight.find.rules import KIND_RUNGS  # noqa: E402
from countersight.model import Page, Strength  # noqa: E402

FOLDERS = ("tenders", "contracts", "letters", "quotes")
_ABSENT = 2  # the code this exits with

ORDINARY = ROOT / "tests" / "corpus" / "ordinary.txt"
WRITING = "writing"

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


@dataclass(frozen=True, slots=True)
class Ordinary:
    """An innocent record: its name, kind and part (``writing`` or ``measured``), and its text as a page."""

    name: str
    kind: str
    part: str
    page: Page


def ordinary() -> list[Ordinary]:
    """The innocent records of the corpus."""
    found: list[Ordinary] = []
    for record in re.split(r"^=== ", ORDINARY.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, text = record.partition("\n")
        name, _, kind, part = (word.strip() for word in head.split("|"))
        found.append(Ordinary(name, kind, part, Page(1, text)))
    return found


def own_kind(detector: RuleDetector, record: Ordinary) -> list[Assessed]:
    """The findings of an innocent record as what it is."""
    facts = replace(facts_of(detector, [record.page]), kind=record.kind)
    return [one for one in assess(detector.pack, facts) if one.strength is Strength.FINDING]


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


def count(detector: RuleDetector, read: Iterable[Document], show: list[str] | None) -> None:
    """Print how many would-be findings each flag has in some documents, after the passages of those asked for."""
    total, counts = 0, Counter[str]()
    for name, pages in read:
        total += size(pages)
        found = would_be(detector, pages)
        counts.update(one.rule.id for one in found)
        if show is not None:
            print(
                *(passage(name, one, pages) + "\n" for one in found if not show or one.rule.id in show), sep="", end=""
            )
    print(*(f"{flag} {number}\n" for flag, number in sorted(counts.items())), sep="", end="")
    print(f"{counts.total()} would-be findings on {total} pages")


def main() -> int:
    """Print the would-be findings of the folder, then those of the ordinary records of each part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT.parent / "shared" / "data")
    parser.add_argument("--show", nargs="*", metavar="FLAG", help="print the passages, of these flags or of all")
    options = parser.parse_args()
    detector, records = RuleDetector(load()), ordinary()
    for part in sorted({record.part for record in records}):
        held = [record for record in records if record.part == part]
        own = sum(len(own_kind(detector, record)) for record in held)
        print(f"ordinary records, {part}: {len(held)}; findings in their own kinds: {own}")
        documents_of = ((record.name, [record.page]) for record in held)
        count(detector, documents_of, options.show if part == WRITING else None)
    if not any((options.folder / part).is_dir() for part in FOLDERS):
        print(f"no real records: {options.folder} holds none of {', '.join(FOLDERS)}", file=sys.stderr)
        return _ABSENT
    print("real records")
    count(detector, documents(options.folder), options.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
