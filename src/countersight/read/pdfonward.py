"""The text of a page of a PDF, and the columns of a bill that goes on there from the page before."""

from __future__ import annotations

import ctypes
from contextlib import closing, suppress
from itertools import takewhile

import pypdfium2 as pdfium
from pypdfium2 import raw

from countersight.read.headed import Columns
from countersight.read.pdftable import tables
from countersight.read.rowed import MAY_GO_ON, MOST_PAGES

_SAME_LENGTH = (("\r\n", " \n"), ("\r", "\n"), ("\x02", "-"), ("\ufffe", "-"), ("\x00", " "))

ended: dict[int, Columns | None] = {}
"""The columns of the bill that goes on over the end of each page of the open document, as far as known."""


def evened(text: str) -> str:
    """The text with its ends of lines and marks as they are kept, each in the place of what it was."""
    for found, plain in _SAME_LENGTH:
        text = text.replace(found, plain)
    return text


def going_on(document: pdfium.PdfDocument, index: int) -> Columns | None:
    """The columns of the bill that goes on over the end of the page before.

    Pages read one after the other tell at once; else pages before are looked at, back to one without rows.
    """
    unknown = list(takewhile(lambda n: n not in ended, range(index - 1, max(index - 2 - MOST_PAGES, -1), -1)))
    texts: dict[int, str] = {}
    for n in unknown:
        texts[n] = _words(document, n)
        if not MAY_GO_ON.search(texts[n]):
            break
    for n, text in reversed(texts.items()):
        ended[n] = None
        with suppress(pdfium.PdfiumError), closing(document[n]) as page, closing(page.get_textpage()) as textpage:
            ended[n] = tables(page, textpage, text, ended.get(n - 1))[1]
    return ended.get(index - 1)


def _words(document: pdfium.PdfDocument, index: int) -> str:
    """The text of a page; none of one that cannot be loaded."""
    with suppress(pdfium.PdfiumError), closing(document[index]) as page, closing(page.get_textpage()) as textpage:
        return evened(characters(textpage))
    return ""


def characters(textpage: object) -> str:
    """All characters as PDFium gives them; those it leaves out at either end are stepped over (its bug 2079)."""
    first, last = 0, raw.FPDFText_CountChars(textpage) - 1
    while first <= last and raw.FPDFText_GetTextIndexFromCharIndex(textpage, first) < 0:
        first += 1
    while first <= last and raw.FPDFText_GetTextIndexFromCharIndex(textpage, last) < 0:
        last -= 1
    if first > last:
        return ""
    units = raw.FPDFText_GetTextIndexFromCharIndex(textpage, last) + 2
    buffer = (ctypes.c_ushort * units)()
    got = raw.FPDFText_GetText(textpage, first, last - first + 1, buffer)
    return bytes(memoryview(buffer)[: got - 1]).decode("utf-16-le", "ignore")
