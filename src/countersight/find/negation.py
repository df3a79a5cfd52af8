"""Negation: words that turn a hit into evidence for the company (不采集民族属性, shall not store the ethnicity)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from countersight.find.nodes import Scope, Terms
from countersight.model import Term

# What ends a clause in folded text: a stop, a cell, a blank line; a comma beside Chinese; words that turn the sense.
BREAK = re.compile(
    r"[。!?；;\t]|\n\n|(?<!\bnos)(?<!\bno)\.\s|[,:](?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])[,:]|但|而是|除外"
    r"|\b(?:but|however|except|unless|instead|whereas)\b|,\s?and\s(?:it|they|the|shall|will|must|may)\b"
)

# What stands before a verb whose subject is denied: "no officer may" disclose.
_NOBODY = re.compile(
    r"\b(?:no|nobody|neither|none)\b[^.;,:]{0,60}\b(?:may|shall|can|could|must|will|would|should)\s(?:\w+\s)?$"
)

_FAR = 80  # characters between a thing and the word that undoes it
_BESIDE = 12  # characters between the word that undoes and what was meant again


@dataclass(frozen=True, slots=True)
class Negation:
    """How a rule's hits are negated.

    A term of ``by`` negates a term of the hit in the same clause: it ends at most ``before`` folded characters before
    it, or begins at most ``after`` behind it (0: never). A term of ``undone`` (已删除, are forbidden) negates any that
    stands before it in the clause. With ``of``, every term of those concepts must be negated; without, one of the hit.
    The whole hit is negated where a later sentence, at most the next behind it, says ``undone`` of a term of ``meant``
    (上述功能, this clause). ``denied`` tells whether a hit must hold without what the record denies outright.
    """

    by: tuple[str, ...] = ("negation",)
    of: tuple[str, ...] = ()
    before: int = 40
    after: int = 0
    undone: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    denied: bool = True

    def holds(self, scope: Scope, terms: Terms) -> bool:
        """Whether the hit made of ``terms`` is negated."""
        words, undone = (
            [word for name in names for word in scope.of(name) if _speaks(word, terms, scope.folded)]
            for names in (self.by, self.undone)
        )

        def negated(term: Term) -> bool:
            near = any(self._reaches(word, term, scope.folded) for word in words)
            return near or any(_same_clause(term, word, _FAR, scope.folded) for word in undone)

        if self._undone_next(scope, terms):
            return True
        if not self.of:
            return any(map(negated, terms))
        targets = [term for name in self.of for term in scope.of(name)]
        return bool(targets) and all(map(negated, targets))

    def _undone_next(self, scope: Scope, terms: Terms) -> bool:
        """Whether a later sentence, up to the one behind the hit, says of what was meant that it is undone."""
        if not self.meant or not terms:
            return False
        on = scope.on
        _, first = on.segment("sentence", min(term.start for term in terms))
        _, last = on.segment("sentence", max(term.end for term in terms) - 1)
        if last < len(on.folded):
            _, last = on.segment("sentence", last)
        sentences = Scope(on, first, last, "section")
        meant = [term for name in self.meant for term in sentences.of(name)]
        undone = [term for name in self.undone for term in sentences.of(name) if not _touched(term, terms)]
        return any(
            _same_clause(one, two, _FAR, on.folded) or _same_clause(two, one, _BESIDE, on.folded)
            for one in meant
            for two in undone
        )

    def _reaches(self, word: Term, term: Term, folded: str) -> bool:
        if word.start < term.start and term.end <= word.end:  # 不接入 holds 接入
            return self.before > 0
        if word.start < term.start:
            return _same_clause(word, term, self.before, folded)
        return _same_clause(term, word, self.after, folded)


def _same_clause(first: Term, last: Term, reach: int, folded: str) -> bool:
    """Whether ``last`` begins at most ``reach`` characters behind ``first``, in the same clause."""
    return reach > 0 and 0 <= last.start - first.end <= reach and not BREAK.search(folded[first.end : last.start])


def _touched(word: Term, terms: Terms) -> bool:
    """Whether a term holds a part of the word."""
    return any(word.start < term.end and term.start < word.end for term in terms)


def _speaks(word: Term, terms: Terms, folded: str) -> bool:
    """Whether a word negates at all: it is no part of a term, and nobody is told to do what it says."""
    denied = _NOBODY.search(folded, max(0, word.start - _FAR), word.start)
    return not denied and not any(_inside(word, term) for term in terms)


def _inside(word: Term, term: Term) -> bool:
    """Whether the negation belongs to the term itself, as 非 does to 非少数民族."""
    return term.start <= word.start and word.end <= term.end and term.concept != word.concept
