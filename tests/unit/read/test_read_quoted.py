from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from read_sink import MemorySink

from countersight.model import BlockKind
from countersight.ports import Limits
from countersight.read.mail import MailReader
from countersight.read.quoted import marked, passages


def told(text: str) -> list[tuple[str, str]]:
    return [(block.ref, text[block.start : block.end]) for block in passages(text)]


def test_marked_lines_and_the_line_that_introduces_them() -> None:
    text = (
        "Dear B,\n\nYes.\n\nOn Tue, 2 Mar 2021 at 10:00, B <b@x.org>\nwrote:\n> Did you?\n>\n> > Older\n> more\n\nA\n"
    )
    assert told(text) == [
        ("", "Dear B,"),
        ("", "Yes."),
        ("quoted", "On Tue, 2 Mar 2021 at 10:00, B <b@x.org>\nwrote:\n> Did you?"),
        ("quoted 2", "> > Older"),
        ("quoted", "> more"),
        ("", "A"),
    ]


def test_answers_between_the_lines() -> None:
    assert told("See:\n> q1\nanswer\n> q2\nanswer") == [
        ("", "See:"),
        ("quoted", "> q1"),
        ("", "answer"),
        ("quoted", "> q2"),
        ("", "answer"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "From: X\nSent: Monday\nTo: Y\nSubject: z",
        "*From:* X\n*Date:* Monday",
        "发件人: 张三 <a@x.cn>\n发送时间: 2021年3月4日\n收件人: 李四\n主题: 监控",
        "寄件者：張三\n收件者：李四\n主旨：監控",
        "-----Original Message-----\nFrom: X\nSent: Monday",
        "------------------\xa0原始邮件\xa0------------------\n发件人: 张三\n收件人: 李四",
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "On Tue, 2 Mar 2021 at 10:00, B <b@x.org> wrote:",
        "在 2021年3月4日，张三 <a@x.cn> 写道：",
        "张三 <a@x.cn> 于2021年3月4日周四 10:00写道：",
    ],
)
def test_all_that_follows_the_header_of_an_older_mail(header: str) -> None:
    assert told(f"new\n\n{header}\n\nold\n\nolder words\n") == [
        ("", "new"),
        ("quoted", header),
        ("quoted", "old"),
        ("quoted", "older words"),
    ]


def test_a_chain_goes_further_back_with_each_header() -> None:
    text = "新\n\n发件人: 甲\n主题: 一\n\n旧\n\n发件人: 乙\n主题: 二\n\n更旧\n> 摘"
    assert [ref for ref, _ in told(text)] == ["", "quoted", "quoted", "quoted 2", "quoted 2", "quoted 3"]


@pytest.mark.parametrize(
    "text",
    [
        "a\nFrom: here to there\nb",
        "正如报告写道：\n这是新的",
        "On Monday we wrote:\nhello",
        "A > B\nand x -> y",
        "--- a heading ---",
        "主题: 监控\n日期: 今天",
    ],
)
def test_new_words_are_not_taken_for_quoted(text: str) -> None:
    assert {ref for ref, _ in told(text)} == {""}


@given(
    st.lists(st.sampled_from(["> a", ">> b", "", "c", "From: x", "Date: y", "On 1:00 a@b wrote:", " ", ">", "写道："]))
)
def test_law_every_word_lies_in_one_passage_and_they_come_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = list(passages(text))
    assert all(one.end <= then.start for one, then in pairwise(found))
    outside = text
    for block in reversed(found):
        outside = outside[: block.start] + outside[block.end :]
    assert not outside.replace(">", "").strip()


@pytest.mark.timeout(10)
@pytest.mark.parametrize("line", ["> " * 60_000, "On " * 50_000, "From: " * 30_000, "-" * 100_000, " " * 100_000 + "x"])
def test_lines_made_to_be_slow(line: str) -> None:
    list(passages(f"{line}\n" * 20))
    list(passages("From: a\n" * 20_000))
    list(passages("On a\n" * 20_000))


def test_mail_bodies_in_plain_text_and_html(tmp_path: Path) -> None:
    top = b"From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\nContent-Type: text/%s; charset=utf-8\n\n"
    plain = "同意。\n\n发件人: 甲\n主题: 一\n\n旧的\n"
    html = "<p>同意。</p><p>发件人: 甲<br>主题: 一</p><p>旧的</p>"
    for kind, body in ((b"plain", plain), (b"html", html)):
        path = tmp_path / "a.eml"
        path.write_bytes(top % kind + body.encode())
        (page,) = MailReader().read(path, "message/rfc822", None, Limits(), MemorySink()).pages
        prose = [b for b in page.blocks if b.kind is BlockKind.PARAGRAPH and not page.text[b.start].isascii()]
        assert [(b.ref, page.text[b.start : b.end]) for b in prose] == [
            ("", "同意。"),
            ("quoted", "发件人: 甲\n主题: 一"),
            ("quoted", "旧的"),
        ]


def test_marks_leave_cells_and_fields_alone() -> None:
    text = "From: x\nDate: y\n\nold"
    (block,) = [b for b in passages(text) if text[b.start :] == "old"]
    cell = type(block)(block.start, block.end, BlockKind.CELL, "A1")
    assert marked(text, [cell]) == [cell]
