"""Rules held to their own examples, and a rule's reasoning shown node by node."""

from __future__ import annotations

from dataclasses import dataclass

from countersight.find.assess import assess
from countersight.find.conditions import DocumentFacts
from countersight.find.detector import RuleDetector
from countersight.find.nodes import SCOPES, Node, Scope, Within
from countersight.find.packs import Pack
from countersight.find.region import parts_of
from countersight.find.rules import Example, Rule
from countersight.find.sight import Sight
from countersight.model import Page, Strength

_NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Result:
    """One example and what its rule made of it."""

    rule: str
    example: Example
    got: str

    @property
    def expected(self) -> str:
        """What the example says should come of it."""
        return self.example.expect

    @property
    def ok(self) -> bool:
        """Whether that came of it."""
        return self.got == self.expected


@dataclass(frozen=True, slots=True)
class Why:
    """One step of a rule's reasoning: whether it held, what it asked, the words found, the steps it is made of."""

    holds: bool
    what: str
    words: tuple[str, ...] = ()
    parts: tuple[Why, ...] = ()

    def lines(self, depth: int = 0) -> list[str]:
        """The tree as indented lines, a tick or a cross before each."""
        found = f": {'、'.join(self.words)}" if self.words and not self.parts else ""
        own = f"{'  ' * depth}{'✓' if self.holds else '✗'} {self.what}{found}"
        return [own, *(line for part in self.parts for line in part.lines(depth + 1))]


def run_examples(pack: Pack) -> list[Result]:
    """Every example and counter-example of every rule, in order, with what came of it."""
    detector = RuleDetector(pack)
    return [
        Result(rule.id, example, judge(detector, rule.id, example.text, example.kind))
        for rule in pack.rules
        for example in rule.examples
    ]


def judge(detector: RuleDetector, rule: str, text: str, kind: str | None) -> str:
    """The strongest thing the rule says of a text in a document of that kind: finding, lead, exculpatory or none."""
    page = Page(1, text)
    hits, signals = detector.detect(page)
    facts = DocumentFacts(kind, None, 1, signals, hits, parts_of({1: page}.get))
    said = {one.strength for one in assess(detector.pack, facts) if one.rule.id == rule}
    return next((str(strength) for strength in Strength if strength in said), _NOTHING)


def explain(pack: Pack, text: str, rule: str | None = None) -> tuple[Why, ...]:
    """For one rule, or all, why it holds of a text or what is missing. Raises RuleError for an unknown rule."""
    detector, page = RuleDetector(pack), Page(1, text)
    return tuple(explain_page(detector, page, one) for one in ((pack.rule(rule),) if rule else pack.rules))


def explain_page(detector: RuleDetector, page: Page, rule: Rule, at: tuple[int, int] | None = None) -> Why:
    """The reasoning in the part of a page that goes furthest; ``at`` asks for one that holds some of this range."""
    sight = detector.sight(page)
    part, why = _furthest(rule, rule.when, sight, at)
    refused = _refused(detector, rule, sight, part) if why.holds else []
    steps, holds = [why, *refused, *_circumstances(rule, sight, part)], why.holds and not refused
    if rule.exculpates:
        other, speaks = _furthest(rule, rule.exculpates, sight, at)
        steps.append(Why(speaks.holds, f"speaks for the company by itself (within one {other.kind})", parts=(speaks,)))
        holds = holds or speaks.holds
    return Why(holds, f"{rule.id} {rule.title} (within one {part.kind})", parts=tuple(steps))


def _refused(detector: RuleDetector, rule: Rule, sight: Sight, part: Scope) -> list[Why]:
    """What keeps words that meet in a part from being a hit."""
    first, last = sight.passage.trimmed(part.start, part.end)
    judged = [reason for hit, reason in detector.refused(rule, sight) if hit.start < last and first < hit.end]
    return [Why(False, f"no hit: {reason}") for reason in dict.fromkeys(judged)] if all(judged) else []


def _furthest(rule: Rule, node: Node, sight: Sight, at: tuple[int, int] | None) -> tuple[Scope, Why]:
    """The part of the page in which most of a node holds, and the reasoning there."""
    needed = {name for clause in node.clauses() for name in clause}
    found = {
        part for scope in rule.scopes for name in needed for part in sight.page.parts(scope, (frozenset((name,)),))
    }
    if at:
        first, last = (sight.passage.forward(offset) for offset in at)
        found = {part for part in found if part.start < last and first < part.end}
    tried = sorted(found, key=lambda part: (part.start, part.end, SCOPES.index(part.kind))) or [sight.page]
    reasons = ((part, _why(node, part)) for part in tried)
    return max(reasons, key=lambda pair: (pair[1].holds, _held(pair[1])))


def _why(node: Node, scope: Scope) -> Why:
    terms = node.find(scope)
    words = tuple(dict.fromkeys(term.text for term in terms or ()))
    inner = scope.around(node.scope) if isinstance(node, Within) else scope
    return Why(terms is not None, node.describe(), words, tuple(_why(child, inner) for child in node.children()))


def _held(why: Why) -> int:
    return why.holds + sum(_held(part) for part in why.parts)


def _circumstances(rule: Rule, sight: Sight, part: Scope) -> list[Why]:
    """Masks that caught words, negation, caps and conditions on the document."""
    masked = [Why(True, f"mask {name} covers", (sight.passage.folded[a:b],)) for a, b, name in sight.caught]
    terms = rule.when.find(part) or ()
    negated = (
        [Why(True, "negated: it speaks for the company")] if rule.negation and rule.negation.holds(part, terms) else []
    )
    caps = [
        Why(True, f"no more than rung {cap.rung}: {cap.when.describe()}")
        for cap in rule.caps
        if cap.when.find(part) is not None
    ]
    asked = [Why(True, f"asks of the document: {condition.test.describe()}") for condition in rule.requires]
    return [*masked, *negated, *caps, *asked]
