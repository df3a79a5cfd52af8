"""Clues on one page: the facts of contracts and the bodies it names, each where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from countersight.facts.fields import field_clues
from countersight.find.bodies import bodies
from countersight.find.stakes import stakes
from countersight.model import Clue, Page

READERS: tuple[Callable[[Page], Iterator[Clue]], ...] = (field_clues, bodies, stakes)


def clues(page: Page) -> Iterator[Clue]:
    """The clues of a page, reader by reader."""
    for reader in READERS:
        yield from reader(page)
