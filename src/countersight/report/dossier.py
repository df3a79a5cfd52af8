"""The dossier as HTML: a pure function from a view to files. No script, no network, no clock; every text is escaped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from countersight.model import RUNGS, Box, Citation, Correction, Digest, FileRow, Finding, Status, Strength
from countersight.pattern import Pattern, Place, patterns
from countersight.report import accounting, annex, bodies, chronology, corrected, parts, related, sheets, show
from countersight.report.checked import checked
from countersight.report.crop import Crop, crop, marks
from countersight.report.view import DossierView, PageKey, Picture, key
from countersight.report.wording import FAMILIES, RUNG_WORDS, Rung, check_findings
from countersight.text.gloss import Gloss, gloss
from countersight.translation import Translation, words

SUMMARY_LENGTH = 10
SHOWN = 3  # places of one finding that are quoted; the export has them all
_WEAKEST = 10  # pages read by OCR that are listed to be looked at
_LETTERS = {Strength.FINDING: "F", Strength.LEAD: "L", Strength.EXCULPATORY: "X"}
_UNSAFE = re.compile(r"[^0-9A-Za-z_.-]+")


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation as shown.

    ``page`` is the address of the whole page with the mark, where there is a picture of it. ``weak`` is what was read
    weakly by OCR or speech to text (``heard``), each once, as written: characters with what else each may be, or words.
    ``play`` are the addresses a browser tries for the stretch of the recording, ``gloss`` the quote's Chinese words.
    ``correction`` is that of the page, where the quote's words were corrected, and ``edited`` the quote with what was
    read before.
    """

    citation: Citation
    anchor: str
    place: str
    file: FileRow | None
    pieces: tuple[show.Piece, ...]
    around: tuple[str, str]
    crop: Crop | None
    page: str | None
    weak: tuple[tuple[str, str], ...] = ()
    heard: bool = False
    time: str = ""
    play: tuple[str, ...] = ()
    gloss: tuple[Gloss, ...] = ()
    translation: Translation | None = None
    correction: Correction | None = None
    edited: tuple[corrected.Edited, ...] = ()

    @property
    def language(self) -> str | None:
        """The language tag of the quote."""
        return show.language(self.citation.quote, self.file.language if self.file else None)


@dataclass(frozen=True, slots=True)
class Also:
    """The same passage in a related record: what that record is, the finding there, and its first place."""

    words: str
    number: str
    anchor: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as shown: its number in this dossier (``F-07``), its lasting anchor, its citations, and ``also``.

    ``also`` are the findings on the same words in related records.
    """

    number: str
    anchor: str
    finding: Finding
    rung: Rung
    cites: tuple[Cite, ...]
    also: tuple[Also, ...] = ()

    @property
    def more(self) -> int:
        """How many of its places are not quoted."""
        return len(self.finding.citations) - len(self.cites)


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one strength and family, and the first entry of each rule among them with the rule's count."""

    anchor: str
    name: str
    entries: tuple[Entry, ...]

    @property
    def firsts(self) -> dict[str, Entry]:
        """The first entry of each rule: what the rule says is printed whole there."""
        return {entry.finding.rule: entry for entry in reversed(self.entries)}

    @property
    def rules(self) -> list[tuple[Entry, int]]:
        """The first entry of each rule, in their order, and how many the rule has."""
        count = Counter(entry.finding.rule for entry in self.entries)
        firsts = self.firsts
        return [(firsts[rule], number) for rule, number in count.items()]


@dataclass(frozen=True, slots=True)
class CitedPage:
    """A page that is cited: its picture, and who cites what on it with the marks in fractions of the page."""

    href: str
    picture: Picture
    quotes: tuple[tuple[Entry, Cite, tuple[Box, ...]], ...]

    @property
    def first(self) -> Cite:
        """Any citation of the page; they share file and place."""
        return self.quotes[0][1]


def build(view: DossierView) -> Iterator[tuple[str, bytes]]:
    """The files of a dossier: path relative to its folder, and bytes. ``index.html`` comes first.

    The same view gives the same bytes. Raises RuleError where a rule's own words are words a dossier does not use.
    """
    check_findings(view.findings)
    entries = _pointing(view, _entries(view))
    yield "index.html", _index(view, entries)
    yield "style.css", style()
    pages = _cited_pages(view, entries)
    for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        yield page.href, render("page.html", view=view, page=page, before=before, after=after, up="../")


def style() -> bytes:
    """The style sheet of dossiers and sampling sheets."""
    return resources.files(__package__).joinpath("templates", "style.css").read_bytes()


def page_href(digest: Digest, page: int) -> str:
    """The address of a cited page inside the dossier."""
    return f"pages/{digest[:16]}-p{page:04d}.html"


