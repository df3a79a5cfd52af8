"""Fields of OCDS and TED as readers give them."""

from __future__ import annotations

from typing import Any

from countersight.facts.fields import field_clues
from countersight.model import Block, BlockKind, Page


def feed(*fields: Any) -> Any:
    text, blocks = "", []
    for path, value in fields:
        start = len(text) + len(path) + 2
        text += f"{path}: {value}\n"
        blocks.append(Block(start, start + len(value), BlockKind.FIELD, path))
    return Page(1, text, blocks=tuple(blocks))


def told(page: Any) -> Any:
    return {(c.field, c.value, c.group) for c in field_clues(page)}


def test_releases_of_a_package_are_kept_apart() -> None:
    page = feed(
        ("releases[0].ocid", "ocds-1"),
        ("releases[0].tag[0]", "contract"),
        ("releases[0].buyer.name", "Larkmoor"),
        ("releases[0].contracts[0].value.amount", "1200.5"),
        ("releases[0].contracts[0].value.currency", "GBP"),
        ("releases[1].ocid", "ocds-2"),
        ("releases[1].tender.title", "Cameras"),
    )
    assert told(page) == {
        ("ocid", "ocds-1", "releases[0]"),
        ("kind", "contract", "releases[0]"),
        ("buyer", "Larkmoor", "releases[0]"),
        ("value", "1200.5 GBP -", "releases[0]|contracts[0]"),
        ("ocid", "ocds-2", "releases[1]"),
        ("title", "Cameras", "releases[1]"),
    }


def test_an_amount_is_cited_with_its_currency() -> None:
    page = feed(("ocid", "ocds-1"), ("tender.value.amount", "5"), ("tender.value.currency", "EUR"))
    clue = next(clue for clue in field_clues(page) if clue.field == "budget")
    assert page.text[clue.start : clue.end] == "5\ntender.value.currency: EUR"


def test_versions_and_persons_of_a_record_are_left_out() -> None:
    page = feed(
        ("compiledRelease.ocid", "ocds-1"),
        ("versionedRelease.buyer.name[0].value", "Old"),
        ("compiledRelease.parties[0].contactPoint.name", "A Person"),
    )
    assert told(page) == {("ocid", "ocds-1", "")}


FORM = "FORM_SECTION.F03_2014"


def test_a_notice_is_read_in_its_own_language_once() -> None:
    page = feed(
        (f"{FORM}.CONTRACTING_BODY.ADDRESS_CONTRACTING_BODY.OFFICIALNAME", "Direktorat"),
        (f"{FORM}.COMPLEMENTARY_INFO.ADDRESS_REVIEW_BODY.OFFICIALNAME", "Court"),
        (f"{FORM}.AWARD_CONTRACT[2].AWARDED_CONTRACT.CONTRACTORS.CONTRACTOR.ADDRESS_CONTRACTOR.OFFICIALNAME", "Firm"),
        (f"{FORM}[2].CONTRACTING_BODY.ADDRESS_CONTRACTING_BODY.OFFICIALNAME", "Directorate"),
        ("CODED_DATA_SECTION.CODIF_DATA.TD_DOCUMENT_TYPE", "Contract award notice"),
    )
    assert told(page) == {
        ("buyer", "Direktorat", ""),
        ("supplier", "Firm", "|AWARD_CONTRACT[2]"),
        ("kind", "award", ""),
    }


def test_a_date_in_three_parts() -> None:
    path = "FORM_SECTION.CONTRACT_AWARD.AWARD_OF_CONTRACT.CONTRACT_AWARD_DATE"
    page = feed((f"{path}.DAY", "3"), (f"{path}.MONTH", "10"), (f"{path}.YEAR", "2020"))
    assert ("award", "2020-10-03", "|AWARD_OF_CONTRACT") in told(page)


