"""Who is turned away: by the name alone, and never by looking at who somebody is."""

from __future__ import annotations

import pytest

from countersight.lists.door import turned_away
from countersight.lists.rows import Why


@pytest.mark.parametrize(
    "names",
    [
        ["Gaobeidian Example Instrument Co., Ltd."],
        ["Daltransexample, OAO"],
        ["SenseExample"],
        ["Example"],
        ["Video Logic"],
        ["APEX Somewhere"],
        ["Ministry of Example"],
        ["Example & Sons"],
        ["5th Shipyard"],
        ["杭州示例科技有限公司"],
        ["示例省公安厅"],
        ["Jane Avenue Optics", "JAO"],
        ["Beijing Tianexample", "Beijing Tianexample International Co., Ltd."],
        ["Example Ltd. (formerly of J. Doe)"],
    ],
)
def test_names_of_bodies_come_in(names: list[str]) -> None:
    assert turned_away(names) is None


@pytest.mark.parametrize(
    ("names", "note"),
    [
        (["Doe, Jane"], ""),
        (["Steel, John A."], ""),
        (["Brothers, Louis Example"], ""),
        (["Dr. Jane Example"], ""),
        (["Jane Example (individual)"], ""),
        (["Jane Example"], "Date of birth: May 1960"),
    ],
)
def test_natural_persons_stay_out(names: list[str], note: str) -> None:
    assert turned_away(names, note) is Why.PERSON


@pytest.mark.parametrize(
    "names",
    [
        ["Jane Example"],
        ["JANE VAN EXAMPLE"],
        ["Si Mong Park"],
        ["Wang Example"],
        ["Jane Example", "Jane Exampel, 7150 Rue Example, Office 801, H8N 2Z1"],
        ["Jane Example", "Janie", "J.", "Example Trading LLC"],
        ["Sean McExample"],
        ["Ronald O'Example"],
        [""],
        [],
    ],
)
def test_what_may_be_one_is_set_aside(names: list[str]) -> None:
    assert turned_away(names) is Why.DOUBTFUL
