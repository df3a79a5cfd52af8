"""Concepts: what rules speak of, each with the ways it is written in Chinese, English and code.

A rule never holds a phrase, only concepts; recall grows by adding a form here, and all rules gain.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from countersight.find.yamlfile import Entry
from countersight.text.normal import flatten

_FORMS = ("zh", "bare", "en", "code")
_MORE = (*_FORMS, "includes", "except")
_FIELDS = (*_MORE, "gloss", "local")


class Form(NamedTuple):
    """One way of writing a concept, folded. ``exact`` is a code form as it must stand, letter by letter."""

    text: str
    kind: str
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing rules speak of.

    ``includes`` names narrower concepts whose forms count as this one's. ``excepts`` are longer words that hold a form
    but mean something else. A ``local`` concept is common: whether a page holds it is asked after all else.
    """

    name: str
    gloss: str
    forms: tuple[Form, ...]
    excepts: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    local: bool = False

    @property
    def common(self) -> float:
        """A guess at how often it occurs: short words do. Only the order in which things are asked hangs on it."""
        return self.local + sum(0.5 ** len(form.text.encode()) for form in self.forms)

    def with_more(self, more: Concept) -> Concept:
        """This concept with the forms, exceptions and narrower concepts of another."""
        return replace(
            self,
            forms=tuple(dict.fromkeys((*self.forms, *more.forms))),
            excepts=tuple(dict.fromkeys((*self.excepts, *more.excepts))),
            includes=tuple(dict.fromkeys((*self.includes, *more.includes))),
        )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All concepts by name, in file order, and for each name the concepts with forms of their own that it covers."""

    concepts: dict[str, Concept]
    leaves: dict[str, tuple[str, ...]]

    def __getitem__(self, name: str) -> Concept:
        return self.concepts[name]

    def __contains__(self, name: str) -> bool:
        return name in self.concepts

    def widen(self, word: str) -> tuple[str, ...]:
        """All Chinese and English forms, folded, of the concepts of which ``word`` is a form."""
        folded = flatten(word.strip())
        found = (c for c in self.concepts.values() if any(form.text == folded for form in c.forms))
        return tuple(dict.fromkeys(form.text for c in found for form in c.forms if form.kind in ("zh", "en")))


def read_concepts(entry: Entry, *, new: bool = True) -> dict[str, tuple[Concept, Entry]]:
    """The concepts under a file's ``concepts`` key, each with its place; not ``new``: what ``additions`` gives to them.

    Raises RuleError.
    """
    return {name: (_concept(name, fields, new=new), fields) for name, fields in entry.mapping().items()}


def build(found: dict[str, tuple[Concept, Entry]]) -> Lexicon:
    """The lexicon of concepts that may name one another. Raises RuleError for an unknown name or a circle."""
    concepts = {name: concept for name, (concept, _) in found.items()}
    for name, (concept, entry) in found.items():
        for other in concept.includes:
            if other not in concepts:
                entry.fail(f"names of concepts in 'includes' of {name!r}; there is no concept {other!r}")
    return Lexicon(concepts, {name: _leaves(name, found, ()) for name in concepts})


def _leaves(name: str, found: dict[str, tuple[Concept, Entry]], above: tuple[str, ...]) -> tuple[str, ...]:
    concept, entry = found[name]
    if name in above:
        entry.fail(f"concepts that do not include themselves; {' → '.join((*above, name))} does")
    own = (name,) if concept.forms else ()
    below = (leaf for other in concept.includes for leaf in _leaves(other, found, (*above, name)))
    return tuple(dict.fromkeys((*own, *below)))


def _concept(name: str, entry: Entry, *, new: bool) -> Concept:
    fields = entry.mapping(("gloss",) if new else (), _FIELDS if new else _MORE)
    forms = [form for kind in _FORMS if kind in fields for text in fields[kind].texts() for form in _forms(kind, text)]
    includes = fields["includes"].texts() if "includes" in fields else ()
    if new and not forms and not includes:
        entry.fail("forms (zh, en or code) or 'includes'")
    return Concept(
        name,
        fields["gloss"].text() if new else "",
        tuple(dict.fromkeys(forms)),
        tuple(flatten(text) for text in fields["except"].texts()) if "except" in fields else (),
        includes,
        "local" in fields and fields["local"].boolean(),
    )


def _forms(kind: str, text: str) -> list[Form]:
    if kind == "en":
        plain = text.isascii() and text.split() == text.split(" ")
        fold = str.lower if plain else flatten  # the same for such words, and quicker
        return [Form(folded, "en") for folded in dict.fromkeys(map(fold, english(text)))]
    return [Form(flatten(text), kind, text if kind == "code" else "")]


def english(phrase: str) -> tuple[str, ...]:
    """The spellings of an English form: the last word inflected, and any other that ends in ``~``.

    Words are joined by a space, which stands for a hyphen too (see ``shapes``); two words also without. ``=`` before a
    phrase keeps it as it is. ``share~ data`` gives share, shares, shared, sharing with ``data``.
    """
    if phrase.startswith("="):
        return (phrase[1:].strip(),)
    words = phrase.split()
    choices = [
        inflect(word.rstrip("~")) if word.endswith("~") or i == len(words) - 1 else (word,)
        for i, word in enumerate(words)
    ]
    joints = (" ", "") if len(words) == 2 else (" ",)  # noqa: PLR2004 (two words may be written as one)
    return tuple(joint.join(pick) for pick in itertools.product(*choices) for joint in joints)


@cache
def inflect(word: str) -> tuple[str, ...]:
    """An English word with its regular endings; irregular ones are listed as forms of their own."""
    if not re.fullmatch(r"[A-Za-z]*[a-z]{2}", word):
        return (word,)
    if re.search(r"[^aeiou]y$", word):
        return word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"
    if word.endswith("e"):
        return word, word + "s", word + "d", word[:-1] + "ing"
    if word.endswith(("ed", "ing", "ss", "s")):
        return (word, word + "es") if word.endswith("ss") else (word,)
    return word, word + ("es" if re.search(r"(?:x|ch|sh|z)$", word) else "s"), word + "ed", word + "ing"
