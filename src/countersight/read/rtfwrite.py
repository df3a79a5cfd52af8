"""Writes the text of RTF: paragraphs, tables, tracked changes, and what stands beside the body."""

from __future__ import annotations

from dataclasses import dataclass, field

from countersight.model import BlockKind, Page
from countersight.read.layout import PageText
from countersight.read.rtftable import Table
from countersight.read.wordtext import LONG

BODY_LEVEL = 9  # the outline level that is none


@dataclass(slots=True)
class Aside:
    """Text that stands beside the body."""

    kind: BlockKind | None
    ref: str = ""
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(self.parts).strip()


@dataclass(slots=True)
class State:
    """What a group inherits and its end undoes. ``where`` says what its characters are: text, a picture, skipped."""

    where: str = "text"
    aside: Aside | None = None
    font: int = -1
    wide_font: int = -1
    wide: bool = False
    fallback: int = 1
    hidden: bool = False
    muted: bool = False
    change: BlockKind | None = None
    in_table: bool = False
    style: int = 0
    level: int | None = None
    listed: bool = False
    preview: bool = False
    starred: bool = False


class Writer:
    """Grows the pages. ``in_row`` says that a row was defined and not ended; ``pending`` parts what comes next.

    ``headings`` are the numbers of the paragraph styles that make a heading.
    """

    def __init__(self) -> None:
        self.pages = [PageText()]
        self.table = Table(self.pages[0])
        self.asides: list[Aside] = []
        self.headings: set[int] = set()
        self.insertions = self.deletions = 0
        self.in_row = False
        self._pending = ""
        self._tables = 0
        self._notes = {"": 0, "e": 0}
        self._paragraph: int | None = None
        self._kind = BlockKind.PARAGRAPH
        self._change: tuple[BlockKind, int] | None = None

    @property
    def out(self) -> PageText:
        """The page being written."""
        return self.pages[-1]

    @property
    def comments(self) -> int:
        """How many comments there are."""
        return sum(aside.kind == BlockKind.COMMENT for aside in self.asides)

    def finished(self) -> tuple[Page, ...]:
        """The pages: one, or for a very long document several, labelled ``part N``."""
        if len(self.pages) == 1:
            return (self.out.page(),)
        return tuple(part.page(n, f"part {n}", paged=True) for n, part in enumerate(self.pages, 1))

    def write(self, text: str, state: State) -> None:
        """Write text of the body."""
        in_table = state.in_table or self.in_row
        if in_table and not self.table.open:
            self.end_paragraph()
            self._begin_row()
        elif not in_table and (self.table.open or self.table.rows):
            self.end_paragraph()
            self.table.finish()
        lead, self._pending = self._pending, ""
        if self._paragraph is None:
            lead = self.table.lead() if self.table.open else ""
            self._paragraph = self.out.length + len(lead)
        self._changed(state.change, len(lead))
        self.out.write(lead + text)
        self._kind = self._kind_of(state)

    def part(self, by: str) -> None:
        """Part what comes next in this cell or paragraph from what there is."""
        self._pending = by if self._paragraph is not None else ""

    def end_line(self) -> None:
        """A paragraph ends, in a cell or outside."""
        if self.table.open:
            self.part("\n")
            return
        self.end_paragraph()
        if self.out.length > LONG:
            self.table.finish()
            self.pages.append(PageText())
            self.table = Table(self.out)

    def end_paragraph(self) -> None:
        """A paragraph or cell ends."""
        if self.table.open:
            self.end_cell()
        elif self._paragraph is not None:
            self._changed(None)
            self.out.mark(self._paragraph, self._kind)
            self.out.write("\n")
        self._paragraph = None
        self._pending = ""

    def end_cell(self) -> None:
        """A cell ends; one outside of any row begins a row."""
        if not self.table.open:
            self._begin_row()
            self.in_row = True
        self._pending = ""
        self._changed(None)
        self.table.cell(self._paragraph)
        self._paragraph = None

    def end_row(self) -> None:
        """A row ends."""
        if self._paragraph is not None and self.table.open:
            self.end_cell()
        self.table.end_row()
        self.in_row = False

    def finish(self) -> None:
        """The document ends: write headers, footers, notes and comments, each wording of a header or footer once."""
        self.end_paragraph()
        self.table.finish()
        order = (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.FOOTNOTE, BlockKind.COMMENT)
        worded = set()
        for aside in (aside for kind in order for aside in self.asides if aside.kind == kind):
            if aside.text and (aside.kind, aside.text) not in worded:
                worded |= {(aside.kind, aside.text)} if aside.kind in order[:2] else set()
                start = self.out.length
                self.out.write(aside.text)
                self.out.mark(start, aside.kind or BlockKind.PARAGRAPH, aside.ref)
                self.out.write("\n")

    def number(self, note: Aside) -> str:
        """Number a note; its reference as it shows in the text."""
        self._notes[note.ref] += 1
        note.ref += str(self._notes[note.ref])
        return f"[{note.ref}]"

    def _begin_row(self) -> None:
        self._tables += not self.table.rows
        self.table.begin(self._tables, self._paragraph)

    def _changed(self, kind: BlockKind | None, lead: int = 0) -> None:
        """Follow tracked changes: end the one that does not go on, begin another."""
        if self._change and self._change[0] != kind:
            self.out.mark(self._change[1], self._change[0])
            self._change = None
        if kind and not self._change:
            self._change = kind, self.out.length + lead
            self.insertions += kind == BlockKind.INSERTED
            self.deletions += kind == BlockKind.DELETED

    def _kind_of(self, state: State) -> BlockKind:
        if state.style in self.headings if state.level is None else state.level < BODY_LEVEL:
            return BlockKind.HEADING
        return BlockKind.LIST_ITEM if state.listed else BlockKind.PARAGRAPH
