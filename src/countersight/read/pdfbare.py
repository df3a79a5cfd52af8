"""PDFium's functions that are asked for each character or object of a page, taking and giving plain addresses.

pypdfium2's own bindings wrap every handle anew, which takes a third to a half of such a call.
"""

from __future__ import annotations

import ctypes
from typing import Any

from pypdfium2 import raw


def address(handle: Any) -> int:
    """The address behind a handle, or behind pypdfium2's object around one."""
    return int(ctypes.cast(getattr(handle, "raw", handle), ctypes.c_void_p).value or 0)


def _bare(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.CFUNCTYPE(result, *arguments)(address(function))


_pointer = ctypes.c_void_p
char_index = _bare(raw.FPDFText_GetCharIndexFromTextIndex, ctypes.c_int, _pointer, ctypes.c_int)
loose_box = _bare(raw.FPDFText_GetLooseCharBox, ctypes.c_int, _pointer, ctypes.c_int, _pointer)
kind_of = _bare(raw.FPDFPageObj_GetType, ctypes.c_int, _pointer)
object_of_page = _bare(raw.FPDFPage_GetObject, _pointer, _pointer, ctypes.c_int)
object_of_form = _bare(raw.FPDFFormObj_GetObject, _pointer, _pointer, ctypes.c_ulong)
