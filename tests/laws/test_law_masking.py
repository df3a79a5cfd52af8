"""Laws of masking."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from countersight.privacy.masks import BLOCK, mask
from countersight.text.identifiers import uscc

_PIECES = (
    "13812345678",
    "138 1234 5678",
    "１３８１２３４５６７８",
    "010-62758587",
    "+44 20 7946 0958",
    "4001234567",
    "11010519491231002X",
    "110105491231003",
    "6222021234567894",
    "4111 1111 1111 1111",
    "E12345678",
    "京A12345",
    "a@b.com",
    "张三@例子.公司",
    "1980年1月2日",
    "116.391275",
    ",39.907217",
    "00:1A:2B:3C:4D:5E",
    "电话",
    "手机：",
    "账号",
    "身份证号码：",
    "护照",
    "QQ：",
    "微信号：",
    "出生日期",
    "GPS",
    "经度",
    "MAC ",
    "GB/T 28181-2016",
    "DS-2CD3T25-I5",
    "at",
    "x",
    "a",
    "1",
    "0",
    "86",
    "元",
    "█",
    "@",
    "\ud800",
    *list("-，、/+(）.: \n\u200b\u3000"),
    "\r\n",
)
texts = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=3)), max_size=14).map("".join)
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
stems = st.tuples(st.sampled_from(["91", "92", "12", "51"]), st.text("0123456789", min_size=6, max_size=6)).map("".join)


@st.composite
def codes(draw: st.DrawFn) -> str:
    """Unified social credit codes: the check character is found by trying, not by the code under test's own sum."""
    stem = draw(stems) + draw(st.text(_ALPHABET, min_size=9, max_size=9))
    return next(stem + check for check in _ALPHABET if uscc(stem + check))


class TestMask:
    """The length and the line ends stay, nothing outside the marks changes, and masking twice is masking once."""

    @given(texts)
    def test_length_lines_and_the_rest_stay(self, text: str) -> None:
        masked, marks = mask(text)
        assert len(masked) == len(text)
        hidden = {at for mark in marks for at in range(mark.start, mark.end)}
        for at, (before, after) in enumerate(zip(text, masked, strict=True)):
            assert after == (BLOCK if at in hidden else before)
        assert not any(text[at] in "\r\n" for at in hidden)

    @given(texts)
    def test_marks_are_in_order_and_apart(self, text: str) -> None:
        _, marks = mask(text)
        assert all(mark.start < mark.end for mark in marks)
        assert all(one.end <= other.start for one, other in itertools.pairwise(marks))

    @given(texts)
    def test_twice_is_once(self, text: str) -> None:
        masked, _ = mask(text)
        assert mask(masked) == (masked, ())


class TestOrganisations:
    """What names an organisation or a document is never hidden, whatever stands around it."""

    @given(texts, codes(), texts)
    def test_a_company_code_survives(self, before: str, code: str, after: str) -> None:
        text = f"{before}\n统一社会信用代码：{code}。\n{after}"
        start = len(before) + len("\n统一社会信用代码：")
        assert mask(text)[0][start : start + len(code)] == code

    @given(codes())
    def test_a_company_code_with_a_letter_survives_alone(self, code: str) -> None:
        if not code[:17].isdigit():
            assert mask(code) == (code, ())

    @given(st.integers(1990, 2030), st.integers(1, 99999), texts)
    def test_a_case_number_survives(self, year: int, number: int, around: str) -> None:
        case = f"（{year}）新01刑初{number}号"
        assert case in mask(f"{around}\n{case}\n{around}")[0]
