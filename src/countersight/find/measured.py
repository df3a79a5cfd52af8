"""How often each shipped rule was right on passages it was not written with: ``data/measured.json``.

``bench/accuracy.py --publish`` writes the file, a test holds it to the rules as they are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "measured.json"


@dataclass(frozen=True, slots=True)
class Measured:
    """Findings a rule made of the measured passages that were right and wrong, and those it missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Of the findings made, those that are right; None where none was made."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Of the findings due, those made; None where none was due."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


@cache
def measured() -> dict[str, Measured]:
    """The figures of each shipped rule by id; none for rules of other packs."""
    return {rule: Measured(**figures) for rule, figures in json.loads(FILE.read_text(encoding="utf-8")).items()}
