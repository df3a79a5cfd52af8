"""The append-only, hash-chained ledger and its Merkle tree. Pure functions over bytes: no I/O.

Each line is the canonical JSON of an entry. ``previous`` is the SHA-256 of the line before (64 zeros for the first),
and ``hash`` is the SHA-256 of the entry's own canonical JSON without ``hash``; so a change, a cut inside, a swap or an
insertion breaks the chain at a line that can be named. A cut at the end leaves a shorter valid chain: it shows against
the head recorded elsewhere (the seal of the case, and the cover of the dossier).

The Merkle tree is that of RFC 9162 §2.1: leaf hash ``SHA-256(0x00 || entry)``, node hash ``SHA-256(0x01 || left ||
right)``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from countersight.errors import IntegrityError
from countersight.model import codec
from countersight.model.values import Digest

GENESIS = Digest("0" * 64)


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: ``n`` from 1, when (UTC, ISO 8601), what kind, and its facts."""

    n: int
    at: str
    act: str
    facts: dict[str, Any]
    previous: Digest
    hash: Digest

    def line(self) -> bytes:
        """The ledger's line, newline included."""
        return codec.encode(self) + b"\n"


def entry(n: int, at: str, act: str, facts: dict[str, Any], previous: Digest) -> Entry:
    """The next entry of a chain whose last hash is ``previous``."""
    body = {"n": n, "at": at, "act": act, "facts": facts, "previous": previous}
    return Entry(n, at, act, facts, previous, Digest.of(codec.encode(body)))


def check(lines: Iterable[bytes]) -> Iterator[Entry]:
    """The entries of a ledger, each checked. Raises IntegrityError that names the first line that does not hold."""
    previous, n = GENESIS, 0
    for n, line in enumerate(lines, 1):
        try:
            data = json.loads(line)
            found = entry(data["n"], data["at"], data["act"], data["facts"], Digest(data["previous"]))
            stated = data["hash"]
        except (ValueError, KeyError, TypeError) as error:
            raise IntegrityError(f"ledger.jsonl line {n} is not an entry ({error})", way_out=_WAY_OUT) from error
        if found.hash != stated or found.line() != line:
            raise IntegrityError(f"ledger.jsonl line {n} was changed: its hash does not fit it", way_out=_WAY_OUT)
        if found.n != n or found.previous != previous:
            raise IntegrityError(f"ledger.jsonl line {n} does not follow the line before it", way_out=_WAY_OUT)
        previous = found.hash
        yield found


_WAY_OUT = "restore ledger.jsonl from a copy; the evidence itself is not affected"


def merkle_root(leaves: Sequence[bytes]) -> Digest:
    """The root over the leaves in order; of no leaves, the SHA-256 of nothing (RFC 9162 §2.1.1)."""
    if not leaves:
        return Digest.of(b"")
    level = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        paired = [hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) & ~1 :]
    return Digest(level[0].hex())


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[tuple[str, bytes]]:
    """The sibling hashes from a leaf up to the root, each with the side it stands on ('left' or 'right')."""
    level = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]
    proof = []
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            proof.append(("left" if sibling < index else "right", level[sibling]))
        paired = [hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) & ~1 :]
        index //= 2
    return proof


def proven(leaf: bytes, proof: Sequence[tuple[str, bytes]], root: Digest) -> bool:
    """Whether the proof leads from the leaf to the root."""
    state = hashlib.sha256(b"\x00" + leaf).digest()
    for side, sibling in proof:
        state = hashlib.sha256(b"\x01" + (sibling + state if side == "left" else state + sibling)).digest()
    return state.hex() == root
