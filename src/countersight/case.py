"""The one facade: a case on disk, and what can be done with it."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from countersight.errors import IntegrityError, LockedError, RefusedError, UsageError
from countersight.ledger import Entry
from countersight.model import Citation, Correction, Digest, FileRow, Page, Status, Strength, codec
from countersight.pipeline import inspect, intake
from countersight.pipeline.engine import engine_digest, office
from countersight.pipeline.exported import differences, exported
from countersight.ports import Executor, Limits, Progress
from countersight.report import accounting, tables
from countersight.report.accounting import WeakPage
from countersight.report.checked import FORM
from countersight.sample import ANSWERED, SAMPLED, Draw, Sample, draw, lot, samples
from countersight.store.blobs import Blobs
from countersight.store.config import FORMAT, Config, check_format
from countersight.store.db import Database
from countersight.store.disk import guarded, sweep
from countersight.store.journal import Journal
from countersight.store.seal import Seal
from countersight.store.search import Widen, parse
from countersight.translation import TRANSLATED, Translation, translations

if TYPE_CHECKING:
    from countersight.find import Pack, Why
    from countersight.pipeline.reason import Masked

# Readers, rules and templates are imported where they are needed: an audit with nothing new to do needs none of them.
_PARTS = ("case.toml", "ledger.jsonl", "evidence", "derived", "dossier", "lists")
_AROUND = 40  # characters printed on either side of what a search found
_WARM = ("countersight.pipeline.warm",)
Act = tuple[str, dict[str, Any]]
RULES, READING, EXPORTED = "rules", "reading", "exported"
FORMATS = {"jsonl": tables.write_jsonl, "csv": tables.write_csv}


def silent(stage: str, done: int, total: int, pages: int) -> None:
    """No progress is shown."""


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


class Case:
    """A case on disk. Opening one reads its ledger and configuration and raises what is wrong with them.

    ``unfinished`` bears with a ledger whose last line a killed process did not finish.
    """

    def __init__(self, root: Path, *, unfinished: bool = False) -> None:
        if not (root / "case.toml").is_file():
            raise UsageError(f"{root} is not a case", way_out="`countersight audit FOLDER --case DIR` makes one")
        self.root = root
        self.config = Config.read(root)
        self.journal = Journal(root / "ledger.jsonl", unfinished=unfinished)
        for entry in self.journal.entries[:1]:
            check_format(entry.facts.get("format"), root / "ledger.jsonl")

    @classmethod
    def create(cls, root: Path, config: Config) -> Case:
        """Open a case, making it first where there is none. Raises UsageError for a folder that holds other things."""
        if not (root / "case.toml").exists():
            if root.exists() and not root.is_dir():
                raise UsageError(f"{root} is a file, not a folder", way_out="name a new folder for the case")
            if root.exists() and any(p.name not in _PARTS and not p.name.startswith(".") for p in root.iterdir()):
                raise UsageError(f"{root} holds other files and is not a case", way_out="name a new or empty folder")
            with guarded(root):
                root.mkdir(parents=True, exist_ok=True)
            config.write(root)
        return cls(root, unfinished=True)

    @classmethod
    def to_verify(cls, root: Path) -> Case:
        """Open a case to verify it: what is wrong with its ``case.toml`` is a fault unless it was sealed so."""
        try:
            return cls(root)
        except (UsageError, RefusedError) as error:
            seal = Seal.read(root)
            if seal and not any(Digest.of_file(p) == seal.sums["case.toml"] for p in root.glob("case.toml")):
                raise IntegrityError(
                    f"{root / 'case.toml'} was changed or removed: {error.what}", way_out="restore it from a copy"
                ) from error
            raise

    # ── audit ──

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
            _rules(tuple(packs))  # broken ones are refused before anything is written
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

    def _begin(self, packs: Sequence[Path]) -> None:
        evidence = Blobs(self.root / "evidence")
        with guarded(self.root):
            for folder in ("evidence", "derived/members", "derived/images"):
                (self.root / folder).mkdir(parents=True, exist_ok=True)
            sweep(self.root)
            sweep(self.root / "derived")
        evidence.sweep()
        Blobs(self.root / "derived" / "members").sweep()
        self.journal = Journal.resumed(self.root / "ledger.jsonl")
        if not self.journal.entries:
            self.journal.append([(intake.OPENED, {"format": FORMAT})])
        files = [{"name": file.name, "digest": self._keep(file)} for file in _rule_files(packs)]
        if packs and files != self._rules():
            self.journal.append([(RULES, {"files": files})])

    def _keep(self, file: Path) -> Digest:
        with file.open("rb") as stream:
            return Blobs(self.root / "evidence")(stream, limit=1 << 40)[0]

    def _rules(self) -> list[dict[str, str]]:
        """The files of the rule packs last named for this case."""
        named = [entry.facts["files"] for entry in self.journal.entries if entry.act == RULES]
        return named[-1] if named else []

    def _ocr(self) -> bool:
        """Whether scans are read; as last said for this case, and yes where nothing was said."""
        said = [entry.facts["ocr"] for entry in self.journal.entries if entry.act == READING]
        return bool(said[-1]) if said else True

    def _packs(self) -> tuple[Path, ...]:
        return tuple(Path(self.root / "evidence" / file["digest"]) for file in self._rules())

    def pack(self) -> Pack:
        """The rules this case is read with."""
        return _rules(self._packs())

    def _engine(self) -> Digest:
        return engine_digest([file["digest"] for file in self._rules()])

    def _truth(self) -> list[Entry]:
        """The entries that what is derived depends on; exports come and go."""
        return [entry for entry in self.journal.entries if entry.act != EXPORTED]

    def _state(self, engine: Digest) -> Digest:
        truth = [entry.hash for entry in self._truth()]
        return Digest.of(codec.encode([engine, truth, Digest.of_file(self.root / "case.toml")]))

    def _is_current(self) -> bool:
        """Whether everything derived is there and was derived from what is there now."""
        try:
            seal = Seal.read(self.root)
        except IntegrityError:
            return False
        if seal is None or seal.origin.state != self._state(self._engine()):
            return False
        if seal.origin.office and seal.origin.office != office():
            return False
        return all((self.root / name).is_file() for name in seal.sums)

    def _derive(self, executor: Executor, limits: Limits, progress: Progress, *, retry: bool) -> None:
        executor.prepare(_WARM)
        from countersight.pipeline.rebuild import rebuild

        engine = self._engine()
        rebuild(
            self.root,
            self.config,
            self._truth(),
            self._packs(),
            state=self._state(engine),
            engine=engine,
            executor=executor,
            limits=limits,
            progress=progress,
            retry=retry,
            ocr=self._ocr(),
        )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with guarded(self.root), (self.root / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise LockedError(
                    f"another process is writing to {self.root}",
                    way_out="wait until it ends, then run the command again",
                ) from error
            yield

    # ── asking ──

    @contextmanager
    def _results(self) -> Iterator[Database]:
        """The database of a finished audit, for reading."""
        path = self.root / "derived" / "case.db"
        if Seal.read(self.root) is None or not path.exists():
            raise UsageError(f"the audit of {self.root} was not finished", way_out="run `countersight audit` again")
        with Database(path, write=False) as db:
            yield db

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

    def files(self) -> list[FileRow]:
        """The account of files, sorted by locator."""
        with self._results() as db:
            return list(db.files())

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

    def explain(self, finding: str) -> list[tuple[Citation, Why, bool]]:
        """For each citation of a finding, the rule's reasoning there and whether it comes out again.

        Raises UsageError where the case has no such finding.
        """
        from countersight.pipeline.reason import reasons

        with self._results() as db:
            known = {one.id: one for one in db.findings()}
            if finding not in known:
                raise UsageError(
                    f"{self.root} has no finding {finding}", way_out="`countersight export` lists them with their ids"
                )
            return reasons(self.pack(), db, known[finding])

    def masked(self) -> Iterator[Masked]:
        """The passages on which a rule would hold but for masks."""
        from countersight.pipeline.reason import masked

        with self._results() as db:
            yield from masked(self.pack(), db)

    # ── sampling ──

    def samples(self) -> list[Sample]:
        """Every draw of pages without findings, with the answers given last."""
        return samples(self.journal.entries)

    def sample(self, most: int, seed: str, out: Path, executor: Executor, progress: Progress = silent) -> Sample:
        """Draw pages without findings by lot and lay them out in ``out`` for a person to read; an act in the ledger.

        Raises UsageError where there is none, where ``out`` holds a sheet, and where the case is not as it was sealed.
        """
        from countersight.pipeline import sampling

        self._outside(out)
        if (out / FORM).exists():
            raise UsageError(f"{out} holds a sampling sheet already", way_out="name another folder")
        with self._locked():
            self._as_sealed()
            with self._results() as db, guarded(out):
                found, cover = sampling.population(db), self.cover()
                if not found:
                    raise UsageError("no page is without findings: there is nothing to draw from")
                pages = tuple(draw(found, most, lot(seed, cover[0])))
                drawn = Draw(0, "", seed, len(found), pages, *cover)
                blobs = [Blobs(self.root / name) for name in ("evidence", "derived/members")]
                sampling.Layout(out, blobs, db, executor, progress).write(drawn, self.config.title)
            self._enter(SAMPLED, drawn.facts(), executor, progress)
        return self.samples()[-1]

    def answer(self, form: bytes, by: str, executor: Executor, progress: Progress = silent) -> Sample:
        """Enter a person's answers to a sample in the ledger. Raises UsageError for a form that does not fit a draw.

        The same answers once more change nothing; others supersede them, and both stay in the ledger.
        """
        from countersight.report import sheet

        with self._locked():
            self._as_sealed()
            sample, answers = sheet.matched(form, self.samples())
            facts = codec.plain(sheet.facts(sample, answers, by))
            known = [entry.facts for entry in self.journal.entries if entry.act == ANSWERED]
            if facts not in [each for each in known if each["draw"] == sample.draw.n][-1:]:
                self._enter(ANSWERED, facts, executor, progress)
        return next(each for each in self.samples() if each.draw.n == sample.draw.n)

    def cover(self) -> tuple[Digest, Digest, Digest]:
        """The digests of evidence, rules and program, as the dossier's cover says them."""
        from countersight.pipeline.engine import code_digest
        from countersight.pipeline.publish import evidence_root

        return evidence_root(self._truth()), self.pack().digest, code_digest()

    def translate(
        self,
        finding: str,
        place: int,
        text: str,
        *,
        by: str,
        checked_by: str,
        executor: Executor,
        progress: Progress = silent,
    ) -> Translation:
        """Enter a person's translation of the ``place``-th quote of a finding; an empty text takes it back.

        Personal data in it is masked as in the records. Raises UsageError for a finding or place that is not there, for
        no translator, and where the checker is the translator.
        """
        from countersight.privacy.masks import mask

        if not by.strip() or by.strip() == checked_by.strip():
            raise UsageError(
                "a translation names who made it, and another person as the one who checked it",
                way_out="countersight translate CASE FINDING --text TEXT --by WHO [--checked-by ANOTHER]",
            )
        with self._locked():
            self._as_sealed()
            quote = self._quote(finding, place)
            facts = {"quote": quote, "text": mask(text.strip())[0], "by": by.strip(), "checked_by": checked_by.strip()}
            known = [entry.facts for entry in self.journal.entries if entry.act == TRANSLATED]
            if facts not in [each for each in known if each["quote"] == quote][-1:]:
                self._enter(TRANSLATED, facts, executor, progress)
        at = next(entry.at for entry in reversed(self.journal.entries) if entry.act == TRANSLATED)
        return Translation(facts["text"], facts["by"], facts["checked_by"], at)

    def _quote(self, finding: str, place: int) -> str:
        with self._results() as db:
            cited = next((one.citations for one in db.findings() if one.id == finding), ())
        if not 1 <= place <= len(cited):
            raise UsageError(
                f"{self.root} has no finding {finding} with a place {place}",
                way_out="`countersight export` lists findings with their ids and citations",
            )
        return cited[place - 1].quote

    def _as_sealed(self) -> None:
        self.journal = Journal.resumed(self.root / "ledger.jsonl")
        if not self._is_current():
            raise UsageError(
                f"{self.root} has changed since its last audit, or the program has",
                way_out="run `countersight audit` again, then draw or answer",
            )

    def _enter(self, act: str, facts: dict[str, Any], executor: Executor, progress: Progress) -> None:
        """Enter an act that the dossier tells of, and bring the dossier up to it."""
        self.journal.append([(act, facts)])
        self._derive(executor, Limits(), progress, retry=False)

    # ── correcting ──

    def page(self, file: str, number: int) -> tuple[FileRow, Page, Page]:
        """A page by its file (locator, name or beginning of a digest) and number: as it stands, and as it was read.

        Raises UsageError where there is no such file, or no such page of it was read.
        """
        from countersight.pipeline.correction import find_page

        with self._results() as db:
            return find_page(db, file, number)

    def correct(
        self,
        file: str,
        number: int,
        text: str | None,
        executor: Executor,
        *,
        by: str,
        why: str,
        progress: Progress = silent,
    ) -> Correction | None:
        """Put a reviewer's text in place of a page's reading (None: put the reading back), and derive what follows.

        The correction that then stands. Raises UsageError where the page is not there or the text cannot stand; after
        a kill, the same command goes on.
        """
        from countersight.pipeline import correction

        by, why = correction.named(by, why)
        with self._locked():
            self._begin(())
            row, present, original = self.page(file, number)
            if row.digest is None:
                raise ValueError(f"{row.locator} has pages but no bytes")
            stands = correction.standing(self.journal.entries).get((row.digest, number))
            act = correction.Act(row.digest, number, None, None, by, why)
            if text is not None:
                given = correction.checked(text, original, present)
                act = replace(act, original=self._kept(original.text), text=self._kept(given))
            elif stands is None and self._is_current():
                raise UsageError(f"no correction of page {number} of {row.locator} stands", way_out="nothing to do")
            if act.text != (stands and stands.text) or (stands and (by, why) != (stands.by, stands.why)):
                self.journal.append([(intake.CORRECTED, act.facts())])
            if not self._is_current():
                self._derive(executor, Limits(), progress, retry=False)
        with self._results() as db:
            return next((c for c in db.corrections() if (c.digest, c.page or 1) == (row.digest, number)), None)

    def _kept(self, text: str) -> Digest:
        return Blobs(self.root / "evidence")(BytesIO(text.encode()), limit=1 << 40)[0]

    # ── export ──

    def export(self, form: str, out: Path, *, pages: bool) -> list[Path]:
        """Write the tables and enter the export in the ledger; the files written.

        Raises UsageError for an unfinished audit.
        """
        self._outside(out)
        written = []
        with self._results() as db, guarded(out):
            out.mkdir(parents=True, exist_ok=True)
            for name, rows in exported(db, translations(self.journal.entries), pages=pages).items():
                path = out / f"{name}.{form}"
                FORMATS[form](path, rows)
                written.append(path)
        facts: dict[str, Any] = {"format": form, "tables": {p.name: Digest.of_file(p) for p in written}}
        with self._locked():
            self.journal = Journal.resumed(self.root / "ledger.jsonl")
            self.journal.append([(EXPORTED, facts)])
        return written

    def _outside(self, out: Path) -> None:
        root, there = self.root.resolve(), out.resolve()
        if there == root or (there.is_relative_to(root) and there.relative_to(root).parts[0] in _PARTS):
            raise UsageError(f"{out} lies inside the case's own folders", way_out="export to another folder")

    # ── verify ──

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
            twin = Case(again)
            with twin._locked():
                for name in ("members", "images"):
                    (again / "derived" / name).mkdir(parents=True)
                twin._derive(executor, Limits(), progress, retry=False)
            names = sorted({*inspect.files(self.root), *inspect.files(again)} - {"case.toml", "derived/case.db"})
            yield from inspect.difference(self.root, again, names)
            with self._results() as ours, twin._results() as theirs:
                yield from differences(ours, theirs)


def _announced(acts: Iterable[Act], executor: Executor) -> Iterator[Act]:
    """The acts; where there is one there will be work, and the executor gets ready for it."""
    for act in acts:
        executor.prepare(_WARM)
        yield act


def _rules(packs: tuple[Path, ...]) -> Pack:
    from countersight.pipeline.examine import rules

    return rules(packs)


def _rule_files(packs: Iterable[Path]) -> list[Path]:
    """The files of some packs, in the order the rules are loaded in."""
    return [file for path in packs for file in ([path] if path.is_file() else sorted(path.rglob("*.yaml")))]
