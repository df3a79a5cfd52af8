"""HTML and XHTML, through the Lexbor parser: the text a browser would show, in document order, scripts never run.

Decisions. Text hidden by the ``hidden`` attribute or an inline ``display:none`` or ``visibility:hidden`` is left out
and counted in a note (style sheets and scripts are not applied). The alternative text of an image stands in square
brackets; a check box is ``[x]`` or ``[ ]``. Soft hyphens are dropped; no-break spaces collapse as other spaces do.
Empty cells leave nothing in a row: a cell's ``ref`` (``T1R2C3``, spans counted) tells its column. A row that holds
another table is layout: it is read as if it were not there, and the inner table's rows are the rows. The text of an
inline frame (``srcdoc``) is read at its place; other frames and objects are not part of the file. A document is partial
where a picture inside it may hold words (no icon, no rule), where it is nothing but frames, or where the article it
shows is cut off. What surrounds the body of a web page stays in its text, in its place, marked as furniture.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from pathlib import Path, PurePath
from urllib.parse import unquote_to_bytes

from selectolax.lexbor import LexborHTMLParser, LexborNode

from countersight.errors import ReadError
from countersight.model import Agent, BlockKind, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read import furniture, webpage
from countersight.read.charset import Decoded, decode
from countersight.read.embedded import Pictures
from countersight.read.layout import PageText, counted
from countersight.read.members import Unpacking

MEDIA_TYPE = "text/html"
_AGENT = Agent("html", f"2+selectolax {version('selectolax')}")
_NAMES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"})
# Names under which other programs leave HTML: with these, a weaker sign at the beginning is enough.
_ALSO = frozenset({"", ".xls", ".doc", ".php", ".jsp", ".asp", ".aspx", ".do", ".cgi", ".download"})
_BEFORE = rb"(?:\s|<\?xml[^>]*>|<!--.*?-->)*+"
_SURELY = re.compile(_BEFORE + rb"(?:<!doctype\s+html|<html)[\s>]", re.IGNORECASE | re.DOTALL)
_PROBABLY = re.compile(
    _BEFORE + rb"<(?:head|body|title|meta|script|style|table|div|iframe|h1|p|br|font|center)[\s/>]",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)")
_HEAD = 4096  # bytes in which a charset is looked for; browsers look into 1,024
_MEMORY_PER_BYTE = 16  # of the source, for text, tree and blocks together

_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_LEFT_OUT = frozenset({"head", "script", "style", "template", "noscript", "title", "datalist", "colgroup"})
_ELSEWHERE = frozenset({"iframe", "frame", "object", "embed", "video", "audio", "canvas", "applet"})
_BLOCK_TAGS = """
address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer
form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup p pre search section
summary table tbody td tfoot th thead tr ul xmp
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_KINDS = {f"h{level}": BlockKind.HEADING for level in range(1, 7)} | {"li": BlockKind.LIST_ITEM}
_CHANGES = {"ins": BlockKind.INSERTED, "del": BlockKind.DELETED, "s": BlockKind.DELETED, "strike": BlockKind.DELETED}
_SURROUND = frozenset({"nav", "aside", "header", "footer", "button"})
_ACTIVE = frozenset({"a", "button"})
_CONTROLS = frozenset({"input", "select", "textarea"})
_NO_VALUE = frozenset({"hidden", "password", "image", "file"})
_PRESERVED = frozenset({"pre", "xmp", "listing"})
_EMBEDDED = 4096  # characters of a data: address below which a picture of unknown size is an ornament
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_SPAN_DIGITS = 6
_COLUMNS = 1000  # of a table; the most that the HTML standard lets one cell span


