"""One thing told in words to come before another: cameras that hang before bids are opened, 开标前已进场."""

# ruff: noqa: D102, ARG002 (Node says what each method gives)

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from countersight.find.nodes import Clauses, Node, Scope, Terms
from countersight.model import Term

_SENTENCE = re.compile(r"[;；。!?！？\n\t]|\.\s")
_CLAUSE = re.compile(rf"[,，:：]|{_SENTENCE.pattern}")
_SIDE = 48  # folded characters looked at on each side of a word
_GAP = r"[^,，;；。\t\n]"
_BEFORE = r"(?:before|prior to|ahead of|in advance of|earlier than|(?:pre-?dat|antedat|preced)(?:es?|ed|ing))"
_AFTER = r"(?:after|following|once|later than|subsequent to|until)"
_WHEN = r"(?:when|by the time|at the time of|by the date of)"

# What leads to the later thing, where the earlier may stand on either side: "before bids were opened", 早于开标.
_TO_LATER = re.compile(rf"(?:\b{_BEFORE}\b{_GAP}{{0,32}}|(?:早于|先于){_GAP}{{0,8}})\Z")
# What follows the later thing: 开标前三周, 招标公告发布之前.
_OF_LATER = re.compile(r"(?:的|发布|发出|开始|举行|公布|日期?){0,2}(?:之|以)?前(?![期提置款述者台端])")
# What leads to the earlier thing, where the later may stand on either side: "opened after work began", 晚于签约.
_TO_EARLIER = re.compile(rf"(?:\b{_AFTER}\b{_GAP}{{0,32}}|(?:晚于|迟于|后于){_GAP}{{0,8}})\Z")
# What stands between, the earlier first: 进场后才开标, "in use; only then did the call go out".
_THEN = re.compile(rf"(?:才|始|补[发登挂开做办]){_GAP}{{0,8}}\Z|\bonly (?:then|afterwards|later)\b")
# What follows the earlier thing: 进场后再补, wherever the later stands.
_FROM_EARLIER = re.compile(r"(?:之|以)?后[^,，;；。\t\n]{0,4}?(?:才|再|补|始)")
# What follows the later thing where it stands last: "the call came later", "the tender followed".
_LATER_ON = re.compile(r"(?:\s[a-z]+){0,2}\s(?:followed|came (?:after|only|out)|only came|afterwards|later)\b")
# The day of the later thing, on which the earlier is told as past.
_ON_LATER = re.compile(rf"\b{_WHEN}\b{_GAP}{{0,32}}\Z")
_ON_DAY = re.compile(r"(?:发布|发出|举行|公布|开始){0,2}(?:之?时|当[天日]|之[日际])")
_PAST = re.compile(r"\b(?:already|had|has been|have been|long)\b|已|早")
# A duty, a ban or a plan tells of nothing that came to pass.
_UNREAL = re.compile(
    r"\b(?:shall|must|should|will|can|cannot|not|no|never|nobody|nothing|if|unless|whether|to be|any)\b"
    r"|\bwho (?:had|has|ever)\b"
    r"|\bmay (?:be|not|only|start|begin)\b|不|未|没|勿|无(?!人机|线)|禁|严防|须|拟|若|如[果有需遇]|是否|谁"
    r"|(?<![供响适相对])应(?!急|用|商)|(?<!急)需(?!求)|(?<!许)可"
)


@dataclass(frozen=True, slots=True)
class Before(Node):
    """The words of a sentence put a term of ``of`` before a term of ``than``, at most ``distance`` characters away.

    What must, may or is not to happen is not told as having happened.
    """

    of: str
    than: str
    distance: int

    def clauses(self, inside: str = "page") -> Clauses:
        return frozenset((self.of,)), frozenset((self.than,))

    def find(self, scope: Scope) -> Terms | None:
        return next(self._pairs(scope), None)

    def _pairs(self, scope: Scope) -> Iterator[Terms]:
        text, later = scope.folded[: scope.end], scope.of(self.than)
        told = (one for one in scope.of(self.of) if not _UNREAL.search(_clause(text, one)))
        for one, two in ((one, two) for one in told for two in later):
            first, last = (one, two) if one.start < two.start else (two, one)
            near = 0 <= last.start - first.end <= self.distance
            if near and not _SENTENCE.search(text, first.end, last.start) and _is_before(text, one, two):
                yield one, two

    def describe(self) -> str:
        return f"{self.of} told to come before {self.than}"

    def names(self) -> tuple[str, ...]:
        return self.of, self.than


def _is_before(text: str, one: Term, two: Term) -> bool:
    """Whether words put the first of two terms before the other, wherever they stand."""
    to_one, to_two = (text[max(0, term.start - _SIDE) : term.start] for term in (one, two))
    behind = text[two.end : two.end + _SIDE]
    if _TO_LATER.search(to_two) or _OF_LATER.match(behind) or _TO_EARLIER.search(to_one):
        return True
    if _FROM_EARLIER.match(text, one.end):
        return True
    if one.end <= two.start and (_THEN.search(text, one.end, two.start) or _LATER_ON.match(behind)):
        return True
    was = _PAST.search(text, max(0, one.start - _SIDE // 2), one.end + _SIDE // 3) is not None
    return was and (_ON_LATER.search(to_two) or _ON_DAY.match(behind)) is not None


def _clause(text: str, term: Term) -> str:
    """The clause a term stands in."""
    low = max(0, term.start - 2 * _SIDE)
    start = max((found.end() for found in _CLAUSE.finditer(text, low, term.start)), default=low)
    found = _CLAUSE.search(text, term.end)
    return text[start : found.start() if found else len(text)]
