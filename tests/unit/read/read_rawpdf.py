"""PDFs written byte by byte, for tests of their reader: nothing stands between a test and what is in the file."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

A4 = "0 0 595 842"
_FONTS = (
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts"
        b" [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>] >>"
    ),
)


@dataclass(frozen=True)
class Sheet:
    """One page: its content stream, boxes and whatever else stands in its dictionary."""

    content: str = ""
    media: str = A4
    extra: str = ""


def line(words: str, x: float = 72, y: float = 700, size: float = 14) -> str:
    """Words at a place in points from the bottom left corner: Chinese in one font, all other in another."""
    if words.isascii():
        font, shown = "F1", "(" + words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"
    else:
        font, shown = "F2", f"<{words.encode('utf-16-be').hex()}>"
    return f"BT /{font} {size} Tf {x} {y} Td {shown} Tj ET\n"


def image(x: float, y: float, width: float, height: float) -> str:
    """A picture drawn over that rectangle."""
    return f"q {width} 0 0 {height} {x} {y} cm /Im Do Q\n"


def pdf(
    *sheets: Sheet,
    catalog: str = "",
    info: bytes = b"",
    to_unicode: dict[str, str] | None = None,
    kids: int | None = None,
) -> bytes:
    """A file of these pages.

    ``to_unicode`` maps characters of Helvetica to the text they stand for; ``kids`` is a count that need not be true.
    """
    fonts = [*_FONTS]
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    add(b"")  # the catalog
    add(b"")  # the pages
    if to_unicode:
        fonts[0] = fonts[0][:-2] + b"/ToUnicode %d 0 R >>" % add(_stream(_cmap(to_unicode)))
    f1, f2 = (add(font) for font in fonts)
    picture = add(
        _stream(
            zlib.compress(bytes(range(0, 256, 4)) * 3),
            b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceRGB /BitsPerComponent 8"
            b" /Filter /FlateDecode",
        )
    )
    resources = f"<< /Font << /F1 {f1} 0 R /F2 {f2} 0 R >> /XObject << /Im {picture} 0 R >> >>"
    pages = []
    for sheet in sheets:
        content = f"/Contents {add(_stream(sheet.content.encode('latin-1')))} 0 R" if sheet.content else ""
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{sheet.media}] /Resources {resources} {content} {sheet.extra} >>"
        )
        pages.append(add(page.encode()))
    meta = add(b"<< " + info + b" >>")
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    listed = " ".join(f"{number} 0 R" for number in pages)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(pages) if kids is None else kids} >>".encode()
    return _file(objects, meta)


def _stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def _cmap(mapping: dict[str, str]) -> bytes:
    pairs = "\n".join(f"<{ord(code):02x}> <{text.encode('utf-16-be').hex()}>" for code, text in mapping.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(mapping)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap end end"
    ).encode()


def _file(objects: Sequence[bytes], meta: int) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        meta,
        start,
    )
    return bytes(out)
