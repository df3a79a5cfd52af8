from __future__ import annotations

import pytest

from countersight.facts.titled import entitling, shortened
from countersight.model import Clue


def clue(value: str, label: str, grade: str = "label") -> Clue:
    return Clue("title", 1, 0, len(value), value, label, grade)


def first(*clues: Clue, kind: str = "contract") -> str | None:
    found = entitling(clues, kind, lambda _: (0,))
    return found[0].value if found else None


@pytest.mark.parametrize(
    ("title", "due"),
    [
        ("《洄水县智慧矫正中心信息化建设项目采购合同》", "洄水县智慧矫正中心信息化建设项目"),
        ("迎宾路道路照明工程施工合同", "迎宾路道路照明工程"),
        ("图书馆自助设备采购合同", "图书馆自助设备采购"),
        ("政府采购合同", "政府采购合同"),
        ("建设工程监理合同", "建设工程监理合同"),
        ("22HE003481 / 视频补点项目", "视频补点项目"),
        ("智慧水务采购项目招标公告", "智慧水务采购项目"),
        ("FORM OF TRADEMARK LICENSE AGREEMENT", "TRADEMARK LICENSE AGREEMENT"),
        ("Form of Tender for Road Salt Supply", "Road Salt Supply"),
        ("Award of Contract for Night Lighting", "Night Lighting"),
        ("Tender No. 12/2022 – Laboratory Reagents", "Laboratory Reagents"),
        ("Delta Cities Surveillance Project - P177012", "Delta Cities Surveillance Project"),
        ("Supply of Treated Road Salt", "Supply of Treated Road Salt"),
        ("SUPPLY AGREEMENT", "SUPPLY AGREEMENT"),
    ],
)
def test_the_name_of_the_paper_is_cut_off_what_is_bought(title: str, due: str) -> None:
    assert shortened(title) == due


def test_labels_go_before_sentences_and_descriptions_and_the_name_of_the_contract_last() -> None:
    label, sure = clue("Night Lighting of Quays", "Project#1"), clue("Lamps for the West Quay", "contract for#4")
    told, paper = clue("Sixty lamps and their poles", "Description#2"), clue("SUPPLY AGREEMENT", "capitals#5")
    assert first(paper, told, sure, label) == label.value
    assert first(paper, told, sure) == sure.value
    assert first(paper, told) == told.value
    assert first(paper) == paper.value


def test_the_name_of_a_form_is_no_title_but_of_a_contract() -> None:
    assert first(clue("Contract Opportunity Type: Award Notice", "title line#5"), kind="award") is None
    assert first(clue("PURCHASE ORDER", "title line#5")) is None
    assert first(clue("SUPPLY AGREEMENT", "capitals#5"), kind="award") is None


def test_who_signs_or_what_a_form_asks_is_no_title() -> None:
    assert first(clue("Chief Executive Officer", "Title#1"), clue("(Name and address)", "PROJECT#1")) is None


def test_a_title_of_a_feed_stands_as_it_is() -> None:
    assert first(clue("Award of Contract", "title", "feed"), kind="award") == "Award of Contract"
