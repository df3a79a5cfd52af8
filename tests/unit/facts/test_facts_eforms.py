"""Notices of EU TED in eForms, as XML, to deals. Notices, bodies and numbers are made up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from countersight.facts.deal import deals
from countersight.facts.family import joined_by
from countersight.facts.fields import field_clues
from countersight.model import Citation, Digest, FileRow, Locator, Money, Status
from countersight.ports import Limits
from countersight.read.feeds import FeedReader

URN, EU = "urn:oasis:names:specification:ubl:schema:xsd:", "http://data.europa.eu/p27/eforms-ubl-extension"
PROCEDURE = "5b0e7a52-91d4-4c0e-8a3f-2f6c1d7e9b04"
NOTICE = "c4a1d2e3-7788-4f00-9a21-0b5e6d7c8f90"


def company(number: Any, called: Any, registered: Any = "", *, extra: Any = "", inside: Any = "") -> Any:
    legal = f"<cac:PartyLegalEntity><cbc:CompanyID>{registered}</cbc:CompanyID></cac:PartyLegalEntity>"
    return f"""<efac:Organization>{inside}<efac:Company>
    <cac:PartyIdentification><cbc:ID schemeName="organization">{number}</cbc:ID></cac:PartyIdentification>
    <cac:PartyName><cbc:Name languageID="SWE">{called}</cbc:Name></cac:PartyName>
    <cac:PostalAddress><cac:Country><cbc:IdentificationCode>SWE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    {legal if registered else ""}<cac:Contact><cbc:Name>Registrator</cbc:Name></cac:Contact>
    </efac:Company>{extra}</efac:Organization>"""


def result(lot: Any, tender: Any = "", contract: Any = "", code: Any = "selec-w") -> Any:
    tenders = "".join(f"<efac:LotTender><cbc:ID>{one}</cbc:ID></efac:LotTender>" for one in tender.split())
    contracts = f"<efac:SettledContract><cbc:ID>{contract}</cbc:ID></efac:SettledContract>" if contract else ""
    return f"""<efac:LotResult><cbc:ID>RES-{lot[-4:]}</cbc:ID>
    <cbc:TenderResultCode listName="winner-selection-status">{code}</cbc:TenderResultCode>
    {tenders}{contracts}<efac:TenderLot><cbc:ID schemeName="Lot">{lot}</cbc:ID></efac:TenderLot></efac:LotResult>"""


def tender(number: Any, lot: Any, party: Any, amount: Any = "", currency: Any = "EUR") -> Any:
    money = f'<cbc:PayableAmount currencyID="{currency}">{amount}</cbc:PayableAmount>'
    return f"""<efac:LotTender><cbc:ID schemeName="tender">{number}</cbc:ID>
    {f"<cac:LegalMonetaryTotal>{money}</cac:LegalMonetaryTotal>" if amount else ""}
    <efac:TenderingParty><cbc:ID schemeName="tendering-party">{party}</cbc:ID></efac:TenderingParty>
    <efac:TenderLot><cbc:ID schemeName="Lot">{lot}</cbc:ID></efac:TenderLot></efac:LotTender>"""


def contract(number: Any, tenders: Any, reference: Any, signed: Any, award: Any = "") -> Any:
    named = "".join(f"<efac:LotTender><cbc:ID>{one}</cbc:ID></efac:LotTender>" for one in tenders.split())
    return f"""<efac:SettledContract><cbc:ID schemeName="contract">{number}</cbc:ID>
    {f"<cbc:AwardDate>{award}</cbc:AwardDate>" if award else ""}<cbc:IssueDate>{signed}</cbc:IssueDate>
    <cac:SignatoryParty><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification></cac:SignatoryParty>
    <efac:ContractReference><cbc:ID>{reference}</cbc:ID></efac:ContractReference>{named}</efac:SettledContract>"""


def group(number: Any, *members: Any, lead: Any = "", under: Any = "") -> Any:
    tenderers = "".join(
        f"<efac:Tenderer><cbc:ID>{one}</cbc:ID><efbc:GroupLeadIndicator>{str(one == lead).lower()}"
        "</efbc:GroupLeadIndicator></efac:Tenderer>"
        for one in members
    )
    sub = f"<efac:SubContractor><cbc:ID>{under}</cbc:ID></efac:SubContractor>" if under else ""
    return f"<efac:TenderingParty><cbc:ID>{number}</cbc:ID>{tenderers}{sub}</efac:TenderingParty>"


def lot(number: Any, inside: Any = "", behind: Any = "") -> Any:
    return f"""<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">{number}</cbc:ID><cac:ProcurementProject>
    <cbc:ID>INTERN {number}</cbc:ID><cbc:Name languageID="SWE">Del {number}</cbc:Name>{inside}
    </cac:ProcurementProject>{behind}</cac:ProcurementProjectLot>"""


def notice(
    extension: Any,
    *,
    kind: Any = "ContractAwardNotice",
    code: Any = '<cbc:NoticeTypeCode listName="result">can-standard</cbc:NoticeTypeCode>',
    head: Any = "",
    project: Any = "",
    lots: Any = "",
    buyers: Any = ("ORG-0001",),
    served: Any = "",
    tail: Any = "",
) -> Any:
    parties = "".join(
        f"""<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>{one}</cbc:ID></cac:PartyIdentification>
        {served}</cac:Party></cac:ContractingParty>"""
        for one in buyers
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{kind} xmlns="{URN}{kind}-2" xmlns:cac="{URN}CommonAggregateComponents-2" xmlns:cbc="{URN}CommonBasicComponents-2"
 xmlns:ext="{URN}CommonExtensionComponents-2" xmlns:efac="{EU}-aggregate-components/1"
 xmlns:efbc="{EU}-basic-components/1" xmlns:efext="{EU}s/1">
<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>{extension}
</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
<cbc:ID schemeName="notice-id">{NOTICE}</cbc:ID><cbc:ContractFolderID>{PROCEDURE}</cbc:ContractFolderID>
<cbc:IssueDate>2024-05-20+02:00</cbc:IssueDate>{code}<cbc:NoticeLanguageCode>SWE</cbc:NoticeLanguageCode>
{parties}{head}<cac:TenderingProcess><cbc:ProcedureCode>open</cbc:ProcedureCode></cac:TenderingProcess>
<cac:ProcurementProject><cbc:ID>UPP-2024-31</cbc:ID>
<cbc:Name languageID="ENG">Cameras for stations</cbc:Name><cbc:Name languageID="SWE">Kameror till stationer</cbc:Name>
<cbc:Description languageID="SWE">Fast monterade kameror.</cbc:Description>{project}</cac:ProcurementProject>
{lots}{tail}</{kind}>"""


