"""The seal of a case: the SHA-256 of every file that was derived, in the form ``sha256sum --check`` reads.

The first line holds the digest of the rest, so that a changed byte in the seal itself is found; the second what the
files were derived from and with (as JSON).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from countersight.errors import IntegrityError
from countersight.model import Digest, codec
from countersight.store.disk import replace

NAME = Path("derived") / "SHA256SUMS"
_WAY_OUT = "delete the case's folder derived and run audit again: it is rebuilt from the evidence"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a case was derived from and with: state, engine, program, length and last hash of the ledger.

    ``office`` is the reader of legacy documents and its LibreOffice, empty where the case holds none.
    """

    state: Digest
    engine: Digest
    program: str
    entries: int
    head: Digest
    office: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """The digests of a case's derived files by path relative to the case."""

    origin: Origin
    sums: dict[str, Digest]

    def write(self, case: Path) -> None:
        """Leave the seal in the case."""
        lines = [f"# {codec.dumps(self.origin)}", *(f"{self.sums[path]}  {path}" for path in sorted(self.sums))]
        body = "".join(f"{line}\n" for line in lines).encode()
        replace(case / NAME, f"# {Digest.of(body)}\n".encode() + body)

    @classmethod
    def read(cls, case: Path) -> Seal | None:
        """The seal of a case; None where no audit was finished. Raises IntegrityError where it was changed."""
        try:
            first, _, body = (case / NAME).read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        if first != f"# {Digest.of(body)}".encode():
            raise IntegrityError(f"{NAME} was changed", way_out=_WAY_OUT)
        origin, *lines = body.decode().splitlines()
        sums = {path: Digest(digest) for digest, _, path in (line.partition("  ") for line in lines)}
        return cls(codec.decode(Origin, origin.removeprefix("# ")), sums)
