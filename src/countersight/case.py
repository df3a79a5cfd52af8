"""The one facade: a case on disk, and what can be done with it."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from countersight.errors import RefusedError, UsageError
from countersight.model import Citation, Digest, Finding, Status, Strength
from countersight.model.screening import ListChange
from countersight.opened import EXPORTED, READING, WARM, rules_of, silent
from countersight.pipeline import inspect, intake
from countersight.pipeline.engine import office
from countersight.pipeline.exported import differences, entities, exported
from countersight.ports import Executor, Limits, Progress
from countersight.report import accounting, dealtables, tables
from countersight.report.accounting import WeakPage
from countersight.report.book import write_xlsx
from countersight.reviewing import Reviewing
from countersight.store.blobs import Blobs
from countersight.store.disk import guarded
from countersight.store.journal import Journal
from countersight.store.seal import Seal
from countersight.store.search import Widen, parse
from countersight.translation import translations

if TYPE_CHECKING:
    from countersight.find import Why
    from countersight.pipeline.reason import Masked
    from countersight.pipeline.watch import Offer, Snapshot

_AROUND = 40  # characters printed on either side of what a search found
Act = tuple[str, dict[str, Any]]
BOOK, ENTITIES = "xlsx", "ftm"
FORMATS = {"jsonl": tables.write_jsonl, "csv": tables.write_csv}
FLAT = {
    "deals": dealtables.flat,
    "families": dealtables.flat_families,
    "patterns": dealtables.flat_patterns,
    "ownership": tables.flat_ownership,
}
"""What makes a table's nested records flat, for spreadsheets."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a case holds: files by status, pages, findings by strength; ``unread`` files have something nobody read."""

    files: dict[Status, int]
    pages: int
    strengths: dict[Strength, int]
    unread: int
    fresh: int
    dossier: Path


@dataclass(frozen=True, slots=True)
class Match:
    """A place found by a search, and the words around it.

    ``supposed`` says, by offset, which weakly read characters must be others for it; none where it is there as read.
    """

    citation: Citation
    line: str
    supposed: tuple[tuple[int, str], ...] = ()

    def told(self) -> str:
        """What is supposed, in words; empty where nothing is."""
        quote, start = self.citation.quote, self.citation.start
        return ", ".join(f"read {quote[at - start]}, may be {char}" for at, char in self.supposed)