BUYER = company("ORG-0001", "Västra Banregion", "232100-7777")
COURT = company("ORG-0002", "Förvaltningsrätten i Norrvik", "202100-1111")
FIRM = company("ORG-0003", "Norrvik Kamerateknik AB", "556000-0001")
LEAD = company("ORG-0004", "Sundholm Systems AB", "556000-0002")
ALLY = company("ORG-0005", "Kabel Østfold AS", "987654321")
LOSER = company("ORG-0006", "Billigast Bevakning AB", "556000-0003")
SUB = company("ORG-0007", "Grävarna i Dal AB", "556000-0004")
ALL = f"<efac:Organizations>{BUYER}{COURT}{FIRM}{LEAD}{ALLY}{LOSER}{SUB}</efac:Organizations>"
PUBLISHED = """<efac:Publication><efbc:NoticePublicationID>00310042-2024</efbc:NoticePublicationID>
<efbc:GazetteID>101/2024</efbc:GazetteID><efbc:PublicationDate>2024-05-27+02:00</efbc:PublicationDate></efac:Publication>"""
FILLER = "<cac:TenderResult><cbc:AwardDate>2000-01-01Z</cbc:AwardDate></cac:TenderResult>"
RESULT = (
    "<efac:NoticeResult>"
    + result("LOT-0001", "TEN-0003 TEN-0001", "CON-0001")
    + result("LOT-0002", "TEN-0002", "CON-0002")
    + result("LOT-0003", "TEN-0004", code="clos-nw")
    + tender("TEN-0001", "LOT-0001", "TPA-0001", "1250000.50")
    + tender("TEN-0002", "LOT-0002", "TPA-0002", "8400000", "SEK")
    + tender("TEN-0003", "LOT-0001", "TPA-0003", "990000")
    + tender("TEN-0004", "LOT-0003", "TPA-0003", "55000")
    + contract("CON-0001", "TEN-0001", "AVT 24/118-1", "2024-05-03+02:00", "2024-04-15+02:00")
    + contract("CON-0002", "TEN-0002", "AVT 24/118-2", "2024-05-08+02:00", "2024-04-15+02:00")
    + group("TPA-0002", "ORG-0005", "ORG-0004", lead="ORG-0004", under="ORG-0007")
    + group("TPA-0001", "ORG-0003")
    + group("TPA-0003", "ORG-0006")
    + "</efac:NoticeResult>"
)
LOTS = lot("LOT-0001") + lot("LOT-0002") + lot("LOT-0003")
AWARD = notice(RESULT + ALL + PUBLISHED, lots=LOTS, tail=FILLER)


