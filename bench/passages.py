"""The labelled passages of ``tests/corpus``, what the rules say of each, and the score of every flag.

Three parts: ``labelled.jsonl`` was used while the rules were written, ``measured.jsonl`` is only measured on, and
``open.jsonl`` holds what the rules are known to read wrongly.
A line holds:

- ``id``, ``lang`` (zh or en), ``text``, and ``kind``, the kind of document the passage is from
- ``flag``: the flag it is about; empty where it is ordinary prose that no flag is about
- ``expect``: ``finding``, ``lead`` (kind below the flag's minimum rung, or words too weak), ``exculpatory``, ``none``
- ``also``: other flags that may rightly hold of an innocent passage
- ``waits``: the flag needs more than words (lists, dates, questions), so words alone carry a lead at most
- ``why``: a few words for the label
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from countersight.find import DocumentFacts, RuleDetector, assess, parts_of
from countersight.model import Page, Strength

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
WRITING, MEASURED, OPEN = "labelled.jsonl", "measured.jsonl", "open.jsonl"
PARTS = {WRITING: "used while writing", MEASURED: "measured only", OPEN: "known to be read wrongly"}
GUILTY = (Strength.FINDING, Strength.LEAD)
NOTHING = "none"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Passages, and the findings and leads made of them against those due."""

    positives: int = 0
    negatives: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    leads: int = 0
    leads_due: int = 0
    stray: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def precision(self) -> str:
        """Of the findings made, those that are right."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> str:
        """Of the findings due, those that were made."""
        return _share(self.right, self.right + self.missed)

    def __str__(self) -> str:
        return (
            f"{self.positives:5}{self.negatives:5}{self.right:8}{self.wrong:7}{self.missed:8}"
            f"{f'{self.leads}/{self.leads_due}':>9}{self.stray:7}{self.precision:>11}{self.recall:>8}"
        )


HEAD = "flag      pos  neg   right  wrong  missed    leads  stray  precision  recall"
"""Findings right, wrong, missed; leads made of those due; leads where none was due."""


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


@dataclass(frozen=True, slots=True)
class Judged:
    """One passage and the strongest thing each flag's rule says of it."""

    row: Row
    said: dict[str, Strength]

    @property
    def got(self) -> str:
        """What is said under the flag the passage is about; of ordinary prose, nothing is due under any."""
        return self.said.get(self.row["flag"], NOTHING)

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """Flags with a finding in a passage that is innocent, other than its own and those that may hold."""
        if self.row["expect"] in GUILTY:
            return ()
        allowed = {self.row["flag"], *self.row.get("also", ())}
        return tuple(
            flag for flag, strength in self.said.items() if strength is Strength.FINDING and flag not in allowed
        )

    def scores(self) -> dict[str, Score]:
        """What the passage adds to the score of its own flag, and to those that accuse it wrongly."""
        expect, got = self.row["expect"], self.got
        found, due = got == Strength.FINDING, expect == Strength.FINDING
        lead, lead_due = got == Strength.LEAD, expect == Strength.LEAD
        own = Score(
            positives=expect in GUILTY,
            negatives=expect not in GUILTY,
            right=found and due,
            wrong=found and not due,
            missed=due and not found,
            leads=lead and lead_due,
            leads_due=lead_due,
            stray=lead and expect not in GUILTY,
        )
        return {**dict.fromkeys(self.elsewhere, Score(wrong=1)), self.row["flag"]: own}


def rows(part: str) -> list[Row]:
    """The lines of one part."""
    return [json.loads(line) for line in (CORPUS / part).read_text(encoding="utf-8").splitlines()]


def judge(detector: RuleDetector, row: Row) -> Judged:
    """What all rules say of a passage."""
    page = Page(1, row["text"])
    hits, signals = detector.detect(page)
    facts = DocumentFacts(row["kind"], None, 1, signals, hits, parts_of({1: page}.get))
    said: dict[str, Strength] = {}
    for one in assess(detector.pack, facts):
        said[one.rule.id] = min(said.get(one.rule.id, one.strength), one.strength, key=list(Strength).index)
    return Judged(row, said)


def totals(judged: list[Judged]) -> dict[str, Score]:
    """The score of each flag, in the order of their names; ordinary prose under the empty name."""
    scores: dict[str, Score] = {}
    for one in judged:
        for flag, score in one.scores().items():
            scores[flag] = scores.get(flag, Score()) + score
    return dict(sorted(scores.items()))


def table(judged: list[Judged], ruled: set[str]) -> list[str]:
    """The scores as lines: each flag, ordinary prose, all flags that have a rule, and all."""
    scores = totals(judged)
    waiting = {one.row["flag"] for one in judged if one.row.get("waits")}
    notes = {flag: "  no rule" * (flag not in ruled) + "  waits" * (flag in waiting) for flag in scores if flag}
    with_rule = sum((score for flag, score in scores.items() if flag in ruled or not flag), Score())
    return [
        HEAD,
        *(f"{flag or 'ordinary':8}{score}{notes.get(flag, '')}" for flag, score in scores.items()),
        f"{'ruled':8}{with_rule}",
        f"{'all':8}{sum(scores.values(), Score())}",
    ]


def published(judged: list[Judged], ruled: set[str]) -> str:
    """The figures of each flag with a rule, as ``countersight.find.measured`` reads them."""
    figures = {
        flag: {"right": score.right, "wrong": score.wrong, "missed": score.missed}
        for flag, score in totals(judged).items()
        if flag in ruled
    }
    return json.dumps(figures, indent=1) + "\n"
