"""From sealed evidence to results: reads what is missing, assembles what was found, pictures what is cited.

Each step does only what the store does not hold yet, so work that was stopped at any moment goes on where it was.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from countersight import read
from countersight.errors import StorageError
from countersight.facts import placed
from countersight.find import Pack
from countersight.ledger import Entry
from countersight.model import (
    RUNGS,
    Box,
    Citation,
    Correction,
    Deal,
    Digest,
    FileRow,
    Finding,
    Organisation,
    Page,
    Source,
    Stake,
    Status,
    Strength,
)
from countersight.model.outcome import Outcome
from countersight.model.screening import ListChange, Screening
from countersight.pipeline import assemble, correct, facting, relating
from countersight.pipeline.correct import Desk
from countersight.pipeline.correction import Act
from countersight.pipeline.engine import office
from countersight.pipeline.examine import Examined, Job, crashed, examine, head, kind, opening, rules
from countersight.pipeline.illustrate import Sitting, illustrate, sitting
from countersight.pipeline.joining import flags
from countersight.pipeline.listchanges import changes
from countersight.pipeline.plan import Visit, walk
from countersight.pipeline.screened import screen_with, screened
from countersight.pipeline.sounding import noted
from countersight.pipeline.watch import Watch
from countersight.ports import Done, Executor, Failure, Limits, Progress
from countersight.read.recording import FORMATS
from countersight.read.scan import PICTURED
from countersight.relate import Related
from countersight.report import accounting
from countersight.store.blobs import Blobs
from countersight.store.db import OCR, Database, Illustration, Part, Range, Where, bare
from countersight.store.disk import replace as write_whole
from countersight.text.dates import find_date
from countersight.verdict import Verdict

_BATCH = 32  # outcomes written in one transaction
_OCR_MEMORY = 4_000_000_000  # bytes of address space: the models take about 1 GB, their library reserves more
_HEARING = 1800.0  # seconds for a stretch of five minutes: heard in one minute on an idle core, in many on a busy one
_TEXT, _PROGRAMS, _SCANS, _SOUND = range(4)  # what is read first, next …
_STAGES = ("reading", "reading", "reading scans", "hearing recordings")
_CONTEXT = 60  # characters shown on either side of a quote that no picture shows

PageKey = tuple[Digest, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with its media type; for each citation the words around it and the ranges of its decisive words."""

    finding: Finding
    contexts: tuple[tuple[str, str], ...]
    emphasis: tuple[tuple[Range, ...], ...]
    media: str


