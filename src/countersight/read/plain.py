r"""Text as it stands: plain text, Markdown, and JSON, XML and logs read as the text they are.

Only line ends are changed and zero characters dropped; in JSON and XML, numeric escapes of characters beyond ASCII are
written out (``\u4e2d``, ``&#20013;``), so that they can be found. Paragraphs are what blank lines part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from countersight.model import Agent, Block, BlockKind, Page, PageFault, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read import textfile
from countersight.read.markdown import lines, markdown
from countersight.read.sniff import is_text, suffix
from countersight.read.sniff import media_type as sniffed

TEXT = "text/plain"
MARKDOWN = "text/markdown"
JSON = "application/json"
XML = "application/xml"
_AGENT = Agent("plain", "1")
_NAMES = {
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), MARKDOWN),
    **dict.fromkeys((".json", ".jsonl", ".ndjson", ".geojson"), JSON),
    **dict.fromkeys((".xml", ".xsd", ".fods", ".fodt", ".svg", ".kml", ".rss"), XML),
}
_LONG = 2_000_000  # characters after which a text is continued on another page
_PARTS_PER_ITEM = 8
_JSON_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)((?:\\u(?!00[0-9])[0-9a-fA-F]{4})+)")
_XML_ESCAPE = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
_LAST = 0x10FFFF


@dataclass(frozen=True, slots=True)
class PlainReader:
    """Reads whatever is text and no other reader's: ask it last. A very long text is cut into pages between lines."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """Whatever is text; its media type by its name, XML also by its declaration."""
        if sniffed(head, name) is not None or not is_text(head):
            return None
        declared = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<?xml")
        return _NAMES.get(suffix(name), XML if declared else TEXT)

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Read the text. Raises ReadError for an empty file and for one that is not text."""
        del sink  # nothing unpacks
        loaded = textfile.load(path, limits)
        text = _WRITTEN_OUT.get(media_type, str)(loaded.text)
        parts = list(_parts(text))
        wanted = range(min(len(parts), _PARTS_PER_ITEM)) if pages is None else pages
        read = tuple(_page(part, n, len(parts), media_type) for n, part in enumerate(parts, 1) if n - 1 in wanted)
        notes = [*loaded.notes]
        if media_type in _WRITTEN_OUT:
            notes.append(f"{media_type.rpartition('/')[2].upper()} read as plain text, not by its structure")
        if text != loaded.text:
            notes.append("escaped characters written out")
        if not text.strip():
            notes.append("no text in the file")
        return Reading(
            media_type,
            self.agent,
            Status.PARTIAL if loaded.reason else Status.READ,
            read,
            len(parts) if len(parts) > 1 else 0,
            faults=(PageFault(len(parts), loaded.reason),) if loaded.reason else (),
            notes=tuple(notes),
            reason=loaded.reason,
        )


def _parts(text: str) -> Iterator[str]:
    """The text in pieces of at most ``_LONG`` characters, each ending with a line where lines allow."""
    start = 0
    while len(text) - start > _LONG:
        stop = text.rfind("\n", start, start + _LONG) + 1 or start + _LONG
        yield text[start:stop]
        start = stop
    yield text[start:]


def _page(text: str, number: int, total: int, media_type: str) -> Page:
    blocks = {MARKDOWN: markdown, TEXT: _paragraphs}.get(media_type, _no_blocks)
    label = f"part {number}" if total > 1 else None
    return Page(number, text, label, total > 1, tuple(blocks(text)), blank=not text.strip())


def _no_blocks(text: str) -> Iterator[Block]:
    del text
    return iter(())


def _paragraphs(text: str) -> Iterator[Block]:
    start = end = -1
    for at, line in lines(text):
        if words := line.strip():
            start = start if start >= 0 else at + len(line) - len(line.lstrip())
            end = at + len(line) - len(line.lstrip()) + len(words)
        elif start >= 0:
            yield Block(start, end, BlockKind.PARAGRAPH)
            start = -1
    if start >= 0:
        yield Block(start, end, BlockKind.PARAGRAPH)


def _json(text: str) -> str:
    """JSON with its escapes beyond ASCII written out, pairs of surrogates joined."""
    return _JSON_ESCAPE.sub(_from_json, text) if "\\u" in text else text


def _from_json(match: re.Match[str]) -> str:
    units = b"".join(bytes.fromhex(unit) for unit in match[2].split("\\u")[1:])
    text = units.decode("utf-16-be", "surrogatepass")
    return match[1] + re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text)


def _xml(text: str) -> str:
    """XML with its numeric references beyond ASCII written out."""
    return _XML_ESCAPE.sub(_from_xml, text) if "&#" in text else text


def _from_xml(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    beyond = 0xA0 <= code <= _LAST and not 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 (surrogates)
    return chr(code) if beyond else match[0]


_WRITTEN_OUT: dict[str, Callable[[str], str]] = {JSON: _json, XML: _xml}
