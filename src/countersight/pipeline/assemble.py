"""The account of one source and its findings, from stored outcomes. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial

from countersight.find import Assessed, DocumentFacts, Pack, assess, parts_of
from countersight.model import (
    BlockKind,
    Citation,
    DateSpan,
    Digest,
    FileRow,
    Finding,
    Locator,
    Page,
    PageFault,
    Reading,
    Status,
    Strength,
    codec,
)
from countersight.model.outcome import Outcome
from countersight.pipeline.doubt import doubts
from countersight.pipeline.plan import Visit
from countersight.pipeline.sounding import by_ear, confidence, is_heard, when
from countersight.read.pdf import NEEDS_OCR
from countersight.read.recording import UNHEARD
from countersight.read.sheet import WORKBOOKS
from countersight.store.db import CORRECTED, OCR, Range, Where
from countersight.text.segment import Segments

# What a passage that speaks against a rule's finding shows, whatever the rule.
_CONTRARY = "that the record says this is excluded, forbidden or not there."
_UNTESTED = "whether what was delivered and used was as the record says."

Pages = Callable[[Digest, str, int], Page]


def settled(visit: Visit, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes once OCR and reviewers have had their say: what was found on a page before no longer counts.

    A page that OCR could not read keeps what was found on it, and its fault, with OCR's reason.
    """
    parts = list(zip(outcomes, visit.parts, strict=True))
    scans = {where[3]: outcome for outcome, where in parts if _is_scan(where)}
    reread = {number for number, outcome in scans.items() if _was_read(outcome)}
    corrected = {where[3] for outcome, where in parts if is_correction(where) and not outcome.crashed}
    made = []
    for outcome, where in parts:
        if is_correction(where):
            made.append(outcome)
        elif _is_scan(where):
            made.append(_without_hits(_with_fault(outcome, where[3]), corrected))
        else:
            counted = outcome.counting(page for page in outcome.unsure if page.page not in reread)
            reading = _without_faults(outcome.reading, scans.keys() | corrected)
            made.append(_without_hits(replace(counted, unsure=(), reading=reading), reread | corrected))
    return made


def is_correction(where: Where) -> bool:
    """Whether a work item is the text of a page as a reviewer corrected it."""
    return where[1].startswith(CORRECTED)


def _is_scan(where: Where) -> bool:
    return where[1].startswith(OCR)


def _was_read(outcome: Outcome) -> bool:
    return outcome.reading.status is Status.READ and not outcome.crashed


def _with_fault(outcome: Outcome, number: int) -> Outcome:
    """A page by OCR; where OCR could not read it, that is its fault. A crash names its pages itself."""
    if outcome.reading.status is Status.READ or outcome.crashed:
        return outcome
    return replace(outcome, reading=replace(outcome.reading, faults=(PageFault(number, outcome.reading.reason),)))


def _without_hits(outcome: Outcome, pages: AbstractSet[int]) -> Outcome:
    """An outcome without what was found on pages that were read anew."""
    hits = tuple(hit for hit in outcome.hits if hit.page not in pages)
    return replace(outcome, hits=hits, clues=tuple(clue for clue in outcome.clues if clue.page not in pages))


def _without_faults(reading: Reading, pages: AbstractSet[int]) -> Reading:
    """A reading without the faults of pages that were to be read anew."""
    faults = tuple(fault for fault in reading.faults if fault.page not in pages)
    whole = reading.status is Status.PARTIAL and not faults and reading.reason in {"", NEEDS_OCR, UNHEARD}
    if not pages or not whole:
        return replace(reading, faults=faults)
    return replace(reading, faults=faults, status=Status.READ, reason="")


