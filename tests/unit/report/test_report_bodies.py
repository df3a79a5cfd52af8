"""Organisations and stakes in the dossier: names with reasons, parts and numbers, who owns whom, each cited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from countersight.model import Citation, Organisation, Sighting, Stake
from countersight.report.bodies import SHOWN, parts, percent
from countersight.report.dossier import build
from countersight.report.wording import banned

fake = import_module("report_fake")
NAME, EVIL = "杭州海视数字技术股份有限公司", '"><script>alert(1)</script>{{ 7*7 }}'


def cited() -> Citation:
    found: Citation = fake.view().findings[0].citations[0]
    return found


def body(name: str, at: str) -> Organisation:
    return Organisation(
        at,
        ((name, "zh", 3),),
        "company",
        (("USCC", "91330000733796106P"),),
        reasons=(f"“海视” is short for “{name}”",),
        sightings=(Sighting(name, "zh", 3, cited()),),
        suggested=(("org-2", "both names have “海视”"),),
    )


def stake() -> Stake:
    return Stake("own-1", NAME, EVIL, cited(), Decimal("42.60"), Decimal("42.6"), since=date(2015, 3, 1))


def section(*bodies: Organisation, stakes: tuple[Stake, ...] = ()) -> Any:
    view = replace(fake.view(), organisations=bodies, stakes=stakes)
    return LexborHTMLParser(next(build(view))[1].decode())


def test_a_body_has_its_names_parts_numbers_and_reasons_and_where_it_is_named() -> None:
    page = section(body(NAME, "org-1"), body(EVIL, "org-2"), stakes=(stake(),))
    text = page.css_first("#organisations").text()
    for said in (NAME, "USCC 91330000733796106P", "is short for", "place 杭州", "form 股份有限公司", f"may be {EVIL}"):
        assert said in text
    assert cited().quote in text
    assert page.css_first("script") is None
    assert not banned(text)


def test_a_stake_says_what_its_record_says_and_no_more() -> None:
    text = section(body(NAME, "org-1"), stakes=(stake(),)).css_first("#organisations").text()
    assert "42.6 % shares" in text
    assert "2015-03-01 – not said" in text
    assert percent(replace(stake(), low=Decimal(75), high=Decimal(100))) == "75 to 100 %"
    assert percent(replace(stake(), low=None, high=None, kind="controlling")) == ""


def test_what_is_not_shown_is_counted_and_without_bodies_there_is_no_section() -> None:
    many = [body(f"{NAME}{n}", f"org-{n}") for n in range(SHOWN + 2)]
    assert "2 more organisations" in section(*many).css_first("#organisations").text()
    assert section().css_first("#organisations") is None


def test_the_parts_of_a_name() -> None:
    assert parts("杭州海康威视数字技术股份有限公司新疆分公司") == [
        ("place", "杭州"),
        ("core", "海康威视"),
        ("trade", "数字 技术"),
        ("form", "股份有限公司"),
        ("branch", "新疆分公司"),
    ]