def test_a_record_that_has_but_versions_stands_as_its_last_ones_say() -> None:
    page = feed(
        ("versionedRelease.ocid", "ocds-x-1"),
        ("versionedRelease.buyer.name[0].value", "Old Council"),
        ("versionedRelease.buyer.name[1].value", "Oakfield Borough Council"),
        ("versionedRelease.tender.id[0].value", "T-2021-7"),
    )
    assert {("buyer", "Oakfield Borough Council", ""), ("reference", "T-2021-7", "")} <= told(page)
    assert ("buyer", "Old Council", "") not in told(page)


def test_releases_beside_the_compiled_one_are_its_history() -> None:
    page = feed(("releases[0].buyer.name", "Old Council"), ("compiledRelease.buyer.name", "Oakfield Council"))
    assert {value for field, value, _ in told(page) if field == "buyer"} == {"Oakfield Council"}


def test_a_name_stands_without_what_it_is_called_from_here_on() -> None:
    page = feed(("buyer.name", "Halden Board (hereinafter referred to as HB)"), ("ocid", "ocds-x-2"))
    assert ("buyer", "Halden Board", "") in told(page)


def test_each_record_of_a_list_of_notices_is_its_own() -> None:
    page = feed(
        ("notices[0].title", "门禁改造招标公告"),
        ("notices[0].noticeType", "招标公告"),
        ("notices[0].projectNo", "LX-2026-01"),
        ("notices[0].budget", "746.0365万元"),
        ("notices[1].title", "机房改造结果公告"),
        ("notices[1].noticeType", "结果公告"),
        ("notices[1].projectNo", "LX-2026-02"),
    )
    found = {(clue.group, clue.field, clue.value) for clue in field_clues(page)}
    assert {("notices[0]", "budget", "7460365 CNY -"), ("notices[1]", "reference", "LX-2026-02")} <= found
    assert {("notices[0]", "kind", "tender"), ("notices[1]", "kind", "award")} <= found


def test_a_notice_of_a_list_is_titled_without_its_paper_and_tells_when_bids_close() -> None:
    page = feed(
        ("notices[0].title", "临溪县机房维保项目（二次）公开询比公告"),
        ("notices[0].deadline", "2026年8月7日09时00分"),
        ("notices[1].title", "门禁改造项目"),
        ("notices[1].deadline", "见正文"),
    )
    assert told(page) == {
        ("title", "临溪县机房维保项目（二次）", "notices[0]"),
        ("method", "公开询比", "notices[0]"),
        ("closing", "2026-08-07", "notices[0]"),
        ("title", "门禁改造项目", "notices[1]"),
    }


def test_the_day_on_which_bids_close_by_each_standard() -> None:
    late = "FORM_SECTION.CONTRACT_NOTICE.FD.PROCEDURE_DEFINITION.RECEIPT_LIMIT_DATE"
    pages = (
        feed(("ocid", "ocds-1"), ("tender.tenderPeriod.endDate", "2026-03-09T10:00:00Z")),
        feed(("FORM_SECTION.F02_2014.PROCEDURE.DATE_RECEIPT_TENDERS", "2026-03-09")),
        feed((f"{late}.DAY", "09"), (f"{late}.MONTH", "03"), (f"{late}.YEAR", "2026")),
    )
    assert all(("closing", "2026-03-09", "") in told(page) for page in pages)


def test_milestones_say_when_a_contract_begins_and_ends() -> None:
    page = feed(
        ("releases[0].tender.milestones[0].title", "Contract start"),
        ("releases[0].tender.milestones[0].dueDate", "2014-07-01T00:00:00Z"),
        ("releases[0].tender.milestones[1].title", "Site visit"),
        ("releases[0].tender.milestones[1].dueDate", "2014-03-01T00:00:00Z"),
    )
    assert told(page) == {("start", "2014-07-01", "releases[0]")}


def test_a_region_is_the_place_where_it_is_the_only_one() -> None:
    region = "CODED_DATA_SECTION.NOTICE_DATA.PERFORMANCE_NUTS"
    assert told(feed((region, "Rhin"))) == {("place", "Rhin", "")}
    assert told(feed((region, "Rhin"), (f"{region}[2]", "Marne"))) == set()
