"""Learned weights: for each feature what it speaks for or against each class of a group, and how they add up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
"""Holds a file for each group: lines of a feature and its weight for each class, behind tabs; the first is the bias."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A multinomial logistic model over sets of features; of a set, each counts by the root of how many are known."""

    bias: Sequence[float]
    of: Mapping[str, Sequence[float]]

    def chances(self, features: Iterable[str]) -> list[float]:
        """The probability of each class."""
        known = [self.of[feature] for feature in features if feature in self.of]
        scale = 1 / math.sqrt(len(known) or 1)
        sums = [bias + scale * sum(row[n] for row in known) for n, bias in enumerate(self.bias)]
        most = max(sums)
        powers = [math.exp(one - most) for one in sums]
        return [one / sum(powers) for one in powers]

    def sum(self, features: Iterable[str], n: int) -> float:
        """What features speak for a class against all others together."""
        return sum(self._for(feature, n) for feature in features if feature in self.of)

    def reasons(self, features: Iterable[str], n: int) -> list[str]:
        """The features that speak for a class, the weightiest first."""
        known = {feature: self._for(feature, n) for feature in features if feature in self.of}
        return sorted((one for one, weight in known.items() if weight > 0), key=lambda one: (-known[one], one))

    def _for(self, feature: str, n: int) -> float:
        row = self.of[feature]
        return row[n] - (sum(row) - row[n]) / (len(row) - 1)


@cache
def weights(group: str) -> Weights:
    """The weights of a group of candidates."""
    rows: dict[str, list[float]] = {}
    for line in (FOLDER / f"{group}.tsv").read_text(encoding="utf-8").splitlines():
        feature, *numbers = line.split("\t")
        rows[feature] = [float(number) for number in numbers]
    return Weights(rows.pop(""), rows)
