"""What kind of record a file is, weighed by all its words: for what neither its title nor its labels tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from countersight.facts.kinds import CORE
from countersight.facts.styled import KIND
from countersight.facts.weighed.around import grams
from countersight.facts.weighed.weights import weights
from countersight.model import Clue, Page
from countersight.model.facts import WEIGHED
from countersight.text.normal import simplified

KINDS = ("", *sorted(CORE))
"""The kinds that are told apart; the first is none."""

GROUP = "kind"
LEAST, NONE = 0.7, 0.6
"""Probability from which a kind is told, and from which a record is of no deal that sentences or labels tell as one."""

_OPENING, _TEXT, _END = 240, 4_000, 240  # characters


def features(pages: Iterable[Page], told: Sequence[Clue], found: str | None) -> set[str]:
    """What speaks for a kind: words of the opening, the text and its end, fields that are told, what was found."""
    text = simplified("\n".join(page.text for page in pages))
    return {
        *grams("opens", text[:_OPENING], 3),
        *grams("text", text[:_TEXT], 2),
        *grams("ends", text[-_END:], 2),
        *(f"told={clue.field}" for clue in told),
        f"found={found}",
        f"length={min(len(text) // 500, 8)}",
    }


def weighed_kind(pages: Sequence[Page], told: Sequence[Clue], found: str | None) -> Iterator[Clue]:
    """A clue of the kind that a record likely is, at its first line; "" where one so found is likely none."""
    learned, known = weights(GROUP), features(pages, told, found)
    chances = learned.chances(known)
    n = max(range(len(chances)), key=chances.__getitem__)
    text = pages[0].text if pages else ""
    line = next((line for line in text.splitlines() if line.strip()), "")
    likely = n == 0 and chances[n] >= NONE if found in CORE else n > 0 and chances[n] >= LEAST
    if likely:
        start = text.index(line)
        yield Clue(
            KIND, pages[0].number, start, start + len(line), KINDS[n], f"{chances[n]:.2f} by all its words#9", WEIGHED
        )
