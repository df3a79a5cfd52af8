from __future__ import annotations

import time

import pytest

from countersight.privacy.masks import BLOCK, KINDS, Mark, mask

PERSONAL = [
    ("身份证号码：11010519491231002X", "11010519491231002X", "resident_id"),
    ("11010519491231002X", "11010519491231002X", "resident_id"),
    ("110105 19491231 002X", "110105 19491231 002X", "resident_id"),
    ("１１０１０５１９４９１２３１００２Ｘ", "１１０１０５１９４９１２３１００２Ｘ", "resident_id"),
    ("公民身份号码 110105194912310021（校验位有误）", "110105194912310021", "resident_id"),
    ("身份證號碼：110105194912310021", "110105194912310021", "resident_id"),
    ("旧证 110105491231003", "110105491231003", "resident_id"),
    ("手机13812345678", "13812345678", "phone"),
    ("138 1234 5678", "138 1234 5678", "phone"),
    ("138-1234-5678", "138-1234-5678", "phone"),
    ("１３８１２３４５６７８", "１３８１２３４５６７８", "phone"),
    ("+86-138-1234-5678", "+86-138-1234-5678", "phone"),
    ("0086 138 1234 5678", "0086 138 1234 5678", "phone"),
    ("8613812345678", "8613812345678", "phone"),
    ("值班室 010-62758587", "010-62758587", "phone"),
    ("（0991）2345678", "（0991）2345678", "phone"),
    ("0755 2688 8888转801", "0755 2688 8888转801", "phone"),
    ("电话 62758587", "62758587", "phone"),
    ("電話：2345 6789", "2345 6789", "phone"),
    ("400-810-1996", "400-810-1996", "phone"),
    ("call +44 20 7946 0958 now", "+44 20 7946 0958", "phone"),
    ("(202) 555-0143", "(202) 555-0143", "phone"),
    ("卡 6222021234567894", "6222021234567894", "bank_card"),
    ("4111 1111 1111 1111", "4111 1111 1111 1111", "bank_card"),
    ("账  号：14001638808050011871", "14001638808050011871", "bank_account"),
    ("Account No. 1234 5678 9012 345", "1234 5678 9012 345", "bank_account"),
    ("IBAN GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 32", "bank_account"),
    ("写信给zhang.san@example.com。", "zhang.san@example.com", "email"),
    ("a＠b．com", "a＠b．com", "email"),
    ("张三@例子.公司", "张三@例子.公司", "email"),
    ("护照号：E12345678", "E12345678", "passport"),
    ("持E12345678入境", "E12345678", "passport"),
    ("Passport No. GB1234567", "GB1234567", "passport"),
    ("车辆京A12345驶入", "京A12345", "plate"),
    ("新A·D12345", "新A·D12345", "plate"),
    ("京A1234警", "京A1234警", "plate"),
    ("QQ：12345678", "12345678", "messenger"),
    ("微信号：abc_12345", "abc_12345", "messenger"),
    ("出生日期：1980年1月2日", "1980年1月2日", "birth_date"),
    ("1980年1月2日出生", "1980年1月2日", "birth_date"),
    ("MAC 00:1A:2B:3C:4D:5E", "00:1A:2B:3C:4D:5E", "device"),
    ("IMEI: 490154203237518", "490154203237518", "device"),
    ("点位 116.391275,39.907217", "116.391275,39.907217", "coordinates"),
    ("经度\t纬度\n116.391275\t39.907217", "116.391275\t39.907217", "coordinates"),
    ("北纬39.907217度", "39.907217度", "coordinates"),
]

