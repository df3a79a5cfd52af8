"""Rules that hold only if a weakly read character is another: told as such, never chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from countersight.model import Hit, Page
from countersight.ports import Detector
from countersight.text.variants import Variant, variants


def supposed(detector: Detector, page: Page, held: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits that hold only in a variant of the page, each with what is supposed; terms carry the words as read.

    ``held`` are the hits of the text as read. A rule that holds there already, and in the same sense, is not told
    again; nor is one for which fewer or likelier changes are enough.
    """
    known = list(held)
    found: list[Hit] = []
    for variant in variants(page.text, page.weak)[0]:
        for hit in detector.detect(replace(page, text=variant.within(page.text), weak=()))[0]:
            if not any(_same(hit, other) for other in known):
                known.append(hit)
                found.append(_as_read(hit, page.text, variant))
    return tuple(sorted(found, key=lambda hit: (hit.start, hit.end, hit.rule, hit.supposed)))


def _same(one: Hit, other: Hit) -> bool:
    alike = (one.rule, one.negated) == (other.rule, other.negated)
    return alike and one.start < other.end and other.start < one.end


def _as_read(hit: Hit, text: str, variant: Variant) -> Hit:
    terms = tuple(replace(term, text=text[term.start : term.end]) for term in hit.terms)
    return replace(hit, terms=terms, supposed=variant.touches(hit.start, hit.end) or variant.changes)