def account(visit: Visit, outcomes: Sequence[Outcome]) -> FileRow:
    """What became of a source: one line of the account of files."""
    source = visit.source
    read = [o for o in outcomes if not o.crashed]
    readings = [o.reading for o in read]
    languages: Counter[str] = Counter()
    for outcome in read:
        languages.update(outcome.languages)
    languages = +languages  # none of a corrected page alone
    parts = list(zip(outcomes, visit.parts, strict=True))
    scans = [o.reading for o, where in parts if _is_scan(where)]
    agents = dict.fromkeys(str(reading.agent) for reading in (*(o.reading for o in outcomes[:1]), *scans))
    kind = next((o.kind for o in outcomes if o.kind), None)
    status, reason = (visit.status, visit.reason) if visit.status else _status(visit, outcomes)
    return FileRow(
        digest=source.digest,
        name=source.name,
        locator=source.locator,
        parent=visit.parent,
        parent_locator=source.parent,
        media_type=visit.media,
        kind=kind[0] if kind else None,
        kind_reason=kind[1] if kind else None,
        language=min(languages, key=lambda code: (-languages[code], code)) if languages else None,
        dated=_dated(readings),
        size=source.size,
        pages=max((r.total for r in readings), default=0) or None,
        status=status,
        reason=reason or None,
        pages_ocr=sum(reading.status is Status.READ and reading.agent.name == "ocr" for reading in scans),
        pages_blank=sum(o.blank for o in read),
        pages_failed=_faults(visit, outcomes),
        reader="; ".join(agents) or None,
        title=next((r.title for r in readings if r.title), None),
        notes=tuple(filter(None, dict.fromkeys((source.note, *(note for r in readings for note in r.notes))))),
        members=tuple(visit.members),
        sandbox=tuple(held for held in (outcomes[0].held if outcomes else ()) if all(held in o.held for o in outcomes)),
    )


def _dated(readings: Sequence[Reading]) -> DateSpan | None:
    return next((r.dated for r in readings if r.dated), None)


def _status(visit: Visit, outcomes: Sequence[Outcome]) -> tuple[Status, str]:
    """Read where every part was; partial where some was; else as the first part that was not."""
    bad = [o.reading for o in outcomes if o.reading.status is not Status.READ]
    if not bad:
        return Status.READ, ""
    reasons = "; ".join(dict.fromkeys(r.reason or _first_fault(r) for r in bad))
    probes = {where for where in visit.parts if where[3] == 0}  # they ask for the number of pages alone
    some = any(
        o.reading.status in {Status.READ, Status.PARTIAL}
        for o, where in zip(outcomes, visit.parts, strict=True)
        if where not in probes
    )
    return (Status.PARTIAL if some else bad[0].status), reasons


def _first_fault(reading: Reading) -> str:
    return reading.faults[0].reason if reading.faults else ""


def _faults(visit: Visit, outcomes: Sequence[Outcome]) -> tuple[PageFault, ...]:
    faults: dict[int, PageFault] = {}
    for outcome, (_, _, first, stop) in zip(outcomes, visit.parts, strict=True):
        for fault in outcome.reading.faults:
            faults.setdefault(fault.page, fault)
        if outcome.crashed:
            for number in range(first + 1, stop + 1):
                faults.setdefault(number, PageFault(number, outcome.reading.reason))
    return tuple(faults[number] for number in sorted(faults))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A finding; for each citation its page and the ranges of its decisive words there; the source's media type."""

    finding: Finding
    pages: tuple[Page, ...]
    emphasis: tuple[tuple[Range, ...], ...]
    media: str


def candidates(pack: Pack, file: FileRow, outcomes: Sequence[Outcome], page: Pages) -> Iterator[Candidate]:
    """The findings, leads and exculpatory passages of one source, their citations still without boxes.

    Rows of one table on which the same rule holds alike are one finding, and so are places that say the same words.
    """
    if file.digest is None or file.media_type is None or not any(o.hits for o in outcomes):
        return
    signals: Counter[str] = Counter()
    for outcome in outcomes:
        signals.update(outcome.signals)
    hits = tuple(hit for outcome in outcomes for hit in outcome.hits)
    parts = parts_of(partial(_page, page, file.digest, file.media_type))
    facts = DocumentFacts(
        file.kind,
        file.dated,
        file.pages or 1,
        signals,
        hits,
        parts,
        file.language,
    )
    groups: dict[tuple[object, ...], list[tuple[Assessed, Page]]] = {}
    for found in assess(pack, facts):
        cited = page(file.digest, file.media_type, found.hit.page)
        groups.setdefault(_alike(found, cited), []).append((found, cited))
    for group in groups.values():
        citations = tuple(cite(file, cited, found.hit.start, found.hit.end) for found, cited in group)
        emphasis = tuple(tuple((term.start, term.end) for term in found.hit.terms) for found, _ in group)
        finding = _finding(file, [found for found, _ in group], citations)
        pages = tuple(cited for _, cited in group)
        doubtful = doubts((found.hit, cited) for found, cited in group if not is_heard(cited))
        finding = replace(finding, notes=(*finding.notes, *doubtful, *by_ear(citations, pages)))
        yield Candidate(finding, pages, emphasis, file.media_type)


