"""Learns the weights of ``facts/weighed`` from the marked records that are not only measured on, and writes them.

``python bench/weigh.py`` prints how many candidates a cross-validation over the records tells rightly and wrongly at
several probabilities, by themselves, without labels and cues; ``--write`` writes the weights learned from all of them
in place of that.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.facts import Facts, called, due, number, opened, plain  # noqa: E402
from bench.marked import records  # noqa: E402

from countersight.facts.kinds import kind_of  # noqa: E402
from countersight.facts.weighed import opening  # noqa: E402
from countersight.facts.weighed.candidates import CLASSES, Candidate, candidates  # noqa: E402
from countersight.facts.weighed.weights import FOLDER, Weights  # noqa: E402
from countersight.pipeline.facting import inferred, said_of, styled  # noqa: E402
from countersight.text import money  # noqa: E402

_FOLDS, _STEPS, _RATE, _DECAY = 6, 250, 0.05, 0.01
_FEWEST = 2  # records' candidates that have a feature
_MOST = 2_000  # features of a group that are kept
_AT = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
GROUPS = CLASSES | {opening.GROUP: opening.KINDS}
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate of a record, and which of the classes of its group it is."""

    record: int
    candidate: Candidate
    label: int


def examples(folder: Path) -> tuple[dict[str, list[Row]], list[Facts]]:
    """The candidates of all records that may be learned from, by group, and what each record says."""
    rows: dict[str, list[Row]] = {group: [] for group in GROUPS}
    facts: list[Facts] = []
    for file, data, said, part in records():
        if part.endswith("measured"):
            continue
        path = folder / file.replace("/", "-")
        path.write_bytes(data)
        known = opened(path)
        if known is None:
            raise ValueError(f"{file}: no reader takes this record")
        row, reading, told = known
        at = {page.number: page for page in reading.pages}.__getitem__
        wanted, headed = due(said), [*told, *styled(row, told, at)]
        kinds = Candidate("", [], opening.features(reading.pages, headed, kind_of(row, headed)))
        own = said_of(row, told, at)
        kind, told = kind_of(row, own), (*own, *inferred(row, own, at))
        rows[opening.GROUP].append(Row(len(facts), kinds, opening.KINDS.index(wanted.get("kind", ""))))
        for group, every in candidates(reading.pages, told, kind):
            rows[group] += [Row(len(facts), one, _label(group, one, wanted)) for one in every]
        facts.append(wanted)
    return rows, facts


def _label(group: str, one: Candidate, wanted: Facts) -> int:
    value = one.places[0].value
    written = (
        number(money.read(value).amount)
        if group == "amount"
        else value
        if group == "day"
        else called(value)
        if group == "body"
        else plain(value)
    )
    named = (n for n, role in enumerate(GROUPS[group]) if role and written in wanted.get(role, "").split("; "))
    return next(named, _leads(group, written, wanted))


def _leads(group: str, written: str, wanted: Facts) -> int:
    """The leader of a consortium is its supplier."""
    return CLASSES["body"].index("supplier") if group == "body" and written == wanted.get("leader") else 0


def fit(rows: Sequence[Row], classes: int) -> Weights:
    """The weights of the features that weigh most where all are known, learned once more with these alone."""
    counts = Counter(feature for row in rows for feature in row.candidate.features)
    every = _descended(rows, classes, sorted(feature for feature, count in counts.items() if count >= _FEWEST))
    heavy = sorted(every.of, key=lambda feature: (-max(map(abs, every.of[feature])), feature))[:_MOST]
    return _descended(rows, classes, sorted(heavy))


def _descended(rows: Sequence[Row], classes: int, features: Sequence[str]) -> Weights:
    """Weights by gradient descent (Adam) with weight decay; the same for the same rows."""
    known = {feature: n for n, feature in enumerate(features)}
    held = [sorted(known[f] for f in row.candidate.features if f in known) for row in rows]
    at = np.repeat(np.arange(len(rows)), [len(one) for one in held])
    of = np.array([n for one in held for n in one], dtype=np.intp)
    scale = (1 / np.sqrt(np.maximum(np.bincount(at, minlength=len(rows)), 1)))[at]
    wanted = np.eye(classes)[[row.label for row in rows]]
    weights, bias = np.zeros((len(known), classes)), np.zeros(classes)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        error = _softmax(_summed(weights[of] * scale[:, None], at, len(rows)) + bias) - wanted
        slope = _summed(error[at] * scale[:, None], of, len(known)) + _DECAY * weights
        mean, square = _KEPT * mean + (1 - _KEPT) * slope, _KEPT_SQUARE * square + (1 - _KEPT_SQUARE) * slope**2
        step_size = _RATE / (1 - _KEPT**step) / (np.sqrt(square / (1 - _KEPT_SQUARE**step)) + _TINY)
        weights -= step_size * mean
        bias -= 4 * _RATE * error.mean(0)
    return Weights(bias.tolist(), {feature: weights[n].tolist() for feature, n in known.items()})


_KEPT, _KEPT_SQUARE, _TINY = 0.9, 0.99, 1e-8  # of the descent's moments


def _summed(rows: Matrix, into: npt.NDArray[np.intp], count: int) -> Matrix:
    """The sum of the rows that go into each of ``count``."""
    return np.stack([np.bincount(into, column, count) for column in rows.T], 1)


def _softmax(sums: Matrix) -> Matrix:
    powers = np.exp(sums - sums.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True))


def crossed(rows: Sequence[Row], facts: Sequence[Facts], group: str) -> Iterator[str]:
    """For each field how many records' likeliest candidates are right and wrong at each probability, out of fold."""
    best: dict[tuple[int, int], tuple[float, Row]] = {}
    for fold in range(_FOLDS):
        learned = fit([row for row in rows if row.record % _FOLDS != fold], len(GROUPS[group]))
        for row in (row for row in rows if row.record % _FOLDS == fold):
            for n, chance in enumerate(learned.chances(row.candidate.features)):
                if chance > best.get((row.record, n), (0.0, row))[0]:
                    best[row.record, n] = chance, row
    for n, role in enumerate(GROUPS[group]):
        if role:
            told = [(chance, row.label == n) for (_, m), (chance, row) in best.items() if m == n]
            counts = (Counter(right for chance, right in told if chance >= least) for least in _AT)
            shown = "".join(f"{one[True]:6}/{one[False]:<3}" for one in counts)
            count = sum(role in one or one.get("kind") == role for one in facts)
            yield f"{role:14}{count:5}{shown}"


def main() -> None:
    """Print the figures; write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--only", choices=GROUPS, help="of one group alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        rows, facts = examples(Path(scratch))
    rows = {group: own for group, own in rows.items() if options.only in {None, group}}
    if options.write:
        for group, own in rows.items():
            _write(group, fit(own, len(GROUPS[group])))
        return
    print(f"{len(facts)} records\n{'':14}{'due':>5}" + "".join(f"{least:>7}   " for least in _AT))
    for group, own in rows.items():
        print(*crossed(own, facts, group), sep="\n")


def _write(group: str, learned: Weights) -> None:
    rows = {"": learned.bias} | dict(sorted(learned.of.items()))
    lines = ("\t".join((feature, *(f"{weight:.2f}" for weight in row))) for feature, row in rows.items())
    (FOLDER / f"{group}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
