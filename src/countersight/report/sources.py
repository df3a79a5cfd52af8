"""The sources that a block of a dossier cites, numbered from 1 in the order in which they are first cited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from countersight.model import Citation, Digest

CiteOf = Callable[[Citation, str], Any]
"""Makes of a citation and an anchor what a page shows of it."""


class Sources:
    """The numbers of citations; ``shown`` is what a page shows of each, with anchors that begin with ``anchor``."""

    def __init__(self, anchor: str, cite: CiteOf) -> None:
        self._anchor, self._cite = anchor, cite
        self._numbers: dict[tuple[Digest, int | None, int, int], int] = {}
        self.shown: list[Any] = []

    def number(self, citation: Citation) -> int:
        """The number of a citation; a place has one, however often it is cited."""
        at = (citation.digest, citation.page, citation.start, citation.end)
        if at not in self._numbers:
            self._numbers[at] = len(self._numbers) + 1
            self.shown.append(self._cite(citation, f"{self._anchor}-{len(self._numbers)}"))
        return self._numbers[at]

    def numbers(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """The numbers of citations, each once."""
        return tuple(dict.fromkeys(map(self.number, citations)))