def told(tmp_path: Path, xml: Any) -> Any:
    path = tmp_path / "notice.xml"
    path.write_text(xml, encoding="utf-8")
    digest = Digest.of(xml.encode())
    pages = FeedReader().read(path, "application/xml", None, Limits(), None).pages  # type: ignore[arg-type]
    at = Locator("notice.xml")
    status = Status.READ
    row = FileRow(
        digest,
        path.name,
        at,
        None,
        None,
        "application/xml",
        None,
        None,
        None,
        None,
        1,
        None,
        status,
        None,
        0,
        0,
        (),
        None,
    )

    def cite(clue: Any) -> Any:
        quote = pages[clue.page - 1].text[clue.start : clue.end]
        return Citation(digest, path.name, at, None, None, clue.start, clue.end, quote)

    return list(deals(row, [clue for page in pages for clue in field_clues(page)], cite))


def deal(tmp_path: Path, xml: Any) -> Any:
    found = told(tmp_path, xml)
    assert len(found) == 1
    return found[0]


def parties(made: Any, role: Any) -> Any:
    return [(one.name, one.lot, one.value) for one in made.parties if one.role == role]


def days(made: Any) -> Any:
    return {name: (span.from_, span.to) for name, span in made.dates.items()}


def on(*day: int) -> Any:
    return date(*day), date(*day)


def test_winners_stand_with_their_lots_and_what_they_are_worth(tmp_path: Path) -> None:
    made = deal(tmp_path, AWARD)
    euro, krona = Money(Decimal("1250000.50"), "EUR"), Money(Decimal(8400000), "SEK")
    assert made.kind == "award"
    assert sorted(parties(made, "supplier")) == [
        ("Kabel Østfold AS", "LOT-0002", krona),
        ("Norrvik Kamerateknik AB", "LOT-0001", euro),
        ("Sundholm Systems AB", "LOT-0002", krona),
    ]
    assert parties(made, "leader") == [("Sundholm Systems AB", "LOT-0002", None)]
    assert parties(made, "member") == [("Kabel Østfold AS", "LOT-0002", None)]
    assert parties(made, "buyer") == [("Västra Banregion", None, None)]
    assert made.value is None  # two currencies, no total said


def test_the_notice_itself(tmp_path: Path) -> None:
    made = deal(tmp_path, AWARD)
    assert made.title == "Kameror till stationer"
    assert made.method == "open"
    assert made.reference == "UPP-2024-31"
    assert set(made.references) == {
        "UPP-2024-31",
        "AVT 24/118-1",
        "AVT 24/118-2",
        "00310042-2024",
        NOTICE,
        PROCEDURE,
    }
    assert days(made) == {"document": on(2024, 5, 27), "award": on(2024, 4, 15)}
    (question,) = made.questions  # each contract has its day
    assert question.what == "signed: the record gives “2024-05-03”, “2024-05-08”; each of its own lot or award."
    assert [one.quote for one in question.citations] == ["2024-05-03+02:00", "2024-05-08+02:00"]


def test_every_citation_holds_its_value(tmp_path: Path) -> None:
    xml = AWARD.replace(
        "<efac:NoticeResult>", '<efac:NoticeResult><cbc:TotalAmount currencyID="EUR">2000000</cbc:TotalAmount>'
    )
    made = deal(tmp_path, xml)
    assert made.value == Money(Decimal(2000000), "EUR")
    for one in made.parties:
        assert one.citation.quote == one.name
    assert {name: made.citations[name].quote for name in ("title", "reference", "method", "document", "award")} == {
        "title": "Kameror till stationer",
        "reference": "UPP-2024-31",
        "method": "open",
        "document": "2024-05-27+02:00",
        "award": "2024-04-15+02:00",
    }
    quote = made.citations["value"].quote
    assert quote.startswith("EUR\n")
    assert quote.endswith(": 2000000")


