"""The rule engine over one page: one pass for all words of all rules, then only the rules that have a chance."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter

from countersight import __version__
from countersight.find import denied
from countersight.find.conditions import Signal
from countersight.find.matcher import Matcher, original
from countersight.find.needs import Need, Needs
from countersight.find.nodes import LONGEST, SCOPES, WIDE, Node, Places, Scope, Terms, Within
from countersight.find.packs import Pack
from countersight.find.passage import Passage
from countersight.find.rarity import common
from countersight.find.reach import Look, Reach
from countersight.find.rules import Rule
from countersight.find.sight import Sight
from countersight.find.uncollected import uncollected
from countersight.find.words import Words
from countersight.model import RUNGS, Agent, Hit, Page, Term

_ANY = -1  # all bits
_PROSE = ("window", "section", "page")  # parts in which words of several sentences may make one statement
Hits = tuple[tuple[Hit, ...], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Plan:
    """One thing a rule looks for: in each of its scopes, and only where what it needs may stand on the page.

    ``rarest`` is the set of bits of that need which is least often there; ``look`` gives the places of words of which
    each part has one in which the rule holds; ``exculpates`` tells whether it speaks for the company by itself,
    ``affirmed`` whether it must hold without what the record denies.
    """

    rule: Rule
    within: tuple[Within, ...]
    need: Need
    rarest: int
    look: Look
    exculpates: bool
    affirmed: bool


class RuleDetector:
    """The rules of a pack as a detector. Cheap to send to another process: it is built anew there from the pack."""

    @uncollected()
    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        signals = sorted({name for rule in pack.rules for name in _signals(rule)})
        self._masks = {mask.id: mask for mask in pack.masks}
        asked = {name for rule in pack.rules for name in rule.concepts()}
        masking = {name for mask in pack.masks for name in (*mask.when, *mask.unless)}
        self._denials = {name for name in denied.CONCEPTS if name in pack.lexicon}
        named = asked | masking | {*signals} | self._denials
        self._matcher = Matcher(pack.lexicon, set(self._leaves(named)), pack.masks)
        self._needs = Needs(self._bits, {bit: common(pack.lexicon[name]) for name, bit in self._matcher.bit.items()})
        self.plans = [self._plan(rule, node) for rule in pack.rules for node in rule.sought]
        self._signals = [(name, self._bits(name)) for name in signals]

    def __reduce__(self) -> tuple[type[RuleDetector], tuple[Pack]]:
        return RuleDetector, (self.pack,)

    @property
    def concepts(self) -> Iterable[str]:
        """The concepts with forms of their own that the rules ask for."""
        return self._matcher.bit.keys()

    @property
    def agent(self) -> Agent:
        """The engine's version and the pack's digest."""
        return Agent("rules", f"{__version__} {self.pack.digest[:16]}")

    @uncollected()
    def detect(self, page: Page) -> Hits:
        """The hits of a page in order, and how often each concept occurs on it that rules count over the document."""
        sight = self.sight(page)
        plans = _met(self.plans, sight.rough)
        if plans and sight.sure != sight.rough:
            plans = [plan for plan in plans if plan.need.met(sight.sure) or plan.need.met(sight.bits)]
        hits = _all_hits(plans, sight) if plans else []
        rough = sight.rough
        signals = {name: count for name, bits in self._signals if bits & rough and (count := sight.count(name))}
        return tuple(sorted(hits, key=lambda hit: (hit.start, hit.end, hit.rule))), signals

    def refused(self, rule: Rule, sight: Sight) -> list[tuple[Hit, str]]:
        """Where the words of a rule meet on a page: the hits there, each with why it is none; empty where it is one."""
        plans = [plan for plan in self.plans if plan.rule is rule and not plan.exculpates]
        return [one for plan in plans for within in plan.within for one in _judged(plan, within, sight, None)]

    def sight(self, page: Page) -> Sight:
        """What stands on a page."""
        return Sight(Passage(page), self.pack.lexicon, self._masks, self._matcher, self._needs)

    def _plan(self, rule: Rule, node: Node) -> Plan:
        need = self._needs.of(node)
        within = tuple(Within(scope, node) for scope in rule.scopes)
        wide = any(scope in WIDE and scope != "window" for scope in rule.scopes)
        reach = Reach(self._needs, min(rule.scopes, key=SCOPES.index), wide, self._matcher.longest)
        rarest = need.bits[0] if need.bits else _ANY
        exculpates = node is rule.exculpates
        of_denial = rule.negation is not None and not rule.negation.denied
        affirmed = not (exculpates or of_denial) and len(self._denials) == len(denied.CONCEPTS)
        return Plan(rule, within, need, rarest, reach.of(node), exculpates, affirmed)

    def _bits(self, name: str) -> int:
        return sum(self._matcher.bit[leaf] for leaf in self.pack.lexicon.leaves[name])

    def _leaves(self, names: Iterable[str]) -> Iterator[str]:
        return (leaf for name in names for leaf in self.pack.lexicon.leaves[name])


def _met(plans: Iterable[Plan], bits: int) -> list[Plan]:
    """The plans of rules that may hold on a page with these concepts."""
    return [plan for plan in plans if plan.rarest & bits and plan.need.met(bits)]


def _signals(rule: Rule) -> Iterator[str]:
    return (name for condition in rule.requires if isinstance(condition.test, Signal) for name in condition.test.of)


def _all_hits(plans: Iterable[Plan], sight: Sight) -> list[Hit]:
    counted = sight.counted()
    found: dict[str, list[Hit]] = {}
    for plan in plans:
        hits = _hits(plan, sight, counted)
        accusing = found.get(plan.rule.id, [])
        found[plan.rule.id] = _weighed(accusing, hits, sight.passage) if plan.exculpates else hits
    return [hit for hits in found.values() for hit in hits]


def _weighed(accusing: list[Hit], clearing: list[Hit], passage: Passage) -> list[Hit]:
    """Of what a rule found for and against a company what is told, each stretch once.

    What clears takes away an accusing hit that has no word outside its clauses; else the hit goes first.
    """
    kept = [hit for hit in accusing if hit.negated or not _taken_away(hit, clearing, passage)]
    return [*kept, *(hit for hit in clearing if not any(_overlap(hit, other) for other in kept))]


def _taken_away(hit: Hit, clearing: Iterable[Hit], passage: Passage) -> bool:
    over = [term for other in clearing if _overlap(other, hit) for term in other.terms]
    if not over:
        return False
    (first, last), (start, end) = (_clauses(terms, passage) for terms in (over, hit.terms))
    return first <= start and end <= last


def _clauses(terms: Iterable[Term], passage: Passage) -> tuple[int, int]:
    """From the clause of the first of some terms to that of the last, in the folded text."""
    parts = [passage.segment("clause", passage.forward(term.start)) for term in terms]
    return min(start for start, _ in parts), max(end for _, end in parts)


def _overlap(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end


def _hits(plan: Plan, sight: Sight, counted: Words) -> list[Hit]:
    """The hits of one rule, scope by scope; what overlaps a hit already made is not told twice."""
    hits: list[Hit] = []  # in order, none overlapping another
    places = _places(plan, sight.words, counted)
    if places is not None and not places:
        return hits
    for hit in (hit for within in plan.within for hit in _found(plan, within, sight, places)):
        at = bisect_left(hits, hit.start, key=attrgetter("start"))
        before, after = hits[at - 1 : at], hits[at : at + 1]
        if all(other.end <= hit.start for other in before) and all(hit.end <= other.start for other in after):
            hits.insert(at, hit)
    return hits


def _places(plan: Plan, words: Words, counted: Words) -> Places | None:
    """Places of words of which each part has one in which the rule holds; None where it needs none."""
    return plan.look(counted) if (places := plan.look(words)) else places


def _found(plan: Plan, within: Within, sight: Sight, places: Places | None) -> Iterator[Hit]:
    """The hits in the parts of one kind."""
    return (hit for hit, refused in _judged(plan, within, sight, places) if not refused)


def _judged(plan: Plan, within: Within, sight: Sight, places: Places | None) -> Iterator[tuple[Hit, str]]:
    """Where a node holds in the parts of one kind, and what keeps it from being a hit.

    Of a wide part these are the shortest stretches of it that hold by themselves; itself only where none does.
    """
    for part, terms in within.each(sight.page, places):
        stretches = [*_stretches(within, part, terms)] if part.kind in WIDE else []
        for scope, held in stretches or [(part, terms)]:
            hit = _hit(plan, sight, scope, held)
            if part.kind in WIDE and not stretches and hit.end - hit.start > LONGEST:
                yield hit, f"its words stand over more than {LONGEST} characters"
            elif part.kind in _PROSE and not sight.passage.segments.is_one(hit.start, hit.end):
                yield hit, "its words stand in more than one statement: a numbered clause or lines of a form part them"
            elif not hit.negated and plan.affirmed and not denied.stands(within.node, scope):
                yield hit, "it does not hold without what the record says is not there"
            else:
                yield hit, ""


def _stretches(within: Within, part: Scope, terms: Terms) -> Iterator[tuple[Scope, Terms]]:
    """The shortest runs of sentences of a part, no longer than one statement, in which the node holds too.

    A node gives all its terms of a part, and may hold by a few of them that stand together.
    """
    ranges = sorted({part.on.segment("sentence", term.start) for term in terms})
    pieces = [(max(start, part.start), min(end, part.end)) for start, end in ranges]
    first = 0
    for last, (_, end) in enumerate(pieces):
        for at in range(last, first - 1, -1):
            one = Scope(part.on, pieces[at][0], end, part.kind)
            if end - one.start > LONGEST:
                break
            if part.on.may_hold(within, one.start, end) and (found := within.node.find(one)) is not None:
                yield one, found
                first = last + 1
                break


def _hit(plan: Plan, sight: Sight, part: Scope, terms: Terms) -> Hit:
    rule = plan.rule
    inside = tuple(sorted(set(terms), key=lambda term: (term.start, term.end, term.concept)))
    first, last = _extent(part, inside)
    caps = [cap.rung for cap in rule.caps if cap.when.find(part) is not None]
    start, end = sight.passage.trimmed(first, last)
    return Hit(
        rule.id,
        sight.passage.page.number,
        start,
        end,
        tuple(original(sight.passage, term.concept, term.start, term.end) for term in inside),
        sight.masked(first, last),
        plan.exculpates or (rule.negation is not None and rule.negation.holds(part, inside)),
        min(caps, key=RUNGS.index, default=None),
        part.kind,
    )


def _extent(part: Scope, terms: Terms) -> tuple[int, int]:
    """The range to cite: the part itself; of a wide part, the sentences from the first term to the last."""
    if part.kind not in WIDE or not terms:
        return part.start, part.end
    return part.on.segment("sentence", terms[0].start)[0], part.on.segment("sentence", max(t.end for t in terms) - 1)[1]
