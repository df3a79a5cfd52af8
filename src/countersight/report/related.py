"""Records that tell the same, in words: what each is to the other, where they differ, and what is said in both."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from countersight.model import Citation, Digest, FileRow, Finding, Status
from countersight.relate import Kind, Related
from countersight.report import show
from countersight.report.view import DossierView, key
from countersight.text.normal import flatten
from countersight.text.shingles import TOKEN

PRINTED = 100  # relations whose differences are printed; the export has all
_SPACE = re.compile(r"\s+")
_CUT_WORD, _WORD_CUT = re.compile(r"\A[!-~]+\s"), re.compile(r"\s[!-~]+\Z")  # of words between spaces
_CUT = 160  # characters printed of words that differ
_LOOKED_AT = 3  # citations of a finding that are held against those of another, where none is the same
_SAME, _FEWEST = 0.8, 8  # of the letters in common, and of how many letters, for one passage to be the other
_ORDER = (Kind.VERSION, Kind.SAME_TEXT, Kind.CONTAINS, Kind.NEAR_DUPLICATE, Kind.SAME_BYTES)
_WORDS = {
    "same_bytes": ("has the same bytes as", "the same bytes"),
    "same_text": ("has the same text as", "the same text"),
    "version": ("is another version of", "the other version"),
    "contains": ("contains the text of", "a record this one contains"),
    "contained_in": ("is contained in", "a record that contains this one"),
    "near_duplicate": ("is worded nearly like", "a record worded nearly alike"),
}


def words(what: str) -> str:
    """What a record is to another: ``is another version of``."""
    return _WORDS[what][0]


def ordered(related: Iterable[Related]) -> list[Related]:
    """Relations in the order of printing: versions first, the same bytes last; then by place."""
    return sorted(related, key=lambda each: (_ORDER.index(each.kind), [str(r.locator) for r in each.records]))


def citations(related: Iterable[Related]) -> Iterator[Citation]:
    """Every citation of the differences that are printed."""
    for each in ordered(related)[:PRINTED]:
        for pair in each.differing:
            yield from (citation for citation in (pair.first, pair.second) if citation)


@dataclass(frozen=True, slots=True)
class Side:
    """What one record says where another says something else: its words (cut), those around, the place."""

    words: str
    around: tuple[str, str]
    place: str


@dataclass(frozen=True, slots=True)
class Told:
    """A relation as printed: its records' rows in the account (None for one that is not there), the differences."""

    related: Related
    files: tuple[FileRow | None, ...]
    differing: tuple[tuple[Side | None, Side | None], ...]

    @property
    def words(self) -> str:
        """What the first is to the others."""
        return words(self.related.kind.value)

    @property
    def notes(self) -> list[str]:
        """What a reader must know before leaning on it."""
        found = []
        if self.related.template:
            found.append("The wording is shared, as from one template; the reference or the parties named are others.")
        if self.related.by_ocr:
            found.append("At least one of the two was read by OCR: small differences may be errors of reading.")
        return found


def told(view: DossierView) -> list[Told]:
    """The relations that are printed with their differences."""
    rows = _rows(view.files)
    return [_told(view, rows, each) for each in ordered(view.relations)[:PRINTED]]


def _rows(files: Iterable[FileRow]) -> Mapping[Digest, FileRow]:
    found: dict[Digest, FileRow] = {}
    for file in sorted(files, key=lambda file: (file.status is Status.DUPLICATE, str(file.locator))):
        if file.digest:
            found.setdefault(file.digest, file)
    return found


def _told(view: DossierView, rows: Mapping[Digest, FileRow], each: Related) -> Told:
    files = tuple(rows.get(record.digest) for record in each.records)
    pairs = ((_side(view, rows, pair.first), _side(view, rows, pair.second)) for pair in each.differing)
    return Told(each, files, tuple(pairs))


def _side(view: DossierView, rows: Mapping[Digest, FileRow], citation: Citation | None) -> Side | None:
    if citation is None:
        return None
    file = rows.get(citation.digest)
    quote = " ".join(citation.quote.split())
    cut = len(quote) > _CUT
    before, after = view.contexts.get(key(citation), ("", ""))
    place = show.place(citation, pdf=file is not None and file.media_type == "application/pdf")
    shown = f"{quote[: _CUT - 1]}…" if cut else quote
    return Side(shown, (_before(before), "" if cut else _after(after)), place)


def _before(text: str) -> str:
    """The words before a difference on one line, without the one that was cut."""
    return _SPACE.sub(" ", _CUT_WORD.sub("", text)).lstrip()


def _after(text: str) -> str:
    """The words after it."""
    return _SPACE.sub(" ", _WORD_CUT.sub("", text)).rstrip()


@dataclass(frozen=True, slots=True)
class Repeat:
    """A finding of the same rule on the same words in a related record, and what that record is to this one's."""

    finding: str
    what: str

    @property
    def words(self) -> str:
        """Where it is: ``the other version``."""
        return _WORDS[self.what][1]


def repeats(findings: Iterable[Finding], related: Iterable[Related]) -> dict[str, tuple[Repeat, ...]]:
    """For the findings that stand in related records, too, those findings there: by id, in the order of the findings.

    Two are one passage where their quotes have the same letters, or for readings by OCR nearly the same.
    """
    by_rule: dict[Digest, dict[str, list[_Passage]]] = defaultdict(lambda: defaultdict(list))
    order: dict[str, int] = {}
    for position, finding in enumerate(findings):
        order[finding.id] = position
        by_rule[finding.citations[0].digest][finding.rule].append(_Passage.of(finding))
    found: dict[str, set[Repeat]] = defaultdict(set)
    for each in related:
        if each.kind is not Kind.SAME_BYTES:
            a, b = (record.digest for record in each.records)
            for rule in sorted(by_rule[a].keys() & by_rule[b].keys()):
                for one, other in product(by_rule[a][rule], by_rule[b][rule]):
                    if one.is_like(other):
                        found[one.id].add(Repeat(other.id, each.of(a)))
                        found[other.id].add(Repeat(one.id, each.of(b)))

    def by_order(each: Repeat) -> tuple[int, str]:
        return order[each.finding], each.what

    return {at: tuple(sorted(found[at], key=by_order)) for at in order if at in found}


@dataclass(frozen=True, slots=True)
class _Passage:
    """A finding's id and the letters of its quotes, each once."""

    id: str
    quotes: tuple[str, ...]

    @classmethod
    def of(cls, finding: Finding) -> _Passage:
        return cls(
            finding.id, tuple(dict.fromkeys("".join(TOKEN.findall(flatten(c.quote))) for c in finding.citations))
        )

    def is_like(self, other: _Passage) -> bool:
        if not set(self.quotes).isdisjoint(other.quotes):
            return True
        return any(_alike(a, b) for a, b in product(self.quotes[:_LOOKED_AT], other.quotes[:_LOOKED_AT]))


def _alike(a: str, b: str) -> bool:
    """Whether one passage is the other, or most of it, with a few letters read otherwise."""
    if min(len(a), len(b)) < _FEWEST:
        return False
    if a in b or b in a:
        return True
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.real_quick_ratio() >= _SAME and matcher.quick_ratio() >= _SAME and matcher.ratio() >= _SAME
