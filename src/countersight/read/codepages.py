"""Windows code page numbers (MS-UCODEREF §2.2.1) as encoding labels, for formats that name encodings by number."""

from __future__ import annotations

# Those whose Python name is not ``cp`` and the number.
_LABELS = {
    10000: "mac-roman",
    10008: "gb18030",  # Macintosh, simplified Chinese
    1200: "utf-16-le",
    1201: "utf-16-be",
    20127: "ascii",
    20866: "koi8-r",
    21866: "koi8-u",
    20932: "euc-jp",
    20936: "gb18030",
    50220: "iso-2022-jp",
    50221: "iso-2022-jp",
    50222: "iso-2022-jp",
    50225: "iso-2022-kr",
    50227: "gb18030",
    51932: "euc-jp",
    51936: "gb18030",
    51949: "euc-kr",
    51950: "big5",
    52936: "hz",
    54936: "gb18030",
    65000: "utf-7",
    65001: "utf-8",
    936: "gb18030",
    950: "big5",
}
_ISO_8859 = range(28591, 28606)
DOUBLE_BYTE = frozenset({932, 936, 949, 950, 1361})


def label(number: int) -> str:
    """The label by which :func:`countersight.read.charset.decode` knows a code page."""
    if number in _ISO_8859:
        return f"iso8859-{number - _ISO_8859.start + 1}"
    return _LABELS.get(number, f"cp{number}")