def _page(page: Pages, digest: Digest, media: str, number: int) -> Page | None:
    try:
        return page(digest, media, number)
    except KeyError:
        return None  # it was not read


def _alike(found: Assessed, page: Page) -> tuple[object, ...]:
    """What is the same of hits that are told as one."""
    hit = found.hit
    segments = Segments(page)
    in_table = hit.scope == "row" and segments.row(hit.start) != segments.sentence(hit.start)  # in prose they are one
    words = page.number if in_table else "".join(page.span(hit.start, hit.end).quote().split())
    changed = tuple((at - hit.start, char) for at, char in hit.supposed)
    return found.rule.id, found.strength, found.rung, found.notes, words, changed


def cite(file: FileRow, page: Page, start: int, end: int) -> Citation:
    """The citation of ``[start, end)`` on a page of a file, without the white space around the words and without boxes.

    Raises ValueError where there are no words, or no bytes to cite.
    """
    quote = page.span(start, end).quote()
    words = quote.strip()
    if file.digest is None or not words:
        raise ValueError(f"nothing to cite in {file.locator}, [{start}, {end})")
    start += len(quote) - len(quote.lstrip())
    end = start + len(words)
    number = page.number if page.paged else None
    return Citation(
        file.digest,
        file.name,
        _locator(file, page, start, end),
        number,
        page.label,
        start,
        end,
        words,
        confidence=confidence(page, start, end),
        weak=tuple(one for one in page.weak if start <= one.at < end),
    )


def _locator(file: FileRow, page: Page, start: int, end: int) -> Locator:
    """The file's locator and the steps to the place in it: the time of a transcript, page or sheet, and the cells."""
    if said := when(page, start, end):
        return file.locator.into("time", said)
    at = page_locator(file, page)
    cells = [b.ref for b in page.blocks if b.kind is BlockKind.CELL and b.ref and b.start < end and start < b.end]
    return at.into("cell", cells[0] if len(cells) == 1 else f"{cells[0]}:{cells[-1]}") if cells else at


def page_locator(file: FileRow, page: Page) -> Locator:
    """The file's locator and the step to a page or sheet of it; the file's own where it has no pages."""
    if not page.paged:
        return file.locator
    if page.label and file.media_type in WORKBOOKS:
        return file.locator.into("sheet", page.label)
    return file.locator.into("page", page.number)


def _finding(file: FileRow, group: Sequence[Assessed], citations: tuple[Citation, ...]) -> Finding:
    first = group[0]
    rule = first.rule
    exculpatory = first.strength is Strength.EXCULPATORY
    places = [(citation.page, citation.start, citation.end) for citation in citations]
    supposed = [found.hit.supposed for found in group if found.hit.supposed]
    identity = codec.encode([rule.id, file.digest, places, *supposed])
    return Finding(
        id=f"{rule.id}-{Digest.of(identity)[:12]}",
        rule=rule.id,
        family=rule.family,
        title=rule.title,
        rung=first.rung,
        strength=first.strength,
        severity=rule.severity,
        citations=citations,
        explanation=first.explanation,
        shows=_CONTRARY if exculpatory else rule.shows,
        does_not_show=_UNTESTED if exculpatory else rule.does_not_show,
        norms=rule.norms,
        alternatives=rule.alternatives,
        terms=tuple(dict.fromkeys(term.text for found in group for term in found.hit.terms)),
        masks=tuple(dict.fromkeys(mask for found in group for mask in found.hit.masked)),
        kind=file.kind,
        notes=first.notes,
        involvement=first.involvement,
    )
