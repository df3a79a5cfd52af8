from __future__ import annotations

import pytest

from countersight.model import Weak
from countersight.privacy.doubtful import mask_read
from countersight.privacy.masks import mask

PHONE = "联系电话：138O0138000，型号 DS-2CD3T47"


def test_a_number_that_is_one_only_if_a_letter_is_a_digit_is_hidden() -> None:
    at = PHONE.index("O")
    assert mask(PHONE)[0] == PHONE  # as read it is no number
    text, marks, weak = mask_read(PHONE, [Weak(at, 0.6, "D0")])
    assert text == "联系电话：███████████，型号 DS-2CD3T47"
    assert [(mark.start, mark.end, mark.kind) for mark in marks] == [(5, 16, "phone")]
    assert weak == ()


def test_two_weak_characters_of_one_number_are_enough_too() -> None:
    text, marks, weak = mask_read("电话 138O013800O。", [Weak(6, 0.6, "0"), Weak(13, 0.7, "0"), Weak(14, 0.5, "，")])
    assert (text, len(marks)) == ("电话 ███████████。", 1)
    assert weak == (Weak(14, 0.5, "，"),)


def test_a_hidden_character_has_no_alternatives() -> None:
    text, _, weak = mask_read("电话 13800138000，己方", [Weak(5, 0.4, "6"), Weak(15, 0.5, "已巳")])
    assert text == "电话 ███████████，己方"
    assert weak == (Weak(15, 0.5, "已巳"),)


@pytest.mark.parametrize("text", ["合同编号 LXCG2O22-118", "共 24O 台", "维吾尔旅"])
def test_what_is_no_personal_data_either_way_stays(text: str) -> None:
    weak = tuple(Weak(at, 0.5, "0族") for at, char in enumerate(text) if char in "O旅")
    assert mask_read(text, weak) == (text, (), weak)


def test_without_weak_characters_it_is_the_mask() -> None:
    text = "手机 13800138000 邮箱 a.b@example.org"
    assert mask_read(text, ())[:2] == mask(text)
