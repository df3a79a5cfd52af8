"""Word documents written part by part, so that a test shows the very XML it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from countersight.errors import ReadError
from countersight.model import BlockKind, Digest, Reading
from countersight.ports import Limits, Reader
from countersight.read.docx import MEDIA_TYPE, DocxReader

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:c="urn:chart" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Part = str | bytes


def wordml(tag: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {SPACES}>{content}</w:{tag}>'


def related(**targets: str) -> str:
    """Relations whose id and type are the name: ``header1="header1.xml"`` is one of type ``header``."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{key.rstrip("0123456789")}" Target="{target}"'
        + (' TargetMode="External"/>' if "://" in target else "/>")
        for key, target in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def p(content: str, properties: str = "") -> str:
    runs = content if content.startswith("<") else f'<w:r><w:t xml:space="preserve">{content}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tbl(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" if row.startswith("<w:tc") else row for row in rows) + "</w:tbl>"


def picture(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height)).save(out, "PNG")
    return out.getvalue()


def shown(relation: str) -> str:
    return p(f'<w:r><w:drawing><a:blip r:embed="{relation}"/></w:drawing></w:r>')


def packed(
    path: Path, body: str, parts: Mapping[str, Part] | None = None, relations: Mapping[str, str] | None = None
) -> Path:
    """Write a document of that body, with further parts, and relations of its main part by id."""
    content: dict[str, Part] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": related(officeDocument="word/document.xml"),
        "word/document.xml": wordml("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": related(**(relations or {})),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in {**content, **(parts or {})}.items():
            package.writestr(name, data)
    return path


class Kept:
    """A sink that keeps what it is given."""

    def __init__(self) -> None:
        self.members: list[bytes] = []

    def __call__(self, stream: BinaryIO, *, limit: int) -> tuple[Digest, int]:
        data = stream.read(limit + 1)
        if len(data) > limit:
            raise ReadError("too large: past the limit")
        self.members.append(data)
        return Digest.of(data), len(data)


def read(path: Path, limits: Limits | None = None, pages: range | None = None, sink: Kept | None = None) -> Reading:
    reader: Reader = DocxReader()
    return reader.read(path, MEDIA_TYPE, pages, limits or Limits(), sink or Kept())


def text(reading: Reading) -> str:
    return "".join(page.text for page in reading.pages)


def blocks(reading: Reading, kind: BlockKind) -> list[tuple[str, str]]:
    page = reading.pages[0]
    return [(block.ref, page.text[block.start : block.end]) for block in page.blocks if block.kind == kind]
