"""Workbooks, Word files and archives whose bytes do not depend on the clock."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet
from scripts.demo_records.ids import LABEL

_EPOCH = (2023, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def archive(members: Mapping[str, bytes]) -> bytes:
    """A ZIP of the members in the order given, every time stamp the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            target.writestr(info, data)
    return out.getvalue()


def _settled(package: bytes, dated: str) -> bytes:
    """An Office package again, with fixed time stamps outside and the given date inside."""
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    core = "docProps/core.xml"
    members[core] = _STAMP.sub(rb"\g<1>" + dated.encode() + b"T00:00:00Z", members[core])
    return archive(members)


def sheet(book: Workbook, title: str, head: Sequence[str], rows: Sequence[Sequence[object]], caption: str) -> Worksheet:
    """A sheet with the label, a caption, a ruled head and rows; columns as wide as their longest cell."""
    page = book.create_sheet(title)
    page.append([LABEL])
    page.append([caption])
    page.append(list(head))
    for row in rows:
        page.append(list(row))
    thin = Side(style="thin")
    for line in page.iter_rows(min_row=3):
        for cell in line:
            cell.border = Border(thin, thin, thin, thin)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
    for cell in page[3]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDDDDD")
    page["A2"].font = Font(bold=True, size=14)
    page.freeze_panes = "A4"
    for place, name in enumerate(head):
        longest = max(len(str(row[place])) for row in [head, *rows])
        page.column_dimensions[page.cell(3, place + 1).column_letter].width = 4 + 1.8 * longest + len(name)
    return page


def workbook(dated: str, sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[object]], str]]) -> bytes:
    """A workbook of (title, head, rows, caption) sheets."""
    book = Workbook()
    book.remove(book.active)
    for title, head, rows, caption in sheets:
        sheet(book, title, head, rows, caption)
    out = io.BytesIO()
    book.save(out)
    return _settled(out.getvalue(), dated)


class Letter:
    """A Word document: label in the page header, paragraphs, tables, and the parts that hide from a quick reader."""

    def __init__(self, title: str) -> None:
        self.document: DocumentObject = Document()
        self.document.core_properties.title = f"{LABEL} — {title}"
        self.document.core_properties.author = ""
        self.document.sections[0].header.paragraphs[0].text = LABEL
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(11)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "SimSun")
        self._notes: list[str] = []

    def words(self, *paragraphs: str, style: str | None = None) -> Paragraph:
        """Paragraphs; one that begins with ``#`` is a heading. The last is returned."""
        last = None
        for text in paragraphs:
            level = len(text) - len(text.lstrip("#"))
            last = (
                self.document.add_heading(text.lstrip("# "), level)
                if level
                else self.document.add_paragraph(text, style)
            )
        if last is None:
            raise ValueError("no paragraph given")
        return last

    def grid(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A ruled table."""
        table = self.document.add_table(0, len(head), "Table Grid")
        for row in [head, *rows]:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text

    def footnote(self, paragraph: Paragraph, text: str) -> None:
        """A footnote called at the paragraph's end."""
        self._notes.append(text)
        reference = f'<w:footnoteReference w:id="{len(self._notes)}"/>'
        paragraph._p.append(parse_xml(f'<w:r {_W}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{reference}</w:r>'))  # noqa: SLF001

    def changed(self, paragraph: Paragraph, deleted: str, inserted: str, author: str, at: str) -> None:
        """A tracked change at the paragraph's end."""
        for tag, inner, words in (("del", "delText", deleted), ("ins", "t", inserted)):
            place = 901 if tag == "del" else 902
            run = f'<w:r><w:{inner} xml:space="preserve">{words}</w:{inner}></w:r>'
            paragraph._p.append(  # noqa: SLF001
                parse_xml(f'<w:{tag} {_W} w:id="{place}" w:author="{author}" w:date="{at}">{run}</w:{tag}>')
            )

    def comment(self, paragraph: Paragraph, text: str, author: str, at: str) -> None:
        """A margin comment on the whole paragraph, by a role."""
        made = self.document.add_comment(paragraph.runs, text, author, "R")
        made._comment_elm.set(qn("w:date"), datetime.fromisoformat(at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))  # noqa: SLF001

    def data(self, dated: str) -> bytes:
        """The finished file."""
        if self._notes:
            self._add_footnotes()
        out = io.BytesIO()
        self.document.save(out)
        return _settled(out.getvalue(), dated)

    def _add_footnotes(self) -> None:
        bare = "".join(
            f'<w:footnote w:type="{kind}" w:id="{place}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
            for kind, place, mark in (
                ("separator", -1, "separator"),
                ("continuationSeparator", 0, "continuationSeparator"),
            )
        )
        notes = "".join(
            f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
            for n, text in enumerate(self._notes, 1)
        )
        blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {_W}>{bare}{notes}</w:footnotes>'
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        main = self.document.part
        main.relate_to(
            Part(PackURI("/word/footnotes.xml"), kind, blob.encode(), main.package), RELATIONSHIP_TYPE.FOOTNOTES
        )