class Case(Reviewing):
    """A case: audit records into it, ask it, export it, verify it."""

    def audit(
        self,
        paths: Sequence[Path],
        executor: Executor,
        *,
        packs: Sequence[Path] = (),
        retry: bool = False,
        ocr: bool | None = None,
        limits: Limits | None = None,
        progress: Progress = silent,
    ) -> Summary:
        """Take records in, read what is new, and leave the dossier.

        May be run again after anything, a kill included. ``ocr``: whether scans are read from now on; None: as before.
        """
        found = list(intake.find(paths, self.root))
        if packs:
            rules_of(tuple(packs))  # broken ones are refused before anything is written
        with self._locked():
            self._begin(packs)
            if ocr is not None and ocr != self._ocr():
                self.journal.append([(READING, {"ocr": ocr})])
            evidence = Blobs(self.root / "evidence")
            acts = intake.take_in(
                found, self.journal.entries, evidence, lambda count: progress("taking in", count, len(found), 0)
            )
            fresh = self.journal.append(_announced(acts, executor))
            if retry or not self._is_current():
                self._derive(executor, limits or Limits(), progress, retry=retry)
        return self.summary(fresh)

    def summary(self, fresh: int = 0) -> Summary:
        """What the case holds."""
        with self._results() as db:
            files = list(db.files())
            statuses, strengths = Counter(f.status for f in files), Counter(f.strength for f in db.findings())
            return Summary(
                {status: statuses[status] for status in Status},
                db.count_pages(),
                {strength: strengths[strength] for strength in Strength},
                sum(file.unread for file in files),
                fresh,
                self.root / "dossier" / "index.html",
            )

    def weakest(self, most: int) -> list[WeakPage]:
        """The pages that OCR read with the lowest confidence, the least sure first."""
        with self._results() as db:
            read = {f.digest: f for f in db.files() if f.digest and f.pages_ocr and f.status is not Status.DUPLICATE}
            readings = {at: tuple(db.readings(at, file.media_type or "")) for at, file in read.items()}
            return accounting.weakest(read.values(), readings, most)

    def search(self, text: str, widen: Widen | None = None) -> Iterator[Match]:
        """The places a query holds on, by locator and page. Raises UsageError for a bad query."""
        from countersight.pipeline.assemble import cite

        query = parse(text, widen)
        with self._results() as db:
            for file, page in db.search(query):
                for start, end, supposed in query.found(page):
                    around = page.text[max(0, start - _AROUND) : end + _AROUND]
                    yield Match(cite(file, page, start, end), around, supposed)

    def finding(self, name: str) -> Finding:
        """The finding of this id. Raises UsageError where the case has none."""
        with self._results() as db:
            found = next((one for one in db.findings() if one.id == name), None)
        if found is None:
            raise UsageError(
                f"{self.root} has no finding {name}", way_out="`countersight export` lists them with their ids"
            )
        return found

    def explain(self, finding: Finding) -> list[tuple[Citation, Why, bool]]:
        """For each citation of a finding, its rule's reasoning there and whether it comes out again.

        Raises RuleError for a flag that no words alone carry.
        """
        from countersight.pipeline.examine import detector
        from countersight.pipeline.reason import reasons

        with self._results() as db:
            return reasons(detector(self._packs()), db, finding)

    def masked(self) -> Iterator[Masked]:
        """The passages on which a rule would hold but for masks."""
        from countersight.pipeline.examine import detector
        from countersight.pipeline.reason import masked

        with self._results() as db:
            yield from masked(detector(self._packs()), db)

    def export(self, form: str, out: Path, *, pages: bool) -> list[Path]:
        """Write the tables and enter the export in the ledger; the files written.

        Raises UsageError for an unfinished audit.
        """
        self._outside(out)
        with self._results() as db, guarded(out):
            out.mkdir(parents=True, exist_ok=True)
            found = entities(db) if form == ENTITIES else exported(db, translations(self.journal.entries), pages=pages)
            flat = FLAT if form not in {"jsonl", ENTITIES} else {}
            written = _written(form, out, {name: flat.get(name, iter)(rows) for name, rows in found.items()})
        facts: dict[str, Any] = {"format": form, "tables": {p.name: Digest.of_file(p) for p in written}}
        with self._locked():
            self.journal = Journal.resumed(self.root / "ledger.jsonl")
            self.journal.append([(EXPORTED, facts)])
        return written

    def add_list(self, offer: Offer, **told: Any) -> tuple[Snapshot, bool]:
        """Add a list; its snapshot, and whether it is new. Arguments and errors are those of :meth:`Watch.add`."""
        with self._locked():
            self._begin(())
            return self.lists().add(offer, **told)

    def hold_again(self, executor: Executor, progress: Progress = silent) -> list[ListChange]:
        """Bring a finished audit up to the lists that came; which of its conclusions they change. Often none."""
        if Seal.read(self.root) is None:
            return []
        with self._locked():
            self.journal = Journal.resumed(self.root / "ledger.jsonl")
            if not self._is_current():
                self._derive(executor, Limits(), progress, retry=False)
        return self.list_changes()

    def list_changes(self) -> list[ListChange]:
        """What the lists change that came after the records."""
        with self._results() as db:
            return list(db.list_changes())

    def take_lists(self, folder: Path) -> None:
        """Add what a folder of lists holds and this case does not. Raises ListError, UsageError."""
        from countersight.pipeline.watch import Folder

        if not folder.is_dir():
            raise UsageError(f"no such folder: {folder}", way_out="name a folder of lists")
        for offer, told in Folder(folder).offers():
            self.add_list(offer, **told)

    def verify(self, executor: Executor, progress: Progress = silent) -> list[str]:
        """Every fault of the case, none where it stands: bytes against ledger and seal, then all of it derived again.

        Raises RefusedError where another version or other rules derived the case, UsageError where no audit was
        finished.
        """
        seal = Seal.read(self.root)
        if seal is None:
            raise UsageError(f"the audit of {self.root} was not finished", way_out="run `countersight audit` again")
        entries = self.journal.entries
        faults = list(
            chain(
                inspect.evidence_faults(self.root, entries),
                self.lists().damaged(),
                inspect.ledger_faults(entries, seal),
                inspect.derived_faults(self.root, seal),
            )
        )
        if seal.origin.engine != self._engine() and not faults:
            raise RefusedError(
                f"no byte of {self.root} was changed, but another program, rules or libraries derived it"
                f" ({seal.origin.program})",
                way_out="verify it with that version, or run `countersight audit` again with this one",
            )
        if seal.origin.office and seal.origin.office != office() and not faults:
            raise RefusedError(
                f"no byte of {self.root} was changed, but its legacy documents were read by {seal.origin.office}"
                f" and would be by {office()} here",
                way_out="verify it where that LibreOffice is installed, or run `countersight audit` again here",
            )
        return faults or list(self._rederived(executor, progress))

    def _rederived(self, executor: Executor, progress: Progress) -> Iterator[str]:
        with tempfile.TemporaryDirectory(prefix="countersight-verify-") as folder:
            again = Path(folder) / "case"
            again.mkdir()
            shutil.copyfile(self.root / "case.toml", again / "case.toml")
            (again / "ledger.jsonl").write_bytes(b"".join(entry.line() for entry in self.journal.entries))
            (again / "evidence").symlink_to((self.root / "evidence").resolve())
            (again / "lists").symlink_to((self.root / "lists").resolve())
            twin = Case(again)
            with twin._locked():
                for name in ("members", "images"):
                    (again / "derived" / name).mkdir(parents=True)
                twin._derive(executor, Limits(), progress, retry=False)
            names = sorted({*inspect.files(self.root), *inspect.files(again)} - {"case.toml", "derived/case.db"})
            yield from inspect.difference(self.root, again, names)
            with self._results() as ours, twin._results() as theirs:
                yield from differences(ours, theirs)


def _written(form: str, out: Path, found: Mapping[str, Iterable[tables.Record]]) -> list[Path]:
    """The files that hold the tables: one for each, one workbook, or one of entities, which brings its name."""
    if form == ENTITIES:
        for name, rows in found.items():
            tables.write_jsonl(out / name, rows)
        return [out / name for name in found]
    if form == BOOK:
        path = out / f"countersight.{form}"
        write_xlsx(path, found)
        return [path]
    paths = {name: out / f"{name}.{form}" for name in found}
    for name, rows in found.items():
        FORMATS[form](paths[name], rows)
    return list(paths.values())


def _announced(acts: Iterable[Act], executor: Executor) -> Iterator[Act]:
    """The acts; where there is one there will be work, and the executor gets ready for it."""
    for act in acts:
        executor.prepare(WARM)
        yield act
