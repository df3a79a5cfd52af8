"""Bills without rules: what is printed where on a page, and the rows that come of it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from bench.items import flat, pages_of, told
from fpdf import FPDF

from countersight.read.pdf import again

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


def test_a_bill_goes_on_over_pages_without_its_head(path: Path) -> None:
    first = [*HEAD, *row(120, "1", "Optical switch", "12", "pcs", "95.00")]
    second = [*row(60, "2", "Dome camera", "6", "pcs", "88.00"), *row(80, "3", "Pole", "9", "pcs", "40.00")]
    third = [*row(60, "4", "Cabinet", "2", "pcs", "70.00"), (60, 140, "Signed for the Purchaser.")]
    wanted = [("Opticalswitch", "12", "pcs"), ("Domecamera", "6", "pcs"), ("Pole", "9", "pcs"), ("Cabinet", "2", "pcs")]
    assert read(path, first, second, third) == wanted
    in_order = [page.text for page in pages_of(path)]
    alone = [again(path, n)[0] for n in (3, 1, 2)]  # pages read one by one, in any order, say the same
    assert [page.text for page in sorted(filter(None, alone), key=lambda page: page.number)] == in_order


def test_rows_as_close_as_the_lines_of_their_cells(path: Path) -> None:
    rows = [*row(112, "1", "Uninterruptible power supply", "4", "pcs", "31.00"), *row(124, "", "with 20 batteries")]
    rows += [*row(136, "2", "Pole", "9", "pcs", "40.00"), *row(148, "", "B. Control room")]
    rows += row(160, "3", "Cabinet", "2", "pcs", "70.00")
    wanted = [("Uninterruptiblepowersupplywith20batteries", "4", "pcs"), ("Pole", "9", "pcs"), ("Cabinet", "2", "pcs")]
    assert read(path, [*HEAD, *rows]) == wanted


def test_a_form_of_labels_beside_what_they_say(path: Path) -> None:
    said = {"Description": "Dome camera", "Brand": "Axis", "Model": "P3245", "Quantity": "12 pcs"}
    words: list[Placed] = []
    for n, (label, value) in enumerate(said.items()):
        words += [(60, 100 + 16 * n, label), (140, 100 + 16 * n, value)]
    assert read(path, words) == [("Domecamera", "12", "pcs")]


def test_prose_set_with_wide_gaps_is_no_bill(path: Path) -> None:
    lines = [
        "Quantity of items and unit price shown",
        "delivered within 30 days of each order",
        "by the seller who pays 4 %",
    ]
    words: list[Placed] = []
    for n, line in enumerate(lines):
        x = 60.0
        for word in line.split():
            words.append((x, 100 + 12.0 * n, word))
            x += 5.2 * len(word) + 6
    assert read(path, words) == []
    assert not pages_of(path)[0].blocks


def test_the_rest_of_a_row_that_stands_alone_on_the_next_page(path: Path) -> None:
    first = [*HEAD, *row(120, "1", "Optical switch", "12", "pcs", "95.00")]
    first += row(140, "2", "Uninterruptible", "4", "pcs", "31.00")
    wanted = [("Opticalswitch", "12", "pcs"), ("Uninterruptiblepowersupply", "4", "pcs")]
    alone = [(60, 30, "BQ-7"), *row(60, "", "power supply")]
    assert read(path, first, alone) == wanted
    assert read(path, first, [*alone, (60, 140, "3. Payment is due 30 days after the invoice of 2 May.")]) == wanted


@pytest.mark.parametrize(
    "below",
    [
        [(104.0, 60.0, "power supply")],
        [(100.0, 60.0, "Each of the parties has signed this agreement in the presence of a witness.")],
        [(100.0, 60.0, "power supply"), (60.0, 71.0, "and what is bought with it")],
        [(60.0, 40.0 + 11 * n, "The Supplier delivers as the Buyer asks.") for n in range(4)]
        + [(100.0, 120.0, "Annex")],
    ],
)
def test_other_words_at_the_top_of_the_next_page_are_no_rest_of_a_row(path: Path, below: list[Placed]) -> None:
    first = [*HEAD, *row(120, "1", "Optical switch", "12", "pcs", "95.00")]
    first += row(140, "2", "Uninterruptible", "4", "pcs", "31.00")
    assert read(path, first, below) == [("Opticalswitch", "12", "pcs"), ("Uninterruptible", "4", "pcs")]


def test_a_figure_that_the_end_of_a_line_cuts_in_two_is_of_one_row(path: Path) -> None:
    lines = [*HEAD]
    for n in range(3):
        lines += row(120 + 30 * n, str(n + 1), f"Switch {n + 1}", "12", "pcs", "1,234,")
        lines += [(380, 131 + 30 * n, "567.00")]
    assert read(path, lines) == [(f"Switch{n}", "12", "pcs") for n in (1, 2, 3)]
    assert {item.unit_price.amount for item in told(pages_of(path)) if item.unit_price} == {Decimal(1234567)}
