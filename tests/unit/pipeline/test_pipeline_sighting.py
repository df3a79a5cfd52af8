"""The bodies of one source: names cut wrongly are the name they are a cut of, and a place more makes another company."""

# ruff: noqa: E501 (a case is told on one line)

from __future__ import annotations

import pytest
from bench.bodies import sighted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("对墨玉县公安局、墨玉县公安局、墨玉县公安局", {"墨玉县公安局": 3}),
        ("中国残  疾人联合会，中国残疾人联合会、中国残疾人联合会", {"中国残疾人联合会": 3}),
        ("明湖科技有限公司交货，明湖科技有限公司。新疆明湖科技有限公司不是一方。", {"明湖科技有限公司": 2, "新疆明湖科技有限公司": 1}),
        ("澜溪县明湖科技有限公司、澜溪县明湖科技有限公司，明湖科技有限公司", {"澜溪县明湖科技有限公司": 2, "明湖科技有限公司": 1}),
        ("Martin Clutterbuck Blackwell Science Ltd, Osney Mead. Blackwell Science Ltd and Blackwell Science Ltd", {"Blackwell Science Ltd": 2}),
        ("Orbit Ltd; Orbit Ltd; Hong Kong Orbit Ltd; Northern Orbit Ltd", {"Orbit Ltd": 2, "Hong Kong Orbit Ltd": 1, "Northern Orbit Ltd": 1}),
        ("Martin Clutterbuck Blackwell Science Ltd, Blackwell Science Ltd", {"Martin Clutterbuck Blackwell Science Ltd": 1, "Blackwell Science Ltd": 1}),
    ],
)  # fmt: skip
def test_a_cut_is_the_name_it_is_cut_from(text: str, names: dict[str, int]) -> None:
    assert {one.name: one.count for one in sighted(text, 1)} == names
