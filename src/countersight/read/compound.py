"""Compound files (MS-CFB) whose first bytes and name do not tell what they are: told by the streams inside.

What is known is handed to its reader. An embedded object that only wraps a file gives that file.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from platform import python_version

from countersight.errors import ReadError
from countersight.model import Agent, Reading, Status
from countersight.ports import Limits, Reader, Sink
from countersight.read import msg, sheet
from countersight.read.legacy import POWERPOINT, WORD, LegacyReader
from countersight.read.members import Unpacking, allowed
from countersight.read.ole import opened, unwrapped
from countersight.read.ooxml import needs_password
from countersight.read.sniff import media_type as sniffed
from countersight.read.sniff import reason

MEDIA_TYPE = "application/x-ole-storage"
_AGENT = Agent("compound", f"1+python {python_version()}")
_KNOWN: tuple[tuple[str, str, Reader], ...] = (
    ("__properties_version1.0", msg.MEDIA_TYPE, msg.MsgReader()),
    ("Workbook", sheet.XLS, sheet.SheetReader()),
    ("Book", sheet.XLS, sheet.SheetReader()),
    ("WordDocument", WORD, LegacyReader()),
    ("PowerPoint Document", POWERPOINT, LegacyReader()),
)
_MEMORY_PER_BYTE = 4  # of an object, to take it out of its wrapping


@dataclass(frozen=True, slots=True)
class CompoundReader:
    """Reads what the readers of the formats did not recognise: ask it after them."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """Only with a name, so that every reader that knows the name goes before."""
        return MEDIA_TYPE if name and sniffed(head, name) == MEDIA_TYPE else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Read by the streams inside. Raises ReadError for a file of no known kind, and as the readers asked do."""
        with opened(path) as ole:
            if ole.exists("EncryptedPackage"):
                raise needs_password()
            found = next(((kind, reader) for stream, kind, reader in _KNOWN if ole.exists(stream)), None)
        if found is None:
            return _unwrapped(path, media_type, limits, sink)
        kind, reader = found
        return reader.read(path, kind, pages, limits, sink)


def _unwrapped(path: Path, media_type: str, limits: Limits, sink: Sink) -> Reading:
    size = path.stat().st_size
    if size * _MEMORY_PER_BYTE > limits.memory:
        raise ReadError("too large for an embedded object", status="skipped", way_out="allow more memory per item")
    data = path.read_bytes()
    name, inside = unwrapped(data)
    if inside == data:
        raise ReadError(reason(MEDIA_TYPE), status="skipped")
    unpacking = Unpacking(limits, sink, allowed(size, limits))
    unpacking.take(("attachment", f"1 {name or 'object'}"), len(inside), lambda: BytesIO(inside))
    return Reading(media_type, _AGENT, Status.READ, members=tuple(unpacking.members))