def _index(view: DossierView, entries: Sequence[Entry]) -> bytes:
    by_strength = {strength: [e for e in entries if e.finding.strength is strength] for strength in Strength}
    counted = accounting.in_pages(view.files, view.readings)
    return render(
        "index.html",
        view=view,
        up="",
        account=accounting.account(view.files),
        summary=summary(by_strength[Strength.FINDING]),
        counts={strength.value: len(found) for strength, found in by_strength.items()},
        groups={strength.value: _groups(found) for strength, found in by_strength.items()},
        lines=accounting.lines(view.files, view.readings),
        read_as=accounting.read_as(counted),
        spoken=accounting.spoken(counted),
        corrections=corrected.told(view.corrections, entries),
        deals=(deals := _deals(view, entries)),
        sheet_ids={sheet.deal.id for sheet in deals.sheets} if deals else frozenset(),
        annex=annex.told(view.screenings, view.list_changes),
        bodies=bodies.told(view.organisations, view.stakes, view.deals),
        stake_kinds=bodies.KINDS,
        most_names=bodies.NAMES,
        chronology=chronology.told(view.deals, view.screenings),
        answers=annex.WORDS,
        date_roles=annex.ROLES,
        related=related.told(view),
        patterns=_patterns(view, entries),
        components=list(parts.by_maker(view.deals)),
        shown_parts=parts.PRINTED,
        named=sum(len(deal.components) for deal in view.deals),
        repeated=sum(any(also.number < entry.number for also in entry.also) for entry in by_strength[Strength.FINDING]),
        checked=[checked(sample, view.files, view.cover) for sample in view.samples],
        weakest=accounting.weakest(view.files, view.readings, _WEAKEST),
        reasons=accounting.reasons(view.files),
        rungs=[RUNG_WORDS[code] for code in RUNGS],
        unread=[f for f in view.files if f.unread],
        unverified=any("(unverified)" in norm for entry in entries for norm in entry.finding.norms),
    )


def _deals(view: DossierView, entries: Sequence[Entry]) -> sheets.Sheets | None:
    """The contract sheets."""
    files = _files(view)
    names = {deal.digest: files[deal.digest].name for deal in view.deals}
    return sheets.told(view.deals, entries, names, lambda c, anchor: _cite(view, files.get(c.digest), c, "", anchor))


def _patterns(view: DossierView, entries: Sequence[Entry]) -> list[tuple[Pattern, list[tuple[Place, list[Entry]]]]]:
    """The patterns with the entries of each place."""
    known = {entry.finding.id: entry for entry in entries}
    return [
        (found, [(place, [known[name] for name in place.findings]) for place in found.places])
        for found in patterns(view.findings)
    ]


def summary(findings: Sequence[Entry]) -> list[Entry]:
    """At most ten findings in the order of printing: the first of each rule, then the first of the rest."""
    first: dict[str, int] = {}
    for i, entry in enumerate(findings):
        first.setdefault(entry.finding.rule, i)
    chosen = dict.fromkeys([*first.values(), *range(len(findings))])
    return [findings[i] for i in sorted(list(chosen)[:SUMMARY_LENGTH])]


def _groups(entries: Iterable[Entry]) -> list[Group]:
    """Entries by family, families in the order in which they first come."""
    found = list(entries)
    order = {family: i for i, family in enumerate(dict.fromkeys(e.finding.family for e in found))}
    found.sort(key=lambda e: order[e.finding.family])
    return [_group(family, tuple(members)) for family, members in groupby(found, lambda entry: entry.finding.family)]


def _group(family: str, members: tuple[Entry, ...]) -> Group:
    letter = _LETTERS[members[0].finding.strength]
    return Group(_anchor(f"{letter}-{family}"), FAMILIES.get(family, family), members)


def _entries(view: DossierView) -> list[Entry]:
    files = _files(view)
    numbers = _numbers(view.findings)
    return [_entry(view, files, finding, number) for finding, number in zip(view.findings, numbers, strict=True)]


def _files(view: DossierView) -> dict[Digest | None, FileRow]:
    """The account of each source, under the place where it was read."""
    files: dict[Digest | None, FileRow] = {}
    for file in view.files:
        if file.digest not in files or files[file.digest].status is Status.DUPLICATE:
            files[file.digest] = file
    return files


def _pointing(view: DossierView, entries: Sequence[Entry]) -> list[Entry]:
    """The entries, each with those on the same words in related records."""
    by_id = {entry.finding.id: entry for entry in entries}
    found = related.repeats(view.findings, view.relations)
    return [
        replace(entry, also=tuple(_also(by_id[r.finding], r.words) for r in found.get(entry.finding.id, ())))
        for entry in entries
    ]


