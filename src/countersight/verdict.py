"""What reviewers say of bodies: these are one, this name is another's. Acts in the ledger, taken back by number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from countersight.ledger import Entry
from countersight.model import codec

JUDGED = "bodies"
MERGE, SPLIT, UNDO = "merge", "split", "undo"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An act: the ``others`` are the same body as ``one``, or are not; or act number ``undone`` no longer counts.

    ``one`` and ``others`` are keys that names are compared by; ``names`` are names as people read them. ``n`` is the
    number of the entry in the ledger.
    """

    do: str
    one: str
    others: tuple[str, ...]
    names: tuple[str, ...]
    by: str
    why: str
    undone: int = 0
    n: int = 0
    at: str = ""

    def facts(self) -> dict[str, Any]:
        """What the ledger keeps of it; number and time are the entry's own."""
        return {name: value for name, value in codec.plain(self).items() if name not in {"n", "at"}}

    def told(self) -> str:
        """The verdict as a reason for people."""
        what = "taken for one body with" if self.do == MERGE else "taken apart from"
        return (
            f"“{self.names[0]}” was {what} “{'”, “'.join(self.names[1:])}” by {self.by} on {self.at[:10]}: {self.why}"
        )


def verdicts(entries: Iterable[Entry]) -> tuple[Verdict, ...]:
    """The verdicts that stand, in the order given: those that a later act undid are left out."""
    given = [
        codec.build(Verdict, entry.facts | {"n": entry.n, "at": entry.at}) for entry in entries if entry.act == JUDGED
    ]
    standing: dict[int, Verdict] = {}
    for verdict in given:
        if verdict.do == UNDO:
            standing.pop(verdict.undone, None)
        else:
            standing[verdict.n] = verdict
    return tuple(standing.values())
