"""Clauses of Chinese contracts that are headed by what they are on."""

from __future__ import annotations

import pytest

from countersight.facts.clauses_zh import clues
from countersight.model import Page


def told(text: str) -> dict[str, str]:
    return {clue.field: clue.value for clue in clues(Page(1, text))}


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("第三条 合同期限\n本合同自签订之日起生效，共三年。\n第四条 价款", "term", "三年"),
        ("三、工期\n乙方应在合同签订后60日内完成全部工作。", "term", "合同签订后60日内"),
        ("5.1 服务期限及地点\n自2021年4月1日起至2022年10月31日止。", "end", "2022-10-31"),
        ("第八条　质量保证期\n8.1 自验收合格之日起24个月。", "warranty", "自验收合格之日起24个月"),
        ("第八条 质保期\n整机贰年。", "warranty", "贰年"),
        ("二、履行地点\n本合同在沄州大学三号实验楼履行。", "place", "沄州大学三号实验楼"),
    ],
)
def test_the_first_sentence_below_a_heading_tells(text: str, field: str, value: str) -> None:
    assert told(text)[field] == value


@pytest.mark.parametrize(
    "text",
    [
        "第三条 合同期限\n本合同为期＿年。",
        "第八条 质量保证期\n除专用条款另有约定外，为验收之日起12个月。",
        "第九条 保密期限\n合同终止后五年。",
        "第三条 服务期限\n一期两年，二期三年。",
        "第三条 合同期限\n任何一方可提前30日通知解除。",
        "16. 投标有效期\n自开标之日起90天。",
        "合同期限\n三年。",
    ],
)
def test_defaults_blanks_and_other_lengths_tell_nothing(text: str) -> None:
    assert not told(text)
