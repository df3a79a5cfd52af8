"""From sealed evidence to results: reads what is missing, assembles what was found, pictures what is cited.

Each step does only what the store does not hold yet, so work that was stopped at any moment goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from re import finditer

from countersight import read
from countersight.errors import StorageError
from countersight.find import Pack
from countersight.model import RUNGS, Box, Citation, Correction, Digest, FileRow, Finding, Page, Source, Strength
from countersight.model.outcome import Outcome
from countersight.pipeline import assemble, correct
from countersight.pipeline.correct import Desk
from countersight.pipeline.correction import Act
from countersight.pipeline.examine import Examined, Job, crashed, examine, head, kind, opening, rules
from countersight.pipeline.illustrate import Sitting, illustrate
from countersight.pipeline.plan import Visit, walk
from countersight.ports import Done, Executor, Failure, Limits, Progress
from countersight.privacy.masks import BLOCK
from countersight.read.scan import PICTURED
from countersight.store.blobs import Blobs
from countersight.store.db import OCR, Database, Illustration, Part, Range, Where, bare
from countersight.store.disk import replace as write_whole
from countersight.text.dates import find_date

_BATCH = 32  # outcomes written in one transaction
_OCR_MEMORY = 4_000_000_000  # bytes of address space: the models take about 1 GB, their library reserves more
_CONTEXT = 60  # characters shown on either side of a quote that no picture shows

PageKey = tuple[Digest, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with its media type; for each citation the words around it and the ranges of its decisive words.

    ``scanned`` is, for each citation that OCR read, the confidence of its page and the offsets of its weak characters.
    """

    finding: Finding
    contexts: tuple[tuple[str, str], ...]
    emphasis: tuple[tuple[Range, ...], ...]
    media: str
    scanned: tuple[tuple[float, tuple[int, ...]] | None, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """All files in the order of the ledger, all findings in the order of printing, and the sizes of page pictures.

    ``corrections`` are those that stand, by locator and page.
    """

    files: list[FileRow]
    shown: list[Shown]
    corrections: list[Correction] = field(default_factory=list)
    pictures: dict[PageKey, Illustration] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Derivation:
    """One case being derived: where its bytes lie, its store, the rules and who does the work."""

    evidence: Blobs
    members: Blobs
    images: Path
    db: Database
    packs: tuple[Path, ...]
    executor: Executor
    limits: Limits
    progress: Progress
    ocr: bool = True
    acts: Mapping[PageKey, Act] = field(default_factory=dict)

    def run(self, received: Iterable[Source]) -> Results:
        """Derive everything and leave it in the store."""
        sources = list(received)
        with self.db.transaction():
            self.desk.go_back()
        self._read(sources)
        results = self._pictured(self._assembled(sources))
        with self.db.transaction():
            self.db.set_results(results.files, (shown.finding for shown in results.shown), results.corrections)
        return results

    @property
    def desk(self) -> Desk:
        """The corrections of reviewers."""
        return Desk(self.acts, self.evidence, self.db)

    @property
    def pack(self) -> Pack:
        """The rules; read while workers are at work already."""
        return rules(self.packs)

    # ── reading ──

    def _read(self, sources: list[Source]) -> None:
        """Do what is missing until nothing is: each round may find members and pages the next one reads.

        OCR comes last and with limits of its own: a page takes seconds, and its models more memory than any reader.
        """
        while work := self._missing(sources):
            text = {where: name for where, name in work.items() if not where[1].startswith(OCR)}
            self._do(text or work, self.limits if text else replace(self.limits, memory=_OCR_MEMORY))

    def _missing(self, sources: list[Source]) -> dict[Where, str]:
        """The work items still to do, each with the name its source goes by."""
        with self.db.transaction():
            visits = list(walk(sources, self, self.limits))
        return {where: visit.source.name for visit in visits for where in visit.missing}

    def sniffed(self, digest: Digest, name: str) -> tuple[str | None, int, str]:
        """What a source is; looked at once and remembered."""
        known = self.db.sniffed(digest, name)
        if known is None:
            first = head(self._path(digest))
            chosen = read.choose(first, name)
            media, reason = (chosen[1], "") if chosen else read.unsupported(first, name)
            known = media, getattr(chosen[0], "pages_per_item", 0) if chosen else 0, reason
            self.db.add_sniffed(digest, name, *known)
        return known

    def part(self, where: Where) -> Part | None:
        """What is known of a work item."""
        return self.db.part(where)

    def corrected(self, digest: Digest, media: str) -> list[Where]:
        """The work items of a source's corrected pages."""
        return self.desk.wheres(digest, media)

    def _path(self, digest: Digest) -> Path:
        sealed = self.evidence.path(digest)
        return sealed if sealed.exists() else self.members.path(digest)

    def _do(self, work: Mapping[Where, str], limits: Limits) -> None:
        jobs = {_key(where): (where, self._job(where, name)) for where, name in work.items()}
        outcomes = self.executor.run(examine, ((key, job) for key, (_, job) in jobs.items()), limits)
        done = pages = 0
        while batch := list(islice(outcomes, _BATCH)):
            with self.db.transaction():
                for outcome in batch:
                    where, job = jobs[outcome.key]
                    made = _examined(outcome, job)
                    self.db.add_outcome(where, made.part, made.body, made.pages)
                    done, pages = done + 1, pages + len(made.pages)
            self.progress("reading" if limits == self.limits else "reading scans", done, len(jobs), pages)

    def _job(self, where: Where, name: str) -> Job:
        digest, media, first, stop = where
        job = Job(self._path(digest), name, bare(media), first, stop, self.members, self.packs, self.limits)
        if bare(media) == media:
            return job
        page = self.desk.page(digest, bare(media), stop)
        if assemble.is_correction(where):
            return replace(job, instead=page, text=self.desk.text(self.acts[digest, stop]))
        return replace(job, instead=page, ocr=True)

    # ── assembling ──

    def _assembled(self, sources: list[Source]) -> Results:
        results = Results([], [])
        with self.db.transaction():
            for visit in walk(sources, self, self.limits):
                read = correct.undone(visit)
                file, found = self._told(read, self.desk.page)
                if read is not visit:
                    visit, before = correct.done(visit, self.desk), found  # noqa: PLW2901
                    file, found = self._told(visit, self.db.page)
                    file, found, told = correct.compared(visit, self.desk, file, before, found)
                    results.corrections.extend(told)
                results.files.append(file)
                results.shown.extend(map(_shown, found))
        results.shown.sort(key=_order)
        results.corrections.sort(key=lambda one: (str(one.locator), one.page or 0))
        return results

    def _told(self, visit: Visit, page: assemble.Pages) -> tuple[FileRow, list[assemble.Candidate]]:
        """What became of a source, and what was found in its pages."""
        outcomes = [self._outcome(where, visit, page) for where in visit.parts]
        settled = assemble.settled(visit, outcomes)
        file = assemble.account(visit, settled)
        return file, list(assemble.candidates(self.pack, file, settled, page))

    def _outcome(self, where: Where, visit: Visit, page: assemble.Pages) -> Outcome:
        """An outcome as if read by this name, and with these pages.

        The same bytes may have been read when they were known by another name, and their first pages been corrected.
        """
        outcome, name = self.db.outcome(where), visit.source.name
        corrected = any(map(assemble.is_correction, visit.parts))
        if where[2] > 0 or outcome.crashed or (outcome.name == name and not corrected):
            return outcome
        told = replace(outcome, kind=kind(self._pages(where, page), name, bare(where[1])), name=name)
        first, now = (find_date(opening(self._pages(where, pages))) for pages in (self.desk.page, page))
        if corrected and outcome.reading.dated == first:
            told = replace(told, reading=replace(told.reading, dated=now))
        return told

    def _pages(self, where: Where, page: assemble.Pages) -> Iterator[Page]:
        """The pages a work item read from the start of its source."""
        part = self.db.part(where)
        for number in range(1, part.reached + 1 if part else 1):
            with suppress(KeyError):  # a page that was not read
                yield page(where[0], bare(where[1]), number)

    # ── picturing ──

    def _pictured(self, results: Results) -> Results:
        wanted: dict[PageKey, set[Range]] = {}
        media = {}
        for shown in results.shown:
            for citation in shown.finding.citations if shown.media in PICTURED else ():
                if citation.page is not None:
                    media[citation.digest] = shown.media
                    wanted.setdefault((citation.digest, citation.page), set()).add((citation.start, citation.end))
        ranges = {key: tuple(sorted(spans)) for key, spans in sorted(wanted.items())}
        self._picture({key: spans for key, spans in ranges.items() if not self._has_picture(key, spans)}, media)
        made = {key: self.db.illustration(*key, spans) for key, spans in ranges.items()}
        boxes: dict[tuple[Digest, int | None, int, int], tuple[Box, ...]] = {
            (*key, *span): found
            for key, picture in made.items()
            if picture
            for span, found in zip(ranges[key], picture.boxes, strict=True)
        }

        def of(citation: Citation) -> Citation:
            at = (citation.digest, citation.page, citation.start, citation.end)
            return replace(citation, boxes=boxes.get(at, ()))

        placed = [replace(s, finding=_with(s.finding, map(of, s.finding.citations))) for s in results.shown]
        return replace(results, shown=placed, pictures={key: picture for key, picture in made.items() if picture})

    def _has_picture(self, key: PageKey, spans: tuple[Range, ...]) -> bool:
        return self.db.illustration(*key, spans) is not None and self.image(key).exists()

    def image(self, key: PageKey) -> Path:
        """Where the picture of a page lies."""
        return self.images / f"{key[0][:16]}-p{key[1]:04d}.png"

    def _picture(self, wanted: Mapping[PageKey, tuple[Range, ...]], media: Mapping[Digest, str]) -> None:
        sittings = {f"{digest} {number}": (digest, number) for digest, number in wanted}
        items = ((name, self._sitting(key, wanted[key], media[key[0]])) for name, key in sittings.items())
        for done, outcome in enumerate(self.executor.run(illustrate, items, self.limits), 1):
            key = sittings[outcome.key]
            if isinstance(outcome.result, Failure):
                _stop_if_full(outcome.result)
                continue  # the quote stands without a picture, and the dossier says so
            made, png = outcome.result
            write_whole(self.image(key), png)
            with self.db.transaction():
                self.db.add_illustration(*key, wanted[key], made)
            self.progress("picturing", done, len(sittings), done)

    def _sitting(self, key: PageKey, spans: tuple[Range, ...], media: str) -> Sitting:
        digest, number = key
        page = self.db.page(digest, media, number)
        read = self.desk.page(digest, media, number)
        back = correct.mapped(read, page)
        cited, hidden = (tuple(correct.placed(back, *span) for span in found) for found in (spans, _masked(page.text)))
        scanned = read if "ocr" in read.origin else None
        return Sitting(self._path(digest), media, number, cited, (*_masked(read.text), *hidden), scanned)


def _shown(candidate: assemble.Candidate) -> Shown:
    contexts = tuple(
        (page.text[max(0, cited.start - _CONTEXT) : cited.start], page.text[cited.end : cited.end + _CONTEXT])
        for cited, page in zip(candidate.finding.citations, candidate.pages, strict=True)
    )
    scanned = tuple(
        (page.confidence, tuple(at for at, _ in page.weak if cited.start <= at < cited.end))
        if page.confidence is not None and (page.origin == "ocr" or page.span(cited.start, cited.end).boxes())
        else None
        for cited, page in zip(candidate.finding.citations, candidate.pages, strict=True)
    )
    return Shown(candidate.finding, contexts, candidate.emphasis, candidate.media, scanned)


def _masked(text: str) -> Iterator[Range]:
    return (match.span() for match in finditer(f"{BLOCK}+", text))


def _key(where: Where) -> str:
    return " ".join(map(str, where))


def _examined(outcome: Done, job: Job) -> Examined:
    if isinstance(outcome.result, Failure):
        _stop_if_full(outcome.result)
        return crashed(job, outcome.result.reason)
    made: Examined = outcome.result
    return made


def _stop_if_full(failure: Failure) -> None:
    if failure.storage:
        raise StorageError(failure.reason)


def _with(finding: Finding, citations: Iterable[Citation]) -> Finding:
    return replace(finding, citations=tuple(citations))


_STRENGTHS = list(Strength)


def _order(shown: Shown) -> tuple[object, ...]:
    """The order of printing: findings, leads, exculpatory; gravest first; then best evidenced; then by place."""
    finding = shown.finding
    cited = finding.citations[0]
    return (
        _STRENGTHS.index(finding.strength),
        -finding.severity.severity,
        -RUNGS.index(finding.rung),
        finding.rule,
        str(cited.locator),
        cited.page or 0,
        cited.start,
        finding.id,
    )
