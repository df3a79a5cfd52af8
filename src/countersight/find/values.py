"""Value sets: lists such as ``unknown, non-minority, <one group>``, however they are set out."""

# ruff: noqa: D102, ARG002 (Node says what each method gives)

from __future__ import annotations

import re
from dataclasses import dataclass

from countersight.find.nodes import Clauses, Node, Scope, Terms
from countersight.model import Term

# What may stand between two values of one list: separators, codes, quotes, brackets, "or", an identifier's head.
_GAP = re.compile(
    r"""(?:[\s\d,;:|/\\=()\[\]{}<>"'“”‘’「」『』《》【】、。.·_~—–-]
         | [#](?:define)|(?<![a-z])[a-z](?=\s?[(=:])|(?<![a-z])(?:case|const|static|int)(?![a-z])
         | 或者?|以?及|和|与|为|是|即|类|值|表示|代表|分别
         | (?<![a-z])(?:or|and|a|an|the|not\sa|is|as)(?![a-z])
         | \#define\b | \([a-z]\) | (?<![a-z])[a-z]{1,12}_ )*""",
    re.VERBOSE,
)
_LONGEST_GAP = 28


@dataclass(frozen=True, slots=True)
class Values(Node):
    """A list of ``least`` to ``most`` values of which exactly one is of ``one`` and all others are of ``rest``.

    Values are told apart by the narrowest concept they stand for: two wordings of one value (``HAN=1（汉）``) count
    once. A list that holds a value of neither kind ends there.
    """

    one: str
    rest: str
    least: int
    most: int

    def clauses(self, inside: str = "page") -> Clauses:
        return (frozenset((self.one,)),)

    def find(self, scope: Scope) -> Terms | None:
        ones = {term.concept for term in scope.of(self.one)}
        return next((run for run in self._runs(scope) if self._fits({term.concept for term in run}, ones)), None)

    def _runs(self, scope: Scope) -> list[Terms]:
        """Maximal runs of values with nothing but separators between them."""
        runs: list[list[Term]] = []
        for term in _outermost((*scope.of(self.one), *scope.of(self.rest))):
            if runs and _joined(scope.folded[runs[-1][-1].end : term.start]):
                runs[-1].append(term)
            else:
                runs.append([term])
        return [tuple(run) for run in runs]

    def _fits(self, values: set[str], ones: set[str]) -> bool:
        return len(values & ones) == 1 and self.least <= len(values) <= self.most

    def describe(self) -> str:
        return f"a list of {self.least} to {self.most} values, exactly one of them {self.one}, the others {self.rest}"

    def names(self) -> tuple[str, ...]:
        return self.one, self.rest


def _joined(gap: str) -> bool:
    return len(gap) <= _LONGEST_GAP and _GAP.fullmatch(gap) is not None


def _outermost(terms: Terms) -> Terms:
    """In order, without those inside another: 少数民族 inside 非少数民族 is not a value of its own."""
    kept: list[Term] = []
    for term in sorted(terms, key=lambda t: (t.start, -t.end)):
        if not kept or term.end > kept[-1].end:
            kept.append(term)
    return tuple(kept)
