from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from read_sink import MemorySink

from countersight.errors import ReadError
from countersight.model import Page, PageFault, Reading, Status
from countersight.ports import Limits
from countersight.read.image import FRAMES_PER_ITEM, ImageReader

READER = ImageReader()


def read(path: Path, pages: range | None = None, limits: Limits | None = None) -> Reading:
    media_type = READER.claims(path.read_bytes()[:4096], path.name)
    assert media_type
    return READER.read(path, media_type, pages, limits or Limits(), MemorySink())


def noise(size: tuple[int, int] = (60, 40)) -> Image.Image:
    return Image.effect_noise(size, 80)


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("TIFF", "image/tiff"),
        ("GIF", "image/gif"),
        ("WEBP", "image/webp"),
        ("BMP", "image/bmp"),
    ],
)
def test_a_picture_is_one_page_that_needs_ocr(tmp_path: Path, kind: str, media_type: str) -> None:
    path = tmp_path / "named.wrongly"
    noise().save(path, kind)
    assert read(path) == Reading(
        media_type,
        READER.agent,
        Status.PARTIAL,
        (Page(1, ""),),
        1,
        faults=(PageFault(1, "needs OCR"),),
        reason="needs OCR",
    )


def fax(path: Path, frames: int) -> Path:
    first, *more = [noise().convert("1") for _ in range(frames)]
    first.save(path, "TIFF", save_all=True, append_images=more, compression="group4")
    return path


def test_each_frame_of_a_fax_is_a_page_read_in_ranges(tmp_path: Path) -> None:
    path = fax(tmp_path / "a.tif", FRAMES_PER_ITEM + 3)
    first = read(path)
    assert (first.total, len(first.pages)) == (FRAMES_PER_ITEM + 3, FRAMES_PER_ITEM)
    rest = read(path, range(FRAMES_PER_ITEM, 99))
    assert [page.number for page in rest.pages] == [FRAMES_PER_ITEM + n for n in (1, 2, 3)]
    assert read(path, range(0)).total == first.total
    assert rest.faults == tuple(PageFault(page.number, "needs OCR") for page in rest.pages)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF", "WEBP", "BMP"])
def test_a_picture_cut_off_is_damaged(tmp_path: Path, kind: str) -> None:
    whole = BytesIO()
    noise((200, 200)).convert("RGB").save(whole, kind)
    path = tmp_path / f"a.{kind.lower()}"
    path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    with pytest.raises(ReadError, match="damaged"):
        read(path)


def test_a_damaged_frame_is_a_fault_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    frames = [noise((100, 100)) for _ in range(2)]
    frames[0].save(path, "TIFF", save_all=True, append_images=frames[1:], compression="tiff_deflate")
    with Image.open(path) as image:
        image.seek(1)
        at = image.tag_v2[273][0]  # type: ignore[attr-defined]  # StripOffsets
    data = bytearray(path.read_bytes())
    data[at : at + 40] = bytes(40)
    path.write_bytes(data)
    reading = read(path)
    assert [page.number for page in reading.pages] == [1]
    assert reading.faults[0].reason == "needs OCR"
    assert (reading.faults[1].page, reading.faults[1].reason[:7]) == (2, "damaged")


def huge_png(side: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("side", "memory"), [(60_000, 1 << 40), (10_000, 100_000_000)])
def test_a_decompression_bomb_is_refused(tmp_path: Path, side: int, memory: int) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(huge_png(side))
    with pytest.raises(ReadError, match="pixels are more than can be decoded") as error:
        read(path, limits=replace(Limits(), memory=memory))
    assert error.value.status == "skipped"


def test_claims() -> None:
    assert READER.claims(b"", "a.png") is None
    assert READER.claims(b"words", "a.png") is None
    assert READER.claims(b"\x00\x01\x02\x03" * 20, "a.JPG") == "image/jpeg"
    assert READER.claims(b"\x00\x01\x02\x03" * 20, "a.bin") is None
    assert READER.claims(b"%PDF-1.4", "a.png") is None


def test_rubbish_and_emptiness(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"\x00\x01\x02\x03" * 20)
    with pytest.raises(ReadError, match="damaged"):
        read(path)
    path.write_bytes(b"")
    with pytest.raises(ReadError, match="empty"):
        READER.read(path, "image/jpeg", None, Limits(), MemorySink())
