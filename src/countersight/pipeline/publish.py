"""The dossier on disk: built beside the old one from what is stored, then put in its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from countersight import __version__
from countersight.ledger import Entry, merkle_root
from countersight.model import Citation, Digest, FileRow
from countersight.pipeline.derive import Derivation, Results
from countersight.pipeline.engine import code_digest
from countersight.pipeline.intake import OPENED, RECEIVED
from countersight.report.dossier import build
from countersight.report.view import DossierView, PageReading, Picture, key
from countersight.store.config import Config
from countersight.store.db import Range
from countersight.store.disk import guarded

IMAGES = "images"


def evidence_root(entries: list[Entry]) -> Digest:
    """The Merkle root over the ledger's entries of records received, in order."""
    return merkle_root([entry.line() for entry in entries if entry.act == RECEIVED])


def view(config: Config, entries: list[Entry], derivation: Derivation, results: Results) -> DossierView:
    """What the dossier shows."""
    taken_in = [entry.at for entry in entries if entry.act in {OPENED, RECEIVED}]
    scanned = {
        key(citation): read
        for shown in results.shown
        for citation, read in zip(shown.finding.citations, shown.scanned, strict=True)
        if read
    }
    return DossierView(
        title=config.title,
        as_of=date.fromisoformat(max(taken_in)[:10]),
        version=__version__,
        evidence_root=evidence_root(entries),
        rules_digest=derivation.pack.digest,
        code_digest=code_digest(),
        languages=config.languages,
        legal_basis=config.legal_basis,
        questions=config.questions,
        findings=tuple(shown.finding for shown in results.shown),
        files=tuple(sorted(results.files, key=lambda file: str(file.locator))),
        pictures={
            page: Picture(f"{IMAGES}/{derivation.image(page).name}", made.width, made.height)
            for page, made in results.pictures.items()
        },
        contexts={key(citation): around for _, citation, around, _ in _places(results)},
        emphasis={(rule, key(citation)): words for rule, citation, _, words in _places(results)},
        notice=config.notice,
        readings={file.digest: _readings(derivation, file) for file in results.files if file.digest and file.pages_ocr},
        confidence={at: read[0] for at, read in scanned.items()},
        weak={at: read[1] for at, read in scanned.items()},
        corrections=tuple(results.corrections),
    )


def _readings(derivation: Derivation, file: FileRow) -> tuple[PageReading, ...]:
    """How each page of a source was read, some of them by OCR."""
    return tuple(
        PageReading(page.number, page.origin, page.language, page.confidence, page.blank)
        for page in derivation.db.pages(file)
    )


def _places(results: Results) -> Iterator[tuple[str, Citation, tuple[str, str], tuple[Range, ...]]]:
    """Every citation with its rule, the words around the quote and the ranges of the decisive words."""
    for shown in results.shown:
        finding = shown.finding
        for citation, around, words in zip(finding.citations, shown.contexts, shown.emphasis, strict=True):
            yield finding.rule, citation, around, words


def publish(shown: DossierView, images: Path, dossier: Path) -> None:
    """Replace the dossier.

    A process that is killed meanwhile leaves the old one, or none and the new one half-built beside it.
    """
    fresh, old = dossier.with_name(".dossier.new"), dossier.with_name(".dossier.old")
    with guarded(dossier.parent):
        for leftover in (fresh, old):
            shutil.rmtree(leftover, ignore_errors=True)
        for name, data in build(shown):
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for picture in shown.pictures.values():
            _link(images / Path(picture.href).name, fresh / picture.href)
        if dossier.exists():
            dossier.rename(old)
        fresh.rename(dossier)
        shutil.rmtree(old, ignore_errors=True)


def _link(source: Path, target: Path) -> None:
    """One copy on disk where the file system can, two where it cannot."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
