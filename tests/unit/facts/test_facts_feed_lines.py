from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from facts_tables import DIGEST, citing

from countersight.facts.deal import name_of
from countersight.facts.feeds.lines import lines
from countersight.find.goods import goods as marked
from countersight.model import Block, BlockKind, Deal, FileRow, Item, Locator, Page, Status
from countersight.pipeline.goods import Goods, attached, goods

FILE = FileRow(
    *(DIGEST, "a.json", Locator("a.json"), None, None, "application/json", None, None, "en", None, 1, 1),
    *(Status.READ, None, 0, 0, (), "r"),
)
CAMERA = {"id": "1", "description": "Dome camera", "quantity": "40", "unit.name": "unit", "unit.value.amount": "5000"}


def feed(**items: dict[str, str] | str) -> Page:
    """A page of fields; ``__`` in a path stands for a dot, ``_0`` for an index."""
    text, blocks = "", []
    for path, said in items.items():
        whole = path.replace("__", ".").replace("_0", "[0]").replace("_1", "[1]")
        for name, value in {whole: said}.items() if isinstance(said, str) else said.items():
            ref = name if isinstance(said, str) else f"{whole}.{name}"
            text += f"{ref}: "
            blocks.append(Block(len(text), len(text) + len(value), BlockKind.FIELD, ref))
            text += f"{value}\n"
    return Page(1, text, blocks=tuple(blocks))


def read(page: Page) -> list[Item]:
    return [item for _, item in lines([page], citing(page))]


def told(page: Page) -> Goods:
    return goods(FILE, list(marked(page)), {1: page}.__getitem__)


def test_a_line_of_a_release_has_each_value_cited_where_it_stands() -> None:
    page = feed(
        tender__items_0=CAMERA | {"unit.value.currency": "gbp", "classification.id": "35125300", "relatedLot": "L1"}
    )
    (item,) = read(page)
    assert (item.number, item.description, item.quantity, item.unit, item.lot) == (
        *("1", "Dome camera", Decimal(40), "unit", "L1"),
    )
    assert item.unit_price is not None
    assert (item.unit_price.amount, item.unit_price.currency, item.total) == (Decimal(5000), "GBP", None)
    assert {name: cell.quote for name, cell in item.cells.items()} == {
        "number": "1",
        "description": "Dome camera",
        "quantity": "40",
        "unit": "unit",
        "unit_price": "5000",
        "currency": "gbp",
        "classification": "35125300",
        "lot": "L1",
    }


def test_what_gives_no_number_unit_or_price_is_no_line() -> None:
    said = {"id": "1", "description": "See the description of the tender.", "classification.id": "80000000"}
    page = feed(tender__items_0=said, tender__items_1={"quantity": "3"})
    assert read(page) == []
    assert told(feed(tender__items_0=said)).fed == ()
    assert read(feed(tender__items_0={"description": "Lens", "quantity": "some"})) == []
    assert read(feed(awards_0__items_0={"description": "Lens", "quantity": "-1"})) == []


def test_lines_count_once_at_their_latest_stage() -> None:
    def stages(**said: dict[str, str] | str) -> list[tuple[str | None, Decimal | None]]:
        return [(one.description, one.quantity) for one in read(feed(**said))]

    lens = {"description": "Lens", "quantity": "7"}
    assert stages(tender__items_0=CAMERA, awards_0__items_0=CAMERA, awards_1__items_0=lens) == [
        ("Dome camera", Decimal(40)),
        ("Lens", Decimal(7)),
    ]
    signed: dict[str, dict[str, str] | str] = {
        "awards_0__id": "A1",
        "awards_0__items_0": CAMERA,
        "awards_1__id": "A2",
        "awards_1__items_0": lens,
    }
    contract = CAMERA | {"quantity": "38"}
    assert stages(**signed, contracts_0__awardID="A1", contracts_0__items_0=contract) == [
        ("Lens", Decimal(7)),
        ("Dome camera", Decimal(38)),
    ]
    assert stages(**signed, contracts_0__items_0=contract) == [("Dome camera", Decimal(38))]


def test_each_record_of_a_package_has_its_own_lines() -> None:
    page = feed(releases_0__tender__items_0=CAMERA, releases_1__tender__items_0=CAMERA | {"description": "Lens"})
    first, second, other = (
        Deal(name_of(DIGEST, record), "tender", DIGEST) for record in ("releases[0]", "releases[1]", "releases[2]")
    )
    found = attached((first, second, other), FILE, told(page))
    assert [[one.description for one in deal.items] for deal in found] == [["Dome camera"], ["Lens"], []]


def test_of_a_record_with_versions_the_last_ones_stand() -> None:
    path = "versionedRelease.tender.items[0]"
    said = {f"{path}.description[0].value": "Lens", f"{path}.quantity[0].value": "3", f"{path}.quantity[1].value": "4"}
    page = feed(**said)
    assert [(one.description, one.quantity) for one in read(page)] == [("Lens", Decimal(4))]
    assert len(told(page).fed) == 1


def test_lots_of_eforms_that_say_how_many() -> None:
    lot = {
        "ID": "LOT-0001",
        "ProcurementProject.Name": "Dome cameras",
        "ProcurementProject.EstimatedOverallContractQuantity": "450",
        "ProcurementProject.EstimatedOverallContractQuantity@unitCode": "EA",
    }
    silent = {"ID": "LOT-0002", "ProcurementProject.Name": "Training"}
    page = feed(ProcurementProjectLot_0=lot, ProcurementProjectLot_1=silent)
    assert [(one.lot, one.description, one.quantity, one.unit) for one in read(page)] == [
        ("LOT-0001", "Dome cameras", Decimal(450), "EA")
    ]


def test_pages_that_are_no_feed_are_not_asked() -> None:
    page = feed(tender__items_0=CAMERA)
    assert told(replace(page, blocks=())).fed == ()
