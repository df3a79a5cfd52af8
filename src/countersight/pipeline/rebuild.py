"""All that is derived of a case: database, pictures, dossier and the seal over them."""

from __future__ import annotations

import shutil
from pathlib import Path

from countersight.errors import IntegrityError
from countersight.ledger import Entry
from countersight.model import Digest
from countersight.pipeline import correction, inspect, intake, listchanges, publish
from countersight.pipeline.derive import Derivation, Results
from countersight.pipeline.engine import office, program
from countersight.pipeline.watch import Watch
from countersight.ports import Executor, Limits, Progress
from countersight.read import THROUGH_PROGRAMS
from countersight.read.recording import RECORDINGS
from countersight.store.blobs import Blobs
from countersight.store.config import Config
from countersight.store.db import Database
from countersight.store.disk import guarded
from countersight.store.seal import Origin, Seal
from countersight.verdict import verdicts

FOLDERS = ("members", "images")
SCRATCH = ".scratch"


def rebuild(
    root: Path,
    config: Config,
    truth: list[Entry],
    packs: tuple[Path, ...],
    *,
    state: Digest,
    engine: Digest,
    executor: Executor,
    limits: Limits,
    progress: Progress,
    retry: bool,
    ocr: bool,
    lists: Watch,
) -> None:
    """Derive what is missing of the case at ``root`` from the entries of its ledger, and seal it.

    ``lists`` are those of the case. ``state`` and ``engine`` go into the seal; a database that another engine filled is
    begun anew.
    """
    derived = root / "derived"
    with _database(derived / "case.db", engine) as db:
        with db.transaction():
            if retry:
                db.forget_crashed()
            if db.meta("spoken") != (config.spoken or ""):
                db.forget(RECORDINGS)
                db.set_meta("spoken", config.spoken or "")
            if (known := db.meta("office")) and known != office():
                db.forget(THROUGH_PROGRAMS)
        work = Derivation(
            Blobs(root / "evidence"),
            Blobs(derived / "members"),
            derived / "images",
            db,
            packs,
            executor,
            limits,
            progress,
            _emptied(root / SCRATCH),
            ocr,
            config.spoken,
            correction.standing(truth),
            verdicts(truth),
            lists,
            listchanges.later(truth),
        )
        results = work.run(intake.received(truth))
        publish.publish(publish.view(config, truth, work, results), work.images, root / "dossier")
        _tidy(work, results)
        used = db.meta("office") or ""
        db.seal()
    shutil.rmtree(root / SCRATCH)
    origin = Origin(state, engine, program(), truth[-1].n, truth[-1].hash, used)
    Seal(origin, inspect.seals(root)).write(root)


def _emptied(folder: Path) -> Path:
    """An empty folder: what a killed process left there is gone."""
    with guarded(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    return folder


def _database(path: Path, engine: Digest) -> Database:
    """The database for writing; begun anew where another engine filled it or it is damaged."""
    try:
        with Database(path, write=True) as db:
            ours = db.meta("engine") in {None, engine}
        if ours:
            db = Database(path, write=True)
            db.set_meta("engine", engine)
            return db
    except IntegrityError:
        pass
    with guarded(path.parent):
        shutil.rmtree(path.parent)
        for folder in FOLDERS:
            (path.parent / folder).mkdir(parents=True)
    return _database(path, engine)


def _tidy(work: Derivation, results: Results) -> None:
    """Remove pictures nobody cites any more, and members of what was read again and no longer holds them."""
    cited = {work.image(page).name for page in results.pictures}
    for path in work.images.iterdir():
        if path.name not in cited:
            path.unlink()
    held = {file.digest for file in results.files}
    for path in work.members.folder.iterdir():
        if path.name not in held:
            path.unlink()
