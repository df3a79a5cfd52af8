from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from facts_tables import DIGEST, Written, page_of

from countersight.find.goods import goods as marked
from countersight.model import Block, BlockKind, Citation, Deal, FileRow, Locator, Money, Page, Status
from countersight.pipeline.assemble import cite
from countersight.pipeline.goods import Goods, attached, goods

FILE = FileRow(
    *(DIGEST, "a.pdf", Locator("a.pdf"), None, None, "application/pdf", "contract", None, "zh", None, 1, 2),
    *(Status.READ, None, 0, 0, (), "r"),
)
HEAD: tuple[Written, ...] = ("序号", "名称", "数量", "单位", "合价（元）")
FIRST = page_of(HEAD, ("1", "摄像机", "8", "台", "80"), number=1, paged=True)
SECOND = page_of(("2", "NVIDIA T4显卡", "3", "块", "30"), [("合计", 4), None, None, None, "110"], number=2, paged=True)
PROSE = Page(3, "本页没有货物，只有文字。")


def told(*pages: Page) -> Goods:
    by_number = {page.number: page for page in pages}
    return goods(FILE, [clue for page in pages for clue in marked(page)], by_number.__getitem__)


def test_only_pages_worth_it_are_loaded_and_those_a_table_goes_on_over() -> None:
    loaded = []
    clues = [clue for page in (FIRST, SECOND, PROSE) for clue in marked(page)]

    def page(number: int) -> Page:
        loaded.append(number)
        return {1: FIRST, 2: SECOND, 3: PROSE}[number]

    assert [one.description for one in goods(FILE, clues, page).items] == ["摄像机", "NVIDIA T4显卡"]
    assert loaded == [1, 2]


def test_citations_are_those_that_findings_would_have() -> None:
    found = told(FIRST, SECOND)
    own = found.items[0].cells["description"]
    assert own == cite(FILE, FIRST, own.start, own.end)
    assert str(own.locator) == "a.pdf | page 1 | cell T1R2C2"
    assert str(found.items[0].citation.locator) == "a.pdf | page 1 | cell T1R2C1:T1R2C5"
    assert [(one.name, one.quantity) for one in found.components] == [("T4", Decimal(3))]


def test_goods_hang_on_the_one_deal_of_their_source_or_on_a_record_of_their_own() -> None:
    found = told(FIRST, SECOND)
    deal = Deal("D-1", "contract", DIGEST)
    (one,) = attached((deal,), FILE, found)
    assert (one.id, len(one.items)) == ("D-1", 2)
    (own,) = attached((), FILE, found)
    assert (own.kind, len(own.items)) == ("goods", 2)
    assert [each.id for each in attached((deal, replace(deal, id="D-2")), FILE, found)] == ["D-1", "D-2", own.id]
    assert attached((deal,), FILE, Goods()) == (deal,)


def test_the_sum_of_a_contract_is_held_against_its_value() -> None:
    found = told(FIRST, SECOND)
    said = Citation(DIGEST, "a.pdf", Locator("a.pdf"), 1, None, 0, 2, "120元")
    deal = Deal("D-1", "contract", DIGEST, value=Money(Decimal(120), "CNY"), citations={"value": said})
    (one,) = attached((deal,), FILE, found)
    assert [question.what for question in one.questions] == [
        "the bill of quantities sums to 110, and the contract's value is 120"
    ]
    assert attached((replace(deal, value=Money(Decimal(110), "CNY")),), FILE, found)[0].questions == ()
    assert attached((replace(deal, kind="tender"),), FILE, found)[0].questions == ()
    assert attached((replace(deal, value=Money(Decimal(120), "USD")),), FILE, found)[0].questions == ()


def test_pages_of_prose_give_no_clue() -> None:
    assert list(marked(PROSE)) == []
    assert list(marked(Page(1, "The quantity of work is large | and the price too."))) == []
    cell = Block(0, 4, BlockKind.CELL, "T1R1C1")
    assert list(marked(Page(1, "质量要求", blocks=(cell,)))) == []
