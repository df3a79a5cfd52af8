from __future__ import annotations

import pytest

from countersight.text.identifiers import Identifier, doubtful, flaw, holds, identifiers, isin, lei


def found(text: str) -> list[Identifier]:
    return [identifier for *_, identifier in identifiers(text)]


def test_identifiers_are_found_with_offsets_and_only_with_a_right_check() -> None:
    text = "统一社会信用代码:91330000733796106P。"
    assert [(start, end) for start, end, _ in identifiers(text)] == [(9, 27)]
    assert found(text) == [Identifier("USCC", "91330000733796106P")]
    assert found("统一社会信用代码:91330000733796106Q。") == []


def test_a_lei_leaves_one_by_97() -> None:
    assert lei("529900T8BM49AURSDO55")  # the example of ISO 17442
    assert not lei("529900T8BM49AURSDO56")


@pytest.mark.parametrize(("code", "holds"), [("US0378331005", True), ("CNE100000PM8", True), ("US0378331006", False)])
def test_an_isin_has_luhns_digit(code: str, *, holds: bool) -> None:
    assert isin(code) is holds


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("C.R. No. 2162198 (Hong Kong)", "2162198"),
        ("香港公司註冊編號", None),
        ("Hong Kong C.R. No. 2162198", "2162198"),
    ],
)
def test_numbers_of_the_hong_kong_registry_need_their_label(text: str, value: str | None) -> None:
    assert [one.value for one in found(text) if one.scheme == "HK C.R."] == ([value] if value else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("统一社会信用代码：91330000733796106Q", ["USCC 91330000733796106Q"]),
        ("统一社会信用代码证号\t9133000073379610", ["USCC 9133000073379610"]),
        ("LEI: 529900T8BM49AURSDO56", ["LEI 529900T8BM49AURSDO56"]),
        ("ISIN US0378331006", ["ISIN US0378331006"]),
        ("统一社会信用代码：91330000733796106P, LEI 529900T8BM49AURSDO55, ISIN: US0378331005", []),
        ("合同编号 91330000733796106Q", []),  # no label calls it so
        ("统一社会信用代码：XXXXXXXXXXXXXXXXXX", []),  # a blank of a form
        ("统一社会信用代码：330102199001011234", []),  # may be the number of a person's paper
        ("LEI INTERNATIONALCORPORATION", []),
    ],
)
def test_a_number_called_an_identifier_that_is_none_is_doubtful(text: str, told: list[str]) -> None:
    assert [f"{one.scheme} {one.value}" for *_, one in doubtful(text)] == told


def test_what_speaks_against_a_number_is_its_length_or_its_check() -> None:
    assert flaw("USCC", "9133000073379610") == "it has 16 characters, and such a number has 18"
    assert flaw("LEI", "529900T8BM49AURSDO56") == "its check character does not hold"
    assert holds("GB-COH", "anything")
