"""Organisations and ownership in the dossier: every line leads to its source, one body to another, and no person."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from countersight.model import Deal, Organisation, Party, Sighting, Stake
from countersight.report.bodies import SHOWN, share, when
from countersight.report.dossier import build
from countersight.report.tables import organisation_record
from countersight.report.wording import banned

fake = import_module("report_fake")
EVIL = '"><script>alert(1)</script>{{ 7*7 }}'
COMPANY, OFFICE, SCHOOL = "澄远视讯技术有限公司", "青石县公安局", "青石县第一中学"


def cited(quote: str, start: int = 10) -> Any:
    return fake.citation(fake.CONTRACT, "合同.pdf", quote, page=12, start=start, end=start + len(quote))


def bodies() -> tuple[Organisation, ...]:
    number, wrong, name = ("USCC", "91330000733796106P"), ("USCC", "91330000733796106Q"), cited(COMPANY)
    seen = Sighting(
        COMPANY,
        "zh",
        3,
        name,
        how=("party",),
        roles=("supplier",),
        identifiers=(number,),
        ties=(("short", "澄远"),),
        doubtful=(wrong,),
        citations=(
            ("USCC 91330000733796106P", cited("91330000733796106P", 40)),
            ("USCC 91330000733796106Q", cited("91330000733796106Q", 80)),
            ("short 澄远", cited("澄远", 60)),
        ),
    )
    short, english = (
        Sighting("澄远", "zh", 1, cited("澄远", 60)),
        Sighting("Chengyuan Ltd", "en", 1, cited("C Ltd", 99)),
    )
    company = Organisation(
        "org-1",
        ((COMPANY, "zh", 3), ("Chengyuan Ltd", "en", 1), ("澄远", "zh", 1)),
        "company",
        (number,),
        ("supplier",),
        reasons=(f"“澄远” is short for “{COMPANY}” (合同.pdf)",),
        sightings=(seen, short, english),
        suggested=(("org-2", EVIL),),
    )
    named = cited(OFFICE, 120)
    office = Organisation(
        "org-2", ((OFFICE, "zh", 1),), "authority", level="county", sightings=(Sighting(OFFICE, "zh", 1, named),)
    )
    school = Organisation(
        "org-3", ((SCHOOL, "zh", 1),), "institution", sightings=(Sighting(SCHOOL, "zh", 1, cited(SCHOOL, 140)),)
    )
    return company, office, school


def stake(quote: str = f"{COMPANY}持有青石视讯有限公司51%股权", **more: Any) -> Stake:
    given: dict[str, Any] = {"low": Decimal(51), "high": Decimal(51), "owner_id": "org-1", "owned_id": "org-9"}
    return Stake("own-1", COMPANY, "青石视讯有限公司", cited(quote, 200), **(given | more))


def index(**more: Any) -> str:
    party = Party(COMPANY, "supplier", cited(COMPANY), organisation="org-1")
    deal = Deal(
        "D-1", "contract", fake.CONTRACT, title="合同一", parties=(party,), citations={"title": cited("合同一", 1)}
    )
    told = {"organisations": bodies(), "stakes": (stake(),), "deals": (deal,)} | more
    return next(build(replace(fake.view(), **told)))[1].decode()


@pytest.fixture(scope="module")
def page() -> Any:
    return LexborHTMLParser(index())


def said(page: Any, css: str) -> str:
    return re.sub(r"\s+", " ", page.css_first(css).text())


def test_every_name_number_role_and_stake_leads_to_a_source_that_is_there(page: Any) -> None:
    anchors = {node.attributes.get("id") for node in page.css("[id]")}
    for row in page.css("#organisations .deal tr"):
        if row.css_first("th").text() in {"One body because", "May be", "Lists", "Owns"}:
            continue
        links = [node.attributes["href"] for node in row.css("sup a")]
        assert links, row.text()
        assert {link[1:] for link in links} <= anchors


def test_all_links_of_the_sections_lead_somewhere(page: Any) -> None:
    anchors = {node.attributes.get("id") for node in page.css("[id]")}
    found = [
        node.attributes["href"] for css in ("#organisations", "#ownership", "#deals") for node in page.css(f"{css} a")
    ]
    assert {link for link in found if link.startswith("#") and link[1:] not in anchors} == set()
    assert "#deal-D-1" in found
    assert "#org-1" in found


def test_names_in_both_languages_numbers_parts_reasons_and_suggestions_are_told(page: Any) -> None:
    text = said(page, "#org-1")
    for words in (
        "Short name澄远",
        "English nameChengyuan Ltd",
        "USCC91330000733796106P",
        "form 有限公司",
        "is short for",
        "May be青石县公安局",
        "Supplier合同一",
        "Owns青石视讯有限公司",
    ):
        assert words in text.replace("> ", ">").replace(" <", "<"), words


def test_a_number_whose_check_does_not_hold_is_asked_about_with_its_place(page: Any) -> None:
    question = page.css_first("#org-1 .gap")
    assert "91330000733796106Q" in question.text()
    assert "check character does not hold" in question.text()
    at = question.css_first("sup a").attributes["href"][1:]
    assert "91330000733796106Q" in page.css_first(f"[id='{at}']").text()


def test_companies_and_parties_come_first_and_offices_are_folded(page: Any) -> None:
    found = [node.attributes["id"] for node in page.css("#organisations article")]
    assert found == ["org-1", "org-2", "org-3"]
    assert [node.attributes["id"] for node in page.css("#organisations details.folded article")] == ["org-2", "org-3"]


def test_long_lists_are_counted_to_their_end() -> None:
    _, office, _ = bodies()
    many = tuple(replace(office, id=f"org-{n:04}") for n in range(SHOWN + 3))
    page = LexborHTMLParser(index(organisations=many, stakes=(), deals=()))
    assert len(page.css("#organisations article")) == SHOWN
    assert "3 more bodies; the export has them all" in said(page, "#organisations")
    assert page.css_first("#ownership") is None


def test_texts_are_escaped_and_no_banned_word_is_used(page: Any) -> None:
    assert not page.css("#organisations script")
    for css in ("#organisations", "#ownership"):
        assert not list(banned(page.css_first(f"{css} .soft").text()))


def test_a_case_that_names_nobody_has_no_section() -> None:
    page = index(organisations=(), stakes=(), deals=())
    assert 'id="organisations"' not in page
    assert 'id="ownership"' not in page


def test_a_line_of_a_table_is_not_quoted_since_it_may_name_others() -> None:
    page = LexborHTMLParser(index(stakes=(stake(f"{COMPANY}\t51\t王建国"),)))
    assert "王建国" not in page.text()
    assert "characters 200–" in said(page, "#own-1")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "51 % shares"),
        ({"low": Decimal("42.60"), "high": Decimal("42.6")}, "42.6 % shares"),
        ({"low": Decimal("12.5"), "high": Decimal(25), "direct": True}, "12.5 to 25 % shares, direct"),
        ({"low": None, "high": None, "kind": "controlling"}, "controls, no figure given"),
        (
            {"low": None, "high": None, "kind": "direct_consolidation"},
            "direct consolidation of accounts, no figure given",
        ),
    ],
)
def test_a_share_is_told_as_the_record_gives_it(more: dict[str, Any], told: str) -> None:
    assert share(stake(**more)) == told


def test_the_day_of_a_record_is_kept_apart_from_the_days_of_a_stake() -> None:
    one = stake(since=date(2017, 3, 1), until=date(2019, 6, 30), stated=date(2018, 1, 1))
    assert when(one) == "from 2017-03-01, until 2019-06-30, as of 2018-01-01, the record’s own date"
    assert when(stake()) == ""


def test_the_export_has_the_parts_of_each_name_and_the_numbers_in_doubt() -> None:
    record = organisation_record(bodies()[0])
    parts = [(one["part"], one["text"]) for one in record["parts"] if one["name"] == COMPANY]
    assert parts[-1] == ("form", "有限公司")
    assert "".join(text for _, text in parts) == COMPANY
    [doubt] = record["doubtful"]
    assert (doubt["scheme"], doubt["value"], doubt["citation"]["start"]) == ("USCC", "91330000733796106Q", 80)
