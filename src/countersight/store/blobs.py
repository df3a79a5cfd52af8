"""A folder of bytes under their SHA-256. A blob is there whole or not at all, and is never rewritten."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from countersight.errors import ReadError
from countersight.model import Digest
from countersight.store.disk import guarded

_CHUNK = 1 << 20
_PART = ".part-"  # what a killed process leaves behind begins with this


@dataclass(frozen=True, slots=True)
class Blobs:
    """Picklable: workers leave members of archives here, each under a temporary name until it is complete."""

    folder: Path

    def path(self, digest: Digest) -> Path:
        """Where the blob lies, whether or not it is there."""
        return self.folder / digest

    def __call__(self, stream: BinaryIO, *, limit: int) -> tuple[Digest, int]:
        """Store a stream; its digest and size.

        Raises ReadError past ``limit`` bytes, StorageError where the disk refuses.
        """
        state, size = hashlib.sha256(), 0
        part = None
        try:
            with guarded(self.folder), tempfile.NamedTemporaryFile(dir=self.folder, prefix=_PART, delete=False) as out:
                part = Path(out.name)
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > limit:
                        raise ReadError(f"larger than the {limit:,} bytes allowed here")
                    state.update(chunk)
                    out.write(chunk)
            digest = Digest(state.hexdigest())
            if not self.path(digest).exists():
                with guarded(self.folder):
                    part.chmod(0o444)
                    part.rename(self.path(digest))
            return digest, size
        finally:
            if part:
                part.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what killed processes left half-written."""
        for part in self.folder.glob(f"{_PART}*"):
            part.unlink(missing_ok=True)

    def damaged(self) -> Iterator[Path]:
        """The files whose bytes are not those of their name, in order. A folder that is not there holds none."""
        for path in sorted(self.folder.glob("*")):
            if not path.is_file() or str(Digest.of_file(path)) != path.name:
                yield path
