"""What runs in a worker: read, mask, tell the language, detect, and put pages in the form the store keeps.

A pure function of one source's bytes, its name and the version of code and rules: it runs anywhere, in any order, more
than once.
"""

from __future__ import annotations

import gc
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Lock

from countersight import read
from countersight.errors import ReadError
from countersight.find import Pack, RuleDetector, load
from countersight.find.clues import clues
from countersight.find.kind import classify
from countersight.find.suppose import supposed
from countersight.model import Agent, BlockKind, Clue, Hit, Page, PageFault, Reading, Status, codec
from countersight.model.outcome import Outcome, PageFacts
from countersight.pipeline.correction import corrected
from countersight.ports import Limits
from countersight.privacy.doubtful import mask_read
from countersight.privacy.masks import mask
from countersight.read import recording, scan
from countersight.report.wording import refuse_banned
from countersight.store.blobs import Blobs
from countersight.store.db import PageRow, Part, header
from countersight.store.search import index_form, supposed_form
from countersight.text.dates import find_date
from countersight.text.language import language
from countersight.text.normal import flatten
from countersight.text.shingles import signature
from countersight.text.variants import variants

_HEAD = 4096  # bytes a reader may look at before it claims a source
_OPENING = 6000  # characters from which the kind of a document and its date are told
_CORRECTION = Agent("correction", "1")
_READING = Lock()  # of rules: whoever asks meanwhile waits
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Job:
    """A work item: a source, or the 0-based pages ``[first, stop)`` of it; ``stop`` -1: as many as the reader likes.

    ``ocr`` says that its one page is to be recognised: a picture by OCR, sound by speech to text. ``spoken`` is the
    language of recordings where the user says so. ``correction`` is the one page as it was read, and its text as a
    reviewer corrected it.
    """

    path: Path
    name: str
    media: str
    first: int
    stop: int
    members: Blobs
    packs: tuple[Path, ...]
    limits: Limits
    ocr: bool = False
    spoken: str | None = None
    correction: tuple[Page, str] | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """An outcome in the form the store takes, and how many pages it holds."""

    part: Part
    body: str
    pages: tuple[PageRow, ...]


def rules(packs: tuple[Path, ...]) -> Pack:
    """The built-in rules and these packs; read once per process. Raises RuleError, also for words no dossier uses."""
    with _READING:
        return _read_rules(packs)


@cache
def _read_rules(packs: tuple[Path, ...]) -> Pack:
    pack = load(packs)
    for rule in pack.rules:
        refuse_banned(rule.id, (rule.title, rule.does_not_show, *rule.alternatives))
    return pack


@cache
def detector(packs: tuple[Path, ...]) -> RuleDetector:
    """The detector of the built-in rules and these packs; built once per process, and kept: nothing to collect."""
    built = RuleDetector(rules(packs))
    gc.freeze()
    return built


def head(path: Path) -> bytes:
    """The first bytes of a source."""
    with path.open("rb") as stream:
        return stream.read(_HEAD)


def examine(job: Job) -> Examined:
    """Read one work item and find in it. What cannot be read is an outcome too; only the program's own faults raise."""
    reading = _read(job)
    masked: Counter[str] = Counter()
    pages = tuple(_working(page, masked) for page in reading.pages)
    hits: list[Hit] = []
    told: list[Clue] = []
    facts: list[PageFacts] = []
    rows: list[PageRow] = []
    folded: list[str] = []
    for page in pages:
        found, concepts = detector(job.packs).detect(page)
        hits += (*found, *supposed(detector(job.packs), page, found))
        told += clues(page)
        facts.append(_facts(page, concepts))
        rows.append(PageRow(page.number, codec.dumps(page), index_form(page.text), supposed_form(page)))
        folded.append(flatten(page.text))
    first = pages if job.first == 0 else ()  # also of a scan: its first page has no text until OCR reads it
    reading = replace(
        reading,
        pages=(),
        title=_hidden(reading.title),
        dated=reading.dated or find_date(opening(first)),
        notes=(*(mask(note)[0] for note in reading.notes), *_untried(pages)),
    )
    scans = tuple(fault.page for fault in reading.faults if _is_legible(job.media, fault))
    outcome = Outcome(
        reading,
        tuple(hits),
        masked=dict(masked),
        unsure=tuple(fact for fact in facts if fact.page in scans),
        kind=kind(first, job.name, job.media),
        name=job.name,
        clues=tuple(told),
    ).counting(fact for fact in facts if fact.page not in scans)
    if job.correction:  # the page as it was read is counted already
        read_ = job.correction[0]
        outcome = outcome.counting([_facts(read_, detector(job.packs).detect(read_)[1])], times=-1)
    reached = max((*(page.number for page in pages), *(fault.page for fault in reading.faults)), default=0)
    part = Part(
        crashed=False,
        total=reading.total,
        reached=reached,
        members=reading.members,
        scans=scans,
        signature=signature("\n".join(folded)),  # at once: half as costly as page by page
    )
    return Examined(part, header(outcome), tuple(rows))


