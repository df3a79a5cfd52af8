"""An open case: its ledger, its rules, its lock, and how what is derived is brought up to date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from countersight.errors import IntegrityError, RefusedError, UsageError
from countersight.ledger import Entry
from countersight.model import Digest, FileRow, codec
from countersight.pipeline import intake
from countersight.pipeline.engine import engine_digest, office
from countersight.ports import Executor, Limits, Progress
from countersight.store.blobs import Blobs
from countersight.store.config import FORMAT, Config, check_format
from countersight.store.db import Database
from countersight.store.disk import guarded, locked, sweep
from countersight.store.journal import Journal
from countersight.store.seal import Seal

if TYPE_CHECKING:
    from countersight.find import Pack
    from countersight.pipeline.watch import Watch

# Readers, rules and templates are imported where they are needed: an audit with nothing new to do needs none of them.
_PARTS = ("case.toml", "ledger.jsonl", "evidence", "derived", "dossier", "lists")
WARM = ("countersight.pipeline.warm",)
RULES, READING, EXPORTED = "rules", "reading", "exported"


def silent(stage: str, done: int, total: int, pages: int) -> None:
    """No progress is shown."""


class Opened:
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
    def create(cls, root: Path, config: Config) -> Self:
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
    def to_verify(cls, root: Path) -> Self:
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

    def pack(self) -> Pack:
        """The rules this case is read with."""
        return rules_of(self._packs())

    def files(self) -> list[FileRow]:
        """The account of files, sorted by locator."""
        with self._results() as db:
            return list(db.files())

    def lists(self) -> Watch:
        """The lists this case holds organisations against."""
        from countersight.pipeline.watch import Watch

        return Watch(self.root / "lists", self.journal)

    def cover(self) -> tuple[Digest, Digest, Digest]:
        """The digests of evidence, rules and program, as the dossier's cover says them."""
        from countersight.pipeline.engine import code_digest
        from countersight.pipeline.publish import evidence_root

        return evidence_root(self._truth()), self.pack().digest, code_digest()

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
        executor.prepare(WARM)
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
            lists=self.lists(),
        )

    def _locked(self) -> AbstractContextManager[None]:
        return locked(self.root)

    @contextmanager
    def _results(self) -> Iterator[Database]:
        """The database of a finished audit, for reading."""
        path = self.root / "derived" / "case.db"
        if Seal.read(self.root) is None or not path.exists():
            raise UsageError(f"the audit of {self.root} was not finished", way_out="run `countersight audit` again")
        with Database(path, write=False) as db:
            yield db

    def _as_sealed(self) -> None:
        self.journal = Journal.resumed(self.root / "ledger.jsonl")
        if not self._is_current():
            raise UsageError(
                f"{self.root} has changed since its last audit, or the program has",
                way_out="run `countersight audit` again, then this command",
            )

    def _enter(self, act: str, facts: dict[str, Any], executor: Executor, progress: Progress) -> None:
        """Enter an act that the dossier tells of, and bring the dossier up to it."""
        self.journal.append([(act, facts)])
        self._derive(executor, Limits(), progress, retry=False)

    def _outside(self, out: Path) -> None:
        root, there = self.root.resolve(), out.resolve()
        if there == root or (there.is_relative_to(root) and there.relative_to(root).parts[0] in _PARTS):
            raise UsageError(f"{out} lies inside the case's own folders", way_out="export to another folder")

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


def rules_of(packs: tuple[Path, ...]) -> Pack:
    """The built-in rules and these packs."""
    from countersight.pipeline.examine import rules

    return rules(packs)


def _rule_files(packs: Iterable[Path]) -> list[Path]:
    """The files of some packs, in the order the rules are loaded in."""
    return [file for path in packs for file in ([path] if path.is_file() else sorted(path.rglob("*.yaml")))]
