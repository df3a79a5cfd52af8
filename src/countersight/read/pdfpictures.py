"""What pictures do to a page of a PDF that has text: they hide it, or say more than it does."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

from pypdfium2 import raw

from countersight.read.pdfbare import address, kind_of, object_of_page

HIDDEN = "its text layer is hidden behind a picture"
"""Why a page is compared with its picture."""
PICTURED = "a picture covers part of it"
"""Why a page's pictures are read beside its text."""

_PART = 0.12  # of a page, from which a picture may say something: a third of an A4 sheet's width by as much
_PAGE = 0.5  # of a page, from which a picture is the page
_HIDDEN = 0.5  # of the pieces of text, from which the layer is a hidden one
_DEEPEST = 3  # forms in forms
_INVISIBLE = 3  # the text rendering mode of layers made by OCR
Matrix = tuple[float, float, float, float, float, float]
Rect = tuple[float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Seen:
    """Whether a page's text is hidden by a picture, and where pictures of some size lie, in page space."""

    hidden: bool = False
    pictures: tuple[Rect, ...] = ()

    @property
    def why(self) -> str:
        """Why OCR must look at the page though it has text; empty where it need not."""
        return HIDDEN if self.hidden else PICTURED if self.pictures else ""


def seen(page: object) -> Seen:
    """What the pictures of a loaded page do to its text."""
    if not _may_hold_pictures(page):
        return Seen()
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    area = (box.right - box.left) * (box.top - box.bottom) or 1.0
    pictures: list[Rect] = []
    texts, hidden, covered = 0, 0, 0.0
    for one, kind, matrix in objects(page):
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            texts += 1
            hidden += raw.FPDFTextObj_GetTextRenderMode(one) == _INVISIBLE
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            rect = _clipped(_bounds(one, matrix), box)
            share = max(0.0, rect[2] - rect[0]) * max(0.0, rect[3] - rect[1]) / area
            pictures += [rect] if share >= _PART else []
            covered = max(covered, share)
            hidden = texts if share >= _PAGE else hidden  # what was drawn before lies under it
    return Seen(covered >= _PAGE and hidden > _HIDDEN * texts, tuple(dict.fromkeys(pictures)))


def _may_hold_pictures(page: object) -> bool:
    """Whether there is a picture, or a form that may hold one: most pages have neither, and asking must be cheap."""
    at = address(page)
    kinds = {kind_of(object_of_page(at, index)) for index in range(raw.FPDFPage_CountObjects(page))}
    return bool(kinds & {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM})


def unwritten(page: object) -> None:
    """Make the text of a loaded page invisible, so that drawing it shows the rest."""
    for one, kind, _ in objects(page):
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFTextObj_SetTextRenderMode(one, _INVISIBLE)


def objects(page: object) -> Iterator[tuple[object, int, Matrix]]:
    """The objects of a loaded page and its forms, in the order they are drawn, with type and matrix of their form."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _inside(raw.FPDFPage_GetObject(page, index), _SAME, 0)


def _inside(one: object, matrix: Matrix, depth: int) -> Iterator[tuple[object, int, Matrix]]:
    kind = raw.FPDFPageObj_GetType(one)
    if kind != raw.FPDF_PAGEOBJ_FORM:
        yield one, kind, matrix
    elif depth < _DEEPEST:
        own = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(one, own)
        inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        for index in range(raw.FPDFFormObj_CountObjects(one)):
            yield from _inside(raw.FPDFFormObj_GetObject(one, index), inner, depth + 1)


def _times(m: Matrix, n: Matrix) -> Matrix:
    """First ``m``, then ``n``."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _bounds(one: object, m: Matrix) -> Rect:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(one, *sides)
    left, bottom, right, top = (side.value for side in sides)
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    x = [m[0] * a + m[2] * b + m[4] for a, b in corners]
    y = [m[1] * a + m[3] * b + m[5] for a, b in corners]
    return min(x), min(y), max(x), max(y)


def _clipped(rect: Rect, box: raw.FS_RECTF) -> Rect:
    return max(rect[0], box.left), max(rect[1], box.bottom), min(rect[2], box.right), min(rect[3], box.top)