@dataclass(frozen=True, slots=True)
class HtmlReader:
    """Reads one HTML document as one page without places."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """HTML by how it begins whatever its name, or by its name if it does not begin as something else."""
        suffix = PurePath(name.lower()).suffix
        start = _narrow(head)
        if _SURELY.match(start) or (suffix in _ALSO and _PROBABLY.match(start)):
            return MEDIA_TYPE
        binary = b"\0" in start or start.startswith((b"PK\x03\x04", b"%PDF-"))
        return MEDIA_TYPE if suffix in _NAMES and not binary else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Read the visible text. Raises ReadError for an empty file and one too large for the memory allowed."""
        size = path.stat().st_size
        if size == 0:
            raise ReadError("empty: 0 bytes", status="skipped")
        if size * _MEMORY_PER_BYTE > limits.memory:
            raise ReadError("too large for one HTML document", status="skipped", way_out="allow more memory per item")
        decoded = _decoded(path.read_bytes())
        tree = LexborHTMLParser(decoded.text.replace("\0", "\ufffd"))
        said = webpage.stated(tree)
        walk = _Walk()
        if tree.root is not None:
            walk.run(tree.root)
        page = walk.out.page()
        found = webpage.describe(tree, said, page.text, page.blocks, links=walk.links, suspected=walk.regions)
        walk.out.blocks += found.furniture
        pictures = Pictures(Unpacking(limits, sink, limits.unpacked))  # it holds no more than itself: no bombs
        for address in walk.embedded:
            _take(address, pictures)
        reason = _reason(pictures.unread(), found.reason, unread=page.blank and bool(walk.elsewhere))
        notes = (decoded.note, *walk.notes(), *pictures.notes(), _empty(tree, page.blank), *found.notes)
        return Reading(
            media_type,
            self.agent,
            Status.PARTIAL if reason else Status.READ,
            (walk.out.page() if found.furniture else page,) if pages is None or 0 in pages else (),
            members=tuple(pictures.unpacking.members),
            notes=tuple(filter(None, notes)),
            reason=reason,
            title=found.title,
            dated=found.dated,
        )


