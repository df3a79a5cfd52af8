"""Parties of English contracts: the terms that preambles define, and the side each is on."""

from __future__ import annotations

import pytest

from countersight.facts.preamble import flowing, parties


def told(text: str) -> list[tuple[str, str]]:
    return [(" ".join(text[one.start : one.end].split()), one.side) for one in parties(text)]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        (
            (
                'by and between Tarrant Optics, Inc., a Nevada corporation ("Supplier") and Hollins Corp., a Delaware'
                ' corporation ("Buyer").'
            ),
            [("Tarrant Optics, Inc.", "supplier"), ("Hollins Corp.", "buyer")],
        ),
        (
            (
                'between Cisco Systems, Inc. ("Cisco"), a California corporation, and ScanSource, Inc.'
                ' ("Distributor"), a South Carolina corporation'
            ),
            [("Cisco Systems, Inc.", "supplier"), ("ScanSource, Inc.", "buyer")],
        ),
        (
            (
                "(1) NORTHWICK COUNTY COUNCIL of County Hall, Northwick (Council); and\n"
                "(2) HALCYON SYSTEMS LIMITED whose registered office is at 3 Mill Yard (Supplier)."
            ),
            [("NORTHWICK COUNTY COUNCIL", "buyer"), ("HALCYON SYSTEMS LIMITED", "supplier")],
        ),
        (
            (
                'between Redstone Elevator Company, an Ohio corporation, hereinafter referred to as "Contractor", and'
                ' The Board of Education of Milburn, hereinafter referred to as "Owner", on August 4, 2008.'
            ),
            [("Redstone Elevator Company", "supplier"), ("The Board of Education of Milburn", "buyer")],
        ),
        (
            (
                "Ingram Micro, a corporation organized under the laws of California, in business"
                ' in Santa Ana ("Distributor") and NETGEAR, Inc. ("NETGEAR"), agree that the following terms govern'
            ),
            [("Ingram Micro", "buyer"), ("NETGEAR, Inc.", "supplier")],
        ),
    ],
)
def test_the_term_tells_the_side_and_of_two_parties_the_other_has_the_other(text: str, due: list[object]) -> None:
    assert told(text) == due


def test_recitals_tell_the_side_where_the_terms_are_names() -> None:
    text = (
        'between SutroVax, Inc. ("SutroVax") and Sutro Biopharma, Inc. ("Sutro").\n\nWHEREAS, SutroVax desires to'
        " purchase from Sutro, and Sutro desires to supply to SutroVax, the Extracts; NOW, THEREFORE"
    )
    assert told(text) == [("SutroVax, Inc.", "buyer"), ("Sutro Biopharma, Inc.", "supplier")]


def test_who_is_to_pay_the_other_buys() -> None:
    text = (
        'Between: DGT Corp. (hereinafter referred to as "DGT") And: Dolphin Industries Limited (hereinafter referred to'
        ' as "Dolphin") WHEREAS: both are willing. NOW THEREFORE 1. DGT shall pay Dolphin USD10,000.'
    )
    assert told(text) == [("DGT Corp.", "buyer"), ("Dolphin Industries Limited", "supplier")]


DEALING = 'between Orrin Optics Ltd (hereinafter "Orrin") and Hartley, Inc. ("Hartley").\n\n1. '


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("All lenses furnished under this Agreement by Orrin bear its mark. Hartley may resell them.", "party party"),
        (
            "Lenses furnished by Orrin bear its mark. An invoice is to be paid by Hartley within 30 days.",
            "supplier buyer",
        ),
        ("Hartley must purchase six lenses a month. Payments to Orrin are made in dollars.", "supplier buyer"),
        ("Hartley must purchase six lenses. Payments to Orrin and payments to Hartley bear interest.", "party party"),
    ],
)
def test_what_is_said_of_dealings_tells_the_side_where_one_buys_and_the_other_sells(text: str, sides: str) -> None:
    assert " ".join(side for _, side in told(DEALING + text)) == sides


def test_parties_of_which_nothing_is_said_have_no_side() -> None:
    text = 'between LEO PHARMA A/S of Industriparken 55, Ballerup (hereinafter "LEO") and GALEN LIMITED ("GALEN").'
    assert told(text) == [("LEO PHARMA A/S", "party"), ("GALEN LIMITED", "party")]


@pytest.mark.parametrize(
    "text",
    [
        'This Supply Agreement (the "Agreement") supplies goods (the "Products").',
        '(C) NCC Escrow Limited\nBetween:\n(1) [-1] whose office is at [-2] ("the Owner");',
        "a Nevada Corporation (“Customer”)",
        "",
    ],
)
def test_definitions_of_things_blanks_and_kinds_of_bodies_name_nobody(text: str) -> None:
    assert told(text) == []


def test_a_line_that_the_width_broke_flows_on_and_a_short_one_does_not() -> None:
    text = "This agreement is made by and between Arconic Rolled Products\nCorp. and others\nArticle 1"
    assert flowing(text) == "This agreement is made by and between Arconic Rolled Products Corp. and others\nArticle 1"
    assert len(flowing(text)) == len(text)


def test_who_sells_on_sells_to_an_office() -> None:
    text = 'between Orrin Systems Limited ("Reseller") and the Pensions Bureau of Hartley ("Bureau") WHEREAS'
    assert [side for _, side in told(text)] == ["supplier", "buyer"]


def test_the_last_of_a_group_is_not_the_group() -> None:
    group = (
        'the consortium of R.D. Orrin Corporation and Pell Pipelines Inc. ("{}") and Hartley Water District ("Owner")'
    )
    assert ("ORRIN-PELL CONSORTIUM", "supplier") in told("between " + group.format("ORRIN-PELL CONSORTIUM"))
    assert all("Pell" not in name for name, _ in told("between " + group.format("Contractor")))
