"""The dossier on disk: built beside the old one from what is stored, then put in its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from countersight import __version__
from countersight.find.measured import measured
from countersight.ledger import Entry, merkle_root
from countersight.model import Citation, Digest, FileRow, PageReading, Status
from countersight.pipeline.derive import Derivation, Results
from countersight.pipeline.engine import code_digest
from countersight.pipeline.intake import OPENED, RECEIVED
from countersight.pipeline.sounding import recordings
from countersight.read.recording import FORMATS
from countersight.report import accounting, related
from countersight.report.dossier import build
from countersight.report.view import CitationKey, DossierView, Picture, key
from countersight.sample import samples
from countersight.store.config import Config
from countersight.store.db import Range
from countersight.store.disk import guarded
from countersight.translation import translations

IMAGES = "images"
_AROUND = 24  # characters shown on either side of words that differ between related records


def evidence_root(entries: list[Entry]) -> Digest:
    """The Merkle root over the ledger's entries of records received, in order."""
    return merkle_root([entry.line() for entry in entries if entry.act == RECEIVED])


def view(config: Config, entries: list[Entry], derivation: Derivation, results: Results) -> DossierView:
    """What the dossier shows."""
    taken_in = [entry.at for entry in entries if entry.act in {OPENED, RECEIVED}]
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
        contexts=dict(_contexts(derivation, results))
        | {key(citation): around for _, citation, around, _ in _places(results)},
        emphasis={(rule, key(citation)): words for rule, citation, _, words in _places(results)},
        notice=config.notice,
        glossary=derivation.pack.glossary,
        translations=translations(entries),
        waiting=tuple((flag.id, flag.title, flag.waits_for) for flag in derivation.pack.waiting),
        measured={rule: (one.right, one.wrong, one.missed) for rule, one in measured().items()},
        masks=len(derivation.pack.masks),
        readings={file.digest: _readings(derivation, file) for file in results.files if file.digest and _is_read(file)},
        relations=results.related,
        samples=tuple(samples(entries)),
        recordings=recordings(results.files),
        heard=frozenset(file.digest for file in results.files if file.digest and file.media_type in FORMATS),
        corrections=results.corrections,
        deals=results.deals,
        screenings=results.screenings,
        list_changes=results.list_changes,
        organisations=results.organisations,
        stakes=results.stakes,
    )


def _readings(derivation: Derivation, file: FileRow) -> tuple[PageReading, ...]:
    """How each page of a source was read."""
    stored = derivation.db.readings(file.digest, file.media_type) if file.digest and file.media_type else ()
    return accounting.whole(file, stored)


def _is_read(file: FileRow) -> bool:
    return file.status in {Status.READ, Status.PARTIAL}


def _contexts(derivation: Derivation, results: Results) -> Iterator[tuple[CitationKey, tuple[str, str]]]:
    """The words around what related records say differently, for those whose differences are printed."""
    read = {file.digest: file for file in results.files if _is_read(file)}
    for citation in related.citations(results.related):
        file = read[citation.digest]
        text = derivation.db.page(citation.digest, file.media_type or "", citation.page or 1).text
        yield key(citation), (text[max(0, citation.start - _AROUND) : citation.start], text[citation.end :][:_AROUND])


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
