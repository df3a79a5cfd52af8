"""A rule as data: what it looks for, what it may say, and the examples it must get right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from countersight.find.conditions import Condition, Dated, KindIn, KindNotIn, LanguageIn, RegionNotIn, Signal, Test
from countersight.find.involvement import ROLES, role
from countersight.find.lexicon import Lexicon
from countersight.find.negation import Negation
from countersight.find.nodes import SCOPES, Node
from countersight.find.syntax import read_bounds, read_name, read_names, read_node
from countersight.find.yamlfile import Entry
from countersight.model import RUNGS, DateSpan, Severity, Strength

KIND_RUNGS = {
    **dict.fromkeys(
        (
            "press",
            "letter",
            "memo",
            "mail",
            "report",
            "statement",
            "register",
            "index",
            "transcript",
            "minutes",
            "policy",
            "statute",
        ),
        "E0",
    ),
    **dict.fromkeys(("standard", "datasheet", "sdk", "patent", "manual"), "E2"),
    **dict.fromkeys(("brochure", "bid"), "E3"),
    **dict.fromkeys(("tender", "point_list"), "E4"),
    **dict.fromkeys(("contract", "award", "boq"), "E5"),
    **dict.fromkeys(("acceptance", "delivery"), "E6"),
    **dict.fromkeys(("operation", "training"), "E7"),
    "case_file": "E8",
}
"""What a document of a kind can show by itself: the capability ladder of the domain guide, §1.1 axis B.

A rung says nothing of those above it. Nothing is graded K from its kind alone.
"""

_WORDS = ("id", "family", "title", "definition", "why", "shows", "does_not_show")
_REQUIRED = (*_WORDS, "severity", "min_rung", "norms", "alternatives", "when", "examples", "counter_examples")
_OPTIONAL = ("scope", "role", "carries", "rung_cap", "negation", "exculpates", "requires")
_DEFAULT_SCOPE = "sentence"
_DEFAULT_NEGATION = "negation"
_UNDONE = "taken_out"
_MEANT = "meant_again"
_NOTHING = "none"
_SCORES = 3
_WORST = 5


@dataclass(frozen=True, slots=True)
class Cap:
    """Where the node holds in a hit's scope, the hit carries no more than this rung (E1: a field declared unused)."""

    rung: str
    when: Node


@dataclass(frozen=True, slots=True)
class Example:
    """A text in a document of a kind, and what the rule must make of it: finding, lead, exculpatory or none."""

    text: str
    language: str
    kind: str
    expect: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One red flag. Words for readers are printed as they stand, '(unverified)' marks included.

    ``carries`` names kinds of record that by themselves show more of this flag than such a record usually does: a
    letter is what a flag on the answering of letters is about. ``exculpates`` is what speaks for a company by itself:
    of a flag on the lack of a safeguard, the safeguard expressly there.
    """

    id: str
    family: str
    title: str
    severity: Severity
    min_rung: str
    definition: str
    why: str
    shows: str
    does_not_show: str
    norms: tuple[str, ...]
    alternatives: tuple[str, ...]
    when: Node
    scopes: tuple[str, ...]
    role: str
    carries: dict[str, str]
    caps: tuple[Cap, ...]
    negation: Negation | None
    exculpates: Node | None
    requires: tuple[Condition, ...]
    examples: tuple[Example, ...]

    @property
    def sought(self) -> tuple[Node, ...]:
        """What it looks for: what accuses, then what exculpates if it says so."""
        return (self.when, self.exculpates) if self.exculpates else (self.when,)

    def concepts(self) -> Iterator[str]:
        """Every concept the rule may ask a page for."""
        for node in (*self.sought, *(cap.when for cap in self.caps)):
            yield from node.asked()
        if self.negation:
            yield from (*self.negation.by, *self.negation.of, *self.negation.undone, *self.negation.meant)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A flag that text alone cannot carry: what part of the program it waits for. It is listed and never holds."""

    id: str
    family: str
    title: str
    definition: str
    why: str
    waits_for: str


