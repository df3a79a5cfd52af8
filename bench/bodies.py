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

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from countersight.find.bodies import find

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


if __name__ == "__main__":
    main()