def test_a_contract_notice(tmp_path: Path) -> None:
    period = """<cac:PlannedPeriod><cbc:DurationMeasure unitCode="MONTH">36</cbc:DurationMeasure></cac:PlannedPeriod>
    <cac:RealizedLocation><cac:Address><cbc:CityName>Norrvik</cbc:CityName></cac:Address></cac:RealizedLocation>"""
    total = """<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="{}">{}
    </cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>"""
    made = deal(
        tmp_path,
        notice(
            ALL + PUBLISHED,
            kind="ContractNotice",
            code='<cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>',
            project=total.format("SEK", "21000000"),
            lots=lot("LOT-0001", total.format("SEK", "9000000") + period)
            + lot("LOT-0002", total.format("EUR", "1100000") + period),
        ),
    )
    assert made.kind == "tender"
    assert made.budget == Money(Decimal(21000000), "SEK")
    assert (made.term, made.place) == ("36 months", "Norrvik")
    assert made.citations["term"].quote.startswith("MONTH\n")
    assert [(one.name, one.role) for one in made.parties] == [("Västra Banregion", "buyer")]
    assert (made.value, made.ceiling, made.questions) == (None, None, ())
    assert days(made) == {"document": on(2024, 5, 27)}


def test_what_lots_say_differently_is_not_said_of_the_whole(tmp_path: Path) -> None:
    def period(amount: Any, start: Any, months: Any) -> Any:
        return f"""<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="EUR">{amount}
        </cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal><cac:PlannedPeriod>
        <cbc:StartDate>{start}</cbc:StartDate><cbc:DurationMeasure unitCode="MONTH">{months}</cbc:DurationMeasure>
        </cac:PlannedPeriod>"""

    code = '<cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>'
    closes = """<cac:TenderingProcess><cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>2024-06-03+02:00</cbc:EndDate>
    </cac:TenderSubmissionDeadlinePeriod></cac:TenderingProcess>"""
    lots = lot("LOT-0001", period(700, "2024-09-01Z", 12), closes) + lot(
        "LOT-0002", period(800, "2024-09-01Z", 24), closes
    )
    made = deal(tmp_path, notice(ALL, kind="ContractNotice", code=code, lots=lots))
    assert (made.budget, made.term) == (None, None)
    assert made.dates["start"].from_ == date(2024, 9, 1)
    assert made.dates["closing"].from_ == date(2024, 6, 3)
    only = deal(
        tmp_path, notice(ALL, kind="ContractNotice", code=code, lots=lot("LOT-0001", period(700, "2024-09-01Z", 12)))
    )
    assert (only.budget, only.term) == (Money(Decimal(700), "EUR"), "12 months")


def test_one_lot_with_one_winner(tmp_path: Path) -> None:
    inside = (
        result("LOT-0001", "TEN-0001", "CON-0001")
        + tender("TEN-0001", "LOT-0001", "TPA-0001", "480000", "DKK")
        + contract("CON-0001", "TEN-0001", "K-2024-9", "2024-05-03+02:00")
        + group("TPA-0001", "ORG-0003")
    )
    made = deal(
        tmp_path, notice(f"<efac:NoticeResult>{inside}</efac:NoticeResult>{ALL}", lots=lot("LOT-0001"), tail=FILLER)
    )
    assert made.value == Money(Decimal(480000), "DKK")
    assert days(made) == {"document": on(2024, 5, 20), "signed": on(2024, 5, 3)}
    assert parties(made, "leader") == parties(made, "member") == []
    (winner,) = (one for one in made.parties if one.role == "supplier")
    assert winner.identifiers == (("registration", "SWE:556000-0001"),)


def test_a_firm_that_wins_two_lots_stands_in_both(tmp_path: Path) -> None:
    xml = AWARD.replace(group("TPA-0001", "ORG-0003"), group("TPA-0001", "ORG-0004"))
    made = deal(tmp_path, xml)
    own = [(lot, value.amount) for name, lot, value in parties(made, "supplier") if name == "Sundholm Systems AB"]
    assert sorted(own) == [("LOT-0001", Decimal("1250000.50")), ("LOT-0002", Decimal(8400000))]


