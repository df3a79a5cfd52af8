"""PDFium's own functions for the objects of a page, without wrappers: they are called for each object of each page."""

from __future__ import annotations

import ctypes
from typing import Any

from pypdfium2 import raw


def _bare(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of PDFium's that takes and gives plain addresses: a third faster."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


kind_of = _bare(raw.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)
"""The type of the object at an address."""
on_page, in_form = (
    _bare(function, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
    for function in (raw.FPDFPage_GetObject, raw.FPDFFormObj_GetObject)
)
"""The address of an object of the page, or of the form, at an address."""


def address(container: Any) -> ctypes.c_void_p:
    """Where a loaded page or a form is."""
    return ctypes.cast(getattr(container, "raw", container), ctypes.c_void_p)
