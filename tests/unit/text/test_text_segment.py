from __future__ import annotations

import pytest

from countersight.model import Block, BlockKind, Page
from countersight.text.segment import Segments, sure_ends


def sentence(text: str, word: str, *blocks: Block) -> str:
    start, end = Segments(Page(1, text, blocks=blocks)).sentence(text.index(word))
    return text[start:end].strip()


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("第一句。第二句！第三句", "第二", "第二句！"),
        ("他说：“可以。”然后走了。", "可以", "他说：“可以。”"),
        ("数据不共享；接口开放。", "接口", "接口开放。"),
        ("It ends here. The next begins.", "next", "The next begins."),
        ("See Art. 5 and No. 7 of Dr. Li. Then stop.", "No", "See Art. 5 and No. 7 of Dr. Li."),
        ("The U.S. Government and J. Smith Ltd. agree. End.", "agree", "The U.S. Government and J. Smith Ltd. agree."),
        ("version 3.5 of the T4 card", "T4", "version 3.5 of the T4 card"),
        ("格一\t格二\t格三", "格二", "格二"),
        ("上一段\n\n下一段", "下", "下一段"),
        ("1. 第一项要求\n2. 第二项要求", "第二", "2. 第二项要求"),
        ("Signed by ████. Then the rest.", "rest", "Then the rest."),
        ("█████ 先生。下句", "先生", "█████ 先生。"),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text: str, word: str, expected: str) -> None:
    assert sentence(text, word) == expected


def test_a_line_that_only_wraps_goes_on() -> None:
    text = (
        "本项目拟在全县范围内建设视频监控系统并接入公安局指挥中心平台统一进行\n"
        "管理，其中包括人脸识别设备与车辆识别设备以及配套的存储服务器和网络设\n"
        "备。后面是另一句话。"
    )
    assert sentence(text, "存储").startswith("本项目")
    assert sentence(text, "存储").endswith("备。")


def test_a_block_ends_a_sentence_but_an_inline_change_does_not() -> None:
    text = "第一格第二格"
    cell = Block(3, 6, BlockKind.CELL, "B1")
    assert sentence(text, "第二", cell) == "第二格"
    assert sentence(text, "第二", Block(3, 6, BlockKind.INSERTED)) == text


def test_every_offset_lies_in_its_own_sentence_and_section() -> None:
    text = "第一章 总则\n甲方。乙方\t丙\n\n第二章 供货\nNo. 5. End.\n"
    segments = Segments(Page(1, text))
    for at in range(len(text)):
        for start, end in (segments.sentence(at), segments.section(at)):
            assert start <= at < end


def test_a_row_is_the_readers_or_a_line_with_cells_or_the_sentence() -> None:
    text = "名称\t数量\nT4\t8\n甲。乙。\n"
    lines = Segments(Page(1, text))
    assert lines.row(text.index("8")) == (6, 10)
    assert text[slice(*lines.row(text.index("乙")))].strip() == "乙。"
    given = Segments(Page(1, text, blocks=(Block(0, 10, BlockKind.ROW),)))
    assert given.row(text.index("8")) == (0, 10)


def test_a_section_runs_from_heading_to_heading() -> None:
    text = "引言\n第一章 视频\n摄像机\n第二章 食堂\n厨具"
    segments = Segments(Page(1, text))
    assert text[slice(*segments.section(text.index("摄")))] == "第一章 视频\n摄像机\n"
    assert text[slice(*segments.section(text.index("厨")))] == "第二章 食堂\n厨具"


def test_an_empty_page_has_one_empty_everything() -> None:
    segments = Segments(Page(1, ""))
    assert segments.sentence(0) == segments.section(0) == segments.row(0) == (0, 0)


def part(kind: str, text: str, word: str, *blocks: Block) -> str:
    start, end = getattr(Segments(Page(1, text, blocks=blocks)), kind)(text.index(word))
    return text[start:end].strip()


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("系统应支持布控，不得识别民族；并留存日志。", "民族", "不得识别民族；"),
        ("采集人脸但不采集民族。下句", "民族", "但不采集民族。"),
        ("It stores faces, but never the ethnicity. Next.", "ethnicity", "but never the ethnicity."),
        ("1,000 cameras at 10:30", "cameras", "1,000 cameras at 10:30"),
        (
            "No warrant, case number or approval is required.",
            "approval",
            "No warrant, case number or approval is required.",
        ),
        (
            "Neither date, user, reason nor case is kept, he said.",
            "case",
            "Neither date, user, reason nor case is kept,",
        ),
        (
            "It stores faces, and the operator may search or export them.",
            "search",
            "and the operator may search or export them.",
        ),
    ],
)
def test_a_clause_ends_at_a_comma_a_colon_or_a_turn(text: str, word: str, expected: str) -> None:
    assert part("clause", text, word) == expected


def test_a_table_is_its_rows_and_ends_where_other_words_begin() -> None:
    text = "点位表\n场所\t摄像机\n清真寺\t4\n学校\t2\n\n说明：略。\n甲\t乙\n"
    assert part("table", text, "4") == "场所\t摄像机\n清真寺\t4\n学校\t2"
    rows = [Block(4, 10, BlockKind.ROW), Block(11, 16, BlockKind.ROW)]
    assert part("table", text, "4", *rows) == "场所\t摄像机\n清真寺\t4"
    assert part("table", text, "略") == "说明：略。"


def test_a_list_is_its_items_with_the_line_that_leads_in() -> None:
    text = "前文。\n系统应识别以下属性：\n1. 性别\n2. 年龄段，\n分为四档\n3. 民族\n后文很长很长。\n"
    assert part("listing", text, "性别") == "系统应识别以下属性：\n1. 性别\n2. 年龄段，\n分为四档\n3. 民族"
    assert part("listing", text, "前文") == "前文。"
    assert part("listing", "1. 单独一项\n正文", "单独") == "1. 单独一项"


@pytest.mark.parametrize(
    ("text", "rows", "expected"),
    [
        ("甲乙。丙丁；戊", (), [3, 6]),
        ("他说：“可以。”然后走了。", (), [8, 13]),
        ("It ends. Then no. 5 of Art. 6 applies", (), [8]),
        ("one\n \ntwo", (), [6]),
        ("第一。第二。第三。", ((3, 9),), [3, 9]),
        ("甲。乙|丙。\n丁。戊", (), [6]),
    ],
)
def test_sentences_end_beyond_doubt_but_not_inside_rows(
    text: str, rows: tuple[tuple[int, int], ...], expected: list[int]
) -> None:
    page = Page(1, text, blocks=tuple(Block(start, end, BlockKind.ROW) for start, end in rows))
    assert sure_ends(page) == expected