def test_several_contracts_of_one_lot_keep_their_amounts(tmp_path: Path) -> None:
    xml = AWARD.replace(
        contract("CON-0002", "TEN-0002", "AVT 24/118-2", "2024-05-08+02:00", "2024-04-15+02:00"),
        contract("CON-0002", "TEN-0003", "AVT 24/118-2", "2024-05-08+02:00", "2024-04-15+02:00"),
    ).replace(result("LOT-0002", "TEN-0002", "CON-0002"), result("LOT-0002", code="open-nw"))
    made = deal(tmp_path, xml)
    assert parties(made, "supplier") == [
        ("Norrvik Kamerateknik AB", "LOT-0001 TEN-0001", Money(Decimal("1250000.50"), "EUR")),
        ("Billigast Bevakning AB", "LOT-0001 TEN-0003", Money(Decimal(990000), "EUR")),
    ]
    assert made.value is None


def test_without_contracts_the_only_tender_of_a_lot_won(tmp_path: Path) -> None:
    inside = (
        result("LOT-0001", "TEN-0001")
        + result("LOT-0002", "TEN-0002 TEN-0003")
        + tender("TEN-0001", "LOT-0001", "TPA-0001", "10")
        + tender("TEN-0002", "LOT-0002", "TPA-0002", "20")
        + tender("TEN-0003", "LOT-0002", "TPA-0001", "30")
        + group("TPA-0001", "ORG-0003")
        + group("TPA-0002", "ORG-0006")
    )
    made = deal(tmp_path, notice(f"<efac:NoticeResult>{inside}</efac:NoticeResult>{ALL}", lots=LOTS))
    assert parties(made, "supplier") == [("Norrvik Kamerateknik AB", "LOT-0001", Money(Decimal(10), "EUR"))]


@pytest.mark.parametrize(
    ("was", "is_"),
    [
        (FIRM, ""),  # nobody bears the number
        (FIRM, FIRM + company("ORG-0003", "Andra Bolaget AB")),  # two do
        (group("TPA-0001", "ORG-0003"), group("TPA-0001", "ORG-0003") + group("TPA-0001", "ORG-0006")),
        (FIRM, company("ORG-0003", "unpublished")),
        (
            FIRM,
            company(
                "ORG-0003", "Eva Exempel", inside="<efbc:NaturalPersonIndicator>true</efbc:NaturalPersonIndicator>"
            ),
        ),
        (result("LOT-0001", "TEN-0003 TEN-0001", "CON-0001"), result("LOT-0001", code="clos-nw")),
    ],
)
def test_a_winner_that_is_not_said_plainly_is_none(tmp_path: Path, was: Any, is_: Any) -> None:
    assert was in AWARD
    made = deal(tmp_path, AWARD.replace(was, is_))
    assert [lot for _, lot, _ in parties(made, "supplier")] == ["LOT-0002", "LOT-0002"]


def test_a_number_is_taken_only_of_what_is_named_as_a_body(tmp_path: Path) -> None:
    made = deal(tmp_path, AWARD.replace(FIRM, company("ORG-0003", "Exempel Eva", "19500101-0000")))
    numbers = {one.name: one.identifiers for one in made.parties if one.role == "supplier"}
    assert numbers["Exempel Eva"] == ()
    assert numbers["Kabel Østfold AS"] == (("registration", "SWE:987654321"),)


def test_numbers_that_schemes_check_are_told_apart(tmp_path: Path) -> None:
    made = deal(tmp_path, AWARD.replace(FIRM, company("ORG-0003", "Norrvik Kamerateknik AB", "5493001KJTIIGC8Y1R12")))
    (own,) = (one.identifiers for one in made.parties if one.name == "Norrvik Kamerateknik AB")
    assert own == (("LEI", "5493001KJTIIGC8Y1R12"),)


def test_a_withheld_result_leaves_what_the_contract_says(tmp_path: Path) -> None:
    made = deal(tmp_path, AWARD.replace("selec-w", "unpublished"))
    assert len(parties(made, "supplier")) == 3


def test_a_lot_of_its_own_of_a_tender_goes_before_the_results_that_name_it(tmp_path: Path) -> None:
    was, is_ = result("LOT-0003", "TEN-0004", code="clos-nw"), result("LOT-0003", "TEN-0004 TEN-0002")
    made = deal(tmp_path, AWARD.replace(was, is_))
    assert {lot for name, lot, _ in parties(made, "supplier") if name == "Kabel Østfold AS"} == {"LOT-0002"}


