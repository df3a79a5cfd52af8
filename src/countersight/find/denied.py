"""What a record says it has not: a finding must hold without these words (不设人脸识别, no right to veto)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from countersight.find.negation import BREAK
from countersight.find.nodes import Node, Scope, Seen, Terms, Within
from countersight.model import Term

HAS_NONE = "has_none"
"""Concept: said before a thing, that it is not there."""

NEEDS_NONE = "needs_none"
"""Concept: said behind a thing, that it is not needed or not there."""

WATCHING = "denied_watching"
"""Concept: what is hidden even where the rule asks for the denial itself, as one that asks for a lack does."""

CONCEPTS = (HAS_NONE, NEEDS_NONE, WATCHING)

_FAR = 28  # characters from the denial in which the thing begins; a third of them in Chinese
_SHORT = 9
_ENDS = re.compile(
    rf"{BREAK.pattern}|[,()]|即可|就|便|也|均|仍|而|因|对"
    r"|\b(?:until|if|when|while|because|before|after|that|which|who|than|of|for|to|as|by|from|in|on|with|against|upon)\b"
)
_VERB = re.compile(r"\b(?:may|shall|can|must|will|should|is|are|was|were|has|have|had|be|needs?|needed)\b")


def stands(node: Node, scope: Scope) -> bool:
    """Whether what holds in a part of a page holds there without what is denied in it or around it."""
    hidden = tuple((start, end, _asks(node, scope, word)) for word, start, end in _reaches(scope.around("window")))
    if not hidden:
        return True
    affirmed = _Affirmed(scope.on, hidden, {}, scope.on.ruled)
    return node.find(Scope(affirmed, scope.start, scope.end, scope.kind)) is not None


def _reaches(scope: Scope) -> Iterator[tuple[Term, int, int]]:
    """Each denial and the range in which what it denies begins."""
    folded = scope.folded
    for word in scope.of(HAS_NONE):
        english = word.text.isascii()
        found = _ENDS.search(folded, word.end, word.end + (_FAR if english else _SHORT))
        end = found.start() if found else word.end + (_FAR if english else _SHORT)
        if not (english and _is_subject(folded, word.end)):
            yield word, word.end, end
    for word in scope.of(NEEDS_NONE):
        first = max(0, word.start - _FAR)
        yield word, max((found.end() for found in _ENDS.finditer(folded, first, word.start)), default=first), word.start


def _is_subject(folded: str, start: int) -> bool:
    """Whether a verb follows in the clause: "no footage may be shown" denies the showing, not the footage."""
    end = BREAK.search(folded, start)
    return _VERB.search(folded, start, end.start() if end else len(folded)) is not None


def _asks(node: Node, scope: Scope, word: Term) -> bool:
    """Whether the rule itself asks for a word of denial."""
    part = Scope(scope.on, max(0, word.start - _FAR), word.end + _FAR, scope.kind)
    return any(term.start < word.end and word.start < term.end for name in {*node.asked()} for term in part.of(name))


@dataclass(slots=True)
class _Affirmed:
    """A page without the terms that begin in some ranges."""

    on: Seen
    hidden: tuple[tuple[int, int, bool], ...]
    memo: dict[tuple[int, int, int], bool]
    ruled: bool

    @property
    def folded(self) -> str:
        """As on the page."""
        return self.on.folded

    def terms(self, concept: str, start: int, end: int) -> Terms:
        """Those that are not denied."""
        watching = {(term.start, term.end) for term in self.on.terms(WATCHING, start, end)}
        return tuple(term for term in self.on.terms(concept, start, end) if not self._is_hidden(term, watching))

    def _is_hidden(self, term: Term, watching: set[tuple[int, int]]) -> bool:
        return any(
            a <= term.start < b and (not only or (term.start, term.end) in watching) for a, b, only in self.hidden
        )

    def count(self, concept: str) -> int:
        """Of the page."""
        return len(self.terms(concept, 0, len(self.folded)))

    def segment(self, kind: str, at: int) -> tuple[int, int]:
        """As on the page."""
        return self.on.segment(kind, at)

    def may_hold(self, within: Within, start: int, end: int) -> bool:
        """As on the page."""
        return self.on.may_hold(within, start, end)
