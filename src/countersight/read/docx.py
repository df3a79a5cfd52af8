"""DOCX and DOCM: every text a Word document holds, in document order, with what each stretch of it is.

Order on the page: the body; then headers, footers, footnotes, endnotes and comments, each once. Text boxes follow the
paragraph they hang on. Deleted text stays at its place beside inserted text, each marked. Numbers that Word counts
(``第三章``, ``1.2``) are written out. A reference to a note shows as ``[1]``, to an endnote as ``[e1]``, and is the
note's ``ref``. Hidden text is left out with a note; authors' names, alternative texts of pictures and field codes are
left out. Empty cells leave nothing in a row: a cell's ``ref`` (``T1R2C3``, merged columns counted) tells its column. A
table alone in a row of another table is read as if it stood outside; any other is flattened into its cell. A document
is partial where a picture may hold words (no icon, no rule), or charts, diagrams or imported parts were not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from platform import python_version
from xml.etree.ElementTree import Element

from countersight.errors import ReadError
from countersight.model import Agent, BlockKind, Page, Reading, Status
from countersight.ports import Limits, Sink
from countersight.read.embedded import Pictures
from countersight.read.layout import counted
from countersight.read.members import Unpacking, allowed
from countersight.read.ooxml import Package, Relation, attribute, child, children, descendants, local, opened
from countersight.read.sniff import is_text, suffix
from countersight.read.sniff import media_type as sniffed
from countersight.read.wordtext import WordText

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.12"
_AGENT = Agent("docx", f"1+python {python_version()}")
_NAMES = {".docx": MEDIA_TYPE, ".dotx": MEDIA_TYPE, ".docm": MACRO_TYPE, ".dotm": MACRO_TYPE}
_MARGINS = {"headerReference": BlockKind.HEADER, "footerReference": BlockKind.FOOTER}
_CONTAINERS = frozenset({"application/zip", "application/x-ole-storage", MEDIA_TYPE})


@dataclass(frozen=True, slots=True)
class DocxReader:
    """Reads a Word document as one page; one of millions of characters as several, cut between paragraphs."""

    agent: Agent = _AGENT
    pages_per_item: int = 0

    def claims(self, head: bytes, name: str) -> str | None:
        """By its name, unless it begins as something else, be it plain text; or by the parts its ZIP begins with."""
        found = sniffed(head, name)
        named = _NAMES.get(suffix(name))
        if named and (found in _CONTAINERS or (found is None and not (head and is_text(head)))):
            return named
        return MEDIA_TYPE if found == MEDIA_TYPE else None

    def read(self, path: Path, media_type: str, pages: range | None, limits: Limits, sink: Sink) -> Reading:
        """Read all text. Raises ReadError that tells empty, encrypted and damaged files apart."""
        with opened(path, limits) as package:
            main = package.main_part("word/document.xml")
            text = _written(package, main)
            embedded = package.names("word/embeddings/") + _imported(package, main)
            pictures = Pictures(Unpacking(limits, sink, allowed(path.stat().st_size, limits)))
            pictures.add_parts(package, text.pictures)
            members = package.members(embedded, sink)
            macros = any(name.endswith("vbaProject.bin") for name in package.names())
            title = package.title()
            reason = _unread(text, pictures)
        found = text.finished()
        return Reading(
            media_type,
            self.agent,
            Status.PARTIAL if reason else Status.READ,
            found if pages is None else tuple(page for page in found if page.number - 1 in pages),
            len(found) if len(found) > 1 else 0,
            (*members, *pictures.unpacking.members),
            notes=(*_notes(text, found, reason, macros=macros, members=len(members)), *pictures.notes()),
            reason=reason,
            title=title,
        )


def _written(package: Package, main: str) -> WordText:
    """All text of the package. Raises ReadError where there is no document in it."""
    root = package.tree(main)
    body = child(root, "body")
    if root is None or body is None:
        raise ReadError(f"damaged: no Word document in it ({main} is missing)", way_out="repair or re-save it")
    related = package.relations(main)
    parts = {item.kind: item.target for item in reversed(related.values()) if not item.external}
    text = WordText(package.tree(parts.get("styles", "")), package.tree(parts.get("numbering", "")))

    def opened_part(target: str) -> Element | None:
        text.relations = package.relations(target)
        return package.tree(target)

    try:
        text.relations = related
        text.body(body)
        for target, kind in _headers_and_footers(root, related):
            if (tree := opened_part(target)) is not None:
                text.once(kind, tree)
        for name in ("footnotes", "endnotes"):
            text.notes(opened_part(parts.get(name, "")), name)
        for comment in children(opened_part(parts.get("comments", "")), "comment"):
            text.flow(comment, BlockKind.COMMENT, attribute(comment, "id") or "")
    except RecursionError:
        raise ReadError("damaged: its parts are nested too deeply", way_out="re-save it") from None
    return text


def _headers_and_footers(root: Element, related: Mapping[str, Relation]) -> list[tuple[str, BlockKind]]:
    """The parts that sections refer to, each once, headers first."""
    found = dict.fromkeys(
        (related[key].target, _MARGINS[local(item.tag)])
        for section in descendants(root, "sectPr")
        for item in section
        if local(item.tag) in _MARGINS and (key := attribute(item, "id") or "") in related
    )
    return sorted(found, key=lambda part: part[1] != BlockKind.HEADER)


def _imported(package: Package, main: str) -> list[str]:
    """Parts of other formats that Word would merge in when it opens the document (``altChunk``)."""
    names = package.names()
    return sorted(r.target for r in package.relations(main).values() if r.kind == "aFChunk" and r.target in names)


def _unread(text: WordText, pictures: Pictures) -> str:
    """What of the record itself was not read."""
    unread = [pictures.unread(), *(f"{counted(number, kind)} not read" for kind, number in text.graphics.items())]
    return "; ".join(reason for reason in unread if reason)


def _notes(text: WordText, pages: tuple[Page, ...], reason: str, *, macros: bool, members: int) -> list[str]:
    notes = [reason] if reason else []
    changes = [(text.insertions, "insertion"), (text.deletions, "deletion"), (text.comments, "comment")]
    if any(number for number, _ in changes):
        notes.append("revision: " + ", ".join(counted(number, thing) for number, thing in changes))
    if text.hidden:
        notes.append(f"hidden text left out: {counted(text.hidden, 'character')}")
    if text.symbols:
        notes.append(f"{counted(text.symbols, 'symbol')} of a picture font shown as \N{BULLET}")
    if text.linked:
        notes.append(f"{counted(text.linked, 'linked image')} not part of the file")
    if macros:
        notes.append("macros present, never run")
    if members:
        notes.append(f"{counted(members, 'embedded file')} read on their own")
    return notes + (["no text in the document"] if all(page.blank for page in pages) else [])
