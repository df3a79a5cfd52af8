"""What is doubtful about a pack that can be read: a rule not tried in a language, a concept nothing asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from countersight.find.conditions import Signal
from countersight.find.denied import CONCEPTS
from countersight.find.packs import Pack

_LANGUAGES = ("zh", "en")
_SHORT = 2  # Han characters: a shorter form is found inside too many other words
_BROAD = ("section", "page")


def lint(pack: Pack) -> list[str]:
    """Complaints, each naming the rule or concept, in the order of the pack. Nothing here stops a rule from working."""
    return [*_rules(pack), *_concepts(pack)]


def _rules(pack: Pack) -> Iterator[str]:
    for rule in pack.rules:
        for language in _LANGUAGES:
            tried = Counter(example.expect == "none" for example in rule.examples if example.language == language)
            if tried and not (tried[True] and tried[False]):
                missing = "counter-example" if tried[False] else "example"
                yield f"{rule.id}: no {missing} in {language}"
        if set(rule.scopes) & set(_BROAD):
            yield f"{rule.id}: looks for its words in a whole {' or '.join(s for s in rule.scopes if s in _BROAD)}"
        if not any("unverified" in norm or "benchmark" in norm for norm in rule.norms) and rule.norms:
            yield f"{rule.id}: no norm is marked (unverified) or as a benchmark; were all checked at their source?"


def _concepts(pack: Pack) -> Iterator[str]:
    used = {*_asked(pack), *CONCEPTS}
    for name, concept in pack.lexicon.concepts.items():
        if name not in used:
            yield f"{name}: no rule or mask asks for this concept"
        for form in concept.forms:
            if form.kind == "zh" and len(form.text) < _SHORT and not form.text.isascii():
                yield f"{name}: {form.text!r} is a single character; as `bare` it counts only where it stands alone"


def _asked(pack: Pack) -> Iterator[str]:
    """Every concept that is asked for, with those it includes."""
    names = [name for mask in pack.masks for name in (*mask.when, *mask.unless)]
    for rule in pack.rules:
        names += rule.concepts()
        names += (name for c in rule.requires if isinstance(c.test, Signal) for name in c.test.of)
    todo = names
    while todo:
        name = todo.pop()
        yield name
        todo += pack.lexicon[name].includes
