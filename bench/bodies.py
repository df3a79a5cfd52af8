"""How well bodies are found in labelled passages: precision, recall and F1 of exact spans, per language and part.

A full stop at the end of a name counts as part of it or not. ``python bench/bodies.py [--show]`` lists what differs on
the part used while writing; of the part only measured on nothing is shown.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from countersight.find.bodies import bodies, find
from countersight.model import Citation, Clue, Digest, Locator, Page, Sighting
from countersight.pipeline.sighting import sightings
from countersight.resolve import resolve

PAIRS = Path(__file__).resolve().parent.parent / "tests" / "corpus" / "bodies_same.jsonl"
CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus" / "bodies.jsonl"
WRITING, MEASURED = "writing", "measured"
Span = tuple[int, int]


def labelled(marked: str) -> tuple[str, set[Span]]:
    """A passage without its marks, and the spans between ⟦ and ⟧."""
    text, spans, start = "", set(), 0
    for character in marked:
        if character == "⟦":
            start = len(text)
        elif character == "⟧":
            spans.add((start, len(text)))
        else:
            text += character
    return text, spans


def spans(text: str) -> set[Span]:
    """The spans of the bodies found, without a full stop at their end."""
    return {(one.start, one.end) for one in find(text)[0]}


def bare(text: str, found: set[Span]) -> set[Span]:
    """Spans without a full stop at their end."""
    return {(start, end - text[start:end].endswith(".")) for start, end in found}


def score(part: str, language: str, *, show: bool = False) -> Counter[str]:
    """How many spans are right, wrong and missed in the passages of a part and language."""
    counts: Counter[str] = Counter()
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if (row["part"], row["language"]) != (part, language):
            continue
        text, due = labelled(row["text"])
        due, got = bare(text, due), bare(text, spans(text))
        counts.update(right=len(due & got), wrong=len(got - due), missed=len(due - got), passages=1)
        if show and due != got:
            wrong, missed = ([text[a:b] for a, b in sorted(some)] for some in (got - due, due - got))
            print(f"{row['id']}  wrong {wrong}  missed {missed}")
    return counts


def f1(counts: Counter[str]) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * counts["right"] / (2 * counts["right"] + counts["wrong"] + counts["missed"])


def together(row: dict[str, Any]) -> bool | None:
    """Whether the two names of a labelled pair resolve to one body; None where one of them was not found.

    The first name counts in the first record that gives it, the other in the last.
    """
    seen = [one for n, text in enumerate(row["records"]) for one in sighted(text, n)]
    bodies = resolve(seen)
    first, last = row["names"]
    ones = [(body.id, one) for body in bodies for one in body.sightings if one.name == first]
    others = [(body.id, one) for body in bodies for one in body.sightings if one.name == last]
    if not ones or not others:
        return None
    return min(ones, key=_record)[0] == max(others, key=_record)[0]


def _record(pair: tuple[str, Sighting]) -> str:
    return pair[1].citation.name


def sighted(text: str, number: int) -> list[Sighting]:
    """The sightings of a record of one page."""
    name = f"record {number}"
    digest = Digest.of(name.encode())

    def cite(clue: Clue) -> Citation:
        return Citation(digest, name, Locator(name), 1, None, clue.start, clue.end, text[clue.start : clue.end])

    return list(sightings(list(bodies(Page(1, text))), cite))


def pairs(part: str, *, show: bool) -> str:
    """Precision and recall of the pairs of a part said to be one body."""
    counts: Counter[str] = Counter()
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.get("part", WRITING) != part:
            continue
        got = together(row)
        counts["right" if got and row["same"] else "wrong" if got else "missed" if row["same"] else "apart"] += 1
        if show and bool(got) != row["same"]:
            print(f"{row['id']}  {row['names']}: {got} instead of {row['same']}")
    joined = counts["right"] + counts["wrong"]
    precision, recall = counts["right"] / joined, counts["right"] / (counts["right"] + counts["missed"])
    return f"{part:9} pairs {counts.total()}: {joined} joined, precision {precision:.3f}, recall {recall:.3f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="list what differs on the part used while writing")
    options = parser.parse_args()
    for part in (WRITING, MEASURED):
        for language in ("zh", "en"):
            counts = score(part, language, show=options.show and part == WRITING)
            precision = counts["right"] / (counts["right"] + counts["wrong"])
            recall = counts["right"] / (counts["right"] + counts["missed"])
            names = counts["right"] + counts["missed"]
            print(
                f"{part:9} {language}  {counts['passages']:4} passages {names:4} names"
                f"  precision {precision:.3f}  recall {recall:.3f}  F1 {f1(counts):.3f}"
            )
    for part in (WRITING, MEASURED):
        print(pairs(part, show=options.show and part == WRITING))


if __name__ == "__main__":
    main()
