"""Clauses of English contracts: how long, how it goes on, what is warranted, where it is delivered."""

from __future__ import annotations

import pytest

from countersight.facts.clauses_en import clues
from countersight.model import Page


def told(text: str, field: str) -> list[str]:
    return list(dict.fromkeys(clue.value for clue in clues(Page(1, text)) if clue.field == field))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        (
            "3. Term. This Agreement will be in effect for three (3) years from the Effective Date.",
            "three (3) years from",
        ),
        (
            "1  TERM\nThis agreement shall be for a term of five years from the date hereof.",
            "five years from the date hereof",
        ),
        (
            "9. TERM AND TERMINATION\n9.1 The lease runs for one hundred eighty (180) days.",
            "one hundred eighty (180) days",
        ),
        (
            "8.1 Term. It is effective until the date that is two (2) years after shipment.",
            "two (2) years after shipment",
        ),
        (
            "SECTION 7. TERM OF AGREEMENT\nIt continues until January 18, 2022 and may be renewed.",
            "until January 18, 2022",
        ),
        ("4.1. Term. The license shall continue perpetually.", "perpetually"),
        (
            "3.1 Term.\nIt shall continue until the twentieth (20th) anniversary of the Effective Date; provided",
            "until the twe",
        ),
        (
            "10.1 Term. It remains in effect until the later of (a) May 1, 2021 or (b) delivery of all goods.",
            "until the later",
        ),
        ("PERIOD: April 15, 2000 through October 15, 2000", "April 15, 2000 through October 15, 2000"),
        ("2. Term. The Term begins on the date hereof and shall expire May 31, 2023.", "begins on the date hereof and"),
    ],
)
def test_the_clause_headed_term_says_how_long(text: str, term: str) -> None:
    found = list(dict.fromkeys(clue.value for clue in clues(Page(1, text)) if clue.grade == "label"))
    assert len(found) == 1
    assert found[0].startswith(term)


@pytest.mark.parametrize(
    "text",
    [
        "4. Termination. Either party may terminate for thirty (30) days of default.",
        "4. Term. Either party may end it on a notice of ninety (90) days.",
        "4. Term. It shall be renewed for further terms of two (2) years each.",
        "4. Term. Services are due for two (2) years. Licences are granted for a term of ten (10) years.",
        "4. Term. It is for one (1) year after the termination of the lease.",
        "4. Terms of Payment. The price is due for three (3) months.",
        "The supplier stores the goods for a period of two (2) years.",
    ],
)
def test_lengths_of_something_else_and_two_that_differ_are_no_term(text: str) -> None:
    assert not [clue for clue in clues(Page(1, text)) if clue.grade == "label"]


def test_days_and_renewal_in_the_clause_headed_term() -> None:
    text = (
        "11.1 Term. This Agreement shall commence on March 1, 2018 (the “Start”) and shall continue for five (5) years,"
        " ending February 28, 2023, unless sooner ended."
        " The Parties may renew for one additional period of two (2) years."
    )
    assert told(text, "end") == ["2023-02-28"]
    assert told(text, "option") == ["may renew for one additional period of two (2) years"]


@pytest.mark.parametrize(
    ("text", "warranty"),
    [
        (
            "For ninety (90) days after delivery of a Product to Buyer, Seller warrants that it works.",
            "ninety (90) days after",
        ),
        ("The minimum warranty period for all Products is ninety days, except for spares.", "ninety days"),
        ("Goods are warranted free from defects for 3 years after shipment from the plant.", "3 years after shipment"),
        ("Vendor gives a six-month limited warranty to the end user.", "six-month"),
        ("Free maintenance during the 12-month Maintenance Period is included.", "12-month"),
        (
            "Licensor warrants that for one hundred eighty (180) days following Acceptance it performs.",
            "one hundred eighty",
        ),
    ],
)
def test_how_long_goods_are_warranted(text: str, warranty: str) -> None:
    found = told(text, "warranty")
    assert len(found) == 1
    assert found[0].startswith(warranty)


@pytest.mark.parametrize(
    "text",
    [
        "Warranty claims are to be notified and the notice stands for thirty (30) days.",
        "Each party represents and warrants that it has held its licence for five years.",
        "All warranties survive for a period of two (2) years.",
    ],
)
def test_other_lengths_beside_warranties(text: str) -> None:
    assert not told(text, "warranty")


def test_where_terms_of_trade_deliver() -> None:
    assert told("Delivery terms shall be FOB Winter Haven, Florida. The price is firm.", "place") == [
        "Winter Haven, Florida"
    ]
    assert told("Total CIF Port Elsin (Incoterms 2020)", "place") == ["Port Elsin"]
    for text in ("Prices are F.O.B. Seller's plant.", "shipped FOB Origin, freight prepaid", "EXW Incoterms 2020"):
        assert not told(text, "place")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("The Authority may extend the Term by up to two further periods", True),
        ("The Buyer has the option to order up to 20 additional cameras within 12 months", True),
        ("The Seller may extend the time for delivery by 3 months", False),
        ("The Buyer may purchase additional insurance", False),
    ],
)
def test_who_may_extend_or_order_more_has_an_option(text: str, due: bool) -> None:
    assert (text in told(f"This Contract. {text}.", "option")) is due
