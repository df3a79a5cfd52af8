"""Words near each other on a page that make no statement: lines of forms, numbered clauses, parts of words."""

from __future__ import annotations

import pytest

from countersight.find.straddled import straddles
from countersight.model import Page
from countersight.text.segment import Segments

LONG = "14 The kit is cleaned, the log is kept, and the supplier tells the library how often it is used"


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("The cameras count people.\nThe police see the list.", True),
        ("Alarm rules\nFaces of strikers\nare told to the police.", True),  # headings, a wrapped line
        ("Other information\nConflicts assessment prepared\nYes\nProcedure\nContract (redacted).pdf", False),
        ("采购人：某某公安局\n项目名称：办公设备\n公告状态：已发布\n审核：财政局", False),
        ("第一条  标的：视频网关、算法。\n第二条  乙方不得分包。", False),
        ("系统应：\n1. 识别横幅；\n2. 报警并推送。", True),  # a list that one sentence goes through
        ("4. The price is fixed.\n\n5. The kiosks stand in custody suites.", False),
        (f"{LONG}\n15 Complaints go to the front desk or the Librarian\n16 The page is taken down.", False),
        ("0 not known\n1 Han\n2 Uyghur", True),
        ("序号\t名称\n1\t横幅识别\n2\t报警", True),
    ],
)
def test_what_may_be_one_statement(text: str, one: bool) -> None:
    assert Segments(Page(1, text)).is_one(0, len(text)) is one


@pytest.mark.parametrize(
    ("text", "word", "none"),
    [
        ("公告状态：已发布", "告状", True),
        ("市人民政府办公室", "民政", True),
        ("民政部门的数据", "民政", False),
        ("有人到法院告状", "告状", False),
        ("抓拍人脸后比对", "人脸", False),
    ],
)
def test_a_word_across_the_border_of_two(text: str, word: str, none: bool) -> None:
    at = text.index(word)
    assert straddles(text, at, at + len(word)) is none


def test_the_gap_behind_a_number_makes_no_row() -> None:
    text = "1.  The gateway joins the video network.\n2.  The supplier shall not subcontract."
    assert Segments(Page(1, text)).table(5)[1] <= text.index("2.")
