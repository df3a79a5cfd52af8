"""Fields of OCDS and TED as readers give them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

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


def category(form: str, said: str) -> Any:
    return f"{form}@CATEGORY", said


def test_of_the_languages_of_a_notice_the_original_is_read() -> None:
    title = "OBJECT_CONTRACT.TITLE.P"
    page = feed(
        category(FORM, "TRANSLATION"),
        (f"{FORM}.{title}", "Fjernelse af affald"),
        (f"{FORM}.AWARD_CONTRACT.AWARDED_CONTRACT.DATE_CONCLUSION_CONTRACT", "2021-01-04"),
        category(f"{FORM}[2]", "ORIGINAL"),
        (f"{FORM}[2].{title}", "Enlèvement des déchets"),
        category(f"{FORM}[3]", "ORIGINAL"),
        (f"{FORM}[3].{title}", "Afvalophaling"),
        ("CODED_DATA_SECTION.NOTICE_DATA.NO_DOC_OJS", "2021/S 001-000001"),
    )
    assert told(page) == {("title", "Enlèvement des déchets", ""), ("notice_no", "2021/S 001-000001", "")}


def test_of_translations_alone_the_first_is_read_unless_the_original_is_in_another_part() -> None:
    page = feed(
        category(FORM, "TRANSLATION"),
        (f"{FORM}.OBJECT_CONTRACT.TITLE.P", "Fjernelse af affald"),
        category(f"{FORM}[2]", "TRANSLATION"),
        (f"{FORM}[2].OBJECT_CONTRACT.TITLE.P", "Waste removal"),
    )
    assert told(page) == {("title", "Fjernelse af affald", "")}
    assert told(replace(page, label="1")) == set()


def test_the_rest_of_a_form_whose_mark_is_in_the_part_before_is_read() -> None:
    page = feed(
        (f"{FORM}[2].OBJECT_CONTRACT.TITLE.P", "Waste removal"),
        category(f"{FORM}[3]", "TRANSLATION"),
        (f"{FORM}[3].OBJECT_CONTRACT.TITLE.P", "Enlèvement des déchets"),
    )
    assert told(replace(page, label="2")) == {("title", "Waste removal", "")}


def test_all_who_procure_jointly_buy_and_who_reviews_does_not() -> None:
    page = feed(
        (f"{FORM}.CONTRACTING_BODY.ADDRESS_CONTRACTING_BODY.OFFICIALNAME", "Harbour Link Ltd"),
        (f"{FORM}.CONTRACTING_BODY.ADDRESS_CONTRACTING_BODY_ADDITIONAL.OFFICIALNAME", "Havenlijn NV"),
        (f"{FORM}.CONTRACTING_BODY.ADDRESS_CONTRACTING_BODY_ADDITIONAL[2].OFFICIALNAME", "Port Board"),
        (f"{FORM}.COMPLEMENTARY_INFO.ADDRESS_REVIEW_INFO.OFFICIALNAME", "Court"),
    )
    assert {clue.value for clue in field_clues(page) if clue.field == "buyer"} == {
        "Harbour Link Ltd",
        "Havenlijn NV",
        "Port Board",
    }


def test_the_day_of_conclusion_is_of_the_decision_in_forms_that_head_it_so() -> None:
    day = "AWARD_CONTRACT.AWARDED_CONTRACT.DATE_CONCLUSION_CONTRACT"
    fields = {form: told(feed((f"FORM_SECTION.{form}.{day}", "2020-02-12"))) for form in ("F03_2014", "F15_2014")}
    assert fields["F03_2014"] == {("signed", "2020-02-12", "|AWARD_CONTRACT")}
    assert fields["F15_2014"] == {("award", "2020-02-12", "|AWARD_CONTRACT")}


OLDER = "FORM_SECTION.CONTRACT_DEFENCE.FD_CONTRACT_DEFENCE.OBJECT_CONTRACT_INFORMATION_DEFENCE"
OF_LOT = f"{OLDER}.F17_DIVISION_INTO_LOTS.F17_DIV_INTO_LOT_YES.F17_ANNEX_B[2]"


def test_an_older_notice_tells_budget_term_and_place_of_the_whole_and_the_budget_of_a_lot() -> None:
    costs = "NATURE_QUANTITY_SCOPE.COSTS_RANGE_AND_CURRENCY"
    page = feed(
        (f"{OLDER}.LOCATION_NUTS.LOCATION.P", "Depots in Oakfield"),
        (f"{OF_LOT}.{costs}@CURRENCY", "EUR"),
        (f"{OF_LOT}.{costs}.VALUE_COST", "400.00"),
        (f"{OF_LOT}.PERIOD_WORK_DATE_STARTING.MONTHS", "6"),
        (f"{OLDER}.QUANTITY_SCOPE.{costs}@CURRENCY", "EUR"),
        (f"{OLDER}.QUANTITY_SCOPE.{costs}.VALUE_COST", "1000.00"),
        (f"{OLDER}.PERIOD_WORK_DATE_STARTING.MONTHS", "24"),
    )
    found = {(clue.field, clue.value, clue.label.partition("#")[2]) for clue in field_clues(page)}
    assert found == {
        ("place", "Depots in Oakfield", ""),
        ("budget", "400 EUR -", "3"),
        ("budget", "1000 EUR -", ""),
        ("term", "24 months", ""),
    }
    term = next(clue for clue in field_clues(page) if clue.field == "term")
    assert page.text[term.start : term.end] == "MONTHS: 24"


def test_an_interval_in_parts_is_when_a_contract_runs() -> None:
    path = f"{OLDER}.PERIOD_WORK_DATE_STARTING.INTERVAL_DATE"
    days = {"START_DATE": ("01", "03", "2022"), "END_DATE": ("29", "02", "2024")}
    page = feed(
        *(
            (f"{path}.{what}.{part}", said)
            for what, parts in days.items()
            for part, said in zip(PARTS, parts, strict=True)
        )
    )
    assert told(page) == {("start", "2022-03-01", ""), ("end", "2024-02-29", "")}


PARTS = ("DAY", "MONTH", "YEAR")


def test_what_lots_say_of_place_and_term_holds_of_the_whole_where_they_agree() -> None:
    lot, other = f"{FORM}.OBJECT_CONTRACT.OBJECT_DESCR", f"{FORM}.OBJECT_CONTRACT.OBJECT_DESCR[2]"
    alike = feed((f"{lot}.MAIN_SITE.P", "Oakfield"), (f"{other}.MAIN_SITE.P", "Oakfield"))
    differing = feed((f"{lot}.MAIN_SITE.P", "Oakfield"), (f"{other}.MAIN_SITE.P", "Larkmoor"))
    listed = feed((f"{lot}.MAIN_SITE.P", "- Oakfield,"), (f"{lot}.MAIN_SITE.P[2]", "- Larkmoor"))
    address = feed((f"{lot}.MAIN_SITE.P", "Town Hall, Oakfield"), (f"{lot}.MAIN_SITE.P[2]", "1 Main Street"))
    assert told(alike) == {("place", "Oakfield", "")}
    assert told(address) == {("place", "Town Hall, Oakfield", "")}
    assert told(differing) == told(listed) == set()


def test_the_programme_that_pays_is_the_funding() -> None:
    page = feed((f"{FORM}.OBJECT_CONTRACT.OBJECT_DESCR.EU_PROGR_RELATED.P", "Harbour Funds 5"))
    assert told(page) == {("funding", "Harbour Funds 5", "")}


def test_a_correction_closes_when_the_journal_says() -> None:
    page = feed(("CODED_DATA_SECTION.CODIF_DATA.DT_DATE_FOR_SUBMISSION", "20210216 16:00"))
    assert told(page) == {("closing", "2021-02-16", "")}


@pytest.mark.parametrize(
    ("said", "kind"), [("Concession award notice", "award"), ("Services concession", "tender"), ("Buyer profile", None)]
)
def test_kinds_of_the_journal(said: str, kind: str | None) -> None:
    found = told(feed(("CODED_DATA_SECTION.CODIF_DATA.TD_DOCUMENT_TYPE", said)))
    assert found == ({("kind", kind, "")} if kind else set())


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("【临溪县机房维保项目】询比公告", "临溪县机房维保项目"),
        ("【二次】临溪县机房维保项目公告", "【二次】临溪县机房维保项目"),
        ("《临溪》与《武义》光缆项目", "《临溪》与《武义》光缆项目"),
    ],
)
def test_a_title_stands_without_the_marks_around_the_whole_of_it(said: str, title: str) -> None:
    assert ("title", title, "notices[0]") in told(feed(("notices[0].title", said)))


@pytest.mark.parametrize("marks", [('"', '"'), ("„", "“"), ("»", "«"), (",,", "”")])
def test_so_does_one_of_a_notice_in_any_language(marks: tuple[str, str]) -> None:
    page = feed((f"{FORM}.OBJECT_CONTRACT.TITLE.P", f"{marks[0]}Waste removal, lot 1{marks[1]}"))
    assert told(page) == {("title", "Waste removal, lot 1", "")}


def test_words_that_say_where_to_look_are_none_and_a_sentence_is_no_buyer() -> None:
    lot, other = f"{FORM}.OBJECT_CONTRACT.OBJECT_DESCR", f"{FORM}.OBJECT_CONTRACT.OBJECT_DESCR[2]"
    body = f"{FORM}.CONTRACTING_BODY.ADDRESS_CONTRACTING_BODY_ADDITIONAL.OFFICIALNAME"
    page = feed(
        (body, "Those who may call off are listed at: www.oakfield.example"),
        (f"{lot}.MAIN_SITE.P", "Oakfield"),
        (f"{other}.MAIN_SITE.P", "See II.2.3"),
        (f"{lot}.OPTIONS_DESCR.P", "Se référer aux documents du marché."),
    )
    assert told(page) == {("place", "Oakfield", "")}


def words(*fields: Any) -> Any:
    """What a page tells, without the group, of what descriptions may say."""
    asked = {"term", "option", "warranty", "method", "funding"}
    return {(clue.field, clue.value) for clue in field_clues(feed(*fields)) if clue.field in asked}


def test_descriptions_say_what_fields_do_not() -> None:
    described = f"{FORM}.OBJECT_CONTRACT.OBJECT_DESCR.SHORT_DESCR.P[2]"
    text = (
        "The contract will run for an initial period of three years. "
        "There will be an option to extend the contract for a further one year period."
    )
    found = {("term", "three years"), ("option", "option to extend the contract for a further one year period")}
    assert words((described, text)) == found
    assert words(("ocid", "ocds-1"), ("tender.description", text)) == found
    assert words(("ocid", "ocds-1"), ("tender.items[0].description", text)) == set()


def test_a_field_goes_before_a_description() -> None:
    lot = f"{FORM}.OBJECT_CONTRACT.OBJECT_DESCR"
    page = feed(
        (f"{lot}.SHORT_DESCR.P", "The contract period will be 4 years."),
        (f"{lot}.DURATION", "60"),
        (f"{lot}.DURATION@TYPE", "MONTH"),
    )
    levels = {clue.value: clue.label.partition("#")[2] for clue in field_clues(page) if clue.field == "term"}
    assert levels == {"60 months": "", "4 years": "8"}


def test_descriptions_of_lots_that_differ_tell_nothing() -> None:
    lot, other = f"{FORM}.OBJECT_CONTRACT.OBJECT_DESCR", f"{FORM}.OBJECT_CONTRACT.OBJECT_DESCR[2]"
    said = "The contract period will be {} years."
    assert words((f"{lot}.SHORT_DESCR.P", said.format(4)), (f"{other}.SHORT_DESCR.P", said.format(4)))
    assert not words((f"{lot}.SHORT_DESCR.P", said.format(4)), (f"{other}.SHORT_DESCR.P", said.format(2)))


def test_what_a_description_says_of_something_else_is_no_term() -> None:
    described = f"{FORM}.OBJECT_CONTRACT.SHORT_DESCR.P"
    assert words((described, "Support for those aged 16 years and over; invoices are paid within 30 days.")) == set()
    assert words((described, "交付后16岁以上人员培训，发票30日内支付。")) == set()


def test_the_content_of_a_chinese_notice() -> None:
    page = feed(
        ("notices[0].title", "临溪县线路清查项目"),
        (
            "notices[0].purchaseContent",
            "拟对临溪县线路清查项目进行公开询比采购，资金来源为自筹。服务期36个月，质保期三年。",
        ),
        ("notices[1].title", "武义县机房项目"),
        ("notices[1].purchaseContent", "设备采购，视频存储30天。"),
    )
    asked = {"term", "warranty", "method", "funding"}
    assert {one for one in told(page) if one[0] in asked} == {
        ("method", "公开询比", "notices[0]"),
        ("funding", "自筹", "notices[0]"),
        ("term", "36个月", "notices[0]"),
        ("warranty", "三年", "notices[0]"),
    }
    fund = next(clue for clue in field_clues(page) if clue.field == "funding")
    assert page.text[fund.start : fund.end] == "自筹"


def test_the_category_of_a_notice_may_name_the_procedure() -> None:
    listed = feed(("notices[0].category", "询比公告"), ("notices[1].category", "办公用品"))
    assert told(listed) == {("method", "询比", "notices[0]")}


def test_of_rights_to_go_on_that_one_description_names_the_first_is_the_option() -> None:
    described = f"{FORM}.OBJECT_CONTRACT.OBJECT_DESCR.INFO_ADD.P"
    said = "an initial 3 year term with the right to extend up to a maximum of a further 2 years at the sole discretion"
    assert ("option", "right to extend up to a maximum of a further 2 years") in words((described, said))
    long = "The contract period is 4 years. We reserve the right to prolong its duration for at least 4 more years."
    assert ("option", "right to prolong its duration for at least 4 more years") in words((described, long))
    none = "Payment of the invoice within 30 days; the right to extend the line of products is not part of it."
    assert words((described, none)) == set()