def _narrow(head: bytes) -> bytes:
    """The beginning without byte order mark, UTF-16 brought to one byte per character: enough to see a tag."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    if b"\0" in head[:2]:
        return head[head[:1] == b"\0" :: 2]
    return head


def _decoded(data: bytes) -> Decoded:
    head = data[:_HEAD]
    found = _XML_ENCODING.search(head) or _CHARSET.search(head)
    return decode(data, found[1].decode("ascii") if found else None)


def _reason(pictures: str, cut: str, *, unread: bool) -> str:
    if unread:
        return "its content lies in frames or objects, which are not read"
    return "; ".join(why for why in (pictures, cut) if why)


def _empty(tree: LexborHTMLParser, blank: bool) -> str:
    if not blank:
        return ""
    return "no visible text without running its scripts" if tree.css_first("script") else "no visible text"


def _span(node: LexborNode, name: str, most: int) -> int:
    """A colspan or rowspan, bounded as in the HTML standard; 0 rows means down to the end."""
    text = node.attributes.get(name) or ""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= _SPAN_DIGITS else 1
    return min(number, most) or (most if name == "rowspan" else 1)


@dataclass(slots=True)
class _Table:
    """The grid of one table: the row reached, and per column the last row that a rowspan covers."""

    number: int
    row: int = 0
    column: int = 0
    covered: dict[int, int] = field(default_factory=dict)

    @property
    def ref(self) -> str:
        return f"T{self.number}R{self.row}"

    def next_row(self) -> None:
        self.row += 1
        self.column = 0

    def place(self, cell: LexborNode) -> tuple[str, int, int]:
        """The reference of the next cell of this row, and how many columns and rows it covers."""
        column = self.column + 1
        while self.covered.get(column, 0) >= self.row:
            column += 1
        columns, rows = _span(cell, "colspan", 1000), _span(cell, "rowspan", 65534)
        self.column = column + columns - 1
        if rows > 1:
            last = min(column + columns, _COLUMNS + 1)
            self.covered.update(dict.fromkeys(range(column, last), self.row + rows - 1))
        return f"{self.ref}C{column}", columns, rows


class _Walk:
    """Walks the tree without recursion and writes what is visible.

    ``start`` is the offset where the open block or cell began, None while it has no text; ``pending`` is the white
    space due before its next text; ``ref`` is the open cell's reference, ``covers`` are its columns and rows;
    ``row`` is the offset where the open row began, -1 for one without text, None outside of rows. ``open`` are the
    elements entered, not yet left, that may hold furniture or a post of another site, or are links.
    """

    def __init__(self) -> None:
        self.out = PageText()
        self.start: int | None = None
        self.pending = ""
        self.ref = ""
        self.covers: list[int] = [1, 1]
        self.head = False
        self.row: int | None = None
        self.tables: list[_Table] = []
        self.kinds: list[BlockKind] = [BlockKind.PARAGRAPH]
        self.changes: list[tuple[int, BlockKind]] = []
        self.preserved = 0
        self.table_count = 0
        self.hidden = self.linked = 0
        self.embedded: list[str] = []
        self.elsewhere: dict[str, int] = {}
        self.links: list[furniture.Link] = []
        self.regions: list[furniture.Region] = []
        self.open: list[tuple[int, int, str, bool]] = []

    def notes(self) -> list[str]:
        """What was left out, counted."""
        notes = [f"hidden text left out: {counted(self.hidden, 'character')}"] if self.hidden else []
        notes += [f"{counted(number, tag)} not read" for tag, number in self.elsewhere.items()]
        if self.linked:
            notes.append(f"{counted(self.linked, 'linked image')} not part of the file")
        return notes

    def run(self, root: LexborNode) -> None:
        """Write the whole tree."""
        stack: list[tuple[LexborNode, bool]] = [(root, True)]
        while stack:
            node, entering = stack.pop()
            if not entering:
                if self.open and self.open[-1][0] == node.mem_id:
                    self._close(node.tag or "")
                self._leave(node)
            elif node.is_text_node:
                self._text(node.text_content or "")
            elif node.is_element_node and self._enter(node):
                stack.append((node, False))
                stack.extend((child, True) for child in reversed(_children(node)))
        self._break()

    def _enter(self, node: LexborNode) -> bool:
        """Open an element; whether its children are to be walked."""
        tag = node.tag or ""
        if tag in _LEFT_OUT or self._is_hidden(node, attributes := node.attributes):
            return False
        if tag in _ELSEWHERE:
            inside = tag == "iframe" and bool(node.attributes.get("srcdoc"))
            if not inside:
                self.elsewhere[tag] = self.elsewhere.get(tag, 0) + 1
            return inside or tag == "object"
        if tag in _CONTROLS:
            self._control(node, tag)
            return False
        if tag in _BLOCKS:
            self._open_block(node, tag)
        elif tag == "br":
            self._line_break()
        elif tag == "img":
            self._image(node)
        elif tag in _CHANGES:
            self.changes.append((self.put(""), _CHANGES[tag]))
        if attributes or tag in _SURROUND:
            self._watch(node, tag, attributes)
        return True

    def _watch(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
        """Remember where a link or a stretch that may be furniture begins."""
        if tag in _ACTIVE:
            address = attributes.get("href") if tag == "a" else ""
            if address is not None:
                self.open.append((node.mem_id, self._due(), address, False))
            return
        kind, sure = furniture.suspect(tag, attributes)
        if kind and tag in {"header", "footer"} and furniture.owned(_ancestors(node)):
            kind = ""
        if kind:
            self.open.append((node.mem_id, self._due(), kind, sure))

    def _due(self) -> int:
        """The offset at which the next text begins, white space before it left out, as far as known."""
        return self.out.length + (len(self.pending) if self.start is not None else 0)

    def _close(self, tag: str) -> None:
        """End the link or stretch that was begun last."""
        _, start, said, sure = self.open.pop()
        end = self.out.length
        if tag in _ACTIVE:
            if start < end:
                self.links.append(furniture.Link(start, end, furniture.leads_to_file(said)))
        elif start < end or said == "post":
            self.regions.append(furniture.Region(start, max(start, end), said, sure))

    def _is_hidden(self, node: LexborNode, attributes: dict[str, str | None]) -> bool:
        if "hidden" not in attributes and not _HIDDEN.search(attributes.get("style") or ""):
            return False
        for script in node.css("script, style"):
            script.decompose()
        self.hidden += len(_SPACE.sub(" ", node.text()).strip())
        return True

    def _open_block(self, node: LexborNode, tag: str) -> None:
        self._break()
        if tag in _KINDS:
            self.kinds.append(_KINDS[tag])
        elif tag == "table":
            self.table_count += 1
            self.tables.append(_Table(self.table_count))
        elif tag == "tr" and self.tables:
            self.tables[-1].next_row()
            self.row = None if node.css_first("table") else -1
        elif tag in {"td", "th"} and self.tables:
            ref, *self.covers = self.tables[-1].place(node)
            self.ref = "" if self.row is None else ref
            self.head = tag == "th" or "thead" in islice(_ancestors(node), 2)
        elif tag in _PRESERVED:
            self.preserved += 1

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in {"td", "th"} and self.ref:
            if self.start is not None:
                self.out.cell(self.start, self.ref, *self.covers, head=self.head)
            self.start, self.pending, self.ref = None, "", ""
        elif tag == "tr" and self.row is not None:
            if self.row >= 0:
                self.out.mark(self.row, BlockKind.ROW, self.tables[-1].ref)
                self.out.write("\n")
            self.row = None
        elif tag in _BLOCKS:
            self._break()
        elif tag in _CHANGES:
            self._changed()
        if tag in _KINDS:
            self.kinds.pop()
        elif tag == "table":
            self.tables.pop()
        elif tag in _PRESERVED:
            self.preserved -= 1

    def _changed(self) -> None:
        """The end of an insertion or deletion; one inside another of its kind is no further one."""
        start, kind = self.changes.pop()
        if all(kind is not outer for _, outer in self.changes):
            self.out.mark(start, kind)

    def _break(self) -> None:
        """The edge of a block: in a cell a line break, elsewhere the end of what stands before."""
        if self.start is None:
            return
        if self.ref:
            self.pending = "\n"
            return
        self.out.mark(self.start, self.kinds[-1])
        self.out.write("\n")
        self.start, self.pending = None, ""

    def _line_break(self) -> None:
        if self.pending == "\n" and not self.ref:
            self._break()  # an empty line parts paragraphs
        elif self.start is not None:
            self.pending = "\n"

    def put(self, text: str) -> int:
        """Write text after the white space due before it; return the offset where it begins."""
        if self.start is not None:
            self.out.write(self.pending)
        elif text:
            if self.ref and self.row is not None:
                if self.row >= 0:
                    self.out.write("\t")
                else:
                    self.row = self.out.length
            self.start = self.out.length
        self.pending = ""
        self.out.write(text)
        return self.out.length - len(text)

    def _text(self, data: str) -> None:
        data = data.replace("\xad", "")
        if self.preserved:
            self._preserved(data)
            return
        text = _SPACE.sub(" ", data)
        if text.startswith(" ") and self.start is not None:
            self.pending = self.pending or " "
        if body := text.strip(" "):
            self.put(body)
            self.pending = " " if text.endswith(" ") else ""

    def _preserved(self, data: str) -> None:
        text = data.replace("\r\n", "\n").replace("\r", "\n")
        body = text.rstrip("\n")
        if body.strip():
            self.put(body if self.start is not None else body.lstrip("\n"))
            self.pending = "\n" if text != body else ""
        elif self.start is not None:
            self.pending = "\n" if "\n" in text else self.pending + text

    def _image(self, node: LexborNode) -> None:
        source = node.attributes.get("src") or ""
        if not source.startswith("data:"):
            self.linked += bool(source)
        else:
            self.embedded.append(source)
        if alternative := _SPACE.sub(" ", node.attributes.get("alt") or "").strip():
            self.put(f"[{alternative}]")

    def _control(self, node: LexborNode, tag: str) -> None:
        name = node.attributes.get("name") or node.attributes.get("id") or ""
        for value in _values(node, tag):
            self.pending = self.pending or " "
            start = self.put(value)
            self.out.mark(start, BlockKind.FIELD, name)
            self.pending = " "


def _ancestors(node: LexborNode) -> Iterator[str]:
    while (parent := node.parent) is not None:
        yield parent.tag or ""
        node = parent


def _children(node: LexborNode) -> list[LexborNode]:
    """The nodes inside an element; of an inline frame, the document it states."""
    if node.tag == "iframe":
        root = LexborHTMLParser(node.attributes.get("srcdoc") or "").root
        return [root] if root is not None else []
    return list(node.iter(include_text=True))


def _take(address: str, pictures: Pictures) -> None:
    """Store the picture in a ``data:`` address (RFC 2397). A small one that is no raster image is an ornament."""
    header, _, data = address.partition(",")
    drawing = "svg" in header
    if (drawing or not header.endswith(";base64")) and len(address) < _EMBEDDED:
        pictures.pass_by()
        return
    raw = unquote_to_bytes(data)
    if header.endswith(";base64"):
        packed = _NOT_BASE64.sub(b"", raw)
        raw = base64.b64decode(packed[: len(packed) - (len(packed) % 4 == 1)] + b"==")
    pictures.add_bytes(raw, ".svg" if drawing else "")


def _values(node: LexborNode, tag: str) -> list[str]:
    """What a form control shows: its value, its text, or the options it offers."""
    if tag == "select":
        values = [option.text() for option in node.css("option")]
    elif tag == "textarea":
        values = [node.text()]
    else:
        kind = (node.attributes.get("type") or "text").lower()
        if kind in {"checkbox", "radio"}:
            return ["[x]" if "checked" in node.attributes else "[ ]"]
        values = [] if kind in _NO_VALUE else [node.attributes.get("value") or ""]
    return [value for value in (_SPACE.sub(" ", value).strip() for value in values) if value]