def read_waiting(entry: Entry) -> Waiting:
    """The waiting flag an entry describes. Raises RuleError."""
    fields = entry.mapping(("id", "family", "title", "definition", "why", "waits_for"), ())
    return Waiting(**{name: field.text() for name, field in fields.items()})


@dataclass(frozen=True, slots=True)
class Joined:
    """A flag that holds where facts of the case meet, beside its words: which ones ``joins`` says.

    ``makers`` are the makers of parts that it looks for; the other fields are those of :class:`Rule`.
    """

    id: str
    family: str
    title: str
    definition: str
    why: str
    shows: str
    does_not_show: str
    joins: str
    severity: Severity
    min_rung: str
    norms: tuple[str, ...]
    alternatives: tuple[str, ...]
    makers: tuple[str, ...] = ()


def read_joined(entry: Entry) -> Joined:
    """The joined flag an entry describes. Raises RuleError."""
    words = ("id", "family", "title", "definition", "why", "shows", "does_not_show", "joins")
    fields = entry.mapping((*words, "severity", "min_rung", "norms", "alternatives"), ("makers",))
    return Joined(
        **{name: fields[name].text() for name in words},
        severity=_severity(fields["severity"]),
        min_rung=fields["min_rung"].choice(RUNGS),
        norms=fields["norms"].texts(),
        alternatives=fields["alternatives"].texts(),
        makers=fields["makers"].texts() if "makers" in fields else (),
    )


def read_rule(entry: Entry, lexicon: Lexicon) -> Rule:
    """The rule an entry describes. Raises RuleError with file, line and what was expected there."""
    fields = entry.mapping(_REQUIRED, _OPTIONAL)
    scopes = _scopes(fields.get("scope"))
    words = {name: fields[name].text() for name in _WORDS}
    return Rule(
        **words,
        severity=_severity(fields["severity"]),
        min_rung=fields["min_rung"].choice(RUNGS),
        norms=fields["norms"].texts(),
        alternatives=fields["alternatives"].texts(),
        when=_sought(fields["when"], scopes, lexicon),
        scopes=scopes,
        role=fields["role"].choice(ROLES) if "role" in fields else role(words["family"]),
        carries=_carries(fields.get("carries")),
        caps=tuple(_cap(item, lexicon) for item in fields["rung_cap"].items()) if "rung_cap" in fields else (),
        negation=_negation(fields.get("negation"), lexicon),
        exculpates=_sought(fields["exculpates"], scopes, lexicon) if "exculpates" in fields else None,
        requires=tuple(_condition(item, lexicon) for item in fields["requires"].items())
        if "requires" in fields
        else (),
        examples=(
            *_examples(fields["examples"], expected=True),
            *_examples(fields["counter_examples"], expected=False),
        ),
    )


def _sought(entry: Entry, scopes: tuple[str, ...], lexicon: Lexicon) -> Node:
    """The node that is looked for in these scopes."""
    node = read_node(entry, lexicon)
    if not all(node.clauses(scope) for scope in scopes):
        entry.fail(
            f"a concept that must stand in the {' or '.join(scopes)} itself: neither absence nor context is enough"
        )
    return node


def _severity(entry: Entry) -> Severity:
    scores = [item.integer() for item in entry.items()]
    if len(scores) != _SCORES or not all(1 <= score <= _WORST for score in scores):
        entry.fail("three scores from 1 to 5: scale, scope, irremediability")
    return Severity(*scores)


def _scopes(entry: Entry | None) -> tuple[str, ...]:
    if entry is None:
        return (_DEFAULT_SCOPE,)
    return tuple(item.choice(SCOPES) for item in (entry.items() if entry.is_list else (entry,)))


def _carries(entry: Entry | None) -> dict[str, str]:
    fields = entry.mapping((), tuple(KIND_RUNGS)) if entry else {}
    return {kind: rung.choice(RUNGS) for kind, rung in fields.items()}


def _cap(entry: Entry, lexicon: Lexicon) -> Cap:
    fields = entry.mapping(("rung", "when"), ())
    return Cap(fields["rung"].choice(RUNGS), read_node(fields["when"], lexicon))