def _facts(page: Page, concepts: Mapping[str, int]) -> PageFacts:
    return PageFacts(page.number, dict(concepts), page.language, len(page.text), page.blank)


def _read(job: Job) -> Reading:
    if job.correction:
        return Reading(job.media, _CORRECTION, Status.READ, (corrected(*job.correction),))
    chosen = read.choose(head(job.path), job.name)
    if chosen is None or chosen[1] != job.media:
        raise ValueError(f"no reader of {job.media} for {job.name}")
    reader, media = chosen
    pages = None if job.stop < 0 else range(job.first, job.stop)
    try:
        if job.ocr and media in recording.FORMATS:
            return recording.hear(job.path, media, job.stop, job.spoken)
        if job.ocr:
            return scan.read(job.path, media, job.stop, job.limits)
        return reader.read(job.path, media, pages, job.limits, job.members)
    except ReadError as error:
        why = f"{error.what}; {error.way_out}" if error.way_out else error.what
        return Reading(media, reader.agent, Status(error.status), reason=why)


def _is_legible(media: str, fault: PageFault) -> bool:
    """Whether OCR or speech to text may read a page that has this fault."""
    return scan.can_read(media, fault) or recording.can_hear(media, fault)


def _working(page: Page, masked: Counter[str]) -> Page:
    """The working copy of a page: personal data hidden, language told."""
    text, marks, weak = mask_read(_whole(page.text), page.weak)
    masked.update(mark.kind for mark in marks)
    return replace(page, text=text, weak=weak, language=page.language or language(text))


def _untried(pages: Iterable[Page]) -> Iterator[str]:
    for page in pages:
        if left := variants(page.text, page.weak)[1]:
            yield f"page {page.number}: {left} less likely readings of weak characters were not tried"


def _hidden(text: str | None) -> str | None:
    return mask(_whole(text))[0] if text else None


def _whole(text: str) -> str:
    """The text with U+FFFD for halves of surrogate pairs, which no file can hold; as long as it was."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _HALF.sub("\ufffd", text)
    return text


def kind(pages: Iterable[Page], name: str, media: str) -> tuple[str, str] | None:
    """The kind of a document and the reason for it, from its first masked pages and its name."""
    text = opening(pages)
    return classify(text, name, media) if text else None


def opening(pages: Iterable[Page]) -> str:
    """How the pages begin, without what surrounds the body of a web page: dates and titles there are of others."""
    text = ""
    for page in pages:
        text += _body(page)[:_OPENING] + "\n"
        if len(text) >= _OPENING:
            break
    return text[:_OPENING].strip()


def _body(page: Page) -> str:
    """The text outside furniture."""
    parts, at = [], 0
    for block in sorted(page.blocks, key=lambda block: block.start):
        if block.kind is BlockKind.FURNITURE:
            parts.append(page.text[at : block.start])
            at = max(at, block.end)
    return "\n".join(part for part in (*parts, page.text[at:]) if part)


def crashed(job: Job, reason: str) -> Examined:
    """The outcome of a work item that did not finish."""
    chosen = read.choose(head(job.path), job.name)
    reader = chosen[0].agent if chosen else read.READERS[0].agent
    outcome = Outcome(Reading(job.media, reader, Status.FAILED, reason=reason), crashed=True)
    return Examined(Part(crashed=True, total=0, reached=0, members=()), header(outcome), ())
