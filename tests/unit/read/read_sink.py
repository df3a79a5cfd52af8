"""A blob store in memory, for tests of readers."""

from __future__ import annotations

from typing import BinaryIO

from countersight.errors import ReadError
from countersight.model import Digest, Member


class MemorySink:
    """Keeps blobs by digest; refuses a stream past its limit, as the real store does."""

    def __init__(self) -> None:
        self.blobs: dict[Digest, bytes] = {}

    def __call__(self, stream: BinaryIO, *, limit: int) -> tuple[Digest, int]:
        data = bytearray()
        while chunk := stream.read(1 << 16):
            data += chunk
            if len(data) > limit:
                raise ReadError(f"larger than {limit} bytes")
        digest = Digest.of(bytes(data))
        self.blobs[digest] = bytes(data)
        return digest, len(data)

    def of(self, member: Member) -> bytes:
        """A member's bytes."""
        assert member.digest is not None, member.fault
        return self.blobs[member.digest]
