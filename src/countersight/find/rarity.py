"""How common concepts are in ordinary procurement: only the order in which things are asked hangs on it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from countersight.find.lexicon import Concept

FILE = Path(__file__).parent / "data" / "rarity.json"
"""The share of ordinary pages that have a word of each concept, as ``bench/rarity.py`` counts it."""

_LEAST = 1e-4  # about the smallest share that is counted: between those never met, the guess decides


def common(concept: Concept) -> float:
    """The share of pages that have a word of the concept; where it was not counted, a guess from its shortest forms."""
    share, guess = _shares().get(concept.name), min(1.0, concept.common)
    return guess if share is None else share + guess * _LEAST


@cache
def _shares() -> dict[str, float]:
    shares: dict[str, float] = json.loads(FILE.read_text("utf-8"))
    return shares
