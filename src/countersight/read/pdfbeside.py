"""What lies on a PDF page beside its text: values of form fields, and the words of comments and typed-on notes.

PDFium leaves both out of a page's text. Who wrote a comment is not read.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from countersight.model import BlockKind

# Annotations whose words somebody wrote or typed (PDF 32000-1 §12.5.6); links and pop-up windows are not among them.
_WRITTEN = frozenset(
    {
        raw.FPDF_ANNOT_TEXT,
        raw.FPDF_ANNOT_FREETEXT,
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_UNDERLINE,
        raw.FPDF_ANNOT_SQUIGGLY,
        raw.FPDF_ANNOT_STRIKEOUT,
        raw.FPDF_ANNOT_STAMP,
        raw.FPDF_ANNOT_CARET,
        raw.FPDF_ANNOT_LINE,
        raw.FPDF_ANNOT_SQUARE,
        raw.FPDF_ANNOT_CIRCLE,
        raw.FPDF_ANNOT_INK,
    }
)
_BUTTONS = frozenset({raw.FPDF_FORMFIELD_PUSHBUTTON, raw.FPDF_FORMFIELD_SIGNATURE})
_UNCHECKED = "Off"


@dataclass(frozen=True, slots=True)
class Beside:
    """Words beside the text of a page, and their rectangle in page space: left, bottom, right, top in points."""

    kind: BlockKind
    text: str
    rect: tuple[float, float, float, float]


def beside(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> list[Beside]:
    """Filled-in fields and written annotations of a page, in the file's order. Forms must have been initialised."""
    found = (_one(document, page, index) for index in range(raw.FPDFPage_GetAnnotCount(page)))
    return [one for one in found if one]


def _one(document: pdfium.PdfDocument, page: pdfium.PdfPage, index: int) -> Beside | None:
    with _annotation(page, index) as annotation:
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind == raw.FPDF_ANNOT_WIDGET and document.formenv:
            text, block = _field(document.formenv, annotation), BlockKind.FIELD
        elif kind in _WRITTEN:
            text = _string(lambda *buffer: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", *buffer))
            block = BlockKind.COMMENT
        else:
            return None
        rect = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(annotation, rect)
    words = " ".join(text.split())
    sides = sorted((rect.left, rect.right)), sorted((rect.bottom, rect.top))
    return Beside(block, words, (sides[0][0], sides[1][0], sides[0][1], sides[1][1])) if words else None


@contextmanager
def _annotation(page: pdfium.PdfPage, index: int) -> Iterator[object]:
    annotation = raw.FPDFPage_GetAnnot(page, index)
    try:
        yield annotation
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _field(form: pdfium.PdfFormEnv, annotation: object) -> str:
    """``name: value`` of a field that is filled in."""
    if raw.FPDFAnnot_GetFormFieldType(form, annotation) in _BUTTONS:
        return ""
    value = _string(lambda *buffer: raw.FPDFAnnot_GetFormFieldValue(form, annotation, *buffer))
    if not value.strip() or value == _UNCHECKED:
        return ""
    name = _string(lambda *buffer: raw.FPDFAnnot_GetFormFieldName(form, annotation, *buffer))
    return f"{name}: {value}" if name else value


def _string(ask: Callable[..., int]) -> str:
    """A string of PDFium's: asked for its length in bytes first, UTF-16 with a zero at its end."""
    size = ask(None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    ask(buffer, size)
    return bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le", "replace")
