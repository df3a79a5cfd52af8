from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from read_sink import MemorySink

from countersight.ports import Limits
from countersight.read.embedded import Pictures
from countersight.read.members import Unpacking


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height)).save(out, kind)
    return out.getvalue()


def pictures(**limits: int) -> Pictures:
    return Pictures(Unpacking(Limits(**limits), MemorySink(), 1_000_000))


def test_the_numbers_are_those_of_the_document_small_ones_included() -> None:
    found = pictures()
    for width, height in ((200, 100), (16, 16), (300, 8), (100, 400)):
        found.add_bytes(picture(width, height))
    assert [member.step for member in found.unpacking.members] == [("image", "1.png"), ("image", "4.png")]
    assert found.notes() == ["2 embedded images read on their own", "2 embedded images too small to hold words"]
    assert found.unread() == ""


@pytest.mark.parametrize(
    ("kind", "ending"),
    [("PNG", ".png"), ("JPEG", ".jpg"), ("GIF", ".gif"), ("BMP", ".bmp"), ("TIFF", ".tiff"), ("WEBP", ".webp")],
)
def test_the_ending_follows_the_content(kind: str, ending: str) -> None:
    found = pictures()
    found.add_bytes(picture(200, 100, kind), ".dat")
    assert found.unpacking.members[0].step == ("image", f"1{ending}")


def test_more_than_may_be_taken_are_told() -> None:
    found = pictures(members=2)
    for size in range(100, 105):
        found.add_bytes(picture(size, size))
    assert len(found.unpacking.members) == 2
    assert found.unread() == "3 embedded images beyond the 2 members allowed"


def test_within_too_many_containers_none_is_taken() -> None:
    found = pictures(depth=0)
    found.add_bytes(picture(100, 100))
    assert [(member.digest, member.fault) for member in found.unpacking.members] == [(None, "nested too deep")]