def test_values_withheld_are_absent(tmp_path: Path) -> None:
    inside = (
        '<cbc:TotalAmount currencyID="EUR">-1</cbc:TotalAmount>'
        + result("LOT-0001", "TEN-0001", "CON-0001")
        + tender("TEN-0001", "LOT-0001", "TPA-0001", "NaN")
        + contract("CON-0001", "TEN-0001", "unpublished", "1970-01-01Z", "soon")
        + group("TPA-0001", "ORG-0003")
    )
    made = deal(tmp_path, notice(f"<efac:NoticeResult>{inside}</efac:NoticeResult>{ALL}", lots=lot("LOT-0001")))
    assert (made.value, days(made)) == (None, {"document": on(2024, 5, 20)})
    assert "unpublished" not in made.references
    assert parties(made, "supplier") == [("Norrvik Kamerateknik AB", "LOT-0001", None)]


def test_buyers_by_touch_point_and_who_buys_for_them(tmp_path: Path) -> None:
    point = """<efac:TouchPoint><cac:PartyIdentification><cbc:ID>TPO-0001</cbc:ID></cac:PartyIdentification>
    <cac:PartyName><cbc:Name>Inköp</cbc:Name></cac:PartyName></efac:TouchPoint>"""
    bodies = ALL.replace(BUYER, company("ORG-0001", "Västra Banregion", extra=point))
    served = """<cac:ServiceProviderParty><cbc:ServiceTypeCode>serv-prov</cbc:ServiceTypeCode><cac:Party>
    <cac:PartyIdentification><cbc:ID>ORG-0007</cbc:ID></cac:PartyIdentification></cac:Party></cac:ServiceProviderParty>
    <cac:ServiceProviderParty><cbc:ServiceTypeCode>ted-esen</cbc:ServiceTypeCode><cac:Party>
    <cac:PartyIdentification><cbc:ID>ORG-0006</cbc:ID></cac:PartyIdentification></cac:Party></cac:ServiceProviderParty>"""
    made = deal(tmp_path, notice(bodies, lots=LOTS, buyers=("TPO-0001", "ORG-0004"), served=served))
    assert [name for name, _, _ in parties(made, "buyer")] == ["Västra Banregion", "Sundholm Systems AB"]
    assert [name for name, _, _ in parties(made, "agent")] == ["Grävarna i Dal AB"]


@pytest.mark.parametrize(
    ("code", "more", "kind"),
    [
        ('<cbc:NoticeTypeCode listName="planning">pin-only</cbc:NoticeTypeCode>', "", "plan"),
        ('<cbc:NoticeTypeCode listName="competition">pin-cfc-standard</cbc:NoticeTypeCode>', "", "tender"),
        ('<cbc:NoticeTypeCode listName="dir-awa-pre">veat</cbc:NoticeTypeCode>', "", "award"),
        ('<cbc:NoticeTypeCode listName="cont-modif">can-modif</cbc:NoticeTypeCode>', "", "supplement"),
        ("<cbc:NoticeTypeCode>can-modif</cbc:NoticeTypeCode>", "", "supplement"),
        (
            '<cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>',
            f"<efac:Changes><efbc:ChangedNoticeIdentifier>{PROCEDURE[::-1]}-01</efbc:ChangedNoticeIdentifier></efac:Changes>",
            "clarification",
        ),
    ],
)
def test_kinds_of_notices(tmp_path: Path, code: Any, more: Any, kind: Any) -> None:
    made = deal(tmp_path, notice(more + ALL, kind="PriorInformationNotice", code=code, lots=LOTS))
    assert made.kind == kind


def test_a_notice_and_its_award_are_of_one_project(tmp_path: Path) -> None:
    code = '<cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>'
    called = deal(
        tmp_path, notice(ALL, kind="ContractNotice", code=code).replace("UPP-2024-31", "UPP-31-A").replace(NOTICE, "x")
    )
    first, second = joined_by([called, deal(tmp_path, AWARD)])
    assert first.family
    assert first.family == second.family


def test_a_notice_cut_by_its_end_still_tells(tmp_path: Path) -> None:
    cut = AWARD[: AWARD.index("<cbc:ContractFolderID>")]
    made = deal(tmp_path, cut)
    assert len(parties(made, "supplier")) == 3
    assert parties(made, "buyer") == []