@dataclass(frozen=True, slots=True)
class Results:
    """All files in the order of the ledger, findings in the order of printing, relations, sizes of page pictures.

    ``corrections`` are those that stand, by locator and page.
    """

    files: list[FileRow]
    shown: list[Shown]
    corrections: tuple[Correction, ...] = ()
    related: tuple[Related, ...] = ()
    pictures: dict[PageKey, Illustration] = field(default_factory=dict)
    deals: tuple[Deal, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    screenings: tuple[Screening, ...] = ()
    stakes: tuple[Stake, ...] = ()
    list_changes: tuple[ListChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Derivation:
    """One case being derived: where its bytes lie, its store, the rules and who does the work.

    Whoever reads may write into ``members`` and a folder of its own inside ``scratch``, nowhere else.
    """

    evidence: Blobs
    members: Blobs
    images: Path
    db: Database
    packs: tuple[Path, ...]
    executor: Executor
    limits: Limits
    progress: Progress
    scratch: Path
    ocr: bool = True
    spoken: str | None = None
    acts: Mapping[PageKey, Act] = field(default_factory=dict)
    verdicts: tuple[Verdict, ...] = ()
    lists: Watch | None = None
    later: Sequence[Entry] = ()

    def run(self, received: Iterable[Source]) -> Results:
        """Derive everything and leave it in the store."""
        sources = list(received)
        with self.db.transaction():
            self.desk.go_back()
        self._read(sources)
        results = self._pictured(self._screened(self._related(self._assembled(sources))))
        with self.db.transaction():
            findings = (shown.finding for shown in results.shown)
            self.db.set_results(results.files, findings, results.related, results.corrections)
            self.db.set_facts(results.deals, results.organisations, results.screenings)
            self.db.set_stakes(results.stakes)
            self.db.set_list_changes(results.list_changes)
        return results

    @property
    def desk(self) -> Desk:
        """The corrections of reviewers."""
        return Desk(self.acts, self.evidence, self.db)

    @property
    def pack(self) -> Pack:
        """The rules."""
        return rules(self.packs)

    # ── reading ──

    def _read(self, sources: list[Source]) -> None:
        """Do what is missing until nothing is: each round may find members and pages the next one reads.

        What must start other programs goes apart, since nothing else may. OCR and then speech to text come last and
        with limits of their own: they take seconds and minutes a page, and their models more memory than any reader.
        """
        with ThreadPoolExecutor(1) as aside:
            while work := self._missing(sources):
                aside.submit(rules, self.packs)  # needed when all is read; now this process waits for workers
                turn = min(map(_turn, work))
                self._do({where: name for where, name in work.items() if _turn(where) == turn}, turn)

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
            known = media, chosen[0].pages_per_item if chosen else 0, reason
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

    def _do(self, work: Mapping[Where, str], turn: int) -> None:
        if turn == _PROGRAMS:
            self.db.set_meta("office", office())
        jobs = {_key(where): (where, self._job(where, name)) for where, name in work.items()}
        items = ((key, job) for key, (_, job) in jobs.items())
        outcomes = self.executor.run(
            examine,
            items,
            self._allowed(turn),
            writable=(self.members.folder,),
            programs=turn == _PROGRAMS,
            scratch=self.scratch,
        )
        done = pages = 0
        while batch := list(islice(outcomes, _BATCH)):
            with self.db.transaction():
                for outcome in batch:
                    where, job = jobs[outcome.key]
                    made = _examined(outcome, job)
                    self.db.add_outcome(where, made.part, made.body, made.pages, outcome.held)
                    done, pages = done + 1, pages + len(made.pages)
            self.progress(_STAGES[turn], done, len(jobs), pages)

    def _allowed(self, turn: int) -> Limits:
        limits = replace(self.limits, memory=_OCR_MEMORY) if turn >= _SCANS else self.limits
        return replace(limits, seconds=max(limits.seconds, _HEARING)) if turn == _SOUND else limits

    def _job(self, where: Where, name: str) -> Job:
        digest, media, first, stop = where
        path, kind, ocr = self._path(digest), bare(media), media.startswith(OCR)
        job = Job(path, name, kind, first, stop, self.members, self.packs, self.limits, ocr, self.spoken)
        if not assemble.is_correction(where):
            return job
        text = self.desk.text(self.acts[digest, stop])
        return replace(job, correction=(self.desk.page(digest, kind, stop), text))

    # ── assembling ──

    def _assembled(self, sources: list[Source]) -> Results:
        files: list[FileRow] = []
        shown: list[Shown] = []
        corrections: list[Correction] = []
        facts: list[facting.Told] = []
        with self.db.transaction():
            for visit in walk(sources, self, self.limits):
                read = correct.undone(visit)
                file, found, told = self._told(read, self.desk.page)
                if read is not visit:
                    visit, before = correct.done(visit, self.desk), found  # noqa: PLW2901
                    file, found, told = self._told(visit, self.db.page)
                    file, found, made = correct.compared(visit, self.desk, file, before, found)
                    corrections += made
                files.append(self._counted(facting.noted(file, told)))
                shown += map(_shown, found)
                facts.append(told)
        corrections.sort(key=lambda one: (str(one.locator), one.page or 0))
        deals, bodies, stakes = facting.joined(facts, self.verdicts)
        results = Results(accounting.with_duplicates(noted(files)), sorted(shown, key=_order), tuple(corrections))
        return replace(results, deals=deals, organisations=bodies, stakes=stakes)

    def _told(self, visit: Visit, page: assemble.Pages) -> tuple[FileRow, list[assemble.Candidate], facting.Told]:
        """What became of a source, what was found in its pages, and the facts they tell."""
        outcomes = assemble.settled(visit, [self._outcome(where, visit, page) for where in visit.parts])
        file = assemble.account(visit, outcomes)
        found = list(assemble.candidates(self.pack, file, outcomes, page))
        return file, found, facting.told(file, outcomes, page)

    def _counted(self, file: FileRow) -> FileRow:
        """The file with an account of how its pages were read."""
        if not file.digest or not file.media_type or file.status is Status.DUPLICATE:
            return file
        return accounting.counted(file, self.db.readings(file.digest, file.media_type))

    def _related(self, results: Results) -> Results:
        found = relating.related(self.db, results.files)
        return replace(results, files=relating.told(results.files, found), related=found)

    def _outcome(self, where: Where, visit: Visit, page: assemble.Pages) -> Outcome:
        """An outcome as if read by this name, with what OCR has read since and with these pages.

        The same bytes may have been read when they were known by another name, and their first pages been corrected.
        """
        outcome, part, name = self.db.outcome(where), self.db.part(where), visit.source.name
        corrected = any(map(assemble.is_correction, visit.parts))
        reread = corrected or (self.ocr and part is not None and part.scans)
        if where[2] > 0 or outcome.crashed or (outcome.name == name and not reread):
            return outcome
        told = replace(outcome, kind=kind(self._pages(where, page), name, bare(where[1])), name=name)
        if not corrected:
            return told
        first, now = (find_date(opening(self._pages(where, pages))) for pages in (self.desk.page, page))
        return replace(told, reading=replace(told.reading, dated=now)) if outcome.reading.dated == first else told

    def _pages(self, where: Where, page: assemble.Pages) -> Iterator[Page]:
        """The pages a work item read from the start of its source."""
        part = self.db.part(where)
        for number in range(1, part.reached + 1 if part else 1):
            with suppress(KeyError):  # a page that was not read
                yield page(where[0], bare(where[1]), number)

    # ── screening ──

    def _screened(self, results: Results) -> Results:
        """The organisations held against the lists, and the flags that hold where they meet deals."""
        if not results.organisations and not results.deals:
            return results
        rows, found = self._held(results)
        if self.later:
            without = self._held(results, but=frozenset(entry.n for entry in self.later))
            results = replace(results, list_changes=changes(self.later, without, (rows, found)))
        with self.db.transaction():
            shown = [*results.shown, *(self._shown_of(finding, results.files) for finding in found)]
        return replace(results, screenings=rows, shown=sorted(shown, key=_order))

    def _held(self, results: Results, but: Collection[int] = ()) -> tuple[tuple[Screening, ...], tuple[Finding, ...]]:
        """The answers of the lists, but those of some entries of the ledger, and the flags that follow from them."""
        deals, bodies, files = results.deals, results.organisations, results.files
        events = self.lists.events(but=but) if self.lists else ()
        rows = screened(screen_with(events, results.stakes, bodies), deals, bodies, files)
        with self.db.transaction():
            return rows, tuple(flags(self.pack.joined, deals, bodies, rows, files, page=self._cited))

    def _cited(self, citation: Citation, media: str) -> Page:
        return self.db.page(citation.digest, media, citation.page or 1)

    def _shown_of(self, finding: Finding, files: Iterable[FileRow]) -> Shown:
        media = next((f.media_type for f in files if f.digest == finding.citations[0].digest and f.media_type), "")
        pages = tuple(self._cited(citation, media) for citation in finding.citations)
        return _shown(assemble.Candidate(finding, pages, tuple(() for _ in pages), media))

    # ── picturing ──

    def _pictured(self, results: Results) -> Results:
        """Where quotes stand on pages, and pictures of the pages that findings cite."""
        media = {
            file.digest: file.media_type
            for file in results.files
            if file.digest and file.media_type and file.media_type in PICTURED
        }
        drawn = _wanted(media, (cited for shown in results.shown for cited in shown.finding.citations))
        wanted = _wanted(media, (cited for deal in results.deals for cited in placed.cited(deal)))
        for key, spans in drawn.items():
            wanted.setdefault(key, set()).update(spans)
        ranges = {key: tuple(sorted(spans)) for key, spans in sorted(wanted.items())}
        missing = {key: spans for key, spans in ranges.items() if not self._has_picture(key, spans, drawn=key in drawn)}
        self._picture(missing, media, drawn.keys())
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

        shown = [replace(s, finding=_with(s.finding, map(of, s.finding.citations))) for s in results.shown]
        deals = tuple(placed.placed(deal, of) for deal in results.deals)
        pictures = {key: picture for key, picture in made.items() if picture and key in drawn}
        return replace(results, shown=shown, deals=deals, pictures=pictures)

    def _has_picture(self, key: PageKey, spans: tuple[Range, ...], *, drawn: bool) -> bool:
        known = self.db.illustration(*key, spans)
        return known is not None and (not drawn or (known.width > 0 and self.image(key).exists()))

    def image(self, key: PageKey) -> Path:
        """Where the picture of a page lies."""
        return self.images / f"{key[0][:16]}-p{key[1]:04d}.png"

    def _picture(
        self, wanted: Mapping[PageKey, tuple[Range, ...]], media: Mapping[Digest, str], drawn: Container[PageKey]
    ) -> None:
        sittings = {f"{digest} {number}": (digest, number) for digest, number in wanted}
        items = (
            (name, self._sitting(key, wanted[key], media[key[0]], drawn=key in drawn)) for name, key in sittings.items()
        )
        made = self.executor.run(illustrate, items, self.limits, writable=(), scratch=self.scratch)
        for done, outcome in enumerate(made, 1):
            key = sittings[outcome.key]
            if isinstance(outcome.result, Failure):
                _stop_if_full(outcome.result)
                continue  # the quote stands without a picture, and the dossier says so
            picture, png = outcome.result
            if png:
                write_whole(self.image(key), png)
            with self.db.transaction():
                self.db.add_illustration(*key, wanted[key], picture)
            self.progress("picturing", done, len(sittings), done)

    def _sitting(self, key: PageKey, spans: tuple[Range, ...], media: str, *, drawn: bool) -> Sitting:
        digest, number = key
        page, read = self.db.page(digest, media, number), self.db.original(digest, media, number)
        return replace(sitting(self._path(digest), media, page, spans, read), drawn=drawn)


def _wanted(media: Mapping[Digest, str], citations: Iterable[Citation]) -> dict[PageKey, set[Range]]:
    """The ranges that are cited of each page that can be pictured."""
    wanted: dict[PageKey, set[Range]] = {}
    for citation in citations:
        if citation.page is not None and citation.digest in media:
            wanted.setdefault((citation.digest, citation.page), set()).add((citation.start, citation.end))
    return wanted


def _shown(candidate: assemble.Candidate) -> Shown:
    contexts = tuple(
        (page.text[max(0, cited.start - _CONTEXT) : cited.start], page.text[cited.end : cited.end + _CONTEXT])
        for cited, page in zip(candidate.finding.citations, candidate.pages, strict=True)
    )
    return Shown(candidate.finding, contexts, candidate.emphasis, candidate.media)


def _turn(where: Where) -> int:
    if where[1].startswith(OCR):
        return _SOUND if bare(where[1]) in FORMATS else _SCANS
    return _PROGRAMS if where[1] in read.THROUGH_PROGRAMS else _TEXT


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
