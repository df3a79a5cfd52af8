"""Bills without rules: what is printed where on a page, and the rows that come of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.items import flat, pages_of, told
from fpdf import FPDF

Placed = tuple[float, float, str]


def read(path: Path, *pages: list[Placed]) -> list[tuple[str, str, str]]:
    """Description, quantity and unit of each line of a document whose words are printed at these places (points)."""
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_font("helvetica", size=9)
    for words in pages:
        pdf.add_page()
        for x, y, text in words:
            pdf.text(x, y, text)
    pdf.output(str(path))
    return [(one["description"], one["quantity"], one["unit"]) for one in map(flat, told(pages_of(path)))]


def row(y: float, *texts: str, stops: tuple[float, ...] = (60, 100, 260, 320, 380)) -> list[Placed]:
    return [(x, y, text) for x, text in zip(stops, texts, strict=False) if text]


HEAD = row(100, "No.", "Description", "Quantity", "Unit", "Unit price")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bill.pdf"


def test_a_cell_of_two_lines_around_the_middle_of_its_row(path: Path) -> None:
    first = [(100, 120, "Uninterruptible power"), (100, 131, "supply"), *row(125.5, "1", "", "4", "pcs", "310.00")]
    assert read(path, [*HEAD, *first, *row(150, "2", "Optical switch", "12", "pcs", "95.00")]) == [
        ("Uninterruptiblepowersupply", "4", "pcs"),
        ("Opticalswitch", "12", "pcs"),
    ]


def test_a_head_of_several_lines_and_a_heading_below(path: Path) -> None:
    head = [*row(100, "No.", "Description of", "Quantity", "Unit", "Unit price"), *row(111, "", "goods", "required")]
    body = [(60, 132, "A. Field equipment"), *row(148, "1", "Optical switch", "12", "pcs", "95.00")]
    assert read(path, [*head, *body]) == [("Opticalswitch", "12", "pcs")]


def test_prose_about_quantities_is_no_table(path: Path) -> None:
    said = ["The Quantity and the Unit price of each item are stated below.", "It includes tax.", "Quantity: 4"]
    assert read(path, [(60, 100 + 14 * n, text) for n, text in enumerate(said)]) == []


def test_a_row_cut_in_two_by_the_end_of_a_page(path: Path) -> None:
    cut = [*HEAD, *row(120, "1", "Optical switch", "12", "pcs", "95.00")]
    cut += row(140, "2", "Uninterruptible", "4", "pcs", "31.00")
    rest = [*HEAD, *row(118, "", "power supply"), *row(140, "3", "Dome camera", "6", "pcs", "88.00")]
    assert read(path, cut, rest) == [
        ("Opticalswitch", "12", "pcs"),
        ("Uninterruptiblepowersupply", "4", "pcs"),
        ("Domecamera", "6", "pcs"),
    ]