def _also(entry: Entry, words: str) -> Also:
    cite = entry.cites[0]
    return Also(words, entry.number, entry.anchor, cite.citation.name, cite.place)


def _numbers(findings: Sequence[Finding]) -> Iterator[str]:
    counts = dict.fromkeys(Strength, 0)
    digits = max(2, len(str(len(findings))))
    for finding in findings:
        counts[finding.strength] += 1
        yield f"{_LETTERS[finding.strength]}-{counts[finding.strength]:0{digits}d}"


def _entry(view: DossierView, files: Mapping[Digest | None, FileRow], finding: Finding, number: str) -> Entry:
    anchor = _anchor(finding.id)
    cites = (
        _cite(view, files.get(citation.digest), citation, finding.rule, f"{anchor}-{i}")
        for i, citation in enumerate(finding.citations[:SHOWN], 1)
    )
    return Entry(number, anchor, finding, RUNG_WORDS[finding.rung], tuple(cites))


def _cite(view: DossierView, file: FileRow | None, citation: Citation, rule: str, anchor: str) -> Cite:
    picture = view.pictures.get((citation.digest, citation.page)) if citation.page is not None else None
    decisive = view.emphasis.get((rule, key(citation)), ())
    strong = [(low - citation.start, high - citation.start) for low, high in decisive]
    cut = tuple(show.pieces(citation.quote, strong, [one.at - citation.start for one in citation.weak]))
    heard, time = citation.digest in view.heard, show.time(citation)
    correction, edited = corrected.quote(view.corrections, citation)
    return Cite(
        citation=citation,
        anchor=anchor,
        place=show.place(citation, pdf=file is not None and file.media_type == "application/pdf"),
        file=file,
        pieces=cut,
        around=view.contexts.get(key(citation), ("", "")),
        crop=crop(picture, citation.boxes) if picture and citation.boxes else None,
        page=page_href(citation.digest, citation.page) if picture and citation.page is not None else None,
        weak=tuple(show.doubted(cut) if heard else dict.fromkeys(_weak(citation))),
        heard=heard,
        time=time,
        play=show.played(view.recordings.get(citation.digest), time),
        gloss=gloss(citation.quote, view.glossary),
        translation=view.translations.get(words(citation.quote)),
        correction=correction,
        edited=edited,
    )


def _weak(citation: Citation) -> Iterator[tuple[str, str]]:
    return ((citation.quote[one.at - citation.start], one.others) for one in citation.weak)


def _anchor(text: str) -> str:
    """An id that needs no escaping in HTML, CSS or a URL. Ids from content have nothing to replace."""
    return _UNSAFE.sub("-", text)


def _cited_pages(view: DossierView, entries: Iterable[Entry]) -> list[CitedPage]:
    """Cited pages that have a picture, by file locator and page."""
    found: dict[PageKey, list[tuple[Entry, Cite]]] = {}
    for entry in entries:
        for cite in entry.cites:
            if cite.page and cite.citation.page is not None:
                found.setdefault((cite.citation.digest, cite.citation.page), []).append((entry, cite))

    def order(at: PageKey) -> tuple[str, Digest, int]:
        cite = found[at][0][1]
        return str(cite.file.locator if cite.file else cite.citation.locator), *at

    return [
        CitedPage(page_href(*at), view.pictures[at], tuple((e, c, marks(c.citation.boxes)) for e, c in found[at]))
        for at in sorted(found, key=order)
    ]


def render(template: str, **values: Any) -> bytes:
    """A page from one of the dossier's templates, every text in it escaped."""
    return _environment().get_template(template).render(values).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("countersight.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters |= {
        "percent": _percent,
        "lang": _lang,
        "dated": show.dated,
        "tongue": show.tongue,
        "faults": accounting.faults,
        "kinship": related.words,
        "named": accounting.named,
        "origin": show.origin,
        "share": show.share,
        "count": _count,
        "parts": bodies.parts,
        "held": bodies.percent,
        "fragment": lambda anchor: "#" + quote(anchor),
    }
    return environment


def _finalize(value: Any) -> Any:
    """Every text that is printed passes here: hidden characters become visible before escaping."""
    return show.visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _percent(fraction: float) -> str:
    return f"{fraction * 100:.2f}".rstrip("0").rstrip(".") + "%"


def _lang(text: str, of_document: str | None = None) -> Markup:
    """The ``lang`` attribute that fits a record's words, or nothing."""
    tag = show.language(text, of_document)
    return Markup(' lang="{}"').format(tag) if tag else Markup()


def _count(number: int, one: str, many: str | None = None) -> str:
    """``1 page``, ``2,000 pages``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
