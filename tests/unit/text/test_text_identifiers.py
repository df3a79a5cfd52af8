from __future__ import annotations

import pytest

from countersight.text.identifiers import Identifier, identifiers, isin, lei


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
