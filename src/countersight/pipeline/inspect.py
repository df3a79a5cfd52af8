"""Whether the bytes of a case are what the ledger and the seal say. Each fault names the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from countersight.ledger import Entry
from countersight.model import Digest
from countersight.pipeline.intake import CORRECTED
from countersight.store.blobs import Blobs
from countersight.store.seal import NAME, Seal

_SEALED = ("derived", "dossier")


def evidence_faults(case: Path, entries: Iterable[Entry]) -> Iterator[str]:
    """Evidence that is missing, changed or not in the ledger."""
    named = {digest for entry in entries for digest in _digests(entry)}
    blobs = Blobs(case / "evidence")
    for path in blobs.damaged():
        yield f"evidence/{path.name}: its bytes are not those of its name"
    there = {path.name for path in blobs.folder.glob("*")}
    for digest in sorted(named - there):
        yield f"evidence/{digest}: missing"
    for name in sorted(there - named):
        yield f"evidence/{name}: not in the ledger"


def _digests(entry: Entry) -> Iterator[str]:
    """The digests of evidence an entry names: a record received, the files of a rule pack, texts of a correction."""
    names = ("original", "text") if entry.act == CORRECTED else ("digest",)
    yield from (entry.facts[name] for name in names if entry.facts.get(name))
    for file in entry.facts.get("files", ()):
        yield file["digest"]


def ledger_faults(entries: list[Entry], seal: Seal) -> Iterator[str]:
    """A ledger that is not the one the seal was made over, continued."""
    count, head = seal.origin.entries, seal.origin.head
    if len(entries) < count:
        yield f"ledger.jsonl: {count - len(entries)} entries are missing at its end"
    elif entries[count - 1].hash != head:
        yield "ledger.jsonl: not the ledger this case was derived from"


def derived_faults(case: Path, seal: Seal) -> Iterator[str]:
    """Derived files that are missing, changed or added."""
    for name, digest in sorted(seal.sums.items()):
        path = case / name
        if not path.is_file():
            yield f"{name}: missing"
        elif Digest.of_file(path) != digest:
            yield f"{name}: changed"
    for name in files(case):
        if name not in seal.sums:
            yield f"{name}: added"


def files(case: Path) -> list[str]:
    """What a seal covers: the configuration, all that is derived, and the dossier; paths relative to the case."""
    found = [path for folder in _SEALED for path in (case / folder).rglob("*") if path.is_file()]
    names = {path.relative_to(case).as_posix() for path in found} - {NAME.as_posix()}
    return sorted({*names, "case.toml"})


def seals(case: Path) -> dict[str, Digest]:
    """The digests a new seal holds. A member's name is its digest: the bytes were hashed when they were written."""
    members = "derived/members/"
    return {
        name: Digest(name.removeprefix(members)) if name.startswith(members) else Digest.of_file(case / name)
        for name in files(case)
    }


def difference(ours: Path, theirs: Path, names: Iterable[str]) -> Iterator[str]:
    """The files of ``names`` whose bytes differ between two cases."""
    for name in names:
        a, b = ours / name, theirs / name
        if not b.is_file():
            yield f"{name}: is not made again from the evidence"
        elif not a.is_file():
            yield f"{name}: is made from the evidence and missing here"
        elif a.read_bytes() != b.read_bytes():
            yield f"{name}: comes out different when made again from the evidence"
