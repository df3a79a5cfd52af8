"""What follows from corrected text: which pages are read anew, and which findings came and went by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from countersight.model import Change, Citation, Correction, Digest, FileRow, Finding, Page, Status, codec
from countersight.pipeline.assemble import Candidate, is_correction, page_locator
from countersight.pipeline.correction import Act, PageKey, placed
from countersight.pipeline.plan import Visit
from countersight.privacy.masks import mask
from countersight.store.blobs import Blobs
from countersight.store.db import CORRECTED, OCR, Database, Range, Where
from countersight.text.align import align
from countersight.text.spanmap import SpanMap, apply

_LIMIT, _TOLD = 60, 5  # characters of a change that a note repeats, and changes
_AROUND = 20  # characters shown on either side of a change


@dataclass(frozen=True, slots=True)
class Desk:
    """The corrections that stand in a case, its evidence, and the store they change."""

    acts: Mapping[PageKey, Act]
    evidence: Blobs
    db: Database

    def page(self, digest: Digest, media: str, number: int) -> Page:
        """A page as it was read, whatever was corrected on it. Raises KeyError where it was not read."""
        return self.db.original(digest, media, number) or self.db.page(digest, media, number)

    def wheres(self, digest: Digest, media: str) -> list[Where]:
        """The work items of the corrected pages of a source; a page that is not read (any more) has none."""
        found = (self._where(digest, media, page) for source, page in self.acts if source == digest)
        return [where for where in found if where]

    def _where(self, digest: Digest, media: str, number: int) -> Where | None:
        """The work item of a page, named after all that it depends on."""
        act = self.acts.get((digest, number))
        try:
            page = self.page(digest, media, number)
        except KeyError:
            return None
        if act is None or self.text(act) == page.text:  # it may be read so by now
            return None
        key = Digest.of(codec.encode([page, act.text]))
        return digest, f"{CORRECTED}{key} {media}", number - 1, number

    def text(self, act: Act) -> str:
        """The text a correction gives, personal data hidden as this version does."""
        return mask(self._kept(act.text))[0]

    def seen(self, act: Act) -> str:
        """What the reviewer saw."""
        return self._kept(act.original)

    def _kept(self, digest: Digest | None) -> str:
        return self.evidence.path(digest).read_bytes().decode() if digest else ""

    def go_back(self) -> None:
        """Put back the original reading of pages whose correction no longer stands, or stands otherwise."""
        for digest, media, number in self.db.originals():
            where = self._where(digest, media, number)
            if where is None or self.db.part(where) is None:
                self.db.restore(digest, media, number)


# ── what follows ──


def undone(visit: Visit) -> Visit:
    """The visit as if nothing had been corrected; itself where nothing was."""
    if not any(map(is_correction, visit.parts)):
        return visit
    return replace(visit, parts=[where for where in visit.parts if not is_correction(where)])


def done(visit: Visit, desk: Desk) -> Visit:
    """The visit without what OCR could not read and a reviewer did."""
    mine = {where[3] for where in visit.parts if is_correction(where)}

    def counts(where: Where) -> bool:
        scan = where[1].startswith(OCR) and where[3] in mine
        return not scan or desk.db.outcome(where).reading.status is Status.READ

    return replace(visit, parts=list(filter(counts, visit.parts)))


@dataclass(frozen=True, slots=True)
class _Side:
    """A corrected page: as originally read, what was changed, and the map from the new text to the old."""

    act: Act
    original: Page
    changes: tuple[Change, ...]
    back: SpanMap


@dataclass(frozen=True, slots=True)
class _Located:
    """A citation of a finding, by its number; what holds there; where on its page as originally read."""

    finding: Finding
    number: int
    page: int
    holds: tuple[str, str, str]
    at: Range


def compared(
    visit: Visit, desk: Desk, file: FileRow, before: Sequence[Candidate], after: Sequence[Candidate]
) -> tuple[FileRow, list[Candidate], list[Correction]]:
    """The file and its findings, each noting what was corrected in its words, and the corrections.

    A finding that came or went without a word of its page corrected, since the record's kind or date is told otherwise
    now, is told with the first correction.
    """
    sides = {where[3]: _side(desk, where, visit.media or "") for where in visit.parts if is_correction(where)}
    old, new = _located(before, {}), _located(after, sides)
    came, went = _by_page(_lacking(new, old), sides), _by_page(_lacking(old, new), sides)
    told = {number: _correction(file, side, desk, came[number], went[number]) for number, side in sides.items()}
    notes = tuple(f"{_made(one)}: {one.why}" for one in told.values())
    return replace(file, notes=(*file.notes, *notes)), [_noted(c, told) for c in after], list(told.values())


def _side(desk: Desk, where: Where, media: str) -> _Side:
    digest, _, _, number = where
    original, page = desk.page(digest, media, number), desk.db.page(digest, media, number)
    edits = align(original.text, page.text)
    changes, shift = [], 0
    for edit in edits:
        start = edit.start + shift
        end = start + len(edit.text)
        around = page.text[max(0, start - _AROUND) : start], page.text[end : end + _AROUND]
        changes.append(Change(start, end, original.text[edit.start : edit.end], edit.text, *around))
        shift += len(edit.text) - (edit.end - edit.start)
    return _Side(desk.acts[digest, number], original, tuple(changes), apply(original.text, edits)[1])


def _located(candidates: Iterable[Candidate], sides: Mapping[int, _Side]) -> list[_Located]:
    """Every citation of every candidate: what holds there, and where on the page as originally read."""
    found = []
    for candidate in candidates:
        finding = candidate.finding
        for n, (cited, page) in enumerate(zip(finding.citations, candidate.pages, strict=True)):
            side, span = sides.get(page.number), (cited.start, cited.end)
            at = placed(side.back, *span) if side else span
            found.append(_Located(finding, n, page.number, (finding.rule, finding.strength, finding.rung), at))
    return found


def _lacking(these: Iterable[_Located], others: Iterable[_Located]) -> list[_Located]:
    """Those that none of the others is the same as: the same rule, as strong, at an overlapping place."""
    ranges: dict[tuple[object, ...], list[Range]] = {}
    for other in others:
        ranges.setdefault((other.page, *other.holds), []).append(other.at)
    return [
        one
        for one in these
        if not any(a < one.at[1] and one.at[0] < b for a, b in ranges.get((one.page, *one.holds), ()))
    ]


def _by_page(located: Iterable[_Located], sides: Mapping[int, _Side]) -> dict[int, list[Finding]]:
    """The findings of these citations, and only these, by corrected page."""
    found: dict[int, dict[str, tuple[Finding, list[Citation]]]] = {number: {} for number in sides}
    for one in located:
        number = one.page if one.page in sides else min(sides)
        _, citations = found[number].setdefault(one.finding.id, (one.finding, []))
        citations.append(one.finding.citations[one.number])
    return {n: [replace(f, citations=tuple(c)) for f, c in them.values()] for n, them in found.items()}


def _correction(file: FileRow, side: _Side, desk: Desk, came: Iterable[Finding], went: Iterable[Finding]) -> Correction:
    act, page = side.act, side.original
    if act.original is None or act.text is None:
        raise ValueError(f"not a correction: {act}")
    one = Correction(
        act.digest,
        file.name,
        page_locator(file, page),
        page.number if page.paged else None,
        page.label,
        act.by,
        act.at,
        act.why,
        act.original,
        act.text,
        side.changes,
        tuple(finding.id for finding in came),
        stale=desk.seen(act) != page.text,
    )
    gone = (replace(f, notes=(*f.notes, f"no longer holds: {_told(one, one.changes)}")) for f in went)
    return replace(one, went=tuple(gone))


def _noted(candidate: Candidate, told: Mapping[int, Correction]) -> Candidate:
    """The candidate, noting what was corrected in the words it cites."""
    finding, notes = candidate.finding, []
    for cited, page in zip(finding.citations, candidate.pages, strict=True):
        if one := told.get(page.number):
            notes.append(_told(one, [change for change in one.changes if change.touches(cited.start, cited.end)]))
    return replace(candidate, finding=replace(finding, notes=(*finding.notes, *dict.fromkeys(notes))))


def _told(one: Correction, changes: Sequence[Change]) -> str:
    """Who corrected what, in a sentence."""
    shown = [f"read {_quoted(c.read)}, corrected to {_quoted(c.corrected)}" for c in changes[:_TOLD]]
    more = [f"and {len(changes) - _TOLD} more"] if len(changes) > _TOLD else []
    return f"{_made(one)}: {'; '.join([*shown, *more]) or 'elsewhere on the page'}"


def _made(one: Correction) -> str:
    page = f"page {one.page}: " if one.page else ""
    return f"{page}text corrected by {one.by} on {one.at[:10]}"


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words[:_LIMIT]}{'…' if len(words) > _LIMIT else ''}”" if words else "white space" if text else "nothing"
