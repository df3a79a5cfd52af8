from __future__ import annotations

from importlib import import_module

import pytest

from countersight.report.view import Picture, key

fake = import_module("report_fake")


@pytest.mark.parametrize(("width", "height"), [(0, 10), (10, 0), (-1, 10)])
def test_a_picture_has_an_extent(width: int, height: int) -> None:
    with pytest.raises(ValueError, match=r"without extent: images/p\.png"):
        Picture("images/p.png", width, height)


def test_a_citation_is_known_by_file_page_and_place_not_by_its_words() -> None:
    one = fake.citation(fake.TENDER, "a.pdf", "人员属性", page=41, start=120, end=124)
    other = fake.citation(fake.TENDER, "copy of a.pdf", "xxxx", page=41, start=120, end=124)
    assert key(one) == key(other) == (fake.TENDER, 41, 120, 124)
