"""Organisations and stakes as a dossier shows them: who is named how, why names are one body, who owns whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from countersight.model import Deal, Organisation, Stake
from countersight.text.orgkey import parsed

SHOWN = 100
"""Bodies, and stakes, that the dossier shows; the export has all."""
NAMES = 6  # of one body that are shown
_PARTS = ("place", "core", "trade", "form", "branch", "number")
KINDS = {
    "shareholding": "shares",
    "votingRights": "votes",
    "controlling": "controls, no figure",
    "direct_consolidation": "direct consolidation of accounts",
    "ultimate_consolidation": "ultimate consolidation of accounts",
}


@dataclass(frozen=True, slots=True)
class Bodies:
    """Bodies as shown, the parties of deals and those with stakes first, how many more there are, and the stakes.

    ``names`` are what ``suggested`` bodies are called.
    """

    shown: tuple[Organisation, ...]
    more: int
    stakes: tuple[Stake, ...]
    more_stakes: int
    names: dict[str, str]


def told(bodies: Sequence[Organisation], stakes: Sequence[Stake], deals: Iterable[Deal]) -> Bodies | None:
    """The organisations of a case; None where records name none."""
    if not bodies:
        return None
    parties = {party.organisation for deal in deals for party in deal.parties}
    held = {name for stake in stakes for name in (stake.owner_id, stake.owned_id)}

    def order(body: Organisation) -> tuple[bool, bool, int, str]:
        return body.id not in parties, body.id not in held, -sum(count for _, _, count in body.names), body.id

    ordered = sorted(bodies, key=order)
    return Bodies(
        shown=tuple(ordered[:SHOWN]),
        more=max(0, len(bodies) - SHOWN),
        stakes=tuple(stakes[:SHOWN]),
        more_stakes=max(0, len(stakes) - SHOWN),
        names={body.id: body.names[0][0] for body in bodies},
    )


def parts(name: str) -> list[tuple[str, str]]:
    """The parts of a name, with what each is: place 杭州, core 海康威视, trade 数字 技术, form 股份有限公司."""
    found = parsed(name)
    return [(what, " ".join(part.text for part in said)) for what in _PARTS if (said := getattr(found, what))]


def percent(stake: Stake) -> str:
    """The per cent of a stake as its record gives it: ``42.6 %``, ``75 to 100 %``."""
    low, high = stake.low, stake.high
    if low is None or high is None:
        return ""
    return f"{low.normalize():f} %" if low == high else f"{low.normalize():f} to {high.normalize():f} %"
