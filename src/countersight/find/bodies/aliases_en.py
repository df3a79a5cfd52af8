"""Other names that English text ties to the bodies found in it: defined terms, initials in brackets, former names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from countersight.find.bodies.walk_en import CAPITAL, spaced
from countersight.find.bodies.words import Alias, Named, among

_DEFINED = re.compile(
    r"\s*,?\s*\((?:(?:hereinafter|hereafter|herein)?\s*"
    r"(?:referred to as|called|collectively,?|together with[^()]{0,60},)?\s*(?:the|as|a)?\s*)"
    r"[“\"‘]([^”\"“’]{2,40})[”\"’]"
    r"|\s\((?:the\s)?([A-Z][A-Za-z&]*[A-Z][A-Za-z&]*)\)"
    r"|\s*,?\s*(?:an?\s[^()\n.;]{0,80}?)\((?:[^()“\"]{0,40})[“\"]([^”\"]{2,40})[”\"]"
)
_FORMER = re.compile(
    r"[,(]?\s*\(?(?:formerly(?: known as)?|f/?k/?a|previously(?: known as)?|renamed)\s+(?:as\s+)?\Z", re.IGNORECASE
)
_MEANS = re.compile(r"[“\"]([^”\"]{2,40})[”\"]\s(?:means|refers to)\s\Z")


_PLAIN = 2  # the group of initials in brackets without quotes


def aliases(text: str, found: list[Named]) -> Iterator[Alias]:
    """Other names that a text ties to those found in it: defined terms, initials in brackets, former names."""
    text = spaced(text)
    for one, after in zip_longest(found, found[1:]):
        if (defined := _DEFINED.match(text, one.end)) and defined.lastindex:
            said = defined[defined.lastindex]
            name = text[one.start : one.end]
            tells = _initials(said, name) or (defined.lastindex != _PLAIN and _shares(said, name))
            if _is_short(said) and tells and not _of_an_office(text[max(0, one.start - _OFFICE) : one.start], said):
                yield Alias(*defined.span(defined.lastindex), one, "short")
        if means := _MEANS.search(text[max(0, one.start - 60) : one.start]):
            start = max(0, one.start - 60) + means.start(1)
            if _is_short(means[1]):
                yield Alias(start, start + len(means[1]), one, "short")
        if after and _FORMER.fullmatch(text[one.end : after.start][-40:]):
            yield Alias(after.start, after.end, one, "former")


_OFFICE = 60  # characters in which the name of an office stands before the body it is of
_HELD = re.compile(r"((?:[A-Z][\w'-]*\s){1,4})(?:of|for|at|to|within)\s(?:the\s)?\Z")


def _of_an_office(before: str, said: str) -> bool:
    """Whether letters are the initials of an office in a body: Executive Producer of the Village Company (the “EP”)."""
    held = _HELD.search(before)
    return held is not None and said == "".join(word[0] for word in held[1].split())


def _initials(said: str, name: str) -> bool:
    """Whether letters in brackets are the initials of words of a name, in order."""
    rest = iter(re.sub(r"[^A-Za-z ]", "", name).lower())
    return said.isupper() and all(letter in rest for letter in said.lower() if letter.isalpha())


def has_initials(text: str, begin: int, end: int) -> bool:
    """Whether a name that only describes is one all the same: its initials are defined behind it (IFC)."""
    defined = _DEFINED.match(text, end)
    said = defined[defined.lastindex] if defined and defined.lastindex else ""
    return len(said) > 1 and said == "".join(word[0] for word in text[begin:end].split() if word[0].isupper())


def _shares(said: str, name: str) -> bool:
    """Whether a defined term has a telling word of the name, or is written in capitals like initials."""
    words_ = set(re.findall(r"\w+", name.lower()))
    telling = [word for word in re.findall(r"\w+", said.lower()) if word not in among("en", "generic")]
    return any(word in words_ for word in telling) or (said.isupper() and said.isalpha() and len(said) <= 6)  # noqa: PLR2004 (letters)


def _is_short(said: str) -> bool:
    plain = said.lower().removeprefix("the ").strip(" ,.")
    return plain not in among("en", "roles") and CAPITAL.match(said) is not None and not said.endswith("greement")