def _negation(entry: Entry | None, lexicon: Lexicon) -> Negation | None:
    default, undone, meant = (
        tuple(name for name in (known,) if name in lexicon) for known in (_DEFAULT_NEGATION, _UNDONE, _MEANT)
    )
    if entry is None:
        return Negation(default, undone=undone, meant=meant) if default else None
    if not entry.is_mapping:
        entry.choice((_NOTHING,))
        return None
    fields = entry.mapping((), ("by", "of", "before", "after", "undone", "denied"))
    if "undone" in fields and not fields["undone"].boolean():
        undone, meant = (), ()
    by = read_names(fields["by"], lexicon) if "by" in fields else default
    of = read_names(fields["of"], lexicon) if "of" in fields else ()
    reach = {side: fields[side].integer() for side in ("before", "after") if side in fields}
    denied = "denied" not in fields or fields["denied"].boolean()
    return Negation(by, of, **reach, undone=undone, meant=meant, denied=denied)


def _condition(entry: Entry, lexicon: Lexicon) -> Condition:
    fields = entry.mapping((), (*_TESTS, "else", "note"))
    tests = [name for name in fields if name in _TESTS]
    if len(tests) != 1:
        entry.fail(f"exactly one of {', '.join(_TESTS)}")
    test = _TESTS[tests[0]](fields[tests[0]], lexicon)
    lead = "else" in fields and fields["else"].choice(("drop", "lead")) == "lead"
    return Condition(test, lead, fields["note"].text() if "note" in fields else "")


def _kinds(entry: Entry) -> tuple[str, ...]:
    return tuple(item.choice(KIND_RUNGS) for item in entry.items()) or entry.fail("at least one kind")


def _signal(entry: Entry, lexicon: Lexicon) -> Signal:
    fields = entry.mapping(("of",), ("at_least", "at_most"))
    of = fields["of"]
    names = read_names(of, lexicon) if of.is_list else (read_name(of, lexicon),)
    return Signal(names, *read_bounds(fields, 0 if "at_most" in fields else 1))


_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def _dated(entry: Entry) -> Dated:
    fields = entry.mapping((), ("from", "to"))
    if not fields:
        entry.fail("'from' or 'to'")
    first = _day(fields["from"]).from_ if "from" in fields else date.min
    last = _day(fields["to"]).to if "to" in fields else date.max
    if last < first:
        entry.fail("an interval that does not end before it begins")
    return Dated(DateSpan(first, last, " ".join(f"{end} {field.text()}" for end, field in fields.items())))


def _day(entry: Entry) -> DateSpan:
    found = _DAY.fullmatch(entry.text())
    try:
        return DateSpan.of(*(int(part) for part in found.groups() if part)) if found else entry.fail("a day")
    except ValueError:
        entry.fail("a year, year-month or day of the calendar (2016, 2016-03, 2016-03-31)")


REGIONS = (*KIND_RUNGS, "deviation_table", "cv", "boilerplate", "requirement")

_TESTS: dict[str, Callable[[Entry, Lexicon], Test]] = {
    "kinds": lambda entry, _: KindIn(_kinds(entry)),
    "not_kinds": lambda entry, _: KindNotIn(_kinds(entry)),
    "not_regions": lambda entry, _: RegionNotIn(tuple(item.choice(REGIONS) for item in entry.items())),
    "languages": lambda entry, _: LanguageIn(entry.texts()),
    "dated": lambda entry, _: _dated(entry),
    "signal": _signal,
}


def _examples(entry: Entry, *, expected: bool) -> tuple[Example, ...]:
    return tuple(_example(item, expected=expected) for item in entry.items()) or entry.fail("at least one example")


def _example(entry: Entry, *, expected: bool) -> Example:
    fields = entry.mapping(("lang", "text"), ("kind", "expect") if expected else ("kind",))
    expect = fields["expect"].choice([str(s) for s in Strength]) if "expect" in fields else str(Strength.FINDING)
    kind = fields["kind"].choice(KIND_RUNGS) if "kind" in fields else "contract"
    return Example(fields["text"].raw(), fields["lang"].text(), kind, expect if expected else _NOTHING)
