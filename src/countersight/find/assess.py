"""From hits to what may be said of them: the rung the document can carry, and finding, lead or exculpatory. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from countersight.find.conditions import DocumentFacts, Signal
from countersight.find.packs import Pack
from countersight.find.region import REGION_RUNGS, Region
from countersight.find.rules import KIND_RUNGS, Rule
from countersight.model import RUNGS, Hit, Strength


@dataclass(frozen=True, slots=True)
class Assessed:
    """A hit with what it amounts to in its document. ``notes`` say why it is no more than that."""

    hit: Hit
    rule: Rule
    strength: Strength
    rung: str
    explanation: str
    notes: tuple[str, ...]


def assess(pack: Pack, facts: DocumentFacts) -> tuple[Assessed, ...]:
    """What each hit of a document amounts to, in the order of the hits.

    A negated hit is exculpatory. Else it is a finding if the document carries the rule's least rung and meets its
    conditions; a lead if the rung is too low, if a condition fails that the rule tells to keep as a lead, or if its
    answer is not known; and dropped where any other condition fails. Kind and date never drop what speaks for the
    company. What holds only if a weakly read character is another is no more than a lead; so is what such a character
    would turn into its contrary.
    """
    rules = {rule.id: rule for rule in pack.rules}
    judged = (_assess(hit, rules[hit.rule], facts) for hit in facts.hits)
    return tuple(one for one in judged if one is not None)


def _assess(hit: Hit, rule: Rule, facts: DocumentFacts) -> Assessed | None:
    failed = [(c, held) for c in rule.requires if (held := c.test.holds(facts, hit)) is not True]
    if hit.negated:
        failed = [(c, held) for c, held in failed if isinstance(c.test, Signal)]
    if any(held is False and not c.lead for c, held in failed):
        return None
    region = facts.region(hit)
    rung = _rung(hit, rule, facts, region)
    notes = [*_rung_notes(hit, rule, rung, facts, region), *(c.words for c, _ in failed)]
    if hit.negated:
        return Assessed(hit, rule, Strength.EXCULPATORY, rung, _explanation(hit, rule), tuple(notes))
    low = RUNGS.index(rung) < RUNGS.index(rule.min_rung)
    if disputed := any(_turns(other, hit) for other in facts.hits):
        notes.append("If a weakly read character is another, the record states the contrary.")
    strength = Strength.LEAD if low or failed or hit.supposed or disputed else Strength.FINDING
    return Assessed(hit, rule, strength, rung, _explanation(hit, rule), tuple(notes))


def _turns(other: Hit, hit: Hit) -> bool:
    """Whether another reading of the same words speaks for the company."""
    same = other.rule == hit.rule and other.page == hit.page
    return bool(other.supposed) and other.negated and same and other.start < hit.end and hit.start < other.end


def _rung(hit: Hit, rule: Rule, facts: DocumentFacts, region: Region | None) -> str:
    """What the document carries, capped by the part the hit stands in and by its own words.

    A document of no known kind carries no more than such a part would by itself. What a rule says of a kind goes first.
    """
    part = REGION_RUNGS.get(region.kind) if region and region.kind != facts.kind else None
    if facts.kind is None:
        carried = part or RUNGS[0]
    else:
        carried = rule.carries.get(facts.kind) or KIND_RUNGS.get(facts.kind, RUNGS[0])
    return min((rung for rung in (carried, part, hit.rung_cap) if rung), key=RUNGS.index)


def _rung_notes(hit: Hit, rule: Rule, rung: str, facts: DocumentFacts, region: Region | None) -> list[str]:
    """Why the rung is what it is, where a reader would ask."""
    notes = []
    if facts.kind is None and region is None:
        notes.append("The kind of document is not known, so it is read as a mere mention.")
    if region is not None and (facts.kind is None or region.kind in REGION_RUNGS):
        notes.append(f"The part of the document is a {region.kind.replace('_', ' ')}: {region.reason}.")
    if rung == hit.rung_cap:
        notes.append(f"The words themselves allow no more than rung {rung}.")
    if not hit.negated and RUNGS.index(rung) < RUNGS.index(rule.min_rung):
        notes.append(f"The record carries rung {rung}; the rule asks for {rule.min_rung} or above.")
    return notes


def _explanation(hit: Hit, rule: Rule) -> str:
    if hit.negated:
        return f"The record states the contrary of this flag: {rule.definition}"
    return f"{rule.definition} {rule.why}"