EVIDENCE = [
    "91330000MA27U4T10X",
    "统一社会信用代码：914403001922038216",
    "（2019）新01刑初12号",
    "(2019)京0105民初12345号",
    "DS-2CD3T25-I5",
    "DS-2CD6825G0/C-IVS(B)",
    "LXCG2022-118",
    "招标编号：0722-2022FE1234XYZ",
    "项目编号：650100202212050001",
    "项目编号：650100202212050010",
    "合同编号：20221205001",
    "GB/T 28181-2016",
    "GA/T 1400.3-2017",
    "¥12,345,678.90",
    "人民币13812345678元",
    "13812345678.00",
    "2022-12-05 10:30:00",
    "2022.12.05-2023.03.05",
    "20221205",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "d41d8cd98f00b204e9800998ecf8427e",
    "550e8400-e29b-41d4-a716-446655440000",
    "192.168.100.100",
    "3840 2160 1920 1080 1280 720",
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
    "准确率 0.9999，0.9998",
    "单价 85.6000，89.5000 万元",
    "GPS 模块单价 21.0957 万元",
    "序列号：210235C4JB3181000123",
    "专利号ZL201810123456.7",
    "Registration ID 310106000205236",
    "编号13812345678",
    "G20221205",
    "北京A12345",
    "云A800服务器",
    "84 FR 54002",
    "Treasury Regulation 1.1502-6",
    "组织机构代码：72008244-7",
    "ISBN 978-7-121-12345-6",
    "注册号110105491231002",
]


@pytest.mark.parametrize(("text", "hidden", "kind"), PERSONAL)
def test_personal_data_is_hidden_by_as_many_blocks(text: str, hidden: str, kind: str) -> None:
    masked, marks = mask(text)
    blocks = "".join(c if c in "\r\n" else BLOCK for c in hidden)
    assert masked == text.replace(hidden, blocks)
    assert {mark.kind for mark in marks} == {kind}


@pytest.mark.parametrize("text", EVIDENCE)
def test_evidence_stays_even_on_a_page_with_telephone_numbers(text: str) -> None:
    assert mask(text) == (text, ())
    head, foot = "联系人及电话：010-62758587\n", "\n手机：13812345678"
    masked, marks = mask(head + text + foot)
    assert masked.split("\n")[1] == text
    assert [mark.kind for mark in marks] == ["phone", "phone"]


def test_the_marks_say_where_and_what() -> None:
    text = "联系人：某某 13812345678/13912345678，a@b.com"
    assert mask(text)[1] == (Mark(7, 18, "phone"), Mark(19, 30, "phone"), Mark(31, 38, "email"))


def test_every_kind_is_named_and_tried_above() -> None:
    assert set(KINDS) == {kind for _, _, kind in PERSONAL}


def test_a_number_broken_by_a_line_end_is_hidden_and_the_line_end_stays() -> None:
    text = "手机：1381234\r\n5678。电话 010-\n62758587，邮箱 name@\nexample.com"
    masked, marks = mask(text)
    assert masked == "手机：███████\r\n████。电话 ████\n████████，邮箱 █████\n███████████"
    assert all("\n" not in text[mark.start : mark.end] for mark in marks)


def test_many_numbers_in_one_table_are_each_hidden() -> None:
    rows = "".join(f"{i} 某某 1391234{i:04} 010-6275{i:04}\n" for i in range(50))
    masked, marks = mask(rows)
    assert len(marks) == 100
    assert [line.split()[0] for line in masked.splitlines()] == [str(i) for i in range(50)]


def test_numbers_joined_by_dashes_are_all_found() -> None:
    assert mask("13812345678-13912345678-010-62758587")[0] == "███████████-███████████-████████████"


def test_empty_text_and_text_of_blocks_only() -> None:
    assert mask("") == ("", ())
    assert mask(BLOCK * 40) == (BLOCK * 40, ())


HOSTILE = {
    "spaced digits": "1 ",
    "dotted digits": "1.2.",
    "lines of digits": "1\n",
    "dashes": "1-",
    "dates": "2022-12-05 ",
    "fractions": "31.12345,",
    "degrees": "31°12'",
    "at signs": "a@",
    "half addresses": "a@a-",
    "long local parts": "a" * 60 + "@",
    "hosts": "a@a.",
    "labels": "电话Tel:账号",
    "spaces after a label": "身份证号   ",
    "area codes": "010-",
    "hotlines": "4001234567 ",
    "chained numbers": "13812345678-",
    "chained by a word": "13812345678at",
    "sums": "+8613812345678",
    "plates": "京A1",
    "hexadecimal": "00:11:22:33:44:5 MAC ",
    "births": "出生 born ",
    "ids": "110105194912310021.",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_time_taken_grows_with_the_length_alone(unit: str) -> None:
    long = unit * (200_000 // len(unit))
    began = time.process_time()
    masked, _ = mask(long)
    assert len(masked) == len(long)
    assert time.process_time() - began < 4.0  # about 0.2 s; were it quadratic, minutes
