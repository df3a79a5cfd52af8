"""Patterns: flags that one clause raises together, and the same clause found in several documents.

Co-occurrence raises confidence, never severity (domain guide, §1.5), so a pattern carries no score: it lists its rules
and all its places. A clause that stands in several documents is told once, each place with the words that are its own:
what is the same everywhere is template text, what differs is particular to the deal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from countersight.model import Citation, Digest, Finding, codec
from countersight.text.normal import fold
from countersight.text.shingles import TOKEN

ALIKE = 0.75
"""Of the tokens of two clauses in common, from which they are one clause with other names and numbers in it."""

TEMPLATE = 3
"""Documents in which a clause stands, from which its common words are called template text."""

_LEAST = 8  # tokens: a shorter clause is alike by chance
_SHINGLE = 3

Token = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a pattern: the widest citation there, the findings that cite it, the ranges of its own words.

    ``particular`` are code-point ranges of the quote that the pattern's first place does not have.
    """

    citation: Citation
    findings: tuple[str, ...]
    particular: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A clause that raises several flags or stands in several documents. ``template`` says it is a form's text."""

    id: str
    rules: tuple[str, ...]
    documents: int
    template: bool
    places: tuple[Place, ...]


def patterns(findings: Iterable[Finding]) -> tuple[Pattern, ...]:
    """The patterns among findings, in the order of the first finding of each."""
    findings = list(findings)
    rules = {finding.id: finding.rule for finding in findings}
    clauses = list(_clauses(findings))
    made = [_pattern([clauses[i] for i in group], rules) for group in _alike(clauses)]
    return tuple(pattern for pattern in made if len(pattern.rules) > 1 or pattern.documents > 1)


def _clauses(findings: Sequence[Finding]) -> Iterator[Place]:
    """Citations of one page that overlap, as one place each."""
    pages: dict[tuple[Digest, int | None], list[tuple[Citation, str]]] = defaultdict(list)
    for finding in findings:
        for citation in finding.citations:
            pages[citation.digest, citation.page].append((citation, finding.id))
    for cited in pages.values():
        run: list[tuple[Citation, str]] = []
        for one in sorted(cited, key=lambda pair: (pair[0].start, pair[0].end)):
            if run and one[0].start >= max(citation.end for citation, _ in run):
                yield _place(run)
                run = []
            run.append(one)
        yield _place(run)


def _place(run: list[tuple[Citation, str]]) -> Place:
    widest = max((citation for citation, _ in run), key=lambda citation: citation.end - citation.start)
    return Place(widest, tuple(dict.fromkeys(finding for _, finding in run)))


def _alike(clauses: Sequence[Place]) -> list[list[int]]:
    """Groups of clauses with the same words, each in order, groups by their first."""
    written: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, clause in enumerate(clauses):
        written[tuple(token for token, *_ in _tokens(clause.citation.quote))].append(i)
    texts = list(written)
    leader = list(range(len(texts)))
    for i, j in _candidates(texts):
        if leader[i] != leader[j] and _same(texts[i], texts[j]):
            first, second = sorted((leader[i], leader[j]))
            leader = [first if lead == second else lead for lead in leader]
    groups: dict[int, list[int]] = defaultdict(list)
    for text, lead in zip(texts, leader, strict=True):
        groups[lead] += written[text]
    return [sorted(group) for group in groups.values()]


def _candidates(texts: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Neighbouring texts of every shingle: enough to join all that share it."""
    holding: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, words in enumerate(texts):
        for shingle in {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}:
            holding[shingle].append(i)
    return sorted({pair for own in holding.values() for pair in pairwise(own)})


def _same(a: Sequence[str], b: Sequence[str]) -> bool:
    if min(len(a), len(b)) < _LEAST:
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE


def _tokens(quote: str) -> list[Token]:
    folded, spans = fold(quote)
    return [(match[0], *spans.back(match.start(), match.end())) for match in TOKEN.finditer(folded)]


def _pattern(group: Sequence[Place], rules: dict[str, str]) -> Pattern:
    first = _tokens(group[0].citation.quote)
    places = (group[0], *(Place(p.citation, p.findings, _particular(first, p.citation.quote)) for p in group[1:]))
    documents = len({place.citation.digest for place in places})
    held = tuple(sorted({rules[finding] for place in places for finding in place.findings}))
    name = Digest.of(codec.encode([(p.citation.digest, p.citation.page, p.citation.start) for p in places]))[:12]
    return Pattern(f"PATTERN-{name}", held, documents, documents >= TEMPLATE, places)


def _particular(first: Sequence[Token], quote: str) -> tuple[tuple[int, int], ...]:
    """The ranges of a quote's words that the first place does not have."""
    own = _tokens(quote)
    matcher = SequenceMatcher(None, [token[0] for token in first], [token[0] for token in own], autojunk=False)
    return tuple(
        (own[b0][1], own[b1 - 1][2]) for what, _, _, b0, b1 in matcher.get_opcodes() if what != "equal" and b0 < b1
    )
