"""Translations of quotes by people: who translated, who checked. They come with the quote and never stand alone.

A translation is an act in the ledger. It belongs to the words of a quote, wherever the case cites them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from countersight.ledger import Entry

TRANSLATED = "translated"


@dataclass(frozen=True, slots=True)
class Translation:
    """The words of a quote in English, by whom, checked by whom (empty: by nobody yet), and when it was entered."""

    text: str
    by: str
    checked_by: str
    at: str


def words(quote: str) -> str:
    """What a translation is found by: the quote without the white space that lays it out."""
    return "".join(quote.split())


def translations(entries: Iterable[Entry]) -> dict[str, Translation]:
    """The last translation of each quote, by its words. An empty text takes a translation back."""
    found: dict[str, Translation] = {}
    for entry in entries:
        if entry.act == TRANSLATED:
            facts = entry.facts
            found[words(facts["quote"])] = Translation(facts["text"], facts["by"], facts["checked_by"], entry.at)
    return {quote: translation for quote, translation in found.items() if translation.text}
