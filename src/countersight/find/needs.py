"""What a page must hold for a rule to hold anywhere on it, as a test of bits: one bit for each concept with forms."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_

from countersight.find.nodes import SCOPES, Absent, Either, Node, Within


@dataclass(frozen=True, slots=True)
class Need:
    """Sets of bits of each of which one must be there, the rarest first; and of each choice one need must be met."""

    bits: tuple[int, ...] = ()
    choices: tuple[tuple[Need, ...], ...] = ()

    def met(self, present: int) -> bool:
        """Whether the bits that are present may do."""
        for bits in self.bits:
            if not bits & present:
                return False
        for choice in self.choices:
            for need in choice:
                if need.met(present):
                    break
            else:
                return False
        return True


class Needs:
    """Makes the needs of nodes. ``bits`` gives those of a concept; ``common`` says of each bit how common it is."""

    def __init__(self, bits: Callable[[str], int], common: Mapping[int, float]) -> None:
        self.bits = bits
        self._inside: dict[int, tuple[Within, Need]] = {}
        self._common = cache(lambda some: sum(value for bit, value in common.items() if bit & some))

    def inside(self, within: Within) -> Need:
        """What each part must hold in which the node holds."""
        if id(within) not in self._inside:
            self._inside[id(within)] = within, self.of(within.node, within.scope)
        return self._inside[id(within)][1]

    def of(self, node: Node, kind: str = "page") -> Need:
        """What a part of a kind cannot do without if a node is to hold in it: words of wider parts may be elsewhere."""
        if isinstance(node, Absent) or (isinstance(node, Within) and SCOPES.index(node.scope) > SCOPES.index(kind)):
            return Need()
        parts = [self.of(child, kind) for child in node.children()]
        if isinstance(node, Either):
            return self._one_of(parts)
        own = () if parts else (reduce(or_, map(self.bits, clause)) for clause in node.clauses())
        bits = self._ordered((*own, *(one for part in parts for one in part.bits)))
        return Need(bits, tuple(choice for part in parts for choice in part.choices))

    def rarity(self, node: Node) -> float:
        """How common what the node needs is at least; what needs nothing comes last."""
        needed = self.of(node).bits
        return self._common(needed[0]) if needed else math.inf

    def _one_of(self, parts: Sequence[Need]) -> Need:
        """One of some needs: first one of the rarest bits of each."""
        if not all(part.bits for part in parts):
            return Need()
        several = any(len(part.bits) > 1 or part.choices for part in parts)
        return Need((reduce(or_, (part.bits[0] for part in parts)),), (tuple(parts),) if several else ())

    def _ordered(self, bits: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(set(bits), key=lambda one: (self._common(one), one)))
