"""Whose dollar a bare sign is."""

from __future__ import annotations

import pytest

from countersight.facts.dollars import clues, currency
from countersight.model import Page


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("a fee of $500, all amounts in Canadian dollars; Acme, a Delaware corporation", "CAD"),
        ("$500. Governed by the laws of the\nState of New York; delivered to Hong Kong", "USD"),
        ("$500 paid by Acme, a Texas\ncorporation", "USD"),
        ("$500, deliver to Austin, Texas 78701", "USD"),
        ("$500 to Karoo Sensing Pty Ltd", "AUD"),
        ("$500 to Acme, a Delaware corporation, and Harbour Limited, Hong Kong", None),
        ("$500 in US dollars or Canadian dollars", None),
        ("$500", None),
        ("$500 per CADRE, an Ohio plan", None),
    ],
)
def test_what_is_said_goes_before_the_law_and_that_before_marks(text: str, due: str | None) -> None:
    assert currency(clues(Page(1, text))) == due
